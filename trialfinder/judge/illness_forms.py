"""Illnesses that people name in their own words: what else each is called, and what it is a form of."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.person.word_tables import refuse_unknown_keys

_KEYS = ("names", "is", "source", "yes", "no")


@dataclass(frozen=True, slots=True)
class Illness:
    """``names`` mean the same; ``kinds`` are what it is a form of."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]

    def meant(self, told: str) -> str:
        """The name of it that stands in what a person wrote; '' when none does."""
        words = f" {' '.join(_words(told))} "
        return next((name for name in self.names if f" {' '.join(_words(name))} " in words), "")


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower().replace("'s", "").replace("’s", ""))


@functools.cache
def illness_forms() -> tuple[Illness, ...]:
    """The rows of ``data/illness_forms.toml``.

    Raises:
        InputError: a row has a key that nothing reads.
    """
    path = data_dir("illness_forms.toml")
    found = []
    for row in load_toml(path)["illness"]:
        refuse_unknown_keys(path, row, _KEYS, row["names"][0])
        kinds = tuple(row.get("is", ()))
        found += [Illness(tuple(names.split(" = ")), kinds) for names in row["names"]]
    return tuple(found)


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
