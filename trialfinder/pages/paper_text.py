"""The doctor's page as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from trialfinder.base.tongue import say, unmarked
from trialfinder.pages.doctor_page import DoctorPage
from trialfinder.pages.paper import PaperEntry, PaperSection


def page_lines(page: DoctorPage, width: int) -> list[str]:
    """The page in lines of at most ``width`` characters."""
    lines = [page.heading, "", *_folded(f"{page.nct_id}  {page.title}", width), page.url, ""]
    lines += _folded(f"{say('Can it be joined?')} {page.joinable}", width)
    lines += ["", *_folded(page.notice, width), ""]
    for section in page.sections:
        lines += [*_section(section, width), ""]
    for line in page.footer:
        lines += _folded(line, width)
    return lines


def _section(section: PaperSection, width: int) -> Iterator[str]:
    yield section.title
    yield from _folded(section.lead, width, "  ") if section.lead else ()
    for entry in section.entries:
        yield from _entry(section.kind, entry, width)
    yield from _folded(section.more, width, "  ") if section.more else ()


def _entry(kind: str, entry: PaperEntry, width: int) -> Iterator[str]:
    if kind == "ticks":
        yield from _folded(f"[ ] {entry.words}: ____________ {entry.limit}", width, "  ")
    elif entry.words or entry.name:
        words = (f"{entry.name}: " if entry.name else "") + entry.words + entry.mail
        yield from _folded(words if kind == "named" else f"- {words}", width, "  ")
    for quote in entry.quotes:
        yield from _folded(f"{entry.whose} {quote}" if entry.whose else f'"{quote}"', width, "      ")


def _folded(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(
        unmarked(text), width, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False
    )
