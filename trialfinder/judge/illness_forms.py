"""Illnesses that people name in their own words: what else each is called, and what it is a form of."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import msgspec

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

    def holds(self, code: str) -> bool:
        """Whether a code is one of the family."""
        ends = (codes.split("-") for codes in self.codes)
        return any(each[0] <= code[: len(each[0])] <= each[-1] for each in ends)


class IllnessFormsFile(DataRow, frozen=True):
    """``data/illness_forms.toml``."""

    illness: tuple[IllnessForms, ...]
    """The rows."""
    family: tuple[IllnessFamily, ...]
    """The chapters."""


class Illness(NamedTuple):
    """``names`` mean the same; ``kinds`` are what it is a form of."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]

    def meant(self, told: str) -> str:
        """The name of it that stands in what a person wrote; '' when none does."""
        words = _apart(told)
        return next((name for name in self.names if _apart(name) in words), "")


@functools.lru_cache(maxsize=4096)
def _apart(text: str) -> str:
    """The words of a text with a space around each."""
    words = re.findall(r"[^\W_]+", text.lower().replace("'s", "").replace("’s", ""))
    return f" {' '.join(words)} "


@functools.cache
def illness_forms() -> tuple[Illness, ...]:
    """The rows of ``data/illness_forms.toml``.

    Raises:
        InputError: a row has a key that nothing reads.
    """
    rows = load(data_dir("illness_forms.toml"), IllnessFormsFile).illness
    return tuple(Illness(tuple(names.split(" = ")), row.kinds) for row in rows for names in row.names)


@functools.cache
def families() -> tuple[IllnessFamily, ...]:
    """The families of the same file."""
    return load(data_dir("illness_forms.toml"), IllnessFormsFile).family


_MOST = 60


@functools.lru_cache(maxsize=4096)
def forms_of(told: str) -> tuple[str, ...]:
    """What a person wrote, in all the words for it and for what it is a form of; () when they deny it."""
    if _NOT_MINE.search(told):
        return ()
    forms, waiting = {told: None}, [told]
    while waiting:
        text = waiting.pop()
        for row in illness_forms():
            if meant := row.meant(text):
                more = [re.sub(re.escape(meant), name, text, flags=re.IGNORECASE) for name in row.names]
                new = [form for form in (*more, *row.kinds) if form not in forms and len(forms) < _MOST]
                forms.update(dict.fromkeys(new))
                waiting += new
    return tuple(forms)


_NOT_MINE = re.compile(
    r"\b(?:no|not|never|without|family|mother|father|sister|brother|suspected|possible|risk|healed|cured)\b|\?",
    re.IGNORECASE,
)
