"""The real client against a real HTTP server that behaves and misbehaves like the registry."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.standin import StandIn
from tests.standin.samples import code_name_only, only_described, sample, samples
from trialfinder.errors import (
    ExpectationFailed,
    InputError,
    OutOfTime,
    RegistryBlocked,
    RegistryRefused,
    RegistryUnavailable,
    StudyNotFound,
)
from trialfinder.registry.client import Registry
from trialfinder.registry.replies import Crawl
from trialfinder.registry.retry import Retry
from trialfinder.registry.search_files import all_searches, saved_search
from trialfinder.registry.searches import user_search, website_url
from trialfinder.study.model import record_ids

NERVE = {"query.cond": "nerve"}
FAST = Retry(first_wait=0.001, longest_wait=0.001)


def open_registry(standin: StandIn, **settings: Any) -> Registry:
    return Registry(standin.url, interval_seconds=0, **{"sleep": lambda _seconds: None, "retry": FAST, **settings})


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(samples(5), require_user_agent=True) as server:
        yield server


@pytest.fixture
def registry(standin: StandIn) -> Iterator[Registry]:
    with open_registry(standin) as client:
        yield client


def ids(crawl: Crawl) -> list[str]:
    return [record_ids(record)[0] for record in crawl.records]


def test_a_search_comes_whole_newest_first_in_three_requests(standin: StandIn, registry: Registry) -> None:
    crawl = registry.crawl(NERVE)
    assert ids(crawl) == [f"NCT{number:08d}" for number in (1, 2, 3, 4, 5)]
    assert (crawl.total_count, crawl.data_timestamp, crawl.requests, len(crawl)) == (5, "2026-11-20T09:00:05", 1, 5)
    assert standin.paths() == ["/version", "/studies", "/version"]
    assert standin.requests[1].params == {
        "query.cond": "nerve",
        "sort": "LastUpdatePostDate:desc|StudyFirstPostDate:desc",
        "pageSize": "1000",
        "countTotal": "true",
    }


def test_records_are_the_registrys_own_apart_from_the_day_of_the_load(registry: Registry) -> None:
    first = next(iter(registry.crawl(NERVE)))
    expected = sample(1)
    expected["derivedSection"]["miscInfoModule"]["versionHolder"] = "2026-11-20"
    assert first == expected
    assert list(first) == list(expected)


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (999, 1), (1000, 1), (1001, 2), (2000, 2), (2500, 3)])
def test_a_first_fill_costs_as_many_pages_as_needed_and_two_versions(count: int, pages: int) -> None:
    told: list[tuple[int, int | None]] = []
    with StandIn(samples(count)) as standin, open_registry(standin) as registry:
        crawl = registry.crawl(NERVE, progress=lambda done, total: told.append((done, total)))
        assert len(set(ids(crawl))) == count
        assert standin.paths() == ["/version", *["/studies"] * pages, "/version"]
        assert told[-1] == (count, count)
        assert all("countTotal" not in seen.params for seen in standin.requests if "pageToken" in seen.params)


def test_the_second_version_costs_no_body(standin: StandIn, registry: Registry) -> None:
    registry.crawl(NERVE)
    assert [seen.status for seen in standin.requests] == [200, 200, 304]


def test_a_reload_in_the_middle_begins_again_and_mixes_nothing() -> None:
    with StandIn(samples(1500)) as standin, open_registry(standin) as registry:
        standin.fault("reload", skip=1, change=lambda server: (server.remove("NCT00000007"), server.add(sample(1501))))
        crawl = registry.crawl(NERVE)
        assert crawl.data_timestamp == "2026-11-21T09:00:05"
        assert len(crawl) == 1500
        assert {"NCT00000007", "NCT00001501"} & set(ids(crawl)) == {"NCT00001501"}
        assert standin.paths() == ["/version", *["/studies"] * 2, "/version", *["/studies"] * 2, "/version"]


def test_a_registry_that_never_rests_is_given_up(standin: StandIn, registry: Registry) -> None:
    standin.fault("reload", times=99)
    with pytest.raises(RegistryUnavailable, match="during each of 3 tries, most lately at 2026-11-23"):
        registry.crawl(NERVE)
    assert len(standin.requests) == 7


@pytest.mark.parametrize("by", [1, -1, 1000])
def test_a_total_that_does_not_agree_is_not_believed(standin: StandIn, registry: Registry, by: int) -> None:
    standin.fault("total_lie", by=by)
    with pytest.raises(ExpectationFailed, match=f"announced {5 + by} studies and handed out 5"):
        registry.crawl(NERVE)


def test_a_repeated_token_is_noticed() -> None:
    with StandIn(samples(3500)) as standin, open_registry(standin) as registry:
        standin.fault("repeated_token", times=9)
        with pytest.raises(
            ExpectationFailed, match=r"same page token twice, after 2 pages; nothing was kept\. Try again later"
        ):
            registry.crawl(NERVE)


def test_a_token_that_died_is_not_taken_for_the_end() -> None:
    with StandIn(samples(1500)) as standin, open_registry(standin) as registry:
        standin.fault("status", skip=1, code=400)
        with pytest.raises(ExpectationFailed, match="a later page of a search was refused"):
            registry.crawl(NERVE)
        assert standin.paths()[-1] == "/version"


def test_an_empty_page_with_a_token_is_no_end(standin: StandIn, registry: Registry) -> None:
    standin.fault("empty_page")
    assert len(registry.crawl(NERVE)) == 5


def test_empty_pages_without_end_are_an_end(standin: StandIn, registry: Registry) -> None:
    standin.fault("empty_page", times=99)
    with pytest.raises(ExpectationFailed, match=r"announced 5 studies and handed out 0|same page token twice"):
        registry.crawl(NERVE)
    assert len(standin.requests) <= 5


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("too_many", {}),
        ("too_many", {"retry_after": "0"}),
        ("too_many", {"retry_after": "Fri, 20 Nov 2020 10:00:00 GMT"}),
        ("status", {"code": 500}),
        ("status", {"code": 502}),
        ("status", {"code": 503, "times": 3}),
        ("truncated", {}),
        ("cut_json", {}),
        ("html", {}),
        ("reset", {}),
        ("slow", {"pause": 0.001}),
    ],
)
@pytest.mark.parametrize("on", ["/version", "/studies"])
def test_what_may_pass_is_passed_over(
    standin: StandIn, registry: Registry, on: str, kind: str, settings: dict[str, Any]
) -> None:
    standin.fault(kind, on=on, **settings)
    assert len(registry.crawl(NERVE)) == 5


@pytest.mark.parametrize("kind", ["too_many", "status", "truncated", "cut_json", "html", "reset"])
def test_what_does_not_pass_is_told_as_could_not_ask(standin: StandIn, registry: Registry, kind: str) -> None:
    standin.fault(kind, times=99)
    with pytest.raises(RegistryUnavailable, match=r"could not ask the registry .*tried 4 times") as caught:
        registry.crawl(NERVE)
    assert caught.value.exit_code == 4
    assert standin.paths().count("/studies") == 4


def test_a_block_is_asked_once(standin: StandIn, registry: Registry) -> None:
    standin.fault("forbidden", on="")
    with pytest.raises(RegistryBlocked, match="trialfinder import"):
        registry.crawl(NERVE)
    assert len(standin.requests) == 1


def test_a_program_under_another_name_is_blocked_and_says_so(standin: StandIn) -> None:
    with open_registry(standin, user_agent="Mozilla/5.0") as registry, pytest.raises(RegistryBlocked):
        registry.version()


@pytest.mark.parametrize(
    "value",
    [
        *([], "x", {}, {"studies": {}}, {"studies": [1]}),
        *({"studies": [], "totalCount": total} for total in ("5", True, -1, None)),
        {"studies": [], "totalCount": 0, "nextPageToken": 7},
    ],
    ids=json.dumps,
)
def test_answers_of_another_shape_are_told(standin: StandIn, registry: Registry, value: Any) -> None:
    standin.fault("wrong_types", value=value)
    with pytest.raises(RegistryUnavailable, match="something else than"):
        registry.crawl(NERVE)


def test_a_login_page_behind_a_redirect_is_told(standin: StandIn, registry: Registry) -> None:
    standin.fault("redirect", value="http://login.test/", on="/version")
    with pytest.raises(RegistryUnavailable, match="something else than its version: status 302"):
        registry.version()


def test_records_without_an_id_are_handed_on_for_somebody_else_to_judge(standin: StandIn, registry: Registry) -> None:
    odd = [{"protocolSection": {}}, {"protocolSection": {"identificationModule": []}}, {"hasResults": False}]
    standin.fault("wrong_types", value={"totalCount": 3, "studies": odd})
    assert list(registry.crawl(NERVE)) == odd


def test_the_same_study_twice_is_counted_once(standin: StandIn, registry: Registry) -> None:
    standin.fault("wrong_types", value={"totalCount": 2, "studies": [sample(1), sample(2), sample(1)]})
    assert ids(registry.crawl(NERVE)) == ["NCT00000001", "NCT00000002"]
    renamed = sample(3, nctIdAliases=["NCT00000001"])
    standin.fault("wrong_types", value={"totalCount": 2, "studies": [sample(1), renamed]})
    assert ids(registry.crawl(NERVE)) == ["NCT00000001"]
    standin.fault("wrong_types", value={"totalCount": 2, "studies": [renamed, sample(1)]})
    assert ids(registry.crawl(NERVE)) == ["NCT00000003"]


def test_a_record_inside_a_record_comes_out_as_it_went_in(standin: StandIn, registry: Registry) -> None:
    odd = {**sample(8), "extra": [{"protocolSection": {"protocolSection": 5, "é\u2028": "\ud83d"}}]}
    standin.fault("wrong_types", value={"totalCount": 1, "studies": [odd]})
    assert list(registry.crawl(NERVE)) == [odd]
    standin.fault("wrong_types", value={"totalCount": 1, "studies": [odd], "protocolSection": {}})
    with pytest.raises(RegistryUnavailable, match=r"something else than a page of studies: \{'totalCount': 1, 'stud"):
        registry.crawl(NERVE)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ({"totalCount": 2, "nextPageToken": "x" * 100_000}, "than a page token: 'xxxxx"),
        ({"totalCount": "many"}, "than the number of studies: 'many';"),
        ({}, r"than the number of studies: \{'studies': '…'\};"),
    ],
)
def test_the_error_quotes_what_is_wrong_and_not_what_stands_beside(
    standin: StandIn, registry: Registry, page: dict[str, Any], said: str
) -> None:
    standin.fault("wrong_types", value={"studies": [sample(1)], **page})
    with pytest.raises(RegistryUnavailable, match=said):
        registry.crawl(NERVE)


def test_several_searches_share_one_pair_of_versions(standin: StandIn, registry: Registry) -> None:
    def both(version: Any) -> list[int]:
        return [len(registry.search({"query.cond": word}, version)) for word in ("nerve", "heart")]

    assert registry.consistently(both) == [5, 0]
    assert standin.paths() == ["/version", "/studies", "/studies", "/version"]


def test_a_version_already_asked_is_not_asked_again(standin: StandIn, registry: Registry) -> None:
    registry.crawl(NERVE, before=registry.version())
    assert standin.paths() == ["/version", "/studies", "/version"]


def test_a_refused_search_is_told_in_the_registrys_words_without_a_second_version(
    standin: StandIn, registry: Registry
) -> None:
    with pytest.raises(RegistryRefused, match="Error parsing query in Conditions or disease: Too complicated query"):
        registry.crawl({"query.cond": " OR ".join("abcdefghijklm")})
    assert standin.paths() == ["/version", "/studies"]


def test_a_study_is_found_by_any_spelling_and_by_its_old_id(standin: StandIn, registry: Registry) -> None:
    standin.add(sample(77, nctIdAliases=["NCT00000066"]))
    assert record_ids(registry.study("nct00000003"))[0] == "NCT00000003"
    assert record_ids(registry.study("NCT00000066"))[0] == "NCT00000077"
    with pytest.raises(StudyNotFound, match="NCT99999999"):
        registry.study("NCT99999999")
    with pytest.raises(InputError):
        registry.study("ABC123")


def test_another_study_than_asked_for_is_not_taken(standin: StandIn, registry: Registry) -> None:
    standin.fault("wrong_types", on="/studies/NCT00000003", value=sample(4))
    with pytest.raises(ExpectationFailed, match="asked for NCT00000003, got NCT00000004"):
        registry.study("NCT00000003")


def test_studies_by_id_come_a_hundred_to_a_request_under_the_ids_asked_for() -> None:
    with StandIn([*samples(250), sample(900, nctIdAliases=["NCT00000800"])]) as standin:
        with open_registry(standin) as registry:
            wanted = [f"NCT{number:08d}" for number in range(1, 251)]
            found = registry.studies_by_id([*wanted, "nct00000800", "NCT00000999", "NCT00000001"])
        assert list(found) == [*wanted, "NCT00000800"]
        assert record_ids(found["NCT00000800"])[0] == "NCT00000900"
        assert standin.paths() == ["/studies"] * 3


def test_only_what_was_updated_since_is_asked_for(registry: Registry) -> None:
    search = saved_search("nerve-injury")
    assert ids(registry.crawl(search.params(updated_since=dt.date(2026, 10, 30)))) == ["NCT00000001", "NCT00000002"]


def test_a_pass_for_ids_brings_ids_and_dates_only(registry: Registry) -> None:
    first = next(iter(registry.crawl(saved_search("nerve-injury").params(ids_only=True))))
    assert first == {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000001"},
            "statusModule": {"lastUpdatePostDateStruct": {"date": "2026-10-31"}},
        }
    }


def test_cells_that_only_the_long_description_names_are_found(standin: StandIn, registry: Registry) -> None:
    standin.add(code_name_only())
    assert "NCT05333406" in ids(registry.crawl(saved_search().params()))
    assert "NCT05333406" in ids(registry.crawl(saved_search("hereditary").params()))


DESCRIBED = [
    ("neuropathy-cells", "Sciatica", "XQ7 is made of mononuclear cells."),
    ("chemotherapy-induced", "Neuropathy Caused by Chemotherapy", "XQ7 is a stem cell product."),
    ("cranial", "Trigeminal Neuralgia", "XQ7 comes from the bone marrow."),
    ("diabetic", "Diabetic Neuropathy", "XQ7 is a mesenchymal product."),
    ("diabetic-neuropathy-msc", "Diabetic Neuropathy", "XQ7 consists of MSCs."),
    ("hereditary", "Charcot-Marie-Tooth Disease, Type 1A", "XQ7 holds stem cells."),
    ("inflammatory", "CIDP", "XQ7 holds haematopoietic stem cells."),
    ("nerve-injury", "Peripheral Nerve Injury", "XQ7 holds mesenchymal stromal cells."),
    ("peripheral-neuropathy-stem-cells", "Peripheral Neuropathy", "XQ7 consists of stem cells."),
    ("sciatica-disc", "Disc Degeneration", "XQ7 holds mesenchymal precursor cells."),
    ("small-fibre-autonomic", "Small Fiber Neuropathy", "XQ7 is a stem cell product."),
    ("tissue-products", "Carpal Tunnel Syndrome", "XQ7 is made of exosomes."),
]


ALONE = [
    f"XQ7 {words}"
    for words in (
        "consists of MSCs.",
        "is an MSC product.",
        "holds Schwann cells.",
        "is made of stromal cells of fat.",
        "holds progenitor cells of cord blood.",
        "holds stem cells.",
    )
]


@pytest.mark.parametrize("text", ALONE)
def test_every_word_for_cells_is_looked_for_in_the_long_description(
    standin: StandIn, registry: Registry, text: str
) -> None:
    conditions = {name: condition for name, condition, _ in DESCRIBED}
    standin.add(only_described(78, "Charcot-Marie-Tooth Disease", text))
    standin.add(only_described(79, conditions["diabetic"], text))
    assert {"NCT00000078", "NCT00000079"} <= set(ids(registry.crawl(saved_search().params())))
    assert "NCT00000078" in ids(registry.crawl(saved_search("hereditary").params()))
    assert "NCT00000079" in ids(registry.crawl(saved_search("diabetic").params()))


def test_no_saved_search_is_left_out() -> None:
    assert {search.name for search in all_searches()} == {name for name, _, _ in DESCRIBED}


@pytest.mark.parametrize(("name", "condition", "text"), DESCRIBED)
def test_every_saved_search_looks_into_the_long_description(
    standin: StandIn, registry: Registry, name: str, condition: str, text: str
) -> None:
    standin.add(only_described(77, condition, text))
    standin.add(only_described(78, condition, "XQ7 is a tablet."))
    crawl = registry.crawl(saved_search(name).params())
    assert "NCT00000077" in ids(crawl)
    assert "NCT00000078" not in ids(crawl)
    assert len(standin.requests) == 3  # one page, and the version before and after


def test_a_users_words_are_looked_for_in_the_long_description_too(standin: StandIn, registry: Registry) -> None:
    standin.add(only_described(77, "Sciatica", "XQ7 holds mesenchymal stromal cells."))
    assert ids(registry.crawl(user_search(["sciatica", "stromal cells"]).params())) == ["NCT00000077"]
    long = ["sciatica", "xq7", "twice", "safety", "of", "a", "code"]
    assert ids(registry.crawl(user_search(long).params())) == ["NCT00000077"]


def test_a_users_words_are_looked_for_as_words(standin: StandIn, registry: Registry) -> None:
    standin.add(sample(60, acronym='The "NOT" Trial'))
    assert ids(registry.crawl(user_search(['"NOT" trial', "stem cells"]).params())) == ["NCT00000060"]
    assert ids(registry.crawl(user_search(["nerve) OR ALL OR (x"]).params())) == []


@pytest.mark.parametrize("search", all_searches(), ids=lambda search: search.name)
def test_the_address_shown_is_the_address_asked(standin: StandIn, registry: Registry, search: Any) -> None:
    registry.crawl(search.params())
    assert registry.log[1].url == search.request_url(standin.url)
    assert website_url(search.params()).startswith("https://clinicaltrials.gov/search?")


def test_a_silent_registry_is_given_up_in_the_time_of_the_run(standin: StandIn) -> None:
    standin.fault("silent", on="/version", pause=2, times=9)
    with open_registry(standin, deadline=time.monotonic() + 0.3) as registry, pytest.raises(OutOfTime):
        registry.version()
    assert len(standin.requests) == 1
