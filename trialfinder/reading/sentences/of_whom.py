"""Of whom a sentence speaks: of somebody else ("Donor positive for A"), or of a part of the study ("Cohort B: …")."""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import SaidWords, Screen
from trialfinder.reading.sentences.marks import Token
from trialfinder.reading.sentences.stretches import pieces
from trialfinder.reading.vocabulary.structure_words import load_words

_UP_TO_WHOM = re.compile(
    r"(?:(?!(?:with|without|of|for|by|to|from|and|or|in|on|at|who|whose|that|if|when|whom|unless|except)\b)[\w/'-]+\s)"
    r"{0,5}"
)
"""Words in front of the one whom a sentence is about."""
_SAYS_OF_IT = re.compile(
    r"\s(?:\([^()]{0,40}\)\s)?(?:who|that|with|without|has|have|having|had|is|are|was|were|being|tests?|tested|must|should"
    r"|shall|will|can|cannot|may|does|do|positive|negative|infected|aged?|under|over|older|younger|refus\w+|unable|unwilling"
    r"|able|willing|suffering|known|diagnosed)\b"
)
"""Behind somebody: what is said of them."""
_AND_MORE = re.compile(
    r"(?:\s|,\s|/)(?:(?:or|and)\s)?(?:an?\s)?(?:donors?|parents?|siblings?|child(?:ren)?|brothers?|sisters?|guardians?|"
    r"relatives?|sons?|daughters?|partners?|spouses?|caregivers?)\b"
)
"""More people of the same kind behind the first: "a parent, sibling or child with …"."""
_LABELS = re.compile(r"s?\s?(?:only\s?)?:\s*\w")
"""Behind somebody, in front of what is asked of them: "Bone marrow donor : aged 18 to 40"."""
_OF_ONESELF = re.compile(r"\b(?:patients?|recipients?|subjects?|participants?|you)\b")


_OPENERS = frozenset({"colon", "open"})
_WHOM = 7
"""Most words that say for whom the rest of a sentence is, with its colon."""
_TAKERS = ("on", "taking", "receiving")
_WHO_HAVE = ("with", "who", "having", *_TAKERS)
_MUST = ("must", "should", "shall")
_WILL = (*_MUST, "will")
_OF_ALL = frozenset({"consent", "follow_up"})
"""What a study asks of everybody, whomever the sentence names."""

THINGS = frozenset({"atom", "fertile", "sterile"})
"""Kinds of tokens that something was found in."""


def names_people(lower: str, part: Sequence[Token]) -> int:
    """Where the colon stands behind people that something tells apart ("HIV positive volunteers:"), else 0."""
    at = next((i for i, t in enumerate(part[:_WHOM]) if t.kind in _OPENERS), 0)
    if not at:
        return 0
    last = lower[part[at - 1].start : part[at - 1].end].split()
    named = last and last[-1] in load_words().people and any(t.atom is not None for t in part[:at])
    return at if named and part[at].kind == "colon" and at < len(part) - 1 else 0


def _ages(part: Sequence[Token]) -> bool:
    """Whether a stretch begins with an age: "aged 70 or over", "36 to 55 years of age"."""
    first = next((t for t in part[:3] if t.atom is not None), None)
    return first is not None and first.atom is not None and all(f.pattern.id == "age" for f in first.atom.findings)


_OF_AN_AGE = re.compile(
    r"(?P<people>[a-z]+)\s(?:(?:who|that)\sare\s|of\s|with\s)?(?:an?\s|the\s)?(?:aged?\s)?"
    r"(?:(?:over|under|above|below|older than|younger than|at least|more than|less than|[<>]=?)\s?)?(?:the age of\s)?"
    r"\d\d?(?:\s?(?:years?|yrs?))?(?:\s(?:of age|old))?"
    r"(?:\s(?:or|and)\s(?:over|older|above|under|younger|below))?(?:\s(?:of age|old))?\W*"
)
"""People of an age, in front of what only they must have or do: "participants aged 75 or over"."""


def those_who_must(lower: str, part: Sequence[Token], *, bars: bool) -> int:
    """Where "must" stands in "patients with A must have B", which asks B of those with A; 0 where it does not."""
    first = 1 if part[0].text in ("all", "any") else 0
    whom = [t.text for t in part[first : first + 2]]
    named = bool(whom) and whom[0] in load_words().people
    aged = not bars and named and len(part) > first + 1 and _ages(part[first + 1 :])
    must = 0 if bars else next((i for i, t in enumerate(part) if t.text in _MUST), 0)
    of_an_age = _OF_AN_AGE.fullmatch(lower, part[first].start, part[must].start) if must > first else None
    if of_an_age is not None and of_an_age["people"] in load_words().people:
        asked = {f.pattern.id for t in part[must:] if t.atom is not None for f in t.atom.findings}
        return 0 if asked and asked <= _OF_ALL else must
    if not aged and not (named and len(whom) > 1 and whom[1].startswith(_WHO_HAVE)):
        return 0
    takes = whom[1].startswith(_TAKERS)
    if bars and not takes:
        return 0
    at = next((i for i, t in enumerate(part) if t.text in (_WILL if takes else _MUST)), 0)
    asked = {f.pattern.id for t in part[at:] if t.atom is not None for f in t.atom.findings}
    if aged and (not asked - _OF_ALL or any(t.kind == "stop" for t in part[:at])):
        return 0
    of_some = any(t.kind in THINGS for t in part[:at]) and part[at - 1].text not in ("who", "and", "or", "that")
    return at if of_some and (takes or asked - _OF_ALL) else 0


_NURSES = re.compile(
    r"(?:(?:any|all|the|female|currently|those)\s)*mothers?\s(?:(?:who|that|are|is|currently)\s)*"
    r"(?:nursing|breast-?\s?feed\w*|lactating|pregnant)\b"
)


def nurses(lower: str, start: int) -> bool:
    """Whether a "mother" is the person herself: "mothers who are nursing"."""
    return _NURSES.match(lower, max(start, 0)) is not None


def is_of_another(lower: str, part: Sequence[Token], said: SaidWords) -> bool:
    """Whether a sentence of an item of these words says something of somebody else: "Donor positive for A, B or C"."""
    start, end = part[0].start, part[-1].end
    if not load_words().another_said.lets(said) or nurses(lower, start):
        return False
    front = _UP_TO_WHOM.match(lower, start, end)
    found = load_words().other_subject.search(lower, start, end)
    if front is None or found is None or found.start() > front.end():
        return False
    place = found.end()
    if _LABELS.match(lower, place, end) and ("control" in found.group() or "donor" in found.group()):
        return _OF_ONESELF.search(lower, start, end) is None
    if found.group().startswith("healthy"):
        return False  # healthy people may be all whom a study looks for
    while more := _AND_MORE.match(lower, place, end):
        place = more.end()
    behind = _SAYS_OF_IT.match(lower, place, end)
    return behind is not None and _OF_ONESELF.search(lower, behind.end(), end) is None


_ANYBODY = r"patients|subjects|participants|people|those|individuals|women|men|children|adults"
_GROUP = r"(?:groups?|cohorts?|arms?|parts?|strat(?:um|a)|phases?|portions?|components?|designs?|modules?)"
_SUB = r"(?:sub-?\s?(?:stud(?:y|ies)|samples?|groups?|sets?|cohorts?|protocols?|trials?)|subset)"
_OF_A_GROUP = re.compile(
    rf"(?:(?:for|in)\s(?:[\w/'-]+\s){{0,5}}?(?:{_SUB}|{_GROUP})(?:\s(?:[\w/&+-]+\s?){{1,3}})?"
    rf"|(?:[\w/'-]+\s){{0,3}}?{_SUB}(?:\s(?:only|[\da-h]))?|(?:ancillary|optional|extension)\sstud(?:y|ies)"
    rf"|{_GROUP}\s(?:[\da-h][a-d]?|[ivx]{{1,4}}[ab]?)(?:\s(?:only|patients|subjects|participants|part|portion))?"
    rf"|(?:all\s)?(?:{_ANYBODY})\s(?:in|of)\s(?:the\s)?(?:[\w/'-]+\s){{0,3}}{_GROUP}(?:\s[\da-h])?)\s?(?:\(only\)\s?)?:"
    rf"|(?:for|in)\s(?:the\s)?(?:{_SUB}|{_GROUP})\s(?:[\da-h][a-d]?|[ivx]{{1,4}}[ab]?)(?:\s(?:only|patients|subjects))?,"
)
"""A part of the study in front of what is asked in it alone."""
_GROUP_SAID = Screen(
    r"sub\w*|groups?|cohorts?|arms?|parts?|strat(?:um|a)|phases?|portions?|components?|designs?|modules?|ancillary|optional|extension"
)
"""What such words need."""
_ALL_GROUPS = re.compile(r"\b(?:all|both|each|any|every|either|whole|entire)\b|\b(?:age|blood|target)\sgroup")


def names_group(lower: str, part: Sequence[Token], said: SaidWords) -> int:
    """Where the mark stands behind a part of the study ("For the sub-study:", "In phase II,"), else 0."""
    if not _GROUP_SAID.lets(said):
        return 0
    found = _OF_A_GROUP.match(lower, part[0].start, part[-1].end)
    if found is None or _ALL_GROUPS.search(found.group()):
        return 0
    return next((at for at, t in enumerate(part) if t.end == found.end()), 0)


def controls_beside(lower: str, part: Sequence[Token]) -> Sequence[Token] | None:
    """ "Patients with X and healthy controls": the second member is who is let in as well."""
    first, *rest = [stretch for stretch, _before in pieces(part) if stretch]
    return None if _are_controls(lower, first) else next((one for one in rest if _are_controls(lower, one)), None)


def _are_controls(lower: str, stretch: Sequence[Token]) -> bool:
    found = load_words().other_subject.search(lower, stretch[0].start, stretch[-1].end)
    return found is not None and "control" in found.group()


_ANOTHER = re.compile(
    r"\s(?:you|they|he|she|s/he|he/she|(?:the\s)?(?:patients?|subjects?|participants?|person)|there)\s"
)


def another_if(lower: str, part: Sequence[Token], at: int) -> bool:
    """Whether "or if" goes on with what bars as well: "a serious illness, or if you have had cancer"."""
    after_or = at > 0 and part[at - 1].kind == "sep" and part[at - 1].text == "or"
    bounded = any(f.bounded for t in part[at + 1 :] for f in (t.atom.findings if t.atom else ()))
    return after_or and not bounded and _ANOTHER.match(lower, part[at].end) is not None


_WHILE_NOT = re.compile(r"\s(?:currently\s|actively\s|also\s)?not\b")


def while_not(lower: str, part: Sequence[Token], at: int) -> int:
    """Where the last member of a list begins that alone a "while not" is about, else 0.

    "Pregnant, nursing, or of childbearing potential while not using contraception".
    """
    if part[at].text != "while" or not _WHILE_NOT.match(lower, part[at].end):
        return 0
    depth = 0
    for place in range(at - 1, 0, -1):
        depth += (part[place].kind == "close") - (part[place].kind == "open")
        if not depth and part[place].kind == "sep" and part[place].text == "or":
            return place
    return 0
