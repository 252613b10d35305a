"""Words that stand apart from a thing and rule it: a degree in front of its list, the list below a heading.

"Significant cardiac (such as angina), renal or endocrine disease" asks how ill somebody is of each; "renal
disease:" bars by what stands below it; of "Class III: …" and "Class IV: …" nobody has both.
"""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.judge.bars.words_around import words_in
from trialfinder.judge.names.illness_forms import forms_of
from trialfinder.judge.names.illness_names import ends_like_an_illness, name_words
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion, Leaf
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.nouns import mentions

_DEGREE = (
    r"(?:severe|serious|significant|relevant|uncontrolled|unstable|advanced|major|decompensated|end[- ]stage|grave"
    r"|important|(?:poorly|inadequately|insufficiently)[- ]controlled)"
)
_DISEASES = (
    r"(?:diseases?|illness(?:es)?|disorders?|conditions?|comorbidit(?:y|ies)|co-morbidit(?:y|ies)|patholog(?:y|ies)"
    r"|problems?|complications?|dysfunctions?|impairments?|abnormalit(?:y|ies))"
)
_RULES = re.compile(
    rf"(?P<judged>\b(?:clinically|medically)\s)?\b{_DEGREE}\s(?:(?:primary|underlying)\s)?"
    rf"(?P<of>{_DISEASES}\s(?:of|in)\s(?:the\s)?)?",
    re.IGNORECASE,
)
_ONE_DEGREE = re.compile(rf"\b{_DEGREE}\b", re.IGNORECASE)
_EFFECT = (
    r"(?:preclud|prevent|interfer|impair|compromis|hinder|hamper|jeopardi[sz]|confound|prohibit|limit|affect|increas|mak"
    r"|put|plac|complicat|influenc|obscur)\w*"
)
_SUCH_AS = r"[,(]?\s?(?:such as|like|including|e\.?\s?g\.?,?|for (?:example|instance),?)\s"
_OF_A_DEGREE = re.compile(
    rf"\b{_DEGREE}\s(?:[\w-]+\s(?:or\s|and\s)?){{0,4}}?{_DISEASES}\b[^.;:()\n]{{0,40}}?{_SUCH_AS}[^.;:\n]*\Z",
    re.IGNORECASE,
)
"""A degree before the kind of which examples follow, up to the one that is meant."""
_OF_AN_EFFECT = re.compile(
    rf"\bfactors?\s(?:that\s)?caus\w+\s[^.;\n]*?{_SUCH_AS}[^.;:,\n]*\Z"
    rf"|\b(?:{_DISEASES}|states?|factors?|circumstances)\s(?:\([^()\n]*\)\s)?(?:that|which)\s(?:would|could|may|might|will|can"
    rf"|in\s[^,;.\n]{{3,40}}?|potentially|significantly|\s)*{_EFFECT}\b[^.;\n]*?{_SUCH_AS}[^.;:,\n]*\Z",
    re.IGNORECASE,
)
"""What illnesses must do to the person or the study, before the first example of such; a long list names them."""
_ORGAN = re.compile(
    r"(?:[a-z-]+(?:ic|ac|al|ary|ory|ular|ine)|heart|lungs?|liver|kidneys?|brain|blood|nerves?)\Z", re.IGNORECASE
)
_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)[.;:](?=\s)|\n")
_BRACKETS = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r"[,(/]|\b(?:or|and)\b", re.IGNORECASE)
_OF_ITS_OWN = frozenset({
    "a", "an", "the", "any", "all", "each", "known", "history", "current", "currently", "recent", "previous",
    "prior", "past", "presence", "having", "has", "have", "had", "who", "that", "which", "with", "without", "due",
    "caused", "requiring", "within", "than", "is", "are", "was", "were", "no", "not", "never", "except", "unless",
    "patients", "subjects", "participants", "persons", "people", "individuals", "women", "men", "use", "using",
    "taking", "treatment", "therapy", "for", "to", "from", "by", "on", "at", "like", "such", "as", "including",
    "eg",
})  # fmt: skip
"""Words by which a member of a list has a frame of its own."""
_GRADED = frozenset({"hypertension", "pulmonary", "psychiatric", "renal", "hepatic", "peripheral_artery_disease"})
"""Illnesses that many people have mildly, by whatever name; a cancer or HIV is serious in itself."""
_GRAVE = ("failure", "*failure", "insufficiency", "schizophrenia", "psychosis", "dialysis", "end-stage")
_BROAD = re.compile(rf"(?:.*\s)?(?:{_DISEASES}|systems?)\Z", re.IGNORECASE)
_LONGEST = 4


def ruled_from_afar(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a degree, or an effect, that stands in front of a list is asked of an illness in it as well."""
    leaf = place.leaf
    if leaf.concept == "named_illness" and _ONE_DEGREE.search(" ".join((*leaf.severity, *leaf.narrowing))):
        return True  # read with the noun that a list shares; the name alone decided
    if not _may_be_mild(leaf):
        return False
    graded = (leaf.concept in _GRADED or leaf.concept == "named_illness") and _OF_A_DEGREE.search(
        text, criterion.start, leaf.start
    ) is not None
    if graded or _OF_AN_EFFECT.search(text, criterion.start, leaf.start):
        return True
    own = text[leaf.start : leaf.end]
    until = leaf.end - len(own.split()[-1]) if _RULES.search(own) else leaf.start  # "illness, severe cardiac, lung"
    front = _END.split(text[criterion.start : until])[-1]
    front = _BRACKETS.sub(",", front)
    return any(
        _is_bare_list(front[found.end() :], of=bool(found["of"]), judged=bool(found["judged"]))
        for found in _RULES.finditer(front)
    )


def _may_be_mild(leaf: Leaf) -> bool:
    """Whether a thing is an illness that people have mildly or gravely, without a degree or a limit of its own."""
    if leaf.severity or leaf.bounds is not None or not (type_of(leaf.concept) == "illness" or leaf.concept in _ALSO):
        return False
    noun = leaf.noun.strip(" ,")
    if mentions(noun, _GRAVE) or "serious disease" in forms_of(noun):
        return False
    return leaf.concept in _GRADED or _BROAD.match(noun) is not None or _ORGAN.fullmatch(noun) is not None


_ALSO = frozenset({"named_illness", "cardiac"})


def _is_bare_list(said: str, *, of: bool, judged: bool) -> bool:
    """Whether nothing but names of illnesses or organs stands between a degree and a member of its list.

    Over whole names only a judgement goes on: "severe bowel disease, heart disease" leaves the heart as it is.
    """
    *members, last = _BETWEEN.split(said)
    if not (members or of) or any(_OF_ITS_OWN.intersection(words_in(part)) for part in (*members, last)):
        return False
    if len(words_in(last)) > 1:
        return False
    return all(_names_one(words_in(part), whole=judged) for part in members)


def _names_one(words: list[str], *, whole: bool) -> bool:
    if not words or (not whole and _ORGAN.fullmatch(words[-1])):
        return len(words) <= _LONGEST
    if not whole:
        return False
    end = words[-1]
    known = end in name_words() or end.removesuffix("s") in name_words() or ends_like_an_illness(end)
    return len(words) <= _LONGEST and (known or _ORGAN.fullmatch(end) is not None)


_HEAD = re.compile(r"(?:\s(?:conditions?|problems?))?\s*(?:\([^()\n]*\)\s*)?:[\s*]*\Z", re.IGNORECASE)
_BELOW = re.compile(r"[^\S\n]*:?[^\S\n]*\n\s*(?![^\n]*\bcriteria\b[^\n]{0,20}:)[^\s\n]")


def only_heads_a_list(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a line that bars is the heading of items below it and says nothing else: "Renal disease:"."""
    leaf = place.leaf
    if place.wanted or criterion.section != "exclusion" or leaf.bounds is not None:
        return False
    if type_of(leaf.concept) not in ("illness", "event", "state", "symptom"):
        return False
    if words_in(text[criterion.start : leaf.start]):  # "Any lung disease:" says of itself that it bars
        return False
    line = text[leaf.end : criterion.end]
    ends = (
        line
        if ":" in line
        else line + (":" if text[criterion.end : criterion.end + 2].lstrip(" ").startswith(":") else "")
    )
    return _HEAD.fullmatch(ends) is not None and _BELOW.match(text, criterion.end) is not None


_STAGE = re.compile(
    r"[\s*•\-\d.)]*(?P<name>[A-Za-z]+(?:\s(?:class|stage|grade|category|type))?)\s(?P<number>[IVX]{1,4}|\d)[ab]?"
    r"\s?(?:\([^()\n]*\))?\s?[:=–-]\s",
    re.IGNORECASE,
)


def one_of_the_stages(place: Place, text: str) -> bool:
    """Whether what is asked for stands at one stage of a list with others: "III: pain" and below "IV: ulcers"."""
    start = text.rfind("\n", 0, place.leaf.start) + 1
    mine = _STAGE.match(text, start, place.leaf.start)
    if not place.wanted or mine is None:
        return False
    before = text[:start].rstrip().rpartition("\n")[2]
    end = text.find("\n", place.leaf.end)
    behind = text[end:].lstrip().partition("\n")[0] if end >= 0 else ""
    others = (_STAGE.match(line) for line in (before, behind))
    return any(
        other and other["name"].lower() == mine["name"].lower() and other["number"] != mine["number"]
        for other in others
    )
