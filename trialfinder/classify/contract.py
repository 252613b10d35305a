"""The JSON lines that ``trialfinder classify`` prints, one for each study."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from trialfinder.classify.classifier import classify
from trialfinder.classify.joinable import joinable
from trialfinder.classify.signs import signs
from trialfinder.study.model import Study


def contract(study: Study, today: dt.date, sponsor_records: Sequence[Study] = ()) -> dict[str, Any]:
    """Everything that is said about one study: what it is, whether it can be joined, its signs, and the evidence."""
    classification = classify(study)
    said = classification.to_json()
    evidence = said.pop("evidence")
    said |= joinable(study, today).to_json()
    said["signs"] = [sign.to_json() for sign in signs(study, classification, today, sponsor_records)]
    said["evidence"] = evidence
    return said
