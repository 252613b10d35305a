"""What can go wrong, and the exit code that says so. Standard library only.

    TrialfinderError
    ├── InputError (ValueError)         2  an option, a file of yours, a saved search or a pattern file is wrong
    ├── StudyNotFound (LookupError)     3  the registry answered: there is no such study
    ├── RegistryUnavailable             4  could not ask: time-out, 429, 5xx, HTML in place of JSON (was retried)
    │   └── RegistryBlocked             4  403: the registry's front door refuses this program or network (not retried)
    ├── RegistryRefused                 5  asked, and the registry rejected the question; its own words included
    ├── RecordError                     6  one record is not in the promised shape; the run goes on without it
    ├── StoreError                      7  the store is locked, damaged, or newer than this program
    │   └── StoreUnwritable             7  it, or its folder, cannot be written to (no right, no room)
    ├── ExpectationFailed               8  a refresh returned something that cannot be believed; store unchanged
    ├── AlreadyRunning                  9  another refresh holds the lock
    ├── OutOfTime                      10  --max-time was reached; store unchanged
    └── DeliveryFailed                 11  a digest could not be delivered; it is tried again next time

Each message has the fact, the place and the way out, on one line. Any other exception that reaches the user is a
bug of ours. No type of httpx, sqlite3 or pandas leaves the module that uses it, and no value of a person's profile
is ever put into a message.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class TrialfinderError(Exception):
    """Base of everything this package raises on purpose.

    ``suggestions`` are commands or spellings that the user can paste, best first; empty when there is none.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.suggestions = tuple(suggestions)

    def with_ways_out(self) -> str:
        """The message and, behind it, the commands that it does not name: for a place of one line, such as a log."""
        missing = [f"`{each}`" for each in self.suggestions if f"`{each}`" not in str(self)]
        told = str(self).rstrip(".")
        return f"{told}. Ways out: {'; '.join(missing)}" if missing else str(self)


class InputError(TrialfinderError, ValueError):
    """An option, a file, a saved search, a profile or a pattern file is wrong."""

    exit_code = 2


class StudyNotFound(TrialfinderError, LookupError):
    """The registry answered that there is no such study."""

    exit_code = 3


class RegistryUnavailable(TrialfinderError):
    """The registry could not be asked. This never means that there are no studies."""

    exit_code = 4


class RegistryBlocked(RegistryUnavailable):
    """The registry's front door answered 403 to this program or network."""


class RegistryRefused(TrialfinderError):
    """The registry understood and rejected the question."""

    exit_code = 5


class RecordError(TrialfinderError):
    """A record is not in the promised shape; names the study and the path inside the record."""

    exit_code = 6


class StoreError(TrialfinderError):
    """The store cannot be used: locked, damaged, unwritable, or written by a newer version."""

    exit_code = 7


class StoreUnwritable(StoreError):
    """The store, or its folder, cannot be written to (no right, or no room); what is in it can still be read."""


class ExpectationFailed(TrialfinderError):
    """A refresh returned something that cannot be believed; the store is as it was."""

    exit_code = 8


class AlreadyRunning(TrialfinderError):
    """Another refresh of the same store is running."""

    exit_code = 9


class OutOfTime(TrialfinderError):
    """The time limit of the whole run was reached; the store is as it was."""

    exit_code = 10


class DeliveryFailed(TrialfinderError):
    """A digest could not be delivered to one of its destinations."""

    exit_code = 11
