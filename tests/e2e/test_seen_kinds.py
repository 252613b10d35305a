"""Kinds of faults that a first trial brought to light, by the program alone, so that an older program can be run too.

What each shows of the program of 66e2844 is in ``docs/decisions/seen-cases.md``.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import TODAY, Program
from tests.standin import StandIn
from tests.standin.samples import code_name_only, only_described

DAY = ("--today", TODAY)


def test_what_the_long_description_brings_is_shown_when_it_is_cells_and_hidden_when_not(program: Program) -> None:
    """Kind 1."""
    tablets = only_described(78, "Sciatica", "XQ7 is a tablet. It acts on nerve cells.")
    with StandIn([*made.studies(), code_name_only(), tablets]) as registry:
        asked = program.at(registry.url)
        first = asked("search", *DAY)
        assert first.code == 0, first.err
        assert "32 new" in first.err
        assert "NCT05333406" in first.out
        assert "NCT00000078" not in first.out
        assert "1 off topic hidden" in first.err
        assert "NCT00000078" in asked("search", "--all", *DAY).out
        assert len(registry.requests) == 3


@pytest.mark.parametrize(
    ("option", "said", "meant"),
    [
        ("--neuropathy", "dpn", "diabetic"), ("--cells", "stem", "msc,hematopoietic,ipsc_derived,neural_stem"),
        ("--status", "Active, not recruiting", "ACTIVE_NOT_RECRUITING"),
    ],
)  # fmt: skip
def test_a_filter_takes_what_people_say(filled: Program, option: str, said: str, meant: str) -> None:
    """Kind 4."""
    listed = ("search", "--offline", "--format", "csv", "-q", *DAY)
    usual = filled(*listed, option, said)
    assert usual.code == 0, usual.err
    assert usual.out == filled(*listed, option, meant).out
    assert nct(1) in usual.out or option == "--status"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Holland", "Netherlands"), ("America", "United States"), ("HK", "Hong Kong"), ("Russia", "Russian Federation"),
        ("Korea", "Korea, Republic of"), ("Turkey", "Türkiye"), ("Czech Republic", "Czechia"),
    ],
)  # fmt: skip
def test_a_country_is_found_by_what_people_call_it(program: Program, said: str, written: str) -> None:
    """Kind 4."""
    study = made.study(2)
    study["protocolSection"]["contactsLocationsModule"]["locations"][0]["country"] = written
    assert program("import", "-", *DAY, stdin=json.dumps([study])).code == 0
    assert nct(2) in program("search", "--offline", "--format", "csv", "-q", *DAY, "--country", said).out


def test_a_country_with_a_slip_is_answered_with_the_right_one(filled: Program) -> None:
    """Kind 4."""
    done = filled("search", "--offline", "--country", "Germny", *DAY)
    assert (done.code, "did you mean Germany?" in done.err) == (2, True)


def _signs(program: Program, text: str, **fields: bool) -> list[str]:
    study = made.study(1)
    study["protocolSection"]["descriptionModule"]["briefSummary"] = text
    study["protocolSection"].setdefault("oversightModule", {}).update(fields)
    done = program("signs", "--records", "-", "--format", "jsonl", *DAY, stdin=json.dumps([study]))
    return [json.loads(line)["id"] for line in done.lines]


def test_a_permission_that_the_field_denies_is_a_sign(program: Program) -> None:
    """Kind 8."""
    text = "This treatment is approved by the FDA."
    assert "regulation_claimed" in _signs(program, text, isFdaRegulatedDrug=False)
    assert "regulation_claimed" not in _signs(program, text, isFdaRegulatedDrug=True)


def test_cells_that_must_be_banked_with_a_firm_are_a_sign(program: Program) -> None:
    """Kind 8."""
    assert "banked_cells_required" in _signs(program, "Subjects must have banked their cells at Northern Biolife.")


def test_to_evaluate_the_efficacy_is_no_claim(program: Program) -> None:
    """Kind 8."""
    study = made.study(1, briefTitle="A study to evaluate the efficacy of cells for diabetic nerve pain")
    study["protocolSection"]["identificationModule"].pop("officialTitle", None)
    study["protocolSection"]["designModule"] |= {
        "phases": ["PHASE2"],
        "designInfo": {"interventionModel": "SINGLE_GROUP"},
    }
    done = program("signs", "--records", "-", "--format", "jsonl", *DAY, stdin=json.dumps([study]))
    assert done.code == 0, done.err
    assert "single_arm_with_claims" not in done.out


def test_an_ulcer_that_is_wanted_is_not_also_barred(program: Program) -> None:
    """Kind 9."""
    study = made.study(1)
    study["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = (
        "Inclusion Criteria:\n\n* Diabetic foot ulcer\n\nExclusion Criteria:\n\n* Osteomyelitis\n* Charcot foot"
    )
    (program.home / "r.json").write_text(json.dumps([study]), encoding="utf-8")
    lines = [line.strip() for line in program("criteria", "--records", "r.json", *DAY).lines]
    (wanted,) = [line.removeprefix("- must have ") for line in lines if line.startswith("- must have ")]
    barred = [line.removeprefix("- must not have ") for line in lines if line.startswith("- must not have ")]
    assert len(barred) == 2
    assert wanted not in barred
    assert len(set(barred)) == 2


@pytest.fixture
def with_news(filled: Program) -> Program:
    """A store in which one study has stopped, one recruits again and one is new."""
    after = [*made.studies(), made.study(made.STUDIES + 1)]
    for record, status in ((after[0], "TERMINATED"), (after[10], "RECRUITING"), (after[30], "RECRUITING")):
        record["protocolSection"]["statusModule"]["overallStatus"] = status
        record["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"] = TODAY
    with StandIn(after) as server:
        done = filled.at(server.url).later(days=1)("refresh", "--full", "--today", "2026-11-21")
    assert done.code == 0, done.err
    return filled.later(days=1)


def test_a_digest_says_that_nothing_is_approved_and_what_a_new_study_is(with_news: Program) -> None:
    """Kind 11."""
    done = with_news("digest", "--since", "7d", "--to", "-", "--today", "2026-11-21")
    words = " ".join(done.out.split())
    assert nct(31) in words, done.err
    assert "No stem-cell therapy is approved for any neuropathy" in words
    assert "given: " in words.lower()


def test_what_opens_and_what_stops_differ_in_colour(with_news: Program) -> None:
    """Kind 11."""
    with_news("digest", "--since", "7d", "--to", "n.html", "--today", "2026-11-21")
    page = (with_news.home / "n.html").read_text(encoding="utf-8")
    assert "#a61b1b" in page and "#1b6b3a" in page


def test_a_new_digest_does_not_write_over_the_last_one(with_news: Program) -> None:
    """Kind 11."""
    assert with_news("digest", "--since", "30d", "--to", "n.html").code == 0
    first = (with_news.home / "n.html").read_text(encoding="utf-8")
    assert with_news.later(days=7)("digest", "--since", "30d", "--to", "n.html").code == 0
    assert first in [path.read_text(encoding="utf-8") for path in with_news.home.glob("n-*.html")]


_READ = "import sys, trialfinder; print(len(trialfinder.read_csv(sys.argv[1])))"


def test_a_table_that_a_spreadsheet_saved_with_semicolons_is_read_back(filled: Program) -> None:
    """Kind 14."""
    assert filled("export", "t.csv", "--offline", *DAY).code == 0
    path = filled.home / "t.csv"
    cells = list(csv.reader(path.read_text("utf-8").splitlines(keepends=True)))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(cells)
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path)],
        env=filled.environment(), cwd=filled.home, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, str(made.STUDIES)), done.stderr


def test_what_comes_with_the_program_is_a_first_sight_with_criteria_and_status(program: Program) -> None:
    """Kind 17."""
    for table in ("studies", "criteria"):
        assert program("export", f"{table}.csv", "--table", table, "--offline", "--all", *DAY).code == 0
    with Path(program.home / "studies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 50
    assert sum(bool(row["overall_status"]) for row in rows) >= 45
    assert sum(row["overall_status"] == "RECRUITING" for row in rows) >= 10
    with Path(program.home / "criteria.csv").open(encoding="utf-8", newline="") as file:
        assert len({row["nct_id"] for row in csv.DictReader(file)}) >= 35
