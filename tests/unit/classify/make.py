"""Builds small studies for the tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from trialfinder.study.model import Study
from trialfinder.study.read_study import read_study

TODAY = dt.date(2026, 11, 20)


def raw(values: Mapping[str, Any], nct_id: str = "NCT01234567") -> dict[str, Any]:
    """A raw record from ``{"statusModule.overallStatus": "RECRUITING"}``; modules go below protocolSection."""
    record: dict[str, Any] = {"protocolSection": {"identificationModule": {"nctId": nct_id}}}
    for path, value in values.items():
        at_top = path in ("hasResults", "documentSection") or path.startswith("derivedSection")
        place = record if at_top else record["protocolSection"]
        *parents, last = path.split(".")
        for parent in parents:
            place = place.setdefault(parent, {})
        if isinstance(value, Mapping) and isinstance(place.get(last), dict):
            place[last] |= value
        else:
            place[last] = value
    return record


def record(nct_id: str = "NCT01234567", **values: Any) -> Study:
    """A study from a few plain words: title, summary, detail, conditions, keywords, given, arms, outcomes, criteria."""
    given = [item if isinstance(item, dict) else {"name": item} for item in values.get("given", [])]
    outcomes = [item if isinstance(item, dict) else {"measure": item} for item in values.get("outcomes", [])]
    paths: dict[str, Any] = {
        "identificationModule.briefTitle": values.get("title"),
        "descriptionModule.briefSummary": values.get("summary"),
        "descriptionModule.detailedDescription": values.get("detail"),
        "conditionsModule.conditions": values.get("conditions"),
        "conditionsModule.keywords": values.get("keywords"),
        "armsInterventionsModule.interventions": given or None,
        "armsInterventionsModule.armGroups": values.get("arms"),
        "outcomesModule.primaryOutcomes": outcomes or None,
        "eligibilityModule.eligibilityCriteria": values.get("criteria"),
    }
    return study({path: value for path, value in paths.items() if value is not None}, nct_id)


def study(values: Mapping[str, Any], nct_id: str = "NCT01234567") -> Study:
    """A study from registry paths."""
    return read_study(raw(values, nct_id))
