"""NCT IDs as a person types them; a wrong one is refused, and those here that look like it are named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trialfinder.base.text import one_line
from trialfinder.base.values import is_nct_id, nct_id
from trialfinder.cli.run import Run
from trialfinder.errors import InputError, TrialfinderError

# Of eleven characters one is another, missing or too many, or two are exchanged.
_ALIKE = 0.9


def typed_ids(run: Run, texts: Sequence[str], records: str | None = None) -> list[str]:
    """The ids, each as the registry spells it; links to the registry's pages are ids, too.

    Raises:
        InputError: one is none; with the studies here that are probably meant.
    """
    for text in texts:
        try:
            nct_id(text)
        except InputError as error:
            close = [f"did you mean {each}?" for each in _like(run, text, records)]
            raise InputError(str(error), suggestions=(*close, *error.suggestions)) from error
    return [nct_id(text) for text in texts]


def alike(nct_id: str, known: Iterable[str]) -> list[str]:
    """The ids that differ from one by a slip of the fingers, at most three."""
    import difflib

    return difflib.get_close_matches(nct_id, known, n=3, cutoff=_ALIKE)


def _like(run: Run, text: str, records: str | None) -> list[str]:
    word = one_line(text).upper().rstrip("/").rpartition("/")[2]
    if is_nct_id(word) or not word.startswith("NCT"):
        return []
    try:
        with run.catalogue(records=records) as catalogue:
            return alike(word, catalogue.entries)
    except TrialfinderError:  # the store is told of when it is asked for
        return []
