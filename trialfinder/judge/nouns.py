"""Compares the words of a thing: the noun of a criterion, plain forms of data files, names that a person wrote.

Words are compared by their stems, so that "Diseases of the heart", "haemophilia" and "tumours" meet "disease of heart",
"hemophilia" and "tumor". Nothing here looks at a sentence; it sees the words of one thing.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

_HEADS = {
    "disorder": "disease", "illness": "disease", "problem": "disease", "condition": "disease", "pathology": "disease",
    "comorbidity": "disease", "ailment": "disease", "morbidity": "disease", "trouble": "disease",
    "complaint": "disease", "sickness": "disease", "abnormality": "abnormality", "ill": "disease", "diseased":
    "disease", "state": "disease",
}  # fmt: skip
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "by",
        "with",
        "from",
        "and",
        "or",
        "its",
        "his",
        "her",
        "their",
        "own",
        "as",
    ]
)
_WORD = re.compile(r"[a-z0-9]+(?:'s)?")
_SPELLINGS = (
    (re.compile(r"(?<=h)ae(?=m)|(?<=an)ae(?=m|s)|(?<=isch)ae|(?<=leuk)ae|(?<=c)ae(?=c)|(?<=ur)ae|(?<=glyc)ae"), "e"),
    (re.compile(r"\boe(?=d|s)|(?<=f)oe(?=t)"), "e"),
    (re.compile(r"umour"), "umor"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"isation"), "ization"),
    (re.compile(r"fibre"), "fiber"),
)
_JOINED = re.compile(
    r"\b(anti|non|auto|immuno|cardio|cerebro|neuro|co|pre|peri|post|intra|extra|poly|ischa?emic)[-–\s](?=[a-z])"
)


@functools.lru_cache(maxsize=65536)
def stems(words: str) -> tuple[str, ...]:
    """The words in order by their stems, without articles and prepositions; "disorder" and its like are "disease"."""
    plain = unicodedata.normalize("NFKD", words.lower().replace("’", "'"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _JOINED.sub(r"\1", plain)
    for pattern, better in _SPELLINGS:
        plain = pattern.sub(better, plain)
    return tuple(_stem(word) for word in _WORD.findall(plain) if word not in _SMALL)


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is", "itis")) and len(word) > 3:
        word = word[:-1]
    return _HEADS.get(word, word)


@functools.lru_cache(maxsize=65536)
def contains(words: str, phrase: str) -> bool:
    """Whether the stems of ``phrase`` stand in ``words``, next to each other and in this order."""
    inner, outer = stems(phrase), stems(words)
    size = len(inner)
    return bool(size) and any(outer[at : at + size] == inner for at in range(len(outer) - size + 1))


def mentions(words: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in the words. A phrase that ends with ``*`` is the beginning of a word."""
    return any(_begins(words, phrase) if phrase.endswith("*") else contains(words, phrase) for phrase in phrases)


@functools.lru_cache(maxsize=65536)
def _begins(words: str, phrase: str) -> bool:
    *front, last = phrase[:-1].lower().split() or [""]
    outer, inner = stems(words), stems(" ".join(front))
    size = len(inner)
    return any(outer[at : at + size] == inner and word.startswith(last) for at, word in enumerate(outer[size:]))


@functools.lru_cache(maxsize=65536)
def same_thing(noun: str, phrases: frozenset[str], harmless: frozenset[str]) -> bool:
    """Whether the noun, less harmless words, is one of the phrases, in any order of its words."""
    left = frozenset(stems(noun)) - harmless
    return any(left == frozenset(stems(phrase)) - harmless for phrase in phrases)


@functools.lru_cache(maxsize=65536)
def all_within(noun: str, name: str, harmless: frozenset[str]) -> bool:
    """Whether every word of the noun stands in the name: who has "secondary progressive MS" has "MS".

    A noun that says nothing but "disease" is in no name.
    """
    left = frozenset(stems(noun)) - harmless
    return bool(left - {"disease", "syndrome", "type"}) and left <= frozenset(stems(name))
