"""Words by which an item of what is asked speaks of other people than who joins, or of some of those only."""

from __future__ import annotations

from trialfinder.base import lazy_re as re

OTHERS = re.compile(
    r"\b(?:clinicians?|physicians? (?:who|treating|caring|working)|doctors? (?:who|treating|caring|working)"
    r"|nurses?|midwi(?:fe|ves)|providers?|therapists|counsel(?:l?ors?|l?ing)|pharmacists?|oncologists?|teachers?"
    r"|educators?|workers?|staff|husbands?|wi(?:fe|ves)|spouses?|partners?|sons?|daughters?|sisters?|brothers?"
    r"|siblings?|cousins?|uncles?|aunts?|grand\w+|mothers?|fathers?|parents?|relatives?|family|loved ones?|household"
    r"|care ?givers?|carers?|helpers?|supporters?|supports?|support person|dyads?|orphans?|bereaved|informants?"
    r"|some(?:one|body)|no(?:body| one)|communit\w+|village|clinics|schools?"
    r"|(?:lives?|living) (?:at home )?with (?:an? )?(?:person|adult|patient|child|someone)"
    r"|living in the same|look(?:s|ing)? after|help to|whose|(?:recipients?"
    r"|waiting list)\b.*\bof (?:an? )?(?:person|people)"
    r"|who have sex with)\b",
    re.IGNORECASE,
)
"""Somebody else has it, or does it."""
GROUPS = re.compile(
    r"\b(?:cohorts?|arms?|parts?|groups|sub-?stud(?:y|ies)|cases|compar(?:ison|ators?)|exposed|unexposed|as well as"
    r"|(?:two|three|four) groups|(?:first|second) set|all others|may take part|welcome|age-matched|with and without"
    r"|(?:patients|subjects|participants|people|persons|individuals|those|wom[ae]n|m[ae]n|adults) "
    r"(?:with|on|taking|receiving|using|treated with)\b[^.;:]{0,60}\b(?:must|should|needs?|requires?|keep)"
    r"|any patient|(?:for|in|among) (?:those|patients|subjects|participants|people|individuals|wom[ae]n|m[ae]n"
    r"|adults)"
    r"|regardless|irrespective|allowed|permitted|acceptable|is fine|on or off)\b",
    re.IGNORECASE,
)
"""Some of those who join have it; others need not."""
OF_OTHERS = re.compile(
    r"\W*(?:(?:sexual|primary|social|peer|community|health|care|study|unpaid|healthcare|first-degree|other|the"
    r"|a|an|hospital|adult"
    r"|family|informal|main)\W+){0,3}"
    r"(?:clinicians?|physicians?|doctors?|nurses?|midwi(?:fe|ves)|providers?|therapists?|counsel(?:l?ors?)"
    r"|pharmacists?|oncologists?"
    r"|teachers?|educators?|workers?|husbands?|wi(?:fe|ves)|spouses?|partners?|sons?|daughters?|sisters?"
    r"|brothers?|siblings?|cousins?"
    r"|uncles?|aunts?|grand(?:mother|father|parent)s?|mothers?|fathers?|parents?|relatives?|loved ones?"
    r"|household|care ?givers?|carers?"
    r"|helpers?|supporters?|supports?|support person|dyads?|orphans?|bereaved|informants?|director|consultee"
    r"|next[ -]of[ -]kin"
    r"|works as|looks after|lives (?:at home )?with (?:an? )?(?:person|adult|patient|someone)"
    r"|provides (?:unpaid )?(?:help|care)"
    r"|persons living in the same)\b(?!-)(?! who (?:is|are) (?:also )?patients)",
    re.IGNORECASE,
)
"""A sentence that is about somebody else from its first word."""
