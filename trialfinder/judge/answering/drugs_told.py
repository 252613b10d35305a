"""Drugs in a criterion as it is asked of one person: unread words that name theirs, how many, and whether now."""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.drugs.drug_names import classes_named, classes_of, drugs_named
from trialfinder.judge.answering.drugs import MEDICATIONS, is_named, only_drugs, only_names
from trialfinder.judge.names.illness_phrase import EACH
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Except, Leaf, Node, Not, Sense, Unread, plain_leaf, rebuilt
from trialfinder.reading.refine.changed import changed
from trialfinder.reading.refine.listed_drugs import IN_FRONT, TAKEN
from trialfinder.reading.wording.nouns import mentions, stems

_TAKING = frozenset(
    stems(
        "treatment therapy medication drug agent concurrent concomitant use taking takes take receiving receive "
        "received on ongoing treated undergoing undergo exposure current currently"
    )
) | {"daily", "regular", "chronic"}
_SHORT = 60


def with_drugs(node: Node, text: str, facts: Facts) -> Node:
    """The tree with what the drugs that a person told can answer in it; the same where they told nothing of drugs."""
    if facts.names(MEDICATIONS) is None:
        return node
    node = rebuilt(node, lambda part, denied: _named(part, text, facts, denied) if isinstance(part, Unread) else part)
    node = changed(node, Except, _all_denied)
    node = changed(node, Except, lambda part: _none_spared(part, text, facts))
    return changed(node, Leaf, lambda part: _so_many(part, text, facts))


def _all_denied(part: Except) -> Node:
    """ "No drug except X" denies what is left of the drugs, and asks for no X."""
    return Not(Except(part.whole.part, part.spared)) if isinstance(part.whole, Not) else part


_DRUG_CONCEPTS = frozenset({"other_medication", "any_medication", "immunosuppression", "opioid_use", "anticoagulant"})


def _none_spared(part: Except, text: str, facts: Facts) -> Node:
    """What is barred, without drugs that are spared and that the person does not take: "none but antihypertensives"."""
    whole, spared = part.whole, part.spared
    if not isinstance(whole, Leaf) or whole.concept not in _DRUG_CONCEPTS or not isinstance(spared, Unread):
        return part
    words = text[spared.start : spared.end].lower()
    named = only_drugs(words, _TAKING) and (drugs_named(words) or classes_named(words))
    return whole if named and not any(is_named(drug, words) for drug in facts.drugs) else part


_NO = re.compile(r"\W*(?:no|not|never|without)\s+(?=\w)|[\s-]*na[iï]ve\W*\Z")
_ASIDE = re.compile(r"\s*\((?:except|excluding|other than|with the exception of)\s(?P<spared>[^()]*)\)")
_EXAMPLES = re.compile(
    r"\b(?:medic|drug|treatment|agent|therap|substance)[^()]*"
    r"\(\s*(?:e\.?\s?g\b\.?|such as|including|for example)[,:\s]*([^()]+)\)"
)
"""Drugs that stand as examples of what is barred: who takes one of them takes what is barred."""
_SHORT_NAME = re.compile(r"[a-z][a-z0-9' -]{3,40}\s\((?P<name>[a-z0-9-]{2,30})\)[\s.;]*")
"""Another name of a drug in brackets behind the first: "dideoxycytidine (ddC)"."""
_LEFT_OUT = ("except*", "excluding", "other than", "unless", "if")
_NOW = ("current", "currently", "undergoing", "ongoing")
_BEFORE = ("prior", "previous*", "history", "ever", "past", "never", "naive", "naïve")


def _named(part: Unread, text: str, facts: Facts, denied: bool) -> Node:
    """Unread words that only name a drug which the person takes, or its class, are a thing of their own.

    Who takes none takes none of those that are denied.
    """
    words = " ".join(text[part.start : part.end].lower().split())
    aside, said = _ASIDE.search(words), _ASIDE.sub(" ", words)
    examples = _EXAMPLES.search(words) if denied and "(" in words else None
    if examples and mentions(words, (*_LEFT_OUT, "not", "allowed", "stable")):
        examples = None
    if examples and any(only_names(drug, each, _TAKING) for drug in facts.drugs for each in EACH.split(examples[1])):
        return plain_leaf("other_medication", examples[1], part.start, part.end)
    if len(said) > _SHORT or mentions(said, _LEFT_OUT):
        return part
    short = _SHORT_NAME.fullmatch(words)
    if short and denied and any(only_names(drug, short["name"]) for drug in facts.drugs):
        return plain_leaf("other_medication", words, part.start, part.end)
    if not aside and (any_drug := _ANY_DRUG.fullmatch(words)):
        return _no_drug(part, facts, any_drug, denied)
    bare = _NO.sub(" ", said)
    no = _NO.search(words) is not None
    if facts.drugs:
        mine = [drug for drug in facts.drugs if only_names(drug, bare, _TAKING)]
        if not mine or (aside and any(is_named(drug, aside["spared"]) for drug in mine)):
            return part
    elif not (denied or no or mentions(words, _NOW)) or mentions(words, ("exposure",)) or not only_drugs(bare, _TAKING):
        return part
    sense: Sense = "history" if mentions(words, _BEFORE) else "current" if mentions(words, _NOW) else ""
    leaf = plain_leaf("other_medication", bare.strip(), part.start, part.end, sense=sense)
    return Not(leaf) if no and not denied else leaf


_ANY_DRUG = re.compile(
    r"\W*(?:(?:patients?|subjects?|participants?|must|should|be|are|currently|take|taking|use|using|on|with"
    r"|have|having)\s)*"
    r"no(?:t (?:be )?(?:take|taking|using|on) any)? (?:(?:other|current|concomitant|concurrent|regular|daily"
    r"|chronic|prescribed|prescription) )*(?:medications?|medicines?|drugs?)(?: use)?"
    r"(?:,? (?:except|other than|apart from)(?: for)? (?P<spared>[^.;]+))?[\s.;]*"
)
"""That no drug at all is taken, or none but a few."""


def _no_drug(part: Unread, facts: Facts, said: re.Match[str], denied: bool) -> Node:
    spared = said["spared"] or ""
    if denied or (facts.names("treatment.medications") is None):
        return part
    barred = [drug for drug in facts.drugs if not is_named(drug, spared)]
    unsure = bool(spared) and not drugs_named(spared) and not classes_named(spared)
    if (facts.drugs and not barred) or (barred and unsure):
        return part
    noun = " ".join(sorted(barred)) or "any drug"
    return Not(plain_leaf("other_medication", noun, part.start, part.end, sense="current"))


_IN_NUMBER = "in number"
_MORE_THAN = re.compile(r"\bmore than (one|two|three|four|\d) (?:\w+ )?\Z", re.IGNORECASE)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}


def _so_many(leaf: Leaf, text: str, facts: Facts) -> Leaf:
    """ "More than two antipsychotics": so many of the person's drugs are of the class."""
    if _IN_NUMBER not in leaf.narrowing or leaf.concept not in TAKEN:
        return leaf
    said = _MORE_THAN.search(text, max(0, leaf.start - IN_FRONT), leaf.start)
    named = classes_named(leaf.noun)
    if said is None or not named:
        return leaf
    most = _NUMBERS.get(said[1].lower()) or int(said[1])
    mine = sum(1 for drug in facts.drugs if classes_of(drug) & named)
    return replace(leaf, narrowing=tuple(n for n in leaf.narrowing if n != _IN_NUMBER)) if mine > most else leaf
