"""No English word of the program's own is left on a page in another language.

Every word that goes through ``say`` is put into brackets, days and countries are Korean: what then stands outside of
brackets and of the registry's own text (``lang="en"``) in Latin letters was never given to the translator.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from trialfinder.base.tongue import speaking
from trialfinder.catalogue.holdings import Catalogue
from trialfinder.catalogue.opening import snapshot
from trialfinder.pages import drawings, website
from trialfinder.pages.doctor_page import Asker, doctor_page
from trialfinder.pages.paper_html import page_html
from trialfinder.person import load

DAY = dt.date(2026, 11, 20)
STUDIES = ("NCT05507697", "NCT07183761", "NCT00278629", "NCT04811287")
PROFILE = Path(__file__).resolve().parents[3] / "docs" / "example-profile.toml"
NAMES = re.compile(
    r"NCT\d+|ClinicalTrials\.gov|clinicaltrials\.gov|GeoNames|Natural Earth|CSV|Excel|Atom|trialfinder|https?://\S+|"
    r"\S+@\S+|\b[A-Z]{2,}\b|CC BY"
)
_VOID = {"meta", "link", "input", "img", "br", "circle", "image", "col", "hr"}
_CLOSED_BY = {"th": {"th", "td", "tr", "tbody", "table"}, "td": {"th", "td", "tr", "tbody", "table"},
              "tr": {"tr", "tbody", "table"}, "thead": {"tbody", "table"}, "tbody": {"table"}}  # fmt: skip


class Words(HTMLParser):
    """The text of a page and of its labels, but for what is said to be English."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self.open and tag in _CLOSED_BY.get(self.open[-1][0], set()):
            self.open.pop()
        given = dict(attrs)
        foreign = (bool(self.open) and self.open[-1][1]) or given.get("lang") == "en" or tag in ("code", "style")
        foreign = foreign or tag == "blockquote"
        if not foreign:
            self.found += [given[name] or "" for name in ("alt", "aria-label", "title", "data-shown", "data-sort")
                           if name in given]  # fmt: skip
        if tag not in _VOID:
            self.open.append((tag, foreign))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1][1]):
            self.found.append(data)


def left(html: str) -> set[str]:
    """Words in Latin letters that did not go through the translator."""
    page = Words()
    page.feed(html)
    return {word for text in page.found for word in re.findall(r"[A-Za-z]{3,}", NAMES.sub(" ", _outside(text)))}


def _outside(text: str) -> str:
    """What stands outside of all brackets; values that are filled in stand in brackets of their own or inside."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧|\{\w+\}", "", text)  # a place in braces is filled in by the script
    return text


def brackets(english: str) -> str:
    """The same words, in brackets that leave the places of values outside: these are looked at on their own."""
    parts = re.split(r"(\{\w*\})", english)
    return "".join(part if part.startswith("{") else f"⟦{part}⟧" for part in parts if part)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    found = snapshot(DAY)
    found.entries = {nct_id: found.entries[nct_id] for nct_id in STUDIES}
    return found


@pytest.fixture(scope="module")
def pages(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("words") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(website, "translator", lambda _language: brackets)
        patch.setattr(drawings, "draw", lambda figures: [b"<svg/>"] * len(figures))
        rows = catalogue.rows()
        website.build_site(catalogue, rows, folder, now=dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), language="ko")
    yield folder


def test_a_word_that_was_not_translated_is_found() -> None:
    assert left("<p>⟦all⟧ right <b lang=en>Title of it</b>") == {"right"}
    assert left('<p>⟦of ⟧{n}⟦ studies⟧ <img alt="a map">') == {"map"}


def test_the_site(pages: Path) -> None:
    files = sorted(pages.rglob("*.html"))
    found = {page.relative_to(pages).as_posix(): left(_body(page)) for page in files}
    assert {name: words for name, words in found.items() if words} == {}


def _body(page: Path) -> str:
    """A study's page has the study's own name in its head, where no language can be told."""
    html = page.read_text(encoding="utf-8")
    return re.sub(r"<title>.*?</title>", "", html) if page.parent.name == "studies" else html


def test_the_words_of_the_style_sheet(pages: Path) -> None:
    said = re.findall(r'content: "(.*?)"', (pages / "assets" / "words.css").read_text(encoding="utf-8"))
    assert said and all("⟦" in words for words in said)
    assert {word for words in said for word in re.findall(r"[A-Za-z]{3,}", NAMES.sub(" ", _outside(words)))} == set()


@pytest.mark.parametrize("facts", [False, True])
def test_the_doctors_page(catalogue: Catalogue, facts: bool) -> None:
    person = load(PROFILE, today=DAY)
    for nct_id in STUDIES:
        with speaking(brackets):
            html = page_html(doctor_page(catalogue, nct_id, Asker(person, with_facts=facts)))
        assert left(html) == set(), nct_id
