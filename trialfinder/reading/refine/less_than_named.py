"""Words around a thing in a criterion that make it less than its name says, so that who has it may not be meant.

"Heart disease (angina or heart failure)" spells out which; "an infection of the knee" says where; "tablets for
diabetes" and "bipolar disorder that is untreated" ask for more than the illness. Each such thing is narrowed by these
words: told true then leaves it open, told false still denies it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import Screen
from trialfinder.reading.nodes.joining import narrowed
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Leaf, Node, Not, Unread, leaves, rebuilt
from trialfinder.reading.refine.around import BEFORE, said_around
from trialfinder.reading.refine.rules import LeafRule, LeafRules
from trialfinder.reading.refine.said_of_all import said_of_all
from trialfinder.reading.refine.some_of_them import CLASSES, from_to_back, recently, symptoms_of
from trialfinder.reading.refine.toxicity_grades import grade_in
from trialfinder.reading.vocabulary.patterns import SINGLE_INFECTIONS

Less = Callable[[Leaf, str, Sequence[Leaf]], str]
"""What makes a leaf less, or ''; from the leaf, the text and all leaves of the criterion."""


def with_less(node: Node, text: str) -> Node:
    """The tree in which things are narrowed by the words around them, and causes are no things of their own."""
    every = tuple(leaves(node))
    passed = said_around(node, text)

    def change(part: Node, _denied: bool) -> Node:
        if isinstance(part, Leaf):
            of_all = said_of_all(part, text, every, passed)
            only_an_example = part.concept in SINGLE_INFECTIONS and part.value and part.value == part.noun
            if of_all is None or only_an_example:
                return Unread(part.start, part.end)
            words = tuple(found for less in _RULES.of(part, passed) if (found := less(part, text, every)))
            return narrowed(part, (*words, *of_all))
        return _ways_of_telling(_without_causes(part), text) if isinstance(part, (AllOf, AnyOf)) else part

    return rebuilt(node, change)


def _without_causes(node: AllOf | AnyOf) -> Node:
    """ "Neuropathy from earlier chemotherapy": the cause inside of a thing's own words is not asked for itself."""
    inner = [part.part if isinstance(part, Not) else part for part in node.parts]
    nerves = [one for one in inner if isinstance(one, Leaf) and one.concept == "neuropathy_type"]

    def is_cause(one: Node) -> bool:
        if not isinstance(one, Leaf) or one.concept != "chemotherapy":
            return False
        return any(nerve.start <= one.start and one.end <= nerve.end for nerve in nerves)

    kept = tuple(part for part, one in zip(node.parts, inner, strict=True) if not is_cause(one))
    if len(kept) == len(node.parts):
        return node
    return kept[0] if len(kept) == 1 else replace(node, parts=kept)


_TOLD_BY = re.compile(
    r"[\s(]*(?:diagnosed|confirmed|defined|documented|proven|established|verified|demonstrated)\s+(?:by|with"
    r"|on|as|through)\b"
    r"(?![^.;\n]{0,80}\bor\b)",
    re.IGNORECASE,
)


def _ways_of_telling(node: Node, text: str) -> Node:
    """ "Type 1 diabetes shown by signs/values and antibodies": what follows is asked for beside it, not instead."""
    if not isinstance(node, AnyOf) or len(node.parts) != 2:  # the thing, and by what it is shown
        return node
    thing, rest = node.parts
    asked = isinstance(thing, Leaf) and isinstance(rest, AllOf) and not any(leaves(rest))
    return AllOf((thing, rest)) if asked and _TOLD_BY.match(text, thing.end) else node  # type: ignore[union-attr]


_BRACKET = re.compile(
    r"\s*(?:\[[^\]]*\]\s*)?\((?!\s*(?:e\.?\s?g\b|such as|including|includ|for example|for instance|like|in particular"
    r"|especially|also|except|with or without|other than|not |excluding"
    r"|unless))(?P<words>[^()]*(?:\([^()]*\)[^()]*)*)\)",
    re.IGNORECASE,
)


def _spelled_out(leaf: Leaf, text: str, every: Sequence[Leaf]) -> str:
    """ "Heart disease (angina or heart failure)": the brackets say which are meant, where they give no examples."""
    found = _BRACKET.match(text, leaf.end) if leaf.concept in CLASSES and leaf.bounds is None else None
    if found is None:
        return ""
    start, end = found.span("words")
    inside = any(one.concept == leaf.concept and start <= one.start < end for one in every)
    return " ".join(found["words"].split()) if inside else ""


_SITE = (
    r"(?:joints?|skin|knees?|hips?|spine|back|lumbar|spinal|sacral|epidural|vertebra\w*|discs?|puncture"
    r"|injections?|incisions?"
    r"|needle|limbs?|legs?|foot|feet|ankles?|shoulders?|hands?|arms?|wrists?|elbows?|eyes?|ears?|mouth|tooth"
    r"|teeth|wounds?"
    r"|areas?|regions?|sites?|location|place|bones?|soft tissues?|tissues?|surgical|operative|operation|graft"
    r"|catheter|implant\w*"
    r"|brain|central nervous system|cns|lungs?|urinary|bladder|extremit\w+|extremity|throat|larynx|jaw|gums?"
    r"|nails?|scalp|face"
    r"|affected|treated|target|index|proposed|planned|donor|harvest\w*|biopsy|procedural)"
)
_AT_A_SITE = re.compile(
    rf"s?(?:\s*(?:,|/|\bor\b|\band\b)\s*(?:\w+\s+)?\w+){{0,3}}\s+(?:(?:in|at|of|on|around|near|involving|over|overlying"
    rf"|affecting|within|inside|to|or|and|close|adjacent)\s+){{1,4}}(?:the\s+|an?\s+|any\s+|his\s+|her\s+|their\s+)?"
    rf"(?:\w+\s+)?{_SITE}\b",
    re.IGNORECASE,
)
_PARTS_OF = re.compile(
    r"\b(?:abnormalit|lesion|disease|disorder|condition|patholog|problem|change|defect|injur|anomal)\w*\s+"
    r"(?:affecting|of|in|involving|at|to|within)\s+(?:the\s+)?(?P<site>[\w-]+(?: [\w-]+)?)\s*,?\s+"
    r"(?:such as|including|like|\(?e\.?g\.?)[^.;\n]*\Z",
    re.IGNORECASE,
)
_ANYWHERE = frozenset({"malignancy", "active_infection"})
_HOW_FAR = 200


def _at_a_site(leaf: Leaf, text: str, _every: Sequence[Leaf]) -> str:
    """An infection or growth of one place in the body, of which the person told only that there is one somewhere."""
    if leaf.concept not in _ANYWHERE:
        return ""
    behind = _AT_A_SITE.match(text, leaf.end) if leaf.concept == "active_infection" else None
    if behind is not None:
        return " ".join(behind.group().split())
    before = _PARTS_OF.search(text[max(0, leaf.start - _HOW_FAR) : leaf.start])
    return "of the " + before["site"] if before is not None else ""


_PLACE_OF = re.compile(r"\b(?:sites?|areas?|place|region|field|location|wound)s? of (?:the |an? )?\Z", re.IGNORECASE)


def _place_of(leaf: Leaf, text: str, _every: Sequence[Leaf]) -> str:
    """ "The site of surgery" names a place; nobody is asked whether they had the operation."""
    of_it = leaf.concept == "recent_surgery"
    return "the place of it" if of_it and _PLACE_OF.search(text, max(0, leaf.start - 40), leaf.start) else ""


_ILLNESSES = CLASSES | {
    "diabetes_type", "uncontrolled_diabetes", "hiv", "hepatitis_b", "hepatitis_c", "tuberculosis", "syphilis",
    "malignancy",
    "active_infection", "retinopathy", "peripheral_artery_disease", "foot_ulcer",
}  # fmt: skip
_SOME_UNTREATED = _ILLNESSES - {"malignancy", "tuberculosis"}
_GIVEN_FOR = re.compile(
    r"\b(?P<what>medications?|medicines?|drugs?|tablets|pills|treatments?|therapy|therapies|agents?) (?:for"
    r"|against|to treat)"
    r" (?:the |their |an? )?(?:treatment of )?(?:[\w-]+ ){0,2}(?:or |and )?(?:[\w-]+ ){0,1}\Z",
    re.IGNORECASE,
)
_DRUG_BEHIND = re.compile(r"\W*(?:\([^()]*\)\W*)?(?:medic|drug|therap|treat|agent|regimen)", re.IGNORECASE)


def _given_for(leaf: Leaf, text: str, _every: Sequence[Leaf]) -> str:
    """ "Takes medicines for diabetes": who has it may live without."""
    if leaf.concept not in _SOME_UNTREATED or leaf.bounds is not None:
        return ""
    if leaf.noun.startswith("anti-") and _DRUG_BEHIND.match(text, leaf.end):
        return "medication for it"
    found = _GIVEN_FOR.search(text, max(0, leaf.start - 90), leaf.start)
    return f"{found['what']} for it" if found is not None else ""


_DRUGS = frozenset({"other_medication", "immunosuppression", "opioid_use", "anticoagulant"})
_PURPOSE = re.compile(
    r"\s+(?P<why>for (?:the )?(?:prophyla\w+|prevention|treatment|management|control|pain|sleep"
    r"|indications?)\b[^.;,\n]{0,60}"
    r"|as (?:a )?prophyla\w+)",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"(?:[\w/-]+(?:\s[\w/-]+)?)?(?:\s*,\s*|\s+)(?:(?:or|and|and/or)\s+)?(?:other\s+)?\Z", re.IGNORECASE
)


def _purpose(leaf: Leaf, text: str, every: Sequence[Leaf]) -> str:
    """ "Nystatin or aciclovir for prophylaxis": what the last of a list is given for holds of all."""
    if leaf.concept not in _DRUGS:
        return ""
    at = leaf.end
    for one in sorted(every, key=lambda other: other.start):
        if one.start >= at and one.concept in _DRUGS and _JOINED.fullmatch(text[at : one.start]):
            at = one.end
    found = _PURPOSE.match(text, at)
    return found["why"] if found is not None and at != leaf.end else ""


_LONG = re.compile(
    r"\b(?:chronic|long[- ]term|prolonged|continuous|high[- ]dose|permanent|maintenance)\b", re.IGNORECASE
)
_BRIEF = _DRUGS - {"anticoagulant"}
"""Drugs whose fact does not tell a lasting treatment anyhow."""


def _for_long(leaf: Leaf, _text: str, _every: Sequence[Leaf]) -> str:
    """ "Chronic steroids": a drug taken today may be taken for a week."""
    found = _LONG.search(leaf.noun) if leaf.concept in _BRIEF else None
    return found.group() + " use" if found is not None else ""


_OWN_STATE = re.compile(
    r"(?P<before>[\w-]+)(?P<joined>\s*,?\s+(?:or|and)\s+|\s*[,;]\s*)(?P<state>untreated|unstable|uncontrolled"
    r"|decompensated"
    r"|symptomatic|unresolved|refractory)\s+\Z",
    re.IGNORECASE,
)


def _own_state(leaf: Leaf, text: str, _every: Sequence[Leaf]) -> str:
    """ "Active hepatitis B or unstable hepatitis C": the second has a state of its own, whatever the first is."""
    found = _OWN_STATE.search(text, max(0, leaf.start - 60), leaf.start) if len(leaf.severity) > 1 else None
    if found is None or found["before"].lower() in leaf.severity or found["state"].lower() not in leaf.severity:
        return ""
    return f"only {found['state'].lower()}"


_ALLOWED = re.compile(
    r"[.;]\s+(?P<who>[^.;\n]{0,90}?)\b(?:is|are|will be|may be|can be|would be)\s+"
    r"(?:allowed|permitted|acceptable|accepted|eligible|included|enrolled|considered|not excluded|not an exclusion)\b"
    r"(?![^.;\n]{0,10}\bnot\b)",
    re.IGNORECASE,
)
_CALLED = {
    "hepatitis_b": re.compile(r"\b(?:hepatitis (?:\w or )?b\b|hbv|hep b)", re.IGNORECASE),
    "hepatitis_c": re.compile(r"\b(?:hepatitis (?:\w or )?c\b|hcv|hep c)", re.IGNORECASE),
    "hiv": re.compile(r"\bhiv\b", re.IGNORECASE),
}


def _allowed_later(leaf: Leaf, text: str, _every: Sequence[Leaf]) -> str:
    """ "Hepatitis C. Treated hepatitis C is allowed": a later sentence lets some in who have it."""
    if leaf.concept not in _ILLNESSES:
        return ""
    end = text.find("\n", leaf.end)
    found = _ALLOWED.search(text, leaf.end, end if end >= 0 else len(text))
    if found is None:
        return ""
    called = _CALLED.get(leaf.concept)
    named = called.search(found["who"]) if called else leaf.noun and leaf.noun in found["who"].lower()
    return "unless " + " ".join(found["who"].split()) if named else ""


_OF_PART = re.compile(
    r"(?:\A|\n)[\s*•\-\d.)]*(?P<part>(?:phase|cohort|arm|part|group|stratum|stage)\s+(?:[ivx]+|\d"
    r"|[a-h])[ab]?(?:\s+only)?)\s*:"
    r"[^\n]*\Z",
    re.IGNORECASE,
)


def _of_a_part(leaf: Leaf, text: str, _every: Sequence[Leaf]) -> str:
    """ "Phase II: no earlier chemotherapy": it binds in one part of the study."""
    found = _OF_PART.search(text, max(0, leaf.start - BEFORE), leaf.start) if leaf.bounds is None else None
    return f"in {found['part'].lower()} only" if found is not None else ""


def _grade_within(leaf: Leaf, _text: str, _every: Sequence[Leaf]) -> str:
    """ "Neuropathy of grade 3 or more from drugs": the grade among its own words."""
    return grade_in(leaf.noun) if leaf.concept == "neuropathy_type" else ""


_GRADE_BEHIND = re.compile(
    r"\s*[(\[](?P<grade>[^()\[\]]{0,25}?\b(?:stages?|grades?|class(?:es)?|categor(?:y|ies))\s?(?:\d|g\d|[ivx]+\b|[a-d]\b)"
    r"[^()\[\]]{0,30})[)\]]",
    re.IGNORECASE,
)


def _graded_behind(leaf: Leaf, text: str, _every: Sequence[Leaf]) -> str:
    """ "Heart failure (class 3)": the degree in brackets, which who has the illness may not have reached."""
    found = _GRADE_BEHIND.match(text, leaf.end) if leaf.bounds is None and not leaf.narrowing else None
    return " ".join(found["grade"].split()) if found is not None else ""


_LETS_IN = "allowed|permitted|acceptable|accepted|eligible|included|enrolled|considered|excluded|exclusion"
_NEEDS_IT = frozenset({"recent_surgery"})
_RULES: LeafRules[Less] = LeafRules(
    (
        LeafRule(_spelled_out, concepts=CLASSES, bounded=False),
        LeafRule(_at_a_site, concepts=_ANYWHERE),
        LeafRule(_place_of, Screen("(?:site|area|place|region|field|location|wound)s?"), _NEEDS_IT),
        LeafRule(_given_for, Screen(r"\w*(?:medic|drug|therap|treat|agent|regimen)\w*|tablets|pills"), _SOME_UNTREATED),
        LeafRule(_purpose, Screen("for|as"), _DRUGS),
        LeafRule(_for_long, concepts=_BRIEF),
        LeafRule(_own_state, Screen("untreated|unstable|uncontrolled|decompensated|symptomatic|unresolved|refractory")),
        LeafRule(_allowed_later, Screen(_LETS_IN), _ILLNESSES),
        LeafRule(_of_a_part, Screen(r"\d*(?:phase|cohort|arm|part|group|stratum|stage)"), bounded=False),
        LeafRule(symptoms_of, Screen("symptoms?|complaints?|manifestations?"), CLASSES),
        LeafRule(recently, Screen("recent(?:ly)?|newly"), bounded=False),
        LeafRule(from_to_back, Screen("past|last|previous|within|preceding")),
        LeafRule(_grade_within, concepts=frozenset({"neuropathy_type"})),
        LeafRule(_graded_behind, Screen(r"(?:stage|grade|class|categor)\w*"), bounded=False),
    )
)
