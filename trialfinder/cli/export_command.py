"""``trialfinder export``: the same filters as ``search``, every table, every form."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from trialfinder.base.text import count
from trialfinder.base.version import VERSION
from trialfinder.catalogue.filters import words_of
from trialfinder.catalogue.select import Chosen, Selection, build, select
from trialfinder.cli import empty, fresh
from trialfinder.cli.forms import TABLE
from trialfinder.cli.options import command
from trialfinder.cli.run import Run
from trialfinder.errors import InputError
from trialfinder.tables import columns
from trialfinder.tables.any_table import table_rows

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "export", filters=True, forms=TABLE, asks=120)(export)


def export(
    run: Run,
    chosen: Chosen,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to write; - for standard output.")],
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", help="Words that must all occur.")] = None,
    table: Annotated[str, typer.Option(metavar="TABLE", help=f"One of {', '.join(columns.EXPORTED)}.")] = "studies",
    excel: Annotated[bool, typer.Option("--excel", help="CSV with what Excel's import expects.")] = False,
    provenance: Annotated[bool, typer.Option("--provenance", help="Also write FILE.provenance.json.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask the registry.")] = False,
) -> None:
    """Write studies to a file: .csv .tsv .jsonl .json .md .xlsx .parquet.

    What the columns mean is in docs/columns.md. The file is written whole or not at all.

    Example: trialfinder export trials.csv --open --excel
    """
    from trialfinder.tables.exporting import format_of

    fmt = format_of(file, run.format)
    if table == "matches":
        raise InputError("the table of matches needs your facts: trialfinder match --profile FILE --format csv")
    shape = columns.table(table)
    text = words_of(words or [])
    build(text, chosen, run.today)
    if provenance and file == "-":
        raise InputError("--provenance writes beside the file; with - there is none, so name a file")
    if excel and fmt.name != "csv":
        raise InputError(f"--excel is for CSV, not for {fmt.name}")
    problem, _ = fresh.ensure(run, chosen["query"], offline=offline)
    with run.catalogue() as catalogue:
        fresh.never_asked(run, catalogue, chosen["query"])
        selection = select(catalogue, text, chosen)
        fresh.tell_origin(run, catalogue, problem)
        if not selection.rows:
            empty.explain_empty(run, selection, f"trialfinder export {file}")
        rows = table_rows(catalogue, table, selection.rows)
        number = _write(fmt.name, shape, rows, file, excel=excel)
        if provenance:
            _write_provenance(run, catalogue, file, table, selection, number)
        if file != "-":
            run.say(f"{file}: {count(number, 'row')} of {table} from {count(len(selection.rows), 'study', 'studies')}.")


def write_rows(run: Run, table: str, rows: Iterable[dict[str, Any]], file: str) -> int:
    """Writes rows in the form that ``--format`` names."""
    from trialfinder.tables.exporting import format_of

    shape = columns.table(table)
    names = [column.name for column in shape]
    return _write(format_of(file, run.format).name, shape, ({n: row[n] for n in names} for row in rows), file)


def _write(
    form: str,
    shape: tuple[columns.Column, ...],
    rows: Iterable[dict[str, Any]],
    file: str,
    *,
    excel: bool = False,
) -> int:
    from trialfinder.tables.exporting import FORMATS, write_file, write_stream

    counted = _Counted(rows)
    if file == "-":
        sys.stdout.flush()
        write_stream(FORMATS[form], shape, counted, sys.stdout.buffer, excel=excel)
        sys.stdout.buffer.flush()
    else:
        path = Path(file).expanduser()
        if path.is_dir():
            raise InputError(f"{file}: is a folder; name a file in it")
        write_file(path, lambda stream: write_stream(FORMATS[form], shape, counted, stream, excel=excel))
    return counted.number


class _Counted:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self._rows:
            self.number += 1
            yield row


def _write_provenance(run: Run, catalogue: Catalogue, file: str, table: str, selection: Selection, number: int) -> None:
    """Where the rows come from: exact queries, the registry's data timestamp, the filters, this program's version."""
    from trialfinder.tables.exporting import write_file

    origin = catalogue.origin
    about = {
        "tool": f"trialfinder {VERSION}",
        "source": "ClinicalTrials.gov (a work of the US government); not current, see data_timestamp",
        "origin": origin.kind,
        "data_timestamp": origin.data_timestamp,
        "refreshed": origin.refreshed.isoformat() if origin.refreshed else None,
        "judged_as_of": run.today.isoformat(),
        "registry": run.api_url,
        "queries": fresh.queries_asked(run, catalogue),
        "filters": [step.filter.argument for step in selection.filtered.funnel],
        "off_topic_hidden": selection.hidden,
        "table": table,
        "rows": number,
    }
    target = Path(f"{file}.provenance.json").expanduser()
    content = json.dumps(about, indent=1, ensure_ascii=False).encode()

    def write(stream: IO[bytes]) -> None:
        stream.write(content)

    write_file(target, write)
