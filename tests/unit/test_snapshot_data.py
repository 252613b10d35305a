"""The offline snapshot: real studies, facts untouched, running text in our own words with every number kept."""

from __future__ import annotations

import copy
import datetime as dt
import gzip
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from trialfinder.classify import classify, joinable
from trialfinder.study.read_study import read_study

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
# Studies whose original had no more than title, summary and description, and which copies of the registry filled.
FILLED = frozenset({"NCT02315235", "NCT03250403", "NCT03340818", "NCT02539186", "NCT02076022"})
# Studies of the copies that name no neuropathy in the part seen.
LEFT_OUT = frozenset({"NCT07275736", "NCT07265206"})
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
    """The fullest original of every study labelled core or adjacent that we had from the registry itself."""
    labels = map(json.loads, (shared_folder / "gold" / "relevance.jsonl").read_text(encoding="utf-8").splitlines())
    wanted = {label["nct_id"] for label in labels if label["relevance"] in ("core", "adjacent")}
    found: dict[str, Record] = {}
    for path in ("gold/relevance-records.jsonl.gz", "records/studies.jsonl.gz"):
        for record in read_gzip(shared_folder / path):
            known = found.get(nct_id(record))
            if nct_id(record) in wanted and (known is None or modules(record) > modules(known)):
                found[nct_id(record)] = record
    return {one: record for one, record in found.items() if one not in FILLED}


@pytest.fixture(scope="module")
def seen() -> dict[str, Record]:
    """What ``sources.toml`` says of each study."""
    return tomllib.loads((SNAPSHOT / "sources.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def told(shared_folder: Path) -> dict[str, Record]:
    """The facts that were collected from copies, by NCT ID."""
    lines = (shared_folder / "records" / "fresh-facts.jsonl").read_text(encoding="utf-8").splitlines()
    facts = [json.loads(line) for line in lines if line.strip()]
    return {fact["nct_id"]: fact for fact in facts if fact["nct_id"] and fact.get("title", "")[:1] != "("}


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


def test_every_study_has_an_id_a_title_and_a_summary(snapshot: dict[str, Record]) -> None:
    """55 records, no ID twice (the fixture checks that), nothing empty that the table shows first."""
    assert len(snapshot) == 55
    assert all(re.fullmatch(r"NCT\d{8}", one) for one in snapshot)
    for record in snapshot.values():
        assert record["protocolSection"]["identificationModule"]["briefTitle"]
        assert all(text.strip() for _, text in prose(record))
        assert len(record["protocolSection"]["descriptionModule"]["briefSummary"]) > 80


def test_studies_that_give_cells_for_a_nerve_come_first(snapshot: dict[str, Record]) -> None:
    """Then the related ones; none is off topic."""
    found = [classify(read_study(record)).relevance for record in snapshot.values()]
    assert found == ["core"] * 23 + ["adjacent"] * 32


def test_nothing_of_the_snapshot_is_said_to_be_open(snapshot: dict[str, Record]) -> None:
    """Its statuses are old or of an unknown day: "unsure" is the most that they carry."""
    answers = {joinable(read_study(record), dt.date(2026, 11, 20)).answer for record in snapshot.values()}
    assert answers == {"no", "unsure"}


def test_no_record_carries_results_or_annotations(snapshot: dict[str, Record]) -> None:
    """Those sections are left out."""
    allowed = {"protocolSection", "derivedSection", "hasResults"}
    assert all(set(record) <= allowed for record in snapshot.values())


def test_criteria_are_there_as_far_as_the_sources_had_them(
    snapshot: dict[str, Record], seen: dict[str, Record]
) -> None:
    """Complete criteria have both sections; a part says what it lacks; what is unknown has no text at all."""
    for one, record in snapshot.items():
        criteria = record["protocolSection"].get("eligibilityModule", {}).get("eligibilityCriteria")
        kind = seen[one]["criteria"]
        assert (criteria is None) == (kind == "none"), one
        if criteria is not None:
            assert "Inclusion Criteria" in criteria, one
            assert "Exclusion Criteria" in criteria, one
            assert ("[Our copy of the record is not complete" in criteria) == (kind == "part"), one


def test_every_study_has_its_own_day_and_sources(snapshot: dict[str, Record], seen: dict[str, Record]) -> None:
    """In the order of the records; a day is a date or openly unknown."""
    assert list(seen) == list(snapshot)
    for one, row in seen.items():
        assert row["sources"], one
        assert re.fullmatch(r"(20\d\d-\d\d-\d\d)?", row["as_of"]), one
        assert set(row) <= {"as_of", "criteria", "sources", "note"}


def test_the_head_of_the_sources_names_every_restated_field(snapshot: dict[str, Record]) -> None:
    """A running text in the records is one that the head names: its own name, or a description of what it names."""
    head = (SNAPSHOT / "sources.toml").read_text(encoding="utf-8").partition("[NCT")[0]
    places = {tuple(key for key in place if isinstance(key, str)) for r in snapshot.values() for place, _ in prose(r)}
    described = {"armGroups", "interventions", "primaryOutcomes", "secondaryOutcomes", "ipdSharingStatementModule"}
    assert [place for place in places if place[-1] not in head and place[-2] not in described] == []


@pytest.mark.shared
def test_it_holds_exactly_the_studies_of_its_sources(
    snapshot: dict[str, Record], sources: dict[str, Record], told: dict[str, Record]
) -> None:
    """The studies labelled core or adjacent, and those of the copies that name a neuropathy."""
    assert snapshot.keys() == sources.keys() | (told.keys() - LEFT_OUT)
    assert told.keys() >= FILLED


@pytest.mark.shared
def test_every_criterion_of_the_copies_is_there_with_its_numbers_and_no_other(
    snapshot: dict[str, Record], told: dict[str, Record]
) -> None:
    """As many items as the copy had, in its order; an item says what is missing where the copy was cut."""
    for one in (told.keys() & snapshot.keys()) - {"NCT05507697"}:
        ours = snapshot[one]["protocolSection"].get("eligibilityModule", {}).get("eligibilityCriteria", "")
        items = [line for line in ours.splitlines() if line.startswith("* ") and "[Our copy" not in line]
        wanted = sorted(told[one]["criteria_facts"], key=lambda fact: fact["section"] == "exclusion")
        assert [numbers(line) for line in items] == [numbers(fact["text"]) for fact in wanted], one


@pytest.mark.shared
def test_status_dates_and_counts_of_the_copies_are_kept(
    snapshot: dict[str, Record], told: dict[str, Record], seen: dict[str, Record]
) -> None:
    """What a copy says of status, dates, phase and sources is in the record; what it does not say is not."""
    for one in (told.keys() & snapshot.keys()) - {"NCT05507697"}:
        fact, record = told[one], snapshot[one]["protocolSection"]
        status = record.get("statusModule", {})
        for key, name in (("start_date", "startDateStruct"), ("completion", "completionDateStruct")):
            assert (fact.get(key) or "").startswith(status.get(name, {}).get("date", "")), (one, key)
            assert bool(fact.get(key)) == (name in status), (one, key)
        word = (fact.get("status") or "").split(" ")[0]
        assert status.get("overallStatus") == (None if word == "ACTIVE" else word or None), one
        phases = "/".join(record.get("designModule", {}).get("phases", []))
        assert (fact.get("phase") or "").split(" ")[0] == phases, one
        assert [source for source in fact["sources"] if source not in seen[one]["sources"]] == []


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
