"""What is passed over for speed says nothing: with every rule asked everywhere, each text reads the same."""

from __future__ import annotations

from typing import Any

import pytest

from trialfinder.phrases.screens import Screen
from trialfinder.reading.refine import less_than_named, refined, said_of_all
from trialfinder.reading.refine.rules import LeafRules
from trialfinder.reading.structure import read_text
from trialfinder.reading.vocabulary.patterns import load_patterns

LINES = [example.text for pattern in load_patterns().values() for rule in pattern.rules for example in rule.yes]
AROUND = (
    "Adverse reactions to heparin, {}.",
    "Recent event (stroke, heart attack) or diseases of the skin such as {}",
    "{} that would interfere with the study unless it is mild. Treated cases are allowed.",
    "Phase II: no {} (stage 3), the site of {}, or medication for {}",
    "Lives in Ohio and is able to read; {} or {}, except skin cancer",
    'Took part in the trial "{} and sleep", was seen at the {} Clinic, or has a rise in {}',
    "{} in a close relative, {} before the age of 30, signs suggestive of {}",
    "{} (moderate or severe), or {} that cannot be stopped, treatment of gout with any of these: {}",
    "Men must have no {}; women who have {} unless it is treated, or use oral contraceptives",
    "Undergoing knee surgery, {}, nonresidents of Ohio, recently diagnosed {}, steroid or other injection",
)
TEXTS = ["Exclusion Criteria:\n" + "\n".join(f"* {line}" for line in LINES[at::40]) for at in range(40)] + [
    f"{title} Criteria:\n" + "\n".join(f"* {frame.format(*[line.rstrip('.')] * 3)}" for line in LINES[at :: 10 * 20])
    for at, frame in enumerate(AROUND)
    for title in ("Inclusion", "Exclusion")
]


def test_what_is_passed_over_would_have_changed_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_text.__wrapped__
    quick = [read(text) for text in TEXTS]
    monkeypatch.setattr(Screen, "lets", lambda _screen, _said: True)
    monkeypatch.setattr(refined, "_STEPS", [refined._Step(step.change) for step in refined._STEPS])
    for module in (less_than_named, said_of_all):
        rules: LeafRules[Any] = module._RULES
        monkeypatch.setattr(module, "_RULES", LeafRules(rule._replace(needs=None) for rule in rules._rules))
    for text, found in zip(TEXTS, quick, strict=True):
        assert read(text) == found, text
