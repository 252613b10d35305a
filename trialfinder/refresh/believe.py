"""Whether the result of a search can be believed. Too little is refused, too much only told."""

from __future__ import annotations

import math
import shlex
from collections.abc import Callable, Collection, Mapping, Sequence

import msgspec

from trialfinder.base.text import count
from trialfinder.errors import ExpectationFailed
from trialfinder.refresh.asking_plan import SearchPlan

#: A larger fall than this share, against the last full pass, is not believed …
MAX_FALL = 0.3
#: … unless so few studies are missing that a small search would trip over ordinary days.
SMALL_FALL = 3
#: More records than this share out of the promised shape: the registry has changed, not the studies.
MAX_ODD = 0.1
_SMALL_ODD = 5
#: So many searches that fell are told in brief.
_MANY = 4
#: A search that expects so many cannot find none.
_SURELY_SOME = 10


def check(
    plan: SearchPlan,
    found: Collection[str],
    filled: Mapping[str, frozenset[str]],
    odd: Collection[str],
    found_before: int | None,
    *,
    empty_before: Callable[[], Mapping[str, float] | None] = dict,
    accept_fall: bool = False,
) -> tuple[str, ...]:
    """Judges what one search found in this run; returns warnings, one line each.

    Args:
        plan: how it was asked.
        found: NCT IDs.
        filled: for each study that came, which of the fields of ``min_fill`` have a value.
        odd: NCT IDs set aside in this run.
        found_before: how many the last full pass found; None for the first.
        empty_before: which share of the studies that are kept lacks each field, None when none is; asked only in
            doubt. What was kept was believed, by a person or for want of anything to compare with: that is no fall now.
        accept_fall: a person has looked and says that it is real: the number, the fall, the empty fields.

    Raises:
        ExpectationFailed: not believable, says why and what to do: too little (`NotBelieved`), or not in shape.
    """
    name, expect = plan.search.name, plan.search.expect
    _check_shape(name, found, odd)
    few = expect.too_few(len(found)) if plan.mode == "full" else ()
    is_guess = _only_a_guess(len(found), found_before, expect.min_studies)
    guess = few if is_guess else ()
    empty = _empty(plan, found, filled, odd, expect.min_fill)
    if empty:
        if (before := empty_before()) is None:  # how well the registry fills its fields is not known here either
            guess += empty
        empty = _empty(plan, found, filled, odd, _lowest(expect.min_fill, before, len(found)))
    reasons = [*([] if is_guess else few), *empty, *(fall := _fall(plan, len(found), found_before))]
    if reasons and not accept_fall:
        fell = {name: (len(found), found_before or 0)} if fall and not empty else {}
        raise NotBelieved([(name, plan.mode == "full", "; ".join(reasons))], fell)
    once = guess if found_before is None else ()  # a mail every week would teach its reader to look away
    return tuple(f"{name}: {line}" for line in (*once, *reasons, *expect.too_many(len(found))))


class NotBelieved(ExpectationFailed):
    """Searches that brought too little, with the one command that has all of them believed.

    Args:
        doubts: of each search its name, whether everything was asked for, and why it is not believed. A fall shows
            only when everything is asked for again.
        fell: of those of which nothing else is wrong than that less came: how many studies came, and the last time.
    """

    def __init__(
        self, doubts: Sequence[tuple[str, bool, str]], fell: Mapping[str, tuple[int, int]] | None = None
    ) -> None:
        self.doubts, self.fell = tuple(doubts), dict(fell or {})
        each = " | ".join(self._each())
        several = len(self.doubts) > 1
        with_file = [name for name, *_ in self.doubts if " " not in name]  # a person's own words have none
        own_file = ". What is expected at all can be set in a file of your own, which the first of these names"
        words = (
            f"{f'{len(self.doubts)} searches: ' if several else ''}{each}; the store was left as it was. Look at "
            f"{'these searches' if several else 'the search'} on the website, and when the registry really has no "
            f"more, have it believed once: later runs compare with what was believed{own_file if with_file else ''}"
        )
        asked = "".join(f" --query {shlex.quote(name)}" for name, *_ in self.doubts)
        full = " --full" if any(full for _, full, _ in self.doubts) else ""
        show = [f"trialfinder queries show {name}" for name in with_file[:1]]
        super().__init__(words, suggestions=(*show, f"trialfinder refresh{asked}{full} --accept-fall"))

    def _each(self) -> list[str]:
        """What is wrong with each; of many that fell the numbers only, or nobody reads on to the way out."""
        brief = self.fell if len(self.fell) >= _MANY else {}
        told = [f"{name}: {why}" for name, _, why in self.doubts if name not in brief]
        numbers = ", ".join(f"{name} {now} of {before}" for name, (now, before) in brief.items())
        return [*([f"far fewer studies than the last time: {numbers}"] if brief else []), *told]


def _check_shape(name: str, found: Collection[str], odd: Collection[str]) -> None:
    if strange := _shape(found, odd):
        raise ExpectationFailed(
            f"{name}: {strange[0]}; the store was left as it was. The registry may have changed: look for a newer "
            "trialfinder"
        )


def _only_a_guess(now: int, before: int | None, least: int) -> bool:
    """Whether the least number is no ground for doubt: no run has confirmed it, or the last one denied it.

    The live numbers were not known when the searches were written, so a first fill is stopped only by an answer
    without any study where a good many are expected.
    """
    if before is None:
        return now > 0 or least < _SURELY_SOME
    return before < least


def _empty(
    plan: SearchPlan, found: Collection[str], filled: Mapping[str, frozenset[str]], odd: Collection[str],
    shares: Mapping[str, float],
) -> tuple[str, ...]:  # fmt: skip
    """What is odd is told as such, by `_check_shape` when it is much; its fields are not empty but unread."""
    if plan.mode != "full":
        return tuple(_emptied(shares, found, filled))
    read = [nct_id for nct_id in found if nct_id not in odd]
    counts = {name: sum(name in filled.get(nct_id, ()) for nct_id in read) for name in shares}
    return msgspec.structs.replace(plan.search.expect, min_fill=dict(shares)).too_empty(len(read), counts)


def _lowest(shares: Mapping[str, float], empty_before: Mapping[str, float] | None, found: int) -> dict[str, float]:
    """The least share of each field that is no fall: what is kept has no more either, or an ordinary day's change."""
    if empty_before is None:
        return {}
    slack = (SMALL_FALL - 1) / found if found else 0.0
    return {
        name: share if empty_before.get(name, 0.0) <= 1 - share else max(0.0, 1 - empty_before[name] - slack)
        for name, share in shares.items()
    }


def _fall(plan: SearchPlan, now: int, before: int | None) -> list[str]:
    lost = (before or 0) - now
    if plan.mode != "full" or not before or lost < SMALL_FALL or lost <= MAX_FALL * before:
        return []
    return [f"{count(now, 'study', 'studies')} came, {before} the last time, a fall of {lost / before:.0%}"]


def _shape(found: Collection[str], odd: Collection[str]) -> list[str]:
    strange = [nct_id for nct_id in found if nct_id in odd]
    if len(strange) < _SMALL_ODD or len(strange) <= MAX_ODD * len(found):
        return []
    return [f"{len(strange)} of {len(found)} records are not in the promised shape"]


def _emptied(shares: Mapping[str, float], found: Collection[str], filled: Mapping[str, frozenset[str]]) -> list[str]:
    """Empty fields among a few changed studies; the fewer they are, the more chance is allowed for.

    One or two studies without a value say nothing; five of five do.
    """
    came = [filled[nct_id] for nct_id in found if nct_id in filled]
    reasons = []
    for name, share in shares.items():
        have = sum(name in fields for fields in came)
        if came and have < (share - 1 / math.sqrt(len(came))) * len(came):
            words = name.replace("_", " ")
            reasons.append(f"only {have} of {len(came)} updated studies have {words}, {share:.0%} were expected")
    return reasons
