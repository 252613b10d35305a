"""``trialfinder match --group``: a table for the volunteer, and a sheet for each person."""

from __future__ import annotations

import contextlib
import html
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from trialfinder.base.text import count, shorten
from trialfinder.base.tongue import speaking
from trialfinder.base.whole_files import make_folder, private
from trialfinder.catalogue.group import STUDY_COLUMNS, Member, members, overview
from trialfinder.catalogue.matching import GROUP_WORDS, in_groups, open_questions
from trialfinder.cli import listing, match_listing, output, streams
from trialfinder.cli.group_html import as_page
from trialfinder.cli.run import Run
from trialfinder.errors import InputError
from trialfinder.tables.columns import Column

if TYPE_CHECKING:
    from trialfinder.catalogue.filters import Row
    from trialfinder.catalogue.holdings import Catalogue, Origin

_WIDTH, _FIRST, _UNBROKEN = 96, 3, 100_000
_ENDS = (".txt", ".html")
_LEFT = "no-longer-in-the-group"
_STRONG = "strong warning sign"
_RESTATED = (
    "These studies came with the program, each as of a day of its own, NOT current. Their criteria are in our words, "
    "not the registry's, and a copy may lack what the registry has: no criteria here does not mean that there are none."
)


def group(
    run: Run, catalogue: Catalogue, folder: Path, sheets: Path | None, rows: list[Row], language: str, *, force: bool
) -> None:
    """Prints the table, or with ``sheets`` writes it into a folder with a sheet for each person, in that language."""
    people = members(catalogue, folder, rows)
    names, made = overview(people, rows)
    names.insert(len(STUDY_COLUMNS), _STRONG)
    told = (match.row for person in people for match in person.matches)
    strong = {row["nct_id"]: listing.strong_words(row) for row in told}
    made = [{**row, _STRONG: strong.get(row["nct_id"], "")} for row in made]
    shape = [Column(name, "string", name) for name in names]
    if sheets is None:
        _print(run, people, shape, made)
    else:
        with private():
            _write(run, catalogue, people, shape, made, sheets, language, force=force)
    ours = any(catalogue.is_reworded(row["nct_id"]) for row in rows)
    whose = "in the words of this program's makers, after the registry's," if ours else "the registry's words"
    run.say(
        f"{count(len(people), 'person', 'people')}, {count(len(rows), 'study', 'studies')}. The reasons are {whose} "
        "and hold no fact of anybody, but which criterion speaks against a person tells something "
        "about them: give each person their own sheet only."
    )


def _counts(people: list[Member]) -> Iterator[str]:
    """For each person how many studies stand in each group of their own list, and the first that are possible."""
    for person in people:
        groups = in_groups(person.matches)
        numbers = (f"{GROUP_WORDS[name]}: {len(found)}" for name, found in groups.items() if found)
        yield f"{person.name}: {'; '.join(numbers)}"
        for match in (*groups["nothing_against"], *groups["possible"], *groups["warned"])[:_FIRST]:
            warning = listing.strong_words(match.row)
            title = shorten(f"{match.row['nct_id']}  {listing.title_words(match.row)}", _WIDTH - len(warning))
            yield f"  {title}{f'; {warning}' if warning else ''}"


def _print(run: Run, people: list[Member], shape: list[Column], made: list[Row]) -> None:
    if run.format is not None:
        output.write_table(run, tuple(shape), made)
        return
    if not streams.is_piped():
        sys.stdout.write("".join(f"{line}\n" for line in _counts(people)))
        run.say("Studies x people as a table: into a file with > group.tsv, or with a sheet for each: --sheets FOLDER")
        return
    output.print_cells(column.name for column in shape)
    for row in made:
        output.print_cells(row[column.name] for column in shape)


def _write(
    run: Run, catalogue: Catalogue, people: list[Member], shape: list[Column], made: list[Row], folder: Path,
    language: str, *, force: bool,
) -> None:  # fmt: skip
    from trialfinder.tables.exports import FORMATS, write_stream
    from trialfinder.tables.own_files import OwnFiles

    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: is a file; name a folder for the sheets")
    files = OwnFiles(force=force, way_out="another folder for the sheets, or add --force", tell=run.warn)
    for name in ("group.csv", *(f"{person.name}{end}" for person in people for end in _ENDS)):
        files.check(folder / name)
    try:
        make_folder(folder)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error.strerror}") from error

    heads, plain = (
        _in_words(shape, made) if language == "en" else _table_spoken(catalogue, people, shape, made, language)
    )
    files.write(folder / "group.csv", lambda stream: write_stream(FORMATS["csv"], heads, plain, stream, excel=True))
    for person in people:
        text = "\n".join(_lines(catalogue, person, language, _WIDTH)) + "\n"
        files.write(folder / f"{person.name}.txt", text.encode())
        page = as_page(_lines(catalogue, person, language, _UNBROKEN), language)
        files.write(folder / f"{person.name}.html", page.encode())
    run.say(f"{folder}: group.csv and {count(len(people), 'sheet')}, each as text and as a page to print (.html).")
    moved = _put_aside(folder, {person.name for person in people})
    if moved:
        run.warn(f"{', '.join(moved)}: no such person in the group any more; moved into {folder / _LEFT}")


def _in_words(shape: list[Column], made: list[Row]) -> tuple[list[Column], list[Row]]:
    heads = [Column(_HEADS.get(column.name, column.name), column.dtype, column.meaning) for column in shape]
    return heads, [{_HEADS.get(name, name): _plain(name, cell) for name, cell in row.items()} for row in made]


def _table_spoken(
    catalogue: Catalogue, people: list[Member], shape: list[Column], made: list[Row], language: str
) -> tuple[list[Column], list[Row]]:
    """The same in another language than English."""
    from trialfinder.pages.group_sheet import table
    from trialfinder.pages.translations import translator

    names = [column.name for column in shape[len(STUDY_COLUMNS) + 1 :: 2]]
    told = [(name, person.matches) for name, person in zip(names, people, strict=True)]
    with speaking(translator(language)):
        heads, *rows = table(catalogue, told, [row["nct_id"] for row in made], language)
    return [Column(head, "string", head) for head in heads], [dict(zip(heads, row, strict=True)) for row in rows]


_HEADS = {
    "nct_id": "study", "brief_title": "title", "joinable": "can it be joined?", "status_words": "status",
    "url": "the record", "relevance": "cells for a nerve condition?",
}  # fmt: skip
"""The columns of the volunteer's table in words; in a pipe they keep the names that scripts go by."""
_ANSWERS = {"not_yet": "not yet", "unsure": "unsure: ask", "core": "yes", "related": "only related", "off topic": "no"}


def _plain(name: str, cell: str | None) -> str | None:
    return _ANSWERS.get(cell or "", cell) if name in ("joinable", "relevance") else cell


def _put_aside(folder: Path, people: set[str]) -> list[str]:
    """Moves the sheets of people who are not in the group any more into a folder of their own; gives their names.

    Only what begins as a sheet does is moved; no earlier file there is lost.
    """
    moved = []
    for path in sorted(path for path in folder.iterdir() if path.suffix in _ENDS):
        if path.stem in people or not _is_sheet(path):
            continue
        aside = folder / _LEFT
        make_folder(aside)
        tries = itertools.chain([path.name], (f"{path.stem}-{number}{path.suffix}" for number in itertools.count(2)))
        path.rename(next(aside / name for name in tries if not (aside / name).exists()))
        moved.append(path.name)
    return moved


def _is_sheet(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            head = file.read(2_000)
    except OSError:
        return False
    begins = tuple(_first_lines(path.stem))
    return head.startswith(begins) or any(f"<title>{html.escape(words)}" in head for words in begins)


def _first_lines(name: str) -> Iterator[str]:
    """How a sheet of this person begins in each language that can be spoken here."""
    from trialfinder.pages.group_sheet import first_line
    from trialfinder.pages.translations import LANGUAGES, translator

    for language in LANGUAGES:
        with contextlib.suppress(InputError), speaking(translator(language)):  # babel may be missing
            yield first_line(name, "")


def _lines(catalogue: Catalogue, person: Member, language: str, width: int) -> list[str]:
    if language == "en":
        return sheet(catalogue, person, width)
    return _spoken(catalogue, person, language, width)


def _spoken(catalogue: Catalogue, person: Member, language: str, width: int) -> list[str]:
    """The sheet in another language than English."""
    from trialfinder.pages.group_sheet import sheet as spoken_sheet
    from trialfinder.pages.translations import translator

    questions = open_questions(catalogue, person.profile, person.matches)
    with speaking(translator(language)):
        return spoken_sheet(catalogue, person.name, person.matches, questions, language, width)


def _days(origin: Origin) -> str:
    first, _, last = (origin.data_timestamp or "an unknown day").partition("/")
    return f"days between {first} and {last} or of an unknown day, never current" if last else first


def sheet(catalogue: Catalogue, person: Member, width: int = _WIDTH) -> list[str]:
    """The studies for one person, with links and what to find out; to be printed or read aloud."""
    from trialfinder.tables.notice import approval_notice

    origin = catalogue.origin
    note = listing.distance_note(match.row for match in person.matches).strip()
    lines = [
        f"Studies for {person.name}, as of {catalogue.today}",
        f"Source: ClinicalTrials.gov, {origin.kind} of {_days(origin)}. {note}",
        approval_notice(),
        "A study with ~ is only related: its record does not say that cells are given to treat a peripheral nerve.",
        "Only the study team can say who can join. What was not told is unknown, never no.",
    ]
    if any(catalogue.is_reworded(match.row["nct_id"]) for match in person.matches):
        lines.append(_RESTATED)
    made = [*match_listing.wrapped(lines, width), "", *match_listing.lines(person.matches, width, person.profile)]
    return made + match_listing.question_lines(open_questions(catalogue, person.profile, person.matches), width)
