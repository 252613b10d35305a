"""Filters and their funnel."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from trialfinder.catalogue import filter_words, filters
from trialfinder.catalogue.filters import Filter, apply, words
from trialfinder.catalogue.near import sign_name
from trialfinder.catalogue.select import build
from trialfinder.catalogue.slips import respelt
from trialfinder.errors import InputError
from trialfinder.tables import columns

TODAY = dt.date(2026, 11, 20)


def row(**values: Any) -> dict[str, Any]:
    return dict.fromkeys(columns.names("studies")) | values


def passes(each: Filter, **values: Any) -> bool:
    return bool(apply([row(**values)], [each]).rows)


@pytest.mark.parametrize(
    ("age", "low", "high", "wanted"),
    [
        ("58", 18.0, 80.0, True),
        ("80.5", 18.0, 80.0, True),
        ("81", 18.0, 80.0, False),
        ("17.9", 18.0, None, False),
        ("3", None, None, True),
        ("90", 18.0, None, True),
        ("0.4", None, 0.5, True),
        ("0.6", None, 0.5, False),
    ],
)
def test_an_absent_age_limit_is_open(age: str, low: float | None, high: float | None, wanted: bool) -> None:
    assert passes(filters.age(age), minimum_age_years=low, maximum_age_years=high) is wanted


@pytest.mark.parametrize("text", ["-1", "131", "old", "nan"])
def test_an_impossible_age_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="expected years between 0 and 130"):
        filters.age(text)


@pytest.mark.parametrize(
    ("text", "phases", "wanted"),
    [
        ("2", "PHASE1; PHASE2", True),
        ("1/2", "PHASE1; PHASE2", True),
        ("1/2", "PHASE2", False),
        ("1,3", "PHASE3", True),
        ("na", "NA", True),
        ("n/a", "NA", True),
        ("early1", "EARLY_PHASE1", True),
        ("2", None, False),
        ("PHASE2", "PHASE2", True),
    ],
)
def test_phases(text: str, phases: str | None, wanted: bool) -> None:
    assert passes(filters.phase(text), phases=phases) is wanted


def test_statuses_are_known_by_value_and_by_words() -> None:
    assert passes(filters.status("recruiting,completed"), overall_status="COMPLETED")
    assert passes(filters.status("not yet recruiting"), overall_status="NOT_YET_RECRUITING")
    with pytest.raises(InputError, match="did you mean RECRUITING"):
        filters.status("recrutting")


def test_a_sex_that_is_not_said_admits_everybody() -> None:
    assert passes(filters.sex("female"), sex=None)
    assert passes(filters.sex("f"), sex="ALL")
    assert not passes(filters.sex("women"), sex="MALE")


def test_countries_have_common_other_names() -> None:
    assert passes(filters.country("usa"), countries="Canada; United States")
    assert passes(filters.country("Turkey"), countries="Turkey (Türkiye)")
    assert passes(filters.country("Korea"), countries="Korea, Republic of")
    assert passes(filters.country("Korea, Republic of"), countries="South Korea")
    assert passes(filters.country("Iran, KR"), countries="South Korea")
    assert passes(filters.country("Former Yugoslavia"), countries="Former Yugoslavia")
    assert not passes(filters.country("South Korea"), countries="North Korea")
    assert not passes(filters.country("Niger"), countries="Nigeria")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("korea", True), ("'south korea'", True), ("usa", True), ("america seoul", False), ("holland", False),
        ("'umbilical cord'", True), ("charity", True), ("us", True), ("kr", False),
    ],
)  # fmt: skip
def test_a_word_may_be_a_country_a_collaborator_or_whence_the_cells_come(typed: str, wanted: bool) -> None:
    """The box of the site found them, and the same word as an argument of search nothing."""
    found = {"countries": "Korea, Republic of; United States", "collaborators": "The Nerve Charity"}
    assert passes(words(typed), **found, cell_source="umbilical_cord") is wanted
    assert not passes(words(typed), cell_source="not_stated")


def test_words_must_all_occur_somewhere() -> None:
    found = row(brief_title="Guillain–Barré study", conditions="GBS", interventions="Biological: MSC")
    assert apply([found], [filters.words("msc guillain–barre")]).rows
    assert not apply([found], [filters.words('"study barre"')]).rows
    assert not apply([found], [filters.words("msc 'unclosed")]).rows


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("7d", "2026-11-13"), ("2 weeks", "2026-11-06"), ("2026-05", "2026-05-01"), ("1y", "2025-11-20")],
)
def test_since(text: str, wanted: str) -> None:
    assert filters.since_date(text, TODAY).isoformat() == wanted


@pytest.mark.parametrize("text", ["yesterday", "", "2026-13-01", "9999y"])
def test_a_wrong_since_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is not a date"):
        filters.since_date(text, TODAY)


def test_the_funnel_counts_and_names_what_would_help() -> None:
    rows = [row(nct_id="A", sex="MALE", countries="France"), row(nct_id="B", sex="ALL", countries="Spain")]
    result = apply(rows, [filters.sex("female"), filters.country("France")])
    assert [(step.before, step.after) for step in result.funnel] == [(2, 1), (1, 0)]
    assert [(each.argument, number) for each, number in result.without] == [
        ("--sex female", 1),
        ("--country France", 1),
    ]


def test_listed_values_may_be_written_with_spaces_or_hyphens() -> None:
    each = filters.listed("--source", "cell_source", "bone-marrow,adipose", ("bone_marrow", "adipose", "skin"))
    assert passes(each, cell_source="bone_marrow")
    assert not passes(each, cell_source="skin")
    with pytest.raises(InputError, match="did you mean adipose"):
        filters.listed("--source", "cell_source", "adipos", ("bone_marrow", "adipose"))


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["diabetic neuropathy"], "diabetic neuropathy"),
        (["diabetic", "neuropathy"], "diabetic neuropathy"),
        (["Bell's palsy"], """'Bell'"'"'s' palsy"""),
        (['"stem cells" pain'], "'stem cells' pain"),
        (['"stem cells', "pain"], """'"stem' cells pain"""),
        (["  ", ""], ""),
    ],
)
def test_words_are_the_same_in_one_argument_or_in_several(arguments: list[str], parts: str) -> None:
    assert filters.words_of(arguments) == parts


@pytest.mark.parametrize(
    ("option", "typed", "meant"),
    [
        ("neuropathy", "sciatca", "sciatica"), ("neuropathy", "diabetic,carpel tunnel", "carpal tunnel"),
        ("cells", "mesenchimal", "mesenchymal"), ("cells", "exosomse", "exosome"),
        ("route", "intravenus", "intravenous"),
    ],
)  # fmt: skip
def test_a_slip_in_a_plain_word_is_answered_with_that_word(option: str, typed: str, meant: str) -> None:
    with pytest.raises(InputError, match=f"--{option}: unknown value .*; did you mean {meant}\\?"):
        build("", {option: typed}, TODAY)
    assert build("", {option: meant}, TODAY)


def test_of_words_with_as_many_slips_the_one_that_stands_in_most_studies_is_meant() -> None:
    """A wrong letter is one slip, as a missing one is; "diabete" stands in one study, though its letters in all."""
    contents = ["diabete type 2", "diabetic neuropathy", "diabetic foot", "diabetes"]
    assert respelt("diabetec", contents) == "diabetic"
    assert respelt("neuropahty", contents) == "neuropathy"


def test_two_filters_are_left_out_where_no_single_one_helps() -> None:
    rows = [
        row(countries="Japan", sex="MALE", overall_status="COMPLETED", phases="PHASE1"),
        row(countries="Spain", sex="ALL", overall_status="COMPLETED", phases="PHASE1"),
        row(countries="Spain", sex="ALL", overall_status="COMPLETED", phases="PHASE1"),
    ]
    asked = [filters.country("Japan"), filters.sex("female"), filters.status("recruiting"), filters.phase("1")]
    found = apply(rows, asked)
    assert {each.option: number for each, number in found.without} == dict.fromkeys(
        ("--country", "--sex", "--status", "--phase"), 0
    )
    pairs = {(first.option, second.option): number for first, second, number in found.without_two}
    assert pairs == {("--sex", "--status"): 1, ("--country", "--status"): 2}
    assert apply(rows, asked[:2]).without_two == (), "one helps"
    assert apply(rows, asked[3:]).without_two == (), "something passes"


def _rows(table: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(option, word, value) for option, words in table.items() for word, value in words.items()]


@pytest.mark.parametrize(("option", "word", "values"), _rows(filter_words.file().accepted))
def test_every_word_that_is_accepted_stands_for_values_of_its_filter(option: str, word: str, values: str) -> None:
    if option == "signs":
        assert sign_name(word) == values
        assert sign_name(values) == values
        return
    build("", {option: word}, TODAY)
    build("", {option: values}, TODAY)


@pytest.mark.parametrize(("option", "word", "argument"), _rows(filter_words.file().elsewhere))
def test_every_word_of_another_filter_is_answered_with_that_filter(option: str, word: str, argument: str) -> None:
    with pytest.raises(InputError, match=f"--{option}: unknown value .*; did you mean {re.escape(argument)}\\?"):
        build("", {option: word}, TODAY)
    name, value = argument.removeprefix("--").split()
    assert build("", {name: value}, TODAY)


@pytest.mark.parametrize(
    ("option", "typed", "column", "value"),
    [
        ("cells", "BMAC", "cell_product", "mononuclear"), ("cells", "CAR-T", "cell_product", "other_cells"),
        ("cells", "MSCs", "cell_product", "msc"), ("cells", "Schwann cells", "cell_product", "schwann"),
        ("source", "fat", "cell_source", "adipose"), ("source", "cord-blood", "cell_source", "umbilical_cord"),
        ("donor", "own", "donor", "autologous"), ("donor", "donor", "donor", "allogeneic"),
        ("donor", "donors", "donor", "allogeneic"), ("route", "IV", "routes", "intravenous"),
        ("route", "into the muscle", "routes", "intramuscular"), ("route", "spinal", "routes", "intrathecal"),
        ("relevance", "related", "relevance", "adjacent"), ("status", "done", "overall_status", "COMPLETED"),
        ("status", "ended", "overall_status", "TERMINATED"),
        ("status", "Finished,paused", "overall_status", "SUSPENDED"),
    ],
)  # fmt: skip
def test_the_words_of_people_find(option: str, typed: str, column: str, value: str) -> None:
    [each] = build("", {option: typed}, TODAY)
    assert passes(each, **{column: value})


@pytest.mark.parametrize(
    ("option", "typed", "meant"),
    [
        ("cells", "bone marrow", "--source bone_marrow"), ("cells", "fat cells", "--source adipose"),
        ("cells", "Umbilical-cord cells", "--source umbilical_cord"), ("source", "own", "--donor autologous"),
    ],
)  # fmt: skip
def test_a_word_of_another_filter(option: str, typed: str, meant: str) -> None:
    with pytest.raises(InputError, match=f"did you mean {meant}\\?"):
        build("", {option: typed}, TODAY)


def test_none_and_other_are_no_suggestion_for_words_that_only_hold_their_letters() -> None:
    for option, word in (("cells", "bone phone"), ("route", "another way"), ("donor", "anyone")):
        with pytest.raises(InputError) as caught:
            build("", {option: word}, TODAY)
        assert "did you mean none" not in str(caught.value)
        assert "did you mean other" not in str(caught.value)
    assert build("", {"cells": "none", "route": "other"}, TODAY)


def test_a_fee_is_a_sign() -> None:
    assert sign_name("fee") == sign_name("Pay to join") == "participant_pays"


@pytest.mark.parametrize(
    ("option", "typed", "told"),
    [
        ("neuropathy", "foot", "did you mean diabetic? It may also be chemotherapy_induced, small_fiber or peri"),
        ("neuropathy", "face", "did you mean cranial? known are alcohol, autonomic"),
        ("neuropathy", "carpal", "did you mean carpal tunnel? known are"),
        ("neuropathy", "zebra", "; known are alcohol"),
        ("neuropathy", "diabetic foot", "did you mean diabetic? known are"), ("cells", "bone", "; known are exosome"),
        ("route", "root", "; known are intra"), ("status", "zzz", "; known are ACTIVE"),
    ],
)  # fmt: skip
def test_an_unknown_value_is_answered_by_meaning_and_with_all_that_is_known(option: str, typed: str, told: str) -> None:
    """ "foot" was answered with a nerve root, "hands" with a rare inherited kind, for the likeness of letters."""
    with pytest.raises(InputError) as caught:
        build("", {option: typed}, TODAY)
    assert told in str(caught.value)
