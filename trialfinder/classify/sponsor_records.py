"""What signs look at of the other records of a sponsor: little of each, made once and not for every study anew."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from trialfinder.base.values import PartialDate
from trialfinder.classify.product import given_product
from trialfinder.classify.reported import with_results
from trialfinder.classify.study_text import StudyText
from trialfinder.classify.term_tables import table
from trialfinder.study.model import Study


@dataclass(frozen=True, slots=True)
class SponsorRecord:
    """One record of a sponsor, as the signs of another one of that sponsor look at it."""

    nct_id: str
    fields: frozenset[str]
    """The broad fields of medicine to which its conditions belong."""
    status: str | None
    end: PartialDate | None
    """When its last main measurement was; None: not said, or only planned."""
    has_results: bool | None
    """What the record says of results in the registry."""
    is_reported: bool
    """Whether there are results, there or in a publication."""
    product: Callable[[], str] = field(compare=False)
    """The cell product that it gives; asked of few."""


def record_of(study: Study, product: str | None = None) -> SponsorRecord:
    """What is looked at of a study; ``product`` where it is known which one it gives."""
    actual = study.primary_completion_date_type == "ACTUAL"
    return SponsorRecord(
        study.nct_id,
        frozenset(fields_of(study.conditions)),
        study.overall_status,
        study.primary_completion_date if actual else None,
        study.has_results,
        with_results(study),
        functools.cache(lambda: given_product(StudyText(study)).product) if product is None else partial(str, product),
    )


@functools.lru_cache(maxsize=512)
def fields_of(conditions: tuple[str, ...]) -> Mapping[str, str]:
    """The broad fields of medicine that conditions belong to, each with the condition that shows it."""
    found: dict[str, str] = {}
    rows = [term for term in table("topics") if term.side == "branch"]
    for condition in conditions:
        low = condition[:300].lower()
        for term in rows:
            if term.id not in found and term.search(low):
                found[term.id] = condition
                break  # one condition speaks for one field
    return found
