"""Did you mean …? For names that a person typed; never for a reading or a verdict."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(text: str, known: Iterable[str], *, cutoff: float = 65.0) -> str | None:
    """The known name that looks most like the text; None when none looks alike.

    ``cutoff`` is a similarity between 0 and 100 (rapidfuzz's weighted ratio).
    """
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(
        text, list(known), scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=cutoff
    )
    return found[0] if found else None


def spelt(word: str, known: Iterable[str]) -> list[str]:
    """The known words that differ least from a word, by a slip of the fingers; none when none does."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    words = list(known) if len(word) > 3 else []
    slips = {
        str(name): OSA.distance(word, name)
        for name, *_ in process.extract(word, words, scorer=fuzz.ratio, score_cutoff=80.0, limit=20)
    }
    return [name for name, number in slips.items() if number == min(slips.values())]


def slip_of(text: str, known: Iterable[str]) -> str | None:
    """The known name that was meant, by a slip of the fingers or by one of its words; None when it is not plain which.

    Unlike `nearest` it takes no name for likely because some of its letters are: "foot" is no "nerve root".
    """
    from rapidfuzz.distance import OSA

    typed, names = _plain(text), {_plain(name): name for name in known}
    if not typed:
        return None
    slips = {plain: OSA.distance(typed, plain) for plain in names if abs(len(plain) - len(typed)) <= _MOST_SLIPS}
    least = min(slips.values(), default=_MOST_SLIPS + 1)
    if least <= (1 if len(typed) <= _SHORT else _MOST_SLIPS):
        return names[next(plain for plain, number in slips.items() if number == least)]
    within = [plain for plain in names if len(plain) > _LEAST and f" {plain} " in f" {typed} "]
    if within:
        return names[max(within, key=len)]
    begun = sorted((plain for plain in names if len(typed) > _LEAST and f" {typed}" in f" {plain}"), key=len)
    return names[begun[0]] if begun and all(begun[0] in each for each in begun) else None


#: Wrong, missing or swapped letters of a slip; one in a short word.
_MOST_SLIPS, _SHORT, _LEAST = 2, 6, 3


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").replace("-", " ").split())


def hint(text: str, known: Iterable[str]) -> str | None:
    """``did you mean csv``; None when nothing looks alike."""
    close = nearest(text, known)
    return f"did you mean {close}" if close else None
