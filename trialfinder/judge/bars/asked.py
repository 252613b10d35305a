"""Whether a sentence plainly asks a person to have a thing, so that who lacks it cannot join.

A thing that lacks bars only where every word in front of it belongs to a frame of having it ("adults diagnosed with
…"), to the name of an illness, or to something else that was read, and nothing behind it turns the sentence. Whatever
else stands there, feared, looked for, another person's, a condition, leaves it open: such words never end, while those
of having something do.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.judge.bars.others import OTHERS
from trialfinder.judge.bars.words_around import PEOPLE, begins, without_read, words_in
from trialfinder.judge.leaf_tests import asks_health
from trialfinder.judge.names.illness_names import ends_like_an_illness, name_words
from trialfinder.judge.polarity import Place
from trialfinder.judge.study_context import StudyContext
from trialfinder.reading.nodes.tree import Criterion
from trialfinder.reading.wording.whole_words import WholeWords


class AskedFile(DataRow, frozen=True):
    """``data/asked.toml``."""

    frame: frozenset[str]
    """Words of people and of having something."""
    grade: frozenset[str]
    """Words that say of which kind or degree an illness is."""
    turned: frozenset[str]
    """Under an exclusion heading: words that deny."""
    ability: frozenset[str]
    """Words in front of what somebody must be able to do."""
    behind: frozenset[str]
    """Words that may follow a thing right away."""
    never: frozenset[str]
    """Words of names that say more than a name: they turn it or belong to somebody else."""
    denied: frozenset[str]
    """Words that deny a thing."""
    symptom: frozenset[str]
    """Words around how long the neuropathy's own symptoms are there and how strong they are."""
    symptom_course: frozenset[str]
    """Words around how they began and were treated."""
    optional: WholeWords
    """Words by which a thing is only wished for."""
    group: WholeWords
    """Names of groups: what stands behind one with its number or letter is asked of it only."""
    another_way: WholeWords
    """Words behind what somebody else may do as well."""
    yes: tuple[str, ...]
    """Sentences that ask for a thing, in which ``{thing}`` is one."""
    no: tuple[str, ...]
    """Sentences that do not."""
    open: tuple[str, ...]
    """What may be had from somebody else."""


@functools.cache
def asked_words() -> AskedFile:
    """The words of ``data/asked.toml``."""
    return load(data_dir("asked.toml"), AskedFile)


_EXEMPT = frozenset({"age", "sex", "childbearing", "residence", "bmi", "contraception"})
"""What everybody has one of; their rules look at the words themselves."""
_ABLE = frozenset({"consent", "follow_up", "reading_and_writing", "telephone", "carer", "procedure_contraindication"})
"""What somebody must be able to do."""
_NO_DOUBT = frozenset({"risk", "care", "index", "exposed", "exposure", "contact", "potential", "potentially", "likely"})
"""Words that stand in front of what a study is about for other reasons: "poor risk leukemia"."""
_AT_RISK = re.compile(r"\brisk (?:of|for|to|factors?)\b", re.IGNORECASE)
_OF_A_RISK = re.compile(
    r"\b(?:high(?:er|est)?|poor|low|intermediate|standard|good)[ -]risk\b(?! (?:of|for|to|factors?)\b)", re.IGNORECASE
)
"""How grave a cancer is."""
_HELPED = frozenset({"carer", "telephone"})
"""Abilities that somebody else is part of."""
_NEAR = 40
_LAST_WORDS = 6
"""So many words in front of an ability say whose it is; what else a long sentence asks for stands before them."""
_BOUNDARY = re.compile(r"[.;]\s|\n")
_ALSO = re.compile(r"[.;]\s|\n|,\s(?:and|but)\s")
_REST = re.compile(r"[^.;\n]*(?:\.\d[^.;\n]*)*")
_NEXT = re.compile(r"(?P<joint>[\s-]*)(?P<word>[a-z]+)", re.IGNORECASE)
_TURNS = re.compile(
    r"\b(?:(?:is|are|was|were|be|been)\s(?:\w+\s){0,2}?(?:excluded|absent|suspected|feared|unlikely|allowed|permitted"
    r"|acceptable|accepted|considered|eligible|included|welcome)"
    r"|(?<!who )(?<!that )(?:does|do|need|needs|has|have|is|are) not\b"
    r"|unless|if|not required|not necessary|(?:and|or) (?:his|her|their) (?:care ?givers?|carers?"
    r"|partners?|famil\w+|relatives?|spouses?|parents?|wi(?:fe|ves)|husbands?|friends?)|ruled out|to be excluded)\b",
    re.IGNORECASE,
)
_SAID_OF_IT = re.compile(
    r"\s*(?:(?:patients?|subjects?|participants?|individuals?|people|persons?|adults?|volunteers?|men|women)\s+)?"
    r"(?:must|should|shall|may|can|will|needs?|ha(?:s|ve) to|is|are|was|were)\b"
    r"(?!\s(?:(?:have|be|been|also|present|clinically|histologically|already)\s)*(?:confirmed|diagnosed|documented"
    r"|proven|established|verified|present|known|demonstrated|made|found|required|mandatory|being))",
    re.IGNORECASE,
)
_THOSE = re.compile(
    rf"[\W\d]*(?:(?:all|any|an?|every|the)\s)?{PEOPLE}\s"
    r"(?:with|on|taking|using|receiving|having|who (?:have|has|are|take|use))\b"
    r"[^,;:.]{0,40}",
    re.IGNORECASE,
)
_MUST_DO = re.compile(
    r"(?:(?!\b(?:who|that|which|whom|whose|and|or|but)\b)[^.;:\n]){0,80}?\b(?:must|should|shall|needs? to|ha(?:s|ve) to"
    r"|may|can|will|are (?:asked|required|to))\b(?!\s(?:(?:have|be|been|also|clinically)\s)*(?:confirmed|diagnosed"
    r"|documented|proven|established|verified|present))",
    re.IGNORECASE,
)
"""Behind "participants with a thing": what they must do, and nobody else."""

_ANOTHER_CANCER = re.compile(
    r"\b(?:another|other|previous|prior|second|earlier|concurrent|concomitant)\s(?:[\w-]+\s){0,2}"
    r"(?:malignan\w+|cancers?|tumou?rs?|carcinomas?|neoplas\w+)\b(?=[^;\n]*\b(?:eligible|enrolled|included|allowed|permitted"
    r"|accept\w+|participate|enter\w*|must be (?:disease[- ])?free)\b)",
    re.IGNORECASE,
)
"""Who had another cancer than the study's is let in all the same: no cancer is asked for there."""
_MUST_BE_WELL = re.compile(
    r"(?:(?!\b(?:who|that|which|whose|and|or|but)\b)[^.,;:\n]){0,80}?\b(?:must|should|shall|needs? to|ha(?:s|ve) to|is"
    r"|are)\s(?:have\s)?(?:be(?:en)?\s|remain(?:ed)?\s)?(?:(?:\w+ly|well|fully|in)\s){0,2}(?:controlled|stable|remission|cured"
    r"|resolved|inactive|compensated|regulated|control|treated|quiescent)\b",
    re.IGNORECASE,
)
"""An illness that must be under control is not asked for: "any heart disease must be stable"."""


def plainly_asked(place: Place, criterion: Criterion, text: str, every: Sequence[Place], study: StudyContext) -> bool:
    """Whether the words of a criterion leave no doubt that everybody must have a thing which it wants.

    Args:
        place: where the thing stands; it is wanted.
        criterion: the criterion.
        text: the registry's own.
        every: all things that were read in the criterion.
        study: who is let in has what is studied, so that fewer words are doubted there.
    """
    leaf = place.leaf
    named = " ".join((leaf.value, leaf.noun, *leaf.severity, *leaf.narrowing)).lower()
    soon = min(criterion.end, leaf.end + _NEAR)
    if _MUST_BE_WELL.match(text, leaf.start, soon) or _is_optional(place, criterion, text):
        return False
    if leaf.concept in _OF_SYMPTOMS:
        return _of_the_own_symptom(place, criterion, text, every)
    if leaf.bounds is not None or leaf.concept in _EXEMPT or asks_health(named):
        return True
    able = leaf.concept in _ABLE
    if able and any(" or " in words for words in leaf.narrowing):
        return False  # "reachable (telephone, e-mail or through a neighbour)"
    start = begins(criterion, text, leaf.start, _ALSO if able else _BOUNDARY)
    left = _OF_A_RISK.sub(" ", without_read(text, start, leaf.start, every))
    before = words_in(left)
    words = asked_words()
    if leaf.concept == "malignancy" and _ANOTHER_CANCER.search(text, criterion.start, criterion.end):
        return False
    if not able and study.is_about(leaf):
        return not (words.never - _NO_DOUBT).intersection(before) and not _AT_RISK.search(left)
    known = words.frame | (words.turned if criterion.section == "exclusion" else frozenset())
    known |= words.ability if able else words.grade
    near = before[-_LAST_WORDS:] if able else before
    if not all(_is_known(word, known, names=not able) for word in near):
        return False
    if able:
        return leaf.concept in _HELPED or not OTHERS.search(text, start, min(criterion.end, leaf.end + _NEAR))
    if _THOSE.fullmatch(text, start, leaf.start) and _MUST_DO.match(text, leaf.end, criterion.end):
        return False
    return _goes_on_plainly(text, leaf.end, criterion.end, began=bool(words.frame.intersection(before)))


def _is_optional(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a thing is only wished for, is asked of one group, or can be had from somebody else."""
    leaf, words = place.leaf, asked_words()
    before, behind = text[criterion.start : leaf.start].lower(), text[leaf.start : criterion.end].lower()
    behind = _SENTENCE_END.split(behind, maxsplit=1)[0]
    if words.optional.search(behind):
        return True
    if not place.groups and any(_LABELLED.match(before, found.end()) for found in words.group.finditer(before)):
        return True
    return leaf.concept in _BY_OTHERS and words.another_way.search(behind) is not None


_SENTENCE_END = re.compile(r"[.;\n]")
_LABELLED = re.compile(r"\s(?:\d|[a-z]\b|i+\b)[^.;\n]*\Z")
_BY_OTHERS = frozenset({"reading_and_writing", "telephone", "carer"})
_OF_SYMPTOMS = frozenset({"symptom_duration", "pain_score", "failed_conventional"})
_SIDE_BY_SIDE = _OF_SYMPTOMS | {"neuropathy_type", "diabetes_type", "diagnosis_confirmed", "fiber_type", "age", "sex"}
_SEGMENT = re.compile(r"[,;:.()](?!\d)|\n|\band\b", re.IGNORECASE)


_AT_TIMES = re.compile(
    r"\bon (?:at least|\d|one|two|three|four|five|six|most)\b"
    r"|\bof (?:the )?(?:last |past )?(?:\d+|seven|ten) days\b|\b(?:a|per) week\b"
    r"|\bin the past\b(?! (?:\d|week|day|month|\w+ (?:days|hours|weeks|months)))"
    r"|(?<!days )(?<!day )(?<!week )(?<!weeks )(?<!hours )\b(?:before|prior to|preceding)\b"
    r"(?! (?:\d|week|\w+ (?:days|hours|weeks)))",
    re.IGNORECASE,
)
"""Words by which a score is that of some days, or of another time than now."""


def _of_the_own_symptom(place: Place, criterion: Criterion, text: str, every: Iterable[Place]) -> bool:
    """Whether all words of a symptom's part of its sentence are such as are said of a neuropathy's own symptoms.

    "Symptoms for at least 6 months" are; "symptoms of depression", "pain on pressure", "failed insulin" are not.
    """
    leaf = place.leaf
    start = begins(criterion, text, leaf.start, _SEGMENT)
    stop = _SEGMENT.search(text, leaf.end, criterion.end)
    end = stop.start() if stop else criterion.end
    apart = [other for other in every if other.leaf.end <= leaf.start or other.leaf.start >= leaf.end]
    beside = [other for other in apart if other.leaf.concept in _SIDE_BY_SIDE]
    words = asked_words()
    if leaf.concept == "pain_score" and _AT_TIMES.search(text, start, end):
        return False
    known = words.symptom | (frozenset() if leaf.concept == "pain_score" else words.symptom_course)
    between = {"and"} if leaf.bounds is not None and leaf.bounds.low is not None else set()  # "between 4 and 9"
    said = [word for word in words_in(without_read(text, start, end, beside)) if word not in between]
    return all(word in known or all(part in known for part in word.split("-")) for word in said)


def _is_known(word: str, known: frozenset[str], *, names: bool) -> bool:
    if word in known or (names and word.endswith("ically")):
        return True
    if word in asked_words().never or word in asked_words().denied:
        return False
    if "-" in word:
        return all(_is_known(part, known, names=names) for part in word.split("-"))
    return names and (word in name_words() or word.removesuffix("s") in name_words() or ends_like_an_illness(word))


def _goes_on_plainly(text: str, at: int, end: int, *, began: bool) -> bool:
    rest = _REST.match(text, at, end)
    behind = rest.group() if rest else ""
    if _TURNS.search(behind) or (not began and _SAID_OF_IT.match(behind)):
        return False
    following = _NEXT.match(behind)
    if following is None:
        return True
    word = following["word"].lower()
    return (
        word in asked_words().behind or word in asked_words().frame or _is_known(word, asked_words().grade, names=True)
    )
