"""Turns what a person wrote into facts, and tells exactly what is wrong: file, key, and the nearest right word.

No message repeats a value that the person wrote: a terminal's history, a log or a bug report must not carry it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from trialfinder.base.suggest import nearest
from trialfinder.base.values import PartialDate
from trialfinder.errors import InputError
from trialfinder.person.profile import Value
from trialfinder.person.profile_schema import Fact, Unit, options, schema, spellings

_SAME = 0.01  # two spellings of one number may differ by what rounding does: 8.2 % is 66 mmol/mol


def read_value(fact: Fact, raw: object, where: str, unit: Unit | None = None) -> Value:
    """The value of one fact, checked and in the unit of the schema.

    Raises:
        InputError: another type, out of the range of what can be true, or a word that is not allowed. Says which.
    """
    return _READERS[fact.type](fact, raw, where, unit)


def _flag(_fact: Fact, raw: object, where: str, _unit: Unit | None) -> bool:
    if isinstance(raw, bool):
        return raw
    raise InputError(f"{where}: expected true or false (leave it out when you do not know)")


def _number(fact: Fact, raw: object, where: str, unit: Unit | None) -> float:
    name = unit.unit if unit else fact.unit
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        raise InputError(f"{where}: expected a number ({name})")
    value = unit.convert(float(raw)) if unit else float(raw)
    low, high = fact.low, fact.high
    if (low is not None and value < low) or (high is not None and value > high):
        raise InputError(f"{where}: cannot be true; expected {_range(fact, unit)} ({name})")
    return value


def _range(fact: Fact, unit: Unit | None) -> str:
    if fact.low is None or fact.high is None:
        return "a number"
    low, high = fact.low, fact.high
    if unit:
        low, high = (low - unit.offset) / unit.factor, (high - unit.offset) / unit.factor
    return f"{low:.4g} to {high:.4g}"


def _word(fact: Fact, raw: object, where: str) -> str:
    if isinstance(raw, str):
        word = "_".join(raw.strip().lower().replace("-", " ").split())
        if word in fact.allowed:
            return word
        near = nearest(raw, fact.allowed)
        hint = f"; nearest: {near}" if near else ""
        raise InputError(f"{where}: not one of {', '.join(fact.allowed)}{hint}")
    raise InputError(f"{where}: expected one of {', '.join(fact.allowed)}")


def _choice(fact: Fact, raw: object, where: str, _unit: Unit | None) -> str:
    return _word(fact, raw, where)


def _choices(fact: Fact, raw: object, where: str, _unit: Unit | None) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple):
        raise InputError(f"{where}: expected a list, such as [{fact.allowed[0]!r}]".replace("'", '"'))
    return tuple(dict.fromkeys(_word(fact, word, where) for word in raw))


def _names(_fact: Fact, raw: object, where: str, _unit: Unit | None) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple) or not all(isinstance(name, str) and name.strip() for name in raw):
        raise InputError(f'{where}: expected a list of names, such as ["first", "second"]; [] means none')
    return tuple(dict.fromkeys(" ".join(name.split()) for name in raw))


def _text(_fact: Fact, raw: object, where: str, _unit: Unit | None) -> str:
    if isinstance(raw, str) and raw.strip():
        return " ".join(raw.split())
    raise InputError(f"{where}: expected words in quotation marks")


def _date(_fact: Fact, raw: object, where: str, _unit: Unit | None) -> PartialDate:
    try:
        return PartialDate.parse(str(raw) if not isinstance(raw, bool) else "")
    except ValueError:
        raise InputError(f'{where}: expected a date, such as "2023", "2023-05" or "2023-05-17"') from None


def _scores(_fact: Fact, raw: object, where: str, _unit: Unit | None) -> Mapping[str, float]:
    good = isinstance(raw, Mapping) and all(
        isinstance(points, int | float) and not isinstance(points, bool) and math.isfinite(points)
        for points in raw.values()
    )
    if not good or not isinstance(raw, Mapping):
        raise InputError(f"{where}: expected scales with points, such as {{ TCSS = 11 }}")
    return {str(name).strip(): float(points) for name, points in raw.items()}


_READERS: dict[str, Callable[[Fact, object, str, Unit | None], Value]] = {
    "flag": _flag,
    "number": _number,
    "choice": _choice,
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
    facts: dict[str, Value] = {}
    told_by: dict[str, str] = {}
    for table, content in tables.items():
        for name, raw in _entries(table, content, source):
            key = f"{table}.{name}"
            fact, unit = _find(key, source)
            value = read_value(fact, raw, f"{source}: {key}", unit)
            if fact.key in facts and not _same(facts[fact.key], value):
                raise InputError(f"{source}: {told_by[fact.key]} and {key} say different things; keep one of them")
            if fact.key not in facts or unit is None:
                facts[fact.key] = value
            told_by.setdefault(fact.key, key)
    return facts


def _entries(table: str, content: object, source: str) -> Iterable[tuple[str, object]]:
    tables = dict.fromkeys(fact.section for fact in schema().values())
    if table not in tables:
        raise InputError(f"{source}: unknown table or key {table!r}{_hint(table, [f'[{name}]' for name in tables])}")
    if not isinstance(content, Mapping):
        raise InputError(f"{source}: {table}: expected a table, written as [{table}]")
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
    near = nearest(text, known)
    return f"; nearest: {near}" if near else ""


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=_SAME)
    return one == other


def option_fact(name: str, source: str) -> Fact:
    """The fact behind a short name such as ``cancer`` or ``hba1c``.

    Raises:
        InputError: no such name; says the nearest.
    """
    wanted = name.strip().lower().replace("-", "_")
    known = options()
    found = known.get(wanted) or schema().get(wanted)
    if found is None:
        raise InputError(f"{source}: unknown name {name.strip()[:40]!r}{_hint(wanted, known)}")
    return found
