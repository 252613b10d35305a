"""The program in a process of its own that need not begin: a copy (fork) of one that has loaded it already.

A start of Python with all that the program needs takes longer than most runs. The copy has its own process id, streams,
environment, folder and signals, and ends as Python ends. What a start alone can show (what is imported, the very first
look at the streams) is seen by `Program.cold`. As in a run inside the tests' process (`inside`) what is read of the
same few studies is remembered; pictures are painted as ever, by a process of their own.

Linux only: elsewhere a copy of a large process is not to be relied on, and there the program is started.
`test_program.py` holds all ways against each other.
"""

from __future__ import annotations

import datetime as dt
import functools
import gc
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.e2e import inside
from trialfinder.cli.start import main

POSSIBLE = sys.platform == "linux"
_MORE_THAN_ANYBODY_OPENS = 1 << 20


def signals_as_usual() -> None:
    """Under ``nohup`` or in the background of a script the tests' own process ignores these, and so would a child."""
    for name in ("SIGINT", "SIGHUP", "SIGTERM"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)


def popen(arguments: Sequence[str], *, env: Mapping[str, str], **more: Any) -> subprocess.Popen[bytes]:
    """The run that ``python -m trialfinder`` would be; ``more`` is Popen's own. The environment has to be whole."""
    command = [sys.executable, "-m", "trialfinder", *arguments]
    if not POSSIBLE:
        return subprocess.Popen(command, env=env, preexec_fn=signals_as_usual if os.name == "posix" else None, **more)
    _load()
    with warnings.catch_warnings():
        # Python warns of threads; those of the tests only serve what a run asks for.
        warnings.filterwarnings("ignore", category=DeprecationWarning, message=".*fork")
        # What is called where another program would be begun becomes the program, and never comes back.
        return subprocess.Popen(command, preexec_fn=lambda: _become(lambda: _run(arguments), env), **more)


@functools.cache
def _load() -> None:
    """What nearly every run loads, compiles and reads at first is there for all copies."""
    with tempfile.TemporaryDirectory() as home:
        done = inside.run(
            ["show", "NCT05507697", "--store", "snapshot", "--offline"], env={"TRIALFINDER_HOME": home}, cwd=Path(home),
            stdin=None, now=dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC),
        )  # fmt: skip
    assert done.code == 0, done.err


def _become(work: Callable[[], None], env: Mapping[str, str]) -> None:
    """Does the work as a process of its own, and ends."""
    code = 1
    try:
        os.closerange(3, _MORE_THAN_ANYBODY_OPENS)  # the last of them tells Popen that the process has begun
        gc.freeze()  # nobody here closes what the tests have open: its numbers are given out again
        _forget_the_tests()
        os.environ.clear()
        os.environ.update(env)
        time.tzset()
        _open_streams(env.get("PYTHONIOENCODING", "utf-8"))
        code = _ended(work)
    finally:
        os._exit(code)


def _run(arguments: Sequence[str]) -> None:
    import trialfinder

    sys.argv = [trialfinder.__file__.replace("__init__", "__main__"), *arguments]
    sys.modules["__main__"].__package__ = "trialfinder"
    with inside.remembering():
        main()


def _forget_the_tests() -> None:
    """What pytest has put in Python's place, and how Python begins with signals."""
    sys.excepthook, sys.unraisablehook = sys.__excepthook__, sys.__unraisablehook__
    threading.excepthook = threading.__excepthook__
    logging.getLogger().handlers.clear()
    warnings.resetwarnings()
    warnings.simplefilter("ignore", Warning)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_IGN)
    signals_as_usual()
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _open_streams(encoding: str) -> None:
    for number, (name, errors) in enumerate(
        (("stdin", "strict"), ("stdout", "strict"), ("stderr", "backslashreplace"))
    ):
        stream = open(  # noqa: SIM115 # for the rest of this process
            number, "w" if number else "r", encoding=encoding, errors=errors, newline="\n" if number else None,
            buffering=1 if os.isatty(number) or number == 2 else -1, closefd=False,
        )  # fmt: skip
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _ended(work: Callable[[], None]) -> int:
    """The exit code that Python would have ended with."""
    code = 0
    try:
        work()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    for stream in (sys.stdout, sys.stderr):
        try:
            if not stream.closed:
                stream.flush()
        except OSError as error:
            if stream is sys.stdout:
                sys.stderr.write(f"Exception ignored in: {stream!r}\n{type(error).__name__}: {error}\n")
            code = 120
    return code


def serve() -> None:
    """Runs what stands on the lines of stdin, in copies of this process, and tells on stdout how each ended.

    So that one process without this or that package is begun for all tests of it.
    """
    for line in sys.stdin:
        given = json.loads(line)
        with Path(given["out"]).open("wb") as out, Path(given["err"]).open("wb") as err:
            run = popen(
                given["words"], env=given["env"], cwd=given["cwd"], stdin=subprocess.DEVNULL, stdout=out, stderr=err
            )
        sys.stdout.write(f"{run.wait()}\n")
        sys.stdout.flush()
