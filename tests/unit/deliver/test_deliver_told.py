"""What a keeper is told of a delivery that failed or came late: the last answer, and each thing once."""

from __future__ import annotations

import socketserver
import threading
import time

import pytest

from tests.unit.deliver.post import mail_server, web_server
from tests.unit.deliver.test_deliver_run import MAIL, send, states
from trialfinder.changes import events_between
from trialfinder.deliver import mail
from trialfinder.store import Store


def _long_sleep(_: float) -> None:
    threading.Event().wait(20)


def test_the_last_answer_is_named_when_the_time_ends_between_two_tries(store: Store) -> None:
    """A receiver that had answered 500 at once was said not to have ended."""
    list(events_between(store, 0))  # which takes its time, once
    with web_server([500] * 9) as hook:
        (outcome,) = send(store, f"webhook:{hook.url}", sleep=_long_sleep, deadline=time.monotonic() + 1.45)
    assert outcome.words == "the receiver answers 500, after 1 try in 1 second; raise --max-time"
    with mail_server() as box:
        box.answers = ["451 later"]
        (outcome,) = send(store, MAIL, port=box.port, sleep=_long_sleep, deadline=time.monotonic() + 1.45)
    assert "the mail server refuses" in outcome.words
    assert "(code 451: later), after 1 try in 1 second; raise --max-time" in outcome.words


def test_what_went_out_late_is_not_followed_by_nothing_new(store: Store) -> None:
    with web_server([0] * 4) as hook:
        assert states(send(store, f"webhook:{hook.url}")) == [("failed", 0)]
        assert states(send(store, f"webhook:{hook.url}")) == [("delivered", 3)]
        assert states(send(store, f"webhook:{hook.url}")) == [("nothing", 0)]


def test_a_receiver_is_named_once(store: Store) -> None:
    """ "webhook at 127.0.0.1: webhook: the receiver answers 404"."""
    with web_server([404]) as hook:
        (outcome,) = send(store, f"webhook:{hook.url}")
    assert f"{outcome.name}: {outcome.words}".count("webhook") == 1


class _Greeting(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(self.server.says)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("says", "words", "tries"),
    [(b"554 no service for you\r\n", "refuses this machine (code 554: no service for you); look at TRIALFINDER_", 0),
     (b"", "cannot be reached (it hung up); look at TRIALFINDER_SMTP_HOST and _PORT, and try: trialfinder digest", 2)],
)  # fmt: skip
def test_a_server_that_refuses_at_once_was_reached(store: Store, says: bytes, words: str, tries: int) -> None:
    """It "cannot be reached (SMTPConnectError)", and was asked three times."""
    waited: list[float] = []
    with socketserver.TCPServer(("127.0.0.1", 0), _Greeting) as server:
        server.says = says  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (outcome,) = send(store, MAIL, port=server.server_address[1], sleep=waited.append)
        server.shutdown()
    assert words in outcome.words
    assert len(waited) == tries


@pytest.mark.parametrize(
    ("answer", "words"),
    [("530 5.7.0 log in", "wants a log-in (code 530: 5.7.0 log in); set TRIALFINDER_SMTP_USER"),
     ("550 5.7.1 <group@example.org>: spam", "refuses the message (code 550: 5.7.1 <…>: spam)")],
)  # fmt: skip
def test_the_servers_own_words_are_told_without_the_address(store: Store, answer: str, words: str) -> None:
    with mail_server() as box:
        box.answers = [answer]
        (outcome,) = send(store, MAIL, port=box.port)
    assert words in outcome.words


def test_a_refused_receiver_has_a_way_out() -> None:
    assert mail._said(450, b"4.2.2 mailbox full\nof group@example.org") == "code 450: 4.2.2 mailbox full of …"


def test_a_web_address_nobody_listens_at_is_told_in_words(store: Store) -> None:
    (outcome,) = send(store, "webhook:http://127.0.0.1:1/x")
    assert "Connect" not in outcome.words.replace("Connection refused", "")
    assert "refused" in outcome.words
