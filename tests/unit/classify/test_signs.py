"""Warning and protective signs, with negation, other records and silence."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.unit.classify.make import TODAY, record, study
from trialfinder.base.tongue import speaking
from trialfinder.classify import Sign, classify, contract, signs, strong_warnings
from trialfinder.classify.study_text import excerpt

SOUND = {
    "identificationModule.briefTitle": "Umbilical Cord MSC Injected Into Leg Muscles in Diabetic Neuropathy",
    "sponsorCollaboratorsModule.leadSponsor": {"name": "Wei Example", "class": "OTHER"},
    "statusModule.overallStatus": "RECRUITING",
    "statusModule.statusVerifiedDate": "2026-08",
    "statusModule.startDateStruct": {"date": "2026-02-01", "type": "ACTUAL"},
    "statusModule.studyFirstSubmitDate": "2026-01-10",
    "statusModule.completionDateStruct": {"date": "2028-12", "type": "ESTIMATED"},
    "descriptionModule.briefSummary": "Patients get cord cells or usual care. They are not charged for the cells.",
    "conditionsModule.conditions": ["Diabetic Peripheral Neuropathy"],
    "armsInterventionsModule.interventions": [{"name": "UC-MSC", "type": "BIOLOGICAL"}],
    "designModule": {
        "studyType": "INTERVENTIONAL",
        "phases": ["PHASE2"],
        "designInfo": {"allocation": "RANDOMIZED", "maskingInfo": {"masking": "NONE"}, "primaryPurpose": "TREATMENT"},
        "enrollmentInfo": {"count": 140, "type": "ESTIMATED"},
    },
    "eligibilityModule.eligibilityCriteria": "Inclusion Criteria:\n\n* Adults\n\nExclusion Criteria:\n\n* Cancer",
    "contactsLocationsModule.locations": [{"facility": "Second Hospital", "city": "Chongqing", "country": "China"}],
}


def found_in(values: dict[str, Any]) -> tuple[Sign, ...]:
    """The signs of a study from registry paths."""
    one = study(values)
    return signs(one, classify(one), TODAY)


def test_a_sound_hospital_study_shows_no_strong_and_no_medium_warning() -> None:
    warnings = [sign for sign in found_in(SOUND) if sign.kind == "warning"]
    assert [(sign.id, sign.strength) for sign in warnings if sign.strength != "weak"] == []
    assert strong_warnings(found_in(SOUND)) == 0


def test_a_patient_funded_study_shows_a_strong_sign_with_those_words() -> None:
    values = {**SOUND, "descriptionModule.detailedDescription": "Our aim is safety. This is a patient funded trial."}
    (first, *_) = found_in(values)
    assert (first.id, first.kind, first.strength) == ("participant_pays", "warning", "strong")
    assert first.field == "detailed_description"
    assert "patient funded trial" in first.quote
    assert first.question.endswith("?")


PAYS = [
    "The study is patient-sponsored.",
    "Participants will pay for the infusion of the cells.",
    "Patients are responsible for all costs of the harvest.",
    "Each participant is required to pay a fee for the procedure.",
    "The price of the therapy, $5,000, covers the cells and two visits.",
    "Costs are to be covered by the participants.",
    "Injections are given at the subject's expense.",
    "Must be willing to pay for the treatment.",
    "This trial will not cover the cost of the procedure.",
    "The injections are not covered by insurance.",
    "It is a pay-to-participate study.",
    "The expenses are the responsibility of the patient.",
    "Patients paid out of pocket for the cells.",
    "Participation requires payment of a fee.",
    "There is a charge for participation in this study.",
    "This treatment is paid for by the patient.",
    "The trial charges its participants.",
    "Cells are given at the expense of the participants.",
    "Able to pay for the treatment and for travel",
    "The study is paid for by the people who take part.",
    "A fee of $9,500 is charged before the first visit.",
]
DOES_NOT_PAY = [
    "Participants will not pay for the infusion.",
    "The treatment is free of charge, and no fees are paid by participants.",
    "Participants will be paid for each visit.",
    "Participants are paid a fee of $50 for their time.",
    "Travel costs paid by participants will be reimbursed.",
    "Out-of-pocket costs are measured by questionnaire.",
    "Patients must pay attention to warning signs.",
    "The doctor in charge of the study pays a visit.",
    "The insurance of the sponsor covers the cost of any harm.",
    "In low-income countries patients pay for their own drugs.",
    "The trial is funded by a patient organisation.",
    "We measure willingness to pay for the treatment.",
    "Volunteers are compensated for time and travel.",
    "Charged particles are used.",
    "Participants pay a visit to the clinic.",
    "Some subjects paid by the hour are nurses.",
    "All costs are covered by the sponsor.",
    "Patients with compensated cirrhosis.",
    "Costs paid by patients will be recorded for an economic analysis.",
    "A fee of $30 is paid to people who take part.",
    "The study is paid for by the people of the county.",
    "No fee of any kind is charged.",
]


@pytest.mark.parametrize("text", PAYS)
def test_payment_by_the_participant_is_seen(text: str) -> None:
    one = record(summary=text)
    assert "participant_pays" in {sign.id for sign in signs(one, classify(one), TODAY)}


@pytest.mark.parametrize("text", DOES_NOT_PAY)
def test_other_words_about_money_are_no_sign(text: str) -> None:
    one = record(summary=text)
    assert "participant_pays" not in {sign.id for sign in signs(one, classify(one), TODAY)}


def test_no_sign_fires_on_an_empty_record() -> None:
    one = study({})
    assert signs(one, classify(one), TODAY, [study({}, "NCT07654321")]) == ()


def test_the_study_itself_is_not_one_of_the_sponsors_other_records() -> None:
    values = {
        "sponsorCollaboratorsModule.leadSponsor": {"name": "Cells For All"},
        "hasResults": False,
        "statusModule.overallStatus": "COMPLETED",
        "statusModule.primaryCompletionDateStruct": {"date": "2019-01", "type": "ACTUAL"},
    }
    one = study(values)
    assert "sponsor_without_results" not in {sign.id for sign in signs(one, classify(one), TODAY, [one, one, one])}
    others = [study(values, f"NCT0300000{n}") for n in range(3)]
    assert "sponsor_without_results" in {sign.id for sign in signs(one, classify(one), TODAY, others)}


def test_warnings_come_first_and_strong_before_weak() -> None:
    values = {
        **SOUND,
        "descriptionModule.briefSummary": "Participants pay for the cells.",
        "oversightModule": {"oversightHasDmc": False, "isFdaRegulatedDrug": True},
    }
    found = [(sign.kind, sign.strength) for sign in found_in(values)]
    assert found[:2] == [("warning", "strong"), ("warning", "weak")]
    assert found[-1][0] == "protective"


def test_the_contract_has_exactly_the_promised_keys() -> None:
    line = contract(study(SOUND), TODAY)
    assert list(line) == [
        *("nct_id", "relevance", "relevance_reason", "cell_product", "cell_source", "donor", "routes"),
        *("neuropathy_types", "nerve_role", "dose", "number_of_doses", "follow_up_months", "outcome_kinds"),
        *("joinable", "joinable_reason", "verified", "open_sites", "signs", "evidence"),
    ]
    assert (line["relevance"], line["joinable"]) == ("core", "yes")
    assert set(line["signs"][0]) == {"id", "kind", "strength", "field", "quote", "question"}
    json.dumps(line)


BIRTH_TISSUE_FOR_ALL = {
    "identificationModule.briefTitle": "Outcomes of Amniotic and Umbilical Cord Tissue in Many Conditions",
    "sponsorCollaboratorsModule.leadSponsor": {"name": "Sunrise Stem Cell", "class": "INDUSTRY"},
    "conditionsModule.conditions": ["Orthopedic Disorder", "Urologic Diseases", "COPD", "CHF", "Neuropathy;Peripheral"],
    "armsInterventionsModule.interventions": [{"name": "amniotic and umbilical cord tissue", "type": "BIOLOGICAL"}],
    "designModule.enrollmentInfo": {"count": 5000, "type": "ESTIMATED"},
}


def test_one_product_for_many_diseases_and_thousands_of_people_whatever_the_product_is_called() -> None:
    ids = {sign.id for sign in found_in(BIRTH_TISSUE_FOR_ALL)}
    assert {"one_product_many_diseases", "very_many_people"} <= ids


@pytest.mark.parametrize(
    ("citation", "status", "counts"),
    [
        ("A B. Cells in rats. J Cells. 2012 Apr;96(1):1-9.", "COMPLETED", False),
        ("A B. Cells in people. J Cells. 2019;96(1):1-9.", "COMPLETED", True),
        ("A B. Cells in people, without a year.", "COMPLETED", True),
        ("A B. Cells in people: study protocol for a randomized trial. J Cells. 2019;96(1):1-9.", "COMPLETED", False),
        ("A B. Cells in people. J Cells. 2019;96(1):2012-2019.", "NOT_YET_RECRUITING", False),
        ("A B. Cells in people since 2012. Clin J. 2016;9:2019-2025.", "COMPLETED", False),
    ],
)
def test_only_a_paper_that_can_be_this_studys_result_speaks_for_it(citation: str, status: str, counts: bool) -> None:
    values = {
        "statusModule.overallStatus": status,
        "statusModule.startDateStruct": {"date": "2017-05"},
        "statusModule.primaryCompletionDateStruct": {"date": "2018-05", "type": "ACTUAL"},
        "hasResults": False,
        "referencesModule.references": [{"type": "RESULT", "citation": citation}],
    }
    ids = {sign.id for sign in found_in(values)}
    assert ("results_or_publication" in ids) is counts
    assert ("no_results" in ids) is (not counts and status == "COMPLETED")


SEQUEL = "Nerve Cells in Walking Trouble Study"
FIRST = f"A B. {SEQUEL} (COAST): first results. J Nerve. 2019 Jan;1:1."
OTHER = "A B. A new way to measure gait. J Nerve. 2020 Jan;1:1."


@pytest.mark.parametrize(
    ("acronym", "title", "citations", "counts"),
    [
        ("COAST2", "Cells in Walking", [FIRST], False),
        ("COAST2", "Cells in Walking", [FIRST, OTHER], False),
        (None, f"{SEQUEL} II", [FIRST], False),
        ("COAST2", "Cells in Walking", [FIRST, "A B. COAST2: results. J Nerve. 2021 Jan;1:1."], True),
        (None, f"{SEQUEL} II", [f"A B. {SEQUEL} II, results. J Nerve. 2021 Jan;1:1."], True),
        ("COAST2", "Cells in Walking", [OTHER], True),
        ("COAST", SEQUEL, [FIRST], True),
        (None, "Cells in Diabetes Type 2", ["A B. Cells in Diabetes Type 1. J Nerve. 2021 Jan;1:1."], True),
        (None, "Cells", ["A B. Cells. J Nerve (2016) 12: 200-2019."], False),
        (None, "Cells", ["A B. Cells. J Nerve (2020) 12: 200-219."], True),
        (None, "Cells", ["A B. Cells. J Nerve. 2016;12: 2019."], False),
    ],
)
def test_a_paper_on_an_earlier_study_reports_nothing_of_this_one(
    acronym: str | None, title: str, citations: list[str], counts: bool
) -> None:
    values = {
        **SOUND,
        "identificationModule.briefTitle": title,
        "statusModule.startDateStruct": {"date": "2018-05"},
        "referencesModule.references": [{"type": "RESULT", "citation": citation} for citation in citations],
    }
    if acronym:
        values["identificationModule.acronym"] = acronym
    assert ("results_or_publication" in {sign.id for sign in found_in(values)}) is counts


def test_the_agencys_eye_is_no_praise_for_a_study_that_patients_pay() -> None:
    values = {**SOUND, "oversightModule": {"isFdaRegulatedDrug": True}}
    assert "regulated" in {sign.id for sign in found_in(values)}
    values |= {"descriptionModule.detailedDescription": "This is a patient funded trial."}
    assert "regulated" not in {sign.id for sign in found_in(values)}


@pytest.mark.parametrize(
    "text",
    [
        "The study is paid for by the people who take part.",
        "It is self-funded: each participant pays for the cells.",
        "The costs of the injections are borne by the patients.",
        "A fee of $9,500 is charged before the first visit.",
    ],
)
def test_nor_is_it_praise_however_the_payment_is_told(text: str) -> None:
    values = {**SOUND, "oversightModule": {"isFdaRegulatedDrug": True}, "descriptionModule.detailedDescription": text}
    found = {sign.id for sign in found_in(values)}
    assert ("participant_pays" in found, "regulated" in found) == (True, False)


def test_a_paper_that_is_older_than_the_start_is_no_result() -> None:
    values = {
        **SOUND,
        "statusModule.overallStatus": "COMPLETED",
        "statusModule.startDateStruct": {"date": "2015-06"},
        "statusModule.primaryCompletionDateStruct": {"date": "2017-03", "type": "ACTUAL"},
    }
    for year, counts in ((2013, False), (2018, True)):
        paper = {"type": "RESULT", "citation": f"Reed T, Holm B. Marrow cells in numb feet. Nerve Lett. {year};3:21-9."}
        values["referencesModule.references"] = [paper]
        assert ("results_or_publication" in {sign.id for sign in found_in(values)}) is counts, year


@pytest.mark.parametrize(
    "dates",
    [
        {"statusModule.statusVerifiedDate": "2024-01"},
        {"statusModule.completionDateStruct": {"date": "2024-12", "type": "ESTIMATED"}},
    ],
)
def test_a_sign_does_not_depend_on_the_language(dates: dict[str, Any]) -> None:
    english = [sign.id for sign in found_in({**SOUND, **dates})]
    with speaking(lambda words: re.sub(r"[a-z](?![^{]*\})", "x", words)):  # a language with one letter
        spoken = [sign.id for sign in found_in({**SOUND, **dates})]
    assert "stale_status" in english and spoken == english


def test_a_quote_begins_where_its_sentence_does() -> None:
    text = "Cells are given into the eye. The record calls it a patient funded trial, as others do."
    at = text.index("patient funded")
    assert excerpt(text, at, at + 14) == "The record calls it a patient funded trial, as others do."
    text = "The cells of approx. 3 donors are of no. 7 and the trial is patient funded"
    at = text.index("patient funded")
    assert excerpt(text, at, at + 14).startswith("The cells of approx. 3 donors"), "an abbreviation ends no sentence"
