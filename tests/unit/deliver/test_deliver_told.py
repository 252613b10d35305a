"""What a keeper is told of a delivery that failed or came late: the last answer, and each thing once."""

from __future__ import annotations

import threading
import time

from tests.unit.deliver.post import mail_server, web_server
from tests.unit.deliver.test_deliver_run import MAIL, send, states
from trialfinder.store import Store


def _long_sleep(_: float) -> None:
    threading.Event().wait(20)


def test_the_last_answer_is_named_when_the_time_ends_between_two_tries(store: Store) -> None:
    """A receiver that had answered 500 at once was said not to have ended."""
    with web_server([500] * 9) as hook:
        (outcome,) = send(store, f"webhook:{hook.url}", sleep=_long_sleep, deadline=time.monotonic() + 1.2)
    assert outcome.words == "the receiver answers 500, after 1 try in 1 second; raise --max-time"
    with mail_server() as box:
        box.answers = ["451 later"]
        (outcome,) = send(store, MAIL, port=box.port, sleep=_long_sleep, deadline=time.monotonic() + 1.2)
    assert "the mail server refuses" in outcome.words
    assert "(code 451), after 1 try in 1 second; raise --max-time" in outcome.words


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
