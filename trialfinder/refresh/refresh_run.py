"""One refresh: asks what the plan says, checks that it can be believed, and writes it all at once."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from trialfinder.base.version import VERSION
from trialfinder.errors import InputError
from trialfinder.refresh.ask_registry import Asking, Options, Progress, RegistryLike
from trialfinder.refresh.asking_plan import RefreshPlan, make_plan
from trialfinder.registry.replies import DataVersion
from trialfinder.registry.searches import SavedSearch
from trialfinder.store import RefreshWriter, RunOutcome, SearchRun, Store
from trialfinder.store.standing import standing


def refresh(
    store: Store,
    registry: RegistryLike,
    searches: Sequence[SavedSearch],
    *,
    now: Callable[[], dt.datetime],
    progress: Progress | None = None,
    full: bool = False,
    accept_fall: bool = False,
    deadline: float | None = None,
    monotonic: Callable[[], float] = time.monotonic,
    while_asking: AbstractContextManager[object] | None = None,
) -> RefreshReport:
    """Brings the results of these searches up to date, all of them or none.

    Args:
        store: where to.
        registry: asked one request at a time; its own deadline should be the same as ``deadline``.
        searches: the widest first; what it brought is not asked for again for the others.
        now: the clock, with a time zone.
        progress: see `Progress`.
        full: ask for everything; done anyhow when what came last was not believed.
        accept_fall: believe a fall of more than 30 %.
        deadline: value of ``monotonic`` (seconds) at which to give up, None for never.
        monotonic: for ``deadline`` and the length of the run.
        while_asking: held while the registry is asked, and no longer when what came is written.

    Raises:
        ExpectationFailed, OutOfTime: not believable, or too late. With every error the store is as it was.
        RegistryUnavailable, RegistryBlocked, RegistryRefused, StoreError: could not ask, or not write.
        InputError: no search was given.
    """
    wanted = list({search.name: search for search in searches}.values())
    if not wanted:
        raise InputError("no saved search to refresh; see: trialfinder queries list")
    options = Options(now, progress, full, standing(store).not_believed, accept_fall, deadline, monotonic)
    return _run(store, registry, wanted, options, while_asking or nullcontext())


def _run(
    store: Store,
    registry: RegistryLike,
    searches: Sequence[SavedSearch],
    options: Options,
    while_asking: AbstractContextManager[object],
) -> RefreshReport:
    began, asked_before = options.monotonic(), len(registry.log)
    with store.refresh(options.now()) as writer:
        with while_asking:
            version = registry.version()
            plan = make_plan(store, searches, version, full=options.full, doubted=options.doubted)
            asking = Asking(store, registry, writer, plan, options)
            if plan.kind == "unchanged":
                asking.found_nothing()
            else:
                version = registry.consistently(asking.ask, before=version)
        return _finish(writer, plan, version, asking, len(registry.log) - asked_before, options, began)


def _finish(
    writer: RefreshWriter,
    plan: RefreshPlan,
    version: DataVersion,
    asking: Asking,
    requests: int,
    options: Options,
    began: float,
) -> RefreshReport:
    outcome = writer.finish(
        finished=options.now(),
        kind=plan.kind,
        tool_version=VERSION,
        data_timestamp=version.data_timestamp,
        api_version=version.api_version,
        requests=requests,
        searches=asking.runs,
        note="; ".join(asking.warnings),
    )
    return RefreshReport(
        refresh_id=writer.refresh_id or 0,
        kind=plan.kind,
        data_timestamp=version.data_timestamp,
        outcome=outcome,
        set_aside=dict(asking.odd),
        requests=requests,
        warnings=tuple(asking.warnings),
        searches=tuple(asking.runs),
        seconds=options.monotonic() - began,
        why_full="; ".join(dict.fromkeys(one.reason for one in plan.searches if one.mode == "full")),
    )


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """The outcome of one run that was kept.

    Attributes:
        refresh_id: of the run in the store.
        kind: ``full``, ``incremental`` or ``unchanged``.
        data_timestamp: the registry's, as it wrote it.
        outcome: which studies are new, changed, gone, left the results or came back.
        set_aside: reasons by NCT ID (or a stand-in) for records not in the promised shape.
        requests: how many were sent.
        warnings: what is odd but believed, one line each.
        searches: how each search was asked and how many studies it found.
        seconds: how long it took.
        why_full: why everything was asked for, '' where it was not.
    """

    refresh_id: int
    kind: str
    data_timestamp: str
    outcome: RunOutcome
    set_aside: Mapping[str, str]
    requests: int
    warnings: tuple[str, ...]
    searches: tuple[SearchRun, ...]
    seconds: float
    why_full: str = ""

    @property
    def nothing_happened(self) -> bool:
        """Whether no study is new, changed, gone, left or back."""
        happened = self.outcome
        return not (happened.added or happened.changed or happened.gone or happened.left or happened.came_back)

    def summary(self) -> str:
        """One line: what happened, and what it cost."""
        words = [
            f"{len(ids)} {name}"
            for name, ids in (
                ("new", self.outcome.added),
                ("changed", self.outcome.changed),
                ("gone", self.outcome.gone),
                ("left the results", self.outcome.left),
                ("came back", self.outcome.came_back),
            )
            if ids
        ]
        if self.set_aside:
            words.append(f"{len(self.set_aside)} set aside")
        if self.outcome.withheld:
            words.append(f"{len(self.outcome.withheld)} not handed out")
        happened = ", ".join(words) or "nothing new"
        requests = f"{self.requests} request{'' if self.requests == 1 else 's'}"
        kind = f"{self.kind} ({self.why_full})" if self.why_full else self.kind
        return f"{happened}; registry data of {self.data_timestamp}; {kind}, {requests}, {self.seconds:.1f} s"
