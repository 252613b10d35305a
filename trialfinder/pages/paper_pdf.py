"""The doctor's page as PDF, set by Typst: two sheets at most, tagged for screen readers where the letters allow it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

from trialfinder.base.extras import install
from trialfinder.base.tongue import MARKS, remarked, say
from trialfinder.errors import InputError
from trialfinder.pages.doctor_page import DoctorPage
from trialfinder.pages.paper_html import asset, qr_svg
from trialfinder.pages.paper_room import LINES, SHEETS

if TYPE_CHECKING:
    import typst

Paper = Literal["a4", "us-letter"]
# With how many lines, as shares of the estimate, the setting begins and ends; and by how many it goes down.
_MOST, _LEAST, _STEP = 1.3, 0.4, 8
#: The first comes with Typst, so that every machine sets the same page; the others have what it lacks.
_FONTS = ("Libertinus Serif", "Noto Sans CJK KR", "Noto Serif CJK KR", "Malgun Gothic", "Apple SD Gothic Neo",
          "NanumGothic", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "DejaVu Sans", "Segoe UI")  # fmt: skip
_KOREAN = _FONTS[1:6]


def page_pdf(make: Callable[[float], DoctorPage], day: dt.date, paper: Paper = "a4") -> bytes:
    """The page on paper.

    Args:
        make: gives the page for paper that holds so many lines; asked again with fewer while it is too long.
        day: stands in the file as the day on which it was made.
        paper: its size.

    Raises:
        InputError: Typst is not installed, or the machine has no letters for the page's language.
    """
    fonts = _fonts()
    families = set(fonts.families())
    lines = LINES * _MOST
    while True:
        page = make(lines)
        if page.language == "ko" and not set(_KOREAN) & families:
            raise InputError("this machine has no font with Korean letters; write .html instead and print that")
        compiler = _compiler(page, fonts, families, paper)
        if _sheets(compiler) <= SHEETS or lines < LINES * _LEAST:
            return _written(compiler, day)
        lines -= _STEP


def _fonts() -> typst.Fonts:
    try:
        import typst
    except ImportError as error:
        way = f"{install('pdf')}, or write .html and print that"
        raise InputError(f"a PDF file needs typst; install it with: {way}") from error
    return typst.Fonts()


def _compiler(page: DoctorPage, fonts: typst.Fonts, families: set[str], paper: Paper) -> typst.Compiler:
    import typst

    words = json.dumps(_paired(_data(page, families, paper)), ensure_ascii=False)
    return typst.Compiler(asset("doctor_page.typ").encode(), font_paths=fonts, sys_inputs={"page": words})


def _data(page: DoctorPage, families: set[str], paper: Paper) -> dict[str, object]:
    words = asdict(page)
    for section, made in zip(words["sections"], page.sections, strict=True):
        section["more"] = made.more
    more = {"qr": qr_svg(page.url), "can": say("Can it be joined?"), "scan": say("the record"), "paper": paper}
    return {**words, **more, "fonts": [font for font in _FONTS if font in families]}


def _paired(words: Any) -> Any:
    """The same with the marks of the record's own words in pairs, as the template counts them."""
    if isinstance(words, dict):
        return {key: _paired(each) for key, each in words.items()}
    if isinstance(words, list | tuple):
        return [_paired(each) for each in words]
    return remarked(words, *MARKS) if isinstance(words, str) else words


def _sheets(compiler: typst.Compiler) -> int:
    (found,) = json.loads(compiler.query("<end>", field="value"))
    return int(found)


def _written(compiler: typst.Compiler, day: dt.date) -> bytes:
    import typst

    at = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    source = asset("doctor_page.typ").encode()
    try:
        found = compiler.compile(source, format="pdf", timestamp=at, pdf_standards="ua-1")
    except typst.TypstError:  # a letter that no font here has: such a file may not call itself accessible
        found = compiler.compile(source, format="pdf", timestamp=at)
    if not isinstance(found, bytes):
        raise TypeError("Typst made no PDF")
    return found
