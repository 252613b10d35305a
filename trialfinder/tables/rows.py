"""Turns a study into the rows of the tables: one dict a row, keyed as ``columns`` declares, None for what is missing.

The keys of a row are always those of its table. What ``classify`` concludes and what depends on the day is added by
``catalogue``, which knows both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from trialfinder.base.enums import OPEN_SITE_STATUSES, STATUS_WORDS
from trialfinder.base.text import plain
from trialfinder.study.model import Contact, Study
from trialfinder.tables.columns import names

Row = dict[str, Any]
_PLAIN = (
    "nct_id", "brief_title", "overall_status", "sex", "healthy_volunteers", "lead_sponsor", "lead_sponsor_class",
    "study_type", "allocation", "intervention_model", "primary_purpose", "masking", "observational_model",
    "enrollment_count", "enrollment_type", "start_date_type", "primary_completion_date_type", "completion_date_type",
    "has_results", "oversight_has_dmc", "is_fda_regulated_drug", "is_fda_regulated_device", "last_known_status",
    "why_stopped", "has_expanded_access", "official_title", "acronym", "org_study_id", "url",
)  # fmt: skip
_DATES = (
    "status_verified_date", "start_date", "primary_completion_date", "completion_date", "study_first_submit_date",
    "study_first_post_date", "results_first_post_date", "last_update_post_date",
)  # fmt: skip
_LISTS = ("conditions", "phases", "secondary_ids", "nct_id_aliases", "keywords", "condition_mesh_terms",
          "intervention_mesh_terms")  # fmt: skip


def joined(parts: tuple[str, ...] | list[str]) -> str | None:
    """The parts as one cell; None when there are none. A ';' inside a part becomes ',', so that it splits again."""
    return "; ".join(plain(part).replace(";", ",").strip() for part in parts if part) or None


def study_row(study: Study) -> Row:
    """The row of the ``studies`` table, as far as the record alone says it."""
    row: Row = dict.fromkeys(names("studies"))
    row.update({name: getattr(study, name) for name in _PLAIN})
    row.update({name: str(date) for name in _DATES if (date := getattr(study, name)) is not None})
    row.update({name: joined(getattr(study, name)) for name in _LISTS})
    open_sites = [place.status in OPEN_SITE_STATUSES for place in study.locations if place.status]
    row.update(
        status_words=STATUS_WORDS.get(study.overall_status or "", study.overall_status),
        interventions=joined(
            [f"{(i.type or 'OTHER').replace('_', ' ').capitalize()}: {i.name}" for i in study.interventions]
        ),
        countries=joined(sorted({place.country for place in study.locations if place.country})),
        location_count=len(study.locations),
        open_location_count=sum(open_sites) if open_sites else None,
        arm_group_count=len(study.arm_groups),
        collaborators=joined([sponsor.name for sponsor in study.collaborators]),
        brief_summary=study.brief_summary or None,
        minimum_age=study.minimum_age and str(study.minimum_age),
        maximum_age=study.maximum_age and str(study.maximum_age),
        minimum_age_years=study.minimum_age and study.minimum_age.years,
        maximum_age_years=study.maximum_age and study.maximum_age.years,
    )
    return row


def class_cells(study: Study) -> Row:
    """The cells of the ``studies`` table that say what a study is, concluded from its record alone."""
    from trialfinder.classify import classify

    found = classify(study)
    return {
        "relevance": found.relevance,
        "relevance_reason": found.relevance_reason,
        "cell_product": found.cell_product,
        "cell_source": found.cell_source,
        "donor": found.donor,
        "routes": joined(list(found.routes)),
        "dose": found.dose.words if found.dose else None,
        "number_of_doses": found.number_of_doses,
        "neuropathy_types": joined(list(found.neuropathy_types)),
        "nerve_role": found.nerve_role,
        "follow_up_months": found.follow_up_months,
        "outcome_kinds": joined(list(found.outcome_kinds)),
    }


def contact_words(contact: Contact) -> str:
    """One contact on one line."""
    phone = contact.phone and contact.phone + (f" ext. {contact.phone_ext}" if contact.phone_ext else "")
    return ", ".join(part for part in (contact.name, phone, contact.email) if part)


def _locations(study: Study) -> Iterator[Row]:
    for place in study.locations:
        yield {
            "facility": place.facility,
            "status": place.status,
            "city": place.city,
            "state": place.state,
            "zip": place.zip,
            "country": place.country,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "contacts": joined([contact_words(contact) for contact in place.contacts]),
        }


def _interventions(study: Study) -> Iterator[Row]:
    for item in study.interventions:
        yield {
            "type": item.type,
            "name": item.name,
            "description": item.description or None,
            "arm_group_labels": joined(item.arm_group_labels),
            "other_names": joined(item.other_names),
        }


def _arm_groups(study: Study) -> Iterator[Row]:
    for group in study.arm_groups:
        yield {
            "label": group.label,
            "type": group.type,
            "description": group.description or None,
            "intervention_names": joined(group.intervention_names),
        }


def _conditions(study: Study) -> Iterator[Row]:
    for kind, terms in (
        ("condition", study.conditions),
        ("keyword", study.keywords),
        ("mesh_term", study.condition_mesh_terms),
        ("mesh_ancestor", study.condition_ancestor_terms),
    ):
        for term in terms:
            yield {"condition": term, "kind": kind}


def _outcomes(study: Study) -> Iterator[Row]:
    for item in study.outcomes:
        yield {
            "kind": item.kind,
            "measure": item.measure,
            "time_frame": item.time_frame,
            "description": item.description or None,
        }


def _contacts(study: Study) -> Iterator[Row]:
    def row(kind: str, contact: Contact, **more: str | None) -> Row:
        found = dict.fromkeys(names("contacts")) | {"kind": kind} | more
        del found["nct_id"]
        return found | {key: getattr(contact, key) for key in ("name", "role", "phone", "phone_ext", "email")}

    for contact in study.central_contacts:
        yield row("central", contact)
    for official in study.officials:
        yield row("official", Contact(official.name, official.role), affiliation=official.affiliation)
    for place in study.locations:
        for contact in place.contacts:
            yield row("site", contact, facility=place.facility, city=place.city, country=place.country)


def _references(study: Study) -> Iterator[Row]:
    for item in study.references:
        url = f"https://pubmed.ncbi.nlm.nih.gov/{item.pmid}/" if item.pmid and item.pmid.isdigit() else None
        yield {"type": item.type, "pmid": item.pmid, "citation": item.citation or None, "url": url}
    for link in study.see_also_links:
        yield {"type": "LINK", "pmid": None, "citation": link.label, "url": link.url}


_RELATED: dict[str, Callable[[Study], Iterator[Row]]] = {
    "locations": _locations,
    "interventions": _interventions,
    "arm_groups": _arm_groups,
    "conditions": _conditions,
    "outcomes": _outcomes,
    "contacts": _contacts,
    "references": _references,
}
RELATED_TABLES = tuple(_RELATED)


def related_rows(table_name: str, study: Study) -> Iterator[Row]:
    """The rows that one study has in a table other than ``studies``."""
    for row in _RELATED[table_name](study):
        yield {"nct_id": study.nct_id} | row
