"""The sheet of one person of a group in another language: all of the program's words, none of the person's facts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.e2e.made import study
from tests.unit.pages.doctor_made import record
from trialfinder.base.tongue import MARKS, speaking
from trialfinder.catalogue.holdings import Catalogue, Origin
from trialfinder.catalogue.matching import match_rows, open_questions
from trialfinder.catalogue.near import one_place
from trialfinder.catalogue.sighted import Holding, kept
from trialfinder.cli.group_command import _is_sheet
from trialfinder.pages.group_sheet import sheet
from trialfinder.pages.translations import translator
from trialfinder.person import from_options

PERSON = {"age": 58.0, "neuropathy": "diabetic", "hba1c": "8.17", "near": "Leeds, United Kingdom"}
ENGLISH = (
    "can it be joined",
    "ask about",
    "Something",
    "nearest site",
    "where:",
    "not stated",
    "What must be",
    "Studies",
)


def made(language: str) -> list[str]:
    records = [record("Inclusion Criteria:\n\n* HbA1c below 7 %\n* Any sort of frobnication"), study(2), study(15)]
    ids = [each["protocolSection"]["identificationModule"]["nctId"] for each in records]
    holdings = {nct_id: Holding(nct_id, kept(each)) for nct_id, each in zip(ids, records, strict=True)}
    found = Catalogue(Origin("records", "made"), holdings, dt.date(2026, 11, 20))
    person = from_options(PERSON)
    matches = match_rows(found, person, found.rows(), one_place("Leeds, United Kingdom"))
    questions = open_questions(found, person, matches)
    with speaking(translator(language)):
        return sheet(found, "anna", matches, questions, language, 96)


@pytest.mark.parametrize(
    ("language", "first", "against", "near"),
    [
        ("es", "Estudios para anna, a fecha de 2026-11-20", "en contra: HbA1c: “HbA1c below 7 %”", "Reino Unido"),
        ("ko", "anna 님을 위한 연구, 기준일 2026-11-20", "HbA1c: “HbA1c below 7 %”", "영국"),
    ],
)  # fmt: skip
def test_it_speaks_the_language_and_leaves_the_registry_its_words(
    language: str, first: str, against: str, near: str
) -> None:
    lines = made(language)
    text = " ".join(" ".join(lines).split())
    assert lines[0] == first
    assert against in text and near in text
    assert [words for words in ENGLISH if words in text] == []
    assert not set(MARKS) & set(text) and "8.17" not in text
    assert max(map(len, lines)) <= 96


def test_a_sheet_in_another_language_is_known_as_one_when_its_person_leaves_the_group(tmp_path: Path) -> None:
    path = tmp_path / "anna.txt"
    for language in ("en", "es", "ko"):
        path.write_text("\n".join(made(language)), encoding="utf-8")
        assert _is_sheet(path)
    path.write_text("Estudios para berta, a fecha de", encoding="utf-8")
    assert not _is_sheet(path)
