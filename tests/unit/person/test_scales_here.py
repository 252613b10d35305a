"""The scales that the studies at hand use: named in the question, and told of in the check."""

from __future__ import annotations

from collections import Counter

from trialfinder.cli.scales_told import named_here, unused_scales
from trialfinder.person.profile import Profile

HERE = Counter({"tcss": 3, "rutherford": 5, "oswestry disability index": 1})


def test_the_question_names_them_most_used_first() -> None:
    assert named_here(HERE) == "The studies at hand ask for: Rutherford, TCSS, Oswestry disability index. "
    assert named_here(Counter()) == ""


def test_a_scale_that_no_study_uses_is_told_of_without_its_points() -> None:
    told = Profile({"neuropathy.scores": {"TCSS": 11.0, "INCAT": 4.0, "ODI": 20.0}})
    assert unused_scales(told, HERE) == ["scores: INCAT: no study here uses it"]
    assert unused_scales(Profile({}), HERE) == []
