"""Pages in English, Spanish and Korean: the program's words by catalogue, dates and countries by babel."""

from __future__ import annotations

import functools
import importlib.util
import io
from collections.abc import Callable
from gettext import GNUTranslations

from trialfinder.base.extras import install
from trialfinder.base.resources import data_dir
from trialfinder.base.suggest import hint
from trialfinder.base.text import one_line
from trialfinder.base.values import PartialDate
from trialfinder.errors import InputError

#: Languages of the pages; each but English has a catalogue in ``data/languages``.
LANGUAGES = ("en", "es", "ko")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def checked_language(name: str) -> str:
    """The language that was asked for.

    Raises:
        InputError: there is no catalogue of it.
    """
    if name in LANGUAGES:
        return name
    close = hint(name, LANGUAGES)
    known = f"the languages are {', '.join(LANGUAGES)}"
    raise InputError(f"--language {one_line(name)[:20]!r}: {f'{close}? ' if close else ''}{known}")


def check_extra() -> None:
    """Looks whether what sites and pictures are made with is installed.

    Raises:
        InputError: it is not.
    """
    missing = [name for name in ("babel", "matplotlib") if importlib.util.find_spec(name) is None]
    if missing:
        names = " and ".join(name.replace("_", "-") for name in missing)
        raise InputError(f"sites and pictures need {names}; install with: {install('pages')}")


@functools.cache
def translator(language: str) -> Callable[[str], str]:
    """Gives the program's words in a language; words that the catalogue lacks stay English.

    Translations that nobody has reviewed (``fuzzy``) are used as well.

    Raises:
        InputError: what reads the catalogues is not installed.
    """
    if language == "en":
        return str
    try:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
    except ImportError as error:
        raise InputError(f"other languages need babel; install it with: {install('pages')}") from error

    compiled = io.BytesIO()
    with data_dir("languages", f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language), use_fuzzy=True)
    compiled.seek(0)
    return GNUTranslations(compiled).gettext


@functools.lru_cache(maxsize=4096)
def day_words(day: PartialDate, language: str) -> str:
    """A date as exact as it is known, as the language writes it; English needs nothing that is not installed."""
    if day.month is None:
        return str(day.year)
    if language == "en":
        month = _MONTHS[day.month - 1]
        return f"{month} {day.year}" if day.day is None else f"{month} {day.day}, {day.year}"
    from babel.dates import format_date, format_skeleton

    if day.day is None:
        return format_skeleton("yMMMM", day.earliest(), locale=language)
    return format_date(day.earliest(), "long", locale=language)


@functools.cache
def country_words(name: str, language: str) -> str:
    """A country in a language, in English as lists and tables call it; a name that no country has stays as it is.

    Pages in English are made without babel, too; those in other languages ask for it first (`translator`).
    """
    from trialfinder.base.countries import country_code, plain_country

    if language == "en":
        return plain_country(name)
    if importlib.util.find_spec("babel") is None:
        return name
    from babel import Locale

    return str(Locale.parse(language).territories.get(country_code(name), name))
