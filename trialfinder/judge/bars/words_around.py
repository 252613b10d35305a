"""The words around a thing: where its clause begins, and what stands there that was not read."""

from __future__ import annotations

from collections.abc import Iterable

from trialfinder.base import lazy_re as re
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion

PEOPLE = (
    r"(?:patients?|subjects?|participants?|individuals?|people|persons?|adults?|volunteers?|men|women|males?|females?"
    r"|children|those|anyone|candidates?)"
)
FOUND_WITHIN = re.compile(
    r"\bwithin\s(?:the\s)?(?:last\s|past\s|previous\s|preceding\s)?\d{1,3}\s?(?:-\s?\d{1,3}\s?)?(?:hours?|hrs?|h|days?|weeks?|months?)\b"
    r"(?!\s(?:after|following|of (?:birth|onset|delivery|transplant|surgery)))",
    re.IGNORECASE,
)
"""When a value was found, which is told as it is now: "within 14 days prior to enrolment"."""
_WORD = re.compile(r"[a-z][a-z'’]*(?:-[a-z]+)*|\d[\d.,]*|[<>≤≥+&]", re.IGNORECASE)


def begins(criterion: Criterion, text: str, at: int, boundary: re.Pattern[str]) -> int:
    """Where the clause of a thing at a place begins: behind the last boundary in front of it."""
    ends = [found.end() for found in boundary.finditer(text, criterion.start, at)]
    return ends[-1] if ends else criterion.start


def without_read(text: str, start: int, end: int, every: Iterable[Place], mark: str = " ") -> str:
    """The text between two places, with ``mark`` for each letter of a thing that was read there."""
    kept = list(text[start:end])
    for place in every:
        for at in range(max(start, place.leaf.start), min(end, place.leaf.end)):
            kept[at - start] = mark
    return "".join(kept)


def words_in(said: str, *, signs: bool = False) -> list[str]:
    """The words of a text as the lists of words have them; numbers and signs too with ``signs``."""
    words = (word.lower().replace("’", "'").removesuffix("'s").removesuffix("'") for word in _WORD.findall(said))
    return [word for word in words if signs or word[0].isalpha()]
