"""The part of the doctor's page that is about the study: what it is, where, whom to ask, what to be careful about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trialfinder.base.enums import OPEN_SITE_STATUSES
from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import figures, say, theirs
from trialfinder.pages.age_limits import age_words
from trialfinder.pages.labels import field_value, label, related_words, sign_name
from trialfinder.pages.paper import ABOUT_STUDY, DECIDES, PaperEntry, PaperSection
from trialfinder.pages.study_page import contact_shown, far_words, given_words
from trialfinder.pages.translations import country_words
from trialfinder.tables.record_words import as_of, finer_product
from trialfinder.tables.rows import class_cells, study_row

if TYPE_CHECKING:
    from trialfinder.catalogue.gazetteer import KnownPlace
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.classify import Classification, Sign
    from trialfinder.person import Profile
    from trialfinder.study.model import Contact, Location, Study

_NAME, _QUOTE = 90, 160
_SITES, _CONTACTS, _GIVEN, _VALUE = 3, 3, 4, 40


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom the page is. ``person`` is None when no facts are held against the study.

    ``with_facts``: the facts that were told may be written down. ``place`` is where the person is, None when not told;
    ``tell_distance``: how far the nearest site is may be written down, too.
    """

    person: Profile | None = None
    with_facts: bool = False
    place: KnownPlace | None = None
    tell_distance: bool = False


def study_sections(catalogue: Catalogue, study: Study, asker: Asker, language: str) -> Iterator[PaperSection]:
    """What the study is, then where it is and whom to ask.

    Where the person's place is known, the nearest site comes first; how far it is, and that it is too far for them,
    stands there with ``tell_distance`` only.
    """
    from trialfinder.classify import classify

    found = classify(study)
    lead = say("Worded by trialfinder after the registry's record; not the registry's own sentences.")
    lead = lead if catalogue.is_reworded(study.nct_id) else ""
    rest = say("all of it: the record itself")
    what = tuple(_what(catalogue, study, found))
    yield PaperSection(say("What it is"), "named", what, lead, rank=ABOUT_STUDY, rest=rest)
    ours = catalogue.is_reworded(study.nct_id)
    sites = _sites(study, asker, language, ours=ours)
    contacts = _contacts(study, ours=ours)
    where = (*sites, *contacts)
    yield PaperSection(say("Where, and whom to ask"), "named", where, rank=ABOUT_STUDY, least=8, floor=3, rest=rest)


def _what(catalogue: Catalogue, study: Study, found: Classification) -> Iterator[PaperEntry]:
    product = finer_product(study_row(study) | class_cells(study))
    yield PaperEntry(given_words(product, found.cell_source, found.routes, found.donor), name=say("What is given"))
    if related := related_words(found.relevance, found.relevance_reason):
        yield PaperEntry(related, name=say("Its subject"))
    names = [one_line(item.name) for item in study.interventions]
    if names:
        yield PaperEntry(_several(names, _GIVEN), name=say("In the record's words"))
    nerves = ", ".join(label("neuropathy_types", kind) for kind in found.neuropathy_types)
    yield PaperEntry(nerves or say("none named"), name=say("Nerve condition"))
    if study.conditions:
        conditions = _several([one_line(condition) for condition in study.conditions], _GIVEN)
        yield PaperEntry(conditions, name=say("Conditions in the record"))
    yield PaperEntry(_design(study), name=say("Kind of study"))
    yield PaperEntry(_people_words(catalogue, study), name=say("For whom"))


def _several(parts: Sequence[str], most: int) -> str:
    words = "; ".join(theirs(shorten(part, _NAME)) for part in parts[:most])
    return words + (say("; and {n} more").format(n=len(parts) - most) if len(parts) > most else "")


def _design(study: Study) -> str:
    phases = "/".join(label("phases", phase) for phase in study.phases) or say("not stated")
    parts = [say("phase: {phase}").format(phase=phases)]
    if study.allocation:
        drawn = study.allocation == "RANDOMIZED"
        parts.append(say("groups by lot") if drawn else say("not put into groups by lot"))
    if study.masking:
        parts.append(
            say("nobody is kept unaware") if study.masking == "NONE" else say("some do not know who gets what")
        )
    if study.enrollment_count is not None:
        parts.append(say("{n} people").format(n=figures(f"{study.enrollment_count:,}")))
    sponsor = shorten(one_line(study.lead_sponsor or ""), _NAME)
    parts.append(say("sponsor: {name}").format(name=theirs(sponsor) or say("not stated")))
    return "; ".join(parts)


def _people_words(catalogue: Catalogue, study: Study) -> str:
    ages = age_words(study, catalogue.criteria([study.nct_id])[study.nct_id], ours=catalogue.is_reworded(study.nct_id))
    sex = label("sex", study.sex) if study.sex else say("sex not stated")
    return f"{ages}; {sex}"


def _sites(study: Study, asker: Asker, language: str, *, ours: bool) -> Iterator[PaperEntry]:
    """The nearest site; without a place up to three, open ones first, with the number of all."""
    from trialfinder.catalogue.near import nearest_site

    if asker.place is not None and (nearest := nearest_site(study, asker.place)):
        site, km = nearest
        is_open = study.site_status(site) in OPEN_SITE_STATUSES
        alone = sum(study.site_status(each) in OPEN_SITE_STATUSES for each in study.locations) == 1
        opens = say("The site that says it recruits") if alone else say("Nearest site that says it recruits")
        name = opens if is_open else say("Nearest site (not known to be open)")
        far = "; ".join(_far(km, asker))
        words = _site_words(study, site, language) + (f" ({far})" if far else "")
        yield PaperEntry(words, name=say("Site") if km is None else name)
        yield from _people(site.contacts, say("Contact there"), 1)
        shown = 1
    else:
        open_first = sorted(study.locations, key=lambda site: study.site_status(site) not in OPEN_SITE_STATUSES)
        for site in open_first[:_SITES]:
            yield PaperEntry(_site_words(study, site, language), name=say("Site"))
            yield from _people(site.contacts, say("Contact there"), 1)
        shown = min(_SITES, len(study.locations))
    if len(study.locations) > shown:
        yield PaperEntry(say("{n} more sites in the record").format(n=len(study.locations) - shown), name=say("Also"))
    if not study.locations:
        none = say("our copy names no site") if ours else say("the record names no site")
        yield PaperEntry(none, name=say("Site"))


def _far(km: float | None, asker: Asker) -> Iterator[str]:
    """How far it is and whether that is too far for the person, where that may be told."""
    from trialfinder.catalogue.near import is_too_far

    if km is None or asker.tell_distance:
        yield far_words(km)
    if asker.tell_distance and is_too_far(asker.person, km):
        yield say("farther than the person can travel")


def _site_words(study: Study, site: Location, language: str) -> str:
    there = [shorten(one_line(part), _NAME) for part in (site.facility, site.city, site.state) if part]
    parts = (theirs(", ".join(there)), one_line(country_words(site.country or "", language)))
    where = ", ".join(part for part in parts if part) or say("a site without a name")
    stated = study.site_status(site)
    status = label("overall_status", stated) if stated else say("its status is not stated")
    return f"{where}: {status}{as_of(study, stated)}"


def _contacts(study: Study, *, ours: bool) -> Iterator[PaperEntry]:
    found = list(_people(study.central_contacts, say("Contact"), _CONTACTS))
    if not found and not any(site.contacts for site in study.locations):
        nobody = say("our copy names nobody; see the record") if ours else say("the record names nobody to ask")
        found.append(PaperEntry(nobody, name=say("Contact")))
        for official in study.officials[:1]:
            words = ", ".join(shorten(one_line(part), _NAME) for part in (official.name, official.affiliation) if part)
            found.append(PaperEntry(theirs(words), name=say("Person responsible")))
    yield from found


def _people(contacts: Sequence[Contact], name: str, most: int) -> Iterator[PaperEntry]:
    for shown in map(contact_shown, contacts[:most]):
        parts = [part for part in (theirs(shown.name), shown.phone, "" if shown.mailto else shown.email) if part]
        if parts or shown.mailto:
            yield PaperEntry(", ".join([*parts, *([""] if shown.mailto else [])]), name=name, mail=shown.mailto)
    if len(contacts) > most:
        yield PaperEntry(say("and {n} more").format(n=len(contacts) - most), name=name)


def sign_section(signs: Iterable[Sign], rest: str) -> PaperSection:
    """The warning signs as questions, each with the record's words; then what speaks for the study.

    ``rest``: where to find what does not fit.
    """
    found = list(signs)
    entries = [
        PaperEntry(say(sign.question), name=_shown_by(sign), quotes=_sign_words(sign))
        for sign in found
        if sign.kind == "warning"
    ]
    lead = say("A sign is a reason to ask, not a judgement.") if entries else ""
    lead = lead or say("No warning sign was found. That is no judgement: a record shows little.")
    if good := [sign_name(sign.id) for sign in found if sign.kind == "protective"]:
        entries.append(PaperEntry("; ".join(good), name=say("Speaking for it")))
    return PaperSection(
        say("What to be careful about"), "list", tuple(entries), lead, rank=DECIDES, least=8, floor=4, rest=rest
    )


def _shown_by(sign: Sign) -> str:
    """The sign, the field of the record that shows it, and the field's value where that is no sentence."""
    from trialfinder.classify import is_strong_warning

    value = field_value(sign.field, sign.quote) or theirs(one_line(sign.quote))
    shown = label("field", sign.field) + (f": {value}" if value and _is_value(sign) else "")
    name = sign_name(sign.id) + (f" – {label('strength', 'strong')}" if is_strong_warning(sign) else "")
    return f"{name} ({shown})" if shown else name


def _sign_words(sign: Sign) -> tuple[str, ...]:
    return () if _is_value(sign) or not sign.quote else (shorten(one_line(sign.quote), _QUOTE),)


def _is_value(sign: Sign) -> bool:
    return len(sign.quote.split()) == 1 and len(sign.quote) <= _VALUE


def footer_lines(catalogue: Catalogue, study: Study) -> Iterator[str]:
    """Where the record is from and of which day, and that this is no advice."""
    yield say("Made on {day} by trialfinder from the public registry ClinicalTrials.gov.").format(day=catalogue.today)
    yield as_of_line(catalogue, study)
    yield say(
        "This page gives no advice and does not say who can join: it shows what the registry says. Records can be "
        "incomplete or out of date; only the study team can decide."
    )


def as_of_line(catalogue: Catalogue, study: Study) -> str:
    """How old the record is, and when the sponsor last confirmed it."""
    verified = study.status_verified_date
    never = say("not in our copy") if catalogue.is_reworded(study.nct_id) else say("never stated")
    said = say("last confirmed by the sponsor: {day}").format(day=verified or never)
    entry = catalogue.entries[study.nct_id]
    if catalogue.is_reworded(study.nct_id):
        day = entry.seen.as_of if entry.seen and entry.seen.as_of else say("an unknown day")
        return say("The record is a copy as of {day}, not current; {verified}.").format(day=day, verified=said)
    changed = study.last_update_post_date or say("an unknown day")
    if study.gone:
        return say("The record is as it was on {day}, not current; {verified}.").format(
            day=study.gone.until, verified=said
        )
    return say("Last change of the record: {day}; {verified}.").format(day=changed, verified=said)
