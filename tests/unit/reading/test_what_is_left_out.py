"""What is passed over for speed says nothing: with every rule asked everywhere, each text reads the same."""

from __future__ import annotations

import pytest

from trialfinder.phrases.screens import Screen
from trialfinder.reading.patterns import load_patterns
from trialfinder.reading.refine import refined
from trialfinder.reading.structure import read_text

LINES = [example.text for pattern in load_patterns().values() for rule in pattern.rules for example in rule.yes]
AROUND = (
    "Adverse reactions to heparin, {}.",
    "Recent event (stroke, heart attack) or diseases of the skin such as {}",
    "{} that would interfere with the study unless it is mild. Treated cases are allowed.",
    "Phase II: no {} (stage 3), the site of {}, or medication for {}",
    "Lives in Ohio and is able to read; {} or {}, except skin cancer",
)
TEXTS = ["Exclusion Criteria:\n" + "\n".join(f"* {line}" for line in LINES[at::40]) for at in range(40)] + [
    f"{title} Criteria:\n" + "\n".join(f"* {frame.format(*[line.rstrip('.')] * 3)}" for line in LINES[at :: 5 * 20])
    for at, frame in enumerate(AROUND)
    for title in ("Inclusion", "Exclusion")
]


def test_what_is_passed_over_would_have_changed_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_text.__wrapped__
    quick = [read(text) for text in TEXTS]
    monkeypatch.setattr(Screen, "lets", lambda _screen, _said: True)
    monkeypatch.setattr(refined, "_CHANGES", [(change, frozenset()) for change, _ in refined._CHANGES])
    for text, found in zip(TEXTS, quick, strict=True):
        assert read(text) == found, text
