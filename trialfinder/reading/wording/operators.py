"""The words that make a number a bound: "at least", "<", "no later than", "or more"; before, behind and around it."""

from __future__ import annotations

from trialfinder.base import lazy_re as re

_EQUAL = r"(?:equals?|the same|identical)(?:\s(?:to|than|as|or))?"
_MORE = r"(?:great(?:er)?|more|higher|older|elder|longer|larger|later|over|above|bigger|superior|gt)"
_LESS = r"(?:less(?:er)?|lower|fewer|younger|shorter|smaller|earlier|sooner|under|below|inferior|lt)"
_AT = r"(?:at|on)\s?(?:or|/)\s?"
_GOES = (
    r"(?:(?:be|been|lie|lies|go|goes|gone|come|fall(?:en|s)?|drop(?:ped|s)?|sink|sunk|decreas\w*|declin\w*|rise[ns]?|"
    r"rising|increas\w*|climb\w*)\s(?:to\s)?)?"
)
"""What a value does that may not pass a limit: "does not fall below 7", "never rises above 9"."""
_OF_WHAT = r"(?:\s(?!(?:of|for|and|or|in|to|with|one|two|three|dose)\b)[a-z]+){1,2}"
"""What a least or greatest value is one of: "a minimum haemoglobin of 11"."""
_OPERATORS: tuple[tuple[str, str, bool], ...] = (
    (
        rf">\s?/?\s?(?:or\s?)?=|=\s?/?>|=\s?or\s?>|>\s?or equal(?:\sto)?|{_MORE}(?:\sth[ae]n)?,?\s?(?:or|and|"
        rf"/)\s?{_EQUAL}|{_MORE}(?:\sth[ae]n)?\s?/?\s?=|"
        rf"{_EQUAL}\s?(?:to\s)?(?:or|/)\s?>|"
        rf"{_EQUAL}\s?(?:to\s)?,?\s?(?:or|and|/)?\s?(?:{_MORE}(?:\sth[ae]n)?(?:\sto)?|exceed\w*|surpass\w*)|{_AT}{_MORE}|at\s?(?:the\s)?least|minimum(?:\sage)"
        rf"?(?:\s(?:of|is))?|"
        rf"(?:no|not|non|never)\s(?:\w+ly\s)?{_GOES}{_LESS}(?:\sth[ae]n)?|not\s?<|from|"
        rf"(?:(?:has|have|had|having)\s)?(?:already\s)?(?:reach(?:ed)?|attained|turned)(?:\sthe\sage\sof)?|"
        rf"minimum{_OF_WHAT}|starting\s(?:at|from)|min\.?|as low as|more or equal(?:\sto)?",
        "low",
        True,
    ),
    (
        rf">{{1,2}}|{_MORE}\s(?:of\s)?(?:th[ae]n|to)|over|above|(?:exceed|surpass)(?:e?s|ing|ed)?|beyond|in excess of|"
        rf"upwards of|"
        rf"(?<!the )(?<!this )(?<!in )(?<!over )(?<!during )(?<!within )past",
        "low",
        False,
    ),
    (
        rf"<\s?/?\s?(?:or\s?)?=|=\s?/?<|=\s?or\s?<|<\s?or equal(?:\sto)?|{_LESS}(?:\sth[ae]n)?,?\s?(?:or|and|"
        rf"/)\s?{_EQUAL}|{_LESS}(?:\sth[ae]n)?\s?/?\s?=|"
        rf"{_EQUAL}\s?(?:to\s)?(?:or|/)\s?<|"
        rf"{_EQUAL}\s?(?:to\s)?,?\s?(?:or|and|/)?\s?{_LESS}(?:\sth[ae]n)?(?:\sto)?|{_AT}{_LESS}|at\s(?:the\s)?most|maximum(?:\sage)"
        rf"?(?:\s(?:of|is))?|"
        rf"(?:no|not|never)\s(?:\w+ly\s)?{_GOES}{_MORE}(?:\sth[ae]n)?|(?:not|never)\s(?:to\s)?exceed(?:ing|s)?|not\s?>|"
        rf"(?:and\s)?up\sto(?:\sand\sincluding)?|"
        rf"maximum{_OF_WHAT}|max\.?|less or eq"
        rf"ual(?:\sto)?|as high as|as much as",
        "high",
        True,
    ),
    (
        rf"<{{1,2}}|{_LESS}\s(?:of\s)?(?:th[ae]n|to)|under|below|beneath|short of|fewer than|not yet|"
        rf"not\s(?:yet\s)?(?:reach(?:ed)?|attained|turned)(?:\sthe\sage\sof)?",
        "high",
        False,
    ),
)
_FILL = (
    r"(?:[\s:,(]{1,2}(?:the|an?|age|ages|aged|of|score|scores|value|values|level|levels|about|approximately|"
    r"grade|or|equal|to|stage|"
    r"category|class|is|body mass index|bmi|vas|nrs|pain|"
    r"systolic|diastolic|baseline|total|mean|average|threshold)){0,4}[\s(:,]{"
    r"0,2}\Z"
)
_FOR = r"(?:\sfor(?:\s(?:the|a|about|approximately)){0,2}\s\Z)"
"""Between the words of a time and the time: "pain at least for three months"."""
_BEFORE = [
    (
        re.compile(rf"(?:(?<![a-z])(?=[a-z])|(?=[<>=]))(?:{words})(?:\s?\([<>=\s]{{1,3}}\))?(?:{_FILL}|{_FOR})"),
        side,
        inclusive,
    )
    for words, side, inclusive in _OPERATORS
]
_QUICK = re.compile(
    r"[<>=]|\b(?:than|least|most|under|over|above|below|up to|exceed|m(?:in|ax)|from|beyond|equal|then|past|"
    r"superior|inferior|beneath|short|not yet|surpass|upwards|"
    r"starting|as low|as high|as much|reach|attained|turned|excess|gt|lt)"
)
_OLD = (
    r"(?:[\s'’-]{0,2}\(?(?:years?|yrs?|y/?o|y\. ?o\.?|old|of age|in age|age|ago|back|points?|months?|"
    r"(?:of |in )?duration)\)?){0,3}"
)
AFTER_LOW = re.compile(
    rf"{_OLD}\s?(?:\(?inclusive\)?\s)?,?\s?\(?(?:(?:or|and|&|/|and/or)\s?(?:is\s|are\s)?(?:any\s)?(?:more|above|"
    rf"over|older|greater|higher|up(?:wards?)?\b|longer|beyond|elder|larger|bigger|worse|later|better)\b(?!\sthan\b)|\+|"
    rf"upwards?\b|plus\b|minimum|at (?:the )?least|exceeded\b|surpassed\b)"
)
AFTER_HIGH = re.compile(
    rf"{_OLD}\s?,?\s?\(?(?:(?:or|and|&|/|and/or)\s?(?:less|below|under|younger|lower|fewer|shorter|earlier|smaller)"
    rf"\b(?!\sthan\b)|maximum|at (?:the )?most\b(?!\s\d))"
)
OF_THING = re.compile(r"\sof\s(?:[\w-]+\s){1,3}?(?=or\s(?:more|above|greater|higher|over|less|below|lower|under)\b)")
"""Between a number and its operator: "1.6 mg/dL of serum creatinine or more"."""
REVERSED = re.compile(r"\s?(?P<op><\s?/?=?|>\s?/?=?|=\s?[<>])\s?(?=[a-z(]|2[\s-]?h(?:ours?)?\b)")


def operator_before(lower: str, floor: int, start: int) -> tuple[int, str, bool] | None:
    """Operator that ends where a number starts: (its place, side, inclusive)."""
    window_start = max(floor, start - 60)
    words = lower[window_start:start]
    if not _QUICK.search(words):
        return None
    best: tuple[int, str, bool] | None = None
    for pattern, side, inclusive in _BEFORE:
        match = pattern.search(words)
        if match is not None and (best is None or match.start() + window_start < best[0]):
            best = (match.start() + window_start, side, inclusive)
    return best
