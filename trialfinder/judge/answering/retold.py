"""The tree of a criterion as it is asked of one person: unread words that a fact answers all the same."""

from __future__ import annotations

from trialfinder.judge.answering.allergies import with_allergies
from trialfinder.judge.answering.any_disease import with_any_disease
from trialfinder.judge.answering.drugs_told import with_drugs
from trialfinder.judge.answering.every_kind import without_every_kind
from trialfinder.judge.answering.heart_classes import with_heart_classes
from trialfinder.judge.answering.kidney_stages import with_kidney_stages
from trialfinder.judge.answering.list_heads import without_heads, without_idle
from trialfinder.judge.answering.liver_classes import with_liver_classes
from trialfinder.judge.answering.named_unread import with_named
from trialfinder.judge.answering.said_now import with_now
from trialfinder.judge.answering.spared_series import with_spared_series
from trialfinder.judge.answering.spared_ways import with_spared_ways
from trialfinder.judge.answering.treatment_of import under_treatment
from trialfinder.judge.study_context import StudyContext
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Node
from trialfinder.reading.refine.refined import refined


def retold(node: Node, text: str, facts: Facts, study: StudyContext) -> Node:
    """The tree with what a fact of the person can answer in it."""
    told = with_liver_classes(
        with_kidney_stages(without_heads(without_idle(node, text), text), text, facts),
        text,
        facts,
    )
    told = with_heart_classes(told, text, facts)
    told = with_allergies(with_drugs(with_named(told, text, facts), text, facts), text, facts)
    told = with_now(with_spared_ways(with_spared_series(told, text), text, facts), text)
    told = with_any_disease(under_treatment(without_every_kind(told, text), text), text, facts, study)
    return node if told is node else refined(told, text)
