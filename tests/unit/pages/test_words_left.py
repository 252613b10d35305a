"""No English word of the program's own is left on a page in another language.

Every word that the Spanish catalogue has is put into brackets; days and countries are Spanish. What then stands outside
of brackets and of what is said to be English (``lang="en"``: the registry's words) is English that a screen reader
would speak as Spanish. Every page of the snapshot's site is walked, its sheet for people, each study's doctor's page.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from docs import words
from trialfinder.base.tongue import figures, say_or_theirs, speaking, theirs
from trialfinder.catalogue.holdings import Catalogue
from trialfinder.catalogue.matching import match_rows
from trialfinder.catalogue.opening import snapshot
from trialfinder.pages import drawings, website
from trialfinder.pages.doctor_page import doctor_page
from trialfinder.pages.doctor_pages import write_pages
from trialfinder.pages.doctor_study import Asker
from trialfinder.pages.paper_html import page_html
from trialfinder.pages.paper_text import page_lines
from trialfinder.pages.people_files import sheet_excel, sheet_html, sheet_markdown
from trialfinder.pages.people_sheet import people_sheet
from trialfinder.pages.templating import environment
from trialfinder.pages.translations import translator
from trialfinder.person import Profile, load
from trialfinder.reading.nodes.tree import Bounds
from trialfinder.reading.telling.plain import bounds_text

DAY = dt.date(2026, 11, 20)
PROFILE = Path(__file__).resolve().parents[3] / "docs" / "example-profile.toml"
NAMES = re.compile(
    r"NCT\d+|ClinicalTrials\.gov|clinicaltrials\.gov|GeoNames|Natural Earth|CSV|Excel|Atom|trialfinder|https?://\S+|"
    r"\S+@\S+|\b[A-Z]{2,}\b|CC BY|mmHg"
)
_LOCALE = Locale.parse("es")
BY_BABEL = {
    word
    for names in (_LOCALE.territories, _LOCALE.months["format"]["wide"])
    for name in names.values()
    for word in re.findall(r"[A-Za-z]{3,}", name)
}
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
        foreign = (bool(self.open) and self.open[-1][1]) or tag in ("code", "style")
        foreign = given["lang"] == "en" if "lang" in given else foreign
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
    return _latin(page.found)


def _latin(texts: Iterable[str]) -> set[str]:
    found = {word for text in texts for word in re.findall(r"[A-Za-z]{3,}", NAMES.sub(" ", _outside(text)))}
    return found - BY_BABEL


def _outside(text: str) -> str:
    """What stands outside of all brackets; values that are filled in stand in brackets of their own or inside."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧|\{\w+\}", "", text)  # a place in braces is filled in by the script
    return text


@functools.cache
def known() -> frozenset[str]:
    with words.catalogue("es").open("rb") as file:
        return frozenset(str(message.id) for message in read_po(file, locale="es"))


def brackets(english: str) -> str:
    """Words of the catalogue in brackets that leave the places of values outside: these are looked at on their own."""
    if english not in known():
        return english
    parts = re.split(r"(\{\w*\})", english)
    return "".join(part if part.startswith("{") else f"⟦{part}⟧" for part in parts if part)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return snapshot(DAY)


@pytest.fixture(scope="module")
def pages(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("words") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(website, "translator", lambda _language: brackets)
        patch.setattr(drawings, "draw", lambda figures: [b"<svg/>"] * len(figures))
        rows = catalogue.rows()
        website.build_site(catalogue, rows, folder, now=dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), language="es")
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


def test_every_row_of_a_table_has_a_header(pages: Path) -> None:
    """A screen reader says it before each cell."""
    for name in ("index.html", "pictures.html", "studies/NCT04466007.html"):
        rows = re.findall(r"<tr[^>]*><(t[hd](?: scope=\S+?)?)[ >]", (pages / name).read_text(encoding="utf-8"))
        assert len(rows) > 5 and not [row for row in rows if not row.startswith("th scope")], name


def test_the_words_of_the_style_sheet(pages: Path) -> None:
    said = re.findall(r'content: "(.*?)"', (pages / "assets" / "words.css").read_text(encoding="utf-8"))
    assert said and all("⟦" in line for line in said)
    assert _latin(said) == set()


def test_the_sheet_for_people(catalogue: Catalogue) -> None:
    with speaking(brackets):
        html = sheet_html(people_sheet(catalogue, catalogue.rows(), language="es")).decode()
    assert left(html) == set()


def test_the_doctors_pages(catalogue: Catalogue) -> None:
    asker = Asker(load(PROFILE, today=DAY), with_facts=True)
    with speaking(brackets):
        html = {nct_id: page_html(doctor_page(catalogue, nct_id, asker, language="es")) for nct_id in catalogue.entries}
    assert {nct_id: found for nct_id, page in html.items() if (found := left(page))} == {}


def test_every_page_says_that_a_machine_translated_it(catalogue: Catalogue, pages: Path, tmp_path: Path) -> None:
    """At its foot, and on the sheet's cover; in English there is nothing to say."""
    html = [path.read_text(encoding="utf-8") for path in pages.rglob("*.html")]
    with speaking(brackets):
        html.append(sheet_html(people_sheet(catalogue, catalogue.rows(), language="es")).decode())
        html.append(page_html(doctor_page(catalogue, "NCT04466007", Asker(), language="es")))
        matches = match_rows(catalogue, Profile(), catalogue.rows())[:1]
        write_pages(catalogue, matches, Asker(), tmp_path / "p", language="es")
        html.append((tmp_path / "p" / "index.html").read_text(encoding="utf-8"))
    assert [text[:300] for text in html if text.count("were translated by a machine") != 1] == []
    english = doctor_page(catalogue, "NCT04466007", Asker())
    assert "by a machine" not in page_html(english) + sheet_html(people_sheet(catalogue, catalogue.rows())).decode()


def test_marks_of_the_registrys_words_stay_inside(catalogue: Catalogue, pages: Path) -> None:
    """They are for pages alone: no file of the site, no sheet, no PDF and no terminal shows them."""
    asker = Asker(load(PROFILE, today=DAY), with_facts=True)
    with speaking(brackets):
        sheet = people_sheet(catalogue, catalogue.rows(), language="es")
        page = doctor_page(catalogue, "NCT04466007", asker, language="es")
        made = {"html": sheet_html(sheet), "md": sheet_markdown(sheet), "page": page_html(page).encode()}
        made["terminal"] = "\n".join(page_lines(page, 80)).encode()
        with zipfile.ZipFile(io.BytesIO(sheet_excel(sheet))) as book:
            made["xlsx"] = b"".join(book.read(part) for part in book.namelist() if part.endswith(".xml"))
    made |= {path.name: path.read_bytes() for path in pages.rglob("*") if path.suffix in (".html", ".atom", ".css")}
    assert [name for name, text in made.items() if re.search("[\ue000-\uf8ff]", text.decode())] == []
    assert "España" in made["terminal"].decode() and b"<span lang=en>Valladolid" in made["html"]
    assert [name for name, text in made.items() if re.search(rb'="[^"<>]*<span', text)] == []


def test_marks_are_in_pairs_and_end_no_attribute() -> None:
    with speaking(brackets):
        marked = theirs("fat <cells>")
        one = environment("es").from_string('<p title="{{ words }}">{{ words }}')
        assert (
            one.render(words=marked[:6] + "…")
            == '<p title="<span lang=en>fat &lt;…</span>"><span lang=en>fat &lt;…</span>'
        )
        assert theirs(marked + marked) == theirs("fat <cells>fat <cells>")
        assert say_or_theirs("Study") == "⟦Study⟧" and say_or_theirs("oddity") == theirs("oddity") != "oddity"
    assert theirs("fat") == "fat" and environment("en").from_string("{{ 'a & b' }}").render() == "a &amp; b"


@pytest.mark.parametrize(("language", "said"), [("en", "12,345.6"), ("es", "12.345,6"), ("ko", "12,345.6")])
def test_numbers_are_written_as_the_language_writes_them(language: str, said: str) -> None:
    with speaking(translator(language)):
        assert figures("12,345.6") == said
        assert ("1,5" if language == "es" else "1.5") in bounds_text(Bounds(None, False, 1.5, True, "mg/dL"))
