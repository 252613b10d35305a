"""Words that are said of every member of a list, so that no member by itself is what a criterion means.

"Heart disease or depression that would interfere with the study" is neither of them alone; "side effects of A, B or C"
and "addiction to A or B" are not A, B or C; of "severe heart or lung disease" each must be severe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import Screen
from trialfinder.reading.nodes.tree import Leaf
from trialfinder.reading.refine.around import SUFFERED, SaidAround
from trialfinder.reading.refine.rules import LeafRule, LeafRules
from trialfinder.reading.refine.said_behind import (
    MAY_BE_GRADED,
    MAY_BE_RELATED,
    MAY_BE_STUDIED,
    MAY_CHANGE,
    MAY_HAVE_AN_AGE,
    MAY_ORGANISE,
    at_an_age,
    cells_in_a_trial,
    degrees_in_brackets,
    of_an_organisation,
    of_another_measure,
    of_another_time,
    of_relatives,
    trial_with,
)

_HINDERS = re.compile(
    r"(?:\b(?:severe|serious|significant|sufficient|advanced|bad)(?:ly)? enough to\b"
    r"|\b(?:which|that|who|to|may|might|would|could|can|will|likely to)\s+(?:\w+\s+){0,8}?(?:interfere|preclude|prevent"
    r"|compromise|affect|contraindicate|limit|jeopardi[sz]e|impair|impede|hinder|confound|influence|endanger|put|place|pose|expose)(?:s|d|ed)?\b"
    r"|\b(?:interfering|precluding|preventing|compromising|affecting|contraindicating|limiting|jeopardi[sz]ing|impairing"
    r"|impeding|hindering|confounding|influencing)\b)"
    r"(?=[^.;\n]{0,80}?\b(?:stud(?:y|ies)|trial|protocol|particip|complian|comply|safe|consent|abilit|evaluat|assess"
    r"|interpret|result|outcome|follow|treatment|therapy|procedure|survey|cooperat|adher|administ|inject|surg|life"
    r"|involve|complet|risk))",
    re.IGNORECASE,
)
"""A clause by which a thing counts only where it stands in the study's way."""
_MAY_HINDER = Screen(
    "enough|(?:interfere|preclude|prevent|compromise|affect|contraindicate|limit|jeopardi[sz]e|impair|impede|hinder"
    "|confound|influence|endanger|put|place|pose|expose)(?:s|d|ed)?|(?:interfer|preclud|prevent|compromis|affect"
    "|contraindicat|limit|jeopardi[sz]|impair|imped|hinder|confound|influenc)ing"
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


def said_of_all(leaf: Leaf, text: str, every: Sequence[Leaf], passed: int) -> tuple[str, ...] | None:
    """The words that make the leaf less; None where they make another thing of it, which nobody is asked for.

    ``passed``: the screens of the words around (``said_around``).
    """
    around = SaidAround(leaf, text, every)
    words = []
    for look in _RULES.of(leaf, passed):
        found = look(around)
        if found is None:
            return None
        if found:
            words.append(found)
    return tuple(words)


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
_OWN = re.compile(
    r"\b(?:current\w*|active|own|personal|history|recent\w*|past|previous\w*|prior|known|present|presence|severe|with"
    r"|uncontrolled|untreated|ongoing|newly|poorly|acute|chronic|clinical\w*|significant)\b",
    re.IGNORECASE,
)
"""Before a thing in a list of what runs in the family: this one is the person's ("and current lung cancer")."""
_NAME = 3
"""Most words of a member."""


_OF_IT = re.compile(r"admi|hospital|complic|certain|some|specific", re.IGNORECASE)
"""Nouns whose thing a person must have at least; with another one it is another thing: "eligible for A"."""
_GOVERNED = frozenset({"illness", "symptom", "event", "drug", "therapy"})
_OF_A_KIND = _GOVERNED | {"procedure"}


def _turned(around: SaidAround) -> str | None:
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
    of_family = found["turn"].lower() == "family history" and _OWN.search(last) is None and len(last.split()) <= 2
    whole = (of_family or not last.strip()) and all(len(one.split()) <= _NAME for one in members)
    if not whole:
        return ""
    turn = found["turn"].lower() + " only"
    return turn if _OF_IT.match(turn) else None


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


_MAY_BE_FOR_IT = Screen("treatment|therapy|treated|medications?|drugs?")
_TREATED_WITH = re.compile(
    r"\b(?:treatment|therapy|treated|medications?|drugs?)\s(?:for|of)\s[^.;:\n]{3,80}:[^.;:\n]*\Z", re.IGNORECASE
)


def _for_what(around: SaidAround) -> str:
    """ "Treatment of heart disease with any of these: A, B": who takes A may take it for something else."""
    return "for it" if around.kind == "drug" and around.before(_TREATED_WITH) else ""


_MAY_BE_A_TITLE = Screen("protocol|study|trial|entitled|titled|called")
_TITLE = re.compile(
    r"\b(?:protocol|study|trial|entitled|titled|called)\b[^\"“\n]{0,40}[\"“][^\"“”\n]*\Z", re.IGNORECASE
)


def _in_a_title(around: SaidAround) -> bool:
    """Whether a thing is a word of the title of a study: took part in protocol "Lungs and smoke"."""
    text, start = around.text, around.leaf.start
    first = max(0, start - 200)
    quoted = text.find('"', first, start) >= 0 or text.find("“", first, start) >= 0
    return quoted and _TITLE.search(text, first, start) is not None


_MAY_NOT_STOP = Screen("stopped|discontinued|paused|held|interrupted|withheld")
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


Look = Callable[[SaidAround], str | None]
"""What makes a thing less, '' for nothing; None for what makes another thing of it."""


def _parted(is_another: Callable[[SaidAround], bool]) -> Look:
    return lambda around: None if is_another(around) else ""


_RULES: LeafRules[Look] = LeafRules(
    (
        LeafRule(_parted(_in_a_title), _MAY_BE_A_TITLE),
        LeafRule(_parted(of_another_time), concepts=frozenset({"age", "pregnancy"})),
        LeafRule(_parted(of_an_organisation), MAY_ORGANISE, kinds=SUFFERED, bounded=False),
        LeafRule(_parted(of_another_measure), MAY_CHANGE, bounded=True),
        LeafRule(_cannot_stop, _MAY_NOT_STOP, kinds=frozenset({"drug"})),
        LeafRule(trial_with, concepts=frozenset({"other_trial"})),
        LeafRule(cells_in_a_trial, MAY_BE_STUDIED, concepts=frozenset({"prior_cell_therapy"})),
        LeafRule(_pregnant_who, concepts=frozenset({"pregnancy"})),
        LeafRule(degrees_in_brackets, MAY_BE_GRADED, bounded=False),
        LeafRule(of_relatives, MAY_BE_RELATED, kinds=SUFFERED),
        LeafRule(at_an_age, MAY_HAVE_AN_AGE, kinds=SUFFERED, bounded=False),
        LeafRule(_hindering, _MAY_HINDER, kinds=SUFFERED, bounded=False),
        LeafRule(_degree_of_all),
        LeafRule(_turned, _MAY_TURN),
        LeafRule(_without_contraception, concepts=frozenset({"childbearing"})),
        LeafRule(_recent, _MAY_BE_RECENT, bounded=False),
        LeafRule(_for_what, _MAY_BE_FOR_IT, kinds=frozenset({"drug"})),
        LeafRule(_only_some, _MAY_BE_SOME, kinds=_OF_A_KIND, bounded=False),
    )
)
"""All rules; those that may make another thing of it come first, but for the one whose words count."""
