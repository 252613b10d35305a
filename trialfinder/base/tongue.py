"""The language in which the program's own words are said: English, unless a caller asks for another one.

Words that are put together in code go through ``say`` in the form of the catalogues (``data/languages``), before values
are filled in: ``say("at least {n}").format(n=18)``. The registry's own text never goes through it: where it stands in
the midst of the program's words it goes through ``theirs``, so that a page can say which words are English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from trialfinder.base import lazy_re as re

if TYPE_CHECKING:
    from trialfinder.base.values import Age

_translate: ContextVar[Callable[[str], str] | None] = ContextVar("translate", default=None)
#: A number in English figures; its translation shows which marks the language writes in it.
FIGURES = "1,000.5"
#: What stands before and behind the registry's own words.
MARKS = _BEGINS, _ENDS = ("\ue010", "\ue011")
_MARKED = re.compile(f"{_BEGINS}([^{_BEGINS}{_ENDS}]*)(?:{_ENDS}|$)")
_MARKS = re.compile(f"[{_BEGINS}{_ENDS}]")


def say(english: str) -> str:
    """The same in the language that is spoken now; the English words where that has none for them."""
    translate = _translate.get()
    return translate(english) if translate and english else english


def say_or_theirs(english: str) -> str:
    """The same in the language that is spoken now; English words that it has not are marked as ``theirs``."""
    said = say(english)
    return theirs(english) if said == english else said


def theirs(english: str) -> str:
    """The registry's own words, to be put among the program's: marked while another language than English is spoken.

    What writes a page turns the marks into a language of its format (``remarked``), anything else takes them away
    (``unmarked``).
    """
    if _translate.get() in (None, str) or not english:
        return english
    return f"{_BEGINS}{unmarked(english)}{_ENDS}"


def remarked(text: str, begins: str, ends: str) -> str:
    """The text with these two in place of the marks of ``theirs``, always in pairs; a text may have been cut.

    With ``MARKS`` it keeps them, those in pairs alone.
    """
    parts = map(unmarked, _MARKED.split(text))
    return "".join(f"{begins}{part}{ends}" if at % 2 else part for at, part in enumerate(parts))


def closed(text: str) -> str:
    """A text that was cut, with the mark that ends the words of ``theirs`` when the cut took it away."""
    return text + _ENDS if text.rfind(_BEGINS) > text.rfind(_ENDS) else text


def unmarked(text: str) -> str:
    """The text without the marks of ``theirs``."""
    return text if text.isascii() else _MARKS.sub("", text)


def figures(number: str) -> str:
    """A number in English figures as the language that is spoken writes it: "1,234.5" is "1.234,5" in Spanish."""
    written = say(FIGURES)
    return number if written == FIGURES else number.translate({ord(","): written[1], ord("."): written[5]})


def age_said(age: Age) -> str:
    """An age limit of the registry in the language that is spoken: "6 months"."""
    number = figures(f"{age.amount:g}")
    if age.unit != "year":
        return f"{number} {say(age.unit if age.amount == 1 else f'{age.unit}s')}"
    # Korean counts years of life with a word of its own.
    years = say("{n} year (age)") if age.amount == 1 else say("{n} years (age)")
    return years.removesuffix(" (age)").format(n=number)


def joined(parts: Iterable[str]) -> str:
    """``a, b and c`` in the language that is spoken."""
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return say("{several} and {last}").format(several=", ".join(items[:-1]), last=items[-1])


def counted(number: int, one: str, many: str) -> str:
    """A form in the language that is spoken: ``one`` for 1, else ``many`` with ``{n}`` filled in."""
    return say(one) if number == 1 else say(many).format(n=figures(f"{number:,}"))


@contextmanager
def speaking(translate: Callable[[str], str]) -> Iterator[None]:
    """Speaks another language inside of the block. ``translate`` gives English words back that it does not know."""
    token = _translate.set(translate)
    try:
        yield
    finally:
        _translate.reset(token)
