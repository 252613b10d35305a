"""Asks the registry what a plan says, collects it in a run of the store, and judges it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from trialfinder.errors import OutOfTime, RecordError, StudyNotFound
from trialfinder.refresh import believe
from trialfinder.refresh.asking_plan import RefreshPlan, SearchPlan
from trialfinder.registry.replies import Crawl, DataVersion, RequestLog
from trialfinder.registry.searches import SavedSearch
from trialfinder.store import RefreshWriter, SearchRun, Seen, Store
from trialfinder.study.model import record_ids
from trialfinder.study.read_study import read_study

T = TypeVar("T")
_PAGE = 1000
_IDS = 100
#: So many requests more than necessary are better than asking for the same records again.
_SPARE_REQUESTS = 2


class RegistryLike(Protocol):
    """What a refresh needs of the registry; ``trialfinder.registry.client.Registry`` has it."""

    @property
    def log(self) -> list[RequestLog]:
        """Every request made so far."""

    def version(self) -> DataVersion:
        """The registry's version."""

    def consistently(self, work: Callable[[DataVersion], T], *, before: DataVersion | None = None) -> T:
        """Does work whose answers all come from one load of data."""

    def search(
        self, params: Mapping[str, str], version: DataVersion, *, progress: Callable[[int, int | None], None] | None
    ) -> Crawl:
        """Every page of a search."""

    def studies_by_id(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Studies by id, absent ones left out."""

    def study(self, nct_id: str) -> dict[str, Any]:
        """One study."""


#: Is told the name of the search, how many studies have come, and how many there are (None: not known).
Progress = Callable[[str, int, "int | None"], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How a refresh is run; see ``run.refresh``."""

    now: Callable[[], dt.datetime]
    progress: Progress | None
    full: bool
    doubted: bool
    accept_fall: bool
    deadline: float | None
    monotonic: Callable[[], float]

    def check_time(self) -> None:
        """Raises OutOfTime when the deadline has passed."""
        if self.deadline is not None and self.monotonic() >= self.deadline:
            raise OutOfTime("the time limit of the run was reached; the store was left as it was. Raise --max-time")


class Asking:
    """The asking and judging of one run; `ask` can be called again when the registry's data moved meanwhile."""

    def __init__(
        self, store: Store, registry: RegistryLike, writer: RefreshWriter, plan: RefreshPlan, options: Options
    ) -> None:
        self._store, self._registry, self._writer, self._plan = store, registry, writer, plan
        self._options = options
        self._fields = {name for one in plan.searches for name in one.search.expect.min_fill}
        self._filled: dict[str, frozenset[str]] = {}
        self.odd: dict[str, str] = {}
        self.runs: list[SearchRun] = []
        self.warnings: list[str] = []
        self._nameless: set[str] = set()

    def found_nothing(self) -> None:
        """The registry's data has not moved: every search has what it had."""
        self.runs = [self._run(one, len(self._writer.members(one.search.name))) for one in self._plan.searches]

    def ask(self, version: DataVersion) -> DataVersion:
        """Everything the plan says, for one load of data; returns that load."""
        self._writer.restart()
        self._filled, self.odd, self.runs, self.warnings, self._nameless = {}, {}, [], [], set()
        found = {one.search.name: self._ask(one, version) for one in self._plan.searches}
        self._fetch(nct_id for ids in found.values() for nct_id in ids)
        self._judge_all(found)
        self._look_for_missing()
        self._options.check_time()
        return version

    def _ask(self, one: SearchPlan, version: DataVersion) -> set[str]:
        """The ids that a search finds; the records too where that is the cheapest way."""
        self._options.check_time()
        if one.mode == "unchanged":
            return set()
        if not self._writer.seen_ids():
            return self._crawl(one, version)
        listed = self._crawl(one, version, ids_only=True)
        by_id = math.ceil(len(listed - self._writer.seen_ids()) / _IDS)
        if by_id > math.ceil(len(listed) / _PAGE) + _SPARE_REQUESTS:
            return self._crawl(one, version)
        return listed

    def _crawl(self, one: SearchPlan, version: DataVersion, *, ids_only: bool = False) -> set[str]:
        name, found = one.search.name, set()
        params = one.search.params(updated_since=one.since, ids_only=ids_only)
        told = self._options.progress
        crawl = self._registry.search(
            params, version, progress=None if told is None else lambda came, total: told(name, came, total)
        )
        for record in crawl:
            nct_id = record_ids(record)[0]
            if ids_only and nct_id:
                self._writer.listed(name, nct_id)
            elif not ids_only:
                self._take(name, nct_id, record)
            if nct_id:
                found.add(nct_id)
            else:
                self._nameless.add(name)
        return found

    def _take(self, search: str | None, nct_id: str, record: dict[str, Any]) -> None:
        """Gives a record to the store if it is in the promised shape, and sets it aside if not."""
        if len(self._filled) % 256 == 0:
            self._options.check_time()
        try:
            study = read_study(record)
        except RecordError as error:
            self._writer.set_aside(record, str(error), search=search, nct_id=nct_id or None)
            self.odd[nct_id or f"record {len(self.odd) + 1}"] = str(error)
            return
        if self._writer.seen(search, record) is not Seen.AGAIN:
            self._filled[nct_id] = frozenset(name for name in self._fields if getattr(study, name, None))

    def _fetch(self, wanted: Iterable[str]) -> None:
        """The records that only an id is known of."""
        missing = sorted(set(wanted) - self._writer.seen_ids())
        for start in range(0, len(missing), _IDS):
            chunk = missing[start : start + _IDS]
            answers = self._registry.studies_by_id(chunk)
            for nct_id in chunk:
                record = answers.get(nct_id)
                if record is None or record_ids(record)[0] != nct_id:
                    self._withhold(nct_id, "was listed by the registry but not handed out")
                else:
                    self._take(None, nct_id, record)

    def _withhold(self, nct_id: str, why: str) -> None:
        """What is in the list has not left: it stays as it was, and the next run asks for it again."""
        stays = "; it stays as it was" if self._writer.known(nct_id) else ""
        self._writer.withhold(nct_id)
        self.warnings.append(f"{nct_id} {why}{stays}, and is asked for again the next time")

    def _judge_all(self, found: Mapping[str, set[str]]) -> None:
        """All that is not believed at once: one a day would be a week of jobs that fail."""
        doubts: list[tuple[str, bool, str]] = []
        fell: dict[str, tuple[int, int]] = {}
        for one in self._plan.searches:
            try:
                self._judge(one, found[one.search.name])
            except believe.NotBelieved as error:
                doubts += error.doubts
                fell |= error.fell
        if doubts:
            raise believe.NotBelieved(doubts, fell)

    def _judge(self, one: SearchPlan, found: set[str]) -> None:
        if one.mode == "unchanged":
            self.runs.append(self._run(one, len(self._writer.members(one.search.name))))
            return
        self.runs.append(self._run(one, len(found)))
        before = self._store.last_refresh(one.search.name, mode="full")
        runs = before.searches if before else ()
        counts = [run.found for run in runs if run.search == one.search.name and run.definition == one.definition]
        self.warnings += believe.check(
            one,
            found,
            self._filled,
            self.odd,
            counts[0] if counts else None,
            empty_before=lambda: self._empty_before(one.search),
            accept_fall=self._options.accept_fall,
        )

    def _empty_before(self, search: SavedSearch) -> dict[str, float] | None:
        """Which share of what the store has of a search lacks each field; None when it has nothing of it."""
        kept = [read_study(stored.record) for stored in self._store.records(searches=[search.name], at_once=False)]
        if not kept:
            return None
        return {name: sum(not getattr(each, name) for each in kept) / len(kept) for name in search.expect.min_fill}

    def _run(self, one: SearchPlan, found: int) -> SearchRun:
        return SearchRun(one.search.name, one.mode, one.definition, found)

    def _look_for_missing(self) -> None:
        """Asks by id for everything that is no longer in the results, before anything is said about it."""
        missing = {
            one.search.name: self._writer.missing(one.search.name) for one in self._plan.searches if one.mode == "full"
        }
        unseen = sorted({nct_id for ids in missing.values() for nct_id in ids} - self._writer.seen_ids())
        reasons: dict[str, str] = {}
        for start in range(0, len(unseen), _IDS):
            self._options.check_time()
            reasons |= self._why_missing(unseen[start : start + _IDS])
        for nct_id, reason in reasons.items():
            self._writer.gone(nct_id, reason)
        for search, ids in missing.items():
            for nct_id in ids:
                if nct_id not in reasons and search not in self._nameless:
                    self._writer.leave(search, nct_id)
                elif nct_id not in reasons:  # it may be the one without a name
                    self._writer.listed(search, nct_id)
                    self._withhold(nct_id, f"may be the study in {search} that came without an NCT ID")

    def _why_missing(self, ids: list[str]) -> dict[str, str]:
        """The ones that the registry no longer has, with the reason; the others are taken as they are now."""
        answers = self._registry.studies_by_id(ids)
        reasons = {}
        for nct_id in ids:
            record = answers.get(nct_id)
            if record is None:
                try:
                    record = self._registry.study(nct_id)
                except StudyNotFound:
                    reasons[nct_id] = "the registry has no such study any more"
                    continue
            now_id = record_ids(record)[0]
            if now_id != nct_id:
                reasons[nct_id] = f"replaced by {now_id}"
            self._take(None, now_id, record)
        return reasons
