"""When two values of the registry mean the same although they are written in another way.

The registry has changed its markup, its line breaks and the order of its lists without any study changing. Such
differences are no news. What is left after these functions is.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from trialfinder.base import lazy_re as re
from trialfinder.base.text import one_line, plain
from trialfinder.base.values import Age, PartialDate

_BULLET = re.compile(r"^[ \t]*[*\-•·▪●◦‣–][ \t]+", re.MULTILINE)


def text(value: str) -> str:
    """Prose as it is compared: markup, bullets, line breaks and white space folded; letter case kept."""
    return unicodedata.normalize("NFC", one_line(_BULLET.sub("", plain(value))))


def word(value: object) -> str:
    """A name or a key word as it is compared: as ``text``, without letter case."""
    return text(value).casefold() if isinstance(value, str) else canonical(value)


def date(value: object) -> PartialDate | None:
    """The date that a value states, with its precision; None when it states none."""
    try:
        return PartialDate.parse(value) if isinstance(value, str) else None
    except ValueError:
        return None


def age(value: object) -> Age | None:
    """The age limit that a value states; None when it states none."""
    try:
        return Age.parse(value) if isinstance(value, str) else None
    except ValueError:
        return None


def canonical(value: object) -> str:
    """A value of any shape as text that is the same for the same content: keys and lists sorted, prose folded."""
    return json.dumps(_canonical(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _canonical(value: object) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _canonical(item) for key, item in value.items() if not is_empty(item)}
    if isinstance(value, list):
        return sorted(
            (_canonical(item) for item in value if not is_empty(item)),
            key=lambda item: json.dumps(item, sort_keys=True),
        )
    return text(value) if isinstance(value, str) else value


def fingerprint(value: object) -> str:
    """Twelve hexadecimal digits that stand for a whole value."""
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def is_empty(value: object) -> bool:
    """Whether a value says nothing: absent, '', an empty list, or a mapping of such (the registry leaves these out)."""
    if isinstance(value, Mapping):
        return all(is_empty(item) for item in value.values())
    if isinstance(value, list):
        return all(is_empty(item) for item in value)
    return value is None or (isinstance(value, str) and not value.strip())


def same(old: object, new: object, form: str) -> bool:
    """Whether two single values of one form (``date``, ``age``, ``word``, or anything else) mean the same."""
    if is_empty(old) or is_empty(new):
        return is_empty(old) and is_empty(new)
    if type(old) is not type(new) and not (_is_number(old) and _is_number(new)):
        return False
    if form == "date" and (first := date(old)) and (second := date(new)):
        return first == second
    if form == "age" and (lower := age(old)) and (upper := age(new)):
        return lower == upper
    if isinstance(old, str) and isinstance(new, str):
        return word(old) == word(new) if form == "word" else text(old) == text(new)
    return old == new


def only_precision(old: object, new: object) -> bool:
    """Whether one date states the other more exactly: ``2024-05`` and ``2024-05-17``."""
    first, second = date(old), date(new)
    if first is None or second is None or first == second:
        return False
    wide, narrow = (first, second) if len(str(first)) < len(str(second)) else (second, first)
    return wide.earliest() <= narrow.earliest() and narrow.latest() <= wide.latest()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
