"""Reads a whole criteria text: segments, items with their readings, and what only the whole text can tell."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.cutting.headings import EXCLUDED
from trialfinder.reading.cutting.segment import segment
from trialfinder.reading.cutting.titles import NONE_OF, PERMITTED, PERMITTED_ITEM
from trialfinder.reading.engine import read_words
from trialfinder.reading.findings.finding import Finding, ItemRead, Lead
from trialfinder.reading.findings.must_be_stopped import STOPPED, carried_on
from trialfinder.reading.findings.named_drugs import goes_on_a_list
from trialfinder.reading.findings.named_for_another import DEFINES_A_REACTION
from trialfinder.reading.findings.not_asked import (
    example_of_a_class,
    treated_by,
    verdict_on_another,
)
from trialfinder.reading.findings.only_named import of_those_who_take
from trialfinder.reading.readings import DOUBTFUL, Item, Reading, Section, Segment
from trialfinder.reading.vocabulary.abbreviations import Names, spelt_out
from trialfinder.reading.vocabulary.cues import MAY_BAR_TOO
from trialfinder.reading.wording.normalise import clean

_MARKER = re.compile(
    r"[\s\\]*(?:[*•·▪◦●○■□‣⁃∙➢►✓–—+]|-(?!\d)|\(?\d{1,2}(?:\.\d{1,2}){0,2}(?:\\?[.)]){1,2}(?!\d)|\(?[a-z]\\?\)\s|"
    r"[a-z]\.\s|\([ivx]{1,4}\)|\d{1,2}-(?=\s?[A-Z])|[o]\s|[\u2460-\u2473\u2776-\u277f])*\s*"
)
_UNMARKED = re.compile(r"\w(?!\w?[.)])")
_LEAD_NO = re.compile(
    r"\b(?:none of|no\b(?: \w+){0,3}|not have(?: \w+){0,4}|without(?: \w+){0,4}|absence of(?: \w+){0,3}|free of(?: \w"
    r"+){0,3}|negative (?:for|tests? for)(?: \w+){0,3})\s?(?:the )?(?:following)?[^:;,.]{0,20}:?\s*\Z"
)
_THERAPY_LABEL = re.compile(
    r"(?:--)?(?:disease|patient) characteristics(?:--|:)\s+|"
    r"(?:--)?(?:biologic(?:al)? therapy|chemotherapy|endocrine therapy|radiotherapy|radiation therapy|immunotherapy|"
    r"surgery|hormonal therapy)(?:--|:)\s+(?=[^:]*?(?:therap|radiation|surg|transplant|\bagents?\b|\bdrugs?\b|steroid|"
    r"regimen|factors?\b|interferon|vaccin|see (?:disease|patient)))"
)
"""A title of old records in front of a criterion that names its treatment itself: "Biologic therapy: No interferon"."""
_LONGEST = 3_000
_SHORT = 120
_DEMANDS = re.compile(r"\b(?:must|requir\w+|have|has|exclu\w+|eligib\w+|criteria)\b", re.IGNORECASE)
"""In a line that opens another list: what may be taken ends there."""
_DONOR = re.compile(r"[\W\d]*(?P<who>donors?)\s?:", re.IGNORECASE)
_OF_A_DONOR = re.compile(
    r"(?!.*\b(?:no|not|without|lack\w*|unless|excluded)\b)[^:;]*\b(?P<who>donors?)\b[^:;]{0,90}\b(?:following|criteria"
    r"|requirements|conditions|must|should)\b[^:;]{0,40}:\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""A line above what is asked of a donor: "an available donor who meets the following criteria:"."""
_SAYS_NOTHING = re.compile(
    r"[\W\d]*(?:[\w/ -]{1,40}:)?\s*(?:not specified|not applicable|none specified|see (?:general |disease |"
    r"patient )?\w+(?: \w+)?)\W*\Z"
)
_OF_NOTHING = ("specified", "applicable", "see ")
"""One of these is in all that ``_SAYS_NOTHING`` finds."""


class Piece(Struct, frozen=True):
    """What was read in a stretch of an item that begins at ``base`` of the registry's text."""

    base: int
    read: ItemRead
    offset: int = 0
    """Where the words begin behind the list marker, in the cleaned text."""


def _lead(read: ItemRead) -> Lead:
    """What the items below take over from this one."""
    lower = read.clean.lower.rstrip()
    if not lower.endswith((":", "following", "by", "of", "-")) and len(lower) > 90:
        return Lead()
    numbered = {f.hit for f in read.findings if f.bounded is not None}
    variables = tuple(h for h in read.variables if h not in numbered)[-1:] if not numbered and len(lower) < 90 else ()
    window = read.windows[-1] if len(read.windows) == 1 and not any(f.window for f in read.findings) else None
    negated = _LEAD_NO.search(lower) is not None or NONE_OF.fullmatch(lower) is not None
    defines = DEFINES_A_REACTION.search(lower) is not None
    return Lead(negated, window, frozenset(), variables, defines, stopped=STOPPED.search(lower) is not None)


def _span(read: ItemRead, finding: Finding) -> tuple[int, int]:
    """The quote of a finding in cleaned offsets: its words with its window or exception when they are near."""
    start, end = finding.start, finding.end
    window = finding.window
    if window is not None and window in read.windows:
        if window.start >= end and window.start - end <= 90:
            end = max(end, window.end)
        elif window.end <= start and start - window.end <= 90:
            start = min(start, window.start)
    if finding.exception is not None and finding.exception[1] - end <= 200:
        end = max(end, finding.exception[1])
    return start, end


def _value(finding: Finding, exception: str) -> str:
    spares = exception and not exception.startswith(DOUBTFUL)
    return f"{finding.value}; except: {exception[:120]}".removeprefix("; ") if spares else finding.value


def _exception(read: ItemRead, finding: Finding) -> str:
    if finding.exception is None:
        return ""
    words = read.clean.text[slice(*finding.exception)].strip(" ,.:()").lstrip(_QUOTES)
    of_causes = any(each.pattern.id == "other_neuropathy_cause" for each in read.findings)
    doubtful = of_causes and MAY_BAR_TOO.search(read.clean.lower, 0, finding.exception[0])
    return f"{DOUBTFUL} {words}" if doubtful else words


_QUOTES = " \"'“”„‘’«»"
"""A quoted word that spares, such as "except", is followed by its closing mark, which begins nothing."""


def _reading(piece: Piece, finding: Finding, part: Segment, text: str) -> Reading:
    read = piece.read
    first, last = _span(read, finding)
    start, end = read.clean.span(first, last)
    start, end = piece.base + start, min(piece.base + end, part.end)
    b, scope, window = finding.bounded, read.scope, finding.window
    exception = _exception(read, finding)
    return Reading(
        section=part.section,
        group=part.group,
        pattern=finding.pattern.id,
        effect=finding.effect,
        value=_value(finding, exception),
        low=b.low if b else None,
        low_inclusive=b.bound.low_inclusive if b and b.low is not None else None,
        high=b.high if b else None,
        high_inclusive=b.bound.high_inclusive if b and b.high is not None else None,
        unit=b.unit if b else "",
        window_months=window.months if window else None,
        quote=text[start:end],
        start=start,
        end=end,
        item_start=part.start,
        item_end=part.end,
        complete=False,
        direction=window.direction if window else "",
        when=scope.when(finding.hit.start, finding.hit.end),
        exception=exception,
        applies_to_sex=(b.sex if b else "") or scope.sex(finding.hit.start),
    )


_SAID_ALREADY = (
    goes_on_a_list,
    example_of_a_class,
    treated_by,
    of_those_who_take,
    verdict_on_another,
)


def _readings(pieces: Sequence[Piece], part: Segment, text: str) -> tuple[Reading, ...]:
    """The readings of an item, each said once."""
    out: dict[tuple[object, ...], Reading] = {}
    for piece in pieces:
        for at, finding in enumerate(piece.read.findings):
            lower, before = piece.read.clean.lower, piece.read.findings[:at]
            if any(said(lower, finding, before) for said in _SAID_ALREADY):
                if finding.value and goes_on_a_list(lower, finding, before):
                    _list_on(out, finding)
                continue
            made = _reading(piece, finding, part, text)
            key = (made.pattern, made.effect, made.value, made.low, made.high, made.unit, made.window_months)
            out.setdefault(key, made)
    return tuple(out.values())


def _list_on(out: dict[tuple[object, ...], Reading], finding: Finding) -> None:
    """Names a further drug of a list in the reading of its first."""
    same = [key for key, one in out.items() if (one.pattern, one.effect) == (finding.pattern.id, finding.effect)]
    if same and out[same[-1]].value and finding.value not in (one := out[same[-1]]).listed:
        out[same[-1]] = replace(one, listed=(*one.listed, finding.value))


def _cuts(words: str) -> list[tuple[int, int]]:
    """The whole of an item; a very long one in pieces that end at a space, so that time grows with length only."""
    if len(words) <= _LONGEST:
        return [(0, len(words))]
    places = [0]
    while len(words) - places[-1] > _LONGEST:
        begin = places[-1]
        space = words.rfind(" ", begin + _LONGEST // 2, begin + _LONGEST)
        places.append(space if space > begin else begin + _LONGEST)
    return list(zip(places, [*places[1:], len(words)], strict=True))


def _read_part(text: str, part: Segment, lead: Lead, names: Names) -> list[Piece]:
    """Reads the words of one item."""
    pieces: list[Piece] = []
    words = text[part.start : part.end]
    for begin, end in _cuts(words):
        said = words[begin:end]
        read = _read_short if len(said) <= _SHORT else _read_piece
        pieces.append(Piece(part.start + begin, *read(said, part.section, lead, begin == 0, names)))
    return pieces


def _read_piece(words: str, section: Section, lead: Lead, first: bool, names: Names) -> tuple[ItemRead, int]:
    """What a stretch of an item says, and where its words begin behind the list marker."""
    cleaned = spelt_out(clean(words), names)
    marker = _MARKER.match(cleaned.lower) if first else None
    offset = marker.end() if marker else 0
    label = _THERAPY_LABEL.match(cleaned.lower, offset) if first and ":" in cleaned.lower else None
    offset = label.end() if label else offset
    silent = any(stem in cleaned.lower for stem in _OF_NOTHING) and _SAYS_NOTHING.match(cleaned.lower)
    if silent or PERMITTED_ITEM.match(cleaned.lower):
        cleaned, offset = clean(" "), 0
    return read_words(cleaned, section, lead, offset), offset


_read_short = functools.lru_cache(maxsize=2048)(_read_piece)
"""Every fifth criterion of the registry stands word by word in another study; such are short."""


class PartRead(Struct, frozen=True):
    """One item of a text with what was read in it; ``pieces`` is empty for what asks nothing."""

    part: Segment
    pieces: tuple[Piece, ...]
    above: int | None
    """Index, in the list that ``read_parts`` gives, of the item that introduces this one; None at the top."""


def read_parts(text: str, names: Names = ()) -> list[PartRead]:
    """Reads every item of a text by itself, each with what the line above it says; headings are left out."""
    parts = segment(text)
    place: dict[int, int] = {}
    leads: dict[int, Lead] = {}
    found: list[PartRead] = []
    has_below = {p.parent for p in parts if p.parent is not None}
    heading_lead, permitted, listed, stops = Lead(), False, False, False
    permits: set[int] = set()
    of_donors: set[int] = set()
    for index, part in enumerate(parts):
        if part.kind == "heading":
            words = text[part.start : part.end]
            permitted = PERMITTED.match(words) is not None
            heading_lead = _heading_lead(words) if len(words) < 60 or EXCLUDED.match(words) else Lead()
            listed = stops = False
            continue
        if heading_lead.window is not None and listed and _UNMARKED.match(text, part.start):
            heading_lead = replace(heading_lead, window=None)  # the list under "Excluded within 14 days:" has ended
        listed = True
        if permitted and index in has_below and _DEMANDS.search(text, part.start, part.end):
            permitted = False
        donor = _DONOR.match(text, part.start, part.end)
        if index in has_below and _OF_A_DONOR.match(text, part.start, part.end):
            of_donors.add(index)
        if not part.group and (donor is not None or part.parent in of_donors):
            part = replace(part, group=donor["who"].lower() if donor is not None else "donor")
        pieces: list[Piece] = []
        if index in has_below and PERMITTED.match(text[part.start : part.end]):
            permits.add(index)
        if not permitted and part.parent not in permits:
            lead = leads.get(part.parent, Lead()) if part.parent is not None else heading_lead
            stops = carried_on(text[part.start : part.end], stops=stops, marked=not _UNMARKED.match(text, part.start))
            lead = replace(lead, stopped=True) if stops and index not in has_below else lead
            pieces = _read_part(text, part, lead, names)
            if index in has_below:
                leads[index] = _lead(pieces[-1].read)
        place[index] = len(found)
        found.append(PartRead(part, tuple(pieces), place.get(part.parent) if part.parent is not None else None))
    return found


def item_of(text: str, part: Segment, pieces: Sequence[Piece], above: int | None) -> Item:
    """An item with the readings of its pieces; whether it is complete is for its tree to say."""
    return Item(
        part.section,
        part.group,
        part.start,
        part.end,
        complete=False,
        readings=_readings(pieces, part, text),
        text=text[part.start : part.end],
        depth=part.depth,
        parent=above,
    )


@functools.lru_cache(maxsize=1024)
def _heading_lead(words: str) -> Lead:
    """ "Age:" above "18 and over" says what the number is, "Excluded within 14 days:" how long it is barred."""
    lead = _lead(read_words(clean(words), "unknown", Lead(), 0))
    window = replace(lead.window, direction="within") if lead.window is not None and EXCLUDED.match(words) else None
    return replace(lead, window=window, negated=False)
