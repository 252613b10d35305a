"""Puts the parts together: one study in, one classification with its evidence out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from trialfinder.classify import cells_given, measures, origin
from trialfinder.classify.classification import Classification, Evidence
from trialfinder.classify.joinable import joinable
from trialfinder.classify.nerve_conditions import Nerves, read_nerves
from trialfinder.classify.product import Given, given_product
from trialfinder.classify.relevance import StudyFacts, decide, gather
from trialfinder.classify.signs import signs
from trialfinder.classify.study_text import Mention, StudyText, document_of
from trialfinder.study.model import Study

# More quotes for one value help nobody.
_QUOTES = 5


def classify(study: Study) -> Classification:
    """What the study gives, to whom, and how near that is to cells for a peripheral nerve.

    Works with whatever modules the record has. Every value other than "none" and "not_stated" carries its words.
    """
    document = document_of(study)
    given = given_product(document)
    facts = gather(document, given, read_nerves(document))
    nerves = _refined(facts)
    relevance, reason = decide(facts)
    found = origin.read_origin(document, given)
    routes, route_words = _with_implied_route(document, given, nerves, found.routes)
    measured, evidence = _measured(document, given)
    words = {
        "relevance": (*given.matches[:1], *nerves.matches[:1], *facts.adjacent[:1]),
        "cell_product": given.matches,
        "cell_source": found.source[1],
        "donor": found.donor[1],
        "routes": route_words,
        "neuropathy_types": nerves.matches,
        "nerve_role": nerves.matches or nerves.mentioned,
    }
    return Classification(
        nct_id=study.nct_id,
        relevance=relevance,
        relevance_reason=reason,
        cell_product=given.product,
        cell_source=found.source[0],
        donor=found.donor[0],
        routes=routes,
        neuropathy_types=nerves.types,
        nerve_role=nerves.role,
        evidence={key: _evidence(matches) for key, matches in words.items() if matches} | evidence,
        **measured,
    )


def _measured(document: StudyText, given: Given) -> tuple[dict[str, Any], dict[str, tuple[Evidence, ...]]]:
    """Doses, time and outcomes: the values, and the words for those that are stated."""
    dose, dose_words = cells_given.dose(document, given)
    number, number_words = measures.number_of_doses(document, given)
    months, months_words = measures.follow_up_months(document)
    kinds, kind_words = measures.outcome_kinds(document)
    values = {"dose": dose, "number_of_doses": number, "follow_up_months": months, "outcome_kinds": kinds}
    evidence = {
        "dose": _evidence(dose_words),
        "number_of_doses": _evidence(number_words),
        "follow_up_months": months_words,
        "outcome_kinds": _evidence(kind_words),
    }
    return values, {key: items for key, items in evidence.items() if items}


def _refined(facts: StudyFacts) -> Nerves:
    """The nerves as the related field shows them.

    Pain where a limb was removed comes from cut nerves, which are then part of what is treated. In a study of the
    optic nerve a neuropathy that is only mentioned is that nerve's.
    """
    if facts.nerves.role == "mentioned_only" and any(match.id == "optic_nerve" for match in facts.adjacent):
        return Nerves((), "none")
    stump = tuple(match for match in facts.adjacent if match.id == "amputation_pain")
    if not stump or facts.nerves.role == "target":
        return facts.nerves
    return Nerves(("traumatic",), "outcome_or_part", stump, facts.nerves.mentioned)


def _with_implied_route(document: StudyText, given: Given, nerves: Nerves, found: origin.Routes) -> origin.Routes:
    """The routes; an injection for a pressed nerve is one beside that nerve, though nobody writes it."""
    routes, words = found
    if routes == ("not_stated",) and "compressive" in nerves.types:
        spoken = [match for match in given.matches if "inject" in document.sentence(match)]
        if spoken:
            return ("perineural_or_nerve",), tuple(spoken[:1])
    return routes, words


def _evidence(matches: Iterable[Mention]) -> tuple[Evidence, ...]:
    """The words of the first few matches, one for each field and wording."""
    found = dict.fromkeys(Evidence(match.passage.field, match.quote()) for match in matches)
    return tuple(found)[:_QUOTES]


def contract(study: Study, today: dt.date, sponsor_records: Sequence[Study] = ()) -> dict[str, Any]:
    """Everything that is said about one study: what it is, whether it can be joined, its signs, and the evidence."""
    classification = classify(study)
    said = classification.to_json()
    evidence = said.pop("evidence")
    said |= joinable(study, today).to_json()
    said["signs"] = [sign.to_json() for sign in signs(study, classification, today, sponsor_records)]
    said["evidence"] = evidence
    return said
