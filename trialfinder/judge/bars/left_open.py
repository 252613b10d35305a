"""What a criterion's other words leave open of a thing that would decide against a person.

Whoever cannot come has not "declined follow-up"; "heart disease with any of the following" bars by the list, "will be
seen by an expert" bars nobody, and a definition of who can bear children asks nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.judge.bars.words_around import PEOPLE
from trialfinder.judge.polarity import Place
from trialfinder.judge.study_context import concepts_of
from trialfinder.reading.nodes.tree import Criterion
from trialfinder.reading.vocabulary.patterns import type_of

_DEFINED = re.compile(
    r"[\W\d]*(?:note\W+|definition of\s|the term\W+)?(?:an?\s|all\s)?"
    r"(?:(?:females?|wom[ae]n)\s(?:is|are)\s(?:not\s)?considered\s(?:to be\s)?(?:of\s|capable of\s|as\s"
    r"|not\s)*child[- ]?bearing\b|"
    r"(?:(?:females?|wom[ae]n|girls?|subjects?|patients?|participants?|she)\b[^.;:\n]{0,30}?)?"
    r"(?:child[- ]?bearing(?:\s(?:potential|age|capacity))?|post-?\s?menopausal?|menopause|surgically steril\w+"
    r"|wocbp)\W*"
    r"(?:\([^()\n]*\)\W*)?(?:(?:females?|wom[ae]n|patients?|subjects?|participants?|status|state)\s)?"
    r"(?:(?:is|are)\s(?:here\s)?(?:defined|considered|understood|regarded|females|wom[ae]n|those|someone|one who|any)"
    r"|means\b|refers to\b|(?:is|are) (?:not )?considered\b|includes?\s(?:any|all|those|wom[ae]n|females)\b"
    r"|defined as\b))",
    re.IGNORECASE,
)
"""The beginning of a sentence that says who can bear children, and asks nothing."""
_OF_WOMEN = frozenset({"childbearing", "contraception", "pregnancy", "sex", "age", "recent_surgery"})
_NO_SYMPTOMS = re.compile(
    r"\b(?:no|without|free of|free from|absence of)\s(?:any\s)?(?:[\w-]+\s){0,2}?(?:(?:signs?|evidence)\s(?:or"
    r"|and|/)\s)?"
    r"(?:[\w-]+\s)?\Z",
    re.IGNORECASE,
)
_OF_OLD = re.compile(
    r"\b(?:previous|previously|prior|past|former|earlier|recurrent|recurring|repeated|history of|two or more"
    r"|three or more)\b"
    r"[^.;\n]*\binfections?\b[^.;\n]*\b(?:including|such as|like|e\.?\s?g\.?|for example)[^.;\n]*\Z",
    re.IGNORECASE,
)
"""Infections of earlier times, up to an example of them."""
_AWAY = re.compile(
    r"\b(?:plan\w*|intend\w*|intention|expect\w*|schedul\w*|going)\s(?:to|on|for)?\s?(?:be\s)?(?:[\w-]+\s){0,2}?"
    r"(?:travel\w*|mov(?:e|ing)|relocat\w*|leav(?:e|ing)|away|abroad|emigrat\w*|out of)\b",
    re.IGNORECASE,
)
"""A journey that is planned: whoever cannot come to visits has not told of one."""


def asks_nothing(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether the words around a thing make it one that nobody is asked whether they have it."""
    leaf = place.leaf
    before = text[criterion.start : leaf.start]
    if leaf.concept in _OF_WOMEN and _DEFINED.match(text, criterion.start, criterion.end):
        return True
    if leaf.concept == "symptom_duration" and _NO_SYMPTOMS.search(before):
        return True
    if leaf.concept == "active_infection" and _OF_OLD.search(before):
        return True
    if leaf.concept == "malignancy" and place.wanted and _asked_of_cells(leaf.end, criterion, text):
        return True
    return leaf.concept == "follow_up" and _AWAY.search(text, leaf.start, criterion.end) is not None


_CELLS = re.compile(r"\s(?:blasts?|blast cells?|cells?|clones?|infiltrat\w+)\b", re.IGNORECASE)
_OF_SUCH = re.compile(
    rf"\W*(?:{PEOPLE}|those|if)\s(?:(?:who|that|with|are|is|have|not|disease|still|currently|yet|complete|active)\s)*"
    r"(?:in\s(?:\w+\s)?(?:remission|relapse)|refractory|relapsed)\b[^.;\n]*?\b(?:must|should|need to|have to)\b",
    re.IGNORECASE,
)
"""Only some of the patients are asked for what follows."""


def _asked_of_cells(end: int, criterion: Criterion, text: str) -> bool:
    """Whether it is asked what the cells of a cancer are like ("leukemic blasts"), or of those in relapse alone."""
    return _CELLS.match(text, end, criterion.end) is not None or _OF_SUCH.match(text, criterion.start, end) is not None


_WILL = re.compile(
    r"\b(?:declin\w+|refus\w+|withdr[ae]w\w*|withdrawal|opt(?:ed|ing)? out|not interested"
    r"|no interest)\b",
    re.IGNORECASE,
)
_CANNOT = re.compile(
    r"\b(?:unable|inab\w+|cannot|can ?not|can['’]t|not able|incapab\w+|impossib\w+|difficult\w*|fail\w*|lost"
    r"|non-?complian\w*"
    r"|unlikely|unavailab\w*|not available|not possible)\b",
    re.IGNORECASE,
)
_OWN_DOCTOR = re.compile(
    r"\b(?:or|and/or|either)\s(?:[\w-]+\s){0,3}?(?:(?:their|his or her|his|her|the (?:patient|subject"
    r"|participant)['’]s)\s"
    r"(?:own\s|local\s|home\s|family\s|regular\s|usual\s|primary\s|referring\s|treating\s|general\s|care\s){0,3}"
    r"|(?:an?\s|the\s)?(?:own|local|home|family|referring|nearby|general|primary)\s(?:care\s)?)"
    r"(?:\w*physicians?|doctors?|practitioners?|\w+ologists?|optometrists?|clinics?|hospitals?|provider|centers?"
    r"|centres?"
    r"|laborator(?:y|ies)|dentists?|home)\b"
    r"|\b(?:or|and/or)\s(?:[\w-]+\s){0,2}?(?:by|over|via)\s(?:the\s)?(?:tele)?phone\b"
    r"|\b(?:by|over|via)\s(?:the\s)?(?:telephone|phone|video)\w*\sor\b",
    re.IGNORECASE,
)
"""Another place or way in which the same visits are made."""


def by_will_or_elsewhere(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether visits are refused, or may be made elsewhere: neither is told of somebody who cannot come to all."""
    if place.leaf.concept != "follow_up":
        return False
    said = text[criterion.start : criterion.end]
    refused = criterion.section == "exclusion" and _WILL.search(said) is not None and _CANNOT.search(said) is None
    return refused or _OWN_DOCTOR.search(text, place.leaf.start, criterion.end) is not None


_ANY_OF = re.compile(
    r"[^.;\n]*?\b(?:with|has|have|having|plus|and|meet(?:s|ing)?|fulfill?(?:s|ing)?|show(?:s|ing)?|accompanied by)\s"
    r"(?:at least\s)?(?:any|one|either|two|all|both|some)\s(?:\(?\d\)?\s)?(?:or more\s)?(?:of\s)?(?:the\s|these\s"
    r"|those\s)?"
    r"(?:following|below)\b(?P<list>[^\n]*)",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"[^.;\n]*?\b(?:(?:will|shall|should|must|are to|is to|need to|needs to|may)\s(?:(?:first|also|have|be"
    r"|undergo|receive"
    r"|require|need|seek|get)\s)*(?:an?\s|the\s)?(?:[\w-]+\s){0,2}?(?:consult\w*|discuss\w*|counsell?ing"
    r"|case[- ]by[- ]case"
    r"|referred|reviewed by|evaluated by|assessed by|seen by)"
    r"|(?:(?:is|are|will be)\s)?(?:evaluated|assessed|considered|reviewed|judged|decided|discussed)\s(?:up)?on an?"
    r"\s(?:case|individual))",
    re.IGNORECASE,
)
"""What is done with who has it: they are not barred by that alone."""
_OUT = re.compile(
    r"\b(?:exclu\w+|not (?:be )?(?:eligible|allowed|included|enrolled)|ineligible|barred)\b", re.IGNORECASE
)
_UNLESS_SO = re.compile(
    rf"[.;]\s+(?:however,?\s|but\s)?(?P<who>{PEOPLE}\s(?:with|who)\b[^.;\n]{{3,80}}?)\s(?:are|is|will be|must be"
    rf"|should be)\s"
    r"(?:excluded|ineligible|not eligible|not allowed|barred)\s(?:unless|except|only if|if (?:not|they have not))\b",
    re.IGNORECASE,
)
"""A later sentence that says who of those is barred only."""
_UNCONTROLLED = re.compile(
    r"[^.;:\n]*?,?\s(?:which|that|who)\s(?:(?:is|are|was|were|has|have|been|be|currently)\s)*"
    r"(?:can ?not|can['’]t|could not|not|un|poorly|inadequately|insufficiently)[\s-]?"
    r"(?:(?:be|been|well|adequately|sufficiently|easily|effectively|properly|under|fully|medically)\s)*"
    r"(?:control\w*|manag\w*|treat\w*|stab\w*|compensat\w*|cur(?:ed|able)\b|correct\w*)",
    re.IGNORECASE,
)
_OF_THE_MIND = re.compile(
    r"[^.;:\n]*?(?:\bor\b|,)\s(?:other\s|any\s)?(?:mental|cognitive|intellectual)\s"
    r"(?:incapacit|inabilit|incompeten|deficien|dysfunction|impairment|disabilit)\w*\s[^.;:\n]{0,60}?"
    r"\b(?:consent|understand\w*|comply|cooperat\w*|complet\w*)\b",
    re.IGNORECASE,
)
"""So ill in the mind that something cannot be done, behind an illness of the mind."""
_SUFFERED = ("illness", "state", "event", "symptom")
_BARREN = re.compile(r"(?:(?:surgically|permanently)\s)?(?:post-?\s?menopaus|steril)", re.IGNORECASE)
_LACKED = re.compile(
    r"\b(?:no|not|non|nor|never|without|lack\w*|absence|absent|un(?:willing|able|protected|safe|reliable)\w*"
    r"|in(?:ability|adequate|sufficient|effective|capable)\w*|refus\w+|declin\w+|reject\w+|fail\w*|cannot|unless|except"
    r"|other than|disagree\w*|reluctan\w+|child-?\s?bearing|fertile|reproductive)\b|n['’]t\b",
    re.IGNORECASE,
)
"""What must stand somewhere in a criterion that bars those who use no contraception."""
_WHO = re.compile(
    rf"(?:\s(?:{PEOPLE}|status))?\s(?:who|whose|with|without|on|taking|using|receiving|having)\b", re.IGNORECASE
)


def not_by_itself(place: Place, told: Sequence[Place], criterion: Criterion, text: str) -> bool:
    """Whether a thing that decides against a person bars only with what stands behind it, which the tree lacks.

    ``told``: all things that decide; one of a list behind the thing decides with it.
    """
    leaf = place.leaf
    if criterion.section != "exclusion":
        return False
    if leaf.concept == "childbearing" and _BARREN.match(leaf.noun) and _WHO.match(text, leaf.end, criterion.end):
        return True
    if leaf.concept == "contraception" and place.wanted and not _LACKED.search(text, criterion.start, criterion.end):
        return True  # "combined oral contraceptives": who takes them is barred, and not who takes none
    suffered = type_of(leaf.concept) in _SUFFERED or leaf.concept == "procedure_contraindication"
    if place.wanted or not suffered or leaf.bounds is not None:
        return False
    listed = _ANY_OF.match(text, leaf.end, criterion.end)
    if listed and not any(other.leaf.start >= listed.start("list") for other in told if other is not place):
        return True
    helped = _HELPED.match(text, leaf.end, criterion.end)
    if helped and not _OUT.search(text, criterion.start, criterion.end):
        return True
    if leaf.concept == "psychiatric" and _OF_THE_MIND.match(text, leaf.end, criterion.end):
        return True
    return _UNCONTROLLED.match(text, leaf.end, criterion.end) is not None or _spared_later(place, criterion, text)


def _spared_later(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a later sentence of the criterion bars only some of those who have the thing."""
    found = _UNLESS_SO.search(text, place.leaf.end, criterion.end)
    return found is not None and place.leaf.concept in concepts_of((found["who"],))
