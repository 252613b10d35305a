"""The words that may stand around a thing that bars, the boundaries of its clause, and what is left of it."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.judge.bars.words_around import FOUND_WITHIN, without_read, words_in
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Leaf


class AroundWords(DataRow, frozen=True):
    """``data/around_limits.toml`` and ``data/around_things.toml``."""

    around: frozenset[str]
    """Words that may stand on either side."""
    before: frozenset[str]
    """Words that may stand in front."""
    behind: frozenset[str]
    """Words that may stand behind."""
    yes: tuple[str, ...]
    """Criteria in which it, in curly brackets, bars by itself."""
    no: tuple[str, ...]
    """Criteria in which it does not."""
    of_tests: frozenset[str] = frozenset()
    """Words that may stand anywhere in a clause that speaks of a test of the thing, or of a plan."""
    of_times: frozenset[str] = frozenset()
    """Words that may stand around what lies some time back."""
    of_ages: frozenset[str] = frozenset()
    """Words that may stand around an age: names of the people of one."""
    counted: frozenset[str] = frozenset()
    """Words of how many drugs, which their rule counts."""
    begun: tuple[str, ...] = ()
    """Words by which a drug is a new one: whoever takes it may have done so for long."""


@functools.cache
def limit_words() -> AroundWords:
    """The words around what has a limit."""
    return load(data_dir("around_limits.toml"), AroundWords)


@functools.cache
def thing_words() -> AroundWords:
    """The words around what bars by being there."""
    return load(data_dir("around_things.toml"), AroundWords)


_END = r"[;\n]|[.](?=\s|$)"
ONE_OF = re.compile(
    rf"{_END}|,|\b(?:or(?! (?:family|un(?:controlled|stable|treated))\b)|such as|including|e\.\s?g\.|i\.\s?e\."
    r"|for example|for instance|namely|like|but not limited to|especially|in particular|as well as)\b|\band/or\b|/",
    re.IGNORECASE,
)
"""Between what bars each by itself."""
ALL_OF = re.compile(rf"{_END}|,(?!\s*(?:or|but|unless|except)\b)|\band\b", re.IGNORECASE)
"""Between what must be true together."""
AGE = re.compile(
    rf"{ALL_OF.pattern}|\b(?:with|who|presenting|attending|visiting|admitted|referred|hospitali[sz]ed|scheduled|undergoing"
    r"|suffering|diagnosed|living|residing|seeking|requiring|seen|recruited)\b",
    re.IGNORECASE,
)
"""Who is of an age and has or does something else must be of the age."""
EITHER_WAY = re.compile(f"{ONE_OF.pattern}|{ALL_OF.pattern}", re.IGNORECASE)
BUT = re.compile(
    r"\b(?:other than|except|excepting|excluding|unless|apart from|with the exception|save|but|aside from|outside"
    r"|leaving (?:aside|out)|not counting)\b",
    re.IGNORECASE,
)
"""In front of what an exception spares, which the tree holds."""
_SAME = re.compile(r"\(\s*(?:[A-Zβ][A-Za-z0-9-]{0,6}[A-Z][A-Z0-9-]{0,6}s?|\d+\s(?:hours|days|weeks|months))\s*\)")
"""The same once more in brackets: "ankle-brachial index (ABI)", "24 weeks (168 days)"."""
_NAMED_FIRST = re.compile(r"\b(?P<short>[A-Z][A-Za-z0-9]{1,7})\s?\((?P<long>[^()]{3,60})\)")


def own_abbreviation(leaf: Leaf, text: str, start: int) -> int:
    """Where a limit begins that stands behind its own short name: "BMI (body mass index) >= 30"; else where it stands.

    The letters of the short name have to come in the long one in their order.
    """
    for found in _NAMED_FIRST.finditer(text, start, leaf.end):
        if found.start("long") <= leaf.start < found.end("long"):
            letters = iter(found["long"].lower())
            same = all(letter in letters for letter in found["short"].lower() if letter.isalpha())
            return found.start() if same else leaf.start
    return leaf.start


_LABEL = re.compile(
    r"\(\s*(?:(?!(?:or|and|with|if|for|not|without|in|on|who|plus)\b)[a-z-]+\s){0,3}(?:grade|stage|class|category|degree)\s?"
    r"(?:[ivx]{1,3}|\d)[ab]?(?:\s(?!(?:or|and|with|if|for|not|without|in|on|who|plus)\b)[a-z-]+){0,2}\s*\)",
    re.IGNORECASE,
)
"""The name of a degree in brackets behind the number that makes it: "BMI > 35 (obesity grade II)"."""
_EVERYBODY = re.compile(
    r"\bpersonal(?: or|,| and| and/or) family\b|\bactive (?:or|and/or) un\w+\b"
    r"|\b(?:(?:wo)?m[ae]n\b\W*(?:or|and)\W*\b(?:wo)?m[ae]n|(?:fe)?males?\W*(?:or|and)?\W*(?:fe)?males?)\b",
    re.IGNORECASE,
)
"""Of either sex; in oneself or in the family; under control or not."""
_READ = "\x00"
"""Stands for what was read."""
_NUMBERED = re.compile(rf"\A{_READ}\W*\d{{1,2}}[.)](?!\d)")
"""The number of an item in a list."""
_JOINT = re.compile(
    rf"(?<={_READ})[\s,()]*(?:(?:in (?:the )?case of|in the presence of"
    rf"|(?:in|for) (?:patients|subjects|participants|those|people) with"
    rf"|and|or|if|when|plus|together|with|combined|in|combination|as|well|both|either|an?|the)"
    rf"\b[\s,()]*)+(?={_READ})",
    re.IGNORECASE,
)
"""Between two things that were read: the tree says how they are joined."""


_ONLY_JOINED = re.compile(
    rf"\(\s*(?:e\.?\s?g\.?|i\.?\s?e\.?|such as|including|for example|like|namely)?[,:\s]*"
    rf"(?:{_READ}|[\s,/]|\b(?:or|and)\b)*\Z",
    re.IGNORECASE,
)


def drugs_in_brackets(place: Place, text: str, start: int, every: Iterable[Place]) -> int:
    """Where the brackets begin that hold nothing but a list of drugs: each is one of what is named before; else 0.

    "Medicines known to change the heartbeat (sotalol, amiodarone)", and not "disulfiram (people on isoniazid)".
    """
    opened = text.rfind("(", start, place.leaf.start)
    if opened < 0 or text.find(")", opened, place.leaf.start) >= 0:
        return 0
    left = without_read(text, opened, place.leaf.start, every, _READ)
    return opened + 1 if _ONLY_JOINED.fullmatch(left) else 0


_METHOD = re.compile(
    r"\bmodification of diet in renal disease\b|\bchronic kidney disease epidemiology collaboration\b"
    r"|\bnew york heart association\b|\bcommon (?:terminology|toxicity) criteria(?: for adverse events)?\b"
    r"|\b(?:nci[ -]?)?ctc(?:ae)?\b,?\s*(?:v(?:ersion|\.)?\s?)?(?:\d(?:\.\d+)?)?"
    r"\s*(?:,?\s?grade\s?(?:=<|≤|<)?\s?\d(?:\s?-\s?\d)?)?",
    re.IGNORECASE,
)
"""By which formula, or scale of grades, a value is judged."""


def rest(text: str, start: int, end: int, every: Iterable[Place], *, of_limits: bool = False) -> list[str]:
    """The words between two places that belong to nothing that was read.

    ``of_limits``: without those that say when a value was found and by which formula it is judged.
    """
    left = without_read(text, start, end, every, _READ)
    if of_limits:
        left = _METHOD.sub(" ", FOUND_WITHIN.sub(" ", left))
    said = _NUMBERED.sub("", _JOINT.sub(" ", _EVERYBODY.sub(" ", _SAME.sub(" ", f"{_READ}{left}{_READ}"))))
    said = _LABEL.sub(" ", said)
    return [word for word in words_in(said, signs=True) if len(word) > 1 or not word.isalnum()]
