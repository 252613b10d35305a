"""The site as people use it: with a mouse, a keyboard, a small screen, large letters, on paper, and without a script.

Thirty studies (tests/e2e/made.py): 1 to 10 recruit, the others do not; odd ones are in Leeds, even ones in Lyon; each
third has no phase; 1 to 5 are of Harbour Clinic.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import build
from tests.e2e.made import study

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

PAGES = ("index.html", "studies/NCT90000001.html", "pictures.html", "changes.html", "about.html",
         "groups/joinable-yes.html")  # fmt: skip


def shown(page: Page) -> list[str]:
    """The ids of the studies that can be seen, in their order."""
    texts = page.locator("table.list tbody tr:visible th[scope=row]").all_inner_texts()
    return [found[0] for text in texts if (found := re.findall(r"NCT\d{8}", text))]


@pytest.mark.parametrize("width", [390, 700, 1200])
def test_filters_narrow_the_list_and_can_be_taken_away(start: Page, width: int) -> None:
    start.set_viewport_size({"width": width, "height": 900})
    assert len(shown(start)) == 30
    start.select_option("#f-joinable", "yes")
    assert len(shown(start)) == 10
    assert start.inner_text("#shown") == "10 of 30 studies shown"
    start.select_option("#f-country", "france")
    assert shown(start) == ["NCT90000002", "NCT90000004", "NCT90000006", "NCT90000008", "NCT90000010"]
    start.fill("#words", "harbour")
    assert shown(start) == ["NCT90000002", "NCT90000004"]
    start.fill("#words", "harbour submarine")
    assert shown(start) == [] and start.locator("#none").is_visible()
    start.click("button[type=reset]")
    start.wait_for_function("document.getElementById('shown').textContent.startsWith('30 of')")
    assert len(shown(start)) == 30


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("nerve", "diabetic", 30),
        ("cells", "msc", 30),
        ("phase", "na", 10),
        ("careful", "none", 30),
        ("relevance", "core", 30),
    ],
)
def test_every_filter_finds_what_it_counts(start: Page, name: str, value: str, left: int) -> None:
    start.select_option(f"#f-{name}", value)
    assert len(shown(start)) == left
    assert f"({left})" in start.locator(f"#f-{name} option:checked").inner_text()


def test_the_search_box_looks_where_the_program_looks(start: Page) -> None:
    """In a summary, which the list does not show, and in all names of a country; nothing is loaded before."""
    assert "search.js" not in start.content()
    asked = (
        ("united kingdom", 15), ("uk", 15), ("GREAT “britain”", 15), ("frankreich", 0), ("nct90000007", 1),
        ("kingdom united", 15), ('"united  kingdom"', 15), ("“kingdom united”", 0), ('"united', 15),
    )  # fmt: skip
    for words, number in asked:
        start.fill("#words", words)
        start.wait_for_function(f"document.getElementById('shown').textContent.startsWith('{number} of')")
        assert len(shown(start)) == number
    other = start.context.new_page()
    other.goto(start.url.split("#")[0] + "#words=injected+calf")
    other.wait_for_function("document.getElementById('shown').textContent.startsWith('30 of')")
    assert "injected" not in other.inner_text("table.list")


def test_an_address_keeps_the_filters(start: Page, site: Path) -> None:
    start.select_option("#f-country", "france")
    address = start.url
    assert address == (site / "index.html").as_uri() + "#country=france"
    other = start.context.new_page()
    other.goto(address)
    assert len(shown(other)) == 15


def test_a_count_leads_to_its_studies(start: Page) -> None:
    start.click(".answers .yes a")
    assert len(shown(start)) == 10
    assert start.input_value("#f-joinable") == "yes"


def test_sorting_up_and_down(start: Page) -> None:
    head = start.locator("th", has_text="Study")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    first = shown(start)[0]
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert shown(start)[-1] == first
    start.locator("th", has_text="Can it be joined?").get_by_role("button").click()
    assert shown(start)[:10] == [f"NCT900000{number:02d}" for number in range(1, 11)]


def test_with_the_keyboard_alone(start: Page) -> None:
    """Skip link, filter, first study: nothing needs a mouse, and one sees where one is."""
    start.keyboard.press("Tab")
    assert start.evaluate("document.activeElement.className") == "skip"
    box = start.locator(".skip").bounding_box()
    assert box is not None and box["x"] >= 0
    start.keyboard.press("Enter")
    for _ in range(40):
        start.keyboard.press("Tab")
        if start.evaluate("document.activeElement.id") == "f-joinable":
            break
    assert start.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    start.keyboard.press("ArrowDown")
    assert len(shown(start)) == 10
    for _ in range(40):
        start.keyboard.press("Tab")
        if start.evaluate("document.activeElement.closest('tbody') !== null"):
            break
    start.keyboard.press("Enter")
    start.wait_for_url("**/studies/NCT90000001.html")
    start.keyboard.press("Tab")
    start.focus("summary >> nth=0")
    start.keyboard.press("Enter")
    assert start.locator("details").first.get_attribute("open") is not None


@pytest.mark.parametrize("width", [320, 600])
@pytest.mark.parametrize("page", PAGES)
def test_a_small_screen_needs_no_scrolling_sideways(
    context: BrowserContext, outside: object, site: Path, page: str, width: int
) -> None:
    """320 px is also what 1280 px are at 400 % zoom; 600 px what 1200 px are at 200 %."""
    del outside
    opened = context.new_page()
    opened.set_viewport_size({"width": width, "height": 700})
    opened.goto((site / page).as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_letters_of_twice_the_size(start: Page) -> None:
    start.evaluate("document.documentElement.style.fontSize = '200%'")
    assert start.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert start.locator("#f-joinable").is_visible()


def test_without_a_script_the_groups_serve(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert not page.locator("#filters").is_visible()
    assert page.locator("table.list tbody tr").count() == 30
    page.click(".answers .yes a")
    page.wait_for_url("**/groups/joinable-yes.html")
    assert page.locator("table.list tbody tr").count() == 10
    page.click("table.list tbody tr:first-child a")
    page.wait_for_url("**/studies/*.html")
    page.click("summary >> nth=0")
    assert page.locator("blockquote").first.is_visible()
    page.click("nav a >> nth=0")
    page.click("#groups a:has-text('France')")
    assert page.locator("table.list tbody tr").count() == 15
    context.close()


def _violations(page: Page) -> list[Any]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_no_barrier_that_axe_knows(browser: Browser, site: Path, page: str, scheme: str) -> None:
    """Contrast (AA), names, roles, headings, landmarks: in light and in dark, everything unfolded."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type] # one of its words
    opened = context.new_page()
    opened.goto((site / page).as_uri())
    opened.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    assert _violations(opened) == []
    context.close()


def test_by_ear(start: Page, site: Path) -> None:
    """What a screen reader says: a named list whose rows are named by their study; no two folds of a page alike."""
    listed = start.get_by_role("table", name="The studies")
    assert listed.get_by_role("rowheader").count() == 30
    assert listed.get_by_role("button", name="Study", exact=True).get_attribute("title") == "Sort by Study"
    assert start.get_by_role("list", name="Studies by answer").get_by_role("listitem").count() == 4
    for page in ("studies/NCT90000001.html", "pictures.html"):
        start.goto((site / page).as_uri())
        for part in start.locator("main, ol.criteria").all():
            folds = part.locator(":scope > * > details > summary").all_text_contents()
            assert len(set(folds)) == len(folds)
    assert [image.get_attribute("alt") for image in start.get_by_role("img").all()] == [
        "Where the studies are", "The studies from start to end", "The studies in numbers",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["es", "ko"])
def test_another_language(context: BrowserContext, tmp_path: Path, language: str) -> None:
    site = build(tmp_path, language, [study(number) for number in (1, 2)])
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.get_attribute("html", "lang") == language
    assert page.inner_text("h1") != "Clinical trials of stem cells for neuropathy"
    assert page.locator("table.list a").first.get_attribute("lang") == "en"
    page.locator("table.list a").first.click()
    page.wait_for_url("**/studies/*.html")
    flat = page.inner_text("main")
    for english in ("Can it be joined", "What is given", "Why it matters", "The registry's sentence", "Sites"):
        assert english not in flat
    assert page.locator("blockquote").first.get_attribute("lang") == "en"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_on_paper_stands_what_is_unfolded_and_it_is_short(start: Page, site: Path, paper: str) -> None:
    start.goto((site / "studies" / "NCT90000001.html").as_uri())
    start.emulate_media(media="print")
    assert start.locator("nav").is_hidden() and start.locator("#sentences").is_hidden()
    assert start.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    made = start.pdf(format=paper)
    assert made.startswith(b"%PDF") and made.count(b"/Type /Page\n") <= 2
    folded = start.locator("details.sentence:not([open]) blockquote")
    assert folded.count() > 0 and not folded.first.is_visible()
    assert start.get_by_text("To have everything, unfold it before you print.").is_visible()
    start.emulate_media(media="screen")
    start.click("#sentences")
    start.emulate_media(media="print")
    assert all(each.is_visible() for each in start.locator("blockquote").all())
    assert start.pdf(format=paper).count(b"/Type /Page\n") <= 3


def test_the_list_on_paper_has_its_head_and_breaks_no_word(start: Page) -> None:
    """A4 without its margins is 703 pixels wide; the reader chose with the filters what stands there."""
    start.select_option("#f-joinable", "yes")
    start.set_viewport_size({"width": 703, "height": 1000})
    start.emulate_media(media="print")
    assert start.locator("table.list thead").inner_text().split()[:5] == ["Study", "Can", "it", "be", "joined?"]
    assert start.locator("table.list tbody tr:visible").count() == 10
    assert not start.locator("#filters").is_visible()
    assert start.evaluate("document.documentElement.scrollWidth") <= 703
    assert start.evaluate("getComputedStyle(document.querySelector('td')).overflowWrap") == "break-word"


def test_each_sheet_of_a_printed_list_names_its_columns(start: Page) -> None:
    """Chromium does not repeat a head that has boxes in it, such as the buttons that sort."""
    from pypdf import PdfReader

    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(start.pdf(format="A5"))).pages]
    listed = [text for text in sheets if "NCT9" in text]
    assert len(listed) > 1 and all("Nerve" in text and "Whose" in text for text in listed)


def test_hostile_text_does_nothing(context: BrowserContext, tmp_path: Path) -> None:
    record = study(1)
    protocol = record["protocolSection"]
    evil = "\"'><script>window.hit=1</script><img src=https://evil.example/x onerror=window.hit=2>\u202etxt.exe"
    protocol["identificationModule"]["briefTitle"] = evil + "y" * 1_000_000
    protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"] = evil
    protocol["contactsLocationsModule"]["locations"][0] |= {"facility": evil, "city": evil, "country": evil}
    protocol["contactsLocationsModule"]["centralContacts"] = [
        {"name": evil, "phone": "javascript:hit=3", "email": evil}
    ]
    protocol["eligibilityModule"]["eligibilityCriteria"] = f"Exclusion Criteria:\n\n* {evil}"
    site = build(tmp_path, "en", [record])
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    for name in sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")):
        page = context.new_page()
        page.goto((site / name).as_uri())
        assert page.evaluate("window.hit") is None
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.close()
    assert [url for url in asked if not url.startswith("file:")] == []
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=https://evil.example/y onerror=hit=4>')")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None and "Content Security Policy" in " ".join(said)
