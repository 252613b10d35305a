"""Last week's page is kept, and the newest names it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from trialfinder.deliver.digest_file import write_page

DAY = dt.date(2026, 11, 13)
PAGE = "<html><body>{}</body></html>\n"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_page_is_kept_under_its_day_and_named_in_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "news.html"
    for week in range(3):
        write_page(path, PAGE.format(f"week {week}"), DAY + dt.timedelta(days=7 * week))
    assert names(tmp_path) == ["news-2026-11-13.html", "news-2026-11-20.html", "news-2026-11-27.html", "news.html"]
    assert (tmp_path / "news-2026-11-13.html").read_text() == PAGE.format("week 0")
    newest = path.read_text()
    assert "week 2" in newest
    assert newest.index("news-2026-11-20.html") < newest.index("news-2026-11-13.html")
    assert "2026-11-27" not in newest


def test_two_of_one_day_are_both_kept(tmp_path: Path) -> None:
    for text in ("one", "two"):
        write_page(tmp_path / "news.txt", text + "\n", DAY)
    assert names(tmp_path) == ["news-2026-11-13-2.txt", "news-2026-11-13.txt", "news.txt"]
    assert (tmp_path / "news.txt").read_text() == "two\n\nEarlier:\n  news-2026-11-13.txt\n"


@pytest.mark.parametrize("name", ["news.html", "news.md", "news"])
def test_what_stood_there_before_is_not_lost(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    write_page(tmp_path / name, "new\n", DAY)
    (kept,) = [path for path in tmp_path.iterdir() if "before" in path.name]
    assert kept.read_text() == "mine"
    assert (tmp_path / name).read_text().startswith("new")
