"""One refresh at a time for one store. The system gives the lock back when a process ends, however it ends."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from trialfinder.base import computer_clock
from trialfinder.errors import AlreadyRunning, ExpectationFailed, StoreError, StoreUnwritable, TrialfinderError
from trialfinder.store import clock
from trialfinder.store.known import FROM_COPY, note_known
from trialfinder.store.standing import BEGUN_ANEW, anew_in_place, forget_failure, note_failure


class BegunAnew(StoreError):
    """A refresh went well, in a store that was begun anew since the one that was here is gone."""


class RefreshLock:
    """A lock beside the store; use as a context manager.

    The lock is the system's and dies with the process that holds it, so a crash never blocks the next run. Who holds
    it is written into a second file for people to read; if that is still there when the lock is free, the run that
    wrote it died.

    Args:
        store: the file of the store.
        now: the time to tell others; None for the computer's clock.

    Attributes:
        left_by: a line about the run that died without finishing, '' when there was none; known after entering.
        lost: a line about a store that was here once and is gone, '' when all is well; known after entering.
        kept: to be set when the run was kept: what goes wrong from then on is trouble of the store.
        restored: to be set when a copy took the place of the store: what was lost is there again.
    """

    def __init__(self, store: Path, now: dt.datetime | None = None) -> None:
        self._lock = FileLock(f"{store}.lock", timeout=0)
        self._note = Path(f"{store}.running")
        self._place, self._now = store, now or computer_clock.now()
        self.left_by, self.lost, self.kept, self.restored = "", "", False, False

    def __enter__(self) -> RefreshLock:
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self.lost = anew_in_place(self._place)
            self._lock.acquire()
        except Timeout as error:
            who = self._holder() or "which has only just begun"
            raise AlreadyRunning(f"{self._place}: another refresh is running, {who}; wait for it or stop it") from error
        except OSError as error:
            raise StoreUnwritable(
                f"{self._place.parent}: the lock beside the store cannot be made ({error.strerror}); give yourself "
                "write permission, or choose another place with --store"
            ) from error
        self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None and self.lost and self.kept:  # also where a search began the new one
            note_failure(self._place, self._now, BEGUN_ANEW, kept=True, anew=True)
        elif isinstance(error, KeyboardInterrupt) and not self.kept:
            pass  # the person stopped it: neither the registry nor the store failed
        elif error is None:
            forget_failure(self._place, None if self.restored else self._now)
        else:
            doubted, said = isinstance(error, ExpectationFailed), isinstance(error, BegunAnew)
            anew = self.kept and bool(self.lost)
            note_failure(
                self._place, self._now, _told(error), not_believed=doubted, kept=self.kept, anew=anew, said=said
            )
        if self.kept or self.restored:
            note_known(self._place, self._now, FROM_COPY if self.restored else "")
        self._note.unlink(missing_ok=True)
        self._lock.release()

    def _begin(self) -> None:
        died = self._holder()
        self.left_by = (
            f"the refresh before this one did not finish ({died}); the store was left as it was" if died else ""
        )
        note = json.dumps({"pid": os.getpid(), "since": clock.to_text(self._now)})
        try:
            self._note.write_text(note, encoding="utf-8")
        except OSError as error:
            self._lock.release()
            raise StoreUnwritable(
                f"{self._note}: cannot be written ({error.strerror}); make room and run it again"
            ) from error

    def _holder(self) -> str:
        """Who wrote the note, in words; '' when there is none that can be read."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return f"process {int(note['pid'])} since {clock.from_text(str(note['since'])):%Y-%m-%d %H:%M:%S} UTC"
        except (OSError, ValueError, KeyError, TypeError):
            return ""


def _told(error: BaseException | None) -> str:
    return (error.with_ways_out() if isinstance(error, TrialfinderError) else str(error)) or "interrupted"
