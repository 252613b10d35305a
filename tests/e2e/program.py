"""Runs the real program in a process of its own, in a home of its own, against a registry on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

NOWHERE = "http://127.0.0.1:9/api/v2"
TODAY = "2026-11-20"


@dataclass(frozen=True)
class Done:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass
class Program:
    """The program with one home; ``url`` is the registry that it is told of."""

    home: Path
    url: str = NOWHERE
    env: dict[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str, stdin: str | bytes | None = None, timeout: float = 120, **env: str) -> Done:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "trialfinder", *arguments],
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            timeout=timeout,
            env=self.environment(**env),
            cwd=self.home,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    def environment(self, **more: str) -> dict[str, str]:
        """What the process sees: as little as cron gives it."""
        keep = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
        return {
            **keep,
            "HOME": str(self.home),
            "TRIALFINDER_HOME": str(self.home / "trialfinder"),
            "TRIALFINDER_API_URL": self.url,
            "TRIALFINDER_REQUEST_INTERVAL": "0",
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "120",
            **self.env,
            **more,
        }

    @property
    def store(self) -> Path:
        return self.home / "trialfinder" / "store.sqlite"
