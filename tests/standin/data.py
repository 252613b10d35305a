"""The records of the stand-in: one load of data at a time, a search over it, and pages of it."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import threading
from collections.abc import Iterable, Mapping
from typing import Any

from tests.standin.areas import PIECES, QUERIES, values
from tests.standin.essie import parse
from tests.standin.evaluate import Doc, check_names, matches, measure

_HOLDER = "@@version-holder@@"


class Data:
    """Raw records by id. ``versionHolder`` of each is the day of the load, as in the registry."""

    def __init__(self, records: Iterable[Mapping[str, Any]], timestamp: str) -> None:
        self.lock = threading.RLock()
        self.timestamp = timestamp
        self.loads = 1
        self._docs: dict[str, Doc] = {}
        self._json: dict[str, str] = {}
        for record in records:
            self.put(record)

    def put(self, record: Mapping[str, Any]) -> None:
        found = values(record, PIECES["NCTId"][0])
        nct_id = str(found[0]) if found else f"no-id-{len(self._docs)}"
        derived = record.get("derivedSection")
        derived = derived if isinstance(derived, dict) else {}
        misc = derived.get("miscInfoModule")
        misc = {**(misc if isinstance(misc, dict) else {}), "versionHolder": _HOLDER}
        whole = {**record, "derivedSection": {**derived, "miscInfoModule": misc}}
        with self.lock:
            self._docs[nct_id] = Doc(whole)
            self._json[nct_id] = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

    def drop(self, nct_id: str) -> None:
        with self.lock:
            del self._docs[nct_id], self._json[nct_id]

    def reload(self) -> None:
        with self.lock:
            self.loads += 1
            moved = dt.datetime.fromisoformat(self.timestamp) + dt.timedelta(days=1)
            self.timestamp = moved.isoformat(timespec="seconds")

    def __len__(self) -> int:
        return len(self._docs)

    def canonical(self, nct_id: str) -> str | None:
        """The id under which an id or alias is kept."""
        if nct_id in self._docs:
            return nct_id
        alias = PIECES["NCTIdAlias"][0]
        return next((key for key, doc in self._docs.items() if nct_id in values(doc.record, alias)), None)

    def text(self, nct_id: str, fields: list[str]) -> str:
        """One record as JSON, whole or only the named pieces."""
        whole = self._json[nct_id].replace(_HOLDER, self.timestamp[:10])
        if not fields:
            return whole
        return json.dumps(project(json.loads(whole), fields), ensure_ascii=False, separators=(",", ":"))

    def find(self, params: Mapping[str, str]) -> list[str]:
        """Ids of what the parameters find, in the order asked for. QueryError for a wrong expression."""
        only = ids_only_query(params)
        if only:
            kept = {self.canonical(nct_id) for nct_id in only}
            return self._ordered([key for key in self._docs if key in kept], params)
        trees = [(QUERIES[name][0], parse(text)) for name, text in params.items() if name in QUERIES]
        for _, tree in trees:
            check_names(tree)
        keys = [key for key, doc in self._docs.items() if all(matches(tree, doc, area) for area, tree in trees)]
        for prefix in ("filter", "postFilter"):
            keys = self._filtered(keys, params, prefix)
        return self._ordered(keys, params)

    def _filtered(self, keys: list[str], params: Mapping[str, str], prefix: str) -> list[str]:
        statuses = items(params.get(f"{prefix}.overallStatus", ""))
        if statuses:
            path = PIECES["OverallStatus"][0]
            keys = [key for key in keys if set(statuses) & set(values(self._docs[key].record, path))]
        if f"{prefix}.ids" in params:
            wanted = {self.canonical(normal_id(nct_id)) for nct_id in items(params[f"{prefix}.ids"])}
            keys = [key for key in keys if key in wanted]
        return keys

    def _ordered(self, keys: list[str], params: Mapping[str, str]) -> list[str]:
        """Without a sort the order means nothing, but stays the same until the next load."""
        keys = sorted(keys, key=lambda key: hashlib.sha256(f"{key}{self.loads}".encode()).hexdigest())
        for item in reversed(items(params.get("sort", ""))):
            piece, _, direction = item.partition(":")
            if piece == "@relevance":
                continue
            path, kind = PIECES[piece]
            down = (direction or ("desc" if kind == "date" else "asc")) == "desc"
            known = {
                key: measure(str(found[0]), kind) for key in keys if (found := values(self._docs[key].record, path))
            }
            have = [key for key in keys if known.get(key) is not None]
            have.sort(key=lambda key: known[key], reverse=down)
            keys = have + [key for key in keys if known.get(key) is None]
        return keys


def items(text: str) -> list[str]:
    """The members of a list parameter; comma and pipe both separate."""
    return [item for item in text.replace(",", "|").split("|") if item]


def normal_id(nct_id: str) -> str:
    return f"NCT{int(nct_id[3:]):08d}"


def ids_only_query(params: Mapping[str, str]) -> list[str]:
    """NCT ids of a query part that has nothing else; such a part makes the registry ignore all other parts."""
    for name, text in params.items():
        words = text.replace(",", " ").split()
        if name.startswith("query.") and words and all(w[:3].upper() == "NCT" and w[3:].isdigit() for w in words):
            return [normal_id(word) for word in words]
    return []


def token_for(offset: int) -> str:
    """Opaque, and bound to no query: used with another one it silently goes on there, as the real ones do."""
    return base64.urlsafe_b64encode(f"v1:{offset:012d}".encode()).decode().rstrip("=")


def offset_of(token: str) -> int | None:
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    except ValueError:
        return None
    return int(text[3:]) if text.startswith("v1:") and text[3:].isdigit() else None


def project(record: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    """The record with only the named pieces, nesting unchanged."""
    kept: dict[str, Any] = _kept(record, [PIECES[name][0].split(".") for name in fields])
    return kept


def _kept(part: Any, paths: list[list[str]]) -> Any:
    if isinstance(part, list):
        return [_kept(item, paths) for item in part]
    if not isinstance(part, dict):
        return part
    kept = {}
    for key, value in part.items():
        below = [path[1:] for path in paths if path[0] == key]
        if any(not path for path in below):
            kept[key] = value
        elif below:
            inner = _kept(value, below)
            if inner not in ({}, []):
                kept[key] = inner
    return kept
