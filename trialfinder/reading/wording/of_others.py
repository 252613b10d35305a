"""Words beside a thing that say nothing of it: those of other people, and denials that are said of something else."""

from __future__ import annotations

from trialfinder.base import lazy_re as re

_DEMANDS = re.compile(
    r"\b(?:must|should|shall|agree\w*|us(?:e|es|ing)|will(?:ing)?|need\w*|practi[cs]\w+|ha(?:s|ve) to|if)\b"
)
_NURSES = r"(?:pregnan\w*|(?:breast-?\s?)?(?:feed\w*|fed\b)|nursing|lactat\w*)"
_LIST_GOES_ON = re.compile(
    rf"(?:\s(?:who|that)\s(?:is|are|were)\s(?:\w+\s){{0,2}}{_NURSES}(?:\s?(?:,|/|\bor\b|\band\b)\s?(?:\w+[\s-]){{0,2}}{_NURSES})*)?"
    r"\s*\)?\s*(?:,|/|\bor\b|\band\b)(?!\s*(?:(?:or|and)\s)?(?:with|who|whose|that|has|have|having|are|is)\b)"
)
"""Behind people of one sex: the next member of a list."""
_OTHER_PEOPLE = re.compile(
    r"(?:,|\bor\b|\band\b|/)\s(?:[\w-]+\s){0,4}"
    r"(?:patients|subjects|participants|people|persons|individuals|adults|children|those|anyone|prisoners|minors)\b"
)
_FAR, _REACH = 40, 60


def list_goes_on(lower: str, people: tuple[int, int], start: int) -> bool:
    """Whether a list goes on behind people of one sex, up to ``start``: "Pregnant women, HIV infection"."""
    between = lower[people[1] : start]
    if _DEMANDS.search(between) or lower.startswith(("for ", "in ", "if "), people[0]):
        return False
    others = _OTHER_PEOPLE.search(lower, people[1], start + _FAR)
    return _LIST_GOES_ON.match(between) is not None or (others is not None and others.start() < start)


_PREDICATES = (
    "excluded", "eligible", "ineligible", "included", "enrolled", "allowed", "permitted", "accepted", "acceptable",
    "exclusionary", "prohibited", "forbidden",
)  # fmt: skip
"""Last words of a denial that is said of people or of what they do."""
_SAID_ANEW = re.compile(
    r"\b(?:and|but|or|yet|who|that|which|whom)\s(?:(?:are|is|were|was|be|been|have|has|had|either|therefore|thus"
    r"|otherwise|also|currently|still|deemed|considered|found|judged|for whatever reason)\s)*\Z"
)
"""In front of such a denial: it is one more thing asked of the same people ("women with gout, and not eligible …")."""
_FOR_ANOTHER = re.compile(
    r"\s(?:for|to)\s(?!(?:(?:the|this|our|any|trial|study|further|clinical|inclusion|present|current|entry|entering)\s){0,3}"
    r"(?:stud(?:y|ies)|trials?|protocol|research|particip\w*|inclusion|enrol\w*|entry|enter|be|join|take part|"
    r"registration|randomi[sz]\w*)\b)"
)
"""Behind "not eligible": for something else than the study."""


def is_said_anew(lower: str, denial: tuple[int, int]) -> bool:
    """Whether "not eligible" and the like deny nothing in front of them: "leukemia not eligible for surgery"."""
    start, end = denial
    if not lower.endswith(_PREDICATES, start, end):
        return False
    if _SAID_ANEW.search(lower, max(0, start - _REACH), start):
        return True
    bare = lower.startswith(("not eligible", "ineligible"), start)
    return bare and _FOR_ANOTHER.match(lower, end) is not None


def is_predicate(lower: str, denial: tuple[int, int]) -> bool:
    """Whether a denial says of what stands in front of it that it may not join: "are not eligible"."""
    return lower.endswith(_PREDICATES, *denial) and not is_said_anew(lower, denial)
