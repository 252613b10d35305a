"""The stand-in keeps the rules of the registry, so that passing against it means something."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.standin import StandIn
from tests.standin.areas import AREAS, PIECES
from tests.standin.samples import sample, samples


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(samples(25)) as server:
        yield server


@pytest.fixture
def client(standin: StandIn) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=standin.url, trust_env=False) as made:
        yield made


def found(client: httpx.Client, **params: Any) -> set[int]:
    """The numbers of the sample studies that an expression finds."""
    reply = client.get("/studies", params={"pageSize": 1000, **{k.replace("_", "."): v for k, v in params.items()}})
    assert reply.status_code == 200, reply.text
    return {int(s["protocolSection"]["identificationModule"]["nctId"][3:]) for s in reply.json()["studies"]}


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/studies?query.recrs=x", 400, "`query.recrs` is unknown parameter"),
        ("/studies?bogusParam=x", 400, "`bogusParam` is unknown parameter"),
        ("/version?query.cond=x", 400, "Invalid prefix in parameter name: query.cond"),
        (
            "/studies?filter.overallStatus=NOT_A_STATUS",
            400,
            "Invalid value in parameter `overallStatus`: `NOT_A_STATUS`",
        ),
        ("/studies/ABC123", 400, "Parameter `nctId` has incorrect format"),
        ("/studies/NCT00000000", 400, "Parameter `nctId` has incorrect format"),
        ("/studies/NCT99999999", 404, "NCT number NCT99999999 not found"),
        ("/studies?filter.ids=ABC", 400, "Item 1 in parameter `filter.ids` has incorrect format"),
        ("/studies?sort=BriefTitle", 400, "Unsupported sort field type: text"),
        ("/studies?sort=a:b", 400, "Item 1 in parameter `sort` has incorrect format"),
        (
            "/studies?filter.advanced=AREA%5BNotARealField%5Dx",
            400,
            "Error parsing query in advanced filter: Unknown area name: `NotARealField`",
        ),
        ("/studies?query.term=(a", 400, "Error parsing query in Other terms: missing ')' at '<EOF>'"),
        (
            "/studies?query.cond=a+b+c+d+e+f+g+h+i+j+k+l-m",
            400,
            "Error parsing query in Conditions or disease: Too complicated query",
        ),
        (
            "/studies?query.term=COVERAGE%5BFullMatc%5Dx",
            400,
            "Error parsing query in Other terms: Invalid coverage: FullMatc",
        ),
    ],
)
def test_errors_are_plain_text_in_the_registrys_words(client: httpx.Client, path: str, status: int, body: str) -> None:
    reply = client.get(path)
    assert (reply.status_code, reply.text) == (status, body)
    assert reply.headers["content-type"] == "text/plain; charset=UTF-8"


def test_a_wrong_path_is_an_html_page(client: httpx.Client) -> None:
    reply = client.get("/nowhere")
    assert reply.status_code == 404
    assert "nginx" in reply.text


def test_twelve_words_pass(client: httpx.Client) -> None:
    assert client.get("/studies", params={"query.cond": "a b c d e f g h i j k l"}).status_code == 200


def test_pages_tokens_and_totals_follow_the_rules(client: httpx.Client) -> None:
    first = client.get("/studies", params={"countTotal": "true"}).json()
    assert (first["totalCount"], len(first["studies"])) == (25, 10)
    assert list(first) == ["totalCount", "studies", "nextPageToken"]
    second = client.get("/studies", params={"countTotal": "true", "pageToken": first["nextPageToken"]}).json()
    assert "totalCount" not in second
    full = client.get("/studies", params={"pageSize": 25}).json()
    empty = client.get("/studies", params={"pageSize": 25, "pageToken": full["nextPageToken"]})
    assert empty.text == '{"studies":[\n\n]}'
    assert len(client.get("/studies", params={"pageSize": 5000}).json()["studies"]) == 25
    assert client.get("/studies", params={"pageToken": "garbage"}).status_code == 400


def test_without_a_sort_the_order_means_nothing_and_changes_with_a_load(standin: StandIn, client: httpx.Client) -> None:
    def order() -> list[str]:
        studies = client.get("/studies", params={"pageSize": 100, "fields": "NCTId"}).json()["studies"]
        return [study["protocolSection"]["identificationModule"]["nctId"] for study in studies]

    before = order()
    assert before == order() != sorted(before)
    standin.reload()
    assert order() != before


@pytest.mark.parametrize(
    ("params", "numbers"),
    [
        ({"query_cond": "nerve injury"}, set(range(1, 26))),
        ({"query_cond": '"injury nerve"'}, set()),
        ({"query_cond": "injury nerve"}, set(range(1, 26))),
        ({"query_titles": '"part 7"'}, {7}),
        ({"query_term": '"part 7" OR "part 8"'}, {7, 8}),
        ({"query_term": "nerve AND NOT part"}, set()),
        ({"query_term": '("part 7" OR "part 8") AND AREA[OverallStatus]RECRUITING'}, {7}),
        ({"filter_advanced": "AREA[LastUpdatePostDate]RANGE[2026-10-29,MAX]"}, {1, 2, 3}),
        ({"filter_advanced": "AREA[LastUpdatePostDate]RANGE[10/29/2026,10/30/2026]"}, {2, 3}),
        ({"filter_advanced": "AREA[MaximumAge]RANGE[1 year,MAX]"}, set()),
        ({"filter_advanced": "AREA[MaximumAge]MISSING AND AREA[MinimumAge]RANGE[MIN,216 months]"}, set(range(1, 26))),
        ({"filter_ids": "nct3|NCT00000004,NCT00000999"}, {3, 4}),
        ({"filter_overallStatus": "COMPLETED", "query_term": '"part 8"'}, {8}),
        # A query of nothing but ids makes every other part void.
        ({"query_cond": "heart", "query_term": "NCT00000005", "filter_overallStatus": "COMPLETED"}, {5}),
        # The criteria are in no ordinary area.
        ({"query_term": "inclusion"}, set()),
        ({"query_term": "AREA[EligibilityCriteria]inclusion"}, set(range(1, 26))),
        # Lower-case operators are words.
        ({"query_titles": '"part 7" or "part 8"'}, set()),
    ],
)
def test_expressions_find_what_they_should(client: httpx.Client, params: dict[str, str], numbers: set[int]) -> None:
    assert found(client, **params) == numbers


def test_site_and_status_can_be_tied_together(standin: StandIn, client: httpx.Client) -> None:
    record = sample(31)
    record["protocolSection"]["contactsLocationsModule"] = {
        "locations": [{"country": "France", "status": "COMPLETED"}, {"country": "Spain", "status": "RECRUITING"}]
    }
    standin.add(record)
    tied = "SEARCH[Location](AREA[LocationCountry]{} AND AREA[LocationStatus]RECRUITING)"
    assert found(client, filter_advanced=tied.format("Spain")) == {31}
    assert found(client, filter_advanced=tied.format("France")) == set()


def test_mesh_terms_above_the_condition_are_searched(standin: StandIn, client: httpx.Client) -> None:
    record = sample(32)
    record["derivedSection"]["conditionBrowseModule"] = {"ancestors": [{"id": "D1", "term": "Some Broad Disease"}]}
    standin.add(record)
    assert found(client, query_cond='"broad diseases"') == {32}


@pytest.mark.shared
def test_the_search_areas_are_those_of_the_official_table(shared: Path) -> None:
    table: dict[str, list[str]] = {}
    with (shared / "openapi" / "search-areas.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            table.setdefault(row["area"], []).append(row["piece"])
    assert {name: list(AREAS[name]) for name in table} == table
    assert set().union(*table.values()) <= set(PIECES)
    assert {"DetailedDescription", "EligibilityCriteria", "WhyStopped"}.isdisjoint(AREAS["BasicSearch"])


def test_an_old_id_redirects_and_drops_the_fields(standin: StandIn, client: httpx.Client) -> None:
    standin.add(sample(40, nctIdAliases=["NCT00000039"]))
    reply = client.get("/studies/nct39", params={"fields": "NCTId"})
    assert (reply.status_code, reply.headers["location"]) == (301, "/api/v2/studies/NCT00000040")


def test_a_load_moves_timestamp_tag_and_every_version_holder(standin: StandIn, client: httpx.Client) -> None:
    before = client.get("/version")
    assert client.get("/version", headers={"If-None-Match": before.headers["etag"]}).status_code == 304
    standin.reload()
    after = client.get("/version", headers={"If-None-Match": before.headers["etag"]})
    assert after.json() == {"apiVersion": "2.0.5", "dataTimestamp": "2026-11-21T09:00:05"}
    studies = client.get("/studies", params={"pageSize": 100}).json()["studies"]
    assert {study["derivedSection"]["miscInfoModule"]["versionHolder"] for study in studies} == {"2026-11-21"}


def test_large_answers_are_packed_and_whole(client: httpx.Client) -> None:
    reply = client.get("/studies", params={"pageSize": 25})
    assert reply.headers["content-encoding"] == "gzip"
    assert len(json.loads(reply.text)["studies"]) == 25
    plain = client.get("/studies", params={"pageSize": 25}, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == reply.text


def test_fields_keep_the_nesting_and_unknown_ones_are_refused(client: httpx.Client) -> None:
    reply = client.get("/studies/NCT00000001", params={"fields": "NCTId,Condition|EligibilityModule"}).json()
    assert list(reply["protocolSection"]) == ["identificationModule", "conditionsModule", "eligibilityModule"]
    assert "hasResults" not in reply
    refused = client.get("/studies", params={"fields": "ConditionList"})
    assert (refused.status_code, "contains invalid field name" in refused.text) == (400, True)
