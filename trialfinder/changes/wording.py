"""Values and changes in plain words: one line, harmless, with the registry's own numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trialfinder.base.countries import plain_country
from trialfinder.base.enums import PHASE_WORDS, STATUS_WORDS
from trialfinder.base.text import harmless, one_line, plain, shorten
from trialfinder.base.tongue import say, say_or_theirs, theirs
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


#: Words of this module that are looked up by what a record says, for the catalogues.
FORMS = (*_CODES.values(), *_MEMBERS.values(), "yes", "no")


def status(value: object) -> str:
    """A status as people say it; one that we do not know stays as the registry writes it."""
    known = STATUS_WORDS.get(value, one_line(value)) if isinstance(value, str) and value else "not stated"
    return say(known)


def code(value: str) -> str:
    """``OUTCOMES_ASSESSOR`` as ``outcomes assessor``; any other text as it is."""
    if value not in _CODES and not value.isupper():
        return value
    plain_code = _CODES.get(value) or value.lower().replace("_", " ")
    return say_or_theirs(plain_code)


def member(path: str) -> str:
    """The last part of a path as words: ``timeFrame`` as ``time``, ``primaryPurpose`` as ``primary purpose``."""
    name = path.rsplit(".", 1)[-1].removesuffix("[]")
    spelt = _MEMBERS.get(name) or "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return say(spelt)


def value(found: Any, form: str, none: str = "not stated") -> str:
    """One value of a given form."""
    none = say(none)
    if normal.is_empty(found):
        return none
    if isinstance(found, bool):
        return say("yes") if found else say("no")
    if isinstance(found, int | float):
        return none if found == UNKNOWN_COUNT else f"{found:,}"
    if not isinstance(found, str):
        return item(found)
    if form == "status":
        return status(found)
    if form == "phase":
        return say(PHASE_WORDS[found]) if found in PHASE_WORDS else one_line(found)
    if form == "age" and (limit := normal.age(found)):
        return " ".join(map(say, str(limit).lower().split()))
    line = one_line(found)
    return code(line) if form == "code" else _theirs(shorten(line, QUOTE))


def item(found: object) -> str:
    """An item of a list: what names it, then how to reach it."""
    if not isinstance(found, Mapping):
        return _theirs(shorten(one_line(str(found)), QUOTE))
    first = next((found[m] for m in _NAMING if isinstance(found.get(m), str) and found[m].strip()), "")
    reach = [str(found[m]) for m in ("phone", "email") if isinstance(found.get(m), str)]
    parts = [shorten(one_line(part), QUOTE) for part in (first, *reach) if part]
    return _theirs(", ".join(parts) or shorten(normal.canonical(found), QUOTE))


def _theirs(words: str) -> str:
    """Words of the record; numbers and dates are no language."""
    return theirs(words) if re.search("[a-z]{2}", words) else words


_NAMING = ("name", "label", "measure", "title", "citation", "facility", "term", "id", "url", "filename", "type")


def where(contexts: tuple[Mapping[str, Any], ...]) -> str:
    """The town of a site, then its hospital: ``Leeds, United Kingdom (Leeds General Infirmary)``."""
    site = next((c for c in contexts if c.get("city") or c.get("facility") or c.get("country")), {})
    town, country, facility = (
        one_line(str(site[m])) if not normal.is_empty(site.get(m)) else "" for m in ("city", "country", "facility")
    )
    place = ", ".join(part for part in (town, plain_country(country)) if part)
    if not place:
        return theirs(facility) or say("a place that is not stated")
    return theirs(f"{place} ({shorten(facility, 80)})" if facility else place)


def tell(change: Change, row: EventRow, template: str, extra: Mapping[str, str]) -> str:
    """The change in the words of its template."""
    form = "date" if change.how == "precision" else row.form
    last = change.items[-1] if change.items else ""
    stated = change.new if change.new is not None else change.old
    known = {
        "label": say(row.label) or member(change.path),
        "old": value(change.old, form, row.none),
        "new": value(change.new, form, row.none),
        "where": where(change.contexts),
        "item": item(stated),
        "name": theirs(shorten(last, 80)),
        "member": member(change.path),
        "citation": item({"citation": stated.get("citation")} if isinstance(stated, Mapping) else stated),
        "reason": "",
        "known": say("not stated"),
        "status": "",
        "search": "",
    }
    return harmless(plain(say(str(template)).format_map({**known, **extra})))
