"""Words that are said of every member of a list, so that no member by itself is what a criterion means.

"Heart disease or depression that would interfere with the study" is neither of them alone; "side effects of A, B or C"
and "addiction to A or B" are not A, B or C; of "severe heart or lung disease" each must be severe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialfinder.phrases.screens import SaidWords, Screen
from trialfinder.reading.refine.around import SUFFERED, SaidAround
from trialfinder.reading.refine.said_behind import (
    at_an_age,
    degrees_in_brackets,
    of_another_thing,
    of_another_time,
    of_relatives,
    trial_with,
)
from trialfinder.reading.tree import Leaf

_HINDERS = re.compile(
    r"(?:\b(?:severe|serious|significant|sufficient|advanced|bad)(?:ly)? enough to\b"
    r"|\b(?:which|that|who|to|may|might|would|could|can|will|likely to)\s+(?:\w+\s+){0,8}?(?:interfere|preclude|prevent"
    r"|compromise|affect|contraindicate|limit|jeopardi[sz]e|impair|impede|hinder|confound|influence|endanger|put|place|pose|expose)(?:s|d|ed)?\b"
    r"|\b(?:interfering|precluding|preventing|compromising|affecting|contraindicating|limiting|jeopardi[sz]ing|impairing"
    r"|impeding|hindering|confounding)\b)"
    r"(?=[^.;\n]{0,80}?\b(?:stud(?:y|ies)|trial|protocol|particip|complian|comply|safe|consent|abilit|evaluat|assess"
    r"|interpret|result|outcome|follow|treatment|therapy|procedure|survey|cooperat|adher|administ|inject|surg|life"
    r"|involve|complet|risk))",
    re.IGNORECASE,
)
"""A clause by which a thing counts only where it stands in the study's way."""
_MAY_HINDER = Screen(
    "enough|(?:interfere|preclude|prevent|compromise|affect|contraindicate|limit|jeopardi[sz]e|impair|impede|hinder"
    "|confound|influence|endanger|put|place|pose|expose)(?:s|d|ed)?|(?:interfer|preclud|prevent|compromis|affect"
    "|contraindicat|limit|jeopardi[sz]|impair|imped|hinder|confound)ing"
)
"""What ``_HINDERS`` needs."""
_ANEW = re.compile(
    r"(?:\b(?:or|and)\b|[,/:-])\s*(?:any|other|another|an?|history|use|patients|subjects|presence|conditions?"
    r"|(?:social )?(?:circumstances|situations?)|reasons?|factors?|unable|inability)\b",
    re.IGNORECASE,
)
"""A member of a list that begins anew: what stands behind it is its own."""
_FAR = 140
_LONGEST = 400
"""Letters of such a clause, so that a line costs in proportion to its length."""


def said_of_all(leaf: Leaf, text: str, every: Sequence[Leaf], said: SaidWords) -> tuple[str, ...] | None:
    """The words that make the leaf less; None where they make another thing of it, which nobody is asked for.

    ``said``: the words around (``said_around``).
    """
    around = SaidAround(leaf, text, every)
    turn = _turned(around) if _MAY_TURN.lets(said) else ""
    if (turn and not _OF_IT.match(turn)) or _in_a_title(around) or of_another_time(around) or of_another_thing(around):
        return None
    found = (
        _cannot_stop(around), trial_with(around), _pregnant_who(around), degrees_in_brackets(around),
        of_relatives(around), at_an_age(around), _hindering(around) if _MAY_HINDER.lets(said) else "",
        _degree_of_all(around), turn, _without_contraception(around),
        _recent(around) if _MAY_BE_RECENT.lets(said) else "", _for_what(around),
        _only_some(around) if _MAY_BE_SOME.lets(said) else "",
    )  # fmt: skip
    return tuple(filter(None, found))


def _hindering(around: SaidAround) -> str:
    """ "Psychosis or dementia that would prevent consent": so bad an illness is meant, whichever it is."""
    leaf, text = around.leaf, around.text
    if leaf.bounds is not None or around.kind not in SUFFERED:
        return ""
    start, end = around.start, around.end
    opened = text.rfind("(", start, leaf.start)
    if opened > text.rfind(")", start, leaf.start) and (found := _HINDERS.search(text, start, opened)):
        return " ".join(found.group().split())
    found = _HINDERS.search(text, leaf.end, min(end, leaf.end + _FAR + _LONGEST))
    if found is None or found.start() - leaf.end > _FAR:
        return ""
    between = text[leaf.end : found.start()]
    if _ANEW.search(between) or between.count("(") > between.count(")"):
        return ""
    return " ".join(found.group().split())


_DEGREES = ("severe", "serious", "significant", "clinically significant", "major", "uncontrolled", "unstable", "grave")


def _degree_of_all(around: SaidAround) -> str:
    """ "Severe medical or psychiatric illness": the second must be severe as well."""
    leaf = around.leaf
    for one in around.every:
        inside = one.concept == "general_health" and one.start < leaf.start and leaf.end <= one.end
        if inside and one.noun.startswith(_DEGREES) and not leaf.severity:
            return next(word for word in _DEGREES if one.noun.startswith(word))
    return ""


_TURNED = re.compile(
    r"\b(?P<turn>side[- ]effects?|adverse (?:events?|effects?|reactions?)|reactions?|toxicit(?:y|ies)|intoleran(?:ce|t)"
    r"|dependen(?:ce|cy|t)|addict(?:ion|ed)|resistan(?:ce|t)|risk(?: factors?)?|predisposition|admi(?:ssion|tted)"
    r"|hospitali[sz](?:ation|ed)|(?<!personal or )(?<!personal and/or )family history|exposure"
    r"|withdrawal|discontinued|complications?"
    r"|recreational use[rs]*|misuse|overuse|eligible|candidates?"
    r"|(?:certain|some|specific) (?:types?|kinds?|forms?))"
    r"\s+(?:due to|to(?: receive| undergo| have)?|on|of|for|from|with|by)\s+(?P<list>[^.;:()\n]{0,120})\Z",
    re.IGNORECASE,
)
"""Nouns that make something else of what they govern, with the list of it up to a place."""
_MAY_TURN = Screen(
    "side|adverse|reactions?|toxicit(?:y|ies)|intoleran(?:ce|t)|dependen(?:ce|cy|t)|addict(?:ion|ed)|resistan(?:ce|t)"
    "|risk|predisposition|admi(?:ssion|tted)|hospitali[sz](?:ation|ed)|family|exposure|withdrawal|discontinued"
    "|complications?|recreational|misuse|overuse|eligible|candidates?|certain|some|specific"
)
"""What ``_TURNED`` needs."""
_BETWEEN = re.compile(r"\s*(?:,|/|\band/or\b|\bor\b|\band\b)\s*(?:(?:or|and)\s+)?", re.IGNORECASE)
_SIMILAR = re.compile(r"\b(?:any |all )?(?:other|another|similar|related)\s*\Z", re.IGNORECASE)
_NAME = 3
"""Most words of a member."""


_OF_IT = re.compile(r"admi|hospital|complic|certain|some|specific", re.IGNORECASE)
"""Nouns whose thing a person must have at least; with another one it is another thing: "eligible for A"."""
_GOVERNED = frozenset({"illness", "symptom", "event", "drug", "therapy"})
_OF_A_KIND = _GOVERNED | {"procedure"}


def _turned(around: SaidAround) -> str:
    """ "Side effects of A, B or C", "admission for A": what is governed is not asked for itself, nor is a later one."""
    if around.kind not in _GOVERNED and around.leaf.concept != "substance_abuse":
        return ""
    if around.leaf.concept in ("allergy", "failed_conventional"):
        return ""
    found = around.before(_TURNED)
    listed = _SIMILAR.sub("", found["list"]) if found else ""
    if found is None or _ANEW.search(listed):
        return ""
    *members, last = _BETWEEN.split(listed)
    whole = not last.strip() and all(len(one.split()) <= _NAME for one in members)
    return found["turn"].lower() + " only" if whole else ""


_SOME = re.compile(
    r"\b(?P<some>certain|some|selected|(?<!in )particular|specified|predefined|pre-specified)\s+"
    r"(?:(?!(?:of|with|for|to|in|on|by|from|and|or|who|that|which|such|including|like|e|patients?|subjects?|people)\b)[\w/-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
_MAY_BE_SOME = Screen("certain|some|selected|(?<!in )particular|specified|predefined")


def _only_some(around: SaidAround) -> str:
    """ "Taking certain antidiabetic drugs": which of the kind are meant is not said."""
    found = around.before(_SOME) if around.leaf.bounds is None and around.kind in _OF_A_KIND else None
    return found["some"].lower() + " only" if found is not None else ""


_WHO_DO_NOT = re.compile(
    r"\b(?:not (?:be )?(?:willing|using|use|practi[cs]|agree|prepared|able|take|follow|wish)|unwilling|refus"
    r"|without (?:\w+ )?(?:\w+ )?(?:contracept|birth control)|unless|who (?:do|does|are|is|will|cannot|can) ?not)",
    re.IGNORECASE,
)


_DIRECTLY = re.compile(r"\W*(?:(?:and|while|who|that|are|is|do|does|currently)\W+)*")


def _without_contraception(around: SaidAround) -> str:
    """ "Women of childbearing potential and men who do not use contraception": being able to is no bar by itself."""
    if around.leaf.concept != "childbearing":
        return ""
    found = around.behind(_WHO_DO_NOT)
    # Right behind it the tree has it as a condition.
    near = found is None or _DIRECTLY.fullmatch(around.text, around.leaf.end, found.start())
    return "" if near or found is None else "who " + " ".join(found.group().split())


_RECENT_HEAD = re.compile(r"\brecent\b[^().;\n]{0,50}\(", re.IGNORECASE)

_MAY_BE_RECENT = Screen("recent")


def _recent(around: SaidAround) -> str:
    """ "Recent event (stroke, infarction)": what stands in the brackets is recent too."""
    leaf, text, found = around.leaf, around.text, around.before(_RECENT_HEAD)
    inside = found is not None and text.count("(", found.end(), leaf.start) == text.count(")", found.end(), leaf.start)
    return "recent" if inside and leaf.bounds is None and leaf.window_months is None else ""


_TREATED_WITH = re.compile(
    r"\b(?:treatment|therapy|treated|medications?|drugs?)\s(?:for|of)\s[^.;:\n]{3,80}:[^.;:\n]*\Z", re.IGNORECASE
)


def _for_what(around: SaidAround) -> str:
    """ "Treatment of heart disease with any of these: A, B": who takes A may take it for something else."""
    return "for it" if around.kind == "drug" and around.before(_TREATED_WITH) else ""


_TITLE = re.compile(
    r"\b(?:protocol|study|trial|entitled|titled|called)\b[^\"“\n]{0,40}[\"“][^\"“”\n]*\Z", re.IGNORECASE
)


def _in_a_title(around: SaidAround) -> bool:
    """Whether a thing is a word of the title of a study: took part in protocol "Lungs and smoke"."""
    text, start = around.text, around.leaf.start
    first = max(0, start - 200)
    quoted = text.find('"', first, start) >= 0 or text.find("“", first, start) >= 0
    return quoted and _TITLE.search(text, first, start) is not None


_CANNOT_STOP = re.compile(
    r"\b(?:that|which) (?:cannot|can ?not|may not|must not) be"
    r" (?:stopped|discontinued|paused|held|interrupted|withheld)",
    re.IGNORECASE,
)


def _cannot_stop(around: SaidAround) -> str:
    """ "Warfarin or any other drug that cannot be stopped": whoever can stop it is let in."""
    found = around.behind(_CANNOT_STOP) if around.kind == "drug" else None
    return found.group().lower() if found is not None else ""


_PREGNANT_WHO = re.compile(
    r"\s*(?:women|females|patients|subjects)?\s+(?:who (?:have|had|has|are (?:receiving|taking))"
    r"|for (?:more|less|longer) than"
    r"|(?:beyond|after|before) (?:the )?\w+ (?:weeks?|trimester))\b[^.;\n]{0,40}",
    re.IGNORECASE,
)


def _pregnant_who(around: SaidAround) -> str:
    """ "Pregnant women who have lived in A", "pregnant for more than 16 weeks": not every pregnancy."""
    of_it = around.leaf.concept == "pregnancy"
    found = _PREGNANT_WHO.match(around.text, around.leaf.end) if of_it else None
    return " ".join(found.group().split()) if found is not None else ""
