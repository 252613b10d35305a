"""Cleans the wording of one item for the recognisers and keeps the way back to the registry's own characters.

Markdown escapes, HTML entities and tags, look-alike operators, full-width and superscript digits, invisible and
control characters, runs of white space. Nothing here knows what the words mean.
"""

from __future__ import annotations

import bisect
import html
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from trialfinder.base import lazy_re as re
from trialfinder.base.text import LOOK_ALIKE, lower

_SPECIAL = re.compile(
    r"""(?P<escape>\\(?=[!-/:-@\[-`{-~]))
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}[0-9]{0,2});)
    | (?P<tag></?(?:p|br|b|i|u|li|ul|ol|sup|sub|em|strong|div|span)\s?/?>\s*)
    | (?P<mojibake>â‰[¥¤]|(?<![\w)\]])(?<!\d\s)³(?=\s?\d))
    | (?P<glued>(?<![a-zA-Z])(?:than|above|below|over|under|least|most|between|from|and|to|of|age|aged|ages|with)(?=\d)
      |(?<![a-zA-Z])non(?=pregnant|lactating|nursing|breast))
    | (?P<history>(?<![a-zA-Z/])(?:h/o|s/p|hx)(?:\sof)?(?![a-zA-Z/]))
    | (?P<half>(?<=\d)\s?[½¼¾])
    | (?P<space>[\x00-\x20\x7f\xa0\u2000-\u200a\u2028\u2029\u202f\u3000]{2,}|[\x00-\x1f\x7f])
    | (?P<other>[^\x00-\x7f])""",
    re.VERBOSE | re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\\|&|</?[a-zA-Z]|(?:[nmotedvhrswNMOTEDVHRSW])\d|[nN][oO][nN](?:preg|lact|nurs|breast)|[hH]/[oO]|[sS]/[pP]|[hH][xX]"
)


_MOJIBAKE = {"¥": ">=", "¤": "<=", "³": ">="}
"""What a sign was that a record shows in another alphabet: by its last letter ("â‰¥"), or the sign itself."""


class Clean(Struct, frozen=True, gc=False):
    """One item's cleaned wording.

    ``text`` keeps upper case, ``lower`` is the same length in lower case. ``span`` turns a span of either into a
    span of the text that was cleaned.
    """

    text: str
    lower: str
    _starts: tuple[int, ...]
    _pieces: tuple[tuple[int, int, int], ...]
    """For each piece: start in the source, end in the source, shift when copied unchanged (else -1)."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span that holds the cleaned characters ``start`` to ``end`` (end is one past the last)."""
        if not self._pieces:
            return start, end
        first = bisect.bisect_right(self._starts, start) - 1
        last = bisect.bisect_right(self._starts, max(start, end - 1)) - 1
        begin, _, copied = self._pieces[first]
        source_start = begin + (start - self._starts[first]) if copied >= 0 else begin
        begin, stop, copied = self._pieces[last]
        source_end = begin + (end - self._starts[last]) if copied >= 0 else stop
        return source_start, max(source_start, source_end)

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, tuple[int, int, int]]]:
        """The pieces between two places of the cleaned text, each with where it starts there."""
        if not self._pieces:
            yield start, (start, end, 0)
            return
        edges = [*self._starts, len(self.text)]
        for (first, last), piece in zip(pairwise(edges), self._pieces, strict=True):
            begin, stop = max(first, start), min(last, end)
            if begin < stop:
                yield begin, (*self.span(begin, stop), piece[2])


@lru_cache(maxsize=4096)
def _plain_character(char: str) -> str:
    """What one character outside ASCII stands for; '' for invisible ones, a space for what cannot be told."""
    if char in LOOK_ALIKE:
        return LOOK_ALIKE[char]
    category = unicodedata.category(char)
    if category in {"Cf", "Cc", "Mn", "Cs", "Co", "Cn"}:
        return ""
    if category.startswith("Z"):
        return " "
    plain = unicodedata.normalize("NFKC", char)
    if category == "No" and not plain.isdigit():
        return f" {plain} "
    if plain == char:
        base = unicodedata.normalize("NFD", char)[0]
        return base if base.isascii() else char
    return "".join(LOOK_ALIKE.get(c, c) for c in plain)


def _replacement(match: re.Match[str]) -> str:
    kind, words = match.lastgroup, match.group()
    if kind == "escape":
        return ""
    if kind == "space" or kind == "tag":
        return " "
    if kind == "history":
        return "history of"
    if kind == "mojibake":
        return _MOJIBAKE[words[-1]]
    if kind == "glued":
        return words + " "
    if kind == "half":
        return LOOK_ALIKE[words[-1]].removeprefix("0")
    if kind == "entity":
        plain = html.unescape(words)
        return words if plain == words else "".join(c if c.isascii() else _plain_character(c) for c in plain)
    return _plain_character(words)


def _is_plain(source: str) -> bool:
    """Whether a text holds nothing but ASCII words with a space between each two."""
    plain = source.isascii() and source.isprintable() and "  " not in source
    return plain and source == source.strip(" ") != ""


def clean(source: str) -> Clean:
    """Cleans one item's text. Linear in its length; any string is accepted."""
    if _is_plain(source) and not _MAYBE.search(source):
        return Clean(source, source.lower(), (), ())
    out: list[str] = []
    starts: list[int] = []
    pieces: list[tuple[int, int, int]] = []
    length = at = 0
    for match in _SPECIAL.finditer(source):
        begin, stop = match.span()
        if begin > at:
            starts.append(length)
            pieces.append((at, begin, 0))
            out.append(source[at:begin])
            length += begin - at
        words = _replacement(match)
        if words == " " and (not out or out[-1].endswith(" ")):
            words = ""
        if words:
            starts.append(length)
            pieces.append((begin, stop, -1))
            out.append(words)
            length += len(words)
        at = stop
    if at < len(source):
        starts.append(length)
        pieces.append((at, len(source), 0))
        out.append(source[at:])
    text = "".join(out)
    return Clean(text, lower(text), tuple(starts), tuple(pieces))
