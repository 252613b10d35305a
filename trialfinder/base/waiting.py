"""Waiting that a Ctrl-C ends: whoever waits here wakes up now and then.

Python looks for a signal when its main thread is about to do something. One that comes in the moment before that thread
falls asleep, or that the system hands to another thread, wakes nobody, and is not heard before the sleep is over.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import Future

#: Seconds of sleep at a time.
NAP = 0.2


def sleep(seconds: float) -> None:
    """Waits that many seconds."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(NAP, left))


def wait_for(event: threading.Event) -> None:
    """Waits until it has happened."""
    while not event.wait(NAP):
        pass


def wait_for_one(futures: Collection[Future[Any]]) -> None:
    """Waits until one of them is done."""
    from concurrent.futures import FIRST_COMPLETED, wait

    while not wait(futures, NAP, FIRST_COMPLETED).done:
        pass
