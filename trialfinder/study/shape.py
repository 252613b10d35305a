"""Takes values out of a registry record, whatever shape they are in.

The registry promises a shape (OpenAPI 2.0.5); records from mirrors, old dumps and damaged files may break it. A module
of the wrong type makes the record unusable; a wrong value inside one is left out and told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from trialfinder.base.text import whole
from trialfinder.errors import RecordError

T = TypeVar("T")
#: No number of a study is larger; one that is would not fit into a cell, a store or a float.
_LARGEST = 2**53


class Reader:
    """One mapping of a record, with its path; collects in ``problems`` what was not in the promised shape."""

    __slots__ = ("_data", "_path", "problems")

    def __init__(self, data: Mapping[str, Any], path: str, problems: list[str]) -> None:
        self._data, self._path, self.problems = data, path, problems

    def _tell(self, key: str, wanted: str, value: object) -> None:
        self.problems.append(f"{self._path}{key}: expected {wanted}, found {type(value).__name__}")

    def branch(self, key: str, *, strict: bool = False) -> Reader:
        """The mapping under a key; an empty one when it is absent.

        Raises:
            RecordError: ``strict``, and something else stands there.
        """
        value = self._data.get(key)
        path = f"{self._path}{key}."
        if value is None:
            return Reader({}, path, self.problems)
        if not isinstance(value, Mapping):
            if strict:
                raise RecordError(f"{self._path}{key}: expected an object, found {type(value).__name__}")
            self._tell(key, "an object", value)
            return Reader({}, path, self.problems)
        return Reader(value, path, self.problems)

    def branches(self, key: str) -> Iterator[Reader]:
        """The mappings of a list, in order; items of another type are told and left out."""
        for index, item in enumerate(self._list(key)):
            if isinstance(item, Mapping):
                yield Reader(item, f"{self._path}{key}[{index}].", self.problems)
            else:
                self._tell(f"{key}[{index}]", "an object", item)

    def text(self, key: str) -> str | None:
        """A string; None when absent, empty, or something else."""
        value = self._data.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return whole(value)
        self._tell(key, "text", value)
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """The strings of a list."""
        found = []
        for index, item in enumerate(self._list(key)):
            if isinstance(item, str):
                found.append(whole(item))
            else:
                self._tell(f"{key}[{index}]", "text", item)
        return tuple(found)

    def flag(self, key: str) -> bool | None:
        """A boolean; None when absent or something else."""
        value = self._data.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._tell(key, "true or false", value)
        return None

    def whole(self, key: str) -> int | None:
        """A whole number; None when absent or something else."""
        value = self._data.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST:
            return value
        self._tell(key, "a whole number", value)
        return None

    def number(self, key: str) -> float | None:
        """A number; None when absent or something else."""
        value = self._data.get(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST:
            return float(value)
        self._tell(key, "a number", value)
        return None

    def parsed(self, key: str, parse: Callable[[str], T]) -> T | None:
        """A string that ``parse`` understands; None when absent, or when it raises ValueError (told)."""
        text = self.text(key)
        if text is None or text.strip().upper() == "N/A":
            return None
        try:
            return parse(text)
        except ValueError as error:
            self.problems.append(f"{self._path}{key}: {error}")
            return None

    def one_of(self, key: str, known: frozenset[str]) -> str | None:
        """An enum value as the registry writes it; one that we do not know is kept and told."""
        value = self.text(key)
        if value is not None and value not in known:
            self.problems.append(f"{self._path}{key}: unknown value {value[:40]!r}")
        return value

    def _list(self, key: str) -> list[Any]:
        value = self._data.get(key)
        if value is None:
            return []
        if isinstance(value, list):
            return value
        self._tell(key, "a list", value)
        return []
