"""How ``match`` shows its studies: what may be joined first, what speaks against them, and what is over apart."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from trialfinder.base.text import count, one_line, shorten
from trialfinder.catalogue.matching import WARNED, Match, in_groups
from trialfinder.cli import listing, output
from trialfinder.errors import InputError
from trialfinder.judge import reason
from trialfinder.judge.own.own_illness import MAY_BE_OWN, OTHER, OWN, about, depends_words, other_words
from trialfinder.judge.shown.as_it_stands import as_things_stand, of_drugs
from trialfinder.judge.shown.explain import LACKING

if TYPE_CHECKING:
    from trialfinder.judge import OpenQuestion
    from trialfinder.person import Profile

_TITLES = {
    "nothing_against": "Nothing against it found (still: ask the study team)",
    "possible": "Possible: something is open, so ask",
    "would_have_to": as_things_stand(drugs=True),
    "warned": f"{WARNED[:1].upper()}{WARNED[1:]}",
    "other_illness": "For another illness than the one you told (open, or unsure)",
    "conflict": "Something speaks against it",
    "over": "Takes nobody any more (completed, stopped or closed)",
}
_QUESTIONS = 10


def lines(matches: Sequence[Match], width: int, person: Profile, *, limit: int | None = None) -> list[str]:
    """The studies in groups, in their order, the first ``limit`` of all; the headings count each group whole."""
    country = _own_country(person)
    made = [_NOT_OWN, ""] if is_of_none(matches) else []
    made += [] if person.get("neuropathy.types") else [*textwrap.wrap(NO_KIND, width), ""]
    shown = in_groups(matches[:limit])
    for group, found in in_groups(matches).items():
        if not found and group != "nothing_against":
            continue
        left_out = "" if len(shown[group]) == len(found) else f" ({len(shown[group])} of them shown)"
        plain = group == "would_have_to" and not any(of_drugs(match.verdict) for match in found)
        made += [f"{as_things_stand(drugs=False) if plain else _TITLES[group]}: {len(found)}{left_out}", ""]
        for match in shown[group]:
            made += _SHORT[group](match, width, country)
        made += [""] if group == "over" and shown[group] else []
    return made


def _own_country(person: Profile) -> str:
    """Where the person lives; '' when not told, or in a way that no country is called."""
    from trialfinder.catalogue.near import own_country

    try:
        return own_country(person)
    except InputError:  # told by profile check
        return ""


NO_KIND = (
    "You told no kind of neuropathy, so nothing here is set apart as being for another nerve condition than yours. "
    "To tell it: --neuropathy KIND, or trialfinder profile new"
)
_NOT_OWN = "No study here that may take people names the nerve condition that you told."


def is_of_none(matches: Sequence[Match]) -> bool:
    """Whether a kind of neuropathy was told, and no study that is not over names it."""
    told = any(match.closeness != MAY_BE_OWN for match in matches)
    return told and not any(match.closeness == OWN and match.group != "over" for match in matches)


def _joining(match: Match) -> str:
    """Whether it can be joined, the status, and as of when that is known."""
    row = match.row
    never = "not in our copy" if row.get("_ours") else "never stated"
    join = (row["joinable"] or "unsure").replace("_", " ")
    return f"can be joined: {join}; {listing.status_words(row)}; verified {row['status_verified_date'] or never}"


def _block(match: Match, width: int, country: str) -> list[str]:
    row = match.row
    made = _title(match, width)
    facts = f"{_joining(match)}; {listing.given_words(row)}"
    made += textwrap.wrap(facts, width, initial_indent="    ", subsequent_indent="    ")
    note = [f"about our copy: {row['_note']}"] if row.get("_note") else []
    for line in (*careful(match), *note, where(match, country)):
        made += _indented(line, width)
    made += textwrap.wrap(reason(match.verdict, 240), width, initial_indent="    - ", subsequent_indent="      ")
    return [*made, f"    {row['url']}", ""]


def careful(match: Match) -> Iterator[str]:
    """What must be seen at a glance: that a study is only related or for another illness, and its warning signs."""
    row = match.row
    if row["relevance"] == "adjacent":
        yield f"only related (~): {row.get('relevance_reason') or 'not cells for a nerve condition'}"
    if match.closeness == OTHER:
        yield other_words(row)
        if row.get("_not_told"):
            yield f"you did not tell: {' '.join(row['_not_told'])}"
    elif match.closeness == MAY_BE_OWN:
        depends = depends_words(row.get("_not_told") or [])
        yield f"names: {about(row)}; {depends or 'whether that is yours: ask'}"
    if match.verdict.lacks_criteria:
        yield LACKING
    if strong := listing.strong_words(row):
        others = [name for name in (row["warning_signs"] or "").split("; ") if name not in row["_strong"]]
        more = f"; others: {', '.join(map(output.sign_words, others))}" if others else ""
        yield f"{strong}{more}. Ask: {' '.join(row['_ask'])}"


def _apart(match: Match, width: int, country: str) -> list[str]:
    """A study for another illness: what it is for, where, and what must be seen of it."""
    lines = [_joining(match), *careful(match), where(match, country)]
    return [*_title(match, width), *(part for line in lines for part in _indented(line, width)), ""]


def _over(match: Match, width: int, _country: str) -> list[str]:
    return [
        shorten(f"  {match.row['nct_id']}  {listing.status_words(match.row)}: {listing.title_words(match.row)}", width)
    ]


_SHORT = dict.fromkeys(_TITLES, _block) | {"other_illness": _apart, "over": _over}
"""How the studies of each group are shown: in short those that are nothing for this person now."""


def _indented(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, initial_indent="    ", subsequent_indent="      ")


def _title(match: Match, width: int) -> list[str]:
    title = f"{match.row['nct_id']}  {shorten(listing.title_words(match.row), 150)}"
    return textwrap.wrap(title, width, initial_indent="  ", subsequent_indent=" " * 15)


def where(match: Match, country: str = "") -> str:
    """The countries of a study, its nearest site where that is known, and whether it has a site in one's country."""
    row = match.row
    nowhere = "not in our copy" if row.get("_ours") else "not stated"
    parts = [f"where: {listing.countries_words(row) if row['countries'] else nowhere}"]
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
            use = f"an answer can decide {each.decides} of {count(each.of, 'study', 'studies')} that may take people"
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
