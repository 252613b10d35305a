"""The verdict on a study with one criterion."""

from __future__ import annotations

import datetime as dt
from typing import Any

import trialfinder as tf

_TODAY = dt.date(2026, 11, 28)


def verdict_on(sentence: str, facts: dict[str, Any], condition: str = "Knee pain") -> str:
    """What is said of the sentence, "in: …" or "ex: …", to somebody who told these facts.

    ``condition``: what is studied; several with "; " between them.
    """
    section = "Inclusion" if sentence.startswith("in: ") else "Exclusion"
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT90000001", "briefTitle": "Cells"},
            "statusModule": {"overallStatus": "RECRUITING"},
            "conditionsModule": {"conditions": condition.split("; ")},
            "eligibilityModule": {"eligibilityCriteria": f"{section} Criteria:\n\n* {sentence[4:]}", "sex": "ALL"},
        }
    }
    return str(tf.match(facts, [record], today=_TODAY)["verdict"].iloc[0])
