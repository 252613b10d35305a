"""What a study asks of everybody without naming it in words that are read: its own illness.

"Relapsed after a first remission" in a study of lymphoma asks for the lymphoma; "a diagnosis of cystinosis, confirmed
by …" asks for an illness that no pattern holds; "HF of ischemic or other origin" in a study of heart failure asks for
that, whatever else may stand behind the "or".  Who told that they have no form of it is not asked for: these answers,
and no others, are made here.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.judge.answering.ability_asked import ability_asked
from trialfinder.judge.answering.answers import answer_of
from trialfinder.judge.answering.cancer_over import FREE, free_of_cancer
from trialfinder.judge.answering.named_unread import CONCEPT
from trialfinder.judge.asking import NO, Question
from trialfinder.judge.bars.others import GROUPS, OF_OTHERS, OTHERS
from trialfinder.judge.names.cancer_kinds import kinds_named
from trialfinder.judge.names.illness_phrase import FRAME
from trialfinder.judge.own.own_cancer import of_cancers, with_cancer
from trialfinder.judge.own.own_denied import conditions_denied, names_of_conditions
from trialfinder.judge.polarity import Place, places
from trialfinder.judge.study_context import StudyContext, concepts_of
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import (
    Criterion,
    Leaf,
    Node,
    Unread,
    all_of,
    leaves,
    plain_leaf,
)
from trialfinder.reading.vocabulary.patterns import type_of


def with_own_illness(criterion: Criterion, node: Node, text: str, study: StudyContext, facts: Facts) -> Node:
    """The tree of a criterion with the study's own illness where its words ask for it and the person told of none."""
    if criterion.section != "inclusion":
        return node
    words = text[criterion.start : criterion.end]
    if OF_OTHERS.match(words):
        return Unread(criterion.start, criterion.end)
    node = with_cancer(node, text, study.conditions, facts)
    own = (_own(criterion, node, text, study, facts), ability_asked(criterion, words, facts))
    return all_of(*(leaf for leaf in own if leaf is not None), node)


_OR = re.compile(r"\b(?:or|either)\b", re.IGNORECASE)
_ELSE = re.compile(
    r"\b(?:unless|if|when|healthy|controls?|donors?|volunteers?|suspected|suspicion|risk|carriers?"
    r"|pre-?diabet\w*|impaired|predispos\w+|screening|vaccin\w*|prevent\w*|transmi\w*|acqui\w+|expos\w+"
    r"|contacts?|infants?|newborns?|neonat\w*|bab(?:y|ies)|students?|employees"
    r"|ineligible(?! for\b)|excluded"
    r"|(?:are|is|be|may|can|could) (?:still |also |not |be )*(?:eligible|accepted|included|enrolled)"
    r"|phases? (?:\d|[a-f]\b|i+\b)|groups? \w+(?=\s*[:)]))",
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
    r"\b(?:no|not|non|without|never|free|absence|negative|except|(?:other|rather) than|rule[ds]? out|lacking)\b",
    re.IGNORECASE,
)
_HAVING = (
    r"\b(?:diagnos\w+|patients?|subjects?|participants?|individuals?|adults?|children|wom[ae]n|m[ae]n|people|persons?"
    r"|suffer\w*|evidence|presence|criteria|have|has|having|documented|confirmed"
    r"|(?:because of|due to|with|for) (?:\w+ )?complications(?= of))\b"
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

    Where something else would do in its place ("… or …"), only when the person has nothing that is studied, or when
    the "or" stands in a clause that says more of the illness ("defined as …").
    """
    words = text[criterion.start : criterion.end]
    denied = conditions_denied(study, facts)
    over = not denied and free_of_cancer(facts) and of_cancers(study.conditions)
    if over:  # what is asked for must be there
        denied = dict.fromkeys(study.conditions, plain_leaf("malignancy", "cancer", 0, 0))
    if not denied or any(said.search(words) for said in (_ELSE, _NOT_YET, OTHERS)):
        return None
    every = len(denied) == len(study.conditions)
    whom = _of_whom(criterion, node, text, study, facts) if every else None
    if whom or GROUPS.search(words):
        return whom
    return _plainly_own(criterion, node, text, study, facts, denied, over=over)


def _plainly_own(
    criterion: Criterion, node: Node, text: str, study: StudyContext, facts: Facts, denied: Mapping[str, Leaf], *,
    over: bool,
) -> Leaf | None:  # fmt: skip
    """What is denied, or is ``over``, where the words ask everybody for it."""
    words = text[criterion.start : criterion.end]
    every = len(denied) == len(study.conditions)
    doubt = _OR.search(words) is not None and not (every and _nothing_else(node, denied))
    others = concepts_of(
        tuple(name for name in study.conditions if name not in denied)
    )  # "leg ulcer" beside foot ulcer
    for place in places(node):
        if place.leaf.concept in others:
            continue
        leaf = next((each for each in denied.values() if each.concept == place.leaf.concept), None)
        if leaf is None or (doubt and not (every and _says_more(words, place.leaf.end - criterion.start))):
            continue
        if _is_wanted(place, criterion, text):
            asked = Question(place.leaf, facts, study, wanted=True)
            told = answer_of(asked)
            if not asked.planned and told.answer is NO and (not over or told.fact == FREE):
                return replace(place.leaf if over else leaf, start=place.leaf.start, end=place.leaf.end)
    return None if over else _by_its_name(criterion, words, study, denied, doubt=doubt)


def _by_its_name(
    criterion: Criterion, words: str, study: StudyContext, denied: Mapping[str, Leaf], *, doubt: bool
) -> Leaf | None:
    """The study's illness where the words name it without its being read."""
    every = len(denied) == len(study.conditions)
    for name, condition in names_of_conditions(study, more=every):
        found = re.search(_as_said(name), words) if condition in denied else None
        if found is None or (doubt and not (every and _says_more(words, found.end()))):
            continue
        if _is_asked(words, found) and not _beside_or(words[: found.start()], words[found.end() :]):
            at = criterion.start
            return replace(denied[condition], start=at + found.start(), end=at + found.end())
    return None


_MORE = re.compile(
    r"(?:\s*\([^()]*\))?,?\s*(?:defined|characteri[sz]ed|manifest\w*|as (?:defined|evidenced|shown)|evidenced|diagnosed"
    r"|confirmed|documented|proven|based|according)\b(?![^\n]*\b(?:or|and/or) (?:an?\s|the\s|those\s|other\s)?"
    r"(?:patients?|subjects?|participants?|individuals?|people|persons?|adults?|healthy|volunteers?|with|history)\b)",
    re.IGNORECASE,
)
"""Behind an illness: a clause that says more of it, in which an "or" lets nobody else in."""


def _says_more(words: str, at: int) -> bool:
    return _MORE.match(words, at) is not None


def _of_whom(criterion: Criterion, node: Node, text: str, study: StudyContext, facts: Facts) -> Leaf | None:
    """The illness of those of whom something is asked, where all that the study lets in have it and the person none."""
    for place in places(node):
        leaf, before = place.leaf, text[criterion.start : place.leaf.start]
        if place.role != "condition" or place.groups or leaf.bounds is not None or leaf.concept not in study.studied:
            continue
        if _OF_WHOM.fullmatch(before) and answer_of(Question(leaf, facts, study, wanted=True)).answer is NO:
            return plain_leaf(leaf.concept, leaf.noun, leaf.start, leaf.end, value=leaf.value)
    return None


def _is_wanted(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a thing is asked of everybody, and nothing in its place."""
    if not place.wanted or place.role != "criterion" or place.groups or place.leaf.bounds is not None:
        return False
    before, behind = text[criterion.start : place.leaf.start], text[place.leaf.end : criterion.end]
    aside = _NEGATED.search(before) or _ASIDE_FROM_IT.search(_last_has(before))
    return not aside and not _beside_or(before, behind)


_OF_WHOM = re.compile(
    r"[\W\d]*(?:(?:all|any|the|an?|adults?)\s)*(?:patients?|subjects?|participants?|individuals?|people|persons?)\s"
    r"(?:with|who have|having|diagnosed with|suffering from)\s"
    r"(?:(?!(?:other|another|prior|previous|a history|concurrent|concomitant|no|or|and|both)\b)[\w-]+\s){0,3}",
    re.IGNORECASE,
)
"""In front of those of whom something is asked, where they are named by the illness that all have."""


def _nothing_else(node: Node, denied: Mapping[str, Leaf]) -> bool:
    """Whether all illnesses that a criterion names are denied: no "or" names another one."""
    concepts = {leaf.concept for leaf in denied.values()}
    named = {leaf.concept for leaf in leaves(node) if leaf.concept in _NAMED or type_of(leaf.concept) == "illness"}
    return named <= concepts


_NAMED = frozenset(
    {
        CONCEPT,
        "diabetes_type",
        "neuropathy_type",
        "malignancy",
        "hemoglobin",
        "immunosuppression",
        "platelets",
        "white_cells",
    }
)
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
