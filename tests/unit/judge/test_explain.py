"""A verdict in words, as a row, and the questions to ask next."""

from __future__ import annotations

import json

import pytest

from tests.unit.judge.made import TODAY, Part, asks, bars, bounds, leaf, person, unread, verdict
from tests.unit.judge.made import judged as judged_study
from trialfinder.base.pattern_words import NarrowQuestion, narrow_questions, plain_words
from trialfinder.judge import explain, rank_questions, reason, verdict_row
from trialfinder.judge.shown.explain import SECTIONS
from trialfinder.judge.shown.quoted import quoted_part
from trialfinder.judge.shown.tell import narrow_question
from trialfinder.judge.verdict import Verdict
from trialfinder.person.profile import Profile
from trialfinder.reading.nodes.tree import AnyOf, Not, Unread, all_of, any_of

WHO = person(diabetes={"hba1c": 11.25}, person={"age": 58}, health={"hiv": False})


HIV = bars(leaf("hiv", "hiv"), "HIV")


def sugar(words: str, low: float | None = None, high: float | None = None) -> Part:
    """People are barred by their HbA1c."""
    return bars(leaf("hba1c", "hba1c", words, bounds=bounds(low, high, "%")), words)


def judged(who: Profile = WHO) -> Verdict:
    return verdict(
        who,
        sugar("HbA1c over 10 %", low=10.0),
        HIV,
        bars(leaf("pulmonary", "lung disease")),
        unread("Speaks \x1b[31mGerman"),
        minimum_age="18 Years",
    )


def test_explain_groups_every_criterion_by_what_it_means_for_the_person() -> None:
    assert explain(judged(), WHO) == [
        "NCT01234567: something speaks against it",
        "1 criterion could not be read.",
        "",
        "Speaks against it (1)",
        '  HbA1c, you told 11.25%: bars "HbA1c over 10 %"',
        "",
        "Ask your doctor, or tell it yourself (1)",
        '  Do you have a lung disease? bars "lung disease"',
        "",
        "Fits (2)",
        '  age, you told 58 years: asks for "minimum age: 18 Years" (the record\'s own field)',
        '  HIV, you told no: not barred by "HIV"',
        "",
        "Not read (1): read these yourself",
        '  "Speaks German"',
    ]


def test_what_was_told_stands_beside_what_is_still_open_and_what_nothing_asks_for_at_the_end() -> None:
    who = person(neuropathy={"failed_treatments": ["pregabalin"]}, health={"hiv": False})
    study = asks(leaf("failed_conventional", "usual treatment"), "Usual treatment for 3 months failed")
    lines = explain(verdict(who, study), who)
    (open_line,) = (line for line in lines if "Usual treatment" in line)
    assert "? (you told tried without enough relief: pregabalin): asks for" in open_line
    assert lines[-2:] == ["Told by you, and nothing that was read here asks for it (1)", "  HIV: no"]
    assert not any("pregabalin" in line for line in explain(verdict(who, study))), "never without the profile"


def test_a_fact_that_was_told_otherwise_is_shown_as_it_was_told() -> None:
    who = person(person={"birth_year": 1968})
    lines = explain(verdict(who, minimum_age="18 Years"), who)
    assert '  age, you told year of birth 1968: asks for "minimum age: 18 Years" (the record\'s own field)' in lines


def test_one_line_a_fact_and_no_words_twice() -> None:
    low, high = "HbA1c under 7 %", "HbA1c over 10 %"
    found = verdict(
        person(),
        sugar(low, high=7.0),
        sugar(high, low=10.0),
        sugar(high, low=10.0),
    )
    assert explain(found)[-1] == (f'  What was your last HbA1c, in percent? bars "{low}"; bars "{high}"')


def test_a_long_criterion_is_quoted_once_and_then_only_the_part_that_is_meant() -> None:
    words = "a disease of the heart or of the lung"
    found = verdict(
        person(),
        bars(
            any_of(leaf("cardiac", "heart disease", start=17, end=22), leaf("pulmonary", "lung", start=33, end=37)),
            words,
        ),
    )
    assert explain(found)[3:] == [
        f'  Do you have a heart disease? bars "{words}"',
        '  Do you have a lung disease? bars "lung" (in the same criterion)',
    ]


def test_a_part_that_bars_is_never_quoted_as_asked_for() -> None:
    words = "Women: contraception, and a negative test for pregnancy"
    pregnant = leaf("pregnancy", "pregnancy", value="pregnant", start=46, end=55)
    who = person(person={"pregnant": False, "can_consent": True})
    lines = explain(verdict(who, asks(all_of(leaf("consent", start=0, end=5), Not(pregnant)), words)), who)
    assert any(line.endswith('you told no: not barred by "pregnancy" (in the same criterion)') for line in lines)


def test_what_was_not_told_does_not_fit_because_something_else_does() -> None:
    """ "An ischaemic ulcer, if there is one, is stable": who has no ulcer told nothing about their arteries."""
    words = "stable ulcer or narrow arteries"
    either = any_of(
        Not(leaf("foot_ulcer", "ulcer", start=7, end=12)), leaf("peripheral_artery_disease", start=16, end=31)
    )
    who = person(diabetes={"foot_ulcer": False})
    lines = explain(verdict(who, asks(either, words)), who)
    assert lines[1:] == ["", "Fits (1)", f'  foot ulcer, you told no: asks for "{words}"']


def test_a_part_that_was_not_understood_is_shown_to_be_read() -> None:
    words = "lung disease, or leg pain that would confuse"
    found = verdict(person(), bars(any_of(leaf("pulmonary", "lung disease"), Unread(17, len(words))), words))
    assert explain(found)[-2:] == [
        "Not read (parts of 1): read these yourself",
        '  "leg pain that would confuse" (of a criterion above)',
    ]
    denied = verdict(person(health={"lung_disease": True}), bars(leaf("pulmonary", "lung disease"), words))
    assert not any("of a criterion above" in line for line in explain(denied))


def test_named_illnesses_stand_beside_the_questions_that_are_about_them() -> None:
    who = person(health={"diagnoses": ["high blood pressure", "a stent in the heart", "hypothyroidism"]})
    parts = [bars(leaf("cardiac", "severe heart failure")), bars(leaf("hepatic", "liver failure"))]
    lines = explain(verdict(who, *parts), who)
    told = "(you told illnesses a doctor named: a stent in the heart)"
    assert f'  Do you have a heart disease? {told}: bars "severe heart failure"' in lines
    assert '  Do you have a liver disease? bars "liver failure"' in lines
    assert not any("nothing that was read here asks" in line for line in lines), "one of them was asked for"


def test_what_a_person_could_change_is_a_group_of_its_own() -> None:
    found = verdict(person(health={"smoker": True}), bars(leaf("smoking", "smokers")))
    assert explain(found)[1:] == ["", "Against it as things stand (1)", '  smoking: bars "smokers"']


def test_a_blood_thinner_that_bars_reads_as_no_advice_and_stands_once() -> None:
    words = "antiplatelet or anticoagulant drugs"
    parts = any_of(
        leaf("anticoagulant", "antiplatelet", end=12), leaf("anticoagulant", "anticoagulant drugs", start=16, end=35)
    )
    who = person(treatment={"anticoagulant": True})
    found = verdict(who, bars(parts, words))
    assert explain(found, who)[1:] == [
        "",
        f"{SECTIONS['would']} (1)",
        f'  blood thinners (blood thinner), you told yes: bars "{words}"',
    ]
    assert reason(found) == f'blood thinners: "{words}"'
    assert not any("pause" in line for line in (*explain(found, who), reason(found)))


def test_a_kind_of_nerve_condition_that_bars_and_was_not_told_does_not_sound_as_if_it_fitted() -> None:
    who = person(neuropathy={"types": ["chemotherapy_induced"]})
    lines = explain(verdict(who, bars(leaf("neuropathy_type", "radiculopathy", value="radiculopathy"))), who)
    told = "kind of nerve condition (kind of neuropathy), none that you told (neuropathy after chemotherapy)"
    assert f'  {told}: not barred by "radiculopathy"' in lines


def test_what_no_fact_of_the_person_settles_is_for_the_study_team() -> None:
    found = verdict(person(), asks(leaf("life_expectancy", "any serious illness")))
    assert "Ask the study team (1)" in explain(found)


def test_which_type_of_diabetes_it_is_no_study_team_can_tell() -> None:
    """Whoever told "unknown type" read "Ask the study team: which type …?"."""
    who = person(diabetes={"type": "type_unknown"})
    lines = explain(verdict(who, asks(leaf("diabetes_type", "type 2 diabetes", "Type 2 diabetes", value="type2"))), who)
    at = lines.index("Ask your doctor, or tell it yourself (1)")
    assert lines[at + 1].startswith("  Do you have diabetes, and of which type?")
    assert not any("Ask the study team" in line for line in lines)
    found = verdict(who, asks(leaf("diabetes_type", "brittle diabetes", "Brittle diabetes", severity=("brittle",))))
    assert "Ask the study team (1)" in explain(found, who)


def test_a_record_without_criteria_fits_nobody() -> None:
    found = verdict(WHO, minimum_age="18 Years")
    assert explain(found, WHO)[0].endswith("our copy of the record does not say who can join; only the study team can")
    assert reason(found) == "our copy of the record does not say who can join: ask the study team"


def test_without_the_profile_no_value_is_printed() -> None:
    assert not any("11.25" in line or "58" in line for line in explain(judged()))


def test_json_is_the_contract() -> None:
    found = judged().to_json("yes")
    assert list(found) == ["nct_id", "verdict", "joinable", "answers", "unknown_facts", "unread"]
    assert (found["verdict"], found["joinable"]) == ("conflict", "yes")
    assert found["answers"][1] == {
        "pattern": "hba1c",
        "section": "exclusion",
        "effect": "exclude",
        "answer": "not_met",
        "quote": "HbA1c over 10 %",
        "start": 0,
        "end": 15,
        "fact": "diabetes.hba1c",
        "item_complete": True,
    }
    assert found["answers"][0]["start"] is None
    assert found["unknown_facts"] == ["health.lung_disease"]
    assert found["unread"][0]["section"] == "inclusion"
    assert "11.25" not in json.dumps(found)


def test_the_row_and_the_reason_tell_no_value() -> None:
    row = verdict_row(judged(), "no")
    assert row["not_met"] == 1
    assert row["unread"] == 1
    assert row["against"] == row["reason"] == 'HbA1c: "HbA1c over 10 %"'
    assert row["ask"] == "Do you have a lung disease?"
    assert "11.25" not in json.dumps(row)


def test_the_reason_of_an_open_study_is_what_to_ask_about() -> None:
    assert reason(judged(person(diabetes={"hba1c": 8}))) == "ask about age, HIV, lung disease; 1 not read"


def test_questions_are_ranked_by_how_many_open_studies_an_answer_would_decide() -> None:
    nobody = person()
    studies = [
        judged_study(nobody, HIV),
        judged_study(
            nobody,
            HIV,
            sugar("HbA1c over 10 %", low=10.0),
            bars(AnyOf((leaf("pulmonary", "lung disease", severity=("severe",)), Unread(0, 4)))),
        ),
        judged_study(person(health={"hiv": True}), HIV),
    ]
    found = rank_questions(studies, nobody, TODAY)
    assert [(q.fact, q.decides, q.helps, q.of) for q in found] == [
        ("health.hiv", 2, 2, 2),
        ("diabetes.hba1c", 1, 1, 2),
        ("health.lung_disease", 0, 1, 2),
    ]
    assert found[0].question == "Do you have HIV?"


def test_no_studies_no_questions() -> None:
    assert rank_questions([], person(), TODAY) == []


def test_the_whole_sentence_is_shown_without_its_bullet_and_the_quote_where_it_is_too_long() -> None:
    words = "* People with active HIV infection"
    found = verdict(person(health={"hiv": True}), bars(leaf("hiv", "hiv", start=21, end=24), words))
    assert '  HIV: bars "People with active HIV infection"' in explain(found)
    assert reason(found) == 'HIV: "People with active HIV infection"'
    long = "HIV " + "and so on " * 100
    found = verdict(person(health={"hiv": True}), bars(leaf("hiv", "hiv"), long))
    assert '  HIV: bars "HIV"' in explain(found)
    assert found.answers[0].sentence == long


def test_a_sentence_that_begins_with_a_number_or_holds_a_dash_stays_whole() -> None:
    words = "Age 18 - 75 years"
    limits = bounds(18.0, 75.0, "years", inclusive=True)
    found = verdict(person(person={"age": 80}), asks(leaf("age", "age", words, bounds=limits), words))
    assert reason(found) == 'age: "Age 18 - 75 years"'


def test_facts_that_could_not_settle_anything_are_not_asked_for() -> None:
    found = verdict(
        person(neuropathy={"types": ["diabetic"]}),
        bars(leaf("general_health", "any serious illness")),
        asks(leaf("symptom_duration", "symptoms", bounds=bounds(low=6.0, unit="months"))),
    )
    assert found.unknown_facts == ()
    assert all(answer.question for answer in found.answers)


@pytest.mark.parametrize(
    ("quote", "sentence", "shown"),
    [
        ("able to consent", "Not able to consent", "Not able to consent"),
        ("willing to return", "Is not ready or willing to return", "not ready or willing to return"),
        ("control of the foot", "Patients lacking control of the foot", "lacking control of the foot"),
        ("able to walk", "Cannot be able to walk", "Cannot be able to walk"),
        ("an infection", "No ulcer. Has an infection", "an infection"),
        ("the lung", "Disease of the heart or the lung", "the lung"),
        ("a notable illness", "Has a notable illness", "a notable illness"),
        ("able to walk", "Not " + "at all or in any way " * 6 + "able to walk", "Not at all or in … able to walk"),
        ("words of a field", "", "words of a field"),
        ("liver or kidney", "Severe liver or kidney disease", "Severe liver or kidney"),
        ("angina", "Recent unstable angina", "unstable angina"),
        ("the kidney", "Severe pain, or disease of the kidney", "the kidney"),
    ],
)
def test_no_quote_begins_behind_a_negation_or_a_degree_of_its_sentence(quote: str, sentence: str, shown: str) -> None:
    assert quoted_part(quote, sentence, 60) == shown


def test_a_copy_that_lacks_criteria_says_so_first_and_its_note_is_no_criterion() -> None:
    found = verdict(WHO, HIV, unread("[Our copy of the record is not complete: the rest is not in it]"))
    lines = explain(found, WHO)
    assert lines[1].startswith("OUR COPY LACKS CRITERIA of this study: what bars may be missing")
    assert not any("Not read" in line or "could not be read" in line for line in lines)
    assert found.verdict == "possible"
    assert reason(found) == "our copy lacks criteria"
    assert not verdict(WHO, HIV, unread("Our copy must be signed")).lacks_criteria


@pytest.mark.parametrize(
    ("pattern", "words", "question"),
    [
        ("renal", "haemodialysis", "Does the study take people on dialysis?"),
        ("hepatic", "autoimmune hepatitis", "Which liver diseases matter to the study?"),
        ("severity_score", "ECOG 0-1", "How does the study judge how much somebody can still do (performance status)?"),
        ("anticoagulant", "thrombolysis", "Does a treatment that dissolves clots matter, planned or past?"),
        ("follow_up", "agree to contraception", "Which contraception does the study ask for, and for how long?"),
        ("bleeding_disorder", "haemophilia", "Which bleeding or clotting disorders matter to the study?"),
    ],
)  # fmt: skip
def test_the_question_is_about_what_was_read(pattern: str, words: str, question: str) -> None:
    """Not only about its pattern: "Which kidney values?" says nothing of dialysis."""
    found = narrow_question(pattern, words)
    assert found is not None and found.ask == question


@pytest.mark.parametrize(
    "row", [row for rows in narrow_questions().values() for row in rows], ids=lambda row: row.ask[:40]
)
def test_narrow_questions_fit_their_examples(row: NarrowQuestion) -> None:
    assert [narrow_question(row.pattern, words) for words in row.yes] == [row] * len(row.yes)
    assert row not in [narrow_question(row.pattern, words) for words in row.no]
    assert row.pattern in plain_words()


def test_what_no_fact_answers_is_asked_of_the_study_team() -> None:
    (found,) = verdict(WHO, bars(leaf("anticoagulant", "thrombolysis", "thrombolysis"), "thrombolysis")).answers
    assert (found.fact, found.question) == (None, "Does a treatment that dissolves clots matter, planned or past?")
    (found,) = verdict(WHO, bars(leaf("anticoagulant", "warfarin", "warfarin"), "warfarin")).answers
    assert (found.fact, found.question) == ("treatment.anticoagulant", "Do you take a blood thinner?")


def test_points_on_another_scale_are_not_told_beside_a_scale() -> None:
    who = person(neuropathy={"scores": {"TCSS": 12}})
    words = "Wagner grade 1"
    lines = explain(
        verdict(who, asks(leaf("severity_score", words, "wagner", bounds=bounds(1, 1, "points")), words)), who
    )
    assert not [line for line in lines if "TCSS" in line]
    assert [line for line in lines if "Which grade of the wound (Wagner)" in line]


def test_what_was_not_read_is_counted_once_and_alike_everywhere() -> None:
    words = "lung disease, or leg pain that would confuse"
    part = bars(any_of(leaf("pulmonary", "lung disease"), Unread(17, len(words))), words)
    found = verdict(person(), unread("Speaks German"), unread("Lives by the sea"), unread("Lives by the sea"), part)
    lines = explain(found)
    assert lines[1] == "2 criteria and parts of 1 more could not be read."
    at = lines.index("Not read (2 and parts of 1 more): read these yourself")
    assert lines[at + 1 :] == [
        '  "Speaks German"',
        '  "Lives by the sea"',
        '  "leg pain that would confuse" (of a criterion above)',
    ]
    assert reason(found).endswith("; 2 and parts of 1 more not read")
    assert explain(verdict(person(), part))[1] == "Parts of 1 criterion could not be read."


@pytest.mark.parametrize("named", ["diabetic foot ulcer last year", "bad cough last winter", "high blod pressure"])
def test_a_blood_count_does_not_hang_on_an_illness_that_was_named(named: str) -> None:
    who = person(health={"diagnoses": [named]})
    low = bounds(100.0, unit="10^9/L")
    lines = explain(verdict(who, asks(leaf("platelets", "platelets", bounds=low), "Platelets above 100")), who)
    assert not any("you told illnesses a doctor named" in line for line in lines), lines
    creatinine = leaf("renal", "creatinine", value="creatinine", bounds=bounds(high=2.0, unit="mg/dl"))
    lines = explain(verdict(who, asks(creatinine, "Creatinine up to 2 mg/dl")), who)
    assert not any("you told illnesses a doctor named" in line for line in lines), lines


def test_a_question_about_the_thing_itself_still_says_what_was_named() -> None:
    who = person(health={"diagnoses": ["diabetic foot ulcer last year"]}, diabetes={"foot_ulcer": False})
    lines = explain(verdict(who, bars(leaf("foot_ulcer", "foot ulcer"), "foot ulcer")), who)
    assert any("illnesses a doctor named: diabetic foot ulcer last year" in line for line in lines), lines


@pytest.mark.parametrize(("age", "last"), [(58, True), (38, False)])
def test_what_hardly_anybody_of_that_age_has_is_asked_last(age: int, last: bool) -> None:
    who = person(person={"age": age, "sex": "female"})
    parts = (bars(leaf("pregnancy", "breastfeeding", value="breastfeeding")), bars(leaf("hiv", "HIV")))
    nursing, both = judged_study(who, parts[0]), judged_study(who, *parts)
    asked = [found.fact for found in rank_questions([nursing, nursing, both], who, TODAY)]
    assert set(asked) == {"person.breastfeeding", "health.hiv"}
    assert (asked[-1] == "person.breastfeeding") is last


def test_of_all_illnesses_the_one_that_decides_is_named() -> None:
    who = person(health={"diagnoses": ["atrial fibrillation", "high blood pressure", "depression"]})
    lines = explain(verdict(who, bars(leaf("psychiatric", "mental illness"))), who)
    assert any('you told depression: bars "mental illness"' in line for line in lines)


def test_a_bare_neuropathy_says_nothing_beside_the_kind_that_speaks_against() -> None:
    who = person(neuropathy={"types": ["hereditary"]})
    kind = asks(leaf("neuropathy_type", "cidp", value="inflammatory"), "CIDP")
    bare = asks(leaf("neuropathy_type", "peripheral neuropathy", value="inflammatory"), "peripheral neuropathy")
    assert [found.quote for found in verdict(who, kind, bare).told] == ["CIDP"]
    assert [found.quote for found in verdict(who, bare).told] == ["peripheral neuropathy"]
