"""One person's studies as a plain text in the language that is spoken: to be printed, or read aloud."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from trialfinder.base.answer import Answer
from trialfinder.base.pattern_words import label as label_of
from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import counted, say, theirs, unmarked
from trialfinder.catalogue.matching import in_groups
from trialfinder.classify import is_strong_warning
from trialfinder.judge.own.own_illness import about
from trialfinder.judge.shown.explain import states_criteria, words_of
from trialfinder.pages.doctor_pages import group_words, headline
from trialfinder.pages.labels import label, related_words, sign_name
from trialfinder.pages.study_page import far_words, given_words
from trialfinder.pages.templating import countries_words, freshness, lacking_words, unsaid
from trialfinder.person.profile_schema import schema
from trialfinder.tables.notice import approval_notice, machine_words
from trialfinder.tables.record_words import finer_product

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.catalogue.matching import Match
    from trialfinder.judge import OpenQuestion, Verdict

_SHORT = frozenset({"other_illness", "over"})
"""Groups that are nothing for this person now: a line or two for each study."""
_MOST, _QUOTE = 12, 160


def first_line(name: str, day: object) -> str:
    """What a sheet begins with."""
    return say("Studies for {name}, as of {day}").format(name=name, day=day)


def sheet(
    catalogue: Catalogue, name: str, matches: Sequence[Match], questions: Sequence[OpenQuestion], language: str,
    width: int,
) -> list[str]:  # fmt: skip
    """The lines: whose, how old, the studies in their groups, and what to find out. No fact of the person."""
    made = [first_line(name, catalogue.today)]
    for line in (freshness(catalogue, language), approval_notice(), machine_words(), _only_the_team()):
        made += textwrap.wrap(line, width)
    for found in in_groups(matches).values():
        if not found:
            continue
        made += ["", *textwrap.wrap(_heading(catalogue, found), width)]
        for match in found:
            made += ["", *(part for line in _study(catalogue, match, language) for part in _wrapped(line, width))]
    if questions:
        made += ["", say("What must be found out"), ""]
        asked = (f"- {say(schema()[each.fact].label)} ({_use(each)})" for each in questions[:_MOST])
        made += [part for line in asked for part in _wrapped(line, width)]
    return [unmarked(line) for line in made]


def table(
    catalogue: Catalogue, people: Sequence[tuple[str, Sequence[Match]]], nct_ids: Sequence[str], language: str
) -> list[list[str]]:
    """Studies × people: the heads, and a row for each of these studies; under each name its group, and why.

    ``people`` are the names that stand at the head of their columns, and their matches.
    """
    heads = [
        say("Study"), say("Title"), say("Can it be joined?"), say("Status"), say("Countries"), say("The record"),
        say("cells for a nerve condition"), say("careful: strong sign"),
    ]  # fmt: skip
    for name, _ in people:
        heads += [name, say("{name}: why").format(name=name)]
    found: dict[str, dict[int, Match]] = {nct_id: {} for nct_id in nct_ids}
    for at, (_, matches) in enumerate(people):
        for match in matches:
            found[match.row["nct_id"]][at] = match
    rows = [_table_row(catalogue, found[nct_id], len(people), language) for nct_id in nct_ids if found[nct_id]]
    return [[unmarked(cell) for cell in row] for row in (heads, *rows)]


def _why(match: Match) -> str:
    """Of those that are closed nothing is asked; of those for another illness stands first for which."""
    if match.group == "over":
        return ""
    named = f"{say('Conditions: {conditions}').format(conditions=about(match.row))}; "
    return (named if match.group == "other_illness" else "") + _reason(match.verdict)


def _table_row(catalogue: Catalogue, told: Mapping[int, Match], people: int, language: str) -> list[str]:
    row = next(iter(told.values())).row
    strong = [sign_name(sign.id) for sign in catalogue.signs(row["nct_id"]) if is_strong_warning(sign)]
    cells = [
        row["nct_id"], one_line(row["brief_title"] or row["official_title"] or ""), label("joinable", row["joinable"]),
        label("overall_status", row["overall_status"]) or say("not stated"),
        countries_words((row["countries"] or "").split("; ") if row["countries"] else (), language), row["url"],
        related_words(row["relevance"], row["relevance_reason"]) or say("yes"), ", ".join(strong),
    ]  # fmt: skip
    for at in range(people):
        match = told.get(at)
        cells += [group_words(match), _why(match)] if match else ["", ""]
    return cells


def _only_the_team() -> str:
    return say("Only the study team can say who can join. What was not told is unknown, never no.")


def _heading(catalogue: Catalogue, found: Sequence[Match]) -> str:
    words = headline(catalogue, found[0], alone=True)
    return f"{words[:1].upper()}{words[1:]}: {len(found)}"


def _study(catalogue: Catalogue, match: Match, language: str) -> Iterator[str]:
    """The first line begins at the edge, the others under it."""
    row = match.row
    title = theirs(shorten(one_line(row["brief_title"] or row["official_title"] or ""), 150))
    yield f"{row['nct_id']}  {'' if row['relevance'] == 'core' else '~ '}{title}"
    for line in _careful(catalogue, match):
        yield f"    {line}"
    yield f"    {_joining(match)}"
    if match.group == "over":
        return
    countries = countries_words((row["countries"] or "").split("; ") if row["countries"] else (), language)
    yield "    " + say("where: {words}").format(words=countries or unsaid(ours=bool(row.get("_ours"))))
    if site := row.get("_near_site"):
        town = theirs(one_line(site.city or site.facility or ""))
        place = ", ".join(filter(None, (town, countries_words([site.country or ""], language))))
        yield "    " + say("nearest site: {place}").format(place=f"{place}, {far_words(row.get('_near_km'))}")
    if match.group not in _SHORT:
        yield "    " + given_words(finer_product(row), row["cell_source"] or "", (), row["donor"] or "")
        yield "    " + _reason(match.verdict)
    yield f"    {row['url']}"


def _careful(catalogue: Catalogue, match: Match) -> Iterator[str]:
    row = match.row
    strong = [sign for sign in catalogue.signs(row["nct_id"]) if is_strong_warning(sign)]
    if strong and match.group != "over":
        named = ", ".join(sign_name(sign.id) for sign in strong)
        yield f"⚠ {say('careful: strong sign')}: {named}. " + " ".join(say(one_line(sign.question)) for sign in strong)
    if match.verdict.lacks_criteria and match.group != "over":
        yield lacking_words()
    if related := related_words(row["relevance"], row["relevance_reason"]):
        yield f"~ {related}"


def _joining(match: Match) -> str:
    row = match.row
    status = label("overall_status", row["overall_status"]) or say("not stated")
    day = row["status_verified_date"]
    as_of = say("as of {day}").format(day=day) if day else say("as of an unknown day")
    return f"{say('Can it be joined?')} {label('joinable', row['joinable'])}; {status}, {as_of}"


def _reason(verdict: Verdict) -> str:
    """What speaks against, with the registry's words; else what to ask about."""
    if against := verdict.answered(Answer.NO):
        mark = ("", "") if verdict.ours else ("“", "”")  # ours are nobody's words to quote
        told = {each.pattern: f"{mark[0]}{theirs(words_of(each, _QUOTE))}{mark[1]}" for each in reversed(against)}
        bars = "; ".join(f"{say(label_of(pattern))}: {words}" for pattern, words in reversed(told.items()))
        return f"{say('What speaks against it')}: {bars}"
    if not states_criteria(verdict) and verdict.ours:
        return say("Our copy has no criteria, so nothing could be compared; only the study team can say more.")
    if not states_criteria(verdict):
        return say("The record states no criteria, so nothing could be compared; only the study team can say more.")
    named = [say(label_of(each)) for each in dict.fromkeys(each.pattern for each in verdict.answered(Answer.UNKNOWN))]
    more = [say("and {n} more").format(n=len(named) - _MOST)] if len(named) > _MOST else []
    unread = len(verdict.unread_criteria)
    left = [counted(unread, "1 criterion was not understood", "{n} criteria were not understood")] if unread else []
    asked = [say("to ask about: {things}").format(things=", ".join([*named[:_MOST], *more]))] if named else []
    return "; ".join([*asked, *left]) or say("every criterion was read, and none speaks against it")


def _use(each: OpenQuestion) -> str:
    return say("an answer can decide {n} of {all} studies").format(n=each.decides, all=each.of)


def _wrapped(line: str, width: int) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(line, width, subsequent_indent=indent + "  ")
