"""Reads criteria in other processes: most of them in two while this one waits, the rest in one while this one works.

This process reads nothing itself, since what reads takes 45 MB: two readers beside a builder that has not begun, and
then one beside a builder at work, take less than a builder that reads.
"""

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
"""Batches that a process has: one is worked on, the others are there when it is done."""
_ALONE = 0.42
"""The part of the studies that one process reads while this one works with them: about as long as that work takes but
for its end, when pictures are painted in the place of the other."""


class ReadAhead:
    """The studies whose criteria other processes read, in the order in which they will be asked for.

    What they give is put into the store by ``step``, which is called now and then. When a process is lost, nothing is
    read ahead any more, and the catalogue reads what it is asked for.
    """

    def __init__(self, catalogue: Catalogue, missing: Sequence[Holding], version: str, *pools: ProcessPoolExecutor):
        self._catalogue, self._version, self._pools = catalogue, version, list(pools)
        self._left = deque(missing)
        self._on_the_way: deque[tuple[list[Holding], Future[list[Made]], ProcessPoolExecutor]] = deque()
        self._awaited = {each.nct_id for each in missing}
        self.step()

    def beside(self, things: Iterable[T]) -> Iterator[T]:
        """The same things, one after the other; each time the other process is looked after."""
        for thing in things:
            self.step()
            yield thing

    def wait_for(self, nct_id: str) -> None:
        """Returns when this study is read, or is not going to be read ahead."""
        while nct_id in self._awaited:
            self._take()
            self.step()

    def until_one_can(self) -> None:
        """Returns when only so much is left that one process reads it while this one works; the others end."""
        enough = _ALONE * len(self._awaited)
        while self._left and len(self._awaited) > enough:
            self._take()
            self.step()
        while len(self._pools) > 1:
            last = self._pools.pop()
            while any(pool is last for _, _, pool in self._on_the_way):
                self._take()
            last.shutdown()

    @property
    def is_done(self) -> bool:
        """Whether nothing is read ahead any more; the other processes have ended."""
        return not self._left and not self._on_the_way

    def step(self) -> None:
        """Takes what is done and gives more to do; waits for nothing, but for a process that has nothing left to do."""
        while self._on_the_way and self._on_the_way[0][1].done():
            self._take()
        try:
            for _ in range(_ON_THE_WAY):
                for pool in self._pools:
                    if self._left and sum(each is pool for _, _, each in self._on_the_way) < _ON_THE_WAY:
                        self._give(pool)
        except (BrokenProcessPool, OSError):
            self._give_up()
        if self.is_done:
            while self._pools:
                self._pools.pop().shutdown()  # what is done now may have its memory

    def _give(self, pool: ProcessPoolExecutor) -> None:
        batch = [self._left.popleft() for _ in range(min(_AT_ONCE, len(self._left)))]
        records = [each.to_send() for each in batch]
        self._on_the_way.append((batch, hand(pool, made_of, judged_of, records), pool))

    def end(self) -> None:
        """Gives nothing more to do, and takes what is on the way."""
        self._left.clear()
        while self._on_the_way:
            self._take()

    def _take(self) -> None:
        batch, future, _ = self._on_the_way.popleft()
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
        yield ReadAhead(catalogue, [], version)
        return
    with workers(1) as pool, workers(1) as other:  # a pool cannot grow smaller
        ahead = ReadAhead(catalogue, missing, version, pool, other)
        ahead.until_one_can()
        yield ahead
        ahead.end()
        pool.shutdown(cancel_futures=True)
