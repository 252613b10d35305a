"""Decides core, adjacent or off-topic by one table, read from the top; the first row that fits decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trialfinder.classify.nerve_conditions import Nerves, side_effect
from trialfinder.classify.product import Given
from trialfinder.classify.study_text import Mention, StudyText, Zone
from trialfinder.classify.term_tables import by_id, mentions, table, words_of

# One product for so many unrelated fields, nerves among them, is an umbrella study.
UMBRELLA_FIELDS = 4
_TOPIC_ZONES = frozenset({Zone.TITLE, Zone.CONDITION})
_LABORATORY_ZONES = frozenset({Zone.TITLE, Zone.SUMMARY, Zone.KEYWORD, Zone.GIVEN})


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """What the table asks about; ``adjacent`` are the related fields, ``fields`` the broad ones of an umbrella."""

    given: Given
    nerves: Nerves
    adjacent: tuple[Mention, ...]
    blood: bool
    nerve_part: bool
    central: bool
    fields: tuple[str, ...]
    laboratory: bool

    @property
    def nerve_is_target(self) -> bool:
        """Whether a peripheral-nerve disease is what is treated."""
        return self.nerves.role == "target"

    @property
    def only_radicular(self) -> bool:
        """Whether the only nerve disease is a pressed root, which belongs to back pain."""
        return self.nerves.types == ("radiculopathy",)

    @property
    def supportive_transplant(self) -> bool:
        """Whether a blood-stem-cell transplant treats a blood disease or cancer, and no inflammatory neuropathy."""
        return self.given.product == "hematopoietic" and self.blood and "inflammatory" not in self.nerves.types


@dataclass(frozen=True, slots=True)
class NerveRow:
    """One row of the table: when it fits, what follows, and why in plain words."""

    fits: Callable[[StudyFacts], bool]
    relevance: str
    reason: str


TABLE = (
    NerveRow(
        lambda f: not f.given.living and f.laboratory and f.nerve_is_target,
        "adjacent",
        "cells are only made or studied in the laboratory, for a disease of the nerves; nobody is given cells",
    ),
    NerveRow(lambda f: f.given.product == "none", "off_topic", "no cell product is given"),
    NerveRow(
        lambda f: f.given.product == "hematopoietic" and f.nerve_part,
        "adjacent",
        "a blood-stem-cell transplant for a blood disease that also damages nerves",
    ),
    NerveRow(
        lambda f: f.supportive_transplant, "off_topic", "the transplant treats a blood disease or cancer, not a nerve"
    ),
    NerveRow(
        lambda f: f.given.living and f.nerve_is_target and f.only_radicular,
        "adjacent",
        "cells for back pain or a pressed nerve root",
    ),
    NerveRow(lambda f: f.given.living and f.nerve_is_target, "core", "cells are given to treat a peripheral nerve"),
    NerveRow(
        lambda f: f.nerve_is_target,
        "adjacent",
        "a product without living cells is given to treat a peripheral nerve",
    ),
    NerveRow(lambda f: f.given.living and bool(f.adjacent), "adjacent", "cells are given for {topic}"),
    NerveRow(
        lambda f: f.given.living and len(f.fields) >= UMBRELLA_FIELDS and "branch_nerves" in f.fields,
        "adjacent",
        "one product for many diseases, nerve diseases among them",
    ),
    NerveRow(lambda f: f.given.living, "off_topic", "cells are given for another disease"),
    NerveRow(lambda _: True, "off_topic", "a product without living cells, for another disease"),
)


def related_reasons() -> list[str]:
    """Every reason for which a study is only related, in words, for the catalogues of other languages."""
    topics = [words_of("topics")[term.id] for term in table("topics") if term.side == "adjacent"]
    forms = [row.reason for row in TABLE if row.relevance == "adjacent"]
    return list(dict.fromkeys(form.format(topic=topic) for form in forms for topic in topics))


def decide(facts: StudyFacts) -> tuple[str, str]:
    """The relevance and the reason, from the first row of the table that fits."""
    row = next(row for row in TABLE if row.fits(facts))
    topic = words_of("topics")[facts.adjacent[0].id] if facts.adjacent else ""
    return row.relevance, row.reason.format(topic=topic)


def gather(document: StudyText, given: Given, nerves: Nerves) -> StudyFacts:
    """Collects what the table asks about."""
    # Without any product the related fields decide nothing, and most records have none.
    rows = table("topics") if given.product != "none" else ()
    region = document.in_zones(_topic_zones(document))
    topics = mentions(document, region, rows)
    headed = [match for match in topics if _is_topic(document, match)]
    sides = {term.id: term.side for term in table("topics")}
    by_side: dict[str, list[Mention]] = {}
    for match in headed:
        by_side.setdefault(sides[match.id], []).append(match)
    return StudyFacts(
        given=given,
        nerves=nerves,
        adjacent=tuple(by_side.get("adjacent", ())),
        blood="blood" in by_side,
        nerve_part=_damages_nerves(document, nerves, by_side.get("nerve_part", [])),
        central="central" in by_side,
        fields=tuple(dict.fromkeys(match.id for match in (*by_side.get("branch", ()), *_listed(document, by_side)))),
        laboratory=_laboratory(document, given),
    )


def _listed(document: StudyText, by_side: dict[str, list[Mention]]) -> list[Mention]:
    """The fields that a description lists, where the title itself speaks of many diseases."""
    if document.study.conditions or not any(m.passage.zone is Zone.TITLE for m in by_side.get("umbrella", ())):
        return []
    region = document.in_zones(frozenset({Zone.SUMMARY, Zone.DETAIL}))
    return mentions(document, region, tuple(term for term in table("topics") if term.side == "branch"))


def _topic_zones(document: StudyText) -> frozenset[Zone]:
    """Titles and conditions; without conditions the summary too, and without a summary the description."""
    if document.study.conditions:
        return _TOPIC_ZONES
    return _TOPIC_ZONES | {Zone.SUMMARY if document.study.brief_summary else Zone.DETAIL}


def _is_topic(document: StudyText, match: Mention) -> bool:
    """Whether a field of medicine is what the study is about: named in a title or condition, or else in its purpose."""
    zone = match.passage.zone
    if zone in _TOPIC_ZONES:
        return True
    context = by_id("context")
    sentence = document.sentence(match)
    return context["purpose"].search(sentence) and not context["background"].search(sentence)


def _damages_nerves(document: StudyText, nerves: Nerves, diseases: list[Mention]) -> bool:
    """POEMS always does; other such diseases where the record speaks of neuropathy, and not only to exclude it."""
    spoken = [m for m in nerves.mentioned if m.passage.zone is not Zone.CRITERIA and not side_effect(document, m)]
    return any("amyloid" not in match.words.lower() for match in diseases) or bool(diseases and spoken)


def _laboratory(document: StudyText, given: Given) -> bool:
    """Whether the study makes stem cells from its participants, or is about such cells in the laboratory."""
    if any(match.passage.zone in (Zone.TITLE, Zone.GIVEN) for match in given.studied):
        return True
    context = by_id("context")["laboratory"]
    region = document.in_zones(_LABORATORY_ZONES)
    rows = tuple(term for term in table("cells") if term.id == "ipsc_derived")
    return any(context.search(document.sentence(match)) for match in mentions(document, region, rows))
