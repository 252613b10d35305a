"""What is concluded from each record once and kept in the store: made where it is missing, on all cores if many are."""

from __future__ import annotations

import functools
import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import msgspec

from trialfinder.base.waiting import wait_for_one
from trialfinder.base.workers import hand, workers
from trialfinder.catalogue.sighted import Holding
from trialfinder.errors import RecordError
from trialfinder.study.model import Study
from trialfinder.study.read_study import read_study
from trialfinder.tables.rows import class_cells, study_row

if TYPE_CHECKING:
    from trialfinder.store import Store

Make = Callable[[Study], Any]
MANY = 600
"""From so many on a second process saves more than its start costs (half a second of a core)."""
_AT_ONCE = 50


class Shelf(Protocol):
    """Who has the studies and looks after what was made of them; see ``Catalogue``."""

    entries: dict[str, Holding]
    store: Store | None
    processes: int
    unkept: dict[str, dict[str, Any]]
    set_aside: list[str]
    odd_values: list[str]

    def study(self, nct_id: str) -> Study:
        """One study that is here."""


class Made(NamedTuple):
    """What was made of one study: ``value`` can be JSON, or is (``msgspec.Raw``); ``odd`` are values that the registry
    does not know.

    Or ``problem``: why there is none.
    """

    value: Any = None
    odd: tuple[str, ...] = ()
    problem: str = ""


def results(
    catalogue: Shelf,
    kind: str,
    version: str,
    make: Make,
    only: Sequence[str] | None = None,
    decode: Callable[[bytes], Any] = msgspec.json.decode,
) -> dict[str, Any]:
    """What ``make`` gives for each study, from the store's cache where it is there, put there where it was not.

    A record that cannot be read is told in ``set_aside`` and left out. ``make`` can be pickled: it is a function of a
    module. Where the catalogue may use several processes and much is missing, it is called in those. ``decode`` makes
    of the JSON that was kept what is given out; what is made now is given as it is.
    """
    wanted = list(catalogue.entries.values()) if only is None else [catalogue.entries[i] for i in only]
    known: dict[str, Any] = {}
    if catalogue.store is not None:
        hashes = None if only is None else [entry.hash for entry in wanted if entry.hash]
        known = catalogue.store.get_derived(kind, version, hashes, decode) | catalogue.unkept.get(kind, {})
    missing = [entry for entry in wanted if entry.hash not in known]
    made = take_in(catalogue, kind, version, missing, _made(catalogue, missing, make))
    found = ((entry.nct_id, known.get(entry.hash or "", made.get(entry.nct_id))) for entry in wanted)
    values = ((nct_id, each.value if isinstance(each, Made) else each) for nct_id, each in found)
    return {
        nct_id: decode(value) if isinstance(value, msgspec.Raw) else value
        for nct_id, value in values
        if value is not None
    }


def take_in(
    catalogue: Shelf, kind: str, version: str, missing: Sequence[Holding], made: Sequence[Made]
) -> dict[str, Made]:
    """Puts what was made of these studies into the store, and tells what was wrong; gives it by the study's id."""
    found = list(zip(missing, made, strict=True))
    fresh = {entry.hash: each.value for entry, each in found if entry.hash and not each.problem}
    if fresh and catalogue.store is not None and not catalogue.store.put_derived(kind, version, fresh):
        catalogue.unkept.setdefault(kind, {}).update(fresh)  # the store cannot be written to
    for entry, each in found:
        catalogue.set_aside += [f"{entry.nct_id}: {each.problem}"] if each.problem else []
        catalogue.odd_values += [f"{entry.nct_id}: {odd}" for odd in each.odd] if kind == "row" else []
    return {entry.nct_id: each for entry, each in found}


def row_of(study: Study) -> dict[str, Any]:
    """The row of a study as far as its record alone says it, and what ``joinable`` asks of its sites."""
    return {"row": study_row(study) | class_cells(study), "site_statuses": [p.status for p in study.locations]}


def items_of(study: Study) -> Any:
    """Its criteria as items."""
    from trialfinder.reading import items_to_json, names_of, read_criteria

    return items_to_json(read_criteria(study.eligibility_criteria, names_of(study)))


def judged_of(study: Study) -> msgspec.Raw:
    """What judging looks at."""
    from trialfinder.judge import keep

    return msgspec.Raw(keep(study))


def _made(catalogue: Shelf, missing: Sequence[Holding], make: Make) -> list[Made]:
    """For each study in turn. When processes cannot be had, or are lost, this one does what is left."""
    if catalogue.processes > 1 and len(missing) >= MANY:
        try:
            return list(_in_processes(missing, make, catalogue.processes))
        except (BrokenProcessPool, OSError):
            pass
    return [_one(functools.partial(catalogue.study, entry.nct_id), make) for entry in missing]


def _in_processes(missing: Sequence[Holding], make: Make, processes: int) -> Iterator[Made]:
    with workers(processes) as pool:
        waiting: deque[Future[list[Made]]] = deque()
        for start in range(0, len(missing), _AT_ONCE):
            records = [entry.to_send() for entry in missing[start : start + _AT_ONCE]]
            waiting.append(hand(pool, made_of, make, records))
            if len(waiting) > 2 * processes:  # no more of them in memory
                yield from waited_for(waiting.popleft())
        while waiting:
            yield from waited_for(waiting.popleft())


def waited_for(made: Future[list[Made]]) -> list[Made]:
    """What a batch gave, when it is done; a stop at the keyboard is heard meanwhile."""
    wait_for_one([made])
    return made.result()


def made_of(make: Make, records: Sequence[bytes | dict[str, Any]]) -> list[Made]:
    """For each record in turn, as ``Holding.to_send`` gives them."""
    return [_one(functools.partial(_study, record), make) for record in records]


def _study(record: bytes | dict[str, Any]) -> Study:
    return read_study(json.loads(record) if isinstance(record, bytes) else record)


def _one(study_of: Callable[[], Study], make: Make) -> Made:
    try:
        study = study_of()
        return Made(make(study), tuple(each for each in study.problems if "unknown value" in each))
    except RecordError as error:
        return Made(problem=str(error))
