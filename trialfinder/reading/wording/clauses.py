"""Tells how far a time window reaches: over a list that it closes or opens, not into the neighbouring statement.

Every function looks at the short stretch of cleaned lower-case text between a finding and a window (at most ``REACH``
letters besides brackets), so that one question costs the same in any text.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from trialfinder.base import lazy_re as re

REACH = 160
"""Letters, besides those in brackets, over which a window belongs to words in front of it."""
LONGEST = 400
"""Letters, with brackets, between a finding and its window."""

_FEW_LETTERS = 40
"""Letters in a bracket before a window that say only when: "(planned, or within …"."""
_CLAUSE = re.compile(r"(?:[^.;:]+|\.(?=\d|[a-z]\.)|(?<=\b[ei])\.)+")
_STATEMENT = re.compile(
    r"(?<=[a-z0-9%)] )(?=(?:No|Not|None|At least|At Least|More than|Must|Fertile|Recovered|Concurrent|See) [A-Za-z0-9])"
    r"|(?<=[a-z0-9%)] )(?=-{1,3}[A-Z])|(?<=[a-z0-9%)] )(?=[A-Z][a-z]+(?: [a-z]+){0,2}: )"
)
_ENTRY = re.compile(r", (?=[A-Z][a-z]{3})(?=\w+ [a-z]|[A-Z]\w+,)")
_BRACKETS = re.compile(r"\([^()]*\)")
_CLOSED = re.compile(r"\((?:[^()]|\([^()]{0,80}\)){0,300}\)")
_DEPTH = 3
"""Brackets within brackets that are looked through."""
_CUT = re.compile(
    r"\b(?:that|which|who|whom|and|but)\s(?:\w+\s){0,2}?(?:can ?not|could not|(?:is|are|was|were) (?:not able|"
    r"unable|unwilling)|"
    r"do(?:es)? not (?:want|wish|agree|intend)|will not|may not|must not|refuses?)\b|\bonset of\b|"
    r"\b(?:not possible|impossible) to (?:stop|interrupt|pause|withhold|discontinue|suspend)\b|"
    r"\bto (?:rule out|exclude|screen|detect|check)\b|\bin order to\b"
    r"|\b(?:must|should|will|shall|need to|needs to|have to) (?:have(?! (?:been|had))|undergo|show)\b[^,;]{0,70}"
    r"\b(?:completed|done|performed|obtained|tested|drawn|measured|checked|collected)\b"
    r"|\b(?:and|but) (?:must|should|will|is|are|has|have|had|who)\b"
)
_LEADS_TO = re.compile(
    r"\b(?:that|which) (?:may|might|could|would|will|can|is likely|are likely|is expected)\b"
    r"|\b(?:probability|likelihood|chance|likely|expected) (?:of|to)\b|\blife expectancy\b|\bsurvival\b|"
    r"\bcausing death\b"
)
_TEST = re.compile(
    r"\b(?:(?:col|end|gastr|bronch|sigmoid|cyst)\w*oscop(?:y|ies)|mammogra\w+|x[ -]?rays?|radiographs?|mri|ct|scans?|"
    r"imaging|screening|labs?|laborator\w+|"
    r"blood (?:work|tests?)|ecg|ekg|echocardiogra\w+|pap smear|exam(?:ination)?s?|scores?|"
    r"biops(?:y|ies)|measured|assessed|tests?|results?)\b"
)
_CLOSES_ALL = re.compile(r"(?:,|\s-|:)\s?\Z")
"""Before a window: it is for the whole list ("cancer, stroke: in the last 5 years")."""
_ASIDE = re.compile(
    r"\s?(?:it |they |this |these |including|include|such as|other than|except|excluding|excepting|as (?!well)|which|"
    r"that|who|whether|either|even|if|unless|apart|besides|not |e\.? ?g|i\.? ?e|in (?!the)|requiring|defined|"
    r"documented|occurring|treated|with|without|"
    r"regardless|despite|like|namely|especially|at any|for example|with or|whatever|on |by |for |prior to)"
)
_RESTART = re.compile(
    r"\s?(?:(?:a |any |known |previous |prior |past |recent |current |current or past )*(?:histor(?:y|ies) of|use of|"
    r"treatment with|therapy with|participat\w+|received|receiving|recei(?:pt|ving) of|diagnosis of|presence of|"
    r"having|had|have|has))\b"
)
_CONJUNCTION = re.compile(r"\b(?:or|and|nor|and/or|as well as|plus)\b|/|&")
_STARTS_JOINED = re.compile(r"[\s,]*(?:or|and|nor|and/or|as well as|plus|&)\b")
_ENDS = re.compile(
    r"\s?\)?(?:\Z|[.,;:)]|\s(?:prior|before|preceding|of|from|after|ago|until|or|and|to|"
    r"in|at|whichever|if|with)\b)"
)
"""Behind a window: no noun follows that the window would belong to."""
_ONLY_JOINING = re.compile(r"\s?(?:or|and|and/or|but)?(?: with)?\s?")
_DONE_THEN = re.compile(
    r"\s?(?:(?:(?:if|when|that|which|has|have|had|been|was|were)\s){0,4}"
    r"(?!diagnosed|healed|resolved)[a-z]{2,}(?:ed|en))(?:\sby\smouth)?\s?"
)
"""Between a thing with its comma and a time: "steroids, taken within 30 days"."""
_ONE_MORE = re.compile(r"\s(?:or|and|and/or)\s(?:[\w-]+\s?){1,3}")
"""Between a thing and the comma behind its neighbour: "heparin or warfarin, taken within 30 days"."""
_COMMA_BEFORE = re.compile(r",\s(?:\(\s?)?\Z")
_THEN_OR_NOW = re.compile(r"\b(?:past|prior|previous|recent|former|active|current)\s\((?:<=?\s?)?\Z")
_OR_NOW = re.compile(
    r"\s?\)\s(?:or|and|and/or|/)\s(?:current|active|ongoing|present|concurrent|recent|past|previous|prior)\b"
)
_GOES_ON = re.compile(r"\s?,\s(?:in|at|of|to|for|with|by|an?|any|another|other|one)\s")
_TIME = re.compile(r"\s?(?:or |and )?(?:with ?in|in the|during|at the time|currently|now|today|at present)\b")
_RECENT = re.compile(
    r"\b(?:recent(?:ly)?|prior|previous(?:ly)?|past|current|had|has|have|received|used|taken|new)\s?\(\Z"
)
_ANCHOR = re.compile(
    r"\s?\)?\s?(?:immediately |just )?(?:prior to|before|preceding|of|from|after|following)\s(?:the |their |this |"
    r"first |initial |signing |planned |start |beginning |initiation |date |time |day |of |study |screening |informed |"
    r"baseline |enrol\w* |inclusion |trial |drug |treatment |product |cell |consent |form |visit |randomi\w+ )*"
    r"(?:enrol\w+|inclusion|screening|randomi\w+|baseline|consent\w*|icf|visit|study|trial|entry|entering|"
    r"registration|recruitment|treatment|therapy|infusion|injection|transplantation|administration|dosing|dose|form|"
    r"participation|procedure|surgery|transplant|product|drug|start|day(?: [01])?)\b"
)
LONGER = (
    r"(?:,?\s?\(?(?:or|and)\s(?:\w+\s)?\w+\s?\(?\d?\)?\s?(?:elimination |plasma |terminal |x )?"
    r"half-?\s?li(?:fe|ves)(?:\sof\s(?:the\s|each\s|that\s)?\w+)?\)?)?"
    r"(?:,?\s?\(?(?:whichever (?:is |was |comes |one is )?(?:the )?(?:longer|longest|shorter|greater|later|last)|"
    r"if (?:(?:that|this) is )?longer|the longer(?: one)? (?:counts|applies|of the two))\)?,?)?"
)
"""Behind a time: that so many half-lives count as well, and which of the two does."""
_ELAPSED = re.compile(
    LONGER + r"\s?\)?,?\s?(?:(?:must |should )?(?:have |has |had )?(?:elapsed |passed )?"
    r"(?:since|from|after|post|beyond|between)|(?:wash-?\s?out\s(?:period\s)?)?(?:of|from|for))\b"
    r"[\s-]?(?:\w+[\s-]){0,4}?(?:following:?\s)?"
)
_FREE_OF = re.compile(
    r"\s(?:(?:been|being)\s)?(?:free\s(?:of|from)|clear\sof|without)\s(?:(?:an?|any|the|further|new|another|recurrence|"
    r"signs?|evidence|of)\s)*"
)
"""Between a time and what was not there so long: "at least 5 years without cancer"."""
_SINCE_LIST = re.compile(
    r"\s?(?:must |should )?(?:have |has )?(?:elapsed |passed )?since\s(?:the\s)?(?:\w+\s){0,3}?"
    r"(?:following|any of|last|these)\b"
)
_LISTED = re.compile(r":|\be\.?g\b|\bsuch as\b|\bincluding\b|\bof the following\b")
_ANEW = re.compile(r"\b(?:and|or)\s(?:\w+\s){0,2}?histor(?:y|ies)\b")
_SEPARATED = re.compile(r"[\s)]*(?:,|;|\bor\b|\band\b|/)")
_OF_THE_STUDY = re.compile(
    r"\b(?:enrol\w*|inclusion|screening|randomi\w+|baseline|consent\w*|icf|visit|study|trial|entry|entering|registration|"
    r"recruitment|participation)\Z"
)
_PURPOSE = re.compile(
    r"\bto (?:rule out|exclude|screen|detect|check|look)\b|\bin order to\b|\b(?:without|no|for) evidence"
    r"|\bdue to (?:their|its) \w+"
)


def breaks(text: str) -> list[int]:
    """Places where a run-on line begins a new statement or a list a new entry. ``text`` with its capital letters."""
    found = [m.start() - 1 for m in _STATEMENT.finditer(text)]
    return sorted(found + outside(text, [m.start() for m in _ENTRY.finditer(text)]))


def outside(text: str, places: Sequence[int]) -> list[int]:
    """The places (in order) that lie in no bracket."""
    if not places or "(" not in text:
        return list(places)
    kept: list[int] = []
    at = 0
    for bracket in _CLOSED.finditer(text):
        while at < len(places) and places[at] <= bracket.start():
            kept.append(places[at])
            at += 1
        while at < len(places) and places[at] < bracket.end():
            at += 1
    return kept + list(places[at:])


def _without_brackets(between: str) -> str:
    """The stretch without what stands in closed brackets, and without the rest of a bracket that was open before."""
    flat = between
    for _ in range(_DEPTH):
        flat = _BRACKETS.sub(" ", flat)
    closed = flat.rfind(")")
    return flat[closed + 1 :] if closed >= 0 else flat


def _members(flat: str) -> list[str]:
    """The members of a comma list behind the finding, without remarks between two commas."""
    parts = flat.split(",")
    while len(parts) > 1 and (not parts[-1].strip() or _ASIDE.match(parts[-1])):
        del parts[-1]
    return parts


def reaches_back(between: str, after: str, *, number: bool = False, alone: bool = False) -> bool:
    """Whether a window closes a stretch that begins with a finding: "cancer [or a stroke] in the last 2 years".

    ``after``: the words behind the window. ``number``: the finding is a laboratory value, which shares no window with
    the illnesses listed behind it. ``alone``: nothing else was found between the finding and the window, so that a
    comma in a bracket parts no list of things: "steroids (planned, or within the past 3 months)".
    """
    flat = _without_brackets(between)
    if len(flat) > REACH or _CUT.search(flat):
        return False
    outer, bracket, inner = flat.rpartition("(")
    if bracket:
        if _RECENT.search(outer + bracket):
            return False
        if "," in outer and not _ASIDE.match(outer.rpartition(",")[2]):
            return False
        few = alone and len(inner) <= _FEW_LETTERS and not _ASIDE.match(inner)
        return not number and (few or "," not in inner)
    if _CLOSES_ALL.search(flat):
        return not number
    members = _members(flat)
    if len(members) == 1:
        return not (number and _CONJUNCTION.search(members[0]))
    last = members[-1]
    if len(members) == 2 and _DONE_THEN.fullmatch(last) and (not members[0].strip() or _ONE_MORE.fullmatch(members[0])):
        return True
    if _ONLY_JOINING.fullmatch(last):
        return all(_TIME.match(m) for m in members[1:-1]) and _ENDS.match(after) is not None
    if number or (_RESTART.match(last) and not _STARTS_JOINED.match(last)):
        return False
    return _CONJUNCTION.search(last) is not None


def of_test(between: str) -> bool:
    """Whether the window says when a test was made, not when the illness was there."""
    return _TEST.search(between) is not None


def of_harm(words: str) -> bool:
    """Whether the window says when an illness would do harm: "a disease that may lead to death within 6 months"."""
    return _LEADS_TO.search(words) is not None


def counts_from(between: str) -> bool:
    """Whether the words in between make the window count from the finding: "at least 3 months since any stroke"."""
    anchor = _ANCHOR.match(between)
    if anchor is not None and _OF_THE_STUDY.search(anchor.group()) and _SEPARATED.match(between, anchor.end()):
        return False  # "within 5 years of inclusion, or suspected stroke"
    counted = _ELAPSED.fullmatch(between) or _FREE_OF.fullmatch(between) or _SINCE_LIST.match(between)
    return counted is not None


def opens(between: str, *, owned: bool) -> bool:
    """Whether a window stands in front of what it is about: "in the last 5 years: stroke", "within 30 days a graft".

    ``owned``: something in front of the window takes it already; then only a list introduced behind it takes it too.
    """
    if _PURPOSE.search(between):
        return False
    rest = between
    anchor = _ANCHOR.match(between)
    if anchor is not None:
        rest = between[anchor.end() :]
    if owned or _ANEW.search(rest):
        return _LISTED.search(rest) is not None
    return True


def is_aside(lower: str, start: int, between: str) -> bool:
    """Whether a window is an aside, so that the words behind it go on: "took part, within 60 days, in another study",
    "past (less than 10 years) or current cancer"."""
    anchor = _ANCHOR.match(between)
    if _THEN_OR_NOW.search(lower, max(0, start - 20), start) and _OR_NOW.match(between):
        return True
    return _COMMA_BEFORE.search(lower, max(0, start - 4), start) is not None and (
        _GOES_ON.match(between, anchor.end() if anchor else 0) is not None
    )


def separated(between: str) -> bool:
    """Whether the words behind a window begin a new member of a list."""
    anchor = _ANCHOR.match(between)
    return _SEPARATED.match(between, anchor.end() if anchor else 0) is not None


@functools.lru_cache(maxsize=8)
def clauses_of(lower: str) -> Sequence[tuple[int, int]]:
    """Where each clause begins and ends: up to a full stop, a semicolon or a colon; many ask for those of one text."""
    return [found.span() for found in _CLAUSE.finditer(lower)]
