"""Can it still be joined: every status with every age of verification, sites and dates, written out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.unit.classify.make import TODAY, study
from trialfinder.base.enums import STATUSES
from trialfinder.base.values import PartialDate
from trialfinder.classify import joinable, joinable_from
from trialfinder.classify.joinable import ANSWERS, a_year_before

FRESH, EDGE, OLD, NEVER = "2026-09", "2025-11", "2025-10", ""
SITES: dict[str, list[str | None]] = {
    "open": ["RECRUITING", "COMPLETED"],
    "closed": ["COMPLETED", "TERMINATED"],
    "waiting": ["NOT_YET_RECRUITING", "WITHDRAWN"],
    "invited": ["ENROLLING_BY_INVITATION"],
    "partly": ["COMPLETED", None],
    "unsaid": [None, None],
    "none": [],
}
FUTURE, PAST = "2027-06", "2026-10"

# status, verified, sites, completion -> answer. 4 ages x 4 kinds of sites x 2 dates for the statuses that can be open.
RECRUITING = """
fresh open    future yes     | fresh open    past unsure | edge open    future yes     | edge open    past unsure
old   open    future unsure  | old   open    past unsure | never open   future unsure  | never open   past unsure
fresh closed  future unsure  | fresh closed  past unsure | edge closed  future unsure  | edge closed  past unsure
old   closed  future unsure  | old   closed  past unsure | never closed future unsure  | never closed past unsure
fresh waiting future not_yet | fresh waiting past unsure | edge waiting future not_yet | edge waiting past unsure
old   waiting future unsure  | old   waiting past unsure | never waiting future unsure | never waiting past unsure
fresh unsaid  future yes     | fresh unsaid  past unsure | edge unsaid  future yes     | edge unsaid  past unsure
old   unsaid  future unsure  | old   unsaid  past unsure | never unsaid future unsure  | never unsaid past unsure
fresh none    future yes     | fresh none    past unsure | fresh partly future yes     | fresh invited future unsure
"""
NOT_YET_RECRUITING = """
fresh open    future not_yet | fresh open    past unsure | edge open    future not_yet | edge open    past unsure
old   open    future unsure  | old   open    past unsure | never open   future unsure  | never open   past unsure
fresh closed  future not_yet | fresh closed  past unsure | edge closed  future not_yet | edge closed  past unsure
old   closed  future unsure  | old   closed  past unsure | never closed future unsure  | never closed past unsure
fresh waiting future not_yet | fresh waiting past unsure | edge waiting future not_yet | edge waiting past unsure
old   waiting future unsure  | old   waiting past unsure | never waiting future unsure | never waiting past unsure
fresh unsaid  future not_yet | fresh unsaid  past unsure | old   unsaid  future unsure | never unsaid  past unsure
fresh none    future not_yet | fresh none    past unsure | old   none    future unsure | never none    past unsure
"""
AVAILABLE = """
fresh open    future yes     | fresh open    past yes    | edge open    future yes     | edge open    past yes
old   open    future unsure  | old   open    past unsure | never open   future unsure  | never open   past unsure
fresh closed  future unsure  | fresh closed  past unsure | edge closed  future unsure  | old closed   past unsure
fresh unsaid  future yes     | fresh unsaid  past yes    | old   unsaid future unsure  | never unsaid future unsure
fresh none    future yes     | fresh none    past yes    | old   none   future unsure  | never none   future unsure
"""
TEMPORARILY_NOT_AVAILABLE = """
fresh open    future not_yet | fresh closed  past not_yet | edge none   future not_yet | never none   future not_yet
old   open    future unsure  | old   closed  past unsure  | old  none   future unsure  | old  unsaid  past unsure
"""
# These answers do not depend on age, sites or dates.
ALWAYS = {
    "ENROLLING_BY_INVITATION": "no",
    "ACTIVE_NOT_RECRUITING": "no",
    "COMPLETED": "no",
    "TERMINATED": "no",
    "WITHDRAWN": "no",
    "SUSPENDED": "no",
    "NO_LONGER_AVAILABLE": "no",
    "APPROVED_FOR_MARKETING": "no",
    "WITHHELD": "unsure",
    "UNKNOWN": "unsure",
}
AGES = {"fresh": FRESH, "edge": EDGE, "old": OLD, "never": NEVER}


def rows() -> list[tuple[str, str, str, str, str]]:
    """The tables above as rows: status, age, sites, date, answer."""
    changing = {
        "RECRUITING": RECRUITING,
        "NOT_YET_RECRUITING": NOT_YET_RECRUITING,
        "AVAILABLE": AVAILABLE,
        "TEMPORARILY_NOT_AVAILABLE": TEMPORARILY_NOT_AVAILABLE,
    }
    found = []
    for status, text in changing.items():
        for cell in text.replace("\n", "|").split("|"):
            if cell.strip():
                age, sites, date, answer = cell.split()
                found.append((status, age, sites, date, answer))
    for status, answer in ALWAYS.items():
        found += [(status, age, sites, date, answer) for age in AGES for sites in SITES for date in ("future", "past")]
    return found


@pytest.mark.parametrize(("status", "age", "sites", "date", "answer"), rows())
def test_the_table(status: str, age: str, sites: str, date: str, answer: str) -> None:
    found = joinable_from(
        overall_status=status,
        last_known_status="RECRUITING" if status == "UNKNOWN" else None,
        site_statuses=SITES[sites],
        status_verified_date=PartialDate.parse(AGES[age]) if AGES[age] else None,
        primary_completion_date=None,
        completion_date=PartialDate.parse(FUTURE if date == "future" else PAST),
        has_expanded_access=False,
        today=TODAY,
    )
    assert found.answer == answer


def test_the_tables_cover_every_status() -> None:
    assert {row[0] for row in rows()} == set(STATUSES)
    assert {row[4] for row in rows()} == set(ANSWERS)


def said(**values: object) -> tuple[str, str, int | None]:
    """Answer, reason and open sites of a study built from registry paths."""
    found = joinable(study({path.replace("__", "."): value for path, value in values.items()}), TODAY)
    return found.answer, found.reason, found.open_sites


def test_an_open_study_says_how_many_sites_recruit_and_when_it_was_verified() -> None:
    sites = [{"city": "A", "status": "RECRUITING"}, {"city": "B", "status": "COMPLETED"}]
    found = said(
        statusModule__overallStatus="RECRUITING",
        statusModule__statusVerifiedDate="2026-09",
        contactsLocationsModule__locations=sites,
    )
    assert found == ("yes", "is recruiting at 1 of 2 listed sites; last verified 2026-09", 1)


def test_a_recruiting_study_past_its_end_says_the_date() -> None:
    answer, reason, open_sites = said(
        statusModule__overallStatus="RECRUITING",
        statusModule__statusVerifiedDate="2026-09",
        statusModule__completionDateStruct={"date": "2026-05-31", "type": "ESTIMATED"},
    )
    assert answer == "unsure"
    assert reason == "says that it recruits, but its end (2026-05-31) has passed; last verified 2026-09"
    assert open_sites is None


def test_the_main_outcome_date_counts_too() -> None:
    answer, reason, _ = said(
        statusModule__overallStatus="RECRUITING",
        statusModule__statusVerifiedDate="2026-09",
        statusModule__primaryCompletionDateStruct={"date": "2026-03", "type": "ESTIMATED"},
        statusModule__completionDateStruct={"date": "2027-03", "type": "ESTIMATED"},
    )
    assert (answer, "last day for the main outcome (2026-03) has passed" in reason) == ("unsure", True)


@pytest.mark.parametrize(("end", "answer"), [("2026-11", "yes"), ("2026-11-20", "yes"), ("2026-11-19", "unsure")])
def test_an_end_has_passed_only_when_its_last_possible_day_has(end: str, answer: str) -> None:
    found = said(
        statusModule__overallStatus="RECRUITING",
        statusModule__statusVerifiedDate="2026-11",
        statusModule__completionDateStruct={"date": end, "type": "ESTIMATED"},
    )
    assert found[0] == answer


def test_unknown_is_never_open_whatever_it_was_before() -> None:
    answer, reason, _ = said(statusModule__overallStatus="UNKNOWN", statusModule__lastKnownStatus="RECRUITING")
    assert answer == "unsure"
    assert "it was recruiting when last heard of" in reason


def test_a_closed_study_names_its_expanded_access() -> None:
    answer, reason, _ = said(
        statusModule__overallStatus="COMPLETED", statusModule__expandedAccessInfo={"hasExpandedAccess": True}
    )
    assert answer == "no"
    assert "expanded access" in reason


def test_no_status_and_a_new_word_for_a_status_are_unsure() -> None:
    assert said()[0] == "unsure"
    found = joinable_from(
        overall_status="SOMETHING_NEW",
        last_known_status=None,
        site_statuses=[],
        status_verified_date=None,
        primary_completion_date=None,
        completion_date=None,
        has_expanded_access=None,
        today=TODAY,
    )
    assert found.answer == "unsure"


def test_a_day_in_february_has_a_year_before() -> None:
    assert a_year_before(dt.date(2028, 2, 29)) == dt.date(2027, 2, 28)
    assert a_year_before(TODAY) == dt.date(2025, 11, 20)


def test_that_a_date_is_missing_is_said_once() -> None:
    def reason(status: str) -> str:
        return joinable_from(
            overall_status=status, last_known_status=None, site_statuses=[], status_verified_date=None,
            primary_completion_date=None, completion_date=None, has_expanded_access=None, today=TODAY,
        ).reason  # fmt: skip

    assert reason("RECRUITING") == "says that it recruits, but no date of its last check is known"
    assert reason("COMPLETED") == "is completed; no date of verification"
