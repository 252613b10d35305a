"""The limits of age that the criteria state beyond the record's own fields, or otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trialfinder.base.tongue import age_said, say
from trialfinder.base.values import Age
from trialfinder.reading.nodes.tree import Bounds, Criterion, Group, Leaf, When, walk
from trialfinder.reading.telling.tree_words import asked
from trialfinder.study.model import Study


def limits_of_text(study: Study, criteria: Sequence[Criterion]) -> str:
    """Limits of age in the criteria that no field of the record has, or has otherwise; '' when there is none."""
    text = "; ".join(dict.fromkeys(_beyond(study, _of_text(study.eligibility_criteria, criteria))))
    return say("by the criteria: {limits}").format(limits=text) if text else ""


def _of_text(text: str, criteria: Iterable[Criterion]) -> Iterator[Bounds]:
    """The limits of age that hold for everybody; those of a group, or under a condition, are left out."""
    for criterion in criteria:
        if criterion.node is None:
            continue
        parts = tuple(walk(criterion.node))
        if not any(_limits_age(part) for part in parts) or any(isinstance(part, Group | When) for part in parts):
            continue
        for each in asked(text, criterion.node):
            bounds = each.leaf.bounds
            if _limits_age(each.leaf) and bounds is not None and not each.loose and not each.beside:
                yield bounds if each.wanted else _turned(bounds)


def _limits_age(part: object) -> bool:
    """Few criteria speak of age, and to say what one asks takes far longer than to see that it does not."""
    return isinstance(part, Leaf) and part.concept == "age" and part.bounds is not None


def _turned(bounds: Bounds) -> Bounds:
    """What is left in where such an age bars: up to 17 barred is the same as from 18 on."""
    return Bounds(
        bounds.high, not bounds.high_inclusive, bounds.low, not bounds.low_inclusive, bounds.unit
    )  # fmt: skip


def _beyond(study: Study, found: Iterable[Bounds]) -> Iterator[str]:
    for bounds in found:
        if bounds.unit not in ("years", "year", ""):
            continue
        if bounds.low is not None and _differs(study.minimum_age, bounds.low):
            form = say("from {age}") if bounds.low_inclusive else say("over {age}")
            yield form.format(age=age_said(Age(bounds.low, "year")))
        if bounds.high is not None and _differs(study.maximum_age, bounds.high):
            form = say("up to {age}") if bounds.high_inclusive else say("under {age}")
            yield form.format(age=age_said(Age(bounds.high, "year")))


def _differs(field: Age | None, years: float) -> bool:
    return field is None or abs(field.years - years) > 1e-3
