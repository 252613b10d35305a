"""The forms of one word that the program makes itself: its plural, and the other side's spelling."""

from __future__ import annotations

import functools
import unicodedata

from trialfinder.base import lazy_re as re

_SPELLINGS: tuple[tuple[str, str], ...] = (
    (r"(?:(?<![a-z])|(?<=glyco))h(?:ae|e)m(?=[ao*])", "ha?em"),
    (r"(?<!syst)(?<!pand)(?<!epid)(?<!cad)(?<!\bch)(?<!end)(?:ae|e)mi(?=a(?:s?$|\*)|c(?:s?$|\*)|\*|ae)", "a?emi"),
    (r"(?:ae|e)(?=sth(?:e[st]|\*))", "a?e"),
    (r"p(?:ae|e)d(?=iatr)", "pa?ed"),
    (r"(?<=orthop)(?:ae|e)(?=d)", "a?e"),
    (r"(?<=gyn)(?:ae|e)(?=co)", "a?e"),
    (r"(?:oe|e)(?=sophag)", "o?e"),
    (r"(?<![a-z])(?:oe|e)(?=dema)", "o?e"),
    (r"(?:oe|e)(?=str(?:og|ad|iol))", "o?e"),
    (r"(?<=\bf)(?:oe|e)(?=t(?:us|al))", "o?e"),
    (r"(?<=rrh)(?:oe|e)(?=a)", "o?e"),
    (r"(?<=pn)(?:oe|e)(?=a)", "o?e"),
    (r"(?<=\bc)(?:oe|e)(?=liac)", "o?e"),
    (r"(?<![a-z])(?:ae|e)(?=tiolog)", "a?e"),
    (r"(?<=\bc)(?:ae|e)(?=c(?:um|al)|sarean)", "a?e"),
    (r"(?<=\bf)(?:ae|e)(?=c(?:al|es))", "a?e"),
    (r"(?<=tum|col|lab|fav|hum)ou?r", "ou?r"),
    (r"(?<=avi|ghb)ou?r", "ou?r"),
    (r"(?<=fib)(?:re|er)(?=s?$)", "(?:re|er)"),
    (r"(?<=ent|tit)(?:re|er)(?=s?$)", "(?:re|er)"),
    (r"(?<=[a-z]{3}i)[sz](?=(?:e[drs]?|ing|ations?|able)$|\*$)", "[sz]"),
    (r"(?<=aly)[sz](?=e)", "[sz]"),
    (r"(?<=leu)[ck](?=o)", "[ck]"),
    (r"(?<=\bdis)[ck](?=s?$|o?genic$|al$)", "[ck]"),
    (r"(?<=dis)[ck](?=ect)", "[ck]"),
    (r"(?<=sul)(?:ph|f)", "(?:ph|f)"),
    (r"(?<=\bag)e?(?=ing$)", "e?"),
    (r"(?<=judg)e?(?=ment)", "e?"),
    (r"(?<=\bprogram)(?:me)?(?=s?$)", "(?:me)?"),
    (r"(?<=\bpracti)[cs](?=e)", "[cs]"),
    (r"(?<=\benro)ll?(?=$|e?[ds]|i|m)", "ll?"),
    (r"(?<=\bart)[ei](?=fact)", "[ei]"),
)
_SPELLING = re.compile("|".join(f"({source})" for source, _ in _SPELLINGS))
_MAYBE_SPELT = re.compile(
    r"hem|aemi?|em[ai]|esth|p(?:ae|e)d|orthop|gyn|sopha|edema|estr[aoi]|f(?:o?e)t|rrh|pn|c(?:o?e)li|tiolog|c(?:a?e)[cs]|"
    r"f(?:a?e)c|(?:tum|col|lab|fav|hum|avi|ghb)o|fib|[nt]it|ent|i[sz]|ly[sz]e|leu|dis|sul|ag|judg|progr|practi|enro|art"
)
"""What every word with another side's spelling has, which is told faster."""
_IRREGULAR = {
    "man": "m[ae]n", "woman": "wom[ae]n", "child": "child(?:ren)?", "foot": "f(?:oo|ee)t", "tooth": "t(?:oo|ee)th",
    "vertebra": "vertebrae?", "metastasis": "metastas[ei]s",
}  # fmt: skip
_ONE_FORM = frozenset(
    """
    men women children people feet teeth the and for with from not are was has have been being were any all non
    due other this that these those which who whom per via than its his her their such does did had can may
    might could should would will must shall very only also both either neither nor but out off into onto upon
    during after before within without about above below over under least most more less few many much new old
    good poor high low own same between toward
    """.split()  # noqa: SIM905 # easier to read than a list
)
_NO_PLURAL = re.compile(r"(?:ed|(?<!ma)(?<!mi)ly|ous|less|ful|[^a-z].*|us|is|as|os)\Z")


def plain_letters(text: str) -> str:
    """Letters without accents and ligatures; the reader's texts are cleaned the same way."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _spelt(word: str) -> str:
    if _MAYBE_SPELT.search(word) is None:
        return word
    return _SPELLING.sub(lambda found: _SPELLINGS[(found.lastindex or 1) - 1][1], word)


def _ending(word: str) -> tuple[str, str]:
    """The word without what changes in its plural, and an expression for both endings."""
    if len(word) < 3 or word in _ONE_FORM:
        return word, ""
    if word.endswith(("sis", "xis")) and len(word) > 5:
        return word[:-2], "[ei]s"
    if word.endswith("ss"):
        return word, "(?:es)?"
    if _NO_PLURAL.search(word):
        return word, ""
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1], "(?:y|ies)"
    if word.endswith("s"):
        return word, ""
    return (word, "(?:es)?") if word.endswith(("x", "z", "ch", "sh")) else (word, "s?")


@functools.lru_cache(maxsize=8192)
def word_expression(word: str, plural: bool) -> str:
    """A regular expression for all forms of ``word``; a ``*`` stands for any letters or none.

    ``plural``: False for a part of a word ("adeno" of "adenocarcinoma"), which has no plural of its own.
    """
    if word.startswith("="):
        return word[1:].replace("*", r"\w*")
    if not plural or "*" in word:
        return _spelt(word).replace("*", r"\w*")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    lower = word.lower()
    stem, ending = _ending(lower)
    if ending in {"", "s?", "(?:es)?"} or word != lower:
        return _spelt(word) + (ending if ending in {"s?", "(?:es)?"} else "")
    cut = _spelt(word)
    return cut[: len(cut) - (len(word) - len(stem))] + ending
