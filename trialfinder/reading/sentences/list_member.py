"""One member of a list while it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, field

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.grades import GRADES
from trialfinder.reading.nodes.tree import Node
from trialfinder.reading.sentences.marks import Token

_AGES = 3
_RESTARTS = frozenset(["history", "any", "current", "active", "patients", "subjects", "known", "use", "pregnant"])

LEFT_OUT = re.compile(
    r"(?<!\bbe)(?<!\balso)\s(?:(?:is|are)\s)?(?:excluded|excepted|exempt(?:ed)?|not included|not counted)\W*\Z"
)
"""What brackets under an exclusion heading say of that which is no bar."""
EXEMPT = re.compile(r"(?<!\bbe)\s(?:(?:is|are)\s)?(?:excepted|exempt(?:ed)?)\W*\Z")
"""The same under an inclusion heading; "excluded" is said there of whom the study does not take."""
SPARES = re.compile(
    r"(?:the )?following (?:\w+ ){0,3}?(?:are|is|will be|may be|would be) (?:an? )?"
    r"(?:permi(?:tted|ssible)|allow(?:ed|able)|accept(?:able|ed)|exempt(?:ed)?|exceptions?|not exclu\w+)\s?:"
)
"""A list of what is no bar, in brackets."""
TYPES_OF_A_VIRUS = re.compile(r"(?:types? )?\d(?:\s?(?:and|or|and/or|[+/&,-])\s?\d)*")
"""All types of one virus."""
GRADED = re.compile(
    r"\b(?:nyha|class|grade|stage|category|fontaine|rutherford|child)\b[^;)]{0,30}\b(?:[iv]+|[a-d]|\d)\b"
)
"""How far something has gone, told in brackets: less than the thing."""


FOR_ONE = re.compile(
    r"(?:at least |within |or )?(?:\d+|one|two|three|four|six|eight)\s(?:days?|weeks?|months?|years?)\s"
    r"(?:for|since|after|from)\b"
)
"""A time in brackets for one of what stands before: "chemotherapy in the last 4 weeks (6 weeks for nitrosoureas)"."""


class Part(Struct):
    """One member of a list while it is read."""

    nodes: list[Node] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    severity: list[str] = field(default_factory=list)
    governed: bool = False
    """Unread words with a preposition stand before the first thing: it is an argument of something not understood."""
    open_end: str = ""
    """Words of a clause at the end that may belong to the whole list ("requiring surgery")."""
    open_kind: str = ""
    """What that clause is: ``relative``, ``cause`` or ``purpose``."""
    apart: bool = False
    """It begins anew ("any other …"): what stands before and behind the list is not its, nor its the list's."""
    anew: bool = False
    """It begins with words of its own ("or with a …"): no degree in front of the list is its."""
    other: bool = False
    """It begins with "other": at the head of a list that is said of the whole list."""
    lacks_noun: bool = False
    """Nothing was found in it and it has no noun: the "hematologic" of "renal, hematologic or cardiac disease"."""
    shares_head: bool = False
    """Its noun stands behind a later member: "renal, hepatic or cardiac disease"."""
    reach: int = 0
    """How far the words of what was found go, with a noun that several share."""
    start: int = -1
    end: int = -1
    fixed: list[Node] = field(default_factory=list)
    """Things of the member that hold for everybody, whatever ``wrap`` says of the rest."""
    wrap: list[Callable[[Node], Node]] = field(default_factory=list)


def restarts(part: Sequence[Token]) -> bool:
    """Whether a member of a list begins anew instead of going on with the causes before it."""
    return any(token.text in _RESTARTS and token.kind == "word" for token in part[:_AGES])


_OWN_WORDS = frozenset({"with", "who", "who have", "who has", "having", "a", "an", "those", "patients"})


def begins_anew(part: Sequence[Token]) -> bool:
    """Whether a member of a list begins with words that no adjective in front of it reaches over: "or with a …"."""
    return bool(part) and part[0].text in _OWN_WORDS


def only_grades(member: Part) -> bool:
    """Whether a member of a list is another grade of the one before: "class III or IV"."""
    words = [*member.before, *member.after]
    graded = [word for word in words if word not in ("grade", "class", "stage")]
    return bool(graded) and not member.severity and all(word in GRADES for word in graded)


DENIALS = frozenset({"not", "without", "no", "never", "non"})


def is_list(part: Sequence[Token]) -> bool:
    """Whether a comma, "or" or "and" stands in a stretch."""
    return sum(1 for t in part if t.kind == "sep" and t.text in (",", "or", "and")) >= 1


def denies_nothing(part: Sequence[Token], at: int, out: Part) -> bool:
    """A denial behind a thing with nothing found after it: "cancer not treated"."""
    return part[at].text in DENIALS and bool(out.nodes) and not any(t.kind == "atom" for t in part[at:])


_ILL = r"(?:diseases?|disorders?|illness(?:es)?|conditions?|syndromes?|comorbidit\w+)"
_GIVEN = r"(?:treatments?|therap(?:y|ies)|medications?|drugs?)"
_NAMED = re.compile(
    rf"\b(?:blood|medical|other|another|certain)\b(?! history)(?:\s\w+)*\s(?:{_ILL}|infections?|{_GIVEN})\b"
    rf"|\b{_ILL}\s(?:of|in)\s(?:the\s)?blood\b|\bno\s(?:\w+\s)?{_GIVEN}\b"
)
_ADJECTIVAL = re.compile(r"(?:an?|any|the|current|known|of|other|past|with|in|\s)*(?:blood|medical)\W*")
_SHARED = re.compile(rf"(?!.*\bfamily history).*\b{_ILL}\b", re.DOTALL)


def names_a_thing(said: str, around: str) -> bool:
    """Whether a member made of plain words alone is a thing of its own: "other disorders", the "medical" or the "of the
    blood" of a list that shares its noun. ``around``: the words of the whole list."""
    return _NAMED.search(said) is not None or (
        _ADJECTIVAL.fullmatch(said) is not None and _SHARED.match(around) is not None
    )


_DENIED = re.compile(r"\b(?:no|not|nor|without|never|free of|absence of)\b")
_ADJECTIVE = re.compile(r"(?:al|ic|ous|ive|ary|ar|ed|ent|ant|ile)\Z")
"""Endings of a word whose noun stands behind the next member: "no local or systemic infection"."""


def denied_noun(said: str, left: Sequence[str]) -> bool:
    """Whether words in which nothing was found deny a thing; an adjective alone has its noun further on."""
    return _DENIED.search(said) is not None and _ADJECTIVE.search(left[-1] if left else "") is None
