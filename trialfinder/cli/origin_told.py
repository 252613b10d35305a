"""Says on stderr where the studies that are shown come from, how old that is, and what went wrong."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from trialfinder.base.text import count
from trialfinder.cli.run import Run

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue, Origin
    from trialfinder.cli.fresh import Trouble


def tell_origin(run: Run, catalogue: Catalogue, problem: Trouble | None, shown: Sequence[str] | None = None) -> None:
    """Says on stderr where the studies come from and how old that is; ``shown`` are their ids when they are few."""
    own = shown and catalogue.own and not any(map(catalogue.is_reworded, shown))
    origin = catalogue.own if own and catalogue.own else catalogue.origin
    _tell_odd(run, catalogue)
    if shown and catalogue.live.issuperset(shown):
        run.say("Source: ClinicalTrials.gov, asked just now.")
        return
    if problem and origin.kind != "snapshot":
        why = "what the registry answered was not kept" if problem.answered else "the registry could not be asked"
        why = "nothing new could be kept" if problem.kept_out else why
        run.warn(f"{why}, so this is what the store has. {problem.words}")
        if problem.answered:
            _tell_ways_out(run, problem)
    if origin.kind == "snapshot":
        _tell_snapshot(run, catalogue, problem, shown or ())
    elif origin.kind == "store":
        run.say(f"Source: ClinicalTrials.gov, {_age(run, catalogue, origin)}.")
        if shown is None:
            _tell_unasked(run, catalogue)


def _tell_unasked(run: Run, catalogue: Catalogue) -> None:
    """That a list is made of some of the saved searches only: else what the others would find seems not to be."""
    from trialfinder.registry.search_files import search_names
    from trialfinder.store.lookups import asked_searches

    known = search_names()
    asked = known.intersection(asked_searches(catalogue.store.database)) if catalogue.store is not None else known
    if asked and asked != known:
        were = f"{len(asked)} of {len(known)} saved searches {'was' if len(asked) == 1 else 'were'} asked so far"
        run.say(f"{were}; the others can find more: trialfinder refresh --all")


def _tell_odd(run: Run, catalogue: Catalogue) -> None:
    for reason in catalogue.set_aside:
        run.warn(f"set aside: {reason}")
    if catalogue.odd_values:  # collected when a record is read for the first time, so told once
        more = f"; and {len(catalogue.odd_values) - 1} more" if len(catalogue.odd_values) > 1 else ""
        first = f"{catalogue.odd_values[0]}{more}"
        run.warn(f"a value that the registry's own list does not have is kept as it stands: {first}")


def _tell_snapshot(run: Run, catalogue: Catalogue, problem: Trouble | None, shown: Sequence[str]) -> None:
    """One line on what is shown and why; with trouble a second one on the ways out."""
    if shown and problem is None:
        ours = [nct_id for nct_id in shown if catalogue.is_reworded(nct_id)]
        run.warn(f"{', '.join(ours[:3])} came with the program: in our words and NOT current.")
        return
    oldest, _, newest = (catalogue.origin.data_timestamp or "").partition("/")
    seen = [entry.seen for entry in catalogue.entries.values() if entry.seen is not None]
    undated, own = sum(not one.as_of for one in seen), len(catalogue) - len(seen)
    has = f"has only what narrow questions found ({count(own, 'study', 'studies')})" if own else "is empty"
    run.warn(
        f"{_why_snapshot(run, problem, has)}: {'beside it' if own else 'these'} are "
        f"{count(len(seen), 'study', 'studies')} that came with the program, in our words and NOT current (each as of "
        f"its own day, {oldest} to {newest}; {undated} of an unknown day)."
    )
    if problem is None and not own and not run.only_snapshot:  # else whoever asked the registry has told it
        _tell_loss(run)
    if problem and problem.answered:
        run.warn(problem.words)
        _tell_ways_out(run, problem)
    elif problem:
        files = "download studies as JSON from clinicaltrials.gov and: trialfinder import FILE"
        run.say(f"Ways out: trialfinder doctor; or {files}")


def _tell_loss(run: Run) -> None:
    from trialfinder.store.known import COMES_BACK
    from trialfinder.store.standing import lost_store

    with contextlib.suppress(OSError):
        if lost := lost_store(run.store_path):
            run.warn(f"{lost}; the next refresh begins a new one. {COMES_BACK}")


def _why_snapshot(run: Run, problem: Trouble | None, has: str) -> str:
    if run.only_snapshot:
        return "not the store"
    if problem is None:
        return f"the store {has}"
    if problem.answered:
        return f"what the registry answered was not kept and the store {has}"
    short = re.search(r"could not ask the registry \((.*?)(?:; tried [^)]*)?\)", problem.words)
    if not short:
        return f"{problem.words}; the store {has}"
    return f"could not ask the registry ({short[1]}), and the store {has}"


def _tell_ways_out(run: Run, problem: Trouble) -> None:
    for command in problem.ways_out:
        if f"`{command}`" not in problem.words:
            run.say(f"  {command}")


def _age(run: Run, catalogue: Catalogue, origin: Origin) -> str:
    refreshed, stamp = origin.refreshed, origin.data_timestamp
    if refreshed is None:
        return "from imported files only; bring it up to date with: trialfinder refresh"
    hours = max(0.0, (run.now - refreshed).total_seconds() / 3600)
    ago = count(round(hours), "hour") if hours < 48 else count(round(hours / 24), "day")
    told = f"data of {stamp} (UTC), checked {ago if hours >= 1 else 'less than an hour'} ago"
    from trialfinder.store.standing import standing

    troubles = standing(catalogue.store).troubles if catalogue.store else ""
    return f"{told}; {troubles}" if troubles else told
