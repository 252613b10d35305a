"""What of a page stays where two sheets do not hold all of it."""

from __future__ import annotations

import pytest

from trialfinder.pages.paper import ABOUT_STUDY, DECIDES, FIND_OUT, PaperEntry, PaperSection
from trialfinder.pages.paper_fit import fitted, narrowed
from trialfinder.pages.paper_room import LINES, ems, lines_of, rows_of

WHERE = "in the record"
LONG = "Nobody takes part who " + "had it long ago and " * 20 + "unless it is over"
PART = "… who had it …"


def section(rank: int, number: int, quote: str = LONG) -> PaperSection:
    entries = tuple(PaperEntry(f"thing {at}", quotes=(quote,), parts=(PART,)) for at in range(number))
    return PaperSection("Title", "list", entries, rank=rank, least=5, floor=2, rest=WHERE)


def test_what_speaks_against_keeps_its_sentences_whole_as_long_as_it_can() -> None:
    against, open_, about = fitted([section(DECIDES, 8), section(FIND_OUT, 40), section(ABOUT_STUDY, 6, "short")])
    assert [entry.quotes for entry in against.entries] == [(LONG,)] * 5 + [(PART,)] * 3, "whole are the least that stay"
    assert against.more == f"“…” stands for words that are left out; {WHERE}"
    assert len(open_.entries) + open_.left_out == 40
    assert open_.left_out
    assert open_.entries[0].quotes == (PART,)
    assert open_.more == f"and {open_.left_out} more, and what “…” stands for; {WHERE}"
    assert about.left_out == 0


def test_where_even_that_is_too_much_the_words_that_decide_stay_and_it_is_said() -> None:
    (against,) = fitted([section(DECIDES, 60)])
    assert against.entries[-1].quotes == (PART,)
    assert against.entries[-1].cut
    assert against.more.endswith(f"“…” stands for; {WHERE}" if against.left_out else f"left out; {WHERE}")


@pytest.mark.parametrize("word", ["W" * 3_000, "W" * 20 + " ", "병"])
def test_the_widest_words_fit_too(word: str) -> None:
    wide = word * (3_000 // len(word))
    entries = tuple(PaperEntry(wide, name=wide, limit=wide, quotes=(wide,) * 3) for _ in range(9))
    made = [
        PaperSection("Title", kind, entries, rank=rank, least=9, floor=2, rest=WHERE)
        for rank in (FIND_OUT, ABOUT_STUDY, DECIDES)
        for kind in ("list", "ticks")
    ]
    found = fitted(made)
    assert sum(map(lines_of, found)) <= LINES
    assert [len(each.entries) + each.left_out for each in found] == [9] * 6
    assert all(each.more for each in found)


def test_rows_are_those_of_the_widest_letters() -> None:
    assert rows_of("", 10) == 0
    assert rows_of("WWWW WWWW", 10) == 1
    assert rows_of("WWWW WWWW WWWW", 10) == 2
    assert rows_of("W" * 40, 10) == 5, "40 letters of 0.989; a letter that no longer fits leaves its room empty"
    assert rows_of("ab", 10, bold="WWWWWWWWW") == 2, "bold ones are wider"


def test_words_are_cut_at_a_word_and_say_so() -> None:
    assert narrowed("one two", 50) == "one two"
    assert narrowed("word " * 40, 20).endswith("word…")
    assert ems(narrowed("병" * 400, 20)) <= 20
