"""What criteria ask about the person: sex, pregnancy, contraception, health as a whole."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer, any_of
from trialfinder.base.countries import country_code, neighbours
from trialfinder.drugs.drug_names import classes_of
from trialfinder.judge.answering.by_name import NAMED, grave_in_itself
from trialfinder.judge.answering.by_table import by_table
from trialfinder.judge.answering.drugs import MEDICATIONS, barred_drugs, takes_named
from trialfinder.judge.answering.known_illness import stands_for_its_list
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.person.facts import DIABETES, Facts
from trialfinder.person.profile_schema import schema
from trialfinder.reading.refine.residence import NEAR_IT
from trialfinder.reading.wording.nouns import mentions, same_thing, stems

COUNTRY = "person.country"
PREGNANT, BREASTFEEDING, FERTILE = "person.pregnant", "person.breastfeeding", "person.can_become_pregnant"
CONTRACEPTION, SEX = "person.uses_contraception", "person.sex"


def sex(asked: Question) -> Told:
    """The sex that the words name."""
    told, wanted = asked.facts.word(SEX), asked.leaf.value
    if wanted == "any":  # whoever it is
        return Told(YES, asked.facts.origin(SEX), firm=True)
    if not told or wanted not in ("female", "male"):
        return Told(UNKNOWN, SEX)
    plain = not (asked.wanted and asked.leaf.narrowing)  # "women living in Canada"
    return Told(Answer.of(told == wanted), asked.facts.origin(SEX), firm=plain)


def residence(asked: Question) -> Told:
    """Lives in one of the countries that the words name. Which region or town of it is not told."""
    told = country_code(asked.facts.word(COUNTRY))
    if not told or not asked.leaf.value:
        return Told(UNKNOWN, COUNTRY)
    asked_for = asked.leaf.value.split(",")
    there = told in asked_for
    if NEAR_IT in asked.leaf.narrowing and neighbours(told) & set(asked_for):
        return Told(UNKNOWN, COUNTRY)
    return Told(UNKNOWN if there and asked.leaf.narrowing else Answer.of(there), COUNTRY, firm=True)


_MEANT = (
    (
        (
            "breastfe*",
            "breast-feeding",
            "breast feed",
            "breast feeding",
            "breast-feed",
            "lactat*",
            "nursing",
            "feeding",
        ),
        BREASTFEEDING,
    ),
    (
        (
            "childbearing",
            "child-bearing",
            "child bearing",
            "fertile",
            "able to have children",
            "premenopausal",
            "pre-menopausal",
        ),
        FERTILE,
    ),
)
_PLANS = (
    "plan*", "intend*", "wish*", "desire*", "want*", "considering", "trying", "try", "attempt*", "become pregnant",
    "conceive", "intention",
)  # fmt: skip
_BARREN = (
    "postmenopaus*", "post-menopaus*", "menopause", "menopausal", "steril*", "not able to have children",
    "infertile", "hysterectomy",
)  # fmt: skip


_GOES_ON = (
    "carry", "carried", "term", "tests will", "testing will", "repeat*", "outcome", "refrain*", "abstain*",
    "gave birth", "given birth", "postpartum",
)  # fmt: skip
"""Words about how a pregnancy goes on, a test of it, or the will to stop: nobody is asked whether they are pregnant."""
_MORE_THAN_THAT = (
    "unwilling*", "refrain*", "refus*", "stop*", "discontinu*", "interrupt*", "baby", "babies",
    "twin*", "triplet*", "who", "than", "multiple", "multifet*",
    "fetus*", "high-risk", "complicat*", "trimester*", "weeks", "ectopic", "molar",
)  # fmt: skip
"""Words beside a pregnancy that ask for more than that somebody is pregnant."""


_OF_A_KIND = ("multiple", "twin*", "triplet*", "multifet*", "ectopic", "molar")


def pregnancy(asked: Question) -> Told:
    """Pregnant, breastfeeding, planning to be, or able to be: each thing that the words name.

    No plan is told, so only who cannot become pregnant is clear of "planning to".
    """
    facts = asked.facts
    if asked.says(*_BARREN):
        return Told(~facts.flag(FERTILE), facts.origin(FERTILE), firm=True)
    if mentions(asked.all_words, _GOES_ON):
        return Told(UNKNOWN, PREGNANT)
    plans = asked.planned or asked.says(*_PLANS)
    keys = [key for words, key in _MEANT if asked.says(*words)]
    if asked.says("pregnan*", "gravid*", "gestation*", "hcg") and not (plans and not asked.says("pregnant or")):
        keys.append(PREGNANT)
    parts = [(facts.flag(key), key) for key in keys or ([] if plans else [PREGNANT])]
    if plans:
        parts.append((NO if facts.flag(FERTILE) is NO else UNKNOWN, FERTILE))
    answer = any_of(found for found, _ in parts)
    narrow = mentions(" ".join(asked.leaf.narrowing), _MORE_THAN_THAT) or asked.says(*_OF_A_KIND)
    if answer is YES and narrow:
        answer, parts = UNKNOWN, [(UNKNOWN, key) for _, key in parts]
    key = next(key for found, key in parts if found is answer)
    return Told(answer, facts.origin(key), firm=True)


def childbearing(asked: Question) -> Told:
    """Can become pregnant; "post-menopausal" and its like are the opposite, which the tree says by a negation.

    Of a man it stays open: a partner may be meant, and what is for women only says so by the sex.
    """
    if asked.facts.word(SEX) == "male":
        return Told(UNKNOWN, None)
    clause = any(len(words.split()) > 1 or words in _AT_WORK for words in asked.leaf.narrowing)
    return Told(asked.facts.flag(FERTILE), asked.facts.origin(FERTILE), firm=not clause)


_AT_WORK = ("active", "sexually", "heterosexually", "unprotected")
"""Words of who may become pregnant as things are: "of childbearing potential and sexually active"."""


_AGAINST_PREGNANCY = frozenset({"contraceptive", "sex_hormone"})
_PLAIN_METHODS = ("contracept*", "birth control", "family planning")
_METHODS = (
    "hormonal", "oral", "barrier", "intrauterine", "iud", "double", "vasectom*", "implant*", "injection*",
    "condom*", "pill", "abstinence", "two",
    "tubal", "device", "sterili*",
)  # fmt: skip


def contraception(asked: Question) -> Told:
    """Uses contraception, where it concerns the person at all. A method is not told; who uses none uses no method."""
    facts, fact = asked.facts, asked.facts.origin(CONTRACEPTION)
    if asked.spared and (barred := barred_drugs(asked)):
        others = any(not classes_of(drug) & _AGAINST_PREGNANCY for drug in barred)
        return Told(NO if others else UNKNOWN, MEDICATIONS, firm=True)
    if not asked.wanted and takes_named(asked):
        return Told(YES, MEDICATIONS)
    if facts.flag(FERTILE) is NO and facts.word(SEX) != "male":
        return Told(YES if asked.wanted else UNKNOWN, facts.origin(FERTILE), firm=True)
    uses = facts.flag(CONTRACEPTION)
    if uses is YES:
        special = asked.says(*_METHODS) or not asked.says(*_PLAIN_METHODS)
        return Told(UNKNOWN if special else YES, fact)
    if uses is NO and facts.flag(FERTILE) is YES:
        return Told(NO, fact)
    return Told(UNKNOWN, fact if uses is UNKNOWN else FERTILE)


# Illnesses that "any comorbidity" plainly counts.
_ILLNESSES = (
    "diabetes.type", "health.heart_disease", "health.thrombosis", "health.kidney_disease", "health.liver_disease",
    "health.lung_disease",
    "health.stroke", "health.hiv", "health.hepatitis_b", "health.hepatitis_c", "health.tuberculosis",
    "health.autoimmune",
    "health.neurological_other", "health.bleeding_disorder", "health.other_serious_illness",
    "health.active_infection", "health.cancer",
    "health.diagnoses",
)  # fmt: skip
_ANY = frozenset(
    stems(words)
    for words in (
        "any disease",
        "any other disease",
        "any known disease",
        "presence of disease",
        "presence of any disease",
    )
)


_WELL = frozenset(("good general health", "good health", "generally healthy"))
_PLAINLY_ILL = (
    ("health.dialysis", True, {"renal"}),
    ("health.chemotherapy", "active", {"malignancy", "chemotherapy"}),
)
"""What nobody in good health has, and the concepts by which it is the study's own."""


CAN_READ = "person.can_read_write"
_IN_WRITING = ("questionnaire*", "diary", "diaries", "self-administered")
_WITH_HELP = ("proxy", "caregiver*", "carer*", "assist*", "help*", "interview*", "parent*")


def consent(asked: Question) -> Told:
    """Whether somebody can and will agree; that they cannot read the form is told by another fact."""
    found = by_table(asked, leaf_tests()["consent"])
    if not asked.says("read", "reading"):
        return found
    reads = asked.facts.flag(CAN_READ)
    if reads is NO:
        return Told(NO, asked.facts.origin(CAN_READ), firm=True)
    return Told(UNKNOWN, found.fact) if found.answer is NO else found


_SENT_BACK = re.compile(r"\breturn\w* (?:\w+ )?(?:questionnaires?|forms?|diar|logs?|surveys?)", re.IGNORECASE)
"""Who cannot come to visits may still send these back."""


def follow_up(asked: Question) -> Told:
    """Visits and cooperation; who cannot write fills in no questionnaire and keeps no diary."""
    alone = mentions(asked.all_words, _IN_WRITING) and not mentions(asked.all_words, _WITH_HELP)
    if alone and asked.facts.flag(CAN_READ) is NO:
        return Told(NO, asked.facts.origin(CAN_READ), firm=True)
    found = by_table(asked, leaf_tests()["follow_up"])
    return Told(UNKNOWN, found.fact) if found.answer is NO and _SENT_BACK.search(asked.leaf.noun) else found


def general_health(asked: Question) -> Told:
    """Catch-all wording is for the study's doctors to judge.

    Only "any comorbidity" is answered by a named illness, and "good general health" by dialysis or chemotherapy now.
    """
    if asked.wanted and not asked.leaf.narrowing and same_thing(asked.leaf.noun, _WELL):
        ill = (
            key for key, told, own in _PLAINLY_ILL if asked.facts.get(key) == told and not own & asked.study.required
        )
        if key := next(ill, None):
            return Told(NO, asked.facts.origin(key))
    if not asked.wanted and same_thing(asked.leaf.noun, _GRAVE) and not asked.planned:
        return _gravely_ill(asked)
    if not asked.wanted and asked.leaf.value in schema():  # told of as an illness beside those that are spared
        return Told(YES, asked.leaf.value, firm=True)
    if not asked.wanted and stems(asked.leaf.noun) in _ANY and "condition" not in asked.leaf.noun:
        for key in _ILLNESSES:
            own = key == "diabetes.type" and _about_diabetes(asked)
            if not own and _has_illness(asked.facts, key, asked):
                return Told(YES, asked.facts.origin(key))
    return Told(UNKNOWN, None)


_GRAVE = frozenset(
    f"{degree} disease"
    for grave in ("serious", "severe", "grave")
    for degree in (grave, f"other {grave}", f"{grave} general", "life-threatening")
)


def _gravely_ill(asked: Question) -> Told:
    """A serious illness: told as such, or by the name of one that is serious in itself and not the study's own."""
    if asked.facts.flag("health.other_serious_illness") is YES:
        return Told(YES, "health.other_serious_illness")
    if asked.facts.flag("health.dialysis") is YES and "renal" not in asked.study.required:
        return Told(YES, asked.facts.origin("health.dialysis"))
    key = grave_in_itself(asked, NAMED, "serious disease")
    return Told(YES, asked.facts.origin(key)) if key else Told(UNKNOWN, None)


def _about_diabetes(asked: Question) -> bool:
    """Whether diabetes is the study's own illness and so no comorbidity."""
    return "diabetes_type" in asked.study.required or "diabetic" in asked.study.kinds


def _has_illness(facts: Facts, key: str, asked: Question) -> bool:
    value = facts.get(key)
    if isinstance(value, tuple):
        return any(not asked.study.studies(name) and stands_for_its_list(key, name) for name in value)
    return value is True or value in (*DIABETES, "active")


def unknowable(_asked: Question) -> Told:
    """Nobody can tell this of themself."""
    return Told(UNKNOWN, None)
