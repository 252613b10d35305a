"""The language in which the program's own words are said: English, unless a caller asks for another one.

Words that are put together in code go through ``say`` in the form of the catalogues (``data/languages``), before values
are filled in: ``say("at least {n}").format(n=18)``. The registry's own text never goes through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_translate: ContextVar[Callable[[str], str] | None] = ContextVar("translate", default=None)


def say(english: str) -> str:
    """The same in the language that is spoken now; the English words where that has none for them."""
    translate = _translate.get()
    return translate(english) if translate and english else english


@contextmanager
def speaking(translate: Callable[[str], str]) -> Iterator[None]:
    """Speaks another language inside of the block. ``translate`` gives English words back that it does not know."""
    token = _translate.set(translate)
    try:
        yield
    finally:
        _translate.reset(token)
