"""One made-up record with every module, for tests; its words are ours and its NCT ID is not given out."""

from __future__ import annotations

from typing import Any

RECORD: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT90000001",
            "nctIdAliases": ["NCT90000009"],
            "orgStudyIdInfo": {"id": "CORD-1"},
            "secondaryIdInfos": [{"id": "2025-000001-11", "type": "EUDRACT_NUMBER"}],
            "organization": {"fullName": "City Hospital", "class": "OTHER"},
            "briefTitle": "Cord cells for diabetic nerve pain",
            "officialTitle": "Umbilical cord mesenchymal stem cells for painful diabetic peripheral neuropathy",
            "acronym": "CORD",
        },
        "statusModule": {
            "statusVerifiedDate": "2026-09",
            "overallStatus": "RECRUITING",
            "expandedAccessInfo": {"hasExpandedAccess": False},
            "startDateStruct": {"date": "2025-03", "type": "ACTUAL"},
            "primaryCompletionDateStruct": {"date": "2027-06-30", "type": "ESTIMATED"},
            "completionDateStruct": {"date": "2027-12", "type": "ESTIMATED"},
            "studyFirstSubmitDate": "2025-01-10",
            "studyFirstPostDateStruct": {"date": "2025-01-17", "type": "ACTUAL"},
            "lastUpdateSubmitDate": "2026-09-20",
            "lastUpdatePostDateStruct": {"date": "2026-09-24", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {
            "responsibleParty": {"type": "PRINCIPAL_INVESTIGATOR", "investigatorFullName": "A. Person"},
            "leadSponsor": {"name": "City Hospital", "class": "OTHER"},
            "collaborators": [{"name": "Northern University", "class": "OTHER"}],
        },
        "oversightModule": {"oversightHasDmc": True, "isFdaRegulatedDrug": False, "isFdaRegulatedDevice": False},
        "descriptionModule": {
            "briefSummary": "Cells from donated cords are injected into the calf \\> 3 times.",
            "detailedDescription": "Each person gets 1 x 10\\^6 cells per kg.",
        },
        "conditionsModule": {"conditions": ["Diabetic Peripheral Neuropathy"], "keywords": ["pain; nerve"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE1", "PHASE2"],
            "designInfo": {
                "allocation": "RANDOMIZED",
                "interventionModel": "PARALLEL",
                "primaryPurpose": "TREATMENT",
                "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "INVESTIGATOR"]},
            },
            "enrollmentInfo": {"count": 60, "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {
            "armGroups": [
                {"label": "Cells", "type": "EXPERIMENTAL", "interventionNames": ["Biological: Cord MSC"]},
                {"label": "Usual care", "type": "NO_INTERVENTION"},
            ],
            "interventions": [
                {
                    "type": "BIOLOGICAL",
                    "name": "Cord MSC",
                    "description": "Intramuscular injection of allogeneic umbilical cord mesenchymal stem cells",
                    "armGroupLabels": ["Cells"],
                    "otherNames": ["UC-MSC"],
                }
            ],
        },
        "outcomesModule": {
            "primaryOutcomes": [{"measure": "Nerve conduction velocity", "timeFrame": "12 months"}],
            "secondaryOutcomes": [{"measure": "Pain on a scale of 0-10", "timeFrame": "6 months"}],
        },
        "eligibilityModule": {
            "eligibilityCriteria": (
                "Inclusion Criteria:\n\n* Type 2 diabetes\n* HbA1c \\< 9 %\n\n"
                "Exclusion Criteria:\n\n* Cancer in the last 5 years"
            ),
            "healthyVolunteers": False,
            "sex": "ALL",
            "minimumAge": "18 Years",
            "stdAges": ["ADULT", "OLDER_ADULT"],
        },
        "contactsLocationsModule": {
            "centralContacts": [
                {"name": "Study desk", "role": "CONTACT", "phone": "+44 1", "email": "desk@example.org"}
            ],
            "overallOfficials": [
                {"name": "A. Person", "affiliation": "City Hospital", "role": "PRINCIPAL_INVESTIGATOR"}
            ],
            "locations": [
                {
                    "facility": "City Hospital",
                    "status": "RECRUITING",
                    "city": "Leeds",
                    "country": "United Kingdom",
                    "geoPoint": {"lat": 53.8, "lon": -1.55},
                    "contacts": [{"name": "Leeds desk", "role": "CONTACT", "phone": "+44 2"}],
                }
            ],
        },
        "referencesModule": {
            "references": [{"pmid": "12345", "type": "BACKGROUND", "citation": "An earlier paper."}],
            "seeAlsoLinks": [{"label": "The hospital", "url": "https://example.org"}],
        },
    },
    "derivedSection": {
        "miscInfoModule": {"versionHolder": "2026-11-19"},
        "conditionBrowseModule": {
            "meshes": [{"id": "D003929", "term": "Diabetic Neuropathies"}],
            "ancestors": [{"id": "D010523", "term": "Peripheral Nervous System Diseases"}],
        },
    },
    "hasResults": False,
}
