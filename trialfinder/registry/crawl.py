"""Pages through one search until it is complete, and believes it only when the numbers agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from trialfinder.base.text import harmless
from trialfinder.errors import ExpectationFailed, RegistryRefused, RegistryUnavailable
from trialfinder.registry.errors_text import NOT_KEPT, WAYS_OUT
from trialfinder.registry.http import Http, HttpAnswer
from trialfinder.registry.replies import Crawl, Packed, pack, shrink, unpack
from trialfinder.registry.searches import first_page

_EMPTY_PAGES = 3
#: The registry holds some six hundred thousand studies; its page tokens have about thirty characters.
_MOST_STUDIES, _LONGEST_TOKEN = 1_000_000_000, 2_000

Progress = Callable[[int, int | None], None]


class Pager:
    """One pass over the pages of one search.

    Args:
        http: the connection.
        params: of the search; see ``searches.first_page`` for what is added.
        expect_total: ask for the number of studies and insist on getting as many.
        progress: is told how many studies have come and how many there are (None when not asked).
    """

    def __init__(
        self, http: Http, params: Mapping[str, str], *, expect_total: bool = True, progress: Progress | None = None
    ) -> None:
        self._http, self._progress, self._expect_total = http, progress, expect_total
        self._first = first_page(params, count=expect_total)
        self._ids: set[str] = set()
        self._aliases: set[str] = set()
        self._packed: list[bytes] = []
        self._came = 0
        self._total: int | None = None

    def run(self, data_timestamp: str) -> Crawl:
        """Asks for every page.

        Raises:
            ExpectationFailed: fewer or more studies came than announced, a token came twice, or a later page was
                refused. Also what a reload of the registry in the middle looks like.
            RegistryUnavailable, RegistryRefused: as from the connection.
        """
        token: str | None = None
        tokens: set[str] = set()
        pages = empty = 0
        while True:
            records, token = self._page(token)
            pages += 1
            empty = 0 if records else empty + 1
            self._take(records)
            # A full last page still hands out a token; asking with it would cost a request and bring nothing.
            if token is None or (self._total is not None and self._came >= self._total) or empty >= _EMPTY_PAGES:
                break
            if token in tokens:
                raise ExpectationFailed(
                    f"the registry handed out the same page token twice, after {pages} pages; {NOT_KEPT}",
                    suggestions=WAYS_OUT,
                )
            tokens.add(token)
        self._check_total()
        return Crawl(self._packed, self._total, data_timestamp, pages)

    def _page(self, token: str | None) -> tuple[list[Packed], str | None]:
        later = {name: value for name, value in self._first.items() if name != "countTotal"}
        try:
            answer = self._http.get(
                "/studies", self._first if token is None else {**later, "pageToken": token}, shrink=shrink
            )
        except RegistryRefused as refused:
            if token is None:
                raise
            raise ExpectationFailed(
                f"a later page of a search was refused: {refused}; {NOT_KEPT}", suggestions=WAYS_OUT
            ) from refused
        page, records = page_of(answer)
        if token is None and self._expect_total:
            self._total = _count(page, answer)
        # What is still unpacked has no protocolSection; the caller's caller will set it aside.
        packed = [record if isinstance(record, Packed) else pack(record) for record in records]
        return packed, _token(page, answer)

    def _take(self, records: list[Packed]) -> None:
        for record in records:
            if record.nct_id and record.nct_id in self._ids:
                continue
            self._came += 1
            same = record.nct_id in self._aliases or not self._ids.isdisjoint(record.aliases)
            self._ids.add(record.nct_id)
            self._aliases.update(record.aliases)
            if not same:
                self._packed.append(record.content)
        if self._progress:
            self._progress(self._came, self._total)

    def _check_total(self) -> None:
        if self._total is not None and self._came != self._total:
            raise ExpectationFailed(
                f"the registry announced {self._total} studies and handed out {self._came}; {NOT_KEPT}",
                suggestions=WAYS_OUT,
            )


def page_of(answer: HttpAnswer) -> tuple[dict[str, Any], list[Any]]:
    """A page and its records, packed where the answer was read that way, else as dicts.

    Raises:
        RegistryUnavailable: the answer is JSON but no page.
    """
    page = answer.data
    records = page.get("studies") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(records, list):
        raise wrong_shape(answer, "a page of studies")
    if not all(isinstance(record, dict | Packed) for record in records):
        raise wrong_shape(answer, "studies")
    return page, records


def wrong_shape(answer: HttpAnswer, wanted: str, part: object = None) -> RegistryUnavailable:
    """The error for JSON that is not what the API promises; ``part`` is what is wrong, None for the whole answer."""
    wrong = answer.data if part is None else part
    found = harmless(_shown(wrong), 60) if wrong is not None else f"status {answer.status}"
    return RegistryUnavailable(
        f"{answer.url}: the registry answered something else than {wanted}: {found}; {NOT_KEPT}", suggestions=WAYS_OUT
    )


def _shown(data: object) -> str:
    """As the registry wrote it, without its studies: the line is about what stands beside them."""
    if isinstance(data, Packed):
        data = unpack(data.content)
    if isinstance(data, dict):
        data = {name: "…" if name == "studies" else value for name, value in data.items()}
    try:
        return repr(data)[:1000]
    except (ValueError, RecursionError):  # a number with more digits than Python writes
        return type(data).__name__


def _count(page: dict[str, Any], answer: HttpAnswer) -> int:
    total = page.get("totalCount")
    if isinstance(total, bool) or not isinstance(total, int) or not 0 <= total <= _MOST_STUDIES:
        raise wrong_shape(answer, "the number of studies", total)
    return total


def _token(page: dict[str, Any], answer: HttpAnswer) -> str | None:
    token = page.get("nextPageToken")
    if token is not None and not (isinstance(token, str) and len(token) <= _LONGEST_TOKEN and token.isprintable()):
        raise wrong_shape(answer, "a page token", token)
    return token or None
