"""Reads ``data/changes.toml``: what a change is called, how much it matters, and in which words it is told."""

from __future__ import annotations

import functools
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.base.suggest import nearest
from trialfinder.changes import normal
from trialfinder.changes.diff import Change
from trialfinder.errors import InputError

SEVERITIES = ("critical", "important", "normal", "minor")
FORMS = frozenset({"date", "age", "status", "code", "phase", "flag", "count", "word", "text", "criteria"})
PLACEHOLDERS = frozenset(
    ["label", "old", "new", "where", "item", "name", "member", "reason", "known", "status", "search", "citation"]
)
CRITERIA_SORTS = ("limit", "moved", "added", "removed", "reworded", "layout")
#: The registry's placeholder for a number of people that is not known.
UNKNOWN_COUNT = 99_999_999
_HOWS = ("changed", "added", "removed", "precision")
_MOVED = ("raised", "lowered", "later", "earlier")
_TOP = frozenset({"version", "noise", "keys", "default", "study", "row", "closing", "criteria"})
_ROW = frozenset({"path", "field", "label", "kind", "severity", "form", "none", "whole", "takes", "member", "yes", "no",
                  "case", *_HOWS})  # fmt: skip
_CASE = frozenset({"from", "to", "how", "moved", "kind", "severity", "words", "example"})
_NAMES = frozenset({"date", "uploadDate"})


@dataclass(frozen=True, slots=True)
class Case:
    """Tells some changes of a row in other words; every condition that is given must hold."""

    words: str
    from_: tuple[Any, ...] = ()
    to: tuple[Any, ...] = ()
    how: str | None = None
    moved: str | None = None
    kind: str | None = None
    severity: str | None = None
    example: tuple[Any, ...] = ()

    def fits(self, change: Change, row: Row) -> bool:
        """Whether this case is the one for the change."""
        old, new = row.deciding(change.old), row.deciding(change.new)
        return (
            (self.how is None or self.how == change.how)
            and (not self.from_ or old in self.from_)
            and (not self.to or new in self.to)
            and (self.moved is None or self.moved == _moved(old, new, row.form))
        )


@dataclass(frozen=True, slots=True)
class Row:
    """How the changes of one field are told."""

    path: str
    field: str
    label: str
    kind: str
    severity: str
    form: str
    words: Mapping[str, str]
    none: str = "not stated"
    whole: bool = False
    takes: tuple[str, ...] = ()
    member: str = ""
    cases: tuple[Case, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    def deciding(self, value: Any) -> Any:
        """What the conditions of the cases look at: the value, or one member of an item."""
        if self.member and isinstance(value, Mapping):
            value = value.get(self.member)
        return value if isinstance(value, str | int | float) else None

    def case_of(self, change: Change) -> Case:
        """The first case that fits, or the row's own words."""
        for case in self.cases:
            if case.fits(change, self):
                return case
        return Case(self.words[change.how])


@dataclass(frozen=True, slots=True)
class Closing:
    """What the registry drops by itself when a study closes."""

    trigger: str
    to: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The whole file. Implements ``diff.Shape``. Raises InputError while reading when something is wrong."""

    rows: tuple[Row, ...]
    default: Row
    noise: frozenset[str]
    list_keys: Mapping[str, tuple[tuple[str, ...], ...]]
    study: Mapping[str, tuple[str, str]]
    closings: tuple[Closing, ...]
    criteria_severity: Mapping[str, str]
    version: str
    _found: dict[str, Row] = field(default_factory=dict, repr=False, compare=False)

    def row(self, path: str) -> Row:
        """The row that tells changes at this path: its own, else that of the nearest branch, else the default."""
        if path not in self._found:
            exact = [row for row in self.rows if row.path == path]
            above = [row for row in self.rows if row.path.endswith(".*") and _is_below(path, row.path[:-2])]
            self._found[path] = max(exact or above or [self.default], key=lambda row: len(row.path))
        return self._found[path]

    def is_noise(self, path: str) -> bool:
        """Whether this path is listed under ``[noise]``."""
        return path in self.noise

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
def load(path: Path | None = None) -> Table:
    """The table of ``data/changes.toml`` (or of another file), checked.

    Raises:
        InputError: a key, severity, form or placeholder that is not known; names the file and the row.
    """
    path = path or data_dir("changes.toml")
    data = load_toml(path)
    where = str(path)
    _known(data, _TOP, where, "key")
    default = _read_row({"path": "", "field": "", **data["default"]}, None, f"{where}, [default]")
    rows = tuple(_read_row(raw, default, f"{where}, row {raw.get('path', '?')}") for raw in data.get("row", ()))
    study = {kind: (_severity(raw, f"{where}, [study.{kind}]"), _words(raw["words"], f"{where}, [study.{kind}]"))
             for kind, raw in data.get("study", {}).items()}  # fmt: skip
    closings = tuple(Closing(c["trigger"], tuple(c["to"]), tuple(c["removed"])) for c in data.get("closing", ()))
    keys = {name: tuple(tuple(key) for key in found) for name, found in data.get("keys", {}).items()}
    noise = frozenset(data.get("noise", {}).get("paths", ()))
    criteria = data.get("criteria", {})
    for sort, severity in criteria.get("severity", {}).items():
        _one_of(sort, CRITERIA_SORTS, f"{where}, [criteria.severity]", "key")
        _one_of(severity, SEVERITIES, f"{where}, [criteria.severity]", "severity")
    return Table(
        rows, default, noise, keys, study, closings, criteria.get("severity", {}),
        normal.fingerprint(data),
    )  # fmt: skip


def _read_row(raw: Mapping[str, Any], default: Row | None, where: str) -> Row:
    _known(raw, _ROW, where, "key")
    words = {how: _words(raw[how], where) if how in raw else default.words[how] if default else "" for how in _HOWS}
    form = raw.get("form", default.form if default else "text")
    _one_of(form, FORMS, where, "form")
    return Row(
        path=raw["path"], field=raw["field"], label=raw["label"], kind=raw["kind"], severity=_severity(raw, where),
        form=form, words=words, none=raw.get("none", "not stated"), whole=raw.get("whole", False),
        takes=tuple(raw.get("takes", ())), member=raw.get("member", ""), yes=tuple(raw.get("yes", ())),
        no=tuple(raw.get("no", ())), cases=tuple(_read_case(case, where) for case in raw.get("case", ())),
    )  # fmt: skip


def _read_case(raw: Mapping[str, Any], where: str) -> Case:
    _known(raw, _CASE, where, "key")
    if "severity" in raw:
        _severity(raw, where)
    if raw.get("how") is not None:
        _one_of(raw["how"], _HOWS, where, "how")
    if raw.get("moved") is not None:
        _one_of(raw["moved"], _MOVED, where, "moved")
    return Case(
        _words(raw["words"], where), tuple(raw.get("from", ())), tuple(raw.get("to", ())), raw.get("how"),
        raw.get("moved"), raw.get("kind"), raw.get("severity"), tuple(raw.get("example", ())),
    )  # fmt: skip


def _severity(raw: Mapping[str, Any], where: str) -> str:
    found = str(raw.get("severity"))
    _one_of(found, SEVERITIES, where, "severity")
    return found


def _words(template: str, where: str) -> str:
    names = (name for _, name, _, _ in string.Formatter().parse(template) if name is not None)
    for name in names:
        _one_of(name, PLACEHOLDERS, where, "placeholder")
    return template


def _known(raw: Mapping[str, Any], known: Iterable[str], where: str, what: str) -> None:
    for name in raw:
        _one_of(name, known, where, what)


def _one_of(name: str, known: Iterable[str], where: str, what: str) -> None:
    if name in known:
        return
    close = nearest(name, known)
    hint = f"did you mean {close!r}?" if close else f"known: {', '.join(sorted(known))}"
    raise InputError(f"{where}: unknown {what} {name!r}; {hint}")
