"""Whether a thing is named only beside another one: when, why, in whom or with what that one is, or how it is given.

"No antacids during chemotherapy", "methotrexate for psoriasis", "chemotherapy with melphalan", "lupus in the mother",
"steroids as antiemetics", "intravenous antivirals": who has the thing that is named is not meant by it.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.whole_words import WholeWords


class AsideFile(DataRow, frozen=True):
    """``data/aside.toml``."""

    relatives: WholeWords
    """Who else may have an illness."""
    themselves: WholeWords
    """Words by which the person is meant as well."""
    routes: WholeWords
    """Ways of giving a drug that are not by mouth."""
    by_mouth: WholeWords
    """Words by which any way is meant."""
    purposes: WholeWords
    """What a drug is given as."""
    lets_in: WholeWords
    """Words of a later sentence that lets some in after all."""
    denies: WholeWords
    """Words by which that sentence lets nobody in."""
    together: WholeWords
    """Beginnings of a criterion that bars who has two things together."""
    idle: frozenset[str]
    """Words of a part that asks nothing by itself."""
    yes: tuple[str, ...]
    """Criteria that bar who has an illness, ``{illness}``, or takes a drug, ``{drug}``."""
    no: tuple[str, ...]
    """Criteria that do not."""


@functools.cache
def aside_words() -> AsideFile:
    """The words of ``data/aside.toml``."""
    return load(data_dir("aside.toml"), AsideFile)


_WHEN = re.compile(
    r"\b(?:during|throughout|while (?:on|taking|receiving|under)|(?:(?:for|within) (?:at least )?[\w.]+ \w+|and|or)"
    r" (?:after|before|following|prior to))\s(?:(?:the|any|their|his|her|last|first|dose|course|of)\s)*\Z",
    re.IGNORECASE,
)
_WHEN_INSIDE = re.compile(r"(?:for|within) (?:at least )?[\w.]+ \w+ (?:after|before|following) \w", re.IGNORECASE)
_OF_IT = r"(?:treatment|therapy|management|control|prophylaxis|relief)\sof\s"
_WHY = re.compile(rf"\bfor\s(?:the\s)?(?:{_OF_IT})?\Z", re.IGNORECASE)
_FOR_INSTANCE = re.compile(
    rf"(?:\be\.?\s?g\.?,?|\b(?:for (?:example|instance)|such as),?)\s+for\s(?:the\s)?(?:{_OF_IT})?\Z", re.IGNORECASE
)
_STUDIED = r"(?:for|of)\s(?:this|the (?:present|current|studied|index|target|same))\s"
_FOR_IT = re.compile(
    rf"\s*(?:treatment\s|therapy\s)?{_STUDIED}"
    r"(?:cancer|tumou?r|malignancy|disease|carcinoma|condition|illness|indication)\b",
    re.IGNORECASE,
)
_THIS = re.compile(rf"\b{_STUDIED}\Z", re.IGNORECASE)
_WITH_WHAT = re.compile(
    r"\s*(?:treatment|therapy|regimens?|agents?|drugs?)?\s*(?:\(\s*)?"
    r"(?:with|consisting of|composed of|containing|using|based on|by)\s(?:[\w-]+\s){0,2}?",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:(?:due|attributed|attributable|secondary|related|owing) to|caused by|resulting from|because of)\b[^.;:\n]*"
    r"\(\s*(?:e\.?\s?g\.?|such as|for example|for instance|i\.?\s?e\.?|including|like)[^()]*\Z",
    re.IGNORECASE,
)
_HARD_BY = re.compile(
    r"\b(?:difficult(?:y|ies|ly)?|inability|unable|impossible|impossibility)\b[^.;:\n]*\b(?:due|attributable|secondary"
    r"|related|owing) to\b[^.;:\n]*\Z",
    re.IGNORECASE,
)
"""What makes something hard: "difficulty in reaching the spine related to scoliosis, obesity"."""
_OR_NOT = re.compile(r"\s*or (?:otherwise|not)(?=\s*(?:[.,;)]|\Z))", re.IGNORECASE)
"""Behind a word of how something else may be: "collapse, epileptic or otherwise"."""
_OF_THE_BLOOD = re.compile(r"\s*of (?:the )?blood\b", re.IGNORECASE)
_EARLIER = re.compile(r"\s*\((?:previous|earlier|past|former|prior)\b", re.IGNORECASE)
_IN = re.compile(r"[^.;\n]*?\b(?:in|of|among|from|by)\s(?P<whom>[^.;,\n]*)", re.IGNORECASE)
_NEXT = re.compile(r"[.;]\s+(?P<said>[^.;\n]*)")
_JOINED = re.compile(r"[,;:.()](?!\d)|\b(?:or|nor|and/or)\b|(?<!during )\band\b(?! for)", re.IGNORECASE)
_EXAMPLE = re.compile(r",?\s*\be\.?\s?g\.?,?|,?\s*\b(?:for (?:example|instance)|such as),?", re.IGNORECASE)
_GIVEN = frozenset({"drug", "therapy", "procedure", "event"})


def named_aside(place: Place, every: Sequence[Place], criterion: Criterion, text: str) -> bool:
    """Whether what bars by being there is named only beside another thing, or some who have it are let in.

    Args:
        place: where the thing stands; it is not wanted.
        every: all things that were read in the criterion.
        criterion: the criterion.
        text: the registry's own.
    """
    leaf = place.leaf
    before, behind = text[criterion.start : leaf.start], text[leaf.end : criterion.end]
    if leaf.concept == "pregnancy" and (_EARLIER.match(behind) or _OF_WHOM.search(before)):
        return True
    if _its_causes(place, every, text):
        return True
    if any(said.search(before) for said in (_CAUSE, _THIS, _FOR_INSTANCE, _HARD_BY)) or _in_another(behind):
        return True
    if leaf.bounds is None and _lets_in(behind):
        return True
    if type_of(leaf.concept) in _GIVEN and (_FOR_IT.match(behind) or _of_one_kind(place, every, text)):
        return True
    if _OR_NOT.match(behind) or (leaf.concept == "malignancy" and _OF_THE_BLOOD.match(behind)):
        return True
    first = _beside(place, every, text)
    if first is None:
        return False
    of_cancer = first.leaf.concept == "malignancy" and leaf.concept == "chemotherapy"  # "cancer during chemotherapy"
    if (_WHEN.search(before) and not of_cancer) or _WHEN_INSIDE.match(text, leaf.start, leaf.end):
        return True
    return type_of(leaf.concept) == "illness" and type_of(first.leaf.concept) in _GIVEN and bool(_WHY.search(before))


def given_otherwise(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a drug is meant only as it is given in another way than by mouth, or for one purpose."""
    leaf, words = place.leaf, aside_words()
    if type_of(leaf.concept) != "drug":
        return False
    before = re.split(r"[.;:\n]\s", text[criterion.start : leaf.start].lower())[-1]
    behind = text[leaf.end : criterion.end].lower()
    purpose = re.match(r"(?:\s\w+){0,2}?\sas (?:an? )?", behind)
    if purpose and words.purposes.match(behind, purpose.end()):
        return True
    return words.routes.search(before) is not None and not words.by_mouth.search(before + behind)


def both_needed(before: str) -> bool:
    """Whether a criterion begins with words that bar who has two things together: "the combination of"."""
    found = aside_words().together.match(before.lower().lstrip(" -*•\t\\").removeprefix("the ").removeprefix("a "))
    return found is not None


def _beside(place: Place, every: Sequence[Place], text: str) -> Place | None:
    """The thing in front, where nothing joins the two as equals."""
    earlier = [other for other in every if other.leaf.end <= place.leaf.start or other.leaf.start < place.leaf.start]
    last = max(earlier, key=lambda other: other.leaf.start, default=None)
    if last is None or last.leaf.end > place.leaf.start:
        return last
    said = _EXAMPLE.sub(" ", text[last.leaf.end : place.leaf.start])
    return None if _JOINED.search(said) else last


def _of_one_kind(place: Place, every: Sequence[Place], text: str) -> bool:
    """Whether a general word has the drug that is meant behind it: "chemotherapy with melphalan"."""
    leaf = place.leaf
    behind = (other.leaf for other in every if other.leaf.start >= leaf.end and other.leaf.concept == leaf.concept)
    return leaf.concept == "chemotherapy" and any(_WITH_WHAT.fullmatch(text, leaf.end, other.start) for other in behind)


_OF_WHOM = re.compile(
    r"\b(?!(?:wom[ae]n|females?|mothers?|patients?|subjects?|participants?|persons?|people|those|who|are|is|be|being"
    r"|currently|now|presently|or|and|state|period|not)\b)[a-z-]{2,}[\s,)]+(?:in|among|by)\s"
    r"(?:(?:the|an?|their|unborn|newborn|child|children|bab(?:y|ies)|infants?|fo?etus|or|and)[\s/]+)*\Z",
    re.IGNORECASE,
)
"""In front of a pregnancy or a breastfeeding that says in whom something is: "allergy to milk, in child or mother"."""
_BRACKET = re.compile(r"\s?\(\s*(?:[^()]*[,;/]\s*)?\Z")


def _its_causes(place: Place, every: Sequence[Place], text: str) -> bool:
    """Whether a drug stands in brackets behind an illness: what caused it, or what it is treated with."""
    if type_of(place.leaf.concept) not in ("drug", "therapy"):
        return False
    ill = [other for other in every if other.leaf.end <= place.leaf.start and type_of(other.leaf.concept) not in _GIVEN]
    return any(
        type_of(other.leaf.concept) in ("illness", "symptom", "event")
        and _BRACKET.fullmatch(text, other.leaf.end, place.leaf.start)
        for other in ill
    )


def _in_another(behind: str) -> bool:
    words, found = aside_words(), _IN.match(behind)
    whom = found["whom"].lower() if found else ""
    return words.relatives.search(whom) is not None and not words.themselves.search(whom)


_UP_TO = re.compile(r"\b(?:not|no) (?:exceeding|more than|over|above|greater than|higher than|longer than|beyond)\b")
"""A limit of what is let in, which denies nothing."""


def _lets_in(behind: str) -> bool:
    words, found = aside_words(), _NEXT.search(behind)
    said = _UP_TO.sub(" ", found["said"].lower()) if found else ""
    allowed = words.lets_in.search(said)
    return allowed is not None and not words.denies.search(f"{said[: allowed.start()]} {said[allowed.end() :]}")
