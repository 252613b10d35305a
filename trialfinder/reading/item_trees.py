"""What each item of a criteria text describes by itself, and which items stand below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.cutting.segment import logic_of
from trialfinder.reading.cutting.titles import NONE_OF
from trialfinder.reading.engine import read_words
from trialfinder.reading.findings.finding import ItemRead, Lead
from trialfinder.reading.nodes.joining import all_denied, is_denied, sparing
from trialfinder.reading.nodes.one_sex import of_one_sex
from trialfinder.reading.nodes.tree import Node, Unread, When, all_of, any_of
from trialfinder.reading.reader import PartRead, Piece, read_parts
from trialfinder.reading.sentences import spared_lists
from trialfinder.reading.sentences.list_ends import lasting_for_all
from trialfinder.reading.sentences.roles import asked
from trialfinder.reading.sentences.sentence import Sentence
from trialfinder.reading.vocabulary.abbreviations import Names
from trialfinder.reading.wording.normalise import clean


class Row(Struct):
    """An item on its way: what it describes by itself, and the items below it."""

    read: PartRead
    own: Node | None
    below: list[int]
    spares: bool = False
    """The items below it only say what it does not mean; they are in ``own`` already."""

    @property
    def bars(self) -> bool:
        """Whether it stands under an exclusion heading."""
        return self.read.part.section == "exclusion"

    def silence(self) -> None:
        """Takes away what it asks: it describes nothing of its own, and no reading stands for its words."""
        silent = tuple(replace(p, read=replace(p.read, findings=())) for p in self.read.pieces)
        self.own, self.read = None, replace(self.read, pieces=silent)


def _again(words: str) -> ItemRead:
    return read_words(clean(words), "inclusion", Lead(), 0)


def _sentence(piece: Piece, section: str) -> Sentence:
    def place(start: int, end: int) -> tuple[int, int]:
        first, last = piece.read.clean.span(start, end)
        return piece.base + first, piece.base + last

    return Sentence(piece.read, section, place, _again, piece.offset)  # type: ignore[arg-type]


def _own(read: PartRead) -> tuple[Node | None, tuple[Piece, ...]]:
    """What the words of one item describe (``Unread`` where nothing was found), and its pieces without what no
    criterion is."""
    part = read.part
    if not read.pieces or not any(p.read.clean.lower.strip() for p in read.pieces):
        return None, ()
    nodes: list[Node] = []
    pieces: list[Piece] = []
    for piece in read.pieces:
        sentence = _sentence(piece, part.section)
        node = sentence.node()
        if node is not None:
            nodes.append(node)
        kept = asked(piece.read, sentence.roles)
        if len(kept) < len(piece.read.findings):
            piece = replace(piece, read=replace(piece.read, findings=kept))
        pieces.append(piece)
    if nodes:
        return (any_of(*nodes) if part.section == "exclusion" else all_of(*nodes)), tuple(pieces)
    silent = any(p.read.findings or p.read.scope.cues.get("allowed") for p in read.pieces)
    return (None if silent else Unread(part.start, part.end)), tuple(pieces)


def _from_the_start(text: str, row: Row, unread: Unread) -> bool:
    """Whether nothing but a bullet or a number stands before the unread words of an item."""
    return not any(letter.isalpha() for letter in text[row.read.part.start : unread.start])


def rows_of(text: str, names: Names = ()) -> list[Row]:
    """The items of a text, each with what it describes and with those below it."""
    rows = []
    for read in read_parts(text, names):
        own, pieces = _own(read)
        rows.append(Row(read if pieces == read.pieces else replace(read, pieces=pieces), own, []))
    for index, row in enumerate(rows):
        if row.read.above is not None:
            rows[row.read.above].below.append(index)
    for row in rows:
        if row.own is not None and _FOR_SOME.fullmatch(words_of(text, row).strip()):
            _ask_some(text, rows, row)
        if isinstance(row.own, Unread) and not row.below and _from_the_start(text, row, row.own):
            row.own = of_one_sex(row.own, text, bars=row.bars)
        elif row.own is not None and not row.bars:
            row.own = lasting_for_all(row.own, text)
    begins = {at for at, row in enumerate(rows) if spared_lists.begins(words_of(text, row))}
    for row in rows:
        _deny_below(text, rows, row)
        _spare_below(text, rows, row)
    for index in range(len(rows)):
        _take_spared(text, rows, index, begins)
        _open_alternatives(text, rows, index)
    return rows


_FOR_SOME = re.compile(
    r"\W*(?:for|in) (?:patients|subjects|participants|people|those|women|men|adults|children)\b[^:.;]{3,80}:", re.I
)
"""A line that only says of whom the items below it are."""


def _ask_some(text: str, rows: list[Row], head: Row) -> None:
    """Makes the items below a line the criteria of those of whom it speaks; it asks nothing itself."""
    of_whom, _words = _read_alone(text, head)
    for at in head.below:
        if (own := rows[at].own) is not None:
            rows[at].own = When(of_whom, own, bars=head.bars)
    head.silence()


def _deny_below(text: str, rows: list[Row], head: Row) -> None:
    """ "No serious illness, including the following:": the items below are denied as well."""
    if head.bars or not head.below or not NONE_OF.fullmatch(words_of(text, head).strip()):
        return
    for at in head.below:
        if (own := rows[at].own) is not None and not is_denied(own):
            rows[at].own = all_denied(own)


_UNLESS = re.compile(r"\b(?:unless|except (?:if|when|where))\b[^:]{3,160}:\s*\Z", re.I)


def _spare_below(text: str, rows: list[Row], head: Row) -> None:
    """ "Excluded unless they can be stopped:": whether that spares somebody from the items below is not read."""
    found = _UNLESS.search(words_of(text, head)) if head.bars and head.below and not head.spares else None
    if found is None:
        return
    start = head.read.part.start + found.start()
    for at in head.below:
        if (own := rows[at].own) is not None:
            rows[at].own = sparing(own, Unread(start, head.read.part.end))


_FEW = 6


def _open_alternatives(text: str, rows: list[Row], index: int) -> None:
    """Where the list below "one of the following:" lost its markers, nobody can tell its end: nothing in it decides."""
    row = rows[index]
    words = words_of(text, row)
    if row.bars or row.below or not words.rstrip().endswith(":") or logic_of(words)[0] == "all":
        return
    for at in islice(_following(rows, index), _FEW):
        if (own := rows[at].own) is not None:
            rows[at].own = any_of(own, Unread(row.read.part.start, row.read.part.end))


def _take_spared(text: str, rows: list[Row], index: int, begins: set[int]) -> None:
    """Gives an item what stands below it as exceptions: they ask nothing themselves. ``begins``: items that say so."""
    row = rows[index]
    if row.own is None or row.spares:
        return
    words = words_of(text, row)
    begin = spared_lists.opens(words)
    if begin is None and not begins:
        return
    listed = row.below or list(islice(_following(rows, index), 1 if begin is None else spared_lists.LONGEST))
    if begin is None and begins.issuperset(listed):
        begin = len(words)
    elif not row.below:
        listed = listed[: spared_lists.goes_on(row.own, [rows[at].own for at in listed])]
    if begin is None or not listed:
        return
    items = [_read_alone(text, rows[at]) for at in listed]
    row.own = spared_lists.spare(row.own, row.read.part.start + begin, items)
    row.below, row.spares = listed, True
    for at in listed:
        rows[at].read = replace(rows[at].read, above=index)
    for at in all_below(rows, index):
        rows[at].silence()


def _following(rows: Sequence[Row], index: int) -> Iterator[int]:
    """The items of the same level that follow one, in its section and group."""
    here = rows[index].read
    for at in range(index + 1, len(rows)):
        there = rows[at].read
        if (there.above, there.part.section, there.part.group) != (here.above, here.part.section, here.part.group):
            return
        yield at


def _read_alone(text: str, row: Row) -> tuple[Node, str]:
    """What an item describes when it is read by itself, as something that a person has, and its words."""
    start = row.read.part.start + spared_lists.begins(words_of(text, row))
    words = text[start : row.read.part.end]
    read = _again(words)

    def place(first: int, last: int) -> tuple[int, int]:
        a, b = read.clean.span(first, last)
        return start + a, start + b

    node = Sentence(read, "inclusion", place, _again, alone=True).node()
    return node or Unread(start, row.read.part.end), words


def words_of(text: str, row: Row) -> str:
    """The words of an item by itself."""
    return text[row.read.part.start : row.read.part.end]


def all_below(rows: Sequence[Row], index: int) -> Iterator[int]:
    """The items below one, at any depth."""
    for at in rows[index].below:
        yield at
        yield from all_below(rows, at)
