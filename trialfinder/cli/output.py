"""What a command lists, in the form that was asked for; in a pipe one line for each, with tabs between the cells."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from trialfinder.base.text import one_line
from trialfinder.cli import streams
from trialfinder.cli.run import Run

Row = Mapping[str, Any]
Put = Callable[..., None]


def for_programs(run: Run) -> bool:
    """Whether a list is to be one line or object for each thing: a form was chosen, or nobody sits at the other end."""
    return run.format is not None or streams.is_piped()


@contextmanager
def listing(run: Run, table: str, *, lines: Iterable[str] = ()) -> Iterator[Put]:
    """Gives what to call with each thing: its object as JSON has it, and its row where that says something else.

    Nothing but whole lines is written when it ends with an error. ``lines`` are the columns of the lines in a pipe;
    all when it is empty.
    """
    from trialfinder.tables import lists

    shape = lists.shape(table)
    names = tuple(lines) or tuple(column.name for column in shape)
    kept: list[tuple[Mapping[str, Any], Row | None]] = []

    def put(found: Mapping[str, Any], row: Row | None = None) -> None:
        if run.format == "jsonl":
            streams.print_json(found)
        elif run.format is None:
            made = row or lists.row(shape, found)
            print_cells(made[name] for name in names)
        else:
            kept.append((found, row))
            return
        said.append(True)

    said: list[bool] = []
    yield put
    if said and run.format is None:
        tell_columns(run, names, more=bool(lines))
    if run.format == "json":
        streams.print_json([found for found, _ in kept], indent=1)
    elif run.format not in (None, "jsonl"):
        write_table(run, shape, (row or lists.row(shape, found) for found, row in kept))


def tell_columns(run: Run, names: Iterable[str], *, more: bool = True) -> None:
    """Says what stands between the tabs of lines that have no header."""
    run.say(f"Between the tabs: {', '.join(names)}. With a header{', and more' * more}: --format tsv")


def list_all(run: Run, table: str, found: Iterable[Mapping[str, Any]], *, lines: Iterable[str] = ()) -> None:
    """Lists things that are what their objects say and no more, see ``listing``."""
    with listing(run, table, lines=lines) as put:
        for each in found:
            put(each)


def write_table(run: Run, shape: tuple[Any, ...], rows: Iterable[Row]) -> None:
    """Writes rows to standard output in the form of the run."""
    from trialfinder.tables.exports import format_of, write_stream

    sys.stdout.flush()
    write_stream(format_of("-", run.format), shape, rows, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def sign_words(sign_id: str) -> str:
    """What people are shown for the code of a sign; ``--signs`` takes both."""
    return sign_id.replace("_", " ")


def site_words(row: Mapping[str, Any]) -> str:
    """What is known of a row's nearest site: a record that says it recruits may be old, so no site is called open."""
    if not row.get("_near_open"):
        return "site (not known to be open)"
    return "site that says it recruits" if row["joinable"] == "yes" else "site that says it recruits (unconfirmed: ask)"


def print_cells(cells: Iterable[Any]) -> None:
    """One line for a program: the cells with tabs between them, none with a tab or a line break in it."""
    sys.stdout.write("\t".join(_cell(cell) for cell in cells) + "\n")


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None or value == "" else one_line(str(value))
