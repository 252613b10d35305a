"""Decides which cell product is *given*: by the weight of the field, and by the words around the term.

A product in the name of an intervention proves more than one in the background section, and "after an earlier
transplant" proves nothing. Terms are data (``cells.toml``, ``noise.toml``, ``context.toml``); the weights are here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trialfinder.classify.classification import ACELLULAR
from trialfinder.classify.handling import codes, explains_code, given_to_nobody, is_else, is_grown, only_studied
from trialfinder.classify.study_text import Mention, StudyText, Zone
from trialfinder.classify.term_tables import by_id, mentions, table

# How much a product named in a field proves that it is given. Keywords alone never reach GIVEN.
_WEIGHT = {
    Zone.TITLE: 6.0,
    Zone.GIVEN: 6.0,
    Zone.GIVEN_TEXT: 4.0,
    Zone.CONDITION: 2.0,
    Zone.KEYWORD: 2.0,
    Zone.SUMMARY: 3.0,
    Zone.DETAIL: 2.0,
}
# Fields in which the sentence must speak of giving.
_PROSE = frozenset({Zone.SUMMARY, Zone.DETAIL})
_STRONG = frozenset({Zone.TITLE, Zone.GIVEN, Zone.GIVEN_TEXT})
_WEIGHED = frozenset(_WEIGHT)
# Names that do not say which cells; the details may.
_GENERAL = frozenset({"unspecified", "stem_transplant"})
# Cells that laboratories make or count far more often than anybody gives them, and the words of doing so.
_OFTEN_ONLY_STUDIED = {"ipsc_derived": "laboratory", "mononuclear": "sampled"}
# A product made from cells is named together with them.
_OFTEN_BESIDE = frozenset({"exosome_or_secretome", "hematopoietic"})
# From here on a product counts as given: one mention in a summary does not suffice.
_GIVEN = 4.0
_MOST_PER_ZONE = 3
_UNCULTURED = ("mononuclear", "stromal_vascular_fraction")


@dataclass(frozen=True, slots=True)
class Given:
    """The product that is given: an id of CELL_PRODUCTS, and where it is named (empty for ``none``).

    ``around`` are all names of cells in the record that could be the product, also where nothing is said of giving.
    ``studied`` are names of cells that are only grown or examined.
    """

    product: str
    matches: tuple[Mention, ...] = ()
    around: tuple[Mention, ...] = ()
    studied: tuple[Mention, ...] = ()

    @property
    def living(self) -> bool:
        """Whether living cells are given."""
        return self.product != "none" and self.product not in ACELLULAR


def given_product(document: StudyText) -> Given:
    """The cell product that the study gives; ``none`` when it gives none."""
    visible = longest(hidden_by_noise(document, "cells", _found(document)))
    studied = only_studied(document, visible)
    weighed = _weighed(document, [match for match in visible if match not in studied])
    counted = [(match, weight) for match, weight in weighed if weight > 0]
    score: dict[str, float] = defaultdict(float)
    strong: dict[str, float] = defaultdict(float)
    per_zone: dict[tuple[str, Zone], int] = defaultdict(int)
    for match, weight in counted:
        per_zone[match.id, match.passage.zone] += 1
        if per_zone[match.id, match.passage.zone] <= _MOST_PER_ZONE:
            score[match.id] += weight
            if match.passage.zone in _STRONG:
                strong[match.id] += weight
    around = tuple(match for match, _ in weighed)
    if given_to_nobody(document, [match for match, _ in counted]):
        return Given("none", (), around, (*studied, *(match for match, _ in counted if is_grown(match))))
    product = _choose(document, score, strong)
    if product == "none":
        return Given(product, (), around, studied)
    named = tuple(match for match, _ in counted if match.id in _names_of(product))
    return Given(product, named or tuple(match for match, _ in counted), around, studied)


def described(document: StudyText, given: Given) -> Given:
    """The same product with what the detailed description calls it; the same object when that is known already."""
    if given.product == "none" or any(match.passage.zone is Zone.DETAIL for match in given.around):
        return given
    region = document.in_zones(frozenset({Zone.DETAIL}))
    ids = _names_of(given.product) | _GENERAL | _OFTEN_BESIDE
    rows = tuple(term for term in table("cells") if term.id in ids)
    hits = mentions(document, region, rows)
    more = _weighed(document, longest(hidden_by_noise(document, "cells", hits)))
    if not more:
        return given
    named = (match for match, weight in more if weight > 0 and match.id in _names_of(given.product))
    return Given(given.product, (*given.matches, *named), (*given.around, *(match for match, _ in more)))


def _names_of(product: str) -> frozenset[str]:
    """The ids of the rows that can name a product."""
    return frozenset({product} | (_GENERAL if product in ("not_stated", "hematopoietic") else frozenset()))


def _weighed(document: StudyText, visible: Sequence[Mention]) -> list[tuple[Mention, float]]:
    """The names that can be the product's, each with what it proves."""
    return [(match, weight) for match in visible if (weight := _weight(document, match)) is not None]


def _found(document: StudyText) -> list[Mention]:
    """Every name of a cell product that can be the one given.

    Where the record says what is given, only products named there or in the title count, and most records name none.
    The long description is only read where those say too little.
    """
    rows, zones = table("cells"), _WEIGHED
    if document.study.interventions or document.study.arm_groups:
        heads = document.in_zones(_STRONG)
        named = {match.id for match in mentions(document, heads, rows)}
        if not named:
            named_by = tuple(codes(document))
            places = document.around(named_by, ()) if named_by else None
            return mentions(document, places, rows) if places else []
        if named - _GENERAL:
            rows = tuple(term for term in rows if term.id in named | _GENERAL | _OFTEN_BESIDE)
            zones = _WEIGHED - {Zone.DETAIL}
    region = document.in_zones(zones)
    return mentions(document, region, rows)


def hidden_by_noise(document: StudyText, kind: str, matches: Sequence[Mention]) -> list[Mention]:
    """The matches that touch no noise of this kind (``cells`` or ``nerves``)."""
    if not matches:
        return []
    region = document.near(matches)
    noise = mentions(document, region, tuple(term for term in table("noise") if kind in term.hides))
    if not noise:
        return list(matches)
    return [match for match in matches if not any(hit.at < match.to and match.at < hit.to for hit in noise)]


def longest(matches: Iterable[Mention]) -> list[Mention]:
    """Of matches that overlap, the longest; the earlier one when they are equal. In text order."""
    kept: list[Mention] = []
    for match in sorted(matches, key=lambda m: (m.at, -(m.to - m.at))):
        if kept and match.at < kept[-1].to:
            if match.to - match.at > kept[-1].to - kept[-1].at:
                kept[-1] = match
        else:
            kept.append(match)
    return kept


def _weight(document: StudyText, match: Mention) -> float | None:
    """What a match proves; 0 when nothing is said of giving, None when it is something else than the product."""
    zone = match.passage.zone
    weight = _WEIGHT.get(zone, 0.0)
    if match.id in _OFTEN_ONLY_STUDIED and _only_studied(document, match):
        return None
    if not weight or zone in (Zone.GIVEN, Zone.KEYWORD, Zone.CONDITION):
        return weight
    context = by_id("context")
    before = document.before(match)
    if any(context[name].search(before) for name in ("earlier_treatment", "excluded", "made_from")):
        return None
    if context["recipients"].search(document.after(match)):
        return None
    if zone not in _PROSE:
        return weight
    if explains_code(document, match):  # also where the sentence tells of mice
        return max(weight, _GIVEN)
    sentence = document.sentence(match)
    if context["background"].search(sentence) or context["outside_the_study"].search(document.after(match)):
        return None
    if context["giving"].search(sentence):
        return weight
    return 0.5 if zone is Zone.SUMMARY else 0.0


def _only_studied(document: StudyText, match: Mention) -> bool:
    """Whether the sentence speaks of making or measuring cells, and not of giving them to anybody."""
    context, sentence = by_id("context"), document.sentence(match)
    studied = context[_OFTEN_ONLY_STUDIED[match.id]].search(sentence)
    return studied and not context["into_people"].search(sentence)


def _choose(document: StudyText, score: dict[str, float], strong: dict[str, float]) -> str:
    _resolve_transplant(document, score, strong)
    for values in (score, strong):
        values["not_stated"] = values.pop("unspecified", 0.0)
    enough = _enough(document, score, strong)
    specific = {name: value for name, value in enough.items() if name != "not_stated"}
    if specific:
        return _best(specific, strong, document)
    if "not_stated" not in enough:
        return "none"
    # "Stem cells" in the title, and what they are only further down: the named kind is meant.
    named = {name: value for name, value in score.items() if value >= 1 and name not in ACELLULAR | {"not_stated"}}
    return max(named, key=lambda name: named[name]) if named else "not_stated"


def _resolve_transplant(document: StudyText, score: dict[str, float], strong: dict[str, float]) -> None:
    """A bare "stem cell transplant" is one of blood stem cells where a transplant's drugs or diseases are named."""
    bare = score.pop("stem_transplant", 0.0)
    bare_strong = strong.pop("stem_transplant", 0.0)
    if not bare:
        return
    head = " ".join([document.study.brief_title or "", document.study.official_title or "", *document.study.conditions])
    blood = (
        bool(score.get("hematopoietic"))
        or by_id("context")["conditioning"].search(document.low)
        or by_id("topics")["blood_or_cancer"].search(head.lower())
    )
    blood = blood and not any(value >= _GIVEN for name, value in score.items() if name in ("msc", "mononuclear"))
    name = "hematopoietic" if blood else "unspecified"
    score[name] += bare
    strong[name] += bare_strong


def _enough(document: StudyText, score: dict[str, float], strong: dict[str, float]) -> dict[str, float]:
    """The products that count as given."""
    if not document.study.interventions and not document.study.arm_groups:
        return {name: value for name, value in score.items() if value >= _GIVEN}
    found = {name: value for name, value in score.items() if strong.get(name, 0.0) >= _GIVEN}
    if found or not score:
        return found
    return {name: value for name, value in score.items() if value > 0 and _told_by_code(document, name)}


def _told_by_code(document: StudyText, product: str) -> bool:
    """Whether a sentence names the product together with the code that the interventions or the title give it."""
    names = codes(document)
    if not names:
        return False
    ids = {product, "unspecified"} if product == "not_stated" else {product}
    rows = tuple(term for term in table("cells") if term.id in ids)
    region = document.in_zones(_PROSE)
    named = mentions(document, region, rows)
    return any(
        code in document.sentence(match) and not is_else(document, match, code) for match in named for code in names
    )


def _best(enough: dict[str, float], strong: dict[str, float], document: StudyText) -> str:
    """Living cells before products without them, uncultured before cultured when both names stand for one thing."""
    living = {name: value for name, value in enough.items() if name not in ACELLULAR}
    pool = living or enough
    best = max(pool, key=lambda name: (pool[name], name))
    uncultured = [name for name in _UNCULTURED if strong.get(name, 0.0) >= _GIVEN and name in pool]
    if best == "msc" and uncultured and not by_id("context")["culture_expanded"].search(document.low):
        return uncultured[0]
    return best
