"""What a study asks of everybody without naming it in words that are read: its own illness.

"Relapsed after a first remission" in a study of lymphoma asks for the lymphoma; "a diagnosis of cystinosis, confirmed
by …" asks for an illness that no pattern holds; "HF of ischemic or other origin" in a study of heart failure asks for
that, whatever else may stand behind the "or".  Who told that they have no form of it is not asked for: these answers,
and no others, are made here.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.judge.answering.ability_asked import ability_asked
from trialfinder.judge.answering.answers import answer_of
from trialfinder.judge.answering.named_unread import CONCEPT
from trialfinder.judge.asking import NO, Question
from trialfinder.judge.bars.others import GROUPS, OF_OTHERS, OTHERS
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.judge.names.cancer_kinds import kinds_named
from trialfinder.judge.names.illness_names import illness_named
from trialfinder.judge.names.illness_phrase import FRAME
from trialfinder.judge.polarity import Place, places
from trialfinder.judge.study_context import StudyContext, concepts_of
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import (
    Criterion,
    Leaf,
    Node,
    Unread,
    When,
    all_of,
    leaves,
    plain_leaf,
    rebuilt,
    walk,
)
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.nouns import mentions


def with_own_illness(criterion: Criterion, node: Node, text: str, study: StudyContext, facts: Facts) -> Node:
    """The tree of a criterion with the study's own illness where its words ask for it and the person told of none."""
    if criterion.section != "inclusion":
        return node
    words = text[criterion.start : criterion.end]
    if OF_OTHERS.match(words):
        return Unread(criterion.start, criterion.end)
    if facts.word("health.cancer") == "never" and _of_cancers(study.conditions):
        of_whom = any(isinstance(part, When) for part in walk(node))  # which is no thing that is asked for
        node = node if of_whom else rebuilt(node, lambda part, denied: part if denied else _of_the_cancer(part, text))
    own = (_own(criterion, node, text, study, facts), ability_asked(criterion, words, facts))
    return all_of(*(leaf for leaf in own if leaf is not None), node)


@functools.lru_cache(maxsize=64)  # the same for each criterion of a study
def _of_cancers(conditions: tuple[str, ...]) -> bool:
    """Whether each condition of a record is a cancer."""
    return bool(conditions) and all(mentions(one, _CANCER) or kinds_named(one) for one in conditions)


_CANCER = ("cancer*", "malignan*", "tumor*", "tumour*", "neoplas*", "carcinoma*", "metasta*", "adenocarcinoma*")
_STATES = (
    "relaps*", "refractory", "recurren*", "remission", "metasta*", "unresectable", "inoperable", "resectable",
    "measurable disease", "evaluable disease", "measurable lesion*", "histologic*", "cytologic*", "tumor*", "tumour*",
    "progressive disease", "stage ii", "stage iii", "stage iv", "locally advanced", "bone marrow involvement", "blasts",
    "prognos*",
)  # fmt: skip
"""How a cancer is or was, in the words of a study of it."""
_OTHERWISE = re.compile(
    r"\b(?:no|not|non|without|never|free|absence|negative|unless|except|if|healthy|controls?|donors?|volunteers?"
    r"|suspected|suspicion|risk of|relatives?|carriers?|predispos\w+|screening)\b",
    re.IGNORECASE,
)
"""Words by which the same could be asked of somebody who has nothing."""


def _of_the_cancer(part: Node, text: str) -> Node:
    if not isinstance(part, Unread):
        return part
    words = text[part.start : part.end]
    if not mentions(words, _STATES) or _OTHERWISE.search(words):
        return part
    return plain_leaf("malignancy", "cancer", part.start, part.end)


_TOLD_OTHERWISE = (
    "pain", "injur*", "fracture*", "wound*", "ulcer*", "neuropath*", "diabet*", "transplant*", "surger*", "deficien*",
    "obes*", "overweight", "pregnan*", "smok*", "covid*", "infect*", "aging", "healthy", "normal",
)  # fmt: skip
"""What is no illness that a doctor named, or what facts of its own tell."""
_OR = re.compile(r"\b(?:or|either)\b", re.IGNORECASE)
_ELSE = re.compile(
    r"\b(?:unless|if|when|healthy|controls?|donors?|volunteers?|suspected|suspicion|risk|carriers?"
    r"|pre-?diabet\w*|impaired|predispos\w+|screening|vaccin\w*|prevent\w*|transmi\w*|acqui\w+|expos\w+"
    r"|contacts?|infants?|newborns?|neonat\w*|bab(?:y|ies)|students?|employees"
    r"|ineligible|excluded|(?:are|is|be|may|can|could) (?:still |also |not |be )*(?:eligible|accepted|included"
    r"|enrolled)|phases? (?:\d|[a-f]\b|i+\b)|groups? \w+(?=\s*[:)]))",
    re.IGNORECASE,
)
"""Words by which an item may be about other people than those in ``OTHERS`` and ``GROUPS``, or let others in."""
_NOT_YET = re.compile(
    r"\b(?:possibl[ey]|likely|likelihood|probab\w+|odds|presum\w+|presumption|consider\w*|concern\w*|fear\w*|worr\w+"
    r"|suggest\w*|compatible|indicat\w+|evaluated|work(?:ed)?[ -]?up|under investigation|referred"
    r"|to (?:confirm|exclude|look)"
    r"|predict\w*|precursors?|forerunners?|vulnerable|protect\w*|develops?|progress to|lead to|turn into"
    r"|can cause|chance"
    r"|scores?|markers?|surveillance|mammogra\w+|invited|(?:over)?due for|(?:a|the|sputum|blood) tests? (?:for"
    r"|of)|tests$|tested|testing for|for (?:the|early) (?:diagnosis|detection)"
    r"|interested|willing to|learn\w*|leaflet|know(?:s|ing)? about|lower|delay|avoid|benign|signs? (?:of"
    r"|compatible)|symptoms"
    r"|lacking|later|afterwards|undergoing (?:\w+ ){0,3}(?:for|to|aimed|who|in whom)|about to|eligible for"
    r"|biopsy (?:for|to)|many cases)\b",
    re.IGNORECASE,
)
"""Words by which an illness is looked for, feared or to come."""
_IN_FRONT_OR = re.compile(
    r"\bor (?!(?:(?:relaps|refractor|metasta|recurren|advanc|unresect|inoper|local|stage|chronic|acute|newly|primary"
    r"|secondary|progress|histolog|cytolog|patholog|biops|radiolog|clinic|confirm|proven|active|current"
    r"|moderate|severe|mild"
    r"|other|any|persist)[\w-]*\W+)+\Z)(?:\W*[\w.%-]+){0,4}\W*\Z",
    re.IGNORECASE,
)
_BEHIND_OR = re.compile(r"\W*(?:\([^()]*\)\W*)?(?:and/)?or (?!other\b|any\b)", re.IGNORECASE)


def _beside_or(before: str, behind: str) -> bool:
    """Whether something else would do in place of what stands between: "a BMI of 30 or more or gout"."""
    goes_on = _BEHIND_OR.match(behind)
    if goes_on and kinds_named(behind[goes_on.end() : goes_on.end() + 40]):
        return False  # another cancer
    return goes_on is not None or _IN_FRONT_OR.search(before) is not None


_NEGATED = re.compile(
    r"\b(?:no|not|non|without|never|free|absence|negative|except|than|rule[ds]? out|lacking)\b", re.IGNORECASE
)
_HAVING = (
    r"\b(?:diagnos\w+|patients?|subjects?|participants?|individuals?|adults?|children|wom[ae]n|m[ae]n|people|persons?"
    r"|suffer\w*|evidence|presence|criteria|have|has|having|documented|confirmed)\b"
)
_HAS_WORD = re.compile(_HAVING, re.IGNORECASE)
_HAS = re.compile(rf"{_HAVING}(?! \w+ (?:test|understand|treat)\w*)[\w\s,()/'’-]{{0,50}}\Z", re.IGNORECASE)
"""In front of what somebody has."""
_ASIDE_FROM_IT = re.compile(
    r"(?<!criteria )(?<!hospitalized )(?<!hospitalised )(?<!treated )(?<!admitted )\b(?:for|to|in|on|at|about"
    r"|whom|which|where|while|after|than|into)\b",
    re.IGNORECASE,
)
"""Between those words and the illness: it belongs to something else ("in whom gout is thought to be the cause")."""
_HAD = re.compile(r"s?\W{1,3}(?:\w+\W+)?(?:diagnos\w+|patients?|subjects?|participants?)\b", re.IGNORECASE)
"""Behind it."""
_TURNED = re.compile(
    r"[\s-]*(?:(?:was|is|has been) (?:ruled out|excluded|absent)|free|negative|na[iï]ve|absent|excluded|not)\b",
    re.IGNORECASE,
)


def _own(criterion: Criterion, node: Node, text: str, study: StudyContext, facts: Facts) -> Leaf | None:
    """The study's illness, which the person told that they do not have, where a criterion asks for it.

    Where something else would do in its place ("… or …"), only when the person has nothing that is studied.
    """
    words = text[criterion.start : criterion.end]
    denied = _denied(study, facts)
    if not denied or any(said.search(words) for said in (_ELSE, _NOT_YET, OTHERS, GROUPS)):
        return None
    if _OR.search(words) and not _nothing_else(node, study, denied):
        return None
    for place in places(node):
        leaf = next((each for each in denied.values() if each.concept == place.leaf.concept), None)
        if leaf is not None and _is_wanted(place, criterion, text):
            asked = Question(place.leaf, facts, study, wanted=True)
            if not asked.planned and answer_of(asked).answer is NO:
                return replace(leaf, start=place.leaf.start, end=place.leaf.end)
    for name, condition in _names(study):
        found = re.search(_as_said(name), words) if condition in denied else None
        if found and _is_asked(words, found) and not _beside_or(words[: found.start()], words[found.end() :]):
            at = criterion.start
            return replace(denied[condition], start=at + found.start(), end=at + found.end())
    return None


def _is_wanted(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a thing is asked of everybody, and nothing in its place."""
    if not place.wanted or place.role != "criterion" or place.groups or place.leaf.bounds is not None:
        return False
    before, behind = text[criterion.start : place.leaf.start], text[place.leaf.end : criterion.end]
    aside = _NEGATED.search(before) or _ASIDE_FROM_IT.search(_last_has(before))
    return not aside and not _beside_or(before, behind)


def _nothing_else(node: Node, study: StudyContext, denied: Mapping[str, Leaf]) -> bool:
    """Whether all that is studied, and all illnesses that a criterion names, are denied: no "or" names another one."""
    concepts = {leaf.concept for leaf in denied.values()}
    named = {leaf.concept for leaf in leaves(node) if leaf.concept in _NAMED or type_of(leaf.concept) == "illness"}
    return len(denied) == len(study.conditions) and named <= concepts


_NAMED = frozenset({CONCEPT, "hemoglobin", "immunosuppression", "platelets", "white_cells"})
"""Patterns of other kinds that hold names of illnesses: "aplastic anemia"."""


def _as_said(name: str) -> str:
    """How a name may stand in a text; one of capitals only as it is."""
    said = rf"\b{re.escape(name.removesuffix('s'))}s?\b"
    return said if name.isupper() else f"(?i:{said})"


def _is_asked(words: str, found: re.Match[str]) -> bool:
    """Whether words ask for what is named in them: it begins them, or stands behind or before somebody who has it."""
    before = re.split(r"[.;:\n]\s", words[: found.start()])[-1]
    if _NEGATED.search(before):
        return False
    frame = FRAME.match(before.lower())
    begins = not before.strip(" *-•\\") or (frame is not None and frame.end() == len(before))
    if _TURNED.match(words, found.end()):
        return False
    if begins or _HAD.match(words, found.end()):
        return True
    return _HAS.search(before) is not None and not _ASIDE_FROM_IT.search(_last_has(before))


def _last_has(before: str) -> str:
    """The words between the last word for having something, or for who has it, and what stands behind them."""
    places = [each.end() for each in _HAS_WORD.finditer(before)]
    return before[places[-1] :] if places else ""


@functools.lru_cache(maxsize=64)  # the same for each criterion of a study
def _denied(study: StudyContext, facts: Facts) -> dict[str, Leaf]:
    """The conditions of a study that the person told to have no form of, each with a thing that is not true of them."""
    found = {}
    for condition in study.conditions:
        leaf = next(_leaves_of(condition, study, facts), None)
        if leaf is not None:
            found[condition] = leaf
    return found


def _leaves_of(condition: str, study: StudyContext, facts: Facts) -> Iterator[Leaf]:
    for concept in sorted(concepts_of((condition,)) & _ILL):
        noun = _ANY_OF.get(concept) or condition.lower()
        leaf = plain_leaf(concept, noun, 0, 0, value="any" if concept == "diabetes_type" else "")
        if answer_of(Question(leaf, facts, study, wanted=True)).answer is NO:
            yield leaf
    if facts.names("health.diagnoses") == () and _is_named_illness(condition, facts):
        yield plain_leaf(CONCEPT, condition.lower(), 0, 0)


_ILL = frozenset(
    {
        "malignancy", "diabetes_type", "hiv", "hepatitis_b", "hepatitis_c", "tuberculosis", "cardiac", "renal",
        "hepatic",
        "pulmonary", "autoimmune", "neurological_other", "stroke", "peripheral_artery_disease", "foot_ulcer",
        "substance_abuse", "psychiatric", "thrombosis", "bleeding_disorder",
    }
)  # fmt: skip
"""Illnesses that a person can deny as such."""
_ANY_OF = {"malignancy": "cancer", "diabetes_type": "diabetes"}


_SHORT = re.compile(r"\s*\(([A-Z][A-Za-z-]{1,7})\)")


def _names(study: StudyContext) -> tuple[tuple[str, str], ...]:
    """The conditions of a record and their short names, given or by their capitals, each with the condition."""
    found = []
    for condition in study.conditions:
        short = _SHORT.search(condition)
        plain = _SHORT.sub("", condition).strip()
        initials = "".join(re.findall(r"(?<![\w'’])[A-Z]", plain))
        names = [plain, *([short[1]] if short else []), *([initials] if len(initials) > 1 else [])]
        found += [(name, condition) for name in names]
    return tuple(found)


def _is_named_illness(condition: str, facts: Facts) -> bool:
    """Whether a condition is an illness that who has it would have named, and no other fact of the person tells of."""
    condition = _SHORT.sub("", condition)
    if mentions(condition, (*_CANCER, *_TOLD_OTHERWISE)) or illness_named(condition) is None:
        return False
    tests = [leaf_tests()[concept] for concept in concepts_of((condition,)) if concept in leaf_tests()]
    told = any(facts.names(key) for test in tests for key in test.lists)
    return not told and all(facts.flag(test.fact) is NO for test in tests if test.fact)
