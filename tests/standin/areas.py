"""Names of data pieces and search areas, as far as searches, sorting and ``fields`` of this project need them."""

from __future__ import annotations

from typing import Any

_ID, _ST = "protocolSection.identificationModule.", "protocolSection.statusModule."
_DE, _AI = "protocolSection.designModule.", "protocolSection.armsInterventionsModule."
_EL, _CL = "protocolSection.eligibilityModule.", "protocolSection.contactsLocationsModule."
_SP, _OU = "protocolSection.sponsorCollaboratorsModule.", "protocolSection.outcomesModule."
_CO, _BR = "protocolSection.conditionsModule.", "derivedSection."

#: piece -> (path, kind). Kinds: text, date, number, age, enum, bool, id, branch.
PIECES: dict[str, tuple[str, str]] = {
    "NCTId": (_ID + "nctId", "id"),
    "NCTIdAlias": (_ID + "nctIdAliases", "id"),
    "OrgStudyId": (_ID + "orgStudyIdInfo.id", "text"),
    "SecondaryId": (_ID + "secondaryIdInfos.id", "text"),
    "BriefTitle": (_ID + "briefTitle", "text"),
    "OfficialTitle": (_ID + "officialTitle", "text"),
    "Acronym": (_ID + "acronym", "text"),
    "OrgFullName": (_ID + "organization.fullName", "text"),
    "StatusVerifiedDate": (_ST + "statusVerifiedDate", "date"),
    "OverallStatus": (_ST + "overallStatus", "enum"),
    "LastKnownStatus": (_ST + "lastKnownStatus", "enum"),
    "WhyStopped": (_ST + "whyStopped", "text"),
    "StartDate": (_ST + "startDateStruct.date", "date"),
    "StartDateType": (_ST + "startDateStruct.type", "enum"),
    "PrimaryCompletionDate": (_ST + "primaryCompletionDateStruct.date", "date"),
    "CompletionDate": (_ST + "completionDateStruct.date", "date"),
    "StudyFirstSubmitDate": (_ST + "studyFirstSubmitDate", "date"),
    "StudyFirstPostDate": (_ST + "studyFirstPostDateStruct.date", "date"),
    "ResultsFirstPostDate": (_ST + "resultsFirstPostDateStruct.date", "date"),
    "LastUpdateSubmitDate": (_ST + "lastUpdateSubmitDate", "date"),
    "LastUpdatePostDate": (_ST + "lastUpdatePostDateStruct.date", "date"),
    "LeadSponsorName": (_SP + "leadSponsor.name", "text"),
    "LeadSponsorClass": (_SP + "leadSponsor.class", "enum"),
    "CollaboratorName": (_SP + "collaborators.name", "text"),
    "BriefSummary": ("protocolSection.descriptionModule.briefSummary", "text"),
    "DetailedDescription": ("protocolSection.descriptionModule.detailedDescription", "text"),
    "Condition": (_CO + "conditions", "text"),
    "Keyword": (_CO + "keywords", "text"),
    "StudyType": (_DE + "studyType", "enum"),
    "Phase": (_DE + "phases", "enum"),
    "EnrollmentCount": (_DE + "enrollmentInfo.count", "number"),
    "ArmGroupLabel": (_AI + "armGroups.label", "text"),
    "ArmGroupType": (_AI + "armGroups.type", "enum"),
    "ArmGroupDescription": (_AI + "armGroups.description", "text"),
    "InterventionName": (_AI + "interventions.name", "text"),
    "InterventionType": (_AI + "interventions.type", "enum"),
    "InterventionDescription": (_AI + "interventions.description", "text"),
    "InterventionOtherName": (_AI + "interventions.otherNames", "text"),
    "PrimaryOutcomeMeasure": (_OU + "primaryOutcomes.measure", "text"),
    "PrimaryOutcomeDescription": (_OU + "primaryOutcomes.description", "text"),
    "SecondaryOutcomeMeasure": (_OU + "secondaryOutcomes.measure", "text"),
    "SecondaryOutcomeDescription": (_OU + "secondaryOutcomes.description", "text"),
    "OtherOutcomeMeasure": (_OU + "otherOutcomes.measure", "text"),
    "EligibilityCriteria": (_EL + "eligibilityCriteria", "text"),
    "HealthyVolunteers": (_EL + "healthyVolunteers", "bool"),
    "Sex": (_EL + "sex", "enum"),
    "MinimumAge": (_EL + "minimumAge", "age"),
    "MaximumAge": (_EL + "maximumAge", "age"),
    "StdAge": (_EL + "stdAges", "enum"),
    "StudyPopulation": (_EL + "studyPopulation", "text"),
    "LocationFacility": (_CL + "locations.facility", "text"),
    "LocationStatus": (_CL + "locations.status", "enum"),
    "LocationCity": (_CL + "locations.city", "text"),
    "LocationState": (_CL + "locations.state", "text"),
    "LocationZip": (_CL + "locations.zip", "text"),
    "LocationCountry": (_CL + "locations.country", "text"),
    "ConditionMeshTerm": (_BR + "conditionBrowseModule.meshes.term", "text"),
    "ConditionAncestorTerm": (_BR + "conditionBrowseModule.ancestors.term", "text"),
    "InterventionMeshTerm": (_BR + "interventionBrowseModule.meshes.term", "text"),
    "InterventionAncestorTerm": (_BR + "interventionBrowseModule.ancestors.term", "text"),
    "BioSpecDescription": ("protocolSection.designModule.bioSpec.description", "text"),
    "ResponsiblePartyInvestigatorFullName": (
        "protocolSection.sponsorCollaboratorsModule.responsibleParty.investigatorFullName",
        "text",
    ),
    "ResponsiblePartyInvestigatorTitle": (
        "protocolSection.sponsorCollaboratorsModule.responsibleParty.investigatorTitle",
        "text",
    ),
    "ResponsiblePartyInvestigatorAffiliation": (
        "protocolSection.sponsorCollaboratorsModule.responsibleParty.investigatorAffiliation",
        "text",
    ),
    "ResponsiblePartyOldNameTitle": (
        "protocolSection.sponsorCollaboratorsModule.responsibleParty.oldNameTitle",
        "text",
    ),
    "ResponsiblePartyOldOrganization": (
        "protocolSection.sponsorCollaboratorsModule.responsibleParty.oldOrganization",
        "text",
    ),
    "OverallOfficialAffiliation": ("protocolSection.contactsLocationsModule.overallOfficials.affiliation", "text"),
    "OverallOfficialRole": ("protocolSection.contactsLocationsModule.overallOfficials.role", "text"),
    "OverallOfficialName": ("protocolSection.contactsLocationsModule.overallOfficials.name", "text"),
    "CentralContactName": ("protocolSection.contactsLocationsModule.centralContacts.name", "text"),
    "DesignAllocation": ("protocolSection.designModule.designInfo.allocation", "text"),
    "DesignInterventionModel": ("protocolSection.designModule.designInfo.interventionModel", "text"),
    "DesignMasking": ("protocolSection.designModule.designInfo.maskingInfo.masking", "text"),
    "DesignWhoMasked": ("protocolSection.designModule.designInfo.maskingInfo.whoMasked", "text"),
    "DesignObservationalModel": ("protocolSection.designModule.designInfo.observationalModel", "text"),
    "DesignPrimaryPurpose": ("protocolSection.designModule.designInfo.primaryPurpose", "text"),
    "DesignTimePerspective": ("protocolSection.designModule.designInfo.timePerspective", "text"),
    "OutcomeMeasureTitle": ("resultsSection.outcomeMeasuresModule.outcomeMeasures.title", "text"),
    "OtherOutcomeDescription": ("protocolSection.outcomesModule.otherOutcomes.description", "text"),
    "OutcomeMeasureDescription": ("resultsSection.outcomeMeasuresModule.outcomeMeasures.description", "text"),
    "LocationContactName": ("protocolSection.contactsLocationsModule.locations.contacts.name", "text"),
    "OutcomeMeasurePopulationDescription": (
        "resultsSection.outcomeMeasuresModule.outcomeMeasures.populationDescription",
        "text",
    ),
    "OrgStudyIdType": ("protocolSection.identificationModule.orgStudyIdInfo.type", "text"),
    "SecondaryIdType": ("protocolSection.identificationModule.secondaryIdInfos.type", "text"),
    "CollaboratorClass": ("protocolSection.sponsorCollaboratorsModule.collaborators.class", "text"),
    "VersionHolder": (_BR + "miscInfoModule.versionHolder", "date"),
    "HasResults": ("hasResults", "bool"),
}
_MODULES = (
    "identificationModule statusModule sponsorCollaboratorsModule oversightModule descriptionModule conditionsModule "
    "designModule armsInterventionsModule outcomesModule eligibilityModule contactsLocationsModule referencesModule "
    "ipdSharingStatementModule"
)
for _path in (*(f"protocolSection.{name}" for name in _MODULES.split()), "protocolSection", "derivedSection"):
    _leaf = _path.rpartition(".")[2]
    PIECES[_leaf[0].upper() + _leaf[1:]] = (_path, "branch")

#: The official table of search areas (June 2024): what is not named here is not searched, so neither the detailed
#: description nor the criteria are found by ``query.term``. `test_standin.py` holds it against the table itself.
AREAS: dict[str, tuple[str, ...]] = {
    name: tuple(pieces.split())
    for name, pieces in {
        "BasicSearch": (
            "NCTId Acronym BriefTitle OfficialTitle Condition InterventionName InterventionOtherName Phase "
            "StdAge PrimaryOutcomeMeasure Keyword BriefSummary ArmGroupLabel SecondaryOutcomeMeasure "
            "InterventionDescription ArmGroupDescription PrimaryOutcomeDescription LeadSponsorName "
            "OrgStudyId SecondaryId NCTIdAlias InterventionType ArmGroupType SecondaryOutcomeDescription "
            "LocationFacility LocationStatus LocationState LocationCountry LocationCity BioSpecDescription "
            "ResponsiblePartyInvestigatorFullName ResponsiblePartyInvestigatorTitle "
            "ResponsiblePartyInvestigatorAffiliation ResponsiblePartyOldNameTitle "
            "ResponsiblePartyOldOrganization OverallOfficialAffiliation OverallOfficialRole "
            "OverallOfficialName CentralContactName ConditionMeshTerm InterventionMeshTerm DesignAllocation "
            "DesignInterventionModel DesignMasking DesignWhoMasked DesignObservationalModel "
            "DesignPrimaryPurpose DesignTimePerspective StudyType ConditionAncestorTerm "
            "InterventionAncestorTerm CollaboratorName OtherOutcomeMeasure OutcomeMeasureTitle "
            "OtherOutcomeDescription OutcomeMeasureDescription LocationContactName"
        ),
        "ConditionSearch": "Condition BriefTitle OfficialTitle ConditionMeshTerm ConditionAncestorTerm Keyword NCTId",
        "InterventionSearch": (
            "InterventionName InterventionType ArmGroupType InterventionOtherName BriefTitle OfficialTitle "
            "ArmGroupLabel InterventionMeshTerm Keyword InterventionAncestorTerm InterventionDescription "
            "ArmGroupDescription"
        ),
        "TitleSearch": "Acronym BriefTitle OfficialTitle",
        "OutcomeSearch": (
            "PrimaryOutcomeMeasure SecondaryOutcomeMeasure PrimaryOutcomeDescription "
            "SecondaryOutcomeDescription OtherOutcomeMeasure OutcomeMeasureTitle OtherOutcomeDescription "
            "OutcomeMeasureDescription OutcomeMeasurePopulationDescription"
        ),
        "LocationSearch": "LocationCity LocationState LocationCountry LocationFacility LocationZip",
        "SponsorSearch": "LeadSponsorName CollaboratorName OrgFullName",
        "IdSearch": "NCTId NCTIdAlias Acronym OrgStudyId SecondaryId",
        "PatientSearch": (
            "Acronym Condition BriefTitle OfficialTitle ConditionMeshTerm ConditionAncestorTerm BriefSummary "
            "Keyword InterventionName InterventionOtherName PrimaryOutcomeMeasure StdAge ArmGroupLabel "
            "SecondaryOutcomeMeasure InterventionDescription ArmGroupDescription PrimaryOutcomeDescription "
            "LeadSponsorName OrgStudyId SecondaryId NCTIdAlias SecondaryOutcomeDescription LocationFacility "
            "LocationState LocationCountry LocationCity BioSpecDescription "
            "ResponsiblePartyInvestigatorFullName ResponsiblePartyInvestigatorTitle "
            "ResponsiblePartyInvestigatorAffiliation ResponsiblePartyOldNameTitle "
            "ResponsiblePartyOldOrganization OverallOfficialAffiliation OverallOfficialName "
            "CentralContactName DesignInterventionModel DesignMasking DesignWhoMasked "
            "DesignObservationalModel DesignPrimaryPurpose DesignTimePerspective InterventionMeshTerm "
            "InterventionAncestorTerm CollaboratorName OtherOutcomeMeasure OtherOutcomeDescription "
            "LocationContactName"
        ),
        "InterventionNameSearch": "InterventionName InterventionOtherName",
        "ObsoleteConditionSearch": "Condition ConditionMeshTerm ConditionAncestorTerm Keyword",
        "ExternalIdsSearch": "OrgStudyId SecondaryId",
        "ExternalIdTypesSearch": "OrgStudyIdType SecondaryIdType",
        "EligibilitySearch": "EligibilityCriteria StudyPopulation",
        "OutcomeNameSearch": "PrimaryOutcomeMeasure SecondaryOutcomeMeasure OtherOutcomeMeasure OutcomeMeasureTitle",
        "ContactSearch": "OverallOfficialName CentralContactName OverallOfficialAffiliation LocationContactName",
        "NCTIdSearch": "NCTId NCTIdAlias",
        "FunderTypeSearch": "LeadSponsorClass CollaboratorClass",
        "ResponsiblePartySearch": (
            "ResponsiblePartyInvestigatorFullName ResponsiblePartyOldNameTitle "
            "ResponsiblePartyInvestigatorAffiliation ResponsiblePartyOldOrganization "
            "ResponsiblePartyInvestigatorTitle"
        ),
        "LeadSponsorName": "LeadSponsorName",
    }.items()
}
#: parameter -> (area, label in error messages).
QUERIES: dict[str, tuple[str, str]] = {
    "query.cond": ("ConditionSearch", "Conditions or disease"),
    "query.term": ("BasicSearch", "Other terms"),
    "query.intr": ("InterventionSearch", "Intervention / treatment"),
    "query.titles": ("TitleSearch", "Title / acronym"),
    "query.locn": ("LocationSearch", "Location terms"),
    "query.outc": ("OutcomeSearch", "Outcome measure"),
    "query.spons": ("SponsorSearch", "Sponsor / collaborator"),
    "query.lead": ("LeadSponsorName", "Lead sponsor"),
    "query.id": ("IdSearch", "Study IDs"),
    "query.patient": ("PatientSearch", "Other terms"),
    "filter.advanced": ("BasicSearch", "advanced filter"),
    "postFilter.advanced": ("BasicSearch", "advanced filter"),
}
STATUSES = (
    *["ACTIVE_NOT_RECRUITING", "COMPLETED", "ENROLLING_BY_INVITATION", "NOT_YET_RECRUITING", "RECRUITING", "SUSPENDED"],
    *["TERMINATED", "WITHDRAWN", "AVAILABLE", "NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE"],
    *["APPROVED_FOR_MARKETING", "WITHHELD", "UNKNOWN"],
)
ENUMS: dict[str, tuple[str, ...]] = {
    "OverallStatus": STATUSES,
    "LocationStatus": STATUSES[:9],
    "Phase": ("NA", "EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4"),
    "StudyType": ("EXPANDED_ACCESS", "INTERVENTIONAL", "OBSERVATIONAL"),
    "Sex": ("FEMALE", "MALE", "ALL"),
    "StdAge": ("CHILD", "ADULT", "OLDER_ADULT"),
}


def values(record: Any, path: str) -> list[Any]:
    """Every value at a path, lists on the way flattened."""
    found = [record]
    for key in path.split("."):
        found = [item[key] for item in found if isinstance(item, dict) and key in item]
        found = [one for item in found for one in (item if isinstance(item, list) else [item])]
    return found
