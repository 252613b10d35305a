"""The sheet for people: one row a study in words, and the words of its cover. The codes stay in the full export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trialfinder.base.text import harmless, one_line, shorten
from trialfinder.base.tongue import closed, say, theirs
from trialfinder.base.values import PartialDate
from trialfinder.classify import is_strong_warning
from trialfinder.classify.sign_rules import STRENGTHS
from trialfinder.pages.age_limits import age_words
from trialfinder.pages.labels import label, related_words, sign_name
from trialfinder.pages.people_columns import PeopleColumn, people_columns
from trialfinder.pages.people_criteria import LONGEST, Side, asked_and_barred
from trialfinder.pages.short_names import explained, named_in
from trialfinder.pages.site_entries import ListedStudy, entry_of, in_order
from trialfinder.pages.study_page import contact_shown, far_words, given_words
from trialfinder.pages.templating import notice_words, off_topic_words, part_words, translated_words
from trialfinder.pages.translations import country_words
from trialfinder.tables.cells import safe_text

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.catalogue.select import ChosenPart
    from trialfinder.classify import Sign
    from trialfinder.reading.nodes.tree import Criterion
    from trialfinder.study.model import Contact, Location, Study
    from trialfinder.tables.rows import Row

_TITLE, _NAME = 250, 80
_TOWNS, _PEOPLE = 8, 3
#: What the second sheet, or the second part of a page, is called.
_MORE = "What is asked for"
#: Lines of a row of the first sheet; and characters of its cells of what is asked for and of what bars.
_LINES, _ROOM = 7.5, (160, 280)


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """One study: its number, its web address, and the text of every column by key but the two that are no text.

    ``confirmed`` is the day on which the sponsor last confirmed the record, as exact as it is known; where it is None,
    ``unconfirmed`` says so. ``short`` has the words of the columns that are too long for the first sheet, in short, and
    ``more`` what stands in full on the second: the title of its column and its words, a line a criterion.
    """

    nct_id: str
    url: str
    confirmed: PartialDate | None
    answer: str
    words: dict[str, str]
    unconfirmed: str
    short: dict[str, str]
    more: tuple[tuple[str, str], ...]
    named: frozenset[str] = frozenset()
    """The short names of scales and tests in it."""

    @property
    def brief(self) -> dict[str, str]:
        """The words of every column as the first sheet has them."""
        return self.words | self.short


@dataclass(frozen=True, slots=True)
class PeopleSheet:
    """All of it: title, the lines of the cover, the columns, the rows, and what the second sheet is called."""

    title: str
    language: str
    cover: tuple[str, ...]
    columns: tuple[PeopleColumn, ...]
    rows: tuple[PeopleRow, ...]
    more: str


def people_sheet(
    catalogue: Catalogue, rows: Sequence[Row], *, language: str = "en", part: ChosenPart | None = None
) -> PeopleSheet:
    """The sheet of these rows: what can be joined first; by distance where a place was named.

    ``part`` says which of the studies they are; None: nobody knows. Words are those of the language that is spoken
    (``base.tongue``); ``language`` names it.
    """
    near = any("_near" in row for row in rows)
    rows = rows if near else in_order(rows)
    criteria = catalogue.criteria([row["nct_id"] for row in rows])
    head = sheet_head(catalogue, (row["nct_id"] for row in rows), language=language, part=part)
    made = []
    for row in rows:
        nct_id, listed = row["nct_id"], entry_of(catalogue, row, located=False)
        nearest = _nearest(row["_near_site"], row.get("_near_km"), language) if row.get("_near_site") else ""
        made.append(people_row(catalogue, listed, criteria.get(nct_id, ()), head, nearest=nearest))
    return replace(head, rows=tuple(made))


def sheet_head(
    catalogue: Catalogue, nct_ids: Iterable[str], *, language: str = "en", part: ChosenPart | None = None
) -> PeopleSheet:
    """The sheet of these studies without its rows: what makes them one by one holds none of them."""
    ours = any(map(catalogue.is_reworded, nct_ids))
    cover = (*_cover(catalogue, part, ours=ours), *translated_words(language))
    return PeopleSheet(say("Studies of cells for neuropathy"), language, cover, people_columns(), (), say(_MORE))


def _cover(catalogue: Catalogue, part: ChosenPart | None, *, ours: bool) -> Iterator[str]:
    yield notice_words()
    yield say("Made on {day} by trialfinder from the public registry ClinicalTrials.gov.").format(day=catalogue.today)
    if chosen := part_words(part):
        yield chosen
    if left := off_topic_words(part):
        yield left
    yield _source(catalogue)
    if ours:
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
        day = (origin.data_timestamp or "")[:10]
        return say("The registry's data are of {day}.").format(day=day or say("an unknown day"))
    return say("The records were read from a file; how old they are is not known.")


def people_row(
    catalogue: Catalogue, listed: ListedStudy, criteria: Sequence[Criterion], sheet: PeopleSheet, *, nearest: str = ""
) -> PeopleRow:
    """The row of a study on this sheet, in the language that is spoken.

    Args:
        catalogue: where the study is.
        listed: what lists know of it.
        criteria: its criteria as read.
        sheet: what it stands on; only its columns and its language are looked at.
        nearest: its nearest site in words; '' where nobody asked for that.
    """
    from trialfinder.classify import joinable

    study, language = catalogue.study(listed.nct_id), sheet.language
    answer = joinable(study, catalogue.today)
    ours = catalogue.is_reworded(study.nct_id)
    careful, careful_about = _careful(catalogue.signs(study.nct_id))
    related = [found_words] if (found_words := related_words(listed.relevance, listed.related)) else []
    nerves = ", ".join(label("neuropathy_types", kind) for kind in listed.nerves) or say("none named")
    sides = dict(zip(("asked", "bars"), asked_and_barred(study, criteria, ours=ours, room=_ROOM), strict=True))
    words = {
        "study": shorten(one_line(study.brief_title or study.official_title or study.nct_id), _TITLE),
        "joinable": label("joinable", answer.answer),
        "why": "; ".join((*careful, answer.reason)) + _about_copy(catalogue, study.nct_id),
        "nerves": "; ".join((nerves, *related)),
        "given": given_words(listed.product, listed.source, listed.routes),
        "donor": label("donor", listed.donor),
        "where": _where(study, nearest, language, ours=ours),
        "ages": age_words(study, criteria, ours=ours),
        **{key: side.full for key, side in sides.items()},
        "ask": _ask(study, ours=ours),
        "careful": careful_about,
    }
    texts = {key: harmless(one_line(text), LONGEST).strip() for key, text in words.items()}
    never = say("not in our copy") if ours else say("never stated")
    short, more = _short_and_more(texts, sides, sheet)
    confirmed, named = study.status_verified_date, named_in(criteria)
    return PeopleRow(study.nct_id, study.url, confirmed, answer.answer, texts, never, short, more, named)


def _about_copy(catalogue: Catalogue, nct_id: str) -> str:
    note = catalogue.copies_note(nct_id)
    return say(" (about our copy: {note})").format(note=theirs(one_line(note))) if note else ""


def _careful(signs: Iterable[Sign]) -> tuple[list[str], str]:
    """That there is a strong warning sign, and all warning signs, the strong ones first."""
    warnings = sorted((s for s in signs if s.kind == "warning"), key=lambda sign: STRENGTHS.index(sign.strength))
    strong = [say("careful: strong sign")] if any(map(is_strong_warning, warnings)) else []
    return strong, "; ".join(map(_sign_words, warnings)) or say("none found")


def _short_and_more(
    words: dict[str, str], sides: dict[str, Side], on: PeopleSheet
) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """What is too long for the first sheet, in short; and all that the second one says of the study."""
    columns, sheet = {column.key: column for column in on.columns}, on.more
    short, more = {}, []
    for key, side in sides.items():
        more += [(columns[key].title, harmless(one_line(line), LONGEST).strip()) for line in side.lines]
        if side.hides:
            star = say("* narrower; see “{sheet}”") if "*" in side.short else say("see “{sheet}”")
            text = harmless(one_line(side.short), LONGEST).strip()
            short[key] = f"{text}; {star.format(sheet=sheet)}"
    for key, text in words.items():
        room = room_of(columns[key].width)
        if key not in sides and len(text) > room:
            see = f" ({say('see “{sheet}”').format(sheet=sheet)})" if key != "study" else ""
            short[key] = closed(shorten(text, room) if key == "study" else _whole_parts(text, room - len(see))) + see
            more.append((columns[key].title, text if see else theirs(text)))
    return short, tuple(more)


def _whole_parts(text: str, room: int) -> str:
    """A cell cut where a part of it begins: half a sign is none, nor is half a remark in brackets."""
    head = shorten(text, room)
    at = max(head.rfind("; "), head.rfind(" (") if head.count("(") > head.count(")") else -1)
    return f"{head[:at]} …" if at > room // 3 else head


def room_of(width: int) -> int:
    """How many characters a cell takes on the first sheet, by the width of its column: the rows are to stay low."""
    return int(_LINES * width / 1.15)


def _name(words: str | None) -> str:
    return shorten(one_line(words or ""), _NAME)


def _sign_words(sign: Sign) -> str:
    return f"{sign_name(sign.id)} ({label('strength', sign.strength)})"


def _where(study: Study, nearest: str, language: str, *, ours: bool) -> str:
    """The towns with their countries, the nearest site in front where it was asked for."""
    from trialfinder.base.enums import OPEN_SITE_STATUSES

    sites = sorted(study.locations, key=lambda site: study.site_status(site) not in OPEN_SITE_STATUSES)
    towns = [place for place in dict.fromkeys(_town(site, site.city, language) for site in sites) if place]
    more = [say("and {n} more").format(n=len(towns) - _TOWNS)] if len(towns) > _TOWNS else []
    none = say("our copy names no site") if ours else say("the record names no site")
    return "; ".join((*filter(None, [nearest]), *towns[:_TOWNS], *more)) or none


def _town(site: Location, place: str | None, language: str) -> str:
    parts = (theirs(_name(place)), _name(country_words(site.country or "", language)))
    return ", ".join(part for part in parts if part)


def _nearest(site: Location, km: float | None, language: str) -> str:
    """The nearest site with how far it is, as far as that is known."""
    place = _town(site, site.city or site.facility, language) or say("a site without a name")
    return say("nearest: {place}").format(place=f"{place} ({far_words(km)})")


def _ask(study: Study, *, ours: bool) -> str:
    """The central contacts, then those of the sites, first of those that recruit; what is cut off is counted."""
    from trialfinder.base.enums import OPEN_SITE_STATUSES

    sites = sorted(study.locations, key=lambda site: study.site_status(site) not in OPEN_SITE_STATUSES)
    people = (*study.central_contacts, *(contact for site in sites for contact in site.contacts))
    found = dict.fromkeys(words for contact in people if (words := _person(contact)))
    if not found:
        unnamed = say("not in our copy") if ours else say("not stated")
        sponsor = theirs(_name(study.lead_sponsor)) or unnamed
        if responsible := next((name for one in study.officials if (name := _name(one.name))), ""):
            form = say("responsible, without phone or mail in the record: {person}; sponsor: {name}")
            return form.format(person=theirs(responsible), name=sponsor)
        form = (
            say("our copy names nobody; sponsor: {name}") if ours else say("the record names nobody; sponsor: {name}")
        )
        return form.format(name=sponsor)
    more = [say("and {n} more").format(n=len(found) - _PEOPLE)] if len(found) > _PEOPLE else []
    return "; ".join((*list(found)[:_PEOPLE], *more))


def _person(contact: Contact) -> str:
    shown = contact_shown(contact)
    parts = (theirs(shown.name), say("phone {number}").format(number=shown.phone) if shown.phone else "", shown.email)
    return ", ".join(part for part in parts if part)


def meanings(sheet: PeopleSheet, named: Iterable[str]) -> list[tuple[str, str]]:
    """What the words mean: those of the columns, and the short names of scales and tests in the rows."""
    columns = ((column.title, column.meaning) for column in sheet.columns)
    return [*columns, *((theirs(name), words) for name, words in explained(named))]


def texts(row: PeopleRow, columns: Iterable[PeopleColumn], *, brief: bool = True) -> list[str]:
    """The row as text, a cell a column; the date as exact as it is known; harmless where it is pasted in a table."""
    words = row.brief if brief else row.words
    special = {"confirmed": str(row.confirmed or row.unconfirmed), "link": row.url}
    return [special[column.key] if column.key in special else safe_text(words[column.key]) for column in columns]
