"""The part of the doctor's page that is about one person: what speaks against, what to find out, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from trialfinder.base.answer import Answer
from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import say
from trialfinder.judge.explain import section_of, states_criteria, words_of
from trialfinder.pages.paper import PaperEntry, PaperSection, quote_shortened, takes_back
from trialfinder.person.in_words import told
from trialfinder.person.profile_schema import schema
from trialfinder.person.word_tables import label
from trialfinder.reading.patterns import load_patterns
from trialfinder.reading.plain import bounds_in_words, in_brackets, thing, window_in_words
from trialfinder.reading.readings import Reading

if TYPE_CHECKING:
    from trialfinder.judge import CriterionAnswer, Verdict
    from trialfinder.person import Profile
    from trialfinder.reading.readings import Item

_QUOTE, _MOST_QUOTED = 320, 1_200
_LONGEST_WORDS = 120
_SENTENCES = 4
Readings = Mapping[tuple[str, int, int], Reading]


def criteria_sections(
    verdict: Verdict,
    items: Sequence[Item],
    person: Profile | None,
    *,
    with_facts: bool,
    rest: str,
    other: bool = False,
    ours: bool = False,
) -> Iterator[PaperSection]:
    """The sections, in the order of the page.

    Args:
        verdict: for the person; for a profile without facts when there is no person.
        items: the criteria as they were read, for the limits.
        person: None when nobody's facts were held against the study.
        with_facts: whether the values that were told may stand on the page.
        rest: where to find what does not fit.
        other: whether the study is for another illness than the person told.
        ours: whether the sentences are restated, not the registry's.
    """
    readings = {(r.pattern, r.start, r.end): r for item in items for r in item.readings}
    shown = person if with_facts else None
    if person is not None:
        yield _against(verdict, rest, other=other, ours=ours)
    elif verdict.lacks_criteria:
        yield PaperSection(say("What speaks against it"), "list", (), _lacking())
    if shown is not None:
        yield _facts(verdict, shown)
    yield _ticks(verdict, person, readings, rest)
    yield _team(verdict, person, rest)
    if verdict.unread_criteria or verdict.notes:
        yield _unread(verdict, rest)


def _limit(reading: Reading) -> str:
    """What a reading asks, without naming the thing: "must be at most 9 %", "excludes in the last 5 years"."""
    bounds, window = bounds_in_words(reading), window_in_words(reading)
    wanted = reading.effect == "require"
    if bounds:
        words = (say("must be {bounds}") if wanted else say("excludes if {bounds}")).format(bounds=bounds)
    else:
        words = say("required") if wanted else say("excludes")
    if reading.alternatives and wanted:
        words = say("one of several: {limit}").format(limit=words)
    words += window
    if reading.exception:
        words += say("; except: {words}").format(words=shorten(one_line(reading.exception), _LONGEST_WORDS))
    if reading.condition:
        words += say("; only: {words}").format(words=shorten(one_line(reading.condition), _LONGEST_WORDS))
    return words


def _against(verdict: Verdict, rest: str, *, other: bool, ours: bool) -> PaperSection:
    found = verdict.answered(Answer.NO)
    entries = _grouped((answer, PaperEntry(_against_words(answer))) for answer in found)
    if other:
        entries = (PaperEntry(say("it is for another illness than the one that was told")), *entries)
    if entries and ours:
        lead = say("By what the person told. The sentences are restated after the record; only the study team decides.")
    elif entries:
        lead = say("By what the person told. The sentences are the record's; only the study team decides.")
    elif not states_criteria(verdict) and ours:
        lead = say("Our copy has no criteria, so nothing could be compared; only the study team can say more.")
    elif not states_criteria(verdict):
        lead = say("The record states no criteria, so nothing could be compared; only the study team can say more.")
    else:
        lead = say("Nothing was found. That does not mean that the study fits: only the study team can say more.")
    if verdict.lacks_criteria:
        lead = f"{_lacking()} {lead}" if entries else _lacking()
    return PaperSection(say("What speaks against it"), "list", entries, lead, least=8, rest=rest)


def _lacking() -> str:
    return say("Our copy LACKS CRITERIA of this study: what bars may be missing here. Read the record itself.")


def _against_words(answer: CriterionAnswer) -> str:
    if answer.changeable:
        return say("the person would have to {change}").format(change=say(answer.changeable))
    return _named(answer.pattern)


def _named(pattern: str) -> str:
    """What a criterion is about, in the words of the reader's catalogue, which is translated."""
    return thing(pattern, "", short=False) if pattern in load_patterns() else say(label(pattern))


def _facts(verdict: Verdict, person: Profile) -> PaperSection:
    """The facts that this study asks about, in the order of the schema; the others are nobody's business here."""
    asked = {answer.fact for answer in verdict.answers if answer.fact}
    keys = [key for key in schema() if key in asked and key in person]
    entries = tuple(PaperEntry(_told(key, person), name=say(schema()[key].label)) for key in keys)
    lead = say("Only what this study asks about.") if entries else say("Nothing that this study asks about was told.")
    return PaperSection(say("What the person told"), "named", entries, lead)


def _told(key: str, person: Profile) -> str:
    value = person.get(key)
    return "" if value is None else told(schema()[key], value)


def _ticks(verdict: Verdict, person: Profile | None, readings: Readings, rest: str) -> PaperSection:
    """Facts of the person that nobody told, each with what the study says about it; the record's fields first."""
    found = [answer for answer in verdict.answers if section_of(answer, person) == "doctor"]
    rows = ((each, _tick(each, readings)) for each in found if each.source != "field")
    entries = (*_of_fields([answer for answer in found if answer.source == "field"]), *_by_thing(rows))
    if entries:
        lead = say("The tests and facts that the study asks about. Not told means not known, never “no”.")
    elif verdict.answers:
        lead = say("Nothing more: what is open can only be answered by the study team.")
    else:
        lead = say("The record states no criteria that could be read.")
    return PaperSection(say("What must be found out"), "ticks", entries, lead, least=6, rest=rest)


def _of_fields(found: Sequence[CriterionAnswer]) -> Iterator[PaperEntry]:
    for pattern in dict.fromkeys(answer.pattern for answer in found):
        words = "; ".join(words_of(answer, _LONGEST_WORDS) for answer in found if answer.pattern == pattern)
        yield PaperEntry(_named(pattern), limit=say("{limit} (the record's own field)").format(limit=words))


def _tick(answer: CriterionAnswer, readings: Readings) -> PaperEntry:
    """What to find out, with its scale where a limit is on a named one, and what the study says about it."""
    reading = readings.get((answer.pattern, answer.start or 0, answer.end or 0))
    if reading is None:
        words, limit = _named(answer.pattern), say("required") if answer.effect == "require" else say("excludes")
    else:
        scale = reading.value if bounds_in_words(reading) else ""
        words, limit = thing(reading.pattern, scale, short=True), _limit(reading)
        words += "" if scale else in_brackets(reading.narrower)
    words = shorten(one_line(words), _LONGEST_WORDS)
    words += say(" (only for: {group})").format(group=one_line(answer.group)) if answer.group else ""
    return PaperEntry(words, limit=limit)


def _team(verdict: Verdict, person: Profile | None, rest: str) -> PaperSection:
    """What only the study team can answer: first what no record can show, then the criteria."""
    from trialfinder.tables.notice import questions

    found = [answer for answer in verdict.answers if section_of(answer, person) == "team"]
    entries = _grouped((answer, PaperEntry(say(answer.question) or _named(answer.pattern))) for answer in found)
    standing = tuple(PaperEntry(say(question)) for question in questions())
    title = say("What to ask the study team")
    return PaperSection(title, "list", (*standing, *entries), least=len(standing) + 2, rest=rest)


def _unread(verdict: Verdict, rest: str) -> PaperSection:
    quotes = dict.fromkeys(quote_shortened(item.quote, _QUOTE) for item in verdict.unread_criteria)
    notes = tuple(PaperEntry(note, name=say("Note")) for note in verdict.notes)
    entries = (*notes, *(PaperEntry("", quotes=(quote,)) for quote in quotes))
    lead = say("The program understood nothing of these criteria; they may bar or not.") if quotes else ""
    return PaperSection(say("Read these together"), "list", entries, lead, least=len(notes) + 3, rest=rest)


def _grouped(found: Iterable[tuple[CriterionAnswer, PaperEntry]]) -> tuple[PaperEntry, ...]:
    """Each entry once, with all of the record's sentences that it comes from."""
    made: dict[PaperEntry, dict[str, None]] = {}
    for answer, entry in found:
        made.setdefault(entry, {})[_sentence(answer)] = None
    return tuple(replace(entry, quotes=tuple(quotes)) for entry, quotes in made.items())


def _by_thing(found: Iterable[tuple[CriterionAnswer, PaperEntry]]) -> tuple[PaperEntry, ...]:
    """Each thing once, with all that is asked about it; a sentence stands under the first of those that follow it.

    What is said in many sentences is told in several entries, so that a page can end between them.
    """
    rows: dict[tuple[str, int], list[tuple[str, str]]] = {}
    times: dict[str, int] = {}
    for answer, entry in found:
        times[entry.words] = times.get(entry.words, 0) + 1
        number = (times[entry.words] - 1) // _SENTENCES
        rows.setdefault((entry.words, number), []).append((entry.limit, _sentence(answer)))
    made, above = [], dict[str, None]()
    for (thing_words, _), asked in rows.items():
        sentences = dict.fromkeys(sentence for _, sentence in asked)
        limit = "; ".join(_each_once(dict.fromkeys(limit for limit, _ in asked)))
        made.append(PaperEntry(thing_words, limit=limit, quotes=tuple(s for s in sentences if s not in above)))
        above = sentences
    return tuple(made)


def _each_once(limits: Iterable[str]) -> list[str]:
    """The limits without one that stands there already, only as one of several ways."""
    plain = [limit for limit in limits if not any(limit != other and limit.endswith(other) for other in limits)]
    return plain or list(limits)


def _sentence(answer: CriterionAnswer) -> str:
    whole = words_of(answer, _MOST_QUOTED)
    return whole if takes_back(whole) else words_of(answer, _QUOTE)
