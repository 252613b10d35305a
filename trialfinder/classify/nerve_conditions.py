"""Which peripheral-nerve diseases a study is about, and what part the nerve plays in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trialfinder.classify.product import hidden_by_noise, longest
from trialfinder.classify.study_text import Mention, StudyText, Zone
from trialfinder.classify.term_tables import by_id, gate, mentions, said, table

UNSPECIFIED = "peripheral_unspecified"
_TARGET_ZONES = frozenset({Zone.TITLE, Zone.CONDITION})
_PART_ZONES = frozenset({Zone.OUTCOME, Zone.GIVEN, Zone.GIVEN_TEXT})
# Fields of medicine that a study is for, so that a nerve disease in its summary is no more than a part.
_OTHER_AIMS = frozenset({"adjacent", "blood", "nerve_part", "central"})
# Outcomes and criteria only tell whether a nerve disease is spoken of at all, and are long.
_LATER = ("neuropath", "neuralg", "nerve", "polyneuro", "radicul", "carpal")
# A study that lists more conditions or keywords than this lists whatever is near.
_MANY = 12


@dataclass(frozen=True, slots=True)
class Nerves:
    """``types`` are ids of NEUROPATHY_TYPES, ``role`` is one of NERVE_ROLES, ``matches`` the words for them."""

    types: tuple[str, ...]
    role: str
    matches: tuple[Mention, ...] = ()
    mentioned: tuple[Mention, ...] = ()


def read_nerves(document: StudyText) -> Nerves:
    """The nerve diseases of a study, and whether they are the target, an outcome or a mention."""
    region = document.around(gate("nerves"), _LATER)
    found = mentions(document, region, table("nerves"))
    visible = longest_per_type(hidden_by_noise(document, "nerves", found))
    if document.study.conditions:  # the library's terms repeat the conditions, and its tree is wider than ours
        visible = [match for match in visible if match.passage.zone is not Zone.MESH]
    if not visible:
        return Nerves((), "none")
    target = [match for match in visible if _is_target(document, match)]
    if target:
        return Nerves(_types(document, target, visible), "target", tuple(target), tuple(visible))
    part = [match for match in visible if _is_part(document, match)]
    if part:
        return Nerves(_types_of_part(document, part), "outcome_or_part", tuple(part), tuple(visible))
    return Nerves((), "mentioned_only", (), tuple(visible))


def longest_per_type(matches: Iterable[Mention]) -> list[Mention]:
    """Keeps overlapping names of different kinds ("diabetic autonomic neuropathy"), drops the general one."""
    matches = list(matches)
    special = longest_each(match for match in matches if match.id != UNSPECIFIED)
    general = longest(match for match in matches if match.id == UNSPECIFIED)
    free = [m for m in general if not any(s.at < m.to and m.at < s.to for s in special)]
    return sorted(special + free, key=lambda match: match.at)


def longest_each(matches: Iterable[Mention]) -> list[Mention]:
    """Like ``longest``, within each kind."""
    groups: dict[str, list[Mention]] = {}
    for match in matches:
        groups.setdefault(match.id, []).append(match)
    return [match for group in groups.values() for match in longest(group)]


def _is_target(document: StudyText, match: Mention) -> bool:
    zone = match.passage.zone
    if _of_a_wound(document, match):
        return False
    if zone is Zone.CONDITION:
        return match.id != UNSPECIFIED or not _central(document, match)
    if zone is Zone.TITLE:
        return not side_effect(document, match) and not (match.id == UNSPECIFIED and _central(document, match))
    if document.study.conditions:
        if zone is not Zone.SUMMARY:
            return False
        return _aimed_at(document, match) or (not _other_aim(document) and _treated(document, match))
    # Without a conditions module the summary has to say whom the study treats; detail counts when there is no more.
    prose = zone is Zone.SUMMARY or (zone is Zone.DETAIL and not document.study.brief_summary)
    return prose and _purpose(document, match) and not side_effect(document, match)


def _is_part(document: StudyText, match: Mention) -> bool:
    """Whether the nerve is measured, or is the cause of the wound or one trouble of the people who are treated."""
    zone = match.passage.zone
    if side_effect(document, match):
        return False
    if zone in _PART_ZONES or (zone in _TARGET_ZONES and _of_a_wound(document, match)):
        return True
    return zone is Zone.SUMMARY and _treated(document, match)


def _of_a_wound(document: StudyText, match: Mention) -> bool:
    """Whether the words only say which ulcer is meant: a "neuropathic foot ulcer" is treated, not its nerve."""
    _, adjective, rest = match.words.lower().partition("neuropathic")
    if not adjective:
        return False
    context = by_id("context")
    if rest:
        return context["wound_after"].search(rest)
    return context["wound_after"].search(document.after(match)) or context["wound_before"].search(
        document.before(match)
    )


def _other_aim(document: StudyText) -> bool:
    """Whether title or conditions name another disease that the cells are for."""
    return said(tuple(term for term in table("topics") if term.side in _OTHER_AIMS), _head(document))


def _aimed_at(document: StudyText, match: Mention) -> bool:
    """Whether the summary says outright that cells are given against this nerve disease, whatever else is named."""
    context, sentence = by_id("context"), document.sentence(match)
    if not context["aimed_at"].search(document.before(match)) or side_effect(document, match):
        return False
    if context["background"].search(sentence) or context["hedged"].search(sentence):
        return False
    start = match.at - match.start
    region = document.in_zones(frozenset({Zone.SUMMARY}))
    near = (found for found in mentions(document, region, table("cells")) if found.id != "hematopoietic")
    return any(start <= found.at < match.at and document.sentence(found) == sentence for found in near)


def _treated(document: StudyText, match: Mention) -> bool:
    """Whether the summary says that people with this nerve disease are treated."""
    before = document.before(match)
    said = by_id("context")["treated"].search(before) and not by_id("context")["excluded"].search(before)
    return said and _purpose(document, match) and not side_effect(document, match)


def _purpose(document: StudyText, match: Mention) -> bool:
    context = by_id("context")
    sentence = document.sentence(match)
    return context["purpose"].search(sentence) and not context["background"].search(sentence)


def side_effect(document: StudyText, match: Mention) -> bool:
    """Whether the sentence speaks of the nerve disease as a side effect, an exclusion or one item of a list."""
    if match.id in ("chemotherapy_induced", "traumatic") and match.passage.zone in _TARGET_ZONES:
        return False
    return by_id("context")["side_effect"].search(document.sentence(match, 100))


def _central(document: StudyText, match: Mention) -> bool:
    """Whether bare "neuropathic pain" stands in a study of brain or spinal cord: such pain is not the nerve's."""
    if "pain" not in match.words.lower() and "neuropathic" not in match.words.lower():
        return False
    return by_id("topics")["central"].search(_head(document))


def _head(document: StudyText) -> str:
    """Titles and conditions, lower-cased."""
    study = document.study
    return " ".join([study.brief_title or "", study.official_title or "", *study.conditions]).lower()


def _types(document: StudyText, target: Sequence[Mention], visible: Sequence[Mention]) -> tuple[str, ...]:
    """The kinds named, in the order of the text; a general name beside special ones only where it says more."""
    kinds = dict.fromkeys(match.id for match in target)
    special = [kind for kind in kinds if kind != UNSPECIFIED]
    if special:
        alone = any(_stands_alone(document, match, target) for match in target if match.id == UNSPECIFIED)
        return (*special, UNSPECIFIED) if alone else tuple(special)
    if not any(match.id == UNSPECIFIED for match in target):
        return ()
    near = [m.id for m in visible if m.passage.zone in (Zone.KEYWORD, Zone.GIVEN) and m.id != UNSPECIFIED]
    return tuple(dict.fromkeys(near)) if near and len(near) <= _MANY else (UNSPECIFIED,)


def _stands_alone(document: StudyText, general: Mention, target: Sequence[Mention]) -> bool:
    """Whether a general name is a condition of its own, or joined to a special one by "or" or "and"."""
    context = by_id("context")
    if general.passage.zone is Zone.CONDITION and context["general_name"].search(general.passage.text.lower()):
        return True
    if "pain" in general.words.lower() or "neuropathic" in general.words.lower():
        return False
    return any(
        special.id != UNSPECIFIED
        and special.passage is general.passage
        and context["joined"].search(document.low[min(special.to, general.to) : max(special.at, general.at)])
        for special in target
    )


def _types_of_part(document: StudyText, part: Sequence[Mention]) -> tuple[str, ...]:
    """The special kinds; of a wound's nerves also that they are diabetic, or that nothing says which kind they are."""
    kinds = dict.fromkeys(match.id for match in part if match.id != UNSPECIFIED)
    if not kinds and any(match.passage.zone in _TARGET_ZONES for match in part):
        return ("diabetic",) if "diabet" in document.low else (UNSPECIFIED,)
    return tuple(kinds)
