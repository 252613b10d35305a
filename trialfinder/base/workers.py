"""Processes that work for this one, and end with it: a Ctrl-C is for this process to tell, not for each of them."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TypeVar

from trialfinder.base.rings import look_seldom

T = TypeVar("T")


@contextlib.contextmanager
def workers(number: int) -> Iterator[ProcessPoolExecutor]:
    """A pool; whoever leaves it by a signal does not wait for what its processes are at. Give work by `hand`."""
    # Not forked: this process may hold threads and an open database.
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(number, context, _begin) as pool:
        try:
            yield pool
        except Exception:
            pool.shutdown(cancel_futures=True)
            raise
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for each in set(multiprocessing.active_children()) - others:
                each.terminate()
            raise


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    look_seldom()


def hand(pool: ProcessPoolExecutor, work: Callable[..., T], *arguments: Any) -> Future[T]:
    """Gives work to a pool; a process that is begun for it hears no Ctrl-C from its first moment on."""
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(work, *arguments)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(work, *arguments)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
