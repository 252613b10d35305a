"""What criteria ask about the nerve condition: its kind, cause, duration, severity, treatments, and what presses."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer, any_of
from trialfinder.drugs.drug_names import classes_named, classes_of
from trialfinder.judge.answering.by_table import broad, inside
from trialfinder.judge.answering.denied_by_fact import plainly
from trialfinder.judge.answering.known_illness import names_an_illness
from trialfinder.judge.answering.nerve_grades import letters
from trialfinder.judge.answering.neuropathy import (
    TYPES,
    UNSPECIFIED,
    barred_anyhow,
    has_kind,
    kinds_in,
    match_kind,
    owned,
    rare_in,
)
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.person.word_tables import kinds
from trialfinder.reading.wording.nouns import contains, mentions

OTHER_CAUSES = "neuropathy.other_causes"
_BEHIND = {"diabetic": "derived.diabetes", "chemotherapy_induced": "derived.chemotherapy_ever"}


def neuropathy_type(asked: Question) -> Told:
    """Has one of the kinds of neuropathy that the words name."""
    wanted = tuple(name for name in asked.values if name in kinds()) or (UNSPECIFIED,)
    told = asked.facts.names(TYPES)
    if wanted == (UNSPECIFIED,) and (cause := _cause_named(asked)):
        return _of_cause(asked, cause)
    if "radiculopathy" in wanted and mentions(" ".join(asked.leaf.narrowing), ("compress*",)):
        return _compressed(asked, told)
    hits = [_one_kind(asked, kind, told) for kind in wanted]
    answer = any_of(hit.answer for hit in hits)
    if answer is NO and asked.says("radiating"):
        return Told(UNKNOWN, TYPES)  # a complaint, which other kinds may have as well
    if answer is YES and not asked.wanted and told and _studied(told, asked):
        return Told(UNKNOWN, None)
    if answer is YES and not asked.wanted and mentions(asked.leaf.noun, _ONE_ILLNESS):
        return Told(UNKNOWN, TYPES)  # "inflammatory" does not tell which; a named illness does, elsewhere
    if answer is YES and wanted == (UNSPECIFIED,) and _only_motor(asked):
        return Told(UNKNOWN, "neuropathy.fibers")
    return next(hit for hit in hits if hit.answer is answer)


def _only_motor(asked: Question) -> bool:
    """Whether a neuropathy of the motor fibres is meant and the person did not tell that theirs is one."""
    motor = asked.says("motor") and not asked.says("sensory", "sensori*", "sensorimotor", "mixed")
    return motor and not {"motor", "mixed"} & set(asked.facts.names("neuropathy.fibers") or ())


_ONE_ILLNESS = ("guillain*", "gbs", "miller*", "multifocal", "mmn", "amyotrophy", "parsonage*", "vasculitic", "bell")
"""Single illnesses of a kind: the kind alone does not tell them."""


def _compressed(asked: Question, told: tuple[str, ...] | None) -> Told:
    """A nerve root that something presses on: both parts are told."""
    root, pressed = _one_kind(asked, "radiculopathy", told), asked.facts.flag("neuropathy.structural_cause")
    fact = root.fact if root.answer is not YES else asked.facts.origin("neuropathy.structural_cause")
    return Told(root.answer & pressed, fact, firm=True)


def _cause_named(asked: Question) -> str:
    """The cause that an otherwise unspecified neuropathy is limited to: a kind, "rare", or '' when none is named."""
    words = " ".join((asked.leaf.noun, *asked.leaf.narrowing))
    if rare_in(words):
        return "rare"
    return next(iter(sorted(kinds_in(words))), "")


def _studied(told: tuple[str, ...], asked: Question) -> bool:
    """Whether the study is about the person's own kind: then it does not bar that kind as such."""
    return any(match_kind(kind, wanted) is not NO for kind in told for wanted in asked.study.kinds)


def _one_kind(asked: Question, wanted: str, told: tuple[str, ...] | None) -> Told:
    facts, behind = asked.facts, _BEHIND.get(wanted, "")
    if behind in facts.clashes:
        return Told(UNKNOWN, TYPES)
    if behind and facts.flag(behind) is NO:
        definite = told and all(kinds()[kind].cause for kind in told)
        return Told(NO, TYPES if definite else facts.origin(behind))
    if wanted == "autonomic" and "autonomic" in (facts.names("neuropathy.fibers") or ()):
        return Told(YES, "neuropathy.fibers")
    if not told:
        return Told(UNKNOWN, TYPES)
    answer = has_kind(told, wanted)
    if answer is NO and wanted == "autonomic" and not asked.says("neuropath*"):
        return Told(UNKNOWN, None)  # autonomic failure has other causes than the nerves
    return Told(answer, TYPES)


def _of_cause(asked: Question, cause: str) -> Told:
    """A neuropathy from a named cause: one of our kinds, or a rare one that stands apart from all of them."""
    told = asked.facts.names(TYPES)
    if not told:
        return Told(UNKNOWN, TYPES)
    if cause in kinds():
        return Told(has_kind(told, cause), TYPES)
    settled = any(kinds()[kind].cause and kind != "idiopathic" for kind in told)
    return Told(NO if settled and not (asked.facts.names(OTHER_CAUSES) or ()) else UNKNOWN, TYPES)


_EVERY = (
    "other", "another", "any non*", "different", "not due", "not caused", "not related", "than", "non diabetic",
    "nondiabetic",
)  # fmt: skip
_EXCEPT = re.compile(r"(?:except:|other than|than|non-?)\s*(?P<spared>.+)")


_SITES = ("cervical", "lumbar", "lumbosacral", "thoracic", "sacral")


def other_neuropathy_cause(asked: Question) -> Told:
    """Has a neuropathy of another cause than the study's, or of a cause that the words name.

    What the words spare ("other than diabetes") is the study's own cause; without it, the study's kinds are.
    """
    told, others = asked.facts.names(TYPES), asked.facts.names(OTHER_CAUSES)
    if asked.leaf.value == "radiculopathy" and "radiculopathy" in (told or ()) and mentions(asked.all_words, _SITES):
        return Told(UNKNOWN, None)  # at which height the root is hit is not told
    words = " ".join((asked.leaf.value, asked.leaf.noun, *asked.leaf.narrowing))
    spared = _EXCEPT.search(words)
    own = kinds_in(spared["spared"]) if spared else frozenset()
    own = own or (asked.study.kinds - {UNSPECIFIED})
    named = kinds_in(_EXCEPT.sub(" ", words)) - own
    every = mentions(words, _EVERY) and not (asked.wanted and named)  # "other inherited neuropathy" is inherited
    answers = [_another(kind, own, named, every=every) for kind in _causes(told or ())]
    answers += [_named_cause(cause, own, words, every=every) for cause in others or ()]
    answer = any_of(answers) if told is not None or others else UNKNOWN
    by_a_cause = any(leaf.concept == "other_neuropathy_cause" for leaf in asked.spared_from)
    if answer is NO and others is None and not by_a_cause:  # the cause that bars is not the one that is spared
        return Told(UNKNOWN, OTHER_CAUSES)
    fact = OTHER_CAUSES if others and YES not in answers[: len(_causes(told or ()))] and answer is YES else TYPES
    return Told(answer, fact, firm=True)


def _causes(told: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds that name a cause; where none does, all: a phenotype may have any cause."""
    return tuple(kind for kind in told if kinds()[kind].cause) or told


def _another(kind: str, own: frozenset[str], named: frozenset[str], *, every: bool) -> Answer:
    if kind == UNSPECIFIED:
        return UNKNOWN
    if kind in own:
        return NO
    if kind in named:
        return YES
    if not own:
        return NO if named and all(match_kind(kind, other) is NO for other in named) and not every else UNKNOWN
    if any(kind in kinds()[other].may_be for other in own) or not every:
        return UNKNOWN if not named or any(match_kind(kind, other) is not NO for other in named) else NO
    return YES


def _named_cause(cause: str, own: frozenset[str], words: str, *, every: bool) -> Answer:
    if kinds_in(cause) & own:
        return NO
    known = bool(kinds_in(cause)) or names_an_illness(cause)
    return YES if contains(words, cause) or kinds_in(cause) & kinds_in(words) or (every and own and known) else UNKNOWN


def fiber_type(asked: Question) -> Told:
    """Fibres that are involved. Fibres that were not named may be involved too."""
    told = asked.facts.names("neuropathy.fibers")
    if not told or not asked.wanted:
        return Told(UNKNOWN, "neuropathy.fibers")
    have = set(told) | ({"sensory", "motor"} if "mixed" in told else set())
    if asked.says("pure*", "only", "exclusive*", "isolated") and have - set(asked.values):
        return Told(NO, "neuropathy.fibers")
    lost = asked.says(
        "deficit*", "loss", "anesthesia", "anaesthesia", "paralys*", "pares*"
    )  # fibres that only hurt lost nothing
    return Told(YES if set(asked.values) & have and not lost else UNKNOWN, "neuropathy.fibers")


def _open(asked: Question) -> str | None:
    """What would settle a criterion about "the symptoms": the person's kind of neuropathy, if the study names one."""
    return TYPES if asked.study.named_kinds and asked.facts.names(TYPES) is None else None


def diagnosis_confirmed(asked: Question) -> Told:
    """Confirmed in the way that the words name. A test that was not done can still be done."""
    fact, told = "neuropathy.confirmed_by", asked.facts.names("neuropathy.confirmed_by")
    if told and owned(asked) is YES and set(asked.values) & set(told):
        return Told(YES, fact)
    return Told(UNKNOWN, fact)


_ELSEWHERE = (
    "knee", "hip", "shoulder", "back", "neck", "joint", "stroke", "injury", "surgery", "diagnosis of diabetes",
    "diabetes", "cancer", "ulcer", "wound",
    "fracture", "elbow", "heel", "pelvic", "migraine", "headache",
)  # fmt: skip


def _own_symptom(asked: Question) -> bool:
    return owned(asked) is YES and not asked.says(*_ELSEWHERE)


def _of_own(asked: Question, found: Told) -> Told:
    """What is found of a symptom, where it is that of the study's illness; else open. Pain comes from more than nerves,
    so that how strong it is counts only for who told the study's kind of neuropathy."""
    anyhow = asked.leaf.concept != "pain_score" and barred_anyhow(asked) and not asked.says(*_ELSEWHERE)
    if _own_symptom(asked) or (found.answer is NO and anyhow):
        return found
    return Told(UNKNOWN, _open(asked))


def symptom_duration(asked: Question) -> Told:
    """Months of symptoms; only where the study is about the person's own kind of neuropathy."""
    fact = asked.facts.origin("neuropathy.duration_months")
    bounds = asked.leaf.bounds
    if bounds is None or asked.leaf.value:
        return Told(UNKNOWN, _open(asked))
    return _of_own(asked, Told(inside(asked.facts.span("neuropathy.duration_months"), bounds), fact))


def pain_score(asked: Question) -> Told:
    """Points of pain from 0 to 10; only where the study is about the person's own kind of neuropathy."""
    fact, bounds = "neuropathy.pain_score", asked.leaf.bounds
    if bounds is None or asked.says("change", "increase", "decrease", "reduction"):
        return Told(UNKNOWN, _open(asked))
    return _of_own(asked, Told(inside(asked.facts.span(fact), bounds), fact))


_RANK = {"early": 0, "mild": 0, "moderate": 1, "severe": 2, "end_stage": 3, "end stage": 3, "end-stage": 3}


def severity(asked: Question) -> Told:
    """The stage in words. Early and mild, or severe and end-stage, are not kept apart."""
    fact, stage = "neuropathy.stage", asked.facts.word("neuropathy.stage")
    ranks = {rank for name, rank in _RANK.items() if contains(asked.all_words, name)}
    if not stage or not ranks or not asked.study.named_kinds:
        return Told(UNKNOWN, fact)
    if mentions(asked.all_words, ("at least", "or worse", "or more", "or greater", "to severe")):
        ranks |= set(range(min(ranks), 4))
    if mentions(asked.all_words, ("at most", "or milder", "or less", "no more")):
        ranks |= set(range(max(ranks) + 1))
    mine = _RANK[stage]
    if mine in ranks:
        return Told(UNKNOWN if stage in ("early", "end_stage") else YES, fact, firm=True)
    near = (mine == 3 and 2 in ranks) or (mine == 2 and 3 in ranks)
    return Told(UNKNOWN if near else NO, fact)


_ANY_TREATMENT = ("conventional", "standard", "non-operative", "conservative", "medic*", "treat*", "therap*")


def failed_conventional(asked: Question) -> Told:
    """Treatments that did not help: all that are named, or any when none is named."""
    fact, tried = "neuropathy.failed_treatments", asked.facts.names("neuropathy.failed_treatments")
    if not tried:
        return _of_own(asked, Told(NO if tried == () and asked.wanted else UNKNOWN, fact))
    if not _own_symptom(asked):
        return Told(UNKNOWN, _open(asked))
    several = mentions(asked.all_words, ("at least two", "at least 2", "two or more", "combination", "several", "all"))
    if asked.leaf.bounds is not None or asked.window or several:
        return Told(UNKNOWN, fact)
    wanted = [name for name in asked.values if not mentions(name, _ANY_TREATMENT)]
    mine = {letters(name) for name in tried} | {group for name in tried for group in classes_of(name)}
    found = [letters(name) in mine or bool(classes_named(name) & mine) for name in wanted]
    return Told(YES if all(found) else UNKNOWN, fact)


_PRESSES = ("herniat*", "protru*", "prolaps*", "extru*", "compress*", "nerve root", "structural cause")
_CERTAIN_FORM = (
    "mm", "bilateral", "multilevel", "multi-level", "two-level", "sequest*", "migrat*", "grade", "degree",
    "massive", "giant", "cervical", "thoracic", "tumor*",
    "metasta*", "large", "significant", "cord", "stenosis",
)  # fmt: skip


_ROOTS = frozenset({"radiculopathy", "compressive"})
_ON_NERVE = ("compress*", "nerve*", "radicul*", "sciatic*", "entrap*", "carpal", "root", "impinge*")


def compressive_structural(asked: Question) -> Told:
    """Something presses on the nerve. Which form or size of it is seldom known to the person.

    Many herniated discs press on nothing: where a study asks for one, told false bars only if a nerve must be hit.
    """
    test = leaf_tests()["compressive_structural"]
    answer = asked.facts.flag(test.fact)
    about = bool(asked.study.kinds & _ROOTS)
    if answer is not YES:
        hit = about or not asked.wanted or mentions(asked.all_words, _ON_NERVE)
        return broad(asked, test) if hit or answer is UNKNOWN else Told(UNKNOWN, test.fact)
    root = "radiculopathy" in (asked.facts.names(TYPES) or ())
    own = not asked.wanted and (about or "compressive_structural" in asked.study.required)
    special = own or mentions(asked.all_words, _CERTAIN_FORM)
    pressed = (root and asked.says(*_PRESSES)) or (not asked.wanted and bool(asked.leaf.noun) and plainly(asked, test))
    return Told(YES if pressed and not special else UNKNOWN, test.fact)
