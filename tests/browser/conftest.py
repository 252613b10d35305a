"""A real Chromium, from the system's packages, and the site of thirty made-up studies in a folder."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.made import studies
from trialfinder.catalogue.opening import from_records
from trialfinder.pages.website import build_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

DAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, or a clear skip."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install 'trialfinder[browser]'")
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def build(folder: Path, language: str = "en", records: list[dict[str, object]] | None = None) -> Path:
    """A site of these records."""
    source = folder / f"records-{language}.jsonl"
    source.write_text("".join(json.dumps(record) + "\n" for record in records or studies()))
    catalogue = from_records(str(source), DAY)
    rows = catalogue.rows()
    build_site(catalogue, rows, folder / language, now=NOW, language=language)
    return folder / language


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("site"))


class Outside:
    """What a page asked for that is no file of its folder, and what it complained of."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []


@pytest.fixture
def outside(context: BrowserContext, site: Path) -> Iterator[Outside]:
    """Fails the test when a page asked for anything outside of its folder, or complained."""
    found = Outside()
    own = (site.parent.as_uri(), "about:")
    context.on("request", lambda request: None if request.url.startswith(own) else found.asked.append(request.url))
    context.on("console", lambda message: found.said.append(message.text))
    context.on("weberror", lambda error: found.said.append(str(error.error)))
    yield found
    assert (found.asked, found.said) == ([], [])


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1200, "height": 900}, locale="en-US")
    yield made
    made.close()


@pytest.fixture
def start(context: BrowserContext, site: Path, outside: Outside) -> Page:
    """The start page."""
    del outside
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    return page
