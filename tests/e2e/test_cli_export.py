"""``trialfinder export``: every form and table, harmless cells, whole files or none, where the rows come from."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import sqlite3
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import trialfinder
from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import TODAY, Program
from trialfinder.tables import columns
from trialfinder.tables.frames import read_csv

DAY = ("--today", TODAY)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\x1b[1m=1", "＝1", "&#61;1")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def files(program: Program) -> list[Path]:
    """All there is in the home but what SQLite keeps beside its file."""
    return sorted(path for path in program.home.rglob("*") if "sqlite-" not in path.name)


def test_csv_has_one_line_a_study_and_declared_columns(filled: Program) -> None:
    done = filled("export", "trials.csv", "--status", "recruiting", *DAY)
    assert (done.code, done.out) == (0, "")
    assert "trials.csv: 10 rows of studies from 10 studies." in done.err
    content = (filled.home / "trials.csv").read_bytes()
    assert content.count(b"\n") == 11
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    rows = rows_of(content.decode())
    assert list(rows[0]) == columns.names("studies")
    assert [row["nct_id"] for row in rows] == [nct(number) for number in range(1, 11)]
    first, third = rows[0], rows[2]
    assert (first["phases"], third["phases"]) == ("PHASE1; PHASE2", "NA")
    assert (first["minimum_age"], first["minimum_age_years"]) == ("18 Years", "18")
    assert (first["start_date"], first["countries"]) == ("2025-03", "United Kingdom")
    assert first["has_results"] == "no"
    frame = read_csv(filled.home / "trials.csv")
    assert frame["phases"].iloc[2] == "NA"
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        column.name: column.dtype for column in columns.table("studies")
    }


def test_an_open_age_limit_is_open_in_every_form(filled: Program) -> None:
    row = rows_of(filled("export", "-", "--format", "csv", nct(20), *DAY).out)[0]
    assert (row["maximum_age"], row["maximum_age_years"]) == ("", "")
    line = json.loads(filled("export", "-", "--format", "jsonl", nct(20), *DAY).out)
    assert line["maximum_age_years"] is None


def test_excel_form(filled: Program) -> None:
    assert filled("export", "t.csv", "--excel", "--limit", "2", *DAY).code == 0
    content = (filled.home / "t.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfnct_id,")
    assert content.count(b"\r\n") == content.count(b"\n") == 3


def test_no_cell_is_run_by_a_spreadsheet(program: Program) -> None:
    records = [made.study(number, briefTitle=text) for number, text in enumerate(FORMULAS, 1)]
    for record in records:
        record["protocolSection"]["sponsorCollaboratorsModule"]["leadSponsor"]["name"] = record["protocolSection"][
            "identificationModule"
        ]["briefTitle"]
    assert program("import", "-", "-q", *DAY, stdin=json.dumps(records)).code == 0
    cells = [
        cell
        for row in rows_of(program("export", "-", "--format", "csv", "--offline", *DAY).out)
        for cell in row.values()
    ]
    assert sum(cell.startswith("'") for cell in cells) == 2 * len(FORMULAS)
    assert [cell for cell in cells if re.match(r"\s*[=+\-@＝\x1b]", cell)] == []
    assert program("export", "t.xlsx", "--offline", *DAY).code == 0
    sheet = openpyxl.load_workbook(program.home / "t.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n", "b"}


def test_xlsx_has_a_frozen_header_a_filter_and_links(filled: Program) -> None:
    assert filled("export", "t.xlsx", "--limit", "3", *DAY).code == 0
    sheet = openpyxl.load_workbook(filled.home / "t.xlsx").active
    assert sheet is not None
    names = [cell.value for cell in sheet[1]]
    assert names == columns.names("studies")
    assert sheet.max_row == 4
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:2]) == ("B2", "A1")
    link = sheet.cell(2, names.index("url") + 1)
    assert link.hyperlink is not None
    assert link.hyperlink.target == f"https://clinicaltrials.gov/study/{nct(1)}"
    assert sheet.cell(2, names.index("minimum_age_years") + 1).value == 18


def test_parquet_keeps_the_declared_kinds(filled: Program) -> None:
    assert filled("export", "t.parquet", "--limit", "3", *DAY).code == 0
    frame = pd.read_parquet(filled.home / "t.parquet")
    assert list(frame.columns) == columns.names("studies")
    assert list(frame["nct_id"]) == [nct(1), nct(2), nct(3)]
    assert frame["location_count"].tolist() == [1, 1, 1]


def test_markdown_and_json(filled: Program) -> None:
    assert filled("export", "t.md", "--limit", "2", *DAY).code == 0
    lines = (filled.home / "t.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4
    assert lines[2].startswith(f"| {nct(1)} | ")
    found = json.loads(filled("export", "-", "--format", "json", "--limit", "2", *DAY).out)
    assert [row["nct_id"] for row in found] == [nct(1), nct(2)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("locations", [("city", "Leeds"), ("city", "Lyon")]),
        ("interventions", [("name", "Cord MSC"), ("name", "Cord MSC")]),
        ("arm_groups", [("label", "Cells"), ("label", "Usual care"), ("label", "Cells"), ("label", "Usual care")]),
        (
            "conditions",
            [("condition", "Diabetic Peripheral Neuropathy"), ("condition", "Diabetic Peripheral Neuropathy")],
        ),
        ("outcomes", [("kind", "primary"), ("kind", "secondary"), ("kind", "primary"), ("kind", "secondary")]),
        ("contacts", [("name", "Study desk"), ("name", "Leeds desk")]),
        ("references", [("pmid", "12345")]),
        ("criteria", [("section", "inclusion"), ("section", "inclusion"), ("section", "exclusion")]),
        ("readings", [("pattern", "hba1c")]),
        ("signs", [("kind", "protective")]),
    ],
)
def test_every_table(filled: Program, table: str, expected: list[tuple[str, str]]) -> None:
    done = filled("export", "-", "--format", "jsonl", "--table", table, "--limit", "2", *DAY)
    assert done.code == 0, done.err
    rows = [json.loads(line) for line in done.lines]
    assert {row["nct_id"] for row in rows} == {nct(1), nct(2)}
    assert all(list(row) == columns.names(table) for row in rows)
    for key, value in expected:
        assert sum(row[key] == value for row in rows) >= expected.count((key, value))


def test_columns_do_not_depend_on_the_rows(filled: Program) -> None:
    for table in columns.EXPORTED:
        if table == "matches":
            continue
        done = filled("export", "-", "--format", "csv", "--table", table, "--status", "suspended", "-q", *DAY)
        assert (done.code, done.lines) == (0, [",".join(columns.names(table))])


def test_the_sidecar_says_where_the_rows_come_from(filled: Program) -> None:
    done = filled("export", "t.csv", "part", "--status", "completed", "--provenance", *DAY)
    assert done.code == 0, done.err
    about = json.loads((filled.home / "t.csv.provenance.json").read_text(encoding="utf-8"))
    assert about["tool"] == f"trialfinder {trialfinder.__version__}"
    assert about["data_timestamp"] == "2026-11-20T09:00:05"
    assert about["judged_as_of"] == TODAY
    assert about["filters"] == ["part", "--status completed"]
    assert (about["table"], about["rows"], about["origin"]) == ("studies", 10, "store")
    assert about["queries"].keys() == {"neuropathy-cells"}
    assert "/studies?" in about["queries"]["neuropathy-cells"]
    assert "query.cond=neuropathy+OR+" in about["queries"]["neuropathy-cells"]


@pytest.mark.parametrize(
    "place", ["missing/t.csv", "file/t.csv", "folder.csv", "t.unknown", "t", "-"], ids=lambda place: str(place)
)
def test_what_cannot_be_written_is_one_line_and_leaves_nothing(filled: Program, place: str) -> None:
    (filled.home / "file").write_text("")
    (filled.home / "folder.csv").mkdir()
    before = files(filled), filled.contents()
    done = filled("export", place, *DAY)
    assert done.code == 2
    assert done.one_line()
    assert (files(filled), filled.contents()) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["t.csv", "--table", "study"],
        ["t.csv", "--table", "matches"],
        ["t.json", "--excel"],
        ["-", "--format", "csv", "--provenance"],
        ["t.csv", "--format", "cvs"],
    ],
    ids=" ".join,
)
def test_wishes_that_do_not_fit(filled: Program, arguments: list[str]) -> None:
    done = filled("export", *arguments, *DAY)
    assert (done.code, done.out) == (2, "")
    assert done.one_line()
    assert not (filled.home / "t.csv").exists()


def test_a_file_that_cannot_be_replaced_is_left_as_it_was(filled: Program) -> None:
    target = filled.home / "t.csv"
    target.write_text("mine")
    assert filled("export", "t.csv", "--status", "wrong", *DAY).code == 2
    assert target.read_text() == "mine"
    assert filled("export", "t.csv", "--force", *DAY).code == 0
    assert target.read_text().startswith("nct_id,")
    assert [path.name for path in filled.home.glob(".t.csv*")] == []


@pytest.mark.slow
@pytest.mark.shared
def test_every_table_of_real_records_is_written_in_every_form(real: Program) -> None:
    for table in columns.EXPORTED:
        if table == "matches":
            continue
        done = real("export", f"{table}.csv", "--table", table, "--all", *DAY)
        assert done.code == 0, done.err
        content = (real.home / f"{table}.csv").read_text(encoding="utf-8")
        rows = rows_of(content)
        assert len(rows) == len(content.splitlines()) - 1 > 0
        assert list(rows[0]) == columns.names(table)
        frame = read_csv(real.home / f"{table}.csv", table)
        assert len(frame) == len(rows)
    for form in ("xlsx", "parquet", "md", "json"):
        assert real("export", f"all.{form}", "--all", *DAY).code == 0
    studies = read_csv(real.home / "studies.csv")
    assert len(pd.read_parquet(real.home / "all.parquet")) == len(studies) >= 25
    assert len(json.loads(Path(real.home / "all.json").read_text(encoding="utf-8"))) == len(studies)


def test_a_database_has_every_table_of_the_chosen_studies_and_where_they_come_from(filled: Program) -> None:
    done = filled("export", "found.sqlite", "--status", "recruiting", "--metadata", *DAY)
    assert done.code == 0, done.err
    with contextlib.closing(sqlite3.connect(filled.home / "found.sqlite")) as database:
        count = {name: database.execute(f'select count(*) from "{name}"').fetchone()[0] for name in columns.EXPORTED}
        about = dict(database.execute("select key, value from _about"))
        assert database.execute("pragma foreign_key_check").fetchall() == []
    assert count["studies"] == 10
    assert count["criteria"] > 0
    assert f"found.sqlite: {sum(count.values())} rows of every table from 10 studies." in done.err
    assert about["filters"] == '["--status recruiting"]'
    assert about["approval"].startswith("No stem-cell therapy is approved")
    assert '"found":' in (filled.home / "metadata.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "notes.csv", "picture.svg", "t.csv.provenance.json", "metadata.yaml"])
def test_a_file_of_another_maker_is_not_written_over(filled: Program, name: str) -> None:
    """One line, before the registry is asked; ``--force`` is the way out."""
    (filled.home / name).write_text("nct_id,note\nNCT90000001,she called\n")
    command = {
        "picture.svg": ["plot", "map", name], "t.csv.provenance.json": ["export", "t.csv", "--provenance"],
        "metadata.yaml": ["export", "t.sqlite", "--metadata"],
    }.get(name, ["export", name])  # fmt: skip
    done = filled(*command, "--offline", *DAY)
    assert done.code == 2
    assert done.one_line() == (
        f"{name}: is there and was not made by trialfinder; name another file, or add --force to replace it"
    )
    assert "she called" in (filled.home / name).read_text()
    assert filled(*command, "--offline", "--force", *DAY).code == 0
    assert "she called" not in (filled.home / name).read_text()
    assert filled(*command, "--offline", *DAY).code == 0  # what it made itself, a job may make again


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "people.xlsx", "people.html", "t.sqlite", "map.svg", "news.atom"])
def test_what_a_group_wrote_into_a_list_is_not_written_over(filled: Program, name: str) -> None:
    """The natural life of a list: written, written into, and written again next month."""
    command = {
        "map.svg": ["plot", "map", name], "news.atom": ["digest", "--feed", name],
    }.get(name, ["export", name, *(["--for-people"] if "people" in name else [])])  # fmt: skip
    day = () if name == "news.atom" else ("--offline", *DAY)
    for _ in range(2):
        assert filled(*command, *day).code == 0
    before = {path.name for path in filled.home.iterdir()}
    path = filled.home / name
    path.write_bytes(mine := path.read_bytes() + b"\nTom rang 3 Nov\n")
    done = filled(*command, *day)
    assert done.code == 2
    assert (
        f"{name}: has changed since trialfinder wrote it; name another file, or add --force to replace it" in done.err
    )
    assert path.read_bytes() == mine
    assert {path.name for path in filled.home.iterdir()} == before
    assert filled(*command, *day, "--force").code == 0
    assert filled(*command, *day).code == 0
    assert b"Tom rang" not in path.read_bytes()


def test_a_database_takes_no_table_and_never_the_place_of_the_store(filled: Program) -> None:
    assert "leave out --table signs" in filled("export", "a.db", "--table", "signs", *DAY).one_line()
    assert "--metadata is for a SQLite file" in filled("export", "a.csv", "--metadata", *DAY).one_line()
    store = filled.home / "trialfinder" / "store.sqlite"
    assert "is a store of trialfinder" in filled("export", str(store), *DAY).one_line()
    assert "is a store of trialfinder" in filled("export", str(store), "--force", *DAY).one_line()
    assert filled("store", "verify").code == 0
