"""The doctor's page and the sheet for people in Chromium: on paper, for a screen reader, and with hostile text."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.pages.doctor_made import NCT, PERSON, catalogue, page, record
from tests.unit.pages.test_doctor_page import MANY, leeds
from tests.unit.pages.test_hostile_page import SCRIPT, hostile
from trialfinder.base.tongue import speaking
from trialfinder.pages.doctor_page import doctor_page
from trialfinder.pages.doctor_study import Asker
from trialfinder.pages.paper_html import page_html
from trialfinder.pages.people_files import sheet_html
from trialfinder.pages.people_sheet import people_sheet
from trialfinder.pages.translations import translator

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

#: Criteria of which each needs several lines, by the hundred, in words without a space that could be broken.
LONG = "Inclusion Criteria:\n\n" + "\n".join(f"* HbA1c < {number} % {'glycohaemoglobin' * 40}" for number in range(99))


@pytest.fixture
def asked(context: BrowserContext) -> Iterator[list[str]]:
    """What a page asked for beside itself, ran or complained of; the test fails when there is anything."""
    found: list[str] = []
    context.on("request", lambda request: None if request.url.startswith("file:") else found.append(request.url))
    context.on("console", lambda message: found.append(message.text))
    context.on("dialog", lambda dialog: found.append(dialog.message))
    yield found
    assert found == []


@pytest.fixture
def opened(context: BrowserContext, asked: list[str], tmp_path: Path) -> Callable[[str], Page]:
    """Opens HTML as a file."""
    del asked

    def opens(text: str) -> Page:
        path = tmp_path / "page.html"
        path.write_text(text, encoding="utf-8")
        made = context.new_page()
        made.goto(path.as_uri())
        return made

    return opens


def doctors_page(criteria: str | None, *, personal: bool, language: str = "en") -> str:
    asker = Asker(PERSON, with_facts=True, place=leeds(), tell_distance=True) if personal else Asker()
    with speaking(translator(language)):
        return page_html(doctor_page(catalogue(record(criteria)), NCT, asker, language=language))


@pytest.mark.parametrize("language", ["en", "es", "ko"])
@pytest.mark.parametrize("personal", [True, False])
@pytest.mark.parametrize("criteria", [None, MANY, LONG], ids=["usual", "many", "long"])
def test_it_is_printed_on_two_sheets(
    opened: Callable[[str], Page], criteria: str | None, language: str, *, personal: bool
) -> None:
    from pypdf import PdfReader

    shown = opened(doctors_page(criteria, personal=personal, language=language))
    for paper in ("A4", "Letter"):
        assert len(PdfReader(io.BytesIO(shown.pdf(format=paper))).pages) <= 2, paper


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_axe_finds_no_violation(opened: Callable[[str], Page], scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install 'trialfinder[browser]'")
    sheet = people_sheet(catalogue(), catalogue().rows())
    for text in (doctors_page(MANY, personal=True), sheet_html(sheet).decode()):
        shown = opened(text)
        shown.set_viewport_size({"width": width, "height": 800})
        shown.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert axe.Axe().run(shown).response["violations"] == []
        assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_hostile_text_does_nothing(opened: Callable[[str], Page]) -> None:
    shown = opened(page_html(page(hostile(SCRIPT))))
    assert shown.locator("script, img, iframe").count() == 0
    assert {link.get_attribute("href") for link in shown.locator("a").all()} == {
        f"https://clinicaltrials.gov/study/{NCT}"
    }
    found = catalogue(hostile(SCRIPT))
    opened(sheet_html(people_sheet(found, found.rows())).decode())


def test_a_title_of_a_megabyte_still_fits(opened: Callable[[str], Page]) -> None:
    from pypdf import PdfReader

    shown = opened(page_html(page(hostile("w" * 1_000_000))))
    shown.set_viewport_size({"width": 320, "height": 800})
    assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert len(PdfReader(io.BytesIO(shown.pdf(format="Letter"))).pages) <= 2


def test_a_box_can_be_ticked_by_keyboard(opened: Callable[[str], Page]) -> None:
    shown = opened(doctors_page(None, personal=False))
    box = shown.get_by_label("HbA1c")
    box.focus()
    shown.keyboard.press("Space")
    assert box.is_checked()
