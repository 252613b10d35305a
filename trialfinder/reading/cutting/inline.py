"""Finds several items written on one line: ``1) … 2) …``, ``- … - …``, section titles inside, sentences."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from trialfinder.base import lazy_re as re
from trialfinder.reading.vocabulary.cues import NO_EXAMPLES

_SECTION = re.compile(
    r"(?:(?<=[\s.;:)\]])|(?<=-))(?:(?:Key|Main|Major|General|Specific|Additional|Other|KEY|MAIN)\s)?"
    r"(?:(?:In|Ex)clusion(?:\s[Cc]riteri(?:a|on))|(?:IN|EX)CLUSION(?:\sCRITERI(?:A|ON))|(?:Non-inclusion)(?:\s[Cc]"
    r"riteria))\s?(?=:|-|\d|\s[A-Z1-9(-])"
)
_NUMBERED = re.compile(r"(?:(?<=[\s.;,:])|(?<=\)))(?<!\d\.)\(?(?P<n>\d{1,2})(?:\)|\.(?!\d)|-(?=\s?[A-Z]))\s{0,3}(?=\S)")
_SUB_NUMBERED = re.compile(r"(?<=[\s.;,:])(?P<main>\d{1,2})\.(?P<n>\d{1,2})\.\s{1,3}(?=[A-Z])")
"""Numbers below a number: "3. … 3.1. … 3.2. …"."""
_ONLY_A_MARKER = re.compile(
    r"\W*(?:(?:[IVXivx]{1,4}|[A-Za-z]|[A-Za-z]?\d{1,2}[a-z]?)(?:[\s.)\]\uff09-]+[\da-z]{0,2})*[.)\]\uff09]\W*)?"
)
_MARKER_LENGTH = 12
_LETTER_BEFORE = re.compile(r"(?<=[:;])\s{1,3}(?=\(?[a-z][.)]\s{0,3}\Z)")
_NAMED = re.compile(r"\([a-z]\)\s{1,3}(?:or|and)\s{0,3}(?:\([a-z]\))?\Z")
"""Names of points that stand elsewhere: "whoever has either (a) or (b)"."""
_LETTERED = re.compile(r"(?:(?<=[\s.;,:(])|(?<=^))\(?(?P<l>[a-z])\)\s{0,3}(?=\S)")
_ROMAN = re.compile(r"(?:(?<=[\s.;,:(])|(?<=^))\(?(?P<r>i{1,3}|iv|vi{0,3}|ix|x)[.)]\s{1,3}(?=\S)")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_CIRCLED = re.compile(r"[\u2460-\u2473\u2776-\u277f•●▪]")
_DASHED = re.compile(r"(?<=\s)[-–—*](?=\s[A-Z≥<>])")
_SENTENCE = re.compile(
    r"(?:[.](?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!vs\.)(?<!\b[A-Z]\.)|;)\s+(?=[A-Z(≥<>\d])|"
    rf";{NO_EXAMPLES}\s+(?=\w)|\.\s+(?=(?:patients|subjects|women|men)\b)"
)
_DIGIT = re.compile(r"\d")
_OPENING = re.compile(r"\s*\\?\(?(\d{1,2})[.)-]")
_LONG = 90
_LABEL = re.compile(
    r"(?<=[\s.])(?:--)?(?:Age|Sex|Menopausal status|Performance status|Life expectancy|Hematopoietic|Hepatic|"
    r"Renal|Cardiovascular|Pulmonary|Neurologic(?:al)?|"
    r"Metabolic|Immunologic|Other|Biologic therapy|Chemotherapy|Endocrine therapy|Radiotherapy|Surgery|Gastrointes"
    r"tinal|Bone marrow|"
    r"(?:DISEASE|PATIENT) CHARACTERISTICS|PRIOR[ /]CONCURRENT THERAPY|Disease Characteristics|Patient Characterist"
    r"ics|Prior/Concurrent Therapy)(?:--|:)\s",
    re.IGNORECASE,
)
_OWN_LABEL = re.compile(
    r"\W{0,4}(?:Hematopoietic|Hepatic|Renal|Cardiovascular|Pulmonary|Neurologic(?:al)?|Metabolic|Immunologic|Other|"
    r"Biologic therapy|Chemotherapy|Endocrine therapy|Radiotherapy|Surgery|Gastrointestinal|Bone marrow|"
    r"(?:DISEASE|PATIENT) CHARACTERISTICS|PRIOR[ /]CONCURRENT THERAPY|(?:Disease|Patient) Characteristics|"
    r"Prior/Concurrent Therapy)(?:--|:)\s"
)
"""A line of an old record, "Hepatic: Bilirubin less than 2 mg/dL SGOT less than …": statement follows statement."""
_FEWEST_LABELS = 2
_FEWEST_IN_A_LIST = 3
"""As many names of organs behind its own make an entry of a list such a line."""
_NEW_STATEMENT = re.compile(
    r"(?<=[A-Za-z0-9%)]\s)(?:No|Not|Fertile|At least|Must|Recovered|Concurrent|Prior|More than|Able to|See|Negative|"
    r"Effective|Adequate|Patients|Measurable|Bidimensionally|Evaluable|Eligible|Willing)\s(?=\w)"
    r"|(?<=[A-Za-z0-9%)]\s)(?=[A-Z][A-Za-z/]+\d?\s(?:[a-z]+\s){0,3}(?:at least|no (?:greater|less|more)|less than|"
    r"greater than|more than|normal|required|allowed|permitted|must)\b)"
    r"|(?<=[a-z0-9%)]\s)(?=[A-Z][A-Za-z/]+\s(?:[A-Za-z]+\s)?(?:negative|positive)\b)"
)
_GOES_ON = re.compile(
    r"(?:(?i:an?|of|no|in|by|the|for|not|any|with|without|from|to|on|at|as|if|is|are|was|were|been|who|that|have|has|had|"
    r"known|prior|previous|current|active|other|than|be|being|except|including|all|each|either|both|per|serum|more|less|"
    r"least|documented|confirmed)|[Aa]nd|[Oo]r|[Nn]or|OR|NOR)\s\Z"
)
"""What stands behind these begins no statement, whatever its capital says: "no known HIV positive partner"."""
_WORD_LENGTH = 11


def _ascending(matches: list[re.Match[str]], first: int, value: str) -> list[int]:
    """Places where a run 1, 2, 3 … (or a, b, c …) goes on; [] unless it gets to 2."""
    places: list[int] = []
    expected = first
    for match in matches:
        said = match[value]
        number = int(said) if said.isdigit() else ord(said) - 96
        if number == expected:
            places.append(match.start())
            expected += 1
        elif number == 1 and first == 1 and len(places) >= 2:
            places.append(match.start())
            expected = 2
    return places


def _cuts(body: str, length: int, *, bulleted: bool) -> tuple[list[int], list[int]]:
    """Places where an item begins inside the line: (on the same level, one level below)."""
    level: set[int] = set()
    if "clusion" in body or "CLUSION" in body:
        level.update(m.start() for m in _SECTION.finditer(body) if m.start() > length)
    closed = ")" in body
    digits = _DIGIT.search(body, length) is not None
    if digits:
        opening = _OPENING.match(body[:length])
        numbered = list(_NUMBERED.finditer(body, length))
        run = _ascending(numbered, int(opening[1]) + 1 if opening else 1, "n")
        if len(run) >= (1 if opening and not bulleted else 2) or (opening and len(run) >= 1 and len(body) > _LONG):
            level.update(run)
    nested = [] if body.isascii() else [m.start() for m in _CIRCLED.finditer(body, length)]
    if len(nested) < 2 and digits:
        nested = _below_a_number(body, length)
    if len(nested) < 2:
        lettered = _ascending(list(_LETTERED.finditer(body, length)), 1, "l") if closed else []
        nested = lettered if len(lettered) >= 2 else []
    level.update(_roman(body, length))
    if any(dash in body for dash in "-*–—"):
        dashes = [m.start() for m in _DASHED.finditer(body, length)]
        if len(dashes) >= 2 and (not bulleted or len(dashes) >= 3):
            level.update(dashes)
    if ":" in body or "--" in body:
        level.update(_labelled(body, length, bulleted=bulleted))
    if not bulleted and (";" in body or "." in body):
        level.update(m.end() for m in _SENTENCE.finditer(body, length) if _outside(body, m.start()))
    return sorted(level), [place for place in nested if place > length]


def _roman(body: str, length: int) -> list[int]:
    """Where ii., iii. … begin on a line that begins with i.; [] where they do not follow on it."""
    if not ("ii." in body or "ii)" in body) or _ROMAN.match(body) is None:
        return []
    places: list[int] = []
    found = 0
    for match in _ROMAN.finditer(body):
        if found < len(_ROMANS) and match["r"] == _ROMANS[found]:
            found += 1
            if match.start() >= length:
                places.append(match.start())
    return places if found > 1 else []


def _below_a_number(body: str, length: int) -> list[int]:
    """Where 3.1., 3.2. … begin; [] unless it gets to 3.2."""
    found = list(_SUB_NUMBERED.finditer(body, length)) if "." in body else []
    for main in dict.fromkeys(match["main"] for match in found):
        run = _ascending([match for match in found if match["main"] == main], 1, "n")
        if len(run) >= 2:
            return run
    return []


def _labelled(body: str, length: int, *, bulleted: bool) -> Iterator[int]:
    """Where the statements begin in a line of an old record, "Hepatic: Bilirubin … Renal: Creatinine …"."""
    labels = [m.start() for m in _LABEL.finditer(body, length)]
    own = _OWN_LABEL.match(body, length)
    if bulleted and (own is None or len(labels) < _FEWEST_IN_A_LIST):
        labels = []
    if len(labels) >= _FEWEST_LABELS or own is not None:
        yield from labels
        begin = own.end() if own is not None else labels[0]
        for match in _NEW_STATEMENT.finditer(body, begin):
            place = match.start()
            if (own is None or place > begin) and not _goes_on(body, place):
                yield place


def _goes_on(body: str, place: int) -> bool:
    """Whether the word before a place cannot end a statement."""
    before = body[max(0, place - _WORD_LENGTH - 1) : place]
    found = _GOES_ON.search(before)
    return found is not None and not before[: found.start()][-1:].isalnum()


def _with_their_markers(body: str, places: list[int]) -> list[int]:
    """The places without those that would leave a mere "1." or "(a)" for itself: it goes on with what it numbers."""
    kept: list[int] = []
    moved = (_LETTER_BEFORE.search(body, max(0, place - _MARKER_LENGTH), place) for place in places)
    places = [at.end() if at else place for at, place in zip(moved, places, strict=True)]
    for place, following in itertools.pairwise([*places, len(body)]):
        before = kept[-1] if kept else None
        if before is not None and place - before <= _MARKER_LENGTH and _ONLY_A_MARKER.fullmatch(body, before, place):
            continue
        end = min(following, place + _MARKER_LENGTH)
        if before is not None and (_NAMED.match(body, place, end) or _NAMED.search(body, before, place)):
            continue
        kept.append(place)
    return kept


def _outside(body: str, place: int) -> bool:
    """Whether a place is outside round brackets, judged by the 200 characters before it."""
    before = body[max(0, place - 200) : place]
    return before.rfind("(") <= before.rfind(")")


def pieces(body: str, length: int, *, bulleted: bool) -> Iterator[tuple[int, int, bool]]:
    """The items on one line as (start, end, below the one before); together they cover the line.

    ``length`` is the length of the list marker at the start of the line.
    """
    level, nested = _cuts(body, length, bulleted=bulleted)
    below = set(nested) - set(level)
    places = sorted({0, *level, *below})
    places = _with_their_markers(body, places)
    for place, following in zip(places, [*places[1:], len(body)], strict=True):
        if body[place:following].strip():
            yield place, following, place in below
