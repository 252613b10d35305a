"""What the reader gives back: items of a criteria text, and the readings found in them.

All offsets count characters of the registry's own text, so ``text[start:end]`` is always the registry's wording.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

DOUBTFUL = "excluding"
Section = Literal["inclusion", "exclusion", "unknown"]
Effect = Literal["require", "exclude"]
Direction = Literal["", "within", "at_least_ago", "planned", "lasting"]
When = Literal["", "current", "history", "planned"]


class Reading(Struct, frozen=True, gc=False):
    """One thing that a criterion asks of a person.

    The first block is the contract that exports print. The second block is what a comparison with a person needs
    besides; it is kept in the store's cache and never printed by ``readings_json``.
    """

    section: Section
    group: str
    """Cohort or group the criterion is limited to, in the registry's words; '' when it is for everybody."""
    pattern: str
    """Id of the catalogue (``data/patterns``)."""
    effect: Effect
    """What the study wants: ``require`` = the person must have it, ``exclude`` = the person must not."""
    value: str
    """Category or named things (several joined with ', '); an exception stands as 'except: …'; '' when none."""
    low: float | None
    low_inclusive: bool | None
    """None exactly when ``low`` is None."""
    high: float | None
    high_inclusive: bool | None
    """None exactly when ``high`` is None."""
    unit: str
    """Unit of the bounds as in the catalogue, ``xULN`` for multiples of the upper limit of normal; '' without bounds.

    Bounds state the words as they stand: exclusion "HbA1c > 10 %" is ``exclude`` with ``low`` 10, not inclusive, so a
    person is barred when the value lies INSIDE the bounds; under ``require`` the value must lie inside.
    """
    window_months: float | None
    """Look-back, wash-out, planned or treatment time in months; None when the words name none."""
    quote: str
    start: int
    end: int
    item_start: int
    item_end: int
    complete: bool
    """The whole item was understood, not only the quote."""
    direction: Direction = ""
    """How to take ``window_months``: ``within`` = in the last N months; ``at_least_ago`` = N months or more ago, or
    stopped that long (the bar is: sooner than N months); ``planned`` = in the coming N months; ``lasting`` = has
    gone on or been stable for N months; '' when there is no window."""
    when: When = ""
    """``current`` ("active", "current"), ``history`` ("history of", "previous", "ever"), ``planned``; '' not said."""
    exception: str = ""
    """The words after "except", "other than", "unless"; '' when none. A person under it is not hit by the reading.

    Where they begin with ``DOUBTFUL``, the sentence leaves open whether they are spared or bar as well."""
    condition: str = ""
    """The words that limit whom the criterion is for: "women of child-bearing potential", "if diabetic"; ''."""
    applies_to_sex: Literal["", "female", "male"] = ""
    """Sex the criterion is limited to by its words; '' for everybody."""
    alternatives: int = 0
    """Readings with the same number > 0 inside one item are parts of one "one of" of the tree: under ``require`` one of
    them is enough. 0: stands alone (joined by "and")."""
    narrower: tuple[str, ...] = ()
    """The words of the thing in its tree where they mean less than the pattern: "unstable angina", "severe"."""
    listed: tuple[str, ...] = ()
    """Further drugs of the list whose first is the value, which the contract counts as one reading."""
    path: str = ""
    """The joins above the reading in its criterion's tree, from the top: "not > one of > except"; '' at the top."""


class Item(Struct, frozen=True, gc=False):
    """One criterion: a line, bullet or numbered piece of the criteria text with what was read in it."""

    section: Section
    group: str
    start: int
    end: int
    complete: bool
    """False while any part of the item that carries meaning was not understood; an item with no reading is False."""
    readings: tuple[Reading, ...]
    text: str = ""
    """The registry's own words of this item."""
    depth: int = 0
    """Depth of nesting, 0 for the top of a list."""
    parent: int | None = None
    """Index, in the tuple that ``read_criteria`` returns, of the item that introduces this one; None at the top."""


class Segment(Struct, frozen=True, gc=False):
    """A piece of the criteria text before reading: a heading, or the words of one item.

    The segments of a text are in order, do not overlap, and cover every character that is not white space.
    """

    kind: Literal["heading", "item"]
    section: Section
    group: str
    start: int
    end: int
    depth: int = 0
    parent: int | None = None
    """Index, in the tuple that ``segment`` returns, of the item or heading that introduces this one."""
