"""The part of a criterion that people are shown keeps what its sentence denies."""

from __future__ import annotations

from trialfinder.judge.shown.quoted import denies, quoted_part

LONG = (
    "Values in range or clinically not relevant deviations of blood count, clotting, the pancreas, both kidneys and "
    "liver function"
)


def test_what_is_denied_stays_beside_the_denying_word() -> None:
    assert quoted_part("able to read", "Not able to read", 120) == "Not able to read"
    assert quoted_part("liver function", LONG, 90) == (
        "Values in range or clinically not relevant deviations of blood … liver function"
    )


def test_a_part_without_a_denying_word_is_left_as_it_is() -> None:
    assert quoted_part("liver function", "Good kidney and liver function", 40) == "liver function"


def test_a_part_that_denies_says_what_its_sentence_says() -> None:
    assert denies("unable or unwilling to sign")
    assert denies("not to join another study")
    assert not denies("a positive test")
