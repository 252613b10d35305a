"""Words that name a thing only to say of whom something else is asked, how it is meant, or what it is not.

"Patients taking steroids must keep the dose" asks nobody to take steroids, "not a candidate for a transplant" is no
transplant, "even if statins are taken" no wish for statins, "an illness unrelated to lupus" no lupus.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.reading.findings.finding import Finding
from trialfinder.reading.vocabulary.scope import Scope

_REACH = 110
"""Letters before a thing that say how it is meant, and behind it that say what is asked."""
_WHOEVER = (
    r"(?:(?:all|any|the|those|study|female|male|adult)\s){0,2}(?:patients?|subjects?|participants?|individuals?|people|persons?|"
    r"those|anyone|anybody|whoever|wom[ae]n|m[ae]n|volunteers?|who)"
)
_TAKES = re.compile(
    rf"[\W\d]*(?:if\s)?{_WHOEVER}\s(?:(?:who|that|are|is|being|currently|already|also|may|be)\s){{0,4}}"
    r"(?:on|using|uses?|taking|takes?|receiving|receives?|treated with|under)\s(?:[^.;:()]|\([^()]{0,40}\)){0,90}\Z"
)
"""From the start of a clause to a drug: "Participants who take A or …"."""
_MUST = re.compile(
    r"[^.;:]{0,70}?\b(?:must|should|shall|needs? to|ha(?:ve|s) to|are required to|may not|will)\b(?P<what>[^.;]{0,110})"
)
_ENDED = re.compile(
    r"\b(?:complet|finish|stop|discontinu|ceas|withdr|wash|taper|suspend|paus|interrupt|end(?:ed)?\b|off\b|prior\b|before\b|"
    r"ago\b|elapsed|agree|excluded|eligible|included|participate|enrol)"
)
_NOT_YET = re.compile(
    r"\b(?:(?:in)?eligible for|(?:in)?eligibility for|candidates? for|amenable to|(?:in)?curable (?:by|with)|"
    r"(?:un)?suitable for|considered for|(?:un)?fit for|(?:contra-?)?indicat(?:ed|ions?) (?:for|to)|benefit from|"
    r"refus\w+|declin\w+)\s"
    r"(?:(?!(?:who|with|that|because|after|before|and have|or have|has|had|requir\w*|needs?)\b)[\w/-]+,?\s){0,6}\Z"
)
"""Before a treatment: it has not been given, and nobody says that it will be."""
_TOLERATED = re.compile(
    r"\b(?:(?:ab(?:le|ility)|capable|can|willing|suitable|fit)\s(?:to\s|of\s)?(?:safely\s)?(?:tolerat\w+|receiv\w+|swallow\w*|"
    r"undergo\w*|stop\w*)|toleran(?:ce|t) (?:of|to|for)|recovered from)\s(?:(?!(?:and|or)\b)[\w/-]+\s){0,4}\Z"
)
"""Before a treatment: who can bear it need not have it."""
_NOT_BORNE = re.compile(
    r"(?:unable to|inability to|can ?not) tolerate (?:[\w-]+ ){0,2}?(?:contrast|an?a?esthe\w+|sedation|mri|dye|latex)"
)
_SINCE = re.compile(
    r"\b(?:from|since|after|at|until|before|of)\s(?:the\s)?(?:time\s|date\s|day\s)?(?:of\s|the\s|first\s|initial\s)*"
    r"(?:diagnosis|onset) of\s(?:(?:an?|the|their)\s){0,2}(?:\w+\s){0,2}\Z"
)
"""Before the illness that a time is counted from: "in another trial since the diagnosis of diabetes"."""
_GIVEN = frozenset({"organ_transplant", "chemotherapy", "prior_cell_therapy", "recent_surgery", "spine_surgical"})
_IF_NOT_ON = re.compile(
    r"\b(?:if|when|unless)\s(?:(?:they|he|she|is|are|the|patients?|subjects?|participants?)\s){0,3}not\s(?:\w+ly\s)?"
    r"(?:on|taking|using|receiving|treated with|under)\s(?:[\w-]+\s){0,3}\Z"
)
"""Before a drug that only says for whom something holds: "FSH above 30, if not on oestrogen"."""
_ALTHOUGH = re.compile(
    r"\b(?:even (?:if|though|when|while|after)|regardless of|irrespective of|independent(?:ly)? of|whether or not|"
    r"no matter (?:if|whether))\s(?:(?!but\b)[\w/-]+\s){0,4}\Z"
)
_UNRELATED = re.compile(
    r"\b(?:not (?:directly )?(?:related|due|attributable|attributed|secondary|connected|linked) to|"
    r"unrelated to|not (?:caused|explained) by|not a (?:result|consequence) of|different (?:cause|reason)s? than|"
    r"(?:an)?other (?:cause|reason|condition|illness|disease|origin|etiology|aetiology|source)s? than)\s"
    r"(?:(?:the|an?|any|his|her|their|known|underlying|active)\s){0,3}(?:[\w-]+\s){0,2}\Z"
)
_SHOWN_BY = re.compile(
    r"\b(?:intoleran(?:ce|t)|hypersensitivity|toxicit(?:y|ies)|side effects?)\b[^.;:]{0,60}?\b"
    r"(?:such as|manifested (?:as|by)|in the form of)\s[^.;:]{0,60}\Z"
)
"""Before what an intolerance shows itself by: "intolerance to a drug such as fever or rash"."""
_EXAMINED = re.compile(
    r"\b(?:patients?|subjects?|participants?|those|people|individuals?|persons?|wom[ae]n|anyone)\s"
    r"(?:who (?:have|has)|with|having)\s(?:(?!(?:must|should|are|is)\b)[^.;:()]){0,60}\Z"
)
_IS_EXAMINED = re.compile(
    r"[^.;:()]{0,90}?\b(?:must|should|shall|will|needs? to|ha(?:ve|s) to)\s(?:first\s|also\s)?"
    r"(?:be\s|undergo\s|have\s|get\s)(?:an?\s|the\s)?(?:further\s|careful\w*\s|additional\s)?"
    r"(?:evaluat|test|screen|examin|assess|check|refer|investigat|work-?up|monitor)"
)
_FEW = re.compile(
    r"\b(?:(?:no|not) more than|at (?:the )?most|up to|a maximum of|maximum|no greater than)\s"
    r"(?:an?|one|two|three|four|\d{1,2})\s(?:(?!(?:days?|weeks?|months?|years?|hours?)\b)[\w/-]+\s){0,5}\Z"
)
"""Before a treatment or illness: so many are let in, and none is asked for."""
_OF_ANOTHER_NAME = re.compile(
    r"\s(?:units?|registr(?:y|ies)|cent(?:er|re)s?|clinics?|wards?|societ(?:y|ies)|associations?|foundations?|"
    r"networks?|institutes?|collaborations?|epidemiology|"
    r"(?:(?!(?:or|and|with|by|after|before|prior|despite|requiring)\b)[\w-]+\s)?(?:vaccin\w*|boosters?|immuni[sz]ations?))\b"
)
"""Behind an illness: the name of a place, of people or of a vaccine."""
_ILL_EFFECT = re.compile(
    r"\b(?:toxicit(?:y|ies)|side[- ]effects?|adverse (?:events?|effects?|reactions?)|toxic effects?|complications?|"
    r"sequelae)\b[^.;:]{0,50}?\b(?:from|of|due to|caused by|related to|attribut\w+ to|secondary to|associated with|"
    r"after|following)\s(?:(?!(?:have|has|had|who|that|must|is|are)\b)[\w/-]+,?\s){0,5}\Z"
)
"""Before a treatment of which only what it did is meant: "side effects of earlier radiation"."""
_AT_IT = re.compile(
    r"\b(?:prior to|before|preceding|at (?:the )?time of|on the day of|until)\s"
    r"(?:(?:the|an?|their|planned|scheduled|first|stem|autologous|allogeneic|haploidentical|bone|marrow|organ|study)\s){0,4}\Z"
)
"""Before the transplant or the cells that a time is counted back from."""
_COUNTED_FROM = frozenset({"organ_transplant", "prior_cell_therapy"})
_VIRUS = re.compile(r"\svirus(?:es)?\b")
_COUNTED = frozenset({"drug", "therapy", "procedure", "illness", "event", "state"})
_OWN = re.compile(
    r"\b(?:for|of|to|from|by|with|against) (?:this|the (?:study|index|present|studied))\s(?:[\w-]+\s){0,2}\Z"
)
"""Before the study's own illness, of which only a treatment is meant: "no earlier operation for this cancer"."""
_TREATED_SO = re.compile(
    r"\b(?:(?:immuno|hormonal |hormone |endocrine |biologic(?:al)? |experimental |investigational |targeted |gene )"
    r"(?:therap(?:y|ies)|treatments?)|resections?|vaccin\w+)\s(?:given |used )?(?:for|against)\s"
    r"(?:(?:the|an?|their|prior|primary|metastatic|advanced|recurrent)\s){0,3}(?:\w+\s){0,2}\Z"
)
"""Before what a treatment that has a row of its own, or none, is for."""
_BRINGS_ON = re.compile(
    r"\b(?:medic\w+|drugs?|agents?|therap(?:y|ies)|treatments?|substances?|supplements?)\s[^.;:,]{0,40}?"
    r"\b(?:predispos\w+|cause|causes|causing|prolong\w*|induce|induces|inducing|provok\w+|trigger\w*|worsen\w*|increas\w+|raise)\s"
    r"(?:(?:to|the|an?|risk|of|for)\s){0,4}(?:\w+\s){0,2}\Z"
)
"""Before what drugs may do: the drugs are barred."""
_PART_OF_IT = re.compile(
    r"\b(?:complications?|sequelae?|consequences?|manifestations?|features?) "
    r"(?:of|from|due to|related to|associated with|secondary to)"
    r"\s(?:(?:an?|the|his|her|their|known|chronic|type [12]|type-[12]|long-?standing)\s){0,3}\Z"
)
"""Before an illness that only says whose complications are meant."""
_AT_RISK = re.compile(
    r"\b(?:risk|danger|susceptib\w+|predispos\w+|likelihood|probability)\s(?:of|for|to)\s(?:(?:having|developing|an?|the|future|"
    r"incident|recurrent|first|new)\s){0,3}\Z"
)
"""Before what people may get: who is asked to be at risk need not have it."""
_ILL = frozenset({"illness", "event", "symptom", "state"})
_TREATED = frozenset({"drug", "therapy", "procedure"})
_OWN_WORDS = frozenset({"failed_conventional", "stable_medication", "diagnosis_confirmed", "other_trial"})
_DRUGS = frozenset({"immunosuppression", "chemotherapy"})


def only_named(scope: Scope, finding: Finding) -> bool:
    """Whether a finding stands where nothing is asked of it."""
    if (
        finding.bounded is None
        and finding.effect == "require"
        and scope.section != "exclusion"
        and _wants(scope, finding)
    ):
        return True
    start, first = _clause(scope, finding)
    lower, kind = scope.lower, finding.pattern
    if finding.bounded is None and kind.polarity == "section":
        if kind.id in _GIVEN and _NOT_YET.search(lower, start, first):
            return True
        if (kind.type in _TREATED or kind.id in _GIVEN) and _ILL_EFFECT.search(lower, start, first):
            return True
        if kind.type in _TREATED and _IF_NOT_ON.search(lower, start, first):
            return True
        counted = kind.id in _COUNTED_FROM
        if counted and (_AT_IT.search(lower, start, first) or lower.startswith(("prior to ", "before "), first)):
            return True
        if kind.id == "malignancy" and _VIRUS.match(lower, finding.end):
            return True
        if kind.type in _ILL and _illness_of_another(scope, finding, start):
            return True
    return _EXAMINED.search(lower, start, first) is not None and _IS_EXAMINED.match(lower, finding.end) is not None


def _illness_of_another(scope: Scope, finding: Finding, start: int) -> bool:
    """Whether an illness only says what something else belongs to: its complications, its treatment, a time."""
    lower, first = scope.lower, finding.start
    if _OF_ANOTHER_NAME.match(lower, finding.end):
        return True
    if finding.pattern.id != "allergy" and _SHOWN_BY.search(lower, start, first):
        return True
    if _OWN.search(lower, start, first) or _TREATED_SO.search(lower, start, first):
        return True
    if _BRINGS_ON.search(lower, start, first):
        return True
    if finding.effect == "exclude" and _PART_OF_IT.search(lower, start, first):
        return True
    barred = scope.section == "exclusion"
    return barred and (_SINCE.search(lower, start, first) or _UNRELATED.search(lower, start, first)) is not None


def _clause(scope: Scope, finding: Finding) -> tuple[int, int]:
    first = finding.start
    return max(scope.clause(first)[0], first - _REACH), first


def _wants(scope: Scope, finding: Finding) -> bool:
    """Whether words that seem to ask for a thing only say of whom, or of how few, something is asked."""
    start, first = _clause(scope, finding)
    lower, kind = scope.lower, finding.pattern
    if _ALTHOUGH.search(lower, start, first):
        return True
    if kind.type in _ILL and _AT_RISK.search(lower, start, first):
        return True
    if kind.type in _TREATED and kind.id not in _OWN_WORDS and _TOLERATED.search(lower, start, first):
        return True
    if kind.id == "allergy" and _NOT_BORNE.match(lower, first):
        return True
    return kind.type in _COUNTED and kind.id != "failed_conventional" and _FEW.search(lower, start, first) is not None


def of_those_who_take(lower: str, finding: Finding, _before: Sequence[Finding]) -> bool:
    """Whether a drug only says of whom something is asked: "patients who take steroids must keep the dose".

    The tree of the criterion keeps it, as whoever does not take it meets what is asked.
    """
    kind, first = finding.pattern, finding.start
    if finding.effect != "require" or finding.bounded is not None or kind.id == "stable_medication":
        return False
    if kind.type != "drug" and kind.id not in _DRUGS:
        return False
    start = max(lower.rfind(stop, 0, first) for stop in (". ", ";", ":")) + 1
    behind = _MUST.match(lower, finding.hit.end) if _TAKES.match(lower, start, first) else None
    return behind is not None and not _ENDED.search(behind["what"])
