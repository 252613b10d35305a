"""Kinds of records that were once judged wrongly: each an invented study, with the right value."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.classify.make import record, study
from trialfinder.classify import classify
from trialfinder.classify.classification import ACELLULAR
from trialfinder.study.model import Study

NOT_GIVEN: dict[str, dict[str, Any]] = {
    "cells isolated from left-over fat": {
        "title": "Isolation of Adipose-derived Stem Cells From People With Diabetic Neuropathy",
        "conditions": ["Diabetic Neuropathy"],
        "given": ["Liposuction", "Stem cell isolation"],
        "summary": "Fat left over from operations is used to isolate stem cells, which are compared in the laboratory.",
    },
    "cells examined": {
        "title": "Mesenchymal Stem Cells of People With CIDP: Phenotype and Function",
        "conditions": ["CIDP"],
        "summary": "Bone marrow is taken and its mesenchymal stem cells are characterised in culture.",
    },
    "cells made to learn from": {
        "title": "Schwann Cells Derived From Skin Biopsies in Peripheral Neuropathy",
        "conditions": ["Peripheral Neuropathy"],
        "given": ["Skin biopsy"],
        "summary": "Skin is taken to generate Schwann cells in the laboratory. No cells are given to participants.",
    },
    "cells counted in the laboratory": {
        "title": "Yield of Stem Cells From Fat Taken in Surgery, Painful Diabetic Neuropathy",
        "conditions": ["Diabetic Neuropathy"],
        "given": ["Enzymatic isolation", "Mechanical isolation"],
        "summary": "How many cells two methods isolate from a gram of fat is counted.",
    },
    "cells grown outside of the body": {
        "title": "Culture of Stem Cells From the Marrow of People With Polyneuropathy",
        "conditions": ["Polyneuropathies"],
        "given": ["Bone marrow aspiration"],
        "summary": "We look for the best way to grow these cells outside of the body.",
    },
    "a drug whose effect on cells is measured": {
        "title": "Effect of Metformin on Mesenchymal Stem Cells in Diabetic Neuropathy",
        "conditions": ["Diabetic Neuropathy"],
        "given": ["Metformin"],
        "summary": "Cells are taken before and after. Such cells could one day be injected.",
    },
}


@pytest.mark.parametrize("values", NOT_GIVEN.values(), ids=NOT_GIVEN)
def test_cells_that_are_only_made_or_studied_are_not_given(values: dict[str, Any]) -> None:
    found = classify(record(**values))
    assert (found.cell_product, found.relevance) == ("none", "adjacent")
    assert "nobody is given cells" in found.relevance_reason


def test_a_drug_study_that_only_mentions_cells_of_the_nerve_is_no_laboratory_study() -> None:
    found = classify(
        record(
            title="A Tube for Cut Nerves of the Hand",
            conditions=["Nerve Injury"],
            given=["Tube"],
            summary="Schwann cells proliferate in the tube.",
        )
    )
    assert (found.cell_product, found.relevance) == ("none", "off_topic")


GIVEN: dict[str, dict[str, Any]] = {
    "isolated and put back": {
        "given": [{"name": "Fat", "description": "Stem cells are isolated from fat and injected into the calf."}]
    },
    "an arm's name": {"given": ["Injection"], "arms": [{"label": "Low dose MSC", "type": "EXPERIMENTAL"}]},
    "only the title": {"title": "Safety of Mesenchymal Stem Cells Isolated From Fat in Diabetic Neuropathy"},
}


@pytest.mark.parametrize("values", GIVEN.values(), ids=GIVEN)
def test_cells_that_are_made_and_given_are_given(values: dict[str, Any]) -> None:
    found = classify(record(**{"title": "Stem Cells for Diabetic Neuropathy", **values}))
    assert (found.cell_product in ("none", *ACELLULAR), found.relevance) == (False, "core")


@pytest.mark.parametrize(
    ("values", "types", "role"),
    [
        (
            {"title": "MSC in Trigeminal Neuralgia or Peripheral Neuropathy"},
            ("cranial", "peripheral_unspecified"),
            "target",
        ),
        ({"conditions": ["Sciatica", "Neuropathy;Peripheral"]}, ("radiculopathy", "peripheral_unspecified"), "target"),
        ({"conditions": ["Diabetic Neuropathy", "Neuropathic Pain"]}, ("diabetic",), "target"),
        ({"conditions": ["CIDP", "Peripheral Nervous System Diseases"]}, ("inflammatory",), "target"),
        ({"title": "MSC for the Neuropathic Foot Ulcer in Diabetes"}, ("diabetic",), "outcome_or_part"),
        (
            {"title": "MSC for the Heel", "conditions": ["Foot Ulcer, Neuropathic"]},
            ("peripheral_unspecified",),
            "outcome_or_part",
        ),
        ({"conditions": ["Painful Neuropathic Feet"]}, ("peripheral_unspecified",), "target"),
    ],
)
def test_types_and_role_of_the_nerve(values: dict[str, Any], types: tuple[str, ...], role: str) -> None:
    found = classify(record(**{"title": "MSC Infusion", "given": ["MSC"], **values}))
    assert (found.neuropathy_types, found.nerve_role) == (types, role)


@pytest.mark.parametrize(
    ("conditions", "summary", "role", "relevance"),
    [
        (["Pain"], "We test cord cells in people with painful diabetic neuropathy.", "target", "core"),
        (["Demyelinating Diseases"], "The aim is to treat patients with CIDP.", "target", "core"),
        (
            ["Diabetic Foot"],
            "Patients with diabetic neuropathy and a wound are treated.",
            "outcome_or_part",
            "adjacent",
        ),
        (["Pain"], "Patients without peripheral neuropathy are treated.", "mentioned_only", "off_topic"),
        (["Pain"], "Treatment may help in complications such as diabetic neuropathy.", "mentioned_only", "off_topic"),
        (["Lymphoma"], "Patients with chemotherapy-induced neuropathy are treated.", "outcome_or_part", "off_topic"),
    ],
)
def test_a_nerve_disease_that_only_the_summary_names(
    conditions: list[str], summary: str, role: str, relevance: str
) -> None:
    found = classify(record(title="Cord MSC, Phase 1", given=["UC-MSC"], conditions=conditions, summary=summary))
    assert (found.nerve_role, found.relevance) == (role, relevance)


@pytest.mark.parametrize(
    ("values", "donor"),
    [
        ({"given": ["Stem cell allograft"]}, "allogeneic"),
        ({"given": ["MSC on a processed nerve allograft"]}, "not_stated"),
        (
            {"given": [{"name": "MSC", "description": "Cells are grown and given back to the same patient."}]},
            "autologous",
        ),
        (
            {"given": [{"name": "MSC", "description": "The cells are returned to the person they came from."}]},
            "autologous",
        ),
        ({"given": [{"name": "MSC", "description": "grown, then reinjected into the same person"}]}, "autologous"),
        ({"given": [{"name": "MSC", "description": "from an unrelated healthy volunteer"}]}, "allogeneic"),
        ({"given": [{"name": "MSC", "description": "of marrow from the patient's iliac crest"}]}, "autologous"),
        ({"summary": "Marrow is taken; the cells are grown for weeks and then re-infused."}, "autologous"),
        ({"summary": "The cells are not re-infused."}, "not_stated"),
        ({"conditions": ["Diabetic Neuropathy", "Autologous Stem Cells"]}, "autologous"),
        ({"given": [{"name": "MSC", "description": "made from donated cords"}]}, "allogeneic"),
        ({"given": [{"name": "MSC", "description": "Two wounds of the same person are compared."}]}, "not_stated"),
    ],
)
def test_whose_cells(values: dict[str, Any], donor: str) -> None:
    found = classify(record(**{"title": "MSC in Diabetic Neuropathy", "given": ["MSC"], **values}))
    assert found.donor == donor


@pytest.mark.parametrize(
    ("label", "arm", "routes"),
    [
        ("A", "QX-77 is injected intramuscularly into the calf on day 1.", ("intramuscular",)),
        ("low dose", "QX-77 intravenous, one dose", ("intravenous",)),
        ("B", "Blood is drawn from the antecubital vein for QX-77.", ("not_stated",)),
    ],
)
def test_the_route_of_an_arm_that_only_uses_the_products_code(label: str, arm: str, routes: tuple[str, ...]) -> None:
    found = classify(
        record(
            title="QX-77 in Diabetic Neuropathy",
            given=["QX-77"],
            arms=[{"label": label, "type": "EXPERIMENTAL", "description": arm}],
            detail="QX-77 is a suspension of allogeneic mesenchymal stem cells.",
        )
    )
    assert (found.cell_product, found.donor, found.routes) == ("msc", "allogeneic", routes)


def test_tissue_of_a_birth_is_a_product() -> None:
    found = classify(record(title="A Study", given=["amniotic and umbilical cord tissue"], conditions=["Neuropathy"]))
    assert (found.cell_product, found.relevance) == ("tissue_product", "adjacent")


@pytest.mark.parametrize(
    ("frame", "summary", "months"),
    [
        ("up to four years", "", 48),
        ("One-year follow-up", "", 12),
        ("12th month after the injection", "", 12),
        ("4 weeks", "Patients will be followed for one year.", 12),
        ("28 days", "Visits are at 1, 3, 6 and 12 months.", 12),
        ("28 days", "A two-year follow-up is planned.", 24),
        ("1 month", "People will be observed for a total of eighteen months.", 18),
        ("1 month", "The total duration of the study per participant: 24 months.", 24),
        ("1 month", "Long-term safety will be assessed for 15 years.", 180),
        ("1 month", "Participants will stay in the study for two years.", 24),
        ("1 month", "The duration of each person's participation is 9 months.", 9),
        ("1 month", "The total duration of the study is 5 years.", 1),
        ("1 month", "Safety was assessed in people who smoked for 15 years.", 1),
        ("within one year after the injection", "", 12),
        ("28 days", "Follow-up: one year.", 12),
        ("28 days", "Safety follow-up goes on for up to four years.", 48),
        ("4 weeks", "Each participant has follow-up visits over four years.", 48),
        ("1 month", "People come back for check-ups until one year after the last dose.", 12),
        ("1 month", "Participants return to the clinic for assessments up to four years.", 48),
        ("1 month", "People come back for the second injection within two years.", 1),
        ("28 days", "People are followed every 6 months.", 0.9),
        ("28 days", "Infusion is followed by 6 months of tablets.", 0.9),
        ("28 days", "Studies have shown relief at a follow-up of 5 years.", 0.9),
        ("28 days", "At follow-up, surgery 2 years before is asked for.", 0.9),
    ],
)
def test_how_long_people_are_followed(frame: str, summary: str, months: float) -> None:
    outcomes = [{"measure": "Adverse events", "timeFrame": frame}]
    assert classify(record(title="MSC", given=["MSC"], outcomes=outcomes, summary=summary)).follow_up_months == months


def test_a_study_that_only_watches_gives_no_cells_for_being_about_them() -> None:
    values = {
        "identificationModule.briefTitle": "Mesenchymal Stem Cells in the Fluid of the Hip",
        "descriptionModule.briefSummary": "Fluid is taken during an operation.",
        "designModule": {"studyType": "OBSERVATIONAL"},
    }
    assert classify(study(values)).cell_product == "none"


def test_the_route_of_another_drug_with_a_code_is_not_the_cells_route() -> None:
    given = [
        {"name": "adipose stem cells", "description": "Adipose stem cells are infused intravenously."},
        {"name": "ZK-9", "description": "ZK-9 ointment is put on the skin."},
    ]
    found = classify(record(title="Adipose Stem Cells Plus ZK-9 Ointment in Diabetic Neuropathy", given=given))
    assert found.routes == ("intravenous",)


def test_people_who_had_a_transplant_are_not_given_one() -> None:
    found = classify(
        record(
            title="A Drug in Blood Stem Cell and Marrow Transplant Recipients", given=["A drug"], summary="We test it."
        )
    )
    assert found.cell_product == "none"


@pytest.mark.parametrize(
    "summary",
    [
        "QX-77 is a suspension of donor mesenchymal stem cells.",
        "Donor mesenchymal stem cells (QX-77) are given.",
    ],
)
def test_a_code_in_the_title_that_the_summary_explains(summary: str) -> None:
    found = classify(record(title="QX-77 in Charcot-Marie-Tooth Disease", conditions=["CMT1A"], summary=summary))
    assert (found.relevance, found.cell_product, found.donor) == ("core", "msc", "allogeneic")


def test_the_arm_to_compare_with_is_not_what_is_tested() -> None:
    arms = [
        {
            "label": "Live cells",
            "type": "EXPERIMENTAL",
            "description": "Mesenchymal stem cells derived from fat, with bone.",
        },
        {
            "label": "Control: own bone marrow",
            "type": "ACTIVE_COMPARATOR",
            "description": "autologous bone marrow cells",
        },
    ]
    found = classify(record(title="Cells or Bone in Fusion of a Joint", given=["Fusion"], arms=arms))
    assert (found.cell_product, found.donor) == ("msc", "not_stated")


def test_platelets_beside_cells_are_not_the_cells_source() -> None:
    given = ["Bone marrow mesenchymal stem cells in platelet-rich plasma", "Platelet-rich plasma", "PRP"]
    assert classify(record(title="Mesenchymal Stem Cells With PRP", given=given)).cell_source == "bone_marrow"


def test_days_of_the_infusions_are_counted() -> None:
    given = [
        {"name": "MSC", "description": "MSC are infused on days 0, 30, 60, and 90. Blood is drawn on days 1 and 2."}
    ]
    assert classify(record(title="MSC in Diabetic Neuropathy", given=given)).number_of_doses == 4


@pytest.mark.parametrize(
    ("given", "product"),
    [
        ("iPSC-derived hepatocytes", "ipsc_derived"),
        ("iPSC-derived mesenchymal stem cells", "msc"),
        ("Autologous muscle-derived cells", "other_cells"),
    ],
)
def test_what_is_made_of_other_cells(given: str, product: str) -> None:
    found = classify(record(title="Cells in Amyloid Polyneuropathy", conditions=["Polyneuropathy"], given=[given]))
    assert (found.cell_product, found.relevance) == (product, "core")


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        (
            "Harvest of Skin-derived Precursor Cells for Nerve Repair",
            "Skin is taken to grow skin-derived precursor cells.",
        ),
        ("Cell Bank of Mesenchymal Stem Cells for Future Therapy of Neuropathy", "Volunteers donate bone marrow."),
    ],
)
def test_cells_that_are_kept_for_later_are_given_to_nobody(title: str, summary: str) -> None:
    found = classify(record(title=title, conditions=["Nerve Injury"], given=["Skin biopsy"], summary=summary))
    assert (found.cell_product, found.relevance) == ("none", "adjacent")


def cells_for(summary: str, condition: str, **more: Any) -> Study:
    return record(title="Cells", conditions=[condition], summary=summary, given=more.pop("given", ["MSC"]), **more)


@pytest.mark.parametrize(
    ("condition", "summary", "types"),
    [
        ("Breast Cancer", "MSC are given to treat neuropathy after chemotherapy.", ("chemotherapy_induced",)),
        ("Diabetes Mellitus", "MSC are tested for painful diabetic neuropathy of the feet.", ("diabetic",)),
        ("Wounds", "Cord MSC are injected against painful peripheral neuropathy.", ("peripheral_unspecified",)),
    ],
)
def test_a_nerve_disease_that_only_the_summary_says_the_cells_are_for(
    condition: str, summary: str, types: tuple[str, ...]
) -> None:
    found = classify(cells_for(summary, condition))
    assert (found.relevance, found.neuropathy_types) == ("core", types)


@pytest.mark.parametrize(
    ("condition", "summary"),
    [
        ("Breast Cancer", "MSC are given to people after chemotherapy. Neuropathy is recorded as a side effect."),
        ("Diabetes Mellitus", "MSC are tested for diabetes. People with diabetic neuropathy are excluded."),
        ("Multiple Myeloma", "Duloxetine is given to treat neuropathy. Stem cells are infused for the myeloma."),
        ("Heart Failure", "MSC could one day be tested for diabetic neuropathy."),
        ("Diabetes Mellitus", "MSC are given to treat foot ulcers in neuropathy."),
    ],
)
def test_a_nerve_disease_that_the_cells_are_not_given_for(condition: str, summary: str) -> None:
    assert classify(cells_for(summary, condition)).relevance != "core"


def test_stem_cells_that_are_made_of_drawn_blood_to_test_drugs_are_not_given() -> None:
    found = classify(
        cells_for(
            "Blood is drawn to make induced pluripotent stem cells; drugs are tried on them in the dish.",
            "Charcot-Marie-Tooth Disease",
            given=["Blood draw"],
        )
    )
    assert (found.cell_product, found.relevance) == ("none", "adjacent")


@pytest.mark.parametrize(
    ("words", "donor", "route"),
    [
        ("Cells of a healthy unrelated volunteer are used.", "allogeneic", "not_stated"),
        ("The MSC are injected into the spinal fluid.", "not_stated", "intrathecal"),
        ("The MSC go into the cerebrospinal fluid.", "not_stated", "intrathecal"),
        ("MSC are given through a drip into an arm vein.", "not_stated", "intravenous"),
        ("MSC run slowly into a vein.", "not_stated", "intravenous"),
    ],
)
def test_donor_and_route_in_plain_words(words: str, donor: str, route: str) -> None:
    given = [{"name": "MSC", "description": words}]
    found = classify(cells_for("MSC are given.", "Peripheral Neuropathy", given=given))
    assert (found.donor, found.routes) == (donor, (route,))


@pytest.mark.parametrize(
    ("words", "product"),
    [
        ("ZX7 consists of stromal cells of fat.", "msc"),
        ("ZX7 holds progenitor cells of cord blood.", "not_stated"),
        ("ZX7 is a suspension of stromal cells.", "not_stated"),
        ("ZX7 contains stromal cell-derived factor 1.", "none"),
    ],
)
def test_a_code_that_only_the_long_description_explains(words: str, product: str) -> None:
    found = classify(record(title="ZX7 in Neuropathy", conditions=["Diabetic Neuropathy"], given=["ZX7"], detail=words))
    assert found.cell_product == product
    assert found.relevance == ("off_topic" if product == "none" else "core")


BEHIND_A_CODE = {
    "XQ7 consists of mesenchymal stem cells that were grown from donated cord tissue.": "msc",
    "XQ7 is a mesenchymal product.": "msc",
    "The product XQ7 contains Schwann cells, isolated and stored frozen.": "schwann",
    "Earlier work showed that XQ7, which consists of mesenchymal stem cells, helped mice.": "msc",
    "In rats with cut nerves, XQ7 (mesenchymal stem cells of the cord) restored the sheath.": "msc",
    "Mesenchymal stem cells (XQ7) mended the nerves of rabbits.": "msc",
    "XQ7 is a small molecule that activates mesenchymal stem cells of the person.": "none",
    "XQ7 is a drug that protects stem cells.": "none",
    "XQ7 is a gene therapy that is carried into Schwann cells.": "none",
    "The effect of XQ7 on Schwann cells is measured.": "none",
    "XQ7 is a device that counts stem cells.": "none",
    "XQ7 acts on nerve cells.": "none",
}


@pytest.mark.parametrize(("text", "product"), BEHIND_A_CODE.items())
def test_what_stands_behind_a_code_and_what_does_not(text: str, product: str) -> None:
    found = classify(
        record(
            title="Safety of XQ7 in an Inherited Nerve Disease",
            conditions=["Charcot-Marie-Tooth Disease Type 1A"],
            given=["XQ7"],
            summary="XQ7 is given twice.",
            detail=text,
        )
    )
    assert found.cell_product == product
    assert found.relevance == ("off_topic" if product == "none" else "core")
