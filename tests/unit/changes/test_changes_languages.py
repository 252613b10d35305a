"""News in another language: the program's words are translated, the registry's stay, and English news stay English."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.unit.changes.edits import SEEN, edited
from tests.unit.sample import RECORD
from trialfinder.base.tongue import remarked, speaking, unmarked
from trialfinder.changes.event_table import load
from trialfinder.changes.news import events_between
from trialfinder.changes.record_events import record_events
from trialfinder.deliver.feed import atom
from trialfinder.pages.translations import translator
from trialfinder.store import Store

EDITS = {
    "statusModule.overallStatus": "TERMINATED",
    "statusModule.whyStopped": "Money ran out",
    "eligibilityModule.eligibilityCriteria": "Inclusion Criteria:\n\n* HbA1c of 10 % or less",
    "eligibilityModule.sex": "FEMALE",
}
BEFORE = {"eligibilityModule.eligibilityCriteria": "Inclusion Criteria:\n\n* HbA1c of 9 % or less"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", {"stopped early: Money ran out", "open to women only (was women and men)",
                "HbA1c limit raised from 9 % to 10 %: “HbA1c of 10 % or less” (was “HbA1c of 9 % or less”)"}),
        ("es", {"detenido antes de tiempo: Money ran out", "abierto a solo mujeres (antes: mujeres y hombres)",
                "límite de HbA1c subido de 9 % a 10 %: “HbA1c of 10 % or less” (era “HbA1c of 9 % or less”)"}),
        ("ko", {"조기 중단: Money ran out", "참가 대상: 여성만(이전: 여성과 남성)",
                "HbA1c 한계 높아짐: 9 % → 10 %: “HbA1c of 10 % or less”(이전 “HbA1c of 9 % or less”)"}),
    ],
)  # fmt: skip
def test_news_are_told_in_the_language_that_is_spoken(language: str, expected: set[str]) -> None:
    with speaking(translator(language)):
        found = record_events(edited(BEFORE), edited(BEFORE | EDITS), SEEN, load())
    assert {unmarked(event.words) for event in found} >= expected
    told = {remarked(event.words, "<", ">") for event in found}
    assert any("<Money ran out>" in words for words in told) is (language != "en")
    assert any("“<HbA1c of 10 % or less>”" in words for words in told) is (language != "en")


def test_a_feed_says_its_language() -> None:
    with speaking(translator("es")):
        feed = atom(
            record_events(edited(BEFORE), edited(BEFORE | EDITS), SEEN, load()), updated=SEEN.date_seen
        ).decode()
    assert 'xml:lang="es"' in feed and "<title>Ensayos clínicos: qué hay de nuevo y qué cambió</title>" in feed
    assert (
        '&lt;span lang="en"&gt;Money ran out&lt;/span&gt;' in feed
        and ": detenido antes de tiempo: Money ran out<" in feed
    )
    assert "No stem-cell therapy" not in feed and "Approvals" not in feed


def test_kept_news_of_one_language_are_not_told_in_another(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.sqlite") as store:
        for day, record in ((1, RECORD), (8, edited({"eligibilityModule.sex": "FEMALE"}))):
            at = dt.datetime(2026, 11, day, tzinfo=dt.UTC)
            with store.refresh(at) as run:
                run.seen("all", record)
                run.finish(finished=at, kind="full", tool_version="0", data_timestamp=f"{at:%Y-%m-%d}T09:00:05")
        for language, words in (("es", "abierto a solo mujeres"), ("en", "open to women only"), ("es", "abierto a")):
            with speaking(translator(language)):
                assert next(iter(events_between(store, 1))).words.startswith(words)
