"""What a study gives, whether it can still be joined, and what should make a reader careful.

Three judgements with their reasons, none of them a verdict on a person or a firm.
"""

from __future__ import annotations

from trialfinder.classify.classifier import classify
from trialfinder.classify.model import Classification, Dose, Evidence

__all__ = ["Classification", "Dose", "Evidence", "classify"]
