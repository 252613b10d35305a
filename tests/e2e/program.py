"""Runs the real program in a home of its own, at a moment of its own, against a registry on loopback."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.e2e import inside, warm
from trialfinder.store import Store

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "http://127.0.0.1:9/api/v2"
TODAY = "2026-11-20"
#: What the program takes for this moment when a test gives no ``--today``: the noon that ``--today`` would mean.
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


_KEPT = re.compile(r"PATH|SYSTEMROOT|TMPDIR|TZ|LANG|LC_.*|LD_.*|ODD_.*|PYTHONPYCACHEPREFIX")


_PIPE = subprocess.PIPE


def _pipe(stdin: str | bytes | None) -> int:
    return subprocess.DEVNULL if stdin is None else _PIPE


@dataclass(frozen=True)
class Done:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str
    #: Seconds that were waited for between requests; known of a run inside the tests' process only.
    waits: tuple[float, ...] = ()

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def one_line_of_warning(self, words: str) -> str:
        """The warning with these words in it."""
        [line] = [line for line in self.err.splitlines() if line.startswith("trialfinder: ") and words in line]
        return line.removeprefix("trialfinder: ")

    def one_line(self) -> str:
        """The error that the program ended with: one line after its name, and no trace of the program's insides."""
        assert self.code not in (0, 1), (self.code, self.out, self.err)
        return self.one_line_told()

    def one_line_told(self) -> str:
        """The one warning or error, however it ended."""
        assert "Traceback" not in self.err, self.err
        lines = [line for line in self.err.splitlines() if line.startswith("trialfinder: ")]
        assert len(lines) == 1, self.err
        return lines[0].removeprefix("trialfinder: ")


@dataclass
class Program:
    """The program with one home; ``url`` is the registry that it is told of."""

    home: Path
    url: str = NOWHERE
    env: dict[str, str] = field(default_factory=dict)
    now: dt.datetime = NOW

    def __call__(self, *arguments: str, stdin: str | bytes | None = None, **env: str) -> Done:
        """Runs the program inside this process, with ``now`` for its clock; quick, see `inside`."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = inside.run(arguments, env=self.environment(**env), cwd=self.home, stdin=given, now=self.now)
        return Done(done.code, done.out.decode("utf-8", "replace"), done.err.decode("utf-8", "replace"), done.waits)

    def apart(self, *arguments: str, stdin: str | bytes | None = None, **env: str) -> Done:
        """Runs the program in a process of its own, by the computer's clock: give ``--today`` where a day counts."""
        return self._done(
            self.begin(*arguments, stdin=_pipe(stdin), stdout=_PIPE, stderr=_PIPE, env=self.environment(**env)), stdin
        )

    def cold(self, *arguments: str, stdin: str | bytes | None = None, **env: str) -> Done:
        """As `apart`, in a Python that begins: for what only a start shows, and it takes a second or more."""
        run = subprocess.Popen(
            [sys.executable, "-m", "trialfinder", *arguments],
            stdin=_pipe(stdin), stdout=_PIPE, stderr=_PIPE, env=self.environment(**env), cwd=self.home,
        )  # fmt: skip
        return self._done(run, stdin)

    def begin(self, *arguments: str, env: dict[str, str], **streams: Any) -> subprocess.Popen[bytes]:
        """Begins a run as `apart` does, with the streams given (in Popen's words) and all of an environment."""
        return warm.popen(arguments, env=env, cwd=self.home, **streams)

    @staticmethod
    def _done(run: subprocess.Popen[bytes], stdin: str | bytes | None) -> Done:
        with run:
            try:
                out, err = run.communicate(stdin.encode() if isinstance(stdin, str) else stdin, timeout=120)
            except BaseException:
                run.kill()
                raise
        return Done(run.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))

    def environment(self, **more: str) -> dict[str, str]:
        """What the process sees: as little as cron gives it, and the zone, locale and false clock of the tests."""
        keep = {name: value for name, value in os.environ.items() if _KEPT.fullmatch(name)}
        return {
            **keep,
            "HOME": str(self.home),
            "TRIALFINDER_HOME": str(self.home / "trialfinder"),
            "TRIALFINDER_API_URL": self.url,
            "TRIALFINDER_REQUEST_INTERVAL": "0",
            "PYTHONPATH": os.environ["PYTHONPATH"],
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "120",
            **self.env,
            **more,
        }

    def at(self, url: str) -> Program:
        """The same home with another registry."""
        return replace(self, url=url)

    def later(self, **span: float) -> Program:
        """The same home after so many ``days``, ``hours`` …, by the program's clock."""
        return replace(self, now=self.now + dt.timedelta(**span))

    def start(self, *arguments: str, **env: str) -> subprocess.Popen[bytes]:
        """Starts the program without waiting for it; its streams are pipes."""
        return self.begin(*arguments, stdin=subprocess.DEVNULL, stdout=_PIPE, stderr=_PIPE, env=self.environment(**env))

    @staticmethod
    def interrupt(run: subprocess.Popen[bytes], number: int) -> tuple[bytes, bytes]:
        """Sends a signal, and gives what the run said until its end, which has to come soon: people press it once."""
        run.send_signal(number)
        return run.communicate(timeout=15)

    def contents(self) -> dict[str, object]:
        """All that is in the store, so that two moments can be compared; also checks that it is whole."""
        if not self.store.exists():
            return {}
        with Store.open(self.store, read_only=True) as store:
            assert store.verify() == ()
            found: dict[str, object] = {
                stored.nct_id: (stored.hash, stored.searches, stored.gone) for stored in store.records(everything=True)
            }
            info = asdict(store.info())
        return found | {name: info[name] for name in ("versions", "set_aside", "refreshes", "data_timestamp")}

    @property
    def store(self) -> Path:
        return self.home / "trialfinder" / "store.sqlite"
