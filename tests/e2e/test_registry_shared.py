"""The searches against a registry filled with real records, and every request against the official document."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.standin import SeenRequest, StandIn
from tests.standin.samples import code_name_only, sample
from trialfinder.registry.client import Registry
from trialfinder.registry.search_files import all_searches, saved_search
from trialfinder.registry.searches import user_search
from trialfinder.study.model import record_ids

pytestmark = pytest.mark.shared


def records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def labelled(shared: Path, relevance: str) -> set[str]:
    rows = map(json.loads, (shared / "gold/relevance.jsonl").read_text(encoding="utf-8").splitlines())
    return {row["nct_id"] for row in rows if row["relevance"] == relevance}


class Official:
    """The registry's own OpenAPI document as a judge of requests; its library takes most of a second to import."""

    def __init__(self, path: Path) -> None:
        from openapi_core import OpenAPI

        self._api = OpenAPI.from_file_path(str(path))
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        self._known = {
            (place, one["name"])
            for place, item in document["paths"].items()
            for one in item["get"].get("parameters", [])
        }

    def objection(self, seen: SeenRequest) -> str | None:
        """Why a request is not legal; None when it is."""
        from openapi_core.exceptions import OpenAPIError
        from openapi_core.testing import MockRequest

        place = "/studies/{nctId}" if seen.path.startswith("/studies/NCT") else seen.path
        unknown = [name for name in seen.params if (place, name) not in self._known]
        if unknown:
            return f"{seen.target}: unknown {unknown}"
        request = MockRequest("https://clinicaltrials.gov", "get", "/api/v2" + seen.path, args=seen.params)
        try:
            self._api.validate_request(request)
        except OpenAPIError as error:
            return f"{seen.target}: {error}: {error.__cause__}"
        return None


@pytest.fixture(scope="module")
def official(shared: Path) -> Official:
    return Official(shared / "openapi" / "ctg-oas-v2.yaml")


def test_every_kind_of_request_is_legal(official: Official) -> None:
    with StandIn([sample(1), sample(2, nctIdAliases=["NCT00000009"])]) as standin:
        with Registry(standin.url, interval_seconds=0) as registry:
            for search in all_searches():
                registry.crawl(search.params())
                registry.crawl(search.params(updated_since=dt.date(2026, 11, 18), ids_only=True))
            registry.crawl(user_search(["café's (nerve)", 'a "b" \\ c']).params(), expect_total=False)
            registry.count(saved_search().params())
            registry.study("NCT00000009")
            registry.studies_by_id(["nct00000001", "NCT00000002"], fields="OverallStatus")
        assert len(standin.requests) > 40
        assert [words for words in map(official.objection, standin.requests) if words] == []


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/studies", {"query.recrs": "x"}),
        ("/studies", {"sort": "A|B|C"}),
        ("/studies", {"pageSize": "many"}),
        ("/studies", {"filter.ids": "NCT1|ABC"}),
        ("/studies", {"filter.overallStatus": "OPEN"}),
        ("/version", {"x": "1"}),
    ],
)
def test_the_judge_objects_and_so_does_the_standin(official: Official, path: str, params: dict[str, str]) -> None:
    assert official.objection(SeenRequest(path, params, {}, 0, "")) is not None
    with StandIn() as standin, httpx.Client(trust_env=False) as client:
        reply = client.get(standin.url + path, params=params)
    assert reply.status_code == 400
    assert reply.headers["content-type"] == "text/plain; charset=UTF-8"


def test_every_core_study_is_found_by_the_default_search_in_three_requests(shared: Path) -> None:
    core = labelled(shared, "core")
    real = {record_ids(record)[0]: record for record in records(shared / "gold/relevance-records.jsonl.gz")}
    real |= {record_ids(record)[0]: record for record in records(shared / "records/studies.jsonl.gz")}
    assert core <= set(real)
    with StandIn([*real.values(), code_name_only()]) as standin:
        with Registry(standin.url, interval_seconds=0) as registry:
            crawl = registry.crawl(saved_search().params())
        found = {record_ids(record)[0] for record in crawl}
        assert core | {"NCT05333406"} <= found
        # Measured in November 2026: 39 of 2,418. More than a hundred would mean that the search has become shapeless.
        assert 25 <= len(found) <= 100
        assert len(standin.requests) == 3


@pytest.mark.slow
def test_all_searches_together_find_the_related_studies_too(shared: Path) -> None:
    with StandIn(records(shared / "records/studies.jsonl.gz")) as standin:
        with Registry(standin.url, interval_seconds=0) as registry:
            found: set[str] = set()
            for search in all_searches():
                found |= {record_ids(record)[0] for record in registry.crawl(search.params(ids_only=True))}
        related = {nct_id for nct_id in labelled(shared, "adjacent") if standin.data.canonical(nct_id)}
        assert len(related) == 7
        assert related <= found
