"""A person's own facts. Nothing of it is ever logged, stored or written into an export of studies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from trialfinder.base.values import PartialDate

Value: TypeAlias = "bool | float | str | PartialDate | tuple[str, ...] | Mapping[str, float]"


class ToldNumber(float):
    """A number in the unit of the schema that was told in another one: 8.189 (percent), ``told`` as "66 mmol/mol"."""

    __slots__ = ("told",)
    told: str

    @classmethod
    def of(cls, value: float, number: float, unit: str) -> ToldNumber:
        """The ``value`` that ``number`` in its ``unit`` is."""
        made = cls(value)
        made.told = f"{int(number) if number.is_integer() else number!r} {unit}"
        return made


class Profile:
    """The facts that a person told, by key (``diabetes.hba1c``), in the units of the schema.

    What is left out is unknown. ``repr`` shows the number of facts and never a value, so that no traceback, log or
    debugger line carries one. Two profiles are the same only when they are the same object.
    """

    __slots__ = ("__weakref__", "_facts")

    def __init__(self, facts: Mapping[str, Value] | None = None) -> None:
        self._facts: Mapping[str, Value] = MappingProxyType(dict(facts or {}))

    def get(self, key: str) -> Value | None:
        """What the person told; None when they did not."""
        return self._facts.get(key)

    def with_facts(self, more: Mapping[str, Value]) -> Profile:
        """A new profile in which ``more`` overrules."""
        return Profile({**self._facts, **more})

    def facts(self) -> dict[str, Any]:
        """A copy of everything that was told."""
        return dict(self._facts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __contains__(self, key: object) -> bool:
        return key in self._facts

    def __repr__(self) -> str:
        return f"<Profile with {len(self)} facts>"
