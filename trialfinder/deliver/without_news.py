"""What a mailbox or a web address is told, once, where there is no news: silence would look like quiet weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from trialfinder.deliver.commission import Ask
from trialfinder.deliver.destinations import Destination
from trialfinder.deliver.digest import Digest, make_loss, make_outage
from trialfinder.store.standing import part_lost, standing

if TYPE_CHECKING:
    from trialfinder.store import Store

#: They are told, once, that the registry could not be asked for so long.
OUTAGE = dt.timedelta(days=3)


def outage_of(store: Store, place: Destination, ask: Ask, now: dt.datetime, had: Collection[str]) -> Digest | None:
    """Until when news are known, where nobody could ask the registry for days; None where that is not to be told.

    ``had`` is what the place was told before. A file says so in itself.
    """
    state, present = standing(store), ask.present or now
    since, caveat = state.asked or state.failed, state.caveat(present)
    if place.is_private or ask.since != "last" or since is None or not caveat or present - since < OUTAGE:
        return None
    digest = make_outage(since, caveat)
    return None if digest.key in had else digest


def loss_of(store: Store, place: Destination, ask: Ask, had: Collection[str]) -> Digest | None:
    """That the store was begun anew, since the one before is lost; None where that is not to be told, see above."""
    when = standing(store).replaced
    if place.is_private or ask.since != "last" or when is None:
        return None
    digest = make_loss(when, part_lost())
    return None if digest.key in had else digest
