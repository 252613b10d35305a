"""What only the whole text can tell: which neuropathy is studied, and what that makes of other nerve words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from trialfinder.reading.readings import Item, Reading

_UNSPECIFIED = "peripheral_unspecified"
_ONLY_BESIDE = frozenset({"vitamin deficiency", "thyroid"})
"""Named causes that mean a cause of neuropathy only in a study of neuropathy."""
_NERVOUS = re.compile(
    r"neuro|nerve|spin(?:e|al)|lumbar|cervical|\bdis[ck]s?\b|radicul|sciatic|parkinson|sclerosis|\bals\b|cerebr|"
    r"brain|palsy|paralys|"
    r"\b(?:back|neck|leg) pain|\blbp\b|cidp|cipn|guillain|\bldh\b|\bhnp\b|headache|migraine|neuralgia|trigemin|"
    r"facial (?:pain|palsy)|prolapse|plexus|nerv|charcot.marie|\bms\b|tunnel|myel|stroke|epilep|dementia|alzheimer|"
    r"ataxia|tingling|numbness",
    re.IGNORECASE,
)
_NEUROTOXIC = re.compile(
    r"neurotoxic|oxaliplatin|taxanes?\b|paclitaxel|docetaxel|vincristine|bortezomib|platinum.based|chemotherap\w+ "
    r"agents? listed",
    re.IGNORECASE,
)


def _studied(items: tuple[Item, ...]) -> set[str]:
    """Kinds of neuropathy that the study asks for; neuropathy beside neurotoxic drugs is the one they cause."""
    neurotoxic = any(i.section != "exclusion" and _NEUROTOXIC.search(i.text) for i in items)
    return {
        r.value if r.value != _UNSPECIFIED or not neurotoxic else "chemotherapy_induced"
        for i in items if i.section != "exclusion" for r in i.readings
        if r.pattern == "neuropathy_type" and r.effect == "require"
    }  # fmt: skip


def _nervous(items: Iterable[Item]) -> bool:
    """Whether the study is about the nervous system or the spine, by the words of what it asks for."""
    return any(i.section != "exclusion" and _NERVOUS.search(i.text) for i in items)


def _settled(reading: Reading, kinds: set[str], *, nervous: bool) -> Reading | None:
    """The reading as the whole text makes it; None when the text makes it mean nothing."""
    if reading.pattern == "neuropathy_type":
        specific = kinds - {_UNSPECIFIED}
        if reading.effect == "exclude" and reading.value in specific:
            return None
        if reading.effect == "exclude" and kinds:
            return replace(reading, pattern="other_neuropathy_cause")
        if reading.effect == "require" and reading.value == _UNSPECIFIED and len(specific) == 1:
            return replace(reading, value=next(iter(specific)))
    if reading.pattern == "other_neuropathy_cause" and reading.value in _ONLY_BESIDE and not kinds:
        return None
    if reading.pattern == "diagnosis_confirmed" and not nervous:
        return None
    return reading


def _distinct(readings: Iterable[Reading], *, typed: bool) -> tuple[Reading, ...]:
    """Drops "diabetes" of any kind beside "type 2 diabetes", and readings that became the same.

    ``typed`` says that the study asks for one type of diabetes somewhere.
    """
    kept: dict[tuple[object, ...], Reading] = {}
    found = list(readings)
    named = {r.effect for r in found if r.pattern == "diabetes_type" and r.value != "any"}
    for r in found:
        if (
            r.pattern == "diabetes_type"
            and r.value == "any"
            and (r.effect in named or (typed and r.effect == "require"))
        ):
            continue
        kept.setdefault((r.pattern, r.effect, r.value, r.low, r.high, r.unit, r.window_months), r)
    return tuple(kept.values())


def settle(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Looks at all items together.

    In a study of one kind of neuropathy, another kind that bars is ``other_neuropathy_cause``, and "the neuropathy"
    without a kind is the studied one. A way of confirming a diagnosis counts only for nerve, brain and spine.
    """
    patterns = {r.pattern for i in items for r in i.readings}
    kinds = _studied(items) if "neuropathy_type" in patterns else set()
    nervous = "diagnosis_confirmed" in patterns and _nervous(items)
    typed = "diabetes_type" in patterns and any(
        r.pattern == "diabetes_type" and r.effect == "require" and r.value.startswith("type")
        for i in items
        for r in i.readings
    )
    out: list[Item] = []
    for item in items:
        if not item.readings:
            out.append(item)
            continue
        settled = (_settled(r, kinds, nervous=nervous) for r in item.readings)
        readings = _distinct((r for r in settled if r is not None), typed=typed)
        out.append(item if readings == item.readings else _with(item, readings))
    return tuple(out)


def _with(item: Item, readings: tuple[Reading, ...]) -> Item:
    """The item with other readings; when one was taken away, it is no longer wholly understood."""
    complete = item.complete and len(readings) == len(item.readings)
    return replace(item, readings=tuple(replace(r, complete=complete) for r in readings), complete=complete)
