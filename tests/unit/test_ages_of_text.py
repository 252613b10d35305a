"""An age that stands only in the criteria: `search --age`, `show` and `match` decide alike."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from trialfinder.catalogue.matching import match_rows
from trialfinder.catalogue.opening import from_records
from trialfinder.catalogue.select import select
from trialfinder.person.profile import Profile
from trialfinder.tables.ages_of_text import limits_of_text

DAY = dt.date(2026, 11, 20)
NCT = "NCT90000001"


def _record(criteria: str, **fields: str) -> dict[str, Any]:
    given = {"interventions": [{"type": "BIOLOGICAL", "name": "Mesenchymal stem cells"}]}
    return {
        "protocolSection": {
            "identificationModule": {"nctId": NCT, "briefTitle": "Stem cells for diabetic neuropathy"},
            "statusModule": {"overallStatus": "RECRUITING"},
            "conditionsModule": {"conditions": ["Diabetic Neuropathy"]},
            "armsInterventionsModule": given,
            "eligibilityModule": {"sex": "ALL", "eligibilityCriteria": criteria, **fields},
        }
    }


@pytest.mark.parametrize(
    ("criteria", "fields", "age", "admitted"),
    [
        ("* Adults up to 65 years of age", {"minimumAge": "18 Years"}, "64", True),
        ("* Adults up to 65 years of age", {"minimumAge": "18 Years"}, "66", False),
        ("* Adults up to 65 years of age", {"minimumAge": "18 Years"}, "17", False),
        ("* Age over 50 years", {}, "40", False),
        ("* Age over 50 years", {}, "60", True),
        ("* Diabetic neuropathy", {}, "99", True),
        ("* A parent older than 60 years", {}, "30", True),
        ("* Adults up to 65 years of age", {"minimumAge": "18 Years", "maximumAge": "70 Years"}, "66", True),
    ],
)
def test_a_limit_of_the_text_counts_where_no_field_has_one(
    tmp_path: Path, criteria: str, fields: dict[str, str], age: str, admitted: bool
) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps([_record(f"Inclusion Criteria:\n\n{criteria}\n", **fields)]))
    catalogue = from_records(str(path), DAY)
    assert bool(select(catalogue, "", {"age": age}).rows) is admitted
    person = Profile().with_facts({"person.age": float(age)})
    (match,) = match_rows(catalogue, person, catalogue.rows())
    assert (match.verdict.verdict != "conflict") is admitted, "as match decides"


def test_the_card_says_the_limit_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(
        json.dumps([_record("Inclusion Criteria:\n\n* Adults up to 65 years of age\n", minimumAge="18 Years")])
    )
    catalogue = from_records(str(path), DAY)
    said = limits_of_text(catalogue.study(NCT), catalogue.criteria([NCT])[NCT])
    assert said == "by the criteria: up to 65 years"
