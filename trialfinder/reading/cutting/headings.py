"""Tells headings of criteria texts from criteria: sections, groups, and plain titles such as "Age:"."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from trialfinder.base import lazy_re as re
from trialfinder.reading.cutting.titles import other_title
from trialfinder.reading.readings import Section

_LONGEST = 160
_EDGE = r"[\W\d_]{0,12}(?:[ivxIVX]{1,4}[.)]\s{0,3})?"
_WHAT = (
    r"(?P<what>non[\s-]?inclusions?|inclusions?|exclusions?|exlcusions?|exculsions?|inlcusions?|inclusive|exclusive"
    r"|inclusionary|exclusionary|excluded|ineligibility)"
)
_STEMS = ("clusi", "lcusi", "culsi", "excluded", "ineligib")
"""One of these is in every word of ``_WHAT``."""
_CRITERIA = r"(?:\s{1,3}(?:criteri\w{1,3}|factors?|conditions?))"
_TITLE = re.compile(
    rf"{_EDGE}(?P<front>(?:[\w/&'()-]{{1,25}}\s{{1,3}}){{0,5}}?){_WHAT}(?P<criteria>{_CRITERIA}?)(?P<mixed>\s{{0,2}}"
    rf"[/&]\s{{0,2}}\w{{9,10}}{_CRITERIA}?)?"
    r"(?P<rest>[^:：.;\n]{0,80}?)\s{0,4}(?P<colon>[:：;]|\W{0,8}\Z)",
    re.IGNORECASE,
)
_BARRED = re.compile(
    r"\b(?:not|n't|cannot|never|ineligible|excluded?|exclusion)\b[^:\n]{0,60}|\bnone of the following\b", re.IGNORECASE
)
_SENTENCE = re.compile(
    r"\b(?:eligible|ineligible|excluded|included|enrolled|recruited|participate|take part|join)\b[^:\n]{0,70}"
    r"(?:\bif\b|\bwhen\b|\bwho\b|\bthose\b|\bfollowing\b|\binclude\b|\bare\b|\bwith\b|:)",
    re.IGNORECASE,
)
_UNFIT = re.compile(
    r"\b(?:ineligible|not (?:eligible|an? candidates?|candidates?)) for (?:an? |the )?(?:full|standard|conventional"
    r"|high-dose|\w*ablati\w+|curative|intensive|approved|usual|surg\w+|revasculari[sz]ation|bypass|amputation)\b",
    re.IGNORECASE,
)
"""Who can't be given another treatment is wanted: "Ineligible for full conditioning due to any of the following:"."""
_MUST_MEET = re.compile(
    r"^\W{0,4}(?:[\w/-]{1,20}\s){0,5}(?:must|should|have to|need to|cannot|can not|will|may)\s(?P<no>not\s)"
    r"?(?:\w{1,12}\s){0,2}"
    r"(?:meet|fulfil\w{0,4}|satisfy|have)\s[^:\n]{0,50}\b(?:criteria|following|conditions|requirements)\b[^:\n]{0,"
    r"40}:\s{0,3}\Z",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^\W{0,4}(?P<group>(?:for\s|in\s|additional\s(?:\w{1,20}\s){0,3}for\s)?(?:(?:the\s)?(?:[\w/+-]{1,20}\s)"
    r"{0,3}(?:groups?|cohorts?|arms?|parts?|stratum|strata|sub-?study|"
    r"stages?|steps?|phases?|controls?|volunteers?|donors?|recipients?|mothers?|infants?|partners?|caregivers?|"
    r"siblings?)"
    r"(?:\s[\w/&,()+-]{1,25}){0,7}|(?:for\s)?(?:[\w/-]{1,20}\s)?(?:patients|participants|subjects|women|men|"
    r"children|individuals|adults|people)"
    r"(?:\s[\w/&,()+-]{1,25}){0,8}))\s{0,3}:\W{0,4}\Z",
    re.IGNORECASE,
)
_NO_GROUP = re.compile(
    r"\b(?:following|must|should|criteria|include|includes|including|any|have|has|had|history|evidence|will|are|is|be|"
    r"receiving|received|taking|using|treated|suffering|diagnosed|disease|disorder|infection|not|such as|affected)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"^\W{0,4}(?:age|ages|sex|gender|general|others?|other criteria|performance status|life expectancy|disease cha"
    r"racteristics|"
    r"patient characteristics|prior/concurrent therapy|prior therapy|concurrent (?:therapy|medication|treatment)|"
    r"prior medication|prior treatment|required|recommended|allowed|risk behavior|hematopoietic|hepatic|renal|"
    r"cardiovascular|"
    r"pulmonary|"
    r"chemotherapy|radiotherapy|surgery|endocrine therapy|biologic therapy|medical history|laboratory(?: \w+)?|"
    r"protocol entry criteria|co-?existing conditions?|concurrent conditions?|eligibility(?: criteria)?|selection "
    r"criteria|entry criteria|study population|"
    r"demographics?|notes?|"
    r"participants?|subjects?|patients?|(?-i:(?:[A-Z]{3,20}[ /-]?){1,5}))\s{0,3}(?P<colon>:)",
    re.IGNORECASE,
)
_PDQ = re.compile(r"^\W{0,4}(?:[A-Z/]{3,25} ?){1,5}:\s{0,3}(?:--[A-Za-z /-]{2,60}--\s{0,3})?\Z")
_BARE_GROUP = re.compile(
    r"^\W{0,4}(?P<group>(?i:(?:all\s)?(?:study\s)?(?:parts?|cohorts?|groups?|arms?|strat(?:um|a)|phases?|stages?)"
    r")(?:\s(?:[A-H]|\d{1,2}[a-cA-C]?|I{1,3}|and|&)){0,4})\W{0,4}\Z"
)
_PART = (
    r"(?:(?:prior|previous|concurrent|concomitant|risk|co-?existing)\s"
    r"(?:medications?|treatments?|therap(?:y|ies)|behaviou?r|conditions?):)"
)
PART = re.compile(rf"\W{{0,4}}{_PART}\Z", re.IGNORECASE)
"""A part of an old record, within which lines say what is required, allowed or excluded."""
_UNDER = rf"\W{{0,4}}(?:{_PART}\s*)?"
_REQUIRED = re.compile(rf"{_UNDER}required\s?:\Z", re.IGNORECASE)
"""What stands below must be there: "Prior Medication: Required:"."""
EXCLUDED = re.compile(rf"{_UNDER}(?:excluded|prohibited|not allowed)\b[^:]{{0,70}}:\Z", re.IGNORECASE)
"""What stands below must not: "Excluded within 14 days of study entry:"."""
_HAS = re.compile(
    r"\W{0,4}(?:all\s)?(?:study\s)?(?:patients?|participants?|subjects?|volunteers?|candidates?|individuals?)\s(?:must|should)"
    r"\s(?:have|be|(?:demonstrate|show|exhibit|have) (?:all (?:of )?)?the following\b[^:]{0,50})\s?:\Z",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"^\W{0,4}(?:see (?:general )?\w+ criteria|no eligibility criteria|not (?:specified|applicable)|n/?a|none)"
    r"\W{0,3}\Z",
    re.IGNORECASE,
)


class Heading(Struct, frozen=True):
    """A heading at the start of a line. ``length`` characters belong to it; what follows is an item.

    One ``within`` a section says for a part of it what is asked for or barred.
    """

    kind: Literal["section", "within", "group", "plain"]
    section: Section
    group: str
    length: int


def _section(what: str) -> Section:
    word = what.lower()
    return "exclusion" if word.startswith(("ex", "non", "inelig")) else "inclusion"


def _group_words(words: str) -> str:
    """'for patients in group B' -> 'patients in group B'; '' when no word is left."""
    bare = re.sub(
        r"^[\W_]*(?:(?:for|of|in|are|is|include|includes|as follows)\b[\s,:-]*)*",
        "",
        words.strip(),
        flags=re.IGNORECASE,
    )
    bare = bare.strip(" \t:;.,*_-()[]\\")
    return " ".join(bare.split()) if re.search(r"[A-Za-z0-9]", bare) else ""


_EMPTY_GROUP = re.compile(
    r"^(?:(?:all|any|the|a|following|subjects?|patients?|participants?|study|criteria|who|or more|one|these|this|trial|"
    r"met|meet|meets|will|be|not|apply|any|both|groups?|at|screening|if|they|have|with|must|s|eligible|enrol\w+|"
    r"to|for|in)\W*){1,12}\Z",
    re.IGNORECASE,
)
_FRONT_NO = re.compile(
    r"\b(?:not|no|failure|meet|meets|met|fulfil\w*|any|other than|per|to|of|at|with|before|after|violat\w+|history)\b",
    re.IGNORECASE,
)


_FOR_WHOM = re.compile(
    r"\b(?:donors?|controls?|healthy|mothers?|infants?|recipients?|caregivers?|cohort|group|arm)\b", re.IGNORECASE
)


_WHOM_BEHIND = re.compile(
    r"\s*(?P<whom>(?:\w+\s){0,2}(?:donors?|controls?|volunteers?|recipients?|patients?|mothers?|infants?|caregivers?)"
    r"(?:\s?\([^)]{1,30}\))?):\s*",
    re.IGNORECASE,
)
"""Of whom a section is, behind its title: "INCLUSION CRITERIA: Donor:"."""


def _title(line: str, bulleted: bool) -> Heading | None:
    match = _TITLE.match(line)
    if match is None:
        return None
    colon, criteria = match["colon"][:1] in {":", "：", ";"}, bool(match["criteria"])
    rest, front = match["rest"] or "", match["front"] or ""
    ends_clause = match["colon"][:1] == ";" and ((bulleted and not criteria) or line[match.end() :].strip())
    if ends_clause or (bulleted and not colon):
        return None
    if (
        _FRONT_NO.search(front)
        or (not colon and len(rest.split()) > 6)
        or (not criteria and not colon and (front or rest.strip()))
    ):
        return None
    if not criteria and rest.strip() and not re.match(r"\s*(?:for|\(|in|-|of)", rest):
        return None
    section: Section = "unknown" if match["mixed"] else _section(match["what"])
    group = _group_words(rest) or (front.strip(" -") if _FOR_WHOM.search(front) else "")
    whom = None if group else _WHOM_BEHIND.match(line, match.end())
    if whom is not None:
        group = _group_words(whom["whom"])
    return Heading("section", section, "" if _EMPTY_GROUP.match(group) else group, whom.end() if whom else match.end())


def _other(line: str, words: str) -> Heading | None:
    title = other_title(words)
    if title is None:
        return None
    group = _group_words(title.group)
    return Heading("group" if group else "section", title.section, group, len(line))


def _with_colon(line: str, words: str, *, bulleted: bool) -> Heading | None:
    """A sentence that introduces who is taken or not, or a group."""
    if EXCLUDED.match(words):
        return Heading("within", "exclusion", "", len(line))
    if _REQUIRED.match(words) or (not bulleted and _HAS.match(words)):
        return Heading("within", "inclusion", "", len(line))
    if _SENTENCE.search(words) and not _UNFIT.search(words):
        barred = _BARRED.search(words)
        return Heading("section", "exclusion" if barred else "inclusion", "", len(line))
    meet = None if bulleted else _MUST_MEET.match(words)
    if meet is not None:
        no = meet["no"] or _BARRED.search(words)
        return Heading("section", "exclusion" if no else "inclusion", "", len(line))
    group = _GROUP.match(words)
    if group is not None and not _NO_GROUP.search(words):
        return Heading("group", "unknown", _group_words(group["group"]), len(line))
    return None


def heading(line: str, *, bulleted: bool) -> Heading | None:
    """The heading that ``line`` starts with, or None when it is a criterion.

    ``bulleted`` says that a list marker stood before it; such lines are headings only when they end in a colon.
    """
    head = line[: _LONGEST * 2]
    lower = head.lower()
    found = _title(head, bulleted) if any(stem in lower for stem in _STEMS) or not head.isascii() else None
    if found is not None:
        return found
    words = line.strip()
    if len(words) > _LONGEST or not words:
        return None
    other = None if bulleted else _other(line, words)
    if other is not None:
        return other
    if words.endswith(":"):
        found = _with_colon(line, words, bulleted=bulleted)
        if found is not None:
            return found
    bare = None if bulleted else _BARE_GROUP.match(words)
    if bare is not None:
        return Heading(
            "group", "unknown", "" if words.lower().startswith("all") else _group_words(bare["group"]), len(line)
        )
    plain = _PLAIN.match(words)
    if plain is not None and (plain.end() == len(words) or _PDQ.match(words)):
        return Heading("plain", "unknown", "", len(line))
    if _NOTHING.match(words) or not re.search(r"\w", words):
        return Heading("plain", "unknown", "", len(line))
    return None
