"""Things that are named and asked of nobody: of people one lives with, as a risk, as a need of something else."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import Screen
from trialfinder.reading.findings.finding import Finding
from trialfinder.reading.vocabulary.patterns import SINGLE_INFECTIONS
from trialfinder.reading.vocabulary.scope import Scope

_WHO = (
    r"(?:some(?:one|body)|any(?:one|body)|(?:an?|any|other|young|small)?\s?(?:persons?|people|individuals?|children|"
    r"child|infants?|adults?|wom[ae]n|patients?|partners?|members?|contacts?|relatives?))"
)
_WITH_OTHERS = re.compile(
    rf"\b(?:contacts?|liv(?:es?|ing)|cohabit\w*|resid(?:es?|ing)|household(?: contacts?)?) (?:with|of|that includes?) "
    rf"{_WHO}\b[^.;,:]{{0,60}}\Z"
)
_OTHERS_SAID = Screen(r"contacts?|liv(?:es?|ing)|cohabit\w*|resid(?:es?|ing)|household")
"""What such words need."""
_RISK = re.compile(
    r"\brisk(?:y)?(?:[ -](?:behaviou?rs?|groups?|factors?|activit\w+|practices?))?\s(?:of|for|to)\s"
    r"(?:acquiring |contracting |getting |exposure to |developing |"
    r"(?:being |becoming |getting )?infect(?:ed|ion) (?:with |by )?)?\Z"
)
_SUCH_AS = re.compile(
    r"\s?(?:\w+\s){0,6}?[(,:]{0,2}\s?(?:e\.\s?g|such as|including(?: but not limited to)?|like|for example|"
    r"i\.\s?e)\b[^;()]*"
)
_AGAINST = re.compile(
    r"(?:\s(?:therapy|therapies|treatments?|agents?|drugs?|use|regimens?|medications?))?"
    r"(?:\s(?:with ?in|in|during|over|for)\s(?:the\s)?(?:(?:last|past|previous|preceding|prior)\s)?[\w-]+\s"
    r"(?:hours?|days?|weeks?|months?|years?)(?:\sago|\s(?:before|prior to|of)\s(?:study\s)?\w+)?,?)?\s"
    r"(?:given\s|used\s|prescribed\s|taken\s|indicated\s|directed\s|active\s)?(?:for|against)\s(?:the\s|an?\s(?!patient|person|subject|participant|wom|man\b|histor))?"
    r"(?:(?:treatment|prevention|prophylaxis|management)(?:\s(?:or|and|and/or)\s\w+)?\sof\s)?"
    r"(?:(?:locally\s)?(?:recurrent|advanced|relapsed|refractory)\s?(?:or|and|and/or|/)\s?)?"
    r"(?:(?!(?:or|and|if|at|more|less|the|than|a|an)\b)[\w-]+\s){0,4}"
)
"""Between a treatment and what it is for: "steroids for asthma"."""
_ILL = frozenset({"illness", "event", "symptom"})
_GIVEN = frozenset({"drug", "therapy"})
_ANY_DRUG = "other_medication"
_NEAR = 120
_FEW = 6


_SHARE = re.compile(
    r"[\W\d]*(?:at (?:the )?(?:least|most)|(?:no|not) more than|up to|approximately|about|a (?:maximum|minimum) of)\s"
    r"\d+\s?(?:%|percent|per cent)?\s?(?:of\s)?(?:(?:the|all|study)\s)*"
    r"(?:participants|patients|subjects|people|volunteers)\s(?:will|should|must|shall|may|can)\b"
)
"""Begins what is said of all who take part together: "No more than 10 % of participants will …"."""
_KIN = (
    r"(?:mother|father|parent|sibling|brother|sister|relative|family member)s?(?:\s?\([^()]{0,80}\))?\s"
    r"(?:with|who (?:has|have|had)|(?:was |were )?(?:diagnosed|affected) (?:with|by)|has|have|had)\b"
)
_FEW_WORDS = r"(?:(?!(?:or|and|but)\b)[\w-]+\s){0,4}\Z"
_OF_FAMILY = re.compile(
    rf"(?<!personal or )(?<!personal and )\bfamily histor(?:y|ies)\s\([^()]{{0,80}}\)\s(?:of|for)\s{_FEW_WORDS}"
    rf"|(?<!\bor an )(?<!\bor a )(?<!\bor )(?<!degree )\b(?:(?:first|second)[ -]degree )?{_KIN}\s{_FEW_WORDS}"
)
"""Before an illness that only the family has or had."""
_FAMILY_SAID = Screen(r"family|mothers?|fathers?|parents?|siblings?|brothers?|sisters?|relatives?")


def of_a_share(scope: Scope, finding: Finding) -> bool:
    """Whether something is said of a share of those who take part, and asked of nobody."""
    start, _ = scope.clause(finding.start)
    return _SHARE.match(scope.lower, start) is not None


def of_others_or_a_risk(scope: Scope, finding: Finding) -> bool:
    """Whether something is that of people whom the person meets, or only a danger of catching it.

    "Lives with someone who is pregnant", "high-risk behaviour for HIV infection": the person may have neither.
    """
    start = max(scope.clause(finding.hit.start)[0], finding.hit.start - _NEAR)
    if finding.pattern.id in SINGLE_INFECTIONS and _RISK.search(scope.lower, start, finding.hit.start):
        return True
    ill = finding.pattern.type in _ILL
    if ill and _FAMILY_SAID.lets(scope.said) and _OF_FAMILY.search(scope.lower, start, finding.start):
        return True
    if finding.pattern.polarity == "require" or not _OTHERS_SAID.lets(scope.said):
        return False
    return _WITH_OTHERS.search(scope.lower, start, finding.start) is not None


def example_of_a_class(lower: str, finding: Finding, before: Sequence[Finding]) -> bool:
    """Whether a drug is only an example of a kind that was read: "immunomodulators (e.g., interferon)"."""
    return finding.pattern.id == _ANY_DRUG and any(
        f.pattern.type in _GIVEN
        and f.pattern.id != _ANY_DRUG
        and f.effect == finding.effect
        and _SUCH_AS.fullmatch(lower, f.hit.end, finding.hit.start)
        for f in before[-_FEW:]
    )


_ITS_TREATMENT = re.compile(
    r"\b(?:that|which|who)\s(?:has|have|had|is|are|was|were)?\s?(?:been\s)?(?:require[sd]?|requiring|need(?:s|ed|ing)?|treated)\b"
    r"|\brequiring\b"
)
_EXAMPLES = re.compile(r"\((?:e\.?\s?g\.?|such as|including|i\.?\s?e\.?|for example|like)\b[^()]*\Z")


def example_of_its_treatment(scope: Scope, finding: Finding) -> bool:
    """Whether a drug is only an example of how an illness that is named must have been treated.

    "Autoimmune disease that has required systemic treatment (e.g., steroids)".
    """
    if finding.pattern.type not in _GIVEN or finding.bounded is not None:
        return False
    start = max(scope.clause(finding.hit.start)[0], finding.hit.start - _NEAR)
    opened = _EXAMPLES.search(scope.lower, start, finding.hit.start)
    if opened is None:
        return False
    return _ITS_TREATMENT.search(scope.lower, max(0, opened.start() - _NEAR), opened.start()) is not None


_CIRCUMSTANCE = re.compile(
    r"\b(?:social|sociological|geographic\w*|familial|psycho-?\s?social|logistic\w*|economic\w*)\s\Z"
)
_OF_HEALTH = re.compile(r"\b(?:medical|physical|health|illness|disease|clinical|somatic|disorder)\w*\b")


def of_circumstances(scope: Scope, finding: Finding) -> bool:
    """Whether a catch-all speaks of how people live and not of their health: "any social or geographical condition"."""
    if finding.pattern.id != "general_health":
        return False
    start = finding.hit.start
    if _CIRCUMSTANCE.search(scope.lower, max(0, start - 20), start) is None:
        return False
    return _OF_HEALTH.search(scope.lower, max(scope.clause(start)[0], start - _NEAR), start) is None


def treated_by(lower: str, finding: Finding, before: Sequence[Finding]) -> bool:
    """Whether an illness only says what a treatment is for: "No prior steroids for asthma"."""
    return finding.pattern.type in _ILL and any(
        (f.pattern.type in _GIVEN or f.pattern.id == "other_trial")
        and f.effect == finding.effect
        and _AGAINST.fullmatch(lower, f.hit.end, finding.hit.start)
        for f in before[-_FEW:]
    )


_VERDICT = re.compile(
    r"(?:un|in|not |im)?(?:eligib|suitab|fit\b|inappropriate|appropriate|adequate|improper|deemed|considered)"
)
_IS_THAT = re.compile(
    r"(?:(?!\b(?:who|that|which|or|if)\b)[^.;:]){0,60}?\b(?:is|are|be)\s(?:also\s|therefore\s|considered\s|deemed\s|regarded\sas\s)?\Z"
)
_ASSESSOR = re.compile(
    r"(?:considered|judged|determined|deemed|decided|assessed|regarded|thought|believed|evaluated)\sby\s[^.;:,]*"
    r"|(?:in|at|by|per|upon|according to)\s(?:the\s)?(?:\w+\s)?(?:opinion|judge?ment|view|discretion|"
    r"assessment)\sof\s[^.;:,]*"
)
_JOINED_BY = re.compile(r"[\s,(]{0,2}(?:as\s)?")
_ENDS_HERE = re.compile(r"\s?[.;)]|\s*\Z")


def verdict_on_another(lower: str, finding: Finding, before: Sequence[Finding]) -> bool:
    """Whether a catch-all is only what follows from what was named, or who says so.

    "Breast-feeding women are ineligible for inclusion", "a contraindication to MRI assessed by the investigator".
    """
    named = [f for f in before[-_FEW:] if f.hit.start < finding.hit.start and f.pattern.id != "general_health"]
    if finding.pattern.id != "general_health" or not named:
        return False
    start, end = finding.hit.start, finding.hit.end
    if _VERDICT.match(lower, start):
        return any(_IS_THAT.fullmatch(lower, f.hit.end, start) for f in named)
    if _ASSESSOR.fullmatch(lower, start, end) is None or _ENDS_HERE.match(lower, end) is None:
        return False
    return any(f.hit.end >= end or _JOINED_BY.fullmatch(lower, f.hit.end, start) for f in named)


_SINCE = r"\s(?:must |should )?(?:have |has )?(?:elapsed |passed )?(?:since|from|between)\s(?:[\w-]+\s){0,3}?"
_SINCE_EARLIER = re.compile(
    rf"{_SINCE}(?:(?:prior|previous|last|latest|most recent|completion of|end of|other|another)\s(?:[\w-]+\s){{0,3}})"
)
_SINCE_ANOTHER = re.compile(rf"{_SINCE}(?:other|another)\s(?:[\w-]+\s){{0,2}}")
_SINCE_ONE_OF = re.compile(
    r"\s(?:must |should )?(?:have |has )?(?:elapsed |passed )?(?:since|from)\s"
    r"(?:(?!(?:receiv|tak|treat|undergo|fail)\w*|(?:on|with|who|have|has|is|are|must)\b)[\w/-]+,?\s){0,14}"
)
"""Between a time and a later member of what must not have been sooner: "2 weeks from surgery, or another study"."""
_ENDS_OF_INTERVAL = re.compile(
    r"\b(?:interval|time|gap)s?\s(?:between|from|since)\s"
    r"(?:(?:the|any|all|prior|previous|last|most recent|dose|of|other)\s){0,5}\Z"
)
"""Before what an interval begins with: "the interval between the last dose and the study"."""
_WASHED_OUT = re.compile(r"(?:\swash-?\s?out\s(?:period\s)?)?(?:\s?(?:of|from|for)\s)(?:[\w-]+\s){0,3}")
_BARE_TIME = re.compile(r"[\s*(•-]*\d+[\s-][a-z]+")
"""A time that opens an item, without an operator."""


def none_sooner(scope: Scope, finding: Finding) -> Finding:
    """ "5 years since any other cancer", "28 days from prior therapy": asked for is only that it was not sooner.

    Under an exclusion heading "less than a 4-week washout of biologics" bars who took them within that time.
    """
    window, pattern, lower = finding.window, finding.pattern, scope.lower
    if window is None or pattern.polarity != "section":
        return finding
    washed = pattern.type in _GIVEN and "wash" in lower[window.start : window.end + 8]
    barred = scope.section == "exclusion"
    if barred or finding.effect != "require":
        return replace(finding, window=replace(window, direction="within")) if barred and washed else finding
    if not washed and window.direction != "at_least_ago" and not _BARE_TIME.fullmatch(lower, 0, window.end):
        return finding
    if pattern.type in {*_GIVEN, "procedure"} and _ENDS_OF_INTERVAL.search(lower, 0, finding.hit.start):
        return replace(finding, effect="exclude")
    earlier = _SINCE_EARLIER if pattern.type in {*_GIVEN, "procedure"} else _SINCE_ANOTHER
    since = _WASHED_OUT if washed else earlier
    upto = max(window.end, finding.hit.start)
    listed = pattern.type in {*_GIVEN, "procedure"} and _SINCE_ONE_OF.fullmatch(lower, window.end, upto)
    if not listed and not since.fullmatch(lower, window.end, upto):
        return finding
    return replace(finding, effect="exclude", window=replace(window, direction="at_least_ago"))
