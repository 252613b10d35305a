"""How ``match`` shows its studies: what may be joined first, what speaks against them, and what is over apart."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from trialfinder.base.text import count, one_line, shorten
from trialfinder.catalogue.matching import Match, in_groups
from trialfinder.cli import listing, output
from trialfinder.judge import reason
from trialfinder.judge.explain import LACKING
from trialfinder.judge.own_illness import OTHER, about

if TYPE_CHECKING:
    from trialfinder.judge import OpenQuestion

_TITLES = {
    "nothing_against": "Nothing against it found (still: ask the study team)",
    "possible": "Possible: something is open, so ask",
    "would_have_to": "Only if you change something",
    "other_illness": "Open, but for another illness than the one you told",
    "conflict": "Something speaks against it",
    "over": "Takes nobody any more (completed, stopped or closed)",
}
_QUESTIONS = 10


def lines(matches: Sequence[Match], width: int, *, country: str = "") -> list[str]:
    """The studies in groups, in their order. ``country`` is where the person lives, '' when not told."""
    made: list[str] = []
    for group, found in in_groups(matches).items():
        if not found and group != "nothing_against":
            continue
        made += [f"{_TITLES[group]}: {len(found)}", ""]
        for match in found:
            made += _short(match, width) if group == "over" else _block(match, width, country)
    return made


def _block(match: Match, width: int, country: str) -> list[str]:
    row = match.row
    facts = [f"join: {(row['joinable'] or 'unsure').replace('_', ' ')}", listing.status_words(row)]
    facts += [f"verified {row['status_verified_date'] or 'never stated'}", listing.given_words(row)]
    made = _title(match, width)
    made += textwrap.wrap("; ".join(facts), width, initial_indent="    ", subsequent_indent="    ")
    for line in careful(match):
        made += textwrap.wrap(line, width, initial_indent="    ", subsequent_indent="      ")
    made += textwrap.wrap(where(match, country), width, initial_indent="    ", subsequent_indent="      ")
    made += textwrap.wrap(reason(match.verdict, 240), width, initial_indent="    - ", subsequent_indent="      ")
    return [*made, f"    {row['url']}", ""]


def careful(match: Match) -> Iterator[str]:
    """What must be seen at a glance: that a study is only related or for another illness, and its warning signs."""
    row = match.row
    if row["relevance"] == "adjacent":
        yield f"only related (~): {row.get('relevance_reason') or 'not cells for a nerve condition'}"
    if match.closeness == OTHER:
        yield f"for another illness than the one you told: {about(row)}"
    if match.verdict.lacks_criteria:
        yield LACKING
    if strong := row.get("strong_warning_signs"):
        named = ", ".join(map(output.sign_words, (row["warning_signs"] or "").split("; ")))
        yield f"warning signs, {strong} of them strong: {named}; what they mean: trialfinder signs {row['nct_id']}"


def _short(match: Match, width: int) -> list[str]:
    words = f"{listing.status_words(match.row)}; {reason(match.verdict, 120)}"
    return [*_title(match, width), *textwrap.wrap(words, width, initial_indent="    ", subsequent_indent="    "), ""]


def _title(match: Match, width: int) -> list[str]:
    title = f"{match.row['nct_id']}  {shorten(listing.title_words(match.row), 150)}"
    return textwrap.wrap(title, width, initial_indent="  ", subsequent_indent=" " * 15)


def where(match: Match, country: str = "") -> str:
    """The countries of a study, its nearest site where that is known, and whether it has a site in one's country."""
    row = match.row
    parts = [f"where: {listing.countries_words(row) if row['countries'] else 'not stated'}"]
    if row.get("_near"):
        parts.append(f"nearest {output.site_words(row)}: {row['_near']}")
    if match.too_far:
        parts.append("farther than you can travel")
    if country and row["countries"] and not match.in_country(country):
        parts.append("no site in your country")
    return "; ".join(parts)


def question_lines(questions: Sequence[OpenQuestion], width: int) -> list[str]:
    """What to find out next, what decides most first; one that decides nothing says so."""
    made = ["What to find out next", ""] if questions else []
    for each in questions[:_QUESTIONS]:
        if each.decides:
            use = f"an answer can decide {each.decides} of {count(each.of, 'open study', 'open studies')}"
        else:
            use = f"decides no study by itself; {count(each.helps, 'study asks', 'studies ask')} for it"
        text = f"{each.question} ({use})"
        made += textwrap.wrap(text, width, initial_indent="  - ", subsequent_indent="    ")
    more = len(questions) - _QUESTIONS
    return [*made, f"  and {more} more"] if more > 0 else made


def wrapped(found: Iterable[str], width: int) -> list[str]:
    """Lines folded to the width, what follows indented under each."""
    made: list[str] = []
    for line in found:
        indent = " " * (len(line) - len(line.lstrip()))
        made += textwrap.wrap(one_line_kept(line), width, subsequent_indent=indent + "    ") or [""]
    return made


def one_line_kept(line: str) -> str:
    """The line made harmless, with its indentation."""
    return " " * (len(line) - len(line.lstrip())) + one_line(line)
