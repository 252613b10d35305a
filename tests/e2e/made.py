"""Thirty studies whose every count can be checked by hand; shape of the registry, words of ours."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tests.unit.sample import RECORD

STUDIES = 30
_RECORD = json.dumps(RECORD)
ALIAS = "NCT90000099"


def nct(number: int) -> str:
    return f"NCT9000{number:04d}"


def study(number: int, **identification: Any) -> dict[str, Any]:
    """Study ``number``: the lower, the newer.

    1 to 10 recruit, 11 to 20 have completed, 21 to 30 were withdrawn. Odd ones have a site in Leeds, even ones in
    Lyon. Each third one has the phase NA, the others phases 1 and 2. 1 to 15 take people from 18 to 65, the others
    from 18. 1 to 5 are sponsored by Harbour Clinic, the others by City Hospital. Number 1 once had another id.
    """
    record: dict[str, Any] = json.loads(_RECORD)
    protocol = record["protocolSection"]
    named = protocol["identificationModule"]
    named |= {"nctId": nct(number), "briefTitle": f"Cord cells for diabetic nerve pain, part {number}"}
    named |= {"nctIdAliases": [ALIAS]} | identification if number == 1 else identification
    if number != 1 and "nctIdAliases" not in identification:
        del named["nctIdAliases"]
    status = protocol["statusModule"]
    status["overallStatus"] = "RECRUITING" if number <= 10 else "COMPLETED" if number <= 20 else "WITHDRAWN"
    status["studyFirstPostDateStruct"]["date"] = (dt.date(2026, 6, 30) - dt.timedelta(days=number)).isoformat()
    status["lastUpdatePostDateStruct"]["date"] = (dt.date(2026, 11, 1) - dt.timedelta(days=number)).isoformat()
    protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"] = "Harbour Clinic" if number <= 5 else "City Hospital"
    protocol["sponsorCollaboratorsModule"]["collaborators"] = []
    protocol["designModule"]["phases"] = ["NA"] if number % 3 == 0 else ["PHASE1", "PHASE2"]
    if number <= 15:
        protocol["eligibilityModule"]["maximumAge"] = "65 Years"
    if number % 2 == 0:
        protocol["contactsLocationsModule"]["locations"][0] |= {
            "facility": "Rhone Hospital", "city": "Lyon", "country": "France", "geoPoint": {"lat": 45.75, "lon": 4.85},
        }  # fmt: skip
    return record


def studies(count: int = STUDIES) -> list[dict[str, Any]]:
    return [study(number) for number in range(1, count + 1)]
