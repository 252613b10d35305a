"""Pages of made-up records, for the tests of the doctor's page."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from tests.unit.sample import RECORD
from trialfinder.catalogue.holdings import Catalogue, Origin
from trialfinder.catalogue.sighted import Holding, kept
from trialfinder.pages.doctor_page import DoctorPage, doctor_page
from trialfinder.pages.doctor_study import Asker
from trialfinder.pages.paper import PaperSection
from trialfinder.pages.paper_room import LINES
from trialfinder.person import from_options

NCT = "NCT90000001"
TODAY = dt.date(2026, 11, 20)
#: Neither number may leak.
PERSON = from_options({"age": 58, "hba1c": "8.17", "no": "cancer", "near": "Leeds, United Kingdom"})


def record(criteria: str | None = None, **identification: str) -> dict[str, Any]:
    made = copy.deepcopy(RECORD)
    made["protocolSection"]["identificationModule"] |= identification
    if criteria is not None:
        made["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = criteria
    return made


def catalogue(of: dict[str, Any] | None = None) -> Catalogue:
    return Catalogue(Origin("records", "made"), {NCT: Holding(NCT, kept(of or record()))}, TODAY)


def page(of: dict[str, Any] | None = None, asker: Asker | None = None, lines: float = LINES) -> DoctorPage:
    return doctor_page(catalogue(of), NCT, asker or Asker(), lines=lines)


def section(made: DoctorPage, title: str) -> PaperSection:
    return next(section for section in made.sections if section.title == title)
