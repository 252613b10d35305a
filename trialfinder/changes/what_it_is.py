"""What a new study is, in a few lines: for what, what is given, where. The registry's own words, nothing judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trialfinder.base.countries import plain_country
from trialfinder.base.text import harmless, join_words, plain
from trialfinder.base.tongue import say, theirs
from trialfinder.errors import RecordError
from trialfinder.study.read_study import read_study

_MOST = 4


def about(record: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Lines such as ``for: Diabetic Neuropathy``; none for a record that cannot be read or does not say."""
    try:
        study = read_study(record or {})
    except RecordError:
        return ()
    lines = (
        (say("for: {words}"), study.conditions),
        (say("given: {words}"), [each.name for each in study.interventions if each.name]),
        (say("where: {words}"), [plain_country(site.country) for site in study.locations if site.country]),
    )
    return tuple(form.format(words=_some(found)) for form, found in lines if found)


def _some(found: Iterable[str]) -> str:
    each = list(dict.fromkeys(harmless(plain(one)) for one in found))
    rest = [say("{n} more").format(n=len(each) - _MOST)] if len(each) > _MOST else []
    return join_words([*map(theirs, each[:_MOST]), *rest])
