"""Texts come back byte by byte, and the hash sees everything but the day of the load."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.standin.samples import sample
from trialfinder.store import codec

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


@given(base=st.binary(), text=st.binary())
def test_a_difference_gives_the_text_back(base: bytes, text: bytes) -> None:
    body = codec.pack_delta(base, text)
    assert body is None or codec.unpack_delta(base, body) == text


@given(
    words=st.lists(st.sampled_from(['"a":1', '"b":[', "x]", "", '"name":"A, B"']), max_size=40), cut=st.integers(0, 40)
)
def test_a_difference_between_alike_texts_gives_the_text_back(words: list[str], cut: int) -> None:
    base = (",".join(words) * 20).encode()
    text = (",".join([*words[:cut], '"new":"value"', *words[cut:]]) * 20).encode()
    body = codec.pack_delta(base, text)
    assert body is None or codec.unpack_delta(base, body) == text


@given(_JSON)
def test_text_is_the_json_that_was_given(value: Any) -> None:
    assert json.loads(codec.to_text(value)) == value
    assert codec.unpack(codec.pack(codec.to_text(value))) == codec.to_text(value)


def test_text_keeps_the_order_of_keys_and_writes_half_a_surrogate_pair_as_an_escape() -> None:
    assert codec.to_text({"b": 1.50, "a": "é≥\ud800"}) == '{"b":1.5,"a":"é≥\\ud800"}'.encode()
    assert json.loads(codec.to_text(["\ud800"])) == ["\ud800"]


def test_a_small_change_in_a_large_record_is_kept_small() -> None:
    """A new site among 300, far beyond the reach of zlib's window, costs less than two hundred bytes."""
    sites = [{"facility": f"Hospital {n}", "city": f"Town {n * 7919}", "status": "RECRUITING"} for n in range(900)]
    old = codec.to_text({"sites": sites, "date": "2026-10"})
    new = codec.to_text(
        {"sites": [*sites[:300], {"facility": "New Clinic", "city": "Leeds"}, *sites[300:]], "date": "x"}
    )
    body = codec.pack_delta(old, new)
    assert body is not None
    assert len(body) < 200
    assert codec.unpack_delta(old, body) == new


def test_a_text_that_shares_nothing_is_not_kept_as_a_difference() -> None:
    assert codec.pack_delta(b'{"a":1}', b'{"completely":"other","text":"here"}') is None


@pytest.mark.parametrize("broken", [b"", b"x", codec.pack(b"hello")[:-3], b"\x00" * 20])
def test_damaged_bytes_are_noticed(broken: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        codec.unpack(broken)


def test_the_hash_leaves_out_the_version_holder_and_the_order_of_keys() -> None:
    one = sample(1)
    other = json.loads(json.dumps(one, sort_keys=True))
    other["derivedSection"]["miscInfoModule"]["versionHolder"] = "2030-01-01"
    assert codec.content_hash(one) == codec.content_hash(other)
    assert other["derivedSection"]["miscInfoModule"]["versionHolder"] == "2030-01-01"


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in _leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [leaf for index, inner in enumerate(value) for leaf in _leaves(inner, (*path, index))]
    return [path]


@pytest.mark.parametrize("path", [leaf for leaf in _leaves(sample(1)) if leaf[-1] != "versionHolder"], ids=str)
def test_the_hash_sees_every_other_value(path: tuple[Any, ...]) -> None:
    changed = copy.deepcopy(sample(1))
    part: Any = changed
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = f"{part[path[-1]]} "
    assert codec.content_hash(changed) != codec.content_hash(sample(1))


def test_the_hash_sees_the_order_of_a_list_and_a_version_holder_elsewhere() -> None:
    assert codec.content_hash({"a": [1, 2]}) != codec.content_hash({"a": [2, 1]})
    assert codec.content_hash({"versionHolder": "a"}) != codec.content_hash({"versionHolder": "b"})
    assert codec.content_hash({"derivedSection": {}}) != codec.content_hash({})


def test_odd_shapes_have_a_hash_all_the_same() -> None:
    for record in ({"derivedSection": None}, {"derivedSection": {"miscInfoModule": [1]}}, {}):
        assert len(codec.content_hash(record)) == 64
        assert codec.version_holder(record) is None
        assert codec.update_posted(record) is None


def test_what_is_no_json_is_a_value_error() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ValueError, match="cannot be written as JSON"):
        codec.to_text(deep)
    with pytest.raises(ValueError, match="cannot be written as JSON"):
        codec.to_text({"a": {1, 2}})
