"""Whether a study can still be joined: one table over status, age of the status, sites and dates.

Read from the top; the first row that fits decides. "Unsure" is an answer: the record does not carry a yes or a no.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from trialfinder.base.enums import OPEN_SITE_STATUSES, STATUS_WORDS
from trialfinder.base.tongue import say
from trialfinder.base.values import PartialDate
from trialfinder.study.model import Gone, Study

ANSWERS = ("yes", "not_yet", "no", "unsure")
_WAITING_SITE = frozenset({"NOT_YET_RECRUITING", "TEMPORARILY_NOT_AVAILABLE"})


@dataclass(frozen=True, slots=True)
class Joinable:
    """``answer`` is one of ANSWERS, ``reason`` says why in plain words and with the dates.

    ``verified`` is when the sponsor last confirmed the record; ``open_sites`` counts the sites that recruit, None
    when no site has a status of its own. ``passed`` is the field and the date of an end that has passed although the
    record calls itself open; None when there is none.
    """

    answer: str
    reason: str
    verified: PartialDate | None = None
    open_sites: int | None = None
    passed: tuple[str, PartialDate] | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's fields."""
        return {
            "joinable": self.answer,
            "joinable_reason": self.reason,
            "verified": str(self.verified) if self.verified else None,
            "open_sites": self.open_sites,
        }


@dataclass(frozen=True, slots=True)
class Situation:
    """The few values of a record that the table asks about."""

    status: str | None
    last_known: str | None
    sites: tuple[str | None, ...]
    verified: PartialDate | None
    ends: tuple[tuple[str, PartialDate], ...]
    expanded_access: bool | None
    today: dt.date
    gone: Gone | None = None

    @property
    def stated_sites(self) -> tuple[str, ...]:
        """The statuses of the sites that have one."""
        return tuple(site for site in self.sites if site)

    @property
    def open_sites(self) -> int | None:
        """How many sites recruit; None when no site has a status."""
        stated = self.stated_sites
        return sum(site in OPEN_SITE_STATUSES for site in stated) if stated else None

    @property
    def all_sites_closed(self) -> bool:
        """Whether every listed site has a status, and none recruits or will."""
        stated = self.stated_sites
        waiting = any(site in OPEN_SITE_STATUSES | _WAITING_SITE for site in stated)
        return bool(self.sites) and len(stated) == len(self.sites) and not waiting

    @property
    def all_sites_wait(self) -> bool:
        """Whether every listed site has a status, none recruits, and some will."""
        stated = self.stated_sites
        return (
            bool(self.sites)
            and len(stated) == len(self.sites)
            and not self.open_sites
            and any(site in _WAITING_SITE for site in stated)
        )

    @property
    def old(self) -> bool:
        """Whether the record was last verified more than a year ago."""
        return self.verified is not None and self.verified.latest() < a_year_before(self.today)

    @property
    def ended(self) -> tuple[str, PartialDate] | None:
        """The end that has already passed, with its field; None when none has."""
        return next(((name, date) for name, date in self.ends if date.latest() < self.today), None)


@dataclass(frozen=True, slots=True)
class JoinableRow:
    """One row: the statuses it is for (empty = every one), what else must hold, the answer and its reason."""

    statuses: frozenset[str]
    also: Callable[[Situation], bool]
    answer: str
    reason: str


def _row(statuses: str, answer: str, reason: str, also: Callable[[Situation], bool] | None = None) -> JoinableRow:
    return JoinableRow(frozenset(statuses.split()), also or (lambda _: True), answer, reason)


_ONGOING = "RECRUITING NOT_YET_RECRUITING"
#: Of a study that the registry has no more, whatever its last record says.
GONE = (
    "was in the registry until {until} and was withdrawn from it (missed on {noticed}); what is shown is as it was then"
)
TABLE = (
    _row("", "no", GONE, lambda s: s.gone is not None),
    _row(
        "ENROLLING_BY_INVITATION",
        "no",
        "said in {verified} that it takes people by invitation only; nobody confirmed it since",
        lambda s: s.old,
    ),
    _row(
        "ACTIVE_NOT_RECRUITING",
        "no",
        "said in {verified} that it is running and takes nobody new; nobody confirmed it since",
        lambda s: s.old,
    ),
    _row("SUSPENDED", "no", "said in {verified} that it is paused; nobody confirmed it since", lambda s: s.old),
    _row("ENROLLING_BY_INVITATION", "no", "takes people by invitation only, not the public"),
    _row("ACTIVE_NOT_RECRUITING", "no", "is running but takes nobody new"),
    _row("COMPLETED", "no", "is completed"),
    _row("TERMINATED", "no", "was stopped early"),
    _row("WITHDRAWN", "no", "was withdrawn before anybody joined"),
    _row("SUSPENDED", "no", "is paused; it may start again"),
    _row("NO_LONGER_AVAILABLE", "no", "this expanded access is over"),
    _row("APPROVED_FOR_MARKETING", "no", "the product was approved, so this expanded access is over"),
    _row("WITHHELD", "unsure", "the sponsor withholds the status"),
    _row("UNKNOWN", "unsure", "the status was not confirmed for two years{last_known}"),
    _row(
        _ONGOING + " AVAILABLE TEMPORARILY_NOT_AVAILABLE",
        "unsure",
        "{said}, but nobody confirmed it for more than a year",
        lambda s: s.old,
    ),
    _row(
        _ONGOING + " AVAILABLE",
        "unsure",
        "{said}, but no date of its last check is known",
        lambda s: s.verified is None,
    ),
    _row(_ONGOING, "unsure", "{said}, but its {end} has passed", lambda s: s.ended is not None),
    _row("RECRUITING AVAILABLE", "unsure", "{said}, but every listed site is closed", lambda s: s.all_sites_closed),
    _row(
        "RECRUITING", "not_yet", "is recruiting, but the listed sites have not opened yet", lambda s: s.all_sites_wait
    ),
    _row("NOT_YET_RECRUITING", "not_yet", "is not yet recruiting"),
    _row("TEMPORARILY_NOT_AVAILABLE", "not_yet", "this expanded access is paused and expected to come back"),
    _row("AVAILABLE", "yes", "expanded access is open; a treating doctor has to ask for it"),
    _row("RECRUITING", "yes", "is recruiting{sites}"),
    _row("", "unsure", "its status is not known here"),
)
_CALLS_ITSELF_OPEN = frozenset({*_ONGOING.split(), "AVAILABLE", "TEMPORARILY_NOT_AVAILABLE", "UNKNOWN"})
#: What is not over, as its record says, and takes nobody.
_GOES_ON = frozenset({"ACTIVE_NOT_RECRUITING", "ENROLLING_BY_INVITATION", "SUSPENDED"})
_SAID = {
    "RECRUITING": "says that it recruits",
    "NOT_YET_RECRUITING": "says that it will recruit",
    "AVAILABLE": "says that expanded access is open",
    "TEMPORARILY_NOT_AVAILABLE": "says that expanded access will come back",
}
_ENDS = {"completion_date": "end", "primary_completion_date": "last day for the main outcome"}
#: Words that go through ``say`` by a table, for the catalogues.
FORMS = (*(row.reason for row in TABLE), *_SAID.values(), *_ENDS.values())


def joinable(study: Study, today: dt.date) -> Joinable:
    """Whether one can still join the study on the day ``today``."""
    return joinable_from(
        overall_status=study.overall_status,
        last_known_status=study.last_known_status,
        site_statuses=[location.status for location in study.locations],
        status_verified_date=study.status_verified_date,
        primary_completion_date=study.primary_completion_date,
        completion_date=study.completion_date,
        has_expanded_access=study.has_expanded_access,
        today=today,
        gone=study.gone,
    )


def gone_words(study: Study) -> str:
    """Of a study that the registry has no more: its number, that it is so, and since when; '' for any other."""
    if study.gone is None:
        return ""
    told = say(GONE).format(until=study.gone.until, noticed=study.gone.noticed)
    return f"{study.nct_id} {told}"


def unconfirmed(study: Study, today: dt.date) -> bool:
    """Whether the study calls itself open, and that was last confirmed more than a year before the day."""
    verified = study.status_verified_date
    is_open = study.overall_status in _CALLS_ITSELF_OPEN - {"UNKNOWN"} and study.gone is None
    return is_open and verified is not None and verified.latest() < a_year_before(today)


def joinable_from(
    *,
    overall_status: str | None,
    last_known_status: str | None,
    site_statuses: Sequence[str | None],
    status_verified_date: PartialDate | None,
    primary_completion_date: PartialDate | None,
    completion_date: PartialDate | None,
    has_expanded_access: bool | None,
    today: dt.date,
    gone: Gone | None = None,
) -> Joinable:
    """The same from plain values: lists are computed from cached rows, without a Study."""
    ends = (("completion_date", completion_date), ("primary_completion_date", primary_completion_date))
    situation = Situation(
        overall_status,
        last_known_status,
        tuple(site_statuses),
        status_verified_date,
        tuple((name, date) for name, date in ends if date is not None),
        has_expanded_access,
        today,
        gone,
    )
    return _decide(situation)


def _decide(s: Situation) -> Joinable:
    row = next(row for row in TABLE if (not row.statuses or s.status in row.statuses) and row.also(s))
    ended = s.ended
    end = f"{say(_ENDS[ended[0]])} ({ended[1]})" if ended else say(_ENDS["completion_date"])
    known = say("; it was {status} when last heard of").format(status=_plain(s.last_known)) if s.last_known else ""
    told = (
        {"until": s.gone.until, "noticed": s.gone.noticed} if s.gone else {"said": say(_SAID.get(s.status or "", ""))}
    )
    reason = say(row.reason).format(end=end, last_known=known, sites=_sites(s), verified=s.verified, **told)
    passed = ended if row.answer == "unsure" and s.status in _CALLS_ITSELF_OPEN else None
    over = ended is not None and s.status in _GOES_ON and s.gone is None
    if (passed and "{end}" not in row.reason) or over:
        reason += say(", and its {end} has passed").format(end=end)
    if row.answer == "no" and s.expanded_access and not s.gone:
        reason += say("; the record says that the product is also given outside the study (expanded access)")
    if s.verified and "{verified}" not in row.reason:
        reason += say("; last verified {day}").format(day=s.verified)
    elif not s.verified and "no date" not in row.reason:  # else it was said already
        reason += say("; no date of verification")
    return Joinable(row.answer, reason, s.verified, s.open_sites, passed)


def _sites(s: Situation) -> str:
    if s.open_sites is None:
        return ""
    return say(" at {open} of {all} listed sites").format(open=s.open_sites, all=len(s.sites))


def _plain(status: str | None) -> str:
    return say(STATUS_WORDS.get(status or "", (status or "").lower()))


def a_year_before(today: dt.date) -> dt.date:
    """The same day one year earlier; 28 February for 29 February."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return today.replace(year=today.year - 1, day=28)
