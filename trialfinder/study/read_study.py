"""Reads a raw record into a ``Study``, one function a module."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trialfinder.base.enums import DATE_TYPES, PHASES, SEXES, SPONSOR_CLASSES, STATUSES, STUDY_TYPES
from trialfinder.base.values import Age, PartialDate
from trialfinder.errors import RecordError
from trialfinder.study.model import (
    ArmGroup,
    Contact,
    Document,
    Intervention,
    Link,
    Location,
    Official,
    Outcome,
    Reference,
    Sponsor,
    Study,
    record_nct_id,
)
from trialfinder.study.shape import Reader

# The registry's placeholder for "unknown" in the enrollment count.
_UNKNOWN_ENROLLMENT = 99_999_999


def read_study(record: object) -> Study:
    """Reads a raw record in API v2 shape.

    Raises:
        RecordError: the record has no usable NCT ID, or one of its modules is not an object.
    """
    if not isinstance(record, Mapping):
        raise RecordError(f"expected a study, found {type(record).__name__}")
    problems: list[str] = []
    found = _modules(Reader(record, "", problems))
    return Study(nct_id=record_nct_id(record), problems=tuple(problems), **found)


def _modules(record: Reader) -> dict[str, Any]:
    """Every attribute of a study but its NCT ID and its problems."""
    protocol = record.branch("protocolSection", strict=True)
    found: dict[str, Any] = {"has_results": record.flag("hasResults")}
    for name, read in _MODULES.items():
        found |= read(protocol.branch(name, strict=True))
    found |= _derived(record.branch("derivedSection"))
    documents = record.branch("documentSection").branch("largeDocumentModule")
    found["large_documents"] = tuple(_document(item) for item in documents.branches("largeDocs"))
    return found


def _identification(module: Reader) -> dict[str, Any]:
    return {
        "nct_id_aliases": module.texts("nctIdAliases"),
        "org_study_id": module.branch("orgStudyIdInfo").text("id"),
        "secondary_ids": tuple(i for item in module.branches("secondaryIdInfos") if (i := item.text("id"))),
        "brief_title": module.text("briefTitle"),
        "official_title": module.text("officialTitle"),
        "acronym": module.text("acronym"),
        "organization": module.branch("organization").text("fullName"),
    }


def _status(module: Reader) -> dict[str, Any]:
    found: dict[str, Any] = {
        "overall_status": module.one_of("overallStatus", STATUSES),
        "last_known_status": module.one_of("lastKnownStatus", STATUSES),
        "why_stopped": module.text("whyStopped"),
        "has_expanded_access": module.branch("expandedAccessInfo").flag("hasExpandedAccess"),
        "status_verified_date": module.parsed("statusVerifiedDate", PartialDate.parse),
        "study_first_submit_date": module.parsed("studyFirstSubmitDate", PartialDate.parse),
        "last_update_submit_date": module.parsed("lastUpdateSubmitDate", PartialDate.parse),
    }
    for name, key in (("start_date", "start"), ("primary_completion_date", "primaryCompletion"),
                      ("completion_date", "completion")):  # fmt: skip
        struct = module.branch(f"{key}DateStruct")
        found[name] = struct.parsed("date", PartialDate.parse)
        found[f"{name}_type"] = struct.one_of("type", DATE_TYPES)
    for name, key in (("study_first_post_date", "studyFirst"), ("results_first_post_date", "resultsFirst"),
                      ("last_update_post_date", "lastUpdate")):  # fmt: skip
        found[name] = module.branch(f"{key}PostDateStruct").parsed("date", PartialDate.parse)
    return found


def _sponsors(module: Reader) -> dict[str, Any]:
    lead, party = module.branch("leadSponsor"), module.branch("responsibleParty")
    collaborators = tuple(
        Sponsor(name, item.one_of("class", SPONSOR_CLASSES))
        for item in module.branches("collaborators")
        if (name := item.text("name"))
    )
    return {
        "lead_sponsor": lead.text("name"),
        "lead_sponsor_class": lead.one_of("class", SPONSOR_CLASSES),
        "collaborators": collaborators,
        "responsible_party_type": party.text("type"),
        "investigator_name": party.text("investigatorFullName") or party.text("oldNameTitle"),
        "investigator_affiliation": party.text("investigatorAffiliation") or party.text("oldOrganization"),
    }


def _oversight(module: Reader) -> dict[str, Any]:
    return {
        "oversight_has_dmc": module.flag("oversightHasDmc"),
        "is_fda_regulated_drug": module.flag("isFdaRegulatedDrug"),
        "is_fda_regulated_device": module.flag("isFdaRegulatedDevice"),
        "is_us_export": module.flag("isUsExport"),
    }


def _description(module: Reader) -> dict[str, Any]:
    return {
        "brief_summary": module.text("briefSummary") or "",
        "detailed_description": module.text("detailedDescription") or "",
    }


def _conditions(module: Reader) -> dict[str, Any]:
    return {"conditions": module.texts("conditions"), "keywords": module.texts("keywords")}


def _design(module: Reader) -> dict[str, Any]:
    info = module.branch("designInfo")
    masking, enrollment, access = (
        info.branch("maskingInfo"),
        module.branch("enrollmentInfo"),
        module.branch("expandedAccessTypes"),
    )
    count = enrollment.whole("count")
    phases = module.texts("phases")
    module.problems.extend(f"phases: unknown value {phase[:40]!r}" for phase in phases if phase not in PHASES)
    return {
        "study_type": module.one_of("studyType", STUDY_TYPES),
        "phases": phases,
        "expanded_access_types": tuple(
            kind for kind in ("individual", "intermediate", "treatment") if access.flag(kind)
        ),
        "allocation": info.text("allocation"),
        "intervention_model": info.text("interventionModel"),
        "intervention_model_description": info.text("interventionModelDescription") or "",
        "primary_purpose": info.text("primaryPurpose"),
        "observational_model": info.text("observationalModel"),
        "time_perspective": info.text("timePerspective"),
        "masking": masking.text("masking"),
        "masking_description": masking.text("maskingDescription") or "",
        "who_masked": masking.texts("whoMasked"),
        "enrollment_count": None if count == _UNKNOWN_ENROLLMENT or (count is not None and count < 0) else count,
        "enrollment_type": enrollment.one_of("type", DATE_TYPES),
    }


def _arms(module: Reader) -> dict[str, Any]:
    groups = tuple(
        ArmGroup(
            item.text("label") or "", item.text("type"), item.text("description") or "", item.texts("interventionNames")
        )
        for item in module.branches("armGroups")
    )
    interventions = tuple(
        Intervention(
            item.text("type"),
            item.text("name") or "",
            item.text("description") or "",
            item.texts("armGroupLabels"),
            item.texts("otherNames"),
        )
        for item in module.branches("interventions")
    )
    return {"arm_groups": groups, "interventions": interventions}


def _outcomes(module: Reader) -> dict[str, Any]:
    return {
        "outcomes": tuple(
            Outcome(kind, item.text("measure") or "", item.text("description") or "", item.text("timeFrame"))
            for kind in ("primary", "secondary", "other")
            for item in module.branches(f"{kind}Outcomes")
        )
    }


def _eligibility(module: Reader) -> dict[str, Any]:
    return {
        "eligibility_criteria": module.text("eligibilityCriteria") or "",
        "healthy_volunteers": module.flag("healthyVolunteers"),
        "sex": module.one_of("sex", SEXES),
        "gender_based": module.flag("genderBased"),
        "gender_description": module.text("genderDescription") or "",
        "minimum_age": module.parsed("minimumAge", Age.parse),
        "maximum_age": module.parsed("maximumAge", Age.parse),
        "std_ages": module.texts("stdAges"),
        "study_population": module.text("studyPopulation") or "",
        "sampling_method": module.text("samplingMethod"),
    }


def _contact(item: Reader) -> Contact:
    return Contact(item.text("name"), item.text("role"), item.text("phone"), item.text("phoneExt"), item.text("email"))


def _location(item: Reader) -> Location:
    point = item.branch("geoPoint")
    latitude, longitude = point.number("lat"), point.number("lon")
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        latitude = longitude = None
    return Location(
        item.text("facility"),
        item.one_of("status", STATUSES),
        item.text("city"),
        item.text("state"),
        item.text("zip"),
        item.text("country"),
        tuple(_contact(contact) for contact in item.branches("contacts")),
        latitude,
        longitude,
    )


def _contacts(module: Reader) -> dict[str, Any]:
    return {
        "central_contacts": tuple(_contact(item) for item in module.branches("centralContacts")),
        "officials": tuple(
            Official(name, item.text("affiliation"), item.text("role"))
            for item in module.branches("overallOfficials")
            if (name := item.text("name"))
        ),
        "locations": tuple(_location(item) for item in module.branches("locations")),
    }


def _references(module: Reader) -> dict[str, Any]:
    return {
        "references": tuple(
            Reference(item.text("type"), item.text("citation") or "", item.text("pmid"))
            for item in module.branches("references")
        ),
        "see_also_links": tuple(
            Link(item.text("label"), url) for item in module.branches("seeAlsoLinks") if (url := item.text("url"))
        ),
    }


def _sharing(module: Reader) -> dict[str, Any]:
    return {"ipd_sharing": module.text("ipdSharing")}


def _document(item: Reader) -> Document:
    return Document(
        item.text("label"),
        item.flag("hasProtocol"),
        item.flag("hasSap"),
        item.flag("hasIcf"),
        item.parsed("date", PartialDate.parse),
        item.text("filename"),
    )


def _derived(section: Reader) -> dict[str, Any]:
    def terms(module: str, key: str) -> tuple[str, ...]:
        return tuple(term for item in section.branch(module).branches(key) if (term := item.text("term")))

    return {
        "condition_mesh_terms": terms("conditionBrowseModule", "meshes"),
        "condition_ancestor_terms": terms("conditionBrowseModule", "ancestors"),
        "intervention_mesh_terms": terms("interventionBrowseModule", "meshes"),
        "intervention_ancestor_terms": terms("interventionBrowseModule", "ancestors"),
    }


_MODULES = {
    "identificationModule": _identification,
    "statusModule": _status,
    "sponsorCollaboratorsModule": _sponsors,
    "oversightModule": _oversight,
    "descriptionModule": _description,
    "conditionsModule": _conditions,
    "designModule": _design,
    "armsInterventionsModule": _arms,
    "outcomesModule": _outcomes,
    "eligibilityModule": _eligibility,
    "contactsLocationsModule": _contacts,
    "referencesModule": _references,
    "ipdSharingStatementModule": _sharing,
}
