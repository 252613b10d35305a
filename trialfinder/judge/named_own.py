"""What a person told of themself that a criterion names which was not understood: it has to be read by them."""

from __future__ import annotations

from collections.abc import Iterator

from trialfinder.base.pattern_words import label
from trialfinder.judge.names.illness_names import all_forms
from trialfinder.person.profile import Profile, Value
from trialfinder.person.profile_schema import schema
from trialfinder.reading.vocabulary.named_patterns import named_patterns
from trialfinder.reading.wording.nouns import all_within

_SECTIONS = ("neuropathy", "diabetes", "health", "treatment")
_BROAD = frozenset({"general_health", "other_medication", "symptom_duration", "pain_score", "failed_conventional"})
"""Named in sentences on anything."""
_NONE = frozenset({"none", "never", "other"})


def own_named(words: str, profile: Profile | None) -> tuple[str, ...]:
    """What the person told that they have and that the words name, in plain words without any value; () for none."""
    return tuple(dict.fromkeys(_named(words, profile))) if profile is not None else ()


def _named(words: str, profile: Profile) -> Iterator[str]:
    patterns = named_patterns(words) - _BROAD
    for fact in schema().values():
        told = profile.get(fact.key)
        if fact.section in _SECTIONS and _has(told):
            yield from (label(pattern) for pattern in fact.answers[:1] if pattern in patterns)
    named = profile.get("health.diagnoses")
    for name in named if isinstance(named, tuple) else ():
        if any(all_within(form, words) for form in all_forms(name)):
            yield name


def _has(told: Value | None) -> bool:
    """Whether a fact says that there is something: a number alone does not."""
    if isinstance(told, bool):
        return told
    if isinstance(told, str):
        return told not in _NONE
    return isinstance(told, tuple) and bool(told)
