"""What a change means for one person: the study is judged as it was and as it is, and the two are compared.

Nothing here is stored. The words name what was asked for ("age", "HbA1c"), never a fact of the profile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trialfinder.base.tongue import joined, say
from trialfinder.changes.record_events import Event
from trialfinder.changes.run_spans import spans_of, versions_at
from trialfinder.changes.site_news import KIND as SITE_NEAR_YOU
from trialfinder.errors import RecordError
from trialfinder.study.read_study import read_study

if TYPE_CHECKING:
    from trialfinder.person import Profile
    from trialfinder.store import Store

#: Judges a raw record for one person and day; gives ``Verdict.to_json()`` (the contract of ``match --format jsonl``).
Judge = Callable[[Mapping[str, Any]], Mapping[str, Any]]

_VERDICTS = {
    "conflict": "something speaks against it",
    "possible": "possible, not everything is known",
    "nothing_against": "nothing against it was found",
}
#: Most unknown facts that are named; the rest is counted by the words of the match.
_MOST = 6
_ASK = "ask the study team whether it takes you"
_NOW = f"it takes people now: {_ASK}"
_FREE = f"nothing that you told speaks against it now and it takes people: {_ASK}"
_JOINABLE = {
    "yes": "it can be joined now",
    "not_yet": "it cannot be joined yet",
    "no": "it cannot be joined now",  # what is paused may open again
    "unsure": "it is unsure whether it can still be joined",
}
#: Words of this module that are looked up by what was found, for the catalogues.
FORMS = (*_VERDICTS.values(), _ASK, _NOW, _FREE, *_JOINABLE.values())


@dataclass(frozen=True, slots=True)
class PersonNews:
    """What a change means for a person.

    Attributes:
        nct_id: the study.
        verdict_before, verdict: ``conflict``, ``possible`` or ``nothing_against``; before is None for a new study.
        words: plain words, one line; '' when nothing that concerns the person has changed.
        better: True when something that spoke against it no longer does and nothing new does; False when something
            new speaks against it; None otherwise.
    """

    nct_id: str
    verdict_before: str | None
    verdict: str
    words: str
    better: bool | None


def for_records(
    nct_id: str, old: Mapping[str, Any] | None, new: Mapping[str, Any], judge: Judge, *, always: bool = False
) -> PersonNews:
    """What differs between two versions of a study for one person; ``old`` is None for a new study.

    With ``always`` the verdict is told also where it is the same, as where a site near the person has opened.
    """
    after = judge(new)
    before = judge(old) if old is not None else None
    against, asked = _against(after), _unknown(after)
    if before is None and after.get("joinable") == "no":
        return PersonNews(nct_id, None, after["verdict"], say(_JOINABLE["no"]), None)
    if before is None:
        told = _unsure(after) + _for_you(after) + (f" ({joined(_named(against))})" if against else "")
        return PersonNews(nct_id, None, after["verdict"], told + _still(asked) + _ask_them(after, _NOW), None)
    was_against, was_asked = _against(before), _unknown(before)
    opened = _named([p for p in was_against if p not in against])
    shut = _named([p for p in against if p not in was_against])
    told = _change_words(opened, shut, bool(against), [n for n in was_asked if n not in asked])
    if told:
        told += _still(asked) + (_ask_them(after, _FREE) if opened and not against else "")
        told += f"; {say(_JOINABLE[after['joinable']])}" if opened and after.get("joinable") in ("no", "unsure") else ""
    elif (said := _joinable(before, after)) is not None:
        told = said + _ask_them(after, _ASK)
    elif always:
        told = _unsure(after) + _for_you(after) + _still(asked)
    better = False if shut else True if opened else None
    return PersonNews(nct_id, before["verdict"], after["verdict"], told, better)


def for_person(
    store: Store, events: Iterable[Event], profile: Profile, today: dt.date, *, judge: Judge | None = None
) -> dict[str, PersonNews]:
    """What the given events mean for a person, by NCT ID; studies for which nothing has changed are left out.

    Each study is compared as it was before its first event and as it was after its last one.

    Args:
        store: where the versions are.
        events: as from ``changes``.
        profile: the person.
        today: the day, for ages and windows of time.
        judge: for tests; None judges with ``trialfinder.judge``.

    Raises:
        StoreError: the store cannot be read.
    """
    ask = judge or profile_judge(profile, today)
    told = list(events)
    close = {event.nct_id for event in told if event.kind == SITE_NEAR_YOU}
    found = {}
    for nct_id, (first, last) in spans_of(told).items():
        old, new = versions_at(store, nct_id, first - 1, last)
        if new is None or new == old:
            continue
        try:
            news = for_records(nct_id, old, new, ask, always=nct_id in close)
        except RecordError:
            continue  # a version that cannot be judged; its events are told all the same
        if news.words:
            found[nct_id] = news
    return found


def profile_judge(profile: Profile, today: dt.date) -> Judge:
    """Judges records with ``trialfinder.judge`` for one person and day."""

    def judge_record(record: Mapping[str, Any]) -> Mapping[str, Any]:
        from trialfinder.classify import classify, joinable
        from trialfinder.judge import judge
        from trialfinder.judge.own.own_illness import WORDS, closeness
        from trialfinder.reading import criteria_tree, names_of

        study = read_study(record)
        verdict = judge(study, criteria_tree(study.eligibility_criteria, names_of(study)), profile, today)
        found = classify(study)
        row = {
            "neuropathy_types": "; ".join(found.neuropathy_types), "nerve_role": found.nerve_role,
            "conditions": "; ".join(study.conditions), "brief_title": study.brief_title,
        }  # fmt: skip
        return verdict.to_json(joinable(study, today).answer) | {"illness": WORDS[closeness(profile, row, verdict)]}

    return judge_record


def _against(verdict: Mapping[str, Any]) -> list[str]:
    """The patterns that speak against it, each once, in the order of the criteria."""
    return list(dict.fromkeys(a["pattern"] for a in verdict["answers"] if a["answer"] == "not_met"))


def _unknown(verdict: Mapping[str, Any]) -> list[str]:
    """What is still unknown of the person, in words, each once."""
    return _named(dict.fromkeys(a["pattern"] for a in verdict["answers"] if a["answer"] == "unknown"))


def _named(patterns: Iterable[str]) -> list[str]:
    from trialfinder.base.pattern_words import label

    return [say(label(pattern)) for pattern in patterns]


def _for_you(verdict: Mapping[str, Any]) -> str:
    return say("for you: {verdict}").format(verdict=say(_VERDICTS.get(verdict["verdict"], verdict["verdict"])))


def _unsure(verdict: Mapping[str, Any]) -> str:
    """What stands before "possible", which alone would be read as "open"; '' where it is not unsure."""
    return f"{say(_JOINABLE['unsure'])}; " if verdict.get("joinable") == "unsure" else ""


def _change_words(opened: Sequence[str], shut: Sequence[str], still_against: bool, settled: Sequence[str]) -> str:
    parts = []
    if opened:
        left = still_against and not shut
        one, more = say("{things} no longer speaks against it"), say("{things} no longer speaks against it, {rest}")
        rest = say("something else still does")
        parts.append((more if left else one).format(things=joined(opened), rest=rest))
    if shut:
        parts.append(say("now speaks against it: {things}").format(things=joined(shut)))
    if not parts and settled:
        parts.append(say("no longer asked or now answered: {things}").format(things=joined(settled)))
    return "; ".join(parts)


def _still(unknown: Sequence[str]) -> str:
    if not unknown:
        return ""
    more = say(" and {n} more").format(n=len(unknown) - _MOST) if len(unknown) > _MOST else ""
    return "; " + say("still unknown: {things}").format(things=", ".join(unknown[:_MOST]) + more)


def _ask_them(after: Mapping[str, Any], why: str) -> str:
    """That it is time to ask, in the words of ``why``, where it takes people and nothing speaks against it; else ''.

    Never that it takes the person: only the study team can say so.
    """
    if after["verdict"] == "conflict":
        return ""
    if after.get("illness") == "another illness":
        return "; " + say("it is for another illness than the one you told")
    return f"; {say(why)}" if after.get("joinable") == "yes" else ""


def _joinable(before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """Whether it can be joined at all, when that is all that changed."""
    old, new = before.get("joinable"), after.get("joinable")
    if old == new or after["verdict"] == "conflict":
        return None
    told = _JOINABLE.get(str(new))
    if told is None or new == "no":  # "for you: possible" is no word for what nobody can join
        return told and say(told)
    return f"{say(told)}; {_for_you(after)}"
