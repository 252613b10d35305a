"""The saved searches: as shipped, as a volunteer may break them, and for a user's own words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from trialfinder.base.values import DEFAULT_SEARCH
from trialfinder.errors import InputError
from trialfinder.registry import essie
from trialfinder.registry.search_files import all_searches, read_search, saved_search
from trialfinder.registry.searches import Expect, SavedSearch, user_search, website_url

GOOD = """
name = "mine"
title = "Mine"
description = "a search"
[[facets]]
name = "conditions"
parameter = "query.cond"
terms = ["nerve", "brachial plexus"]
[expect]
min_studies = 1
max_studies = 9
min_fill = { brief_title = 1.0 }
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("search", all_searches(), ids=lambda search: search.name)
def test_every_shipped_search_is_within_the_registrys_limits(search: SavedSearch) -> None:
    assert search.check() == ()
    assert search.description.endswith(".")
    assert all(essie.terms(text) <= 12 for name, text in search.params().items() if name.startswith("query."))


def test_the_searches_of_the_issue_are_there_and_the_default_is_first() -> None:
    names = [search.name for search in all_searches()]
    assert names[0] == DEFAULT_SEARCH
    assert set(names) >= {
        "diabetic",
        "chemotherapy-induced",
        "inflammatory",
        "hereditary",
        "small-fibre-autonomic",
        "nerve-injury",
        "sciatica-disc",
        "cranial",
    }


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        (
            "peripheral-neuropathy-stem-cells",
            '(peripheral neuropathy) AND ((stem cells) OR AREA[DetailedDescription]"stem cells")',
        ),
        (
            "diabetic-neuropathy-msc",
            "(diabetic neuropathy) AND ((MSC) OR AREA[DetailedDescription]MSC OR AREA[DetailedDescription]mesenchymal)",
        ),
    ],
)
def test_the_recommended_searches_are_asked_in_their_own_words(name: str, expression: str) -> None:
    assert saved_search(name).params() == {"query.term": expression}


def test_the_default_looks_for_cells_everywhere_and_not_only_in_interventions() -> None:
    params = saved_search().params()
    assert set(params) == {"query.cond", "query.term"}
    assert params["query.term"].startswith("stem OR stromal OR ")
    assert params["query.term"].endswith(" OR AREA[DetailedDescription]MSC OR AREA[DetailedDescription]marrow")


def test_facets_of_one_parameter_must_all_hold() -> None:
    condition = saved_search("chemotherapy-induced").params()["query.cond"]
    assert condition.startswith("(neuropathy OR ")
    assert ") AND (chemotherapy OR " in condition


def test_parameters_for_an_update_and_for_ids_only(tmp_path: Path) -> None:
    params = read_search(write(tmp_path, GOOD)).params(updated_since=dt.date(2026, 11, 18), ids_only=True)
    assert params == {
        "query.cond": 'nerve OR "brachial plexus"',
        "filter.advanced": "AREA[LastUpdatePostDate]RANGE[2026-11-18,MAX] OR AREA[LastUpdatePostDate]MISSING",
        "fields": "NCTId|NCTIdAlias|LastUpdatePostDate",
    }


def test_the_website_link_asks_the_same(tmp_path: Path) -> None:
    search = read_search(write(tmp_path, GOOD))
    assert search.website_url() == "https://clinicaltrials.gov/search?cond=nerve%20OR%20%22brachial%20plexus%22"


def test_the_website_link_carries_statuses_and_the_day_of_the_update() -> None:
    params = {"query.term": "nerve", "filter.overallStatus": "RECRUITING|NOT_YET_RECRUITING", "pageSize": "5"}
    params["filter.advanced"] = essie.updated_since(dt.date(2026, 11, 1))
    assert website_url(params) == (
        "https://clinicaltrials.gov/search?term=nerve&lastUpdPost=2026-11-01_&aggFilters=status%3Arec%20not"
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "Mine"', 'titel = "Mine"', "unknown key 'titel'; did you mean 'title'?"),
        ('name = "mine"', 'name = "yours"', "must be the file's own, 'mine'"),
        ('"query.cond"', '"query.con"', "facets[1].parameter: unknown value 'query.con'; did you mean 'query.cond'?"),
        ('terms = ["nerve", "brachial plexus"]', "terms = []", "facets[1]: terms is missing"),
        ('"nerve"', "3", "facets[1].terms[1]: must be text, not 3"),
        ('"nerve"', '"-"', "facets[1].terms: must be a list of words"),
        ('"brachial plexus"', '"a b c d e f g h i j k l"', "13 words are too many"),
        ("min_studies = 1", "min_studies = 10", "leave no room"),
        ("min_studies = 1", "min_studies = true", "expect.min_studies: must be a whole number, not true or false"),
        ("max_studies = 9", "", "expect: max_studies missing"),
        ("brief_title = 1.0", "brief_titel = 1.0", "unknown key 'brief_titel'; did you mean 'brief_title'?"),
        ("brief_title = 1.0", "brief_title = 95", "must be a share from 0 to 1"),
        ('name = "conditions"', 'use = "cells"', "use stands alone"),
        ('parameter = "query.cond"', "", "parameter is missing"),
        ('title = "Mine"', 'title = " "', "title: is empty"),
        ('title = "Mine"', "title =", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in GOOD
    with pytest.raises(InputError) as caught:
        read_search(write(tmp_path, GOOD.replace(old, new, 1)))
    assert words in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_a_missing_shared_facet_and_an_unknown_search_are_told(tmp_path: Path) -> None:
    text = GOOD.replace(
        'name = "conditions"\nparameter = "query.cond"\nterms = ["nerve", "brachial plexus"]', "use = 'x'"
    )
    with pytest.raises(InputError, match=r"no facets/x\.toml"):
        read_search(write(tmp_path, text))
    with pytest.raises(InputError, match="did you mean 'diabetic'"):
        saved_search("diabetik")
    with pytest.raises(InputError, match="no saved searches"):
        all_searches(tmp_path / "nowhere")


def test_a_users_words_are_phrases_that_must_all_be_there() -> None:
    search = user_search(["stem cells", 'knee" OR ALL'])
    assert search.params() == {
        "query.term": '("stem cells" OR AREA[DetailedDescription]"stem cells") AND '
        '("knee\\" OR ALL" OR AREA[DetailedDescription]"knee\\" OR ALL")'
    }
    assert search.title == 'stem cells knee" OR ALL'


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "at least one word"),
        (["  "], "at least one word"),
        (["nct05507697,", "NCT04064983"], "is a study's id"),
        (["one two three four five six seven"] * 2, "14 words are too many"),
    ],
)
def test_words_that_cannot_be_asked_are_told(words: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        user_search(words)


def test_expectations_refuse_few_studies_and_empty_fields_and_only_warn_of_many() -> None:
    expect = Expect(10, 20, {"brief_title": 0.9})
    assert expect.too_few(10) == ()
    assert expect.too_few(9) == ("9 studies came, at least 10 were expected",)
    assert expect.too_few(1) == ("1 study came, at least 10 were expected",)
    assert expect.too_empty(10, {"brief_title": 9}) == ()
    assert expect.too_empty(10, {"brief_title": 8}) == ("only 8 of 10 studies have brief title, 90% were expected",)
    assert expect.too_many(20) == ()
    assert expect.too_many(21) == ("21 studies came, at most 20 were expected",)
