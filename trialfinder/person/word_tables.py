"""Loads the tables that judging rests on: drugs by class, kinds of neuropathy, plain words for patterns."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.errors import InputError


def refuse_unknown_keys(path: Path, row: Mapping[str, Any], known: Iterable[str], name: str) -> None:
    """Refuses a row of a data file that has a key which nothing reads.

    Raises:
        InputError: names the file, the row, the key and the nearest right one.
    """
    known = list(known)
    for key in row:
        if key not in known:
            from trialfinder.base.suggest import nearest

            near = nearest(key, known) or ", ".join(known)
            raise InputError(f"{path}: {name}: unknown key {key!r}; nearest: {near}")


@dataclass(frozen=True, slots=True)
class DrugClass:
    """Drugs of one effect; ``words`` finds the class in a criterion."""

    id: str
    names: frozenset[str]
    within: tuple[str, ...]
    words: re.Pattern[str]


_DRUG_KEYS = ("id", "names", "within", "words", "source", "yes", "no")


@functools.cache
def drug_classes() -> dict[str, DrugClass]:
    """All drug classes by id.

    Raises:
        InputError: the file is wrong.
    """
    path = data_dir("terms", "drugs.toml")
    found = {}
    for row in load_toml(path)["class"]:
        refuse_unknown_keys(path, row, _DRUG_KEYS, row["id"])
        words = re.compile(row["words"], re.IGNORECASE)
        found[row["id"]] = DrugClass(row["id"], frozenset(row["names"]), tuple(row.get("within", ())), words)
    for drug_class in found.values():
        for outer in drug_class.within:
            if outer not in found:
                raise InputError(f"{path}: {drug_class.id}: within names no class: {outer!r}")
    return found


@functools.cache
def _classes_by_name() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for drug_class in drug_classes().values():
        for name in drug_class.names:
            found.setdefault(name, set()).update(_with_outer(drug_class.id))
    return {name: frozenset(classes) for name, classes in found.items()}


def _with_outer(class_id: str) -> set[str]:
    found = {class_id}
    for outer in drug_classes()[class_id].within:
        found |= _with_outer(outer)
    return found


@functools.lru_cache(maxsize=4096)
def classes_of(drug: str) -> frozenset[str]:
    """The classes of a drug as a person writes it ("Apixaban 5 mg"); empty when the table does not know it."""
    words = re.findall(r"[a-zäöüß-]+", drug.lower())
    known = _classes_by_name()
    found: set[str] = set()
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            found |= known.get(" ".join(words[start : start + size]), frozenset())
    return frozenset(found)


@functools.lru_cache(maxsize=8192)
def classes_named(text: str) -> frozenset[str]:
    """The classes that a criterion names by their class words ("oral anticoagulants").

    "Tricyclic antidepressants" names the tricyclics, and not all antidepressants.
    """
    named = {drug_class.id for drug_class in drug_classes().values() if drug_class.words.search(text)}
    return frozenset(name for name in named if not _only_as_inner(name, named, text))


def _only_as_inner(outer: str, named: set[str], text: str) -> bool:
    """Whether the words of a class stand in the text only as the end of the name of a narrower class."""
    classes = drug_classes()
    for inner in (classes[name] for name in named if outer in classes[name].within):
        text = inner.words.sub("\0", text)
    if "\0" not in text:
        return False
    rest = re.sub(rf"\0\w*[\s-]{{0,2}}(?:{classes[outer].words.pattern})", "", text, flags=re.IGNORECASE)
    return not classes[outer].words.search(rest)


@functools.lru_cache(maxsize=8192)
def drugs_named(text: str) -> frozenset[str]:
    """The drugs that a criterion names one by one."""
    words = re.findall(r"[a-zäöüß-]+", text.lower())
    known = _classes_by_name()
    pairs = {" ".join(words[start : start + size]) for size in (1, 2, 3) for start in range(len(words) - size + 1)}
    return frozenset(pairs & known.keys())


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of neuropathy; see ``data/terms/neuropathy_types.toml`` for what the flags mean."""

    id: str
    label: str
    cause: bool
    peripheral: bool
    disease: bool
    may_be: frozenset[str]
    words: re.Pattern[str]


@functools.cache
def kinds() -> dict[str, Kind]:
    """All kinds of neuropathy by id, with ``may_be`` taken both ways.

    Raises:
        InputError: the file is wrong.
    """
    path = data_dir("terms", "neuropathy_types.toml")
    rows = {row["id"]: row for row in load_toml(path)["type"]}
    names = [field.name for field in fields(Kind)]
    found = {}
    for key, row in rows.items():
        refuse_unknown_keys(path, row, [*names, "yes", "no"], key)
        also = set(row["may_be"]) | {other for other, its in rows.items() if key in its["may_be"]}
        if not also <= rows.keys():
            raise InputError(f"{path}: {key}: may_be names no type: {', '.join(sorted(also - rows.keys()))}")
        values = {name: row[name] for name in names} | {
            "may_be": frozenset(also),
            "words": re.compile(row["words"], re.IGNORECASE),
        }
        found[key] = Kind(**values)
    return found


@functools.cache
def rare_causes() -> re.Pattern[str]:
    """Causes of neuropathy that none of the kinds stands for."""
    return re.compile(load_toml(data_dir("terms", "neuropathy_types.toml"))["rare"]["words"], re.IGNORECASE)


@functools.cache
def plain_words() -> dict[str, dict[str, str]]:
    """For each pattern: ``label`` in plain words and ``ask``, the question for the study team (may be missing).

    Raises:
        InputError: the file has a key that nothing reads.
    """
    path = data_dir("questions.toml")
    found: dict[str, dict[str, str]] = load_toml(path)["patterns"]
    for pattern, row in found.items():
        refuse_unknown_keys(path, row, ("label", "ask"), pattern)
    return found


def label(pattern: str) -> str:
    """A pattern in plain words."""
    return plain_words().get(pattern, {}).get("label", pattern.replace("_", " "))
