"""Where an exception ends: "except for diabetes, or any …", "other than basal cell, squamous cell, or in situ"."""

from __future__ import annotations

from collections.abc import Iterator

from trialfinder.base import lazy_re as re

_CANCER = re.compile("malignan|cancer|neoplas|tumou?r")
_CANCERS = re.compile(
    r"\s?[\w'-]+(?:\s[\w'-]+){0,6}(?:,(?:\s[\w'-]+){1,6}){1,5},?\s(?:or|and)"
    r"(?:\s(?!(?:that|which|within|during|who|requiring|for|less|more|must|in the)\b)[\w'-]+){1,7}"
    r"(?:\s(?:that|which)\s(?:has|have|had|is|are|was|were)\s[^.;,)]{3,80})?"
)
_DRUGS = re.compile(
    r"\b(?:agents?|drugs?|medic\w+|modifiers?|therap\w+|treatments?|anti\w+|vaccin\w+|inhibitors?|analges\w+|steroids?|"
    r"supplements?|\w*suppressants?|regimens?|products?)\s[(,]?\s?\Z"
)
"""In front of an exception: what is spared is a list of drugs."""
_EXCEPTION_END = re.compile(
    r"[;)\]]|\bor (?:any|history|active"
    r"|other(?!\s(?:\w+\s){0,2}(?:curativ|adequat|treat|non|in situ|skin|superficial|locali[sz])))\b"
)
_SHORT_END = re.compile(
    r"[;,)\]]|\s(?:with ?in|in|during|over|for)\s(?:the\s)?"
    r"(?:(?:last|past|previous|preceding|prior)\s|\d+\s?(?:hour|day|week|month|year))|"
    r"\bthat (?:would|may|could|might|can|will|is|are)\b|\b(?:which|who)\b"
)
_SHORT = ("other than", "besides", "apart", "aside", "rather", "as opposed", "different")
"""Words of exceptions that mostly spare one thing only."""
_SHORT_NAME = re.compile(r"\s\((?:[\w-]{1,8}|in[ -]situ)\)\Z")
_GOES_ON = re.compile(r"\s(?:or|and)\s|\s?(?:cervical|carcinoma)\b")
_NEAR = 45


def exception_end(lower: str, begin: int, inner: int, stop: int) -> int:
    """Where an exception ends: its words begin at ``begin``, itself at ``inner``, and its clause ends at ``stop``."""
    short = lower.startswith(_SHORT, begin, inner)
    found = next(_ends(_SHORT_END if short else _EXCEPTION_END, lower, inner, stop), None)
    end = found.start() if found else stop
    # A list of cancers or drugs is spared as a whole.
    first = max(0, begin - _NEAR)
    whole = short and (_CANCER.search(lower, first, begin) or _DRUGS.search(lower, first, begin))
    listed = _CANCERS.match(lower, inner) if whole else None
    return max(end, listed.end()) if listed else end


def _ends(ends: re.Pattern[str], lower: str, inner: int, stop: int) -> Iterator[re.Match[str]]:
    """What ends an exception that spares one thing; the bracket of a short name does not: "A (B) or C"."""
    for found in ends.finditer(lower, inner, stop):
        short = found.group() == ")" and _SHORT_NAME.search(lower, inner, found.end()) is not None
        if not short or not _GOES_ON.match(lower, found.end()):
            yield found
