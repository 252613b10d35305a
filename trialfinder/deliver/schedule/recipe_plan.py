"""What every recipe says in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_FOR_SENDING = ("TRIALFINDER_SMTP_", "TRIALFINDER_WEBHOOK_")
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

    def environment_of(self, job: Job) -> dict[str, str]:
        """What one job is to know: how mail and web addresses are reached only that which sends to them."""
        sends = job.name == "digest"
        return {name: value for name, value in self.environment.items() if sends or not name.startswith(_FOR_SENDING)}

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader of the recipe is to see at once, one line each."""
        return (f"registry: {self.api_url}, not the usual one",) if self.api_url else ()
