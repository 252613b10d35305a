"""What the steps of reading one item hand to each other."""

from __future__ import annotations

from msgspec import Struct

from trialfinder.reading.amounts.limited import Bounded
from trialfinder.reading.readings import Effect
from trialfinder.reading.times.time_windows import Window
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.patterns import Pattern
from trialfinder.reading.vocabulary.scope import Scope
from trialfinder.reading.wording.normalise import Clean


class Lead(Struct, frozen=True):
    """What an item takes over from the line that introduces it."""

    negated: bool = False
    window: Window | None = None
    heads: frozenset[str] = frozenset()
    variables: tuple[Hit, ...] = ()
    defines: bool = False
    """It says what counts as a bad reaction to a drug: the numbers below are asked of nobody."""
    stopped: bool = False
    """It says that what follows must have been stopped before: the times below are washouts."""


class Finding(Struct, frozen=True, gc=False):
    """A reading in offsets of the cleaned text, before it is given its item and quote."""

    hit: Hit
    pattern: Pattern
    effect: Effect
    value: str
    start: int
    end: int
    bounded: Bounded | None = None
    window: Window | None = None
    exception: tuple[int, int] | None = None
    degree: str = ""
    """What is asked of a measured thing that no number bounds: "normal"; '' otherwise."""


class ItemRead(Struct, frozen=True):
    """Everything found in one item, for the text level to build on."""

    clean: Clean
    scope: Scope
    findings: tuple[Finding, ...]
    variables: tuple[Hit, ...]
    windows: tuple[Window, ...]
