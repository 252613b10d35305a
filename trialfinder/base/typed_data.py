"""One loader for the TOML files that volunteers edit: a file becomes typed structs, or one line says what is wrong.

A mistake is told with the file, the line where it can be found, the keys that lead there (rows counted from 1, with
their id), what stands there and what was probably meant.
"""

from __future__ import annotations

import enum
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar, Union, get_args, get_origin

import msgspec

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import load_toml
from trialfinder.base.suggest import nearest
from trialfinder.errors import InputError

T = TypeVar("T")
Steps = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[{1,2})\s*([^\[\]#]+?)\s*\]{1,2}\s*(?:#.*)?")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w-]+(?:\s*\.\s*[\w-]+)*)\s*=""")
_KINDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a date",
    "null": "nothing",
}


class DataRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a table of a data file becomes. A key that no field has is a mistake, and so is a value of another type.

    Fields without a default must be there. Lists become tuples where the field says so; a type with ``from_data``
    makes itself and raises ValueError for what it cannot be (``shown`` is its name in ``docs/data.md``). A docstring
    below a field is its line there.
    """


class Text(str):
    """Text that says something; white space around it is dropped."""

    __slots__ = ()

    @classmethod
    def from_data(cls, value: object) -> Text:
        """The text of a data file; raises ValueError for anything else and for nothing but white space."""
        if not isinstance(value, str):
            raise ValueError(f"must be text, not {value!r}")  # noqa: TRY004 # the loader tells ValueErrors
        if not value.strip():
            raise ValueError("is empty")
        return cls(value.strip())


def load(path: Path, kind: type[T]) -> T:
    """A whole file as the struct that describes it.

    Args:
        path: the file.
        kind: a ``DataRow`` with the keys at the top of the file, or another type that msgspec knows.

    Raises:
        InputError: not readable, not TOML, or something in it is not what ``kind`` says; one line.
    """
    return typed(load_toml(path), kind, path)


def typed(data: object, kind: type[T], place: Path | str) -> T:
    """Values that were read already, as ``kind``; ``place`` is the file, or names them in messages.

    Raises:
        InputError: something in it is not what ``kind`` says; one line.
    """
    try:
        return msgspec.convert(data, kind, dec_hook=_made)
    except msgspec.ValidationError as error:
        _explain(data, kind, place, error)


def mistake(place: Path | str, steps: Sequence[str | int], says: str, data: object = None) -> InputError:
    """The error for something that a type cannot say, such as a name that no other row has.

    Args:
        place: the file, or a name for the values.
        steps: keys and positions (from 0) that lead to it, such as ``("term", 2, "pattern")``.
        says: the fact, without the place.
        data: the values of the whole file, for the ids of rows; None leaves them out.
    """
    line = _line(place, steps) if isinstance(place, Path) else None
    where = ", ".join([str(place), *([f"line {line}"] if line else []), *([_shown(steps, data)] if steps else [])])
    return InputError(f"{where}: {says}")


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """``unknown severity 'importan'; did you mean 'important'?``, or all that are known when nothing looks alike."""
    names = sorted(known)
    close = nearest(name, names, cutoff=60)
    more = f"did you mean {close!r}?" if close else f"known: {', '.join(names)}"
    return f"unknown {what} {name!r}; {more}"


def _made(kind: Any, value: Any) -> Any:
    return kind.from_data(value)


def _explain(data: object, kind: Any, place: Path | str, error: msgspec.ValidationError) -> NoReturn:
    steps, says = _fault(data, kind, ()) or ((), _in_words(error))
    raise mistake(place, steps, says, data) from error


def _fault(value: Any, kind: Any, steps: Steps) -> tuple[Steps, str] | None:
    """Where the first mistake below a value stands, and what it is; None when the value is as it should be."""
    kind = _told(kind, value)
    try:
        msgspec.convert(value, kind, dec_hook=_made)
    except msgspec.ValidationError as error:
        if isinstance(value, Mapping) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
            for key in value:
                if key not in fields:
                    return (*steps, key), unknown("key", key, fields)
            missing = [name for name, field in fields.items() if field.required and name not in value]
            if missing:
                return steps, f"{', '.join(missing)} missing"
        found = (_fault(below, its, (*steps, step)) for step, below, its in _below(value, kind))
        return next((fault for fault in found if fault), (steps, _in_words(error, value, kind)))
    return None


def _told(kind: Any, value: Any) -> Any:
    """The type without the None that stands for a key which may be left out; of several, the struct for a table."""
    if get_origin(kind) not in (types.UnionType, Union):
        return kind
    inner = [each for each in get_args(kind) if each is not types.NoneType]
    tables = [each for each in inner if isinstance(each, type) and issubclass(each, msgspec.Struct)]
    chosen = tables if isinstance(value, Mapping) else inner
    return chosen[0] if len(chosen) == 1 else kind


def _below(value: Any, kind: Any) -> Iterator[tuple[str | int, Any, Any]]:
    """The parts of a value, each with its step and its type."""
    inner = get_args(kind)
    if isinstance(value, Mapping) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
        yield from ((key, value[key], fields[key]) for key in value)
    elif isinstance(value, Mapping) and len(inner) == 2:
        yield from ((key, key, inner[0]) for key in value)
        yield from ((key, below, inner[1]) for key, below in value.items())
    elif isinstance(value, list) and inner and (len(inner) == 1 or inner[1] is Ellipsis):
        yield from ((number, below, inner[0]) for number, below in enumerate(value))


def _in_words(error: msgspec.ValidationError, value: object = None, kind: Any = None) -> str:
    if get_origin(kind) is Literal and isinstance(value, str):
        return unknown("value", value, map(str, get_args(kind)))
    if isinstance(kind, type) and issubclass(kind, enum.Enum) and isinstance(value, str):
        return unknown("value", value, [str(member.value) for member in kind])
    says = str(error).split(" - at ")[0]
    says = says.replace("Expected", "must be").replace(", got", ", not")
    return re.sub(r"`([a-z]+)( \| null)?`", lambda found: _KINDS.get(found[1], found[1]), says)


def _shown(steps: Sequence[str | int], data: object) -> str:
    """The way to a place, such as ``term[3] (sciatic).pattern``."""
    told = ""
    for step in steps:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
            name = data.get("id", data.get("key")) if isinstance(data, Mapping) else None
            told += f"[{step + 1}]" + (f" ({name})" if isinstance(name, str) else "")
        else:
            data = data.get(step) if isinstance(data, Mapping) else None
            told += f".{step}" if told else str(step)
    return told


def _line(path: Path, steps: Sequence[str | int]) -> int | None:
    """The line of a file on which a place, or the nearest table or key around it, begins; None when none is found."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    best: tuple[int, int] | None = None
    for number, here in _places(lines):
        depth = len(here)
        if here == tuple(steps[:depth]) and (best is None or depth > best[0]):
            best = depth, number
    return best[1] if best else None


def _places(lines: Sequence[str]) -> Iterator[tuple[int, Steps]]:
    """Each line that begins a table or a key, with the steps that lead there."""
    counts: dict[Steps, int] = {}
    table: Steps = ()
    for number, line in enumerate(lines, 1):
        header = _HEADER.fullmatch(line)
        if header:
            table = _rows((), _names(header[2])[:-1], counts) + _names(header[2])[-1:]
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            yield number, table
        elif key := _KEY.match(line):
            yield number, table + _names(key[1])


def _names(dotted: str) -> Steps:
    if dotted[0] in "\"'":
        return (dotted[1:-1],)
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _rows(start: Steps, names: Steps, counts: Mapping[Steps, int]) -> Steps:
    """The steps to a table inside lists of tables: TOML means the last row of each."""
    for name in names:
        start = (*start, name)
        if start in counts:
            start = (*start, counts[start])
    return start
