"""Whether a criterion that lets a person in by what was read of it surely does: "fits" needs more than "does not bar".

A sentence says more than its tree where a number, a group or an "or" in brackets was passed over: "a heart attack in
the last 3 months or, if the heart is weak, in the last 6" does not let in whoever had one 5 months ago.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.judge.asking import NO, UNKNOWN, Told
from trialfinder.judge.bars.words_around import without_read
from trialfinder.judge.fold import deciding
from trialfinder.judge.polarity import Place
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Criterion, Leaf, Node, When, walk

_TIME = re.compile(
    r"(?<![\w.,-])(?P<number>\d+(?:\.\d+)?)[\s-]?(?P<unit>days?|d|weeks?|wks?|months?|mos?|years?|yrs?)\b",
    re.IGNORECASE,
)
_MONTHS = {"d": 1 / 30.44, "w": 7 / 30.44, "m": 1.0, "y": 12.0}
_ALIKE = 0.06
_ARM = re.compile(r"\b(?:arm|cohort|group|part|substudy|sub-study)\s?[A-Z0-9]{0,2}\s?:", re.IGNORECASE)
_OF_ONE_SEX = re.compile(
    r"[\W\d]*(?:(?:adult|older|elderly|post-?menopausal|healthy|all|any|only|ambulatory)\s)*"
    r"(?:males?|females?|m[ae]n|wom[ae]n)\s(?:(?:patients?|subjects?|participants?|adults?|veterans?|\([^()]*\))\s)*"
    r"(?:with|who (?:have|has|suffer)|having|suffering|diagnosed|presenting|affected)\b",
    re.IGNORECASE,
)
_OF_A_CALLING = re.compile(
    r"\A[\W\d]*(?:[\w-]+\s){0,4}?"
    r"(?:veterans?|soldiers?|service ?members?|nurses|health ?care workers|employees|students|athletes"
    r"|runners|prisoners|inmates|farmers|firefighters|pilots|enrollees|beneficiar(?:y|ies)|members of"
    r"|hospitali[sz]ed)\b",
    re.IGNORECASE,
)
"""What people are besides ill, which no profile tells: "veterans between the ages of 45 and 64"."""
_MODAL = re.compile(
    r"\b(?:must|should|shall|will|agree\w*|willing|needs?|required?|if|contracept\w*|pregnan\w*|fertile|potential)\b",
    re.IGNORECASE,
)


def surely_met(
    node: Node, hits: Mapping[Leaf, Told], every: Sequence[Place], criterion: Criterion, text: str, facts: Facts
) -> bool:
    """Whether nothing in the words of a criterion that is met leaves open that it is.

    Args:
        node: what the criterion describes; by ``hits`` it is true of the person.
        hits: what is known of each thing.
        every: all things that were read in the criterion.
        criterion: the criterion.
        text: the registry's own.
        facts: what the person told.
    """

    def ask(leaf: Leaf) -> Answer:
        return hits[leaf].answer if leaf in hits else UNKNOWN  # of a donor or a control nothing is asked

    decided = tuple(leaf for leaf in deciding(node, ask) if leaf in hits)
    if not decided:
        return True
    own = text[criterion.start : criterion.end]
    return not (
        _another_time({leaf: hits[leaf].fact or "" for leaf in decided}, every, criterion, text, facts)
        or (any(leaf.bounds is not None for leaf in decided) and _ARM.search(own) is not None)
        or _in_brackets(decided, criterion, text)
        or _asks_one_sex(node, ask, criterion, own)
        or (criterion.section != "exclusion" and _OF_A_CALLING.search(own) is not None)
    )


def _another_time(
    decided: Mapping[Leaf, str], every: Sequence[Place], criterion: Criterion, text: str, facts: Facts
) -> bool:
    """Whether a time stands in the words that was read with nothing, where a time decides."""
    timed = [leaf for leaf in decided if leaf.window_months is not None]
    if not timed or len(timed) < len(decided):
        return False
    spans = [facts.span(fact) for fact in decided.values() if fact.endswith("_months_ago")]
    ago = min((span.low for span in spans if span is not None), default=0.0)
    known = [place.leaf.window_months for place in every if place.leaf.window_months is not None]
    left = without_read(text, criterion.start, criterion.end, [p for p in every if p.leaf.window_months is None])
    others = [_months(found) for found in _TIME.finditer(left)]
    return any(ago <= other and not any(_alike(months, other) for months in known) for other in others)


def _months(found: re.Match[str]) -> float:
    return float(found["number"]) * _MONTHS[found["unit"][0].lower()]


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= _ALIKE * max(one, other)


def _in_brackets(decided: Iterable[Leaf], criterion: Criterion, text: str) -> bool:
    """Whether only what brackets add decides, and more is said behind them: "MRI (or CT where no MRI) shows …"."""
    if criterion.section == "exclusion":
        return False
    return all(_added(leaf, criterion, text) for leaf in decided)


_OR_IN_BRACKET = re.compile(r"\(\s*(?:or|and/or)\s[^()]*\Z", re.IGNORECASE)
_GOES_ON = re.compile(r"[^()\n]*\)\s*[\w]", re.IGNORECASE)


def _added(leaf: Leaf, criterion: Criterion, text: str) -> bool:
    opened = _OR_IN_BRACKET.search(text, criterion.start, leaf.start + 3) is not None
    return opened and _GOES_ON.match(text, leaf.end, criterion.end) is not None


def _asks_one_sex(node: Node, ask: Callable[[Leaf], Answer], criterion: Criterion, own: str) -> bool:
    """Whether people of one sex are asked for, who was read as a condition: "Male patients with …" of a woman."""
    if criterion.section != "inclusion" or not _OF_ONE_SEX.match(own) or _MODAL.search(own):
        return False
    return any(
        isinstance(part, When)
        and isinstance(part.condition, Leaf)
        and part.condition.concept == "sex"
        and ask(part.condition) is NO
        for part in walk(node)
    )
