"""Cancer and its treatment."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.judge.answering.by_name import NONE_NAMED, told_names
from trialfinder.judge.answering.cancer_over import FREE, NOT_OVER, STATE, THERE, free_of_cancer
from trialfinder.judge.answering.denied_by_fact import plainly
from trialfinder.judge.answering.events_dated import sooner
from trialfinder.judge.answering.metastases import named_metastases
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.judge.leaf_tests import common, leaf_tests
from trialfinder.judge.names.cancer_kinds import apart, is_kind, kinds_named, studied_as_well
from trialfinder.judge.names.illness_forms import forms_of
from trialfinder.judge.names.illness_names import illness_named, same_illness
from trialfinder.person.spans import Span
from trialfinder.reading.wording.nouns import all_within, mentions, same_thing, stems

KIND, TREATED = "health.cancer_kind", "health.chemotherapy"
_SMALL = (
    "skin", "basal", "squamous", "cutaneous", "in situ", "in-situ", "noninvasive", "non-melanoma", "nonmelanoma",
    "epithelioma",
)  # fmt: skip
_IN_PLACE = ("noninvasive", "non-invasive", "in situ", "in-situ", "situ", "nonmelanoma*", "non-melanoma*")
_SURELY_SMALL = tuple(word for word in _SMALL if word != "squamous")  # which is also a cancer of lungs and throat
_CURED = (
    "curative*", "cure", "cured", "remission", "disease free", "disease-free", "treated", "complete response",
    "years", "excised", "resected",
)  # fmt: skip
_WOMEN = ("endometri*", "ovarian", "ovary", "cervical", "cervix", "uter*", "vulva*", "vagina*")
_MEN = ("prostat*", "testic*", "testis", "seminoma")


def malignancy(asked: Question) -> Told:
    """Cancer now or before, or within a window by the years without it; a kind by the kind that was told."""
    facts, state = asked.facts, asked.facts.word(STATE)
    if _of_other_sex(asked):
        return Told(NO, facts.origin("person.sex"))
    if state == "never":
        return Told(UNKNOWN if mentions(asked.all_words, _MAY_COME) else NO, STATE)
    if asked.spared and state == "active" and mentions(asked.all_words, _CURED):
        return Told(NO, STATE, firm=True)
    if asked.says("treatment", "therapy"):
        treated = facts.word(TREATED) == "active" and not asked.planned and asked.leaf.direction != "at_least_ago"
        return Told(YES if treated else UNKNOWN, TREATED)
    if not state:
        return _by_other_facts(asked)
    answer, fact = _when(asked, state)
    if answer is NO:
        return Told(NO, fact)
    if answer is YES and named_metastases(asked, facts.word(KIND)):
        return Told(YES, fact, firm="active" not in asked.leaf.narrowing)
    kind = _kind(asked)
    if kind is NO and asked.wanted and studied_as_well(facts.word(KIND), _kind_words(asked), asked.study.conditions):
        return Told(UNKNOWN, KIND)
    if kind is NO:
        return Told(NO, KIND if facts.word(KIND) else facts.origin("derived.chemotherapy_ever"))
    return Told(
        answer & kind if not _own_cancer(asked) else UNKNOWN,
        fact,
        firm=_large(asked) and all(words in _ANY_LARGE or _goes_on(asked, words) for words in asked.leaf.narrowing),
    )


def _by_other_facts(asked: Question) -> Told:
    """Where the person did not tell of cancer as such: by their chemotherapy, or by the illnesses that they named."""
    if _given_chemotherapy(asked):
        return Told(YES, TREATED, firm=True)
    return Told(YES, NONE_NAMED) if _named_a_cancer(asked) else Told(UNKNOWN, STATE)


def _given_chemotherapy(asked: Question) -> bool:
    """Whether a cancer of any kind bars that needs chemotherapy, which the person has now."""
    leaf = asked.leaf
    if (
        asked.facts.word(TREATED) != "active"
        or asked.wanted
        or asked.spared
        or asked.planned
        or len(leaf.narrowing) != 1
    ):
        return False
    clause = leaf.narrowing[0]
    needs = mentions(clause, ("requir*", "need*", "treated", "receiving", "undergoing")) and mentions(
        clause, ("chemo*",)
    )
    turned = mentions(clause, ("not", "no", "without", "unless", "except", "within", "past", "prior", "who"))
    return needs and not turned and not leaf.severity and plainly(asked, leaf_tests()["malignancy"])


def _named_a_cancer(asked: Question) -> bool:
    """Whether the person named a cancer where one at any time bars, and it is not the study's own."""
    barred = asked.window is None and not (asked.wanted or asked.spared or asked.planned)
    if not barred or asked.leaf.possible or _own_cancer(asked):
        return False
    names = [name for _, name in told_names(asked.facts)]
    others = [name for name in names if not asked.study.studies(name)]
    whole = " ".join((*asked.leaf.severity, *asked.leaf.narrowing, asked.leaf.noun))
    said = [asked.leaf.noun, " ".join(word for word in whole.split() if word not in common().by_method)]
    if any(same_illness(name, words) or set(stems(name)) == set(stems(words)) for name in others for words in said):
        return True
    if asked.leaf.sense != "history" or not plainly(asked, leaf_tests()["malignancy"]):
        return False
    named = (name for name in names if forms_of(name) and not mentions(name, _SMALL))
    return any(illness is not None and illness.concept == "malignancy" for illness in map(illness_named, named))


_MAY_COME = ("predispos*", "risk", "family", "suspicion", "precancer*", "premalignan*", "hereditary")
_ANY_LARGE = ("invasive", "malignant", "solid", "active", "mass", "growth", "lesion", "process")
_UNCURED = ("not deemed to be in remission", "not in remission", "not in complete remission", "not cured")
_TREATED_NOW = (
    "requiring treatment", "requiring therapy", "under treatment", "needing treatment", "requires treatment",
    "requiring active treatment", "receiving treatment", "being treated", "undergoing treatment",
    "requiring chemotherapy", "requiring systemic treatment", "requiring systemic therapy", "required treatment",
    "required therapy", "required systemic treatment", "systemic therapy", "systemic treatment", "active treatment",
)  # fmt: skip


_FREE_OF_IT = ("disease free", "disease-free", "cancer free", "cancer-free", "free of", "in remission")


def tells_time(asked: Question, clause: str) -> bool:
    """Whether a clause only says how long a cancer must be over: "which has not been in remission for 5 years"."""
    barred = asked.leaf.direction == "at_least_ago" and not asked.wanted
    return barred and mentions(clause, _FREE_OF_IT) and mentions(clause, ("not",))


def _goes_on(asked: Question, clause: str) -> bool:
    """Whether a clause behind a cancer says no more than that it is there and treated, which the person told."""
    if asked.facts.word(STATE) != "active":
        return False
    if mentions(clause, ("who", "unless", "except", "without")):
        return False
    treated = asked.facts.word(TREATED) == "active" and mentions(clause, _TREATED_NOW)
    return treated or mentions(clause, _UNCURED)


def _of_other_sex(asked: Question) -> bool:
    sex = asked.facts.word("person.sex")
    words = asked.all_words
    return (sex == "male" and mentions(words, _WOMEN)) or (sex == "female" and mentions(words, _MEN))


def _when(asked: Question, state: str) -> tuple[Answer, str]:
    leaf = asked.leaf
    if asked.planned or leaf.direction == "lasting":
        return UNKNOWN, STATE
    if leaf.direction == "at_least_ago" and not asked.wanted:
        return _too_soon(asked, state)
    if leaf.direction == "at_least_ago" or (asked.window is not None and state == "past"):
        return _ago(asked, state)
    if state == "active":
        return YES, STATE
    there = NOT_OVER if asked.wanted else () if asked.spared else THERE
    if leaf.sense != "history" and mentions(asked.all_words, there) and free_of_cancer(asked.facts):
        return NO, FREE
    if asked.wanted and mentions(asked.all_words, ("remission", "cr1", "cr2")):
        return UNKNOWN, STATE  # who is in remission may call it over
    now = leaf.sense == "current" and "acute" not in leaf.severity  # an acute leukemia may be in remission
    if leaf.sense != "history" and (now or asked.says("active") or "active" in leaf.severity):
        return NO, STATE
    ever = leaf.sense == "history" or (asked.spared and bool(asked.facts.word(KIND)))
    return (YES if ever else UNKNOWN), STATE


def _too_soon(asked: Question, state: str) -> tuple[Answer, str]:
    """ "Free of cancer for five years", or a bar whose time belongs to what it spares: only a cancer sooner decides."""
    within, fact = _ago(asked, state)
    within = YES if state == "active" else ~within
    return (YES if within is YES else UNKNOWN), fact


def _ago(asked: Question, state: str) -> tuple[Answer, str]:
    if state == "active":
        return NO, STATE
    free, window = asked.facts.span(FREE), asked.window
    if free is None or window is None:
        return UNKNOWN, FREE
    within = sooner(Span(free.low * 12, free.high * 12), window)
    return (~within if asked.leaf.direction == "at_least_ago" else within), FREE


def _kind(asked: Question) -> Answer:
    """Whether the kind that the words name, if any, is the person's."""
    told = asked.facts.word(KIND)
    if told and (found := is_kind(told, _kind_words(asked))) is not UNKNOWN:
        return found if found is YES or asked.spared or asked.wanted else UNKNOWN  # who has one may have two
    if asked.spared and not _large(asked) and kinds_named(told) & kinds_named(_kind_words(asked)):
        return UNKNOWN  # of "melanoma in situ" who told a melanoma may have had no more
    if asked.spared and told and mentions(" ".join(asked.leaf.narrowing), _IN_PLACE) and not mentions(told, _SMALL):
        return NO
    if asked.spared and _large(asked) and mentions(asked.all_words, _NOT_SYSTEMIC):
        return NO  # chemotherapy is systemic
    if plainly(asked, leaf_tests()["malignancy"]):
        return YES
    if told:
        if all_within(asked.leaf.noun, told):
            return YES
        if asked.says(*_SMALL) and not mentions(told, _SMALL):
            return NO if asked.spared or asked.says(*_SURELY_SMALL) else UNKNOWN
        return UNKNOWN
    if asked.says(*_SMALL) and not asked.says(*_CURED) and _large(asked):
        return NO  # nobody gets chemotherapy for a local skin cancer or one in situ
    return UNKNOWN


_NOT_SYSTEMIC = ("nonsystemic", "non-systemic", "topical", "topically treated")
_NAME = 4
"""Words of an adjective that names a kind; longer ones are clauses."""


def _kind_words(asked: Question) -> str:
    """The words that can name the kind: those of the thing, and adjectives beside it."""
    beside = (words for words in asked.leaf.narrowing if len(words.split()) <= _NAME)
    return " ".join((asked.words, *asked.leaf.severity, *beside))


_OTHER = ("other", "another", "primary", "second", "secondary", "concurrent", "additional", "different")


def tells_kind(asked: Question, words: str) -> bool:
    """Whether words that narrow a cancer, or say what chemotherapy is for, say no more than the kind that was told."""
    told = asked.facts.word(KIND)
    if told and asked.leaf.concept == "chemotherapy" and words.lower().startswith("for "):
        return asked.facts.word(STATE) == "active" and all_within(words[4:], told)
    if asked.leaf.concept == "chemotherapy" and same_thing(words.removeprefix("for "), _ANY_CANCER):
        return True
    if not told or asked.leaf.concept != "malignancy":
        return False
    other = words.strip(" .,;") in _OTHER and not _own_cancer(asked)
    return other or all_within(words, told) or is_kind(told, f"{words} {asked.leaf.noun}") is YES


_ANY_CANCER = frozenset(("cancer", "malignancy", "malignant disease", "malignant tumor", "tumor"))


def _large(asked: Question) -> bool:
    """Whether it was no small local cancer: those are not treated with chemotherapy."""
    return asked.facts.flag("derived.chemotherapy_ever") is YES


_SPREAD = re.compile(r"\bmetasta\w+", re.IGNORECASE)


def _own_cancer(asked: Question) -> bool:
    """In a study of people after cancer, the cancer that brings them there is not the one that bars."""
    if asked.wanted:
        return False
    own = bool({"malignancy", "chemotherapy"} & asked.study.required) or "chemotherapy_induced" in asked.study.kinds
    named = asked.facts.word(KIND) if asked.facts.origin(STATE) == NONE_NAMED else ""
    mine = kinds_named(_SPREAD.sub(" ", named))
    own = own or any(mine & kinds_named(condition) for condition in asked.study.conditions)
    return own and not _another_kind(asked)


def _another_kind(asked: Question) -> bool:
    """Whether the cancer that was told, or that is barred, is another kind than each that the study is about."""
    cancers = [words for words in asked.study.conditions if mentions(words, _CANCER) or kinds_named(words)]
    own = [kinds_named(words) for words in cancers]
    for words in (asked.facts.word(KIND), _kind_words(asked)):
        named = kinds_named(words)
        if named and cancers and all(kinds and apart(named, kinds) for kinds in own):
            return True
    return False


_CANCER = (
    "cancer", "malignan*", "tumor", "neoplas*", "carcinoma*", "oncolog*", "chemotherap*", "radiotherap*", "metasta*",
)  # fmt: skip
