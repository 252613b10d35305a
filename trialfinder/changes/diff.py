"""What differs between two raw records of one study, value by value and item by item.

The comparison knows nothing of any field: which values are dates, which members name an item of a list, and what is
noise comes from a ``Shape`` (``trialfinder.changes.table`` reads it from ``data/changes.toml``). A path that no shape
knows is compared all the same.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, Protocol

from trialfinder.base.text import one_line
from trialfinder.changes import normal

How = Literal["added", "removed", "changed", "precision"]
MAX_DEPTH = 30


class Shape(Protocol):
    """What the comparison must know of a path such as ``protocolSection.statusModule.startDateStruct.date``."""

    def is_noise(self, path: str) -> bool:
        """Whether nothing below this path is ever news."""

    def is_whole(self, path: str) -> bool:
        """Whether everything below this path is compared as one value."""

    def form(self, path: str) -> str:
        """``date``, ``age``, ``word`` or ``text``."""

    def keys(self, path: str) -> tuple[tuple[str, ...], ...]:
        """Members that name an item of the list at this path, best first; empty: an item is only itself."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``old`` is None for what was added, ``new`` for what was removed."""

    path: str
    """Path in the record, lists as ``[]``: ``protocolSection.contactsLocationsModule.locations[].status``."""
    items: tuple[str, ...]
    """Names of the list items on the way, outermost first: ``("Leeds General Infirmary, Leeds, United Kingdom",)``."""
    how: How
    old: Any
    new: Any
    contexts: tuple[Mapping[str, Any], ...] = ()
    """The list items on the way that are objects, as they are now (as they were when removed)."""

    @property
    def place(self) -> str:
        """Path and items: names what changed inside one study."""
        return f"{self.path} [{' / '.join(self.items)}]" if self.items else self.path


@dataclass(frozen=True, slots=True)
class _At:
    path: str = ""
    items: tuple[str, ...] = ()
    contexts: tuple[Mapping[str, Any], ...] = ()
    depth: int = 0

    def below(self, key: str) -> _At:
        return _At(f"{self.path}.{key}" if self.path else key, self.items, self.contexts, self.depth + 1)

    def inside(self, name: str, item: object) -> _At:
        contexts = (*self.contexts, item) if isinstance(item, Mapping) else self.contexts
        return _At(self.path, (*self.items, name), contexts, self.depth + 1)

    def change(self, how: How, old: Any, new: Any) -> Change:
        return Change(self.path, self.items, how, old, new, self.contexts)


def compare(old: Mapping[str, Any], new: Mapping[str, Any], shape: Shape) -> tuple[Change, ...]:
    """Every difference between two records that is not a matter of order, layout or markup; in the record's order."""
    try:
        return tuple(_compare(old, new, _At(), shape))
    except RecursionError:  # no registry record nests so deeply; say that it changed and go on
        return (Change("", (), "changed", "a record that is nested too deeply to compare", "another one"),)


def _compare(old: Any, new: Any, at: _At, shape: Shape) -> Iterator[Change]:
    # Most of a record is the same to the letter, which Python sees at once (it takes 1 for true: no news either).
    if old == new or shape.is_noise(at.path) or (normal.is_empty(old) and normal.is_empty(new)):
        return
    if shape.is_whole(at.path) or at.depth > MAX_DEPTH:
        yield from _whole(old, new, at)
    elif _both(Mapping, old, new):
        old, new = old or {}, new or {}
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _compare(old.get(key), new.get(key), at.below(str(key)), shape)
    elif _both(list, old, new):
        yield from _lists(old or [], new or [], replace(at, path=at.path + "[]"), shape)
    elif not normal.same(old, new, shape.form(at.path)):
        yield _leaf(old, new, at, shape)


def _both(kind: type, old: object, new: object) -> bool:
    """Both are of the kind, or one is and the other is absent."""
    return any(isinstance(v, kind) for v in (old, new)) and all(v is None or isinstance(v, kind) for v in (old, new))


def _how(old: object, new: object) -> How:
    return "added" if normal.is_empty(old) else "removed" if normal.is_empty(new) else "changed"


def _leaf(old: Any, new: Any, at: _At, shape: Shape) -> Change:
    how = _how(old, new)
    if how == "changed" and shape.form(at.path) == "date" and normal.only_precision(old, new):
        how = "precision"
    return at.change(how, None if how == "added" else old, None if how == "removed" else new)


def _whole(old: Any, new: Any, at: _At) -> Iterator[Change]:
    first, second = (None if normal.is_empty(v) else normal.fingerprint(v) for v in (old, new))
    if first != second:
        yield at.change(_how(first, second), first, second)


def _lists(old: Sequence[Any], new: Sequence[Any], at: _At, shape: Shape) -> Iterator[Change]:
    """Pairs the items by what names them, then compares each pair; what finds no partner was added or removed."""
    keys = shape.keys(at.path)
    old, new = ([item for item in items if not normal.is_empty(item)] for items in (old, new))
    pairs, gone, came = _paired(old, new, keys)
    for before, after in pairs:
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            here = at.inside(_name(after, keys), after)
            for key in [*before, *(key for key in after if key not in before)]:
                yield from _compare(before.get(key), after.get(key), here.below(str(key)), shape)
    for item in gone:
        yield at.inside(_name(item, keys), item).change("removed", item, None)
    for item in came:
        yield at.inside(_name(item, keys), item).change("added", None, item)


def _paired(
    old: Sequence[Any], new: Sequence[Any], keys: Sequence[Sequence[str]]
) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """The pairs, what is left of the old items and of the new ones.

    Same items first, whatever their order; then by the best key, where several items share a name in their order;
    by the further keys (a site whose hospital was renamed) only when exactly one item is left on either side.
    """
    if not keys:
        return _by_key(_distinct(old), _distinct(new), normal.word, once=False)
    pairs, gone, came = _by_key(old, new, _exact, once=False)
    more, gone, came = _by_key(gone, came, normal.canonical, once=False)
    pairs += more
    for rank, members in enumerate(keys):
        more, gone, came = _by_key(gone, came, partial(_key, members=members), once=rank > 0)
        pairs += more
    return pairs, gone, came


def _by_key(
    old: Sequence[Any], new: Sequence[Any], key: Callable[[Any], str], *, once: bool
) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for index, item in enumerate(new):
        waiting[key(item)].append(index)
    names = [key(item) for item in old]
    counts = Counter(names)
    pairs, gone, taken = [], [], set()
    for item, name in zip(old, names, strict=True):
        partners = waiting[name]
        if name and partners and not (once and (len(partners) > 1 or counts[name] > 1)):
            taken.add(partners[0])
            pairs.append((item, new[partners.popleft()]))
        else:
            gone.append(item)
    return pairs, gone, [item for index, item in enumerate(new) if index not in taken]


def _exact(item: object) -> str:
    """The item to the letter; most items of a list have not changed at all."""
    return json.dumps(item, sort_keys=True)


def _distinct(items: Sequence[Any]) -> list[Any]:
    """A word that stands twice in a list says no more than once."""
    return [item for name, item in {normal.word(item): item for item in items}.items() if name]


def _key(item: object, members: Sequence[str]) -> str:
    if not isinstance(item, Mapping):
        return normal.word(item)
    parts = [normal.word(item[m]) if not normal.is_empty(item.get(m)) else "" for m in members]
    return "\n".join(parts) if any(parts) else ""


def _name(item: object, keys: Sequence[Sequence[str]]) -> str:
    if not isinstance(item, Mapping):
        return one_line(item) if isinstance(item, str) else normal.canonical(item)
    parts = [one_line(str(item[m])) for m in (keys[0] if keys else ()) if not normal.is_empty(item.get(m))]
    return ", ".join(parts) or normal.canonical(item)
