"""The questions of ``profile new``."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator

import pytest

from trialfinder.base.answer import Answer
from trialfinder.cli.profile_command import accept
from trialfinder.person import Profile, Stopped, ask
from trialfinder.person.facts import facts_of
from trialfinder.person.profile import Value
from trialfinder.person.profile_schema import schema
from trialfinder.person.which_one import says_yes

KEYS = [
    "person.age",
    "person.sex",
    "person.pregnant",
    "health.cancer",
    "health.cancer_free_years",
    "treatment.medications",
]


def asked(
    answers: list[str], start: Profile | None = None, stop: type[BaseException] = EOFError
) -> tuple[Profile, list[str], list[str]]:
    """Plays a person who types the answers; then the input ends. Returns the profile, prompts and lines."""
    prompts: list[str] = []
    lines: list[str] = []
    typed: Iterator[str] = iter(answers)

    def read(prompt: str) -> str:
        prompts.append(prompt)
        try:
            return next(typed)
        except StopIteration:
            raise stop from None

    profile = start or Profile()
    with contextlib.suppress(Stopped):
        for newest in ask(profile, read, lines.append, KEYS):
            profile = newest
    return profile, prompts, lines


def test_answers_are_kept_and_enter_skips() -> None:
    profile, prompts, _ = asked(["58", "male", "", "none"])
    assert profile.facts() == {"person.age": 58.0, "person.sex": "male", "treatment.medications": ()}
    assert prompts[0] == "How old are you? (years) "
    assert not any("pregnant" in prompt for prompt in prompts), "a man is not asked"
    assert not any("free of cancer" in prompt for prompt in prompts), "asked only after cancer in the past"


def test_later_questions_follow_from_earlier_answers() -> None:
    profile, prompts, _ = asked(["", "female", "no", "past", "1.2", "letrozole, vitamin D"])
    assert profile.get("person.pregnant") is False
    assert profile.get("health.cancer_free_years") == 1.2
    assert profile.get("treatment.medications") == ("letrozole", "vitamin D")
    assert len(prompts) == 6


def test_ctrl_c_and_the_end_of_input_keep_what_was_answered() -> None:
    for stop in (KeyboardInterrupt, EOFError):
        profile, _, lines = asked(["58"], stop=stop)
        assert profile.facts() == {"person.age": 58.0}
        assert lines[-1] == "Stopped. What you answered is kept."


def test_q_ends_quietly() -> None:
    profile, prompts, lines = asked(["58", "q", "male"])
    assert profile.facts() == {"person.age": 58.0}
    assert len(prompts) == 2
    assert lines == []


def test_a_question_mark_explains() -> None:
    profile, prompts, lines = asked(["?", "58"])
    assert profile.get("person.age") == 58.0
    assert prompts[0] == prompts[1]
    assert lines[0].startswith("In whole years.")
    assert "Nothing leaves this computer." in lines[2]


def test_a_wrong_answer_is_asked_again_and_skipped_after_three() -> None:
    profile, _, lines = asked(["old", "-5", "999", "male"])
    assert profile.facts() == {"person.sex": "male"}
    assert lines[:4] == [
        "age: expected a number (years)",
        "age: cannot be true; expected 0 to 120 (years)",
        "age: cannot be true; expected 0 to 120 (years)",
        "Skipped. What you typed for “age” was not kept; it stays unknown, never no.",
    ]


def test_a_dash_takes_an_answer_back_and_the_old_one_is_shown() -> None:
    profile, prompts, _ = asked(["-", "female"], Profile({"person.age": 58.0}))
    assert profile.facts() == {"person.sex": "female"}
    assert prompts[0] == "How old are you? (years) [58 years] "


def test_the_place_among_so_many_is_shown_and_dont_know_skips() -> None:
    prompts: list[str] = []
    typed = iter(["don't know", "m"])

    def read(prompt: str) -> str:
        prompts.append(prompt)
        return next(typed)

    found = list(ask(Profile(), read, lambda _: None, ["person.age", "person.sex"], counted=True))
    assert found[-1].facts() == {"person.sex": "male"}
    assert prompts == [
        "[1 of at most 2] How old are you? (years) ",
        "[2 of at most 2] Which sex does the study team need to know: female or male? (female / male) ",
    ]


@pytest.mark.parametrize(
    ("answers", "places"),
    [
        (["58", "female", "no", "never", ""], ["1 of 6", "2 of 6", "3 of 6", "4 of 6", "5 of 5"]),
        (["58", "male", "", ""], ["1 of 6", "2 of 6", "3 of 5", "4 of 4"]),
        (["58", "", "", ""], ["1 of 6", "2 of 6", "3 of 5", "4 of 4"]),
        (["58", "female", "no", "past", "3", ""], ["1 of 6", "2 of 6", "3 of 6", "4 of 6", "5 of 6", "6 of 6"]),
    ],
)
def test_the_last_question_is_the_last_that_was_counted(answers: list[str], places: list[str]) -> None:
    """What an answer makes needless (a pregnancy, years without cancer) is counted only as long as it may come."""
    prompts: list[str] = []
    typed = iter(answers)

    def read(prompt: str) -> str:
        prompts.append(prompt)
        return next(typed)

    list(ask(Profile(), read, lambda _: None, KEYS, counted=True))
    assert [prompt[1:].partition("]")[0].replace("at most ", "") for prompt in prompts] == places


def test_an_answer_that_was_understood_otherwise_than_typed_is_read_back() -> None:
    assert asked(["sixty-one", "a man"])[2][:2] == ["Read as 61 years.", "Read as male."]
    assert "Read as" not in " ".join(asked(["61", "male"])[2])


def test_who_ends_the_questions_is_not_asked_on() -> None:
    with pytest.raises(Stopped):
        list(ask(Profile(), lambda _prompt: "q", lambda _line: None, KEYS))


def test_the_words_of_the_answers_are_plain() -> None:
    prompts: list[str] = []

    def read(prompt: str) -> str:
        prompts.append(prompt)
        return "type 2"

    (found,) = ask(Profile(), read, prompts.append, ["diabetes.type"])
    assert found.get("diabetes.type") == "type2"
    assert prompts[0].endswith("(type 1 / type 2 / type unknown / none) ")


@pytest.mark.parametrize("typed", ["yes, left foot", "Yes, on the left heel", "yes,both feet"])
def test_a_plain_yes_may_say_where(typed: str) -> None:
    (found,) = ask(Profile(), lambda _prompt: typed, lambda _line: None, ["diabetes.foot_ulcer"])
    assert found.get("diabetes.foot_ulcer") is True


@pytest.mark.parametrize(
    "typed",
    ["yes, but it has healed", "yes, years ago", "yes, in 2019", "yes, not any more", "no, but I had one", "yes and no",
     "yes, maybe", "left foot", "no, only a small one", "yes, I had one"],
)  # fmt: skip
def test_a_yes_that_is_taken_back_or_of_another_time_is_no_answer(typed: str) -> None:
    lines: list[str] = []
    assert list(ask(Profile(), lambda _prompt: typed, lines.append, ["diabetes.foot_ulcer"])) == []
    assert lines[0] == "foot ulcer: expected yes or no alone (leave it out when you do not know)"


@pytest.mark.parametrize(("kind", "asked_for"), [("diabetic", 3), ("inflammatory", 1)])
def test_hba1c_and_foot_ulcer_are_among_the_first_questions_of_a_diabetic_neuropathy(kind: str, asked_for: int) -> None:
    prompts: list[str] = []

    def read(prompt: str) -> str:
        prompts.append(prompt)
        return kind if len(prompts) == 1 else ""

    list(
        ask(
            Profile(),
            read,
            prompts.append,
            ["neuropathy.types", "diabetes.hba1c", "diabetes.foot_ulcer"],
            among_first=True,
        )
    )
    assert len(prompts) == asked_for


def test_what_is_not_sure_stays_open_and_is_said_to() -> None:
    profile, _, lines = asked(["I think so", "it depends"])
    assert profile.facts() == {}
    assert lines[:2] == ["Left open: what is not told is unknown, never no."] * 2


def test_a_question_is_explained_without_the_programs_own_words() -> None:
    lines: list[str] = []
    typed = iter(["?", "q"])
    with contextlib.suppress(Stopped):
        list(ask(Profile(), lambda _: next(typed), lines.append, ["neuropathy.scores"]))
    assert "TCSS (Toronto, for diabetic neuropathy)" in lines[0]
    assert lines[1] == "Helps to judge: points on a named scale."


def answered(key: str, *typed: str) -> tuple[object, list[str], list[str]]:
    """What is kept of these answers to one question, the prompts, and the lines."""
    prompts: list[str] = []
    lines: list[str] = []
    answers = iter(typed)

    def read(prompt: str) -> str:
        prompts.append(prompt)
        return next(answers, "q")

    before: dict[str, Value] = {"person.sex": "female", "health.cancer": "past"}
    profile = Profile({other: value for other, value in before.items() if other != key})
    with contextlib.suppress(Stopped):
        for newest in ask(profile, read, lines.append, [key], accept=accept):
            profile = newest
    return profile.get(key), prompts, lines


@pytest.mark.parametrize(
    ("key", "typed", "value", "read_as"),
    [
        ("diabetes.type", "type 2 for 11 years", "type2", "type 2"),
        ("diabetes.type", "yes, type 2", "type2", "type 2"),
        ("diabetes.type", "no, thank God", "none", "none"),
        ("neuropathy.types", "painful diabetic neuropathy, burning feet", ("diabetic",), "diabetic neuropathy"),
        ("health.cancer", "breast cancer 9 years ago, cured", "past", "past"),
        ("diabetes.hba1c", "7,4 in March", 7.4, "7.4%"),
        ("person.travel_km", "400 km, by car", 400.0, "400 km (249 miles)"),
        ("neuropathy.duration_months", "it started 4 years ago", 48.0, "4 years"),
        ("person.pregnant", "no, thank God", False, "no"),
        ("diabetes.foot_ulcer", "no, left foot", False, "no"),
    ],
)
def test_an_answer_with_more_in_it_is_asked_back(key: str, typed: str, value: object, read_as: str) -> None:
    kept, prompts, _ = answered(key, typed, "ok")
    assert kept == value
    assert prompts[1] == (
        f'There is more in it than was asked. Type ok to keep "{read_as}", or Enter to answer again: '
    )
    assert answered(key, typed, "")[0] is None, "never taken without being agreed to"


@pytest.mark.parametrize(
    ("key", "typed", "value", "asked_back"),
    [
        ("diabetes.hba1c", "56", 7.27, 'In percent it cannot be. Type ok to keep "56 mmol/mol (7.27%)"'),
        ("measurements.creatinine_mg_dl", "88", 1.0, "In mg/dL it cannot be."),
        ("measurements.hemoglobin_g_dl", "132", 13.2, "In g/dL it cannot be."),
    ],
)
def test_a_number_that_is_true_in_another_unit_only_is_asked_back(
    key: str, typed: str, value: float, asked_back: str
) -> None:
    kept, prompts, _ = answered(key, typed, "ok")
    assert kept == pytest.approx(value, rel=0.01)
    assert prompts[1].startswith(asked_back)
    assert answered(key, typed, "")[0] is None


@pytest.mark.parametrize("typed", ["none", "never had one", "No, I never had that"])
def test_what_never_was_has_no_time(typed: str) -> None:
    kept, _, lines = answered("treatment.last_surgery_months_ago", typed)
    assert kept is None
    assert lines == ["Left open: what is not told is unknown, never no."]


def test_a_yes_does_not_agree_to_a_no() -> None:
    """ "yes" may agree to "no", or answer the question."""
    assert answered("person.pregnant", "no, thank God", "yes")[0] is None
    assert answered("person.pregnant", "no, thank God", "no")[0] is False
    assert answered("diabetes.type", "type 2 for 11 years", "yes")[0] == "type2"


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("diabetes.type", "no, but prediabetes"),
        ("diabetes.type", "type 1 or type 2"),
        ("diabetes.type", "not type 1"),
        ("health.cancer", "not now, in the past"),
        ("health.cancer", "no, my mother had"),
        ("health.hiv", "no, tested last year"),
        ("neuropathy.types", "not diabetic but small fibre"),
        ("neuropathy.types", "burning feet"),
        ("neuropathy.pain_score", "7 at night, 4 by day"),
        ("diabetes.hba1c", "<7"),
        ("person.travel_km", "up to 400 km"),
    ],
)
def test_what_takes_an_answer_back_or_holds_two_is_not_asked_back(key: str, typed: str) -> None:
    kept, prompts, lines = answered(key, typed)
    assert kept is None
    assert prompts[0] == prompts[1], "the question itself again"
    assert "expected" in lines[0] or "not one of" in lines[0]


@pytest.mark.parametrize("typed", ["no, menopause", "menopause", "No, too old", "no, past the menopause"])
def test_no_pregnancy_after_the_menopause(typed: str) -> None:
    assert answered("person.pregnant", typed)[0] is False
    assert answered("person.can_become_pregnant", typed)[0] is False


@pytest.mark.parametrize(
    "typed",
    ["I do not know", "I don’t know the number", "not sure which", "I can't remember", "nobody told me",
     "never measured", "No idea.", "not tested"],
)  # fmt: skip
def test_who_does_not_know_leaves_it_open(typed: str) -> None:
    for key in ("health.hiv", "diabetes.hba1c", "health.cancer", "health.cancer_kind", "treatment.medications"):
        kept, prompts, lines = answered(key, typed)
        assert kept is None, key
        assert (len(prompts), lines) == (1, ["Left open: what is not told is unknown, never no."])


def test_which_kind_is_not_known_is_an_answer_where_it_is_one() -> None:
    assert answered("neuropathy.types", "I do not know which")[0] == ("peripheral_unspecified",)


@pytest.mark.parametrize(
    ("typed", "kept", "doubts"),
    [
        (["burning feet", "", ""], None, 1),
        (["burning feet", "ok"], "burning feet", 1),
        (["burning feet", "yes"], "burning feet", 1),
        (["burning feet", "", "burning feet"], "burning feet", 1),
        (["breast"], "breast", 0),
        (["skin"], "skin", 0),
        (["cancer of the pleura"], "cancer of the pleura", 0),
        (["I do not know"], None, 0),
    ],
)
def test_a_kind_of_cancer_that_no_list_knows_is_asked_back_once(
    typed: list[str], kept: str | None, doubts: int
) -> None:
    found, prompts, _ = answered("health.cancer_kind", *typed)
    assert found == kept
    assert sum(prompt.startswith("No list here knows that as a kind of cancer") for prompt in prompts) == doubts


@pytest.mark.parametrize(("age", "asked"), [("57", True), ("70", False)])
def test_what_follows_from_an_answer_is_not_asked(age: str, asked: bool) -> None:
    prompts = asked_prompts([age, "female"], ["person.age", "person.sex", "person.pregnant"])
    assert any("pregnant" in prompt for prompt in prompts) is asked


def asked_prompts(typed: list[str], keys: list[str]) -> list[str]:
    prompts: list[str] = []
    answers = iter(typed)

    def read(prompt: str) -> str:
        prompts.append(prompt)
        return next(answers, "")

    list(ask(Profile(), read, lambda _line: None, keys))
    return prompts


@pytest.mark.parametrize(
    ("key", "typed", "again", "value"),
    [
        ("health.cancer", "yes", "past", "past"),
        ("health.cancer", "yes", "now", "active"),
        ("health.cancer", "yes, breast cancer 2023", "in the past", "past"),
        ("health.cancer", "Breast cancer", "in the past, thank God", "past"),
        ("health.cancer", "in 2019", "past", "past"),
        ("health.cancer", "lymphoma", "never", "never"),
        ("health.cancer", "cancer of the womb", "", None),
        ("health.cancer", "yes", "I don't know", None),
        ("diabetes.type", "insulin", "2", "type2"),
        ("diabetes.type", "yes, on insulin", "type 1", "type1"),
        ("diabetes.type", "diabetic since 2011", "", "type_unknown"),
        ("diabetes.type", "yes", "", "type_unknown"),
        ("diabetes.type", "yes", "I don't know", "type_unknown"),
        ("health.chemotherapy", "oxaliplatin until 2022", "over", "completed"),
    ],
)
def test_a_yes_that_leaves_open_which_is_asked_back(key: str, typed: str, again: str, value: object) -> None:
    kept, prompts, lines = answered(key, typed, again)
    assert kept == value
    assert prompts[1] == f"{schema()[key].which} "
    assert not any("nearest" in line or "not one of" in line for line in lines)


def test_a_yes_that_cannot_be_kept_is_said_not_to_be() -> None:
    """ "Left open", said of a yes, left its owner thinking that it was kept."""
    kept, _, lines = answered("health.cancer", "yes", "", "")
    assert (kept, lines[-1]) == (None, "Your yes is not kept without that: “cancer” stays unknown, never no.")
    kept, _, lines = answered("diabetes.type", "yes", "")
    assert lines[-1] == "Kept as: diabetes, type unknown."
    told = facts_of(Profile({"diabetes.type": str(kept)}), dt.date(2026, 11, 30))
    assert told.flag("derived.diabetes") is Answer.YES


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("health.cancer", "my mother had breast cancer"),
        ("health.cancer", "no breast cancer"),
        ("health.cancer", "perhaps skin cancer"),
        ("diabetes.type", "prediabetes"),
        ("diabetes.type", "not diabetic any more"),
        ("diabetes.type", "type 1 or type 2"),
        ("person.sex", "yes"),
    ],
)
def test_what_says_no_sure_yes_is_not_asked_back_for_which(key: str, typed: str) -> None:
    assert not says_yes(schema()[key], typed)


@pytest.mark.parametrize(
    ("typed", "again", "kind"),
    [
        ("yes, breast cancer 2023", "past", "breast cancer 2023"),
        ("breast cancer 9 years ago, cured", "ok", "breast cancer 9 years ago, cured"),
        ("I had cancer in 2019", "ok", None),
        ("in 2019", "past", None),
        ("lymphoma", "never", None),
    ],
)
def test_the_kind_of_a_cancer_that_was_told_beside_it_is_kept(typed: str, again: str, kind: str | None) -> None:
    answers, lines = iter([typed, again]), list[str]()
    (kept,) = ask(Profile(), lambda _: next(answers), lines.append, ["health.cancer"], accept=accept)
    assert kept.get("health.cancer_kind") == kind
    assert any("not kept yet" in line for line in lines) == ("2019" in typed), "a time alone is asked for next"


def test_a_kind_of_cancer_that_was_told_before_is_not_written_over() -> None:
    before, typed = Profile({"health.cancer_kind": "lung cancer"}), iter(["skin cancer", "past"])
    (kept,) = ask(before, lambda _: next(typed), lambda _: None, ["health.cancer"])
    assert kept.facts() == {"health.cancer_kind": "lung cancer", "health.cancer": "past"}


def test_a_number_chooses_among_the_towns_of_one_name() -> None:
    kept, _, lines = answered("person.place", "Boston", "2")
    assert kept == lines[2].removeprefix("  2  ")
    assert answered("person.place", "Boston", "9")[0] is None
    assert answered("person.place", "2")[0] is None, "nothing was offered"


@pytest.mark.parametrize("typed", ["oxaliplatin", "from chemo", "paclitaxel"])
def test_a_neuropathy_can_be_told_by_what_caused_it(typed: str) -> None:
    assert answered("neuropathy.types", typed)[0] == ("chemotherapy_induced",)


def _ended(typed: str) -> tuple[Profile, list[str]]:
    lines: list[str] = []
    typing = iter([typed, "q"])
    profile = Profile({"health.chemotherapy": "completed"})
    key, today = "health.chemotherapy_ended", dt.date(2026, 11, 30)
    with contextlib.suppress(Stopped):
        for newest in ask(profile, lambda _: next(typing), lines.append, [key], today=today):
            profile = newest
    return profile, lines


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("3 years ago", "2023"), ("three years ago", "2023"), ("six months ago", "2026-05"), ("last month", "2026-10"),
        ("in 2023", "2023"), ("May 2024", "2024-05"), ("18 months ago", "2025-05"), ("last year", "2025"),
    ],
)  # fmt: skip
def test_a_time_ago_is_a_date_and_is_said_back(typed: str, date: str) -> None:
    profile, lines = _ended(typed)
    assert str(profile.get("health.chemotherapy_ended")) == date
    assert lines == [f"Read as {date}."]


@pytest.mark.parametrize("typed", ["last spring", "a few years ago", "six ago", "over 3 years ago"])
def test_a_time_that_names_no_year_is_no_date(typed: str) -> None:
    profile, lines = _ended(typed)
    assert "health.chemotherapy_ended" not in profile
    assert "expected a date" in lines[0]
