"""How a question is put to a person, and what explains it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trialfinder.base.pattern_words import label
from trialfinder.errors import InputError
from trialfinder.person.in_words import told as in_words
from trialfinder.person.plain_words import spoken
from trialfinder.person.profile import Value
from trialfinder.person.profile_schema import Fact


def prompt(fact: Fact, told: Value | None = None) -> str:
    """The question with the form of its answer, and the earlier answer if there is one."""
    form = {
        "flag": "yes/no",
        "number": _units(fact),
        "choice": " / ".join(map(spoken, fact.allowed)),
        "choices": " / ".join(map(spoken, fact.allowed)) + "; several with commas",
        "names": "names with commas, or none",
    }.get(fact.type, "")
    now = f" [{in_words(fact, told)}]" if told is not None else ""
    return f"{fact.question}{f' ({form})' if form else ''}{now} "


def _units(fact: Fact) -> str:
    """The unit of a number, and those in which people elsewhere have it on their letters: mmol/mol for an HbA1c."""
    others = " or ".join(each.unit for each in fact.also)
    return f"{fact.unit}, or with the unit: {others}" if others else fact.unit


def explanation(fact: Fact) -> list[str]:
    """What ``?`` prints."""
    judged = ", ".join(dict.fromkeys(map(label, fact.answers)))
    use = f"Helps to judge: {judged}." if fact.answers else "No criterion uses it."
    return [
        fact.help,
        use,
        "Enter skips it, - takes an answer back, q ends the questions. Nothing leaves this computer.",
    ]


def offer(fact: Fact, error: InputError, write: Callable[[str], None]) -> Sequence[str]:
    """Says what was wrong; returns the names that a number can stand for in the next answer."""
    write(str(error))
    if fact.type == "flag":  # what the question means tells how to answer it
        write(fact.help)
    names = error.suggestions if fact.type == "text" else ()
    for number, each in enumerate(error.suggestions, 1):
        write(f"  {number}  {each}" if names else f"  {each}")
    return names
