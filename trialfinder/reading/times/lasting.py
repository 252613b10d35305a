"""Whether a thing has lasted for a time, by any word that can say so, in whatever order.

"It is half a year since the hand was injured", "trouble of the nerves dating back two years": where no fixed frame of
``durations`` fits, a thing, a time and a word for lasting in one clause are enough, if nothing else there can take the
time for itself (a treatment, a test, a score, a rest).
"""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.vocabulary.slot_words import load_slot_words

WITHIN = re.compile(
    r"\b(?:with ?in|in|during)\s(?:the\s)?(?:(?:last|past|previous|preceding|first)\s)?(?:period of\s)?[(]?\s?\Z"
)
"""Before a time: it is at most that long ago."""
_REACH = 80
"""Letters between a thing and its time."""
_AROUND = 35
"""Letters around the two that can say how they hang together."""
_WIDE = 70
"""Letters around the two among which something else can take the time."""
_DIGIT = re.compile(r"\d")
_LESS = re.compile(r"\b(?:no|not)\s(?=(?:less|more|fewer|later|longer|older|earlier|sooner|under|over)\b)")
_FELT = re.compile(
    r"\W*(?:(?:acute|chronic|sub-?acute|recent|persistent|persisting|neuropathic|long-?standing|the|of|with|any|having|"
    r"has|have)\s)*(?:pains?|symptoms?|complaints?|numbness|tingling)\b"
)

Stretch = tuple[int, int]


def begins_with_what_is_felt(lower: str, first: int) -> bool:
    """Whether a clause begins with a symptom as such: also under an exclusion heading it is that of the nerves."""
    return _FELT.match(lower, first) is not None


def things(lower: str, first: int, last: int) -> list[Stretch]:
    """Words of a clause for something that can last."""
    return [m.span() for m in load_slot_words().lasting.things.finditer(lower, first, last)]


def lasts(lower: str, thing: Stretch, time: Bound, clause: Stretch) -> bool:
    """Whether a thing and a time of a clause belong together by a word for lasting, and nothing else takes the time."""
    between = lower[min(thing[1], time.end) : max(thing[0], time.start)]
    if len(between) > _REACH or _DIGIT.search(between):
        return False
    first, last = min(thing[0], time.start), max(thing[1], time.end)
    words = load_slot_words().lasting
    wide = lower[max(clause[0], first - _WIDE) : min(clause[1], last + _WIDE)]
    if words.others.search(_LESS.sub("", wide)):
        return False
    start = max(clause[0], first - _AROUND)
    near = lower[start : min(clause[1], last + _AROUND)]
    over = time.low is None and WITHIN.search(lower, max(0, time.number_start - 40), time.number_start)
    places = (m.start() + start for m in (words.begins if over else words.relations).finditer(near))
    return any(
        not thing[0] <= at < thing[1] and (not time.start <= at < time.end or lower.startswith("old", at))
        for at in places
    )
