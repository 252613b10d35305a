"""Small invented records for tests: the shape is the registry's, the words are ours."""

from __future__ import annotations

import datetime as dt
from typing import Any


def sample(number: int, **identification: Any) -> dict[str, Any]:
    """A study on nerve injury and stem cells; the higher the number, the older its last update."""
    day = dt.date(2026, 11, 1) - dt.timedelta(days=number % 900)
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT{number:08d}",
                "briefTitle": f"Stem Cells After Nerve Injury, Part {number}",
                **identification,
            },
            "statusModule": {
                "overallStatus": "RECRUITING" if number % 2 else "COMPLETED",
                "studyFirstPostDateStruct": {"date": "2020-05-01", "type": "ACTUAL"},
                "lastUpdatePostDateStruct": {"date": day.isoformat(), "type": "ACTUAL"},
            },
            "descriptionModule": {"briefSummary": "Cells are put beside a cut nerve of the arm."},
            "conditionsModule": {"conditions": ["Peripheral Nerve Injuries"]},
            "eligibilityModule": {
                "eligibilityCriteria": "Inclusion Criteria:\n\n* A cut nerve of the arm\n",
                "sex": "ALL",
                "minimumAge": "18 Years",
                "stdAges": ["ADULT", "OLDER_ADULT"],
            },
        },
        "derivedSection": {"miscInfoModule": {"versionHolder": "2026-01-01"}},
        "hasResults": False,
    }


def samples(count: int) -> list[dict[str, Any]]:
    """So many different studies, numbered from 1."""
    return [sample(number) for number in range(1, count + 1)]


def only_described(number: int, condition: str, text: str) -> dict[str, Any]:
    """A study of a product code; what it is stands in the detailed description and nowhere else."""
    record = sample(number, briefTitle=f"Safety of a Code-Named Product in {condition}")
    protocol = record["protocolSection"]
    protocol["descriptionModule"] = {"briefSummary": "XQ7 is given twice.", "detailedDescription": text}
    protocol["conditionsModule"] = {"conditions": [condition]}
    protocol["armsInterventionsModule"] = {"interventions": [{"type": "BIOLOGICAL", "name": "XQ7"}]}
    return record


def code_name_only() -> dict[str, Any]:
    """Built like NCT05333406: title, summary and intervention have a product code, only the long text names cells."""
    record = sample(5333406, briefTitle="Safety of a Code-Named Product in an Inherited Nerve Disease, Stage A")
    protocol = record["protocolSection"]
    protocol["descriptionModule"] = {
        "briefSummary": "The product XQ7 is given twice to adults and they are watched for a year.",
        "detailedDescription": "XQ7 consists of mesenchymal stem cells that were grown from donated cord tissue.",
    }
    protocol["conditionsModule"] = {"conditions": ["Charcot-Marie-Tooth Disease Type 1A"]}
    protocol["armsInterventionsModule"] = {"interventions": [{"type": "BIOLOGICAL", "name": "XQ7"}]}
    return record
