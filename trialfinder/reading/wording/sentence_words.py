"""Words of sentences: what spares, lifts, conditions and notes begin or end with."""

from __future__ import annotations

from trialfinder.base import lazy_re as re

NOT_FOR_SOME = re.compile(
    r"\b(?:this|the|these) (?:age )?(?:limits?|criteri(?:on|a)|requirements?|restrictions?) "
    r"(?:do(?:es)? not apply|(?:is|are) waived)"
)
"""A later sentence that lets some in without what stands before it."""
MAY_JOIN = re.compile(
    r"\b(?:may|might|can|could|will)\s(?:also\s|still\s)?be\s(?:considered\sfor\s(?:inclusion|enrol\w+|the study)"
    r"|(?:considered\s)?eligible|included|enrolled|accepted|admitted)\b(?![^.;]{0,40}\bonly\b)"
)
"""Says of some people that they too can join."""
CAN_STOP = re.compile(
    r"\W*(?:(?:it|they|this|these|the \w+|(?:the )?(?:medications?|medicines?|drugs?|treatments?|therapy|use)) )?"
    r"(?:can|could|may|is able to|are able to) be (?:safely )?"
    r"(?:stopped|discontinued|paused|held|interrupted|withheld|withdrawn)"
)
NOTES = frozenset({"note", "notes", "nb", "n.b", "remark", "footnote"})
NOT_SO = re.compile(
    r"(?:(?!\b(?:who|whose|which|that|must)\b)[^;])*?\b(?:is|are|will|shall|should|may|can|does|do) not (?:be )?"
    r"(?:considered|regarded|counted|count|classified|interpreted|viewed) "
    r"(?:as|to be|to constitute|evidence|measurable|an?)\b(?! (?:an? )?"
    r"(?:un)?(?:exclusion\w*|reason|eligible|suitable|appropriate|acceptable|stable|fit|candidates?|curable))"
)
"""A sentence that only says what a word does not mean: "a higher dose will not be considered as a new treatment"."""
NOTED_DEMAND = re.compile(
    r"\W*(?:(?:all|any|both|male|female|study|sexually active|fertile)\s){0,3}"
    r"(?:patients?|subjects?|participants?|volunteers?|(?:wo)?m[ae]n|(?:fe)?males?|you)"
    r"(?:\s(?:and|or)\s(?:wo)?men)?(?:\sof (?:child-?\s?bearing|reproductive) potential)?\s"
    r"(?:must|are required to|are asked to|should|shall|may not)\b"
)
"""Behind "Note:": no footnote, but something that is asked of everybody."""
WEAKLY = ("related to", "associated with", "linked to")
"""Words of a cause that reach over no comma."""
ALTHOUGH = ("despite ", "in spite of ")
"""What a last member that begins so says goes for all before it: "BP > 150 mmHg, despite the best drugs"."""
BUT_THIS = ("other than", "different from", "besides")
"""Exceptions of the thing right in front of them."""
BUT_FOR = re.compile(r"\b(?:except\w*|unless|excluding)\W*(?:(?:for|in|if|when)\W*)?\Z")
OTHERS = re.compile(r"\b(?:group|cohort|arm|stratum|part|stage) [0-9ivx]+[a-z]?\b")
"""Other people of the same study, for whom what is asked for does not hold."""
PEOPLE = re.compile(r"\b(?:infants?|child(?:ren)?|newborns?|neonates?|adolescents?|women|men)\b")
"""For whom a demand does not hold: "receiving X (except infants)"."""
IF_ANY = re.compile(
    r"\s*(?:there (?:is|are|was|were) (?:one|any|some)|any|(?:it is |they are )?(?:present|existing|applicable|used"
    r"|given|taken|received|prescribed|performed|done))\s*,"
)
"""Behind "if": nobody must have what stands in front of it ("an ulcer, if there is one, has healed")."""
IF_CAN_BE = re.compile(
    r"\s*(?:(?:it is|this is|at all|clinically|medically|technically) )?"
    r"(?:feasible|possible|needed|necessary|appropriate|available|desired|so desired|deemed necessary)(?=\s*[,;.)]|\Z)"
)
"""Behind "if": it only says that nobody is asked for what cannot be: "surgery (if feasible) and radiotherapy"."""
WHILE_IN = re.compile(
    r"\s*(?:(?:they|the (?:patient|participant|subject)s?|patients|participants|subjects|(?:s?he|he/she)) )?"
    r"(?:are |is |be )?(?:(?:take|takes|taking) part|participat(?:e|es|ing)|in the (?:study|trial)|on study)"
    r"(?: in the (?:study|trial))?(?=,|\Z)"
    r"|\s*(?:included|enrolled|randomi[sz]ed|entering)(?: (?:(?:in|into|to) )?the (?:study|trial))?(?=,|\Z)"
)
"""Behind "as long as", "while" or "when": everybody who is asked."""
BEGINS = ("document", "beg", "start", "onset", "occur", "develop", "appear", "diagnos", "arose")
COMES_FROM = frozenset({"cause", "purpose"})
OWN_OR_FAMILY = re.compile(r"(?:an? )?personal (?:and/)?or (?:[\w-]+ ){0,2}family (?P<history>history of\b)")
DIRECT = frozenset({"or", "and", "and/or", "or/and", "/", "&"})
DEEPEST = 12
OR_NEARLY = re.compile(
    r"\b(?:normal|within (?:the )?(?:normal|reference) (?:limits?|ranges?)|acceptable)\b[^.;:]{0,20}?\bor\b"
    r"[^.;:]{0,30}?\b(?:not|non|no|without|in)[\s-]?(?:\w+\s){0,2}?(?:significant|relevant|important)(?:ly)?"
    r"(?:\s(?:abnormal\w*|deviat\w*|alter\w*|elevat\w*|reduc\w*|decreas\w*|increas\w*|out of range))?"
    r"|\babnormal[^.;:]{0,20}?\bbut\s(?:not|non)[\s-]?(?:\w+\s){0,2}?(?:significant|relevant|important|meaningful)\w*"
)
"""Normal, or so little else that it does not matter: no word of it says how ill somebody must be."""


_SHORT = re.compile(r"(?<=\w)\s*\([a-z][a-z0-9/-]{1,7}\)")
"""A short name in brackets behind the long one, which says the same: "chronic obstructive pulmonary disease (copd)"."""


def without_short_name(words: str) -> str:
    """The words of a thing without such a short name."""
    return " ".join(_SHORT.sub("", words).split()) or words
