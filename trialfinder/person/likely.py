"""What an answer says that has more in it than was asked, or a unit less: ``type 2 for 11 years``, ``no, thank God``.

For asking back, never for taking it so: what stands beside it may change it. A word that takes it back, another time or
a second answer leave nothing to ask back.
"""

from __future__ import annotations

import contextlib

from trialfinder.base import lazy_re as re
from trialfinder.base.text import folded
from trialfinder.errors import InputError
from trialfinder.person.implications import known_as
from trialfinder.person.other_units import other_unit
from trialfinder.person.plain_words import BUT, DIGITS, bare, choice, flag
from trialfinder.person.profile import Value
from trialfinder.person.profile_schema import Fact
from trialfinder.person.read_profile import read_value

_FIRST = re.compile(r"(yes|yeah|yep|no|nope|never|none)\b[\s,.;:!–-]+(?=\w)")
_BACK = re.compile(
    r"\b(?:not|no|nor|or|but|neither|never|without|except|than|maybe|perhaps|probabl\w*|possibl\w*|suspected|think|yes|longer|"
    r"over|under|above|below|more|less|least|most|between|up to|before|if|isnt|wasnt|dont|didnt|havent)\b|[<>≤≥]"
)
_ONLY_ALONE = {"one", "two", "false", "not"}
"""Words for an answer that in a sentence may be about anything."""
_NO_AMOUNT = re.compile(r"\b(?:stages?|grades?|class|(?:when |since )?i was \d+|(?:since|from|at) (?:the )?age)\b")
"""Words beside a number that is no amount: the stage of an illness, the age at which it began."""
_OVER = re.compile(
    r"(?:(?:it|i) )?(?:has |have |is |was )?(?:now )?(?:healed|closed|cured|gone|quit|stopped|gave up|given up)\b"
)
"""Behind a "no": it is over, and so still no to whether it is so now."""


def likely(fact: Fact, text: str) -> Value | None:
    """The answer in a text with more in it; None when it is not plain which."""
    words = folded(text).replace("'", "").replace("’", "")
    if fact.type == "flag":
        if names_it(fact, text):
            return True
        first = _FIRST.match(words)
        if fact.over_is_no and _OVER.match(words[first.end() :] if first and not flag(first[1]) else words):
            return False
        if first is None or BUT.search(words[first.end() :]) or names_it(fact, words[first.end() :]):
            return None  # "no heart failure" is no word of other heart diseases
        return flag(first[1])
    if fact.type in ("choice", "choices"):
        return _word(fact, words)
    return _number(fact, words) if fact.type == "number" else None


def names_it(fact: Fact, text: str) -> bool:
    """Whether the text is the name of an illness by which the answer is yes: "depression" to a mental illness."""
    return bool(name_in(fact, text))


def name_in(fact: Fact, text: str) -> str:
    """The name of an illness by which the answer is yes, as it was typed; '' for none.

    A stage is one of what was asked for: "stage 3" is "kidney disease stage 3".
    """
    typed = re.sub(r"^(?:yes|yeah|yep|i have|i do)\b[\s,.;:-]*", "", " ".join(text.split()), flags=re.I)
    said = f"{fact.label} {typed}" if re.match(r"(?:stage|grade)\b", typed, flags=re.I) else typed
    known = len(said.split()) <= _A_NAME and any(row.gives.get(fact.key) is True for row in known_as(folded(said)))
    return said if known else ""


_A_NAME = 4
"""Most words of a name; a sentence may say anything of it."""


def _word(fact: Fact, words: str) -> Value | None:
    first = _FIRST.match(words)
    rest = words[first.end() :] if first else words
    named, left = _named(fact, bare(rest))
    if first and not flag(first[1]):
        return None if named or BUT.search(rest) else fact.no or None
    if not named or _BACK.search(left) or (fact.type == "choice" and len(named) > 1):
        return None
    return tuple(named) if fact.type == "choices" else named[0]


def _named(fact: Fact, words: str) -> tuple[list[str], str]:
    """The allowed words that a text names, the longest names first, and the text without them."""
    named: dict[str, None] = {}
    left = words.split()
    for size in range(len(left), 0, -1):
        for at in range(len(left) - size, -1, -1):
            part = " ".join(left[at : at + size])
            if len(part) > 2 and part not in _ONLY_ALONE and (meant := choice(fact, part)):
                named[meant], left[at : at + size] = None, ["/"]
    return list(named), " ".join(left)


def _number(fact: Fact, words: str) -> Value | None:
    if fact.counted_in and (amount := _counted(fact, words)) is not None:
        return amount
    found = list(DIGITS.finditer(words))
    if len(found) != 1 or _BACK.search(words) or _NO_AMOUNT.search(words) or other_unit(fact, words):
        return None
    tokens = words[found[0].start() :].replace(", ", " , ").split()
    for end in range(len(tokens), 0, -1):
        with contextlib.suppress(InputError):
            return read_value(fact, " ".join(tokens[:end]), fact.label)
    return _in_another_unit(fact, words)


def _counted(fact: Fact, words: str) -> Value | None:
    """The amount in things that hold so many of what is asked for: half a pack is ten cigarettes."""
    for thing, size in fact.counted_in.items() if fact.counted_in else ():
        if found := re.fullmatch(rf"(?:about )?(.+?) ?{thing}s?(?: (?:a|per) day| daily)?", words):
            with contextlib.suppress(InputError):
                told = read_value(fact, found[1], fact.label)
                return read_value(fact, told * size, fact.label) if isinstance(told, float) else None
    return None


def _in_another_unit(fact: Fact, number: str) -> Value | None:
    """A bare number that cannot be true in the unit that is asked for, and can in one other: an HbA1c of 56."""
    plausible = []
    for each in fact.also:
        with contextlib.suppress(InputError):
            plausible.append(read_value(fact, f"{number} {each.unit}", fact.label))
    return plausible[0] if len(plausible) == 1 and DIGITS.fullmatch(number.strip()) else None
