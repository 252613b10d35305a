"""The templates' surroundings: everything is escaped, and what comes from a record is cleaned and cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import remarked, say, theirs
from trialfinder.base.values import PartialDate
from trialfinder.pages.facets import slug
from trialfinder.pages.labels import field_value, label, sign_name
from trialfinder.pages.site_entries import ListedStudy
from trialfinder.pages.translations import country_words, day_words
from trialfinder.tables.notice import machine_words

if TYPE_CHECKING:
    from jinja2 import Environment

    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.catalogue.select import ChosenPart

#: As many countries are named in a list; of more, only their number.
_MOST_COUNTRIES = 4


def environment(language: str) -> Environment:
    """The environment for pages in one language."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("trialfinder.pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=None if language == "en" else _said_to_be_english,
    )  # fmt: skip
    made.filters.update(
        shorten=shorten,
        one_line=one_line,
        labels=lambda codes, kind: ", ".join(label(kind, code) for code in codes),
        countries=lambda names: countries_words(names, language),
    )
    made.globals.update(
        say=say, label=label, sign_name=sign_name, field_value=field_value, language=language,
        as_of_short=as_of_short,
        translated_words=translated_words,
        capital=lambda words: words[:1].upper() + words[1:],
        colon=lambda words: "" if words.endswith("?") else ":",
        groups_url=lambda key, value: f"groups/{key}-{slug(value)}.html",
    )  # fmt: skip
    return made


def _said_to_be_english(value: object) -> object:
    """A value that is put into a page; the registry's own words in it are said to be English.

    Without quotation marks: inside of an attribute they would end it.
    """
    from markupsafe import Markup, escape

    if not isinstance(value, str) or value.isascii():
        return value
    return Markup(remarked(escape(value), "<span lang=en>", "</span>"))  # all but these two is escaped


def countries_words(names: Iterable[str], language: str) -> str:
    """Countries in words; of many the first few and how many more."""
    words = [one_line(country_words(name, language)) for name in names]
    more = len(words) - _MOST_COUNTRIES
    return ", ".join(words[:_MOST_COUNTRIES]) + (f" +{more}" if more > 0 else "")


def as_of_short(entry: ListedStudy) -> str:
    """The day of a status in a list, in the form of the registry, which sorts; a change confirms nothing."""
    if entry.updated and not entry.confirmed:
        return say("record last changed {day}").format(day=entry.updated)
    return say("as of {day}").format(day=entry.as_of) if entry.as_of else say("as of an unknown day")


def as_of_words(entry: ListedStudy, language: str) -> str:
    """The day of a status in words: confirmed by the sponsor, else last changed, else when it was seen."""
    if entry.confirmed:
        return say("as of {day}, when the sponsor last confirmed it").format(day=day_words(entry.confirmed, language))
    if entry.updated:
        return say("as of {day}, when the record last changed").format(day=day_words(entry.updated, language))
    if entry.seen:
        return say("as of {day}").format(day=day_words(entry.seen, language))
    return say("as of an unknown day")


def freshness(catalogue: Catalogue, language: str) -> str:
    """How old all of this is, in one sentence."""
    origin = catalogue.origin
    if origin.kind == "snapshot":
        first, last = (PartialDate.parse(day) for day in (origin.data_timestamp or "").split("/"))
        words = say(
            "From the snapshot that comes with trialfinder, each study as it was on a day of its own between {first} "
            "and {last} or on an unknown day: never current."
        )
        return words.format(first=day_words(first, language), last=day_words(last, language))
    if origin.refreshed is None:
        return say("Nobody knows how old these records are: they were not asked of the registry.")
    day = origin.refreshed.astimezone(dt.UTC).date()
    return say("The registry was last asked on {day}.").format(
        day=day_words(PartialDate(day.year, day.month, day.day), language)
    )


def lacking_words() -> str:
    """Of a copy that says itself that criteria are not in it: what bars may be missing."""
    return say("Our copy LACKS CRITERIA of this study: what bars may be missing here. Read the record itself.")


def part_words(part: ChosenPart | None) -> str:
    """That only some of the studies are here, and how they were chosen; '' where all of them are."""
    if part is None or (part.number >= part.of and not part.filters):
        return ""
    said = say("Only a part of the studies: {n} of {all}.").format(n=part.number, all=part.of)
    if not part.filters:
        return said
    chosen = say("Chosen by: {filters}.").format(filters=theirs("; ".join(part.filters)))
    return f"{said} {chosen}"


def off_topic_words(part: ChosenPart | None) -> str:
    """How many studies the same searches found that are no part of this, since they are off topic; '' for none."""
    if part is None or not part.off_topic:
        return ""
    return say("Left out as off topic (no cells for a nerve condition): {n}.").format(n=part.off_topic)


def unsaid(*, ours: bool) -> str:
    """What stands where nothing is known; ``ours``: of a copy that may lack what the record says."""
    return say("not in our copy") if ours else say("not stated")


def notice_words() -> str:
    """That nothing is approved, as of a day; the day in the registry's own form."""
    from trialfinder.classify import approval

    said = approval()
    return f"{say(one_line(said.statement))} ({say('as of {day}').format(day=said.as_of)})"


def translated_words(language: str) -> tuple[str, ...]:
    """The line that says of words other than English who translated them; none in English."""
    return () if language == "en" else (machine_words(),)
