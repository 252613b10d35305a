"""Words as people say them: accepted, or answered with the right suggestion."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import TODAY, Program
from tests.standin import StandIn
from trialfinder.base.enums import STATUS_WORDS
from trialfinder.catalogue import filters
from trialfinder.catalogue.select import _classified
from trialfinder.errors import InputError

DAY = ("--today", TODAY)
CSV = ("--format", "csv", "-q", "--offline", *DAY)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Holland", "Netherlands"), ("America", "United States"), ("HK", "Hong Kong"), ("Russia", "Russian Federation"),
        ("UK", "United Kingdom"), ("USA", "United States"), ("Korea", "Korea, Republic of"), ("Turkey", "Türkiye"),
        ("korea, republic of", "South Korea"), ("Iran, Islamic Republic of", "Iran"),
        ("germany,holland", "Netherlands"), ("España", "Spain"),
        ("Estados Unidos", "United States"),
        ("Czech Republic", "Czechia"), ("Former Serbia and Montenegro", "Former Serbia and Montenegro"),
    ],
)  # fmt: skip
def test_a_country_by_any_of_its_names(word: str, name: str) -> None:
    assert filters.country(word).test({"countries": f"Japan; {name}"})
    assert not filters.country(word).test({"countries": "Japan; France"})


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Germny", "Germany"),
        ("Swizerland", "Switzerland"),
        ("Chna", "China"),
        ("Amerika", "United States"),
        ("Spein", "Spain"),
        ("Texas", "United States"),
    ],
)
def test_a_country_with_a_slip_is_suggested(word: str, meant: str) -> None:
    with pytest.raises(InputError, match=f"did you mean {meant}"):
        filters.country(word)


@pytest.mark.parametrize(
    ("words", "statuses"),
    [
        ("Active, not recruiting", {"ACTIVE_NOT_RECRUITING"}),
        ("active not recruiting", {"ACTIVE_NOT_RECRUITING"}),
        ("running, closed to new people", {"ACTIVE_NOT_RECRUITING"}),
        ("recruiting, Active, not recruiting,completed", {"RECRUITING", "ACTIVE_NOT_RECRUITING", "COMPLETED"}),
        ("Enrolling by invitation", {"ENROLLING_BY_INVITATION"}),
        ("unknown status", {"UNKNOWN"}),
        ("paused", {"SUSPENDED"}),
    ],
)
def test_a_status_as_the_website_or_we_say_it(words: str, statuses: set[str]) -> None:
    test = filters.status(words).test
    assert {status for status in STATUS_WORDS if test({"overall_status": status})} == statuses


def test_an_open_status_is_not_one_of_the_registrys(program: Program) -> None:
    for word in ("open", "joinable"):
        told = program("search", "--status", word).one_line()
        assert "--open" in told
        assert "RECRUITING" in told


@pytest.mark.parametrize(
    ("word", "products"),
    [
        ("stem", {"msc", "hematopoietic", "ipsc_derived", "neural_stem"}),
        ("stem cells", {"msc", "hematopoietic", "ipsc_derived", "neural_stem"}),
        ("mesenchymal", {"msc"}),
        ("MSCs", {"msc"}),
        ("svf", {"stromal_vascular_fraction"}),
        ("exosomes", {"exosome_or_secretome"}),
        ("prp,hsc", {"platelet_rich_plasma", "hematopoietic"}),
    ],
)
def test_products_in_plain_words(word: str, products: set[str]) -> None:
    from trialfinder.classify.classification import CELL_PRODUCTS

    (one,) = _classified({"cells": word})
    assert {name for name in CELL_PRODUCTS if one.test({"cell_product": name})} == products


def test_a_word_with_a_slip_is_suggested(filled: Program) -> None:
    done = filled("search", "diabetec", "--offline", *DAY)
    assert done.code == 0
    assert "did you mean diabetic? trialfinder search diabetic" in done.err


def test_of_two_words_that_were_meant_the_one_that_finds_more_is_suggested(program: Program) -> None:
    """The snapshot has both "diabetes" and "diabetic"; beside "neuropathy" the second stands in more studies."""
    done = program("search", "diabetec neuropathy", "--offline")
    assert "did you mean diabetic neuropathy? trialfinder search diabetic neuropathy" in done.err


def test_words_of_what_one_feels_lead_to_the_name_of_the_illness(program: Program) -> None:
    assert "called neuropathy there: trialfinder search neuropathy" in program("search", "burning feet").err
    assert "called neuropathy" not in program("search", "glockenspiel").err


def test_a_country_among_the_words_is_suggested_as_its_option(program: Program) -> None:
    done = program("search", "diabetic", "Germny", "--offline")
    assert "did you mean diabetic --country Germany? trialfinder search diabetic --country Germany" in done.err
    assert "did you mean" not in program("search", "foot ulcer", "--offline").err


def test_it_is_said_where_words_are_looked_for(program: Program) -> None:
    done = program("search", "numbness", "--offline")
    assert "not in the criteria. For what you have yourself: trialfinder profile new" in done.err
    assert "not in the criteria" not in program("search", "--country", "Germany", "--offline").err


def test_studies_that_say_that_they_recruit_have_a_title_and_only_the_doubt(program: Program) -> None:
    done = program("search", "--open", "--offline")
    (line,) = [line for line in done.err.splitlines() if line.startswith("  NCT07022197")]
    title = "Safety and Efficacy of BAFF-R CART for Refractory Neuroimmune Diseases"
    assert line == f"  NCT07022197  {title}: no date of its last check is known"


def test_immune_cells_are_not_shown_as_stem_cells(program: Program) -> None:
    rows = {line.split("\t")[0]: line.split("\t")[6] for line in program("search", "--offline", COLUMNS="").lines}
    assert rows["NCT07304154"] == "own CAR-T immune cells, no stem cells"
    assert rows["NCT07526493"].endswith("other cells, not always stem cells"), "its title names no CAR-T"
    assert rows["NCT07183761"] == "donor's mesenchymal cells (umbilical cord)"


def test_words_in_place_of_an_id_lead_to_search(filled: Program) -> None:
    done = filled("show", "diabetic foot")
    assert done.code == 2
    assert "NCT0" not in done.err
    assert "trialfinder search 'diabetic foot'" in done.err


def test_core_studies_come_before_related_ones_and_in_each_the_newest(program: Program) -> None:
    """The snapshot has both."""
    rows = list(csv.DictReader(program("search", *CSV).lines))
    kinds = [row["relevance"] for row in rows]
    assert kinds == sorted(kinds, key=lambda kind: kind != "core")
    assert {"core", "adjacent"} <= set(kinds)
    for kind in ("core", "adjacent"):
        days = [
            row["study_first_post_date"] or row["last_update_post_date"] for row in rows if row["relevance"] == kind
        ]
        assert [day for day in days if day] == sorted((day for day in days if day), reverse=True)


def test_what_a_live_search_keeps_is_said(filled: Program, registry: StandIn) -> None:
    extra = made.study(31, briefTitle="Cells for amyloid")
    extra["protocolSection"]["conditionsModule"] = {"conditions": ["Amyloidosis"]}
    registry.add(extra)
    done = filled.at(registry.url)("search", "--live", "amyloid", *DAY)
    assert done.code == 0, done.err
    assert "1 study of these is kept: later lists and refreshes have it, too" in done.err


def long_over() -> list[dict[str, object]]:
    """Studies that still say that they recruit, years after their own end."""
    found = made.studies()
    for record in found:
        status = record["protocolSection"]["statusModule"]
        if status["overallStatus"] == "RECRUITING":
            status |= {"statusVerifiedDate": "2021-03", "completionDateStruct": {"date": "2022-05"}}
    return found


def test_recruiting_years_after_its_own_end_is_said(program: Program) -> None:
    with StandIn(long_over()) as registry:
        program.at(registry.url)("refresh", *DAY)
    card = " ".join(program("show", nct(1), "--offline", *DAY).out.split())
    assert "nobody confirmed it for more than a year, and its end (2022-05) has passed" in card
    done = program("search", "--open", "--offline", *DAY)
    assert done.lines == []
    assert "10 studies say that they recruit, unconfirmed" in done.err
    assert nct(10) in done.err


def test_an_end_that_passed_is_told_beside_an_old_check() -> None:
    from trialfinder.base.values import PartialDate
    from trialfinder.classify.joinable import joinable_from

    def reason(status: str) -> str:
        return joinable_from(
            overall_status=status, last_known_status="RECRUITING", site_statuses=["RECRUITING"],
            status_verified_date=PartialDate.parse("2020-02"), primary_completion_date=None,
            completion_date=PartialDate.parse("2021-06"), has_expanded_access=None, today=dt.date(2026, 11, 20),
        ).reason  # fmt: skip

    for status in ("RECRUITING", "NOT_YET_RECRUITING", "UNKNOWN", "AVAILABLE"):
        assert "its end (2021-06) has passed" in reason(status), status
    assert "has passed" not in reason("COMPLETED")


def test_a_word_that_nothing_looks_like_is_not_suggested_in_other_letters(filled: Program) -> None:
    done = filled("search", "--offline", "EN001", *DAY)
    assert "No study is left" in done.err
    assert "did you mean" not in done.err
    assert "did you mean cells pain?" in filled("search", "--offline", "cellls", "pain", *DAY).err


def test_words_that_name_a_kind_of_neuropathy_lead_to_all_of_that_kind(program: Program) -> None:
    done = program("search", "--offline", "painful diabetic neuropathy")
    assert "1 study\n" in done.err, "the words stand in one study only, which is withdrawn"
    assert "  trialfinder search --neuropathy diabetic    # 5 studies" in done.err
    none = program("search", "--offline", "small fibre neuropathy")
    assert "no study here is known to be for it in other words" in none.err
    assert "kind of nerve condition" not in program("search", "--offline", "cord cells").err


def test_a_phase_in_words_and_a_duration_without_a_unit(program: Program) -> None:
    two = program("search", "--offline", "--phase", "two")
    assert (two.code, two.lines) == (0, program("search", "--offline", "--phase", "2").lines)
    assert "known are 1, 2, 3, 4, early1, na" in program("search", "--offline", "--phase", "last").err
    told = program("match", "--offline", "--age", "50", "--duration", "4", "--explain", "NCT07183761")
    assert "--duration without a unit is in months; with one: 3y, 18m" in told.err
    told = program("match", "--offline", "--age", "50", "--duration", "4y", "--explain", "NCT07183761")
    assert "without a unit" not in told.err
