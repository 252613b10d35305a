"""Text of the registry that wants to be more than text does nothing on a page."""

from __future__ import annotations

import html.parser
import io
from typing import Any

from pypdf import PdfReader

from tests.unit.pages.doctor_made import TODAY, page, record
from trialfinder.pages.paper_html import page_html
from trialfinder.pages.paper_pdf import page_pdf

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202egnp.exe\u202c"
TYPST = '#import "@preview/x:1.0.0": y\n#panic("pwned") $x$ *bold* #read("/etc/passwd")'


def hostile(title: str) -> dict[str, Any]:
    made = record(f"Inclusion Criteria:\n\n* {SCRIPT}\n* HbA1c < 9 % {TYPST}", briefTitle=title)
    protocol = made["protocolSection"]
    protocol["conditionsModule"]["conditions"] = [SCRIPT, TYPST]
    site = protocol["contactsLocationsModule"]["locations"][0]
    site |= {"facility": f"{SCRIPT}{TYPST}", "contacts": [{"name": SCRIPT, "email": "javascript:alert(3)@x.org"}]}
    protocol["contactsLocationsModule"]["centralContacts"] = [
        {"name": "A", "email": 'x@example.org"onclick="alert(4)'},
        {"name": "B", "email": "b@example.org?bcc=all@example.org"},
    ]
    protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"] = f"</style>{SCRIPT}"
    return made


class _Parts(html.parser.HTMLParser):
    """The tags of a page, its addresses, and what would run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.runs: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        self.runs += [name for name, _ in attrs if name.startswith("on") or name == "style"]


def test_hostile_text_is_only_text() -> None:
    text = page_html(page(hostile(SCRIPT)))
    parts = _Parts(text)
    assert not parts.tags & {"script", "img", "iframe", "object", "embed", "form", "base"}
    assert parts.runs == []
    assert set(parts.links) == {"https://clinicaltrials.gov/study/NCT90000001"}
    assert "\u202e" not in text
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text
    assert "unsafe" not in text


def test_a_title_of_a_megabyte_takes_no_room() -> None:
    text = page_html(page(hostile("word " * 200_000)))
    assert len(text) < 60_000


def test_markup_of_the_typesetter_is_only_text() -> None:
    content = page_pdf(lambda lines: page(hostile(TYPST), lines=lines), TODAY)
    reader = PdfReader(io.BytesIO(content))
    text = " ".join(" ".join(each.extract_text() for each in reader.pages).split())
    assert '#panic("pwned")' in text
    assert len(reader.pages) <= 2
    found = [str(mark.get_object().get("/A", {}).get("/URI")) for p in reader.pages for mark in p.get("/Annots", [])]
    assert set(found) == {"https://clinicaltrials.gov/study/NCT90000001"}
