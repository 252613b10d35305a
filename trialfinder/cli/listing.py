"""Studies as a table that fits the terminal, or as short blocks where a table would not fit."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Sequence

from trialfinder.base.countries import plain_country
from trialfinder.base.enums import PHASE_WORDS
from trialfinder.base.text import count, one_line, shorten
from trialfinder.catalogue.filters import RELEVANCE_WORDS, Row
from trialfinder.catalogue.select import Selection
from trialfinder.cli import output, streams
from trialfinder.cli.run import Run
from trialfinder.tables.record_words import finer_product, product_words

_NARROW = 110
# A list of thousands would wait for the rest.
MOST_MARKED = 300
_OTHER = {"car_t": "CAR-T immune cells, no stem cells", "other_cells": "other cells, not always stem cells"}
_JOIN_WORDS = {"yes": "yes", "not_yet": "not yet", "no": "no", "unsure": "unsure"}


def phase_words(phases: str | None) -> str:
    """``PHASE1; PHASE2`` as ``1/2``; ``none`` for NA; a dash when the registry does not say."""
    if not phases:
        return "-"
    return "/".join("none" if part == "NA" else PHASE_WORDS.get(part, one_line(part)) for part in phases.split("; "))


def given_words(row: Row) -> str:
    """What is given, in words: donor, source and product as far as the record says them."""
    known = product_words(row["cell_product"], row["cell_source"], row["donor"])
    if row["cell_product"] == "other_cells":
        known = known.replace("other cells", _OTHER[finer_product(row)])
    return known or shorten(one_line(row["interventions"] or "-"), 60)


def status_words(row: Row) -> str:
    """The status in plain words, with the doubt about it when there is one."""
    return one_line(row["status_words"] or "not stated")


def countries_words(row: Row, most: int = 3) -> str:
    """The countries by the names that people use, shortened to a few."""
    names = [one_line(plain_country(name)) for name in (row["countries"] or "").split("; ") if name]
    names = list(dict.fromkeys(names))
    rest = f" +{len(names) - most}" if len(names) > most else ""
    return ", ".join(names[:most]) + rest or "-"


def title_words(row: Row) -> str:
    """The title, marked when the study is only related (``~``) or off topic (``x``)."""
    mark = {"adjacent": "~ ", "off_topic": "x "}.get(row["relevance"] or "", "")
    return mark + one_line(row["brief_title"] or row["official_title"] or "(no title)")


def strong_words(row: Row) -> str:
    """ "STRONG WARNING SIGN: participant pays"; '' for a study without one."""
    return f"STRONG WARNING SIGN: {', '.join(map(output.sign_words, row['_strong']))}" if row.get("_strong") else ""


def marked_title(row: Row, most: int = 110) -> str:
    """The title with ``!`` before it where there is a strong warning sign, shortened."""
    return shorten(("! " if row.get("_strong") else "") + title_words(row), most)


def related_words(row: Row) -> Row:
    """What a line in a pipe says of a study that is only related: the mark in its title, and the word."""
    word = RELEVANCE_WORDS.get(row["relevance"] or "", row["relevance"])
    return {"brief_title": title_words(row), "relevance": word}


def print_rows(rows: list[Row]) -> None:
    """Prints the studies on stdout, as wide as the terminal; in a pipe one line a study, cells between tabs."""
    if streams.is_piped():
        for row in rows:
            output.print_cells(_cells(row))
        return
    width = streams.width()
    narrow = _NARROW + (_NEAR[2] + 1 if any(row.get("_near") for row in rows) else 0)
    lines = _blocks(rows, width) if width < narrow else _table(rows, width)
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _table(rows: list[Row], width: int) -> list[str]:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    coloured = streams.colour(sys.stdout)
    drawn = io.StringIO()
    console = Console(
        file=drawn,
        width=width,
        no_color=not coloured,
        force_terminal=coloured,
        legacy_windows=False,
        emoji=False,
        markup=False,
        highlight=False,
    )
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    near = any(row.get("_near") for row in rows)
    shape = [*_COLUMNS, _NEAR] if near else _COLUMNS
    for (name, _, _), cells_wide in zip(shape, _widths(shape, width), strict=True):
        table.add_column(name, width=cells_wide, overflow="fold")
    for row in rows:
        cells = [*_cells(row), row.get("_near") or "-"] if near else _cells(row)
        cells[1] = "\n".join(filter(None, (cells[1], strong_words(row))))
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    return [line.rstrip() for line in drawn.getvalue().splitlines()]


# Title, share of the width (0: always the least), least width.
_COLUMNS: Sequence[tuple[str, int, int]] = (
    ("NCT ID", 0, 11),
    ("Title", 9, 18),
    ("Status", 3, 11),
    ("Join?", 0, 6),
    ("Phase", 0, 7),
    ("Condition", 5, 12),
    ("Given", 5, 12),
    ("Countries", 3, 9),
    ("Verified", 0, 8),
)


#: What a line in a pipe holds, in its order.
IN_A_PIPE = (
    "NCT ID", "title (! strong warning sign, ~ only related)", "status", "can be joined", "phase", "condition", "given",
    "countries", "last verified",
)  # fmt: skip
_NEAR = ("Nearest site that says it recruits", 3, 17)


def _widths(shape: Sequence[tuple[str, int, int]], width: int) -> list[int]:
    """The width of every column: each its least, and what is left by their shares; one space between them."""
    left = width - sum(least for _, _, least in shape) - (len(shape) - 1)
    shares = sum(share for _, share, _ in shape)
    return [least + max(0, left) * share // shares for _, share, least in shape]


def _cells(row: Row) -> list[str]:
    return [
        row["nct_id"],
        marked_title(row),
        status_words(row),
        _JOIN_WORDS.get(row["joinable"] or "", "unsure"),
        phase_words(row["phases"]),
        shorten(one_line((row["conditions"] or "-").replace("; ", ", ")), 60),
        given_words(row),
        countries_words(row),
        row["status_verified_date"] or "-",
    ]


def _blocks(rows: list[Row], width: int) -> Iterable[str]:
    import textwrap

    for row in rows:
        facts = [
            f"can be joined: {_JOIN_WORDS.get(row['joinable'] or '', 'unsure')}",
            f"status: {status_words(row)}",
            f"phase: {phase_words(row['phases'])}",
            f"condition: {shorten(one_line((row['conditions'] or '-').replace('; ', ', ')), 80)}",
            f"given: {given_words(row)}",
            f"where: {countries_words(row)}",
            f"verified: {row['status_verified_date'] or '-'}",
        ]
        if row.get("_near"):
            facts.append(f"nearest {output.site_words(row)}: {row['_near']}")
        title = f"{row['nct_id']}  {'! ' * bool(row.get('_strong'))}{title_words(row)}"
        yield from textwrap.wrap(title, width, subsequent_indent=" " * 13)
        if strong := strong_words(row):
            yield from textwrap.wrap(strong, width, initial_indent="  ", subsequent_indent="  ")
        yield from textwrap.wrap("; ".join(facts), width, initial_indent="  ", subsequent_indent="  ")
        yield ""


def summary(shown: int, passed: int, hidden: int, rows: list[Row]) -> str:
    """One line on what was listed and what was not."""
    parts = [count(passed, "study", "studies")]
    if shown < passed:
        parts.append(f"the first {shown} shown")
    if adjacent := sum(row["relevance"] == "adjacent" for row in rows):
        parts.append(f"{adjacent} only related (~)")
    if strong := sum(bool(row.get("_strong")) for row in rows):
        parts.append(f"{strong} with a strong warning sign (!)")
    if len(rows) > MOST_MARKED:
        parts.append(f"looked for in the first {MOST_MARKED} only (--signs strong looks in all)")
    if hidden:
        parts.append(f"{hidden} off topic hidden (--all shows them)")
    return ", ".join(parts)


def tell_left_out(run: Run, selection: Selection) -> None:
    """Says which studies a filter left out for want of knowledge: they may be meant."""
    for step in selection.filtered.funnel:
        if step.left_out:
            run.say(f"{step.filter.argument} left out: {step.left_out}")


def distance_note(rows: Iterable[Row]) -> str:
    """How exact the distances of these rows are, and from where, with a line end; '' where none is shown."""
    near = next((row for row in rows if row.get("_near")), None)
    if near is None:
        return ""
    from trialfinder.catalogue.gazetteer import PRECISION

    meant = f" Asked: {near['_near_of']}." if near.get("_near_of") else ""
    return f"{PRECISION.capitalize()}.{meant}\n"
