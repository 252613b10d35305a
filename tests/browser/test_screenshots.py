"""The pictures of the README: taken anew, small enough, and still what the program shows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
SHOTS = ["doctor-page", "site-map", "site-start", "site-study", "site-timeline"]
#: Pictures are compared at this size in grey: letters of another font differ by little, another page by much.
SIZE, MOST = (60, 60), 9.0


@pytest.fixture(scope="session")
def taken(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    sys.path.insert(0, str(ROOT / "docs"))
    from screenshots import take  # type: ignore[import-not-found] # a script beside the package

    folder = tmp_path_factory.mktemp("shots")
    take(browser, folder)
    return folder


def test_the_readme_shows_each_of_them(taken: Path) -> None:
    assert sorted(path.stem for path in taken.iterdir()) == SHOTS
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in SHOTS if f"docs/images/{name}.png" not in readme] == []


@pytest.mark.parametrize("name", SHOTS)
def test_a_picture_shows_what_the_program_shows(taken: Path, name: str) -> None:
    made, kept = taken / f"{name}.png", ROOT / "docs" / "images" / f"{name}.png"
    assert max(made.stat().st_size, kept.stat().st_size) <= 300_000
    assert difference(made, kept) < MOST, "run: python docs/screenshots.py"


def test_another_page_is_another_picture(taken: Path) -> None:
    assert difference(taken / "site-start.png", taken / "site-study.png") > MOST
    assert difference(taken / "doctor-page.png", taken / "site-study.png") > MOST


def difference(one: Path, other: Path) -> float:
    """How far the grey of two pictures is apart on the average, 0 to 255."""
    image = pytest.importorskip("PIL.Image", reason="pip install 'trialfinder[browser]'")
    first, second = (bytes(image.open(path).convert("L").resize(SIZE).tobytes()) for path in (one, other))
    return sum(abs(a - b) for a, b in zip(first, second, strict=True)) / float(len(first))
