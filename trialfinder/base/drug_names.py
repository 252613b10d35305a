"""Drugs by their names and classes, of ``data/terms/drugs.toml``."""

from __future__ import annotations

import functools
import re

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
    """Words that name the class; a criterion with them is read as speaking of its drugs."""
    no: tuple[str, ...]
    """Words that do not."""
    within: tuple[str, ...] = ()
    """Classes that this class belongs to."""
    concept: str = ""
    """The row of the catalogue of patterns that reads such a drug; '' for that of the class around it."""


class DrugFile(DataRow, frozen=True):
    """``data/terms/drugs.toml``."""

    classes: tuple[DrugClass, ...] = msgspec.field(name="class")
    """The classes."""
    same: tuple[tuple[str, ...], ...] = ()
    """Names of one drug each: the generic name first, by which the classes name it; then others, brands, letters."""


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


_WORD = re.compile(r"[a-z0-9äöüß'’-]+")
_LONGEST = 4
"""Words of the longest name."""


_SALT = re.compile(
    r" (?:sodium|potassium|calcium|hydrochloride|hcl|sul(?:f|ph)ate|fumarate|mesylate|maleate|tartrate|succinate|"
    r"acetate|citrate|dipivoxil|phosphate|besylate|tosylate|hydrobromide|bromide|dihydrate|resin)\b"
)
"""What a drug is bound to, which makes it no other drug."""


def _key(name: str) -> str:
    return " ".join(_WORD.findall(name.lower()))


@functools.cache
def _classes_by_name() -> dict[str, frozenset[str]]:
    """The classes of every drug of the table by each of its names; a drug without a class has none."""
    found: dict[str, set[str]] = {}
    for drug_class in drug_classes().values():
        for name in drug_class.names:
            found.setdefault(_key(name), set()).update(_with_outer(drug_class.id))
    for names in _other_names().values():
        classes = set().union(*(found.get(_key(name), ()) for name in names))
        for name in names:
            found.setdefault(_key(name), set()).update(classes)
    return {name: frozenset(classes) for name, classes in found.items()}


@functools.cache
def _other_names() -> dict[str, tuple[str, ...]]:
    """All names of a drug by each of them."""
    rows = load(data_dir("terms", "drugs.toml"), DrugFile, flags=re.IGNORECASE).same
    return {_key(name): row for row in rows for name in row}


def _with_outer(class_id: str) -> set[str]:
    found = {class_id}
    for outer in drug_classes()[class_id].within:
        found |= _with_outer(outer)
    return found


@functools.lru_cache(maxsize=8192)
def drugs_named(text: str) -> frozenset[str]:
    """The drugs that words name one by one, as the table writes them: of "insulin glargine" not also "insulin"."""
    return frozenset(name for name, _start, _end in drug_places(text.lower()))


def drug_places(text: str, *, classes: bool = False) -> list[tuple[str, int, int]]:
    """The names of drugs in words, with where each begins and ends. The longest name counts.

    Args:
        text: words of a criterion or of a person, lower case.
        classes: names of classes ("statins") as well, as the examples of the table write them.
    """
    known, firsts = _known(classes)
    if firsts.isdisjoint(_WORD.findall(text)):
        return []
    words = list(_WORD.finditer(text))
    found, at = [], 0
    while at < len(words):
        longest = min(_LONGEST, len(words) - at) if words[at].group() in firsts else 0
        for size in range(longest, 0, -1):
            start, end = words[at].start(), words[at + size - 1].end()
            name = " ".join(word.group() for word in words[at : at + size])
            name = name if name in known else name.removesuffix("s")
            if name in known and not _parted(text[start:end]):
                salt = _SALT.match(text, end)
                found.append((name, start, salt.end() if salt else end))
                at += size - 1
                break
        at += 1
    return found


@functools.cache
def _known(classes: bool) -> tuple[frozenset[str], frozenset[str]]:
    """All names, and the words with which one can begin."""
    names = set(_classes_by_name())
    if classes:
        names |= {_key(said).removesuffix("s") for row in drug_classes().values() for said in row.yes}
    firsts = {name.partition(" ")[0] for name in names}
    return frozenset(names), frozenset(firsts | {name + "s" for name in names if " " not in name})


@functools.cache
def name_beginnings() -> frozenset[str]:
    """Letters and digits with which the name of a drug or a class can begin, up to the first other sign."""
    return frozenset(found[0] for name in _known(True)[1] if (found := _LETTERS.search(name)))


_LETTERS = re.compile(r"[^\W_]+")


def _parted(words: str) -> bool:
    """Whether a sign stands in words that ends a name."""
    return any(sign in words for sign in ",;:()")


@functools.lru_cache(maxsize=4096)
def same_drug(drug: str) -> tuple[str, ...]:
    """Other names of a drug as a person writes it: "Coumadin 5 mg" is warfarin; () when the table has none."""
    known = _other_names()
    return tuple(dict.fromkeys(name for word in sorted(drugs_named(drug)) for name in known.get(word, ())))


@functools.lru_cache(maxsize=4096)
def classes_of(drug: str) -> frozenset[str]:
    """The classes of a drug as a person writes it ("Apixaban 5 mg"); empty when the table does not know it."""
    known = _classes_by_name()
    return frozenset().union(*(known[name] for name in drugs_named(drug)))


def classes_around(classes: frozenset[str]) -> frozenset[str]:
    """The classes with all that they belong to."""
    return frozenset().union(*(_with_outer(name) for name in classes))


@functools.lru_cache(maxsize=4096)
def concept_of(drug: str) -> str:
    """The row of the catalogue of patterns that reads a drug or a class, by their names in a criterion."""
    classes, own = drug_classes(), classes_of(drug) or classes_around(classes_named(drug))
    wanted = [classes[name].concept for name in classes if name in own and classes[name].concept]
    return wanted[0] if wanted else "other_medication"


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
