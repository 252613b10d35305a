"""Last week's page is kept, and the newest names it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from trialfinder.deliver.digest_file import write_page
from trialfinder.errors import InputError
from trialfinder.tables.own_files import OwnFiles

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


OURS = {
    "news.html": "<!DOCTYPE html>\n<h1>News of 1 study</h1>\n<p>Seen up to 2026-11-13 08:00 UTC</p>\n"
    '<a href="https://clinicaltrials.gov/study/NCT90000001">A study</a>\n<p>Tom rang</p>\n',
    "news.md": "# News of 1 study\n\nSeen up to 2026-11-13 08:00 UTC\n\n"
    "## [NCT90000001](https://clinicaltrials.gov/study/NCT90000001)\n\nTom rang\n",
    "news": "News of 1 study\nSeen up to 2026-11-13 08:00 UTC\n\n"
    "  https://clinicaltrials.gov/study/NCT90000001\n\nTom rang",
}


@pytest.mark.parametrize("name", OURS)
def test_what_an_older_version_wrote_gives_way_and_is_not_lost(tmp_path: Path, name: str) -> None:
    """Nobody remembers whether somebody wrote into it."""
    told: list[str] = []
    path = tmp_path / name
    path.write_text(OURS[name], encoding="utf-8")
    write_page(path, "new\n", DAY, OwnFiles(tell=told.append))
    (kept,) = tmp_path.glob("*before*")
    assert kept.read_text(encoding="utf-8") == OURS[name]
    assert path.read_text(encoding="utf-8") == "new\n"
    assert told == [
        f"{path}: what stood there is trialfinder's; whether it was changed is unknown, so it is now {kept.name}"
    ]
    write_page(path, "newer\n", DAY, OwnFiles(tell=told.append))
    assert len(told) == len(list(tmp_path.glob("*before*"))) == 1


@pytest.mark.parametrize("name", ["news.html", "news.md", "news"])
def test_what_another_made_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="was not made by trialfinder"):
        write_page(tmp_path / name, "new\n", DAY)
    assert names(tmp_path) == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    write_page(tmp_path / name, "new\n", DAY, OwnFiles(force=True))
    assert (tmp_path / name).read_text(encoding="utf-8") == "new\n"
