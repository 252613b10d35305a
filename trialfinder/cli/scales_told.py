"""Whether the scales on which a person told points are ones that criteria are read for: a slip would be silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from trialfinder.base.suggest import nearest
from trialfinder.person import Profile

_SCALES, _MOST, _SHORT = "neuropathy.scores", 6, 6


def named_here(scales: Counter[str]) -> str:
    """What to add to the question: the scales that most studies at hand ask for; '' for none."""
    names = [spelt(name) for name, _ in scales.most_common(_MOST)]
    return f"The studies at hand ask for: {', '.join(names)}. " if names else ""


def spelt(name: str) -> str:
    """A scale as people write it: short names in capitals."""
    return name.upper() if len(name) <= _SHORT and " " not in name else name[:1].upper() + name[1:]


def unused_scales(profile: Profile, scales: Counter[str]) -> list[str]:
    """One line for each scale that was told and that no study at hand asks for; never the points."""
    from trialfinder.judge.answering.nerve_grades import letters
    from trialfinder.judge.leaf_tests import common

    told = profile.get(_SCALES)
    used = {letters(name) for name in scales}
    same = [{letters(name) for name in names} for names in common().scales]
    used |= {name for names in same if names & used for name in names}
    unused = [name for name in told if letters(name) not in used] if isinstance(told, Mapping) else []
    return [f"scores: {name}: no study here uses it" for name in unused]


def unknown_scales(profile: Profile) -> list[str]:
    """One line for each scale that no criterion is read for, with the nearest that one is; never the points."""
    from trialfinder.judge.answering.nerve_grades import letters
    from trialfinder.judge.leaf_tests import common
    from trialfinder.reading.vocabulary.patterns import load_patterns

    told = profile.get(_SCALES)
    names = [rule.value for rule in load_patterns()["severity_score"].rule if rule.value]
    known = {letters(name) for name in (*names, *(name for same in common().scales for name in same))}
    found = []
    for name in told if isinstance(told, Mapping) else ():
        if letters(name) not in known:
            near = nearest(name, names, cutoff=80.0)
            hint = f"; nearest: {near}" if near else ""
            found.append(f"scores: {name} is no scale that is known here, so it is compared with nothing{hint}")
    return found
