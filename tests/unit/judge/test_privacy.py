"""No value of a profile may leave through anything that could be kept: JSON, rows, reasons, logs, reprs, errors."""

from __future__ import annotations

import json
import logging
import pickle
import traceback

import pytest

from tests.unit.judge.made import TODAY, asks, bars, bounds, leaf, study, text_of
from trialfinder.base.values import PartialDate
from trialfinder.judge import Judged, explain, judge, rank_questions, reason, verdict_row
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.person.facts import facts_of
from trialfinder.person.profile import Profile, Value
from trialfinder.person.profile_schema import Fact, schema

CANARY = "zebra"


def canary(fact: Fact) -> Value:
    """A true-looking value that can be recognised anywhere."""
    low, high = fact.low or 0.0, fact.high or 1.0
    return {
        "number": round(low + (high - low) * 0.4137731, 7),
        "flag": True,
        "choice": (fact.allowed or ("",))[0],
        "choices": fact.allowed[:2],
        "names": (f"{CANARY} {fact.name}",),
        "text": f"{CANARY} town",
        "date": PartialDate(2013, 7, 19),
        "scores": {f"{CANARY}scale": 41.37731},
    }[fact.type]  # type: ignore[return-value] # one of the types of a value


PROFILE = Profile({key: canary(fact) for key, fact in schema().items()})


def numbers() -> list[str]:
    """Every number of the profile, as it would be printed in several ways."""
    found = []
    for value in PROFILE.facts().values():
        if isinstance(value, float):
            found += [repr(value), f"{value:.6g}", f"{value:.4f}"]
    return found


def leaks(text: str) -> list[str]:
    """What of the profile can be found in a text."""
    lower = text.lower()
    return [word for word in [CANARY, "2013-07-19", *numbers()] if word in lower]


def everything() -> str:
    """All that a program could write to a file or a log about one judged study."""
    parts = []
    for concept in leaf_tests():
        words = f"words about {concept}"
        for made in (asks, bars):
            parts.append(made(leaf(concept, words, bounds=bounds(low=1.0, unit="%")), words))
            parts.append(made(leaf(concept, "", words, window_months=6.0), words))
            parts.append(made(leaf(concept, "", words), words))
    text, criteria = text_of(*parts)
    studied = study(text, minimum_age=None)
    verdict = judge(studied, criteria, PROFILE, TODAY)
    assert len({answer.word for answer in verdict.answers}) == 3, "the profile decides something"
    shown = [
        json.dumps(verdict.to_json("yes")),
        json.dumps(verdict_row(verdict)),
        reason(verdict, 10_000),
        "\n".join(explain(verdict)),
        repr(verdict),
        repr(rank_questions([Judged(studied, criteria, verdict)], PROFILE, TODAY)),
        repr(PROFILE),
        str(PROFILE),
        repr(facts_of(PROFILE, TODAY)),
    ]
    return "\n".join(shown)


def test_the_search_would_find_a_leak() -> None:
    assert leaks("…zebra medications…")
    assert leaks(f"hba1c {PROFILE.get('diabetes.hba1c')}")
    verdict = judge(study("", minimum_age="18 Years"), (), PROFILE, TODAY)
    assert leaks("\n".join(explain(verdict, PROFILE))), "on the own terminal the fact is shown"


def test_no_output_and_no_log_line_has_a_value(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    assert leaks(everything()) == []
    assert caplog.text == ""
    printed = capsys.readouterr()
    assert printed.out + printed.err == ""


def test_a_traceback_through_judging_has_no_value() -> None:
    """As when a study is broken in a way that nobody foresaw."""
    try:
        judge(None, (), PROFILE, TODAY)  # type: ignore[arg-type] # broken on purpose
    except AttributeError:
        assert leaks(traceback.format_exc()) == []
    else:
        pytest.fail("None is no study")


def test_a_profile_cannot_slip_into_a_cache_by_pickling() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(PROFILE)


def test_what_is_remembered_of_a_person_dies_with_the_profile() -> None:
    import gc

    from trialfinder.person import facts

    who = Profile({"person.age": 58.0})
    facts_of(who, TODAY)
    gc.collect()
    before = len(facts._CACHE)
    del who
    gc.collect()
    assert len(facts._CACHE) == before - 1
