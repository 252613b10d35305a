"""What must hold for every study, however odd its text."""

from __future__ import annotations

import datetime as dt
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import examples
from tests.unit.classify.make import TODAY, record, study
from tests.unit.classify.test_classify import value_at
from trialfinder.base.enums import STATUSES
from trialfinder.base.text import lowered
from trialfinder.base.values import PartialDate
from trialfinder.classify import classification as model
from trialfinder.classify import classify, contract, joinable_from, signs
from trialfinder.classify.classification import ACELLULAR
from trialfinder.classify.joinable import ANSWERS
from trialfinder.classify.study_text import StudyText, excerpt

WORDS = st.sampled_from(
    [
        *(
            "stem cells",
            "MSC",
            "autologous",
            "neuropathy",
            "diabetic",
            "Schwann",
            "PRP",
            "after",
            "no",
            "İstanbul",
            "ﬁ",
        ),
        *(
            "patients pay for",
            "cost",
            "injected",
            "5 x 10^6 cells",
            "bone marrow",
            "\n",
            ". ",
            "optic nerve",
            "\x1b[31m",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join))


@given(title=TEXTS, summary=TEXTS, detail=TEXTS, condition=TEXTS, name=TEXTS, criteria=TEXTS)
def test_values_are_those_of_the_contract_and_quotes_are_verbatim(
    title: str, summary: str, detail: str, condition: str, name: str, criteria: str
) -> None:
    one = record(
        title=title, summary=summary, detail=detail, conditions=[condition], given=[name or "x"], criteria=criteria
    )
    found = classify(one)
    assert found.relevance in model.RELEVANCES
    assert found.cell_product in model.CELL_PRODUCTS
    assert found.cell_source in model.CELL_SOURCES
    assert found.donor in model.DONORS
    assert set(found.routes) <= set(model.ROUTES)
    assert set(found.neuropathy_types) <= set(model.NEUROPATHY_TYPES)
    assert found.nerve_role in model.NERVE_ROLES
    if found.relevance == "core":
        assert found.cell_product not in ("none", *ACELLULAR)
        assert found.nerve_role == "target"
    for items in found.evidence.values():
        assert all(item.quote in value_at(one, item.field) for item in items)
    contract(one, TODAY)


@given(st.text())
def test_lower_case_keeps_every_place(text: str) -> None:
    low = lowered(text)
    assert len(low) == len(text)
    assert low.isascii()


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 50))
def test_an_excerpt_is_a_piece_of_the_text_and_holds_the_words(text: str, start: int, length: int) -> None:
    start, end = min(start, len(text)), min(start + length, len(text))
    assert excerpt(text, start, end, 20) in text
    assert text[start:end].strip() in excerpt(text, start, end, 20) or "\n" in text[start:end]


@given(st.dates(dt.date(1999, 1, 1), dt.date(2099, 1, 1)))
def test_no_sign_fires_on_a_study_with_only_an_id(today: dt.date) -> None:
    one = study({})
    assert signs(one, classify(one), today) == ()


DATES = st.one_of(
    st.none(), st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)).map(lambda d: PartialDate(d.year, d.month))
)


@given(
    status=st.one_of(st.none(), st.sampled_from(sorted(STATUSES))),
    sites=st.lists(st.one_of(st.none(), st.sampled_from(sorted(STATUSES))), max_size=4),
    verified=DATES,
    ends=DATES,
    access=st.one_of(st.none(), st.booleans()),
)
def test_only_a_fresh_open_record_can_be_joined(
    status: str | None,
    sites: list[str | None],
    verified: PartialDate | None,
    ends: PartialDate | None,
    access: bool | None,
) -> None:
    found = joinable_from(
        overall_status=status,
        last_known_status="RECRUITING",
        site_statuses=sites,
        status_verified_date=verified,
        primary_completion_date=None,
        completion_date=ends,
        has_expanded_access=access,
        today=TODAY,
    )
    assert found.answer in ANSWERS
    assert "{" not in found.reason
    if found.answer == "yes":
        assert status in ("RECRUITING", "AVAILABLE")
        assert verified is not None
        assert verified.latest() >= dt.date(2025, 11, 20)
        assert status == "AVAILABLE" or ends is None or ends.latest() >= TODAY
    if verified is not None:
        assert str(verified) in found.reason


@settings(max_examples=examples(15))
@given(WORDS)
def test_time_grows_with_the_text_and_no_faster(word: str) -> None:
    def seconds(times: int) -> float:
        one = record(title=f"Stem cells {word}", detail=f"{word} " * times, criteria=f"{word}" * times)
        start = time.process_time()
        signs(one, classify(one), TODAY)
        return time.process_time() - start

    seconds(10)
    assert any(seconds(4000) < 8 * 6 * seconds(500) + 0.2 for _ in range(3))


def test_a_field_of_a_million_characters_is_cut() -> None:
    one = record(title="Stem cells", detail="stem cells in neuropathy " * 40_000)
    assert len(StudyText(one).low) < 61_000
