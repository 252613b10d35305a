"""Cuts a criteria text into headings and items, with offsets into the registry's own text.

Works by lines, list markers and indentation. Sections come from headings only: before the first heading, and in a
text without any, the section is "unknown".
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.cutting.headings import PART, heading
from trialfinder.reading.cutting.inline import pieces
from trialfinder.reading.readings import Section, Segment

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_MARKER = re.compile(
    r"\\?(?:(?P<bullet>[*•·▪◦●○■□‣⁃∙➢►✓–—+]|-(?!\d|-[A-Z][A-Za-z /-]{2,60}--)|[oO](?=\s))"
    r"|(?P<number>\(?\d{1,2}(?:\.\d{1,2}){0,2}(?:\\?[.)]){1,2}(?!\d)|\d{1,2}-(?=\s?[A-Z])|\d{1,2}\s(?=[A-Z][a-z]))"
    r"|(?P<letter>\(?[a-zA-Z]\\?[.)](?=\s)|\([a-z]\)|\([ivx]{1,4}\)|[ivx]{1,4}[.)](?=\s))"
    r"|(?P<circle>[\u2460-\u2473\u2776-\u277f])){1}[ \t\xa0]*"
)
_LATER_LETTER = re.compile(r"\(?[b-hB-H]\\?[.)]")
"""A letter that begins no list; "i." may be the first Roman number."""
_COUNTED = frozenset({"number", "roman"})
_OPEN_END = re.compile(r"(?:,|\b(?:and|or|of|with|the|to|for|in|a|by|as|than|at|from|on|an|any))\s*\Z", re.IGNORECASE)
_CLOSED_END = re.compile(r"[.;:!?]\s*\Z")
_ANY = re.compile(
    r"\b(?:any|one|either|1|some)\b(?:\s(?:\(?(?!with\b)\w{1,5}\)?|or more|of)){0,4}\s(?:of\s)?(?:the\s|these\s)?"
    r"(?:following|below)|"
    r"\bone or more\b|\bany of\b|\beither\b[^:]{0,20}:|"
    r"\bat least one\b(?!\s(?:[\w-]+\s){1,4}with (?:all |each )?(?:of )?the following)",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(?:at least|minimum of|≥|>=)\s?(?P<n>\d{1,2}|two|three|four|five)\b[^:.]{0,40}\b(?:following|below|criteria)|"
    r"\b(?P<m>two|three|four|2|3|4)\s(?:\(\d\)\s)?(?:or more\s)?(?:of\s)?(?:the\s)?(?:following|below)",
    re.IGNORECASE,
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_DEEPEST = 50
_COMMA_LINES = re.compile(r",[ \t]*\r?\n[ \t]*(?=[A-Z])")


class _Open(Struct):
    """A line that later lines may hang below."""

    indent: int
    marker: str
    index: int
    leads: bool


class _State(Struct):
    """Where in the text the segmenter is."""

    text: str
    found: list[Segment]
    stack: list[_Open]
    section: Section = "unknown"
    back: Section | None = None
    """The section before a line such as "Required:", which holds for the list below it only."""
    group: str = ""
    previous_marker: str = ""
    aside: tuple[int, Section, str] | None = None
    """Where a line within a list introduces who is barred: its indentation, and the section and group before it."""
    comma_list: bool = False
    """Criteria of this text end in commas, one a line."""


def logic_of(words: str) -> tuple[Literal["all", "any", "at_least"], int]:
    """How the items below a line are joined, from the line's own words: ('at_least', 2), ('any', 0), ('all', 0)."""
    tail = words[-200:]
    least = _AT_LEAST.search(tail)
    if least is not None:
        said = (least["n"] or least["m"]).lower()
        needed = _NUMBERS.get(said, int(said) if said.isdigit() else 1)
        return ("any", 0) if needed <= 1 else ("at_least", needed)
    return ("any", 0) if _ANY.search(tail) else ("all", 0)


def _marker(body: str) -> tuple[str, int]:
    """Kind and length of the list marker at the start of a line; ('', 0) when there is none."""
    match = _MARKER.match(body)
    if match is None or match.end() == len(body):
        return "", 0
    kind = match.lastgroup or ""
    if kind == "letter" and re.match(r"\(?[A-Z]", match.group()) is None:
        letters = match.group().strip("(.) \\")
        kind = "roman" if len(letters) > 1 or letters == "i" else kind
    return kind + (match.group().strip() if kind == "bullet" else ""), match.end()


def _continues(state: _State, body: str, indent: int) -> bool:
    """Whether an unmarked line goes on with the line before it."""
    if not state.found or state.found[-1].kind == "heading":
        return False
    last = state.found[-1]
    words = state.text[last.start : last.end]
    tail = words[-200:]
    gap = state.text.count("\n", last.end, last.end + 200) if len(state.text) > last.end else 0
    line_length = len(words) - (words.rfind("\n") + 1)
    if _CLOSED_END.search(tail):
        return False
    blank_between = (
        "\n" in state.text[last.end :].split(body[:20], 1)[0].strip(" \t\r").replace("\n", "", 1) if gap > 1 else False
    )
    if blank_between:
        return False
    if state.previous_marker and state.stack and indent > state.stack[-1].indent:
        return True
    first = body.lstrip()[:1]
    if first.isupper() and tail.rstrip().endswith(",") and (state.comma_list or line_length < 70):
        return False
    if _OPEN_END.search(tail):
        return True
    return first.islower() and line_length >= 60


def _parent(state: _State, indent: int, marker: str, *, later: bool = False) -> int | None:
    """Drops what the new line cannot hang below; gives the index of the line it does hang below.

    ``later``: the marker is a letter that begins no list ("c."). Behind "1." and "2." of the same indentation it goes
    on with their list, whose first letters the registry has numbered anew.
    """
    stack = state.stack
    while stack and stack[-1].indent > indent:
        stack.pop()
    if marker and any(o.marker == marker and o.indent == indent for o in stack):
        while stack and not (stack[-1].marker == marker and stack[-1].indent == indent):
            stack.pop()
        stack.pop()
    elif later and stack and stack[-1].indent == indent and stack[-1].marker in _COUNTED:
        while stack and stack[-1].indent == indent and stack[-1].marker in _COUNTED:
            stack.pop()
    elif stack and stack[-1].indent == indent and not (marker and stack[-1].leads):
        stack.pop()
    return stack[-1].index if stack else None


def _add(state: _State, start: int, end: int, kind: str, parent: int | None) -> int:
    """Adds a segment without the white space at its ends; gives its index."""
    text = state.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    index = len(state.found)
    depth = min(_DEEPEST, state.found[parent].depth + 1) if parent is not None else 0
    state.found.append(
        Segment("heading" if kind == "heading" else "item", state.section, state.group, start, end, depth, parent)
    )
    return index


def _end_of_list(state: _State) -> None:
    """Goes back to the section in which a list such as "Required:" stood."""
    if state.back is not None:
        state.section, state.back = state.back, None


def _take_heading(state: _State, start: int, body: str, bulleted: bool, base: int, indent: int = 0) -> int:
    """Adds the heading that ``body`` begins with, if any; gives how many characters of ``body`` it takes."""
    head = heading(body, bulleted=bulleted)
    if head is None:
        return 0
    if head.kind in {"section", "within"}:
        nested = bulleted and any(o.indent < indent for o in state.stack)
        state.aside = (indent, state.section, state.group) if nested else None
        for_a_list = head.kind == "within" and head.section == "inclusion"
        state.back = (state.back or state.section) if for_a_list else None
        state.section, state.group = head.section, state.group if head.kind == "within" else head.group
        state.stack.clear()
    elif head.kind == "group":
        state.group = head.group
    elif PART.match(body):
        _end_of_list(state)
    if not bulleted and not indent:
        state.stack.clear()  # what stood above the heading introduces nothing below it
    _add(state, base, start + head.length, "heading", None)
    return head.length


def _line(state: _State, begin: int, line: str) -> None:
    """Takes one line of the text."""
    body = line.lstrip()
    if not body.strip():
        return
    indent = len(line[: len(line) - len(body)].expandtabs(4))
    start = begin + len(line) - len(body)
    marker, length = _marker(body)
    if state.aside is not None and indent <= state.aside[0]:
        if state.stack:  # something hung below it
            _, state.section, state.group = state.aside
        state.aside = None
    taken = _take_heading(state, start + length, body[length:], bool(marker), start, indent)
    if not taken and length and marker.startswith("number"):
        taken = 0
    if taken:
        state.previous_marker = ""
        if not body[length + taken :].strip():
            return
        start, length, body, marker = start + length + taken, 0, body[length + taken :], ""
    elif not marker and _continues(state, body, indent):
        last = state.found[-1]
        end = begin + len(line.rstrip())
        state.found[-1] = replace(last, end=end)
        return
    if not marker and state.back is not None and state.found[-1].kind == "item":
        _end_of_list(state)
    _items(state, start, body, length, indent, marker)
    state.previous_marker = marker


def _items(state: _State, start: int, body: str, length: int, indent: int, marker: str) -> None:
    """Adds the item or the items that stand on one line."""
    parent = _parent(state, indent, marker, later=_LATER_LETTER.match(body) is not None)
    index = -1
    for at, end, nested in pieces(body, length, bulleted=bool(marker)):
        lead = start + at
        inner = body[at:end]
        skip = length if at == 0 else 0
        taken = _take_heading(state, lead + skip, inner[skip:], True, lead) if at else 0
        if taken:
            parent = None
            if not inner[skip + taken :].strip():
                continue
        above = index if nested and index >= 0 else parent
        here = _add(state, lead + (skip + taken if taken else 0), start + end, "item", above)
        if not nested:
            index = here
    if index >= 0:
        leads = body.rstrip().endswith((":", ": -"))
        state.stack.append(_Open(indent, marker, index, leads))
        del state.stack[:-_DEEPEST]


def segment(text: str) -> tuple[Segment, ...]:
    """The headings and items of a criteria text, in order.

    Every character that is not white space lies in exactly one of them. Linear in the length of the text.
    """
    state = _State(text, [], [], comma_list=len(_COMMA_LINES.findall(text)) >= 2)
    for match in _LINE.finditer(text):
        _line(state, match.start(), match.group())
    return tuple(state.found)
