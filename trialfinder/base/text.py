"""Makes the registry's text harmless and readable: for a terminal, for one line, for a narrow column."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable

from trialfinder.base import lazy_re as re

# Terminal escape sequences: CSI, OSC (ended by BEL or ST), and two-character ones.
_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.?|\x9b[0-?]*[ -/]*[@-~]", re.DOTALL
)
# Characters that change the direction or the joining of what follows; a title could use them to hide words.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\ufff9-\ufffb]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_OBEYED = re.compile("[\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
# JSON can write half of a character's pair; no file and no terminal can.
_HALF = re.compile("[\ud800-\udfff]")
# CommonMark lets a backslash stand before ASCII punctuation; the registry's markup uses it freely.
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,200})?/?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,10});")

# Halves of surrogate pairs and non-characters: JSON can carry them, UTF-8 and XML cannot.
_NO_TEXT = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# With more kinds of such characters than this the text is no English, and is folded in one go.
_MANY_KINDS = 60
#: What typists and word processors write instead of ASCII, and the ASCII for it; one table for every reader of text.
LOOK_ALIKE = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("≥≧⩾⋝≽", ">="),
    **dict.fromkeys("≤≦⩽⋜≼", "<="),
    **dict.fromkeys("˃›〉⟩≻", ">"),
    **dict.fromkeys("˂‹〈⟨≺", "<"),
    **dict.fromkeys("∼～〜˜", "~"),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("×✕✖⨯х∗", "x"),
    **dict.fromkeys("µμ", "u"),
    **dict.fromkeys("•·∙⋅", " "),
    **{char: f"^{digit}" for digit, char in zip("0456789", "⁰⁴⁵⁶⁷⁸⁹", strict=True)},
    "²": "2",
    "³": "3",
    "¹": "1",
    "，": ", ",
    "、": ", ",
    "；": "; ",
    "：": ": ",
    "。": ". ",
    "（": " (",
    "）": ") ",
    "½": "0.5",
    "¼": "0.25",
    "¾": "0.75",
    "⁄": "/",
    "ß": "ss",
    "…": "...",
}
# The same, one character for each: "10⁶" is looked for as 106, "（" as "(".
_ONE_FOR_ONE = {char: ascii_ for char, to in LOOK_ALIKE.items() if len(ascii_ := to.strip(" ^") or " ") == 1} | {
    **dict.fromkeys("\u00a0\u2009\u202f", " "), "·": "*", "＋": "+", "‛": "'",
}  # fmt: skip


def clean(text: str) -> str:
    """The text without terminal escapes, control and invisible characters; line breaks and tabs become ``\\n``, space.

    Nothing that a reader can see is lost.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    text = _ESCAPES.sub("", text)
    text = whole(_CONTROL.sub("", text))
    return _INVISIBLE.sub("", text)


def whole(text: str) -> str:
    """The text with a mark (U+FFFD) in place of each half of a pair, which no file and no terminal can hold."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def plain(text: str) -> str:
    """The registry's markup as plain text: cleaned, backslash escapes undone, entities and simple tags resolved."""
    text = clean(text)
    if not ("\\" in text or "&" in text or "<" in text):
        return text
    text = _ESCAPED.sub(r"\1", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return clean(_TAG.sub("", text))


def inert_json(text: str) -> str:
    """JSON that says the same, with everything a terminal could obey written as ``\\uXXXX``."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    """Plain text on one line, white space folded."""
    return " ".join(plain(text).split())


def harmless(text: str, limit: int | None = None) -> str:
    """Foreign text on one line, without anything that a terminal, a mail or XML could not carry or would obey.

    Markup stays as it is: an error's ``<urlopen error …>`` is no tag. ``plain`` resolves the registry's own.
    ``limit`` is the most characters, with an ellipsis for what is cut off; None for no limit.
    """
    cut = text if limit is None else text[: limit * 4]
    line = " ".join(clean(cut).split())
    line = line if line.isascii() else _NO_TEXT.sub("\ufffd", line)
    if limit is None or (len(line) <= limit and len(cut) == len(text)):
        return line
    return line[: limit - 1] + "…"


def lower(text: str) -> str:
    """Lower case without ever changing the length; a few letters of other scripts would grow."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(small if len(small := c.lower()) == 1 else c for c in text)


def lowered(text: str) -> str:
    """Lower-cased and with plain hyphens, quotes and digits; exactly one character for each character of the text.

    What ASCII does not know becomes ``?``: the patterns are English, and such text is searched twice as fast.
    """
    low = lower(text)
    if low.isascii():
        return low
    kinds = set(_NOT_ASCII.findall(low))
    if len(kinds) > _MANY_KINDS:
        return _NOT_ASCII.sub(lambda found: _ONE_FOR_ONE.get(found[0], "?"), low)
    for char in kinds:
        low = low.replace(char, _ONE_FOR_ONE.get(char, "?"))
    return low


def shorten(text: str, width: int) -> str:
    """At most ``width`` characters, cut at a word where there is one, with an ellipsis when something is missing."""
    if len(text) <= width:
        return text
    cut = text[: max(0, width - 1)]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[width // 2 :] else cut
    return at_word.rstrip(" ,;:-(") + "…"


def folded(text: str) -> str:
    """For comparing words: lower case, accents removed, white space folded."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


def join_words(parts: Iterable[str], last: str = "and") -> str:
    """``a, b and c``."""
    items = list(parts)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def count(number: int, singular: str, plural: str | None = None) -> str:
    """``1 study``, ``3 studies``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
