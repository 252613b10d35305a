"""Where the cells come from, whose they are, and how they are given: read only from words about the product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from trialfinder.classify.handling import codes
from trialfinder.classify.product import Given, described
from trialfinder.classify.study_text import REACH, Mention, Region, StudyText, Zone
from trialfinder.classify.term_tables import by_id, mentions, mentions_by_table, table

_NEAR = 45
# A product that has only one possible source.
_SOURCE_OF = {
    "platelet_rich_plasma": "peripheral_blood",
    "stromal_vascular_fraction": "adipose",
    "schwann": "nerve",
}
_ZONE_WEIGHT = {
    Zone.TITLE: 4,
    Zone.GIVEN: 4,
    Zone.GIVEN_TEXT: 3,
    Zone.SUMMARY: 2,
    Zone.KEYWORD: 2,
    Zone.CONDITION: 2,
    Zone.DETAIL: 1,
}
_SPOKEN = frozenset({Zone.TITLE, Zone.GIVEN, Zone.GIVEN_TEXT, Zone.SUMMARY, Zone.DETAIL})

_PROSE = frozenset({Zone.GIVEN_TEXT, Zone.SUMMARY, Zone.DETAIL})
_HEADS = frozenset({Zone.TITLE, Zone.GIVEN, Zone.GIVEN_TEXT})

Found = tuple[str, tuple[Mention, ...]]
Routes = tuple[tuple[str, ...], tuple[Mention, ...]]


@dataclass(frozen=True, slots=True)
class CellOrigin:
    """Source, donor and routes, each with the words for it."""

    source: Found
    donor: Found
    routes: Routes


def read_origin(document: StudyText, given: Given) -> CellOrigin:
    """Source, donor and routes of the product; ``none`` and no route when nothing is given.

    The long description is only asked for what is still not stated.
    """
    found = _read(document, given)
    values = (found.source[0], found.donor[0], *found.routes[0])
    if "not_stated" in values and (wide := described(document, given)) is not given:
        more = _read(document, wide)
        found = CellOrigin(
            found.source if found.source[0] != "not_stated" else more.source,
            found.donor if found.donor[0] != "not_stated" else more.donor,
            found.routes if found.routes[0] != ("not_stated",) else more.routes,
        )
    if found.donor[0] == "not_stated":
        found = replace(found, donor=_taken_and_put_back(document))
    return _plausible(found)


# Cells of a birth are another person's to an adult: "own" then speaks of some other product in the same record, unless
# the words themselves join the two ("autologous cord blood", kept since birth).
_BIRTH_TISSUE = frozenset({"umbilical_cord", "placenta_amnion"})
_NEAR = 30


def _plausible(found: CellOrigin) -> CellOrigin:
    giver, matches = found.donor
    if giver != "autologous" or found.source[0] not in _BIRTH_TISSUE:
        return found
    around = (m.passage.text[max(0, m.start - _NEAR) : m.end + _NEAR].casefold() for m in matches)
    if any(word in text for text in around for word in ("cord", "placent", "amni")):
        return found
    return replace(found, donor=("not_stated", ()))


def _read(document: StudyText, given: Given) -> CellOrigin:
    if given.product == "none":
        return CellOrigin(("none", ()), ("none", ()), ((), ()))
    said = mentions_by_table(document, product_region(document, given), ("sources", "donors", "routes"))
    return CellOrigin(
        cell_source(document, given, said["sources"]),
        donor(document, given, said["donors"]),
        routes(document, given, said["routes"]),
    )


def cell_source(document: StudyText, given: Given, matches: list[Mention]) -> Found:
    """The source of the product given, and the words that say so."""
    if given.living:  # platelets beside cells are another product, or feed them in culture
        matches = [match for match in matches if not match.words.lower().startswith(("platelet", "prp"))]
    score, kept = _scored(document, given, matches, inside=6, near=3, same_sentence=1)
    if known := _SOURCE_OF.get(given.product):
        return known, tuple(match for match in kept if match.id == known) or given.matches[:1]
    if not score:
        score, kept = _scored(document, _wider(given), matches, inside=6, near=3, same_sentence=1)
    return _winner(score, kept)


def donor(document: StudyText, given: Given, matches: list[Mention]) -> Found:
    """Whose cells are given, and the words that say so."""
    score, kept = _scored(document, given, matches, inside=6, near=4, same_sentence=2)
    if not score:
        score, kept = _scored(document, _wider(given), matches, inside=6, near=4, same_sentence=2)
    return _winner(score, kept)


def _taken_and_put_back(document: StudyText) -> Found:
    """Own cells, where a text speaks only of "the cells": taken from people and put back into the same ones."""
    context = by_id("context")
    own = tuple(row for row in table("donors") if row.id == "autologous")
    for match in mentions(document, document.in_zones(_PROSE), own):
        sentence = document.sentence(match)
        told = context["cells_into_people"].search(sentence)
        if told and not any(context[name].search(sentence) for name in ("background", "hedged", "not_given")):
            return "autologous", (match,)
    return "not_stated", ()


def product_region(document: StudyText, given: Given) -> Region:
    """Titles, interventions and arms, and the sentences around every name of the product."""
    return document.in_zones(_HEADS, given.around, 2 * REACH)


def _wider(given: Given) -> Given:
    """The same product, looked for at every name of cells: records call one product by several names."""
    return Given(given.product, given.around, given.around)


def _winner(score: dict[str, int], kept: list[Mention]) -> Found:
    if not score:
        return "not_stated", ()
    best = max(score, key=lambda name: score[name])
    return best, tuple(match for match in kept if match.id == best)


def _scored(
    document: StudyText, given: Given, matches: Iterable[Mention], *, inside: int, near: int, same_sentence: int
) -> tuple[dict[str, int], list[Mention]]:
    """Adds up what the matches say, the more the closer they stand to a name of the product."""
    score: dict[str, int] = defaultdict(int)
    kept = []
    for match in matches:
        weight = _ZONE_WEIGHT.get(match.passage.zone, 0)
        closeness = _closeness(document, given, match)
        value = {"inside": inside, "near": near, "sentence": same_sentence}.get(closeness, 0)
        if weight and value:
            score[match.id] += weight * value
            kept.append(match)
    return score, kept


def _closeness(document: StudyText, given: Given, match: Mention) -> str:
    best = ""
    for name in given.matches:
        if name.passage is not match.passage:
            continue
        if match.at < name.to and name.at < match.to:
            return "inside"
        gap = name.at - match.to if match.at < name.at else match.at - name.to
        if gap <= _NEAR and not _stop_between(document, name, match):
            best = "near"
        elif not best and _same_sentence(document, name, match):
            best = "sentence"
    if not best and match.passage.zone in _HEADS:
        return "sentence"
    return best


def _stop_between(document: StudyText, one: Mention, other: Mention) -> bool:
    between = document.low[min(one.to, other.to) : max(one.at, other.at)]
    return ". " in between or "\n" in between


def _same_sentence(document: StudyText, one: Mention, other: Mention) -> bool:
    apart = abs(one.at - other.at)
    return apart < 220 and not _stop_between(document, one, other)


def routes(document: StudyText, given: Given, matches: list[Mention]) -> Routes:
    """How the product is given, and the words that say so.

    ``not_stated`` alone when the record does not say.
    """
    known = _codes_of_product(document, given)
    about = _product_passages(document, given, known)
    kept: list[Mention] = []
    for match in matches:
        if (
            match.passage.zone in _SPOKEN
            and _about_product(document, given, match, about, known)
            and not _taken(document, match)
        ):
            kept.append(match)
    found = dict.fromkeys(match.id for match in kept)
    if not found:
        return _implied(document, given)
    return tuple(found), tuple(kept)


def _product_passages(document: StudyText, given: Given, known: frozenset[str]) -> frozenset[str]:
    """Interventions and arms that name the product or its code: every route in them is the product's."""
    named = {match.passage.field.split(".")[0] for match in given.matches}
    named |= {
        passage.field.split(".")[0]
        for passage in document.passages
        if known
        and passage.zone in (Zone.GIVEN, Zone.GIVEN_TEXT)
        and any(code in passage.text.lower() for code in known)
    }
    arms = document.study.interventions
    labels = {
        label
        for index, item in enumerate(arms)
        if f"interventions[{index}]" in named
        for label in item.arm_group_labels
    }
    linked = {f"arm_groups[{index}]" for index, arm in enumerate(document.study.arm_groups) if arm.label in labels}
    return frozenset(named | linked)


def _taken(document: StudyText, match: Mention) -> bool:
    """Whether the sentence says where something is taken out, and nothing of putting it in."""
    context, sentence = by_id("context"), document.sentence(match)
    return context["taken"].search(sentence) and not context["into_people"].search(sentence)


def _codes_of_product(document: StudyText, given: Given) -> frozenset[str]:
    """The codes of the interventions and the title that stand in one sentence with a name of the product.

    Not those of an intervention beside the one that names the product: they are other drugs.
    """
    if given.product == "hematopoietic":  # a transplant is named beside the codes of many drugs
        return frozenset()
    items = document.study.interventions
    places = {match.passage.field.split(".")[0] for match in given.matches}
    own = [item.name.lower() for index, item in enumerate(items) if f"interventions[{index}]" in places]
    others = [item.name.lower() for index, item in enumerate(items) if f"interventions[{index}]" not in places]
    known = codes(document)
    if own:
        beside = {code for code in known if any(code in name for name in others)}
        known -= {code for code in beside if not any(code in name for name in own)}
    return frozenset(
        code
        for code in known
        if any(code in name for name in own) or any(code in document.sentence(m) for m in given.matches)
    )


def _about_product(
    document: StudyText, given: Given, match: Mention, about: frozenset[str], known: frozenset[str]
) -> bool:
    if match.passage.zone in (Zone.GIVEN, Zone.GIVEN_TEXT):
        return match.passage.field.split(".")[0] in about
    if match.passage.zone is Zone.TITLE:
        return True
    if any(name.passage is match.passage and _same_sentence(document, name, match) for name in given.matches):
        return True
    sentence = document.sentence(match)
    return any(code in sentence for code in known)


def _implied(document: StudyText, given: Given) -> Routes:
    """Without a word for the route: cells are *infused* into a vein."""
    for match in given.matches:
        if match.passage.zone in _SPOKEN and "infusion" in document.sentence(match):
            return ("intravenous",), (match,)
    return ("not_stated",), ()
