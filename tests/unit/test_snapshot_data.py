"""The offline snapshot: real studies, facts untouched, running text in our own words with every number kept."""

from __future__ import annotations

import copy
import gzip
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SNAPSHOT = CHECKOUT / "data" / "snapshot"

Record: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[str | int, ...]

# The registry's running-text fields. Everything else in a record is a fact and has to stay as it was.
PROSE = frozenset(
    {
        "briefSummary",
        "detailedDescription",
        "eligibilityCriteria",
        "description",
        "whyStopped",
        "interventionModelDescription",
        "accessCriteria",
    }
)
CRITERIA: Key = ("protocolSection", "eligibilityModule", "eligibilityCriteria")
COPIED_WORDS = 8
# Bounds said in words; several may say the same.
BOUND_WORDS = {
    "at least": r"at least|or more|(?:and|or) older",
    "more": r"more than|greater than|better than|\bover (?=18|the age)|older than",
    "less": r"less than|fewer than|under (?=\d)|below (?=\d)",
    "or equal": r"or equal",
    "within": r"\bwithin\b|\bin the last\b|\bover the past\b",
}


@pytest.fixture(scope="module")
def shared_folder() -> Path:
    """The developers' folder beside the checkout; the test says so and skips where it is missing."""
    folder = CHECKOUT.parent / "shared"
    if not (folder / "gold" / "relevance.jsonl").is_file():
        pytest.skip(f"{folder} is missing: the snapshot was not compared with its sources")
    return folder


@pytest.fixture(scope="module")
def snapshot() -> dict[str, Record]:
    """The records of the snapshot by NCT ID; a line given twice is an error."""
    records = [json.loads(line) for line in (SNAPSHOT / "studies.jsonl").read_text(encoding="utf-8").splitlines()]
    by_id = {nct_id(record): record for record in records}
    assert len(by_id) == len(records)
    return by_id


@pytest.fixture(scope="module")
def sources(shared_folder: Path) -> dict[str, Record]:
    """The fullest original of every study labelled core or adjacent."""
    labels = map(json.loads, (shared_folder / "gold" / "relevance.jsonl").read_text(encoding="utf-8").splitlines())
    wanted = {label["nct_id"] for label in labels if label["relevance"] in ("core", "adjacent")}
    found: dict[str, Record] = {}
    for path in ("gold/relevance-records.jsonl.gz", "records/studies.jsonl.gz"):
        for record in read_gzip(shared_folder / path):
            known = found.get(nct_id(record))
            if nct_id(record) in wanted and (known is None or modules(record) > modules(known)):
                found[nct_id(record)] = record
    return found


def read_gzip(path: Path) -> Iterator[Record]:
    """The records of compressed JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def modules(record: Record) -> int:
    """How many modules a record has."""
    return len(record["protocolSection"])


def nct_id(record: Record) -> str:
    """The NCT ID of a record."""
    return str(record["protocolSection"]["identificationModule"]["nctId"])


def prose(value: Any, place: Key = ()) -> Iterator[tuple[Key, str]]:
    """Every running text of a record with its place."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if key in PROSE and isinstance(inner, str):
            yield (*place, key), inner
        else:
            yield from prose(inner, (*place, key))


def facts(record: Record) -> str:
    """A record as one text, its running texts and the sections that the snapshot leaves out removed."""
    rest = copy.deepcopy(record)
    for place, _ in prose(record):
        holder: Any = rest
        for key in place[:-1]:
            holder = holder[key]
        holder[place[-1]] = ""
    kept = {name: section for name, section in rest.items() if name not in ("resultsSection", "annotationSection")}
    return json.dumps(kept, ensure_ascii=False)


def numbers(text: str) -> Counter[str]:
    """The numbers of a text as written: ``1.5``, ``100,000``, the 5 of ``C5``."""
    return Counter(re.findall(r"\d+(?:[.,]\d+)*", text))


def operators(text: str) -> Counter[str]:
    """The comparison signs of a text."""
    return Counter(re.findall(r"[<>≤≥]=?", text))


def bound_words(line: str) -> set[str]:
    """Which kinds of bound and time window a criterion with a number says in words."""
    return {kind for kind, words in BOUND_WORDS.items() if numbers(line) and re.search(words, line, re.IGNORECASE)}


def word_runs(text: str) -> set[tuple[str, ...]]:
    """Every run of eight words within a line, lower-cased and without punctuation."""
    lines = [re.findall(r"\w+", line.lower()) for line in text.splitlines()]
    return {tuple(words[n : n + COPIED_WORDS]) for words in lines for n in range(len(words) - COPIED_WORDS + 1)}


def line_shape(text: str) -> list[str]:
    """What each line of criteria is: empty, a section heading with its words, or an item."""
    return [line if re.match(r"(In|Ex)clusion Criteria", line) else "item" if line else "" for line in text.split("\n")]


def test_there_are_twenty_studies_each_with_an_id_a_title_and_a_summary(snapshot: dict[str, Record]) -> None:
    """Twenty records, no ID twice (the fixture checks that), nothing empty that the table shows first."""
    assert len(snapshot) == 20
    assert all(re.fullmatch(r"NCT\d{8}", one) for one in snapshot)
    for record in snapshot.values():
        assert record["protocolSection"]["identificationModule"]["briefTitle"]
        assert all(text.strip() for _, text in prose(record))
        assert len(record["protocolSection"]["descriptionModule"]["briefSummary"]) > 80


def test_no_record_carries_results_or_annotations(snapshot: dict[str, Record]) -> None:
    """Those sections are left out."""
    allowed = {"protocolSection", "derivedSection", "hasResults"}
    assert all(set(record) <= allowed for record in snapshot.values())


def test_every_record_that_is_not_partial_has_criteria(snapshot: dict[str, Record]) -> None:
    """Eleven have criteria; the nine whose source kept only title and description have no eligibility module at all."""
    by_id = {one: record["protocolSection"] for one, record in snapshot.items()}
    partial = {one for one, section in by_id.items() if set(section) == {"identificationModule", "descriptionModule"}}
    assert len(partial) == 9
    for one in by_id.keys() - partial:
        criteria = by_id[one]["eligibilityModule"]["eligibilityCriteria"]
        assert "Inclusion Criteria" in criteria, one
        assert "Exclusion Criteria" in criteria, one


def test_the_description_file_tells_count_and_dates_truly(snapshot: dict[str, Record]) -> None:
    """What ``snapshot.toml`` says is what the records say."""
    about = tomllib.loads((SNAPSHOT / "snapshot.toml").read_text(encoding="utf-8"))
    status = [r["protocolSection"]["statusModule"] for r in snapshot.values() if "statusModule" in r["protocolSection"]]
    updates = [module["lastUpdatePostDateStruct"]["date"] for module in status]
    versions = [
        r.get("derivedSection", {}).get("miscInfoModule", {}).get("versionHolder", "") for r in snapshot.values()
    ]
    assert about["count"] == len(snapshot) == about["dated"] + about["undated"]
    assert about["dated"] == len(status)
    assert about["newest_update"].isoformat() == max(updates)
    assert about["taken"].isoformat() == max(updates + versions)
    assert "ours" in about["wording"]
    assert "ClinicalTrials.gov" in about["source"]


def test_the_description_file_names_every_restated_field(snapshot: dict[str, Record]) -> None:
    """A running text in the records is one that ``restated`` lists, and nothing is listed that no record has."""
    about = tomllib.loads((SNAPSHOT / "snapshot.toml").read_text(encoding="utf-8"))
    seen = {
        ".".join(str(key) for key in place if isinstance(key, str)) for r in snapshot.values() for place, _ in prose(r)
    }
    listed = set(about["restated"])
    assert {name for name in listed if any(place.endswith("." + name) for place in seen)} == listed
    assert {place for place in seen if not any(place.endswith("." + name) for name in listed)} == set()


@pytest.mark.shared
def test_it_holds_exactly_the_studies_labelled_core_or_adjacent(
    snapshot: dict[str, Record], sources: dict[str, Record]
) -> None:
    """No more and no fewer."""
    assert snapshot.keys() == sources.keys()


@pytest.mark.shared
def test_facts_and_key_order_are_those_of_the_source(snapshot: dict[str, Record], sources: dict[str, Record]) -> None:
    """Apart from the running texts a record equals its source, in the source's key order."""
    assert [one for one in sources if facts(snapshot[one]) != facts(sources[one])] == []


@pytest.mark.shared
def test_every_number_is_kept_and_none_is_added(snapshot: dict[str, Record], sources: dict[str, Record]) -> None:
    """Field by field the numbers are the source's; in the criteria as often as there."""
    wrong = []
    for one, source in sources.items():
        ours = dict(prose(snapshot[one]))
        for place, text in prose(source):
            same = numbers(ours[place]) == numbers(text)
            if not (same or (place != CRITERIA and numbers(ours[place]).keys() == numbers(text).keys())):
                wrong.append((one, place, numbers(text) - numbers(ours[place]), numbers(ours[place]) - numbers(text)))
    assert wrong == []


@pytest.mark.shared
def test_criteria_keep_lines_headings_and_comparison_signs(
    snapshot: dict[str, Record], sources: dict[str, Record]
) -> None:
    """As many criteria as in the source, under the same headings, each with the comparison signs of its original."""
    for one, source in sources.items():
        ours, theirs = dict(prose(snapshot[one])).get(CRITERIA), dict(prose(source)).get(CRITERIA)
        assert (ours is None) == (theirs is None), one
        if ours is None or theirs is None:
            continue
        assert line_shape(ours) == line_shape(theirs), one
        for our_line, their_line in zip(ours.split("\n"), theirs.split("\n"), strict=True):
            assert operators(our_line) == operators(their_line), (one, their_line)
            assert numbers(our_line) == numbers(their_line), (one, their_line)
            assert bound_words(our_line) == bound_words(their_line), (one, their_line)


@pytest.mark.shared
def test_no_sentence_is_copied(snapshot: dict[str, Record], sources: dict[str, Record]) -> None:
    """No run of eight words of a restated text stands in any running text of its source."""
    copied = []
    for one, source in sources.items():
        original = set().union(*(word_runs(text) for _, text in prose(source)))
        for place, text in prose(snapshot[one]):
            copied += [(one, place, " ".join(run)) for run in word_runs(text) & original]
    assert copied == []


def test_the_checks_see_a_changed_number_a_copied_sentence_and_a_lost_line() -> None:
    """The helpers above would notice the faults that they are there for."""
    assert numbers("HbA1c < 7.5 %, 3 months") == Counter({"1": 1, "7.5": 1, "3": 1})
    assert numbers("dose 100,000 twice: 5 and 5") == Counter({"100,000": 1, "5": 2})
    assert operators("x >= 3 and y < 4, z ≤ 5") == Counter({">=": 1, "<": 1, "≤": 1})
    assert bound_words("Fewer than 3 attacks within 2 years") == {"less", "within"}
    assert bound_words("3 attacks or more") == {"at least"}
    assert bound_words("fewer attacks than that, at least") == set()
    assert word_runs("One two, three (four) five six seven EIGHT.") == word_runs(
        "one two three four five six seven eight"
    )
    assert word_runs("one two three four\nfive six seven eight") == set()
    assert line_shape("Inclusion Criteria:\n\nA\nB") == ["Inclusion Criteria:", "", "item", "item"]
    changed = {"protocolSection": {"a": {"description": "old", "name": "n"}}, "resultsSection": {}}
    assert facts(changed) == facts({"protocolSection": {"a": {"description": "new", "name": "n"}}})
    assert facts(changed) != facts({"protocolSection": {"a": {"description": "new", "name": "m"}}})
