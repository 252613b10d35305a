"""What a person, a volunteer and a keeper met on their walks in November 2026, each by the command that they typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.program import NOW, Program
from tests.standin import StandIn
from trialfinder.catalogue.matching import in_order_of_what_decides, match_rows, open_questions
from trialfinder.catalogue.opening import open_catalogue
from trialfinder.cli import streams
from trialfinder.person import Profile

FULL, TODAY = Path("/dev/full"), NOW.date()


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
def test_a_log_on_a_full_disk_is_told_and_the_run_goes_on(filled: Program, registry: StandIn) -> None:
    done = filled.at(registry.url).later(days=1)("refresh", "--quiet", "--log", str(FULL))
    assert done.code == 0
    assert done.one_line_told() == (
        "/dev/full: the log cannot be written (No space left on device); the run goes on, and the log lacks lines"
    )
    failed = filled.later(days=2)("refresh", "--quiet", "--log", str(FULL))
    assert failed.code == 4
    assert failed.err.count("the log cannot be written") == 1


def test_a_failed_refresh_is_told_without_half_a_way_out(filled: Program, registry: StandIn) -> None:
    for number in range(1, 21):
        registry.remove(made.nct(number))
    registry.reload()
    asked = filled.at(registry.url).later(days=1)
    assert asked("refresh", "--full", "--quiet", "--log", "r.log", "--api-url", registry.url).code == 8
    told = asked("changes").err
    assert "It failed 1 time since" in told
    assert "; the store was left as it was (all of it, and the ways out: trialfinder store info" in told
    assert "…" not in told
    whole = asked("store", "info").out
    assert re.search(r"failed .*; `trialfinder refresh --query neuropathy-cells --full --accept-fall`$", whole, re.M)
    (line,) = [line for line in (filled.home / "r.log").read_text("utf-8").splitlines() if "ExpectationFailed" in line]
    assert f"`trialfinder refresh --api-url {registry.url} --log r.log --query neuropathy-cells" in line


def test_the_other_questions_come_in_the_order_of_what_decides(tmp_path: Path) -> None:
    """A person with burning feet was asked for the bladder long before what the studies ask for."""
    study = made.study(1)
    study["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = (
        "Exclusion Criteria:\n\n* Pacemaker\n* HIV\n* Fasting glucose above 250 mg/dL\n"
    )
    (tmp_path / "r.json").write_text(json.dumps([study]), encoding="utf-8")
    told = Profile({"person.age": 40.0, "person.sex": "male"})
    keys = ["neuropathy.cauda_equina", "diabetes.fasting_glucose_mg_dl", "diabetes.type", "health.hiv"]
    with open_catalogue(tmp_path / "none", TODAY, records=str(tmp_path / "r.json")) as catalogue:
        ordered = in_order_of_what_decides(catalogue, told, keys)
        ranked = [each.fact for each in open_questions(catalogue, told, match_rows(catalogue, told, catalogue.rows()))]
    assert ordered[-1] == "neuropathy.cauda_equina", "what no study asks for"
    assert {"health.hiv", "diabetes.fasting_glucose_mg_dl"} <= set(ranked)
    assert ordered.index("diabetes.type") < ordered.index("diabetes.fasting_glucose_mg_dl"), (
        "which is asked of diabetics only"
    )
    asked_for = [key for key in ordered if key in ranked]
    assert asked_for == [key for key in ranked if key in keys]


def test_no_heading_over_a_drug_reads_as_an_advice_to_stop_it(program: Program) -> None:
    """ "You would have to change this" stood over the insulin of a person with diabetes."""
    study = made.study(1)
    study["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = (
        "Exclusion Criteria:\n\n* Use of anticoagulants\n"
    )
    (program.home / "r.json").write_text(json.dumps([study]), encoding="utf-8")
    asked = ["match", "--age", "40", "--yes", "anticoagulant", "--records", "r.json"]
    for more in ([], ["--explain", made.nct(1)]):
        done = program(*asked, *more, COLUMNS="200")
        assert "Against it as things stand (do not change a drug for a study without your doctor)" in done.out
        assert "have to change" not in done.out + done.err


def test_the_warning_of_drugs_stands_over_drugs_alone(program: Program) -> None:
    """It stood over smoking, and over a study of five years ago."""
    study = made.study(1)
    study["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = "Exclusion Criteria:\n\n* Smokers\n"
    (program.home / "r.json").write_text(json.dumps([study]), encoding="utf-8")
    asked = ["match", "--age", "40", "--yes", "smoker", "--records", "r.json"]
    for more in ([], ["--explain", made.nct(1)]):
        done = program(*asked, *more, COLUMNS="200")
        assert "Against it as things stand" in done.out
        assert "do not change a drug" not in done.out


def test_a_list_in_a_pipe_says_once_what_stands_between_the_tabs(filled: Program) -> None:
    for command, number in ((["search"], 9), (["signs"], 5), (["queries", "list"], 2)):
        done = filled(*command, COLUMNS="")
        [told] = [line for line in done.err.splitlines() if line.startswith("Between the tabs: ")]
        names = re.sub(r"\([^)]*\)", "", told.partition(". With")[0]).split(", ")
        assert len(names) == number == len(done.lines[0].split("\t"))
        assert "Between the tabs" not in filled(*command, "--quiet", COLUMNS="").err
        assert "Between the tabs" not in filled(*command, "--format", "tsv", COLUMNS="").err


def test_what_a_study_is_stands_there_in_words(program: Program) -> None:
    """ "dose: {'words': …, 'cells': 5000000.0, 'per_kg': False}"."""
    told = re.sub(r"\s+", " ", program("classify", "NCT05507697", "NCT05129085", "--offline", COLUMNS="110").out)
    assert "dose: 5 × 10^6 cells/mL [" in told
    assert "people are followed for: 22.1 months [" in told
    assert "given: platelet-rich plasma [title:" in told
    assert "whose cells: not stated" in told
    values = re.sub(r"\[[^]]*\]", "", told)
    assert not re.search(r"\w_\w|[{}]|\bNone\b", values), values


@pytest.mark.parametrize(("language", "told"), [("ko", True), ("es", False), ("en", False)])
def test_a_code_page_that_cannot_write_the_language_is_told(program: Program, language: str, *, told: bool) -> None:
    """A page of question marks came with code 0 and without a word."""
    done = program.apart("page", "NCT05507697", "--language", language, "--offline", PYTHONIOENCODING="cp1252")
    assert done.code == 0
    assert ("cp1252, the code page of this output, has not all of these letters" in done.err) is told
    assert done.err.count("the code page of this output") <= 1
    assert ("??" in done.out) is told


def test_what_a_code_page_lacks_keeps_its_meaning() -> None:
    streams.prepare()
    for text, plain in (
        ("④ ≥ 10⁹ kg/m²", "(4) >= 10^9 kg/m2"), ("10¹² Şahin", "10^12 Sahin"), ("（a）", "(a)"), ("신경", "??")
    ):  # fmt: skip
        assert text.encode("ascii", "trialfinder").decode() == plain


def test_a_country_is_told_back_as_it_was_typed(program: Program) -> None:
    assert "unknown country 'Germny'" in program("search", "--country", "Germny", "--offline").one_line()


def test_what_follows_from_sex_and_age_names_both(program: Program) -> None:
    """ "You told female: not barred by pregnancy": being female is no ground for that."""
    explain = ["match", "--explain", "NCT05507697", "--offline"]
    woman = " ".join(program(*explain, "--age", "61", "--sex", "female").out.split())
    assert "pregnancy or breastfeeding (age, sex), you told 61 years, female: not barred by" in woman
    man = " ".join(program(*explain, "--age", "61", "--sex", "male").out.split())
    assert "pregnancy or breastfeeding (sex), you told male: not barred by" in man
