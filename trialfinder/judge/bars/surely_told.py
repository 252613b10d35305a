"""Answers that speak for a person although what was told is not what is asked: nobody is told that it fits then.

A thing that is wanted is there only where the words plainly ask for it: "an interest in treatment for a depression" is
no depression, "HIV-associated polyneuropathy" no diabetic one. That no drugs are taken tells of drugs, and of now: not
of an earlier treatment, a test, an operation, or what cannot be taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.drugs.drug_names import classes_named, drugs_named
from trialfinder.judge.asking import NO, UNKNOWN, YES, Told
from trialfinder.judge.bars.asked import asked_words, plainly_asked
from trialfinder.judge.bars.words_around import begins
from trialfinder.judge.names.illness_names import ends_like_an_illness, name_words
from trialfinder.judge.polarity import Place
from trialfinder.judge.study_context import StudyContext
from trialfinder.person.facts import Facts
from trialfinder.person.word_tables import kinds
from trialfinder.reading.nodes.tree import Criterion, Leaf
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.nouns import mentions


def told_less(
    found: Sequence[Place],
    hits: Mapping[Leaf, Told],
    criterion: Criterion,
    text: str,
    facts: Facts,
    study: StudyContext,
) -> Iterator[tuple[Leaf, Told]]:
    """The things of a criterion whose answer for a person says more than they told, with the answer that is left.

    Args:
        found: all things that were read in the criterion.
        hits: what is known of each.
        criterion: the criterion.
        text: the registry's own.
        facts: what the person told.
        study: what is studied, which who is let in has.
    """
    for place in found:
        hit = hits[place.leaf]
        if not place.wanted and hit.answer is NO and hit.fact == _MEDICATIONS and facts.names(_MEDICATIONS) == ():
            unsure = not _of_drugs_now(place, criterion, text)
        elif hit.answer is YES and place.wanted and criterion.section != "exclusion":
            unsure = _wished_for(place, criterion, text) or (
                _is_asked(place, criterion, text)
                and not (
                    _of_the_kind(place, criterion, text, facts)
                    and _of_no_form(place, text, facts, hit.fact)
                    and plainly_asked(place, criterion, text, found, study)
                )
            )
        else:
            continue
        if unsure:
            yield place.leaf, Told(UNKNOWN, hit.fact)


_MEDICATIONS = "treatment.medications"
_OF_HEALTH = frozenset({"illness", "event", "drug", "therapy", "procedure"})
_OF_NERVES = frozenset({"neuropathy_type", "symptom_duration"})
_IF = re.compile(r"\b(?:if|when|unless|in case of)\b[^.;,\n]*\Z", re.IGNORECASE)


def _is_asked(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a thing of health is asked for itself, and does not say for whom something else holds."""
    concept = place.leaf.concept
    if criterion.section == "exclusion" or place.role != "criterion":
        return False
    if concept not in _OF_NERVES and type_of(concept) not in _OF_HEALTH:
        return False
    return _IF.search(text, criterion.start, place.leaf.start) is None


_A_DRUG = ("medication*", "medicine*", "drug", "drugs", "agent", "agents", "tablet*", "pill", "pills", "*inhibitor*")
_NO_DRUG = (
    "hyperbaric*", "thrombolysis", "serum", "level*", "test", "tests", "assay*", "deficien*", "surgery", "transplant*",
    "radiation", "radiotherapy", "device*", "exercise", "laser*", "stimulation",
)  # fmt: skip
_NOT_NOW = re.compile(
    r"\b(?:prior|previous(?:ly)?|past|earlier|former(?:ly)?|histor(?:y|ies)|ever|received|ha(?:s|ve) had|had|used|since"
    r"|contra-?indicat\w+|intoleran\w+|hypersensitiv\w+|allerg\w+|respon\w+|refractory|resistan\w+"
    r"|fail\w*|depend\w+|scheduled|planned|will|serum|levels?|deficien\w+|test(?:s|ed|ing)?|assays?|known as|need\w*"
    r"|requir\w+)\b",
    re.IGNORECASE,
)
"""Words in front of a drug by which it is not taken now, or is asked for in another way."""
_BOUNDARY = re.compile(r"[.;]\s|\n")
_LEAD = re.compile(r"(?P<lead>[^\n]*):[ \t]*\n+(?:[ \t]*[*•\d-][^\n]*\n+)*[^\n]*\Z")
_FAR = 500


def _of_drugs_now(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a thing is a drug, and is denied by taking none now."""
    leaf = place.leaf
    words = f"{leaf.value} {leaf.noun}"
    front = text[begins(criterion, text, leaf.start, _BOUNDARY) : leaf.end]
    named = drugs_named(front.lower()) or classes_named(words) or mentions(words, _A_DRUG)
    if mentions(words, _NO_DRUG) or (leaf.concept == "other_medication" and not named):
        return False
    if leaf.sense == "current":
        return True
    lead = _LEAD.search(text[max(0, leaf.start - _FAR) : leaf.start])
    return not _NOT_NOW.search(f"{lead['lead'] if lead else ''} {front}")


_CAUSE = re.compile(
    r"(?P<cause>[\w-]+)[- ](?:associated|related|induced|mediated)[\s,]+(?:[\w-]+\s+){0,3}\Z", re.IGNORECASE
)


def _of_the_kind(place: Place, criterion: Criterion, text: str, facts: Facts) -> bool:
    """Whether no cause stands in front of a neuropathy but the person's own."""
    if place.leaf.concept != "neuropathy_type":
        return True
    said = _CAUSE.search(text, criterion.start, place.leaf.start)
    if said is None:
        return True
    mine = (kinds()[kind] for kind in facts.names("neuropathy.types") or () if kind in kinds())
    return any(kind.words.said_in(said["cause"].lower()) for kind in mine)


_NEXT = re.compile(r"[\s-](?P<word>[a-z]{4,})", re.IGNORECASE)


def _of_no_form(place: Place, text: str, facts: Facts, fact: str | None) -> bool:
    """Whether no word makes it a form that was not told: "autoimmune anemia", "neuropathic pain", hours of a day."""
    leaf = place.leaf
    if leaf.concept == "neuropathy_type" and leaf.noun.endswith("pain"):
        return facts.span("neuropathy.pain_score") is not None
    if leaf.concept == "symptom_duration" and _BY_THE_DAY.match(text, leaf.start):
        return False
    behind = _NEXT.match(text, leaf.end)
    word = behind["word"].lower() if behind else ""
    if leaf.concept not in _BY_A_WORD or not word or word in asked_words().behind | asked_words().frame:
        return True
    return not (word in name_words() or ends_like_an_illness(word)) or any(
        word in name for name in facts.names(fact or "") or ()
    )


_BY_A_WORD = frozenset({"autoimmune", "psychiatric"})
"""Read by an adjective alone."""
_BY_THE_DAY = re.compile(
    r"[^.;\n]{0,20}?\b(?:hours?|hrs?|minutes?)\b[^.;\n]{0,20}\b(?:a|per|each) day\b", re.IGNORECASE
)
"""How long the pain of a day lasts; the illness lasts longer, and nobody told that."""
_WISHES = re.compile(
    r"\b(?:interest(?:ed)?|wish(?:es)?|desires?|seeking|motivat\w+|preclud\w+|prevents?|interfer\w+)\b[^;\n]{0,80}\Z",
    re.IGNORECASE,
)


def _wished_for(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether people must wish for a treatment of it, or it is an example of what stands in the way of one."""
    front = text[begins(criterion, text, place.leaf.start, _BOUNDARY) : place.leaf.end]
    return _WISHES.search(front) is not None
