"""Named scales that no row knows: "Tremont Hand Scale of at least 14", "Frankel class C", kept by their own names."""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import SaidWords, Screen
from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.slot_words import is_free, load_slot_words, made_rule
from trialfinder.reading.wording.normalise import Clean

_NEAR = 40
_NAMES = 16
"""Longer hits of a scale are its name in words ("hospital anxiety and depression scale")."""
_STOP = re.compile(r"[();:,<>=\[\]]|\.\s")
_TOKEN = re.compile(r"[^\s'\"]+")
_TOTAL = re.compile(r"(?<=[a-z\d]\s)(?:total|summary|overall|sum)\s\Z")
_LINKS = frozenset({"of", "for", "and", "the", "in"})
"""Small words inside a name in capitals."""
_SHORT = re.compile(
    r"(?:\s(?:[Tt]est|[Ss]cale|[Ii]ndex|[Qq]uestionnaire|[Ss]core))?\s?\((?P<short>[A-Za-z][\w./-]{1,14})\)"
)
_BRACKET = re.compile(r"\((?P<short>[A-Z][\w./-]{1,14})(?:[,;]\s[^()]{1,30})?\)\s\(?\Z")
_BEHIND = re.compile(
    r"(?:\s(?:total|summary|overall|sum|global))?(?:\s(?:scores?|scale|points|rating|value|status))*\b"
)
_CAPITALS = re.compile(r"\b[A-Z][\w'’/-]*")
_ACRONYM = re.compile(
    r"\b(?=[A-Z][\w-]*[A-Z])[A-Z][\w-]{2,11}\b(?=\)?\s?(?:>|<|=|of\b|at (?:least|most)|between\b|"
    r"(?:greater|higher|less|lower|more) than|\d))"
)
_INDEX = re.compile(
    r"\b(?=[A-Z\d-]{4,9}\b)(?:[A-Z]{2,}\d{0,2}-?){1,2}[A-Z]?[ISQ]\b(?=\s?(?:[Ss]cores?\s)?"
    r"(?:(?:of|is|must be|should be)\s)?"
    r"(?:(?:>|<|=|at (?:least|most)|(?:greater|higher|less|lower|more) than|above|below|over|under)[\s=]{0,2}"
    r"\d{1,3}(?:\.\d)?(?![\d.,]?\d|\s?(?:%|mg|g/|u/|m|x\b|\*|k/|/))"
    r"|\d{1,3}\s(?:or|and)\s(?:more|above|over|higher|greater|less|below|lower|under)\b"
    r"|(?:between\s|from\s)?\d{1,3}(?:\.\d)?\s?(?:and|to|-)\s?\d{1,3}(?:\.\d)?"
    r"(?![\d.,]?\d|\s?(?:%|mg|g/|u/|m|x\b|\*|k/|/|[:=]))))"
)
"""An index, scale or questionnaire by the last of its four or more letters, with a plain number: "PASI > 7".

A range in front of a colon is a degree that is being explained: "ABCSI 1-3: mild".
"""
_LETTERS = (
    r"\s(?:[Cc]lass|[Gg]rade|[Ss]tage|[Cc]ategory)\s(?:of\s)?(?:[A-F](?!\w)(?:\s?(?:or|and|to|-|,|/)\s?[A-F](?!\w))*)"
)
_CLASS = re.compile(rf"(?P<name>\b[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+){{0,3}}){_LETTERS}")
_CLASSED = re.compile(r"\b(?:[Cc]lass|[Gg]rade|[Ss]tage|[Cc]ategory)\s(?:of\s)?[A-F](?!\w)")
CLASSED = Screen("class|grade|stage|category")
_CLASS_FIRST = re.compile(
    r"\b(?:[Cc]lass|[Gg]rade|[Ss]tage|[Cc]ategory)\s[A-F](?!\w)(?:\s?(?:or|and|to|-|,|/)\s?[A-F](?!\w))*\s"
    r"(?:on|according to|by|per|in|of)\s(?:the\s)?(?P<name>[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+){0,3})(?:\s(?:scale|"
    r"classification|system|score))?"
)
_TUMOUR = re.compile(r"cancer|carcinoma|tumou?r|leuk|lymphoma|myeloma|sarcoma|melanoma|blastoma|hepat|liver|cirrhosis")


def scales(clean: Clean, own: Sequence[Hit], stated: Sequence[Bound], said: SaidWords) -> list[Hit]:
    """Named scales beside a number that no row knows, with the name as it stands (the short one when it is given)."""
    if not stated:
        return []
    words = load_slot_words().scale
    found: list[Hit] = []
    if not (words.nouns.lets(said) or words.weak.lets(said)):
        return []
    for noun in sorted(
        [*words.nouns.finditer(clean.lower), *words.weak.finditer(clean.lower)], key=lambda m: m.start()
    ):
        hit = _scale(clean, noun)
        if hit is None or not is_free(found, hit.start, hit.end):
            continue
        near = any(-_NEAR <= b.start - hit.end <= _NEAR or -_NEAR <= hit.start - b.end <= _NEAR for b in stated)
        if near and is_free([h for h in own if h.rule.bound], hit.start, hit.end):
            found.append(hit)
    return found


def _scale(clean: Clean, noun: re.Match[str]) -> Hit | None:
    """The scale whose name ends with a noun such as "index"."""
    words = load_slot_words().scale
    bracket = _BRACKET.search(clean.text, max(0, noun.start() - 50), noun.start())
    if bracket is not None:
        return Hit(made_rule("severity_score", bracket["short"], "scale"), bracket.start(), noun.end())
    cut = max(0, noun.start() - 90)
    for stop in _STOP.finditer(clean.text, cut, noun.start()):
        cut = stop.end()
    start = _name_start(clean, cut, noun.start())
    if start is None:
        return None
    name = clean.text[start : noun.start()].strip()
    weak = words.weak.fullmatch(noun.group()) is not None
    short = _SHORT.match(clean.text, noun.end())
    if (
        len(name) == 1
        or (weak and not (_CAPITALS.match(name) and (" " in name or short)))
        or words.others.search(name.lower())
    ):
        return None
    end = short.end() if short is not None else noun.end()
    behind = _BEHIND.match(clean.lower, end)
    plain = (
        name
        if re.fullmatch(r"[A-Z][\w-]*", name)
        else f"{name} {noun.group()}".removesuffix(" scores").removesuffix(" score")
    )
    return Hit(
        made_rule("severity_score", short["short"] if short else plain, "scale"), start, behind.end() if behind else end
    )


def _name_start(clean: Clean, start: int, end: int) -> int | None:
    """Where the name in front of a noun begins: after the last word that says nothing, or at its first capital."""
    words = load_slot_words().scale
    first: int | None = None
    capital = False
    behind = _TOTAL.search(clean.text, start, end)
    end = behind.start() if behind is not None else end
    for token in reversed(list(_TOKEN.finditer(clean.text, start, end))):
        word, upper = token.group().lower(), token.group()[0].isupper()
        link = capital and word in _LINKS
        if not link and (word in words.generic or (capital and not upper)):
            break
        if word in words.generic or (word in words.parts and not (upper and capital)):
            if word in words.parts and first is None:
                continue
            if word in words.parts:
                first = token.start()
            continue
        capital = capital or upper
        first = token.start()
    if first is None or not clean.text[first].isalpha():
        return None
    return first


def classes(clean: Clean, own: Sequence[Hit]) -> list[Hit]:
    """Named classes with a letter: "Frankel class C", "class C on the Frankel scale", "ASIA grade C or D"."""
    words = load_slot_words().scale
    if not _CLASSED.search(clean.text) or _TUMOUR.search(clean.lower):
        return []
    found: list[Hit] = []
    for match in [*_CLASS.finditer(clean.text), *_CLASS_FIRST.finditer(clean.text)]:
        name = match["name"].lower()
        if words.others.search(name) or name in words.generic:
            continue
        known = [h for h in own if h.rule.pattern == "severity_score" and match.start() <= h.start < match.end()]
        if known or is_free(own, match.start(), match.end()):
            value = known[0].rule.value if known else match.group().strip()
            found.append(Hit(made_rule("severity_score", value), match.start(), match.end()))
    return found


def _acronyms(clean: Clean, hits: Sequence[Hit], names: re.Pattern[str]) -> list[Hit]:
    """Short names with a number: "PASI > 7", and beside another scale "ADAS-cog at least 16"."""
    no_scales = load_slot_words().scale.others
    return [
        Hit(made_rule("severity_score", m.group(), "scale"), m.start(), m.end())
        for m in names.finditer(clean.text)
        if is_free(hits, m.start(), m.end()) and not no_scales.search(m.group().lower())
    ]


def with_scales(clean: Clean, own: list[Hit], stated: Sequence[Bound], said: SaidWords) -> list[Hit]:
    """The hits with the named scales among them, without the words that are only a part of a scale's name."""
    if not stated and not any(h.rule.bound for h in own):
        return own
    named = scales(clean, own, stated, said)
    named += _acronyms(clean, [*own, *named], _INDEX) if stated else []
    if any(h.rule.pattern == "severity_score" and h.rule.bound for h in [*own, *named]):
        named += _acronyms(clean, [*own, *named], _ACRONYM)
    whole = [
        *named,
        *(h for h in own if h.rule.pattern == "severity_score" and h.rule.bound and h.end - h.start > _NAMES),
    ]
    if not whole:
        return own
    kept = [
        h for h in own if h.rule.bound or not any(s.start <= h.start and h.end <= s.end and h is not s for s in whole)
    ]
    return sorted([*kept, *named], key=lambda h: h.start)
