"""What a study gives, whether it can still be joined, and what should make a reader careful.

Three judgements with their reasons, none of them a verdict on a person or a firm.
"""

from __future__ import annotations

from trialfinder.classify.classification import Classification, Dose, Evidence
from trialfinder.classify.classifier import classify, contract
from trialfinder.classify.joinable import Joinable, gone_words, joinable, joinable_from, unconfirmed
from trialfinder.classify.sign_rules import Approval, StandingQuestion, approval, standing_questions
from trialfinder.classify.signs import Sign, is_strong_warning, signs, strong_warnings

__all__ = [
    "Approval",
    "Classification",
    "Dose",
    "Evidence",
    "Joinable",
    "Sign",
    "StandingQuestion",
    "approval",
    "classify",
    "contract",
    "gone_words",
    "is_strong_warning",
    "joinable",
    "joinable_from",
    "signs",
    "standing_questions",
    "strong_warnings",
    "unconfirmed",
]
