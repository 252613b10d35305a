"""New strong warning signs as news: a fee in a reworded description must not pass as a change of wording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from trialfinder.base.text import harmless, plain
from trialfinder.base.tongue import say, theirs
from trialfinder.changes.as_given import AsGiven, as_given
from trialfinder.changes.event_table import EventTable
from trialfinder.changes.record_events import Event, SeenAt, event_id
from trialfinder.classify import signs

if TYPE_CHECKING:
    from trialfinder.classify import Sign

KIND = "new_warning_sign"
_MOST_QUOTED = 200


def sign_events(
    old: Mapping[str, Any] | None, new: Mapping[str, Any], seen: SeenAt, table: EventTable
) -> tuple[Event, ...]:
    """What ``new_signs`` tells of two raw records; nothing where one cannot be read."""
    before, after = as_given(old), as_given(new)
    if after is None or (before is None and old is not None):
        return ()
    return new_signs(before, after, seen, table)


def new_signs(before: AsGiven | None, after: AsGiven, seen: SeenAt, table: EventTable) -> tuple[Event, ...]:
    """One event for each telling sign that a record shows and its old version (None for a new study) did not."""
    known = _telling(before, seen) if before is not None else {}
    return tuple(_event(sign, seen, table) for name, sign in _telling(after, seen).items() if name not in known)


def name_of(sign: Sign) -> str:
    """What a sign is called within a sentence."""
    name = say(sign.id.replace("_", " ").capitalize())
    return name[:1].lower() + name[1:]


def _telling(given: AsGiven, seen: SeenAt) -> dict[str, Sign]:
    """The strong warnings, and those of the others whose row in ``data/signs`` says that they are news."""
    found = signs(given.study, given.product, seen.date_seen.date())
    return {sign.id: sign for sign in found if sign.is_news}


def _event(sign: Sign, seen: SeenAt, table: EventTable) -> Event:
    said = table.study[KIND]
    quote = harmless(plain(sign.quote))
    shown = quote if len(quote) <= _MOST_QUOTED else quote[: _MOST_QUOTED - 1] + "…"
    told = say(str(said.words)).format_map({"name": name_of(sign), "new": f"“{theirs(shown)}”"})
    asked = say("Ask: {question}").format(question=say(sign.question))
    return Event(
        id=event_id(seen.nct_id, KIND, None, sign.id, seen.refresh_id), nct_id=seen.nct_id, kind=KIND,
        severity=said.severity, field=sign.field, old=None, new=sign.id, words=told,
        details=(harmless(asked),) if sign.question else (), title=seen.title,
        refresh_id=seen.refresh_id, date_seen=seen.date_seen,
    )  # fmt: skip
