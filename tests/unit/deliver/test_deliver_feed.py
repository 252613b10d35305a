"""A feed holds what its digest delivers, however late that ran; the limit of age trims only what it had before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.unit.deliver.test_deliver_render import ATOM, check_rfc_4287
from tests.unit.deliver.test_deliver_run import add_news, send, tools
from tests.unit.store.fill import day
from trialfinder.deliver import Ask, deliver_feed
from trialfinder.store import Store


def entries(store: Store, path: Path, now: dt.datetime, outcomes: list[object] | None = None) -> list[str]:
    done = deliver_feed(store, path, Ask(), tools(), now, outcomes or ())  # type: ignore[arg-type]
    assert done.state in ("delivered", "nothing"), done.words
    return [entry.findtext(f"{ATOM}title") or "" for entry in check_rfc_4287(path.read_bytes())]


def about(titles: list[str], words: str) -> int:
    return sum(words in title for title in titles)


def test_what_was_not_in_the_feed_yet_comes_in_whatever_its_age(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "n.atom"
    assert len(entries(store, path, day(1))) == 3
    add_news(store, 3)
    late = entries(store, path, day(40))
    assert about(late, "is not known") == 1
    fresh = [title for title in late if "is not known" not in title]
    assert fresh, "they were dropped, since their run was more than 30 days ago"
    assert all(title in entries(store, path, day(69)) for title in fresh), "for a month: a reader may come once a week"
    assert entries(store, path, day(71)) == [title for title in late if "is not known" in title]


def test_what_the_digest_delivers_is_in_a_feed_that_is_new(store: Store, tmp_path: Path) -> None:
    path, to = tmp_path / "n.atom", str(tmp_path / "n.html")
    assert [outcome.state for outcome in send(store, to)] == ["delivered"]
    add_news(store, 3)
    outcomes = send(store, to, now=day(40))
    assert [outcome.state for outcome in outcomes] == ["delivered"]
    assert len(entries(store, path, day(40), [*outcomes])) == 1 + len(outcomes[0].event_ids)


@pytest.mark.parametrize(("days", "told"), [(3, 0), (5, 1), (33, 1)])
def test_that_nobody_could_ask_is_an_entry_after_three_days(store: Store, tmp_path: Path, days: int, told: int) -> None:
    path = tmp_path / "n.atom"
    found = entries(store, path, day(days))
    assert about(found, "what happened after") == told
    before = path.read_bytes()
    assert entries(store, path, day(days) + dt.timedelta(hours=1)) == found
    assert path.read_bytes() == before, "told once: with the same id and the same date"
    if told:
        content = ElementTree.fromstring(before).findtext(f"{ATOM}entry/{ATOM}content") or ""
        assert "is not known here: the registry was not asked since" in content


def test_a_feed_is_named_whole_as_a_page_is(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log of months ago does not say in which folder its job ran."""
    monkeypatch.chdir(tmp_path)
    assert deliver_feed(store, Path("n.atom"), Ask(), tools(), day(1)).name == str(tmp_path / "n.atom")
