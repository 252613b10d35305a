"""The library gives frames with the declared columns and dtypes, whatever rows came."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import trialfinder as tf
from tests.e2e import made
from tests.e2e.made import nct
from tests.standin import StandIn
from trialfinder.errors import InputError, RecordError, RegistryUnavailable, StoreError
from trialfinder.registry.search_files import saved_search
from trialfinder.store import Store
from trialfinder.store.importing import import_records
from trialfinder.tables import columns

if TYPE_CHECKING:
    import pandas as pd

TOP = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 11, 20)
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
TEXT = "Inclusion Criteria:\n\n* Adults of 18 to 70 years\n* HbA1c of 9 % or less\n\nExclusion Criteria:\n\n* Pregnancy"


def has_declared_shape(frame: pd.DataFrame, table: str) -> bool:
    return {name: str(kind) for name, kind in frame.dtypes.items()} == {
        column.name: column.dtype for column in columns.table(table)
    }


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.sqlite"
    with Store.open(path) as opened:
        import_records(opened, made.studies(), "a test", NOON)
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return tmp_path / "none.sqlite"


def test_search_filters_and_keeps_the_order(store: Path) -> None:
    found = tf.search("part", store=store, today=TODAY, status="completed", phase=["na"])
    assert list(found["nct_id"]) == [nct(12), nct(15), nct(18)]
    assert has_declared_shape(found, "studies")
    assert found.attrs["origin"] == "store"
    assert list(found["phases"]) == ["NA", "NA", "NA"]
    joinable = tf.search(store=store, today=TODAY, open_only=True)
    assert list(joinable["nct_id"]) == [nct(number) for number in range(1, 11)]
    assert len(tf.search(store=store, today=TODAY, age=70)) == 15
    assert len(tf.search(store=store, today=TODAY, limit=4)) == 4
    assert len(tf.search('"part 2"', store=store, today=TODAY)) == 11


def test_nothing_found_has_the_same_columns_and_dtypes(store: Path) -> None:
    nothing = tf.search("zebra", store=store, today=TODAY)
    assert len(nothing) == 0
    assert has_declared_shape(nothing, "studies")


def test_search_without_a_store_is_the_snapshot_and_says_so(empty: Path) -> None:
    found = tf.search(store=empty, today=TODAY, everything=True)
    assert len(found) == 55
    assert found.attrs == {"origin": "snapshot", "data_timestamp": "2017-10-11/2026-07-21"}
    assert not empty.exists()


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"colour": "red"}, "unknown filter 'colour'"),
        ({"status": "recruting"}, "did you mean RECRUITING"),
        ({"age": 200}, "between 0 and 130"),
        ({"within": "5km"}, "--near"),
        ({"limit": 0}, "whole number"),
        ({"limit": "four"}, "whole number"),
    ],
)
def test_wrong_filters(store: Path, filters: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        tf.search(store=store, today=TODAY, **filters)


@pytest.mark.parametrize("table", [name for name in columns.EXPORTED if name != "matches"])
def test_load_gives_every_table_in_its_declared_shape(store: Path, empty: Path, table: str) -> None:
    frame = tf.load(table, store=store, today=TODAY)
    assert has_declared_shape(frame, table)
    assert len(frame) >= 15
    assert set(frame["nct_id"]) <= {nct(number) for number in range(1, 31)}
    assert has_declared_shape(tf.load(table, store=empty, today=TODAY), table)


def test_load_tells_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean studies"):
        tf.load("studys")
    with pytest.raises(InputError, match="folder"):
        tf.load(store=tmp_path)
    (tmp_path / "x").write_text("no store " * 1000)
    with pytest.raises(StoreError, match="not a trialfinder store"):
        tf.load(store=tmp_path / "x")


def test_fetch_asks_the_registry_and_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIALFINDER_HOME", str(tmp_path))
    monkeypatch.setenv("TRIALFINDER_REQUEST_INTERVAL", "0")
    with StandIn(made.studies()) as registry:
        found = tf.fetch("diabetic", api_url=registry.url, today=TODAY)
        assert list(found["nct_id"]) == [nct(number) for number in range(1, 31)]
        assert has_declared_shape(found, "studies")
        sites = tf.fetch(api_url=registry.url, today=TODAY, table="locations")
        assert has_declared_shape(sites, "locations")
        assert list(sites["city"][:2]) == ["Leeds", "Lyon"]
        asked = [seen for seen in registry.requests if seen.path == "/studies"]
        assert asked[0].params["query.cond"] == saved_search("diabetic").params()["query.cond"]
        with pytest.raises(InputError, match="did you mean 'diabetic'"):
            tf.fetch("diabetc", api_url=registry.url)
        registry.fault("forbidden", on="", times=9)
        with pytest.raises(RegistryUnavailable):
            tf.fetch("diabetic", api_url=registry.url)
    assert list(tmp_path.iterdir()) == []


def test_a_record_in_no_shape_does_not_spoil_a_fetch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIALFINDER_REQUEST_INTERVAL", "0")
    odd = made.study(40)
    odd["protocolSection"]["statusModule"] = "open"
    with StandIn([*made.studies(3), odd]) as registry:
        found = tf.fetch("diabetic", api_url=registry.url, today=TODAY)
    assert sorted(found["nct_id"]) == [nct(1), nct(2), nct(3)]


def test_criteria_of_a_text_and_of_records() -> None:
    readings = tf.read_criteria(TEXT)
    assert has_declared_shape(readings, "readings")
    by_pattern = readings.dropna(subset=["pattern"]).set_index("pattern")
    assert by_pattern.loc["hba1c", "high"] == 9.0
    assert [by_pattern.loc["age", name] for name in ("low", "high")] == [18.0, 70.0]
    items = tf.read_criteria(made.studies(2), table="criteria")
    assert has_declared_shape(items, "criteria")
    assert list(items["nct_id"]) == [nct(1)] * 3 + [nct(2)] * 3
    assert has_declared_shape(tf.read_criteria(""), "readings")
    with pytest.raises(InputError, match="readings"):
        tf.read_criteria(TEXT, table="items")
    with pytest.raises(RecordError):
        tf.read_criteria([{"protocolSection": {}}])


def test_match_holds_facts_against_studies(tmp_path: Path) -> None:
    found = tf.match({"person": {"age": 70}}, made.studies(20), today=TODAY)
    assert has_declared_shape(found, "matches")
    by_id = found.set_index("nct_id")
    assert by_id.loc[nct(1), "verdict"] == "conflict"  # 18 to 65
    assert by_id.loc[nct(16), "verdict"] != "conflict"  # from 18
    assert has_declared_shape(tf.match({"person": {"age": 70}}, [], today=TODAY), "matches")
    wrong = tmp_path / "me.toml"
    wrong.write_text('[person]\nage = "secret words"\n', encoding="utf-8")
    with pytest.raises(InputError) as error:
        tf.match(wrong, made.studies(1), today=TODAY)
    assert "secret words" not in str(error.value)


def test_a_csv_is_read_back_with_its_dtypes(store: Path, tmp_path: Path) -> None:
    frame = tf.search(store=store, today=TODAY)
    from trialfinder.tables.exports import FORMATS, write_stream

    path = tmp_path / "t.csv"
    with path.open("wb") as stream:
        write_stream(FORMATS["csv"], columns.table("studies"), json.loads(frame.to_json(orient="records")), stream)
    back = tf.read_csv(path)
    assert has_declared_shape(back, "studies")
    assert back["phases"].tolist() == frame["phases"].tolist()
    assert back["nct_id"].tolist() == frame["nct_id"].tolist()


def test_the_library_has_what_it_says() -> None:
    assert all(hasattr(tf, name) for name in tf.__all__)
    with pytest.raises(AttributeError, match="serch"):
        tf.serch  # noqa: B018 # asked for
