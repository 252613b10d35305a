"""Clauses that give the reason of a criterion: "… as these are potent inducers", "… because they may be harmed".

They ask nothing and make nothing less: whoever has the thing is meant, whatever the study's reason. A clause that says
why something happened to a person ("stopped because it did not help") is no such reason: only what may, can or will
be is one.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re

_WHAT = (
    r"(?:drugs?|agents?|medic\w+|treatments?|therap(?:y|ies)|stud(?:y|ies)|trials?|protocol|products?|compounds?|cells?"
    r"|effects?|risks?|safety|use|procedures?|imaging|radiation|infusions?|injections?|test|tests|population|patients|subjects"
    r"|participants|individuals|people|conditions?|diseases?|disorders?|limits?)"
)
_IT = (
    r"(?:these|this|it|those|they|there|which"
    rf"|(?:these|this|such|the|our|those|any)\s(?:(?!only\b|sole\b)[\w-]+\s){{0,3}}{_WHAT}(?:\s(?:of|on|in|to|for)\s(?:[\w-]+\s?){{1,6}}?)?)"
)
_IS = (
    r"(?:may|might|can|could|will|would|should(?! not be (?:included|enrolled))"
    r"|(?:are|is|has|have)(?! (?:been )?(?:defined|described|stated|judged|determined|measured|assessed|listed|given in"
    r"|specified|shown in|seen in|required by|permitted|allowed|needed))"
    r"|(?:increase|decrease|raise|lower|reduce|interfere|affect|influence|induce|inhibit|cause|alter|impair"
    r"|confound|prevent|hinder|pose|limit)s?)\b"
)
_GIVEN = (
    r"(?:will|may|is to|are to) be (?:used|given|administered|performed|applied|required|needed|injected|infused)\b"
)
_REASON = re.compile(
    r",?\s*(?<![\w-])(?<!long )(?<!well )(?<!soon )(?<!much )(?<!many )(?<!far )(?<!same )(?<!such )(?<!except )"
    r"(?<!defined )(?<!except that )(?<!particularly )"
    rf"(?:(?:as|since|because|given that|due to the fact that|owing to the fact that|in view of the fact that)"
    rf"\s{_IT}\s{_IS}"
    rf"|(?:as|because)\s(?:[\w-]+\s){{1,7}}?{_GIVEN}"
    r"|(?:as|since|because)\s(?!he\b|she\b|you\b|the (?:last|first|end|start)\b)(?:[\w-]+\s){1,4}?"
    r"(?:may|might|could|can)\s(?!be (?:included|enrolled|eligible)\b)[a-z])"
    r"(?:(?!\b(?:unless|except|excepting|however|but|if|provided)\b"
    r"|,\s(?:and|or|who|whose|with|as well)\b)[^.;:()\[\]\n]"
    r"|\.(?=\d)|\([^()\n]{0,60}\))*",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:\A|[.;:(\n])[\W\d]*\Z")
_MAY = re.compile(r"\b(?:as|since|because|given that|fact that)\b", re.IGNORECASE)


def reason_places(words: str) -> Sequence[tuple[int, int]]:
    """Where such clauses stand in a text, each with the comma in front of it.

    One that begins a sentence is none of them: its comma ends it, and the criterion follows.
    """
    if not _MAY.search(words):
        return ()
    found = (one.span() for one in _REASON.finditer(words))
    return [at for at in found if not _BEGINS.search(words, 0, at[0])]
