"""A mailbox hears that a store was lost and begun anew, also in a week without news, once, whoever was told before."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest

from tests.unit.changes.edits import edited
from tests.unit.deliver.post import mail_server, web_server
from tests.unit.store.fill import day, run
from trialfinder.deliver import Ask, Delivered, Settings, Smtp, Tools, deliver
from trialfinder.store import Store
from trialfinder.store.standing import BEGUN_ANEW, forget_failure, note_failure, note_told

MAIL = "mail:group@example.org"
LOST = "Part of what was known here is damaged or lost: news of the time before may be missing."


def send(store: Store, to: str, now: dt.datetime, port: int = 1, **more: object) -> list[tuple[str, int]]:
    settings = Settings(Smtp("127.0.0.1", "t@example.org", port, "none", timeout=5.0), "s", 5.0)
    tools = Tools(settings, io.StringIO(), sleep=lambda _seconds: None)
    told: tuple[Delivered, ...] = deliver(store, [to], ask=Ask(), tools=tools, now=now, **more)  # type: ignore[arg-type]
    return [(outcome.state, len(outcome.event_ids)) for outcome in told]


@pytest.fixture
def anew(tmp_path: Path) -> Store:
    """A store that was begun in the place of a lost one on that day; its first fill is no news."""
    store = Store.open(tmp_path / "s.sqlite")
    run(store, day(1), {"default": [edited({"identificationModule.nctId": "NCT91000001"})]})
    note_failure(store.path, day(1), BEGUN_ANEW, kept=True, anew=True)
    return store


@pytest.mark.parametrize("kind", ["mail", "webhook"])
def test_a_mailbox_without_news_hears_once_of_a_lost_store(anew: Store, kind: str) -> None:
    with mail_server() as box, web_server() as hook:
        to = MAIL if kind == "mail" else f"webhook:{hook.url}"
        assert send(anew, to, day(1), box.port, dry_run=True) == [("dry_run", 0)]
        assert [send(anew, to, day(n), box.port) for n in (1, 2)] == [[("delivered", 1)], [("nothing", 0)]]
        assert len(box.messages) + len(hook.posts) == 1
    subject = f"Clinical trials: part of what was known before {day(1):%Y-%m-%d} is lost"
    if kind == "mail":
        assert box.messages[0]["Subject"] == subject
        assert all(LOST in " ".join(part.get_content().split()) for part in box.messages[0].iter_parts())
    else:
        data = json.loads(hook.posts[0][1])
        assert (data["subject"], data["caveat"], data["events"]) == (subject, LOST, [])


def test_it_hears_of_it_also_when_the_page_of_another_job_has_told_it_long_before(anew: Store, tmp_path: Path) -> None:
    """The job of a file made the note go, and the mail of the week never told anything."""
    send(anew, str(tmp_path / "n.html"), day(1))
    note_told(anew.path)
    forget_failure(anew.path, day(2))
    note_failure(anew.path, day(3), "could not ask the registry")
    run(anew, day(4), {"default": [record.record for record in anew.records()]})
    forget_failure(anew.path, day(4))
    with mail_server() as box:
        assert [send(anew, MAIL, day(n), box.port) for n in (5, 6)] == [[("delivered", 1)], [("nothing", 0)]]
        run(anew, day(16), {"default": [record.record for record in anew.records()]})
        forget_failure(anew.path, day(16))
        assert send(anew, "mail:new@example.org", day(16), box.port) == [("nothing", 0)]


def test_with_news_it_stands_in_their_message(anew: Store) -> None:
    note_told(anew.path)
    forget_failure(anew.path, day(2))
    kept = [record.record for record in anew.records()]
    run(anew, day(2), {"default": [*kept, edited({"identificationModule.nctId": "NCT91000002"})]})
    with mail_server() as box:
        assert send(anew, MAIL, day(2), box.port) == [("delivered", 2)]
        assert send(anew, MAIL, day(3), box.port) == [("nothing", 0)]
    (message,) = box.messages
    assert "NCT91000002" in str(message) and LOST in " ".join(next(message.iter_parts()).get_content().split())


def test_what_could_not_be_told_is_told_next_time_and_a_copy_that_is_put_back_ends_it(anew: Store) -> None:
    assert send(anew, MAIL, day(1)) == [("failed", 0)]
    with mail_server() as box:
        assert send(anew, MAIL, day(2), box.port) == [("delivered", 1)]
        forget_failure(anew.path)
        assert send(anew, "mail:other@example.org", day(2), box.port) == [("nothing", 0)]
