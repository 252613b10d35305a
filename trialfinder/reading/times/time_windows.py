"""Finds time windows: "within 6 months", "in the last 5 years", "at least 4 weeks before", "next 30 days"."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import Screen
from trialfinder.reading.amounts.numbers import Quantity
from trialfinder.reading.amounts.units import MONTHS
from trialfinder.reading.readings import Direction
from trialfinder.reading.wording.clauses import LONGER
from trialfinder.reading.wording.operators import AFTER_HIGH, AFTER_LOW, operator_before

_BARE = re.compile(
    r"\b(?:with ?in|inside|in|during|over|for|throughout)?\s?(?:the\s)?(?P<which>last|past|previous|preceding|"
    r"foregoing|prior|next|coming|following)\s(?:calendar\s)?(?P<unit>year|month|week|day|decade|fortnight|24\s?h|half[\s-]year|"
    r"half[\s-]decade|quarter|trimester(?!\sof\spreg)|semester)\b"
    r"|\b(?:with ?in|inside|in|during|over|for)\sthe\s(?P<then>year|month|week|day|fortnight|quarter|"
    r"trimester|semester)\s(?:prior|before|preceding|leading|ahead of|up to|until)\b"
    r"|\b(?:with ?in|inside|in|during|over|less than|for|at least|more than)\s(?:a|one)\s"
    r"(?P<one>year|month|week|day|decade|fortnight)\b"
)
ONE_TIME = Screen("year|month|week|day|quarter|trimester|semester|decade|fortnight|24h?")
"""What ``_BARE`` needs: a time of which there is one."""
_SPANS = {"half": 6.0, "quar": 3.0, "trim": 3.0, "seme": 6.0, "deca": 120.0, "fort": 0.46}
"""Months in half a year, in a quarter, in ten years and in two weeks."""
_HALF_DECADE = 60.0
_PLANNED = re.compile(r"\b(?:next|coming|following|forthcoming|ensuing)\s(?:the\s|calendar\s)?\Z")
_BEFORE = re.compile(
    r"(?:\b(?:with ?in|inside|in|during|over|for|throughout|less than|more than|at ?least|greater than|longer than|"
    r"minimum(?: of)?|maximum(?: of)?|at most|less then|fewer than|since|"
    r"under|up to|within a period of|with|exceeding|from|sooner than|"
    r"later than|older than|over|wash-?\s?outs?(?: period)?)|[<>]=?)"
    r"(?:\s(?:the|a|an|about|approximately|approx\.?|nearly|almost|roughly|around|some|at|least|period|of|last|"
    r"past|previous|preceding|foregoing|prior|recent|latest|"
    r"next|coming|following|ensuing|minimum|than|equal|to|or|more|less|only|up)){0,6}\s?[(]?\s?"
    r"(?:(?:\d+|five|two|three|four|six)(?:\.\d+)?\s?"
    r"(?:(?:(?:elimination\s|plasma\s|terminal\s)?half-?\s?li(?:fe|ves)|days?|weeks?|months?),?\s?)?(?:-|to|or)\s?)?\Z"
    r"|\b(?:the\s)?(?:last|past|previous|preceding|foregoing|prior|recent|latest)\s(?:the\s|of\s)?[(]?\Z"
)
_RATE = re.compile(r"(?:\b(?:per|every|each|times an?)|/)\s?\Z")
_ANY_SPAN = re.compile(
    r"[\s-]period\b(?!,?\s(?:(?:immediately\s|just\s)?(?:prior|before|preceding|leading|ahead|of\s|up\sto|from|after|following|since)))"
)
"""Behind a time of which any will do: "twice within a 2-year period" says how often, and not when."""
_FEW = re.compile(r"\b(?:less|fewer)\sthan\s(?:\w+\s){0,2}\Z")
_ON_IT = re.compile(r"\s(?:on|of|with|under)\s")
"""Around a time for which something was taken: "less than 4 weeks on tablets"."""
_AFTER = re.compile(
    r"\s?\)?,?\s?(?:or (?:more|longer|less)\s|and \w+ )?(?:immediately\s|just\s|period\s|\(?s\)?\s|washout\s)*"
    r"(?:prior|before|ahead of|preceding|ago|back\b(?!\s?pain)|gone by|previous(?:ly)?|earlier|leading up|"
    r"histor(?:y|ies)|"
    r"of\s(?:the\s|study\s|their\s|first\s)*(?:start|screen|baseline|enrol|random|study|visit|inclusion|entry|"
    r"first|sign|consent|day|inject|infusion|admin|trial|dos|initiat|begin|surg|transplant|procedure|informed|"
    r"planned|investigational|recruit|registration|receiving|participat|eligib)|"
    r"from\s(?:the\s)?(?:start|screen|baseline|enrol|random|study|visit|inclusion|first|consent|day|last|date)"
    r"|after|post|since|until|beyond|(?:must |should )?(?:have |has )(?:elapsed|passed) since)"
)
_FOR_DRUG = re.compile(r"\s(?:for|since)\s[a-z]")
"""Behind a time that opens an item of a wash-out list: "4 weeks for etanercept"."""
_OPENING = re.compile(r"(?:\A[ \-*.0-9()]*|\()\Z")
"""Before a time that begins an item, or a bracket that has one for a drug of its own: "(6 weeks for melphalan)"."""
_OPENED = re.compile(r"[a-z] ?\((?:<=?\s?|within\s|last\s|past\s)?\Z")
_TERSE = re.compile(r"[a-z)](?:\s?[:,]|\s-)\s\Z")
_TERSE_END = re.compile(r"\s?(?:(?:or|and) (?:less|fewer|under|shorter|below)\b\s?)?(?:[.;]|\Z)")
"""Around a time with which a bar ends in few words: "stroke: 6 months", "plasma exchange, 3 months or less"."""
_NOUN_BEHIND = re.compile(
    r"\s(?!(?:prior|before|preceding|previous|history|period|wash|window|look|of|after|post|since|ago|interval|or|and|"
    r"trial|course|from|to|in|on|with|at|for|by|if|who|that|which|earlier|conservative|treatment|therapy|non|stable|"
    r"continuous|consecutive|duration|until|without|unless|except|is|are|was|were|during|following|as|medical)\b)[a-z]"
)
"""Behind "2-day": the words are the name of a thing ("2-day dosing", "24-hour urine"), not a time that went by."""
_FREE = re.compile(
    r"\b(?:remission|recurren\w+|relaps\w+|[a-z]+[ -]free|free of|"
    r"free from|been free|no (?:\w+ )?(?:evidence|signs?|symptoms?)|abstin\w+|abstain\w*|sober|quit|"
    r"stop\w*|discontinu\w+|withdrawn|withheld|washed[ -]out|suspend\w*|ceased?|interrupted|off|without|inactive|"
    r"quiescent|non-?\s?smok\w*|non-?\s?drink\w*|"
    r"not (?:had|used|received|taken|smoked|been|drunk))\b[^.;]{0,50}\Z"
)
_NOT_STOPPED = re.compile(
    r"\b(?:not|without|cannot|unable to|unwilling to|fail\w*)\s(?:\w+\s){0,3}"
    r"(?:stop|discontinu|paus|withdr|withh|ceas|suspend|interrupt)\w*[^.;,]{0,40}\Z"
)
"""What was not stopped at least so long ago was taken within that time."""
_NONE_FOR = re.compile(
    r"\b(?:no|not|never|without|nor|absence of)\b(?!\s(?:\w+\s)?(?:improve|respon|relie|succe|benefi|chang|effect|"
    r"alter|modif))"
    r"(?![^.;]{0,50}\b(?:chronic|daily|regular|stable))[^.;]{0,50}\Z"
)
"""What was not there or not done for a time has been over for that time."""
_OF_TREATMENT = re.compile(
    r"\s(?:period\s)?of\s(?:\w+\s){0,2}?(?:conservative|non-?\s?operative|non-?\s?surgical|conventional|medical|"
    r"standard|physical|physio\w*|treatment|therapy|drug)"
)
_COUNTED_BACK = re.compile(r"\bwith ?in\b")
"""In the words before a time: whatever stands behind "of" is what it counts back from, also "treatment"."""
_OF_THE_STUDY = re.compile(
    r"\sof\s(?:the\s|this\s|any\s|first\s|planned\s)*(?:study|trial|investigational|protocol|experimental)\b"
)
_APART = re.compile(r"\s?(?:must |should |have to )?(?:have )?(?:elapsed? |passed? )?between\b[^.;]{3,90}\band\b")
"""Behind a time: "4 weeks between the last dose and the study"."""
_INTERVAL = re.compile(
    r"\b(?:intervals?|time|gap|(?:wash-?\s?out|elapsed) period)\s(?:\w+\s)?(?:between|from|since)\b[^.;]{3,120}\Z"
)
"""Before a time: "the interval between the last dose and the study is less than 4 weeks"."""
_WASHED_OUT = re.compile(r"\s?wash(?:ing)?-?\s?out\b")
"""Behind a time: "a 4-week washout of …"."""
_AGO = re.compile(
    r"\s?\)?,?\s?(?:or (?:more|longer)\s)?(?:immediately\s)?(?:ago|"
    r"prior(?! (?:conserv|non|medic|treatm|therap|stand|physi|conven))|before|preceding|previous(?:ly)?|"
    r"earlier|after|since|post|beyond|from)\b"
)
_CLEAR_OF = re.compile(
    r"\s(?:(?:free|clear)\sof|without(?!\s(?:\w+\s)?(?:chang|alter|modif|adjust|improv|respon|relie|succe|effect|"
    r"benefi)))\b"
)
"""Behind a time: what was not there so long."""
_THE_LAST = re.compile(r"\b(?:the\s|over\s|past\s)?(?:last|past|previous|preceding|prior|recent)\s[(]?\Z")
_LASTING = re.compile(
    r"\bfor(?:\s(?:the|at least|at|least|more|than|last|past|preceding|previous|a minimum of|a|minimum|of|"
    r">=?)){0,6}\s?\Z|\b(?:stable|unchanged|constant)\b[^.;]{0,60}\Z"
)
_WITHIN = re.compile(
    r"\b(?:with ?in|less than|in the (?:last|past|previous|preceding)|during the|in|fewer than)\b[^.;]{0,20}\Z|<=?\s?\Z"
)
_AHEAD = re.compile(
    r"\b(?:planned|planning|scheduled|anticipated|expected|intend\w*|plans?|need|likely|after|"
    r"(?<!the )following)\b[^.;]{0,60}\Z"
)
_FUTURE_AFTER = re.compile(r"\s?\)?\s?(?:after|following|post|of follow|from (?:now|randomi))")


_LONGER = re.compile(LONGER)
_LONG = 160
"""Letters before a time in which the ends of an interval stand."""


class Window(Struct, frozen=True, gc=False):
    """A stretch of time, in months, and how to take it (see ``Reading.direction``)."""

    start: int
    end: int
    months: float
    direction: Direction


def _months(value: float, unit: str) -> float:
    return float(f"{value * MONTHS[unit]:.3g}")


_EARLY = re.compile(r"(?P<no>\bno\w?\s)?(?:earlier|sooner|(?P<late>later))\b")
_BEFORE_ANCHOR = re.compile(r"\s?\)?\s?(?:before|prior|preceding)\b")


def _side(lower: str, q: Quantity) -> str:
    """ "low" for "at least N", "N or longer"; "high" for "less than N", "no more than N"; '' when neither is said."""
    if AFTER_LOW.match(lower, q.end) or AFTER_LOW.match(lower, q.number_end):
        return "low"
    if AFTER_HIGH.match(lower, q.end) or AFTER_HIGH.match(lower, q.number_end):
        return "high"
    before = operator_before(lower, 0, q.start)
    if before is None or _THE_LAST.search(lower[max(0, q.start - 30) : q.start]):
        return ""
    words = lower[before[0] : q.start]
    if words.startswith("from"):
        return ""
    early = _EARLY.search(words)
    if early is None or not _BEFORE_ANCHOR.match(lower, q.end):
        return before[1]
    return "high" if (early["late"] is None) == (early["no"] is not None) else "low"


def _direction(before: str, after: str, side: str) -> Direction:
    if _PLANNED.search(before):
        return "planned"
    least = side == "low"
    if least and _NOT_STOPPED.search(before):
        return "within"
    if least and (_AGO.match(after) or _CLEAR_OF.match(after)) and not _LASTING.search(before):
        return "at_least_ago"
    if (
        _AHEAD.search(before)
        and (_WITHIN.search(before) or _FUTURE_AFTER.match(after))
        and not re.match(r"\s?(?:prior|before|ago)", after)
    ):
        return "planned"
    if (least or _LASTING.search(before)) and (_FREE.search(before) or _NONE_FOR.search(before)):
        return "at_least_ago"
    if least or _LASTING.search(before):
        return "within" if re.search(r"\bfor the (?:last|past|previous|preceding)\s\Z", before) else "lasting"
    return "within"


def _treated(cue: re.Match[str] | None, after: str) -> bool:
    """Whether a time says how long a treatment was tried; "within 2 weeks of treatment" counts back from it."""
    counted = cue is not None and _COUNTED_BACK.search(cue.group()) is not None
    return not counted and _OF_TREATMENT.match(after) is not None and _OF_THE_STUDY.match(after) is None


def _taken_as(lower: str, q: Quantity, before: str, after: str, *, apart: bool) -> Direction:
    side = _side(lower, q)
    if _INTERVAL.search(lower, max(0, q.start - _LONG), q.start):
        return "within" if side == "high" else "at_least_ago"
    return "at_least_ago" if apart and side != "high" else _direction(before, after, side)


def _behind(lower: str, end: int) -> int:
    """Where the words behind a time begin: after "or 5 half-lives, whichever is longer"."""
    longer = _LONGER.match(lower, end) if "half" in lower or "longer" in lower else None
    return longer.end() if longer is not None else end


def _opens(before: str, after: str, *, bars: bool) -> bool:
    """Whether a time begins an item or a bracket and has a drug behind it, or is alone in brackets or at the end
    of what bars."""
    if _OPENING.search(before) and _FOR_DRUG.match(after):
        return True
    if bars and after.startswith(")") and _OPENED.search(before) is not None:
        return True
    return bars and _TERSE.search(before) is not None and _TERSE_END.match(after) is not None


def _bare_times(lower: str, used: list[tuple[int, int]]) -> Iterable[Window]:
    """Times without a number ("the last year"), outside of what is used."""
    for match in _BARE.finditer(lower):
        if any(start < match.end() and match.start() < end for start, end in used):
            continue
        unit = match["unit"] or match["one"] or match["then"]
        ahead = match["which"] in {"next", "coming", "following"}
        half = unit.startswith("half") and unit.endswith("decade")
        months = _HALF_DECADE if half else _SPANS.get(unit[:4]) or _months(1, "day" if unit.startswith("24") else unit)
        yield Window(match.start(), match.end(), months, "planned" if ahead else "within")


def _is_no_window(lower: str, q: Quantity, before: str, after: str, cue: re.Match[str] | None, *, washed: bool) -> bool:
    """Whether a time says how often, how long something was tried, or what a thing is called."""
    if _RATE.search(before) or _ANY_SPAN.match(after):
        return True
    if _FEW.search(before) and _ON_IT.match(after) and not _AFTER.match(after):
        return True
    if lower[q.start : q.end].rpartition("-")[2] in MONTHS and not washed and _NOUN_BEHIND.match(after):
        return True
    return q.unit == "year" and cue is not None and cue.group().startswith("under")


def windows(
    lower: str, found: Iterable[Quantity], taken: Iterable[tuple[int, int]], *, bars: bool = False
) -> list[Window]:
    """The windows in cleaned lower-case text.

    ``found`` are its quantities; ``taken`` are spans of numbers that already mean something else (an age, a duration).
    ``bars``: a time alone in brackets is a look-back, "rituximab (6 months)".
    """
    used = list(taken)
    out: list[Window] = []
    for q in found:
        if q.unit not in MONTHS or any(s <= q.start < e for s, e in used):
            continue
        before, behind = lower[max(0, q.start - 90) : q.start], _behind(lower, q.end)
        after = lower[behind : behind + 60]
        washed = _WASHED_OUT.match(after) is not None
        cue = _BEFORE.search(before)
        if _is_no_window(lower, q, before, after, cue, washed=washed):
            continue
        treated = _treated(cue, after)
        apart = _APART.match(after) is not None
        opens = _opens(before, after, bars=bars)
        if cue is None and not (treated or opens or washed or apart) and not _AFTER.match(after):
            continue
        start = q.start - (len(before) - cue.start()) if cue is not None else q.start
        if opens and out and before.rstrip().endswith("(") and _FOR_DRUG.match(after):
            direction = out[-1].direction  # "4 weeks since A (6 weeks for B)"
        else:
            direction = "lasting" if treated else _taken_as(lower, q, before, after, apart=washed or apart)
        out.append(Window(start, q.end, _months(q.value, q.unit), direction))
    out += _bare_times(lower, [*used, *((w.start, w.end) for w in out)])
    return sorted(out, key=lambda w: w.start)
