"""The rules of the API: which parameters there are, what is refused and in which words, what an answer looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tests.standin.areas import PIECES, QUERIES, STATUSES
from tests.standin.data import Data, items, normal_id, offset_of, token_for
from tests.standin.essie import QueryError, parse
from tests.standin.evaluate import check_names
from tests.standin.faults import NGINX_404, URI_TOO_LONG, Reply

_NCT = re.compile(r"[Nn][Cc][Tt]0*[1-9]\d{0,7}", re.ASCII)
_SORT = re.compile(r"(([a-zA-Z][a-zA-Z0-9\-. ]*)|(@relevance))(:(asc|desc))?", re.ASCII)
_LISTED = frozenset(
    [
        "format",
        "markupFormat",
        "fields",
        "sort",
        "countTotal",
        "pageSize",
        "pageToken",
        "filter.overallStatus",
        "filter.geo",
        "filter.ids",
        "filter.advanced",
        "filter.synonyms",
        "postFilter.overallStatus",
        "postFilter.geo",
        "postFilter.ids",
        "postFilter.advanced",
        "postFilter.synonyms",
        "aggFilters",
        "geoDecay",
    ]
) | set(QUERIES)
_NOT_HERE = frozenset({"filter.geo", "filter.synonyms", "postFilter.geo", "postFilter.synonyms", "aggFilters"})
_LONGEST = 8192
ENUMS_FILE = Path(__file__).resolve().parents[3] / "shared/openapi/examples/studies_enums.json"


class Refused(Exception):
    """A 400 with these words."""


def answer(data: Data, path: str, params: Mapping[str, str], raw_length: int) -> Reply:
    """The answer to one GET below the base path."""
    if raw_length > _LONGEST:
        return Reply.html(414, URI_TOO_LONG)
    try:
        if path == "/version":
            _only(params, frozenset())
            return Reply.json(f'{{"apiVersion":"2.0.5","dataTimestamp":"{data.timestamp}"}}')
        if path == "/studies":
            return _studies(data, params)
        if path == "/studies/enums" and ENUMS_FILE.exists():
            return Reply.json(ENUMS_FILE.read_text(encoding="utf-8"))
        if path.startswith("/studies/") and path.count("/") == 2:
            return _study(data, path.rpartition("/")[2], params)
    except Refused as refused:
        return Reply.text(400, str(refused))
    return Reply.html(404, NGINX_404)


def _only(params: Mapping[str, str], known: frozenset[str]) -> None:
    for name in params:
        if name not in known:
            prefix = name.split(".")[0]
            if "." in name and not any(one.startswith(prefix + ".") for one in known):
                raise Refused(f"Invalid prefix in parameter name: {name}")
            raise Refused(f"`{name}` is unknown parameter")


def _study(data: Data, nct_id: str, params: Mapping[str, str]) -> Reply:
    _only(params, frozenset({"format", "markupFormat", "fields"}))
    if not _NCT.fullmatch(nct_id):
        raise Refused("Parameter `nctId` has incorrect format")
    fields = _fields(params)
    asked = normal_id(nct_id)
    found = data.canonical(asked)
    if found is None:
        return Reply.text(404, f"NCT number {asked} not found")
    if found != asked:
        # The real one drops ``fields`` from the target.
        return Reply(301, b"", headers={"Location": f"/api/v2/studies/{found}"})
    return Reply.json(data.text(found, fields))


def _studies(data: Data, params: Mapping[str, str]) -> Reply:
    _only(params, _LISTED)
    unsupported = sorted(_NOT_HERE & set(params))
    if unsupported or params.get("format", "json") != "json":
        return Reply.text(501, f"the stand-in does not play {unsupported or 'csv'}")
    _check(params)
    size, offset = _size(params), _offset(params)
    fields = _fields(params)
    with data.lock:
        keys = data.find(params)
        page = keys[offset : offset + size]
        lines = [data.text(key, fields) for key in page]
    first = params.get("pageToken") is None
    total = f'"totalCount":{len(keys)},' if first and params.get("countTotal") == "true" else ""
    # A full page always hands out a token, even when nothing follows.
    token = f',"nextPageToken":"{token_for(offset + size)}"' if len(page) == size else ""
    return Reply.json(f'{{{total}"studies":[\n' + ",\n".join(lines) + f"\n]{token}}}")


def _check(params: Mapping[str, str]) -> None:
    for name, (_, label) in QUERIES.items():
        if name in params:
            try:
                check_names(parse(params[name]))
            except QueryError as error:
                raise Refused(f"Error parsing query in {label}: {error}") from error
    for status in items(params.get("filter.overallStatus", "")):
        if status not in STATUSES:
            raise Refused(f"Invalid value in parameter `overallStatus`: `{status}`")
    for number, nct_id in enumerate(items(params.get("filter.ids", "")), 1):
        if not _NCT.fullmatch(nct_id):
            raise Refused(f"Item {number} in parameter `filter.ids` has incorrect format")
    if params.get("countTotal", "false") not in ("true", "false"):
        raise Refused("Parameter `countTotal` has incorrect format")
    _check_sort(items(params.get("sort", "")))


def _check_sort(sort: list[str]) -> None:
    if len(sort) > 2:
        raise Refused("Parameter `sort` has incorrect format")
    for number, item in enumerate(sort, 1):
        if not _SORT.fullmatch(item):
            raise Refused(f"Item {number} in parameter `sort` has incorrect format")
        piece = item.partition(":")[0]
        kind = "date" if piece == "@relevance" else PIECES.get(piece, ("", "text"))[1]
        if kind not in ("date", "number"):
            raise Refused("Unsupported sort field type: text")


def _fields(params: Mapping[str, str]) -> list[str]:
    fields = items(params.get("fields", ""))
    if "fields" in params and not fields:
        raise Refused("Parameter `fields` has incorrect format")
    for name in fields:
        if name not in PIECES:
            raise Refused(f"Parameter `fields` contains invalid field name: `{name}`")
    return fields


def _size(params: Mapping[str, str]) -> int:
    text = params.get("pageSize", "0")
    if not text.isdigit():
        raise Refused("Parameter `pageSize` has incorrect format")
    return min(int(text) or 10, 1000)


def _offset(params: Mapping[str, str]) -> int:
    if "pageToken" not in params:
        return 0
    offset = offset_of(params["pageToken"])
    if offset is None:
        raise Refused("Parameter `pageToken` has incorrect format")
    return offset
