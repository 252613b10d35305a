"""``trialfinder export --for-people``: a dozen columns in words instead of the codes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trialfinder.base.tongue import speaking
from trialfinder.cli.run import Run
from trialfinder.errors import InputError

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.catalogue.select import Selection
    from trialfinder.tables.own_files import OwnFiles

_FORMS = {
    ".xlsx": "xlsx", ".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".csv": "csv", ".tsv": "tsv",
    ".tab": "tsv",
}  # fmt: skip


def form_of(run: Run, file: str) -> str:
    """The form of the sheet: that of ``--format``, else that of the file's ending.

    Raises:
        InputError: it has no such form.
    """
    form = run.format or _FORMS.get(Path(file).suffix.lower(), "")
    if form not in _FORMS.values():
        named = run.format or file
        raise InputError(
            f"{named}: the sheet for people is .xlsx, .html, .md, .csv or .tsv; without --for-people there are more"
        )
    return form


def check(run: Run, file: str, language: str, clashing: dict[str, object]) -> None:
    """Refuses, before anything is asked, what cannot be meant together with ``--for-people``.

    Raises:
        InputError: one clear line.
    """
    from trialfinder.pages.translations import checked_language, translator

    form_of(run, file)
    translator(checked_language(language))
    given = [name for name, value in clashing.items() if value]
    if given:
        raise InputError(f"--for-people is one table in words; {', '.join(given)} is for the full export")


def write(
    run: Run, catalogue: Catalogue, selection: Selection, files: OwnFiles, file: str, language: str
) -> tuple[int, str]:
    """Writes the sheet of the rows that were chosen; gives their number, and what they are of."""
    rows = selection.rows
    from trialfinder.pages.people_files import WRITERS
    from trialfinder.pages.people_sheet import people_sheet
    from trialfinder.pages.translations import translator

    with speaking(translator(language)):
        content = WRITERS[form_of(run, file)](people_sheet(catalogue, rows, language=language, part=selection.part))
    if file == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        files.write(Path(file).expanduser(), content)
    return len(rows), "the sheet for people"
