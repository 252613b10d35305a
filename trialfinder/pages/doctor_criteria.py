"""The part of the doctor's page that is about one person: what speaks against, what to find out, what to ask."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from trialfinder.base.answer import Answer
from trialfinder.base.pattern_words import label as label_of
from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import say, theirs
from trialfinder.judge.answering.by_name import NONE_NAMED
from trialfinder.judge.named_own import own_named
from trialfinder.judge.shown.explain import illnesses_asked, said_in, section_of, states_criteria, words_of
from trialfinder.pages.age_limits import age_words
from trialfinder.pages.labels import label
from trialfinder.pages.paper import ABOUT_STUDY, DECIDES, PaperEntry, PaperSection, quote_shortened, takes_back
from trialfinder.pages.templating import lacking_words
from trialfinder.person.in_words import told
from trialfinder.person.profile_schema import schema
from trialfinder.reading.telling.plain import in_brackets, own_words, thing, told_both_ways
from trialfinder.reading.telling.tree_words import Asked, asked, is_usual, not_understood
from trialfinder.reading.vocabulary.patterns import load_patterns

if TYPE_CHECKING:
    from trialfinder.judge import CriterionAnswer, Verdict
    from trialfinder.person import Profile
    from trialfinder.reading.nodes.tree import Criterion
    from trialfinder.study.model import Study

_QUOTE, _MOST_QUOTED, _PART, _UNCUT = 320, 1_200, 150, 1_000_000
_LONGEST_WORDS, _MOST_UNREAD, _SHORT = 120, 240, 150
_SENTENCES = 4
_Where = tuple[str, int | None, int | None]


class _Quoted(NamedTuple):
    """A sentence of the record, and the words of it that decide."""

    whole: str
    part: str


def criteria_sections(
    verdict: Verdict,
    study: Study,
    criteria: Sequence[Criterion],
    person: Profile | None,
    *,
    with_facts: bool,
    rest: str,
    other: str = "",
    ours: bool = False,
) -> Iterator[PaperSection]:
    """The sections, in the order of the page.

    Args:
        verdict: for the person; for a profile without facts when there is no person.
        study: whose record it is.
        criteria: its criteria as they were read.
        person: None when nobody's facts were held against the study.
        with_facts: whether the values that were told may stand on the page.
        rest: where to find what does not fit.
        other: what the study is for, where that is another illness than the person told.
        ours: whether the sentences are restated, not the registry's.
    """
    shown = person if with_facts else None
    if other:
        title = say("it is for another illness than the one that was told")
        yield PaperSection(title[0].upper() + title[1:], "list", (PaperEntry(theirs(other)),), rank=DECIDES, rest=rest)
    if person is not None:
        yield _against(verdict, rest, ours=ours)
    elif verdict.lacks_criteria:
        yield PaperSection(say("What speaks against it"), "list", (), lacking_words(), rank=DECIDES)
    if shown is not None:
        yield _facts(verdict, shown)
    yield _ticks(verdict, person, study, criteria, rest)
    yield _team(verdict, person, rest)
    if verdict.unread_criteria or verdict.notes:
        yield _unread(verdict, person, rest)


def _against(verdict: Verdict, rest: str, *, ours: bool) -> PaperSection:
    found = verdict.answered(Answer.NO)
    entries = _grouped((answer, PaperEntry(_against_words(answer))) for answer in found)
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
        lead = f"{lacking_words()} {lead}" if entries else lacking_words()
    return PaperSection(say("What speaks against it"), "list", entries, lead, rank=DECIDES, least=8, rest=rest)


def _against_words(answer: CriterionAnswer) -> str:
    if answer.changeable:
        return say("{thing} (unless it changes, only with the doctor)").format(thing=_named(answer.pattern))
    return _named(answer.pattern)


def _named(pattern: str) -> str:
    """What a criterion is about, in the words of the reader's catalogue, which is translated."""
    return thing(pattern, "", short=False) if pattern in load_patterns() else say(label_of(pattern))


def _facts(verdict: Verdict, person: Profile) -> PaperSection:
    """The facts that this study asks about, in the order of the schema; the others are nobody's business here."""
    asked = {answer.fact for answer in verdict.answers if answer.fact}
    keys = [key for key in schema() if key in asked and key in person and key != NONE_NAMED]
    entries = tuple(PaperEntry(_told(key, person), name=say(schema()[key].label)) for key in keys)
    if named := illnesses_asked(verdict, person):  # "foot ulcer: no" alone hides the ulcer of last year
        entries = (*entries, PaperEntry(", ".join(named), name=say(schema()[NONE_NAMED].label)))
    lead = say("Only what this study asks about.") if entries else say("Nothing that this study asks about was told.")
    rest = say("all of them: trialfinder profile show")
    return PaperSection(
        say("What the person told"), "named", entries, lead, rank=ABOUT_STUDY, least=12, floor=4, rest=rest
    )


def _told(key: str, person: Profile) -> str:
    value = person.get(key)
    return "" if value is None else told(schema()[key], value)


def _ticks(
    verdict: Verdict, person: Profile | None, study: Study, criteria: Sequence[Criterion], rest: str
) -> PaperSection:
    """Facts of the person that nobody told, each with what the study says about it; the record's fields first."""
    found = [answer for answer in verdict.told if section_of(answer, person) == "doctor"]
    entries = (*_of_fields(found, study), *_by_thing(_of_text(found, study, criteria)))
    if entries:
        lead = say("The tests and facts that the study asks about. Not told means not known, never “no”.")
    elif verdict.answers:
        lead = say("Nothing more: what is open can only be answered by the study team.")
    else:
        lead = say("The record states no criteria that could be read.")
    return PaperSection(say("What must be found out"), "ticks", entries, lead, least=6, floor=3, rest=rest)


def _of_fields(found: Sequence[CriterionAnswer], study: Study) -> Iterator[PaperEntry]:
    said = {"age": age_words(study), "sex": label("sex", study.sex)}
    for answer in {answer.pattern: answer for answer in found if answer.source == "field"}.values():
        words = said.get(answer.pattern) or theirs(words_of(answer, _LONGEST_WORDS))
        yield PaperEntry(_named(answer.pattern), limit=say("{limit} (the record's own field)").format(limit=words))


def _of_text(
    found: Sequence[CriterionAnswer], study: Study, criteria: Sequence[Criterion]
) -> Iterator[tuple[_Quoted, PaperEntry]]:
    """What the text asks, with its sentence; behind each sentence the parts of it that were not understood."""
    text = study.eligibility_criteria
    read = [(c, tuple(asked(text, c.node)) if c.node is not None else ()) for c in criteria]
    both = told_both_ways((one.name, one.wanted) for _, things in read for one in things if one.leaf.bounds is None)
    for criterion, things in sorted(read, key=lambda pair: is_usual(pair[1])):
        said: dict[_Where, Asked] = {(each.leaf.concept, each.leaf.start, each.leaf.end): each for each in things}
        for answer in found:
            if answer.start is not None and criterion.start <= answer.start < criterion.end:
                each = said.get((answer.pattern, answer.start, answer.end))
                if each is None or not _as_field(each, study):
                    yield _sentence(answer), _tick(answer, each, both)
        yield from _parts_unread(text, criterion, len(said))


def _parts_unread(text: str, criterion: Criterion, understood: int) -> Iterator[tuple[_Quoted, PaperEntry]]:
    """What was not understood beside several things; beside one, the short sentence beneath it shows it already."""
    sentence = said_in("", text[criterion.start : criterion.end], _QUOTE)
    if criterion.node is None or understood < (1 if len(sentence) > _SHORT else 2):
        return
    if parts := [one_line(text[part.start : part.end]) for part in not_understood(criterion.node)]:
        limit = say("not understood; may bar") if criterion.section == "exclusion" else say("not understood")
        words = theirs(shorten(" / ".join(dict.fromkeys(parts)), _MOST_UNREAD))
        yield _Quoted(sentence, sentence), PaperEntry(words, limit=limit)


def _as_field(each: Asked, study: Study) -> bool:
    """Whether it is the age that the record's own field says."""
    bounds = each.leaf.bounds
    fields = tuple(age and age.years for age in (study.minimum_age, study.maximum_age))
    return each.leaf.concept == "age" and not each.beside and bounds is not None and (bounds.low, bounds.high) == fields


def _tick(answer: CriterionAnswer, each: Asked | None, both: Container[object]) -> PaperEntry:
    """What to find out, with its scale where a limit is on a named one, and what the study says about it.

    ``both``: names of things that the study asks for here and bars there; the sentence's own words say which part.
    """
    if each is None:
        words, limit = _named(answer.pattern), say("required") if answer.effect == "require" else say("excludes")
    else:
        words, limit = each.name, each.limit
        words += in_brackets(own_words(each.leaf)) if words in both else ""
    if answer.section == "exclusion" and limit.startswith(asks := say("required")):
        limit = say("excludes who lacks it") + limit.removeprefix(asks)  # "unable to consent"
    words = shorten(one_line(words), _LONGEST_WORDS)
    words += say(" (only for: {group})").format(group=theirs(one_line(answer.group))) if answer.group else ""
    return PaperEntry(words, limit=limit)


def _team(verdict: Verdict, person: Profile | None, rest: str) -> PaperSection:
    """What only the study team can answer: first what no record can show, then the criteria."""
    from trialfinder.tables.notice import questions

    found = [answer for answer in verdict.told if section_of(answer, person) == "team"]
    entries = _grouped((answer, PaperEntry(say(answer.question) or _named(answer.pattern))) for answer in found)
    standing = tuple(PaperEntry(say(question)) for question in questions())
    title = say("What to ask the study team")
    return PaperSection(title, "list", (*standing, *entries), least=len(standing) + 2, floor=len(standing), rest=rest)


def _unread(verdict: Verdict, person: Profile | None, rest: str) -> PaperSection:
    """What was not understood; first what names something that the person told."""
    sentences = {item.quote: said_in("", item.quote, _UNCUT) for item in verdict.unread_criteria}
    named = {quote_shortened(said, _QUOTE): own_named(quote, person) for quote, said in sentences.items()}
    quotes = sorted(named, key=lambda quote: not named[quote])
    notes = tuple(PaperEntry(str(note), name=say("Note")) for note in verdict.notes)
    entries = (*notes, *(PaperEntry(_names_own(named[quote]), quotes=(quote,)) for quote in quotes))
    lead = say("The program understood nothing of these criteria; they may bar or not.") if quotes else ""
    return PaperSection(say("Read these together"), "list", entries, lead, least=len(notes) + 3, floor=2, rest=rest)


def _names_own(things: tuple[str, ...]) -> str:
    return say("names {things}, which the person told").format(things=", ".join(map(say, things))) if things else ""


def _grouped(found: Iterable[tuple[CriterionAnswer, PaperEntry]]) -> tuple[PaperEntry, ...]:
    """Each entry once, with all of the record's sentences that it comes from."""
    made: dict[PaperEntry, list[_Quoted]] = {}
    for answer, entry in found:
        made.setdefault(entry, []).append(_sentence(answer))
    return tuple(_quoting(entry, said) for entry, said in made.items())


def _quoting(entry: PaperEntry, said: Iterable[_Quoted], above: Container[str] = ()) -> PaperEntry:
    """The entry with each of these sentences once, without those that stand ``above`` already."""
    parts: dict[str, str] = {}
    for whole, part in said:
        if whole not in above:
            parts.setdefault(whole, part)
    return replace(entry, quotes=tuple(parts), parts=tuple(parts.values()))


def _by_thing(found: Iterable[tuple[_Quoted, PaperEntry]]) -> tuple[PaperEntry, ...]:
    """Each thing once, with all that is asked about it; a sentence stands under the first of those that follow it.

    What is said in many sentences is told in several entries, so that a page can end between them.
    """
    rows: dict[tuple[PaperEntry, int], list[tuple[str, _Quoted]]] = {}
    times: dict[str, int] = {}
    for sentence, entry in found:
        times[entry.words] = times.get(entry.words, 0) + 1
        number = (times[entry.words] - 1) // _SENTENCES
        rows.setdefault((replace(entry, limit=""), number), []).append((entry.limit, sentence))
    made, above = [], set[str]()
    for (entry, _), told_of in rows.items():
        limit = "; ".join(_each_once(dict.fromkeys(limit for limit, _ in told_of)))
        made.append(_quoting(replace(entry, limit=limit), (said for _, said in told_of), above))
        above = {said.whole for _, said in told_of}
    return tuple(made)


def _each_once(limits: Collection[str]) -> list[str]:
    """The limits without one that stands there already, only as one of several ways or with a note behind it."""
    narrow = " (" + say("narrower than this: see the sentence") + ")"
    every = [limit for limit in limits if not (limit.endswith(narrow) and limit.removesuffix(narrow) in limits)]
    plain = [limit for limit in every if not any(limit != other and limit.endswith(other) for other in every)]
    return plain or every


def _sentence(answer: CriterionAnswer) -> _Quoted:
    sentence = words_of(answer, _UNCUT)
    whole = words_of(answer, _MOST_QUOTED)
    whole = whole if takes_back(whole) else words_of(answer, _QUOTE)
    return _Quoted(_as_part(whole, sentence), _as_part(words_of(answer, _PART), sentence))


def _as_part(part: str, sentence: str) -> str:
    """A part of a sentence with an ellipsis wherever there is more of it."""
    before = "" if sentence.startswith(part.split("…")[0].rstrip()) else "… "
    return before + (part if sentence.endswith(part) or part.endswith("…") else f"{part} …")
