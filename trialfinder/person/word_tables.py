"""Loads the tables that judging rests on: drugs by class, kinds of neuropathy, plain words for patterns."""

from __future__ import annotations

import functools
import re
from typing import Literal

import msgspec

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load, mistake, unknown


class DrugClass(DataRow, frozen=True):
    """Drugs of one effect. A person who takes one of the names takes a drug of the class."""

    id: str
    """Short name of the class."""
    names: frozenset[str]
    """Generic names, lower case, in the spellings that people use."""
    words: re.Pattern[str]
    """How criteria name the class; any case."""
    source: str
    """Where the grouping is from."""
    yes: tuple[str, ...]
    """Words that name the class."""
    no: tuple[str, ...]
    """Words that do not."""
    within: tuple[str, ...] = ()
    """Classes that this class belongs to."""


class SameDrug(DataRow, frozen=True):
    """One drug under several names."""

    names: tuple[str, ...]
    """Generic names, then brands; lower case. The first is the one that the classes name."""


class DrugFile(DataRow, frozen=True):
    """``data/terms/drugs.toml``."""

    classes: tuple[DrugClass, ...] = msgspec.field(name="class")
    """The classes."""
    same: tuple[SameDrug, ...] = ()
    """Drugs that have several names."""


@functools.cache
def drug_classes() -> dict[str, DrugClass]:
    """All drug classes by id.

    Raises:
        InputError: the file is wrong.
    """
    path = data_dir("terms", "drugs.toml")
    rows = load(path, DrugFile, flags=re.IGNORECASE).classes
    found = {row.id: row for row in rows}
    for number, row in enumerate(rows):
        for outer in row.within:
            if outer not in found:
                raise mistake(path, ("class", number, "within"), f"{row.id}: {unknown('class', outer, found)}")
    return found


@functools.cache
def _classes_by_name() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for drug_class in drug_classes().values():
        for name in drug_class.names:
            found.setdefault(name, set()).update(_with_outer(drug_class.id))
    for names in _other_names().values():
        classes = set().union(*(found.get(name, ()) for name in names))
        for name in names:
            found.setdefault(name, set()).update(classes)
    return {name: frozenset(classes) for name, classes in found.items() if classes}


@functools.cache
def _other_names() -> dict[str, tuple[str, ...]]:
    """All names of a drug by each of them."""
    rows = load(data_dir("terms", "drugs.toml"), DrugFile, flags=re.IGNORECASE).same
    return {name: row.names for row in rows for name in row.names}


@functools.lru_cache(maxsize=4096)
def same_drug(drug: str) -> tuple[str, ...]:
    """Other names of a drug as a person writes it: "Coumadin 5 mg" is warfarin; () when the table has none."""
    known = _other_names()
    return tuple(
        dict.fromkeys(name for word in re.findall(r"[a-zäöüß-]+", drug.lower()) for name in known.get(word, ()))
    )


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


class Kind(DataRow, frozen=True):
    """One kind of neuropathy."""

    id: str
    """As in the catalogue of patterns."""
    label: str
    """In plain words."""
    cause: bool
    """The kind names a cause: two kinds with different causes are different illnesses."""
    peripheral: bool
    """Plainly meant by "peripheral neuropathy"."""
    disease: bool
    """A disease of the nerves in its own right."""
    may_be: frozenset[str]
    """Other kinds that the same neuropathy can also be; taken both ways."""
    words: re.Pattern[str]
    """The kind or its cause, as it stands after "due to", "caused by", "other than"; any case."""
    yes: tuple[str, ...]
    """Words that name the kind."""
    no: tuple[str, ...]
    """Words that do not."""


class RareCauses(DataRow, frozen=True):
    """Causes of neuropathy that none of the kinds stands for."""

    words: re.Pattern[str]
    """Any of them; any case."""
    yes: tuple[str, ...]
    """Words that name one."""
    no: tuple[str, ...]
    """Words that do not."""


class NeuropathyTypes(DataRow, frozen=True):
    """``data/terms/neuropathy_types.toml``."""

    type: tuple[Kind, ...]
    """The kinds."""
    rare: RareCauses
    """Other causes."""


@functools.cache
def _types() -> NeuropathyTypes:
    return load(data_dir("terms", "neuropathy_types.toml"), NeuropathyTypes, flags=re.IGNORECASE)


@functools.cache
def kinds() -> dict[str, Kind]:
    """All kinds of neuropathy by id, with ``may_be`` taken both ways.

    Raises:
        InputError: the file is wrong.
    """
    rows = {row.id: row for row in _types().type}
    found = {}
    for number, row in enumerate(rows.values()):
        for other in row.may_be - rows.keys():
            place = data_dir("terms", "neuropathy_types.toml")
            raise mistake(place, ("type", number, "may_be"), f"{row.id}: {unknown('type', other, rows)}")
        also = row.may_be | {other.id for other in rows.values() if row.id in other.may_be}
        found[row.id] = msgspec.structs.replace(row, may_be=also)
    return found


@functools.cache
def rare_causes() -> re.Pattern[str]:
    """Causes of neuropathy that none of the kinds stands for."""
    return _types().rare.words


class QuestionsFile(DataRow, frozen=True):
    """``data/questions.toml``."""

    patterns: dict[str, dict[Literal["label", "ask"], str]]
    """For each pattern: ``label`` in plain words, and ``ask``, the question for the study team."""


@functools.cache
def plain_words() -> dict[str, dict[Literal["label", "ask"], str]]:
    """For each pattern: ``label`` in plain words and ``ask``, the question for the study team (may be missing).

    Raises:
        InputError: the file has a key that nothing reads.
    """
    return load(data_dir("questions.toml"), QuestionsFile).patterns


def label(pattern: str) -> str:
    """A pattern in plain words."""
    return plain_words().get(pattern, {}).get("label", pattern.replace("_", " "))
