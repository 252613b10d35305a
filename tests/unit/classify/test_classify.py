"""What a study is: hard cases, each written for its construction."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.classify.make import record, study
from trialfinder.classify import Classification, classify

CASES: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "cells for a nerve disease",
        {"title": "Umbilical Cord MSC in Diabetic Peripheral Neuropathy", "given": ["UC-MSC"]},
        "core",
        "msc",
    ),
    (
        "a code in the title and the interventions, the cells only in the description",
        {
            "title": "QX-77 in Chronic Inflammatory Demyelinating Polyneuropathy",
            "conditions": ["CIDP"],
            "given": ["QX-77"],
            "detail": "QX-77 is a suspension of allogeneic mesenchymal stromal cells and is infused twice.",
        },
        "core",
        "msc",
    ),
    (
        "a blood-stem-cell transplant for an inflammatory neuropathy",
        {
            "title": "Hematopoietic Stem Cell Transplantation in CIDP",
            "conditions": ["Chronic Inflammatory Demyelinating Polyneuropathy"],
            "given": ["Autologous hematopoietic stem cell transplantation", "Cyclophosphamide"],
        },
        "core",
        "hematopoietic",
    ),
    (
        "own Schwann cells in a cut nerve",
        {
            "title": "Schwann Cells for Repair of the Sciatic Nerve",
            "summary": "Patients are given their own Schwann cells.",
        },
        "core",
        "schwann",
    ),
    (
        "cells for the nerve of the face",
        {"title": "Adipose-derived Stem Cells in Trigeminal Neuralgia", "given": ["Adipose-derived stem cells"]},
        "core",
        "msc",
    ),
    (
        "cells measured, not given",
        {
            "title": "Circulating Progenitor Cells in Diabetic Neuropathy",
            "conditions": ["Diabetic Neuropathies"],
            "given": ["Blood draw"],
            "summary": "We count circulating progenitor cells in the blood of people with diabetic neuropathy.",
        },
        "off_topic",
        "none",
    ),
    (
        "cells as an earlier treatment that bars",
        {
            "title": "Duloxetine in Painful Diabetic Neuropathy",
            "given": ["Duloxetine"],
            "criteria": "Exclusion Criteria:\n\n* Previous stem cell therapy",
        },
        "off_topic",
        "none",
    ),
    (
        "cells only in the background",
        {
            "title": "Lipoic Acid in Diabetic Neuropathy",
            "given": ["Lipoic acid"],
            "detail": "Earlier studies have shown that mesenchymal stem cells help in rats.",
        },
        "off_topic",
        "none",
    ),
    (
        "brain stem",
        {"title": "Brain Stem Reflexes in Trigeminal Neuralgia", "given": ["Surgery"], "conditions": ["Neuralgia"]},
        "off_topic",
        "none",
    ),
    (
        "school subjects",
        {"title": "STEM Education and Carpal Tunnel Syndrome", "given": ["Course"]},
        "off_topic",
        "none",
    ),
    (
        "cancer stem cells",
        {
            "title": "A Drug Against Cancer Stem Cells",
            "given": ["Drug X"],
            "conditions": ["Peripheral Neuropathy", "Breast Cancer"],
        },
        "off_topic",
        "none",
    ),
    (
        "a transplant for myeloma with neuropathy as a harm",
        {
            "title": "Bortezomib and Autologous Stem Cell Transplantation in Myeloma",
            "conditions": ["Multiple Myeloma", "Peripheral Neuropathy"],
            "given": ["bortezomib", "autologous hematopoietic stem cell transplantation"],
        },
        "off_topic",
        "hematopoietic",
    ),
    (
        "a transplant for POEMS",
        {
            "title": "Autologous Stem Cell Transplantation in POEMS Syndrome",
            "conditions": ["POEMS Syndrome"],
            "given": ["Melphalan", "autologous peripheral blood stem cell transplantation"],
        },
        "adjacent",
        "hematopoietic",
    ),
    (
        "a transplant for amyloid without a word on nerves",
        {
            "title": "Melphalan and Stem Cell Transplant in Amyloidosis",
            "conditions": ["Amyloidosis"],
            "given": ["melphalan", "peripheral blood stem cell transplantation"],
        },
        "off_topic",
        "hematopoietic",
    ),
    (
        "diabetic foot",
        {"title": "Mesenchymal Stem Cells for Diabetic Foot Ulcers", "given": ["MSC"]},
        "adjacent",
        "msc",
    ),
    (
        "diabetic foot with a nerve outcome stays related",
        {
            "title": "Mesenchymal Stem Cells for Diabetic Foot Ulcers",
            "given": ["MSC"],
            "outcomes": ["Change in diabetic neuropathy by monofilament"],
        },
        "adjacent",
        "msc",
    ),
    (
        "the optic nerve is not peripheral",
        {"title": "Stem Cells in Ischemic Optic Neuropathy", "given": ["Bone marrow mononuclear cells"]},
        "adjacent",
        "mononuclear",
    ),
    (
        "platelets for a pressed nerve",
        {"title": "Platelet-Rich Plasma in Carpal Tunnel Syndrome", "given": ["PRP"]},
        "adjacent",
        "platelet_rich_plasma",
    ),
    (
        "exosomes for a nerve",
        {"title": "MSC-derived Exosomes in Facial Nerve Palsy", "given": ["MSC-derived exosomes"]},
        "adjacent",
        "exosome_or_secretome",
    ),
    (
        "cells for sciatica belong to back pain",
        {"title": "Mesenchymal Stem Cells for Lumbar Radiculopathy", "given": ["MSC injection"]},
        "adjacent",
        "msc",
    ),
    (
        "cells from people with neuropathy, in the laboratory",
        {
            "title": "Stem Cell Models of Charcot-Marie-Tooth Disease",
            "conditions": ["Charcot-Marie-Tooth Disease"],
            "summary": "We generate induced pluripotent stem cells from skin biopsies of people with CMT.",
            "given": ["Skin biopsy"],
        },
        "adjacent",
        "none",
    ),
    (
        "cells for the spinal cord, pain as an outcome",
        {
            "title": "Bone Marrow MSC in Spinal Cord Injury",
            "conditions": ["Spinal Cord Injury"],
            "given": ["BM-MSC"],
            "outcomes": ["Neuropathic pain"],
        },
        "off_topic",
        "msc",
    ),
    (
        "cells for the heart, neuropathy only an exclusion",
        {
            "title": "Mesenchymal Stem Cells in Heart Failure",
            "given": ["MSC"],
            "criteria": "Exclusion Criteria:\n\n* Peripheral neuropathy",
        },
        "off_topic",
        "msc",
    ),
    (
        "cells only in the control arm's history",
        {
            "title": "Vaccine After Stem Cell Transplant and Postherpetic Neuralgia",
            "given": ["Zoster vaccine"],
            "summary": "Patients who have received an autologous stem cell transplant are vaccinated.",
        },
        "off_topic",
        "none",
    ),
]


@pytest.mark.parametrize(
    ("values", "relevance", "product"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_relevance_and_product(values: dict[str, Any], relevance: str, product: str) -> None:
    found = classify(record(**values))
    assert (found.relevance, found.cell_product) == (relevance, product), found.relevance_reason


def nerve_study(**more: Any) -> Classification:
    """A study of cells in diabetic neuropathy with something added."""
    values: dict[str, Any] = {"title": "Cells in Diabetic Neuropathy", "given": ["Mesenchymal stem cells"], **more}
    return classify(record(**values))


@pytest.mark.parametrize(
    ("given", "source", "donor"),
    [
        ("Autologous bone marrow mesenchymal stem cells", "bone_marrow", "autologous"),
        ("HB-adMSCs from the patient's own fat", "adipose", "autologous"),
        ("Allogeneic Wharton's jelly mesenchymal stem cells", "umbilical_cord", "allogeneic"),
        ("Placental mesenchymal stromal cells of healthy donors", "placenta_amnion", "allogeneic"),
        ("Dental pulp mesenchymal stem cells", "dental", "not_stated"),
        ("Mesenchymal stem cells", "not_stated", "not_stated"),
    ],
)
def test_source_and_donor_are_read_beside_the_product(given: str, source: str, donor: str) -> None:
    found = nerve_study(given=[given])
    assert (found.cell_source, found.donor) == (source, donor)


def test_a_source_far_from_the_product_is_not_its_source() -> None:
    found = nerve_study(detail="Bone marrow function is normal. " + "Visits are monthly. " * 30)
    assert found.cell_source == "not_stated"


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("Mesenchymal stem cells are injected intramuscularly into the legs.", ("intramuscular",)),
        ("Mesenchymal stem cells by intravenous infusion.", ("intravenous",)),
        ("Infusion of mesenchymal stem cells.", ("intravenous",)),
        ("Mesenchymal stem cells are placed around the median nerve.", ("perineural_or_nerve",)),
        ("Mesenchymal stem cells, once.", ("not_stated",)),
    ],
)
def test_routes(text: str, routes: tuple[str, ...]) -> None:
    assert nerve_study(given=[{"name": "Mesenchymal stem cells", "description": text}]).routes == routes


def test_the_route_of_the_comparison_is_not_the_cells_route() -> None:
    given = [
        {"name": "Mesenchymal stem cells", "description": "into the calf muscle", "armGroupLabels": ["Cells"]},
        {"name": "Lipoic acid", "description": "given intravenously", "armGroupLabels": ["Control"]},
    ]
    arms = [
        {"label": "Cells", "type": "EXPERIMENTAL", "interventionNames": ["Biological: Mesenchymal stem cells"]},
        {"label": "Control", "type": "ACTIVE_COMPARATOR", "interventionNames": ["Drug: Lipoic acid"]},
    ]
    assert nerve_study(given=given, arms=arms).routes == ("intramuscular",)


@pytest.mark.parametrize(
    ("words", "cells", "per_kg"),
    [
        ("1 x 10^6 cells/kg", 1e6, True),
        ("2×10⁷ cells", 2e7, False),
        ("5 * 10^6/ml", 5e6, False),
        ("5 × 10^6 cells/mL", 5e6, False),
        ("2 x 10^8 UC-MSCs per leg", 2e8, False),
        ("200 million cells", 2e8, False),
        ("100,000,000 cells", 1e8, False),
    ],
)
def test_the_number_of_cells(words: str, cells: float, per_kg: bool) -> None:
    found = nerve_study(given=[{"name": "Mesenchymal stem cells", "description": f"They get {words} once."}])
    assert found.dose is not None
    assert (found.dose.cells, found.dose.per_kg) == (cells, per_kg)
    assert found.dose.words == words, "with its unit"


@pytest.mark.parametrize(
    ("text", "words", "per_kg"),
    [
        ("Each gets 3-7 x 10^6 cells in saline.", "3-7 x 10^6 cells", False),
        ("Injection of either 5 million (M) or 15M cells in a carrier.", "either 5 million (M) or 15M cells", False),
        ("(3 x 10^7 cells/mL /vial or 5 x 10^7 cells/mL /vial)", "3 x 10^7 cells/mL /vial or 5 x 10^7 cells/mL", False),
        ("At least 2 x 10^6 cells/kg are infused.", "At least 2 x 10^6 cells/kg", True),
        (
            "A minimum dose of 0.7 x10^6 CSM / kg and a maximum of 2 x10^6 CSM / kg.",
            "A minimum dose of 0.7 x10^6 CSM / kg and a maximum of 2 x10^6 CSM / kg",
            True,
        ),
    ],
)
def test_of_several_numbers_all_are_told_and_none_is_the_dose(text: str, words: str, *, per_kg: bool) -> None:
    found = nerve_study(given=[{"name": "Mesenchymal stem cells", "description": text}]).dose
    assert found is not None
    assert (found.words, found.cells, found.per_kg) == (words, None, per_kg)


def test_what_a_device_makes_is_not_what_is_given() -> None:
    made = "The device isolates some 40 million cells per 100 mL of fat."
    given = {"name": "Mesenchymal stem cells", "description": f"{made} About 2 million cells per injection are given."}
    found = nerve_study(given=[given]).dose
    assert found is not None and found.words == "2 million cells per injection"
    assert nerve_study(given=[{"name": "Mesenchymal stem cells", "description": made}]).dose is None


def test_a_number_is_told_with_its_unit_where_that_stands_elsewhere() -> None:
    arms = [{"label": "Cells", "type": "EXPERIMENTAL", "description": "Mesenchymal stem cells (3*10^7/ml saline)"}]
    found = nerve_study(given=[{"name": "Mesenchymal stem cells", "description": "3*10^7"}], arms=arms).dose
    assert found is not None and found.words == "3*10^7/ml"


@pytest.mark.parametrize(
    ("more", "number"),
    [
        ("", 1),
        (" Multi-dose group: the same again.", None),
        (" The other group gets it on four consecutive days.", None),
    ],
)
def test_a_single_dose_of_one_group_is_not_that_of_all(more: str, number: int | None) -> None:
    text = f"Mesenchymal stem cells as a single dose.{more}"
    assert nerve_study(given=[{"name": "Mesenchymal stem cells", "description": text}]).number_of_doses == number


def test_a_count_that_is_no_dose_is_not_read() -> None:
    assert nerve_study(criteria="Inclusion Criteria:\n\n* Platelets above 100 x 10^9/l").dose is None
    assert nerve_study(detail="Visits are at 10 and 18 months. About 5 x 10^2 cells are counted.").dose is None


def test_number_of_doses_and_follow_up() -> None:
    given = [{"name": "Mesenchymal stem cells", "description": "three monthly injections"}]
    outcomes = [{"measure": "Adverse events", "timeFrame": "Baseline, week 12, 2 years"}]
    found = nerve_study(given=given, outcomes=outcomes)
    assert (found.number_of_doses, found.follow_up_months) == (3, 24)
    assert [item.quote for item in found.evidence["follow_up_months"]] == ["Baseline, week 12, 2 years"]


def test_many_injections_are_points_of_one_treatment() -> None:
    given = [{"name": "Mesenchymal stem cells", "description": "30 injections into the calf"}]
    assert nerve_study(given=given).number_of_doses is None


def test_follow_up_from_the_text_when_there_are_no_time_frames() -> None:
    assert nerve_study(summary="Patients are followed for 18 months.").follow_up_months == 18


def test_outcome_kinds() -> None:
    found = nerve_study(outcomes=["Nerve conduction velocity", "Pain on a visual analogue scale", "SF-36", "Safety"])
    assert found.outcome_kinds == ("nerve_conduction", "pain_scale", "quality_of_life", "safety")


@pytest.mark.parametrize(
    ("conditions", "types"),
    [
        (["Diabetic Peripheral Neuropathy"], ("diabetic",)),
        (["Peripheral Neuropathy"], ("peripheral_unspecified",)),
        (["Chemotherapy-induced Peripheral Neuropathy"], ("chemotherapy_induced",)),
        (["Diabetic Neuropathies", "Autonomic Neuropathy"], ("diabetic", "autonomic")),
        (["Small Fiber Neuropathy"], ("small_fiber",)),
        (["Charcot-Marie-Tooth Disease, Type IA"], ("hereditary",)),
        (["Brachial Plexus Injury"], ("traumatic",)),
        (["Postherpetic Neuralgia"], ("infectious",)),
        (["Optic Neuropathy"], ()),
        (["Diabetic Nephropathy"], ()),
        (["Malignant Peripheral Nerve Sheath Tumor"], ()),
    ],
)
def test_neuropathy_types(conditions: list[str], types: tuple[str, ...]) -> None:
    assert classify(record(title="A study", given=["MSC"], conditions=conditions)).neuropathy_types == types


def test_every_value_carries_words_of_the_record() -> None:
    one = record(
        title="Autologous Adipose MSC in Diabetic Neuropathy",
        given=[{"name": "adMSC", "description": "2 x 10^7 cells intravenously"}],
        outcomes=["Quality of life"],
    )
    found = classify(one)
    for key in ("cell_product", "cell_source", "donor", "routes", "neuropathy_types", "nerve_role", "dose"):
        assert found.evidence[key], key
        for item in found.evidence[key]:
            assert item.quote in value_at(one, item.field), key


def value_at(one: Any, path: str) -> str:
    """The text of a study at a path such as ``interventions[0].name``."""
    value = one
    for part in path.replace("[", ".[").split("."):
        value = value[int(part[1:-1])] if part.startswith("[") else getattr(value, part)
    return str(value)


def test_a_study_with_only_an_id_is_off_topic_and_says_nothing() -> None:
    found = classify(study({}))
    assert found.to_json() == {
        "nct_id": "NCT01234567",
        "relevance": "off_topic",
        "relevance_reason": "no cell product is given",
        "cell_product": "none",
        "cell_source": "none",
        "donor": "none",
        "routes": [],
        "neuropathy_types": [],
        "nerve_role": "none",
        "dose": None,
        "number_of_doses": None,
        "follow_up_months": None,
        "outcome_kinds": [],
        "evidence": {},
    }
