"""``trialfinder export``: the same filters as ``search``, every table, every form."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialfinder.base.text import count
from trialfinder.base.version import VERSION
from trialfinder.catalogue.filters import words_of
from trialfinder.catalogue.select import Chosen, Selection, build, select
from trialfinder.catalogue.table_rows import table_rows
from trialfinder.cli import empty, fresh, listing, people_export
from trialfinder.cli.forms import TABLE
from trialfinder.cli.options import FORCE, OFFLINE, command
from trialfinder.cli.origin_told import tell_origin
from trialfinder.cli.run import Run
from trialfinder.errors import InputError
from trialfinder.tables import columns
from trialfinder.tables.exports import FORMATS, format_of, write_stream
from trialfinder.tables.own_files import OwnFiles

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue

_METADATA = "metadata.yaml"
_TABLE = Annotated[
    str | None, typer.Option(metavar="TABLE", help=f"One of {', '.join(columns.EXPORTED)}; studies if not said.")
]
_FOR_PEOPLE = Annotated[
    bool, typer.Option("--for-people", help="A dozen columns in words, with a cover: .xlsx, .html, .md; .csv.")
]
_LANGUAGE = Annotated[
    str, typer.Option(metavar="CODE", help="With --for-people: en, es or ko, of the program's words.")
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "export", filters=True, forms=TABLE, asks=120)(export)


def export(
    run: Run,
    chosen: Chosen,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to write; - for standard output.")],
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", help="Words that must all occur.")] = None,
    table: _TABLE = None,
    excel: Annotated[bool, typer.Option("--excel", help="CSV with what Excel's import expects.")] = False,
    provenance: Annotated[bool, typer.Option("--provenance", help="Also write FILE.provenance.json.")] = False,
    metadata: Annotated[bool, typer.Option("--metadata", help="With .sqlite: metadata.yaml for Datasette.")] = False,
    for_people: _FOR_PEOPLE = False,
    language: _LANGUAGE = "en",
    force: FORCE = False,
    offline: OFFLINE = False,
) -> None:
    """Write studies to a file: .csv .tsv .jsonl .json .md .html .xlsx .parquet .sqlite.

    What the columns mean is in docs/columns.md. The file is written whole or not at all. A SQLite file holds every
    table, with full-text search; it opens in Datasette and sqlite-utils. For a support group: --for-people.

    Example: trialfinder export trials.csv --open --excel
    """
    _check_places(files := OwnFiles(force, tell=run.warn), file, provenance=provenance, metadata=metadata)
    if for_people:
        people_export.check(run, file, language, {"--table": table, "--excel": excel, "--metadata": metadata})
    else:
        _check(run, file, table, language, excel=excel, metadata=metadata)
    build(text := words_of(words or []), chosen, run.today)
    problem, _ = fresh.ensure(run, chosen["query"], offline=offline)
    with run.catalogue(query=chosen["query"]) as catalogue:
        selection = _select(run, catalogue, text, chosen)
        tell_origin(run, catalogue, problem)
        _explain_empty(run, selection, f"{file}{' --for-people' if for_people else ''}{empty.spoken_in(language)}")
        if for_people:
            number, table = people_export.write(run, catalogue, selection, files, file, language)
        else:
            number, table = _write_tables(run, catalogue, selection, files, file, table, excel=excel, metadata=metadata)
        if provenance:
            _write_json(files, file, _about(run, catalogue, selection) | {"table": table, "rows": number})
        if file != "-":
            studies = count(len(selection.rows), "study", "studies")
            run.say(f"{file}: {count(number, 'row')} of {table} from {studies}{_left_out(selection)}.")


def _left_out(selection: Selection) -> str:
    return f"; {selection.hidden} off topic left out (--all has them)" if selection.hidden else ""


def _select(run: Run, catalogue: Catalogue, text: str, chosen: Chosen) -> Selection:
    fresh.never_asked(run, catalogue, chosen["query"])
    return select(catalogue, text, chosen)


def _check_places(files: OwnFiles, file: str, *, provenance: bool, metadata: bool) -> None:
    """Refuses, before anything is asked, to write over what another made or changed."""
    if file == "-":
        if provenance:
            raise InputError("--provenance writes beside the file; with - there is none, so name a file")
        return
    path = Path(file).expanduser()
    files.check(path)
    if provenance:
        files.check(_provenance(file))
    if metadata:
        files.check(path.with_name(_METADATA))


def _explain_empty(run: Run, selection: Selection, told: str) -> None:
    if not selection.rows:
        empty.explain_empty(run, selection, f"trialfinder export {told}")
    else:
        listing.tell_left_out(run, selection)


def _check(run: Run, file: str, table: str | None, language: str, *, excel: bool, metadata: bool) -> None:
    """Refuses, before anything is asked, what cannot be meant together."""
    if language != "en":
        raise InputError("--language is for the sheet for people; add --for-people")
    database = _is_database(file) and not run.format
    if table == "matches":
        raise InputError("the table of matches needs your facts: trialfinder match --profile FILE --format csv")
    columns.table(table or "studies")
    form = "sqlite" if database else format_of(file, run.format).name
    if database and table:
        raise InputError(f"{file}: a SQLite file holds every table; leave out --table {table}")
    if metadata and not database:
        raise InputError(f"--metadata is for a SQLite file, such as studies.sqlite; {form} has no use for it")
    if excel and form != "csv":
        raise InputError(f"--excel is for CSV, not for {form}")


def _write_tables(
    run: Run,
    catalogue: Catalogue,
    selection: Selection,
    files: OwnFiles,
    file: str,
    table: str | None,
    *,
    excel: bool,
    metadata: bool,
) -> tuple[int, str]:
    """Writes one table, or every one into a database; how many rows, and of what."""
    if _is_database(file) and not run.format:
        about = _about(run, catalogue, selection)
        return _write_database(catalogue, selection, files, file, about, metadata=metadata), "every table"
    table = table or "studies"
    form, shape = format_of(file, run.format).name, columns.table(table)
    return _write(form, shape, table_rows(catalogue, table, selection.rows), files, file, excel=excel), table


def _is_database(file: str) -> bool:
    return file.lower().endswith((".sqlite", ".sqlite3", ".db"))


def _write_database(
    catalogue: Catalogue, selection: Selection, files: OwnFiles, file: str, about: dict[str, Any], *, metadata: bool
) -> int:
    """Every table in one file; returns the number of rows."""
    from trialfinder.tables import sqlite_file
    from trialfinder.tables.notice import approval_notice

    path = Path(file).expanduser()
    tables = {name: _Counted(table_rows(catalogue, name, selection.rows)) for name in columns.EXPORTED}
    notice = approval_notice(source=True)
    sqlite_file.write_database(path, tables, about | {"approval": notice}, files)
    if metadata:
        text = sqlite_file.datasette_metadata(path.stem, about, notice).encode()
        files.write(path.with_name(_METADATA), text)
    return sum(rows.number for rows in tables.values())


def _write(
    form: str,
    shape: tuple[columns.Column, ...],
    rows: Iterable[dict[str, Any]],
    files: OwnFiles,
    file: str,
    *,
    excel: bool = False,
) -> int:
    counted = _Counted(rows)
    if file == "-":
        sys.stdout.flush()
        write_stream(FORMATS[form], shape, counted, sys.stdout.buffer, excel=excel)
        sys.stdout.buffer.flush()
    else:
        files.write(
            Path(file).expanduser(), lambda stream: write_stream(FORMATS[form], shape, counted, stream, excel=excel)
        )
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


def _about(run: Run, catalogue: Catalogue, selection: Selection) -> dict[str, Any]:
    """Where the rows come from: exact queries, the registry's data timestamp, the filters, this program's version."""
    origin = catalogue.origin
    return {
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
    }


def _write_json(files: OwnFiles, file: str, about: dict[str, Any]) -> None:
    content = json.dumps(about, indent=1, ensure_ascii=False).encode()
    files.write(_provenance(file), content)


def _provenance(file: str) -> Path:
    return Path(f"{file}.provenance.json").expanduser()
