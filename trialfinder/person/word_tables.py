"""Loads the tables that judging rests on: kinds of neuropathy, and other causes of one."""

from __future__ import annotations

import functools

import msgspec

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load, mistake, unknown
from trialfinder.phrases.guards import Guard


class Kind(DataRow, frozen=True):
    """One kind of neuropathy."""

    id: str
    """As in the catalogue of patterns."""
    label: str
    """In plain words."""
    cause: bool
    """The kind names a cause: two kinds with different causes are different illnesses."""
    peripheral: bool
    """Plainly meant by "peripheral neuropathy"."""
    disease: bool
    """A disease of the nerves in its own right."""
    may_be: frozenset[str]
    """Other kinds that the same neuropathy can also be; taken both ways."""
    words: Guard
    """The kind or its cause, as it stands after "due to", "caused by", "other than"."""
    yes: tuple[str, ...]
    """Words that name the kind."""
    no: tuple[str, ...]
    """Words that do not."""


class RareCauses(DataRow, frozen=True):
    """Causes of neuropathy that none of the kinds stands for."""

    words: Guard
    """Any of them."""
    yes: tuple[str, ...]
    """Words that name one."""
    no: tuple[str, ...]
    """Words that do not."""


class NeuropathyTypes(DataRow, frozen=True):
    """``data/terms/neuropathy_types.toml``."""

    type: tuple[Kind, ...]
    """The kinds."""
    rare: RareCauses
    """Other causes."""


@functools.cache
def _types() -> NeuropathyTypes:
    return load(data_dir("terms", "neuropathy_types.toml"), NeuropathyTypes)


@functools.cache
def kinds() -> dict[str, Kind]:
    """All kinds of neuropathy by id, with ``may_be`` taken both ways.

    Raises:
        InputError: the file is wrong.
    """
    rows = {row.id: row for row in _types().type}
    found = {}
    for number, row in enumerate(rows.values()):
        for other in row.may_be - rows.keys():
            place = data_dir("terms", "neuropathy_types.toml")
            raise mistake(place, ("type", number, "may_be"), f"{row.id}: {unknown('type', other, rows)}")
        also = row.may_be | {other.id for other in rows.values() if row.id in other.may_be}
        found[row.id] = msgspec.structs.replace(row, may_be=also)
    return found


@functools.cache
def rare_causes() -> Guard:
    """Causes of neuropathy that none of the kinds stands for."""
    return _types().rare.words
