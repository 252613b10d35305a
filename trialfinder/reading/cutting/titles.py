"""Titles of sections in other words than the registry's own: "Who cannot take part", "Exlusion criteria", "Donors"."""

from __future__ import annotations

from typing import NamedTuple

from trialfinder.base import lazy_re as re
from trialfinder.reading.readings import Section

_WHO = (
    r"(?:the\s)?(?:following\s)?"
    r"(?:people|persons?|patients?|subjects?|participants?|individuals?|volunteers?|those|you)"
)
_CANNOT = r"(?:cannot|can\s?not|can't|may not|should not|must not|will not|are not able to|are unable to|do not)"
_JOIN = r"(?:take part|join|participate|be (?:included|enrolled|admitted|recruited)|enter|enrol\w?)\b[^.:]{0,30}"
_SAYS_BARRED = re.compile(
    rf"\W*(?:{_WHO} {_CANNOT} {_JOIN}|who {_CANNOT} {_JOIN}|who should stay out"
    r"|(?:criteri\w+|reasons?|grounds) (?:for|of) (?:exclusion|non-?inclusion|ineligibility)"
    r"|(?:reasons?|grounds) for (?:not taking part|being excluded)"
    r"|reasons? (?:you|people|patients) (?:cannot|can't|may not) [^.:]{0,30}"
    r"|(?:things?|what) (?:that )?(?:would |will |may )?rules? you out"
    r"|(?:general |absolute |relative |main )?contra-?\s?indications?"
    r"(?: (?:to|for) (?:the |this |study )?(?:study|trial|participation|inclusion|enrolment|enrollment|treatment))?"
    r"|disqualif\w+(?: \w+){0,2}|criteri\w+ (?:de|d')\s?(?:exclusi\w+|non[- ]inclusion)"
    r"|crit[eè]res? d'exclusion|ausschlusskriterien)\W*\Z",
    re.IGNORECASE,
)
_SAYS_TAKEN = re.compile(
    rf"\W*(?:who (?:can|may) {_JOIN}|{_WHO} (?:can|may) {_JOIN} if|criteri\w+ (?:for|of|de|d') ?inclusi[oó]n"
    r"|einschlusskriterien|crit[eè]res? d'inclusion)\W*\Z",
    re.IGNORECASE,
)
_NOT_ENTRY = re.compile(
    r"\W*(?:[\w/-]{1,20}\s){0,3}?(?:withdrawal|discontinuation|drop-?\s?outs?|termination|stopping|removal|rejection|"
    r"elimination|suspension|exit|abort\w*|shedding)\s(?:criteri\w+|rules?|standards?|conditions?)\W*\Z",
    re.IGNORECASE,
)
"""Lists of when someone leaves a study: nothing in them is asked of who wants to join, and no heading takes them in."""
ALLOWED = "allowed|permitted"
"""Words of a permission."""
_WITH_CARE = (
    r"(?:(?:can|may) be )?(?:used?|taken|given|acceptable|tolerated) "
    r"(?:with (?:great |special |due |close )?(?:caution|care|observation|supervision|monitoring)|sparingly)"
    r"|(?:discouraged|avoided),? (?:but|though) (?:are |is )?not (?:prohibited|forbidden|excluded|barred|exclusionary)"
    r"|(?:may|can) be (?:continued|used|taken|given|maintained|prescribed)"
)
"""A permission in other words, as the whole of a title: "Use with caution", "May be continued"."""
PERMITTED = re.compile(
    rf"(?!.*\b(?:not|no|never|without)\b)\W*(?:[\w,/-]+\s){{0,4}}(?:{ALLOWED}|recommended|optional)"
    r"(?:\s(?:for|if|in|only|with)\b[^:]{0,60})?\W*\Z"
    rf"|\W*(?:{_WITH_CARE})\b[^:]{{0,40}}\W*\Z"
    r"|\W*(?:the )?following\b[^:.;]{0,60}\b(?:are|is|will) not (?:be )?(?:considered|regarded|counted)\b[^:]{0,60}"
    r":\W*\Z"
    r"|\W*(?:patients?|subjects?|participants?) with (?:the|any of the|one of the) following\b[^:.]{0,60}"
    r"\b(?:require|need|should|must|will) (?:have |undergo |be |an? |further |additional )*\w*\s?"
    r"(?:diagnostic )?(?:test\w*|evaluat\w*|assess\w*|monitor\w*|work-?up|consult\w*)\b[^:]{0,60}:\W*\Z",
    re.IGNORECASE,
)
"""Titles of lists of what a person may take or have: nothing in them is asked for or bars."""
PERMITTED_ITEM = re.compile(
    rf"[\W\d]*(?:(?:{ALLOWED}|recommended|optional)|(?:{_WITH_CARE})\b(?!\s(?:is|are)\b)[^:.;]{{0,40}})\s?:"
)
"""The same in front of one item, in lower case."""
NONE_OF = re.compile(
    r"\W*(?:(?:the )?(?:patients?|subjects?|participants?) )?"
    r"(?:(?:must |should |do |does |may )?(?:have |has )?(?:no|not have|not suffer from)|without|absence of|free of)\b"
    r"(?!.{0,200}\b(?:except|unless|other than|provided|evidence of progress))[^.:]{3,120}"
    r"\b(?:including|includes?|such as|(?:any )?of (?:the following|these))\b[^.:]{0,40}:\W*",
    re.IGNORECASE,
)
"""A line that denies all that stands below it: "No serious illness, including the following:"."""
_MISSPELT = re.compile(r"\W*(?:\w+\s)?(?P<word>[a-z]{7,12})\s(?:criter\w+|creiteria|critera)\W*\Z", re.IGNORECASE)
_OTHERS = re.compile(
    r"\W*(?P<group>(?:healthy|normal) (?:controls?|volunteers?|subjects?|participants?|donors?)|controls?|control group"
    r"|donors?|caregivers?|carers?|support persons?|siblings?|partners?)(?:\scriteria)?\W*\Z",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\W*\(?(?:for|in)\s(?P<group>[\w ,/+-]{2,40}?)\sonly\)?\W*\Z", re.IGNORECASE)
_SLIPS = 2
"""Letters by which a misspelt word may differ from "exclusion" or "inclusion"."""
_SHORT = 90


class Title(NamedTuple):
    """What a title opens: a section, or a group of people when ``group`` is not ''."""

    section: Section
    group: str


def _misspelt(words: str) -> Section | None:
    """The section that a misspelt title means: "Exlusion criteria"; None when it is not near to either."""
    match = _MISSPELT.match(words)
    if match is None:
        return None
    from rapidfuzz.distance import DamerauLevenshtein

    word = match["word"].lower()
    to_exclusion = DamerauLevenshtein.distance(word, "exclusion")
    to_inclusion = DamerauLevenshtein.distance(word, "inclusion")
    if min(to_exclusion, to_inclusion) > _SLIPS or to_exclusion == to_inclusion:
        return None
    return "exclusion" if to_exclusion < to_inclusion else "inclusion"


def other_title(words: str) -> Title | None:
    """The title that a short line without a list marker is; None when it is none."""
    if len(words) > _SHORT:
        return None
    if _SAYS_BARRED.match(words):
        return Title("exclusion", "")
    if _SAYS_TAKEN.match(words):
        return Title("inclusion", "")
    if _NOT_ENTRY.match(words):
        return Title("unknown", "")
    meant = _misspelt(words)
    if meant is not None:
        return Title(meant, "")
    group = _OTHERS.match(words) or _ONLY.match(words)
    return Title("unknown", group["group"]) if group is not None else None
