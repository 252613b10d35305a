"""What a refresh did, for a person and for a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trialfinder.store import RunOutcome, SearchRun


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """The outcome of one run that was kept.

    Attributes:
        refresh_id: of the run in the store.
        kind: ``full``, ``incremental`` or ``unchanged``.
        data_timestamp: the registry's, as it wrote it.
        outcome: which studies are new, changed, gone, left the results or came back.
        set_aside: reasons by NCT ID (or a stand-in) for records not in the promised shape.
        requests: how many were sent.
        warnings: what is odd but believed, one line each.
        searches: how each search was asked and how many studies it found.
        seconds: how long it took.
    """

    refresh_id: int
    kind: str
    data_timestamp: str
    outcome: RunOutcome
    set_aside: Mapping[str, str]
    requests: int
    warnings: tuple[str, ...]
    searches: tuple[SearchRun, ...]
    seconds: float

    @property
    def nothing_happened(self) -> bool:
        """Whether no study is new, changed, gone, left or back."""
        happened = self.outcome
        return not (happened.added or happened.changed or happened.gone or happened.left or happened.came_back)

    def summary(self) -> str:
        """One line: what happened, and what it cost."""
        words = [
            f"{len(ids)} {name}"
            for name, ids in (
                ("new", self.outcome.added),
                ("changed", self.outcome.changed),
                ("gone", self.outcome.gone),
                ("left the results", self.outcome.left),
                ("came back", self.outcome.came_back),
            )
            if ids
        ]
        if self.set_aside:
            words.append(f"{len(self.set_aside)} set aside")
        happened = ", ".join(words) or "nothing new"
        requests = f"{self.requests} request{'' if self.requests == 1 else 's'}"
        return f"{happened}; registry data of {self.data_timestamp}; {self.kind}, {requests}, {self.seconds:.1f} s"
