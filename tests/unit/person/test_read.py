"""Reading a profile: units, exact errors, and no value in any message."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from trialfinder.errors import InputError
from trialfinder.person import Profile, check, dumps, load, save, schema, show
from trialfinder.person.profile_schema import read_schema, spellings
from trialfinder.person.read_profile import read_facts

TODAY = dt.date(2026, 11, 20)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "me.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("[diabetes]\nhba1c_mmol_mol = 66", "diabetes.hba1c", 8.189),
        ("[diabetes]\nfasting_glucose_mmol_l = 7", "diabetes.fasting_glucose_mg_dl", 126.112),
        ("[measurements]\ncreatinine_umol_l = 88.4", "measurements.creatinine_mg_dl", 1.0),
        ("[measurements]\nhemoglobin_g_l = 139", "measurements.hemoglobin_g_dl", 13.9),
        ("[measurements]\nbilirubin_umol_l = 17.1", "measurements.bilirubin_mg_dl", 1.0),
        ("[diabetes]\nhba1c = 8.2\nhba1c_mmol_mol = 66", "diabetes.hba1c", 8.2),
    ],
)
def test_other_units_are_converted(tmp_path: Path, text: str, key: str, value: float) -> None:
    assert load(written(tmp_path, text)).get(key) == pytest.approx(value, abs=1e-9)


def test_what_a_person_does_not_know_is_left_out_of_a_file_too(tmp_path: Path) -> None:
    text = """[diabetes]\nhba1c = "I don't know"\n[health]\nhiv = "unknown"\ncancer_kind = "not sure"\n"""
    text += """diagnoses = ["gout", "not sure"]\nautoimmune = ["I do not know"]\n"""
    assert load(written(tmp_path, text)).facts() == {"health.diagnoses": ("gout",)}, "and never an empty list: none"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[diabetes]\nhba1 = 8.2", "unknown key 'diabetes.hba1'; nearest: diabetes.hba1c"),
        ("[diabtes]\nhba1c = 8.2", "unknown table or key 'diabtes'; nearest: [diabetes]"),
        ("aeg = 45", "unknown table or key 'aeg'; nearest: person.age, on a line below [person]"),
        ('sexx = "male"', "unknown table or key 'sexx'; nearest: person.sex, on a line below [person]"),
        (
            "[history]\nhba1c = 8.2",
            "unknown table or key 'history'; the tables are [person], [neuropathy], [diabetes], [measurements], "
            "[health], [treatment]; hba1c below [diabetes]",
        ),
        ("[health]\nhba1c = 8.2", "unknown key 'health.hba1c'; nearest: diabetes.hba1c"),
        (
            "[diabetes]\nhba1c = 'high'",
            "diabetes.hba1c: expected a number (percent; with another unit write it: mmol/mol)",
        ),
        ("[diabetes]\nhba1c = true", "diabetes.hba1c: expected a number (percent;"),
        ("[diabetes]\nhba1c = 66.0", "diabetes.hba1c: cannot be true; expected 3 to 20 (percent)"),
        (
            "[diabetes]\nhba1c_mmol_mol = 6.6",
            "diabetes.hba1c_mmol_mol: cannot be true; expected 9.29 to 195.1 (mmol/mol)",
        ),
        ("[diabetes]\nhba1c = nan", "diabetes.hba1c: expected a number (percent;"),
        (
            "[neuropathy]\nfibers = 'small'",
            "autonomic, mixed; that answers neuropathy.types",
        ),
        ("[person]\nsex = 'mail'", "person.sex: not one of female, male; nearest: male"),
        ("[health]\nhiv = 'sort of'", "health.hiv: expected yes or no alone (leave it out when you do not know)"),
        ("[neuropathy]\ntypes = 5", 'neuropathy.types: expected a list, such as ["diabetic"]'),
        ("[neuropathy]\nsymptoms_since = 'springtime'", 'expected a date, such as "2023", "2023-05", "May 2023"'),
        ("[neuropathy]\nscores = { TCSS = 'high' }", "expected scales with points, such as { TCSS = 11 }"),
        (
            "[diabetes]\nhba1c = 8.2\nhba1c_mmol_mol = 90",
            "diabetes.hba1c and diabetes.hba1c_mmol_mol say different things",
        ),
        ("[person]\nage = 58\nbirth_year = 1950", "person.age and person.birth_year say different things"),
        (
            "[neuropathy]\nduration_months = 36\nsymptoms_since = '2026-01'",
            "neuropathy.duration_months and neuropathy.symptoms_since say different things",
        ),
        ("[neuropathy]\nsymptoms_since = '2027-01'", "neuropathy.symptoms_since: lies in the future"),
        ("[health]\nchemotherapy_ended = 2026-12-24", "health.chemotherapy_ended: lies in the future"),
        ("[treatment]\nmedications = 'none, metformin'", '"none" stands beside other names'),
        ("age = 58", "unknown table or key 'age'"),
        ("person = 5", "person: expected a table, written as [person]"),
        ("[treatment]\nmedications = ['a', '']", "[] means none"),
    ],
)
def test_errors_name_the_file_the_key_and_the_way_out(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError) as caught:
        load(path, today=TODAY)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    path.write_bytes(b"\xef\xbb\xbf[person]\r\nage = 58\r\n")
    assert load(path).get("person.age") == 58.0


def test_check_tells_everything_that_is_wrong_at_once(tmp_path: Path) -> None:
    text = "[person]\nage = 999\nsexx = 'f'\n[diabtes]\ntype = 2\n[neuropathy]\nsymptoms_since = '2031'"
    path = written(tmp_path, text)
    with pytest.raises(InputError) as caught:
        check(path, today=TODAY)
    assert str(caught.value) == f"{path}: 4 things are wrong"
    assert [told.split(";")[0] for told in caught.value.suggestions] == [
        "person.age: cannot be true",
        "unknown key 'person.sexx'",
        "unknown table or key 'diabtes'",
        "neuropathy.symptoms_since: lies in the future",
    ]
    with pytest.raises(InputError, match=r"person\.age: cannot be true") as first:
        load(path, today=TODAY)
    assert first.value.suggestions == (f"3 more: trialfinder profile check {path}",)


def test_check_tells_where_a_named_illness_does_not_go_with_an_answer(tmp_path: Path) -> None:
    lines = check(written(tmp_path, "[health]\nheart_disease = false\ndiagnoses = ['angina']"), today=TODAY)
    assert lines[1] == "health.heart_disease does not go with another answer, so it counts as unknown"


def test_age_and_birth_year_may_differ_by_the_birthday(tmp_path: Path) -> None:
    for age in (57, 58):
        assert (
            load(written(tmp_path, f"[person]\nage = {age}\nbirth_year = 1968"), today=TODAY).get("person.age") == age
        )


def test_a_toml_date_is_a_date(tmp_path: Path) -> None:
    profile = load(written(tmp_path, "[health]\nchemotherapy_ended = 2018-04-12"))
    assert str(profile.get("health.chemotherapy_ended")) == "2018-04-12"


def _canary(key: str) -> Any:
    """A value of the wrong type or range that would be noticed in a message."""
    fact = spellings()[key][0]
    return {
        "number": 987654321.5,
        "flag": "canary-zebra",
        "choice": "canary-zebra",
        "choices": ["canary-zebra"],
        "names": [987654321.5],
        "text": 987654321.5,
        "date": "canary-zebra",
        "scores": "canary-zebra",
    }[fact.type]


@pytest.mark.parametrize("key", sorted(spellings()))
def test_no_message_repeats_a_value(key: str) -> None:
    table, _, name = key.partition(".")
    with pytest.raises(InputError) as caught:
        read_facts({table: {name: _canary(key)}}, "me.toml")
    assert "canary" not in str(caught.value)
    assert "987654321" not in str(caught.value)
    assert key in str(caught.value)


def test_saved_profiles_come_back_the_same(tmp_path: Path) -> None:
    tables = {
        "person": {"age": 58, "sex": "male", "place": 'Atlanta, "GA" \\ ü\x7f'},
        "neuropathy": {
            "types": ["diabetic"],
            "scores": {"NIS-LL": 7.5},
            "symptoms_since": "2023-05",
            "other_causes": [],
        },
        "health": {"hiv": False, "cancer": "never"},
        "diabetes": {"hba1c": 8.2},
    }
    profile = Profile(read_facts(tables, "test"))
    path = tmp_path / "new" / "me.toml"
    save(profile, path)
    assert load(path).facts() == profile.facts()
    assert path.stat().st_mode & 0o077 == 0, "only the owner may read it"
    assert list(path.parent.iterdir()) == [path], "no half-written file is left"


def test_an_empty_profile_is_an_empty_file_and_back(tmp_path: Path) -> None:
    assert dumps(Profile()) == ""
    assert len(load(written(tmp_path, ""))) == 0


def test_repr_never_shows_a_value() -> None:
    assert repr(Profile({"person.place": "Zebra Town"})) == "<Profile with 1 facts>"


def test_check_counts_and_names_what_is_left_out(tmp_path: Path) -> None:
    lines = check(written(tmp_path, "[person]\nage = 58"), today=TODAY)
    assert "good; 1 fact told" in lines[0]
    assert lines[1] == 'left out (unknown, never "no"):'
    by_table = {line.split("]")[0].strip(" ["): line for line in lines[2:]}
    assert "hba1c" in by_table["diabetes"]
    assert "egfr (kidney function (eGFR))" in by_table["measurements"], "the key, and what it is"
    assert "cancer," in by_table["health"]
    assert " age" not in by_table["person"]
    assert "pregnant" not in by_table["person"], "asked only of women"


def test_show_speaks_in_words() -> None:
    tables = {
        "diabetes": {"hba1c": 8.2, "type": "type2"},
        "person": {"age": 58, "can_consent": True, "travel_km": 300},
        "neuropathy": {"types": ["diabetic"], "duration_months": 36, "scores": {"TCSS": 11}, "other_causes": []},
    }
    assert show(Profile(read_facts(tables, "t"))) == [
        "You",
        "  age: 58 years",
        "  can travel: 300 km (186 miles)",
        "  decides for themself: yes",
        "",
        "Your nerve condition",
        "  kind of neuropathy: diabetic neuropathy",
        "  symptoms for: 3 years",
        "  points on scales: TCSS 11",
        "  other causes of neuropathy: none",
        "",
        "Diabetes",
        "  diabetes: type 2",
        "  HbA1c: 8.2%",
    ]
    assert show(Profile()) == ["nothing told yet"]


def test_every_key_of_the_contract_is_known() -> None:
    contract = (
        "person.age person.birth_year person.latitude person.travel_km neuropathy.symptoms_since "
        "diabetes.hba1c_mmol_mol "
        "diabetes.fasting_glucose_mmol_l measurements.creatinine_umol_l measurements.hemoglobin_g_l "
        "health.cancer_free_years "
        "person.can_read_write person.has_carer person.has_phone health.diagnoses health.cancer_kind "
        "health.cigarettes_per_day treatment.opioid_mme_per_day "
        "health.heart_attack_months_ago treatment.last_trial_ended_months_ago treatment.mri_possible"
    )
    assert set(contract.split()) <= set(spellings())


@pytest.mark.shared
def test_the_example_of_the_contract_can_be_loaded(shared: Path, tmp_path: Path) -> None:
    """The block of profile.md, as a person would copy it."""
    text = (shared / "profile.md").read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    profile = load(written(tmp_path, text), today=TODAY)
    assert profile.get("diabetes.hba1c") == 8.2
    assert len(profile) > 80


@pytest.mark.parametrize("fact", schema().values(), ids=lambda fact: fact.key)
def test_every_fact_has_a_question_and_says_what_it_is_for(fact: Any) -> None:
    assert fact.question.endswith("?")
    assert fact.help.endswith(".")
    assert (fact.low is not None and fact.high is not None and fact.unit) or fact.type != "number"
    assert fact.allowed or fact.type not in ("choice", "choices")
    for key in fact.ask_if or {}:
        assert key in schema()


def test_an_unknown_key_in_the_data_file_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, '[[fact]]\nkey = "a.b"\ntype = "flag"\nqestion = "?"')
    with pytest.raises(InputError, match="unknown key 'qestion'; did you mean 'question'"):
        read_schema(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[diabetes]\nhba1c = '66 mmol/mol'", "HbA1c: 66 mmol/mol (8.19%)"),
        ("[diabetes]\nhba1c_mmol_mol = 66", "HbA1c: 66 mmol/mol (8.19%)"),
        ("[diabetes]\nhba1c = 8.2", "HbA1c: 8.2%"),
        ("[diabetes]\nfasting_glucose_mmol_l = 7", "fasting blood sugar: 7 mmol/L (126 mg/dL)"),
        ("[measurements]\nhemoglobin_g_l = 139", "haemoglobin: 139 g/L (13.9 g/dL)"),
        ("[person]\ntravel_km = '500 miles'", "can travel: 805 km (500 miles)"),
    ],
)
def test_a_number_is_shown_and_saved_as_it_was_told(tmp_path: Path, text: str, said: str) -> None:
    told = load(written(tmp_path, text))
    assert show(told)[1].strip() == said
    save(told, tmp_path / "again.toml")
    again = load(tmp_path / "again.toml")
    assert again.facts() == told.facts()
    assert show(again) == show(told)


def test_one_year_has_its_unit(tmp_path: Path) -> None:
    text = "[health]\ncancer = 'past'\ncancer_free_years = 1\n[person]\nbirth_year = 1968\n"
    lines = show(load(written(tmp_path, text)))
    assert "  free of cancer for: 1 year" in lines
    assert "  year of birth: 1968" in lines
