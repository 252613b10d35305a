"""Codes of a row in plain words, for pages. Everything here goes through ``say``."""

from __future__ import annotations

import re

from trialfinder.base.enums import PHASE_WORDS, STATUS_WORDS
from trialfinder.base.tongue import say

LABELS: dict[str, dict[str, str]] = {
    "joinable": {"yes": "Yes", "not_yet": "Not yet", "unsure": "Unsure: ask", "no": "No"},
    "neuropathy_types": {
        "diabetic": "diabetic",
        "chemotherapy_induced": "after chemotherapy",
        "inflammatory": "inflammatory (CIDP, GBS and their like)",
        "hereditary": "hereditary",
        "idiopathic": "of unknown cause",
        "small_fiber": "small-fibre",
        "autonomic": "autonomic",
        "alcohol": "from alcohol",
        "vitamin_deficiency": "from lack of a vitamin",
        "infectious": "from an infection",
        "traumatic": "nerve injury",
        "compressive": "nerve under pressure",
        "cranial": "nerves of the head",
        "radiculopathy": "nerve root, sciatica",
        "peripheral_unspecified": "peripheral, kind not stated",
    },
    "cell_product": {
        "msc": "mesenchymal stem cells",
        "mononuclear": "mononuclear cells",
        "stromal_vascular_fraction": "cells of fat tissue (SVF)",
        "hematopoietic": "blood-forming stem cells",
        "ipsc_derived": "cells made from iPS cells",
        "neural_stem": "neural stem cells",
        "schwann": "Schwann cells",
        "car_t": "CAR-T immune cells, no stem cells",
        "other_cells": "other cells, not always stem cells",
        "exosome_or_secretome": "exosomes or what cells release",
        "platelet_rich_plasma": "platelet-rich plasma",
        "tissue_product": "a tissue product",
        "none": "no cells",
        "not_stated": "not stated",
    },
    "cell_source": {
        "bone_marrow": "bone marrow",
        "adipose": "fat tissue",
        "umbilical_cord": "umbilical cord",
        "placenta_amnion": "placenta or amnion",
        "peripheral_blood": "blood",
        "dental": "teeth",
        "nerve": "nerve",
        "skin": "skin",
        "other": "another source",
        "none": "no cells",
        "not_stated": "not stated",
    },
    "donor": {
        "autologous": "one's own",
        "allogeneic": "from a donor",
        "none": "no cells",
        "not_stated": "not stated",
    },
    "routes": {
        "intravenous": "into a vein",
        "intramuscular": "into a muscle",
        "intrathecal": "into the fluid of the spine",
        "intra_arterial": "into an artery",
        "intraarticular": "into a joint",
        "intradiscal": "into a disc of the spine",
        "intravitreal_or_ocular": "into or at the eye",
        "perineural_or_nerve": "at or into a nerve",
        "surgical_graft": "by surgery",
        "intradermal_or_topical": "into or onto the skin",
        "intranasal": "through the nose",
        "other": "another way",
        "not_stated": "not stated",
    },
    "phases": {**PHASE_WORDS, "": "not stated"},
    "overall_status": STATUS_WORDS,
    "relevance": {
        "core": "cells for a nerve condition",
        "adjacent": "related",
        "off_topic": "off topic",
    },
    "sex": {"ALL": "women and men", "FEMALE": "women", "MALE": "men"},
    "strength": {"strong": "strong sign", "medium": "medium sign", "weak": "weak sign"},
    "careful": {"strong": "a strong warning sign", "": "no strong warning sign found"},
    "field": {
        "lead_sponsor": "sponsor", "lead_sponsor_class": "kind of sponsor", "conditions": "conditions",
        "brief_title": "title", "official_title": "official title", "brief_summary": "brief summary",
        "detailed_description": "description", "eligibility_criteria": "criteria", "phases": "phase",
        "is_fda_regulated_drug": "drug under the rules of the FDA", "overall_status": "status",
        "is_fda_regulated_device": "device under the rules of the FDA", "masking": "masking",
        "oversight_has_dmc": "a committee watches the data", "enrollment_count": "number of people",
        "primary_completion_date": "last main measurement", "completion_date": "end",
        "last_update_post_date": "last change shown by the registry", "locations": "sites",
        "status_verified_date": "last confirmed by the sponsor", "allocation": "how people are put into groups",
        "study_first_submit_date": "handed in to the registry", "has_results": "results shown",
        "interventions": "what is given", "arm_groups": "groups", "outcomes": "what is measured",
        "references": "publication", "large_documents": "document", "keywords": "keywords",
    },
    "lead_sponsor_class": {
        "INDUSTRY": "a firm", "NIH": "NIH (US government)", "FED": "the US government",
        "OTHER_GOV": "another government", "INDIV": "one person", "NETWORK": "a network",
        "OTHER": "another organisation",
    },
    "severity": {"critical": "very important", "important": "important", "normal": "", "minor": ""},
    "kind": {
        "now_recruiting": "Now recruiting", "closed_to_new_people": "Closed to new people", "stopped": "Stopped",
        "paused": "Paused", "completed": "Completed", "status": "Status", "status_unknown": "Status unknown",
        "expanded_access": "Access outside the study", "start_date": "Start", "completion_date": "End",
        "verified": "Confirmed by the sponsor", "results_posted": "Results", "results_changed": "Results",
        "results_removed": "Results", "site_added": "New site", "site_opened": "Site opened",
        "site_closed": "Site closed", "site_status": "Site", "site_detail": "Site", "contacts": "Contacts",
        "officials": "Persons responsible", "criteria": "Criteria", "age_limit": "Age limit", "sex": "Sex",
        "healthy_volunteers": "Healthy volunteers", "who_is_studied": "Who is studied",
        "enrollment": "Number of people", "design": "Design", "interventions": "What is given",
        "arm_groups": "Groups", "outcomes": "What is measured", "conditions": "Conditions", "keywords": "Keywords",
        "title": "Title", "description": "Description", "sponsor": "Sponsor", "oversight": "Oversight",
        "publications": "Publications", "documents": "Documents", "index_terms": "Index terms",
        "other_change": "Other change", "new_study": "New study", "new_closed_study": "New study",
        "left_results": "Left the results",
        "joined_results": "Found by a further search", "came_back": "Came back",
        "came_back_closed": "Came back", "withdrawn_from_registry": "Withdrawn from the registry",
        "withdrawn_from_registry_closed": "Withdrawn from the registry", "new_warning_sign": "New warning sign",
        "can_be_joined": "Can be joined", "can_be_joined_with_warning": "Can be joined",
        "unconfirmed_for_a_year": "Not confirmed for a year", "site_near_you": "A site near you",
    },
}  # fmt: skip


def label(kind: str, code: str | None) -> str:
    """A code in words; one without words as it stands, without underscores and which of several it is ("[2].name")."""
    code = (code or "").partition("[")[0]
    return say(LABELS[kind].get(code, code.replace("_", " ")))


def related_words(relevance: str, reason: str) -> str:
    """That a study is only related, and why; '' for one of cells for a nerve condition."""
    if relevance == "adjacent":
        return say("only related: {why}").format(why=say(reason))
    return "" if relevance == "core" else say("off topic: no cells for a nerve condition")


def field_value(field: str, value: str) -> str:
    """What a field of the record holds, in words; '' where it is a sentence or a name of the record's own."""
    if field == "overall_status" or field in ("phases", "lead_sponsor_class"):
        return label(field, value)
    if field in ("masking", "allocation"):
        return say(value.lower().replace("_", " "))
    if value in ("true", "false"):
        return say("yes") if value == "true" else say("no")
    return value if re.fullmatch(r"[\d,-]+", value) else ""


def sign_name(sign_id: str) -> str:
    """The name of a sign: its id in words."""
    return say(sign_id.replace("_", " ").capitalize())
