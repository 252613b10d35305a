"""What happened between two runs, study by study. The change report stands on this."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from trialfinder.store import lookups as reading
from trialfinder.store.stored import Transition

_TOUCHED = """
select nct_id from versions where first_refresh > :since and first_refresh <= :until
union select nct_id from search_results where first_refresh > :since and first_refresh <= :until
union select nct_id from search_results where left_refresh > :since and left_refresh <= :until
union select nct_id from absences where gone_refresh > :since and gone_refresh <= :until
union select nct_id from absences where back_refresh > :since and back_refresh <= :until
order by 1
"""


def transitions(connection: sqlite3.Connection, since: int, until: int) -> Iterator[Transition]:
    """One for each study in which anything differs between the ends; see `Store.transitions`."""
    touched = connection.execute(_TOUCHED, {"since": since, "until": until}).fetchall()
    for (nct_id,) in touched:
        found = _transition(connection, nct_id, since, until)
        if _differs(found):
            yield found


def _transition(connection: sqlite3.Connection, nct_id: str, since: int, until: int) -> Transition:
    spans = connection.execute(
        "select search, first_refresh, left_refresh from search_results where nct_id = ?", (nct_id,)
    ).fetchall()
    before = {search for search, first, left in spans if _holds(first, left, since)}
    after = {search for search, first, left in spans if _holds(first, left, until)}
    once = {search for search, first, _ in spans if first <= since}
    gaps = connection.execute(
        "select gone_refresh, back_refresh, reason from absences where nct_id = ?", (nct_id,)
    ).fetchall()
    was_gone = any(_holds(gone, back, since) for gone, back, _ in gaps)
    reasons = [reason for gone, back, reason in gaps if _holds(gone, back, until)]
    entered = after - before
    return Transition(
        nct_id,
        reading.version_at(connection, nct_id, since),
        reading.version_at(connection, nct_id, until),
        entered=tuple(sorted(entered)),
        returned=tuple(sorted(entered & once)),
        left=tuple(sorted(before - after)),
        gone=bool(reasons) and not was_gone,
        gone_reason=reasons[0] if reasons and not was_gone else None,
        came_back=was_gone and not reasons,
    )


def _holds(first: int, end: int | None, at: int) -> bool:
    """Whether a span of runs, end excluded, covers a run."""
    return first <= at and (end is None or end > at)


def _differs(found: Transition) -> bool:
    return bool(found.is_new or found.is_changed or found.entered or found.left or found.gone or found.came_back)
