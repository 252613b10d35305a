"""How people say that there is none: ``nope``, ``no I dont have any``, ``not that I know of``, ``ninguna``, ``없음``.

English, Spanish and Korean, as the pages speak them. What denies one thing (``no gout``) says nothing of the others,
and what is in doubt (``I don't think so``) says nothing at all: neither is none.
"""

from __future__ import annotations

import functools
import unicodedata

from trialfinder.base import lazy_re as re
from trialfinder.base.text import folded

_TALK = r"(?:(?:oh|well|um|sorry|luckily|fortunately|thankfully|honestly|actually) )*"
_NONE = r"(?:none|no|nope|nah|nil|nothing|never|na|n/a|n|not any|not one|not applicable|does not apply|zero|0)"
_I = r"(?:(?:i|we|ive) (?:(?:really|just|personally|currently) )?)?"
_DO_NOT = r"(?:dont|do not|didnt|did not|havent|have not|never|am not|was not|wasnt|have never|ve never)"
_VERB = r"(?:have|had|got|take|taken|took|use|used|need|get|suffer from|been told of|been diagnosed with|tried|try)"
_KNOWN = r"(?:(?:known|such|of (?:the )?(?:these|those|them|that|above)|other|else|more|further) ?)"
_THING = "(?:THINGS|problems?|issues?|ones?)"
_OBJECT = rf"(?:any|anything|nothing|none|one|it|that|this|them|these|those)(?: {_KNOWN}{{1,2}})?(?: ?{_THING})?"
_END = (
    r"(?: (?:thanks|thank you|thank god|at all|really|whatsoever|so far|yet|currently|now|at the moment|at present|atm"
    r"|luckily"
    r"|either|to report|found|known|diagnosed|like (?:that|this)"
    r"|(?:none |not |nothing )?(?:that |which )?(?:(?:i|we) (?:know|am aware|are aware)|im aware|ive been told)(?: of)?"
    r"|(?:as far as|so far as) (?:i|we) (?:know|am aware)|(?:to|as of) (?:my|our) knowledge))*"
)
_ENGLISH = (
    rf"{_NONE}(?: {_KNOWN}{{1,2}})?(?: ?{_THING})?",
    rf"(?:{_NONE} )?{_I}(?:{_DO_NOT} {_VERB}(?: {_OBJECT})?|{_DO_NOT}(?: any)?)",
    rf"(?:no )?{_I}(?:have|had|ve|take|took|got|use|(?:they|doctors?) found|there (?:is|are|was|were))"
    rf" (?:none|nothing|no {_THING}|no known {_THING})",
    r"(?:no )?(?:not |none |nothing )(?:that )?(?:i|we) (?:know|am aware)(?: of)?|(?:no )?not to my knowledge"
    r"|(?:no )?not (?:as far as|so far as) i (?:know|am aware)|no known",
    r"(?:no )?(?:i am |im )?not aware of any(?:thing)?",
)
_OF_WHAT_ES = "(?:THINGS|problemas?|otr[ao]s?)"
_ANY_ES = r"(?:nada|ningun[ao]?s?|nunca|eso|alguna?)"
_SPANISH = (
    rf"(?:no )?{_ANY_ES}(?: {_OF_WHAT_ES})?(?: de (?:estas?|es[ao]s|ellas|ellos|las anteriores|los anteriores))?",
    rf"(?:no )?(?:yo )?no (?:los |las |lo |la )?(?:tengo|tomo|uso|hay|padezco|sufro(?: de)?|he (?:tenido|tomado))"
    rf"(?: {_ANY_ES})?(?: {_OF_WHAT_ES})?",
    r"no(?: aplica| procede)?|(?:no |ningun[ao] )?(?:no )?que yo sepa(?: no)?",
)
_END_ES = r"(?: (?:gracias|que yo sepa|por ahora|de momento|por el momento|hasta ahora|conocid[ao]s?|gracias a dios))*"
_KOREAN = (
    r"(?:아니[요오]?|아뇨)?(?:(?:특별히|별로|전혀|현재|지금은?|아무것도|하나도|딱히|그런것|그런거|THINGS)"
    r"[은는이가도]?)*(?:없(?:음|어요?|습니다|다|는데요|었어요|었습니다)|안(?:먹어요|먹습니다|먹음))",
    r"아니[요오]|아뇨|해당(?:사항)?없(?:음|어요|습니다)",
)


_DRUGS = (
    r"medications?|medicines?|meds?|drugs?|tablets?|pills?|treatments?"
    r"|medicamentos?|medicinas?|pastillas?|farmacos?|tratamientos?|약|약물"
)
_THINGS = {
    "treatment.allergies": r"allerg(?:y|ies)|allergens?|alergias?|알레르기|알러지",
    "treatment.medications": _DRUGS,
    "neuropathy.failed_treatments": _DRUGS,
    "neuropathy.other_causes": r"causes?|causas?|원인",
    "health.autoimmune": (
        r"autoimmune (?:diseases?|illness(?:es)?|conditions?)|enfermedad(?:es)? autoinmunes?|자가면역질환"
    ),
}
"""What a question asks for, by its key: "no tablets" is none of the drugs, and says nothing of illnesses."""
_ILLNESSES = (
    r"illness(?:es)?|diseases?|conditions?|diagnos[ei]s|history|enfermedad(?:es)?|diagnosticos?"
    r"|병|질환|질병|진단|진단받은것"
)


@functools.cache
def _grammar(key: str) -> re.Pattern[str]:
    """All ways to say none to the question of a key, on words without space for the Korean ones."""
    things = _THINGS.get(key, _ILLNESSES)
    if key == "health.autoimmune":
        things += f"|{_ILLNESSES}"
    english = (*_ENGLISH, _NOT_ALLERGIC) if key == "treatment.allergies" else _ENGLISH
    forms = (*(rf"{_TALK}(?:{form}){_END}" for form in english), *(rf"(?:{form}){_END_ES}" for form in _SPANISH))
    return re.compile("|".join((*forms, *_KOREAN)).replace("THINGS", things))


_NOT_ALLERGIC = (
    r"(?:no )?(?:i am |im )?not allergic(?: to any(?:thing)?)?|(?:no )?no (?:soy|tengo) alergic[ao](?: a nada)?"
)


_DENIES = re.compile(
    r"(?:(?:i )?(?:dont|do not|havent|have not|have no|am not|never had)|no|not|never|none|nothing|without|neither|nope"
    r"|sin|ningun[ao]?|nunca|nada)\b"
)
_DENIES_KOREAN = re.compile(r"(?:없(?:음|어요?|습니다|다)|아닙니다|아니에요)\Z")


def says_none(text: str, key: str = "") -> bool:
    """Whether the words say that there is none of what the question of ``key`` asks for, and nothing beside it."""
    words, said = _plain(text), _grammar(key)
    return said.fullmatch(words if words.isascii() else words.replace(" ", "")) is not None


_UNKNOWN = re.compile(
    r"(?:yo )?no (?:lo )?(?:se|recuerdo)(?: bien| seguro)?|no estoy segur[ao]"
    r"|(?:잘)?(?:모름|모르겠(?:음|어요|습니다)|몰라요)"
)


def says_unknown(text: str) -> bool:
    """Whether Spanish or Korean words say that the person does not know; for English see ``plain_words``."""
    words = _plain(text)
    return _UNKNOWN.fullmatch(words if words.isascii() else words.replace(" ", "")) is not None


def denies(text: str) -> bool:
    """Whether an entry of a list says what is not there: "no gout". It tells of nothing that the person has."""
    words = _plain(text)
    return _DENIES.match(words) is not None or _DENIES_KOREAN.search(words.replace(" ", "")) is not None


def _plain(text: str) -> str:
    """For comparing: small letters without accents, marks and apostrophes; Korean in whole syllables."""
    words = unicodedata.normalize("NFC", folded(text)).replace("-", " ").replace("_", " ")
    return " ".join(re.sub(r"[^\w/ ]", "", words).split())
