"""What to say when no study passes: where it became empty, and broader commands that can be pasted."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.text import count
from trialfinder.catalogue.filters import Filter
from trialfinder.catalogue.select import Selection
from trialfinder.cli import listing
from trialfinder.cli.run import Run

_SHOWN = 15
_WHERE = (
    "Words are looked for in titles, conditions, what is given, keywords, summaries, sponsors, countries and ids, "
    "not in towns and not in the criteria. "
    "For what you have yourself: trialfinder profile new"
)

_NAMED = "\n  What one feels in the feet or hands is called neuropathy there: trialfinder search neuropathy"
_FELT = re.compile(
    r"\b(?:burning|tingl|prickl|numb|pins and needles|(?:foot|feet|hands?|toes?|legs?)\b)", re.IGNORECASE
)


def spoken_in(language: str) -> str:
    """The option of a command that is to speak a language again; '' for English, which is told by none."""
    return "" if language == "en" else f" --language {language}"


def explain_empty(run: Run, selection: Selection, base: str) -> None:
    """Says at which filter nothing was left, and prints broader commands that can be pasted."""
    funnel = selection.filtered.funnel
    base += " --all" if selection.everything else ""
    begun = funnel[0].before if funnel else selection.total - selection.hidden
    run.say(f"No study is left of {count(begun, 'study', 'studies')}.")
    _tell_funnel(run, selection)
    if typed := [step.filter.value for step in funnel if not step.filter.option and not step.after]:
        run.say(f"  {_WHERE}{_NAMED if _FELT.search(typed[0]) else ''}")
    if selection.meant:
        run.say(f"  did you mean {selection.meant}? {base} {selection.meant}")
    tell_kind(run, selection, base)
    if selection.unconfirmed:
        number = len(selection.unconfirmed)
        run.say(f"{count(number, 'study says that it recruits', 'studies say that they recruit')}, unconfirmed:")
        for row in selection.unconfirmed[:_SHOWN]:
            why = row["joinable_reason"].partition(", but ")[2] or row["joinable_reason"]
            run.say(f"  {row['nct_id']}  {listing.marked_title(row, 70)}: {why}")
            if strong := listing.strong_words(row):
                run.say(f"    {strong}")
        if len(selection.unconfirmed) > _SHOWN:
            run.say(f"  and {len(selection.unconfirmed) - _SHOWN} more: the same without --open")
    if selection.hidden:
        run.say(f"  {count(selection.hidden, 'study', 'studies')} off topic would be left:")
        run.say("    " + command(base, [s.filter for s in funnel]) + " --all")
    _tell_broader(run, selection, base, begun)


def _tell_broader(run: Run, selection: Selection, base: str, begun: int) -> None:
    """Commands without one of the filters, else without two of them, else without any."""
    funnel = selection.filtered.funnel
    ways: list[tuple[tuple[Filter, ...], int]] = [
        ((each,), number) for each, number in selection.filtered.without if number
    ]
    if not ways and len(funnel) > 2:  # of two filters both left out is none at all
        ways = [((first, second), number) for first, second, number in selection.filtered.without_two]
    if ways or len(funnel) > 1:
        run.say("To see more, copy one of these:")
    for left_out, number in sorted(ways, key=lambda way: -way[1])[:4]:
        rest = [step.filter for step in funnel if step.filter not in left_out]
        run.say(f"  {command(base, rest)}    # {count(number, 'study', 'studies')}")
    if not ways and len(funnel) > 1:
        run.say(f"  {base}    # {count(begun, 'study', 'studies')}")


def tell_kind(run: Run, selection: Selection, base: str) -> None:
    """Where the words name a kind of neuropathy: the studies of that kind, which mostly write it otherwise."""
    if selection.of_kind is None:
        return
    active, number = selection.of_kind
    if number > selection.passed:
        run.say("That is a kind of nerve condition; what is for it, in whatever words:")
        run.say(f"  {command(base, active)}    # {count(number, 'study', 'studies')}")
    elif not number:
        run.say("That is a kind of nerve condition, and no study here is known to be for it in other words.")


def command(base: str, active: list[Filter]) -> str:
    """A command line with these filters."""
    return " ".join([base, *(each.argument for each in active if each.argument)])


def _tell_funnel(run: Run, selection: Selection) -> None:
    """What each filter left, and what it left out that might have been meant."""
    for step in selection.filtered.funnel:
        mark = "  <- here it became empty" if step.before and not step.after else ""
        run.say(f"  {step.filter.argument:32} {step.before:6,} -> {step.after:,}{mark}")
        if step.left_out:
            run.say(f"    left out: {step.left_out}")
