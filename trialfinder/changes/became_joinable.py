"""That a study can be joined now, by whatever change of its record: the news that people wait for, told first.

Only a change of a record brings it, since the days alone make no study joinable; the way back, which they do bring, is
told by `passing_time`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from trialfinder.base.text import harmless, plain
from trialfinder.base.tongue import say
from trialfinder.changes.as_given import AsGiven
from trialfinder.changes.event_table import EventTable
from trialfinder.changes.record_events import Event, SeenAt, event_id, study_event
from trialfinder.changes.sign_events import name_of
from trialfinder.classify import is_strong_warning, joinable, signs

if TYPE_CHECKING:
    from trialfinder.classify import Sign
    from trialfinder.study.model import Study

KIND, WITH_WARNING = "can_be_joined", "can_be_joined_with_warning"
#: Both, for sorting and counting.
KINDS = frozenset({KIND, WITH_WARNING})
#: What it was before, in words.
_WAS = {"no": "no", "not_yet": "not yet", "unsure": "unsure"}
FORMS = tuple(_WAS.values())
#: Other records of the same sponsor, which some signs look at.
Beside = Callable[["Study"], Sequence["Study"]]


def became_joinable(
    before: AsGiven | None, after: AsGiven | None, day_before: dt.date, seen: SeenAt, table: EventTable,
    beside: Beside = lambda _: (),
) -> tuple[Event, ...]:  # fmt: skip
    """One event where the answer to "can it be joined?" was another one before and is yes now.

    Args:
        before, after: the study as it was and as it is; None for a version that cannot be read.
        day_before: the day on which the answer before is meant, that of the run before.
        seen: where and when; on its day the answer now is meant.
        table: the words.
        beside: for strong warning signs, which are told on the same line.
    """
    if before is None or after is None:
        return ()
    was, now = joinable(before.study, day_before), joinable(after.study, seen.date_seen.date())
    if now.answer != "yes" or was.answer == "yes":
        return ()
    found = signs(after.study, after.product, seen.date_seen.date(), beside(after.study))
    strong = [sign for sign in found if is_strong_warning(sign)]
    event = study_event(
        WITH_WARNING if strong else KIND, seen, table, old=say(_WAS[was.answer]), new=now.reason, reason=was.reason,
        name="; ".join(map(name_of, strong)), details=tuple(_asked(strong)),
    )  # fmt: skip
    same = event_id(seen.nct_id, "study", None, KIND, seen.refresh_id)  # whatever a sign is read as tomorrow
    return (replace(event, id=same, old=was.answer, new=now.answer),)


def told_first(event: Event) -> bool:
    """Whether it is what people wait for, so that its study stands before all others."""
    return event.kind in KINDS


def _asked(strong: Iterable[Sign]) -> list[str]:
    """What to ask because of the signs."""
    ask = say("Ask: {question}")
    return [harmless(plain(ask.format(question=say(sign.question)))) for sign in strong if sign.question]
