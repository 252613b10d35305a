"""Values and changes in plain words: one line, harmless, with the registry's own numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trialfinder.base.enums import PHASE_WORDS, STATUS_WORDS
from trialfinder.base.text import harmless, one_line, plain, shorten
from trialfinder.changes import normal
from trialfinder.changes.diff import Change
from trialfinder.changes.event_table import UNKNOWN_COUNT, EventRow

#: Longest quotation of a changed text, in characters.
QUOTE = 160
_CODES = {"ALL": "women and men", "FEMALE": "women only", "MALE": "men only", "NA": "not applicable",
          "ACTUAL": "actual", "ESTIMATED": "estimated", "NONE": "none"}  # fmt: skip
_MEMBERS = {
    "briefSummary": "summary",
    "detailedDescription": "detailed description",
    "briefTitle": "title",
    "officialTitle": "official title",
    "oversightHasDmc": "a committee watches over safety",
    "isFdaRegulatedDrug": "US agency regulates the drug",
    "isFdaRegulatedDevice": "US agency regulates the device",
    "isUsExport": "made in the US for export",
    "isUnapprovedDevice": "device not approved in the US",
    "timeFrame": "time",
    "phoneExt": "phone extension",
    "email": "e-mail",
    "zip": "postal code",
    "secondaryIdInfos": "further number of the study",
    "fullName": "name of the organisation",
    "id": "number",
    "nctIdAliases": "earlier number of the study",
    "whoMasked": "who does not know what is given",
    "masking": "who knows what is given (masking)",
    "otherNames": "other name",
    "armGroupLabels": "group that gets it",
    "interventionNames": "what it gets",
}


def status(value: object) -> str:
    """A status as people say it; one that we do not know stays as the registry writes it."""
    return STATUS_WORDS.get(value, one_line(value)) if isinstance(value, str) and value else "not stated"


def code(value: str) -> str:
    """``OUTCOMES_ASSESSOR`` as ``outcomes assessor``; any other text as it is."""
    known = _CODES.get(value)
    if known:
        return known
    return value.lower().replace("_", " ") if value.isupper() else value


def member(path: str) -> str:
    """The last part of a path as words: ``timeFrame`` as ``time``, ``primaryPurpose`` as ``primary purpose``."""
    name = path.rsplit(".", 1)[-1].removesuffix("[]")
    if name in _MEMBERS:
        return _MEMBERS[name]
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def value(found: Any, form: str, none: str = "not stated") -> str:
    """One value of a given form."""
    if normal.is_empty(found):
        return none
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, int | float):
        return none if found == UNKNOWN_COUNT else f"{found:,}"
    if not isinstance(found, str):
        return item(found)
    if form == "status":
        return status(found)
    if form == "phase":
        return PHASE_WORDS.get(found, one_line(found))
    if form == "age" and (limit := normal.age(found)):
        return str(limit).lower()
    line = one_line(found)
    return code(line) if form == "code" else shorten(line, QUOTE)


def item(found: object) -> str:
    """An item of a list: what names it, then how to reach it."""
    if not isinstance(found, Mapping):
        return shorten(one_line(str(found)), QUOTE)
    first = next((found[m] for m in _NAMING if isinstance(found.get(m), str) and found[m].strip()), "")
    reach = [str(found[m]) for m in ("phone", "email") if isinstance(found.get(m), str)]
    parts = [shorten(one_line(part), QUOTE) for part in (first, *reach) if part]
    return ", ".join(parts) or shorten(normal.canonical(found), QUOTE)


_NAMING = ("name", "label", "measure", "title", "citation", "facility", "term", "id", "url", "filename", "type")


def where(contexts: tuple[Mapping[str, Any], ...]) -> str:
    """The town of a site, then its hospital: ``Leeds, United Kingdom (Leeds General Infirmary)``."""
    site = next((c for c in contexts if c.get("city") or c.get("facility") or c.get("country")), {})
    town, country, facility = (
        one_line(str(site[m])) if not normal.is_empty(site.get(m)) else "" for m in ("city", "country", "facility")
    )
    place = ", ".join(part for part in (town, country) if part)
    if not place:
        return facility or "a place that is not stated"
    return f"{place} ({shorten(facility, 80)})" if facility else place


def tell(change: Change, row: EventRow, template: str, extra: Mapping[str, str]) -> str:
    """The change in the words of its template."""
    form = "date" if change.how == "precision" else row.form
    last = change.items[-1] if change.items else ""
    stated = change.new if change.new is not None else change.old
    known = {
        "label": row.label or member(change.path),
        "old": value(change.old, form, row.none),
        "new": value(change.new, form, row.none),
        "where": where(change.contexts),
        "item": item(stated),
        "name": shorten(last, 80),
        "member": member(change.path),
        "citation": item({"citation": stated.get("citation")} if isinstance(stated, Mapping) else stated),
        "reason": "",
        "known": "not stated",
        "status": "",
        "search": "",
    }
    return harmless(plain(template.format_map({**known, **extra})))
