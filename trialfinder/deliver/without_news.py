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
    digest = None if place.is_private or ask.since != "last" else outage_now(store, ask.present or now)
    return None if digest is None or digest.key in had else digest


def outage_now(store: Store, present: dt.datetime) -> Digest | None:
    """The same, whoever is to hear it."""
    state = standing(store)
    since, caveat = state.asked or state.failed, state.caveat(present)
    return None if since is None or not caveat or present - since < OUTAGE else make_outage(since, caveat)


def loss_of(store: Store, place: Destination, ask: Ask, had: Collection[str]) -> Digest | None:
    """That the store was begun anew, since the one before is lost; None where that is not to be told, see above."""
    digest = None if place.is_private or ask.since != "last" else loss_now(store)
    return None if digest is None or digest.key in had else digest


def loss_now(store: Store) -> Digest | None:
    """The same, whoever is to hear it."""
    when = standing(store).replaced
    return make_loss(when, part_lost()) if when else None
