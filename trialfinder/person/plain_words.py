"""What a person types in plain words, as values: ``five years``, ``66 mmol/mol``, ``500 miles``, ``yes``.

Nothing is guessed: what can be read in two ways raises ``ValueError``, and no message repeats what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trialfinder.base import lazy_re as re
from trialfinder.base.number_words import ONES, TEENS, TENS
from trialfinder.base.text import folded
from trialfinder.person.none_told import says_none, says_unknown
from trialfinder.person.profile import ToldNumber
from trialfinder.person.profile_schema import Fact, Unit

_YES = frozenset({"yes", "y", "true", "yeah", "yep", "i do", "i have", "i am", "yes i do", "yes i have", "yes i am"})
NO = frozenset({"no", "n", "false", "nope", "never", "none", "not", "no i dont", "no i do not", "i dont", "i do not"})
_OPEN = frozenset(
    {"maybe", "perhaps", "possibly", "probably", "depends", "it depends", "i think so", "i think not"}
    | {
        f"{no}i {do_not} {think} so"
        for no in ("", "no ")
        for do_not in ("dont", "do not")
        for think in ("think", "believe")
    }
)
_UNKNOWN = re.compile(
    r"unknown|unclear|idk|(?:dunno|unsure|(?:i have |ive )?no (?:idea|clue)"
    r"|(?:i am |im |its )?not (?:(?:so|quite|really) )?(?:sure|certain|known|clear)"
    r"|(?:sorry )?(?:i )?(?:(?:really|just|honestly) )?(?:dont|do not|cant|cannot|can not|couldnt|could not)"
    r" (?:(?:really|even|exactly|quite) )?(?:know|remember|recall|say|tell)"
    r"|(?:nobody|no one) (?:ever )?(?:told|said|knows|measured|tested)"
    r"|(?:i was )?(?:never|not) (?:told|measured|tested))"
    r"(?: (?!(?:but|except|only)\b)[a-z]+)*"
)

_SMALL = {word: float(number) for number, word in enumerate(("zero", *ONES, *TEENS))} | {
    "a": 1.0,
    "an": 1.0,
    "half": 0.5,
}
_TENS = {word: float(number * 10) for number, word in enumerate(TENS, 2)}
_DOUBT = re.compile(r"[\s,]+(?:i (?:think|guess|believe|suppose)|or so|(?:the )?last time|at the last visit)$")
"""Behind a number: it is the number that is told all the same, and it is read back."""
_PAIR = re.compile(r"(?P<first>\d{2,3})\s*(?:/|over|to)\s*(?P<second>\d{2,3})(?P<unit>\s*[a-z].*)?")
"""Both blood pressures at once: "150 over 85"."""
DIGITS = re.compile(r"-?\d+(?:[.,]\d+)*")
ABOUT = re.compile(r"(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|some|for|since|~)\s*")
_TIME = re.compile(r"(?P<unit>years?|yrs?|y|months?|mths?|mos?|m|weeks?|wks?|w|days?|d)(?![a-z])\.?")
_MONTHS_IN = {"y": 12.0, "m": 1.0, "w": 7 / 30.4375, "d": 1 / 30.4375}
_AFTER_TIME = frozenset({"", "ago", "old", "of age", "now", "already", "or so", "long"})


# What would take a "yes" back, or put it into another time, makes it no plain answer; a "no" is said alone.
BUT = re.compile(
    r"\b(?:but|except|only|unless|not|no|never|nothing|maybe|perhaps|think|unsure|sometimes|almost|nearly|used|had|was|"
    r"were|been|past|earlier|former\w*|previous\w*|before|ago|last|until|till|since|heal\w*|closed|cured|gone|better|over|"
    r"stopped|ended|if|when|could|would|might|suspected|possibl\w*|probabl\w*|more)\b|\d"
)


def flag(text: str, fact: Fact | None = None) -> bool:
    """Yes or no; "yes, left foot" is yes. What takes the yes back or is about another time is no answer.

    With a fact its own words count as well: "no, menopause" to whether one is pregnant.

    Raises:
        ValueError: neither.
    """
    said = {_yes_or_no(part, fact) for part in text.split(",")}
    if len(said) == 1 and None not in said:
        return said == {True}
    if fact is not None and fact.says_yes is not None and fact.says_yes.said_in(text):
        if not BUT.search(re.sub(r"\d+", "", folded(text))):
            return True
        raise ValueError("what is said of another time")
    first, comma, rest = text.partition(",")
    if comma and bare(first) in _YES and not BUT.search(folded(rest)):
        return True
    raise ValueError("neither yes nor no")


def _yes_or_no(text: str, fact: Fact | None) -> bool | None:
    word = bare(text)
    if word in _YES or word in NO:
        return word in _YES
    own = choice(fact, text) if fact else None
    return own == "yes" if own else None


def is_yes(text: str) -> bool:
    """Whether the words say yes and no more."""
    return bare(text) in _YES


def is_none(text: str, fact: Fact | None = None) -> bool:
    """Whether the words say that there is none of what the fact is about: "no tablets" is none of the drugs alone."""
    return says_none(text, fact.key if fact else "")


def is_unknown(text: str) -> bool:
    """Whether the words say that the person does not know, or not for sure, and nothing beside it."""
    return (
        bare(text) in _OPEN
        or says_unknown(text)
        or (not re.search(r"[,;.]\s*\S", text) and bool(_UNKNOWN.fullmatch(bare(text))))
    )


def is_left_open(fact: Fact, told: object) -> bool:
    """Whether the answer to a question, or every one in a list of answers, is that the person does not know.

    "Don't know which" is a kind of neuropathy all the same: the words of the fact come first.
    """
    if isinstance(told, list | tuple):
        return bool(told) and all(is_left_open(fact, each) for each in told)
    return isinstance(told, str) and is_unknown(told) and choice(fact, told) is None


def bare(text: str) -> str:
    """For comparing with lists of words: folded, without hyphens, apostrophes and stops."""
    return " ".join(re.sub(r"[^\w%+/ ]", "", folded(text).replace("-", " ").replace("_", " ")).split())


def spoken(word: str) -> str:
    """An allowed word as a person says it: ``type2`` is "type 2", ``small_fiber`` "small fiber"."""
    return re.sub(r"(?<=[a-z])(?=\d)", " ", word).replace("_", " ")


def words_of(fact: Fact) -> Iterator[tuple[str, str]]:
    """Every word that can stand for an allowed one, with the allowed one."""
    for allowed in fact.allowed:
        yield bare(allowed), allowed
        yield spoken(allowed), allowed
    for allowed, others in (fact.words or {}).items():
        yield from ((bare(other), allowed) for other in others)


def choice(fact: Fact, text: str) -> str | None:
    """The allowed word that the text means; None when it means none. "… neuropathy" at the end may be there or not."""
    known: Mapping[str, str] = dict(words_of(fact))
    word = bare(text)
    short = re.sub(r" (?:peripheral )?(?:poly)?neuropathy$", "", word)
    plain = re.sub(r"^(?:(?:i am|im|i have|ive|i|its) )?(?:an? |the )?", "", word.replace("do not", "dont"))
    return known.get(word) or known.get(short) or known.get(plain)


def number(fact: Fact, text: str, unit: Unit | None = None) -> float:
    """A number with or without its unit, in the unit of the fact; ``unit`` is that of a key which has its own.

    Raises:
        ValueError: no number, or a unit that this fact does not have.
    """
    words = ABOUT.sub("", folded(text).strip(), count=1) if ABOUT.match(folded(text).strip()) else folded(text).strip()
    words = _DOUBT.sub("", words)
    if fact.of_pair and (pair := _PAIR.fullmatch(words)):
        words = f"{pair['first' if fact.of_pair == 1 else 'second']}{pair['unit'] or ''}"
    if unit is None and fact.unit in ("months", "years"):
        return months(words, bare=fact.unit) / (1.0 if fact.unit == "months" else 12.0)
    value, rest = _leading_number(words)
    wanted = _unit_key(rest)
    for each in fact.also:
        if wanted and wanted in {_unit_key(each.unit), *map(_unit_key, each.words)}:
            return ToldNumber.of(each.convert(value), value, each.unit)
    if not wanted:
        return ToldNumber.of(unit.convert(value), value, unit.unit) if unit else value
    if wanted in {_unit_key(fact.unit), *map(_unit_key, fact.unit_words)}:
        return value
    raise ValueError("another unit")


def months(text: str, bare: str = "months") -> float:
    """A time such as ``3y``, ``18 months``, ``five years``, ``2 years and 3 months``, in months.

    ``bare`` is the unit of a number that has none.

    Raises:
        ValueError: another form.
    """
    rest, total, first = folded(text).strip(), 0.0, True
    while first or rest not in _AFTER_TIME:
        value, rest = _leading_number(rest)
        found = _TIME.match(rest)
        if not found and (rest not in _AFTER_TIME or not first):
            raise ValueError("no unit of time")
        size = _MONTHS_IN[(found["unit"] if found else bare)[0]]
        rest = rest[found.end() :].strip() if found else ""
        if half := re.match(r"and a half\b", rest):
            value, rest = value + 0.5, rest[half.end() :].strip()
        total, first = total + value * size, False
        rest = re.sub(r"^(?:and|,|\+)\s*", "", rest)
    return total


def _leading_number(text: str) -> tuple[float, str]:
    """The number at the start, in digits or in words ("eight point four"), and what follows it."""
    whole, point, rest = text.partition(" point ")
    if point:
        return _with_decimals(*_one_number(whole), rest)
    return _one_number(text)


def _with_decimals(whole: float, left: str, behind: str) -> tuple[float, str]:
    """The number whose decimals are said one by one behind "point", and what follows them."""
    tokens, said = behind.split(), ""
    while tokens and (digit := _SMALL.get(tokens[0], 10.0 if not tokens[0].isdecimal() else float(tokens[0]))) < 10:
        if tokens[0] in ("a", "an", "half"):
            break
        said, tokens = f"{said}{digit:.0f}", tokens[1:]
    if left or not said:
        raise ValueError("no number")
    return float(f"{whole:.0f}.{said}"), " ".join(tokens)


def _one_number(text: str) -> tuple[float, str]:
    found = DIGITS.match(text)
    if found:
        value, rest = _from_digits(found[0]), text[found.end() :].strip()
        half = re.match(r"(?:1/2|½|and a half)", rest)
        return (value + 0.5, rest[half.end() :].strip()) if half else (value, rest)
    tokens = re.split(r"[\s-]+", text)
    if tokens[0] in _TENS:
        more = _SMALL.get(tokens[1], 0.0) if len(tokens) > 1 and 1 <= _SMALL.get(tokens[1], 0.0) < 10 else 0.0
        return _TENS[tokens[0]] + more, " ".join(tokens[2 if more else 1 :])
    if tokens[0] in _SMALL:
        skip = 2 if tokens[:2] in (["half", "a"], ["half", "an"]) else 1
        value, rest = _SMALL[tokens[0]], " ".join(tokens[skip:])
        half = re.match(r"and a half\b", rest)
        return (value + 0.5, rest[half.end() :].strip()) if half else (value, rest)
    raise ValueError("no number")


def _from_digits(digits: str) -> float:
    """``8.2``, ``8,2``, ``210,000``: a comma before three digits parts thousands, any other one is a decimal comma."""
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", digits):
        return float(digits.replace(",", ""))
    return float(digits.replace(",", "."))


def _unit_key(unit: str) -> str:
    """A unit for comparing: ``µmol / L`` and ``umol/l`` are the same."""
    text = folded(unit).replace("μ", "u").replace("µ", "u").replace("percent", "%").replace("per ", "/")
    for high, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True):
        text = text.replace(high, plain)
    return re.sub(r"[\s^]|\(.*?\)|\.$", "", text)
