"""Words behind a thing that make it less, or another time's or person's: "psychosis in relatives"."""

from __future__ import annotations

import re

from trialfinder.reading.patterns import type_of
from trialfinder.reading.refine.around import SUFFERED, SaidAround

_DEGREES_BEHIND = re.compile(
    r"\s*\((?P<said>(?:(?:moderate|severe|mild|advanced|end-stage|serious|symptomatic|uncontrolled|decompensated"
    r"|to|or|and)\b[\s,/-]*)+)\)",
    re.IGNORECASE,
)


def degrees_in_brackets(around: SaidAround) -> str:
    """ "Liver disease (moderate or severe)": a lighter one is not meant."""
    found = _DEGREES_BEHIND.match(around.text, around.leaf.end)
    return " ".join(found["said"].lower().split()) if found and around.leaf.bounds is None else ""


_THEN = re.compile(
    r"[^.;\n(]{0,25}?\b(?:at|by|before)\s(?:the\s)?(?:time\s(?:of|when)\s)?(?:\w+\s){0,3}?"
    r"(?:onset|diagnosis|first\s(?:symptom|seizure|attack)s?|injury|transplant\w*)\b",
    re.IGNORECASE,
)
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
    if leaf.concept == "pregnancy":
        things = (one for one in around.every if one.end <= leaf.start and type_of(one.concept) in SUFFERED)
        return any(_WHEN.fullmatch(text, one.end, leaf.start) for one in things)
    return leaf.concept == "age" and _THEN.match(text, leaf.end, around.end) is not None


def of_relatives(around: SaidAround) -> str:
    """ "Psychosis in first-degree relatives" is not the person's."""
    found = around.kind in SUFFERED and _RELATIVES.match(around.text, around.leaf.end, around.end)
    return " ".join(found.group().split()) if found else ""


_WITH_WHAT = re.compile(
    r"[^.;()]{0,60}\((?P<what>(?:with|of|involving|using|receiving)\b[^()]*"
    r"\b(?:drugs?|products?|agents?|devices?|medicin\w*|medications?|treatments?)[^()]*)\)",
    re.IGNORECASE,
)


def trial_with(around: SaidAround) -> str:
    """ "Another study (with use of a new drug)": not every study is one of a drug."""
    found = _WITH_WHAT.match(around.text, around.leaf.start) if around.leaf.concept == "other_trial" else None
    return " ".join(found["what"].lower().split()) if found else ""
