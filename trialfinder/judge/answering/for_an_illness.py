"""What is taken for an illness, and what an illness does now, where only the illness was told."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.drugs.drug_names import classes_named, classes_of, drugs_named
from trialfinder.judge.answering.drugs import MEDICATIONS, only_drugs
from trialfinder.judge.asking import Question
from trialfinder.judge.leaf_tests import LeafTest
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.nouns import mentions, stems

_MEDICINE_FOR_IT = ("medication for it", "medications for it", "drug for it", "drugs for it", "medicine for it")


_WITH_IT = frozenset(
    stems(
        "treated treatment therapy with on by under receiving taking requiring using stable continuous continuously"
        " daily regular regularly chronic long-term dose dosage doses regimen current currently a an the of and at"
        " least one two or more drug drugs medication medications agent agents medicine oral injectable"
    )
)
"""Words beside a drug that leave it one that is taken now."""


def lacks_its_drug(asked: Question) -> bool:
    """Whether an illness is asked for together with drugs that are named, and the person takes no drugs at all."""
    leaf = asked.leaf
    if not asked.wanted or asked.planned or asked.past or leaf.bounds is not None or type_of(leaf.concept) != "illness":
        return False
    beside = " ".join(leaf.narrowing).lower()
    if asked.facts.names(MEDICATIONS) != () or not (drugs_named(beside) or classes_named(beside)):
        return False
    return only_drugs(beside, _WITH_IT)


def takes_nothing_for_it(asked: Question, test: LeafTest | None) -> bool:
    """Whether drugs against an illness are meant, and the person takes no drugs at all."""
    by_drugs = test is not None and bool(test.treated_by) and any(x in _MEDICINE_FOR_IT for x in asked.leaf.narrowing)
    now = not asked.planned and not asked.past
    return by_drugs and now and asked.facts.names(MEDICATIONS) == ()


def inflamed_now(asked: Question) -> bool:
    """Whether "active hepatitis" is meant: whether a virus that was told inflames the liver now is not known."""
    active = "active" in asked.leaf.severity or asked.says("active hepatitis")
    return asked.leaf.concept == "hepatic" and active and asked.says("hepatitis")


_BY_DRUGS = re.compile(
    r"(?:medications?|drugs?|medicines?|drug treatment|drug therapy) for it|pharmacotherapy"
    r"|(?:that |which |currently |is |are |and )*(?:requir\w+|need\w*|in need of|undergoing|treated|receiving"
    r"|taking|on|under|with)\b"
    r"(?!.*\b(?:surg\w+|iv|intravenous\w*|parenteral|hospital\w*|radi\w+|more|multiple|chang\w+|adjust\w+"
    r"|within|insulin"
    r" pump|high)\b)"
    r".*\b(?:treatment|therapy|(?:medic|drug|pharmac|anti|chemo|insulin|steroid|corticosteroid|immunosuppress)\w*)\b.*"
)


def is_treated(asked: Question, test: LeafTest, words: str) -> bool:
    """Whether an illness must be treated with drugs and the person takes one that is for it: "requiring medication"."""
    if not test.treated_by or not _BY_DRUGS.fullmatch(words.lower().strip(" .,;")):
        return False
    if asked.leaf.concept == "malignancy" and asked.facts.word("health.chemotherapy") == "active":
        return True
    wanted = classes_named(words) or frozenset(test.treated_by)
    mine = [drug for drug in asked.facts.drugs if classes_of(drug) & wanted]
    if mine and asked.facts.names("neuropathy.types") and all(mentions(drug, _FOR_NERVES) for drug in mine):
        return False
    return bool(wanted & asked.facts.drug_classes)


_FOR_NERVES = (
    "duloxetine", "cymbalta", "venlafaxine", "effexor", "amitriptyline", "nortriptyline", "imipramine", "desipramine",
    "gabapentin", "neurontin", "pregabalin", "lyrica", "carbamazepine", "oxcarbazepine", "lamotrigine", "topiramate",
)  # fmt: skip
"""Drugs that are given for the pain of nerves as well: what else they are for, nobody told."""
