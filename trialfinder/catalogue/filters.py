"""The filters of search, export and match: one list, applied in order, counting what each leaves (the funnel).

A filter never drops a study for what the registry leaves out, unless it asks for exactly that: an age limit that is
absent is open, a sex that is absent is taken as all.
"""

from __future__ import annotations

import datetime as dt
import math
import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from trialfinder.base import lazy_re as re
from trialfinder.base.countries import country_name
from trialfinder.base.enums import PHASE_WORDS, STATUS_WORDS
from trialfinder.base.text import count, folded, one_line
from trialfinder.base.values import PartialDate
from trialfinder.catalogue import filter_words
from trialfinder.catalogue.searched import searched_text
from trialfinder.catalogue.slips import meant_countries
from trialfinder.catalogue.two_filters import only_two_against
from trialfinder.errors import InputError

Row = dict[str, Any]
Test = Callable[[Row], bool]
#: What the lists for people call the codes of ``relevance``.
RELEVANCE_WORDS = {"adjacent": "related", "off_topic": "off topic"}
# No status of the registry: whether a study is open is this program's judgement.
_OPEN_WORDS = frozenset({"open", "joinable", "available now", "can be joined", "opened"})


@dataclass(frozen=True, slots=True)
class Filter:
    """An active filter: the option as typed, its words, the test of a row, and why it left out what may be meant.

    ``left_out`` is told the rows that did not pass; '' when none of them may be meant.
    """

    option: str
    value: str
    test: Test
    left_out: Callable[[list[Row]], str] = lambda _: ""

    @property
    def argument(self) -> str:
        """The option and its value as they stand on a command line."""
        if not self.option:
            return self.value
        return f"{self.option} {shlex.quote(self.value)}" if self.value else self.option


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What one filter left: how many rows before and after it, and why it left out what may be meant."""

    filter: Filter
    before: int
    after: int
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Filtered:
    """The rows that passed, the funnel, and how many would pass without each single filter."""

    rows: list[Row]
    funnel: tuple[Narrowing, ...]
    without: tuple[tuple[Filter, int], ...] = ()
    without_two: tuple[tuple[Filter, Filter, int], ...] = ()
    """Where leaving out one filter gives nothing, but two do."""


def apply(rows: Iterable[Row], filters: Sequence[Filter]) -> Filtered:
    """Applies the filters in order. When nothing is left, counts what leaving out each one would give."""
    every = left = list(rows)
    funnel = []
    for each in filters:
        passed = [row for row in left if each.test(row)]
        kept = {id(row) for row in passed}
        why = each.left_out([row for row in left if id(row) not in kept])
        funnel.append(Narrowing(each, len(left), len(passed), why))
        left = passed
    without: list[tuple[Filter, int]] = []
    if not left and every:
        for each in filters:
            others = [other.test for other in filters if other is not each]
            without.append((each, sum(all(test(row) for test in others) for row in every)))
    helped = not without or any(number for _, number in without)
    two = {} if helped else only_two_against(every, [each.test for each in filters])
    pairs = tuple((filters[first], filters[second], number) for (first, second), number in two.items())
    return Filtered(left, tuple(funnel), tuple(without), pairs)


def words(text: str) -> Filter:
    """Every word stands in what ``searched_text`` has of a study; quotes join words."""
    try:
        given = shlex.split(text)
    except ValueError:  # an apostrophe alone
        given = text.split()
    parts = [folded(part) for part in given]
    return Filter("", shlex.join(given), lambda row: all(map(searched_text(row).__contains__, parts)))


def words_of(arguments: Sequence[str]) -> str:
    """Words as they came from a shell, as ``words`` reads them: each word for itself, in one argument or in several.

    Only double quotes inside an argument, ``'"stem cells" pain'``, make a phrase.
    """
    parts = []
    for argument in arguments:
        try:
            parts += shlex.split(argument) if argument.count('"') > 1 else argument.split()
        except ValueError:
            parts += argument.split()
    return shlex.join(parts)


def status(text: str) -> Filter:
    """One or several statuses, as the registry writes them or in plain words, joined by commas."""
    by_words = {folded(plain): value for value, plain in STATUS_WORDS.items()}
    known = {**{v.lower(): v for v in STATUS_WORDS}, **by_words}
    parts = _parts(
        text, "--status", lambda part: part.lower() in known or bool(filter_words.accepted("--status", part))
    )
    if not _OPEN_WORDS.isdisjoint(map(str.lower, parts)):
        raise InputError(
            "--status open: what can be joined now is found with --open; the registry's status is RECRUITING"
        )
    wanted = {
        value
        for part in parts
        for value in filter_words.choices(part, known, "--status", filter_words.known("--status"))
    }
    return Filter("--status", text, lambda row: row["overall_status"] in wanted, _unknown("overall_status", "status"))


_PHASE = re.compile(r"^\s*phases?[\s_-]+", re.IGNORECASE)


def phase(text: str) -> Filter:
    """One or several phases: 1, 2, 3, 4, early1, na or the registry's values; ``1/2`` means both."""
    short = {value.lower().replace("phase", "").replace("_", ""): value for value in PHASE_WORDS}
    spoken = {"n/a": "NA", "early 1": "EARLY_PHASE1", "one": "PHASE1", "two": "PHASE2", "three": "PHASE3"}
    spoken |= {"i": "PHASE1", "ii": "PHASE2", "iii": "PHASE3", "iv": "PHASE4", "none": "NA"}
    known = short | {value.lower(): value for value in PHASE_WORDS} | spoken
    wanted = [
        {
            filter_words.choice(_PHASE.sub("", piece), known, "--phase", names=short)
            for piece in ([part] if part.lower() == "n/a" else part.split("/"))
        }
        for part in _parts(text, "--phase")
    ]

    def test(row: Row) -> bool:
        has = set((row["phases"] or "").split("; "))
        return any(each <= has for each in wanted)

    return Filter("--phase", text, test, _unknown("phases", "phase"))


def country(text: str) -> Filter:
    """A country with a site; several are joined by commas."""
    wanted: dict[str, str] = {}
    for part in _parts(text, "--country", lambda part: bool(country_name(part))):
        name = country_name(part)
        if not name and (meant := meant_countries(part)):
            raise InputError(f"--country: unknown country {one_line(part)[:60]!r}; did you mean {' or '.join(meant)}?")
        wanted[folded(name or part)] = part
    strange = [part for part in wanted.values() if not country_name(part)]
    no_such = f"our list has no country {one_line(', '.join(strange))[:60]!r}" if strange else ""

    def test(row: Row) -> bool:
        has = {folded(country_name(name) or name) for name in (row["countries"] or "").split("; ")}
        return not has.isdisjoint(wanted)

    return Filter("--country", text, test, _unknown("countries", "country", no_such))


def _unknown(column: str, what: str, besides: str = "") -> Callable[[list[Row]], str]:
    """Counts the rows that may be meant, since nothing stands in a column of theirs; ``besides`` is told first."""

    def tell(rows: list[Row]) -> str:
        number = sum(not row[column] for row in rows)
        unknown = f"{count(number, 'study', 'studies')}: the {what} is not known here" if number else ""
        return "; ".join(part for part in (besides, unknown) if part)

    return tell


def sponsor(text: str) -> Filter:
    """Part of the name of the sponsor or a collaborator."""
    part = folded(text)
    return Filter("--sponsor", text, lambda row: part in folded(f"{row['lead_sponsor']} {row['collaborators']}"))


def age(text: str) -> Filter:
    """An age in years that the record's limits admit; an absent limit is open."""
    from trialfinder.person.plain_words import number
    from trialfinder.person.profile_schema import schema

    try:
        years = number(schema()["person.age"], text)
    except ValueError:
        years = -1.0
    if not 0 <= years <= 130:
        raise InputError(f"--age {text}: expected years between 0 and 130, such as 58")

    def test(row: Row) -> bool:
        low, high = row["minimum_age_years"], row["maximum_age_years"]
        # A limit of "80 Years" admits a person until the 81st birthday.
        reached = math.floor(years) if high is not None and high >= 1 and float(high).is_integer() else years
        return (low is None or years >= low) and (high is None or reached <= high)

    return Filter("--age", text, test)


def sex(text: str) -> Filter:
    """female or male: studies that admit that sex."""
    known = {**dict.fromkeys(("female", "f", "woman", "women"), "FEMALE"), "all": "ALL"}
    wanted = filter_words.choice(text, known | dict.fromkeys(("male", "m", "man", "men"), "MALE"), "--sex")
    return Filter("--sex", text, lambda row: wanted == "ALL" or row["sex"] in (None, "ALL", wanted))


def updated_since(text: str, today: dt.date) -> Filter:
    """The registry showed a change on or after a date, or in the last so many days (``30d``)."""
    since = since_date(text, today)
    return Filter("--updated-since", text, lambda row: (row["last_update_post_date"] or "") >= since.isoformat())


def since_date(text: str, today: dt.date) -> dt.date:
    """Reads ``7d``, ``2w``, ``6m``, ``1y`` or a date.

    Raises:
        InputError: something else.
    """
    days = {"d": 1, "w": 7, "m": 30.44, "y": 365.25}
    found = re.fullmatch(r"(\d{1,4})\s*([dwmy])(?:ays?|eeks?|onths?|ears?)?", text.strip().lower())
    try:
        if found:
            return today - dt.timedelta(days=round(int(found[1]) * days[found[2]]))
        return PartialDate.parse(text).earliest()
    except (ValueError, OverflowError) as error:
        raise InputError(f"{text!r} is not a date; use 2026-05-17, 2026-05, or 30d for the last 30 days") from error


def joinable_now() -> Filter:
    """Studies that can be joined now."""
    return Filter("--open", "", lambda row: row["joinable"] == "yes")


def saved_search(name: str) -> Filter:
    """Studies that a saved search found."""
    return Filter("--query", name, lambda row: name in (row["searches"] or "").split("; "))


def listed(
    option: str, column: str, text: str, known: Sequence[str], also: Iterable[str] = (),
    meant: filter_words.Meant = lambda _: (),
) -> Filter:  # fmt: skip
    """One or several values of a column, joined by commas; a slip may be in one of the other words (``also``).

    ``meant`` tells what a word may be about that is no slip.
    """
    values = {value: value for value in known}
    wanted = {
        value
        for part in _parts(text, option)
        for value in filter_words.choices(part, values, option, [*filter_words.known(option), *also], meant)
    }
    return Filter(option, text, lambda row: not wanted.isdisjoint((row[column] or "").split("; ")))


def _parts(text: str, option: str, known: Callable[[str], bool] | None = None) -> list[str]:
    """The values between the commas; what is ``known`` by a name with a comma in it stays together."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        raise InputError(f"{option} was given no value")
    found = []
    while parts:
        ends = range(len(parts), 1, -1) if known else ()
        end = next((end for end in ends if known and known(", ".join(parts[:end]))), 1)
        found.append(", ".join(parts[:end]))
        parts = parts[end:]
    return found
