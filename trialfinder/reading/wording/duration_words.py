"""Expressions for the words between a condition and the time that it has lasted."""

from __future__ import annotations

from trialfinder.base import lazy_re as re

OTHER = (
    r"(?:treat|therap|drug|tablet|pills?\b|medic|dos(?:e|es|age|ing)\b|fail|despite|respon|refract|scor|intens|averag|mean|"
    r"rat(?:e|ed|ing)\b|"
    r"surg|operat|confirm|before|after|prior|except|unless|no\b|not\b|without|or\b|tak(?:e|es|ing|en)\b|us(?:e|es|"
    r"ing|ed)\b|"
    r"stable|exercis|walk|wait|visit|study|and\b|but\b|who\b|age|insulin|washout|regimen|controlled|analges|opioid|"
    r"steroid|care\b|rehab|training|smok|pregnan|free\b|remission|least\b|\d)\w*"
)
"""Words that begin another clause or take the time for themselves."""
WORDS = rf"(?:(?!{OTHER})[\w'/-]+[\s,:(]{{1,2}}){{0,8}}"
LAST = (
    r"(?:for|since|lasting|lasts?|lasted|persist\w*|present|exist\w*|continu\w*|ongoing|duration|standing|known|"
    r"history|"
    r"course|throughout|been)"
)
MORE = (
    r"(?:\s(?:a|an|the|at|period|duration|time|of|is|was|with|over|last|past|previous|preceding|for|total|been|"
    r"has|have|there))"
)
UNHEALED = (
    r"(?:\s(?:(?:that|which|has|have|had|is|are|did|does|do|been)\s){0,3}(?:not|never)\s(?:\w+ly\s)?(?:been\s)?"
    r"(?:heal\w*|clos\w*)(?=\s(?:for|since|over|in)\b))?"
)
"""An ulcer that did not close was there all the time."""
FOR = re.compile(
    rf"(?:\s?\([^()]{{0,60}}\))?{UNHEALED}[\s,(]{{0,2}}{WORDS}\b(?P<link>{LAST}){MORE}{{0,6}}[\s:,(]{{1,2}}\Z"
)
OF = re.compile(rf"(?:\s?\([^()]{{0,60}}\))?\s?(?:{WORDS}\b(?:of|over|with a)\s|[(,]\s?)\Z")
LASTS_BEHIND = re.compile(
    r"[\s'’-]{0,2}(?:(?:of\s|in\s)?(?:duration|standing|history|course)\b|or (?:more|longer|less|over|above)\b|"
    r"and (?:more|over)\b|"
    r"\)|,|\.|;|\Z)"
)
TOLD = (
    r"\b(?:told|diagnos\w+|known|discovered|detected|began|begun|beginning|start(?:ed|ing)?|onset|appear(?:ed|ance)|"
    r"occurred|developed|manifest\w*|noticed|debut|emerged?|commenced)\b"
)
TOLD_BETWEEN = re.compile(rf"(?:\s?\([^()]{{0,60}}\))?[\s,:]{{0,2}}{WORDS}{TOLD}[\s,:(]{{1,2}}{WORDS}\Z")
TOLD_BEFORE = re.compile(
    rf"{TOLD}(?:\s(?:with|of|as|having|the|a|an|to have))*\s(?:[\w-]+\s){{0,2}}\Z|\b(?:newly|recently|"
    rf"new[\s-]onset)\b[^.;]{{0,25}}\Z"
)
COUNTED = re.compile(r"\d|\b(?:relaps|attack|episode|exacerbat|flare|progress|hospital|admission)")
"""Between a condition and a look-back: something that happened in it."""
WORKS = re.compile(r"\bfunction\b")
"""In the words for an organ that is to work well: how long it has is not asked."""
