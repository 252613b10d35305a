"""A study as it is kept for judging: a small part of its record, and its criteria as they were read.

Reading criteria takes many times as long as judging by them, and a whole record longer than this. Who keeps what
``keep`` gives, under the record's hash and ``kept_by``, judges the study for anybody without reading a word again.
"""

from __future__ import annotations

import functools

import msgspec

from trialfinder.base.resources import made_by
from trialfinder.judge.study_context import concepts_of
from trialfinder.reading import criteria_tree, names_of
from trialfinder.reading.nodes.tree import Criterion
from trialfinder.study.model import Intervention, Location, Study

_LOOKED_AT = (
    "nct_id", "brief_title", "official_title", "conditions", "eligibility_criteria", "sex", "minimum_age",
    "maximum_age", "overall_status", "last_known_status", "status_verified_date", "primary_completion_date",
    "completion_date", "has_expanded_access",
)  # fmt: skip


_SHAPE = 2
"""To be counted up when ``KeptStudy``, or how ``concepts_of`` reads, changes; the rest of the name moves by itself."""


class KeptStudy(msgspec.Struct, frozen=True):
    """What judging a study, and saying whether it can be joined, looks at."""

    study: Study
    """The study with those attributes only, the status of each site and the names of what is given."""
    criteria: tuple[Criterion, ...]
    """Its criteria as trees."""
    studied: frozenset[str]
    """What its conditions are in the catalogue's terms."""


def keep(study: Study, criteria: tuple[Criterion, ...] | None = None) -> bytes:
    """What is to be kept, as JSON. ``criteria``: where they were read already, with the record's own short names."""
    if criteria is None:
        criteria = criteria_tree(study.eligibility_criteria, names_of(study))
    sites = tuple(Location(status=place.status) for place in study.locations)
    given = tuple(Intervention(one.type, one.name, other_names=one.other_names) for one in study.interventions)
    little = Study(**{name: getattr(study, name) for name in _LOOKED_AT}, locations=sites, interventions=given)
    return msgspec.json.encode(KeptStudy(little, criteria, concepts_of(study.conditions)), order="deterministic")


def kept(text: bytes | str) -> KeptStudy:
    """What ``keep`` gave.

    Raises:
        msgspec.DecodeError: somebody else wrote it.
    """
    return _decoder().decode(text)


@functools.cache
def _decoder() -> msgspec.json.Decoder[KeptStudy]:
    return msgspec.json.Decoder(KeptStudy)


def kept_by() -> str:
    """Under which name it is kept: it moves with the reader of records and of criteria, and with what is kept."""
    return f"{made_by('reading', 'drugs', 'phrases', 'base', 'study')}-{_SHAPE}"
