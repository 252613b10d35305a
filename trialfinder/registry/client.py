"""The registry as the rest of the program sees it: its version, searches, single studies."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, TypeVar

from trialfinder.base import lazy_re as re
from trialfinder.base import waiting
from trialfinder.base.text import harmless
from trialfinder.base.values import is_nct_id
from trialfinder.base.values import nct_id as normal_id
from trialfinder.errors import ExpectationFailed, InputError, RegistryRefused, RegistryUnavailable, StudyNotFound
from trialfinder.registry.crawl import Pager, Progress, page_of, wrong_shape
from trialfinder.registry.errors_text import NOT_KEPT, WAYS_OUT, could_not_ask
from trialfinder.registry.http import Http, HttpAnswer
from trialfinder.registry.replies import Crawl, DataVersion, RequestLog
from trialfinder.registry.searches import PAGE_SIZE
from trialfinder.study.model import record_ids

T = TypeVar("T")
#: How often a search is begun again because new data was loaded meanwhile.
RESTARTS = 3
_IDS_PER_REQUEST = 100
_ID_IN_PATH = re.compile(r"/studies/(nct\d{1,20})(?:[/?#]|$)", re.IGNORECASE | re.ASCII)
_REDIRECTS = 3


class Registry:
    """A client for the ClinicalTrials.gov API v2: polite, complete or not at all.

    Use as a context manager. Arguments are those of ``http.Http``; ``interval_seconds`` is the least time between the
    starts of two requests.
    """

    def __init__(
        self,
        base_url: str,
        *,
        interval_seconds: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = waiting.sleep,
        deadline: float | None = None,
        transport: Any = None,
        user_agent: str | None = None,
        on_request: Callable[[RequestLog], None] | None = None,
        **settings: Any,
    ) -> None:
        self._http = Http(
            base_url,
            interval=interval_seconds,
            clock=clock,
            sleep=sleep,
            deadline=deadline,
            transport=transport,
            user_agent=user_agent,
            on_request=on_request,
            **settings,
        )
        self._version: DataVersion | None = None

    def __enter__(self) -> Registry:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the connection back."""
        self._http.close()

    @property
    def log(self) -> list[RequestLog]:
        """Every request made so far, in order."""
        return self._http.log

    def version(self, known: DataVersion | None = None) -> DataVersion:
        """The registry's API version and data timestamp, in one request.

        Args:
            known: an earlier answer, by default this client's last one; its ETag makes the answer an empty 304 when
                nothing moved.

        Raises:
            RegistryUnavailable: could not ask, or the answer has no such values.
        """
        known = known or self._version
        answer = self._http.get("/version", etag=known.etag if known else None)
        if answer.status == 304 and known is not None and known.etag:
            self._version = known
            return known
        data = answer.data
        if not isinstance(data, dict) or not isinstance(data.get("apiVersion"), str):
            raise wrong_shape(answer, "its version")
        stamp = data.get("dataTimestamp")
        if not isinstance(stamp, str):
            raise wrong_shape(answer, "the date of its data")
        self._version = DataVersion(
            harmless(data["apiVersion"], 40), harmless(stamp, 40), answer.headers.get("etag") or None
        )
        return self._version

    def consistently(self, work: Callable[[DataVersion], T], *, before: DataVersion | None = None) -> T:
        """Does some asking of which all answers must come from the same load of data.

        ``/version`` is asked once before and once after; when it moved, everything is done again, three times at
        most. ``work`` may make any number of searches (see ``search``) and must be able to run more than once.

        Args:
            work: gets the version that its answers will belong to.
            before: the version if it has just been asked for; saves a request.

        Raises:
            RegistryUnavailable: the data moved every time.
            ExpectationFailed: from ``work``, when it was not a reload that caused it.
        """
        version = before or self.version()
        for _ in range(RESTARTS):
            result, failure = None, None
            try:
                result = work(version)
            except ExpectationFailed as error:
                failure = error
            after = self.version()
            if after == version:
                if failure is not None:
                    raise failure
                return result  # type: ignore[return-value] # None only if work gave it
            version = after
        raise RegistryUnavailable(
            f"the registry loaded new data during each of {RESTARTS} tries, most lately at {version.data_timestamp}; "
            "nothing was kept. Try again in an hour"
        )

    def search(
        self,
        params: Mapping[str, str],
        version: DataVersion,
        *,
        expect_total: bool = True,
        progress: Progress | None = None,
    ) -> Crawl:
        """Every page of one search, to be used inside ``consistently``; asks nothing about the version itself.

        Raises:
            ExpectationFailed: announced and received numbers differ, or paging went wrong.
            RegistryUnavailable, RegistryBlocked, RegistryRefused, OutOfTime: see ``http.Http.get``.
        """
        return Pager(self._http, params, expect_total=expect_total, progress=progress).run(version.data_timestamp)

    def crawl(
        self,
        params: Mapping[str, str],
        *,
        expect_total: bool = True,
        progress: Progress | None = None,
        before: DataVersion | None = None,
    ) -> Crawl:
        """One search, complete and from one load of data: ``ceil(n/1000)`` pages and two ``/version``.

        Raises:
            As ``consistently`` and ``search``.
        """
        return self.consistently(
            lambda version: self.search(params, version, expect_total=expect_total, progress=progress), before=before
        )

    def count(self, params: Mapping[str, str]) -> int:
        """How many studies a search finds, in one small request.

        Raises:
            RegistryUnavailable, RegistryBlocked, RegistryRefused, OutOfTime.
        """
        answer = self._http.get("/studies", {**params, "fields": "NCTId", "pageSize": "1", "countTotal": "true"})
        total = page_of(answer)[0].get("totalCount")
        if isinstance(total, bool) or not isinstance(total, int):
            raise wrong_shape(answer, "the number of studies")
        return total

    def study(self, nct_id: str) -> dict[str, Any]:
        """One study as the registry has it now; an old id leads to the study that replaced it.

        Raises:
            InputError: not an NCT ID.
            StudyNotFound: the registry said in so many words that there is no such study.
            ExpectationFailed: another study was handed out.
            RegistryUnavailable, RegistryBlocked, OutOfTime.
        """
        asked = place = normal_id(nct_id)
        for _ in range(_REDIRECTS):
            answer = self._one(place)
            if answer.status == 200:
                return _same_study(answer, asked)
            if answer.status == 404:
                raise _absent(answer, place, asked)
            # The target is asked at our own address, wherever the answer points to.
            found = _ID_IN_PATH.search(answer.headers.get("location", ""))
            if not found or not is_nct_id(found[1]):
                raise wrong_shape(answer, "a study")
            place = normal_id(found[1])
        raise could_not_ask(answer.url, "redirected in a circle", _REDIRECTS)

    def _one(self, place: str) -> HttpAnswer:
        try:
            return self._http.get(f"/studies/{place}")
        except RegistryRefused as refused:
            if "incorrect format" in str(refused):
                raise InputError(f"{place}: the registry does not take this for an NCT ID") from refused
            raise

    def studies_by_id(self, ids: Iterable[str], *, fields: str | None = None) -> dict[str, dict[str, Any]]:
        """Several studies by id, a hundred to a request.

        Returns:
            The records by the id that was asked for, in that order; old ids give the record that replaced them. What
            the registry does not have is left out: it says nothing about absent ids.

        Args:
            ids: NCT IDs in any spelling; repeated ones are asked once.
            fields: names of the wanted parts (`|` between them), None for whole records; the ids always come along.

        Raises:
            InputError: one of them is not an NCT ID.
            RegistryUnavailable, RegistryBlocked, RegistryRefused, OutOfTime.
        """
        wanted = list(dict.fromkeys(normal_id(one) for one in ids))
        extra = {"fields": f"NCTId|NCTIdAlias|{fields}"} if fields else {}
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(wanted), _IDS_PER_REQUEST):
            chunk = wanted[start : start + _IDS_PER_REQUEST]
            params = {"filter.ids": "|".join(chunk), "pageSize": str(PAGE_SIZE), **extra}
            answer = self._http.get("/studies", params)
            found.update(_by_any_id(page_of(answer)[1]))
        return {nct_id: found[nct_id] for nct_id in wanted if nct_id in found}


def _by_any_id(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The records by their aliases and, stronger, by their own ids."""
    by_alias = {alias: record for record in records for alias in record_ids(record)[1]}
    return by_alias | {record_ids(record)[0]: record for record in records}


def _same_study(answer: HttpAnswer, asked: str) -> dict[str, Any]:
    if not isinstance(answer.data, dict):
        raise wrong_shape(answer, "a study")
    nct_id, aliases = record_ids(answer.data)
    if asked != nct_id and asked not in aliases:
        shown = harmless(nct_id, 20) or "a record without an id"
        raise ExpectationFailed(f"{answer.url}: asked for {asked}, got {shown}; {NOT_KEPT}", suggestions=WAYS_OUT)
    return answer.data


def _absent(answer: HttpAnswer, place: str, asked: str) -> Exception:
    """Only the registry's own sentence, naming the id, means that a study is not there."""
    if answer.text.strip() == f"NCT number {place} not found":
        return StudyNotFound(f"the registry has no study {asked}; look at the number again")
    return could_not_ask(answer.url, "status 404, but not in the registry's words; look at --api-url", 1)
