"""The table of changes: every row tells its own paths, every example gives its words, mistakes are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from trialfinder.base.resources import data_dir
from trialfinder.changes import wording as words
from trialfinder.changes.diff import Change, How
from trialfinder.changes.event_table import EventCase, EventRow, load
from trialfinder.errors import InputError

TABLE = load()
ROWS = {row.path: row for row in TABLE.rows}


@pytest.mark.parametrize("row", TABLE.rows, ids=lambda row: row.path)
def test_a_row_tells_its_own_paths_and_no_others(row: EventRow) -> None:
    assert row.yes
    assert row.no
    assert [TABLE.row(path) for path in row.yes] == [row] * len(row.yes)
    assert all(TABLE.row(path) is not row for path in row.no)


def _example(row: EventRow, case: EventCase) -> tuple[Change, str]:
    old, new = (None if value == {} else value for value in case.example[:2])
    how: How = "added" if old is None else "removed" if new is None else "changed"
    if case.how == "precision":
        how = "precision"
    contexts = tuple(value for value in (new, old) if isinstance(value, dict))[:1]
    return Change(row.path, (), how, old, new, contexts), str(case.example[2])


@pytest.mark.parametrize(
    ("row", "case"),
    [(row, case) for row in TABLE.rows for case in row.case],
    ids=lambda x: getattr(x, "path", None) or str(x.example),
)
def test_every_case_has_an_example_that_gives_its_words(row: EventRow, case: EventCase) -> None:
    change, expected = _example(row, case)
    assert row.case_of(change, case.beside) is case
    assert words.tell(change, row, case.words, {}) == expected


def test_no_two_rows_share_a_path() -> None:
    assert len(ROWS) == len(TABLE.rows)


def test_status_sites_criteria_and_contacts_come_first() -> None:
    grave = {"critical", "important"}
    for part in ("overallStatus", "locations[]", "eligibilityCriteria", "centralContacts[]", "locations[].status"):
        assert all(row.severity in grave for path, row in ROWS.items() if path.endswith(part))


def test_a_path_that_no_row_names_is_told_by_the_default() -> None:
    row = TABLE.row("protocolSection.somethingNew.value")
    assert row is TABLE.default
    assert row.severity == "minor"


def test_a_path_below_a_branch_is_told_by_the_nearest_one() -> None:
    assert TABLE.row("protocolSection.contactsLocationsModule.locations[].contacts[].phone").kind == "contacts"
    assert TABLE.row("protocolSection.designModule.designInfo.newThing").kind == "design"
    assert TABLE.row("protocolSection.designModuleX.a") is TABLE.default


@pytest.mark.parametrize(
    ("line", "replacement", "names"),
    [
        ('severity = "important"', 'severity = "importan"', "did you mean 'important'"),
        ('form = "status"', 'form = "statsu"', "did you mean 'status'"),
        ('kind = "status"', 'kind = "status"\nlabell = "x"', "did you mean 'label'"),
        ("{old} to {new}", "{olt} to {new}", "did you mean 'old'"),
    ],
)
def test_a_mistake_in_the_file_names_the_row_and_what_was_meant(
    tmp_path: Path, line: str, replacement: str, names: str
) -> None:
    path = tmp_path / "changes.toml"
    text = data_dir("changes.toml").read_text(encoding="utf-8")
    assert line in text
    path.write_text(text.replace(line, replacement, 1), encoding="utf-8")
    with pytest.raises(InputError, match=names) as error:
        load(path)
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        ("ACTIVE_NOT_RECRUITING", "status", "running, closed to new people"),
        ("SOMETHING_NEW", "status", "SOMETHING_NEW"),
        ("PHASE2", "phase", "2"),
        ("18 Years", "age", "18 years"),
        ("1 Year", "age", "1 year"),
        (99_999_999, "count", "not stated"),
        (1200, "count", "1,200"),
        (True, "flag", "yes"),
        (None, "text", "not stated"),
        ("OUTCOMES_ASSESSOR", "code", "outcomes assessor"),
        ("a\x1b[31m red\r\nline \\> 3", "text", "a red line > 3"),
        ({"measure": "Pain", "timeFrame": "1 year"}, "text", "Pain"),
        ([1, 2], "text", "[1, 2]"),
    ],
)
def test_values_in_words(value: Any, form: str, expected: str) -> None:
    assert words.value(value, form) == expected
