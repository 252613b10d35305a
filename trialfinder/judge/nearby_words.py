"""What the words around a reading say about how far it reaches: severity, narrowing clauses, lists of examples.

A wrong "you cannot" loses a person's chance. So a fact that only may fall under the words leaves the answer open.
"""

from __future__ import annotations

import functools
import re

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.person.word_tables import refuse_unknown_keys

_SEVERE = (
    r"(?:severe(?:ly)?|serious|significant(?:ly)?|clinically|uncontrolled|poorly[- ]controlled|"
    r"un-?stable|hard[- ]to[- ]control|"
    r"advanced|decompensated|symptomatic|end[- ]stage|terminal|refractory|major|critical|relevant|"
    r"extensive|marked(?:ly)?|"
    r"vigorous|strict|insufficiently controlled|inadequately controlled|untreated|"
    r"life[- ]threatening|debilitating|disabling|moderate|progress\w*|grade)"
)
_ORGANS = (
    r"(?:cardiac|heart|liver|hepatic|kidneys?|renal|lungs?|pulmonary|respiratory|cardiovascular|cerebrovascular|vascular|cerebral|"
    r"ha?ematolog\w*|neurolog\w*|nervous|psychiatric|mental|psycholog\w*|gastrointestinal|digestive|endocrine|metabolic|systemic|"
    r"urinary|circulatory|immun\w*|chronic|acute|medical|concomitant|concurrent|comorbid|pre-?existing|underlying|active|other|"
    r"internal|bronchopulmonary|musculoskeletal|dermatolog\w*|hepatobiliary|genitourinary|oncologic\w*|allerg\w*|"
    r"rheumatolog\w*|orthop\w*|infecti\w+|lymphatic|organs?|systems?|"
    r"generali[sz]ed|and|or|and/or|the|any|in|of|like in|"
    r"(?:disease|disorder|dysfunction|illness|insufficienc|failure|impairment|condition|abnormalit)"
    r"(?:s|es|y|ies)? (?:like in|of|in))"
)
_HEAD = re.compile(rf"\b{_SEVERE}\b(?P<between>(?:[\s,/&-]+(?:{_SEVERE}|{_ORGANS}))*)[\s,/&(-]*\Z", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]{0,60}\)")
_SEVERE_RE = re.compile(rf"\b{_SEVERE}\b", re.IGNORECASE)
_EXAMPLES = re.compile(
    rf"\b{_SEVERE}\b[\s\w,/-]{{0,40}}?\b(?:conditions?|diseases?|illness(?:es)?|disorders?|comorbidit\w+|problems?)\b"
    r"[\s,(:]*(?:like|such as|including|includes?|e\.?\s?g\.?|i\.?\s?e\.?|for example|for instance|namely)\b",
    re.IGNORECASE,
)
_NARROW = re.compile(
    r"[\s)\]\\]*,?\s*(?:that|which|who|whose|with(?!in\b)|without|requir\w+|need\w+|caus\w+|lead\w+|result\w+|limit\w+|"
    r"affect\w+|interfer\w+|"
    r"prevent\w+|preclud\w+|contraindicat\w+|where|when|if|unless|in whom|for whom|"
    r"on (?:current|chronic|active|long)|due to|secondary to|related to|associated with|"
    r"at a level|severe enough|uncontrolled|untreated|"
    r"not (?:controlled|treated|responding|well|adequately|sufficiently)|"
    r"for (?:the )?(?:control|treatment|management)|(?:before|prior to) (?:the )?(?:diagnosis|onset)|"
    r"to (?:a|the|such an?) (?:degree|extent)|refractory)\b",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\b(?:at a level|severe enough|(?:that|which) (?:may|might|could|would|can|will|are likely|is likely)|likely to|"
    r"(?:that|which) (?:preclud|compromis|interfer|affect|limit|prevent|impair|jeopardi)\w*|"
    r"(?:may|might|could|would) (?:affect|interfere|compromise|influence|impact|pose|place|limit|confound|impair)|"
    r"in the (?:opinion|judge?ment|view) of|investigator'?s? (?:opinion|judge?ment|discretion))",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:limit(?:s|ing)|affect(?:s|ing)|interfer(?:es|ing)|prevent(?:s|ing)|requir(?:es|ing)|contraindicat(?:es|ing)|"
    r"caused by|due to|secondary to|as a result of|who (?:do|does|did|is|are|cannot|refuse)|unable|refus\w+)\b",
    re.IGNORECASE,
)
_LISTS = re.compile(r"\b(?:including|such as|e\.?\s?g\b|i\.?\s?e\b|like|for example|namely)", re.IGNORECASE)
_OR_AFTER = re.compile(
    r"[\s,)]*(?:and/or|or)\b"
    r"(?!\s+(?:older|above|more|greater|equal|less|younger|over|both|higher|lower|longer|later|at least))",
    re.IGNORECASE,
)
_OR_BEFORE = re.compile(r"\b(?:or|and/or|either)\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE)
_OTHER_THING = re.compile(
    r"\b(?:or|and) (?:any )?other\b|\bany other\b|[.;\n]|\bother (?:disease|condition|illness|disorder)", re.IGNORECASE
)
_HISTORY = re.compile(
    r"\b(?:histor\w*|previous(?:ly)?|prior|past|ever|suffered|former(?:ly)?|has had|have had|had an?|"
    r"recurren\w*|anamnes\w*|earlier|"
    r"within the (?:last|past)|in the (?:last|past)|during the (?:last|past)|recent)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:other|another|second(?:ary)?|different|additional|apart from|besides|concurrent)\b", re.IGNORECASE
)
_NORMAL = re.compile(
    r"\b(?:adequate|normal|good|sufficient|acceptable|satisfactory|preserved|stable|no|not|without|free|absence|healthy|cleared|"
    r"compensated|well[- ]controlled|controlled|intact)\b",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=16384)
def severe(before: str, quote: str) -> bool:
    """Whether a word of severity or judgement limits the quoted thing, alone or as the head of a list of organs.

    "Serious medical conditions such as diabetes" names diabetes as an example of what is serious: not limited.
    """
    if _EXAMPLES.search(before):
        return False
    found = _SEVERE_RE.search(quote)
    if found and not _EXAMPLES.search(quote):
        return True
    return bool(_HEAD.search(_BRACKETS.sub(" ", before[-320:])))


@functools.lru_cache(maxsize=16384)
def examples_of_severe(before: str, quote: str) -> bool:
    """Whether the thing is listed as an example of what the study calls serious."""
    return bool(_EXAMPLES.search(before) or _EXAMPLES.search(quote))


_GRADE = re.compile(r"\bgrades?\b|\bctcae\b", re.IGNORECASE)
_HEADING = re.compile(r"[\s)]*:|[^.;,:]{0,60}:\s*\Z")
_DEFINED = re.compile(
    r"[\s,(]*(?:(?:is |are )?defined (?:as|by)|as (?:evidenced|defined|indicated|shown) by)\b", re.IGNORECASE
)


@functools.lru_cache(maxsize=16384)
def graded(before: str, after: str) -> bool:
    """Whether a grade beside the quote limits it ("grade 2 or worse neuropathy", "neuropathy greater than grade 1")."""
    return bool(_GRADE.search(before[-45:]) or _GRADE.search(after[:45]))


@functools.lru_cache(maxsize=16384)
def specified(after: str) -> bool:
    """Whether what follows says which form is meant: a definition, or a list under the quote as its heading."""
    return bool(_DEFINED.match(after) or _HEADING.match(after))


_LIMITED_GROUP = re.compile(
    r"\b(?:group|cohort|arm|controls?|donors?)\b[^.;:\n]{0,30}:[^.;:\n]*\Z|"
    r"(?:\A|[.;:•*)\]]|\d)[\s.]*(?:for|in|among|if|when)\s+"
    r"(?:[\w-]+\s+){0,4}?(?:without|with|with no|who have|having|has|have|is|are)\s*\Z|"
    r"\b(?:cause|causing|induce|risk of|risk for|potential for)\b[^.;,]{0,30}\Z|"
    r"\bin whom\b[^.;:\n]*\Z|\bthan\s+(?:\w+\s+){0,2}\Z|"
    r"\b(?:provided|as long as|on condition)\b[^.;]{0,40}\Z|"
    r"\b(?:in addition to|besides|apart from|as well as|with or without|whether or not|regardless of)\b[^.;,]{0,40}\Z",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=16384)
def some_only(before: str) -> bool:
    """Whether the words before a quote make it a condition or a matter of one group ("for people without …:")."""
    return bool(_LIMITED_GROUP.search(before))


@functools.lru_cache(maxsize=16384)
def clause(before: str, quote: str, after: str) -> str:
    """The quote with the words around it up to the next comma, stop or bracket."""
    return f"{_CLAUSE_END.split(before)[-1][-40:]}{quote}{_CLAUSE_END.split(after)[0][:40]}"


_CLAUSE_END = re.compile(r"[,;.:()\n|]")


@functools.lru_cache(maxsize=16384)
def narrowed(after: str) -> bool:
    """Whether the words after the quote limit it ("diabetes that is not controlled", "cancer requiring treatment")."""
    after = after[:200]
    if _NARROW.match(after):
        return True
    found = _MAY.search(after)
    return bool(found and not _OTHER_THING.search(after[: found.start()]))


@functools.lru_cache(maxsize=16384)
def narrowed_inside(quote: str) -> bool:
    """Whether the quote itself limits the thing at its end; words before a list of examples limit only the list."""
    for pattern in (_INSIDE, _MAY):
        found = pattern.search(quote)
        if found and not _LISTS.search(quote, found.end()) and not _OTHER_THING.search(quote[: found.start()]):
            return True
    return False


def or_after(after: str) -> bool:
    """Whether the words behind a quote go on with "or" something else ("or older" is nothing else)."""
    return bool(_OR_AFTER.match(after))


def or_before(before: str) -> bool:
    """Whether the words before a quote end with "or"."""
    return bool(_OR_BEFORE.search(before))


@functools.lru_cache(maxsize=16384)
def tells_history(words: str) -> bool:
    """Whether the words reach into the past ("history of", "previous", "suffered from")."""
    return bool(_HISTORY.search(words))


@functools.lru_cache(maxsize=16384)
def tells_other(words: str) -> bool:
    """Whether the words mean something besides the study's own illness ("other", "second")."""
    return bool(_OTHER.search(words))


@functools.lru_cache(maxsize=16384)
def asks_normal(words: str) -> bool:
    """Whether the words ask for a healthy organ ("adequate kidney function") and not for an illness."""
    return bool(_NORMAL.search(words))


@functools.cache
def _wordings() -> dict[str, re.Pattern[str]]:
    path = data_dir("wording.toml")
    found = {}
    for row in load_toml(path)["wording"]:
        refuse_unknown_keys(path, row, ("id", "words", "yes", "no"), row.get("id", "?"))
        found[row["id"]] = re.compile(row["words"], re.IGNORECASE)
    return found


@functools.lru_cache(maxsize=65536)
def has(wording: str, words: str) -> bool:
    """Whether one of the wordings of ``data/wording.toml`` occurs in the words, in any case."""
    return bool(_wordings()[wording].search(words))


@functools.lru_cache(maxsize=4096)
def found_in(wording: str, words: str) -> tuple[str, ...]:
    """Everything in the words that one of the wordings of ``data/wording.toml`` matches."""
    return tuple(found[0] for found in _wordings()[wording].finditer(words))


@functools.lru_cache(maxsize=16384)
def mentions(name: str, words: str) -> bool:
    """Whether a name that a person wrote stands in the words, as a whole word and in any case."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE))
