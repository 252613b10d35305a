"""Reads the name of an illness off words that no pattern reads: "clinically diagnosed tennis elbow (by a doctor)"."""

from __future__ import annotations

from typing import NamedTuple

from trialfinder.base import lazy_re as re
from trialfinder.judge.names.illness_names import illness_named


class IllnessPhrase(NamedTuple):
    """What a stretch of words names. ``beside``: words behind the name that may make it less."""

    noun: str
    beside: tuple[str, ...]
    denied: bool
    """ "No gout": that the person does not have it."""
    history: bool
    welcome: bool
    """ "… are eligible": that who has it is let in."""
    concept: str
    """The pattern that all such illnesses belong to; '' for none."""


LONGEST = 160
"""Characters; longer stretches are sentences."""
_NOT = re.compile(
    r"\W*(?:(?:have|has|with|must|shall|should|do|does)\s+)?(?:no|not|never|without|free of|absence of)\b\s*"
)
FRAME = re.compile(
    r"\W*(?:(?:(?:acute|chronic) (?:or|and|and/or) (?:acute|chronic)"
    r"|patients?|subjects?|participants?|individuals?|persons?|people|adults?|children|wom[ae]n|m[ae]n"
    r"|who|whom|that"
    r"|have|has|had|having|been|with|a|an|the|any|all|is|are|be|must|should|history|diagnos[ei]s|diagnosed"
    r"|known|confirmed"
    r"|documented|established|proven|clinical|clinically|histolog\w+|cytolog\w+|patholog\w+ly|physician|doctor|of|as"
    r"|evidence|presence|current|currently|active|previous|previously|prior|past|suffering|suffers?|from|medical"
    r"|personal|present|having|other|newly|or|and|confirmation|radiolog\w+|histopatholog\w+|laboratory|conditions?"
    r"|only|show|shows|must|declared|manifestations?|signs|imaging|established)\b\W*)+"
)
"""What may stand before the name of an illness that is asked for."""
_HISTORY = re.compile(r"\b(?:history|previous|previously|prior|past)\b")
_BY_TISSUE = re.compile(r"\b(?:(?:histo|cyto|patho|radio)\w+|active)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"\s*(?:[(),;:.]|\b(?:according|based|as|defined?|by|with|who|whom|that|which|whose|on|for|in|of|since|due"
    r"|requiring"
    r"|receiving|within|during|at|after|before|confirmed|diagnosed|documented|established|patients?|subjects?"
    r"|undergoing"
    r"|treated|from|to|because|despite|than|having|scheduled|eligible|are|is|was|were|will|must|should)\b)"
)
_TAKES_NOTHING = re.compile(
    r"\W*(?:according|based|as (?:defined|per|determined|assessed|established|diagnosed|confirmed|documented)|defined"
    r"|\(?(?:e\.?\s?g\b|such as|including|for example)"
    r"|by|confirmed|diagnosed|documented|established|patients?|subjects?|[A-Z]{2,6}\)?\W*$|\((?:[A-Z]{2,8}"
    r"|ICD[^)]*)\))",
    re.IGNORECASE,
)
_DISEASE_OF = re.compile(
    r"\b(?:disease|disorder)s? (?:of|affecting|in) (?:the )?(?P<of>\w+(?: (?:system|tract|gland)s?)?)"
    r"(?=\W*(?:\(|,|\Z))"
)
_NOT_ITS_NAME = re.compile(
    r"(?:\w+ing|drugs?|medications?|medicines?|therap\w*|treatments?|agents?|surger\w+|procedures?|mimic\w*"
    r"|caus\w+|induc\w+"
    r"|vaccin\w*|tests?|screen\w*|mothers?|fathers?|famil\w+|parent\w*|donors?|prevent\w*|associated|related|no|not|non"
    r"|negative|without|risk|suspected|possible|or|and|than|if|when|unless|except)\Z"
)
_BARRED = re.compile(
    r"(?:(?:patients?|subjects?|participants?|individuals?|people|are|is|will|be|must|should|may|can) )*"
    r"(?:not (?:be )?(?:eligible|included|allowed|permitted|enrolled|accepted|considered|participate"
    r"|take part)|ineligible"
    r"|excluded|cannot (?:be (?:included|enrolled)|participate|take part|join))[\s.]*\Z"
)
_WELCOME = re.compile(
    r"(?:(?:are|were|will be|may be|can be) )?(?:eligible|included|enrolled|accepted|considered|recruited)"
    r"(?: (?:for|in|into) (?:this|the) (?:study|trial))?[\s.]*\Z"
)
_LET_IN = re.compile(
    r"\b(?:in)?eligible\b|\bcannot\b|\b(?:are|is|be) (?:still |also |not )?(?:included|allowed|permitted"
    r"|enrolled|accepted|excluded)\b"
)
_SHORT_NAME = re.compile(r"^\([a-z0-9-]{2,8}\)\s*")
"""In brackets behind a name: "gout (GT) that needs treatment"."""
_MOST_BEFORE = 4
_EXAMPLES = re.compile(
    r"(?:[\s,(]+(?:e\.?\s?g\b\.?|such as|including|for (?:example|instance))[\s,:]*(?P<those>[^()]+)\)?"
    r"|\s\((?!(?:except|excluding|other|not|no|if|unless|without)\b)(?P<listed>[^()]*(?:,|\betc\b)[^()]*)\))\W*\Z",
    re.IGNORECASE,
)


EACH = re.compile(r",|;|\bor\b|\band\b")
"""Between the examples of a list."""
_OF_A_FORM = re.compile(
    r"\b(?:bilateral|unilateral|severe|active|acute|uncontrolled|advanced|symptomatic|decompensated)\b", re.IGNORECASE
)
"""In front of an illness whose examples are it only in that form."""


def examples(words: str) -> tuple[str, ...]:
    """The illnesses that stand as examples of one: "gland disease (e.g., mumps or gout)"."""
    found = _EXAMPLES.search(words)
    head = words[: found.start()] if found else ""
    if found is None or _OF_A_FORM.search(head) or illness_phrase(head) is None:
        return ()
    each = (part.strip().lower() for part in EACH.split(found["those"] or found["listed"]))
    return tuple(name for name in each if illness_named(name) is not None)


def illness_phrase(words: str) -> IllnessPhrase | None:
    """The illness that words name; None where they name none, or say it of a cause, a test, a reason."""
    if len(words) > LONGEST:
        return None
    text = _DISEASE_OF.sub(r"\g<of> disease", " ".join(words.lower().split()))
    denied = _NOT.match(text)
    at = denied.end() if denied else 0
    frame = FRAME.match(text, at)
    start = frame.end() if frame else at
    cut = _ENDS.search(text, start)
    end = cut.start() if cut else len(text)
    noun, behind = text[start:end].strip(" -/*\\"), text[end:].strip()
    behind = _SHORT_NAME.sub("", behind)
    barred = _BARRED.match(behind) is not None
    welcome = not denied and _WELCOME.match(behind) is not None
    if welcome:
        behind = ""
    if (barred and denied) or (not barred and _LET_IN.search(behind)):
        return None
    parts = re.split(r"[\s/]+", noun)
    found = illness_named(noun) if noun else None
    if found is None or len(parts) > _MOST_BEFORE + 2 or any(_NOT_ITS_NAME.fullmatch(part) for part in parts[:-1]):
        return None
    tissue = _BY_TISSUE.findall(text[at:start])
    beside: tuple[str, ...] = () if barred or not behind.strip(" .,;:()") or _TAKES_NOTHING.match(behind) else (behind,)
    beside = (*beside, *tissue)
    history = bool(_HISTORY.search(text[:start]))
    return IllnessPhrase(noun, beside, denied is not None or barred, history, welcome, found.concept)
