"""The words of the site's search box: those that the program looks in, folded as the script folds what is typed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from tests.e2e.made import study
from trialfinder.catalogue.holdings import Catalogue, Origin
from trialfinder.catalogue.searched import searched_text
from trialfinder.catalogue.sighted import Holding, kept
from trialfinder.pages.facets import facets
from trialfinder.pages.search_words import folded, script, words_of
from trialfinder.pages.site_entries import make_entries


def catalogue(record: dict[str, Any]) -> Catalogue:
    nct_id = record["protocolSection"]["identificationModule"]["nctId"]
    return Catalogue(Origin("records", "made"), {nct_id: Holding(nct_id, kept(record))}, dt.date(2026, 11, 20))


def test_what_the_list_does_not_show_is_found_and_so_is_a_country_by_each_name() -> None:
    made = study(1)
    made["protocolSection"]["descriptionModule"]["briefSummary"] = "After a Bráchial   plexus (injury), a single dose."
    (row,) = catalogue(made).rows()
    words = words_of(row).split()
    assert {"brachial", "plexus", "(injury),", "dose.", "uk", "britain", "england"} <= set(words)
    assert "brachial plexus (injury), a single dose." in words_of(row), "in order, so that quotes can join words"


def test_the_box_looks_in_the_words_that_search_looks_in() -> None:
    (row,) = catalogue(study(1)).rows()
    for word in words_of(row).split():
        assert word in folded(searched_text(row))
    assert "england" in searched_text(row)


def test_a_record_of_any_size_takes_little() -> None:
    made = study(1)
    made["protocolSection"]["descriptionModule"]["briefSummary"] = " ".join(f"word{n}{'x' * 90}" for n in range(20_000))
    (row,) = catalogue(made).rows()
    assert len(words_of(row)) == 12_000


def test_the_script_is_data_and_nothing_that_runs() -> None:
    """Words that would end a string, a line or a tag stand in it as what they are."""
    made = study(1, briefTitle='"}; alert(1); </script>\u2028 `${1}` \\')
    found = catalogue(made)
    entries = make_entries(found, found.rows())
    text = script({"NCT90000001": words_of(found.rows()[0])}, entries).decode()
    assert "\u2028" not in text and text.count("\n") == 4
    told = json.loads(text.split("window.searchWords = ")[1].removesuffix(";\n"))
    assert list(told) == ["NCT90000001"] and "alert(1" in told["NCT90000001"]
    assert "umbilical cord" in told["NCT90000001"]  # where the cells are from, which the list does not show either


@pytest.mark.parametrize(("text", "expected"), [("Türkiye ÉCOLE", "turkiye ecole"), ("Ａ１", "a1"), ("A", "a")])
def test_folding(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_what_names_no_nerve_condition_and_no_country_has_a_filter() -> None:
    made = study(1)
    protocol = made["protocolSection"]
    protocol["contactsLocationsModule"]["locations"] = []
    protocol["conditionsModule"] = {"conditions": ["Ageing"], "keywords": []}
    protocol["identificationModule"] |= {"briefTitle": "Cells for ageing", "officialTitle": "Cells for ageing"}
    protocol["descriptionModule"] = {"briefSummary": "Cells."}
    found = catalogue(made)
    shown = {facet.key: facet for facet in facets(make_entries(found, found.rows()), "en")}
    for key, words in (("nerve", "none named"), ("country", "not stated")):
        (choice,) = shown[key].choices
        assert (choice.value, choice.slug, choice.words, choice.count) == ("", "none", words, 1)
