"""The questions about a record's fields that signs of the kind ``test`` ask.

Each takes a Case and the row's figures and returns the field and the words that show the sign, or None. What the
record does not say never shows a sign.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trialfinder.base.text import lowered
from trialfinder.base.values import PartialDate
from trialfinder.classify.classification import ProductGiven
from trialfinder.classify.joinable import a_year_before, joinable, unconfirmed
from trialfinder.classify.reported import reports, with_results
from trialfinder.classify.sign_rules import Shown, rules, shown_in_text
from trialfinder.classify.sponsor_records import SponsorRecord, fields_of
from trialfinder.classify.study_text import StudyText, Zone, document_of, excerpt
from trialfinder.phrases.guards import Guard
from trialfinder.study.model import Study

Figures = Mapping[str, Any]
_ENDED = frozenset({"COMPLETED", "TERMINATED", "UNKNOWN"})
_OPEN = frozenset({"RECRUITING", "NOT_YET_RECRUITING", "AVAILABLE", "ENROLLING_BY_INVITATION"})
_CLAIMING = frozenset({Zone.TITLE, Zone.KEYWORD, Zone.GIVEN, Zone.GIVEN_TEXT, Zone.SUMMARY, Zone.DETAIL})
_DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Case:
    """One study, what it was classified as, the day, and the sponsor's other records."""

    study: Study
    classification: ProductGiven
    today: dt.date
    others: Sequence[SponsorRecord] = ()


@functools.cache
def _words(*phrases: str) -> Guard:
    return Guard(phrases)


def has_word(phrases: Sequence[str], text: str | None) -> bool:
    """Whether one of some phrases of the data is in a short text."""
    return _words(*phrases).said_in((text or "")[:2000])


def seller_and_only_site(case: Case, figures: Figures) -> Shown:
    """The sponsor is named like a seller of treatments, and no site stands outside it."""
    study = case.study
    name = study.lead_sponsor or ""
    if not has_word(figures["seller"], name) or has_word(figures["sound"], name):
        return None
    if study.lead_sponsor_class in ("NIH", "FED", "OTHER_GOV") or not study.locations:
        return None
    sites = {(location.facility or "").lower() for location in study.locations}
    if len(sites) > 1 or any(has_word(figures["sound"], site) for site in sites):
        return None
    return "lead_sponsor", name


def many_fields(case: Case, figures: Figures) -> Shown:
    """The conditions of one record belong to many unrelated fields of medicine."""
    found = fields_of(case.study.conditions)
    if len(found) < figures["fields"]:
        return None
    return "conditions", ", ".join(list(found.values())[: figures["max_fields_shown"]])


def many_fields_of_sponsor(case: Case, figures: Figures) -> Shown:
    """The sponsor registers the same kind of product for many unrelated fields of medicine."""
    if has_word(figures["sound"], case.study.lead_sponsor) or not case.study.lead_sponsor:
        return None
    product = case.classification.cell_product
    own = set(fields_of(case.study.conditions))
    # Looking for the product of every other record is dear; most sponsors have too few fields whatever it is.
    everything = own.union(*(other.fields for other in case.others))
    if len(case.others) + 1 < figures["records"] or len(everything) < figures["fields"]:
        return None
    same = [other for other in case.others if other.product() == product]
    found = own.union(*(other.fields for other in same))
    if len(same) + 1 < figures["records"] or len(found) < figures["fields"]:
        return None
    return "lead_sponsor", case.study.lead_sponsor


def sponsor_without_results(case: Case, figures: Figures) -> Shown:
    """Several other records of the sponsor ended long ago, and none has results."""
    months = figures["months"]
    ended = [other for other in case.others if _ended_long_ago(other.status, other.end, case.today, months)]
    if len(ended) < figures["records"] or any(other.is_reported for other in case.others):
        return None
    if any(other.has_results is None for other in ended):
        return None
    return "lead_sponsor", case.study.lead_sponsor or ""


def us_site_not_regulated(case: Case, figures: Figures) -> Shown:
    """A site in the United States, and the record says that the product is not regulated there."""
    study = case.study
    since = PartialDate.parse(figures["since"])
    asked = study.study_first_submit_date is not None and study.study_first_submit_date >= since
    here = any(location.country == "United States" for location in study.locations)
    if asked and here and study.is_fda_regulated_drug is False and study.is_fda_regulated_device is not True:
        return "is_fda_regulated_drug", "false"
    return None


def treatment_without_phase(case: Case, _: Figures) -> Shown:
    """A treatment, entered as having no phase."""
    study = case.study
    if study.study_type == "INTERVENTIONAL" and study.primary_purpose == "TREATMENT" and study.phases == ("NA",):
        return "phases", "NA"
    return None


def single_arm_claims(case: Case, figures: Figures) -> Shown:
    """One group only, beyond the first phase, and a title that speaks of effect."""
    study = case.study
    if study.intervention_model != "SINGLE_GROUP" or set(study.phases) & set(figures["early"]):
        return None
    for name in ("brief_title", "official_title"):
        title = getattr(study, name) or ""
        found = _words(*figures["claim"]).search(lowered(title))
        if found and not has_word(figures["asks"], title):  # "a study to evaluate the efficacy" claims nothing
            return name, excerpt(title, found.start(), found.end())
    return None


def committee_is(case: Case, figures: Figures) -> Shown:
    """Whether there is a data monitoring committee."""
    if case.study.oversight_has_dmc is not figures["value"]:
        return None
    return "oversight_has_dmc", str(figures["value"]).lower()


def no_results_after_end(case: Case, figures: Figures) -> Shown:
    """The study ended long ago and names no results."""
    study = case.study
    end = study.primary_completion_date if study.primary_completion_date_type == "ACTUAL" else None
    ended = _ended_long_ago(study.overall_status, end, case.today, figures["months"])
    if not ended or study.has_results is not False:
        return None
    return None if with_results(study) else ("primary_completion_date", str(study.primary_completion_date))


def _ended_long_ago(status: str | None, end: PartialDate | None, today: dt.date, months: float) -> bool:
    return status in _ENDED and end is not None and (today - end.latest()).days > months * _DAYS_PER_MONTH


def stale_status(case: Case, _: Figures) -> Shown:
    """The status is unknown, old, or contradicted by the study's own dates."""
    study = case.study
    if study.overall_status == "UNKNOWN":
        return "overall_status", "UNKNOWN"
    if study.overall_status not in _OPEN:
        return None
    updated = study.last_update_post_date
    if study.status_verified_date is None:
        old = updated is not None and updated.latest() < a_year_before(case.today)
        return ("last_update_post_date", str(updated)) if old else None
    passed = joinable(study, case.today).passed
    if passed is not None:
        return passed[0], str(passed[1])
    return ("status_verified_date", str(study.status_verified_date)) if unconfirmed(study, case.today) else None


def criteria_without_exclusions(case: Case, figures: Figures) -> Shown:
    """Criteria that bar nobody."""
    text = case.study.eligibility_criteria
    if len(text) < figures["least_characters"] or _words(*figures["exclusion"]).search(lowered(text)):
        return None
    return "eligibility_criteria", excerpt(text, 0, 0, 120)


def registered_late(case: Case, figures: Figures) -> Shown:
    """Registered well after the start, since journals ask for it."""
    study = case.study
    start, registered = study.start_date, study.study_first_submit_date
    if start is None or registered is None or study.start_date_type == "ESTIMATED":
        return None
    if start < PartialDate.parse(figures["since"]):  # before, nobody had to
        return None
    late = (registered.earliest() - start.latest()).days > figures["days"]
    return ("study_first_submit_date", str(registered)) if late else None


def many_people(case: Case, figures: Figures) -> Shown:
    """Very many people at a single site, or so many that no site could treat its share of them."""
    count = case.study.enrollment_count
    if count is None or count < figures["people"]:
        return None
    # Registers of transplants count thousands.
    anywhere = count >= figures["people_anywhere"] and case.classification.cell_product != "hematopoietic"
    return ("enrollment_count", str(count)) if anywhere or len(case.study.locations) == 1 else None


def claims_what_the_field_denies(case: Case, figures: Figures) -> Shown:
    """The text says that the FDA approves or regulates the product; the record's own field says that it does not."""
    study = case.study
    if study.is_fda_regulated_drug is not False or study.is_fda_regulated_device is True:
        return None
    document = document_of(study)
    for start, end in document.in_zones(_CLAIMING).spans:
        for hit in _words(*figures["claim"]).expression.finditer(document.low[start:end]):
            match = document.match("", start + hit.start(), start + hit.end())
            sentence = document.sentence(match)
            if has_word(figures["about"], sentence) and not has_word(figures["unless"], sentence):
                return match.passage.field, match.quote()
    return None


def cord_product_with_promise(case: Case, figures: Figures) -> Shown:
    """A product of umbilical cord or amnion, and promises in title or summary."""
    if case.classification.cell_source not in figures["sources"]:
        return None
    rule = next(rule for rule in rules() if rule.id == figures["sign"])
    return shown_in_text(rule, StudyText(case.study))


def sponsor_named_like(case: Case, figures: Figures) -> Shown:
    """The sponsor is a public body, or named like a university or hospital."""
    study = case.study
    if study.lead_sponsor_class in figures["classes"]:
        return "lead_sponsor_class", study.lead_sponsor_class or ""
    return ("lead_sponsor", study.lead_sponsor or "") if has_word(figures["sound"], study.lead_sponsor) else None


def sites_at_least(case: Case, figures: Figures) -> Shown:
    """Several different sites."""
    sites = {((location.facility or "").lower(), location.city) for location in case.study.locations}
    return ("locations", f"{len(sites)} sites") if len(sites) >= figures["sites"] else None


def randomised(case: Case, figures: Figures) -> Shown:
    """Chance decides; with ``masked``, and somebody does not know what was given; without it, nobody is masked."""
    study = case.study
    if study.allocation != "RANDOMIZED":
        return None
    masked = study.masking not in (None, "NONE")
    if masked is not figures["masked"]:
        return None
    return ("masking", study.masking or "") if masked else ("allocation", "RANDOMIZED")


def regulated_by_agency(case: Case, figures: Figures) -> Shown:
    """The record says that the product is regulated by the FDA; no praise beside the sign named in the figures."""
    names = ("is_fda_regulated_drug", "is_fda_regulated_device")
    name = next((name for name in names if getattr(case.study, name) is True), None)
    rule = next(rule for rule in rules() if rule.id == figures["not_beside"])
    return None if name is None or shown_in_text(rule, document_of(case.study)) else (name, "true")


def has_results(case: Case, _: Figures) -> Shown:
    """Results are posted, or a publication reports them."""
    if case.study.has_results:
        return "has_results", "true"
    for index, reference in enumerate(case.study.references):
        if reports(case.study, reference):
            return f"references[{index}].citation", excerpt(reference.citation, 0, 0, 120)
    return None


def has_documents(case: Case, _: Figures) -> Shown:
    """A protocol or consent form is posted."""
    for index, document in enumerate(case.study.large_documents):
        if document.has_protocol or document.has_icf:
            return f"large_documents[{index}].label", document.label or "document"
    return None


TESTS: dict[str, Callable[[Case, Figures], Shown]] = {
    test.__name__: test
    for test in (
        *(seller_and_only_site, many_fields, many_fields_of_sponsor, sponsor_without_results, us_site_not_regulated),
        *(treatment_without_phase, single_arm_claims, committee_is, no_results_after_end, stale_status),
        *(criteria_without_exclusions, registered_late, many_people, cord_product_with_promise),
        claims_what_the_field_denies,
        *(sponsor_named_like, sites_at_least, randomised, regulated_by_agency, has_results, has_documents),
    )
}
