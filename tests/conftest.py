"""What every test shares: no network but this machine's own, nothing of whoever runs it, and the developers' records.

No test may depend on the day, the zone, the locale, the user, the environment or the folder (CONTRIBUTING.md). What can
be taken out of a test's sight is taken here; zone and locale stay as they are, so that the odd surroundings of
``.ci/odd`` are seen by the program and not only by this file.
"""

from __future__ import annotations

import functools
import inspect
import ipaddress
import os
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import httpx
import hypothesis
import pytest

from tests.rows_together import together

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
#: What a person may have set for the program, its libraries or Python, none of which a test may see. The rest stays:
#: a child needs PATH, and whoever sets TZ, LC_ALL or LD_PRELOAD (faketime) wants to see them at work.
_PERSONAL = re.compile(
    r"TRIALFINDER_.*|(NO|FORCE|CLICOLOR)(_?COLOR|_FORCE)?|COLUMNS|LINES|TERM|PAGER|EDITOR|VISUAL|(ALL|FTP|HTTP|HTTPS|NO)_PROXY"
    r"|XDG_.*|SSL_CERT_.*|SSLKEYLOGFILE|CURL_.*|REQUESTS_.*|TYPER_.*|_TYPER_.*|RICH_.*|PYTHON(HOME|WARNINGS|UTF8"
    r"|IOENCODING|OPTIMIZE|DEVMODE|UNBUFFERED|STARTUP|INSPECT|LEGACYWINDOWSSTDIO)",
    re.IGNORECASE,
)

# The same examples on every day and machine; `.ci/run` also tries many more, at random.
hypothesis.settings.register_profile("steady", derandomize=True, database=None, deadline=None, max_examples=20)
hypothesis.settings.register_profile(
    "thorough", derandomize=True, database=None, deadline=None, max_examples=100, print_blob=True
)


def pytest_configure(config: pytest.Config) -> None:
    """Before a test file is imported: its surroundings, and how thorough to be."""
    if not config.getoption("--hypothesis-profile"):
        hypothesis.settings.load_profile("steady")
    for name in [name for name in os.environ if _PERSONAL.fullmatch(name)]:
        del os.environ[name]
    # Whoever wants no compiled code kept would have each of the hundred processes that tests start, and each worker,
    # compile the whole program first: half of what such a process takes. It is kept where git and the wheel look away.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    # A child imports this checkout, whatever folder it is started in; `.ci/clock` stays on the way of all.
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Whoever names files and not folders is served quicker by one process; None leaves it to pytest-xdist."""
    return None if _folders_are_run(config) else 0


def _folders_are_run(config: pytest.Config) -> bool:
    return any(Path(config.invocation_params.dir, each).is_dir() for each in config.args)


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Module | pytest.Class, name: str, obj: object) -> pytest.Item | None:
    """One test for all rows of a table, where folders are run and nobody asks for one row; None leaves it to pytest."""
    config = collector.config
    if not (name.startswith("test_") and inspect.isfunction(obj) and isinstance(collector, pytest.Module)):
        return None
    if not _folders_are_run(config) or config.option.keyword:
        return None
    test = together(obj)
    return test and pytest.Function.from_parent(collector, name=name, callobj=test)


@pytest.fixture(scope="session")
def nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder without any settings."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session", autouse=True)
def certificates_are_read_once() -> Iterator[None]:
    """Each client would read a few hundred of them, for servers of this machine that have none."""
    make = functools.cache(httpx.create_ssl_context)

    def made(verify: Any = True, cert: Any = None, trust_env: bool = True) -> Any:
        return make(verify, cert, trust_env)

    with mock.patch("httpx._transports.default.create_ssl_context", made):
        yield


@pytest.fixture(autouse=True)
def own_surroundings(nobodys_home: Path) -> Iterator[None]:
    """Each test is at nobody's home, and leaves environment and folder as they were."""
    os.environ["HOME"] = str(nobodys_home)
    before = _surroundings()
    yield
    assert _surroundings() == before


def _surroundings() -> tuple[dict[str, str], Path]:
    return {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}, Path.cwd()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The developers' records and documents, beside the checkout; skips where they are missing."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is missing: the developers' records are not part of the project")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def only_loopback() -> Iterator[None]:
    """A test that would talk to the outside fails, and says with whom. Once for all: there are twelve thousand."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _local(str(address[0])):
            raise AssertionError(f"a test tried to reach {address[0]}; tests may only talk to this machine")
        connect(self, address)

    def guarded_look_up(host: Any, *rest: Any, **more: Any) -> Any:
        if host is not None and not _local(host.decode() if isinstance(host, bytes) else str(host)):
            raise AssertionError(f"a test tried to look up {host}; tests may only talk to this machine")
        return look_up(host, *rest, **more)

    with (
        mock.patch.object(socket.socket, "connect", guarded_connect),
        mock.patch.object(socket, "getaddrinfo", guarded_look_up),
    ):
        yield


def _local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
