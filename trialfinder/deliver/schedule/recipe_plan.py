"""What every recipe says in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Job:
    """One command and when it runs: every day, or on one ``weekday`` (0 = Monday), local time."""

    name: str
    words: str
    argv: tuple[str, ...]
    hour: int
    minute: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What every recipe says in its own way."""

    jobs: tuple[Job, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    log: str = ""
    api_url: str = ""
    language: str = "en"
