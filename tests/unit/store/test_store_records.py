"""What a run puts in is what comes out: records, versions, searches, times, and the past."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.standin.samples import sample, samples
from tests.unit.store.fill import START, day, dump, run, titled
from trialfinder.errors import InputError, StoreError
from trialfinder.store import Seen, Store, codec
from trialfinder.store.importing import import_records


def ids(store: Store, **asked: object) -> list[str]:
    return [record.nct_id for record in store.records(**asked)]  # type: ignore[arg-type] # passed on as given


def test_a_record_comes_back_exactly_as_it_was_given(store: Store) -> None:
    record = sample(3)
    run(store, START, {"a": [record]})
    (stored,) = store.records()
    assert stored.record_json == json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    assert stored.record == record
    assert stored.hash == codec.content_hash(record)
    assert (stored.first_seen, stored.last_seen, stored.searches, stored.gone) == (START, START, ("a",), False)


def test_texts_that_are_not_taken_at_once_are_fetched_when_they_are_asked_for(store: Store) -> None:
    run(store, START, {"a": [sample(1), sample(2)]})
    run(store, day(1), {"a": [titled(1, "Other")]})
    assert [each.record for each in store.records(at_once=False)] == [each.record for each in store.records()]
    (old, *_) = store.records(1, at_once=False)
    assert old.record == sample(1)
    store.database.execute("delete from bodies")
    with pytest.raises(StoreError, match="version 1 is missing"):
        old.load()


@pytest.mark.shared
def test_real_records_come_back_byte_by_byte_also_as_differences(store: Store, shared: Path) -> None:
    """Every twentieth real record, then the same with a new date: both versions are verbatim."""
    import gzip

    with gzip.open(shared / "records" / "studies.jsonl.gz") as lines:
        first = [json.loads(line) for line in list(lines)[::20]]
    second = [{**record, "hasResults": not record.get("hasResults")} for record in first]
    run(store, START, {"a": first})
    run(store, day(1), {"a": second})
    for old, new in zip(first, second, strict=True):
        nct_id = old["protocolSection"]["identificationModule"]["nctId"]
        texts = [store.version_json(version.version_id) for version in store.history(nct_id)]
        assert texts == [codec.to_text(old).decode(), codec.to_text(new).decode()]
    info = store.info()
    assert info.versions == 2 * len(first) == 2 * info.studies
    assert store.verify() == ()


def test_each_record_is_told_what_it_is(store: Store) -> None:
    run(store, START, {"a": samples(2)})
    with store.refresh(day(1)) as writer:
        assert writer.seen("a", sample(1)) is Seen.UNCHANGED
        assert writer.seen("a", titled(2, "Other")) is Seen.CHANGED
        assert writer.seen("b", sample(3)) is Seen.ADDED
        assert writer.seen("a", sample(3)) is Seen.AGAIN
        assert writer.seen("a", {"protocolSection": {}}) is Seen.SET_ASIDE
        outcome = writer.finish(finished=day(1), kind="full", tool_version="0")
    assert (outcome.added, outcome.changed, outcome.unchanged) == (("NCT00000003",), ("NCT00000002",), 1)
    assert outcome.set_aside == 1
    assert (kept := store.get("NCT00000003")) and kept.searches == ("a", "b")
    (odd,) = store.set_aside()
    assert (odd.nct_id, json.loads(odd.load())) == (None, {"protocolSection": {}})
    assert "nctId" in odd.reason


def test_a_record_set_aside_keeps_the_last_good_version_and_is_not_missing(store: Store) -> None:
    run(store, START, {"a": samples(2)})
    for number, holder in ((1, "2026-01-02"), (2, "2026-01-03")):
        odd = {**sample(2), "protocolSection": "text", "derivedSection": {"miscInfoModule": {"versionHolder": holder}}}
        with store.refresh(day(number)) as writer:
            writer.seen("a", sample(1))
            writer.set_aside(odd, "protocolSection: not an object", search="a", nct_id="NCT00000002")
            assert writer.missing("a") == []
            writer.finish(finished=day(number), kind="full", tool_version="0")
    found = store.get("NCT00000002")
    assert found is not None
    assert found.record == sample(2)
    (kept,) = store.set_aside()  # the day of the load makes no second row
    assert (kept.first_refresh, kept.last_refresh) == (2, 3)


def test_history_follows_the_runs_and_a_return_to_old_content_is_a_version(store: Store) -> None:
    for number, title in enumerate(["One", "One", "Two", "One"]):
        run(store, day(number), {"a": [titled(1, title)]})
    versions = store.history("NCT00000001")
    assert [(v.first_refresh, v.last_refresh) for v in versions] == [(1, 2), (3, 3), (4, 4)]
    assert [v.first_seen for v in versions] == [day(0), day(2), day(3)]
    assert versions[0].hash == versions[2].hash != versions[1].hash
    titles = [
        store.version_record(v.version_id)["protocolSection"]["identificationModule"]["briefTitle"] for v in versions
    ]
    assert titles == ["One", "Two", "One"]
    assert store.history("NCT00000099") == []


def test_a_new_day_of_load_alone_makes_no_version(store: Store) -> None:
    record = sample(1)
    run(store, START, {"a": [record]})
    record["derivedSection"]["miscInfoModule"]["versionHolder"] = "2026-11-21"
    assert run(store, day(1), {"a": [record]}).unchanged == 1
    assert len(store.history("NCT00000001")) == 1


def test_the_past_is_as_it_was(store: Store) -> None:
    run(store, day(0), {"a": [titled(1, "Old"), sample(2)]})
    run(store, day(1), {"a": [titled(1, "New"), sample(3)]}, gone={"NCT00000002": "withdrawn"})
    run(store, day(2), {"a": [titled(1, "New"), sample(2)], "b": [sample(3)]})
    assert ids(store, as_of=day(0)) == ["NCT00000001", "NCT00000002"]
    assert ids(store, as_of=day(1)) == ["NCT00000001", "NCT00000003"]
    assert ids(store, as_of=day(1) + dt.timedelta(hours=1)) == ["NCT00000001", "NCT00000003"]
    assert ids(store) == ["NCT00000001", "NCT00000002", "NCT00000003"]
    assert ids(store, as_of=day(0) - dt.timedelta(seconds=1)) == []
    assert ids(store, as_of=2, searches=["b"]) == []
    assert ids(store, searches=["b"]) == ["NCT00000003"]
    (then,) = [r for r in store.records(as_of=1) if r.nct_id == "NCT00000001"]
    assert then.record == titled(1, "Old")
    assert then.searches == ("a",)
    with pytest.raises(ValueError, match="time zone"):
        ids(store, as_of=dt.datetime(2026, 1, 1))  # noqa: DTZ001 # that is the mistake


def test_what_left_or_is_gone_is_shown_only_when_asked_for(store: Store) -> None:
    run(store, day(0), {"a": samples(3)})
    run(store, day(1), {"a": [sample(1)]}, gone={"NCT00000003": "withdrawn"})
    assert ids(store) == ["NCT00000001"]
    assert [(r.nct_id, r.gone) for r in store.records(everything=True)] == [
        ("NCT00000001", False),
        ("NCT00000002", False),
        ("NCT00000003", True),
    ]
    assert ids(store, as_of=2) == ids(store, as_of=2, searches=["a"]) == ["NCT00000001"]
    found = store.get("nct00000003")
    assert found is not None
    assert found.gone


def test_what_is_gone_already_does_not_go_again(store: Store) -> None:
    run(store, day(0), {"a": samples(2)})
    assert run(store, day(1), {"a": [sample(1)]}, gone={"NCT00000002": "withdrawn"}).gone == ("NCT00000002",)
    assert run(store, day(2), {"a": [sample(1)]}, gone={"NCT00000002": "still"}).gone == ()
    assert store.info().gone == 1


def test_an_old_id_finds_the_study_that_replaced_it(store: Store) -> None:
    run(store, START, {"a": [sample(7, nctIdAliases=["NCT00000005"]), sample(6)]})
    found = store.get("NCT00000005")
    assert found is not None
    assert found.nct_id == "NCT00000007"
    assert [v.nct_id for v in store.history("NCT00000005")] == ["NCT00000007"]
    with pytest.raises(InputError):
        store.get("not an id")


def test_an_id_that_is_still_a_study_is_not_taken_for_an_alias_until_it_is_gone(store: Store) -> None:
    run(store, day(0), {"a": [sample(5), sample(7)]})
    run(store, day(1), {"a": [sample(5), sample(7, nctIdAliases=["NCT00000005"])]})
    assert getattr(store.get("NCT00000005"), "nct_id", None) == "NCT00000005"
    run(store, day(2), {"a": [sample(7, nctIdAliases=["NCT00000005"])]}, gone={"NCT00000005": "replaced"})
    assert getattr(store.get("NCT00000005"), "nct_id", None) == "NCT00000007"


def test_runs_are_ordered_by_id_when_the_clock_jumps_back(store: Store) -> None:
    run(store, day(5), {"a": [titled(1, "First")]}, data_timestamp="2026-11-25T09:00:05")
    run(store, day(1), {"a": [titled(1, "Second")]}, data_timestamp="2026-11-26T09:00:05")
    assert store.data_timestamp() == "2026-11-26T09:00:05"
    (now,) = store.records()
    assert now.record == titled(1, "Second")
    assert [v.first_refresh for v in store.history("NCT00000001")] == [1, 2]
    assert store.age(day(0)) == dt.timedelta(0)
    assert store.age(day(2)) == dt.timedelta(days=1)


def test_times_come_back_in_utc_whatever_the_zone(store: Store) -> None:
    tokyo = dt.timezone(dt.timedelta(hours=9))
    at = dt.datetime(2027, 1, 1, 3, 0, tzinfo=tokyo)  # still 2026 in UTC
    run(store, at, {"a": [sample(1)]})
    last = store.last_refresh()
    assert last is not None
    assert last.finished.isoformat() == "2026-12-31T18:00:00+00:00"
    assert ids(store, as_of=dt.datetime(2026, 12, 31, 18, 0, tzinfo=dt.UTC)) == ["NCT00000001"]


def test_an_empty_store_says_so(store: Store) -> None:
    assert store.is_empty()
    assert (store.last_refresh(), store.data_timestamp(), store.age(START)) == (None, None, None)
    assert ids(store) == []
    assert store.get("NCT00000001") is None
    assert store.verify() == ()


def test_a_run_is_written_down_with_its_searches(store: Store) -> None:
    run(store, START, {"a": samples(2), "b": [sample(1)]}, definition="the question")
    last = store.last_refresh("b")
    assert last is not None
    assert [(s.search, s.mode, s.definition, s.found) for s in last.searches] == [
        ("a", "full", "the question", 2),
        ("b", "full", "the question", 1),
    ]
    assert last.counts["added"] == 2
    assert store.last_refresh("c") is None
    assert store.last_refresh("a", mode="incremental") is None
    assert store.info().searches == {"a": 2, "b": 1}


@pytest.mark.parametrize("how", ["exception", "no finish", "error while writing"])
def test_a_run_that_does_not_finish_leaves_nothing(store: Store, how: str) -> None:
    run(store, START, {"a": samples(3)})
    before = dump(store)
    with pytest.raises((RuntimeError, StoreError)), store.refresh(day(1)) as writer:
        writer.seen("a", titled(1, "New"))
        writer.seen("a", sample(9))
        writer.gone("NCT00000002", "withdrawn")
        if how == "error while writing":
            writer._found.staged["NCT00000044"] = Seen.ADDED  # has no text: fails in the middle
            writer._found.records["NCT00000044"] = "0" * 64
            writer.finish(finished=day(1), kind="full", tool_version="0")
        if how == "exception":
            raise RuntimeError
        raise StoreError("never finished")
    assert dump(store) == before
    assert run(store, day(1), {"a": samples(3)}).unchanged == 3


def test_a_run_that_begins_again_forgets_the_first_try(store: Store) -> None:
    with store.refresh(START) as writer:
        writer.seen("a", sample(1))
        writer.set_aside("odd", "no object")
        writer.restart()
        writer.seen("a", sample(2))
        outcome = writer.finish(finished=START, kind="full", tool_version="0")
    assert (outcome.added, outcome.set_aside) == (("NCT00000002",), 0)
    assert ids(store) == ["NCT00000002"]


def test_a_listed_study_that_nobody_knows_is_not_in_the_results(store: Store) -> None:
    with store.refresh(START) as writer:
        writer.listed("a", "NCT00000001")
        writer.listed("a", "NCT00000002")
        writer.seen(None, sample(2))
        writer.finish(finished=START, kind="full", tool_version="0")
    assert store.info().searches == {"a": 1}


def test_derived_results_belong_to_a_version_of_the_reader(store: Store) -> None:
    assert store.get_derived("items", "1") == {}
    assert store.put_derived("items", "1", {"h1": [1, "≥"], "h2": None})
    assert store.put_derived("rows", "9", {"h1": 5})
    assert store.get_derived("items", "1") == {"h1": [1, "≥"], "h2": None}
    assert store.get_derived("items", "1", decode=bytes.decode) == {"h1": '[1,"\\u2265"]', "h2": "null"}
    assert store.get_derived("items", "1", ["h2", "h3"]) == {"h2": None}
    assert store.get_derived("items", "1", (f"h{n}" for n in range(600))) == {"h1": [1, "≥"], "h2": None}
    assert store.get_derived("items", "1", []) == {}
    assert store.get_derived("items", "2") == {}
    assert store.put_derived("items", "2", {"h1": 7})
    assert store.get_derived("items", "1") == {}
    assert store.get_derived("rows", "9") == {"h1": 5}


def test_derived_results_do_not_wait_for_the_disk_and_records_do(store: Store) -> None:
    said: list[str] = []
    store.database.set_trace_callback(said.append)
    store.put_derived("items", "1", {"h1": 1})
    assert said.index("pragma synchronous = normal") < said.index("commit") < said.index("pragma synchronous = 2")
    store.database.set_trace_callback(None)
    assert store.database.execute("pragma synchronous").fetchone() == (2,)


def test_derived_results_of_versions_that_are_nowhere_are_dropped_by_compact(store: Store) -> None:
    run(store, START, {"a": [sample(1)]})
    store.put_derived("items", "1", {codec.content_hash(sample(1)): 1, "nowhere": 2})
    store.compact()
    assert store.get_derived("items", "1") == {codec.content_hash(sample(1)): 1}
    assert store.verify() == ()


def test_a_damaged_derived_result_counts_as_missing(store: Store) -> None:
    store.put_derived("items", "1", {"h1": 1, "h2": 2})
    store.database.execute("update derived set value = x'00' where hash = 'h1'")
    assert store.get_derived("items", "1") == {"h2": 2}


def test_a_record_nested_without_end_is_set_aside(store: Store) -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    record = {**sample(1), "deep": deep}
    with store.refresh(START) as writer:
        assert writer.seen("a", record) is Seen.SET_ASIDE
        writer.finish(finished=START, kind="full", tool_version="0")
    (odd,) = store.set_aside()
    assert "cannot be written as JSON" in odd.reason
    assert "cannot be written as JSON" in json.loads(odd.load())["not_json"]
    report = import_records(store, [{**sample(1), "deep": deep}], "file", day(1))
    assert (report.added, report.set_aside) == (0, 1)
