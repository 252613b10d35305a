"""What the search box of the site looks in: the words that ``search`` looks in.

They lie in a script of their own, which the page loads when somebody searches: the start page stays small.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from trialfinder.catalogue.searched import searched_text
from trialfinder.pages.labels import label

if TYPE_CHECKING:
    from trialfinder.pages.site_entries import ListedStudy
    from trialfinder.tables.rows import Row

#: A record of any size takes no more than so many letters.
_MOST = 12_000


def words_of(row: Row) -> str:
    """What ``search`` looks in for a row of ``studies``, folded as the script folds what is typed.

    The words stand in the record's order, so that several of them in quotes can be looked for as they stand.
    """
    return " ".join(folded(searched_text(row)).split())[:_MOST]


def script(words: Mapping[str, str], entries: Iterable[ListedStudy]) -> bytes:
    """The file: by each study's id its words, and where its cells come from in the language that is spoken."""
    lines = (
        f"{json.dumps(entry.nct_id)}:{json.dumps(words[entry.nct_id] + _source(entry), ensure_ascii=False)}"
        for entry in entries
    )
    text = "// What the search box looks in, besides the list itself.\nwindow.searchWords = {\n" + ",\n".join(lines)
    return (text.replace("\u2028", " ").replace("\u2029", " ") + "\n};\n").encode("utf-8", "replace")


def folded(text: str) -> str:
    """Small letters without accents; the same as ``fold`` in ``site.js``."""
    if text.isascii():
        return text.lower()
    kept = (each for each in unicodedata.normalize("NFKD", text) if not unicodedata.category(each).startswith("M"))
    return "".join(kept).lower()


def _source(entry: ListedStudy) -> str:
    return "" if entry.source in ("none", "not_stated") else " " + folded(label("cell_source", entry.source))
