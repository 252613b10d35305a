"""Readings in plain words: "HbA1c must be at most 9 %", "must not have cancer in the last 5 years"."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterable, Iterator

from trialfinder.base import lazy_re as re
from trialfinder.base.pattern_words import label
from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import FIGURES, figures, say, say_or_theirs
from trialfinder.reading.nodes.tree import Bounds, Leaf
from trialfinder.reading.readings import DOUBTFUL, Item, Reading
from trialfinder.reading.telling.wide_names import is_wide, names_less, part_named
from trialfinder.reading.vocabulary.patterns import load_patterns
from trialfinder.reading.wording.nouns import stems

_LOW = {True: "at least {n}", False: "more than {n}"}
_HIGH = {True: "at most {n}", False: "less than {n}"}
_SHORT = {"alt": "ALT", "ast": "AST", "egfr": "eGFR", "abi": "ABI"}
_ANY = {"sex": "either sex"}
_LONGEST = 120
_TIMES_NORMAL = "times the upper limit of normal"
#: Words that go through ``say`` by a table, for the catalogues.
EXCEPTED = "; except: {words}"
DOUBTED = "; may bar as well, the sentence is not clear: “{words}”"
_UNITS = ("MME/day", "cigarettes/day", "seconds", "second", "% predicted", "mL/min/1.73m²")
_FUNCTIONS = {
    "renal": "kidney function",
    "hepatic": "liver function",
    "cardiac": "heart function",
    "pulmonary": "lung function",
    "bleeding_disorder": "blood clotting",
}
FORMS = (
    *_FUNCTIONS.values(),
    *_UNITS,
    *_LOW.values(),
    *_HIGH.values(),
    *_ANY.values(),
    _TIMES_NORMAL,
    EXCEPTED,
    DOUBTED,
    FIGURES,
)


def _number(value: float) -> str:
    return figures(f"{value:g}" if abs(value) < 1e5 else f"{value:,.0f}")


def _said_unit(unit: str) -> str:
    if unit == "xULN":
        return f" {say(_TIMES_NORMAL)}"
    if unit.startswith("10^"):
        return f" × {unit}"
    return f" {say(unit)}" if unit and unit not in {"INR", "points", "ABI ratio"} else ""


def bounds_text(bounds: Bounds) -> str:
    """Bounds as the criterion states them: "18 to 65 years", "more than 9 %"."""
    if bounds.unit == "months":
        return _bounds_text(bounds, span_text, "")
    one = bounds.unit.endswith("s") and 1 in {bounds.low, bounds.high} and None in {bounds.low, bounds.high}
    return _bounds_text(bounds, _number, _said_unit(bounds.unit.removesuffix("s") if one else bounds.unit))


def _bounds_text(bounds: Bounds, number: Callable[[float], str], unit: str) -> str:
    if bounds.low is not None and bounds.high is not None:
        if bounds.low_inclusive and bounds.high_inclusive:
            return say("{low} to {high}").format(low=number(bounds.low), high=number(bounds.high) + unit)
        low = say(_LOW[bounds.low_inclusive]).format(n=number(bounds.low))
        high = say(_HIGH[bounds.high_inclusive]).format(n=number(bounds.high) + unit)
        return say("{one} and {other}").format(one=low, other=high)
    if bounds.low is not None:
        return say(_LOW[bounds.low_inclusive]).format(n=number(bounds.low) + unit)
    return say(_HIGH[bounds.high_inclusive]).format(n=number(bounds.high or 0.0) + unit)


def bounds_in_words(reading: Reading) -> str:
    """The bounds of a reading; '' without bounds."""
    if reading.low is None and reading.high is None:
        return ""
    low, high = bool(reading.low_inclusive), bool(reading.high_inclusive)
    return bounds_text(Bounds(reading.low, low, reading.high, high, reading.unit))


def span_text(months: float) -> str:
    """Months as people say them: 12 -> '1 year', 6 -> '6 months', 0.92 -> '4 weeks', 0.1 -> '3 days'."""
    if months >= 12 and months % 12 == 0:
        amount, unit = months / 12, "year"
    elif months != int(months) and abs(months / 0.23 - round(months / 0.23)) < 0.06 and round(months / 0.23):
        amount, unit = round(months / 0.23), "week"
    elif months >= 1:
        amount, unit = months, "month"
    else:
        amount, unit = max(1, round(months * 30)), "day"
    return f"{figures(f'{amount:g}')} {say(unit if amount == 1 else unit + 's')}"


def window_in_words(reading: Reading) -> str:
    """' in the last 5 years', ' stopped or over for at least 4 weeks'; '' without a window."""
    if reading.window_months is None:
        return ""
    span = span_text(reading.window_months)
    if reading.direction == "at_least_ago" and reading.effect == "exclude":
        return say(" in the last {span}").format(span=span)
    forms = {
        "at_least_ago": say(", {span} or longer ago"),
        "planned": say(" in the next {span}"),
        "lasting": say(" for {span}"),
    }
    return forms.get(reading.direction, say(" in the last {span}")).format(span=span)


def thing(pattern_id: str, value: str, *, short: bool, noun: str = "") -> str:
    """What a pattern is about, with its value; ``short``: a number follows, so that the value alone is its name.

    ``noun``: a criterion's own words, which may mean one of several things that the pattern names.
    """
    pattern = load_patterns().get(pattern_id)
    name = pattern.plain if pattern is not None and pattern.plain else label(pattern_id)
    name = (part_named(pattern, noun) if pattern is not None and noun and not value else "") or name
    value = re.sub(r"(?:^|[,;] )except: .*", "", value)
    if pattern is not None and value in pattern.plain_of:
        return say(pattern.plain_of[value])
    value = value.replace("_", " ")
    if value and short:
        return _SHORT.get(value) or _as_named().get(value) or say_or_theirs(value)
    if value == "any":
        return say(_ANY.get(pattern_id, name))
    return f"{say(name)} ({say_or_theirs(value)})" if value else say(name)


@functools.cache
def _as_named() -> dict[str, str]:
    """Names of scores in lower case, as they stand in trees, with the catalogue's own writing: "TCSS"."""
    values = (rule.value for pattern in load_patterns().values() for rule in pattern.rule)
    return {value.lower(): value for value in values if not value.islower()}


def value_forms() -> Iterator[str]:
    """The values that patterns name, as ``thing`` says them, for the catalogues; names of scores stay as they are."""
    for pattern in load_patterns().values():
        yield from (part.plain for part in pattern.parts)
        yield from pattern.plain_of.values()
        values = sorted({rule.value for rule in pattern.rule} - pattern.plain_of.keys() - {"", "any"})
        yield from (value.replace("_", " ") for value in values if value.islower() and value not in _SHORT)


_SAYS_NOTHING = ("a", "an", "the", "any", "history", "of", "known", "previous", "prior", "past", "current")


def narrower(leaf: Leaf) -> tuple[str, ...]:
    """The words by which a leaf means less than its concept's name says: what kind of it, and how severe."""
    pattern = load_patterns().get(leaf.concept)
    named = pattern is not None and leaf.bounds is None and names_less(pattern, leaf.value, leaf.noun)
    return (*((leaf.noun,) if named else ()), *leaf.severity)


def less_by(leaf: Leaf) -> str:
    """The words by which a leaf is less than it is said to be, where they do not stand beside it; '' for none."""
    if leaf.narrowing:
        return one_line(" … ".join(dict.fromkeys(leaf.narrowing))).strip(" ,;.…")[:_LONGEST] or leaf.noun
    pattern = load_patterns().get(leaf.concept)
    wide = pattern is not None and leaf.bounds is None and is_wide(pattern, leaf.value, leaf.noun)
    return one_line(leaf.noun)[:_LONGEST] if wide else ""


_OF_FUNCTION = re.compile(
    r"(?:\b(?:function\w*|coagulation|clotting)(?:\s(?:tests?|values?|parameters?|profiles?|panels?|stud(?:y|ies)|"
    r"results?))?|\A(?:ecg|ekg|electrocardiogra\w+))\Z"
)
_POORLY = re.compile(
    r"\b(?:dys|impair|abnormal|reduc|decreas|declin|poor|sever|moderate|mild|damage|fail|los[ts]|insuffici|inadequa|"
    r"limited|compromis|unstable|disturb|alter|deteriorat|worsen|disease|disorder|serious|significant|low\b)"
)
"""Words that call the working of an organ poor."""
_NORMAL = frozenset({"normal", "not below normal"})


def _named(concept: str, value: str, words: tuple[str, ...], *, short: bool, well: bool, noun: str = "") -> str:
    """What a thing without limits is called by the words beside it. ``well``: no other word calls it poor.

    "Adequate renal function" is no kidney disease, and "normal creatinine" is the creatinine.
    """
    if concept not in _FUNCTIONS:
        return thing(concept, value, short=short, noun=noun)
    function = words and not value and _OF_FUNCTION.search(words[0]) and not any(map(_POORLY.search, words[1:]))
    if well and function:
        return say(_FUNCTIONS[concept])
    return thing(concept, value, short=short or (bool(value) and not _NORMAL.isdisjoint(words)))


def name_of(leaf: Leaf) -> str:
    """A leaf without its number and time: "HbA1c", "liver disease (severe)"."""
    words, short = narrower(leaf), leaf.bounds is not None
    well = not any(map(_POORLY.search, leaf.narrowing))
    return _named(leaf.concept, leaf.value, words, short=short, well=well, noun=leaf.noun) + in_brackets(words)


def own_words(leaf: Leaf) -> tuple[str, ...]:
    """The sentence's own words of a thing: its noun, and what else makes it less than that."""
    beside = shorten(one_line(" … ".join(dict.fromkeys(leaf.narrowing))).strip(" ,;:.…()"), _LONGEST)
    known = {*stems(name_of(leaf)), *_SAYS_NOTHING}
    return tuple(words for words in (leaf.noun, beside) if not set(stems(words)) <= known)


def told_both_ways(told: Iterable[tuple[Hashable, Hashable]]) -> set[Hashable]:
    """The names that one text tells in more than one way: what it wants here and bars there under the same name.

    "Must have" and "must not have" the same thing tells nobody which part of it is meant: the sentence's own words
    (``own_words``) belong beside it. ``told`` are names, each with its way.
    """
    ways: dict[Hashable, set[Hashable]] = {}
    for name, way in told:
        ways.setdefault(name, set()).add(way)
    return {name for name, found in ways.items() if len(found) > 1}


def in_brackets(words: tuple[str, ...]) -> str:
    """ " (unstable angina)"; '' without words."""
    return f" ({', '.join(map(say_or_theirs, words))})" if words else ""


def _function_asked(reading: Reading, words: tuple[str, ...]) -> str:
    """ "kidney function as asked" where an organ must work and nothing calls that poor; else ''."""
    if reading.pattern not in _FUNCTIONS or any(map(_POORLY.search, words)):
        return ""
    if reading.value:
        measured = thing(reading.pattern, reading.value, short=True)
        return f"{measured} as asked" if not words and _SAID_WELL.search(reading.quote) else ""
    plain = bool(words) and _OF_FUNCTION.search(words[0])
    if not plain and not (_SAID_FUNCTION.search(reading.quote) and not _POORLY.search(reading.quote.lower())):
        return ""
    return f"{say(_FUNCTIONS[reading.pattern])} as asked{in_brackets(words)}"


_SAID_FUNCTION = re.compile(r"\b(?:functions?|functional|functioning)\b", re.IGNORECASE)
_SAID_WELL = re.compile(r"\b(?:normal|adequate|acceptable)\b", re.IGNORECASE)


def describe(reading: Reading) -> str:
    """One reading as a short sentence part in plain words, without the registry's words."""
    bounds = bounds_in_words(reading)
    value = ", ".join(dict.fromkeys((reading.value, *reading.listed)))
    words = () if bounds else reading.narrower
    wanted = reading.effect == "require"
    if wanted and not bounds and (of := _function_asked(reading, words)):
        what = of
    else:
        what = _named(reading.pattern, value, words, short=bool(bounds), well=wanted) + in_brackets(words)
    if bounds:
        said = f"{what} must {'' if wanted else 'not '}be {bounds}{window_in_words(reading)}"
    elif wanted and reading.section == "exclusion":
        said = f"not if this is missing: {what}{window_in_words(reading)}"
    elif wanted:
        said = f"must have {what}{window_in_words(reading)}"
    elif reading.when == "history" or reading.direction == "within":
        said = f"must not have had {what}{window_in_words(reading)}"
    else:
        said = f"must not have {what}{window_in_words(reading)}"
    if reading.exception:
        form = DOUBTED if reading.exception.startswith(DOUBTFUL) else EXCEPTED
        said += say(form).format(words=one_line(reading.exception))
    if reading.condition and not reading.applies_to_sex:
        said += say("; only: {words}").format(words=shorten(one_line(reading.condition), _LONGEST))
    if reading.applies_to_sex:
        said = f"{'women' if reading.applies_to_sex == 'female' else 'men'}: {said}"
    return f"{reading.group}: {said}" if reading.group else said


def together(item: Item) -> Iterator[str]:
    """How the readings of one criterion hang together, where each for itself would say another thing."""
    bars = item.section == "exclusion"
    ways = [one.path if bars else str(one.alternatives or "") for one in item.readings]
    of = [way for way in ways if (way.endswith("all of") if bars else way)]
    if len(of) > 1:
        words = "bars only where all of it is so" if bars else "one of these is enough"
        yield words if len(set(ways)) == 1 else f"part of it: {words}"
