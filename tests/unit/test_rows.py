"""Rows, frames and columns agree."""

from __future__ import annotations

import copy
import csv
from pathlib import Path

import pytest

from tests.unit.sample import RECORD
from trialfinder.base.whole_files import write_file
from trialfinder.errors import InputError
from trialfinder.study.model import Study
from trialfinder.study.read_study import read_study
from trialfinder.tables import columns, frames
from trialfinder.tables.exports import FORMATS, write_stream
from trialfinder.tables.rows import RELATED_TABLES, joined, related_rows, study_row

STUDY = read_study(RECORD)
EMPTY = Study(nct_id="NCT90000002")


def test_column_names_are_unique_and_described() -> None:
    for table in columns.TABLES.values():
        assert len({c.name for c in table}) == len(table)
        assert all(c.meaning.endswith(".") and c.missing for c in table)


@pytest.mark.parametrize("study", [STUDY, EMPTY])
def test_a_row_always_has_its_tables_columns(study: Study) -> None:
    assert list(study_row(study)) == columns.names("studies")
    for table in RELATED_TABLES:
        assert all(list(row) == columns.names(table) for row in related_rows(table, study))


def test_the_studies_row_says_what_the_record_says() -> None:
    row = study_row(STUDY)
    assert row["interventions"] == "Biological: Cord MSC"
    assert row["keywords"] == "pain, nerve"
    assert (row["phases"], row["countries"], row["status_words"]) == ("PHASE1; PHASE2", "United Kingdom", "recruiting")
    assert (row["location_count"], row["open_location_count"], row["minimum_age_years"], row["maximum_age"]) == (
        1,
        1,
        18.0,
        None,
    )
    assert (row["start_date"], row["last_update_post_date"]) == ("2025-03", "2026-09-24")


def test_contacts_of_every_kind_are_listed() -> None:
    kinds = [(row["kind"], row["name"], row["city"]) for row in related_rows("contacts", STUDY)]
    assert kinds == [("central", "Study desk", None), ("official", "A. Person", None), ("site", "Leeds desk", "Leeds")]


def test_a_list_in_a_cell_can_be_split_again() -> None:
    assert joined(["a; b", "", "c"]) == "a, b; c"
    assert joined([]) is None


@pytest.mark.parametrize("table", columns.TABLES)
def test_a_frame_without_rows_has_the_same_columns_and_types(table: str) -> None:
    empty = frames.frame(table, [])
    assert list(empty.columns) == columns.names(table)
    assert {c.name: str(empty[c.name].dtype) for c in columns.table(table)} == {
        c.name: c.dtype for c in columns.table(table)
    }


def test_a_row_with_other_keys_is_an_error() -> None:
    with pytest.raises(ValueError, match="surprise"):
        frames.frame("conditions", [{"nct_id": "NCT1", "condition": "x", "kind": "keyword", "surprise": 1}])


def test_a_csv_comes_back_as_the_frame_it_was(tmp_path: Path) -> None:
    record = copy.deepcopy(RECORD)
    record["protocolSection"]["designModule"]["phases"] = ["NA"]
    row = study_row(read_study(record)) | {"strong_warning_signs": 0}
    path = tmp_path / "studies.csv"
    write_file(path, lambda stream: write_stream(FORMATS["csv"], columns.STUDIES, [row], stream, excel=True))
    back = frames.read_csv(path)
    assert back["phases"].tolist() == ["NA"]
    assert back.equals(frames.frame("studies", [row | {"brief_summary": row["brief_summary"].replace("\\", "")}]))


@pytest.mark.parametrize(
    ("mark", "encoding"), [(";", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-8"), ("\t", "utf-8")]
)
def test_a_csv_that_a_spreadsheet_saved_again_is_read_back(tmp_path: Path, mark: str, encoding: str) -> None:
    row = study_row(read_study(copy.deepcopy(RECORD))) | {"strong_warning_signs": 0, "brief_summary": "a; b, c"}
    path = tmp_path / "studies.csv"
    write_file(path, lambda stream: write_stream(FORMATS["csv"], columns.STUDIES, [row], stream))
    expected = frames.read_csv(path)
    cells = list(csv.reader(path.read_text("utf-8").splitlines()))
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=mark, lineterminator="\r\n").writerows(cells)
    assert frames.read_csv(path).equals(expected)
    assert expected["brief_summary"].tolist() == ["a; b, c"]


def test_a_csv_of_another_kind_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    good = ",".join(columns.names("references"))
    for content, words in (
        (b"", "columns are not those"),
        (b"NCT Number;Title\n", "NCT Number"),
        (f"{good}\nNCT90000001\n".encode(), "row 2: 1 cells"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"a\xe9,b\n", "UTF-8"),
    ):
        path.write_bytes(content)
        with pytest.raises(InputError, match=words):
            frames.read_csv(path, "references")
    with pytest.raises(InputError, match="cannot be read"):
        frames.read_csv(tmp_path / "none.csv")


def test_an_unknown_table_names_those_there_are() -> None:
    with pytest.raises(InputError, match="the tables are studies, locations"):
        columns.table("sites")


def test_the_signs_from_kept_rows_are_those_of_a_fresh_classification() -> None:
    """A kept row says of the product all that the signs ask; classifying again for them took most of an export."""
    import datetime as dt

    from trialfinder.catalogue.opening import snapshot
    from trialfinder.classify import classify, signs

    catalogue = snapshot(dt.date(2026, 11, 20))
    assert len(catalogue.rows()) == len(catalogue.entries)
    for nct_id in catalogue.entries:
        study = catalogue.study(nct_id)
        fresh = signs(study, classify(study), catalogue.today, catalogue.sponsor_records(nct_id))
        assert catalogue.signs(nct_id) == fresh
