"""One Ctrl-C ends a run: also one that the system hands to another thread, or that comes while Python tidies up."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.warm import signals_as_usual

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pthread_kill")

_SECONDS = 30
_ELSEWHERE = """
import signal, sys, threading, time
from concurrent.futures import ThreadPoolExecutor
from trialfinder.base import waiting
from trialfinder.registry.time_limit import TimeLimit

def elsewhere(seconds=0.0):
    "The signal wakes this thread, and leaves the main one asleep, as one does that comes just before it sleeps."
    time.sleep(0.3)
    signal.pthread_kill(threading.get_ident(), signal.SIGINT)
    time.sleep(seconds)

def main():
    if sys.argv[1] == "request":
        TimeLimit().run(60, lambda: elsewhere(SECONDS))
    elif sys.argv[1] == "pool":
        pool = ThreadPoolExecutor(1)
        made = pool.submit(elsewhere, SECONDS)
        waiting.wait_for_one([made])
    else:
        threading.Thread(target=elsewhere, daemon=True).start()
        waiting.sleep(SECONDS)

try:
    main()
except KeyboardInterrupt:
    print("heard", flush=True)
    import os; os._exit(130)
""".replace("SECONDS", str(_SECONDS))


def ended(code: str, *arguments: str) -> tuple[int, str, str]:
    """A run of Python: its exit code and what it said."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=120, check=False,
        preexec_fn=signals_as_usual,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("what", ["request", "pool", "pause"])
def test_an_interrupt_that_wakes_another_thread_is_heard(what: str) -> None:
    began = time.monotonic()
    assert ended(_ELSEWHERE, what) == (130, "heard\n", "")
    assert time.monotonic() - began < _SECONDS / 2


_TIDYING = """
import os, signal, sys, time
from trialfinder.base import waiting
from trialfinder.cli import signals

class Told:
    def __del__(self):
        os.kill(os.getpid(), getattr(signal, sys.argv[1]))
        time.sleep(1)

with signals.raised():
    try:
        told = Told()
        del told
        waiting.sleep(SECONDS)
    except (KeyboardInterrupt, signals.ToldToStop) as error:
        print(type(error).__name__)
""".replace("SECONDS", str(_SECONDS))


@pytest.mark.parametrize(("name", "error"), [("SIGINT", "KeyboardInterrupt"), ("SIGTERM", "ToldToStop")])
def test_a_signal_in_a_finalizer_comes_again(name: str, error: str) -> None:
    began = time.monotonic()
    assert ended(_TIDYING, name) == (0, f"{error}\n", "")
    assert time.monotonic() - began < _SECONDS / 2


def test_an_interrupt_before_the_command_line_is_there_is_told() -> None:
    code = (
        "import signal, sys\nfrom trialfinder.cli.start import main\n"
        "class Loading:\n    def find_spec(self, name, path, target=None):\n"
        "        if name == 'typer': signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, Loading())\nsys.argv[1:] = ['search']\nmain()"
    )
    assert ended(code) == (130, "", "trialfinder: interrupted; nothing was lost\n")


def test_other_errors_in_a_finalizer_are_told_as_ever() -> None:
    code = (
        "from trialfinder.cli import signals\nclass Broken:\n    def __del__(self): 1 / 0\n"
        "with signals.raised():\n    Broken()\n"
    )
    number, out, err = ended(code)
    assert (number, out) == (0, "")
    assert "ZeroDivisionError" in err


_POOL = """
import os, signal, sys, threading, time
from trialfinder.base.waiting import wait_for_one
from trialfinder.base.workers import hand, workers

def stop():
    time.sleep(float(sys.argv[1]))
    os.killpg(0, signal.SIGINT)  # as a terminal does: to all of them

if __name__ == "__main__":
    threading.Thread(target=stop, daemon=True).start()
    try:
        with workers(2) as pool:
            wait_for_one([hand(pool, time.sleep, SECONDS) for _ in range(8)])
    except KeyboardInterrupt:
        print("heard", flush=True)
""".replace("SECONDS", str(_SECONDS))


@pytest.mark.parametrize("after", ["0.3", "3"])
def test_an_interrupt_ends_a_pool_and_its_processes_say_nothing(tmp_path: Path, after: str) -> None:
    script = tmp_path / "pool.py"
    script.write_text(_POOL, encoding="utf-8")
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(script), after], capture_output=True, text=True, timeout=120, check=False,
        start_new_session=True, preexec_fn=signals_as_usual,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "heard\n", "")
    assert time.monotonic() - began < _SECONDS / 2
