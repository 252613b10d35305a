"""Nearest open sites: the distance, its precision, and names that can mean several places."""

from __future__ import annotations

import json

import pytest

from tests.e2e import made
from tests.e2e.program import Program
from tests.unit.sample import RECORD


@pytest.fixture
def one_in_leeds(program: Program) -> Program:
    """A home whose store holds the sample study, with an open site in Leeds."""
    done = program("import", "-", stdin=json.dumps(RECORD))
    assert done.code == 0, done.err
    return program


@pytest.mark.parametrize("command", [["search"], ["match", "--age", "40"]])
def test_the_distance_is_told_with_its_precision(one_in_leeds: Program, command: list[str]) -> None:
    """York to Leeds is 35 km as the crow flies."""
    done = one_in_leeds(*command, "--offline", "--near", "York, United Kingdom", COLUMNS="300")
    assert done.code == 0, done.err
    assert "Leeds, United Kingdom (35 km, 22 mi)" in done.out
    assert "Distances are from town centre to town centre, not from door to door." in done.err


def test_a_site_that_is_too_far_is_no_hit(one_in_leeds: Program) -> None:
    done = one_in_leeds("search", "--offline", "--near", "York, United Kingdom", "--within", "20mi")
    assert (done.code, done.out) == (0, "")
    assert "here it became empty" in done.err
    assert (
        "left out: 1 study: farther; the nearest of these sites that says it recruits: Leeds, United Kingdom "
        in done.err
    )
    assert "(35 km, 22 mi) of NCT" in done.err


def test_what_a_place_and_a_distance_were_taken_to_mean_is_said(one_in_leeds: Program) -> None:
    """Another name of a town, and a number without its unit."""
    done = one_in_leeds("search", "--offline", "--near", "Jork, United Kingdom", "--within", "40")
    assert "Asked: near York, England, United Kingdom, within 40 km (25 mi)." in done.err
    done = one_in_leeds("search", "--offline", "--near", "Jork, United Kingdom", "--within", "20")
    assert "--near 'York, England, United Kingdom' --within 20km" in done.err


def test_what_cannot_be_near_for_want_of_knowledge_is_counted(program: Program) -> None:
    done = program("search", "--offline", "--near", "Bethesda, Maryland", "--within", "10mi")
    assert "studies: no site says that it recruits; " in done.err
    assert "35 studies: no site with a known town; 8 studies: farther; the nearest of these sites that says" in done.err
    assert "the nearest of these sites not known to be open: Bethesda, United States (0 km, 0 mi)" in done.err


def test_what_is_left_out_is_told_beside_what_is_found(program: Program) -> None:
    typed = ("search", "--offline", "--near", "Bethesda, Maryland", "--within", "500km")
    for command in (typed, (*typed, "--format", "csv"), ("match", "--age", "58", *typed[1:])):
        done = program(*command)
        assert done.out
        assert "--within 500km left out: 12 studies: no site says that it recruits; " in done.err, command


def test_an_unknown_country_or_phase_is_no_other_country_or_phase(program: Program) -> None:
    assert "    left out: 11 studies: the country is not known here" in program("search", "--country", "Germany").err
    found = program("search", "--country", "Spain", "--phase", "2", "--offline")
    assert "--country Spain left out: " in found.err
    assert "of the phase" not in found.err
    assert "left out: our list has no country 'Narnia'; 11 studies" in program("search", "--country", "Narnia").err


def test_few_facts_are_told_to_be_few(program: Program) -> None:
    few = "only 1 fact told: hardly any criterion was compared"
    assert few in program("match", "--offline", "--age", "40", "--limit", "1").err
    done = program("match", "--offline", "--age", "40", "--neuropathy", "diabetic", "--hba1c", "8", "--limit", "1")
    assert done.code == 0 and "told: hardly" not in done.err


def test_a_name_that_means_several_places_is_listed_and_never_guessed(one_in_leeds: Program) -> None:
    done = one_in_leeds("search", "--offline", "--near", "Paris")
    assert (done.code, done.out) == (2, "")
    assert '--near "Paris, France"' in done.err
    assert "Texas" in done.err


def test_a_country_is_no_place_to_measure_from(one_in_leeds: Program) -> None:
    done = one_in_leeds("search", "--offline", "--near", "USA")
    assert done.one_line() == "--near 'USA' is a country; name a town in it, or use --country"
    assert one_in_leeds("search", "--offline", "--near", "Singapore").code == 0, "a country, and a town too"


def test_a_distance_without_a_place_is_refused(one_in_leeds: Program) -> None:
    assert one_in_leeds("search", "--within", "5km").one_line() == "--within needs --near PLACE"
    done = one_in_leeds("match", "--age", "50", "--within", "5km")
    assert done.one_line() == "--within needs --near PLACE, or a place in your profile"


def test_a_country_has_one_name_in_an_entry(program: Program) -> None:
    """A list said "Korea, Republic of" where the line below it said "South Korea"."""
    study = made.study(1)
    place = study["protocolSection"]["contactsLocationsModule"]["locations"][0]
    place |= {"country": "Korea, Republic of", "city": "Seoul", "status": "RECRUITING"}
    file = program.home / "korea.json"
    file.write_text(json.dumps([study]), encoding="utf-8")
    assert program("import", str(file)).code == 0
    for command in (
        ["search", "--offline"],
        ["show", made.nct(1), "--offline"],
        ["search", "--near", "Seoul", "--offline"],
    ):
        told = program(*command).out
        assert ("South Korea" in told, "Republic of" in told) == (True, False), command


def test_near_says_that_a_site_only_says_so(program: Program) -> None:
    assert "A site near this place says it recruits." in program("search", "--help").out
