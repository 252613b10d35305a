"""What a run has found and what the store knew before it; plain values between `writing` and `apply`."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class Seen(enum.Enum):
    """What a record is to the store."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    AGAIN = "again"  # came already in this run; the first copy counts
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Known:
    """What the store has of a study; ``last_refresh`` is the last run that saw this version."""

    version_id: int
    hash: str
    update_posted: str | None
    last_refresh: int


@dataclass(slots=True)
class Collected:
    """What a run has found so far; texts of new versions are not here but in the temporary file."""

    records: dict[str, str] = field(default_factory=dict)  # nct_id -> hash, in the promised shape
    odd: dict[str, str] = field(default_factory=dict)  # nct_id of a record set aside -> reason
    listed: dict[str, set[str]] = field(default_factory=dict)  # search -> nct_ids
    left: dict[str, set[str]] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)  # nct_id -> reason
    staged: dict[str, Seen] = field(default_factory=dict)  # nct_id -> ADDED or CHANGED


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a run did, NCT IDs sorted.

    ``left`` are no longer found by some search and ``gone`` no longer in the registry; ``came_back`` had been one or
    the other. ``unchanged`` and ``set_aside`` are numbers.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    gone: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    came_back: tuple[str, ...] = ()
    set_aside: int = 0

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "gone": len(self.gone),
            "left": len(self.left),
            "came_back": len(self.came_back),
            "set_aside": self.set_aside,
        }
