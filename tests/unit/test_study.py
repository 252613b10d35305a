"""Raw records into studies."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import examples
from tests.unit.sample import RECORD
from trialfinder.errors import RecordError
from trialfinder.study.model import Location
from trialfinder.study.read_study import read_study


def changed(path: str, value: Any) -> dict[str, Any]:
    record = copy.deepcopy(RECORD)
    place: Any = record
    *way, last = path.split(".")
    for key in way:
        place = place.setdefault(key, {})
    place[last] = value
    return record


def test_every_module_is_read() -> None:
    study = read_study(RECORD)
    assert study.problems == ()
    assert (study.nct_id, study.brief_title, study.phases) == (
        "NCT90000001",
        "Cord cells for diabetic nerve pain",
        ("PHASE1", "PHASE2"),
    )
    assert (study.overall_status, str(study.status_verified_date), str(study.start_date)) == (
        "RECRUITING",
        "2026-09",
        "2025-03",
    )
    assert (study.minimum_age and study.minimum_age.years, study.maximum_age) == (18.0, None)
    assert study.locations[0] == Location(
        "City Hospital", "RECRUITING", "Leeds", None, None, "United Kingdom", study.locations[0].contacts, 53.8, -1.55
    )
    assert [outcome.kind for outcome in study.outcomes] == ["primary", "secondary"]
    assert (study.interventions[0].name, study.arm_groups[1].intervention_names) == ("Cord MSC", ())
    assert study.url == "https://clinicaltrials.gov/study/NCT90000001"


@pytest.mark.parametrize(
    "record", [None, [], "x", {}, {"protocolSection": {}}, changed("protocolSection.identificationModule.nctId", "ABC")]
)
def test_a_record_without_a_usable_id_is_refused(record: object) -> None:
    with pytest.raises(RecordError):
        read_study(record)


def test_a_module_of_the_wrong_type_is_refused_with_its_path() -> None:
    with pytest.raises(RecordError, match=r"protocolSection\.designModule: expected an object, found list"):
        read_study(changed("protocolSection.designModule", []))


@pytest.mark.parametrize(
    ("path", "value", "attribute"),
    [
        ("protocolSection.designModule.enrollmentInfo", {"count": 99999999}, "enrollment_count"),
        ("protocolSection.designModule.enrollmentInfo", {"count": -5}, "enrollment_count"),
        ("protocolSection.designModule.enrollmentInfo", {"count": True}, "enrollment_count"),
        ("protocolSection.eligibilityModule.minimumAge", "N/A", "minimum_age"),
        ("protocolSection.eligibilityModule.minimumAge", "grown up", "minimum_age"),
        ("protocolSection.statusModule.startDateStruct", {"date": "soon"}, "start_date"),
        ("protocolSection.oversightModule", {"oversightHasDmc": "yes"}, "oversight_has_dmc"),
    ],
)
def test_what_is_not_known_is_none(path: str, value: Any, attribute: str) -> None:
    assert getattr(read_study(changed(path, value)), attribute) is None


def test_an_unknown_enum_value_is_kept_and_told() -> None:
    study = read_study(changed("protocolSection.statusModule.overallStatus", "DREAMING"))
    assert study.overall_status == "DREAMING"
    assert study.problems == ("protocolSection.statusModule.overallStatus: unknown value 'DREAMING'",)


def test_a_position_off_the_globe_is_left_out() -> None:
    site = {"facility": "X", "geoPoint": {"lat": 99.0, "lon": 0.0}}
    study = read_study(changed("protocolSection.contactsLocationsModule.locations", [site, "Y"]))
    assert (study.locations[0].latitude, len(study.locations), len(study.problems)) == (None, 1, 1)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def paths(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [way] if way else []
    for key, below in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += paths(below, (*way, key))
    return found


@settings(max_examples=examples(300))
@given(st.sampled_from(paths(RECORD)), JUNK)
def test_no_wrong_value_anywhere_is_worse_than_a_record_set_aside(way: tuple[Any, ...], junk: Any) -> None:
    record = copy.deepcopy(RECORD)
    place: Any = record
    for key in way[:-1]:
        place = place[key]
    place[way[-1]] = junk
    try:
        study = read_study(record)
    except RecordError:
        return
    assert study.nct_id.startswith("NCT")
