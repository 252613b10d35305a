"""The doctor's page of the longest records, for people who tell much, as Chromium and Typst set it: two sheets."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.pages.doctor_made import record
from trialfinder.base.tongue import speaking
from trialfinder.catalogue.holdings import Catalogue, Origin
from trialfinder.catalogue.near import one_place
from trialfinder.catalogue.sighted import Holding, kept
from trialfinder.errors import InputError
from trialfinder.pages.doctor_page import DoctorPage, doctor_page
from trialfinder.pages.doctor_study import Asker
from trialfinder.pages.paper_html import page_html
from trialfinder.pages.paper_pdf import Paper, page_pdf
from trialfinder.pages.paper_room import LINES, foot_height, head_height, pieces
from trialfinder.pages.translations import translator
from trialfinder.person import Profile, load

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TODAY = dt.date(2026, 11, 28)
LANGUAGES = ("en", "es", "ko")
MANY = 10
#: The width of A4 within the page's margins, in pixels of the browser.
WIDE = 695
_FOLDER = Path(__file__).parents[1] / "personas"
_ALL = [load(path, today=TODAY) for path in sorted(_FOLDER.glob("*.toml"))]
PEOPLE = {
    "heart": load(_FOLDER / "p07-heart-and-lungs.toml", today=TODAY),
    "chemotherapy": load(_FOLDER / "p11-chemotherapy-now.toml", today=TODAY),
    "all at once": Profile({key: value for person in _ALL for key, value in person.facts().items()}),
}


def nct_of(made: dict[str, Any]) -> str:
    return str(made["protocolSection"]["identificationModule"]["nctId"])


def criteria_of(made: dict[str, Any]) -> str:
    return made["protocolSection"].get("eligibilityModule", {}).get("eligibilityCriteria") or ""


@pytest.fixture(scope="module")
def longest(shared: Path) -> list[dict[str, Any]]:
    """Those of the developers' records with the longest criteria."""
    with gzip.open(shared / "records" / "studies.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [made.get("record", made) for made in map(json.loads, lines)]
    return sorted(found, key=lambda made: (-len(criteria_of(made)), nct_of(made)))[:MANY]


def widest() -> dict[str, Any]:
    """A record in which everything is there many times and in the widest letters, with and without spaces."""
    wide = ("W" * 33 + " ") * 40 + "신경병증" * 60
    barring = "\n".join(
        f"* No {name} {number} unless {wide}"
        for number in range(9)
        for name in ("cancer", "stroke", "heart disease", "hepatitis B", "smoking", "HIV", "dialysis", "opioids")
    )
    made = record(f"Exclusion Criteria:\n\n{barring}\n* {wide}\n* {wide[::-1]}", briefTitle=wide)
    protocol = made["protocolSection"]
    protocol["conditionsModule"]["conditions"] = [f"{wide}{number}" for number in range(9)]
    people = [{"name": wide, "phone": "+1 " + "2" * 70, "email": f"{'w' * 90}@example.org"}] * 9
    site = {"facility": wide, "city": wide, "state": wide, "country": wide, "status": "RECRUITING", "contacts": people}
    protocol["contactsLocationsModule"] = {"locations": [site] * 9, "centralContacts": people}
    protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"] = wide
    protocol["descriptionModule"]["briefSummary"] = f"Participants pay for the cells. {wide}"
    return made


def page_of(made: dict[str, Any], person: Profile | None, language: str, lines: float = LINES) -> DoctorPage:
    """Its page with all that may stand on it; in the language that is spoken."""
    nct_id = nct_of(made)
    catalogue = Catalogue(Origin("records", "made"), {nct_id: Holding(nct_id, kept(made))}, TODAY)
    asker = Asker(person, with_facts=True, place=one_place("Leeds, United Kingdom"), tell_distance=True)
    return doctor_page(catalogue, nct_id, asker, language=language, lines=lines)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab of its own for each test: one that was told a medium keeps it when it prints."""
    made = browser.new_page(viewport={"width": WIDE, "height": 900})
    yield made
    made.close()


def sheets(pdf: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


def printed(tab: Page) -> list[int]:
    """The sheets on A4 and on Letter."""
    return [sheets(tab.pdf(format=paper)) for paper in ("A4", "Letter")]


def shown(tab: Page, page: DoctorPage, folder: Path) -> None:
    path = folder / "page.html"
    path.write_text(page_html(page), encoding="utf-8")
    tab.goto(path.as_uri())


@pytest.mark.shared
@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_records_are_printed_on_two_sheets(
    tab: Page, longest: list[dict[str, Any]], tmp_path: Path, language: str, who: str
) -> None:
    found = {}
    for made in longest:
        with speaking(translator(language)):
            shown(tab, page_of(made, PEOPLE[who], language), tmp_path)
        found[nct_of(made)] = printed(tab)
    assert len(found) == MANY
    assert {nct: each for nct, each in found.items() if max(each) > 2} == {}


@contextlib.contextmanager
def letters_of(language: str) -> Iterator[None]:
    """Says that the machine lacks the letters of a language, where it does."""
    try:
        yield
    except InputError as error:
        if language == "ko" and "no font with Korean letters" in str(error):
            pytest.skip(str(error))
        raise


@pytest.mark.shared
@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_records_are_set_on_two_sheets(longest: list[dict[str, Any]], language: str, paper: Paper) -> None:
    found = {}
    for made in longest:
        with speaking(translator(language)), letters_of(language):
            pdf = page_pdf(lambda lines, of=made: page_of(of, PEOPLE["all at once"], language, lines), TODAY, paper)  # type: ignore[misc] # bound now
        found[nct_of(made)] = sheets(pdf)
    assert {nct: each for nct, each in found.items() if each > 2} == {}


@pytest.mark.parametrize("who", [*PEOPLE, None])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_widest_words_are_printed_and_set_on_two_sheets(
    tab: Page, tmp_path: Path, language: str, who: str | None
) -> None:
    person = PEOPLE[who] if who else None
    with speaking(translator(language)):
        shown(tab, page_of(widest(), person, language), tmp_path)
        pdf = page_pdf(lambda lines: page_of(widest(), person, language, lines), TODAY, "us-letter")
    assert printed(tab) == [2, 2]
    assert sheets(pdf) <= 2


@pytest.mark.shared
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_measured_is_never_less_than_what_the_browser_takes(
    tab: Page, longest: list[dict[str, Any]], tmp_path: Path, language: str
) -> None:
    """And not much more: room that is not used is something that could have stood there."""
    tab.emulate_media(media="print")
    for made in longest:
        with speaking(translator(language)):
            page = page_of(made, PEOPLE["heart"], language)
            measured = head_height(page.title, (page.heading, page.url), page.joinable, page.notice)
            measured += sum(height for section in page.sections for height in pieces(section))
            measured += foot_height(page.footer)
        shown(tab, page, tmp_path)
        taken = tab.evaluate("document.querySelector('main').getBoundingClientRect().height") * 0.75
        assert taken <= measured <= 1.08 * taken, (nct_of(made), taken, measured)
