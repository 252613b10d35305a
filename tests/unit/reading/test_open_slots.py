"""Open slots: invented names that no list holds, in the frames that make them readable, and frames that do not."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence
from trialfinder.reading.readings import Reading


def _of(text: str, pattern: str, section: str = "inclusion") -> list[Reading]:
    return [r for r in read_sentence(text, section) if r.pattern == pattern]


@pytest.mark.parametrize(
    ("text", "value", "low", "high"),
    [
        ("Tremont Hand Scale of at least 14", "Tremont Hand Scale", 14, None),
        ("No more than 9 points on the Orsay walking index", "Orsay walking index", None, 9),
        ("Clinical Vigour Scale between 4 and 6", "Clinical Vigour Scale", 4, 6),
        ("Veltman Balance Scale (VBS) score of 40 or more", "VBS", 40, None),
        ("QRTS score between 20 and 45", "QRTS", 20, 45),
        ("Mean cramp rating of at least 3 of 10 during the last 2 weeks", "cramp rating", 3, None),
        ("A Norland total score of at least 20", "Norland total", 20, None),
        ("At least three on the Dorval inventory", "Dorval", 3, None),
        ("Breathlessness score of at least 2 on a scale from 0 to 10", "Breathlessness", 2, None),
    ],
)
def test_named_scales(text: str, value: str, low: float | None, high: float | None) -> None:
    found = {(r.value.lower(), r.low, r.high) for r in _of(text, "severity_score")}
    assert found == {(value.lower(), low, high)}


def test_each_scale_keeps_its_number() -> None:
    """A short name beside a known scale is a scale too, and does not lend its number to the known one."""
    found = {(r.value, r.low, r.high) for r in _of("MMSE 12-24 and VQAS-cog at least 16", "severity_score")}
    assert found == {("MMSE", 12, 24), ("VQAS-cog", 16, None)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Frankel class C", "Frankel class C"),
        ("Class C on the Frankel scale", "Class C on the Frankel scale"),
        ("ASIA grade C or D", "ASIA"),
    ],
)
def test_classes_with_a_letter(text: str, value: str) -> None:
    assert [(r.value, r.low) for r in _of(text, "severity_score")] == [(value, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Body mass index of at least 20",
        "A cardiac index of at least 2",
        "Kellgren-Lawrence grade C",
        "Child-Pugh class B",
        "The maximum score is 25",
        "At least 50 mm on a 100 mm scale",
        "Total score will be taken at 3 visits",
        "Breast cancer, Velden class C",
    ],
)
def test_sizes_and_stages_of_other_things_are_no_scales(text: str) -> None:
    assert _of(text, "severity_score") == []


def test_words_inside_the_name_of_a_scale_are_no_readings() -> None:
    found = {r.pattern for r in read_sentence("Velden Stroke and Depression Scale of at least 14", "exclusion")}
    assert found == {"severity_score"}


@pytest.mark.parametrize(
    ("text", "value", "months"),
    [
        ("Treatment with laquinimod within 5 weeks", "laquinimod", 1.15),
        ("Has taken rilfenadine in the past month", "rilfenadine", 1),
        ("Treated with shock waves within 6 months", "shock waves", 6),
        ("Uses quillaja extract", "quillaja extract", None),
        ("On lenvelimab", "lenvelimab", None),
    ],
)
def test_drugs_and_therapies_behind_a_verb_of_use(text: str, value: str, months: float | None) -> None:
    found = [(r.value, r.effect, r.window_months) for r in _of(text, "other_medication", "exclusion")]
    assert found == [(value, "exclude", months)]


def test_members_of_a_list_of_drugs() -> None:
    found = {
        (r.value, r.window_months)
        for r in _of("Taking fisetin, laquinimod or velacrine within 2 weeks", "other_medication", "exclusion")
    }
    assert found == {("fisetin", 0.46), ("laquinimod", 0.46), ("velacrine", 0.46)}


@pytest.mark.parametrize(
    "text",
    [
        "Use of a walking stick",
        "Uses a hearing aid within 3 months",
        "Use of the internet in the past month",
        "Resistant to treatment with velacrimab",
        "Allergy to velacrimab or use of contraceptives",
        "Received training within 2 weeks",
    ],
)
def test_other_things_in_use_are_no_drugs(text: str) -> None:
    assert _of(text, "other_medication", "exclusion") == []


@pytest.mark.parametrize(
    ("test", "value"),
    [
        ("gene sequencing", "genetic"),
        ("DNA testing", "genetic"),
        ("ultrasound of the nerve", "imaging"),
        ("a scan", "imaging"),
        ("a neurologist", "clinical_examination"),
        ("nerve studies", "nerve_conduction"),
        ("a lumbar puncture", "laboratory"),
    ],
)
@pytest.mark.parametrize("verb", ["confirmed by", "shown by", "proven by", "verified by", "documented by"])
def test_any_test_behind_a_verb_of_confirming(verb: str, test: str, value: str) -> None:
    assert value in {r.value for r in _of(f"Sciatica {verb} {test}", "diagnosis_confirmed")}


def test_a_test_of_something_else_confirms_no_diagnosis() -> None:
    assert _of("Neuropathy. Nobody with a fracture shown by a scan", "diagnosis_confirmed") == []


@pytest.mark.parametrize(
    "word", ["Agrees", "Promises", "Commits", "Undertakes", "Is willing", "Is prepared", "Is ready", "Accepts"]
)
@pytest.mark.parametrize(
    "what",
    [
        "take the powder twice a day",
        "wear the band every night",
        "be phoned once a month",
        "follow the diet",
        "come to the clinic every week",
        "stay in hospital for three nights",
        "keep a diary",
        "use the watch",
        "fill the pill box",
        "send a picture of the foot",
    ],
)  # fmt: skip
def test_whatever_a_person_promises_to_do(word: str, what: str) -> None:
    assert [(r.effect, r.value) for r in _of(f"{word} to {what}", "follow_up")] == [("require", "")]


@pytest.mark.parametrize(
    "text",
    [
        "Her doctor agrees to send the results",
        "The caregiver is willing to fill the pill box",
        "Agrees to be tested for HIV",
        "Agrees to use condoms",
        "Willing to sign the form",
    ],
)
def test_promises_of_others_and_of_other_rows(text: str) -> None:
    assert [r for r in _of(text, "follow_up") if "agree" in r.quote.lower() or "willing" in r.quote.lower()] == []


def test_circumstances_that_make_it_hard_to_come() -> None:
    found = _of("Home circumstances that make regular attendance doubtful", "follow_up", "exclusion")
    assert [r.effect for r in found] == ["require"]
    assert _of("A stable home situation", "follow_up") == []


@pytest.mark.parametrize(
    "text",
    [
        "Unwilling to lie in the scanner",
        "Refuses blood transfusion",
        "Does not want to have a skin biopsy",
        "Must not have an MRI",
        "Cannot undergo lumbar puncture",
        "Unable to have general anaesthesia",
        "Not able to lie flat for an hour",
    ],
)
def test_procedures_that_a_person_cannot_have(text: str) -> None:
    assert [r.effect for r in _of(text, "procedure_contraindication", "exclusion")] == ["exclude"]


@pytest.mark.parametrize(
    "text", ["Unable to walk without help", "The start must not be delayed by a biopsy", "Unwilling to give up smoking"]
)
def test_other_things_that_cannot_be_done(text: str) -> None:
    assert _of(text, "procedure_contraindication", "exclusion") == []


@pytest.mark.parametrize(
    ("text", "pattern", "months"),
    [
        ("Received intravenous velamine (e.g., dobra, noria) within 30 days", "other_medication", 1),
        ("4 weeks for etanercept", "immunosuppression", 0.92),
    ],
)
def test_times_behind_a_bracket_and_before_a_drug(text: str, pattern: str, months: float) -> None:
    assert [r.window_months for r in _of(text, pattern, "exclusion")] == [months]


def test_any_dose_that_was_stable() -> None:
    found = _of("The dose of 5-velamic acid (5-VA) must have been stable for at least 4 weeks", "stable_medication")
    assert [(r.window_months, r.direction) for r in found] == [(0.92, "lasting")]


def test_an_absent_reflex_does_not_deny_the_neuropathy() -> None:
    """ "absent" in front of a noun says something of the noun."""
    found = _of("Neuropathy evidenced by absent ankle reflexes", "neuropathy_type")
    assert [r.effect for r in found] == ["require"]
    assert [r.effect for r in _of("Neuropathy absent", "neuropathy_type")] == ["exclude"]
