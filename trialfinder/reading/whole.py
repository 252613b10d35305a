"""What only the whole text can tell: which neuropathy is studied, and what that makes of other nerve words."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.readings import Item, Reading

UNSPECIFIED = "peripheral_unspecified"
SETTLED = frozenset(
    {"neuropathy_type", "other_neuropathy_cause", "diagnosis_confirmed", "immunosuppression", "prior_cell_therapy"}
)
"""Patterns of which the whole text decides what they mean."""
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
        r.value if r.value != UNSPECIFIED or not neurotoxic else "chemotherapy_induced"
        for i in items if i.section != "exclusion" for r in i.readings
        if r.pattern == "neuropathy_type" and r.effect == "require"
    }  # fmt: skip


def _nervous(items: Iterable[Item]) -> bool:
    """Whether the study is about the nervous system or the spine, by the words of what it asks for."""
    return any(i.section != "exclusion" and _NERVOUS.search(i.text) for i in items)


_OF_NERVES = frozenset({"neuropathy_type", "pain_score", "fiber_type", "compressive_structural", "severity_score"})
_DISEASE = re.compile(r"\b(?:disease|illness|diagnos\w+|onset)\b|\A\W*duration\b", re.IGNORECASE)
_FELT = re.compile(r"symptom|lesion|pain|numb|neurop|sciatic|weak|ulcer|wound|complaint|palsy|injur", re.IGNORECASE)
MONTHS_A_YEAR = 12
_OF_CANCER = {"biological therapy": "", "immunotherapy": "", "stem cell transplant": "organ_transplant"}
"""Values of treatments that mean another row in a study of a cancer; '' for none: there they treat the cancer."""


def _of_cancer(items: Iterable[Item]) -> bool:
    """Whether the study asks for a cancer."""
    return any(
        r.pattern == "malignancy" and r.effect == "require" and r.window_months is None
        for i in items
        if i.section != "exclusion"
        for r in i.readings
    )


def _of_diabetes(items: Iterable[Item]) -> bool:
    """Whether the study asks for a type of diabetes and for no condition of the nerves."""
    wanted = [r for i in items if i.section != "exclusion" for r in i.readings if r.effect == "require"]
    typed = any(r.pattern == "diabetes_type" and r.value.startswith("type") for r in wanted)
    return typed and not {r.pattern for r in wanted} & _OF_NERVES


def of_the_disease(concept: str, words: str) -> bool:
    """Whether a time is how long "the disease" has lasted, by words that name no symptom."""
    return concept == "symptom_duration" and _DISEASE.search(words) is not None and not _FELT.search(words)


class Whole(Struct, frozen=True):
    """What all items of a text together tell about each."""

    kinds: frozenset[str]
    """Kinds of neuropathy that the study asks for."""
    cancer: bool
    """Whether it is about a cancer."""
    nervous: bool
    """Whether it is about nerves, brain or spine by the words of what it asks for."""
    diabetic: bool
    """Whether it asks for diabetes and for no nerve condition: then a "duration of disease" is that of the diabetes."""
    whole: bool
    """Whether there are enough criteria to tell what the study is about; a line or two are not."""
    graded: bool = False
    """Whether it bars a peripheral neuropathy only from a grade on."""

    @classmethod
    def of(cls, items: tuple[Item, ...]) -> Whole:
        """Looks through the items once."""
        patterns = {r.pattern for i in items for r in i.readings}
        kinds = _studied(items) if "neuropathy_type" in patterns else set()
        return cls(
            frozenset(kinds),
            _of_cancer(items),
            "diagnosis_confirmed" in patterns and _nervous(items),
            _of_diabetes(items),
            len(items) >= _FEWEST,
            "neuropathy_type" in patterns and _graded(items),
        )

    def settled(self, pattern: str, effect: str, value: str) -> tuple[str, str] | None:
        """Pattern and value as the whole text makes them; None when the text makes them mean nothing."""
        if pattern == "neuropathy_type":
            specific = self.kinds - {UNSPECIFIED}
            if effect == "exclude" and value in specific:
                return None
            if effect == "exclude" and self.kinds:
                return "other_neuropathy_cause", value
            if effect == "require" and value == UNSPECIFIED and len(specific) == 1:
                return pattern, next(iter(specific))
        if pattern == "other_neuropathy_cause" and value in _ONLY_BESIDE and not self.kinds:
            return None
        if pattern == "diagnosis_confirmed" and not self.nervous:
            return None
        named = value.partition("; except:")[0]
        if named in _OF_CANCER:
            told = value.removeprefix(named).removeprefix("; ")
            other = _OF_CANCER[named]
            return (pattern, told) if not self.cancer else (other, named) if other else None
        return pattern, value


_FEWEST = 4
_GRADED = re.compile(
    r"\bgrades?\s?(?:[>\u2265]|=>|greater|more|higher|[2-4]|ii)"
    r"|(?:[>\u2265]=?|(?:greater|more|worse|higher) than|above)\s?(?:or equal to\s)?grade",
    re.IGNORECASE,
)


def _graded(items: Iterable[Item]) -> bool:
    """Whether a peripheral neuropathy is barred only from a grade on, so that a lighter one is not."""
    return any(
        r.pattern == "neuropathy_type" and r.effect == "exclude" and _GRADED.search(i.text) is not None
        for i in items
        for r in i.readings
    )


_WORKS = re.compile(r"function|normal|adequate|enzyme", re.IGNORECASE)
"""Words of an organ that is to work well, which is no illness."""
_OWN = frozenset(
    {
        "malignancy", "chemotherapy", "pulmonary", "stroke", "autoimmune", "hepatic",
        "psychiatric", "active_infection", "substance_abuse", "organ_transplant", "hypertension", "hemoglobin", "hiv",
    }
)  # fmt: skip
"""Illnesses that, asked for in a study of no nerve condition, are the study's own: no row of the catalogue."""


def _settled(reading: Reading, whole: Whole) -> Reading | None:
    if (
        whole.whole
        and not whole.kinds
        and reading.pattern in _OWN
        and reading.effect == "require"
        and reading.section != "exclusion"
        and reading.low is None
        and reading.high is None
        and not _WORKS.search(reading.quote)
    ):
        return None
    if whole.diabetic and of_the_disease(reading.pattern, reading.quote):
        low, high = (None if x is None else x / MONTHS_A_YEAR for x in (reading.low, reading.high))
        return replace(reading, pattern="diabetes_duration", low=low, high=high, unit="years")
    if reading.pattern not in SETTLED:
        return reading
    made = whole.settled(reading.pattern, reading.effect, reading.value)
    return None if made is None else replace(reading, pattern=made[0], value=made[1])


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


def settle(items: tuple[Item, ...], whole: Whole) -> tuple[Item, ...]:
    """Looks at all items together.

    In a study of one kind of neuropathy, another kind that bars is ``other_neuropathy_cause``, and "the neuropathy"
    without a kind is the studied one. A way of confirming a diagnosis counts only for nerve, brain and spine.
    """
    typed = any(
        r.pattern == "diabetes_type" and r.effect == "require" and r.value.startswith("type")
        for i in items
        for r in i.readings
    )
    out: list[Item] = []
    for item in items:
        if not item.readings:
            out.append(item)
            continue
        settled = (_settled(r, whole) for r in item.readings)
        readings = _distinct((r for r in settled if r is not None), typed=typed)
        out.append(item if readings == item.readings else replace(item, readings=readings))
    return tuple(out)
