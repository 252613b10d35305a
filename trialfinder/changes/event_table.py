"""Reads ``data/changes.toml``: what a change is called, how much it matters, and in which words it is told."""

from __future__ import annotations

import functools
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import msgspec

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.base.typed_data import DataRow, typed, unknown
from trialfinder.changes import normal
from trialfinder.changes.diff import Change, How

Severity = Literal["critical", "important", "normal", "minor"]
Form = Literal["date", "age", "status", "code", "phase", "flag", "count", "word", "text", "criteria"]
CriteriaSort = Literal["limit", "moved", "added", "removed", "reworded", "layout"]
SEVERITIES: tuple[Severity, ...] = ("critical", "important", "normal", "minor")
PLACEHOLDERS = frozenset({
    "label", "old", "new", "where", "item", "name", "member", "reason", "known", "status", "search", "citation",
    "doubt",
})  # fmt: skip
#: The registry's placeholder for a number of people that is not known.
UNKNOWN_COUNT = 99_999_999
_NAMES = frozenset({"date", "uploadDate"})


class Template(str):
    """Words with placeholders in braces, such as ``{label} changed from {old} to {new}``."""

    __slots__ = ()

    @classmethod
    def from_data(cls, value: object) -> Template:
        """The words of a data file; raises ValueError for no text, or for a placeholder that nothing fills."""
        if not isinstance(value, str):
            raise ValueError(f"must be text, not {value!r}")  # noqa: TRY004 # the loader tells ValueErrors
        for _, name, _, _ in string.Formatter().parse(value):
            if name is not None and name not in PLACEHOLDERS:
                raise ValueError(unknown("placeholder", name, PLACEHOLDERS))
        return cls(value)


class EventCase(DataRow, frozen=True):
    """Tells some changes of a row in other words; every condition that is given must hold."""

    words: Template
    """How the change is told."""
    from_: tuple[Any, ...] = msgspec.field(name="from", default=())
    """The value before is one of these."""
    to: tuple[Any, ...] = ()
    """The value after is one of these."""
    how: How | None = None
    """What happened to the field."""
    moved: Literal["raised", "lowered", "later", "earlier"] | None = None
    """Which way a number, an age or a date went."""
    kind: str | None = None
    """Instead of the row's."""
    severity: Severity | None = None
    """Instead of the row's."""
    beside: dict[str, Any] = msgspec.field(default_factory=dict)
    """Values after of the paths that the row takes: they changed to these at the same time."""
    example: tuple[Any, ...] = ()
    """Value before, value after, and the words that they must give; run as a test."""

    def fits(self, change: Change, row: EventRow, taken: Mapping[str, Any]) -> bool:
        """Whether this case is the one for the change; ``taken`` are the new values told with it, by path."""
        old, new = row.deciding(change.old), row.deciding(change.new)
        return (
            (self.how is None or self.how == change.how)
            and all(path in taken and taken[path] == value for path, value in self.beside.items())
            and (not self.from_ or old in self.from_)
            and (not self.to or new in self.to)
            and (self.moved is None or self.moved == _moved(old, new, row.form))
        )


class Telling(DataRow, frozen=True):
    """How the changes of a field are told when its row says nothing else."""

    label: str
    """What the field is called."""
    kind: str
    """What such a change is called; ``--kind`` and the exports use it."""
    severity: Severity
    """How much it matters."""
    form: Form = "text"
    """What the values are."""
    changed: Template | None = None
    """Told when the value became another."""
    added: Template | None = None
    """Told when it was not stated before."""
    removed: Template | None = None
    """Told when it is no longer stated."""
    precision: Template | None = None
    """Told when a date became more or less exact."""


class EventRow(Telling, frozen=True, kw_only=True):
    """How the changes of one field are told. What it leaves out is taken from ``[default]``."""

    path: str
    """The field, or with ``.*`` everything below it."""
    field: str
    """The column of the table of events."""
    none: str = "not stated"
    """How a value that is not there is told."""
    whole: bool = False
    """All below the path is one value."""
    takes: tuple[str, ...] = ()
    """Paths that are told with this one."""
    member: str = ""
    """The member of an item that the cases look at."""
    case: tuple[EventCase, ...] = ()
    """Changes that are told in other words; the first that fits."""
    yes: tuple[str, ...] = ()
    """Paths that the row tells."""
    no: tuple[str, ...] = ()
    """Paths that it does not tell."""

    def deciding(self, value: Any) -> Any:
        """What the conditions of the cases look at: the value, or one member of an item."""
        if self.member and isinstance(value, Mapping):
            value = value.get(self.member)
        return value if isinstance(value, str | int | float) else None

    def case_of(self, change: Change, taken: Mapping[str, Any] | None = None) -> EventCase:
        """The first case that fits, or the row's own words."""
        for case in self.case:
            if case.fits(change, self, taken or {}):
                return case
        return EventCase(getattr(self, change.how))


class Closing(DataRow, frozen=True):
    """What the registry drops by itself when a study closes."""

    trigger: str
    """The path whose change closes it."""
    to: tuple[str, ...]
    """The values that close it."""
    removed: tuple[str, ...]
    """Paths that are dropped with it, and not told apart."""


class StudyTelling(DataRow, frozen=True):
    """What happens to a whole study."""

    severity: Severity
    """How much it matters."""
    words: Template
    """How it is told."""
    doubted: Template | None = None
    """How it is told where it is unsure whether the study can be joined."""


class CriteriaTelling(DataRow, frozen=True):
    """The text of the criteria, compared criterion by criterion."""

    severity: dict[CriteriaSort, Severity]
    """How much each sort of difference matters."""


class Noise(DataRow, frozen=True):
    """What is never news."""

    paths: frozenset[str] = frozenset()
    """These move without the study changing."""


class Same(DataRow, frozen=True):
    """Words that mean the same wherever they stand alone."""

    words: tuple[tuple[str, ...], ...] = ()
    """Lists of such words."""


class ChangesFile(DataRow, frozen=True):
    """``data/changes.toml``."""

    version: int
    """Raised when the form of the file changes."""
    default: Telling
    """Tells what no row names."""
    criteria: CriteriaTelling
    """The text of the criteria."""
    noise: Noise = Noise()
    """What is never news."""
    same: Same = Same()
    """What was only renamed."""
    keys: dict[str, tuple[tuple[str, ...], ...]] = msgspec.field(default_factory=dict)
    """What names an item of a list, by the path of the list."""
    study: dict[str, StudyTelling] = msgspec.field(default_factory=dict)
    """What happens to a whole study."""
    row: tuple[EventRow, ...] = ()
    """One field each."""
    closing: tuple[Closing, ...] = ()
    """What closes with a study."""


@dataclass(frozen=True)
class EventTable:
    """The whole file, for use. Implements ``diff.Shape``."""

    rows: tuple[EventRow, ...]
    default: EventRow
    noise: frozenset[str]
    list_keys: Mapping[str, tuple[tuple[str, ...], ...]]
    study: Mapping[str, StudyTelling]
    closings: tuple[Closing, ...]
    criteria_severity: Mapping[str, Severity]
    version: str
    same: tuple[frozenset[str], ...] = ()
    _found: dict[str, EventRow] = field(default_factory=dict, repr=False, compare=False)

    def row(self, path: str) -> EventRow:
        """The row that tells changes at this path: its own, else that of the nearest branch, else the default."""
        if path not in self._found:
            exact = [row for row in self.rows if row.path == path]
            above = [row for row in self.rows if row.path.endswith(".*") and _is_below(path, row.path[:-2])]
            self._found[path] = max(exact or above or [self.default], key=lambda row: len(row.path))
        return self._found[path]

    def is_noise(self, path: str) -> bool:
        """Whether this path is listed under ``[noise]``."""
        return path in self.noise

    def is_renaming(self, old: object, new: object) -> bool:
        """Whether one word only took the place of another that means the same."""
        return isinstance(old, str) and isinstance(new, str) and any({old, new} <= group for group in self.same)

    def is_whole(self, path: str) -> bool:
        """Whether all below this path is one value."""
        return self.row(path).whole

    def form(self, path: str) -> str:
        """The form of the values at this path; a path that says date is one, whatever its row."""
        name = path.rsplit(".", 1)[-1]
        return "date" if name in _NAMES or name.endswith("Date") else self.row(path).form

    def keys(self, path: str) -> tuple[tuple[str, ...], ...]:
        """The keys of the list at this path."""
        return self.list_keys.get(path, ())


def _is_below(path: str, branch: str) -> bool:
    return path.startswith(branch) and path[len(branch) : len(branch) + 1] in ("", ".", "[")


def _moved(old: object, new: object, form: str) -> str | None:
    """``raised``, ``lowered``, ``later`` or ``earlier``; None when the two cannot be put in order."""
    first, second = (_place(value, form) for value in (old, new))
    if first is None or second is None or first == second:
        return None
    up, down = ("later", "earlier") if form == "date" else ("raised", "lowered")
    return up if second > first else down


def _place(value: object, form: str) -> float | None:
    if form == "date":
        found = normal.date(value)
        return found.earliest().toordinal() if found else None
    if form == "age":
        limit = normal.age(value)
        return limit.years if limit else None
    if isinstance(value, bool) or not isinstance(value, int | float) or value == UNKNOWN_COUNT:
        return None
    return float(value)


@functools.cache
def load(path: Path | None = None) -> EventTable:
    """The table of ``data/changes.toml`` (or of another file), checked.

    Raises:
        InputError: a key, severity, form or placeholder that is not known; names the file, the line and the row.
    """
    path = path or data_dir("changes.toml")
    data = load_toml(path)
    file = typed(data, ChangesFile, path)
    criteria: dict[str, Severity] = {str(sort): severity for sort, severity in file.criteria.severity.items()}
    told = {name: getattr(file.default, name) for name in Telling.__struct_fields__}
    return EventTable(
        tuple(_with_default(row, told) for row in file.row), EventRow(path="", field="", **told), file.noise.paths,
        file.keys, file.study, file.closing, criteria, normal.fingerprint(data), tuple(map(frozenset, file.same.words)),
    )  # fmt: skip


def _with_default(row: EventRow, told: Mapping[str, Any]) -> EventRow:
    missing = {name: value for name, value in told.items() if getattr(row, name) is None}
    return msgspec.structs.replace(row, **missing)
