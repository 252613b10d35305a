"""Invented criteria before one or two facts, by kind; every answer was reasoned by hand before it was run.

``conflict``: what is told violates the criterion, with no more than any clinician accepts without thinking. ``met``: it
satisfies it. ``open``: another fact, a judgement or a word that decides is missing. The sentences are nobody's: no
registry has them.
"""

# ruff: noqa: E501
from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from trialfinder.judge import Verdict, judge
from trialfinder.person.profile import Profile
from trialfinder.person.read_profile import read_facts
from trialfinder.reading.structure import criteria_tree
from trialfinder.study.read_study import read_study

TODAY = dt.date(2026, 11, 28)
HEADINGS = {"in": "Inclusion Criteria:", "ex": "Exclusion Criteria:"}
WORDS = {"conflict": "conflict", "possible": "open", "nothing_against": "met"}


def verdict(section: str, lines: list[str], facts: str) -> Verdict:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT90000009", "briefTitle": "An invented study"},
            "eligibilityModule": {"eligibilityCriteria": "\n\n".join([HEADINGS[section], *lines]), "sex": "ALL"},
        }
    }
    tables = tomllib.loads("\n".join(part.strip() for part in facts.split(";")))
    study = read_study(record)
    person = Profile(read_facts(tables, "test"))
    return judge(study, criteria_tree(study.eligibility_criteria), person, TODAY)


def answers_of(section: str, lines: list[str], facts: str) -> list[tuple[str, str]]:
    """The thing that each answer is about, and the answer."""
    return [(found.quote, found.word) for found in verdict(section, lines, facts).answers]


TABLE = """
# cancer: what an exception spares, and cures
ex | Any tumour in the past, except a squamous or basal cell carcinoma that was taken out completely | health.cancer = "active"; health.chemotherapy = "active" | conflict
ex | Any cancer unless it was cured | health.cancer = "active"; health.chemotherapy = "active" | conflict
ex | Any cancer unless it was cured | health.cancer = "past" | open
ex | Earlier cancer, except cancer that has been in remission for more than 5 years | health.cancer = "active"; health.chemotherapy = "active" | conflict
ex | Cancer that is not in remission | health.cancer = "active"; health.chemotherapy = "active" | conflict
ex | Cancer that is not in remission | health.cancer = "never" | met
ex | Cancer requiring treatment | health.cancer = "active"; health.chemotherapy = "active" | conflict
ex | Cancer requiring surgery | health.cancer = "active"; health.chemotherapy = "active" | open
ex | A malignant mass | health.cancer = "active"; health.chemotherapy = "active" | conflict
ex | Malignancy within the past 3 years | health.cancer = "past"; health.cancer_free_years = 2; health.chemotherapy = "completed" | conflict
ex | Malignancy within the past 3 years | health.cancer = "past"; health.cancer_free_years = 9 | met
ex | Malignancy within the past 3 years | health.cancer = "past" | open
ex | Breast cancer | health.cancer = "past" | open
ex | Breast cancer | health.cancer = "never" | met
ex | Breast cancer | health.cancer = "active"; health.cancer_kind = "breast cancer" | conflict
ex | Prostate cancer | person.sex = "female" | met
in | Free of cancer for at least 4 years | health.cancer = "past"; health.cancer_free_years = 1; health.chemotherapy = "completed" | conflict
in | Proven melanoma | health.cancer = "never" | conflict
in | Radiotherapy must have been completed 6 weeks before entry | health.cancer = "never" | open
in | Chemotherapy must have been completed 6 weeks before entry | health.cancer = "never"; health.chemotherapy = "never" | open
ex | Chemotherapy in the past 6 weeks | health.chemotherapy = "active"; health.cancer = "active" | conflict
ex | Chemotherapy in the past 6 weeks | health.chemotherapy = "never" | met

# infections
ex | Chronic hepatitis B | health.hepatitis_b = true | conflict
ex | Chronic hepatitis C infection | health.hepatitis_c = true | conflict
ex | Hepatitis B or C | health.hepatitis_c = true | conflict
ex | Infection with HIV, syphilis or tuberculosis | health.syphilis = true | conflict
ex | Infection with HIV, syphilis or tuberculosis | health.syphilis = false | open
ex | Infection with HIV, syphilis or tuberculosis | health.syphilis = false; health.hiv = false; health.tuberculosis = false | met
ex | Abscess of the liver | health.active_infection = true | open
ex | Active infection | health.active_infection = true | conflict
ex | Active infection | health.active_infection = false | met
ex | Infection of the planned site of injection | health.active_infection = true | open
ex | Acquired immune deficiency | health.hiv = true | conflict
ex | Latent tuberculosis | health.tuberculosis = true | open
ex | Household contacts who have tuberculosis | health.tuberculosis = true | open
in | HIV positive | health.hiv = false | conflict

# kidneys and liver
ex | Failure of the kidneys requiring dialysis | health.dialysis = true | conflict
ex | Kidney failure requiring dialysis | health.dialysis = true | conflict
ex | Kidney failure requiring dialysis | health.dialysis = false | met
ex | Kidney failure requiring dialysis | health.kidney_disease = true | open
ex | Severe kidney disease | health.kidney_disease = true | open
ex | Severe kidney disease | measurements.egfr = 12 | conflict
ex | Severe kidney disease | health.kidney_disease = false | met
ex | Abnormal liver function: bilirubin above 2.5 mg/dL | measurements.bilirubin_mg_dl = 5 | conflict
ex | Abnormal liver function: bilirubin above 2.5 mg/dL | measurements.bilirubin_mg_dl = 0.7 | met
ex | Liver cirrhosis | health.diagnoses = ["cirrhosis of the liver"] | conflict
ex | Liver cirrhosis | health.liver_disease = true | open
ex | Liver cirrhosis | health.liver_disease = false | met
ex | Disease of the liver or of the kidneys | health.diagnoses = ["cirrhosis"] | conflict
ex | eGFR below 40 | measurements.egfr = 39 | conflict
ex | eGFR below 40 | measurements.egfr = 40 | met
in | Creatinine of at most 1.6 mg/dL | measurements.creatinine_mg_dl = 2.4 | conflict

# heart, vessels, lungs
ex | Heart disease | health.heart_disease = true | conflict
ex | Unstable angina | health.heart_disease = true | open
ex | Unstable angina | health.heart_disease = false | met
ex | Heart disease (NYHA III or IV) | health.heart_disease = true | open
ex | Heart disease (NYHA III or IV) | health.heart_disease = false | met
ex | Rhythm disorder of the heart | health.diagnoses = ["atrial fibrillation"] | conflict
ex | Arrhythmia or heart failure | health.diagnoses = ["atrial fibrillation"] | conflict
ex | Valvular heart disease | health.diagnoses = ["severe aortic stenosis"] | conflict
ex | Valvular heart disease | health.diagnoses = ["atrial fibrillation"] | open
ex | Ischemic heart disease | health.diagnoses = ["coronary artery disease"] | conflict
ex | Obstructive lung disease | health.diagnoses = ["COPD"] | conflict
ex | Obstructive lung disease | health.lung_disease = true | open
ex | Lung disease | health.diagnoses = ["asthma"] | conflict
ex | Deep vein thrombosis or pulmonary embolism | health.thrombosis = true | conflict
ex | DVT or PE | health.thrombosis = true | conflict
ex | DVT | health.thrombosis = true | open
ex | DVT or PE within the past 6 months | health.thrombosis = true | open
ex | DVT or PE | health.thrombosis = false | met
ex | Heart attack in the past 6 months | health.heart_attack_months_ago = 3 | conflict
ex | Heart attack in the past 6 months | health.heart_attack_months_ago = 8 | met
ex | Heart attack in the past 6 months | health.heart_disease = true | open
ex | Systolic blood pressure above 170 mmHg | measurements.systolic = 186 | conflict
ex | Any abnormal vital sign | measurements.systolic = 194 | conflict
ex | Any abnormal vital sign | measurements.systolic = 124 | open
ex | Stroke | health.stroke = true | conflict
ex | Stroke in the past year | health.stroke = true | open
ex | Stroke in the past year | health.stroke = false | met
ex | Blood pressure of more than 160/95 mmHg | measurements.diastolic = 101 | conflict

# minds and nerves
ex | Psychotic disorder | health.diagnoses = ["schizophrenia"] | conflict
ex | Psychotic disorder | health.psychiatric = true | open
ex | Psychotic disorder | health.psychiatric = false | met
ex | Mood disorder | health.diagnoses = ["bipolar disorder"] | conflict
ex | Movement disorder | health.neurological_other = ["Parkinson's disease"] | conflict
ex | Neurodegenerative disease | health.diagnoses = ["Huntington's disease"] | conflict
ex | Seizures | health.neurological_other = ["epilepsy"] | conflict
ex | A seizure within the past year | health.neurological_other = ["epilepsy"] | open
ex | Demyelinating disease | health.neurological_other = ["multiple sclerosis"] | conflict
ex | Muscle disease | health.neurological_other = ["epilepsy"] | open
ex | Dementia | health.neurological_other = [] | met
ex | Grade 2 or higher peripheral neuropathy | neuropathy.types = ["alcohol"] | open
ex | Grade 3 or worse neuropathy | neuropathy.types = ["diabetic"] | open
in | No neuropathy greater than grade 1 | neuropathy.types = ["hereditary"] | open

# immunity and blood
ex | Any autoimmune disease except vitiligo | health.autoimmune = ["vitiligo"] | open
ex | Any autoimmune disease except vitiligo | health.autoimmune = ["vitiligo", "lupus"] | conflict
ex | Any autoimmune disease except vitiligo | health.autoimmune = ["lupus"] | conflict
ex | Connective tissue disease | health.autoimmune = ["scleroderma"] | conflict
ex | Connective tissue disease | health.autoimmune = ["Crohn's disease"] | open
ex | Rheumatoid arthritis | health.autoimmune = ["lupus"] | open
ex | Rheumatoid arthritis | health.autoimmune = [] | met
ex | Bleeding disorder | health.diagnoses = ["haemophilia A"] | conflict
ex | Bleeding of the stomach | health.bleeding_disorder = true | open
in | Coagulation within the normal range | health.bleeding_disorder = false | open
in | Adequate coagulation | health.bleeding_disorder = false | open
ex | Platelets below 90 x 10^9/L | measurements.platelets = 61 | conflict
ex | Haemoglobin below 9 g/dL | measurements.hemoglobin_g_dl = 10.2 | met
in | White blood cells above 3 x 10^9/L | measurements.white_cells = 1.9 | conflict

# drugs by name, brand and class
ex | Coumadin | treatment.medications = ["warfarin"] | conflict
ex | Warfarin | treatment.medications = ["Coumadin 5 mg"] | conflict
ex | Vitamin K antagonists | treatment.medications = ["apixaban"] | open
ex | Vitamin K antagonists | treatment.medications = [] | met
ex | Oral anticoagulants | treatment.medications = ["Eliquis"] | conflict
ex | Antiplatelet drugs other than aspirin | treatment.medications = ["aspirin"] | open
ex | Antiplatelet drugs other than aspirin | treatment.medications = ["aspirin", "clopidogrel"] | conflict
ex | Anticoagulants except heparin | treatment.medications = ["warfarin"] | conflict
ex | Anticoagulants except heparin | treatment.medications = ["heparin"] | open
ex | Anticoagulants (aspirin is allowed) | treatment.medications = ["aspirin", "apixaban"] | conflict
ex | Strong inhibitors of CYP3A4 | treatment.medications = ["ritonavir"] | conflict
ex | Strong inducers of CYP3A4 | treatment.medications = ["carbamazepine"] | conflict
ex | Strong inducers of CYP3A4 | treatment.medications = ["ritonavir"] | open
ex | Strong inhibitors or inducers of CYP3A4 | treatment.medications = ["carbamazepine"] | conflict
ex | ACE inhibitors | treatment.medications = ["lisinopril"] | conflict
ex | Beta blockers | treatment.medications = ["bisoprolol"] | conflict
ex | Diuretics | treatment.medications = ["furosemide"] | conflict
ex | Diuretics | treatment.medications = ["lisinopril"] | open
ex | GLP-1 receptor agonists | treatment.medications = ["Ozempic"] | conflict
ex | SGLT2 inhibitors | treatment.medications = ["metformin"] | open
ex | Oral hypoglycemic agents | treatment.medications = ["metformin"] | conflict
ex | Statins | treatment.medications = ["Lipitor"] | conflict
ex | Proton pump inhibitors | treatment.medications = ["omeprazole"] | conflict
ex | Systemic corticosteroids | treatment.medications = ["prednisone"] | conflict
ex | Corticosteroids (oral or systemic) in the past 8 weeks | treatment.medications = ["prednisone"] | conflict
ex | Topical corticosteroids | treatment.medications = ["prednisone"] | open
ex | Prednisone of more than 15 mg a day | treatment.medications = ["prednisone"] | open
ex | Immunosuppressants that cannot be stopped | treatment.medications = ["azathioprine"] | open
ex | Immunosuppressants | treatment.medications = ["azathioprine"] | conflict
ex | Any prescription medication | treatment.medications = ["metformin"] | conflict
ex | Any prescription medication | treatment.medications = [] | met
ex | Any prescription medication that slows the heart | treatment.medications = ["metformin"] | open
ex | Opioids | treatment.opioids = true | conflict
ex | Opioids | treatment.medications = ["Percocet"] | conflict
ex | Opioids of more than 80 MME a day | treatment.opioid_mme_per_day = 100 | conflict
ex | Opioids of more than 80 MME a day | treatment.opioid_mme_per_day = 40 | met
ex | Opioids of more than 80 MME a day | treatment.opioids = true | open
ex | Opioid dose of at least 50 mg morphine equivalents per day | treatment.opioid_mme_per_day = 50 | conflict
in | Daily opioid dose below 60 morphine milligram equivalents | treatment.opioid_mme_per_day = 90 | conflict
ex | Smokers of more than 15 cigarettes a day | health.cigarettes_per_day = 20 | conflict
ex | Smokers of more than 15 cigarettes a day | health.cigarettes_per_day = 5 | met
ex | Smokers of more than 15 cigarettes a day | health.smoker = true | open
ex | Smokers of more than 15 cigarettes a day | health.smoker = false | met
ex | Smokers (> 10 cigarettes/day) | health.cigarettes_per_day = 4 | met
ex | Smoking at least one pack per day | health.cigarettes_per_day = 25 | conflict
ex | Smoking | health.cigarettes_per_day = 3 | conflict
ex | More than 20 pack-years | health.cigarettes_per_day = 30 | open
ex | Allergy to penicillin | treatment.allergies = ["penicillin"] | conflict
ex | Allergy to penicillin | treatment.allergies = ["latex"] | open
ex | Allergy to penicillin | treatment.allergies = [] | met
ex | Allergy to dimethyl sulfoxide | treatment.allergies = ["DMSO"] | conflict

# the person: consent, help, visits
in | Gives informed consent | person.can_consent = false | conflict
in | Informed consent of the patient or a legal representative | person.can_consent = false | open
in | Written consent by the patient or the family | person.can_consent = false | open
in | Able to read and write | person.can_read_write = false | conflict
in | Able to read and write | person.can_read_write = true | met
ex | Illiterate | person.can_read_write = false | conflict
ex | Unable to read and write | person.can_read_write = false | conflict
ex | Unable to read and write | person.can_read_write = true | met
in | Has a carer | person.has_carer = false | conflict
in | Must have a caregiver who comes to every visit | person.has_carer = false | conflict
ex | No caregiver | person.has_carer = false | conflict
ex | Lack of a caregiver | person.has_carer = true | met
in | Access to a telephone | person.has_phone = false | conflict
ex | No telephone | person.has_phone = false | conflict
ex | Without a telephone | person.has_phone = true | met
in | Able to come to all visits | person.can_attend_follow_up = false | conflict
in | Keeps a diary | person.can_attend_follow_up = false | open
in | Intends to carry the pregnancy to term | person.pregnant = true | open
ex | Pregnant | person.pregnant = true | conflict
ex | Pregnant or breast-feeding women | person.sex = "male" | met
ex | Not willing to use contraception | person.sex = "female"; person.can_become_pregnant = false | met
in | Women of childbearing potential must use contraception | person.sex = "male" | met
in | Are at least 15 years old (a parent must agree if under 18) | person.age = 44 | open
in | Aged 18 to 70 years | person.age = 75 | conflict
ex | Below 18 years of age | person.age = 17 | conflict

# studies, operations, cells
ex | Takes part in another study | treatment.in_other_trial = true | conflict
ex | Takes part in another study | treatment.in_other_trial = false | met
ex | Another study in the past 3 months | treatment.last_trial_ended_months_ago = 1 | conflict
ex | Another study in the past 3 months | treatment.in_other_trial = false; treatment.last_trial_ended_months_ago = 14 | met
ex | An investigational drug in the past 2 months | treatment.in_other_trial = true | open
in | At least 8 weeks since any major surgery | treatment.last_surgery_months_ago = 0.5 | open
in | At least 8 weeks since any major surgery | treatment.last_surgery_months_ago = 7 | met
ex | Surgery in the past 3 months | treatment.last_surgery_months_ago = 1 | conflict
ex | Surgery of the knee in the past 3 months | treatment.last_surgery_months_ago = 1 | open
ex | Stem cell therapy | treatment.prior_cell_therapy = true | conflict
ex | Stem cell therapy of the knee | treatment.prior_cell_therapy = true | open
ex | Contraindication to MRI | treatment.mri_possible = false | conflict
ex | Kidney transplant | health.organ_transplant = true | open
ex | Organ transplant | health.organ_transplant = true | conflict

# diabetes
ex | Diabetes | diabetes.type = "type2" | conflict
ex | Type 1 diabetes | diabetes.type = "type2" | met
in | Patients with diabetes must have an HbA1c below 9.5 % | diabetes.type = "type2"; diabetes.hba1c = 11 | conflict
in | Patients with diabetes must have an HbA1c below 9.5 % | diabetes.type = "type1"; diabetes.hba1c = 8 | met
in | Patients with diabetes must have an HbA1c below 9.5 % | diabetes.type = "none" | met
ex | HbA1c > 10 % if diabetic | diabetes.type = "none" | met
ex | Severe diabetes mellitus and evidence of vessel disease | diabetes.type = "type1" | open
ex | Foot ulcer | diabetes.foot_ulcer = true | conflict
in | Pyoderma gangrenosum | diabetes.foot_ulcer = false | open
in | Diabetic foot ulcer | diabetes.type = "none" | conflict
in | Body mass index between 19 and 38 | measurements.bmi = 42 | conflict
ex | Morbid obesity | measurements.bmi = 44 | conflict
ex | Ankle brachial index below 0.6 | measurements.abi = 0.45 | conflict

# words that name a drug, a limit or both sexes only
ex | Treatment with insulin, wild yam or meglitinides | treatment.medications = ["insulin glargine"] | conflict
ex | Using drugs that disturb the test (antidepressants, anticonvulsants, wild yam) | treatment.medications = ["duloxetine"] | conflict
ex | Using drugs that disturb the test (antidepressants, anticonvulsants, wild yam) | treatment.medications = ["metformin"] | open
ex | Treatment with chemotherapy within 20 days of the first visit | health.chemotherapy = "active"; health.cancer = "active" | conflict
ex | Hypertension (e.g. systolic > 175 mmHg) | measurements.systolic = 190 | conflict
ex | Hypertension (e.g. systolic > 175 mmHg) | measurements.systolic = 150 | open
in | Men and women | person.sex = "female" | met
in | Men and women | person.age = 40 | met
ex | Sickle cell disease | measurements.hemoglobin_g_dl = 8 | open
ex | Bleeding disorder, untreated | health.bleeding_disorder = true | open
ex | Steroid or other infiltration in the past 2 months | treatment.medications = ["prednisone"] | open
ex | Planned participation in another study | treatment.in_other_trial = true | open

# forms met while 150 more criteria were looked through
ex | Positive for hepatitis B virus, hepatitis C virus or HIV | health.hepatitis_c = true | conflict
ex | Hepatitis B, C or HIV in the past | health.hepatitis_b = true | conflict
ex | Impaired function of the kidneys or impaired renal function | health.dialysis = true | conflict
in | Normal renal function | health.dialysis = true | conflict
ex | Proliferative or severe non-proliferative retinopathy | diabetes.proliferative_retinopathy = true | conflict
ex | Diabetes mellitus requiring daily insulin injections | diabetes.type = "type1" | conflict
ex | Diabetes mellitus requiring daily insulin injections | diabetes.type = "type2" | open
in | Written consent by a substitute decision maker | person.can_consent = false | open
in | Either sex | person.sex = "male" | met
in | Either sex | person.age = 61 | met
in | A foot ulcer, if there is one, is stable for 2 weeks | diabetes.foot_ulcer = false | met
in | A foot ulcer, if there is one, is stable for 2 weeks | diabetes.foot_ulcer = true | open
in | Retinopathy, if present, needs no laser | diabetes.proliferative_retinopathy = true | open
in | Anticoagulants, if used, at the same dose for a month | treatment.anticoagulant = false | met
ex | Cancer, if any, in remission | health.cancer = "never" | met
in | Diabetes diagnosed when the patient was over 30 | diabetes.type = "type2" | open
in | Neuropathy that started when diabetes was found or afterwards | neuropathy.types = ["diabetic"] | open
ex | Anaemia (haemoglobin below 8 g/dL) in the test at screening | measurements.hemoglobin_g_dl = 7 | conflict
ex | Anaemia (haemoglobin below 8 g/dL) in the test at screening | measurements.hemoglobin_g_dl = 9 | met
ex | Haemoglobin below 8 g/dL for group A | measurements.hemoglobin_g_dl = 7 | open
in | Uses contraception as long as they take part in the trial | person.uses_contraception = true | met
in | Uses contraception as long as the partner is fertile | person.uses_contraception = true | open
in | Sex: all | person.age = 61 | met
in | All genders eligible | person.age = 61 | met
in | Women | person.age = 61 | open

# lists: one that is told decides, one denied does not
ex | Gout, stroke, or a wasting syndrome of the Kalmyk kind | health.stroke = true | conflict
ex | Gout, stroke, or a wasting syndrome of the Kalmyk kind | health.stroke = false | open
in | No stroke, no cancer and no wasting syndrome | health.stroke = true | conflict
in | No serious illness, such as stroke, lupus or heart disease | health.stroke = true | conflict
in | No contraindication to giving cells (i.e. stroke, active cancer) | health.cancer = "past" | open
in | Bony arthritis, rheumatoid arthritis or another disease that needs an operation of the heel | health.autoimmune = [] | open
in | Treated with a drug such as paracetamol, tramadol or an NSAID | treatment.opioids = false | open
in | Age 20 to 60 years and a herniated disc of the neck | person.age = 71 | conflict

# words around a thing that make it less than its name says
ex | Lung disease (emphysema or pulmonary fibrosis) | health.lung_disease = true | open
ex | Lung disease (emphysema or pulmonary fibrosis) | health.lung_disease = false | met
ex | Lung disease (e.g. emphysema or pulmonary fibrosis) | health.lung_disease = true | conflict
ex | Uncontrolled hypertension (systolic blood pressure above 180 mmHg on two drugs) | health.hypertension_uncontrolled = true | open
ex | Infection in the knee joint | health.active_infection = true | open
ex | Infection or swelling around the ankle | health.active_infection = true | open
ex | Infection in the knee joint | health.active_infection = false | met
ex | Infection at the time of screening | health.active_infection = true | conflict
ex | Changes of the throat such as nodes, carcinoma or cysts | health.cancer = "active" | open
in | No redness at the site of surgery | treatment.last_surgery_months_ago = 1 | open
ex | Takes tablets for diabetes | diabetes.type = "type2" | open
ex | On treatment for tuberculosis | health.tuberculosis = true | conflict
ex | Fluconazole, valaciclovir or rifampicin for prevention | treatment.medications = ["valaciclovir"] | open
ex | Fluconazole, valaciclovir or rifampicin | treatment.medications = ["valaciclovir"] | conflict
ex | Long-term steroids | treatment.medications = ["prednisone"] | open
ex | Chronic anticoagulation | treatment.anticoagulant = true | conflict
ex | Systemic steroids | treatment.medications = ["prednisone"] | conflict
ex | Severe psychosis or untreated bipolar disorder | health.diagnoses = ["bipolar disorder"] | open
ex | Hepatitis B or C or HIV. Cured hepatitis C is permitted when no virus is found | health.hepatitis_c = true | open
ex | Hepatitis B or C or HIV. Cured hepatitis C is permitted when no virus is found | health.hiv = true | conflict
in | Part B: no earlier chemotherapy | health.chemotherapy = "completed" | open
in | No prior chemotherapy | health.chemotherapy = "completed" | conflict
in | No neuropathy of grade 3 or higher from earlier chemotherapy | neuropathy.types = ["chemotherapy_induced"]; neuropathy.stage = "mild" | met
in | No neuropathy of grade 3 or higher from earlier chemotherapy | neuropathy.types = ["chemotherapy_induced"]; neuropathy.stage = "severe" | conflict
in | No neuropathy of grade IV from earlier chemotherapy | neuropathy.types = ["chemotherapy_induced"] | open
in | Type 1 diabetes confirmed by signs/course and a low C-peptide | diabetes.type = "type2" | conflict
in | Type 1 diabetes confirmed by signs/course and a low C-peptide | diabetes.type = "type1" | open
ex | Persistent platelet counts below 90 x 10^9/L | measurements.platelets = 70 | open
ex | Platelets below 90 x 10^9/L | measurements.platelets = 70 | conflict
ex | Users of tobacco products | health.smoker = false | open
ex | Smokers or tobacco users | health.smoker = true | conflict
ex | Cigarette smokers | health.smoker = false | met
ex | Deformity of the spine | neuropathy.spine_deformity_or_instability = true | open
ex | Deformity or instability of the spine | neuropathy.spine_deformity_or_instability = true | conflict
ex | Deformity of the spine | neuropathy.spine_deformity_or_instability = false | met
ex | Pregnant in the third trimester | person.pregnant = true | open
ex | Pregnant in the third trimester | person.pregnant = false | met
ex | In another interventional trial at the same time | treatment.in_other_trial = true | conflict
ex | In another clinical trial | treatment.in_other_trial = true | conflict
in | Marfan syndrome patients are not eligible | health.diagnoses = ["Marfan syndrome"] | conflict
in | Persons with gout will be excluded | health.diagnoses = ["gout"] | conflict
in | Marfan syndrome | health.diagnoses = ["Marfan syndrome"] | met
ex | Any infection other than HIV | health.hiv = true | open
ex | Any infection other than HIV | health.hiv = true; health.active_infection = false | met
in | Injects street drugs | health.substance_abuse = false | open
"""
ROWS = [
    tuple(cell.strip() for cell in line.split("|")) for line in TABLE.splitlines() if line.strip() and line[0] != "#"
]


@pytest.mark.parametrize(("section", "criterion", "facts", "expected"), ROWS, ids=[" ".join(row[:3]) for row in ROWS])
def test_an_invented_criterion_is_answered_as_by_hand(section: str, criterion: str, facts: str, expected: str) -> None:
    assert WORDS[verdict(section, [f"* {criterion}"], facts).verdict] == expected


def test_there_are_enough_of_every_answer() -> None:
    found = [row[3] for row in ROWS]
    assert len(ROWS) >= 200
    assert min(found.count(word) for word in WORDS.values()) >= 40
