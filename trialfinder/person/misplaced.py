"""Where in a profile file belongs what stands outside of every known table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialfinder.base.suggest import nearest, slip_of
from trialfinder.person.profile_schema import belongs_below, section_of, spellings


def outside(name: str, content: object, tables: Sequence[str]) -> str:
    """The nearest right place of a key or table that is unknown, as the end of a message.

    That of a key stands below its table; where no table is like the name, all are named, and those of its keys. No
    value is repeated.
    """
    if here := belongs_below(name):
        return here
    if not isinstance(content, Mapping):
        keys = {key.partition(".")[2]: key for key in reversed(spellings())}
        if near := slip_of(name, keys) or nearest(name, keys):
            return f"; nearest: {keys[near]}, on a line below [{keys[near].partition('.')[0]}]"
    elif near := nearest(name, tables):
        return f"; nearest: [{near}]"
    homes = dict.fromkeys(
        f"{key} below [{home}]"
        for key in (content if isinstance(content, Mapping) else ())
        if (home := section_of(key))
    )
    listed = f"; the tables are {', '.join(f'[{table}]' for table in tables)}"
    return listed + (f"; {', '.join(homes)}" if homes else "")
