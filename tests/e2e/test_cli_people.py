"""``trialfinder export --for-people``: the filters of export, three forms, and what cannot be meant."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.e2e.made import nct
from tests.e2e.program import Program


def test_the_filters_of_export_choose_the_studies(filled: Program) -> None:
    done = filled("export", "s.xlsx", "--for-people", "--open", "--near", "Leeds, United Kingdom", "--within", "50km")
    assert done.code == 0, done.err
    assert "s.xlsx: 5 rows of the sheet for people from 5 studies." in done.err
    studies = openpyxl.load_workbook(filled.home / "s.xlsx")["Studies"]
    links = [str(studies.cell(line, 14).value) for line in range(2, studies.max_row + 1)]
    assert sorted(links) == [nct(number) for number in (1, 3, 5, 7, 9)]
    assert {studies.cell(line, 2).value for line in range(2, 7)} == {"Yes"}


@pytest.mark.parametrize(("name", "start"), [("s.html", "<!DOCTYPE html>"), ("s.md", "# Studies of cells")])
def test_as_a_page_and_as_markdown(filled: Program, name: str, start: str) -> None:
    assert filled("export", name, "--for-people").code == 0
    assert (filled.home / name).read_text(encoding="utf-8").startswith(start)
    form = name.rpartition(".")[2]
    assert filled("export", "-", "--for-people", "--format", form, "-q").out.startswith(start)


@pytest.mark.parametrize(("name", "mark"), [("s.csv", ","), ("s.tsv", "\t")])
def test_a_table_in_words_as_csv(filled: Program, name: str, mark: str) -> None:
    for _ in range(2):
        done = filled("export", name, "--for-people", "--open")
        assert (done.code, f"{name}: 10 rows of the sheet for people" in done.err) == (0, True)
    text = (filled.home / name).read_bytes().decode("utf-8")
    assert text.startswith(f"\ufeffStudy{mark}Can it be joined?{mark}Why{mark}")
    assert text.count("\r\n") == 11


def test_a_workbook_can_go_to_standard_output(filled: Program) -> None:
    done = filled.apart("export", "-", "--for-people", "--format", "md", "--limit", "1", "-q", "--today", "2026-11-20")
    assert done.code == 0
    assert io.StringIO(done.out).readline() == "# Studies of cells for neuropathy\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["s.json", "--for-people"], "the sheet for people is .xlsx, .html, .md, .csv or .tsv"),
        (["-", "--for-people"], "the sheet for people is .xlsx, .html, .md, .csv or .tsv"),
        (["s.xlsx", "--for-people", "--table", "locations"], "--table is for the full export"),
        (["s.xlsx", "--for-people", "--excel", "--metadata"], "--excel, --metadata is for the full export"),
        (["s.csv", "--language", "es"], "add --for-people"),
        (["s.md", "--for-people", "--language", "klingon"], "the languages are en, es, ko"),
        ([".", "--for-people", "--format", "md"], "is a folder"),
    ],
)
def test_what_is_wrong_is_told_on_one_line(filled: Program, arguments: list[str], said: str) -> None:
    done = filled("export", *arguments)
    assert done.code == 2, done.err
    assert said in done.one_line()


def test_a_sheet_of_a_part_of_the_studies_says_so(filled: Program) -> None:
    assert filled("export", "s.md", "--for-people", "--country", "France", "--limit", "3").code == 0
    assert "Only a part of the studies: 3 of 30. Chosen by: country France." in (filled.home / "s.md").read_text(
        "utf-8"
    )
    assert filled("export", "s.md", "--for-people").code == 0
    assert "Only a part" not in (filled.home / "s.md").read_text("utf-8")


def test_a_broader_command_makes_the_same_sheet(filled: Program) -> None:
    done = filled("export", "s.html", "--for-people", "--language", "es", "--country", "France", "--phase", "4")
    assert "trialfinder export s.html --for-people --language es --country France" in done.err
    drawn = filled("plot", "map", "m.svg", "--language", "ko", "--country", "France", "--phase", "4", "--offline")
    assert "trialfinder plot map m.svg --language ko --country France" in drawn.err


def test_a_site_of_a_part_of_the_studies_says_so(filled: Program) -> None:
    assert filled("site", "public", "--country", "France", "--offline").code == 0
    for page in ("index.html", "pictures.html"):
        said = (filled.home / "public" / page).read_text(encoding="utf-8")
        assert "Only a part of the studies: 15 of 30. Chosen by: country France." in said
    done = filled("site", "public", "--country", "France", "--phase", "4", "--offline")
    assert done.code == 0 and "here it became empty" in done.err
    assert filled("site", "public", "--offline").code == 0
    assert "Only a part" not in (filled.home / "public" / "index.html").read_text(encoding="utf-8")
