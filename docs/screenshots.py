"""Makes the pictures of the README anew: site and doctor's page of the snapshot on a fixed day, seen by Chromium.

python docs/screenshots.py    needs the extra "browser" and Debian's chromium

``tests/browser/test_screenshots.py`` takes them anew and compares them with those in ``docs/images``.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from trialfinder.catalogue.holdings import Catalogue

_HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(_HERE.parent))
_DAY = dt.date(2026, 11, 20)
#: File, page, what of it (None: the first screen), width and height of the window.
_SHOTS = (
    ("site-start", "index.html", None, 1180, 1060),
    ("site-study", "studies/NCT07183761.html", None, 1000, 1180),
    ("site-map", "pictures.html", "#map img", 1000, 700),
    ("site-timeline", "pictures.html", "#timeline img", 1000, 900),
    ("doctor-page", "doctor.html", None, 740, 1040),
)
_PRINTED = ("doctor-page",)


def take(browser: Browser, images: Path) -> None:
    """Writes the pictures into a folder."""
    from trialfinder.catalogue.opening import snapshot
    from trialfinder.pages.website import build_site

    catalogue = snapshot(_DAY)
    rows = [row for row in catalogue.rows() if row["relevance"] != "off_topic"]
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        build_site(catalogue, rows, site, now=dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC))
        (site / "doctor.html").write_text(_doctors_page(catalogue), encoding="utf-8")
        for name, page, part, width, height in _SHOTS:
            opened = browser.new_page(viewport={"width": width, "height": height})
            opened.emulate_media(media="print" if name in _PRINTED else "screen")
            opened.goto((site / page).as_uri())
            if name in _PRINTED:  # a sheet has a margin
                opened.evaluate("document.body.style.padding = '28px'")
            (opened.locator(part) if part else opened).screenshot(path=images / f"{name}.png")
            opened.close()


def main() -> None:
    """Writes docs/images/*.png."""
    from playwright.sync_api import sync_playwright

    (_HERE / "images").mkdir(exist_ok=True)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        take(browser, _HERE / "images")
        browser.close()


def _doctors_page(catalogue: Catalogue) -> str:
    """The page of one study for the invented person of the README, without that person's facts."""
    from trialfinder.catalogue.near import own_place
    from trialfinder.pages.doctor_page import doctor_page
    from trialfinder.pages.doctor_study import Asker
    from trialfinder.pages.paper_html import page_html
    from trialfinder.person import load

    person = load(_HERE / "example-profile.toml", today=_DAY)
    return page_html(doctor_page(catalogue, "NCT05507697", Asker(person, place=own_place(person))))


if __name__ == "__main__":
    main()
