"""The tokens of one cleaned item: things found, joining words, marks of structure, brackets and the words between.

The phrases stand in ``data/structure.toml``. Nothing here decides how tokens hang together; that is ``sentence``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from msgspec import Struct

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import SaidWords
from trialfinder.reading.amounts.grades import graded_words
from trialfinder.reading.amounts.number_roles import BY_FORMULA, FORMULAS, HOW_OFTEN, OFTEN
from trialfinder.reading.findings.finding import Finding, ItemRead
from trialfinder.reading.vocabulary.structure_words import load_words
from trialfinder.reading.wording.both_times import BOTH_TIMES, both_times_can_be
from trialfinder.reading.wording.of_others import is_predicate

_TOKEN = re.compile(
    r"(?P<more>\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) or (?:more|fewer|less)\b(?! than))"
    r"|(?P<word>(?!\b(?:as well as|and|or|nor)\b)[a-z0-9%+]+(?:['.-][a-z0-9]+)*)"
    r"|(?P<equal>=\s?or\s?[<>]|[<>]\s?or\s?=)"
    r"|(?P<sep>[,;/]|\bas well as\b|\band\s*\(\s*or\s*\)|\b(?:and/or|or/and|or|and|nor)\b|&)"
    r"|(?P<open>[(\[])|(?P<close>[)\]])|(?P<stop>\.(?=\s|\Z))"
    r"|(?P<colon>:)|(?P<sign>[<>=~]+)"
)
_JOINING = ("or", "and", "with", "in", "of", "to")
_TAIL = re.compile(r"(?:\s+(?:or|and|and/or|with|in|of|to)|[\s,;/(])+\Z")


class Atom(Struct, frozen=True, gc=False):
    """Findings that share their words ("ALT or AST > 3 x ULN"), as one token."""

    start: int
    end: int
    findings: tuple[Finding, ...]


class Token(Struct, frozen=True, gc=False):
    """``kind``: atom, word, sep, open, close, stop, colon, sign, time, grade, method (asks nothing), spare (an
    exception), or a table of the data."""

    kind: str
    start: int
    end: int
    text: str
    atom: Atom | None = None
    upto: int = 0
    """For ``spare``: where the exception ends."""


def _span(finding: Finding, findings: Sequence[Finding], lower: str) -> tuple[int, int]:
    """The words of a finding; of two limits at one word, the farther one stands for itself."""
    if finding.bounded is None:
        words = finding.hit
        if lower[words.end - 1].isalnum() and not lower.endswith(_JOINING, words.start, words.end):
            return words.start, words.end
        return words.start, words.start + len(_TAIL.sub("", lower[words.start : words.end]))
    bound = finding.bounded.bound
    if finding.pattern.id == "diabetes_duration" and lower.startswith(")", finding.hit.end):
        return bound.start, bound.end  # "type 1 diabetes (T1DM) for over a year"
    for other in findings:
        if other.bounded is not None and other is not finding and other.hit.start == finding.hit.start:
            between = other.bounded.bound
            if finding.hit.end <= between.start and between.end <= bound.start:
                return bound.start, bound.end
    return min(finding.hit.start, bound.start), max(finding.hit.end, bound.end)


def atoms(findings: Sequence[Finding], lower: str) -> list[Atom]:
    """The findings by their places; those that overlap are one."""
    out: list[Atom] = []
    spans = {id(f): _span(f, findings, lower) for f in findings}
    for finding in sorted(findings, key=lambda f: spans[id(f)]):
        start, end = spans[id(finding)]
        if out and start < out[-1].end:
            last = out[-1]
            out[-1] = Atom(last.start, max(last.end, end), (*last.findings, finding))
        else:
            out.append(Atom(start, end, (finding,)))
    return out


def _methods(lower: str, found: Sequence[Atom]) -> Iterator[Token]:
    """By which formulas something was counted out, outside of what was found."""
    for match in BY_FORMULA.finditer(lower) if any(name in lower for name in FORMULAS) else ():
        if not any(atom.start < match.start() and match.end() < atom.end for atom in found):
            yield Token("method", *match.span(), match[0])


def _fixed(read: ItemRead, whatever: Iterable[tuple[int, int]]) -> Iterator[Token]:
    """The tokens whose places are known already, those that win where two overlap first; each kind in order."""
    lower, cues = read.clean.lower, read.scope.cues
    for cue in cues.get("either", ()):
        places = [*(f.start for f in read.findings), *(w.start for w in read.windows)]
        stop = _EITHER_END.search(lower, cue.end)
        places.append(stop.start() if stop else len(lower))
        yield Token("either", cue.start, min(place for place in places if place >= cue.end), "")
    found = atoms(read.findings, lower)
    yield from _methods(lower, found)
    for atom in found:
        yield Token("atom", atom.start, atom.end, "", atom)
    for begin, inner, end in read.scope.exceptions:
        yield Token("spare", begin, inner, "", upto=end)
    for cue in cues.get("allowed", ()):
        if not read.scope.turns(cue):
            yield Token("allowed", cue.start, cue.end, "")
    predicates = (cue for cue in cues.get("negated_after", ()) if is_predicate(lower, (cue.start, cue.end)))
    yield from (Token("word", cue.start, cue.end, "are") for cue in predicates)  # "A are not eligible": no words of A
    for window in read.windows:
        yield Token("time", window.start, window.end, "")
    for start, end, grade in graded_words(lower):
        yield Token("grade", start, end, grade)
    yield from (Token("method", *at, lower[slice(*at)]) for at in whatever)
    yield from _by_words(lower, read.scope.said)


def _by_words(lower: str, words_said: SaidWords) -> Iterator[Token]:
    """The tokens that phrases make, whatever was found."""
    if OFTEN.lets(words_said):
        yield from (Token("word", *match.span(), match[0]) for match in HOW_OFTEN.finditer(lower))
    if both_times_can_be(words_said):
        yield from (Token("method", *match.span(), match[0]) for match in BOTH_TIMES.finditer(lower))
    words = load_words()
    for match in words.marks.finditer(lower):
        said = match[0]
        kind = words.kinds.get(said) or words.kinds.get(" ".join(said.replace("-", " ").split()))
        yield Token(kind or "word", *match.span(), said)


_EITHER_END = re.compile(r"[,;:()]|\.(?=\s|\Z)|\b(?:who|must|should|but|and (?:have|has|are))\b")
"""Where the words end that "with or without" makes say nothing."""
_ASIDE = 6
"""Most words between the commas behind "that"."""


_START = attrgetter("start")


def tokens(read: ItemRead, offset: int, whatever: Iterable[tuple[int, int]]) -> list[Token]:
    """The tokens of an item from ``offset`` on, in order, none overlapping another.

    ``whatever``: where words stand that leave nothing out (``whatever_places``).
    """
    taken: list[Token] = []
    for token in _fixed(read, whatever):
        start, end = token.start, token.end
        if start < offset:
            continue
        for other in taken:
            if other.start < end and start < other.end:
                break
        else:
            taken.append(token)
    taken.sort(key=_START)
    out: list[Token] = []
    place, aside = offset, -_ASIDE - 1
    lower = read.clean.lower
    for token in [*taken, Token("end", len(lower), len(lower), "")]:
        for match in _TOKEN.finditer(lower, place, token.start):
            kind, words = "word" if match.lastgroup in (None, "more") else match.lastgroup, match[0]
            if kind == "word":
                out.append(Token(kind, *match.span(), words))
                continue
            if words == "," and out and (out[-1].kind == "relative" or 0 < len(out) - aside <= _ASIDE):
                aside = (
                    len(out) if out[-1].kind == "relative" else -_ASIDE - 1
                )  # "that, in the doctor's opinion, may …"
                continue
            out.append(Token(kind, *match.span(), _joining(words) if kind == "sep" else words))
        if token.kind != "end":
            out.append(token)
        place = max(place, token.end)
    return out


def _joining(words: str) -> str:
    return "and/or" if "(" in words else "and" if words == "as well as" else words
