"""A person's sheet as a page: the lines of the text, to be opened in a browser and printed from there."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.tables.own_files import MAKER

_STUDY = re.compile(r"NCT\d{8} ")
_LINK = re.compile(r"https://clinicaltrials\.gov/study/NCT\d{8}")
_STYLE = (
    ":root{color-scheme:light}body{font:17px/1.5 Arial,Helvetica,sans-serif;color:#1a1a1a;background:#fff;"
    "max-width:45em;margin:0 auto;padding:16px;overflow-wrap:anywhere}h1{font-size:25px}h2{font-size:21px;"
    "border-bottom:1px solid #767676;margin:1.6em 0 .4em}h3{font-size:18px;margin:1.2em 0 .2em}p{margin:.2em 0}"
    "ul{margin:.2em 0;padding-left:1.2em}a{color:#0b4a8f}section{break-inside:avoid}h2,h3{break-after:avoid}"
    "@media print{body{font-size:11pt;padding:0}}@page{margin:18mm}"
)


def as_page(lines: Sequence[str], language: str) -> str:
    """The page of a sheet's lines, which are to be whole, not broken to a width.

    The first line is the title; a line at the edge after an empty one heads what follows; a study begins with its id.
    """
    title, *rest = lines
    body = "\n".join(_body(rest))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="{MAKER}">\n<meta name="robots" content="noindex">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{html.escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def _body(lines: Sequence[str]) -> Iterator[str]:
    """The elements; what belongs to one study stands together on paper. An empty line ends what is open."""
    inside, after_empty = "", False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        text = line.strip()
        wanted = _around(text, following, inside)
        if wanted != inside or (wanted == "section" and _STUDY.match(text)):
            yield from filter(None, (f"</{inside}>" if inside else "", f"<{wanted}>" if wanted else ""))
            inside = wanted
        if text:
            yield _element(text, inside, is_heading=after_empty and line == text)
        after_empty = not text
    if inside:
        yield f"</{inside}>"


def _around(text: str, following: str, inside: str) -> str:
    """Which element a line stands in: that of its study, a list, or none."""
    if not text:
        return ""
    if _STUDY.match(text) and following.startswith("    "):
        return "section"
    if inside == "section":
        return inside
    return "ul" if text.startswith("- ") else ""


def _element(text: str, inside: str, *, is_heading: bool) -> str:
    shown = _LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', html.escape(text.removeprefix("- ")))
    if inside == "section" and _STUDY.match(text):
        return f"<h3>{shown}</h3>"
    if inside == "ul":
        return f"<li>{shown}</li>"
    return f"<h2>{shown}</h2>" if is_heading and not inside else f"<p>{shown}</p>"
