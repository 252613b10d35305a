"""One study of the registry, in the field's words and in types that can be trusted.

Every attribute is named after the registry's own field (Study Data Structure, API 2.0.5). Text that may hold prose is
'' when absent; everything else is None when the registry does not say. Nothing is derived here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trialfinder.base.enums import CLOSED_STATUSES, OPEN_SITE_STATUSES
from trialfinder.base.values import Age, PartialDate, nct_id
from trialfinder.errors import InputError, RecordError

STUDY_URL = "https://clinicaltrials.gov/study/"


_HOPEFUL_SITES = OPEN_SITE_STATUSES | {"NOT_YET_RECRUITING", "TEMPORARILY_NOT_AVAILABLE"}


@dataclass(frozen=True, slots=True)
class Sponsor:
    """A sponsor or collaborator; ``sponsor_class`` is the registry's class (INDUSTRY, OTHER, NIH …)."""

    name: str
    sponsor_class: str | None = None


@dataclass(frozen=True, slots=True)
class ArmGroup:
    """One group of participants and what it is given."""

    label: str
    type: str | None = None
    description: str = ""
    intervention_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intervention:
    """One thing that is given or done."""

    type: str | None
    name: str
    description: str = ""
    arm_group_labels: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that is measured; ``kind`` is ``primary``, ``secondary`` or ``other``."""

    kind: str
    measure: str
    description: str = ""
    time_frame: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to ask, as the registry prints them."""

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    phone_ext: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Official:
    """A person responsible for the study."""

    name: str
    affiliation: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """One site. ``status`` is the site's own; None when the registry does not say.

    Latitude and longitude are the centre of the city, not the building.
    """

    facility: str | None = None
    status: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    contacts: tuple[Contact, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication. ``type`` RESULT reports this study, DERIVED is a link made by the library, BACKGROUND neither."""

    type: str | None
    citation: str
    pmid: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A further web page named by the sponsor."""

    label: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """A posted protocol, statistical plan or consent form."""

    label: str | None
    has_protocol: bool | None = None
    has_sap: bool | None = None
    has_icf: bool | None = None
    date: PartialDate | None = None
    filename: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """That the registry has a study no more: the day on which it was last seen there, and on which it was missed."""

    until: dt.date
    noticed: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One study. ``problems`` tells which values of the record were not in the promised shape and were left out.

    ``gone`` is not of the record: whoever knows that the registry has the study no more sets it, and everything that
    asks whether the study can be joined hears "no". None: not known to be gone.
    """

    nct_id: str
    nct_id_aliases: tuple[str, ...] = ()
    org_study_id: str | None = None
    secondary_ids: tuple[str, ...] = ()
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None
    organization: str | None = None
    overall_status: str | None = None
    last_known_status: str | None = None
    why_stopped: str | None = None
    has_expanded_access: bool | None = None
    expanded_access_types: tuple[str, ...] = ()
    status_verified_date: PartialDate | None = None
    start_date: PartialDate | None = None
    start_date_type: str | None = None
    primary_completion_date: PartialDate | None = None
    primary_completion_date_type: str | None = None
    completion_date: PartialDate | None = None
    completion_date_type: str | None = None
    study_first_submit_date: PartialDate | None = None
    study_first_post_date: PartialDate | None = None
    results_first_post_date: PartialDate | None = None
    last_update_submit_date: PartialDate | None = None
    last_update_post_date: PartialDate | None = None
    lead_sponsor: str | None = None
    lead_sponsor_class: str | None = None
    collaborators: tuple[Sponsor, ...] = ()
    responsible_party_type: str | None = None
    investigator_name: str | None = None
    investigator_affiliation: str | None = None
    oversight_has_dmc: bool | None = None
    is_fda_regulated_drug: bool | None = None
    is_fda_regulated_device: bool | None = None
    is_us_export: bool | None = None
    brief_summary: str = ""
    detailed_description: str = ""
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    study_type: str | None = None
    phases: tuple[str, ...] = ()
    allocation: str | None = None
    intervention_model: str | None = None
    intervention_model_description: str = ""
    primary_purpose: str | None = None
    observational_model: str | None = None
    time_perspective: str | None = None
    masking: str | None = None
    masking_description: str = ""
    who_masked: tuple[str, ...] = ()
    enrollment_count: int | None = None
    enrollment_type: str | None = None
    arm_groups: tuple[ArmGroup, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    eligibility_criteria: str = ""
    healthy_volunteers: bool | None = None
    sex: str | None = None
    gender_based: bool | None = None
    gender_description: str = ""
    minimum_age: Age | None = None
    maximum_age: Age | None = None
    std_ages: tuple[str, ...] = ()
    study_population: str = ""
    sampling_method: str | None = None
    central_contacts: tuple[Contact, ...] = ()
    officials: tuple[Official, ...] = ()
    locations: tuple[Location, ...] = ()
    references: tuple[Reference, ...] = ()
    see_also_links: tuple[Link, ...] = ()
    ipd_sharing: str | None = None
    large_documents: tuple[Document, ...] = ()
    condition_mesh_terms: tuple[str, ...] = ()
    condition_ancestor_terms: tuple[str, ...] = ()
    intervention_mesh_terms: tuple[str, ...] = ()
    intervention_ancestor_terms: tuple[str, ...] = ()
    has_results: bool | None = None
    problems: tuple[str, ...] = ()
    gone: Gone | None = None

    def site_status(self, site: Location) -> str | None:
        """The status of a site: its own, but that of the study where the site still recruits for one that is closed.

        None where it is not known, and for a study that the registry has no more.
        """
        if self.gone is not None:
            return None
        if site.status in _HOPEFUL_SITES and self.overall_status in CLOSED_STATUSES:
            return self.overall_status
        return site.status

    @property
    def url(self) -> str:
        """The study's page on the registry's website."""
        return STUDY_URL + self.nct_id


def record_nct_id(record: Mapping[str, Any]) -> str:
    """The NCT ID of a raw record.

    Raises:
        RecordError: it has none that can be used.
    """
    protocol = record.get("protocolSection")
    module = protocol.get("identificationModule") if isinstance(protocol, Mapping) else None
    found = module.get("nctId") if isinstance(module, Mapping) else None
    if not isinstance(found, str):
        raise RecordError("protocolSection.identificationModule.nctId: missing")
    try:
        return nct_id(found)
    except InputError as error:
        raise RecordError(f"protocolSection.identificationModule.nctId: {error}") from error


def record_ids(record: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The NCT ID of a raw record ('' when it has none) and its aliases; wrong types count as missing."""
    protocol = record.get("protocolSection")
    module = protocol.get("identificationModule") if isinstance(protocol, Mapping) else None
    if not isinstance(module, Mapping):
        return "", ()
    nct_id, aliases = module.get("nctId"), module.get("nctIdAliases")
    listed = aliases if isinstance(aliases, list) else []
    return nct_id if isinstance(nct_id, str) else "", tuple(a for a in listed if isinstance(a, str))
