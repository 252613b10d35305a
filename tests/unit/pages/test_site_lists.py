"""The list of the start page: small, and with what its script goes by."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from tests.e2e.made import studies
from trialfinder.base.tongue import speaking
from trialfinder.catalogue.ahead import ReadAhead
from trialfinder.catalogue.opening import from_records
from trialfinder.pages.facets import facets, numbers, values
from trialfinder.pages.site_changes import changes_page
from trialfinder.pages.site_entries import make_entries
from trialfinder.pages.templating import environment
from trialfinder.pages.translations import translator
from trialfinder.pages.website import SiteInMaking, _write_lists

DAY, NOW = dt.date(2026, 11, 20), dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def lists(folder: Path, language: str) -> SiteInMaking:
    """The pages with lists of thirty made-up studies."""
    source = folder / "records.jsonl"
    source.write_text("".join(json.dumps(record) + "\n" for record in studies()))
    catalogue = from_records(str(source), DAY)
    entries = make_entries(catalogue, catalogue.rows())
    with speaking(translator(language)):
        changes = changes_page(catalogue, NOW, language)
        site = SiteInMaking(catalogue, entries, changes, language, folder, environment(language))
        _write_lists(site, ReadAhead(catalogue, [], ""))
    return site


@pytest.mark.parametrize(("language", "most"), [("en", 370), ("es", 420), ("ko", 450)])
def test_a_study_takes_few_bytes_of_the_start_page(tmp_path: Path, language: str, most: int) -> None:
    """So that the page of 2,000, whose titles are twice as long as these, stays under 1,000,000 bytes."""
    site = lists(tmp_path, language)
    page = (tmp_path / "index.html").read_bytes()
    found = re.findall(rb"<tr class=.*\n", page)
    assert len(found) == len(site.entries) == 30
    assert sum(map(len, found)) / len(found) < most


def test_the_script_finds_the_groups_of_a_study_by_their_place_in_the_filters(tmp_path: Path) -> None:
    site = lists(tmp_path, "en")
    shown = facets(site.entries, "en")
    page = (tmp_path / "index.html").read_text()
    told = re.findall(r"<tr class=\S+ data-k=(\S+)>", page)
    assert told == list(map(numbers(shown), site.entries))
    for entry, said in zip(site.entries, told, strict=True):
        groups = [[facet.choices[int(at) - 1].value for at in part.split(",") if at]
                  for facet, part in zip(shown, said.split("|"), strict=True)]  # fmt: skip
        assert groups == [list(values(entry, facet.key)) for facet in shown]
    for facet in shown:
        (select,) = re.findall(rf'(?s)<select id="f-{facet.key}".*?</select>', page)
        assert re.findall(r'<option value="([^"]*)"', select) == ["", *(choice.slug for choice in facet.choices)]


def test_a_list_of_a_group_has_the_same_rows_with_links_that_lead_up(tmp_path: Path) -> None:
    lists(tmp_path, "en")
    page = (tmp_path / "groups" / "country-united-kingdom.html").read_text()
    assert "data-k" not in page
    assert '<a href="../studies/NCT' in page
    start = (tmp_path / "index.html").read_text()
    for row in re.findall(r"<tr class=.*\n", page):
        assert re.sub(r" data-k=[^>]*>", ">", start).count(row.replace("../", "")) == 1
