"""Other studies, operations, procedures, diabetes by type, cells of the blood, other diseases of brain and nerves."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer, any_of
from trialfinder.judge.answering.allergies import ALLERGIES, names_allergen
from trialfinder.judge.answering.another_diabetes import other_diabetes
from trialfinder.judge.answering.by_name import by_name
from trialfinder.judge.answering.by_table import by_table
from trialfinder.judge.answering.denied_by_fact import plainly
from trialfinder.judge.answering.events_dated import ago
from trialfinder.judge.answering.known_illness import names_an_illness
from trialfinder.judge.answering.neuropathy import match_kind
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.person.word_tables import kinds
from trialfinder.reading.wording.nouns import mentions

TRIAL, LAST_TRIAL = "treatment.in_other_trial", "treatment.last_trial_ended_months_ago"
PLANNED, LAST_SURGERY = "treatment.surgery_planned", "treatment.last_surgery_months_ago"
_KIND_OF_TRIAL = (
    "stem cell", "cell", "gene", "device", "surgical", "vaccine", "this study", "pain", "same", "agent", "drug",
    "product", "medication", "investigational",
    "observational", "experimental",
)  # fmt: skip
_NOT_ANY_TRIAL = (
    "stem cell", "gene", "device", "vaccine", "this study", "same", "cell therap*", "covid*",
    "drug trial", "drug trials", "drug study", "drug studies", "medicinal", "pharmacological",
)  # fmt: skip
"""Kinds of studies that one of which nothing else is told may not be, whatever stands beside them."""


def other_trial(asked: Question) -> Told:
    """Takes part in another study now, or did within the window. Which product was given is not told."""
    facts, running = asked.facts, asked.facts.flag(TRIAL)
    special = asked.says(*_KIND_OF_TRIAL) and not asked.says(
        "trial", "study", "studies", "participat*", "research", "protocol"
    )
    special = special or bool(asked.leaf.value and asked.leaf.value == asked.leaf.noun)  # an example: "such as X"
    special = special or asked.says(*_NOT_ANY_TRIAL) or not _any_trial(asked.leaf.noun)
    if running is YES and asked.leaf.direction != "at_least_ago" and not asked.planned:
        return Told(UNKNOWN if special else YES, TRIAL)
    if asked.planned:
        return Told(UNKNOWN, TRIAL)
    if asked.window is not None:
        span = facts.span(LAST_TRIAL)
        answer = ago(asked, span) if span is not None else UNKNOWN
        if answer is NO and running is UNKNOWN:
            return Told(UNKNOWN, TRIAL)  # the last study that ended is not the one that runs
        return Told(UNKNOWN if answer is YES and special else answer, facts.origin(LAST_TRIAL))
    if running is NO and mentions(asked.all_words, ("half-li*", "half li*", "exposure", "exposed")):
        return Told(UNKNOWN, LAST_TRIAL)
    past = asked.leaf.sense == "history" or asked.says("participated", "previous", "prior", "received", "took part")
    if running is NO and past:
        span = facts.span(LAST_TRIAL)
        return Told(YES if span is not None and not special else UNKNOWN, LAST_TRIAL)
    return Told(running, TRIAL)


def _any_trial(words: str) -> bool:
    """Whether words mean whatever study there is: of "a CT-155 study" or "an epilepsy study" theirs may be none."""
    return leaf_tests()["other_trial"].anyhow.issuperset(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", words.lower()))


_KIND_OF_OPERATION = (
    "inject*", "block*", "acupunct*", "discograph*", "biops*", "aspirat*", "catheter*", "stent*", "angioplast*", "pci",
)  # fmt: skip


_ABOUT_A_YEAR = 12.0
"""Months within which an operation is planned by who tells that one is."""


def recent_surgery(asked: Question) -> Told:
    """Operations: the last by its months, a planned one by its fact. Which operation it was is not told."""
    plain = plainly(asked, leaf_tests()["recent_surgery"])
    large = mentions(asked.all_words, ("major",))  # how large it is is not told
    if asked.planned or asked.says("planned", "scheduled", "elective"):
        planned = asked.facts.flag(PLANNED)
        plain = plain or asked.says(
            "planned surgery", "planned operation", "surgery planned", "scheduled surgery", "elective surgery"
        )
        soon = asked.window is not None and asked.window < _ABOUT_A_YEAR  # which day of the year it is for is not told
        return Told(UNKNOWN if planned is YES and (not plain or large or soon) else planned, PLANNED)
    if asked.says(*_KIND_OF_OPERATION):
        return Told(UNKNOWN, None)
    span = asked.facts.span(LAST_SURGERY)
    if asked.window is None or span is None:
        return Told(UNKNOWN, LAST_SURGERY)
    answer = ago(asked, span)
    return Told(UNKNOWN if answer is YES and (not plain or large) else answer, LAST_SURGERY)


_MRI = ("mri", "magnetic resonance", "magnetic", "mr", "nmr")
_MORE_THAN_MRI = (
    "lumbar puncture", "biops*", "marrow", "anesthe*", "anaesthe*", "contrast", "gadolin*", "ct",
    "following procedures",
)  # fmt: skip


_PLACE = re.compile(
    r"\b(?:breasts?|knees?|hips?|heart|cardiac|brain|head|spin\w+|liver|prostate|joints?|abdom\w+|pelvi\w+|legs?|foot|feet)\b"
)


def procedure_contraindication(asked: Question) -> Told:
    """Only an MRI is told in a profile: whether it is possible. The leaf says that it is not, or must not be."""
    if not asked.wanted and asked.says("contraindicat*", "contra-indicat*") and names_allergen(asked):
        return Told(YES, ALLERGIES, firm=True)
    if not asked.says(*_MRI):
        return Told(UNKNOWN, None)
    fact = "treatment.mri_possible"
    cannot = ~asked.facts.flag(fact)
    if cannot is YES and any(_PLACE.search(words) for words in asked.leaf.narrowing):
        return Told(UNKNOWN, fact)  # "of the breast": that of another part may be possible
    if cannot is NO and asked.says(*_MORE_THAN_MRI):
        return Told(UNKNOWN, fact)
    able = asked.wanted and not asked.says(
        "contraindicat*", "cannot", "unable", "inability", "not", "pacemaker", "implant*"
    )
    return Told(~cannot if able else cannot, fact, firm=True)


def diabetes_type(asked: Question) -> Told:
    """Has the type of diabetes that the words name."""
    facts = asked.facts
    kind, diabetic = facts.word("diabetes.type"), facts.flag("derived.diabetes")
    fact = facts.origin("diabetes.type") if kind else facts.origin("derived.diabetes")
    wanted = [name for name in asked.values if name in ("type1", "type2", "any", "insulin_dependent")]
    if asked.leaf.bounds is not None:
        return Told(UNKNOWN, fact)
    apart = asked.says("gestational", "insipidus", "steroid", "prediabet*", "monogenic")
    if diabetic is NO and asked.values == ("other",) and not apart and not asked.planned:
        return Told(NO, fact)  # "other forms of diabetes"
    if asked.values == ("other",) and kind in ("type1", "type2") and not (apart or asked.planned):
        return Told(other_diabetes(asked, kind), fact)
    if (asked.values and not wanted) or apart:
        return Told(UNKNOWN, fact)
    if mentions(asked.all_words, ("risk", "predispos*")):
        return Told(UNKNOWN, fact)
    found = any_of(_type(name, kind, diabetic) for name in wanted or ["any"])
    by_insulin = wanted == ["insulin_dependent"] and asked.says("requir*", "treated", "taking", "using", "use", "uses")
    if found is UNKNOWN and by_insulin and diabetic is YES and "insulin" in facts.drug_classes:
        return Told(YES, "treatment.medications")
    if found is YES and asked.leaf.direction in ("planned", "at_least_ago", "lasting"):
        return Told(UNKNOWN, fact)
    return _treated_diabetes(asked, kind, Told(found, fact))


def diabetes_duration(asked: Question) -> Told:
    """Years since the diagnosis of diabetes; who has none has had it for no time."""
    if asked.facts.flag("derived.diabetes") is NO:
        return Told(NO, asked.facts.origin("derived.diabetes"))
    found = by_table(asked, leaf_tests()["diabetes_duration"])
    of_insulin = asked.says("insulin", "insulin-dependent", "iddm") and asked.facts.word("diabetes.type") != "type1"
    return Told(UNKNOWN, found.fact) if of_insulin and found.answer is YES else found


def _type(wanted: str, kind: str, diabetic: Answer) -> Answer:
    if wanted == "any" or diabetic is NO:
        return diabetic
    if kind not in ("type1", "type2"):
        return UNKNOWN
    if wanted == "insulin_dependent":
        return YES if kind == "type1" else UNKNOWN
    return Answer.of(wanted == kind)


def _treated_diabetes(asked: Question, kind: str, found: Told) -> Told:
    """Words of control: "uncontrolled" is told by its own fact."""
    words = " ".join((*asked.leaf.severity, *asked.leaf.narrowing)).lower()
    if found.answer is YES and "controlled" in words and ("uncontrolled" in words or "poorly" in words):
        return Told(
            asked.facts.flag("diabetes.uncontrolled"),
            "diabetes.uncontrolled",
            firm=_UNDER_NO_CONTROL.issuperset(" ".join(asked.leaf.narrowing).lower().split()),
        )
    insulin = kind == "type1" and bool(words) and set(words.split()) <= _NEEDS_INSULIN
    return Told(YES, found.fact, firm=True) if found.answer is YES and insulin else found


_UNDER_NO_CONTROL = frozenset({"uncontrolled", "poorly", "controlled", "remaining", "remains", "being", "currently"})
_NEEDS_INSULIN = frozenset(
    (
        "that", "which", "needs", "needing", "requiring", "require", "requires", "insulin", "daily", "management",
        "injections", "oral", "glycemic", "control", "and", "or", "and/or", "replacement", "therapy", "treatment",
        "on", "with", "treated", "by",
    )
)  # fmt: skip


def white_cells(asked: Question) -> Told:
    """White blood cells. Neutrophils are a part of them, so their count is at most the whole."""
    bounds = asked.leaf.bounds
    part = asked.says("neutro*", "anc", "granulocyt*", "lympho*", "eosino*")
    if bounds is None or not part:
        return by_table(asked, leaf_tests()["white_cells"])
    span, fact = asked.facts.span("measurements.white_cells"), asked.facts.origin("measurements.white_cells")
    if span is None or bounds.low is None or bounds.unit not in ("10^9/L", "10⁹/L", ""):
        return Told(UNKNOWN, None)
    below = span.below(bounds.low, inclusive=not bounds.low_inclusive)
    return Told(NO if below is YES else UNKNOWN, fact)


def neurological_other(asked: Question) -> Told:
    """Another neurological disease: one that the person named, or their neuropathy where the study is not about it."""
    test = leaf_tests()["neurological_other"]
    if (named := by_name(asked, test)).answer is not UNKNOWN:
        return named
    if plainly(asked, test) and not asked.wanted and not asked.planned:
        told = asked.facts.names("health.neurological_other")
        if any(not asked.study.studies(name) and names_an_illness(name) for name in told or ()):
            return Told(YES, "health.neurological_other")
        if asked.facts.flag("health.stroke") is YES and not asked.study.studies("stroke"):
            return Told(YES, asked.facts.origin("health.stroke"))
        by_neuropathy = _neuropathy_counts(asked)
        if by_neuropathy is not NO:
            known = by_neuropathy is YES or told is not None
            return Told(by_neuropathy, "neuropathy.types" if known else "health.neurological_other")
    return by_table(asked, test)


def _neuropathy_counts(asked: Question) -> Answer:
    """Whether the person's neuropathy is plainly "a neurological disease" besides the study's own illness."""
    told = asked.facts.names("neuropathy.types")
    if told is None:
        return UNKNOWN
    answers = []
    for kind in told:
        own = any(match_kind(kind, wanted) is not NO for wanted in asked.study.kinds)
        answers.append(YES if kinds()[kind].disease and not own else UNKNOWN)
    return YES if YES in answers else (UNKNOWN if answers else NO)
