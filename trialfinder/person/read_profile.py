"""Turns what a person wrote into facts, and tells exactly what is wrong: file, key, and the nearest right word.

No message repeats a value that the person wrote: a terminal's history, a log or a bug report must not carry it.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from trialfinder.base.suggest import nearest
from trialfinder.base.values import PartialDate
from trialfinder.errors import InputError
from trialfinder.person import plain_words, told_dates
from trialfinder.person.may_mean import hint_for
from trialfinder.person.misplaced import outside
from trialfinder.person.other_units import other_unit
from trialfinder.person.profile import ToldNumber, Value
from trialfinder.person.profile_schema import Fact, Unit, lines_such_as, options, schema, spellings
from trialfinder.person.which_one import says_yes

_SAME = 0.01  # two spellings of one number may differ by what rounding does: 8.2 % is 66 mmol/mol


def read_value(fact: Fact, raw: object, where: str, unit: Unit | None = None) -> Value:
    """The value of one fact, checked and in the unit of the schema.

    Raises:
        InputError: another type, out of the range of what can be true, or a word that is not allowed. Says which.
    """
    return _READERS[fact.type](fact, raw, where, unit)


def _flag(fact: Fact, raw: object, where: str, _unit: Unit | None) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        with contextlib.suppress(ValueError):
            return plain_words.flag(raw, fact)
    named = "; what it is called goes under diagnoses" if fact.section == "health" and len(str(raw).split()) > 1 else ""
    raise InputError(f"{where}: expected yes or no alone (leave it out when you do not know){named}")


def _number(fact: Fact, raw: object, where: str, unit: Unit | None) -> float:
    name = unit.unit if unit else fact.unit
    value = math.nan
    if isinstance(raw, str):
        with contextlib.suppress(ValueError):
            value = plain_words.number(fact, raw, unit)
    elif isinstance(raw, int | float) and not isinstance(raw, bool):
        value = ToldNumber.of(unit.convert(float(raw)), float(raw), unit.unit) if unit else float(raw)
    if not math.isfinite(value):
        other = other_unit(fact, raw) if isinstance(raw, str) else ""
        raise InputError(f"{where}: {other}{'; ' if other else ''}expected a number ({_units(fact, name)})")
    low, high = fact.low, fact.high
    if (low is not None and value < low) or (high is not None and value > high):
        other = "; write the unit beside it if it is another one" if fact.also and not unit else ""
        raise InputError(f"{where}: cannot be true; expected {_range(fact, unit)} ({name}){other}")
    return value


def _units(fact: Fact, name: str) -> str:
    """The units that can be written, the fact's own first."""
    if fact.unit == "months":
        return f'{name}; or with the unit, as "3 years", "18 months"'
    others = [each.unit for each in fact.also if each.unit != name]
    return f"{name}; with another unit write it: {' or '.join(others)}" if others else name


def _range(fact: Fact, unit: Unit | None) -> str:
    if fact.low is None or fact.high is None:
        return "a number"
    low, high = fact.low, fact.high
    if unit:
        low, high = (low - unit.offset) / unit.factor, (high - unit.offset) / unit.factor
    return f"{low:.4g} to {high:.4g}"


def _word(fact: Fact, raw: object, where: str, _unit: Unit | None = None) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool):  # type = 2
        raw = str(raw)
    if isinstance(raw, bool) and fact.no:  # cancer = false
        raw = "no" if not raw else ""
    if isinstance(raw, str):
        word = plain_words.choice(fact, raw)
        if word is not None:
            return word
        parts = {plain_words.bare(part) for part in raw.split(",")}
        if fact.no and parts <= plain_words.NO:  # "nope", "no, never"
            return fact.no
        hint = hint_for(fact, raw)
        others = (other for other in schema().values() if other.allowed and other.section == fact.section)
        if plain_words.is_yes(raw) or says_yes(fact, raw):
            hint = "; say which"  # and suggest nothing: whoever uses insulin may have either type
        elif not hint and (other := next((each for each in others if plain_words.choice(each, raw)), None)):
            hint = f"; that answers {other.key}"
        raise InputError(f"{where}: not one of {_allowed(fact)}{hint}")
    raise InputError(f"{where}: expected one of {_allowed(fact)}")


def _allowed(fact: Fact) -> str:
    """The words that can be told, as people write them; a file may hold them so, too."""
    return ", ".join(map(plain_words.spoken, fact.allowed))


def _choices(fact: Fact, raw: object, where: str, _unit: Unit | None) -> tuple[str, ...]:
    if isinstance(raw, str):
        whole = plain_words.choice(fact, raw)
        raw = [whole] if whole else _parts(raw, and_parts=True)
    if not isinstance(raw, list | tuple):
        raise InputError(f"{where}: expected a list, such as [{fact.allowed[0]!r}]".replace("'", '"'))
    return tuple(dict.fromkeys(_word(fact, word, where) for word in _without_none(fact, raw, where)))


def _names(fact: Fact, raw: object, where: str, _unit: Unit | None) -> tuple[str, ...]:
    if isinstance(raw, str):
        raw = [raw] if plain_words.is_none(raw, fact) else _parts(raw, and_parts=fact.key in _DRUGS)
    if not isinstance(raw, list | tuple) or not all(isinstance(name, str) and name.strip() for name in raw):
        raise InputError(f'{where}: expected a list of names, such as ["first", "second"]; [] means none')
    return tuple(dict.fromkeys(" ".join(name.split()) for name in _without_none(fact, raw, where)))


# Lists of drugs, in which "and" parts two names. "Head and neck cancer" is one illness.
_DRUGS = ("treatment.medications", "neuropathy.failed_treatments")


_COMMA = (
    r"[,;](?!\s*(?:(?:it|that|which|has|now|is)\s)*(?:healed|cured|closed|gone|over|treated|diagnosed|removed|"
    r"in remission|since|last (?:year|month))\b)"
)
"""Between two names. "Foot ulcer, healed in May" is one."""


def _parts(text: str, *, and_parts: bool) -> list[str]:
    """A list typed as words: parted by commas and semicolons; ``[""]`` when nothing stands in it."""
    found = re.split(rf"{_COMMA}|\s(?:and|&|\+)\s" if and_parts else _COMMA, text)
    return [part.strip() for part in found if part.strip()] or [""]


def _without_none(fact: Fact, raw: Sequence[Any], where: str) -> Sequence[Any]:
    """The list without what the person does not know; empty when it says no more than "none".

    Raises:
        InputError: "none" stands beside other names.
    """
    none = [isinstance(word, str) and plain_words.is_none(word, fact) for word in raw]
    if any(none) and not all(none):
        raise InputError(f'{where}: "none" stands beside other names; keep one of both')
    return () if any(none) else [word for word in raw if not plain_words.is_left_open(fact, word)]


def _text(_fact: Fact, raw: object, where: str, _unit: Unit | None) -> str:
    if isinstance(raw, str) and raw.strip():
        return " ".join(raw.split())
    raise InputError(f"{where}: expected words in quotation marks")


def _date(_fact: Fact, raw: object, where: str, _unit: Unit | None) -> PartialDate:
    try:
        return told_dates.date(str(raw) if not isinstance(raw, bool) else "")
    except ValueError:
        raise InputError(f'{where}: expected a date, such as "2023", "2023-05", "May 2023" or "2023-05-17"') from None


def _scores(_fact: Fact, raw: object, where: str, _unit: Unit | None) -> Mapping[str, float]:
    if isinstance(raw, str):
        raw = _typed_scores(raw)
    good = isinstance(raw, Mapping) and all(
        isinstance(points, int | float) and not isinstance(points, bool) and math.isfinite(points)
        for points in raw.values()
    )
    if not good or not isinstance(raw, Mapping):
        raise InputError(f"{where}: expected scales with points, such as {{ TCSS = 11 }}, typed as TCSS=11")
    return {str(name).strip(): float(points) for name, points in raw.items()}


def _typed_scores(text: str) -> Mapping[str, float] | None:
    """``TCSS=11, INCAT 4`` as a mapping; None when it is something else."""
    if plain_words.is_none(text):
        return {}
    found = {}
    for part in _parts(text, and_parts=True):
        pair = re.fullmatch(r"(.*\S)\s*(?:[=:]|\s)\s*(-?\d+(?:[.,]\d+)?)(?: points?)?", part)
        if not pair:
            return None
        found[pair[1].rstrip(" =:")] = float(pair[2].replace(",", "."))
    return found


_READERS: dict[str, Callable[[Fact, object, str, Unit | None], Value]] = {
    "flag": _flag,
    "number": _number,
    "choice": _word,
    "choices": _choices,
    "names": _names,
    "text": _text,
    "date": _date,
    "scores": _scores,
}


def read_facts(tables: Mapping[str, Any], source: str) -> dict[str, Value]:
    """The facts of a parsed profile file; ``source`` names the file in messages.

    Raises:
        InputError: an unknown table or key (with the nearest right one), a wrong value, or two keys that disagree.
    """
    facts, problems = read_all(tables, source)
    if problems:
        raise problems[0]
    return facts


def read_all(tables: Mapping[str, Any], source: str) -> tuple[dict[str, Value], list[InputError]]:
    """The facts that can be read, and everything that is wrong, in the order of the file."""
    facts: dict[str, Value] = {}
    problems: list[InputError] = []
    told_by: dict[str, str] = {}
    for table, content in tables.items():
        try:
            entries = list(_entries(table, content, source))
        except InputError as error:
            problems.append(error)
            continue
        for name, raw in entries:
            try:
                _read_entry(f"{table}.{name}", raw, source, facts, told_by)
            except InputError as error:
                problems.append(error)
    return facts, problems


def _read_entry(key: str, raw: object, source: str, facts: dict[str, Value], told_by: dict[str, str]) -> None:
    fact, unit = _find(key, source)
    if plain_words.is_left_open(fact, raw):
        return
    value = read_value(fact, raw, f"{source}: {key}", unit)
    if fact.key in facts and not _same(facts[fact.key], value):
        raise InputError(f"{source}: {told_by[fact.key]} and {key} say different things; keep one of them")
    if fact.key not in facts or unit is None:
        facts[fact.key] = value
    told_by.setdefault(fact.key, key)


def _entries(table: str, content: object, source: str) -> Iterable[tuple[str, object]]:
    tables = dict.fromkeys(fact.section for fact in schema().values())
    if table not in tables:
        raise InputError(f"{source}: unknown table or key {table!r}{outside(table, content, list(tables))}")
    if not isinstance(content, Mapping):
        raise InputError(f"{source}: {table}: expected a table, written as [{table}], {lines_such_as(table)}")
    return content.items()


def _find(key: str, source: str) -> tuple[Fact, Unit | None]:
    found = spellings().get(key)
    if found is None:
        name = key.partition(".")[2]
        same_name = [known for known in spellings() if known.partition(".")[2] == name]
        hint = f"; nearest: {same_name[0]}" if same_name else _hint(key, spellings())
        raise InputError(f"{source}: unknown key {key!r}{hint}")
    return found


def _hint(text: str, known: Iterable[str]) -> str:
    return f"; nearest: {near}" if (near := nearest(text, known)) else ""


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=_SAME)
    return one == other


def option_fact(name: str, source: str) -> Fact:
    """The fact behind a short name such as ``cancer`` or ``hba1c``.

    Raises:
        InputError: no such name; says the nearest, and for ``--yes`` and ``--no`` the names there are.
    """
    wanted = "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())
    known = options()
    found = known.get(wanted) or schema().get(wanted)
    if found is None:
        by_name = source in ("--yes", "--no")
        flags = [word for word, fact in known.items() if by_name and (fact.type == "flag" or fact.no)]
        near = nearest(wanted, flags or known, cutoff=88.0)
        hint = f"nearest: {near}" if near else "names are those of a profile file, such as cancer or heart_disease"
        names = ", ".join(word for word in flags if word == (known[word].option or known[word].name))
        more = (f"names: {names}", _IN_OWN_WORDS) if flags and not near else ()
        raise InputError(f"{source}: unknown name {name.strip()[:40]!r}; {hint}", suggestions=more)
    return found


_IN_OWN_WORDS = "another illness, a stent or an implant, in your own words: --diagnoses 'coronary stent, gout'"
