"""Whether words that a person put into a list name an illness at all: "nope" and "see above" name none.

What names none is still looked for word for word in the criteria; it never stands for the whole kind of its list.
"""

from __future__ import annotations

import functools

from trialfinder.base.suggest import spelt
from trialfinder.judge.names.illness_forms import named_in, plain_name
from trialfinder.judge.names.illness_names import illness_named, illness_names
from trialfinder.judge.study_context import concepts_of
from trialfinder.person.implications import known_as
from trialfinder.person.none_told import denies
from trialfinder.person.word_tables import rare_causes
from trialfinder.reading.wording.nouns import mentions

LISTS = ("health.diagnoses", "health.autoimmune", "health.neurological_other")
"""The lists whose entries are illnesses."""
_PUT_IN = (
    "stent*", "pacemaker*", "implant*", "prosthe*", "replac*", "rod", "plate*", "screw*", "pin", "pins", "shunt*",
    "valve*", "device*", "defibrillator*", "icd", "pump", "catheter*", "graft*", "bypass*", "operation*", "operated",
    "surger*", "transplant*", "amputat*", "remov*", "fusion*", "hearing aid*", "lens", "metal",
)  # fmt: skip
"""What was put in or done: the question after illnesses asks for that as well."""


@functools.lru_cache(maxsize=1024)
def names_an_illness(name: str) -> bool:
    """Whether a list or a pattern of the program knows an illness in what a person wrote."""
    if denies(name):
        return False
    found = (
        illness_named(name) is not None or bool(named_in(name)) or bool(known_as(name)) or bool(concepts_of((name,)))
    )
    return found or rare_causes().said_in(name)


def stands_for_its_list(key: str, name: str) -> bool:
    """Whether an entry tells that there is something of the kind of its list; of illnesses only one that is known."""
    return key not in LISTS or names_an_illness(name)


def unheard_of(key: str, names: tuple[str, ...]) -> list[str]:
    """The entries of a list of illnesses that name none which is known here, nor what was put in or done."""
    if key not in LISTS:
        return []
    return [name for name in names if not names_an_illness(name) and not mentions(name, _PUT_IN)]


def asked_back(key: str, names: tuple[str, ...]) -> str:
    """What to ask back about the entries of a list of illnesses, with the words that were typed; '' for nothing."""
    unheard = unheard_of(key, names)
    near = [f'"{found}"' for name in unheard if (found := _meant(name))]
    said = f"No list here knows as an illness: {', '.join(unheard)}." if unheard else ""
    return f"{said} Did you mean {' and '.join(near)}?" if near else said


def _meant(name: str) -> str:
    """The known name that a slip of the fingers hides in an entry; '' where none looks alike."""
    return next(iter(spelt(plain_name(name), illness_names())), "")
