"""Reads a whole criteria text as trees: one for each criterion, with its headings, groups and lists above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.annotated import annotated
from trialfinder.reading.cutting.segment import logic_of
from trialfinder.reading.item_trees import Row, all_below, rows_of, words_of
from trialfinder.reading.nodes.catch_alls import CATCH_ALL, with_catch_alls
from trialfinder.reading.nodes.joining import is_denied
from trialfinder.reading.nodes.tree import (
    AtLeast,
    Criterion,
    Except,
    Group,
    Leaf,
    Node,
    Unread,
    all_of,
    any_of,
    leaves,
    negated,
    plain_leaf,
    rebuilt,
)
from trialfinder.reading.reader import item_of
from trialfinder.reading.readings import Item
from trialfinder.reading.refine.refined import refined
from trialfinder.reading.vocabulary.abbreviations import Names
from trialfinder.reading.vocabulary.structure_words import load_words
from trialfinder.reading.whole import MONTHS_A_YEAR, SETTLED, UNSPECIFIED, Whole, of_the_disease, settle

_ALL = re.compile(r"\ball (?:of )?(?:the |these )?(?:following|below|criteria)|\bboth of\b|\bmeet all\b", re.IGNORECASE)
_ALSO_PATIENTS = re.compile(r"\b(?:patients?|recipients?|participants?|all)\b", re.IGNORECASE)
_OR_END = re.compile(r"\b(?:and/)?or\W*\Z", re.IGNORECASE)
_OR_START = re.compile(r"\W*or\b(?!\w)", re.IGNORECASE)
_JOINT_END = re.compile(
    r"\b(?:with|and|plus|who have|who has|having|together with|as well as|in addition)\b[^.;]{0,60}:?\W*\Z",
    re.IGNORECASE,
)


def _leads_only(text: str, row: Row) -> bool:
    """Whether an item with others below it says nothing besides introducing them."""
    return isinstance(row.own, Unread) and words_of(text, row).rstrip().endswith((":", "following", "-", "by", "of"))


def _composed(text: str, rows: Sequence[Row], index: int) -> Node | None:
    """An item and all below it as one node."""
    row = rows[index]
    below = [n for at in row.below if (n := _composed(text, rows, at)) is not None]
    own = None if row.below and _leads_only(text, row) else row.own
    if not below:
        return own
    joined = _join_below(text, row, below)
    if own is None:
        return joined
    if row.bars and not _JOINT_END.search(words_of(text, row)):
        return any_of(own, joined)
    return all_of(own, joined)


def _join_below(text: str, row: Row, below: list[Node]) -> Node:
    logic, needed = logic_of(words_of(text, row))
    if logic == "at_least":
        return AtLeast(needed, tuple(below))
    if row.bars:
        return all_of(*below) if _ALL.search(words_of(text, row)) else any_of(*below)
    if logic == "any" and not all(is_denied(n) for n in below):
        return any_of(*below)
    return all_of(*below)


def _stands_apart(text: str, row: Row, rows: Sequence[Row]) -> bool:
    """Whether the items below one are criteria of their own: barred is who has any, let in who has all."""
    logic, _ = logic_of(words_of(text, row))
    if logic == "at_least":
        return False
    if row.bars:
        return not _ALL.search(words_of(text, row)) and not (
            _JOINT_END.search(words_of(text, row)) and row.own is not None and not _leads_only(text, row)
        )
    return logic != "any" or all((own := rows[at].own) is None or is_denied(own) for at in row.below)


def _emit(text: str, rows: Sequence[Row], index: int) -> Iterator[Criterion]:
    row = rows[index]
    if row.below and not row.spares and _stands_apart(text, row, rows):
        if not _leads_only(text, row):
            yield _criterion(row, row.own)
        for at in row.below:
            yield from _emit(text, rows, at)
        return
    end = max((rows[at].read.part.end for at in all_below(rows, index)), default=row.read.part.end)
    yield _criterion(row, _composed(text, rows, index), end)


def _criterion(row: Row, node: Node | None, end: int | None = None) -> Criterion:
    part = row.read.part
    if node is not None and row.bars:
        node = negated(node)
    if node is not None and part.group:
        other = load_words().other_subject.search(part.group) is not None and not _ALSO_PATIENTS.search(part.group)
        node = Group(part.group, "other" if other else "participant", node)
    return Criterion(part.section, node, part.start, part.end if end is None else end)


def _with_or_lines(text: str, found: list[Criterion]) -> Iterator[Criterion]:
    """Joins criteria that end or begin with "or" under an inclusion heading."""
    last: Criterion | None = None
    for here in found:
        if last is not None and last.section == here.section != "exclusion" and last.node and here.node:
            gap = text[last.start : last.end].rstrip()
            if _OR_END.search(gap[-12:]) or _OR_START.match(text[here.start : here.end]):
                last = Criterion(here.section, any_of(last.node, here.node), last.start, here.end)
                continue
        if last is not None:
            yield last
        last = here
    if last is not None:
        yield last


def _of_diabetes(node: Node, _denied: bool) -> Node:
    """In a study of diabetes: how long "the disease" has lasted is how long the diabetes has."""
    if not isinstance(node, Leaf) or node.bounds is None or not of_the_disease(node.concept, node.noun):
        return node
    low, high = (None if x is None else x / MONTHS_A_YEAR for x in (node.bounds.low, node.bounds.high))
    return replace(node, concept="diabetes_duration", bounds=replace(node.bounds, low=low, high=high, unit="years"))


def _settled(criterion: Criterion, whole: Whole) -> Criterion:
    """The criterion after what only the whole text can tell: which neuropathy is studied."""
    if criterion.node is None:
        return criterion
    concepts = {leaf.concept for leaf in leaves(criterion.node)}
    node = criterion.node
    if whole.diabetic and "symptom_duration" in concepts:
        node = rebuilt(node, _of_diabetes)
        criterion = replace(criterion, node=node)
    lighter = whole.graded and "neurological_other" in concepts and "neuropathy_type" not in concepts
    if concepts.isdisjoint(SETTLED) and not lighter:
        return criterion if CATCH_ALL not in concepts else replace(criterion, node=with_catch_alls(node))

    def change(node: Node, denied: bool) -> Node:
        if not isinstance(node, Leaf):
            return node
        if lighter and denied and node.concept == "neurological_other" and not node.value:
            return Except(node, plain_leaf("neuropathy_type", "neuropathy", node.start, node.end, value=UNSPECIFIED))
        effect = "exclude" if denied else "require"
        made = whole.settled(node.concept, effect, node.value)
        if made is None:
            return Unread(node.start, node.end)
        same = made == (node.concept, node.value)
        return node if same else replace(node, concept=made[0], value=made[1])

    return replace(criterion, node=with_catch_alls(rebuilt(node, change)))


class TextRead(Struct, frozen=True):
    """A criteria text as it was read: flat items with their readings, and the same as trees."""

    items: tuple[Item, ...]
    criteria: tuple[Criterion, ...]


class _Draft(Struct, frozen=True):
    """A criteria text before its items are told what the trees say, and before the trees have their last touches."""

    text: str
    items: tuple[Item, ...]
    whole: Whole
    criteria: tuple[Criterion, ...]

    @classmethod
    def of(cls, text: str, names: Names) -> _Draft:
        rows = rows_of(text, names)
        items = tuple(item_of(text, row.read.part, row.read.pieces, row.read.above) for row in rows)
        whole = Whole.of(items)
        found = [c for index, row in enumerate(rows) if row.read.above is None for c in _emit(text, rows, index)]
        return cls(text, items, whole, tuple(_settled(c, whole) for c in _with_or_lines(text, found)))

    def told(self) -> tuple[Item, ...]:
        """The items."""
        return tuple(annotated(self.text, settle(self.items, self.whole), self.criteria))

    def touched(self) -> tuple[Criterion, ...]:
        """The criteria."""
        return tuple(c if c.node is None else replace(c, node=refined(c.node, self.text)) for c in self.criteria)


@lru_cache(maxsize=128)
def read_text(text: str, names: Names = ()) -> TextRead:
    """Reads the eligibility criteria of one study; the last hundred texts are remembered."""
    draft = _Draft.of(text, names)
    return TextRead(draft.told(), draft.touched())


@lru_cache(maxsize=128)
def read_criteria(text: str, names: Names = ()) -> tuple[Item, ...]:
    """Reads the eligibility criteria of one study.

    Takes the registry's own text, '' when the study has none. Any text is accepted; what is not understood stays as
    an item without readings. The same text always gives the same items. ``names``: the record's own short names
    (``names_of``). Whoever needs the trees as well takes ``read_text``.
    """
    return _Draft.of(text, names).told()


@lru_cache(maxsize=128)
def criteria_tree(text: str, names: Names = ()) -> tuple[Criterion, ...]:
    """Reads the eligibility criteria of one study as trees, in the order of the text.

    Takes the registry's own text, '' when the study has none: then there is none. Any text is accepted. Each
    criterion's node is true of a person whom it lets in; words that were not understood are ``Unread`` in it.
    ``names``: the record's own short names (``names_of``).
    """
    return _Draft.of(text, names).touched()
