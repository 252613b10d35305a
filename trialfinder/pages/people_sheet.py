"""The sheet for people: one row a study in words, and the words of its cover. The codes stay in the full export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trialfinder.base.text import harmless, one_line, shorten
from trialfinder.base.tongue import say
from trialfinder.base.values import PartialDate
from trialfinder.classify import is_strong_warning
from trialfinder.classify.sign_rules import STRENGTHS
from trialfinder.pages.labels import label, related_words, sign_name
from trialfinder.pages.site_entries import ANSWERS
from trialfinder.pages.study_page import age_words, contact_shown, given_words
from trialfinder.pages.templating import notice_words
from trialfinder.reading.plain import bounds_in_words, in_brackets, thing, window_in_words
from trialfinder.tables.cells import safe_text
from trialfinder.tables.record_words import finer_product

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.classify import Sign
    from trialfinder.reading.readings import Item, Reading
    from trialfinder.study.model import Contact, Study
    from trialfinder.tables.rows import Row

_LONGEST, _TITLE, _NAME = 1_000, 250, 80
_TOWNS, _BARS, _PEOPLE = 8, 10, 3


@dataclass(frozen=True, slots=True)
class PeopleColumn:
    """One column: its key, its width in characters, its title and what it means."""

    key: str
    width: int
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """One study: its number, its web address, and the text of every column by key but the two that are no text.

    ``confirmed`` is the day on which the sponsor last confirmed the record, as exact as it is known; where it is None,
    ``unconfirmed`` says so.
    """

    nct_id: str
    url: str
    confirmed: PartialDate | None
    answer: str
    words: dict[str, str]
    unconfirmed: str


@dataclass(frozen=True, slots=True)
class PeopleSheet:
    """All of it: title, the lines of the cover, the columns, and the rows."""

    title: str
    language: str
    cover: tuple[str, ...]
    columns: tuple[PeopleColumn, ...]
    rows: tuple[PeopleRow, ...]


def people_columns() -> tuple[PeopleColumn, ...]:
    """The columns, in the language that is spoken."""
    return (
        PeopleColumn("study", 34, say("Study"), say("Its title, in the sponsor's words.")),
        PeopleColumn(
            "joinable", 10, say("Can it be joined?"),
            say("Yes, not yet, no, or unsure: then only the study team knows. Never whether you can join it."),
        ),
        PeopleColumn("why", 26, say("Why"), say("The registry's status, and how old that is.")),
        PeopleColumn("nerves", 18, say("Nerve condition"), say("What was read from the record.")),
        PeopleColumn("given", 24, say("What is given"), say("Cells or product, where from, and how.")),
        PeopleColumn("donor", 10, say("Whose cells"), say("One's own, or from a donor.")),
        PeopleColumn("where", 22, say("Where"), say("Towns and countries; those that say they recruit come first.")),
        PeopleColumn("ages", 12, say("Ages"), say("As the registry's fields say.")),
        PeopleColumn(
            "bars", 38, say("What may bar"),
            say("The first limits and illnesses that were read in the criteria; there may be more."),
        ),
        PeopleColumn("ask", 26, say("Whom to ask"), say("Name, phone and mail as the record has them.")),
        PeopleColumn("confirmed", 12, say("Last confirmed"), say("When the sponsor last confirmed the record.")),
        PeopleColumn(
            "careful", 26, say("Careful about"),
            say("Warning signs that the record shows: reasons to ask, no judgement. None found does not mean safe."),
        ),
        PeopleColumn("link", 14, say("The record"), say("The study's page in the registry.")),
    )  # fmt: skip


def people_sheet(catalogue: Catalogue, rows: Sequence[Row], *, language: str = "en") -> PeopleSheet:
    """The sheet of these rows: what can be joined first; by distance where a place was named.

    Words are those of the language that is spoken (``base.tongue``); ``language`` names it.
    """
    near = any("_near" in row for row in rows)
    rows = rows if near else sorted(rows, key=lambda row: (ANSWERS.index(row["joinable"]), row["relevance"] != "core"))
    items = catalogue.items([row["nct_id"] for row in rows])
    made = tuple(_row(catalogue, row, items.get(row["nct_id"], ())) for row in rows)
    return PeopleSheet(
        say("Studies of cells for neuropathy"), language, tuple(_cover(catalogue, made)), people_columns(), made
    )


def _cover(catalogue: Catalogue, rows: Iterable[PeopleRow]) -> Iterator[str]:
    yield notice_words()
    yield say("Made on {day} by trialfinder from the public registry ClinicalTrials.gov.").format(day=catalogue.today)
    yield _source(catalogue)
    if any(catalogue.is_reworded(row.nct_id) for row in rows):
        yield say(
            "Their running texts are restated by the makers of this program, not the registry's wording, and a copy "
            "may lack what the registry has: open the record."
        )
    yield say(
        "This sheet gives no advice and does not say who can join: it shows what the registry says. Records can be "
        "incomplete or out of date; only the study team can decide."
    )


def _source(catalogue: Catalogue) -> str:
    origin = catalogue.origin
    if origin.kind == "snapshot":
        first, _, last = (origin.data_timestamp or "").partition("/")
        return say(
            "The records are copies that came with the program, each of a day of its own between {first} and {last} or "
            "of an unknown day. They are not current."
        ).format(first=first, last=last)
    if origin.kind == "store":
        return say("The registry's data are of {day}.").format(day=origin.data_timestamp or say("an unknown day"))
    return say("The records were read from a file; how old they are is not known.")


def _row(catalogue: Catalogue, row: Row, items: Sequence[Item]) -> PeopleRow:
    from trialfinder.classify import classify, joinable

    study = catalogue.study(row["nct_id"])
    found, answer = classify(study), joinable(study, catalogue.today)
    ours = catalogue.is_reworded(study.nct_id)
    warnings = [sign for sign in catalogue.signs(study.nct_id) if sign.kind == "warning"]
    careful = [say("careful: strong sign")] if any(map(is_strong_warning, warnings)) else []
    related = [found_words] if (found_words := related_words(found.relevance, found.relevance_reason)) else []
    nerves = ", ".join(label("neuropathy_types", kind) for kind in found.neuropathy_types) or say("none named")
    words = {
        "study": shorten(one_line(study.brief_title or study.official_title or study.nct_id), _TITLE),
        "joinable": label("joinable", answer.answer),
        "why": "; ".join((*careful, answer.reason)),
        "nerves": "; ".join((nerves, *related)),
        "given": given_words(finer_product(row), found.cell_source, found.routes),
        "donor": label("donor", found.donor),
        "where": _where(study, row.get("_near"), ours=ours),
        "ages": age_words(study),
        "bars": _bars(items, stated=bool(study.eligibility_criteria.strip()), ours=ours),
        "ask": _ask(study, ours=ours),
        "careful": "; ".join(map(_sign_words, sorted(warnings, key=lambda sign: STRENGTHS.index(sign.strength))))
        or say("none found"),
    }
    texts = {key: safe_text(harmless(one_line(text), _LONGEST)) for key, text in words.items()}
    never = say("not in our copy") if ours else say("never stated")
    return PeopleRow(study.nct_id, study.url, study.status_verified_date, answer.answer, texts, never)


def _sign_words(sign: Sign) -> str:
    return f"{sign_name(sign.id)} ({label('strength', sign.strength)})"


def _where(study: Study, near: str | None, *, ours: bool) -> str:
    """The towns with their countries, the nearest site in front where it was asked for."""
    from trialfinder.base.enums import OPEN_SITE_STATUSES

    sites = sorted(study.locations, key=lambda site: study.site_status(site) not in OPEN_SITE_STATUSES)
    places = [", ".join(shorten(one_line(p), _NAME) for p in (site.city, site.country) if p) for site in sites]
    towns = [place for place in dict.fromkeys(places) if place]
    more = [say("and {n} more").format(n=len(towns) - _TOWNS)] if len(towns) > _TOWNS else []
    nearest = [say("nearest: {place}").format(place=near)] if near else []
    none = say("our copy names no site") if ours else say("the record names no site")
    return "; ".join((*nearest, *towns[:_TOWNS], *more)) or none


def _bars(items: Sequence[Item], *, stated: bool, ours: bool) -> str:
    """Limits, then what is excluded, each once; how many more, and how many criteria nobody could read."""
    if not stated:
        if ours:
            return say("our copy has no criteria; that does not mean that there are none: ask")
        return say("the record states no criteria")
    readings = [reading for item in items for reading in item.readings if reading.pattern != "age"]
    limits = [_limit(reading) for reading in readings if bounds_in_words(reading)]
    things = [_thing(reading) for reading in readings if reading.effect == "exclude" and not bounds_in_words(reading)]
    limits, things = list(dict.fromkeys(limits)), list(dict.fromkeys(things))
    found = [*limits[: _BARS // 2], *things, *limits[_BARS // 2 :]]
    unread = sum(not item.readings for item in items)
    parts = found[:_BARS]
    if len(found) > _BARS:
        parts.append(say("and {n} more").format(n=len(found) - _BARS))
    if unread:
        parts.append(say("criteria not understood: {n}").format(n=unread))
    return "; ".join(parts) or say("nothing could be read")


def _limit(reading: Reading) -> str:
    what = thing(reading.pattern, reading.value, short=True)
    form = say("{thing} must be {bounds}") if reading.effect == "require" else say("not if {thing} is {bounds}")
    return form.format(thing=what, bounds=bounds_in_words(reading) + window_in_words(reading))


def _thing(reading: Reading) -> str:
    what = thing(reading.pattern, reading.value, short=False) + in_brackets(reading.narrower) + window_in_words(reading)
    return say("not if: {thing}").format(thing=what)


def _ask(study: Study, *, ours: bool) -> str:
    """The central contacts, else those of the sites that recruit, else of any site."""
    from trialfinder.base.enums import OPEN_SITE_STATUSES

    sites = sorted(study.locations, key=lambda site: study.site_status(site) not in OPEN_SITE_STATUSES)
    people = study.central_contacts or tuple(contact for site in sites for contact in site.contacts)
    found = dict.fromkeys(words for contact in people if (words := _person(contact)))
    if not found:
        form = (
            say("our copy names nobody; sponsor: {name}") if ours else say("the record names nobody; sponsor: {name}")
        )
        unnamed = say("not in our copy") if ours else say("not stated")
        return form.format(name=shorten(one_line(study.lead_sponsor or unnamed), _NAME))
    return "; ".join(list(found)[:_PEOPLE])


def _person(contact: Contact) -> str:
    shown = contact_shown(contact)
    parts = (shown.name, say("phone {number}").format(number=shown.phone) if shown.phone else "", shown.email)
    return ", ".join(part for part in parts if part)


def texts(row: PeopleRow, columns: Iterable[PeopleColumn]) -> list[str]:
    """The row as text, a cell a column; the date as exact as it is known."""
    special = {"confirmed": str(row.confirmed or row.unconfirmed), "link": row.url}
    return [special[column.key] if column.key in special else row.words[column.key] for column in columns]
