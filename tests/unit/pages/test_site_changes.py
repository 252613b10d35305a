"""What the page of news says where there are none."""

from __future__ import annotations

import datetime as dt

import pytest

from trialfinder.pages.site_changes import none_words

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Nothing changed since this list began on November 20, 2026; what was before is not known here."),
        (181, "Nothing changed since this list began on May 23, 2026; what was before is not known here."),
        (183, "Nothing changed in the last half year."),
        (None, "Nothing changed in the last half year."),
    ],
)
def test_no_news_is_said_of_no_longer_than_what_was_seen(days: int | None, said: str) -> None:
    first = None if days is None else NOW - dt.timedelta(days=days)
    assert none_words(first, NOW, "en") == said
