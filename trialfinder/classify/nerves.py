"""Which peripheral-nerve diseases a study is about, and what part the nerve plays in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trialfinder.classify.product import hidden_by_noise, longest
from trialfinder.classify.study_text import Document, Match, Zone
from trialfinder.classify.term_tables import by_id, gate, table

UNSPECIFIED = "peripheral_unspecified"
_TARGET_ZONES = frozenset({Zone.TITLE, Zone.CONDITION})
_PART_ZONES = frozenset({Zone.OUTCOME, Zone.GIVEN, Zone.GIVEN_TEXT})
# Outcomes and criteria only tell whether a nerve disease is spoken of at all, and are long.
_LATER = ("neuropath", "neuralg", "nerve", "polyneuro", "radicul", "carpal")
# A study that lists more conditions or keywords than this lists whatever is near.
_MANY = 12


@dataclass(frozen=True, slots=True)
class Nerves:
    """``types`` are ids of NEUROPATHY_TYPES, ``role`` is one of NERVE_ROLES, ``matches`` the words for them."""

    types: tuple[str, ...]
    role: str
    matches: tuple[Match, ...] = ()
    mentioned: tuple[Match, ...] = ()


def read_nerves(document: Document) -> Nerves:
    """The nerve diseases of a study, and whether they are the target, an outcome or a mention."""
    region = document.around(gate("nerves"), _LATER)
    found = [match for term in table("nerves") for match in term.matches(document, region)]
    visible = longest_per_type(hidden_by_noise(document, "nerves", found))
    if document.study.conditions:  # the library's terms repeat the conditions, and its tree is wider than ours
        visible = [match for match in visible if match.passage.zone is not Zone.MESH]
    if not visible:
        return Nerves((), "none")
    target = [match for match in visible if _is_target(document, match)]
    if target:
        return Nerves(_types(target, visible), "target", tuple(target), tuple(visible))
    part = [match for match in visible if match.passage.zone in _PART_ZONES and not side_effect(document, match)]
    if part:
        return Nerves(
            tuple(t for t in _types(part, ()) if t != UNSPECIFIED), "outcome_or_part", tuple(part), tuple(visible)
        )
    return Nerves((), "mentioned_only", (), tuple(visible))


def longest_per_type(matches: Iterable[Match]) -> list[Match]:
    """Keeps overlapping names of different kinds ("diabetic autonomic neuropathy"), drops the general one."""
    matches = list(matches)
    special = longest_each(match for match in matches if match.id != UNSPECIFIED)
    general = longest(match for match in matches if match.id == UNSPECIFIED)
    free = [m for m in general if not any(s.at < m.to and m.at < s.to for s in special)]
    return sorted(special + free, key=lambda match: match.at)


def longest_each(matches: Iterable[Match]) -> list[Match]:
    """Like ``longest``, within each kind."""
    groups: dict[str, list[Match]] = {}
    for match in matches:
        groups.setdefault(match.id, []).append(match)
    return [match for group in groups.values() for match in longest(group)]


def _is_target(document: Document, match: Match) -> bool:
    zone = match.passage.zone
    if zone is Zone.CONDITION:
        return match.id != UNSPECIFIED or not _central(document, match)
    if zone is Zone.TITLE:
        return not side_effect(document, match) and not (match.id == UNSPECIFIED and _central(document, match))
    if document.study.conditions:
        return False
    # Without a conditions module the summary has to say whom the study treats; detail counts when there is no more.
    prose = zone is Zone.SUMMARY or (zone is Zone.DETAIL and not document.study.brief_summary)
    return prose and _purpose(document, match) and not side_effect(document, match)


def _purpose(document: Document, match: Match) -> bool:
    context = by_id("context")
    sentence = document.sentence(match)
    return context["purpose"].search(sentence) and not context["background"].search(sentence)


def side_effect(document: Document, match: Match) -> bool:
    """Whether the sentence speaks of the nerve disease as a side effect, an exclusion or one item of a list."""
    if match.id in ("chemotherapy_induced", "traumatic") and match.passage.zone in _TARGET_ZONES:
        return False
    return by_id("context")["side_effect"].search(document.sentence(match, 100))


def _central(document: Document, match: Match) -> bool:
    """Whether bare "neuropathic pain" stands in a study of brain or spinal cord: such pain is not the nerve's."""
    if "pain" not in match.words.lower() and "neuropathic" not in match.words.lower():
        return False
    head = " ".join([document.study.brief_title or "", document.study.official_title or "", *document.study.conditions])
    return by_id("topics")["central"].search(head.lower())


def _types(target: Sequence[Match], visible: Sequence[Match]) -> tuple[str, ...]:
    """The kinds named, in the order of the text; a general name only where no special one is."""
    kinds = dict.fromkeys(match.id for match in target)
    special = [kind for kind in kinds if kind != UNSPECIFIED]
    if special:
        return tuple(special)
    if not any(match.id == UNSPECIFIED for match in target):
        return ()
    near = [m.id for m in visible if m.passage.zone in (Zone.KEYWORD, Zone.GIVEN) and m.id != UNSPECIFIED]
    return tuple(dict.fromkeys(near)) if near and len(near) <= _MANY else (UNSPECIFIED,)
