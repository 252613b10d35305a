"""Words that no pattern reads and that say just one thing (``data/sayings.toml``): "has a carer", "illiterate"."""

from __future__ import annotations

import functools
from typing import NamedTuple

import msgspec

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Leaf, Node, Not, Unread, all_of, leaves, plain_leaf, walk
from trialfinder.reading.refine.changed import changed
from trialfinder.reading.refine.listed_drugs import listed_drugs
from trialfinder.reading.vocabulary.structure_words import load_words
from trialfinder.reading.wording.nouns import contains, idle_words, stems
from trialfinder.reading.wording.whatever import whatever_places


class Saying(DataRow, frozen=True):
    """What words say that no pattern reads."""

    concept: str
    """Id of the catalogue, or of a row of ``data/tests.toml``."""
    says: tuple[str, ...] = ()
    """The words; with ``*`` at the end they only have to begin so."""
    denies: tuple[str, ...] = ()
    """Words that deny it."""
    noun: str = ""
    """The thing that they deny, where they name it by its opposite: "healthy kidneys"."""
    together: dict[str, tuple[frozenset[str], ...]] = msgspec.field(default_factory=dict)
    """What members of one list say together, by the words of each member."""
    no: tuple[str, ...] = ()
    """Examples of words that say nothing of the kind."""


class SayingsFile(DataRow, frozen=True):
    """``data/sayings.toml``."""

    saying: tuple[Saying, ...]
    """The rows; of two that fit the first one counts."""


class _Said(NamedTuple):
    place: int
    concept: str
    denied: bool
    begins: str
    """The words that must stand there as they are; '' where idle words may stand among them."""


@functools.cache
def sayings() -> tuple[Saying, ...]:
    """The rows of the file."""
    return load(data_dir("sayings.toml"), SayingsFile).saying


@functools.cache
def _by_stems() -> tuple[dict[frozenset[str], _Said], dict[tuple[str, ...], list[_Said]], frozenset[int]]:
    """What words say by all of their stems, by their first stems, and how many those may be."""
    whole: dict[frozenset[str], _Said] = {}
    begun: dict[tuple[str, ...], list[_Said]] = {}
    rows = [(row.concept, phrases, denied) for row in sayings() for phrases, denied in _phrases(row)]
    for place, (concept, phrases, denied) in enumerate(rows):
        for phrase in phrases:
            if phrase.endswith("*"):
                begun.setdefault(_telling(phrase[:-1]), []).append(_Said(place, concept, denied, phrase[:-1]))
            else:
                whole.setdefault(frozenset(_telling(phrase)), _Said(place, concept, denied, ""))
    return whole, begun, frozenset(map(len, begun))


def _phrases(row: Saying) -> tuple[tuple[tuple[str, ...], bool], ...]:
    return (row.says, False), (row.denies, True)


def _telling(words: str) -> tuple[str, ...]:
    return tuple(stem for stem in stems(words) if stem not in idle_words())


def said_by(words: str) -> tuple[str, bool] | None:
    """The concept that the words say, less idle words, and whether they deny it; None for anything else."""
    whole, begun, sizes = _by_stems()
    told = _telling(words)
    found = [said for size in sizes for said in begun.get(told[:size], ()) if contains(words, said.begins)]
    if (said := whole.get(frozenset(told))) is not None:
        found.append(said)
    first = min(found, default=None)
    return (first.concept, first.denied) if first else None


_LONGEST = 140
"""Characters of unread words that are looked at; longer stretches are sentences."""


def with_all_words(node: Node, text: str) -> Node:
    """A criterion of which nothing was read: what all of its words say."""
    inner = node.part if isinstance(node, Not) else node
    parts = list(walk(inner))
    if len(parts) < 2 or not all(isinstance(part, Unread | AllOf | AnyOf) for part in parts):
        return node
    spans = [part for part in parts if isinstance(part, Unread)]
    start, end = min(part.start for part in spans), max(part.end for part in spans)
    found = _of_words(text, start, end)
    return node if found is None else Not(found) if isinstance(node, Not) else found


def with_sayings(node: Node, text: str) -> Node:
    """The tree in which unread words that say one thing are leaves."""

    def change(part: Unread) -> Node:
        found = _of_words(text, part.start, part.end)
        if isinstance(found, Leaf) and any(x.bounds and x.concept == found.concept for x in leaves(node)):
            return part  # "obesity, BMI > 40": the number says what is meant
        if (
            isinstance(found, Leaf)
            and found.concept == "any_medication"
            and part not in (node, getattr(node, "part", 0))
        ):
            return part  # "illicit drugs or prescription medications": what is said before it is said of it too
        return found or listed_drugs(text, part) or part

    return changed(node, Unread, change)


@functools.cache
def _opposites() -> dict[str, str]:
    """The things that are denied by their opposite, by their concept."""
    return {row.concept: row.noun for row in sayings() if row.noun}


_EITHER_SEX = re.compile(
    r"(?:both |either |adult |any )*(?:male|man|men|female|wom[ae]n)s?(?: patients?| subjects?)?"
    r" ?(?:,|or|and|/|and/or) ?(?:male|man|men|female|wom[ae]n)s?(?: patients?| subjects?| participants?| adults?)?"
    r"|(?:both|any|either|all) (?:sex|sexes|gender|genders)(?: eligible| allowed| accepted)?"
    r"|(?:sex|gender)[:,]? (?:both|any|either|all)"
)


_MORE = re.compile(r"\b(?:and|or) (?:show|have|has|having|be|is|are|no|not|able|agree\w*|willing\w*|complete|comply)\b")
"""What is said goes on with something else: "able to read and show no sign of dementia"."""
_HEADING = re.compile(r"\W*(?:medications?|drugs?|medicines?)\W*", re.IGNORECASE)
"""A line of one word is the heading of something that stands elsewhere; it names no drug."""


def _of_words(text: str, start: int, end: int) -> Node | None:
    if end - start > _LONGEST or _HEADING.fullmatch(text, start, end):
        return None
    words = " ".join(re.sub(r"[^\w%<>=.,/'-]+", " ", text[start:end].lower()).split())
    if _EITHER_SEX.fullmatch(words):
        return plain_leaf("sex", words, start, end, value="any")
    whatever = load_words().whatever
    for first, last in sorted(whatever_places(words, whatever), reverse=True):
        words = f"{words[:first]} {words[last:]}"
    words = " ".join(words.split())
    said = said_by(words)
    if said is None:
        return None
    leaf = plain_leaf(said[0], (_opposites().get(said[0], "") if said[1] else "") or words, start, end)
    if _MORE.search(words):
        return AllOf((leaf, Unread(start, end))) if not said[1] else AnyOf((Not(leaf), Unread(start, end)))
    return Not(leaf) if said[1] else leaf


def united(node: Node, text: str) -> Node:
    """Members of a list that together are what one fact tells, as one leaf."""

    def change(part: AnyOf | AllOf) -> Node:
        denied = isinstance(part, AllOf)
        inner = tuple(one.part if isinstance(one, Not) else one for one in part.parts)
        if denied and not all(isinstance(one, Not) for one in part.parts):
            return part
        if _members().isdisjoint(_said_in(one, text) for one in inner):
            return part
        made: Node = AnyOf(inner)
        for row, ways in _joining():
            made = _one_of_many(made, row, ways, text) if isinstance(made, AnyOf) else made
        left = made.parts if isinstance(made, AnyOf) else (made,)
        if len(left) == len(inner):
            return part
        return all_of(*map(Not, left)) if denied else made

    return changed(changed(node, AnyOf, change), AllOf, change)


_Stems = frozenset[str]
_Ways = dict[str, tuple[frozenset[_Stems], ...]]
"""What members say together, by the stems of each member's names."""


@functools.lru_cache(maxsize=8192)
def _stems(words: str) -> _Stems:
    return frozenset(stems(words)) - idle_words()


@functools.cache
def _joining() -> tuple[tuple[Saying, _Ways], ...]:
    return tuple(
        (row, {whole: tuple(frozenset(map(_stems, names)) for names in each) for whole, each in row.together.items()})
        for row in sayings()
        if row.together
    )


@functools.cache
def _members() -> frozenset[_Stems]:
    """The stems of all names of members."""
    return frozenset(name for _, ways in _joining() for each in ways.values() for names in each for name in names)


def _one_of_many(node: AnyOf, row: Saying, ways: _Ways, text: str) -> Node:
    for whole, each in ways.items():
        found = [next((p for p in node.parts if _is_one(p, row, names, text)), None) for names in each]
        first = next((part for part in found if isinstance(part, Leaf)), None)
        if first is None or any(part is None for part in found):
            continue
        made = Leaf(
            row.concept, first.value, whole, None, first.window_months, first.direction, first.sense, first.severity,
            (), first.possible, first.start, first.end,
        )  # fmt: skip
        parts = tuple(made if part is first else part for part in node.parts if part is first or part not in found)
        return parts[0] if len(parts) == 1 else AnyOf(parts)
    return node


def _is_one(part: Node, row: Saying, names: frozenset[_Stems], text: str) -> bool:
    other = isinstance(part, Leaf) and (part.concept != row.concept or part.bounds is not None)
    return not other and _said_in(part, text) in names


def _said_in(part: Node, text: str) -> _Stems | None:
    """The stems of a member's words; None for one that is no thing."""
    if isinstance(part, Leaf):
        return _stems(" ".join((*part.narrowing, part.noun)) if part.narrowing else part.noun)
    return _stems(text[part.start : part.end]) if isinstance(part, Unread) else None
