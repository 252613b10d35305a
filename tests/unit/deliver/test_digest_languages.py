"""A digest in another language: the program's words are translated, the registry's stay and are said to be English."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.deliver.post import web_server
from tests.unit.store.fill import day
from trialfinder.base.tongue import MARKS, counted, joined, speaking
from trialfinder.changes import events_between, news
from trialfinder.changes.person import for_records
from trialfinder.deliver import Ask, Settings, Tools, deliver, make_digest, render
from trialfinder.deliver.digest import make_outage
from trialfinder.pages.translations import translator
from trialfinder.store import Store

ENGLISH = (
    "As seen on",
    "Opening",
    "Stopping",
    "Clinical trials",
    "key word",
    "paused",
    "ask the study team",
    "Earlier",
)


def told(store: Store, language: str, form: str) -> str:
    with speaking(translator(language)):
        return render(make_digest(tuple(events_between(store, 0))), form)  # type: ignore[arg-type] # a word of three


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize(
    ("language", "subject", "seen", "paused"),
    [
        ("es", "Ensayos clínicos: noticias de 2 estudios, 2 sobre la participación", "Visto el 2026-11-21 06:00 UTC",
         "en pausa"),
        ("ko", "임상시험: 연구 2건의 소식, 그중 2건은 참가에 관한 것", "확인한 시각: 2026-11-21 06:00 UTC", "일시"),
    ],
)  # fmt: skip
def test_all_of_the_program_s_words(
    store: Store, form: str, language: str, subject: str, seen: str, paused: str
) -> None:
    text = told(store, language, form)
    assert subject in text and seen in text and paused in text
    assert [words for words in ENGLISH if words in text] == []
    assert not set(MARKS) & set(text)


def test_the_registry_s_words_stay_and_a_reader_aloud_hears_them_as_english(store: Store) -> None:
    text = told(store, "es", "html")
    assert '<html lang="es">' in text and '<span lang="en">Cells ran out &amp; *more*</span>' in text
    assert 'color:#0b4a8f;" lang="en">' in text and "<script>" not in text
    assert "máquina" in text
    assert "span" not in told(store, "en", "html") and "machine" not in told(store, "en", "html")


def test_a_program_gets_the_words_without_marks(store: Store) -> None:
    with web_server() as hook, speaking(translator("es")):
        tools = Tools(Settings(None, "s", 5.0), io.StringIO(), lambda _: None)
        deliver(store, [f"webhook:{hook.url}"], ask=Ask(), tools=tools, now=day(2))
    ((_, body),) = hook.posts
    data = json.loads(body)
    assert data["subject"].startswith("Ensayos clínicos") and not set(MARKS) & set(body.decode())
    paused = next(event for event in data["events"] if event["kind"] == "paused")
    assert (paused["new"], paused["words"][:8]) == ("SUSPENDED", "en pausa")


def test_an_outage_is_told_in_a_page_of_any_language(store: Store, tmp_path: Path) -> None:
    """The page is in Spanish, what is said of the outage is put where the moment stands."""
    page = tmp_path / "news.html"
    tools = Tools(Settings(None, "s", 5.0), io.StringIO(), lambda _: None)
    with speaking(translator("es")):
        deliver(store, [str(page)], ask=Ask(), tools=tools, now=day(2))
        before = page.read_text("utf-8")
        deliver(store, [str(page)], ask=Ask(), tools=tools, now=day(9))
    after = page.read_text("utf-8")
    assert "no se sabe qué pasó después del 2026-11-21 06:00 UTC" in after and after != before
    assert after.index("Visto el") < after.index("no se sabe qué pasó") < after.index("<h2")
    with speaking(translator("ko")):
        assert make_outage(dt.datetime(2026, 11, 21, tzinfo=dt.UTC), "").subject.startswith("임상시험: 2026-11-21 이후")


def test_what_it_means_for_a_person() -> None:
    one = {"verdict": "conflict", "answers": [{"pattern": "hba1c", "answer": "not_met"}], "joinable": "yes"}
    two = {"verdict": "possible", "answers": [{"pattern": "age", "answer": "unknown"}], "joinable": "yes"}
    with speaking(translator("es")):
        told = for_records("NCT90000001", {}, {"new": 1}, lambda record: two if record else one).words
    assert told == (
        "HbA1c: ya no habla en contra; aún se desconoce: edad; nada de lo que usted indicó habla ahora en contra y el "
        "estudio admite personas: pregunte al equipo del estudio si puede admitirle"
    )


def test_lists_and_numbers_in_a_language() -> None:
    with speaking(translator("es")):
        assert (joined(["a", "b", "c"]), joined(["a"]), joined([])) == ("a, b y c", "a", "")
        assert counted(1234, "1 further one", "{n} further ones") == "1.234 más"
    assert joined(["a", "b"]) == "a and b" and counted(1, "1 further one", "{n} further ones") == "1 further one"


def test_a_site_in_spanish_and_a_mail_in_english_compute_the_news_once_each(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[int] = []
    made = news._run_events

    def counting(*asked: Any) -> Any:
        computed.append(asked[1].id)
        return made(*asked)

    monkeypatch.setattr(news, "_run_events", counting)
    for _ in range(3):
        for language in ("es", "en"):
            with speaking(translator(language)):
                list(events_between(store, 1))
    assert computed == [2, 2]
    with speaking(translator("ko")):
        assert news.prepare(store, newest=1) > 0  # kept in others only
    assert news.prepare(store, newest=1) == 0
