"""Who may consent for a person: a representative beside the patient, and a parent of minors only.

"The patient or a legal representative": the joint is not one of the sentence, and the other one does as well.

"Consent of a parent or guardian if under 18 years old": an adult is asked nothing by it. Both are cut out of
their sentence before its joints are read: their "or" joins parents and guardians, and their "if" is about nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

from trialfinder.base import lazy_re as re

_PARENT = (
    r"(?:(?:an?|the|one|both|either|at least one|his|her|his/her|their|your|parents?'?|legal|legally"
    r"|authori[sz]ed|acceptable|responsible|natural|patient's|subject's|participant's|child's|infant's)\s)*"
    r"(?:parents?(?:\(s\))?|guardians?(?:\(s\))?|representatives?|lar|caregivers?)"
)
_PARENTS = rf"{_PARENT}(?:(?:\s?/\s?|,\s|,?\s(?:or|and|and/or)\s){_PARENT}){{0,3}}"
_CONSENT = r"(?:consent|permission|assent|agreement|authori[sz]ation|approval)(?: forms?)?"
_FRONT = (
    r"(?:(?:needs?|requires?|must|have|has|with|provides?|obtain|obtained|signed|written|informed|documented|appropriate|valid"
    r"|voluntary|the|a|an|also|plus|assent of the child and),?\s(?:and\s)?)*"
)
_NEEDED = (
    r"(?:,?\s(?:(?:is|are|will be|must be|also|be|to be)\s)*"
    r"(?:required|needed|necessary|obtained|provided|given|mandatory))?"
)
_OF_PARENTS = (
    rf"{_FRONT}(?:{_CONSENT}\s(?:(?:is|are|must be|to be|has been|also)\s)*"
    rf"(?:(?:signed|given|obtained|provided|required)\s)?"
    rf"(?:of|from|by)\s{_PARENTS}|(?:parental|parents?'?|parent's|guardian's)(?:(?:\s?/\s?|\sor\s|\sand\s)guardian(?:'s)?)?\s"
    rf"(?:(?:written|informed|signed)\s)*{_CONSENT}){_NEEDED}"
)
_PEOPLE = (
    r"(?:(?:the|all|any|an?|those|you|he|she|they|s/he|he/she)\s)?(?:(?:patients?|subjects?|participants?|individuals?|persons?"
    r"|people|volunteers?|minors?|child(?:ren)?|adolescents?|candidates?|anyone|applicants?|infants?)\s)?"
    r"(?:(?:who|that)\s)?(?:(?:is|are)\s)?(?:aged\s)?"
)
_YOUNG = (
    rf"(?:if|for|when|where|in case of|in the case of|in|whenever)\s{_PEOPLE}"
    r"(?:under|below|<=?|less than|younger than)\s?(?:the\s)?(?:legal\s)?(?:age\s)?(?:of\s)?(?P<{name}>1[2-9]|2[01])"
    r"(?:[\s-]?(?:years?|yrs?\.?|y/?o))?(?:\s(?:of age|old))?"
)
_ENDS = r"(?=\s*(?:[.;:,)\]]|\Z))"
_CLAUSE = re.compile(
    rf"(?P<joint>\bor\s|,\s?or\s|\band\s|[,;]\s|\()?(?:{_OF_PARENTS}\s{_YOUNG.replace('{name}', 'age')}"
    rf"|{_YOUNG.replace('{name}', 'first')}\s?[,:]?\s{_OF_PARENTS}){_ENDS}\s?\)?",
    re.IGNORECASE,
)
_MAY = re.compile(r"parent|guardian", re.IGNORECASE)


class MinorsClause(NamedTuple):
    """One such clause."""

    start: int
    end: int
    age: int
    """From this age on it asks nothing."""
    alternative: bool
    """Whether it stands beside another way to consent ("or consent of a guardian if under 18")."""


def minors_clause(words: str) -> MinorsClause | None:
    """The first such clause of a text; None where there is none."""
    found = _CLAUSE.search(words) if _MAY.search(words) else None
    if found is None:
        return None
    joint = (found["joint"] or "").strip(" ,").lower()
    return MinorsClause(*found.span(), int(found["age"] or found["first"]), joint == "or")


_SOMEBODY = (
    r"(?:(?:by|of|from|that of|an?|the|one|his|her|his/her|their|your|its|patient's|patients'?|subject's|subjects'"
    r"|participant's|person's|individual's|volunteer's|legal|legally|lawful|lawfully|authori[sz]ed|acceptable|accepted|appropriate"
    r"|appointed|court-appointed|designated|qualified|recogni[sz]ed|responsible|valid|health\s?care|medical|personal|close|closest"
    r"|available|delegated|surrogate|healthcare|legally-authori[sz]ed|legally-acceptable),?\s)*"
    r"(?:representatives?|guardians?|surrogates?|prox(?:y|ies)|next of kin|tutors?|lars?|delegates?|trustees?|agents?"
    r"|decision[- ]?makers?|custodians?|caregivers?|carers?|family members?|relatives?|parents?)(?!-)"
)
_OR_SOMEBODY = re.compile(
    r"\b(?:patient|subject|participant|person|individual|volunteer|recipient|candidate)(?:s|\(s\)|'s|s')?\s?(?P<or>[,(]?\s?(?:and/or|or|/)\s?"
    rf"{_SOMEBODY}(?:\s?(?:,|or|and|and/or|/)\s?{_SOMEBODY}){{0,3}}(?:'s)?(?:\s?\([a-z]{{2,5}}\))?\)?)",
    re.IGNORECASE,
)


def or_somebody(words: str) -> tuple[int, int] | None:
    """Where "or a legal representative" stands behind the patient in a text about consent; None where it does not."""
    if "consent" not in words.lower():
        return None
    found = _OR_SOMEBODY.search(words)
    return found.span("or") if found else None
