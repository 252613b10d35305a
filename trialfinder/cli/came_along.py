"""What came with the program, where the store has nothing: how many studies of it, and the command that shows them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from trialfinder.base.text import count
from trialfinder.catalogue.select import Chosen, select
from trialfinder.cli import hints
from trialfinder.cli.run import Run
from trialfinder.errors import InputError

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.person import Profile

_OPTION = "--store snapshot"


def tell_came_along(run: Run, catalogue: Catalogue, words: str, chosen: Chosen, base: str) -> None:
    """Where nothing passes in the store: what passes the same filters in what came with the program.

    ``base`` is the command without its filters. Silent about files of records, and where there is none there, either.
    """
    from trialfinder.catalogue.opening import snapshot
    from trialfinder.cli.empty import command

    if catalogue.origin.kind != "store":
        return
    with contextlib.suppress(InputError):  # an installation that lacks them
        found = select(snapshot(run.today), words, {**chosen, "query": None, "limit": None})
        active, number = [step.filter for step in found.filtered.funnel], found.passed
        if found.of_kind and found.of_kind[1] > number:  # in whatever words
            active, number = found.of_kind
        if number:
            typed = command(f"{base}{' --all' if found.everything else ''}", active)
            run.say(f"In what came with the program (not current): {count(number, 'study', 'studies')}:")
            run.say(f"  {typed} {_OPTION}")


def came_along(run: Run, catalogue: Catalogue, nct_id: str) -> tuple[str, ...]:
    """The command that shows a study which the store lacks and which came with the program; () for any other."""
    from trialfinder.catalogue.opening import snapshot

    if catalogue.origin.kind != "store":
        return ()
    with contextlib.suppress(InputError):
        here = snapshot(run.today).find(nct_id)
        return (f"in what came with the program, not current: trialfinder show {here} {_OPTION}",) if here else ()
    return ()


def tell_own_kind(run: Run, catalogue: Catalogue, person: Profile) -> None:
    """Says how many studies that came with the program name the person's kind of neuropathy, which none here does."""
    from trialfinder.catalogue.opening import snapshot

    kinds = person.get("neuropathy.types")
    if catalogue.origin.kind != "store" or not isinstance(kinds, tuple):
        return
    with contextlib.suppress(InputError):
        rows = snapshot(run.today).rows()
        named = [set((row["neuropathy_types"] or "").split("; ")) for row in rows if row["relevance"] != "off_topic"]
        if number := sum(not own.isdisjoint(kinds) for own in named):
            words = f"{count(number, 'study names', 'studies name')} it in what came with the program (not current):"
            run.say(f"{words}\n  {hints.again('match', store='snapshot')}")
