"""What to ask back where an answer says yes and not which: ``insulin`` to the type of a diabetes, ``breast cancer``.

Nothing is suggested there: people of both types use insulin, and a cancer without a time may be over or not.
"""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.text import folded
from trialfinder.person.plain_words import bare
from trialfinder.person.profile_schema import Fact

_YES = re.compile(r"(?:oh |well )?(?:yes|yeah|yep|y|i do|i am|(?:i )?(?:have|had|ve had|ve)|was|it was)\b")
_TIME = re.compile(r"\b(?:(?:19|20)\d\d|years? ago|long ago|months? ago|last year|this year)\b")
_NOT_THAT = re.compile(
    r"\b(?:no|not|never|none|nobody|without|neither|nor|or|feared?|family|mother|father|mum|mom|dad|parents?|sister|"
    r"brother|son|daughter|aunt|uncle|cousin|grand\w+|wife|husband|partner|isnt|wasnt|dont|didnt|havent|prediabet\w*|"
    r"screening|suspected|suspicion|maybe|perhaps|possibl\w*|probabl\w*|benign|dog|cat)\b"
)
_OF_TALK = re.compile(
    r"yes|yeah|yep|y|oh|well|i|do|am|have|had|ve|has|it|was|is|the|an?|my|in|of|and|once|ago|years?|months?|long|time|since|"
    r"last|this|about|around|now|still|already|remission|cured|over|past|active|currently|then|cancers?|tumou?r|malignancy|"
    r"diagnosed|with|treated|for|\d+"
)
"""Words that do not say which kind."""


def says_yes(fact: Fact, text: str) -> bool:
    """Whether the answer says that there is what is asked for, and leaves open which of the allowed words holds.

    A word that takes it back, a doubt, or somebody else who has it leaves nothing that is sure.
    """
    if not fact.which or _NOT_THAT.search(words := bare(folded(text))):
        return False
    named = fact.says_yes is not None and fact.says_yes.said_in(text)
    return named or bool(_YES.match(words) or _TIME.search(words))


def said_besides(fact: Fact, text: str) -> tuple[str, str]:
    """The key of what else the answer told, and the words for it: the kind of a cancer; two '' where there is none."""
    if not fact.besides or fact.says_yes is None or not fact.says_yes.said_in(text) or _NOT_THAT.search(bare(text)):
        return "", ""
    told = re.sub(r"^(?:(?:oh|well|yes|yeah|yep|i|have|had|it|was|a|an)\b[\s,.;:!–-]*)+", "", text.strip(), flags=re.I)
    left = [word for word in bare(told).split() if not _OF_TALK.fullmatch(word)]
    return (fact.besides, " ".join(told.split())) if left else ("", "")
