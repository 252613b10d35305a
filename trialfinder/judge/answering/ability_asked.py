"""What everybody must be able to do and a person cannot, wherever in a sentence it stands: consent, come to visits."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.judge.asking import NO
from trialfinder.judge.bars.others import OTHERS
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Criterion, Leaf, plain_leaf

_ABILITIES = (
    (
        "person.can_consent",
        "consent",
        "give informed consent",
        re.compile(
            r"(?<!of )(?<!at )(?<!after )(?<!before )(?<!upon )(?<!since )(?<!prior to )(?<!from )(?<!study )(?<!the )"
            r"\b(?:giv\w+"
            r"|provid\w+|sign\w*|grant\w*)\b"
            r" (?:[\w-]+,? ){0,6}consent\b",
            re.IGNORECASE,
        ),
    ),
    (
        "person.can_attend_follow_up",
        "follow_up",
        "return for all visits",
        re.compile(
            r"\b(?:return|come|travel)(?:ing)? (?:back )?(?:to|for)\b(?! an? )[^.;]{0,60}\b(?:visits?|follow"
            r"|treatment"
            r"|cent(?:er|re)|clinic|hospital"
            r"|stud(?:y|ies))|\bcomply(?:ing)? with\b[^.;]{0,60}\bfollow[ -]?up|\b(?:available"
            r"|availability) for\b[^.;]{0,40}\bfollow[ -]?up",
            re.IGNORECASE,
        ),
    ),
)
_BY_OTHERS = re.compile(
    r"\b(?:guardians?|representatives?|prox(?:y|ies)|parents?|parental|surrogates?|relatives?|famil\w+"
    r"|next of kin|care ?givers?|carers?"
    r"|spouse|partner|mother|father|husband|wife|LAR|authori[sz]ed|acting for|trusted|court|tutor|curator"
    r"|substitute|consultee|informant|person|next-of-kin|deferred|physicians?|doctors?|director|nurses?|video"
    r"|text messages?|records?|tissue|scan|relapse|antenatal|emergenc\w+|operating|assent|permission|legally"
    r"|attorney|children|minors?|donors?|not|no|unable|inability"
    r"|unwilling|without|unless|if|when"
    r"|phone|telephone|remote\w*|home|mail|online|questionnaires?|waive\w*)\b",
    re.IGNORECASE,
)
"""Who or what may stand in for it."""


def ability_asked(criterion: Criterion, words: str, facts: Facts) -> Leaf | None:
    """What everybody must be able to do and the person cannot, wherever in a sentence it stands."""
    if _BY_OTHERS.search(words) or OTHERS.search(words):
        return None
    for fact, concept, noun, said in _ABILITIES:
        found = said.search(words) if facts.flag(fact) is NO else None
        if found:
            return plain_leaf(concept, noun, criterion.start + found.start(), criterion.start + found.end())
    return None
