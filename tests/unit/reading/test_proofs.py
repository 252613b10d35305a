"""An illness, a word of proving and a test or a standard in one clause say how a diagnosis must be proven."""

from __future__ import annotations

import pytest

from trialfinder.reading.structure import read_text

HEADINGS = {"inclusion": "Inclusion Criteria:", "exclusion": "Exclusion Criteria:"}


def proofs(text: str, section: str = "inclusion") -> set[tuple[str, str]]:
    """Effect and value of what is read of a proof in one criterion of a study of neuropathy."""
    whole = f"Inclusion Criteria:\n\n* Peripheral neuropathy\n\n{HEADINGS[section]}\n\n* {text}"
    found = (r for item in read_text(whole).items[1:] for r in item.readings)
    return {(str(r.effect), r.value) for r in found if r.pattern == "diagnosis_confirmed"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Neurography has to bear out the entrapment", "nerve_conduction"),
        ("Documentation of the nerve lesion by sonography", "imaging"),
        ("Sciatica whose origin is evident on magnetic resonance pictures", "imaging"),
        ("EMG in keeping with a root lesion", "electromyography"),
        ("Slowed conduction velocities of the tibial nerve", "nerve_conduction"),
        ("A gene defect proven by sequencing explains the neuropathy", "genetic"),
        ("CMT with a known duplication shown by DNA analysis", "genetic"),
        ("Small-fibre neuropathy with lowered fibre density in a skin punch", "skin_biopsy"),
        ("Tunnel syndrome, electrophysiologically verified", "nerve_conduction"),
        ("Antibodies were positive, proving the inflammatory neuropathy", "laboratory"),
        ("Imaging that shows the nerve root under pressure", "imaging"),
        ("Ultrasound demonstrates a swollen median nerve with entrapment", "imaging"),
        ("Symptoms that match the scan", "imaging"),
        ("Neuropathy of the feet, secured by at least one instrumental test", ""),
        ("Diagnosis made by a neurologist", "clinical_examination"),
        ("Diagnosis of the syndrome agreed by two doctors", "clinical_examination"),
        ("Two specialists independently agreed on the diagnosis", "clinical_examination"),
        ("Polyneuropathy in the sense of the Velden 2012 consensus", "criteria"),
        ("Parkinson's disease that meets the Brain Bank standard", "criteria"),
        ("Cramp disorder satisfying ICHD-3 definitions", "criteria"),
        ("Multiple sclerosis as per McDonald", "criteria"),
    ],
)
def test_an_illness_that_is_proven(text: str, value: str) -> None:
    assert ("require", value) in proofs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Neuropathy without confirmation by nerve studies",
        "The diagnosis is not backed by tests",
        "Neuropathy that has not been proven electrophysiologically",
        "Lack of objective proof of the neuropathy",
        "Clinical diagnosis never verified",
    ],
)
def test_a_diagnosis_that_is_not_proven_bars(text: str) -> None:
    assert {effect for effect, _ in proofs(text, "exclusion")} == {"require"}


@pytest.mark.parametrize(
    "text",
    [
        "MRI to rule out a tumour",
        "No signs of infection on examination",
        "Two active lesions on MRI in the last year",
        "Ejection fraction above 45 % shown by echocardiography",
        "Negative pregnancy test confirmed by blood test",
        "Lung cancer proven by biopsy",
        "Willing to have nerve conduction studies",
        "Stable dose of medication documented by diary",
        "Normal kidney function according to the laboratory",
        "Adverse events graded according to CTCAE 5",
        "Hepatitis B proven by serology",
        "Pain of at least 4 according to the Visual Analogue Scale",
        "Written consent documented by the physician",
        "No evidence of another nerve disease on examination",
        "Heart disease shown by ECG",
        "Understanding of the disease as judged by the doctor",
        "Not eligible for standard care because of a nerve lesion",
        "Multiple sclerosis diagnosed for at least six months before the study",
    ],
)
def test_a_test_that_proves_no_illness_of_the_nerves(text: str) -> None:
    assert proofs(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "No evidence of neuropathy on examination",
        "Spinal stenosis confirmed by MRI",
        "Neuropathy from alcohol established by history",
        "Epilepsy not controlled by drugs",
        "Without consent of the physician",
        "Diabetes not treated with insulin",
        "Lesions not documented to be harmless",
    ],
)
def test_an_illness_that_bars_needs_no_proof(text: str) -> None:
    assert proofs(text, "exclusion") == set()
