"""Illnesses that people name in their own words: what else each is called, and what it is a form of."""

from __future__ import annotations

import functools
from typing import NamedTuple

import msgspec

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load


class IllnessForms(DataRow, frozen=True):
    """Illnesses that are forms of the same things."""

    names: tuple[str, ...]
    """The illnesses; " = " joins words for one of them."""
    source: str
    """Where it is written."""
    yes: tuple[str, ...]
    """What people write."""
    no: tuple[str, ...]
    """What people write and mean something else."""
    kinds: tuple[str, ...] = msgspec.field(name="is", default=())
    """What they are forms of: who has one has these, never the other way round."""


class IllnessFamily(DataRow, frozen=True):
    """Illnesses that the codes of ICD-10-CM put together."""

    codes: tuple[str, ...]
    """What their codes begin with; "D50-D77" for several."""
    yes: tuple[str, ...]
    """What people write."""
    no: tuple[str, ...]
    """What people write and mean something else."""
    kinds: tuple[str, ...] = msgspec.field(name="is", default=())
    """What they are forms of."""
    but: tuple[str, ...] = ()
    """Codes among them of which that is not true, and all that begin with these."""

    def holds(self, code: str) -> bool:
        """Whether a code is one of the family."""
        ends = (codes.split("-") for codes in self.codes)
        within = any(each[0] <= code[: len(each[0])] <= each[-1] for each in ends)
        return within and not code.startswith(self.but)


class IllnessFormsFile(DataRow, frozen=True):
    """``data/illness_forms.toml``."""

    illness: tuple[IllnessForms, ...]
    """The rows."""
    family: tuple[IllnessFamily, ...]
    """The chapters."""
    whole: frozenset[str]
    """Kinds of which a part says something else: who has a "metabolic bone disease" has no "metabolic disease"."""
    apart: tuple[str, ...]
    """Names of which a part names something else: a "heat stroke" is no "stroke"."""


class Illness(NamedTuple):
    """``names`` mean the same; ``kinds`` are what it is a form of."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]


_PARTS = re.compile(r"[a-z0-9]+")
_SINGULAR = re.compile(r"(?<=[a-z]{3})(?<![siu])s\Z")


@functools.lru_cache(maxsize=8192)
def plain_name(words: str) -> str:
    """A name as it stands in ``data/illness_names.tsv``: small letters, no marks, no articles, singular."""
    text = re.sub(r"['’]s?\b", "", words.lower()).replace("aemia", "emia").replace("tumour", "tumor")
    return " ".join(_SINGULAR.sub("", word) for word in _PARTS.findall(text) if word not in ("the", "a", "an"))


_WORD = re.compile(r"[^\W_]+(?:['’]s?\b)?")


@functools.lru_cache(maxsize=8192)
def _words(text: str) -> tuple[tuple[str, int, int], ...]:
    """The words of a text as ``plain_name`` writes each, with where they stand."""
    return tuple((plain, *word.span()) for word in _WORD.finditer(text) if (plain := plain_name(word[0])))


@functools.cache
def _file() -> IllnessFormsFile:
    return load(data_dir("illness_forms.toml"), IllnessFormsFile)


@functools.cache
def illness_forms() -> tuple[Illness, ...]:
    """The rows of ``data/illness_forms.toml``.

    Raises:
        InputError: a row has a key that nothing reads.
    """
    return tuple(Illness(tuple(names.split(" = ")), row.kinds) for row in _file().illness for names in row.names)


@functools.cache
def _by_name() -> dict[tuple[str, ...], tuple[Illness, ...]]:
    """The rows by the words of each of their names."""
    found: dict[tuple[str, ...], dict[Illness, None]] = {}
    for row in illness_forms():
        for name in row.names:
            found.setdefault(tuple(plain for plain, _, _ in _words(name)), {})[row] = None
    return {name: tuple(rows) for name, rows in found.items()}


class NamedAt(NamedTuple):
    """Where in a text illnesses are named: ``rows`` are those of that name."""

    start: int
    end: int
    rows: tuple[Illness, ...]


@functools.lru_cache(maxsize=4096)
def named_in(text: str) -> tuple[NamedAt, ...]:
    """The known names in a text. Of names within each other the longest: "heat stroke" names no stroke."""
    words, known, found, at = _words(text), _by_name(), [], 0
    while at < len(words):
        ends = range(min(len(words), at + _LONGEST_NAME), at, -1)
        parts = ((end, tuple(plain for plain, _, _ in words[at:end])) for end in ends)
        end, rows = next(((end, known[name]) for end, name in parts if name in known), (at + 1, ()))
        if rows:
            found.append(NamedAt(words[at][1], words[end - 1][2], rows))
        at = end
    return tuple(found)


_LONGEST_NAME = 8
"""Words of a name."""


def families() -> tuple[IllnessFamily, ...]:
    """The families of the same file."""
    return _file().family


def whole_kinds() -> frozenset[str]:
    """The kinds of the same file of which a part says something else."""
    return _file().whole


@functools.cache
def _apart() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _file().apart))})\b", re.IGNORECASE)


@functools.lru_cache(maxsize=4096)
def without_apart(text: str) -> str:
    """A text without the names in it of which a part names something else."""
    return _apart().sub(" ", text)


_MOST = 60
"""Ways to say a text by other names for what it names."""


@functools.lru_cache(maxsize=4096)
def forms_of(told: str) -> tuple[str, ...]:
    """What a person wrote, in all the words for it and for what it is a form of; () when they deny it."""
    if _NOT_MINE.search(told):
        return ()
    forms, waiting, said = {told: None}, [told], 1
    for text in waiting:
        for start, end, rows in named_in(text):
            kinds = [kind for row in rows for kind in row.kinds]
            others = [f"{text[:start]}{name}{text[end:]}" for row in rows for name in row.names]
            others = [form for form in dict.fromkeys(others) if form not in forms][: _MOST - said]
            said += len(others)
            new = [form for form in dict.fromkeys((*others, *kinds)) if form not in forms]
            forms.update(dict.fromkeys(new))
            waiting += new
    return tuple(forms)


_NOT_MINE = re.compile(
    r"\b(?:no|not|never|without|family|mother|father|sister|brother|suspected|possible|risk|healed|cured)\b|\?",
    re.IGNORECASE,
)
