"""The forms of an export."""

from __future__ import annotations

import contextlib
import csv
import html
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from trialfinder.base.extras import install
from trialfinder.base.suggest import hint
from trialfinder.base.text import inert_json, one_line
from trialfinder.errors import InputError
from trialfinder.tables.cells import csv_cell, html_cell, markdown_cell, xlsx_cell
from trialfinder.tables.columns import Column
from trialfinder.tables.own_files import MAKER

Rows = Iterable[Mapping[str, Any]]
Write = Callable[[Sequence[Column], Rows, IO[bytes]], None]


@dataclass(frozen=True, slots=True)
class Format:
    """One form of export: its endings, how it is written, and whether a person can read it in a terminal."""

    name: str
    endings: tuple[str, ...]
    write: Write
    is_text: bool = True


@contextlib.contextmanager
def _text(stream: IO[bytes], newline: str = "\n") -> Iterator[IO[str]]:
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline=newline, write_through=True)
    try:
        yield text
    finally:
        text.detach()


def write_csv(
    columns: Sequence[Column], rows: Rows, stream: IO[bytes], *, excel: bool = False, mark: str = ","
) -> None:
    """CSV in UTF-8, with ``mark`` between the cells.

    ``excel`` adds the byte-order mark and Windows line ends that its import expects.
    """
    if excel:
        stream.write(b"\xef\xbb\xbf")
    with _text(stream, newline="") as text:
        writer = csv.writer(text, delimiter=mark, lineterminator="\r\n" if excel else "\n")
        writer.writerow([column.name for column in columns])
        # One line a row: programs that read line by line are more common than readers of quoted line breaks.
        writer.writerows([" ".join(csv_cell(c, row[c.name]).split("\n")) for c in columns] for row in rows)


def _write_tsv(columns: Sequence[Column], rows: Rows, stream: IO[bytes]) -> None:
    write_csv(columns, rows, stream, mark="\t")


def _jsonable(columns: Sequence[Column], row: Mapping[str, Any]) -> dict[str, Any]:
    return {column.name: row[column.name] for column in columns}


def _write_jsonl(columns: Sequence[Column], rows: Rows, stream: IO[bytes]) -> None:
    for row in rows:
        line = inert_json(json.dumps(_jsonable(columns, row), ensure_ascii=False))
        stream.write(line.encode("utf-8", "replace") + b"\n")


def _write_json(columns: Sequence[Column], rows: Rows, stream: IO[bytes]) -> None:
    found = [_jsonable(columns, row) for row in rows]
    whole = inert_json(json.dumps(found, ensure_ascii=False, indent=1))
    stream.write(whole.encode("utf-8", "replace") + b"\n")


def _write_markdown(columns: Sequence[Column], rows: Rows, stream: IO[bytes]) -> None:
    with _text(stream) as text:
        text.write("| " + " | ".join(column.name for column in columns) + " |\n")
        text.write("|" + " --- |" * len(columns) + "\n")
        for row in rows:
            text.write("| " + " | ".join(markdown_cell(column, row[column.name]) for column in columns) + " |\n")


def _write_html(columns: Sequence[Column], rows: Rows, stream: IO[bytes]) -> None:
    """A page with one table, that loads nothing and runs nothing."""
    from trialfinder.tables.notice import approval_notice

    with _text(stream) as text:
        text.write('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
        text.write(f'<meta name="generator" content="{MAKER}">\n<title>{MAKER}</title>\n')
        text.write("<style>th, td { text-align: left; vertical-align: top; padding: 0.2em 0.8em 0.2em 0 }</style>\n")
        text.write("</head>\n<body>\n<table>\n<thead>\n<tr>")
        text.write("".join(f'<th scope="col">{html.escape(column.name)}</th>' for column in columns))
        text.write("</tr>\n</thead>\n<tbody>\n")
        for row in rows:
            text.write("<tr>" + "".join(f"<td>{html_cell(c, row[c.name])}</td>" for c in columns) + "</tr>\n")
        text.write("</tbody>\n</table>\n<p>From ClinicalTrials.gov. Its records can be incomplete or out of date: ")
        text.write(f"ask the study team. {html.escape(approval_notice())}</p>\n</body>\n</html>\n")


def _write_xlsx(columns: Sequence[Column], rows: Rows, stream: IO[bytes]) -> None:
    """A worksheet with a frozen header, a filter, and links that can be clicked."""
    from trialfinder.tables.workbook import MOST_LINKS, new_workbook

    with new_workbook(stream) as book:
        sheet = book.add_worksheet("trialfinder")
        sheet.freeze_panes(1, 1)
        bold = book.add_format({"bold": True})
        for at, column in enumerate(columns):
            sheet.set_column(at, at, 14 if column.dtype != "string" else 24)
            sheet.write_string(0, at, column.name, bold)
        line = 0
        for line, row in enumerate(rows, start=1):
            for at, column in enumerate(columns):
                value = xlsx_cell(column, row[column.name])
                if column.name == "url" and str(value).startswith("https://") and line <= MOST_LINKS:
                    sheet.write_url(line, at, value)
                elif isinstance(value, str):
                    sheet.write_string(line, at, value)  # never a formula, whatever it begins with
                elif value is not None:
                    sheet.write_number(line, at, value)
        sheet.autofilter(0, 0, line, len(columns) - 1)


def _write_parquet(columns: Sequence[Column], rows: Rows, stream: IO[bytes]) -> None:
    try:
        import pyarrow  # noqa: F401 # only to say clearly that it is missing
    except ImportError as error:
        raise InputError(f"a Parquet file needs pyarrow; install it with: {install('parquet')}") from error
    from trialfinder.tables.frames import frame_of

    frame_of(columns, (_jsonable(columns, row) for row in rows)).to_parquet(stream, index=False)


FORMATS = {
    fmt.name: fmt
    for fmt in (
        Format("csv", (".csv",), write_csv),
        Format("tsv", (".tsv", ".tab"), _write_tsv),
        Format("jsonl", (".jsonl", ".ndjson"), _write_jsonl),
        Format("json", (".json",), _write_json),
        Format("md", (".md", ".markdown"), _write_markdown),
        Format("html", (".html", ".htm"), _write_html),
        Format("xlsx", (".xlsx",), _write_xlsx, is_text=False),
        Format("parquet", (".parquet",), _write_parquet, is_text=False),
    )
}


def format_of(path: str, chosen: str | None = None) -> Format:
    """The form to write: the chosen one, else the one the file's ending names.

    Raises:
        InputError: neither names a form that we have.
    """
    known = f"the forms are {', '.join(FORMATS)}"
    endings = f"{known} and, by its ending, sqlite"
    if chosen:
        if chosen not in FORMATS:
            close = hint(chosen, FORMATS)
            raise InputError(f"there is no format {one_line(chosen)[:40]!r}; {f'{close}? ' if close else ''}{known}")
        return FORMATS[chosen]
    for fmt in FORMATS.values():
        if path.lower().endswith(fmt.endings):
            return fmt
    if path == "-":
        raise InputError(f"standard output needs --format; {known}")
    raise InputError(f"{path}: the ending names no form of export; {endings}, or say it with --format")


def write_stream(fmt: Format, columns: Sequence[Column], rows: Rows, stream: IO[bytes], *, excel: bool = False) -> None:
    """Writes to an open stream, such as standard output."""
    if fmt.name == "csv":
        write_csv(columns, rows, stream, excel=excel)
    elif fmt.is_text:
        fmt.write(columns, rows, stream)
    else:  # these writers seek, which a pipe cannot
        whole = io.BytesIO()
        fmt.write(columns, rows, whole)
        stream.write(whole.getvalue())
