"""The part of a criterion that is meant, as people are shown it: never cut off behind a negation of its sentence."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.text import one_line, shorten

_NEGATION = re.compile(
    r"\b(?:not|no|non|nor|neither|never|none|without|unless|except\w*|unable|unwilling|unfit|cannot|can't|\w+n't|"
    r"inability|incapable|absen(?:ce|t)|lack(?:s|ing)?|free (?:of|from)|refus\w+|fail(?:s|ure|ing)?|denie[sd]|"
    r"other than)"
    r"(?=\W|\Z)",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"\b(?:severe(?:ly)?|serious(?:ly)?|(?:clinically )?significant|major|advanced|moderate|mild|acute|chronic|active|"
    r"uncontrolled|poorly controlled|unstable|untreated|symptomatic|recent)\s+\Z",
    re.IGNORECASE,
)
"""What makes a thing less than its name, right before the quote."""
_FRONT = 60
"""Most letters of a sentence's beginning that are kept where its middle is left out."""
_DENIED = 4
"""Words behind the denying one that are kept, as they are what it denies."""
_END = re.compile(r"[.;:]\s+(?=\S)")


def quoted_part(quote: str, sentence: str, width: int) -> str:
    """The quote in at most ``width`` characters; where its sentence denies before it, from the denying word on.

    "able to consent" of "Not able to consent" is never shown alone, as it would say the opposite. What lies between
    the denying word and the quote is left out ("Not always able … to walk") only where both together are too long.
    Nor is "dysfunction of the liver" of "Severe dysfunction of the liver".
    """
    words, whole = one_line(quote), one_line(sentence)
    at = whole.find(words)
    before = whole[: max(at, 0)]
    cut = max((found.end() for found in _END.finditer(before)), default=0)
    denied = list(_NEGATION.finditer(before, cut))
    if not denied:
        degree = _DEGREE.search(before)
        return shorten(f"{degree.group()}{words}" if degree else words, width)
    last = denied[-1]
    extended = whole[last.start() : at + len(words)]
    if len(extended) > width:
        front = whole[cut : last.end()] if last.end() - cut <= _FRONT else last.group()
        denied_words = " ".join(whole[last.end() : at].split()[:_DENIED])
        extended = f"{front} {denied_words} … {words}"
    return shorten(extended, width)


def denies(part: str) -> bool:
    """Whether a part of a sentence has a denying word itself, so that it says what the sentence says."""
    return _NEGATION.search(part) is not None
