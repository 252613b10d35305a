"""What holds for every criteria text, however odd."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import examples
from trialfinder.reading import (
    Item,
    items_from_json,
    items_to_json,
    load_patterns,
    read_criteria,
    readings_json,
    segment,
)

SENTENCES = [
    *(
        e.text
        for p in load_patterns().values()
        for r in p.rules
        for e in r.yes
        if "\n" not in e.text and len(e.text) < 120
    ),
    "Lives near the clinic",
    "Owns a telephone",
]
ODD = "\x00\x1b\u202e\u202d\ufeff\u00ad\u2065\\*-_()[]<>;:.,%/&≥≤＞，。①é漢\n\r\t 0123456789abcXYZ"
TITLES = {"inclusion": "Inclusion Criteria:\n\n", "exclusion": "Exclusion Criteria:\n\n"}
lists = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8)
noise = st.text(st.sampled_from(ODD), max_size=400) | st.text(max_size=200)


def bullets(lines: list[str], section: str = "exclusion") -> str:
    """The lines as the registry writes a list."""
    return TITLES[section] + "\n".join(f"* {line}" for line in lines)


def said(items: tuple[Item, ...], *, offsets: bool = False) -> Counter[tuple[object, ...]]:
    """What was read, without where (unless ``offsets``)."""
    return Counter(
        (
            r.section,
            r.pattern,
            r.effect,
            r.value,
            r.low,
            r.high,
            r.unit,
            r.window_months,
            r.quote,
            *([r.start] if offsets else []),
        )
        for item in items
        for r in item.readings
    )


def well_formed(text: str) -> tuple[Item, ...]:
    """Reads ``text`` and checks what must hold for any text."""
    items = read_criteria(text)
    covered = [0] * len(text)
    for part in segment(text):
        assert 0 <= part.start <= part.end <= len(text)
        for at in range(part.start, part.end):
            covered[at] += 1
    assert all(covered[at] == 1 for at, letter in enumerate(text) if not letter.isspace())
    assert max(covered, default=0) <= 1
    for item in items:
        assert text[item.start : item.end] == item.text
        for r in item.readings:
            assert text[r.start : r.end] == r.quote
            assert r.quote and item.start <= r.start < r.end <= item.end
            assert (r.item_start, r.item_end, r.complete, r.section) == (
                item.start,
                item.end,
                item.complete,
                item.section,
            )
            assert (r.low is None) == (r.low_inclusive is None)
            assert (r.high is None) == (r.high_inclusive is None)
            assert (r.window_months is None) == (r.direction == "")
    return items


@settings(max_examples=examples(150))
@given(noise)
def test_any_text_is_read_and_every_letter_is_in_one_piece(text: str) -> None:
    well_formed(text)


@settings(max_examples=examples(120))
@given(lists, st.sampled_from(["inclusion", "exclusion"]), noise)
def test_sentences_among_noise_keep_quotes_and_letters(lines: list[str], section: str, extra: str) -> None:
    well_formed(bullets(lines, section) + "\n" + extra)


@settings(max_examples=examples(100))
@given(lists, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_change_what_is_read(lines: list[str], rng: random.Random) -> None:
    mixed = list(lines)
    rng.shuffle(mixed)
    assert said(read_criteria(bullets(lines))) == said(read_criteria(bullets(mixed)))


@settings(max_examples=examples(150))
@given(st.sampled_from(SENTENCES))
def test_moving_a_line_to_the_other_section_keeps_its_numbers(line: str) -> None:
    def numbers(section: str) -> Counter[tuple[object, ...]]:
        items = read_criteria(bullets([line], section))
        return Counter(
            (r.pattern, r.low, r.high, r.unit)
            for i in items
            for r in i.readings
            if r.low is not None or r.high is not None
        )

    one, other = numbers("inclusion"), numbers("exclusion")
    # "onset within 5 weeks" bounds only what is asked for; "life expectancy of 2 years" is a least there, else a most.
    only_inside = {"symptom_duration", "life_expectancy"}
    for found in (one, other):
        for key in [k for k in found if k[0] in only_inside]:
            del found[key]
    assert one == other


@settings(max_examples=examples(100))
@given(lists)
def test_escapes_and_white_space_change_nothing_but_places(lines: list[str]) -> None:
    plain = read_criteria(bullets(lines))
    escaped = [line.replace(">", "\\>").replace("<", "\\<").replace("[", "\\[").replace("*", "\\*") for line in lines]
    spaced = [line.replace(" ", "  ") + "   " for line in lines]

    def bare(items: tuple[Item, ...]) -> Counter[tuple[object, ...]]:
        return Counter((*row[:8], " ".join(str(row[8]).replace("\\", "").split())) for row in said(items).elements())

    def squeezed(found: Counter[tuple[object, ...]]) -> Counter[tuple[object, ...]]:
        return Counter(tuple(" ".join(c.split()) if isinstance(c, str) else c for c in row) for row in found.elements())

    assert bare(read_criteria(bullets(escaped))) == bare(plain)
    assert squeezed(bare(read_criteria(bullets(spaced)))) == squeezed(bare(plain))


@settings(max_examples=examples(60))
@given(lists)
def test_the_same_text_gives_the_same_readings_and_survives_the_cache(lines: list[str]) -> None:
    text = bullets(lines)
    items = read_criteria(text)
    assert read_criteria(text) == items
    assert items_from_json(items_to_json(items)) == items
    assert sum(1 for _ in readings_json("NCT00000001", items)) == sum(max(1, len(i.readings)) for i in items)


@pytest.mark.parametrize(
    "piece", ["(", "* ", "a", "1) ", "not ", "≥ 5 ", "\u202e", "\x00", "heart, liver, ", "\\>", "&gt;"]
)
def test_one_line_of_a_hundred_thousand_letters(piece: str) -> None:
    items = well_formed("Exclusion Criteria:\n" + piece * (100_000 // len(piece)))
    assert items or not piece.strip("\x00\u202e* ")


def test_deep_nesting_is_read() -> None:
    text = "Inclusion Criteria:\n" + "\n".join(" " * (2 * n) + "* one of the following:" for n in range(400))
    assert len(well_formed(text)) == 400


@pytest.mark.parametrize("count", [1500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_mutated_sentences_are_read(count: int) -> None:
    rng = random.Random(count)
    for _ in range(count):
        text = list(bullets(rng.choices(SENTENCES, k=3), rng.choice(["inclusion", "exclusion"])))
        for _ in range(rng.randrange(1, 25)):
            at = rng.randrange(len(text))
            text[at : at + rng.randrange(3)] = rng.choices(ODD, k=rng.randrange(3))
        well_formed("".join(text))
