"""Drugs, by name and by class, and allergies."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.drugs.drug_names import (
    classes_around,
    classes_named,
    classes_of,
    drugs_named,
    given_otherwise,
    of_another_sort,
    same_drug,
    without_classes,
)
from trialfinder.judge.answering.by_table import broad, number
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.judge.leaf_tests import LeafTest, leaf_tests
from trialfinder.judge.study_context import concepts_of
from trialfinder.reading.wording.nouns import contains, idle_words, mentions, stems

MEDICATIONS = "treatment.medications"
_LOCAL = (
    "injection*", "intra-articular", "intraarticular", "epidural", "topical", "inhal*", "local*", "intradiscal",
    "nasal", "intravitreal", "intralesional", "insulin pump*", "infusion pump*",
    "eye", "cream", "herbal", "supplement*", "infiltration*", "ophthalm*", "drops", "ointment*", "patch",
)  # fmt: skip
_DOSED = re.compile(r"\bmg\b|high[- ]dose|\bdoses?\b|combination|more than|at least (?:two|three|\d)|several|multiple")
_LASTING = ("lasting", "at_least_ago")
"""How long a drug has been taken, or when it was stopped, is not told."""


def takes_named(asked: Question) -> bool:
    """Whether a current drug of the person is named, by itself or by its class."""
    if asked.planned or not asked.facts.drugs or (asked.leaf.direction in _LASTING and not _long_enough(asked)):
        return False
    words = _named(asked)
    return any(is_named(drug, words) and not given_otherwise(drug, asked.all_words) for drug in asked.facts.drugs)


def _only_otherwise(asked: Question) -> bool:
    """Whether of what is named the person takes only drugs that are given in another way: "oral anticoagulants"."""
    mine = [drug for drug in asked.facts.drugs if is_named(drug, _named(asked))]
    return bool(mine) and all(given_otherwise(drug, asked.all_words) for drug in mine)


def _long_enough(asked: Question) -> bool:
    """Whether drugs have been the same for as long as the words say."""
    span = asked.facts.span("treatment.stable_medication_months")
    if span is None or asked.window is None or asked.leaf.direction != "lasting":
        return False
    return span.above(asked.window, inclusive=True) is YES


def _takes_none(asked: Question) -> bool:
    """Whether the person takes no drugs, which denies what is taken now. What is asked for may still be begun."""
    if asked.facts.names(MEDICATIONS) != () or asked.planned or _cannot_take(asked):
        return False
    if asked.wanted:
        return asked.leaf.direction == "lasting" or (asked.leaf.sense == "current" and asked.window is None)
    return not asked.past


def _cannot_take(asked: Question) -> bool:
    """Whether a drug cannot be taken, which is not told of who takes none; to be unable to stop one is."""
    beside = " ".join(asked.leaf.narrowing)
    return mentions(beside, ("cannot", "can't", "unable", "inability")) and not mentions(beside, _TO_STOP)


_TO_STOP = ("wean*", "stop*", "discontinu*", "interrupt*", "withdraw*", "withheld", "off", "paus*", "avoid*", "without")
_ENZYMES = ("cyp*", "cytochrome", "p450", "p-450")
_WHOLE_BODY = ("oral", "orally", "systemic", "systemically")
"""Beside a local way they leave none out: "inhaled or oral steroids"."""
_POTENCY = frozenset({"strong", "moderate", "potent"})
_BY_MOUTH = frozenset({"oral", "systemic", "orally", "systemically", "parenteral"})


def _named(asked: Question) -> str:
    """The words that name drugs: those of the thing, of a list behind it, and what is done to an enzyme."""
    own = asked.leaf.noun if asked.leaf.value == asked.leaf.noun else asked.words  # "drugs for gout drugs for gout"
    words = own + _named_behind(asked)
    return f"{words} {' '.join(asked.leaf.narrowing)}" if asked.says(*_ENZYMES) else words


def _firm(asked: Question) -> bool:
    """Whether nothing but the drugs themselves, or how every tablet is given, stands beside the class that is named."""
    beside = {stem for words in asked.leaf.narrowing for stem in stems(words)}
    whole = " ".join((*asked.leaf.narrowing, asked.leaf.noun))
    if beside and any(only_names(drug, whole) for drug in asked.facts.drugs):
        return True  # "typical" beside "antipsychotics"
    if beside and beside <= _POTENCY and any(only_names(drug, asked.leaf.noun) for drug in asked.facts.drugs):
        return True  # "strong inducers (rifampin, phenytoin)": those are the strong ones
    return bool(_named_behind(asked)) or asked.says(*_ENZYMES) or (bool(beside) and beside <= _BY_MOUTH)


def takes_by_name(asked: Question) -> bool:
    """Whether a current drug of the person is named by its name or another one for it, not by its class alone."""
    return takes_named(asked) and any(
        contains(asked.words, name) for drug in asked.facts.drugs for name in (drug, *same_drug(drug))
    )


def is_named(drug: str, words: str) -> bool:
    """Whether words of a criterion mean a drug: by its name, another name for it, or its class."""
    if contains(words, drug) or any(contains(words, name) for name in same_drug(drug)):
        return True
    by_class = bool(classes_of(drug) & classes_named(words)) and not of_another_sort(drug, words)
    return by_class or any(contains(drug, name) for name in drugs_named(words))


def only_names(drug: str, words: str, beside: frozenset[str] = frozenset()) -> bool:
    """Whether the words say no more than a drug, another name for it, or its class: "treatment with insulin"."""
    names = (drug, *same_drug(drug), *(name for name in drugs_named(words) if contains(drug, name)))
    return _nothing_else(words, names, classes_of(drug), beside)


def only_drugs(words: str, beside: frozenset[str]) -> bool:
    """Whether the words say no more than drugs or classes of them, whichever they are."""
    return _nothing_else(words, tuple(drugs_named(words)), classes_named(words), beside)


def _nothing_else(words: str, names: tuple[str, ...], classes: frozenset[str], beside: frozenset[str]) -> bool:
    left = words
    for name in names:
        if name in left:
            left = re.sub(rf"\b{re.escape(name)}s?\b", " ", left)
    left = without_classes(left, classes)
    return left != words and not set(stems(re.sub(r"\b\w{0,3}s\b", " ", left))) - idle_words() - beside


_ANY_DRUG = re.compile(
    r"(?:(?:any|all|other|prescription|prescribed|concomitant|pharmaceutical|regular) )*"
    r"(?:medications?|drugs?|medicines?)"
)


def _all_spared(asked: Question) -> Told | None:
    """Whether an exception covers every drug of the person that is barred: "antiplatelet drugs other than aspirin".

    None where none of them is barred by name or class, so that the exception decides nothing.
    """
    barred = barred_drugs(asked)
    if not barred:
        return None
    spared = asked.words + _named_behind(asked)
    names_some = bool(drugs_named(spared) or classes_named(spared)) or any(contains(spared, drug) for drug in barred)
    if names_some and any(not is_named(drug, spared) for drug in barred):  # "unless a doctor agrees" names none
        return Told(NO, MEDICATIONS, firm=True)
    return Told(UNKNOWN, MEDICATIONS)  # whoever takes what is spared may take another one


def barred_drugs(asked: Question) -> list[str]:
    """Where the leaf says what an exception spares: the drugs of the person among which it spares some."""
    return [
        drug
        for drug in asked.facts.drugs
        if any(is_named(drug, f"{x.value} {x.noun}") or _ANY_DRUG.fullmatch(x.noun) for x in asked.spared_from)
    ]


def _named_behind(asked: Question) -> str:
    """A list in brackets behind a class of drugs that names them: "immunomodulators (azathioprine, ciclosporin)"."""
    lists = (words for words in asked.leaf.narrowing if words.count(",") > 0 and len(drugs_named(words)) > 1)
    return "".join(f" {words}" for words in lists if not mentions(words, ("except", "not", "unless", "other than")))


def vague(asked: Question) -> bool:
    """Whether a way of giving, a dose or a number limits what is named."""
    local = mentions(asked.all_words, _LOCAL) and not mentions(asked.all_words, _WHOLE_BODY)
    return local or bool(_DOSED.search(asked.all_words))


def anticoagulant(asked: Question) -> Told:
    """Blood thinners: a named drug or class that the person takes, or any where the words say "anticoagulant"."""
    test = leaf_tests()["anticoagulant"]
    if asked.spared and (spared := _all_spared(asked)) is not None:
        return spared
    if asked.leaf.bounds is not None or test.fact in asked.facts.clashes or _only_otherwise(asked):
        return Told(UNKNOWN, test.fact)
    if takes_named(asked):
        return Told(UNKNOWN if asked.spared or vague(asked) else YES, MEDICATIONS, firm=_firm(asked))
    if asked.says("direct", "novel", "new", "non-vitamin", "parenteral", "injectable") and not asked.facts.drugs:
        return Told(NO if asked.facts.flag(test.fact) is NO else UNKNOWN, test.fact)  # some of them
    return Told(NO, MEDICATIONS) if _takes_none(asked) else _class_by_flag(asked, broad(asked, test))


def _class_by_flag(asked: Question, found: Told) -> Told:
    """A flag about a class of drugs: taken now, so a look-back finds it too, but what is planned is not told."""
    return Told(UNKNOWN, found.fact) if found.answer is YES and vague(asked) else found


def opioid_use(asked: Question) -> Told:
    """Opioids; a dose only where the person told theirs."""
    test = leaf_tests()["opioid_use"]
    if asked.leaf.bounds is not None:
        return number(asked, test)
    if asked.says("antagonist*"):
        return other_medication(asked)
    if takes_named(asked):
        return Told(UNKNOWN if vague(asked) else YES, asked.facts.origin(test.fact))
    return _class_by_flag(asked, broad(asked, test))


_CLASSES = frozenset({"immunosuppressant", "anti_tnf", "steroid", "immunomodulator", "immunoglobulin"})
"""Classes whose earlier use weak immunity is asked by."""


def immunosuppression(asked: Question) -> Told:
    """Weakened immunity as a state, drugs by name or class, or such drugs before, where the words reach back."""
    test, facts = leaf_tests()["immunosuppression"], asked.facts
    if asked.spared and (spared := _all_spared(asked)) is not None:
        return spared
    if asked.leaf.bounds is not None or test.fact in facts.clashes or _only_otherwise(asked):
        return Told(UNKNOWN, test.fact)
    if _names_drugs(asked):
        suppresses = asked.says("immunosuppress*", "immune suppress*") and "immunosuppressant" in facts.drug_classes
        suppresses = suppresses and not asked.planned and asked.leaf.direction not in _LASTING
        if suppresses or takes_named(asked):
            return Told(UNKNOWN if asked.spared or vague(asked) else YES, MEDICATIONS, firm=_firm(asked))
        if asked.leaf.sense == "history" and not (asked.window or asked.wanted or vague(asked)) and _tried(asked):
            return Told(YES, "neuropathy.failed_treatments")
        if _takes_none(asked):
            return Told(NO, MEDICATIONS)
    for form in test.forms:
        if mentions(asked.leaf.noun or asked.words, form.says) and (fact := form.yes_if.fired(facts)):
            return Told(UNKNOWN if mentions(asked.all_words, _INBORN) else YES, fact)
    return _class_by_flag(asked, broad(asked, test))


_INBORN = ("primary", "congenital", "inborn", "inherited", "hereditary", "genetic", "combined", "variable", "scid")
"""Words of a weak immunity that no virus brought."""
_STATES = (
    "immunosuppression",
    "immunosuppressed",
    "immunocompromised",
    "immunodeficien*",
    "immune deficien*",
    "inmunodef*",
)


_DRUGS = ("drug", "treatment", "therapy", "medication", "agent", "medicine")


def _names_drugs(asked: Question) -> bool:
    if asked.says("disease") and not asked.says(*_DRUGS):
        return False
    return not (asked.says(*_STATES) and not asked.says(*_DRUGS))


def _tried(asked: Question) -> bool:
    tried = asked.facts.names("neuropathy.failed_treatments") or ()
    named = classes_named(asked.words) & _CLASSES
    return any(classes_of(name) & named for name in tried)


def other_medication(asked: Question) -> Told:
    """A named drug or class that the person takes now. A list of drugs may be incomplete, unless it is empty."""
    if asked.spared and asked.says("that", "those", "recommended", "specified", "permitted", "allowed"):
        return Told(UNKNOWN, None)  # "other than that recommended here"
    if asked.spared and (spared := _all_spared(asked)) is not None:
        return spared
    if mentions(asked.all_words, _LOCAL):
        return Told(UNKNOWN, None)
    if takes_named(asked) or (_ANY_DRUG.fullmatch(asked.leaf.noun) and asked.facts.drugs and not asked.planned):
        limited = asked.spared or vague(asked) or asked.leaf.bounds is not None
        return Told(UNKNOWN if limited else YES, MEDICATIONS, firm=_firm(asked))
    if _takes_none(asked):
        return Told(NO, MEDICATIONS)
    return Told(YES if _for_an_illness(asked) else UNKNOWN, MEDICATIONS)


_FOR_WHAT = re.compile(
    r"(?:medic\w+|drugs?|treatments?|therapy|therapies|agents?) (?:for|against|to treat|used (?:for|to treat))"
    r" (?:the |their |treatment of )*(?P<illness>[a-z -]+)"
)


def _for_an_illness(asked: Question) -> bool:
    """Whether drugs are named by the illness they are for, which the person has and takes such a drug for."""
    found = _FOR_WHAT.fullmatch(asked.leaf.noun or asked.leaf.value)
    if found is None or asked.planned or asked.window is not None:
        return False
    tests = (leaf_tests()[concept] for concept in concepts_of((found["illness"],)) if concept in leaf_tests())
    return any(asked.facts.drug_classes & set(test.treated_by) and _has(asked, test) for test in tests)


def _has(asked: Question, test: LeafTest) -> bool:
    return asked.facts.flag("derived.diabetes" if test.concept == "diabetes_type" else test.fact or "") is YES


def names_cytotoxic(words: str) -> bool:
    """Whether words name drugs, or a narrower class of them, that are chemotherapy and nothing else."""
    classes = [classes_of(name) for name in drugs_named(words)] or [
        classes_around(classes_named(words) - {"cytotoxic"})
    ]
    return all("cytotoxic" in found and not found & _FOR_OTHER_ILLNESSES for found in classes)


_FOR_OTHER_ILLNESSES = frozenset({"immunosuppressant", "dmard", "ms_therapy", "biologic"})
