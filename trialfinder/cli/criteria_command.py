"""``trialfinder criteria``: what was read in the criteria of a study, and what was not."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.base.text import count, one_line
from trialfinder.classify import gone_words
from trialfinder.cli import output, streams
from trialfinder.cli.forms import LISTED
from trialfinder.cli.options import OFFLINE, RECORDS, command
from trialfinder.cli.origin_told import tell_origin
from trialfinder.cli.run import Run
from trialfinder.cli.show_command import find_or_fetch
from trialfinder.cli.typed_ids import typed_ids
from trialfinder.errors import InputError
from trialfinder.study.copy_note import copy_note, is_copy_note

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.reading import Item, Reading
    from trialfinder.reading.nodes.tree import Criterion
    from trialfinder.study.model import Study

_SECTIONS = {
    "inclusion": "Wanted (inclusion)",
    "exclusion": "Not wanted (exclusion)",
    "unknown": "Not said whether wanted or not",
}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "criteria", forms=LISTED, asks=120, paged=True)(criteria)


def criteria(
    run: Run,
    nct_ids: Annotated[list[str] | None, typer.Argument(metavar="[NCT]...", help="One or several NCT IDs.")] = None,
    records: RECORDS = None,
    offline: OFFLINE = False,
    tree: Annotated[
        bool, typer.Option("--tree", help="How each criterion hangs together: all of, one of, except.")
    ] = False,
) -> None:
    """Show the criteria of a study item by item: what was read, and what was not.

    With --format jsonl one reading a line; with --records the records of a file instead of the store.

    With --tree each criterion as a tree of what must be true of a person: "all of", "one of", "except", "only if";
    what was not read stands in it as "not read", and in "[only: …]" words that make a thing less than it is called.
    With --format jsonl the same as JSON.

    Example: trialfinder criteria NCT05507697
    """
    if not nct_ids and records is None:
        raise InputError(
            "name a study, or a file of records with --records", suggestions=("trialfinder criteria NCT05507697",)
        )
    with run.catalogue(records=records) as catalogue:
        wanted = typed_ids(run, nct_ids or [], records) or list(catalogue.entries)
        ids = find_or_fetch(run, catalogue, wanted, offline=offline or records is not None)
        if tree:
            _print_trees(run, catalogue, ids)
        elif run.format is not None:
            _print_readings(run, catalogue, ids)
        else:
            for nct_id, items in catalogue.items(ids).items():
                sys.stdout.write("\n".join(_lines(catalogue, nct_id, items, min(streams.width(), 110))) + "\n\n")
        tell_origin(run, catalogue, None, shown=ids)
        if nct_ids and catalogue.set_aside:  # asked for by name: no list that may go on without it
            for nct_id in ids:
                catalogue.study(nct_id)


def _print_readings(run: Run, catalogue: Catalogue, ids: Sequence[str]) -> None:
    from trialfinder.reading import readings_json

    known = catalogue.items(ids).items()
    output.list_all(run, "readings", (found for nct_id, items in known for found in readings_json(nct_id, items)))


def _print_trees(run: Run, catalogue: Catalogue, ids: Sequence[str]) -> None:
    """The trees of the studies: indented lines, or one JSON object a criterion."""
    from trialfinder.reading import criteria_tree, names_of
    from trialfinder.reading.nodes.tree import to_json

    if run.format not in (None, "json", "jsonl"):
        raise InputError(f"--tree has no form {run.format}; use text, json or jsonl")
    with output.listing(run, "readings") as put:
        for nct_id in ids:
            study = catalogue.study(nct_id)
            found = criteria_tree(study.eligibility_criteria, names_of(study))
            if run.format is None:
                title = f"{nct_id}  {one_line(study.brief_title or '')}"
                gone = [f"  {told}"] if (told := gone_words(study)) else []
                sys.stdout.write("\n".join([title, *gone, *_tree_lines(study.eligibility_criteria, found)]) + "\n\n")
                continue
            for criterion in found:
                head = {"nct_id": nct_id, "section": criterion.section, "start": criterion.start, "end": criterion.end}
                put(head | {"tree": None if criterion.node is None else to_json(criterion.node)})


def _lacking(text: str) -> Iterator[str]:
    """That the copy is known to lack criteria, first of all: what bars may be among them."""
    if note := copy_note(text):
        yield f"  WHAT BARS MAY BE MISSING HERE. {note}."


def _tree_lines(text: str, criteria: Sequence[Criterion]) -> Iterator[str]:
    from trialfinder.reading.telling.tree_words import criterion_lines

    if not text.strip():
        yield "  The record has no criteria text."
    yield from _lacking(text)
    section = ""
    for criterion in criteria:
        if is_copy_note(text[criterion.start : criterion.end]):
            continue
        if criterion.section != section:
            section = criterion.section
            yield from ("", _SECTIONS[section])
        for number, line in enumerate(criterion_lines(text, criterion)):
            yield f"  {'-' if number == 0 else ' '} {line}"


def _lines(catalogue: Catalogue, nct_id: str, items: Sequence[Item], width: int) -> Iterator[str]:
    study = catalogue.study(nct_id)
    text, ours = study.eligibility_criteria, catalogue.is_reworded(nct_id)
    yield f"{nct_id}  {one_line(study.brief_title or '')}"
    yield from textwrap.wrap(gone_words(study), width, initial_indent="  ", subsequent_indent="  ")
    if not text.strip():
        yield "  The record has no criteria text."
        return
    yield from _lacking(text)
    items = [item for item in items if not is_copy_note(_words(text, item))]
    understood = _understood(study, items)
    yield f"  {count(len(items), 'criterion', 'criteria')}; something was read in {len(understood)}."
    for section, title in _SECTIONS.items():
        chosen = [(item, said) for item, said in understood if item.section == section]
        if chosen:
            yield from ("", title)
        group = ""
        for item, said in chosen:
            if item.group != group:
                group = item.group
                yield f"  For {one_line(group)}:" if group else "  For everybody:"
            yield from _item_lines(text, item, said, width, ours=ours)
    unread = [item for item in items if all(item is not each for each, _ in understood)]
    if unread:
        yield from ("", "Not read")
    for item in unread:
        words = f"[{item.section}] {_words(text, item)}"
        yield from textwrap.wrap(words, width, initial_indent="  - ", subsequent_indent="    ")


def _understood(study: Study, items: Sequence[Item]) -> list[tuple[Item, list[str]]]:
    """The items in which the tree, by which people are judged, has anything that was read (a word alone is nothing),
    each with what it says: its readings, and where what it says is none ("either sex") the tree in words.

    A reading of what the tree left unread ("negative antibody for hepatitis B") is no "must have"."""
    from trialfinder.reading import criteria_tree, describe, names_of
    from trialfinder.reading.nodes.tree import leaves
    from trialfinder.reading.telling.tree_words import asked, criterion_lines

    text = study.eligibility_criteria
    trees = criteria_tree(text, names_of(study))
    places = [(leaf, tree) for tree in trees if tree.node is not None for leaf in leaves(tree.node)]
    asks = (each for tree in trees if tree.node is not None for each in asked(text, tree.node))
    wanted = {(each.leaf.concept, each.leaf.start): each.wanted for each in asks}
    found = []
    for item in items:
        held = [(leaf, tree) for leaf, tree in places if item.start <= leaf.start < item.end]
        if held:
            known = {leaf.concept for leaf, _ in held}
            said = [describe(_as_judged(one, wanted)) for one in item.readings if one.pattern in known]
            found.append((item, said or list(criterion_lines(text, held[0][1]))))
    return found


def _as_judged(one: Reading, wanted: Mapping[tuple[str, int], bool]) -> Reading:
    """A reading with the effect that the tree has, by which people are judged."""
    is_wanted = wanted.get((one.pattern, one.start), one.effect == "require")
    return replace(one, effect="require" if is_wanted else "exclude")


_MARKER = re.compile(r"^(?:[*•-]|\d{1,2}[.)])\s+")


def _words(text: str, item: Item) -> str:
    """The item's words on one line, without its bullet or number."""
    return _MARKER.sub("", one_line(text[item.start : item.end]))


def _item_lines(text: str, item: Item, said: Sequence[str], width: int, *, ours: bool) -> Iterator[str]:
    from trialfinder.reading import together

    for line in said:
        first = "    " if line.startswith(" ") else "  - "
        yield from textwrap.wrap(line, width, initial_indent=first, subsequent_indent="    ")
    notes = [
        *([] if item.complete or not item.readings else ["read in part"]),
        *(f"{way}; see --tree" if way.startswith("part") else way for way in together(item)),
    ]
    words = _words(text, item)
    quote = (f"in our words: {words}" if ours else f'"{words}"') + (f" ({'; '.join(notes)})" if notes else "")
    yield from textwrap.wrap(quote, width, initial_indent="      ", subsequent_indent="      ")
