"""What takes nobody is told as what it said, and when, where nobody has confirmed it since."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.unit.changes.edits import edited
from trialfinder.classify import joinable
from trialfinder.study.read_study import read_study

TODAY = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("status", "verified", "end", "reason"),
    [
        (
            "ACTIVE_NOT_RECRUITING", "2022-08", "2022-09-30",
            "said in 2022-08 that it is running and takes nobody new; nobody confirmed it since, and its end "
            "(2022-09-30) has passed",
        ),
        ("SUSPENDED", "2021-12", "2028-12", "said in 2021-12 that it is paused; nobody confirmed it since"),
        ("ACTIVE_NOT_RECRUITING", "2026-10", "2028-12", "is running but takes nobody new; last verified 2026-10"),
        (
            "ENROLLING_BY_INVITATION", "2026-10", "2026-11-30",
            "takes people by invitation only, not the public, and its end (2026-11-30) has passed; last verified "
            "2026-10",
        ),
        ("COMPLETED", "2015-10", "2015-09", "is completed; last verified 2015-10"),
    ],
)  # fmt: skip
def test_an_old_no_says_how_old_it_is(status: str, verified: str, end: str, reason: str) -> None:
    module = "statusModule"
    study = edited({
        f"{module}.overallStatus": status, f"{module}.statusVerifiedDate": verified,
        f"{module}.completionDateStruct": {"date": end}, f"{module}.primaryCompletionDateStruct": {"date": end},
        f"{module}.expandedAccessInfo": {"hasExpandedAccess": False},
    })  # fmt: skip
    found = joinable(read_study(study), TODAY)
    assert (found.answer, found.reason) == ("no", reason)
