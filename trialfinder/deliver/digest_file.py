"""Writes a digest into a file: whole or not at all, and never over what another made or changed.

``news.html`` is always the newest digest. Each digest is also kept under its day, ``news-2026-11-20.html``, and the
newest one names the earlier ones.
"""

from __future__ import annotations

import datetime as dt
import html
from pathlib import Path

from trialfinder.base import lazy_re as re
from trialfinder.base.tongue import say
from trialfinder.base.whole_files import write_content
from trialfinder.errors import InputError
from trialfinder.tables.own_files import CAREFUL, OwnFiles

#: When a page was seen, in any language, and what may stand behind it: how far its news reach (Markdown, HTML, text).
_REACH = re.compile(
    r"([^\n]*\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC[^\n]*\n)"
    r"((?:\n\*\*.+\*\*\n|<p .+<strong>.+</strong></p>\n|[^\n<#].*\n)?)"
)


def write_page(path: Path, content: str, day: dt.date, files: OwnFiles = CAREFUL) -> None:
    """Writes the digest of a day, and keeps it under that day too.

    Raises:
        InputError: cannot be written, or what stands there is not to be replaced; an older file is as it was.
    """
    files.check(path)
    kept = _dated(path, day)
    number = 2
    while kept.exists():
        kept = path.with_name(f"{path.stem}-{day.isoformat()}-{number}{path.suffix}")
        number += 1
    write_content(kept, content.encode("utf-8", "replace"))
    files.write(path, _with_index(content, path, _pages(path, without=kept)).encode("utf-8", "replace"))


def write_caveat(path: Path, empty: str, files: OwnFiles = CAREFUL) -> None:
    """Says in the page that is there how far its news reach now; nothing else of it changes, nor any page of a day.

    ``empty`` is a digest without news in the same form, with the caveat or without one.

    Raises:
        InputError: cannot be written, or is not to be replaced; the file is as it was.
    """
    files.check(path)
    try:
        old = path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    now = _REACH.search(empty)
    new = _REACH.sub(lambda found: found[1] + (now[2] if now else ""), old, count=1)
    if new != old:
        files.write(path, new.encode("utf-8", "surrogateescape"))


def _dated(path: Path, day: dt.date) -> Path:
    return path.with_name(f"{path.stem}-{day.isoformat()}{path.suffix}")


def _pages(path: Path, without: Path | None = None) -> list[Path]:
    """The pages of single days, newest first."""
    name = re.compile(re.escape(path.stem) + r"-\d{4}-\d{2}-\d{2}(?:-\d+)?" + re.escape(path.suffix))
    try:
        found = [page for page in path.parent.iterdir() if name.fullmatch(page.name) and page != without]
    except OSError:
        return []
    return sorted(found, key=lambda page: page.name, reverse=True)


def _with_index(content: str, path: Path, pages: list[Path]) -> str:
    """The digest with the names of the earlier pages."""
    names = [page.name for page in pages]
    if not names:
        return content
    earlier = say("Earlier")
    if path.suffix.lower() in (".html", ".htm"):
        links = "".join(f'<li><a href="{html.escape(name)}">{html.escape(name)}</a></li>\n' for name in names)
        return content.replace("</body>", f"<h2>{earlier}</h2>\n<ul>\n{links}</ul>\n</body>", 1)
    if path.suffix.lower() in (".md", ".markdown"):
        return content + f"\n## {earlier}\n\n" + "".join(f"- [{name}](<{name}>)\n" for name in names)
    return content + f"\n{earlier}:\n" + "".join(f"  {name}\n" for name in names)
