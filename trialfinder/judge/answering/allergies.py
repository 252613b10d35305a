"""Allergies: what a person named, its other names, and the kinds that it belongs to."""

from __future__ import annotations

import functools

import msgspec

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.drugs.drug_names import classes_named, classes_of, drugs_named, same_drug
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Node, Not, Unread, plain_leaf, rebuilt
from trialfinder.reading.refine.allergens import ANY_ALLERGY, BAD_REACTION
from trialfinder.reading.wording.nouns import contains, mentions, stems

ALLERGIES = "treatment.allergies"


class AllergenKind(DataRow, frozen=True):
    """Substances of one kind."""

    words: tuple[str, ...]
    """How criteria name the kind."""
    of: tuple[str, ...]
    """What belongs to it."""
    source: str
    """Where the grouping is from."""


class AllergensFile(DataRow, frozen=True):
    """``data/allergens.toml``."""

    same: tuple[frozenset[str], ...]
    """One substance each under several names."""
    kinds: tuple[AllergenKind, ...] = msgspec.field(name="kind")
    """The kinds."""


@functools.cache
def _file() -> AllergensFile:
    return load(data_dir("allergens.toml"), AllergensFile)


_ANY_ALLERGY = (
    ANY_ALLERGY,
    "allergic constitution",
    "allergic history",
    "allergic diathesis",
    "any known allergy",
    "allergic disposition",
)
_CONSTITUTION = ("allergic constitution", "allergic diathesis", "allergic disposition")
"""Allergic to many things: one allergy does not tell it."""
_OF_WHAT = frozenset(
    stems(
        "allergy allergic hypersensitivity hypersensitive reaction known history intolerance sensitivity anaphylaxis "
        "any component product drug study"
    )
)
_OWN_PRODUCT = ("study", "investigational", "trial", "test")
_PRODUCT = (
    "drug", "product", "medication", "medicine", "agent", "treatment", "intervention", "ingredient", "component",
    "excipient", "constituent",
)  # fmt: skip


def allergy(asked: Question) -> Told:
    """An allergy that the person named, or any where the words mean any."""
    told = asked.facts.names(ALLERGIES)
    if not told:
        denied = told == () and not asked.planned and not asked.says(*_NO_ALLERGY) and not _only_adverse(asked)
        return Told(NO if denied else UNKNOWN, ALLERGIES)
    words = " ".join((asked.words, *asked.leaf.narrowing))
    named = [name for name in told if _same_substance(words, name) or _own_product(asked, name)]
    if named and mentions(words, _GRAVE) and not mentions(words, _ANY_DEGREE):
        return Told(YES if any(mentions(name, _GRAVE) for name in named) else UNKNOWN, ALLERGIES, firm=True)
    if named:  # "any antimicrobial used in the preparation": penicillin may be none of those
        some = mentions(words, _SOME_OF_A_KIND) and not any(contains(words, name) for name in named)
        open_kind = some or all(_another_member(asked, name) for name in named)
        return Told(UNKNOWN if open_kind else YES, ALLERGIES, firm=True)
    if asked.says(*_CONSTITUTION) and len(told) == 1:
        return Told(UNKNOWN, ALLERGIES)
    anything = asked.says(*_ANY_ALLERGY) and " to " not in asked.words and not _HISTORY_OF.search(asked.words)
    return Told(YES if anything else UNKNOWN, ALLERGIES)


_HISTORY_OF = re.compile(r"\ballergic (?:history|reactions?) of (?!any\b|severe\b|unknown\b|drugs?\b|food\b|medic)")
"""To what: "severe allergic history of ATG"."""


def _only_adverse(asked: Question) -> bool:
    """Whether reactions of any kind are meant, of which an allergy is one: "serious adverse reactions to vaccines"."""
    if asked.says("allerg*", "hypersens*", "anaphyla*"):
        return False
    to_nothing_named = asked.leaf.noun.endswith("sensitivity") and " to " not in asked.words  # it may be to heat
    return to_nothing_named or asked.says("adverse", "side effect*", "toxicit*")


_NO_ALLERGY = (
    "preference*",
    "dietary",
    "diet",
    "diets",
    "requirement*",
    "restriction*",
    "habit*",
    "vegetarian*",
    "vegan*",
)
"""What stands in a list with allergies and is none: who has no allergies may have them."""
_TO = re.compile(r"\bcontra-?indicat\w*\s(?:to|for|of|against|with)\s(?P<what>.+)")


_SPARED = ("other than", "except*", "free", "without", "not")


def names_allergen(asked: Question) -> bool:
    """Whether a contraindication to what the person is allergic to is meant: nobody is given that."""
    found = _TO.search(asked.leaf.noun or asked.leaf.value)
    drug = found["what"] if found else ""
    named = bool(drug) and not mentions(drug.replace("-free", " free"), _SPARED)
    return named and any(_same_substance(drug, name) for name in asked.facts.names(ALLERGIES) or ())


def _another_member(asked: Question, told: str) -> bool:
    """Whether a kind is followed by the members that are meant, and not by the told one: "antibiotics (gentamicin)"."""
    behind = drugs_named(" ".join(asked.leaf.narrowing))
    if not any(classes_of(name) & classes_named(asked.leaf.noun) for name in behind):
        return False
    mine = drugs_named(told)
    return not any({name, *same_drug(name)} & mine for name in behind)


_SOME_OF_A_KIND = ("used", "contained", "employed")
_GRAVE = ("anaphyla*",)
_ANY_DEGREE = ("allergy", "allergies", "allergic", "hypersensitiv*", "sensitivity", "intoleran*")


def _own_product(asked: Question, told: str) -> bool:
    """Whether the allergy is one to what the study gives ("to the study drug"), and that is the told substance."""
    if not (asked.says(*_OWN_PRODUCT) and asked.says(*_PRODUCT)):
        return False
    titled = set(stems(told)) <= asked.study.words and bool(classes_of(told) or same_drug(told))
    return titled or any(_same_substance(given, told) for given in asked.study.given)


def with_allergies(node: Node, text: str, facts: Facts) -> Node:
    """The tree in which unread words about a bad reaction to what the person named are a thing of their own."""
    told = facts.names(ALLERGIES)
    if told is None:
        return node

    def change(part: Node, denied: bool) -> Node:
        if not isinstance(part, Unread):
            return part
        words = " ".join(text[part.start : part.end].lower().split())
        no = _DENIED.match(words)
        settled = any(_same_substance(words, name) for name in told) if told else denied or no is not None
        if not settled or not BAD_REACTION.fullmatch(words):
            return part
        leaf = plain_leaf("allergy", words, part.start, part.end)
        return Not(leaf) if no and not denied else leaf

    return rebuilt(node, change)


_DENIED = re.compile(r"(?:\W|\bha(?:s|ve|d)\b)*\b(?:no|not|never|without|absence|free)\b")


def _of_the_kind(words: str, told: str) -> bool:
    """Whether a criterion names the kind of a told substance: shrimps are shellfish, clopidogrel a thienopyridine."""
    if any(mentions(words, kind.words) and mentions(told, kind.of) for kind in _file().kinds):
        return True
    classes = words
    for name in drugs_named(words):  # "gentamicin antibiotics" are no class
        classes = re.sub(rf"\b{re.escape(name)}\s\w+", name, classes)
    return bool(classes_of(told) & classes_named(classes)) or any(contains(words, name) for name in same_drug(told))


def _same_substance(words: str, told: str) -> bool:
    told = re.sub(r"\([^)]*\)", " ", told).strip()  # "iodine (anaphylaxis)"
    if _of_the_kind(words, told):
        return True
    names = {told} | {name for group in _file().same if any(contains(told, name) for name in group) for name in group}
    if any(contains(words, name) for name in names):
        return True
    content = [stem for stem in stems(told) if stem not in _OF_WHAT and not stem.isdigit()]
    return len(content) > 1 and set(content) <= set(stems(words))
