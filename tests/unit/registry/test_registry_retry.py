"""When to ask again, and after how long."""

from __future__ import annotations

import pytest

from trialfinder.registry.retry import Retry, retry_after

NOW = 1_795_000_000.0  # 2026-11-18T11:06:40Z


def no_luck() -> float:
    return 1.0


def test_waits_double_up_to_the_limit() -> None:
    retry = Retry(first_wait=1, longest_wait=5)
    assert [retry.wait(tries, None, no_luck) for tries in (1, 2, 3, 4)] == [1, 2, 4, 5]


def test_chance_takes_half_of_a_wait_at_most() -> None:
    assert Retry(first_wait=4).wait(1, None, lambda: 0.0) == 2


def test_what_the_registry_asks_for_is_never_shortened() -> None:
    assert Retry(longest_wait=5).wait(1, 60.0, lambda: 0.0) == 60


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": " 0 "}, 0),
        ({"retry-after": "Wed, 18 Nov 2026 11:07:10 GMT"}, 30),
        ({"retry-after": "Wed, 18 Nov 2026 11:00:00 GMT"}, 0),
        # This machine's clock is wrong by years; the answer's own Date counts.
        ({"retry-after": "Mon, 01 Jan 2024 00:00:20 GMT", "date": "Mon, 01 Jan 2024 00:00:00 GMT"}, 20),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": "9" * 400}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, NOW) == seconds
