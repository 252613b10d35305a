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


def hint(text: str, known: Iterable[str]) -> str | None:
    """``did you mean csv``; None when nothing looks alike."""
    close = nearest(text, known)
    return f"did you mean {close}" if close else None
