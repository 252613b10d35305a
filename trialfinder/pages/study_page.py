"""One study as a page: what its template needs, in plain words and in the language that is spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from trialfinder.base import lazy_re as re
from trialfinder.base.text import one_line, plain
from trialfinder.base.tongue import figures, say
from trialfinder.base.values import PartialDate
from trialfinder.classify import is_strong_warning, joinable, standing_questions
from trialfinder.pages.age_limits import age_words
from trialfinder.pages.drawings import MAP_HEIGHT, MAP_WIDTH
from trialfinder.pages.labels import label, related_words, sign_name
from trialfinder.pages.short_names import explained, named_in
from trialfinder.pages.site_entries import ListedStudy
from trialfinder.pages.study_map import study_map
from trialfinder.pages.templating import as_of_words, countries_words, lacking_words, unsaid
from trialfinder.pages.translations import day_words
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Criterion, Leaf, Node, Not, complete, negated
from trialfinder.reading.telling.tree_words import Outline, outline
from trialfinder.study.copy_note import copy_note, is_copy_note
from trialfinder.study.model import Contact, Study

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.changes import Event

_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")
_PHONE = re.compile(r"\+?[\d\s().\-/]{6,30}")
_MOST_TOWNS = 6


@dataclass(frozen=True, slots=True)
class CriterionShown:
    """One criterion: what was read of it (empty when nothing was), the registry's words, whether all was understood.

    What asks nothing of anybody (a title, a note) is complete and has no lines.
    """

    lines: tuple[Outline, ...]
    text: str
    complete: bool

    @property
    def narrower(self) -> bool:
        """Whether a line says more than the registry's words do: those must be seen beside it."""
        return any(line.only for line in _all_lines(self.lines))


@dataclass(frozen=True, slots=True)
class ContactShown:
    """Someone to ask. ``tel`` and ``mailto`` are '' where the record's words make no safe link."""

    name: str
    phone: str
    tel: str
    email: str
    mailto: str


def study_context(
    catalogue: Catalogue, entry: ListedStudy, language: str, criteria: Sequence[Criterion] | None = None
) -> dict[str, Any]:
    """Everything that ``study.html`` shows of one study; ``criteria`` are its own, as read, where they are at hand."""
    study = catalogue.study(entry.nct_id)
    shown = catalogue.signs(entry.nct_id)
    gives = entry.product not in ("none", "not_stated")
    text = study.eligibility_criteria
    criteria = catalogue.criteria([entry.nct_id]).get(entry.nct_id, ()) if criteria is None else criteria
    return {
        "e": entry, "study": study, "reason": joinable(study, catalogue.today).reason,
        "as_of": as_of_words(entry, language), "version": _version(study, language),
        "note": one_line(catalogue.copies_note(entry.nct_id)),
        "restated": _restated(catalogue, entry, language),
        "given": given_words(entry.product, entry.source, entry.routes, entry.donor),
        "conditions": "; ".join(one_line(name) for name in study.conditions), "unsaid": unsaid(ours=entry.ours),
        "where": _where(study, entry, language), "contacts": _contacts(study),
        "people": _people(study, criteria, ours=entry.ours),
        "wanted": shown_criteria(text, criteria, "inclusion"), "barred": shown_criteria(text, criteria, "exclusion"),
        "unclear": shown_criteria(text, criteria, "unknown"),
        "lacking": lacking_words() if copy_note(text) else "", "short": explained(named_in(criteria)),
        "strong": [sign_name(sign.id) for sign in shown if is_strong_warning(sign)],
        "weaker": [sign_name(s.id) for s in shown if s.kind == "warning" and not is_strong_warning(s)],
        "related": related_words(entry.relevance, entry.related),
        "warnings": [sign for sign in shown if sign.kind == "warning"],
        "protective": [sign for sign in shown if sign.kind == "protective"],
        "questions": [say(one_line(each.ask)) for each in standing_questions()] if gives else [],
        "map": study_map(entry.marks), "map_size": (MAP_WIDTH, MAP_HEIGHT),
        "design": list(_design(study, entry.follow_up_months)),
        "dates": list(_dates(study, language)), "steps": _steps(catalogue, entry.nct_id, language),
    }  # fmt: skip


def given_words(product: str, source: str, ways: Sequence[str], donor: str = "") -> str:
    """What is given: the product, its source, where it is named whose cells, and how (codes of a classification)."""
    if product == "none":
        return say("No cells, as far as the record shows.")
    parts = [label("cell_product", product)]
    if source not in ("none", "not_stated"):
        parts.append(say("from: {source}").format(source=label("cell_source", source)))
    if donor:
        parts.append(say("whose cells: {donor}").format(donor=label("donor", donor)))
    routes = [label("routes", route) for route in ways if route != "not_stated"]
    if routes:
        parts.append(say("given: {ways}").format(ways=", ".join(routes)))
    return "; ".join(parts)


def shown_criteria(text: str, criteria: Sequence[Criterion], section: str) -> list[CriterionShown]:
    """The criteria of one section: under "not if" what bars a person, elsewhere what is asked of one.

    A note that our copy lacks criteria is none of them.
    """
    of_it = (each for each in criteria if each.section == section)
    return [_shown(text, each) for each in of_it if not is_copy_note(text[each.start : each.end])]


def _shown(text: str, criterion: Criterion) -> CriterionShown:
    words = plain(text[criterion.start : criterion.end]).strip("* \n")
    node = criterion.node
    if node is None:
        return CriterionShown((), words, complete=True)
    barred = criterion.section == "exclusion"
    node = negated(node) if barred else node
    # Under "not if" any of the parts bars, elsewhere all are asked for: the headings say so already.
    parts = node.parts if isinstance(node, AnyOf if barred else AllOf) else (node,)
    said = (_denied(text, part.part, barred=barred) if isinstance(part, Not) else outline(text, part) for part in parts)
    lines = tuple(dict.fromkeys(line for each in said for line in each))
    # Nothing but the registry's own words: they are shown once, not twice.
    understood = any(line.kind == "thing" for line in _all_lines(lines))
    return CriterionShown(lines if understood else (), words, complete(node))


def _denied(text: str, node: Node, *, barred: bool) -> tuple[Outline, ...]:
    """What must not be so, or what bars where it is not so; "not" beneath "not if" would be heard as a yes."""
    lines = outline(text, node)
    if isinstance(node, Leaf):
        form = say("this is missing: {thing}") if barred else say("this must not be so: {thing}")
        return tuple(replace(line, words=form.format(thing=line.words)) for line in lines)
    return (Outline(say("this is missing") if barred else say("this must not be so"), "join", lines),)


def _all_lines(lines: Sequence[Outline]) -> Iterator[Outline]:
    for line in lines:
        yield line
        yield from _all_lines(line.below)


def _where(study: Study, entry: ListedStudy, language: str) -> tuple[str, str]:
    """The first towns, as the record writes them; then the countries and how many sites there are."""
    if not study.locations:
        none = say("our copy names no site: look in the registry") if entry.ours else say("the record names no site")
        return "", none
    towns = list(dict.fromkeys(one_line(site.city) for site in study.locations if site.city))
    named = ", ".join(towns[:_MOST_TOWNS]) + (f" +{len(towns) - _MOST_TOWNS}" if len(towns) > _MOST_TOWNS else "")
    sites = say("sites: {n}").format(n=len(study.locations))
    if entry.ours and not any(site.city or site.facility for site in study.locations):
        sites = say("our copy names no site: look in the registry")  # only in which countries
    return named, "; ".join(part for part in (countries_words(entry.countries, language), sites) if part)


def _contacts(study: Study) -> list[ContactShown]:
    """The central contacts, then those of the sites; each person once."""
    everyone = [*study.central_contacts, *(contact for site in study.locations for contact in site.contacts)]
    return list(dict.fromkeys(contact_shown(each) for each in everyone))


def contact_shown(contact: Contact) -> ContactShown:
    """Someone to ask, cleaned and cut, with links where they are safe."""
    phone, email = one_line(contact.phone or "")[:60], one_line(contact.email or "")[:120]
    tel = re.sub(r"[^\d+]", "", phone) if _PHONE.fullmatch(phone) else ""
    if contact.phone_ext and phone:
        phone += say(" ext. {number}").format(number=one_line(contact.phone_ext)[:20])
    return ContactShown(one_line(contact.name or "")[:120], phone, tel, email, email if _MAIL.fullmatch(email) else "")


def far_words(km: float | None) -> str:
    """How far a site is; None: where it is is not known."""
    from trialfinder.catalogue.gazetteer import miles

    if km is None:
        return say("how far is not known")
    if km < 1:
        return say("less than 1 km")
    return say("about {km} km, {mi} mi").format(km=figures(f"{km:,.0f}"), mi=figures(f"{miles(km):,.0f}"))


def _people(study: Study, criteria: Sequence[Criterion], *, ours: bool) -> str:
    healthy = {True: say("yes"), False: say("no"), None: unsaid(ours=ours)}[study.healthy_volunteers]
    sex = label("sex", study.sex) or unsaid(ours=ours)
    parts = (
        say("Age:") + f" {age_words(study, criteria, ours=ours)}",
        say("Sex:") + f" {sex}",
        say("Healthy volunteers:") + f" {healthy}",
    )
    return ". ".join(parts) + "."


def _design(study: Study, follow_up_months: float | None) -> Iterator[tuple[str, str]]:
    yield say("Phase"), ", ".join(label("phases", phase) for phase in study.phases) or say("not stated")
    people = say("not stated") if study.enrollment_count is None else figures(f"{study.enrollment_count:,}")
    planned = say(" (planned)") if study.enrollment_type == "ESTIMATED" else ""
    yield say("People"), people + planned
    pairs = (
        (say("Groups"), study.intervention_model or study.observational_model),
        (say("How people are put into groups"), study.allocation),
        (say("Masking"), study.masking),
        (say("Purpose"), study.primary_purpose),
    )
    yield from ((name, design_words(value)) for name, value in pairs if value)
    if follow_up_months:
        yield say("Longest follow-up"), say("{n} months").format(n=figures(f"{follow_up_months:g}"))


def design_words(value: str) -> str:
    """A value of the registry's design in words."""
    return label("phases", value) if value == "NA" else say(value.lower().replace("_", " "))


def _dates(study: Study, language: str) -> Iterator[tuple[str, str]]:
    for name, date, kind in (
        (say("Start"), study.start_date, study.start_date_type),
        (say("Last main measurement"), study.primary_completion_date, study.primary_completion_date_type),
        (say("End"), study.completion_date, study.completion_date_type),
        (say("First shown by the registry"), study.study_first_post_date, None),
        (say("Last change shown by the registry"), study.last_update_post_date, None),
        (say("Last confirmed by the sponsor"), study.status_verified_date, None),
        (say("Results shown"), study.results_first_post_date, None),
    ):
        if date:
            yield name, day_words(date, language) + (say(" (planned)") if kind == "ESTIMATED" else "")


def _version(study: Study, language: str) -> str:
    """Which version of the record a page shows: it stays true on paper, where no other page tells how old it is."""
    if study.last_update_post_date is None:
        return say("the record does not say when it last changed;")
    day = day_words(study.last_update_post_date, language)
    return say("the record as the registry changed it on {day};").format(day=day)


def _restated(catalogue: Catalogue, entry: ListedStudy, language: str) -> tuple[str, str, str] | None:
    """Of a study of the snapshot: its day in words, where it was read with what is to be known, and how old it is.

    None of others.
    """
    seen = catalogue.entries[entry.nct_id].seen
    if seen is None or not catalogue.is_reworded(entry.nct_id):
        return None
    day = day_words(PartialDate.parse(seen.as_of), language) if seen.as_of else say("an unknown day")
    sources = "; ".join(map(one_line, seen.sources))
    age = say("a copy as of {day}, from the snapshot that comes with trialfinder: never current.").format(day=day)
    return say("Read on {day}, from:").format(day=day), f"{sources}.", age


def _steps(catalogue: Catalogue, nct_id: str, language: str) -> list[tuple[str, str, tuple[Event, ...] | None]]:
    """The kept versions, the newest first: day, the registry's own date of it, and what changed (None: the first)."""
    from trialfinder.changes import history

    if catalogue.store is None:
        return []
    found = []
    for step in history(catalogue.store, nct_id):
        first = step.version.first_seen.date()
        day = day_words(PartialDate(first.year, first.month, first.day), language)
        found.append((day, step.version.update_posted or "", step.events if step.number > 1 else None))
    return found[::-1]
