"""Reads criteria in one other process, while this one does something else with the same studies, then in both."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from trialfinder.base.workers import hand, workers
from trialfinder.catalogue.kept_results import MANY, Made, judged_of, made_of, take_in, waited_for

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.catalogue.sighted import Holding

T = TypeVar("T")
_AT_ONCE = 10
_ON_THE_WAY = 3
"""Batches that the other process has: one is worked on, the others are there when it is done."""


class ReadAhead:
    """The studies whose criteria another process reads, in the order in which they will be asked for.

    What it gives is put into the store by ``step``, which is called now and then. When the process is lost, nothing is
    read ahead any more, and the catalogue reads what it is asked for.
    """

    def __init__(
        self, catalogue: Catalogue, missing: Sequence[Holding], version: str, pool: ProcessPoolExecutor | None
    ):
        self._catalogue, self._version, self._pool = catalogue, version, pool
        self._left = deque(missing)
        self._on_the_way: deque[tuple[list[Holding], Future[list[Made]]]] = deque()
        self._awaited = {each.nct_id for each in missing}
        self.step()

    def beside(self, things: Iterable[T]) -> Iterator[T]:
        """The same things, one after the other; each time the other process is looked after."""
        for thing in things:
            self.step()
            yield thing

    def wait_for(self, nct_id: str) -> None:
        """Returns when this study is read, or is not going to be read ahead.

        Meanwhile this process reads those that will be asked for last: two read while two can.
        """
        while nct_id in self._awaited:
            if self._left and not self._on_the_way[0][1].done():
                self._read_last()
            else:
                self._take()
            self.step()

    @property
    def is_done(self) -> bool:
        """Whether nothing is read ahead any more; the other process has been told to end."""
        return not self._left and not self._on_the_way

    def step(self) -> None:
        """Takes what is done and gives more to do; waits for nothing."""
        while self._on_the_way and self._on_the_way[0][1].done():
            self._take()
        try:
            while self._pool and self._left and len(self._on_the_way) < _ON_THE_WAY:
                batch = [self._left.popleft() for _ in range(min(_AT_ONCE, len(self._left)))]
                records = [each.to_send() for each in batch]
                self._on_the_way.append((batch, hand(self._pool, made_of, judged_of, records)))
        except (BrokenProcessPool, OSError):
            self._give_up()
        if self._pool and self.is_done:
            self._pool.shutdown(wait=False)  # what is done now may have its memory
            self._pool = None

    def end(self) -> None:
        """Gives nothing more to do, and takes what is on the way."""
        self._left.clear()
        while self._on_the_way:
            self._take()

    def _read_last(self) -> None:
        last = self._left.pop()
        take_in(self._catalogue, "judged", self._version, [last], made_of(judged_of, [last.to_send()]))
        self._awaited.discard(last.nct_id)

    def _take(self) -> None:
        batch, future = self._on_the_way.popleft()
        try:
            made = waited_for(future)
        except (BrokenProcessPool, OSError):
            self._give_up()
            return
        take_in(self._catalogue, "judged", self._version, batch, made)
        self._awaited.difference_update(each.nct_id for each in batch)

    def _give_up(self) -> None:
        self._left.clear()
        self._on_the_way.clear()
        self._awaited.clear()


@contextmanager
def reading_ahead(catalogue: Catalogue, nct_ids: Sequence[str]) -> Iterator[ReadAhead]:
    """Reads the criteria of these studies ahead, where many are not in the store and this may use several processes."""
    from trialfinder.judge import kept_by

    version = kept_by()
    missing: list[Holding] = []
    if catalogue.store is not None and catalogue.processes > 1:
        known = catalogue.store.derived_hashes("judged", version)
        missing = [each for nct_id in nct_ids if (each := catalogue.entries[nct_id]).hash not in known]
    if len(missing) < MANY:
        yield ReadAhead(catalogue, [], version, None)
        return
    with workers(1) as pool:
        ahead = ReadAhead(catalogue, missing, version, pool)
        yield ahead
        ahead.end()
        pool.shutdown(cancel_futures=True)
