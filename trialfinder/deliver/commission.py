"""What a digest is to tell, and what sending it needs besides the store."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from trialfinder.base import waiting
from trialfinder.base.text import count
from trialfinder.changes.person import PersonNews
from trialfinder.changes.record_events import Event
from trialfinder.changes.site_news import Near
from trialfinder.deliver.destinations import SendFailed
from trialfinder.deliver.render import Form
from trialfinder.deliver.settings import Settings
from trialfinder.errors import InputError
from trialfinder.tables.own_files import CAREFUL, OwnFiles

#: Seconds for one message, its further tries included.
LONGEST_SENDING = 120.0
Person = Callable[[Sequence[Event]], Mapping[str, PersonNews]]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a digest is to tell; see ``changes.changes`` for the filters.

    ``since`` is ``last`` (what this destination has not had yet), ``7d`` or a date. ``form`` is None for the form that
    the destination's name asks for. ``near`` gives the open sites near the user, for their own terminal and files only.
    ``present`` is the moment that ``since`` counts back from; None for the real one.
    """

    since: str = "last"
    nct_ids: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()
    severity: str = "normal"
    form: Form | None = None
    near: Near | None = field(default=None, compare=False)
    present: dt.datetime | None = None

    @property
    def scope(self) -> str:
        """What of the news is asked for, as a fingerprint."""
        parts = (*sorted(self.nct_ids), "", *sorted(self.searches), "", self.severity)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Tools:
    """What sending needs besides the store: settings, the terminal, the sleeper, and what a change means for a person.

    ``person`` is used for the user's own terminal and files only, never for mail or webhooks. After ``deadline``, a
    moment of ``time.monotonic``, nobody is waited for any longer; None for none. ``files`` is how files are written.
    """

    settings: Settings
    stdout: TextIO
    sleep: Callable[[float], None] = waiting.sleep
    person: Person | None = None
    deadline: float | None = None
    files: OwnFiles = CAREFUL

    def in_time(self, send: Callable[[], None], answers: Sequence[str] = ()) -> None:
        """Sends no longer than ``LONGEST_SENDING`` seconds, and not past the deadline.

        ``answers`` is where ``send`` writes what came of each try: the last one is told when the time ends between two.

        Raises:
            SendFailed: it was not done by then; whether it has arrived is not known.
        """
        from trialfinder.registry.time_limit import TimeLimit

        left = LONGEST_SENDING if self.deadline is None else min(LONGEST_SENDING, self.deadline - time.monotonic())
        if left <= 0:
            raise SendFailed("not tried: the time limit of this run is reached; raise --max-time")
        try:
            TimeLimit().run(left, send)
        except TimeoutError:
            told = answers[-1] if answers else "the other side did not end"
            more = "" if left == LONGEST_SENDING else "; raise --max-time"
            tries = f", after {count(len(answers), 'try', 'tries')}" if answers else ""
            raise SendFailed(f"{told}{tries} in {count(round(left), 'second')}{more}", maybe=True) from None

    def print(self, text: str) -> None:
        """Prints on the terminal.

        Raises:
            InputError: standard output takes no more (a full disk behind ``>``), in the words of any command.
        """
        try:
            self.stdout.write(text)
            self.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            told = f"standard output: cannot be read or written: {error.strerror or error}"
            raise InputError(told) from error
