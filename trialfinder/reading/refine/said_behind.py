"""Words behind a thing that make it less, or another time's or person's: "psychosis in relatives"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import Screen
from trialfinder.reading.refine.around import SUFFERED, SaidAround
from trialfinder.reading.vocabulary.patterns import type_of

MAY_BE_GRADED = Screen("moderate|severe|mild|advanced|end|serious|symptomatic|uncontrolled|decompensated|to|or|and")
"""What ``degrees_in_brackets`` needs."""
_DEGREES_BEHIND = re.compile(
    r"\s*\((?P<said>(?:(?:moderate|severe|mild|advanced|end-stage|serious|symptomatic|uncontrolled|decompensated"
    r"|to|or|and)\b[\s,/-]*)+)\)",
    re.IGNORECASE,
)


def degrees_in_brackets(around: SaidAround) -> str:
    """ "Liver disease (moderate or severe)": a lighter one is not meant."""
    found = _DEGREES_BEHIND.match(around.text, around.leaf.end)
    return " ".join(found["said"].lower().split()) if found else ""


_THEN = re.compile(
    r"[^.;\n(]{0,25}?\b(?:at|by|before)\s(?:the\s)?(?:time\s(?:of|when)\s)?(?:\w+\s){0,3}?"
    r"(?:onset|diagnosis|first\s(?:symptom|seizure|attack)s?|injury|transplant\w*)\b",
    re.IGNORECASE,
)
MAY_BE_RELATED = Screen(".*(?:relatives?|family|parents?|siblings?)")
"""What ``of_relatives`` needs."""
_RELATIVES = re.compile(
    r"\s+(?:in|of|among)\s(?:an?\s|the\s|any\s|their\s|one's\s)?"
    r"(?:(?:first|second)?[- ]?(?:degree|close|blood|biological)?\s?)?"
    r"(?:relatives?|family(?: members?)?|parents?|siblings?)\b",
    re.IGNORECASE,
)


_WHEN = re.compile(r"\W*(?:before|prior to|during|after|since|throughout)\s(?:(?!or\b|and\b)\w+\s){0,3}", re.IGNORECASE)


def of_another_time(around: SaidAround) -> bool:
    """ "Age below 40 at diagnosis" is no age today; "an illness before the pregnancy" asks for none."""
    leaf, text = around.leaf, around.text
    if leaf.concept not in ("age", "pregnancy"):
        return False
    ends = [one.end for one in around.every if one.end <= leaf.start and type_of(one.concept) in SUFFERED]
    if leaf.concept == "pregnancy":
        return any(_WHEN.fullmatch(text, end, leaf.start) for end in ends)
    return any(_AT_AN_AGE.match(text, end, leaf.end) for end in ends) or bool(_THEN.match(text, leaf.end, around.end))


_ORGANISATION = re.compile(
    r"[\w&,-]*\s+(?:(?:research|care|specialty|outpatient)\s)?(?:clinics?|cent(?:er|re)s?|hospital|units?|departments?|institutes?"
    r"|registr(?:y|ies)|programme?s?|networks?|foundation|association|society|ward|service)\b",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?:of|at|from|in|to|by|with)\s(?:an?\s|the\s|our\s|one of the\s)?(?:[\w'&-]+\s){0,4}\Z", re.IGNORECASE
)
_CHANGE = re.compile(
    r"\b(?:rise|increase|decrease|fall|drop|decline|reduction|change|variation|difference|improvement)s?\s(?:of|in)\s"
    r"(?:the\s|serum\s|plasma\s|blood\s|an?\s)*\Z",
    re.IGNORECASE,
)
_BY_SO_MUCH = re.compile(r"[^.;\n]*?\s(?:of|by)\s(?:at least\s|more than\s|>=?\s?|≥\s?|about\s)?\d", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:ankle|toe|pulmonary|intraocular|intracranial|ventricular|right heart|arterial wedge)\b", re.IGNORECASE
)


MAY_ORGANISE = Screen(
    "clinics?|cent(?:er|re)s?|hospital|units?|departments?|institutes?|registr(?:y|ies)|programme?s?|networks?"
    "|foundation|association|society|ward|service"
)
"""What ``of_an_organisation`` needs."""


def of_an_organisation(around: SaidAround) -> bool:
    """ "Patients of the Stroke Clinic"."""
    leaf, text = around.leaf, around.text
    named = leaf.noun[:1].isalpha() and text[leaf.start : leaf.start + 1].isupper()
    place = named and _ORGANISATION.match(text, leaf.end, around.end)
    return bool(place) and _AT.search(text, around.start, leaf.start) is not None


MAY_CHANGE = Screen(
    "ankle|toe|pulmonary|intraocular|intracranial|ventricular|right|arterial"
    "|(?:rise|increase|decrease|fall|drop|decline|reduction|change|variation|difference|improvement)s?"
)
"""What ``of_another_measure`` needs."""


def of_another_measure(around: SaidAround) -> bool:
    """ "A rise in creatinine of 0.5", "systolic pressure in the ankle"."""
    leaf, text = around.leaf, around.text
    if leaf.concept == "hypertension" and _ELSEWHERE.search(text, max(around.start, leaf.start - 30), leaf.end):
        return True
    changes = _CHANGE.search(text, around.start, leaf.start)
    return changes is not None and _BY_SO_MUCH.match(text, leaf.start, leaf.end) is not None


MAY_HAVE_AN_AGE = Screen("(?:age|old).*")
"""What ``at_an_age`` needs."""
_AT_AN_AGE = re.compile(
    r"[^.;\n(,]{0,25}?\s(?:before|after|under|over|below|at|by|prior to|younger than|older than)\s(?:the\s)?"
    r"(?:age\s(?:of\s)?\d+|\d+\s(?:years?|months?)(?:\sof age|\sold))",
    re.IGNORECASE,
)


def at_an_age(around: SaidAround) -> str:
    """ "A stroke before the age of 45": when in life it was, nobody told."""
    found = _AT_AN_AGE.match(around.text, around.leaf.end, around.end)
    return " ".join(found.group().split()) if found else ""


def of_relatives(around: SaidAround) -> str:
    """ "Psychosis in first-degree relatives" is not the person's."""
    found = _RELATIVES.match(around.text, around.leaf.end, around.end)
    return " ".join(found.group().split()) if found else ""


_WITH_WHAT = re.compile(
    r"[^.;()]{0,60}\((?P<what>(?:with|of|involving|using|receiving)\b[^()]*"
    r"\b(?:drugs?|products?|agents?|devices?|medicin\w*|medications?|treatments?)[^()]*)\)",
    re.IGNORECASE,
)


_OF_A_KIND = re.compile(
    r"\b(?:(?:stem[- ]?)?cell(?:ular)?(?:[- ]based)?|gene(?:[- ]therapy)?|device|vaccine|covid(?:-?\d+)?|surgical"
    r"|cancer|oncology|cardiovascular|stroke|diabetes|pain|spin(?:e|al)|exercise|nutrition\w*|rehabilitation"
    r"|weight[- ]loss)"
    r"(?=\s(?:[\w-]+\s){0,3}(?:trials?|stud(?:y|ies)|protocols?|research(?:es)?|investigations?|projects?)\b)",
    re.IGNORECASE,
)
_OF_MOST_KINDS = re.compile(r"\b(?:drugs?|medicin\w*|products?|investigational|experimental)\b", re.IGNORECASE)


def trial_with(around: SaidAround) -> str:
    """ "Another study (with use of a new drug)", "other stem cell studies": not every study is one of those."""
    leaf = around.leaf
    if leaf.concept != "other_trial":
        return ""
    if found := _WITH_WHAT.match(around.text, leaf.start):
        return " ".join(found["what"].lower().split())
    kind = _OF_A_KIND.search(around.text, leaf.start, leaf.end)
    most = kind is None or _OF_MOST_KINDS.search(around.text, leaf.start, leaf.end)
    return "" if kind is None or most else " ".join(kind[0].lower().split())


MAY_BE_STUDIED = Screen("trials?|study|studies|protocols?|research")
"""What ``cells_in_a_trial`` needs."""
_TRIAL_OF_IT = re.compile(
    r"(?:\s(?!(?:or|and|in|of|for|to|within|before|prior|from|at|on|with|than|this|the|our|present)\b)[\w-]+){0,3}?"
    r"\s(?P<of>trials?|stud(?:y|ies)|research(?: protocols?)?)\b"
    r"(?!\s(?:drugs?|products?|agents?|treatments?|interventions?|entry|enrol))",
    re.IGNORECASE,
)
_IN_A_TRIAL = re.compile(
    r"\s(?:in|within|through|as (?:a )?part of|during)\s(?:an?|any|an?other|other|some|previous|prior|earlier)\s"
    r"(?:[\w-]+\s){0,3}?(?P<of>trials?|stud(?:y|ies)|research protocols?)\b",
    re.IGNORECASE,
)
_ITSELF_A_TRIAL = re.compile(r"\b(?P<of>trials?|stud(?:y|ies)|research)\Z", re.IGNORECASE)


def cells_in_a_trial(around: SaidAround) -> str:
    """ "Other stem cell studies": cells that somebody was given elsewhere, or paid for, are not meant."""
    if around.leaf.concept != "prior_cell_therapy":
        return ""
    text, start, end = around.text, around.leaf.start, around.leaf.end
    found = _ITSELF_A_TRIAL.search(text, start, end) or _TRIAL_OF_IT.match(text, end) or _IN_A_TRIAL.match(text, end)
    return "in a study" if found else ""
