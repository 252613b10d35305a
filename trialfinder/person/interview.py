"""Asks a person for their facts, one plain question after the other. Knows nothing of a terminal.

``read`` shows a prompt and returns what was typed; ``write`` prints a line. Every question can be skipped with Enter,
``?`` explains it, ``-`` takes an earlier answer back, and ``q``, the end of the input or Ctrl-C ends the questions and
keeps what was answered. "Don't know" is a skip.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial

from trialfinder.base import lazy_re as re
from trialfinder.errors import InputError
from trialfinder.person.facts import facts_of
from trialfinder.person.in_words import told as in_words
from trialfinder.person.likely import likely, name_in, names_it
from trialfinder.person.mended_words import Mended, mended
from trialfinder.person.plain_words import DIGITS, bare, is_yes, spoken
from trialfinder.person.profile import Profile, Value
from trialfinder.person.profile_schema import Fact, schema
from trialfinder.person.prompts import explanation, offer, prompt
from trialfinder.person.told_dates import date_ago
from trialfinder.person.told_options import date_instead, from_words, leaves_open
from trialfinder.person.which_one import said_besides, says_yes

Read = Callable[[str], str]
Write = Callable[[str], None]
Accept = Callable[[Fact, Value], str]
_TRIES = 3


def questions(keys: Iterable[str] | None = None) -> Iterator[Fact]:
    """The facts to ask for, in the order of the data file; ``keys`` limits them, in the order given."""
    facts = schema()
    for fact in facts.values() if keys is None else (facts[key] for key in keys if key in facts):
        if fact.ask or keys is not None:
            yield fact


def applies(fact: Fact, profile: Profile) -> bool:
    """Whether the question makes sense after what was told: nobody is asked for the HbA1c of a diabetes they deny."""
    for key, wanted in (fact.ask_if or {}).items():
        told = profile.get(key)
        allowed = wanted if isinstance(wanted, list | tuple) else (wanted,)
        if told is None or told not in allowed:
            return False
    return True


def comes_first(fact: Fact, profile: Profile) -> bool:
    """Whether what was told makes the question one of the first: the HbA1c of a diabetic neuropathy."""
    for key, wanted in (fact.first_if or {}).items():
        told = profile.get(key)
        if not set(wanted).isdisjoint(told if isinstance(told, tuple) else (told,)):
            return True
    return False


def ask(
    profile: Profile,
    read: Read,
    write: Write,
    keys: Iterable[str] | None = None,
    *,
    counted: bool = False,
    among_first: bool = False,
    accept: Accept = lambda _fact, _value: "",
    today: dt.date | None = None,
) -> Iterator[Profile]:
    """Asks the questions; yields the profile after every answer, so that the caller always holds the newest.

    With ``counted`` each question says its number and how many there are at most ("3 of at most 10"). What was told
    before is asked again, with the answer shown. ``among_first``: what is only first for some is left out for others.
    ``accept`` raises an ``InputError`` for an answer that it refuses, and returns what to ask back about one.

    Raises:
        Stopped: the person ended the questions; the profile that was yielded last holds what they answered.
    """
    facts, number = list(questions(keys)), 0
    for at, fact in enumerate(facts):
        besides: dict[str, Value] = {}
        if not _is_due(fact, profile, among_first=among_first):
            continue
        number += 1
        to_come = {each.key for each in facts[at:]}
        left = sum(_is_due(later, profile, to_come, among_first=among_first) for later in facts[at + 1 :])
        place = f"[{number} of at most {number + left}] " if counted else ""
        shown = partial(_dated, fact, today, write, partial(_placed, read, place))
        try:
            answered = _ask_one(fact, profile.get(fact.key), shown, write, accept, besides, today)
        except (KeyboardInterrupt, EOFError):
            write("Stopped. What you answered is kept.")
            raise Stopped from None
        if answered is _QUIT:
            raise Stopped
        if answered is not _SKIP:
            profile = _with(profile, fact, answered, besides)
            yield profile


def _with(profile: Profile, fact: Fact, answered: Value | _Marker, besides: Mapping[str, Value]) -> Profile:
    """The profile with an answer and what it told besides; what was told before of that stays."""
    if isinstance(answered, _Marker):
        return Profile({key: value for key, value in profile.facts().items() if key != fact.key} | dict(besides))
    more = {key: told for key, told in besides.items() if key not in profile}
    earlier = profile.get(_ILLNESSES)
    if isinstance(named := besides.get(_ILLNESSES), tuple) and isinstance(earlier, tuple):
        more[_ILLNESSES] = tuple(dict.fromkeys((*earlier, *named)))
    return profile.with_facts({fact.key: answered} | more)


def _is_due(fact: Fact, profile: Profile, to_come: Container[str] = (), *, among_first: bool) -> bool:
    """Whether a question is asked as things stand, or may be by the answers that are still ``to_come``.

    What follows from answers (no pregnancy at 70, no dialysis with healthy kidneys) is not asked; no row for that goes
    by the day.
    """
    if fact.type == "flag" and fact.key not in profile and facts_of(profile, dt.date.min).get(fact.key) is not None:
        return False
    governing = [*(fact.ask_if or {}), *(fact.first_if or {} if among_first else {})]
    now = applies(fact, profile) and (not among_first or not fact.first_if or comes_first(fact, profile))
    return now or any(key in to_come for key in governing)


class Stopped(Exception):
    """The person ended the questions."""


class _Marker:
    """What was typed in place of an answer."""


_SKIP, _FORGET, _QUIT, _AGAIN = _Marker(), _Marker(), _Marker(), _Marker()


def _dated(fact: Fact, today: dt.date | None, write: Write, read: Read, text: str) -> str:
    """What was typed; "3 years ago" as the date that it is, which is said back."""
    typed = read(text)
    date = date_ago(typed, today) if fact.type == "date" and today is not None else None
    if date is None:
        return typed
    write(f"Read as {date}.")
    return str(date)


def _placed(read: Read, place: str, text: str) -> str:
    return read(place + text)


def _ask_one(
    fact: Fact,
    told: Value | None,
    read: Read,
    write: Write,
    accept: Accept,
    besides: dict[str, Value],
    today: dt.date | None,
) -> Value | _Marker:
    """One answer, asked for up to three times; ``besides`` gets what an answer told of another fact."""
    doubted: Value | None = None
    offered: Sequence[str] = ()
    for _ in range(_TRIES):
        typed = _typed(fact, told, read, write)
        if typed in ("", "-", "q"):
            return {"": _SKIP, "-": _FORGET, "q": _QUIT}[typed]
        if leaves_open(fact, typed):
            write(_OPEN)
            return _SKIP
        typed = _chosen(typed, offered)
        try:
            answer, doubt = _understood(fact, typed, accept)
        except InputError as error:
            other = _otherwise(fact, typed, read, write, besides, today)
            if other is not None and other is not _AGAIN:
                return other
            offered = offer(fact, error, write) if other is None else ()
            continue
        read_as = in_words(fact, answer)
        if doubt and answer != doubted:
            doubted = answer
            if not _agreed(fact, answer, read(f'{doubt} Type ok to keep "{read_as}", or Enter to answer again: ')):
                continue
            _keep_besides(fact, typed, write, besides)
        elif not read_as.casefold().startswith(typed.casefold()) or (typed.isdecimal() and fact.unit == "months"):
            write(f"Read as {read_as}.")
        return answer
    write(f"Skipped. What you typed for “{fact.label}” was not kept; it stays unknown, never no.")
    return _SKIP


_OPEN = "Left open: what is not told is unknown, never no."


def _chosen(typed: str, offered: Sequence[str]) -> str:
    """What a number stands for, where names were offered."""
    return offered[int(typed) - 1] if typed.isdecimal() and 0 < int(typed) <= len(offered) else typed


def _otherwise(
    fact: Fact, typed: str, read: Read, write: Write, besides: dict[str, Value], today: dt.date | None
) -> Value | _Marker | None:
    """What an answer tells that is none to the question: a date, a yes without which; None where it tells nothing."""
    if (date := date_instead(fact, typed, today)) is not None:
        besides[fact.instead] = date
        write(f"Read as {schema()[fact.instead].label} {date}.")
        return _FORGET
    if says_yes(fact, typed):
        which = _which(fact, typed, read, write, besides)
        return _AGAIN if which is None else which
    return None


def _which(fact: Fact, typed: str, read: Read, write: Write, besides: dict[str, Value]) -> Value | _Marker | None:
    """The answer to what is asked back of one that says yes and not which; None where it is no answer, either."""
    again = read(f"{fact.which} ").strip()
    if not again and not fact.unsure:  # Enter comes by habit, and would lose what was told
        again = read(f"Without that your answer is lost; Enter again leaves it open. {fact.which} ").strip()
    if again in ("-", "q"):
        return {"-": _FORGET, "q": _QUIT}[again]
    if not again or leaves_open(fact, again):
        if fact.unsure:
            write(f"Kept as: {fact.label}, {spoken(fact.unsure)}.")
            return fact.unsure
        write(f"Your yes is not kept without that: “{fact.label}” stays unknown, never no.")
        return _SKIP
    try:
        answer = from_words(fact, again, fact.label)
    except InputError as error:
        found = likely(fact, again)
        if found is None:
            write(str(error))
            return None
        answer = found
    write(f"Read as {in_words(fact, answer)}.")
    if answer != fact.no:
        _keep_besides(fact, f"{typed}, {again}" if _YEAR.search(again) else typed, write, besides)
    return answer


_YEAR = re.compile(r"\d{4}")


def _keep_besides(fact: Fact, typed: str, write: Write, besides: dict[str, Value]) -> None:
    """Keeps what an answer told of another fact, and says so; says as well where a time was told and is not kept."""
    if fact.type == "flag" and (name := name_in(fact, typed)):
        besides[_ILLNESSES] = (name,)
        write(f"Kept as well, among the {schema()[_ILLNESSES].label}: {name}.")
        return
    key, words = said_besides(fact, typed)
    if key:
        besides[key] = words
        write(f"Kept as well, as {schema()[key].label}: {words}.")
    elif fact.besides and re.search(r"\d", typed):
        write("The time of it is not kept yet: the next questions ask for it.")


_ILLNESSES = "health.diagnoses"


def _typed(fact: Fact, told: Value | None, read: Read, write: Write) -> str:
    """What was typed; the question is explained as often as that is wished."""
    while (typed := read(prompt(fact, told)).strip()) == "?":
        for line in explanation(fact):
            write(line)
    return typed


def _understood(fact: Fact, typed: str, accept: Accept) -> tuple[Value, str]:
    """The answer, and what is to be asked back about it; '' when it is plain.

    Raises:
        InputError: it is no answer, nor is there one in it.
    """
    try:
        answer = from_words(fact, typed, fact.label)
    except InputError:
        right = mended(fact, typed) if fact.allowed else Mended(typed)
        found = likely(fact, right.text)
        if found is None:
            raise
        accept(fact, found)
        if fact.type == "flag" and names_it(fact, typed):
            return found, "That is one of what is asked for."
        return found, f"In {fact.unit} it cannot be." if DIGITS.fullmatch(typed) else right.told(found)
    return answer, accept(fact, answer)


def _agreed(fact: Fact, answer: Value, typed: str) -> bool:
    """Whether an answer that was asked back holds. "Yes" to a "no" may mean both, and so does not."""
    if bare(typed) in ("ok", "okay", "keep", "right", "correct"):
        return True
    if is_yes(typed):
        return answer is not False
    with contextlib.suppress(InputError):
        return from_words(fact, typed, fact.label) == answer
    return False
