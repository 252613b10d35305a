"""A raw record, read and classified once for all that is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from trialfinder.classify import classify
from trialfinder.errors import RecordError
from trialfinder.study.read_study import read_study

if TYPE_CHECKING:
    from trialfinder.changes.record_events import Event
    from trialfinder.classify import Classification
    from trialfinder.study.model import Study


@dataclass(frozen=True, slots=True)
class AsGiven:
    """A study and what it gives to whom."""

    study: Study
    product: Classification

    @property
    def off_topic(self) -> bool:
        """Whether it gives no cells for a nerve, so that no list shows it unless it is asked for."""
        return self.product.relevance == "off_topic"

    @property
    def related(self) -> bool:
        """Whether it is only related: its record does not say that cells are given to treat a peripheral nerve."""
        return self.product.relevance == "adjacent"


def as_study(record: Mapping[str, Any] | None) -> Study | None:
    """The study of a raw record; None for no record, and for one that cannot be read."""
    try:
        return read_study(record) if record is not None else None
    except RecordError:
        return None


def as_given(record: Mapping[str, Any] | None) -> AsGiven | None:
    """None for no record, and for one that cannot be read; its changes are told all the same."""
    study = as_study(record)
    return AsGiven(study, classify(study)) if study is not None else None


def all_off_topic(versions: Iterable[AsGiven | None]) -> bool:
    """Whether a study was off topic in every version that is known; what cannot be read is not known to be."""
    known = [version for version in versions if version is not None]
    return bool(known) and all(version.off_topic for version in known)


def told_about(event: Event, versions: Sequence[AsGiven | None]) -> Event:
    """The event with what lists say of its study; ``versions``: before (if told of) and now, None for unknown ones."""
    now = next((version for version in reversed(versions) if version is not None), None)
    return replace(event, off_topic=all_off_topic(versions), related=now is not None and now.related)
