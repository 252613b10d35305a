"""Where a field of the record speaks against a person, the same matter in the text is not asked once more."""

from __future__ import annotations

from tests.unit.judge.made import TODAY, person, study
from trialfinder.base.answer import Answer
from trialfinder.judge import Verdict, explain, judge
from trialfinder.judge.shown.explain import verdict_row
from trialfinder.person import Profile
from trialfinder.reading import criteria_tree

MARTA = person(person={"age": 58})


def judged(words: str, who: Profile = MARTA, **fields: object) -> Verdict:
    text = f"Inclusion Criteria:\n\n* {words}\n"
    return judge(study(text, **fields), criteria_tree(text), who, TODAY)


def test_an_age_with_its_ends_in_brackets_is_read() -> None:
    for words in ("Ages at 18-55 years (including 18 and 55 years), whatever the sex", "Aged 18 to 55 (both included)"):
        assert judged(words).verdict == "conflict", words
    assert judged("Ages at 18-60 years (including 18 and 60 years)").verdict == "nothing_against"


def test_no_question_about_what_the_field_has_decided() -> None:
    found = judged("Ages 18 to 55 years unless a dietician agrees", maximum_age="55 Years")
    assert [each.answer for each in found.answers] == [Answer.NO, Answer.UNKNOWN]
    assert [each.source for each in found.told] == ["field"]
    assert not any("Ask the study team" in line for line in explain(found, MARTA))
    assert verdict_row(found)["ask"] == ""


def test_a_field_that_lets_in_leaves_the_question_of_the_text() -> None:
    found = judged("Ages 18 to 55 years unless a dietician agrees", minimum_age="18 Years", maximum_age="70 Years")
    assert [each.answer for each in found.told] == [Answer.YES, Answer.YES, Answer.UNKNOWN]
    assert "Ask the study team about: age." in verdict_row(found)["ask"]


def test_other_things_stay_questions_beside_an_age_that_bars() -> None:
    found = judged("HbA1c below 9 %", maximum_age="55 Years")
    assert [each.pattern for each in found.told] == ["age", "hba1c"]
