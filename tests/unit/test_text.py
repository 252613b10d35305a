"""Registry text made harmless."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trialfinder.base.text import clean, count, folded, harmless, join_words, lowered, one_line, plain, shorten


def test_terminal_escapes_and_direction_marks_are_removed() -> None:
    assert clean("a\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x07 \u202eback\u200b") == "ared link back"
    assert clean("\x1bcreset \x9b2J\x07bell") == "reset bell"


def test_line_breaks_stay_and_tabs_become_spaces() -> None:
    assert clean("a\r\nb\rc\td") == "a\nb\nc d"


def test_markup_escapes_are_undone_once() -> None:
    assert plain(r"HbA1c \> 10 \% \[x\] \\* &ge; 5 &lt;b&gt;") == r"HbA1c > 10 % [x] \* ≥ 5 <b>".replace("<b>", "")
    assert plain("<b>bold</b> 3 <5 and 7> 6") == "bold 3 <5 and 7> 6"


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert not any((ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160 for char in plain(text))
    assert clean(clean(text)) == clean(text)
    assert "\n" not in one_line(text)


def test_shortening_cuts_at_a_word_and_says_so() -> None:
    assert shorten("stem cells for diabetic neuropathy", 20) == "stem cells for…"
    assert shorten("short", 20) == "short"
    assert all(len(shorten("x" * 50, width)) <= width for width in range(1, 30))


def test_small_words() -> None:
    assert folded("  Guillain–Barré  X") == "guillain–barre x"
    assert (join_words(["a", "b", "c"]), join_words([]), join_words(["a"])) == ("a, b and c", "", "a")
    assert (count(1, "study", "studies"), count(2000, "study", "studies")) == ("1 study", "2,000 studies")


def test_foreign_text_fits_on_one_line_and_carries_nothing_that_is_obeyed() -> None:
    assert harmless("a\x1b[31m\nb\u202e \ud800") == "a b \ufffd"
    assert harmless("stem cells", 5) == "stem…"
    assert harmless("stem", 5) == "stem"


@given(st.text())
def test_lowering_keeps_every_character_in_its_place(text: str) -> None:
    assert len(lowered(text)) == len(text)
    assert lowered(text).isascii()


def test_look_alikes_are_the_same_for_every_reader() -> None:
    assert lowered("10⁶ cells – “MSC” （×2）") == '106 cells - "msc" (x2)'
