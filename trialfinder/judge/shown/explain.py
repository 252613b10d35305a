"""A verdict in words, for the person's own terminal, and as one row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.base.pattern_words import label
from trialfinder.base.text import one_line, shorten
from trialfinder.judge.answering.by_name import NONE_NAMED
from trialfinder.judge.answering.known_illness import names_an_illness
from trialfinder.judge.named_own import own_named
from trialfinder.judge.names.illness_names import all_forms
from trialfinder.judge.shown.as_it_stands import as_things_stand, could_change, headline_as_it_stands, of_drugs
from trialfinder.judge.shown.quoted import denies, quoted_part
from trialfinder.judge.shown.rests_on import named_and_told
from trialfinder.judge.shown.tell import is_unsure
from trialfinder.judge.study_context import concepts_of
from trialfinder.judge.verdict import CriterionAnswer, Verdict
from trialfinder.person.in_words import told_for
from trialfinder.person.profile import Profile
from trialfinder.person.profile_schema import Fact, schema
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.nouns import all_within, mentions, stems

HEADLINES = {
    "conflict": "something speaks against it",
    "possible": "possible: something is still open",
    "nothing_against": "nothing against it found; only the study team can say more",
}
NO_CRITERIA = "our copy of the record does not say who can join; only the study team can"
LACKING = "OUR COPY LACKS CRITERIA of this study: what bars may be missing here, and you could not be compared with it"
SECTIONS = {
    "against": "Speaks against it",
    "would": as_things_stand(drugs=True),
    "doctor": "Ask your doctor, or tell it yourself",
    "team": "Ask the study team",
    "fits": "Fits",
}


_KINDS, _SCALES = "neuropathy.types", "neuropathy.scores"


def states_criteria(verdict: Verdict) -> bool:
    """Whether the record has any criterion in its text; the fields for age and sex alone say too little."""
    return bool(verdict.unread) or any(found.source != "field" for found in verdict.answers)


def section_of(found: CriterionAnswer, profile: Profile | None = None) -> str:
    """One of SECTIONS. A fact that was not told is for the doctor or the person, anything else for the study team."""
    if found.answer is Answer.YES:
        return "fits"
    if found.answer is Answer.NO:
        return "would" if found.changeable else "against"
    fact, value = schema().get(found.fact or ""), profile.get(found.fact or "") if profile is not None else None
    own = fact is not None and found.question == fact.question and (value is None or is_unsure(fact, value))
    return "doctor" if own else "team"


def explain(verdict: Verdict, profile: Profile | None = None) -> list[str]:
    """Every criterion, grouped by what it means for the person, with the registry's words; one line a fact.

    With ``profile`` the value that the person told stands beside the fact: for their own terminal, never for a file.
    """
    stated = states_criteria(verdict) or verdict.verdict == "conflict"
    headline = HEADLINES[verdict.verdict] if stated else NO_CRITERIA
    headline = headline_as_it_stands(verdict) if could_change(verdict) else headline
    lines = [f"{verdict.nct_id}: {headline}", *_not_seen(verdict)]
    said: set[str] = set()
    for section, title in SECTIONS.items():
        found = [answer for answer in verdict.told if section_of(answer, profile) == section]
        if section == "fits" and profile is not None:
            found = _that_fit(found, profile)
        facts = _by_fact(found, section, profile, said, ours=verdict.ours)
        if facts:
            title = as_things_stand(drugs=of_drugs(verdict)) if section == "would" else title
            lines += ["", f"{title} ({len(facts)})"]
            lines += [f"  {name}{'' if name.endswith('?') else ':'} {'; '.join(each)}" for name, each in facts.items()]
    asked = {answer.pattern for answer in verdict.answers}
    never = [fact for fact in schema().values() if fact.answers and asked.isdisjoint(fact.answers)]
    if profile is not None and any(_named_here(profile, answer) for answer in verdict.answers):
        never = [fact for fact in never if fact.key != NONE_NAMED]
    if besides := _told(never, profile):
        lines += ["", f"Told by you, and nothing that was read here asks for it ({len(besides)})"]
        lines += [f"  {told}{_but_named(told, verdict, profile)}" for told in besides]
    lines += _not_read(verdict, profile)
    if verdict.notes:
        lines += ["", *(f"Note: {note}" for note in verdict.notes)]
    return lines


def _but_named(told: str, verdict: Verdict, profile: Profile | None) -> str:
    """What to say beside a fact that nothing which was read asks for, where something not read names it."""
    named = {name for item in verdict.unread_criteria for name in own_named(item.quote, profile)}
    return "; named by what could not be read, see below" if told.partition(":")[0] in named else ""


def _not_read(verdict: Verdict, profile: Profile | None) -> list[str]:
    """What was not understood; first what names something that the person told."""
    mark = "" if verdict.ours else '"'
    named = {item.quote: own_named(item.quote, profile) for item in verdict.unread_criteria}
    ordered = sorted(named, key=lambda quote: not named[quote])
    leads = {quote: f"names {', '.join(own)}, which you told: " if own else "" for quote, own in named.items()}
    unread = [f"  {leads[quote]}{mark}{one_line(quote)}{mark}" for quote in ordered]
    unread += [f"  {mark}{_parts(each)}{mark} (of a criterion above)" for each in _in_part(verdict)]
    if not unread:
        return []
    whose = ", in our words" if verdict.ours else ""
    return ["", f"Not read ({_how_many(verdict)}{whose}): read these yourself", *unread]


def _in_part(verdict: Verdict) -> list[tuple[str, ...]]:
    """What was not understood of criteria that were read in part, each once."""
    return list({_parts(each): each for each in verdict.unread_parts}.values())


def _how_many(verdict: Verdict, one: str = "", many: str = "") -> str:
    """How much was not read, counted in one way wherever it is told: "3 and parts of 4 more"; '' for nothing.

    ``one`` and ``many``: what is counted, such as " criterion".
    """
    whole, parts = len({item.quote for item in verdict.unread_criteria}), len(_in_part(verdict))
    if not whole:
        return f"parts of {parts}{one if parts == 1 else many}" if parts else ""
    return f"{whole}{one if whole == 1 else many}" + (f" and parts of {parts} more" if parts else "")


def _that_fit(found: Sequence[CriterionAnswer], profile: Profile) -> list[CriterionAnswer]:
    """What fits without what was not told, where something that was told makes the whole criterion fit."""
    told = [each for each in found if each.fact in profile]
    by_these = {(each.sentence, each.section) for each in told if each.source == "text"}
    return [each for each in found if each in told or (each.sentence, each.section) not in by_these]


def _parts(parts: Iterable[str]) -> str:
    return shorten(" / ".join(dict.fromkeys(one_line(part).strip(" ,;:\"'“”") for part in parts)), 300)


def _not_seen(verdict: Verdict) -> list[str]:
    """What could not be compared at all. How many points fit is not counted: it would rank studies, and cannot."""
    lines = [LACKING] if verdict.lacks_criteria else []
    unread = _how_many(verdict, " criterion", " criteria")
    return [*lines, f"{unread[:1].upper()}{unread[1:]} could not be read."] if unread else lines


def _by_fact(
    found: Iterable[CriterionAnswer], section: str, profile: Profile | None, said: set[str], *, ours: bool
) -> dict[str, list[str]]:
    """What the study asks by what it is about; a criterion stands only once under each fact."""
    made: dict[str, list[str]] = {}
    seen: set[tuple[str, str]] = set()
    for answer in found:
        key = (_about(answer, section, profile), words_of(answer, 300))
        if key not in seen:
            seen.add(key)
            made.setdefault(key[0], []).append(_asked(answer, said, section, ours=ours))
    return made


def _about(found: CriterionAnswer, section: str, profile: Profile | None) -> str:
    """What a line begins with: the fact as it was told, or the question."""
    if found.question:
        told = _told([fact for fact in schema().values() if found.pattern in fact.answers], profile, found)
        return f"{found.question} (you told {'; '.join(told)})" if told else found.question
    fact = schema().get(found.fact or "")
    if fact is None or profile is None or not told_for(profile, fact.key):
        return label(found.pattern)
    names, value = named_and_told(found, fact, profile)
    if fact.key == NONE_NAMED and found.pattern != "general_health" and (here := _named_here(profile, found)):
        value = ", ".join(here)  # of all the illnesses that were named those that decide
    named = names if label(found.pattern) == fact.label else f"{label(found.pattern)} ({names})"
    if section == "fits" and fact.key == _KINDS and found.effect == "exclude":
        return f"{named}, none that you told ({value})"
    return f"{named}, you told {value}"


def _told(facts: Iterable[Fact], profile: Profile | None, asked: CriterionAnswer | None = None) -> list[str]:
    """What the person told of these facts, each with its name; of the illnesses they named those that are ``asked``."""
    told = {fact.label: told_for(profile, fact.key) for fact in facts if profile is not None and fact.key in profile}
    if asked is not None and profile is not None and asked.pattern != "general_health":
        told[schema()[NONE_NAMED].label] = ", ".join(_named_here(profile, asked))
    scales = profile.get(_SCALES) if asked is not None and profile is not None else None
    if asked is not None and isinstance(scales, Mapping) and not any(mentions(asked.quote, (name,)) for name in scales):
        told.pop(schema()[_SCALES].label, None)  # points on another scale say nothing of this one
    return [f"{name}: {value}" for name, value in told.items() if value]


def _named_here(profile: Profile, asked: CriterionAnswer) -> list[str]:
    """The illnesses that the person named which a criterion or its question is about."""
    named = profile.get(NONE_NAMED)
    return [name for name in named if _is_about(name, asked)] if isinstance(named, tuple) else []


def illnesses_asked(verdict: Verdict, profile: Profile) -> tuple[str, ...]:
    """The illnesses that the person named and that an answer which is no plain yes is about; as they were told."""
    named, open_now = profile.get(NONE_NAMED), [each for each in verdict.answers if each.answer is not Answer.YES]
    if not isinstance(named, tuple):
        return ()
    found = tuple(name for name in named if any(_is_about(name, each) for each in open_now))
    every = any(each.pattern == "general_health" for each in open_now) or (
        not found and any(each.fact == NONE_NAMED for each in verdict.answers)
    )
    return named if every else found


def _is_about(name: str, asked: CriterionAnswer) -> bool:
    """Whether a criterion, or its question, is about an illness that a person named in these words."""
    forms, words = all_forms(name), f"{asked.question} {asked.quote}"
    by_a_word = len(forms) == 1 and type_of(asked.pattern) != "measure" and not names_an_illness(name)
    unknown = by_a_word and not _TALK.issuperset(set(stems(name)) & set(stems(asked.question)))
    return unknown or asked.pattern in concepts_of((name,)) or any(all_within(form, words) for form in forms)


_TALK = frozenset(
    stems("last year month week day ago time since doctor disease illness problem high low have had with")
)
"""Words of a question that are about no illness."""


def _asked(found: CriterionAnswer, said: set[str], section: str, *, ours: bool) -> str:
    """What the study asks for or bars, in the registry's words; of what was ``said`` only the part meant.

    What bars, and not this person, stands among what fits and says so.

    A part that its sentence does not deny says the opposite of the whole: "pregnancy" of "a negative test for
    pregnancy" is what bars.
    """
    words, bars, again = words_of(found, 300), found.section == "exclusion", ""
    if words in said and words != (part := quoted_part(found.quote, found.sentence, 120)):
        whole = part != shorten(one_line(found.quote), 120) or denies(part)
        bars = bars if whole else found.effect == "exclude"
        words, again = part, " (in the same criterion)"
    said.add(words)
    side = "asks for" if not bars else "not barred by" if section == "fits" else "bars"
    group = f" (for {one_line(found.group)})" if found.group else ""
    field = " (the record's own field)" if found.source == "field" else ""
    return f"{side}{shown(words, ours=ours and not field)}{again}{field}{group}"


def shown(words: str, *, ours: bool) -> str:
    """Words of the registry in quotation marks; those that are ours are none of its words, and said to be so."""
    return f", in our words: {words}" if ours else f' "{words}"'


_MARKER = re.compile(r"\A(?:[-*•●▪·]|\(?\d{1,2}[.)]|[a-z][.)])\s+")


def words_of(found: CriterionAnswer, width: int) -> str:
    """The registry's sentence without its bullet; where it is too long, the quoted part of it."""
    return said_in(found.quote, found.sentence, width)


def said_in(quote: str, sentence: str, width: int) -> str:
    """A criterion without its bullet; where it is too long, the ``quote`` in it, or without one its beginning."""
    whole = _MARKER.sub("", one_line(sentence or quote), count=1).rstrip(" ;,")
    return whole if len(whole) <= width else quoted_part(quote or whole, sentence, width)


def reason(verdict: Verdict, width: int = 160) -> str:
    """One line: what speaks against, or what to ask; by label and the registry's words, without any value."""
    against = verdict.answered(Answer.NO)
    if against:
        told: dict[str, str] = {}
        for found in against:
            told.setdefault(label(found.pattern), words_of(found, 90))
        lead, mark = ("in our words: ", "") if verdict.ours else ("", '"')
        return shorten(lead + "; ".join(f"{name}: {mark}{words}{mark}" for name, words in told.items()), width)
    if not states_criteria(verdict):
        return "our copy of the record does not say who can join: ask the study team"
    open_words = dict.fromkeys(label(found.pattern) for found in verdict.answered(Answer.UNKNOWN))
    parts = ["our copy lacks criteria"] if verdict.lacks_criteria else []
    parts += [f"ask about {', '.join(open_words)}"] if open_words else []
    if unread := _how_many(verdict):
        parts.append(f"{unread} not read")
    return shorten("; ".join(parts) or "every criterion was read, and none speaks against it", width)


def verdict_row(verdict: Verdict, joinable: str | None = None) -> dict[str, Any]:
    """The verdict as one flat row for a table or CSV. Keys of facts, never values."""
    mark = "" if verdict.ours else '"'
    found = verdict.answered(Answer.NO)
    against = dict.fromkeys(f"{label(a.pattern)}: {mark}{words_of(a, 400)}{mark}" for a in found)
    return {
        "nct_id": verdict.nct_id,
        "verdict": verdict.verdict,
        "joinable": joinable,
        "met": len(verdict.answered(Answer.YES)),
        "not_met": len(verdict.answered(Answer.NO)),
        "unknown": len(verdict.answered(Answer.UNKNOWN)),
        "unread": len(verdict.unread),
        "against": ("in our words: " if verdict.ours and against else "") + "; ".join(against),
        "ask": "; ".join(dict.fromkeys(a.question for a in verdict.told if a.answer is Answer.UNKNOWN and a.question)),
        "unknown_facts": ", ".join(verdict.unknown_facts),
        "reason": reason(verdict),
    }
