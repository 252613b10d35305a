"""Python's ``re`` as this program imports it: an expression is compiled when it is first asked, and not before.

Of a thousand expressions most runs ask some hundred; to compile all of them took most of the time until the first
answer. ``from trialfinder.base import lazy_re as re`` is all that a module does for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from re import (
    ASCII,
    DOTALL,
    IGNORECASE,
    MULTILINE,
    VERBOSE,
    I,
    Match,
    Pattern,
    escape,
    findall,
    fullmatch,
    match,
    search,
    split,
    sub,
)
from typing import Any, AnyStr, cast

__all__ = [
    "ASCII", "DOTALL", "IGNORECASE", "MULTILINE", "VERBOSE", "I", "Match", "Pattern", "compile", "escape", "findall",
    "fullmatch", "match", "search", "split", "sub",
]  # fmt: skip


_ASKED = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class LazyPattern:
    """An expression that is compiled when it is first asked.

    Its methods are attributes, at first ones that compile it and then those of the compiled one: whoever asks it a
    million times asks Python's own. Do not keep one of them for later: what was kept goes on asking whether.
    """

    search: Callable[..., Match[Any] | None]
    match: Callable[..., Match[Any] | None]
    fullmatch: Callable[..., Match[Any] | None]
    finditer: Callable[..., Iterator[Match[Any]]]

    def __init__(self, source: str | bytes, flags: int = 0) -> None:
        self._given = source, flags
        vars(self).update((name, partial(self._first, name)) for name in _ASKED)

    def _first(self, name: str, *told: Any, **named: Any) -> Any:
        if "made" not in vars(self):
            vars(self).update((each, getattr(self.made, each)) for each in _ASKED)
        return getattr(self.made, name)(*told, **named)

    @cached_property
    def made(self) -> Pattern[Any]:
        """The compiled expression."""
        return re.compile(*self._given)

    @property
    def pattern(self) -> str | bytes:
        """The expression as it was written."""
        return self._given[0]

    def __reduce__(self) -> tuple[type[LazyPattern], tuple[str | bytes, int]]:
        return LazyPattern, self._given


def compile(source: AnyStr, flags: int = 0) -> Pattern[AnyStr]:  # noqa: A001 # as in Python's
    """As ``re.compile``; but a mistake in the expression is told when it is first asked.

    So that none is told to a person, a test asks all of them.
    """
    return cast("Pattern[AnyStr]", LazyPattern(source, flags))
