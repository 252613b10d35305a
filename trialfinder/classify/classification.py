"""What classification says about a study, and the JSON contract of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

RELEVANCES = ("core", "adjacent", "off_topic")
CELL_PRODUCTS = (
    "msc",
    "mononuclear",
    "stromal_vascular_fraction",
    "hematopoietic",
    "ipsc_derived",
    "neural_stem",
    "schwann",
    "other_cells",
    "exosome_or_secretome",
    "platelet_rich_plasma",
    "tissue_product",
    "none",
    "not_stated",
)
# Products without living cells: never core.
ACELLULAR = frozenset({"exosome_or_secretome", "platelet_rich_plasma", "tissue_product"})
CELL_SOURCES = (
    "bone_marrow",
    "adipose",
    "umbilical_cord",
    "placenta_amnion",
    "peripheral_blood",
    "dental",
    "nerve",
    "skin",
    "other",
    "none",
    "not_stated",
)
DONORS = ("autologous", "allogeneic", "none", "not_stated")
ROUTES = (
    "intravenous",
    "intramuscular",
    "intrathecal",
    "intra_arterial",
    "intraarticular",
    "intradiscal",
    "intravitreal_or_ocular",
    "perineural_or_nerve",
    "surgical_graft",
    "intradermal_or_topical",
    "intranasal",
    "other",
    "not_stated",
)
NEUROPATHY_TYPES = (
    "diabetic",
    "chemotherapy_induced",
    "inflammatory",
    "hereditary",
    "idiopathic",
    "small_fiber",
    "autonomic",
    "alcohol",
    "vitamin_deficiency",
    "infectious",
    "traumatic",
    "compressive",
    "cranial",
    "radiculopathy",
    "peripheral_unspecified",
)
NERVE_ROLES = ("target", "outcome_or_part", "mentioned_only", "none")
OUTCOME_KINDS = ("nerve_conduction", "pain_scale", "quality_of_life", "ulcer", "safety")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the record that a value rests on: ``field`` is the path in Study, ``quote`` a verbatim slice of it."""

    field: str
    quote: str

    def to_json(self) -> dict[str, str]:
        """As the contract prints it."""
        return {"field": self.field, "quote": self.quote}


@dataclass(frozen=True, slots=True)
class Dose:
    """How many cells the record says are given. ``words`` is its own wording; ``cells`` the number in it, per kilogram
    of body weight when ``per_kg``; None where it has several, or a range.
    """

    words: str
    cells: float | None
    per_kg: bool = False

    def to_json(self) -> dict[str, Any]:
        """As the contract prints it."""
        return {"words": self.words, "cells": self.cells, "per_kg": self.per_kg}


class ProductGiven(Protocol):
    """What the signs ask of a classification; a kept row of the table of studies says it too."""

    @property
    def cell_product(self) -> str:
        """One of CELL_PRODUCTS."""

    @property
    def cell_source(self) -> str:
        """One of CELL_SOURCES."""


@dataclass(frozen=True, slots=True)
class Classification:
    """What a study is. The values are those of the tuples above; ``evidence`` gives the words for each of them.

    ``dose``, ``number_of_doses`` and ``follow_up_months`` are None where the record does not say.
    """

    nct_id: str
    relevance: str
    relevance_reason: str
    cell_product: str
    cell_source: str
    donor: str
    routes: tuple[str, ...]
    neuropathy_types: tuple[str, ...]
    nerve_role: str
    dose: Dose | None = None
    number_of_doses: int | None = None
    follow_up_months: float | None = None
    outcome_kinds: tuple[str, ...] = ()
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The contract's fields that classification fills; `joinable` and `signs` add theirs."""
        return {
            "nct_id": self.nct_id,
            "relevance": self.relevance,
            "relevance_reason": self.relevance_reason,
            "cell_product": self.cell_product,
            "cell_source": self.cell_source,
            "donor": self.donor,
            "routes": list(self.routes),
            "neuropathy_types": list(self.neuropathy_types),
            "nerve_role": self.nerve_role,
            "dose": self.dose.to_json() if self.dose else None,
            "number_of_doses": self.number_of_doses,
            "follow_up_months": self.follow_up_months,
            "outcome_kinds": list(self.outcome_kinds),
            "evidence": {key: [item.to_json() for item in items] for key, items in self.evidence.items()},
        }
