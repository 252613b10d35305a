"""Delivery to real servers on this machine: once, again after a failure, never twice."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import hmac
import io
import json
import sqlite3
import threading
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit.changes.edits import edited
from tests.unit.deliver.post import mail_server, web_server
from tests.unit.store.fill import day, run
from trialfinder.changes import PersonNews
from trialfinder.deliver import Ask, Delivered, Settings, Smtp, Tools, deliver, raise_failed
from trialfinder.deliver.ledger import Ledger
from trialfinder.errors import AlreadyRunning, DeliveryFailed, InputError
from trialfinder.store import Store
from trialfinder.store.standing import forget_failure, note_failure
from trialfinder.tables.own_files import OwnFiles

SECRET = "a shared secret"
NOW = day(2)
MAIL = "mail:group@example.org"


def tools(port: int = 1, **more: Any) -> Tools:
    smtp = Smtp("127.0.0.1", "trials@example.org", port, "none", timeout=5.0)
    return Tools(
        Settings(smtp, SECRET, 5.0), more.pop("stdout", io.StringIO()), more.pop("sleep", lambda _: None), **more
    )


def send(store: Store, to: str, ask: Ask | None = None, now: dt.datetime = NOW, **settings: Any) -> list[Delivered]:
    return list(deliver(store, [to], ask=ask or Ask(), tools=tools(**settings), now=now))


def states(outcomes: list[Delivered]) -> list[tuple[str, int]]:
    return [(outcome.state, len(outcome.event_ids)) for outcome in outcomes]


def add_news(store: Store, number: int) -> None:
    """One more run, on that day, in which one more study appears."""
    kept = [record.record for record in store.records()]
    run(store, day(number), {"default": [*kept, edited({"identificationModule.nctId": f"NCT9100{number:04}"})]})


def test_a_mail_arrives_and_can_be_read(store: Store) -> None:
    with mail_server() as box:
        assert states(send(store, MAIL, port=box.port)) == [("delivered", 3)]
    (message,) = box.messages
    assert box.receivers == ["group@example.org"]
    assert (message["From"], message["To"]) == ("trials@example.org", "group@example.org")
    assert message["Subject"] == "Clinical trials: news of 2 studies, 2 about joining"
    assert message["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(str(message["Date"])) == NOW
    assert message.get_content_type() == "multipart/alternative"
    text, html = (part for part in message.iter_parts())
    assert "paused (was recruiting): Cells ran out & *more*" in text.get_content()
    assert "<strong>paused (was recruiting): Cells ran out &amp; *more*</strong>" in html.get_content()
    assert [part.get_content_charset() for part in (text, html)] == ["utf-8", "utf-8"]


def test_a_line_that_begins_with_from_arrives_as_it_is(store: Store) -> None:
    """In a mailbox it would begin the next message, so it was sent as ``>From``."""
    with mail_server() as box:
        send(store, MAIL, port=box.port)
    (message,) = box.messages
    text, html = (part.get_content() for part in message.iter_parts())
    assert (
        "From ClinicalTrials.gov. Its records can be incomplete or out of date: ask the study team."
        in text.splitlines()
    )
    assert ">From ClinicalTrials.gov" not in text
    assert "\nFrom " not in message.as_string(policy=message.policy.clone(mangle_from_=False))
    assert html.rstrip().endswith("</html>")


def test_a_webhook_gets_signed_json(store: Store) -> None:
    with web_server() as hook:
        assert states(send(store, f"webhook:{hook.url}")) == [("delivered", 3)]
    ((headers, body),) = hook.posts
    expected = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Trialfinder-Signature"] == expected
    assert headers["Content-Type"] == "application/json"
    data = json.loads(body)
    assert data["version"] == 1
    assert data["key"] == headers["Idempotency-Key"]
    paused = next(event for event in data["events"] if event["kind"] == "paused")
    assert (paused["nct_id"], paused["old"], paused["new"]) == ("NCT90000001", "RECRUITING", "SUSPENDED")
    assert paused["url"] == "https://clinicaltrials.gov/study/NCT90000001"
    assert dt.datetime.fromisoformat(paused["date_seen"]) == day(1)


@pytest.mark.parametrize("to", ["mail", "webhook", "file", "stdout"])
def test_what_was_delivered_is_not_delivered_again_and_later_news_is(store: Store, tmp_path: Path, to: str) -> None:
    with mail_server() as box, web_server() as hook:
        place = {"mail": MAIL, "webhook": f"webhook:{hook.url}", "file": str(tmp_path / "news.md"), "stdout": "-"}[to]
        told = [states(send(store, place, port=box.port)), states(send(store, place, port=box.port))]
        add_news(store, 2)
        told += [states(send(store, place, port=box.port, now=day(3))), states(send(store, place, port=box.port))]
        assert told == [[("delivered", 3)], [("nothing", 0)], [("delivered", 1)], [("nothing", 0)]]
        assert len(box.messages) == (2 if to == "mail" else 0)
        assert len(hook.posts) == (2 if to == "webhook" else 0)


def test_an_overlapping_time_does_not_bring_old_news_to_a_mailbox(store: Store) -> None:
    with mail_server() as box:
        send(store, MAIL, port=box.port)
        assert states(send(store, MAIL, Ask("30d"), port=box.port)) == [("nothing", 0)]
        add_news(store, 2)
        assert states(send(store, MAIL, Ask("30d"), port=box.port, now=day(3))) == [("delivered", 1)]
        assert states(send(store, MAIL, port=box.port, now=day(3))) == [("nothing", 0)]


def test_a_file_that_asks_for_a_time_is_a_report_of_it_every_time(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    for _ in range(2):
        assert states(send(store, str(path), Ask("30d"))) == [("delivered", 3)]
    assert states(send(store, str(path), Ask("last"))) == [("delivered", 3)]
    assert path.read_text(encoding="utf-8").startswith("Clinical trials: news of 2 studies")


def test_what_was_refused_goes_with_the_next_digest(store: Store) -> None:
    with mail_server() as box:
        box.answers = ["554 no"]
        (outcome,) = send(store, MAIL, port=box.port)
        assert (outcome.state, outcome.words) == (
            "failed",
            f"127.0.0.1:{box.port}: the mail server refuses the message (code 554: no)",
        )
        with pytest.raises(DeliveryFailed, match=r"mail to g…@example\.org"):
            raise_failed([outcome])
        add_news(store, 2)
        assert states(send(store, MAIL, port=box.port, now=day(3))) == [("delivered", 4)]
    assert len(box.messages) == 1


def test_a_server_that_is_busy_is_asked_again(store: Store) -> None:
    waits: list[float] = []
    with mail_server() as box:
        box.answers = ["451 later", "451 later"]
        assert states(send(store, MAIL, port=box.port, sleep=waits.append)) == [("delivered", 3)]
    assert waits == [2.0, 8.0]


def test_no_server_at_all_fails_and_loses_nothing(store: Store) -> None:
    with mail_server() as box:
        pass
    waits: list[float] = []
    (outcome,) = send(store, MAIL, port=box.port, sleep=waits.append)
    assert outcome.state == "failed"
    assert "cannot be reached" in outcome.words
    assert waits == [2.0, 8.0]
    with mail_server() as box:
        assert states(send(store, MAIL, port=box.port)) == [("delivered", 3)]


def test_a_line_that_breaks_after_sending_leads_to_the_same_message_again(store: Store) -> None:
    with mail_server() as box:
        box.answers = ["hang up"]
        (outcome,) = send(store, MAIL, port=box.port)
        assert outcome.state == "failed"
        assert "line broke" in outcome.words
        add_news(store, 2)
        assert states(send(store, MAIL, port=box.port, now=day(3))) == [("delivered", 3), ("delivered", 1)]
    assert len(set(box.ids)) == 2


def test_what_may_have_arrived_keeps_its_id_through_a_refusal(store: Store) -> None:
    with mail_server() as box:
        box.answers = ["take it and hang up"]
        assert states(send(store, MAIL, port=box.port)) == [("failed", 0)]
        box.answers = ["554 no"]
        assert states(send(store, MAIL, port=box.port)) == [("failed", 0)]
        add_news(store, 2)
        assert states(send(store, MAIL, port=box.port, now=day(3))) == [("delivered", 3), ("delivered", 1)]
    assert len(box.ids) == 3
    assert len(set(box.ids)) == 2


def test_a_crash_between_sending_and_writing_it_down_repeats_the_same_id(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with mail_server() as box:
        with monkeypatch.context() as patched:
            patched.setattr(Ledger, "settle", crash)
            with pytest.raises(KeyboardInterrupt):
                send(store, MAIL, port=box.port)
        add_news(store, 2)
        assert states(send(store, MAIL, port=box.port, now=day(3))) == [("delivered", 3), ("delivered", 1)]
        assert states(send(store, MAIL, port=box.port, now=day(3))) == [("nothing", 0)]
    first, again, fresh = box.ids
    assert first == again != fresh


@pytest.mark.parametrize(("answers", "waits"), [([503], [1.0]), ([429, 500], [1.0, 4.0]), ([0], [1.0])])
def test_a_webhook_in_trouble_is_asked_again(store: Store, answers: list[int], waits: list[float]) -> None:
    slept: list[float] = []
    with web_server(answers) as hook:
        assert states(send(store, f"webhook:{hook.url}", sleep=slept.append)) == [("delivered", 3)]
    assert slept == waits
    assert len({headers["Idempotency-Key"] for headers, _ in hook.posts}) == 1
    assert len({body for _, body in hook.posts}) == 1


def test_a_webhook_says_how_long_to_wait_within_bounds(store: Store) -> None:
    slept: list[float] = []
    with web_server([429, 429]) as hook:
        hook.headers["Retry-After"] = "7"
        send(store, f"webhook:{hook.url}", sleep=slept.append)
        add_news(store, 2)
        hook.headers["Retry-After"] = "86400"
        hook.answers = [503]
        send(store, f"webhook:{hook.url}", sleep=slept.append, now=day(3))
    assert slept == [7.0, 7.0, 60.0]


def test_a_webhook_that_refuses_is_not_pressed_and_its_address_not_told(store: Store) -> None:
    with web_server([403]) as hook:
        (outcome,) = send(store, f"webhook:{hook.url}")
        assert (outcome.state, len(hook.posts)) == ("failed", 1)
        assert "403" in outcome.words
        assert "secret-path" not in outcome.words + outcome.name
        assert states(send(store, f"webhook:{hook.url}")) == [("delivered", 3)]


def test_a_redirect_is_not_followed(store: Store) -> None:
    with web_server() as other, web_server([307]) as hook:
        hook.headers["Location"] = other.url
        assert states(send(store, f"webhook:{hook.url}")) == [("failed", 0)]
        assert other.posts == []


def test_a_failure_of_one_destination_does_not_stop_the_others(store: Store, tmp_path: Path) -> None:
    with web_server([400]) as hook:
        to = [f"webhook:{hook.url}", str(tmp_path / "news.txt"), str(tmp_path / "no" / "where.txt")]
        outcomes = deliver(store, to, ask=Ask(), tools=tools(), now=NOW)
    assert [outcome.state for outcome in outcomes] == ["failed", "delivered", "failed"]
    with pytest.raises(DeliveryFailed, match=r"webhook at 127\.0\.0\.1.*where\.txt.*no folder") as error:
        raise_failed(outcomes)
    assert error.value.exit_code == 11
    with pytest.raises(InputError) as own:
        raise_failed(outcomes[1:])
    assert str(own.value).count("where.txt") == 1


class Spent(io.StringIO):
    """A stream that takes no more."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def flush(self) -> None:
        raise OSError(self.number, "No space left on device")


def test_output_that_takes_no_more_is_told_as_what_it_is_and_stops_no_other(store: Store, tmp_path: Path) -> None:
    """It was told as a lock beside the store that cannot be made."""
    to, mine = ["-", str(tmp_path / "n.txt")], tools(stdout=Spent(errno.ENOSPC))
    outcomes = deliver(store, to, ask=Ask(), tools=mine, now=NOW)
    assert states(list(outcomes)) == [("failed", 0), ("delivered", 3)]
    with pytest.raises(InputError, match=r"^x: standard output: cannot be .* written: No space left on device$"):
        raise_failed(outcomes, "x")
    assert states(send(store, "-")) == [("delivered", 3)], "told again"


def test_a_reader_that_has_seen_enough_of_a_digest_is_no_error(store: Store, tmp_path: Path) -> None:
    to, mine = ["-", str(tmp_path / "n.txt")], tools(stdout=Spent(errno.EPIPE))
    outcomes = deliver(store, to, ask=Ask(), tools=mine, now=NOW)
    assert states(list(outcomes)) == [("nothing", 0), ("delivered", 3)]
    raise_failed(outcomes)
    assert states(send(store, "-")) == [("delivered", 3)], "what was not seen is told again"


def test_each_destination_has_its_own_memory(store: Store, tmp_path: Path) -> None:
    with mail_server() as box:
        send(store, MAIL, port=box.port)
        assert states(send(store, "mail:other@example.org", port=box.port)) == [("delivered", 3)]
    assert len(set(box.ids)) == 2
    assert states(send(store, str(tmp_path / "a.txt"))) == [("delivered", 3)]


def test_runs_without_news_move_the_watermark(store: Store) -> None:
    with mail_server() as box:
        send(store, MAIL, port=box.port)
        kept = [record.record for record in store.records()]
        run(store, day(40), {"default": kept})
        assert states(send(store, MAIL, port=box.port, now=day(41))) == [("nothing", 0)]
    rows = store.database.execute("select max(until_refresh) from deliveries where state = 'delivered'").fetchone()
    assert rows == (3,)


def test_a_new_destination_is_told_of_the_last_week_only(store: Store) -> None:
    add_news(store, 30)
    with mail_server() as box:
        assert states(send(store, MAIL, port=box.port, now=day(31))) == [("delivered", 1)]
        assert states(send(store, MAIL, port=box.port, now=day(31))) == [("nothing", 0)]


def test_severity_is_asked_for(store: Store) -> None:
    with mail_server() as box:
        assert states(send(store, MAIL, Ask(severity="minor"), port=box.port)) == [("delivered", 5)]
        assert states(send(store, "mail:x@example.org", Ask(severity="critical"), port=box.port)) == [("delivered", 2)]
        # Who then asks for more gets what they have not had.
        assert states(send(store, "mail:x@example.org", Ask(severity="normal"), port=box.port)) == [("delivered", 1)]


def test_a_dry_run_sends_nothing_and_remembers_nothing(store: Store) -> None:
    with mail_server() as box:
        (outcome,) = deliver(store, [MAIL], ask=Ask(), tools=tools(box.port), now=NOW, dry_run=True)
        assert (outcome.state, outcome.words) == (
            "dry_run",
            "would be sent: 3 events of 2 studies; the mail server answers",
        )
        assert box.messages == []
        assert store.database.execute("select count(*) from deliveries").fetchone() == (0,)
        assert states(send(store, MAIL, port=box.port)) == [("delivered", 3)]


def test_a_dry_run_tries_the_mail_server_also_in_a_week_without_news(store: Store) -> None:
    with mail_server() as box:
        send(store, MAIL, port=box.port)
        (outcome,) = deliver(store, [MAIL], ask=Ask(), tools=tools(box.port), now=NOW, dry_run=True)
        assert (outcome.state, outcome.words) == (
            "nothing",
            "nothing new; nothing would be sent; the mail server answers",
        )
        assert len(box.messages) == 1
    (outcome,) = deliver(store, [MAIL], ask=Ask(), tools=tools(box.port), now=NOW, dry_run=True)
    assert (outcome.state, "the mail server cannot be reached" in outcome.words) == ("failed", True)
    with pytest.raises(DeliveryFailed, match=r"^would not be delivered: mail to"):
        raise_failed([outcome], "would not be delivered")


def test_a_file_is_written_whole_or_not_at_all(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.html"
    path.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        (outcome,) = send(store, str(path), files=OwnFiles(force=True))
    assert (outcome.state, path.read_text(encoding="utf-8")) == ("failed", "old")
    assert outcome.words.endswith("cannot be written: No space left on device")
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["news.html"]
    assert states(send(store, str(path), files=OwnFiles(force=True))) == [("delivered", 3)]
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("name", ["minutes.md", "minutes.html", "minutes.txt"])
def test_a_file_of_the_users_own_is_left_alone_and_the_news_waits_for_another_name(
    store: Store, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text("Minutes of our meeting, 2026-11-20 10:00 UTC\n", encoding="utf-8")
    (outcome,) = send(store, str(path))
    assert (outcome.state, outcome.words) == (
        "failed",
        f"{path}: is there and was not made by trialfinder; name another file, or add --force to replace it",
    )
    with pytest.raises(InputError, match="not delivered, will be tried again next time: "):
        raise_failed([outcome])
    assert list(tmp_path.glob("minutes*")) == [path]
    assert path.read_text(encoding="utf-8") == "Minutes of our meeting, 2026-11-20 10:00 UTC\n"
    (tried,) = deliver(store, [str(path)], ask=Ask(), tools=tools(), now=NOW, dry_run=True)
    assert (tried.state, tried.words) == ("failed", outcome.words)
    assert states(send(store, str(path), files=OwnFiles(force=True))) == [("delivered", 3)], (
        "told now, for it never was"
    )


def test_a_page_that_somebody_wrote_into_is_left_alone_with_news_and_without(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "news.html"
    assert states(send(store, str(path))) == [("delivered", 3)]
    note = path.read_text(encoding="utf-8").replace("</h1>", "</h1><p>Tom rang</p>")
    path.write_text(note, encoding="utf-8")
    changed = f"{path}: has changed since trialfinder wrote it; name another file, or add --force to replace it"
    assert [(each.state, each.words) for each in send(store, str(path))] == [("failed", changed)], "nothing new"
    note_failure(store.path, NOW, "the registry could not be asked")
    assert send(store, str(path), now=NOW + dt.timedelta(days=3))[0].words == changed, "the caveat is a change, too"
    add_news(store, 3)
    assert send(store, str(path))[0].words == changed
    assert path.read_text(encoding="utf-8") == note
    assert states(send(store, str(path), files=OwnFiles(force=True))) == [("delivered", 1)]
    assert states(send(store, str(path))) == [("nothing", 0)]


def test_two_digests_at_once_send_once(store: Store) -> None:
    with mail_server() as box:
        barrier, outcomes = threading.Barrier(4), []

        def one() -> None:
            with Store.open(store.path) as opened:
                barrier.wait()
                outcomes.extend(send(opened, MAIL, port=box.port))

        threads = [threading.Thread(target=one) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(outcome.state for outcome in outcomes) == ["delivered", "nothing", "nothing", "nothing"]
    assert len(box.messages) == 1


def test_a_digest_that_takes_too_long_is_named(store: Store) -> None:
    from filelock import FileLock

    with FileLock(f"{store.path}.digest.lock"), pytest.raises(AlreadyRunning, match="another digest"):
        deliver(store, ["-"], ask=Ask(), tools=tools(), now=NOW, wait=0.0)


def test_what_concerns_a_person_goes_to_their_own_screen_and_files_only(store: Store, tmp_path: Path) -> None:
    def person(_: object) -> dict[str, PersonNews]:
        return {"NCT90000001": PersonNews("NCT90000001", None, "possible", "PRIVATE WORDS", None)}

    screen = io.StringIO()
    with mail_server() as box, web_server() as hook:
        to = [MAIL, f"webhook:{hook.url}", "-", str(tmp_path / "mine.html")]
        deliver(store, to, ask=Ask(), tools=tools(box.port, stdout=screen, person=person), now=NOW)
    assert "PRIVATE WORDS" in screen.getvalue()
    assert "PRIVATE WORDS" in (tmp_path / "mine.html").read_text(encoding="utf-8")
    assert "PRIVATE WORDS" not in box.messages[0].as_string()
    assert b"PRIVATE WORDS" not in hook.posts[0][1]
    dump = "\n".join(sqlite3.Connection.iterdump(store.database))
    assert "PRIVATE" not in dump
    assert "group@example.org" not in dump
    assert "secret-path" not in dump


def test_what_is_missing_is_said_before_anything_is_sent(store: Store) -> None:
    bare = Tools(Settings(), io.StringIO())
    with pytest.raises(InputError, match="TRIALFINDER_SMTP_HOST"):
        deliver(store, ["-", MAIL], ask=Ask(), tools=bare, now=NOW)
    with pytest.raises(InputError, match="TRIALFINDER_WEBHOOK_SECRET"):
        deliver(store, ["-", "webhook:https://example.org"], ask=Ask(), tools=bare, now=NOW)
    assert bare.stdout.getvalue() == ""  # type: ignore[attr-defined] # a StringIO


def test_an_empty_store_has_nothing_to_say(tmp_path: Path) -> None:
    with Store.open(tmp_path / "empty.db") as empty:
        assert states(send(empty, "-")) == [("nothing", 0)]


def test_a_clock_that_jumps_back_or_crosses_the_year_sends_nothing_twice(store: Store) -> None:
    moments = [
        dt.datetime(2026, 12, 31, 23, 59, tzinfo=dt.UTC),
        dt.datetime(2027, 1, 1, 0, 1, tzinfo=dt.UTC),
        day(0),
        day(50),
    ]
    with mail_server() as box:
        send(store, MAIL, port=box.port)
        for number, now in enumerate(moments, 3):
            fresh = edited({"identificationModule.nctId": f"NCT9100{number:04}"})
            kept = [record.record for record in store.records()]
            run(store, now, {"default": [*kept, fresh]})
            assert states(send(store, MAIL, port=box.port, now=now)) == [("delivered", 1)]
            assert states(send(store, MAIL, port=box.port, now=now - dt.timedelta(days=400))) == [("nothing", 0)]
    assert len(set(box.ids)) == len(box.messages) == 5


def test_another_time_zone_is_the_same_moment(store: Store) -> None:
    with mail_server() as box:
        send(store, MAIL, port=box.port)
        far = NOW.astimezone(dt.timezone(dt.timedelta(hours=13)))
        assert states(send(store, MAIL, Ask("3d"), port=box.port, now=far)) == [("nothing", 0)]
        send(store, "mail:other@example.org", port=box.port, now=far)
    here, there = box.messages
    assert here["Date"] == there["Date"]
    assert here.get_body(("plain",)).get_content() == there.get_body(("plain",)).get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["mail", "webhook"])
def test_of_an_outage_without_news_a_receiver_is_told_once(store: Store, kind: str) -> None:
    """No page of theirs can say until when news are known, and silence would look like quiet weeks."""
    with mail_server() as box, web_server() as hook:
        to = MAIL if kind == "mail" else f"webhook:{hook.url}"
        told = [states(send(store, to, port=box.port))]
        note_failure(store.path, day(3), "could not ask the registry")
        told += [states(send(store, to, port=box.port, now=day(number))) for number in (3, 5, 12)]
        assert told == [[("delivered", 3)], [("nothing", 0)], [("delivered", 1)], [("nothing", 0)]]
        known = f"What happened after {day(1):%Y-%m-%d %H:%M} UTC is not known here"
        if kind == "mail":
            message = box.messages[-1]
            assert message["Subject"] == f"Clinical trials: what happened after {day(1):%Y-%m-%d} is not known"
            assert known in next(message.iter_parts()).get_content()
        else:
            data = json.loads(hook.posts[-1][1])
            assert (data["caveat"][: len(known)], data["events"]) == (known, [])
        forget_failure(store.path)
        add_news(store, 13)
        told = [states(send(store, to, port=box.port, now=day(number))) for number in (13, 14, 17)]
        assert told == [[("delivered", 1)], [("nothing", 0)], [("delivered", 1)]]
        assert len(box.messages) + len(hook.posts) == 4


def test_an_outage_that_could_not_be_told_is_told_next_time(store: Store) -> None:
    with mail_server() as box:
        send(store, MAIL, port=box.port)
    note_failure(store.path, day(3), "could not ask the registry")
    assert states(send(store, MAIL, port=box.port, now=day(5))) == [("failed", 0)]
    with mail_server() as box:
        assert states(send(store, MAIL, port=box.port, now=day(6))) == [("delivered", 1)]


def test_a_page_and_a_time_that_is_asked_for_are_sent_no_outage(store: Store, tmp_path: Path) -> None:
    note_failure(store.path, day(3), "could not ask the registry")
    with mail_server() as box:
        send(store, MAIL, port=box.port)
        assert states(send(store, MAIL, Ask("1d"), port=box.port, now=day(9))) == [("nothing", 0)]
    send(store, str(tmp_path / "n.txt"))
    assert states(send(store, str(tmp_path / "n.txt"), now=day(9))) == [("nothing", 0)]


def test_a_dry_run_finds_a_file_that_could_not_be_written(store: Store, tmp_path: Path) -> None:
    """It said what would be sent (code 0), and the job of the night then failed."""
    path = tmp_path / "nosuch" / "n.html"
    (tried,) = deliver(store, [str(path)], ask=Ask(), tools=tools(), now=NOW, dry_run=True)
    assert (tried.state, tried.words, tried.local) == (
        "failed", f"{path}: there is no folder {path.parent}; make it first, or name another", True,
    )  # fmt: skip
    assert not path.parent.exists()
