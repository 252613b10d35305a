"""Whether the scales on which a person told points are ones that criteria are read for: a slip would be silent."""

from __future__ import annotations

from collections.abc import Mapping

from trialfinder.base.suggest import nearest
from trialfinder.person import Profile


def unknown_scales(profile: Profile) -> list[str]:
    """One line for each scale that no criterion is read for, with the nearest that one is; never the points."""
    from trialfinder.judge.leaf_tests import common
    from trialfinder.judge.nerve_grades import letters
    from trialfinder.reading.patterns import load_patterns

    told = profile.get("neuropathy.scores")
    names = [rule.value for rule in load_patterns()["severity_score"].rule if rule.value]
    known = {letters(name) for name in (*names, *(name for same in common().scales for name in same))}
    found = []
    for name in told if isinstance(told, Mapping) else ():
        if letters(name) not in known:
            near = nearest(name, names, cutoff=80.0)
            hint = f"; nearest: {near}" if near else ""
            found.append(f"scores: {name} is no scale that is known here, so it is compared with nothing{hint}")
    return found
