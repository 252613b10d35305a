"""Ages that the words "age limit" alone make a limit: "age limit 80", "lower age limit: 18"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bound import Bound, one_sided
from trialfinder.reading.amounts.numbers import Quantity

_LIMIT_OF_AGE = re.compile(
    r"\b(?:(?P<upper>upper\s)|(?P<lower>lower\s))?(?:age\slimit|limit\s(?:of|for)\sage)s?(?:\s(?:is|of)|\s?[:=]|\s-)?\s\Z"
)
"""Before an age that alone is the limit: "age limit 80"."""


def limit_of_age(lower: str, q: Quantity) -> Bound | None:
    """ "Age limit 80", "lower age limit: 18"; an age limit without a side is the upper one."""
    said = _LIMIT_OF_AGE.search(lower, max(0, q.start - 40), q.start)
    if said is None or q.unit not in {"", "year"}:
        return None
    return one_sided(q, q.start, q.end, "low" if said["lower"] else "high", inclusive=True)
