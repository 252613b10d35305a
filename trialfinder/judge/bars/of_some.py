"""Words by which what decides against a person is asked of some people only, or not by itself.

"For people with one kidney: age above 70" bars those with one kidney; "gout and stroke at the same time" who has both;
"either normal ALT or a biopsy" leaves another way. Where the tree does not hold these words, the answer stays open.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.judge.bars.aside import both_needed
from trialfinder.judge.bars.words_around import PEOPLE
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion
from trialfinder.reading.vocabulary.patterns import type_of

_FOR_SOME = re.compile(
    rf"[\W\d]*(?:for|in|among)\s(?:the\s|all\s)?{PEOPLE}\s(?:with|without|who|on|taking|after|having|receiving|whose)\b"
    r"[^:.;\n]{3,80}:\s",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"[^.;\n]*\b(?:and|with)\b[^.;\n]{1,80}\b(?:at the same time|simultaneously|at once|together|in combination"
    r"|(?:all|both) (?:two|three|four|of (?:them|these))|in (?:one|the same) (?:person|patient|participant))\b",
    re.IGNORECASE,
)
_AND = re.compile(r"[^.;\n]*\band\b", re.IGNORECASE)
_EITHER = re.compile(r"\beither\b(?:(?!\bor\b)[^.;\n])*\Z", re.IGNORECASE)
_OR = re.compile(r"[^.;\n]*(?<!with )\bor\b", re.IGNORECASE)
_OR_ELSE = re.compile(r",\s*or\s(?!any\b|other\b|more\b|older\b|above\b|over\b)", re.IGNORECASE)
_INSTEAD = re.compile(
    r"[^\n]*\b(?:alternatively|alternately|as an alternative|or else|failing (?:that|this|which)|in its place)\b"
    r"|[^\n]*[.;,]\s(?:otherwise|instead)\b",
    re.IGNORECASE,
)
"""Behind what is asked: another way of meeting it."""
_OR_NONE = re.compile(
    r"[^.;,\n]{0,40},?\sor\s(?:are\s|is\s|been\s|have been\s|previously\s|chemo\w*-?\s?|treatment-?\s?|therapy-?\s?"
    r"|newly\s)*(?:untreated|na[iï]ve|de novo|diagnosed|refuse\w*|declin\w*|ineligible|unable|unfit|intoleran\w*"
    r"|contra-?indicat\w*|not|never|no)\b",
    re.IGNORECASE,
)
"""Behind what is asked: who does not have it is let in as well ("chemo-refractory or untreated disease")."""
_OR_PEOPLE = re.compile(
    rf"[^;\n]*\bor (?:an?\s|the\s|other\s)?{PEOPLE}\s(?:with|who|having|on|suffering|diagnosed)\b", re.IGNORECASE
)
"""Behind what is asked of some: others who are let in as well."""
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_SO_MANY_OF = re.compile(
    rf"\b(?P<needed>{'|'.join(_NUMBERS)}) (?:or more )?(?:of (?:the following|these|those)\b[^\n]*|of\W*:[^\n]*)\Z",
    re.IGNORECASE,
)
"""The head of a list of which so many must be there."""
_SEVERAL = re.compile(
    r"[\W\d]*(?:(?:any|at least|all) )?(?:both|more than one|two|three|four|five|[2-5])\s(?:of\s)?(?:these|those|the)\b"
    r"[^:.;\n]{0,50}:[^\n]*\Z",
    re.IGNORECASE,
)
"""The head of a list of which several must be there: "both of these: A, B"."""
_LET_IN = re.compile(
    r"[^:.;\n]*\b(?:may|can|could)\s(?:still\s|also\s)?(?:be\s)?(?:continued?|kept|keep|maintained|go on|remain)\b"
    r"[^:.;\n]*:",
    re.IGNORECASE,
)
"""The head of a list of what may go on."""
_TITLE = re.compile(r"\s*:[\s*]*")
"""Behind the title of a list: "Age 65 to 75 years:"."""
_REMARK = re.compile(r"\((?:many|most|some|few|note|which|because|since)\b[^()]*\Z", re.IGNORECASE)
_ONE_KIND = re.compile(r"\b(?:caused by|due to|secondary to|from|after)\b[^.;\n]*\bor\b", re.IGNORECASE)
"""More causes of a neuropathy than the one that was read."""
_ELSE = re.compile(
    r"\bage at (?:the |first |time of )*(?!screening|baseline|enrol|inclusion|entry|consent|study|trial|visit|random"
    r"|regist|recruit|least|most|admission|start|sign)[a-z]{4}"
    r"|\bpressures? (?:in|of|inside|within) the (?!arm|morning|office|clinic|sitting|seated|supine)",
    re.IGNORECASE,
)
"""A number of another day or place than the person told: "age at transplantation", "pressure in the lung artery"."""
_SEX = re.compile(r"\b(?:women|females?|men|males?)\b", re.IGNORECASE)
_OF_A_SEX = re.compile(r"\s*(?:[\w/%]+\s)?\(?(?:for|in|if)?\s*(?:women|females?|men|males?)\b", re.IGNORECASE)


def said_of_some(place: Place, against: Sequence[Place], all_true: bool, criterion: Criterion, text: str) -> bool:
    """Whether a thing that decides against a person does not do so by itself, by words that the tree does not hold.

    Args:
        place: where the thing stands.
        against: all things that decide.
        all_true: whether all things that the criterion names are true of the person.
        criterion: the criterion.
        text: the registry's own.
    """
    leaf = place.leaf
    before, behind = text[criterion.start : leaf.start], text[leaf.end : criterion.end]
    head = _FOR_SOME.match(before + text[leaf.start : leaf.end])
    if head is not None and head.end() <= len(before) and place.role == "criterion":
        return True
    if _REMARK.search(before) or (place.wanted and leaf.bounds is not None and _TITLE.fullmatch(behind)):
        return True
    if leaf.bounds is not None and _ELSE.search(text, leaf.start, leaf.end):
        return True
    if leaf.bounds is not None and _SEX.search(text, leaf.start, leaf.end) and _OF_A_SEX.match(behind):
        return True
    so_many = _SO_MANY_OF.search(before)
    if so_many and len(against) < (_NUMBERS[so_many["needed"].lower()] if not place.wanted else 2):
        return True
    if not place.wanted:
        if criterion.section == "exclusion" and not all_true and (_SEVERAL.search(before) or _LET_IN.match(before)):
            return True
        at_once = _AT_ONCE.match(behind) is not None or (both_needed(before) and _AND.match(behind) is not None)
        return criterion.section == "exclusion" and at_once and not all_true
    kinds = leaf.concept == "neuropathy_type" and "," not in leaf.value
    if kinds and _ONE_KIND.search(text, leaf.start, leaf.end):
        return True
    others = any(other.leaf.start > leaf.start for other in against)
    treated = type_of(leaf.concept) in ("therapy", "drug", "procedure")
    if (_INSTEAD.match(behind) or (treated and _OR_NONE.match(behind))) and not others:
        return True
    other_way = any(said.match(behind) for said in (_OR_ELSE, _OR_PEOPLE)) or (
        _EITHER.search(before) is not None and _OR.match(behind) is not None
    )
    return other_way and not others
