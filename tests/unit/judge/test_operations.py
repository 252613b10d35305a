"""Operations that people name beside their illnesses: which criteria they bar from, and which they leave open."""

from __future__ import annotations

import pytest

from tests.unit.judge.test_sentences import verdict


@pytest.mark.parametrize(
    ("told", "section", "sentence"),
    [
        ("hip replacement 2019", "Exclusion", "Previous hip replacement"),
        ("total knee replacement in 2018", "Exclusion", "Prior knee arthroplasty"),
        ("knee replacement 2015", "Inclusion", "No previous knee surgery"),
        ("gastric bypass 2015", "Exclusion", "History of bariatric surgery"),
        ("lumbar fusion 2012", "Exclusion", "Previous lumbar spinal fusion"),
        ("heart bypass 2014", "Exclusion", "Previous coronary artery bypass graft (CABG)"),
        ("CABG October 2026", "Exclusion", "CABG within 3 months"),
        ("cataract surgery", "Exclusion", "Previous eye surgery"),
        ("glaucoma surgery", "Exclusion", "Ocular surgery except cataract extraction"),
        ("carpal tunnel release", "Exclusion", "Previous carpal tunnel surgery"),
        ("appendectomy", "Exclusion", "Prior abdominal surgery"),
    ],
)
def test_a_named_operation_bars_where_it_or_its_kind_is_meant(told: str, section: str, sentence: str) -> None:
    assert verdict(section, sentence, {"health": {"diagnoses": [told]}}) == "conflict"


@pytest.mark.parametrize(
    ("told", "section", "sentence"),
    [
        ("hip replacement 2019", "Exclusion", "Planned hip replacement"),
        ("hip replacement 2019", "Exclusion", "Candidate for hip replacement"),
        ("hip replacement 2019", "Exclusion", "Hip replacement in the other leg is planned"),
        ("hip replacement 2019", "Exclusion", "Hip surgery in the last 3 months"),
        ("knee replacement 2015", "Exclusion", "Previous surgery of the target knee"),
        ("knee replacement 2015", "Exclusion", "Father with a knee replacement"),
        ("knee replacement 2015", "Inclusion", "Scheduled for knee replacement"),
        ("CABG 2014", "Exclusion", "CABG within 3 months"),
        ("coronary stent 2014", "Exclusion", "Coronary revascularization within 6 months"),
        ("cataract surgery 2020", "Exclusion", "Ocular surgery except cataract extraction"),
        ("appendectomy", "Exclusion", "Prior major abdominal surgery"),
        ("carpal tunnel release", "Exclusion", "Carpal tunnel syndrome"),
        ("gastric bypass", "Exclusion", "History of heart bypass surgery"),
    ],
)
def test_a_named_operation_leaves_the_rest_open(told: str, section: str, sentence: str) -> None:
    assert verdict(section, sentence, {"health": {"diagnoses": [told]}}) == "possible"
