"""What was delivered where, in the store, so that no news comes twice and none is lost.

A digest is written down as *pending* before it is sent and as *delivered* after it. When the program or the line dies
in between, it is not known whether the message arrived. It is then sent again as it was, with the same Message-ID or
idempotency key: **at least once**, since a patient who misses news loses more than one who hears it twice, and a
receiver that looks at the id hears it once. What was refused for certain is *failed*; its news go with the next digest.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trialfinder.store.clock import to_text

if TYPE_CHECKING:
    from trialfinder.store import Store


@dataclass(frozen=True, slots=True)
class Pending:
    """A digest of which it is not known whether it arrived: its runs and the ids of its events."""

    id: int
    since: int
    until: int
    event_ids: tuple[str, ...]


class Ledger:
    """The record of one destination. ``scope`` is the destination together with what was asked for.

    The watermark belongs to the scope, the list of delivered events to the destination.
    """

    def __init__(self, store: Store, destination: str, scope: str) -> None:
        self._store, self._destination, self._scope = store, destination, scope

    def watermark(self) -> int | None:
        """The last run of which everything was delivered; None before the first digest."""
        row = self._store.database.execute(
            "select max(until_refresh) from deliveries where scope = ? and state = 'delivered'", (self._scope,)
        ).fetchone()
        return int(row[0]) if row[0] is not None else None

    def starts(self, moment: dt.datetime) -> list[int]:
        """After which runs began what arrived since a moment."""
        rows = self._store.database.execute(
            "select since_refresh from deliveries where scope = ? and state = 'delivered' and finished >= ?",
            (self._scope, to_text(moment)),
        )
        return [since for (since,) in rows]

    def delivered(self) -> frozenset[str]:
        """The ids of all events that this destination has had."""
        rows = self._store.database.execute(
            "select event_id from delivered_events where destination = ?", (self._destination,)
        )
        return frozenset(event_id for (event_id,) in rows)

    def pending(self) -> list[Pending]:
        """Digests that were begun and never settled, oldest first."""
        rows = self._store.database.execute(
            "select id, since_refresh, until_refresh, events from deliveries "
            "where scope = ? and state = 'pending' order by id",
            (self._scope,),
        ).fetchall()
        return [Pending(id_, since, until, tuple(json.loads(events))) for id_, since, until, events in rows]

    def begin(self, since: int, until: int, event_ids: Sequence[str], now: dt.datetime) -> int:
        """Writes down that a digest is about to be sent; returns its number."""
        with self._store.transaction() as database:
            row = database.execute(
                "insert into deliveries (destination, scope, state, since_refresh, until_refresh, events, created, "
                "attempts, error) values (?, ?, 'pending', ?, ?, ?, ?, 0, '') returning id",
                (self._destination, self._scope, since, until, json.dumps(list(event_ids)), to_text(now)),
            ).fetchone()
        return int(row[0])

    def settle(self, delivery: int, event_ids: Sequence[str], now: dt.datetime) -> None:
        """Writes down that a digest has arrived."""
        with self._store.transaction() as database:
            database.execute(
                "update deliveries set state = 'delivered', finished = ?, attempts = attempts + 1, error = '', "
                "events = ? where id = ?",
                (to_text(now), json.dumps(len(event_ids)), delivery),
            )
            database.executemany(
                "insert or ignore into delivered_events values (?, ?, ?)",
                [(self._destination, event_id, delivery) for event_id in event_ids],
            )

    def fail(self, delivery: int, error: str, now: dt.datetime, *, maybe: bool) -> None:
        """Writes down that a digest has not arrived, or (``maybe``) that this is not known; then it stays pending."""
        with self._store.transaction() as database:
            database.execute(
                "update deliveries set state = ?, finished = ?, attempts = attempts + 1, error = ? where id = ?",
                ("pending" if maybe else "failed", to_text(now), error, delivery),
            )

    def skip(self, until: int, now: dt.datetime) -> None:
        """Moves the watermark over runs without news, when it moves at all."""
        if until > (self.watermark() or 0) or self.watermark() is None:
            self.settle(self.begin(until, until, (), now), (), now)
