"""The saved searches of ``queries/*.toml``: what is asked, in whose words, and which result can be believed.

No network here. A volunteer edits the files; every mistake is told with the file, the key and the nearest right one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import quote, urlencode

import msgspec

from trialfinder.base.text import count
from trialfinder.base.typed_data import DataRow
from trialfinder.base.values import is_nct_id
from trialfinder.errors import InputError
from trialfinder.registry import essie

#: The registry hands out at most a thousand studies at once; asking for fewer only costs requests.
PAGE_SIZE = 1000
#: Unsorted answers may be shuffled between pages. Only dates and numbers can be sorted by; two keys are the limit.
SORT = "LastUpdatePostDate:desc|StudyFirstPostDate:desc"
WEBSITE = "https://clinicaltrials.gov/search"
#: What no parameter looks into (official table of search areas): it has to be named.
DESCRIPTION = "DetailedDescription"
#: Only these are asked for in a pass that wants to know what is there, not what it says: names of the data pieces.
ID_FIELDS = "NCTId|NCTIdAlias|LastUpdatePostDate"
#: One study without a value says nothing about the registry, in however small a search.
_FEW_EMPTY = 1
Parameter = Literal[
    "query.cond",
    "query.term",
    "query.intr",
    "query.titles",
    "query.outc",
    "query.spons",
    "query.lead",
    "query.id",
    "query.locn",
    "query.patient",
]
#: Parameters that hold an expression, and what the website calls them in a link.
EXPRESSIONS: dict[str, str] = {
    "query.cond": "cond",
    "query.term": "term",
    "query.intr": "intr",
    "query.titles": "titles",
    "query.outc": "outc",
    "query.spons": "spons",
    "query.lead": "lead",
    "query.id": "id",
    "query.locn": "locn",
    "query.patient": "patient",
}


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of a search: any of ``terms`` in the area that ``parameter`` stands for.

    ``as_typed`` sends the terms as somebody would type them on the website, without quotes and operators.
    ``in_description`` are terms that are looked for in the detailed description as well, where no parameter looks: a
    study whose title and interventions have a product code only may name its cells there and nowhere else.
    """

    name: str
    parameter: str
    terms: tuple[str, ...]
    as_typed: bool = False
    in_description: tuple[str, ...] = ()

    def expression(self) -> str:
        """The facet in the registry's language."""
        plain = " ".join(self.terms) if self.as_typed else essie.any_of(self.terms)
        if not self.in_description:
            return plain
        return f"{f'({plain})' if self.as_typed else plain} OR {essie.in_area(DESCRIPTION, self.in_description)}"


class Expect(DataRow, frozen=True):
    """What a believable result looks like."""

    min_studies: int
    """Fewer are refused, unless no run has found so many yet."""
    max_studies: int
    """More are warned about."""
    min_fill: dict[str, float] = msgspec.field(default_factory=dict)
    """Least share (0 to 1) of the studies in which a field of ``Study`` has a value."""

    def __post_init__(self) -> None:
        if not 0 <= self.min_studies <= self.max_studies:
            raise ValueError(f"min_studies {self.min_studies} and max_studies {self.max_studies} leave no room")
        for name, share in self.min_fill.items():
            if not 0 <= share <= 1:
                raise ValueError(f"min_fill: {name} must be a share from 0 to 1")

    def too_few(self, studies: int) -> tuple[str, ...]:
        """One line when fewer came than expected."""
        came = "no study came" if not studies else f"{count(studies, 'study', 'studies')} came"
        were = "was" if self.min_studies == 1 else "were"
        return (f"{came}, at least {self.min_studies} {were} expected",) if studies < self.min_studies else ()

    def too_many(self, studies: int) -> tuple[str, ...]:
        """One line when more came than expected."""
        return (f"{studies} studies came, at most {self.max_studies} were expected",) * (studies > self.max_studies)

    def too_empty(self, studies: int, filled: Mapping[str, int]) -> tuple[str, ...]:
        """One line for each field of ``min_fill`` that too few studies have a value in; one says nothing.

        Args:
            studies: how many were found, those left out that could not be read.
            filled: in how many of them each field has a value.
        """
        return tuple(
            f"only {filled.get(name, 0)} of {studies} studies have {name.replace('_', ' ')}, {share:.0%} were expected"
            for name, share in self.min_fill.items()
            if studies - filled.get(name, 0) > max(_FEW_EMPTY, (1 - share) * studies)
        )


@dataclass(frozen=True)
class SavedSearch:
    """One search under a name, with a description in plain words."""

    name: str
    title: str
    description: str
    facets: tuple[Facet, ...]
    expect: Expect

    @cached_property
    def _expressions(self) -> dict[str, str]:
        """Facets that share a parameter must all hold."""
        by_parameter: dict[str, list[str]] = {}
        for facet in self.facets:
            by_parameter.setdefault(facet.parameter, []).append(facet.expression())
        return {
            name: parts[0] if len(parts) == 1 else " AND ".join(f"({part})" for part in parts)
            for name, parts in by_parameter.items()
        }

    def params(self, *, updated_since: dt.date | None = None, ids_only: bool = False) -> dict[str, str]:
        """The API parameters; paging, sort and counting are the client's.

        Args:
            updated_since: only studies whose last update was posted on that day or later; None for all.
            ids_only: small records with the ids and the date of the last update only, for a pass that notices what
                disappeared.
        """
        params = dict(self._expressions)
        if updated_since is not None:
            params["filter.advanced"] = essie.updated_since(updated_since)
        if ids_only:
            params["fields"] = ID_FIELDS
        return params

    def request_url(self, base_url: str) -> str:
        """The first request of this search exactly as it is sent, for anybody to open in a browser."""
        return f"{base_url.rstrip('/')}/studies?{urlencode(first_page(self.params()))}"

    def website_url(self) -> str:
        """The same search on the registry's website, for anybody to check."""
        return website_url(self.params())

    def check(self) -> tuple[str, ...]:
        """What the registry would refuse about this search, one line each; empty when it is fine."""
        problems = []
        for parameter, expression in self._expressions.items():
            try:
                essie.check_length(expression, f"{self.name}: {parameter}")
            except InputError as error:
                problems.append(str(error))
        return tuple(problems)

    def doubts(self) -> tuple[str, ...]:
        """Terms that the registry takes and nobody can have meant, one line each; empty when there are none."""
        return tuple(
            f"{self.name}: {facet.name}: {term!r}: {why}"
            for facet in self.facets
            for term in (*facet.terms, *facet.in_description)
            if (why := essie.no_term(term, as_typed=facet.as_typed and term in facet.terms))
        )


def first_page(params: Mapping[str, str], *, count: bool = True) -> dict[str, str]:
    """The parameters of a search's first page: sorted, as large as allowed and, if wanted, counted."""
    counted = {"countTotal": "true"} if count else {}
    return {"sort": SORT, **params, "pageSize": str(PAGE_SIZE), **counted}


def user_search(words: Iterable[str]) -> SavedSearch:
    """A search for a user's own words, each argument a phrase, all of them anywhere in a study.

    Nothing in the words is taken as an operator, however it looks.

    Raises:
        InputError: no word, too many words, or nothing but NCT IDs (the registry would ignore everything else).
    """
    given = tuple(word for word in words if word.strip())
    if not given:
        raise InputError("nothing to search for; give at least one word")
    parts = [part for word in given for part in word.replace(",", " ").split()]
    if parts and all(is_nct_id(part) for part in parts):
        shown = parts[0].upper()
        raise InputError(f"{shown} is a study's id, not a word", suggestions=(f"trialfinder show {shown}",))
    expression = essie.all_of(given, also_in=DESCRIPTION)
    if essie.terms(expression) > essie.MAX_TERMS:  # too long to look into the description as well
        expression = essie.all_of(given)
    essie.check_length(expression, "search")
    title = " ".join(" ".join(given).split())
    facet = Facet("words", "query.term", (expression,), as_typed=True)
    return SavedSearch("words", title, f"studies that mention: {title}", (facet,), Expect(0, 100_000, {}))


def website_url(params: Mapping[str, str]) -> str:
    """A link to the website with the same search.

    Only what the website knows is carried over: expressions and statuses are, ``fields`` and paging are not, and the
    day of the last update becomes the website's own date range.
    """
    pairs = {EXPRESSIONS[name]: value for name, value in params.items() if name in EXPRESSIONS}
    since = _since(params.get("filter.advanced", ""))
    if since:
        pairs["lastUpdPost"] = f"{since}_"
    statuses = [_STATUS_KEYS[status] for status in _listed(params, "filter.overallStatus") if status in _STATUS_KEYS]
    if statuses:
        pairs["aggFilters"] = "status:" + " ".join(statuses)
    return f"{WEBSITE}?{urlencode(pairs, quote_via=quote)}"


#: The website's short names of the statuses, as seen in its own addresses.
_STATUS_KEYS = {
    "RECRUITING": "rec",
    "NOT_YET_RECRUITING": "not",
    "ACTIVE_NOT_RECRUITING": "act",
    "COMPLETED": "com",
    "TERMINATED": "ter",
    "ENROLLING_BY_INVITATION": "enr",
    "SUSPENDED": "sus",
    "WITHDRAWN": "wit",
    "UNKNOWN": "unk",
    "AVAILABLE": "ava",
    "NO_LONGER_AVAILABLE": "nla",
    "TEMPORARILY_NOT_AVAILABLE": "tna",
    "APPROVED_FOR_MARKETING": "afm",
}


def _listed(params: Mapping[str, str], name: str) -> list[str]:
    return [item for item in params.get(name, "").replace(",", "|").split("|") if item]


def _since(expression: str) -> str:
    prefix = "AREA[LastUpdatePostDate]RANGE["
    return expression[len(prefix) : len(prefix) + 10] if expression.startswith(prefix) else ""
