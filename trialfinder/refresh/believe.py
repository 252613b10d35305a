"""Whether the result of a search can be believed. Too little is refused, too much only told."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from trialfinder.errors import ExpectationFailed
from trialfinder.refresh.asking_plan import SearchPlan

#: A larger fall than this share, against the last full pass, is not believed …
MAX_FALL = 0.3
#: … unless so few studies are missing that a small search would trip over ordinary days.
SMALL_FALL = 3
#: More records than this share out of the promised shape: the registry has changed, not the studies.
MAX_ODD = 0.1
_SMALL_ODD = 5


def check(
    plan: SearchPlan,
    found: Collection[str],
    filled: Mapping[str, frozenset[str]],
    odd: Collection[str],
    found_before: int | None,
    *,
    accept_fall: bool = False,
) -> tuple[str, ...]:
    """Judges what one search found in this run.

    Args:
        plan: how it was asked.
        found: NCT IDs.
        filled: for each study that came, which of the fields of ``min_fill`` have a value.
        odd: NCT IDs set aside in this run.
        found_before: how many the last full pass found; None for the first.
        accept_fall: a person has looked and says the fall is real.

    Returns:
        Warnings, one line each.

    Raises:
        ExpectationFailed: not believable; says why and what to do.
    """
    reasons = _shape(found, odd)
    if plan.mode == "full":
        counts = {name: sum(name in filled.get(nct_id, ()) for nct_id in found) for name in plan.search.expect.min_fill}
        reasons += list(plan.search.expect.refusals(len(found), counts))
        reasons += _fall(len(found), found_before) if not accept_fall else []
    else:
        reasons += _emptied(plan, found, filled)
    if reasons:
        way_out = f"trialfinder queries check {plan.search.name}"
        raise ExpectationFailed(
            f"{plan.search.name}: {'; '.join(reasons)}; the store was left as it was. If this is right, change the "
            f"search's [expect] or run with --accept-fall; to look: {way_out}",
            suggestions=(way_out,),
        )
    return tuple(f"{plan.search.name}: {line}" for line in plan.search.expect.warnings(len(found)))


def _fall(now: int, before: int | None) -> list[str]:
    lost = (before or 0) - now
    if not before or lost < SMALL_FALL or lost <= MAX_FALL * before:
        return []
    return [f"{now} studies, {before} the last time, a fall of {lost / before:.0%}"]


def _shape(found: Collection[str], odd: Collection[str]) -> list[str]:
    strange = [nct_id for nct_id in found if nct_id in odd]
    if len(strange) < _SMALL_ODD or len(strange) <= MAX_ODD * len(found):
        return []
    return [f"{len(strange)} of {len(found)} records are not in the promised shape"]


def _emptied(plan: SearchPlan, found: Collection[str], filled: Mapping[str, frozenset[str]]) -> list[str]:
    """Empty fields among a few changed studies; the fewer they are, the more chance is allowed for.

    One or two studies without a value say nothing; five of five do.
    """
    came = [filled[nct_id] for nct_id in found if nct_id in filled]
    reasons = []
    for name, share in plan.search.expect.min_fill.items():
        count = sum(name in fields for fields in came)
        if came and count < (share - 1 / math.sqrt(len(came))) * len(came):
            reasons.append(f"{name} is filled in {count} of {len(came)} updated studies, expected {share:.0%}")
    return reasons
