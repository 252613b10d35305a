"""A study as one searchable text that still knows which field each word came from."""

from __future__ import annotations

import bisect
import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trialfinder.base import lazy_re as re
from trialfinder.base.text import lowered
from trialfinder.study.model import ArmGroup, Study

# The longest field of the registry holds some 35,000 characters; more is cut so that nobody can make us slow.
MAX_FIELD = 60_000
# Titles and interventions of one study, taken together, are never read beyond this.
MAX_TOTAL = 600_000
# How far a sentence is followed to each side of a term.
REACH = 160
# No wording is longer than this.
_MARGIN = 120
# Stands between two fields; no pattern matches it, and a sentence ends at it.
_BREAK = "\x1f"
_STOPS = ".;\n!" + _BREAK
# A line that goes on in small letters was only wrapped.
_WORD_END = re.compile(r"\W")
_WRAPPED = re.compile(r"\n(?=[a-z])")
_CONTROL_LABEL = re.compile(r"\W*(?:controls?|placebos?|sham)\b", re.IGNORECASE)
_CONTROL_ARMS = frozenset({"PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION"})


class Zone(enum.StrEnum):
    """What a field is for: this decides how much a word in it proves."""

    TITLE = "title"
    CONDITION = "condition"
    KEYWORD = "keyword"
    MESH = "mesh"
    GIVEN = "given"
    GIVEN_TEXT = "given_text"
    CONTROL = "control"
    SUMMARY = "summary"
    DETAIL = "detail"
    OUTCOME = "outcome"
    CRITERIA = "criteria"


@dataclass(frozen=True, slots=True)
class Passage:
    """One field value: its path (as the attributes of Study are named), its words and what it is for."""

    field: str
    text: str
    zone: Zone


@dataclass(frozen=True, slots=True)
class Mention:
    """A term found in a field; ``start`` and ``end`` count characters of the field's own text."""

    id: str
    passage: Passage
    start: int
    end: int
    at: int
    to: int

    @property
    def words(self) -> str:
        """The matched words, verbatim."""
        return self.passage.text[self.start : self.end]

    def quote(self, reach: int = 60) -> str:
        """A verbatim piece of the field with the matched words inside, cut at spaces."""
        return excerpt(self.passage.text, self.start, self.end, reach)


@dataclass(frozen=True, slots=True)
class Region:
    """Stretches of a document in which patterns are tried; ``text`` joins them, for a quick look for literals."""

    spans: tuple[tuple[int, int], ...]
    text: str


class StudyText:
    """All fields of a study that say what it is, searchable at once.

    ``low`` is the lower-cased text of all passages with the same number of characters as the original.
    """

    __slots__ = ("_ends", "_starts", "_told", "_zoned", "low", "passages", "study")

    def __init__(self, study: Study) -> None:
        self.study = study
        self.passages = tuple(_within_limits(passages(study)))
        self._starts: list[int] = []
        self._ends: list[int] = []
        position = 0
        for passage in self.passages:
            self._starts.append(position)
            self._ends.append(position + len(passage.text))
            position += len(passage.text) + 1
        self.low = _WRAPPED.sub(" ", lowered(_BREAK.join(passage.text for passage in self.passages)))
        late = [i for i, passage in enumerate(self.passages) if passage.zone in (Zone.OUTCOME, Zone.CRITERIA)]
        self._told = self._starts[late[0]] if late else len(self.low)
        self._zoned: dict[frozenset[Zone], Region] = {}

    def around(self, literals: tuple[str, ...], later: tuple[str, ...] | None = None) -> Region:
        """The stretches around plain literals, in outcomes and criteria around the literals of ``later`` if given.

        Patterns that are only tried there cost little in the many records that hold none of their words.
        """
        told, whole = self._told, len(self.low)
        if later is None:
            told = whole
        places = sorted(place for literal in literals for place in self._find(literal, 0, told))
        places += sorted(place for literal in later or () for place in self._find(literal, told, whole))
        return self._region([(place - _MARGIN, place + _MARGIN) for place in places])

    def near(self, matches: Iterable[Mention], reach: int = _MARGIN) -> Region:
        """The stretches around matches."""
        return self._region(sorted((match.at - reach, match.to + reach) for match in matches))

    def in_zones(self, zones: frozenset[Zone], matches: Iterable[Mention] = (), reach: int = REACH) -> Region:
        """All fields of some zones, and the stretches around some matches."""
        fields = self._zoned.get(zones)
        if fields is None:
            places = zip(self.passages, self._starts, self._ends, strict=True)
            fields = self._zoned[zones] = self._region([(start, end) for p, start, end in places if p.zone in zones])
        around = [(match.at - reach, match.to + reach) for match in matches]
        return self._region(sorted([*fields.spans, *around])) if around else fields

    def _region(self, spans: list[tuple[int, int]]) -> Region:
        """Merges sorted stretches and moves their ends to the next space, so that no word is cut."""
        merged: list[tuple[int, int]] = []
        for start, end in spans:
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((max(0, start), end))
        last = len(self.low)
        whole = tuple((start, self._word_end(min(end, last))) for start, end in merged if start < last)
        return Region(whole, _BREAK.join(self.low[start:end] for start, end in whole))

    def _word_end(self, place: int) -> int:
        """The end of the word that a place is in; a word without end is cut."""
        found = _WORD_END.search(self.low, place, place + _MARGIN)
        return found.start() if found else min(place + _MARGIN, len(self.low))

    def _find(self, literal: str, start: int, limit: int) -> Iterator[int]:
        place = self.low.find(literal, start, limit)
        while place >= 0:
            yield place
            place = self.low.find(literal, place + len(literal), limit)

    def match(self, name: str, at: int, to: int) -> Mention:
        """The place of a find in ``low`` as a place in its field."""
        index = bisect.bisect_right(self._starts, at) - 1
        begin = self._starts[index]
        end = min(to, self._ends[index])
        return Mention(name, self.passages[index], at - begin, max(end, at) - begin, at, end)

    def before(self, match: Mention, reach: int = REACH) -> str:
        """The lower-cased words before a match, back to the start of its sentence."""
        begin = max(match.at - match.start, match.at - reach)
        text = self.low[begin : match.at]
        cut = max(text.rfind(stop) for stop in _STOPS)
        return text[cut + 1 :]

    def after(self, match: Mention, reach: int = REACH) -> str:
        """The lower-cased words after a match, up to the end of its sentence."""
        end = match.at - match.start + len(match.passage.text)
        text = self.low[match.to : min(end, match.to + reach)]
        cuts = [cut for cut in (text.find(stop) for stop in _STOPS) if cut >= 0]
        return text[: min(cuts)] if cuts else text

    def sentence(self, match: Mention, reach: int = REACH) -> str:
        """The lower-cased sentence around a match, at most ``reach`` characters to each side."""
        return self.before(match, reach) + self.low[match.at : match.to] + self.after(match, reach)


_LATEST: list[StudyText] = []


def document_of(study: Study) -> StudyText:
    """The document of a study; the latest one is kept, because classification and signs ask for it in turn."""
    if _LATEST and _LATEST[0].study is study:
        return _LATEST[0]
    document = StudyText(study)
    _LATEST[:] = [document]
    return document


_BEGINS = re.compile(r"\n|[.!?]\s+(?=[A-Z(\"'“])")
"""Before a line or a sentence."""


def excerpt(text: str, start: int, end: int, reach: int = 60) -> str:
    """A verbatim slice around ``start`` to ``end``, widened by at most ``reach`` in their sentence, cut at spaces."""
    left = max(0, start - reach)
    right = min(len(text), end + reach)
    left = max((found.end() for found in _BEGINS.finditer(text, left, start)), default=left)
    line = text.find("\n", end, right)
    right = line if line >= 0 else right
    if left > 0 and not text[left - 1].isspace():
        space = text.find(" ", left, start)
        left = space + 1 if space >= 0 else start
    if right < len(text) and not text[right].isspace():
        space = text.rfind(" ", end, right)
        right = space if space >= 0 else end
    return text[left:right].strip()


def passages(study: Study) -> Iterator[Passage]:
    """The fields that can say what a study is, the most telling first."""
    for name in ("brief_title", "official_title", "acronym"):
        yield Passage(name, getattr(study, name) or "", Zone.TITLE)
    yield from _numbered("conditions", study.conditions, Zone.CONDITION)
    yield from _interventions(study)
    yield from _numbered("keywords", study.keywords, Zone.KEYWORD)
    yield from _numbered("condition_mesh_terms", study.condition_mesh_terms, Zone.MESH)
    yield Passage("brief_summary", study.brief_summary, Zone.SUMMARY)
    yield Passage("intervention_model_description", study.intervention_model_description, Zone.DETAIL)
    yield Passage("detailed_description", study.detailed_description, Zone.DETAIL)
    yield Passage("study_population", study.study_population, Zone.DETAIL)
    for index, outcome in enumerate(study.outcomes):
        yield Passage(f"outcomes[{index}].measure", outcome.measure, Zone.OUTCOME)
        yield Passage(f"outcomes[{index}].description", outcome.description, Zone.OUTCOME)
    yield Passage("eligibility_criteria", study.eligibility_criteria, Zone.CRITERIA)


def _interventions(study: Study) -> Iterator[Passage]:
    controls = {arm.label for arm in study.arm_groups if _is_control(arm)}
    for index, item in enumerate(study.interventions):
        control = bool(item.arm_group_labels) and set(item.arm_group_labels) <= controls
        place = f"interventions[{index}]"
        yield Passage(f"{place}.name", item.name, Zone.CONTROL if control else Zone.GIVEN)
        yield from _numbered(f"{place}.other_names", item.other_names, Zone.CONTROL if control else Zone.GIVEN)
        yield Passage(f"{place}.description", item.description, Zone.CONTROL if control else Zone.GIVEN_TEXT)
    for index, arm in enumerate(study.arm_groups):
        zone = Zone.CONTROL if _is_control(arm) else Zone.GIVEN_TEXT
        yield Passage(f"arm_groups[{index}].label", arm.label, zone)
        yield Passage(f"arm_groups[{index}].description", arm.description, zone)


def _is_control(arm: ArmGroup) -> bool:
    """Whether an arm is there to be compared with, by its type or by its name ("Control: own bone graft")."""
    return arm.type in _CONTROL_ARMS or _CONTROL_LABEL.match(arm.label) is not None


def _numbered(name: str, values: tuple[str, ...], zone: Zone) -> Iterator[Passage]:
    for index, value in enumerate(values):
        yield Passage(f"{name}[{index}]", value, zone)


def _within_limits(found: Iterator[Passage]) -> Iterator[Passage]:
    total = 0
    for passage in found:
        if not passage.text or total > MAX_TOTAL:
            continue
        if len(passage.text) > MAX_FIELD:
            passage = Passage(passage.field, passage.text[:MAX_FIELD], passage.zone)
        total += len(passage.text)
        yield passage
