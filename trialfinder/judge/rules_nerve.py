"""Rules about the nerve condition: its kind, cause, duration, severity, treatments, and the spine."""

from __future__ import annotations

import re

from trialfinder.base.answer import Answer, any_of
from trialfinder.judge.case import Case, Hit
from trialfinder.judge.compare import NO, UNKNOWN, YES, inside
from trialfinder.judge.nearby_words import found_in, has, or_after, or_before
from trialfinder.judge.neuropathy import best, cause_named, kind_of_text, match_kind, owned
from trialfinder.person.spans import Span
from trialfinder.person.word_tables import classes_named, classes_of, kinds

TYPES = "neuropathy.types"


def neuropathy_type(case: Case) -> Hit:
    """Has one of the kinds of neuropathy that the words name."""
    wanted = tuple(name for name in case.names if name in kinds()) or ("peripheral_unspecified",)
    told = case.facts.names(TYPES)
    cause = cause_named(case) if wanted == ("peripheral_unspecified",) else None
    if cause is not None:
        return _of_cause(case, cause)
    answers = [_one_kind(case, kind, told) for kind in wanted]
    answer = any_of(found.answer for found in answers)
    if answer is YES and case.reading.effect == "exclude" and told and _studied(told, case):
        return Hit(UNKNOWN, None)
    if answer is NO and case.reading.effect == "require" and _or_another_illness(case, wanted):
        return Hit(UNKNOWN, None)
    return next((found for found in answers if found.answer is answer), Hit(answer, TYPES))


def _studied(told: tuple[str, ...], case: Case) -> bool:
    """Whether the study is about the person's own kind: then it does not bar that kind as such."""
    return any(match_kind(kind, wanted) is not NO for kind in told for wanted in case.context.kinds)


def _or_another_illness(case: Case, wanted: tuple[str, ...]) -> bool:
    """Whether the criterion offers an illness that is no neuropathy beside it ("radiculopathy and/or myelopathy")."""
    listed = case.before.rstrip().endswith((",", "["))
    before = case.before[-80:] if listed or or_before(case.before) else ""
    near = f"{before}{case.reading.quote}{case.after[:80] if or_after(case.after) else ''}"
    if not has("or", near) and not (listed and has("one-of-list", case.before)):
        return False
    return any(
        not any(kinds()[kind].words.search(name) for kind in wanted) for name in found_in("another-illness", near)
    )


_BEHIND = {"diabetic": "derived.diabetes", "chemotherapy_induced": "derived.chemotherapy_ever"}


def _one_kind(case: Case, wanted: str, told: tuple[str, ...] | None) -> Hit:
    facts = case.facts
    if _BEHIND.get(wanted) in facts.clashes:
        return Hit(UNKNOWN, TYPES)
    if wanted == "diabetic" and facts.flag("derived.diabetes") is NO:
        return Hit(NO, _told(told, facts.origin("derived.diabetes")))
    if wanted == "chemotherapy_induced" and facts.flag("derived.chemotherapy_ever") is NO:
        return Hit(NO, _told(told, facts.origin("derived.chemotherapy_ever")))
    if not told:
        return Hit(UNKNOWN, TYPES)
    answer = best(match_kind(kind, wanted) for kind in told)
    if answer is NO and wanted == "autonomic" and not case.has("neuropathy"):
        return Hit(UNKNOWN, None)  # autonomic failure has other causes than the nerves
    return Hit(answer, TYPES)


def _told(told: tuple[str, ...] | None, otherwise: str) -> str:
    """The kind that the person told, where that alone says no; else the fact behind it."""
    definite = told and all(kinds()[kind].cause for kind in told)
    return TYPES if definite else otherwise


def _of_cause(case: Case, cause: str) -> Hit:
    """A neuropathy from a named cause: one of our kinds, or a rare one that stands apart from all of them."""
    told = case.facts.names(TYPES)
    if not told:
        return Hit(UNKNOWN, TYPES)
    if cause in kinds():
        return Hit(best(match_kind(kind, cause) for kind in told), TYPES)
    settled = all(kinds()[kind].cause and kind != "idiopathic" for kind in told)
    return Hit(NO if settled else UNKNOWN, TYPES)


def other_neuropathy_cause(case: Case) -> Hit:
    """Has a neuropathy of another cause than the study's, or of a cause that the words name."""
    told, others = case.facts.names(TYPES), case.facts.names("neuropathy.other_causes")
    own = case.context.kinds - {"peripheral_unspecified"}
    named = {kind for kind in kind_of_text(case.wording) if kind != "peripheral_unspecified"}
    answers = [_another(kind, own, named, case) for kind in told or ()]
    if others:
        answers += [_named_cause(cause, own, case) for cause in others]
    answer = any_of(answers) if told is not None else UNKNOWN
    if answer is NO and others is None:
        return Hit(UNKNOWN, "neuropathy.other_causes")
    if answer is YES and not _outside_exception(case, told or ()):
        return Hit(UNKNOWN, TYPES)
    return Hit(answer, TYPES)


def _outside_exception(case: Case, told: tuple[str, ...]) -> bool:
    """Whether an exception names causes, and none of them is the person's."""
    exception = case.reading.exception or case.reading.value.partition("except:")[2]
    if not exception:
        return True
    spared = kind_of_text(exception) - {"peripheral_unspecified"}
    return bool(spared) and not spared & set(told)


def _another(kind: str, own: frozenset[str], named: set[str], case: Case) -> Answer:
    if kind == "peripheral_unspecified":
        return UNKNOWN
    if own:
        if kind in own:
            return NO
        return (
            UNKNOWN
            if any(kind in kinds()[other].may_be for other in own) or not _generic_cause(case, kind, named)
            else YES
        )
    return YES if kind in named else UNKNOWN


def _generic_cause(case: Case, kind: str, named: set[str]) -> bool:
    """Whether the words bar every other cause, or name this one."""
    return kind in named or case.has("every-other-cause")


def _named_cause(cause: str, own: frozenset[str], case: Case) -> Answer:
    found = kind_of_text(cause) - {"peripheral_unspecified"}
    if found & own:
        return NO
    if case.mentions(cause) or case.has("every-other-cause"):
        return YES
    return UNKNOWN


def fiber_type(case: Case) -> Hit:
    """Fibres that are involved. Fibres that were not named may be involved too."""
    told = case.facts.names("neuropathy.fibers")
    if not told or case.reading.effect == "exclude":
        return Hit(UNKNOWN, "neuropathy.fibers")
    have = set(told) | ({"sensory", "motor"} if "mixed" in told else set())
    return Hit(YES if set(case.names) & have else UNKNOWN, "neuropathy.fibers")


def _open(case: Case) -> str | None:
    """What would settle a criterion about "the symptoms": the person's kind of neuropathy, if the study names one."""
    return TYPES if case.context.named_kinds and case.facts.names(TYPES) is None else None


def diagnosis_confirmed(case: Case) -> Hit:
    """Confirmed in the way that the words name. A test that was not done can still be done."""
    told = case.facts.names("neuropathy.confirmed_by")
    if told and owned(case) is YES and case.value and case.value.split(" ")[0] in told:
        return Hit(YES, "neuropathy.confirmed_by")
    return Hit(UNKNOWN, "neuropathy.confirmed_by")


def symptom_duration(case: Case) -> Hit:
    """Months of symptoms; only where the study is about the person's own kind of neuropathy."""
    fact = case.facts.origin("neuropathy.duration_months")
    if owned(case) is not YES or case.value or case.has("since-something-else"):
        return Hit(UNKNOWN, _open(case))
    return Hit(inside(case.facts.span("neuropathy.duration_months"), case.reading), fact)


def pain_score(case: Case) -> Hit:
    """Points of pain from 0 to 10; only where the study is about the person's own kind of neuropathy."""
    fact = "neuropathy.pain_score"
    if owned(case) is not YES or case.has("change-of-score"):
        return Hit(UNKNOWN, _open(case))
    return Hit(inside(case.facts.span(fact), case.reading), fact)


_STAGES = ("mild", "moderate", "severe")
_RANK = {"early": 0, "mild": 0, "moderate": 1, "severe": 2, "end_stage": 3}


def severity(case: Case) -> Hit:
    """The stage in words. Early and mild, or severe and end-stage, are not kept apart."""
    fact, stage = "neuropathy.stage", case.facts.word("neuropathy.stage")
    words = {
        name for name in (*_STAGES, "early", "end[- ]?stage") if re.search(rf"\b{name}\b", case.wording, re.IGNORECASE)
    }
    ranks = {_RANK[name.replace("[- ]?", "_")] for name in words}
    if not stage or not ranks or not (case.context.named_kinds and case.context.kinds):
        return Hit(UNKNOWN, fact)
    if case.has("or-worse"):
        ranks |= set(range(min(ranks), 4))
    if case.has("or-milder"):
        ranks |= set(range(max(ranks) + 1))
    mine = _RANK[stage]
    if mine in ranks:
        return Hit(UNKNOWN if stage in ("early", "end_stage") else YES, fact)
    near = (mine == 3 and 2 in ranks) or (mine == 2 and 3 in ranks)
    return Hit(UNKNOWN if near else NO, fact)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def severity_score(case: Case) -> Hit:
    """Points on a named scale that the person told."""
    fact, scores = "neuropathy.scores", case.facts.get("neuropathy.scores")
    if not isinstance(scores, dict) or case.window is not None or case.has("change-of-score"):
        return Hit(UNKNOWN, fact)
    mine = {_plain(name): points for name, points in scores.items()}.get(_plain(case.value))
    return Hit(inside(Span.at(mine) if mine is not None else None, case.reading), fact)


def failed_conventional(case: Case) -> Hit:
    """Treatments that did not help: all that are named, or any when none is named."""
    fact, tried = "neuropathy.failed_treatments", case.facts.names("neuropathy.failed_treatments")
    if owned(case) is not YES:
        return Hit(UNKNOWN, _open(case))
    if tried is None:
        return Hit(UNKNOWN, fact)
    if not tried:
        return Hit(NO, fact)
    wanted = [name for name in case.names if not has("any-treatment", name)]
    if case.bounded or case.window or case.has("several-treatments"):
        return Hit(UNKNOWN, fact)
    mine = {_plain(name) for name in tried} | {drug_class for name in tried for drug_class in classes_of(name)}
    found = [_plain(name) in mine or bool(classes_named(name) & mine) for name in wanted]
    return Hit(YES if all(found) else UNKNOWN, fact)


# What a herniated disc with sciatica plainly is; and forms or sizes of it that only a report can tell.
def compressive_structural(case: Case) -> Hit:
    """Something presses on the nerve. Which form or size of it is seldom known to the person."""
    fact, answer = "neuropathy.structural_cause", case.facts.flag("neuropathy.structural_cause")
    if answer is NO:
        return Hit(NO if case.reading.effect == "exclude" or _presses(case) else UNKNOWN, case.facts.origin(fact))
    if answer is UNKNOWN:
        return Hit(UNKNOWN, fact)
    root = "radiculopathy" in (case.facts.names(TYPES) or ())
    plain = case.has("disc-presses") and not case.has("form-of-disc") and not case.says("cord-alone")
    plain = plain and not has("large-disc", f"{case.before[-25:]}{case.reading.quote}")
    return Hit(YES if root and plain and not _special_form(case) else UNKNOWN, fact)


def _presses(case: Case) -> bool:
    """Whether a disc that is asked for must press on a nerve: many herniated discs do not."""
    return bool(case.context.kinds & {"radiculopathy", "compressive"}) or case.has("presses-on-nerve")


def _special_form(case: Case) -> bool:
    """In a study that asks for a compressed nerve, what is barred is a special form of it."""
    return case.reading.effect == "exclude" and "compressive_structural" in case.context.required


def spine_surgical(case: Case) -> Hit:
    """Deformity or instability; earlier operations of the spine are not told in a profile."""
    fact = "neuropathy.spine_deformity_or_instability"
    answer = case.facts.flag(fact)
    if case.has("spine-operation"):
        return Hit(UNKNOWN, None)
    if answer is YES and not has("spine-deformity", case.reading.quote):
        return Hit(UNKNOWN, fact)
    return Hit(answer, fact)


def cauda_equina(case: Case) -> Hit:
    """A nerve emergency of the lower back."""
    fact = "neuropathy.cauda_equina"
    return Hit(case.facts.flag(fact), fact)
