"""Which facts of a person an answer rests on: "no pregnancy" follows from the age of a woman, not her sex alone."""

from __future__ import annotations

from trialfinder.judge.verdict import CriterionAnswer
from trialfinder.person.implications import implications
from trialfinder.person.in_words import told_for
from trialfinder.person.profile import Profile
from trialfinder.person.profile_schema import Fact, schema


def named_and_told(found: CriterionAnswer, fact: Fact, profile: Profile) -> tuple[str, str]:
    """The names of the facts and what the person told of them: "sex, age" and "female, 61 years"."""
    facts = [fact, *_besides(found, fact, profile)]
    return ", ".join(each.label for each in facts), ", ".join(told_for(profile, each.key) for each in facts)


def _besides(found: CriterionAnswer, fact: Fact, profile: Profile) -> list[Fact]:
    asked = {each.key for each in schema().values() if found.pattern in each.answers} - {fact.key}
    rows = [row for row in implications() if fact.key in row.needs and not asked.isdisjoint(row.gives)]
    if any(len(row.needs) == 1 and row.needs.hold(profile.get) for row in rows):
        return []
    several = (row.needs for row in rows if len(row.needs) > 1)
    needs = next((keys for keys in several if all(told_for(profile, key) for key in keys)), None)
    return [schema()[key] for key in needs or () if key != fact.key]
