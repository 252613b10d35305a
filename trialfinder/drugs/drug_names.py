"""Drugs by their names and classes, of ``data/terms/drugs.toml``."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import ClassVar

import msgspec

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load, mistake, unknown
from trialfinder.phrases.guards import PhraseRow, SaidPhrases
from trialfinder.phrases.phrase_index import PhraseHit, PhraseIndex
from trialfinder.phrases.phrase_language import SaidPhrase
from trialfinder.phrases.word_forms import plain_letters


class DrugClass(PhraseRow, frozen=True, kw_only=True, eq=False):
    """Drugs of one effect. A person who takes one of the names takes a drug of the class."""

    id: str
    """Short name of the class."""
    names: tuple[str, ...]
    """Generic names, lower case; plurals and the other side's spelling are found as well."""
    says: SaidPhrases
    """How criteria name the class."""
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


class DrugWay(DataRow, frozen=True):
    """A way in which drugs are given, as far as criteria tell it from others."""

    id: str
    """Short name of the way."""
    words: tuple[str, ...]
    """How criteria name the way."""
    not_names: tuple[str, ...]
    """Drugs that are never given so, as the classes name them."""
    not_told: tuple[str, ...]
    """Words of a person beside a drug that tell another way."""
    source: str
    """Where it is from."""
    yes: tuple[str, ...]
    """Words of a criterion that name the way."""
    no: tuple[str, ...]
    """Words that do not."""


class DrugFile(DataRow, frozen=True):
    """``data/terms/drugs.toml``."""

    classes: tuple[DrugClass, ...] = msgspec.field(name="class")
    """The classes."""
    ways: tuple[DrugWay, ...] = msgspec.field(name="way")
    """The ways of giving."""
    same: tuple[tuple[str, ...], ...] = ()
    """Names of one drug each: the generic name first, by which the classes name it; then others, brands, letters."""


class _DrugName(msgspec.Struct, frozen=True, gc=False):
    """A name as it is looked for; letters that a hyphen or an apostrophe joins to it make another word of it."""

    name: str
    """As the table writes it; '' for all names of classes."""
    terms: tuple[SaidPhrase, ...]
    case: ClassVar[bool] = False
    stands_free: ClassVar[bool] = False

    def fits(self, lower: str, start: int, end: int, /) -> bool:
        return not (start and lower[start - 1] in "-'’") and lower[end : end + 1] not in {"-", "'", "’"}


@functools.cache
def _file() -> DrugFile:
    return load(data_dir("terms", "drugs.toml"), DrugFile)


@functools.cache
def drug_classes() -> dict[str, DrugClass]:
    """All drug classes by id.

    Raises:
        InputError: the file is wrong.
    """
    found = {row.id: row for row in _file().classes}
    for number, row in enumerate(_file().classes):
        for outer in row.within:
            if outer not in found:
                place = data_dir("terms", "drugs.toml"), ("class", number, "within")
                raise mistake(*place, f"{row.id}: {unknown('class', outer, found)}")
    return found


@functools.cache
def _classes_by_name() -> dict[str, frozenset[str]]:
    """The classes of every drug of the table by each of its names; a drug without a class has none."""
    found: dict[str, frozenset[str]] = {}
    for drug_class in drug_classes().values():
        for name in drug_class.names:
            found[name] = found.get(name, frozenset()) | classes_around({drug_class.id})
    for names in _file().same:
        classes = frozenset[str]().union(*(found.get(name, ()) for name in names))
        found.update({name: found.get(name, classes) | classes for name in names})
    return found


@functools.cache
def _other_names() -> dict[str, tuple[str, ...]]:
    """All names of a drug by each of them."""
    return {name: names for names in _file().same for name in names}


@functools.cache
def _name_index() -> PhraseIndex[_DrugName]:
    said = {words.lower().removesuffix("s") for row in drug_classes().values() for words in row.yes}
    of_classes = _DrugName("", tuple(SaidPhrase(words) for words in sorted(said, key=len, reverse=True)))
    return PhraseIndex([*(_DrugName(name, (SaidPhrase(name),)) for name in _classes_by_name()), of_classes])


@functools.cache
def _class_index() -> PhraseIndex[DrugClass]:
    return PhraseIndex(drug_classes().values())


_SALT = re.compile(
    r" (?:sodium|potassium|calcium|hydrochloride|hcl|sul(?:f|ph)ate|fumarate|mesylate|maleate|tartrate|succinate|"
    r"acetate|citrate|dipivoxil|phosphate|besylate|tosylate|hydrobromide|bromide|dihydrate|resin)\b"
)
"""What a drug is bound to, which makes it no other drug."""


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
    found: list[tuple[str, int, int]] = []
    hits = [hit for hit in _name_index().hits(text, text)[0] if classes or hit.rule.name]
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not found or hit.start >= found[-1][2]:
            salt = _SALT.match(text, hit.end)
            found.append((hit.rule.name or text[hit.start : hit.end], hit.start, salt.end() if salt else hit.end))
    return found


def can_be_in(said: AbstractSet[str]) -> bool:
    """Whether words are among those of a text with which the name of a drug or of a class can begin."""
    return _name_index().can_be_in(said)


@functools.lru_cache(maxsize=4096)
def same_drug(drug: str) -> tuple[str, ...]:
    """Other names of a drug as a person writes it: "Coumadin 5 mg" is warfarin; () when the table has none."""
    known = _other_names()
    return tuple(dict.fromkeys(name for word in sorted(drugs_named(drug)) for name in known.get(word, ())))


@functools.lru_cache(maxsize=4096)
def classes_of(drug: str) -> frozenset[str]:
    """The classes of a drug as a person writes it ("Apixaban 5 mg"); empty when the table does not know it."""
    return frozenset().union(*(_classes_by_name()[name] for name in drugs_named(drug)))


def classes_around(classes: AbstractSet[str]) -> frozenset[str]:
    """The classes with all that they belong to."""
    within = {outer for name in classes for outer in drug_classes()[name].within}
    return frozenset(classes).union(classes_around(within) if within else ())


_BIOLOGIC = re.compile(r"\bbiologic(?:al)? (?!or\b|and\b)\w")
_ANY_SORT = re.compile(r"\b(?:non-?\s?biologic\w*|conventional|synthetic|small|or|and)\b|,|/")
"""Beside "biologic DMARDs" they leave no sort out."""


def of_another_sort(drug: str, words: str) -> bool:
    """Whether a criterion means only the biologic ones of a class ("biologic DMARDs"), and a drug is none of them."""
    if _BIOLOGIC.search(words) is None or _ANY_SORT.search(words):
        return False
    return "biologic" not in classes_of(drug)


@functools.lru_cache(maxsize=4096)
def given_otherwise(drug: str, words: str) -> bool:
    """Whether a criterion names a way of giving ("oral anticoagulants") in which the person is not given a drug.

    Args:
        drug: as the person writes it: "enoxaparin", "prednisolone eye drops".
        words: of the criterion, lower case.
    """
    asked = [way for way in drug_ways() if says_way(way, words)]
    if len(asked) != 1:  # "oral or inhaled", "topical or systemic": one of them may be meant
        return False
    [way] = asked
    names = {known for name in drugs_named(drug) for known in (name, *_other_names().get(name, ()))}
    return bool(names & set(way.not_names)) or _stand(way.not_told, drug.lower())


def drug_ways() -> tuple[DrugWay, ...]:
    """The ways of giving that criteria tell from others.

    Raises:
        InputError: the file is wrong.
    """
    return _file().ways


def says_way(way: DrugWay, words: str) -> bool:
    """Whether words name the way, and not another one beside it ("oral or inhaled")."""
    return _stand(way.words, words) and not _stand(way.not_told, words)


def _stand(phrases: Iterable[str], words: str) -> bool:
    return any(re.search(rf"\b{re.escape(phrase)}\b", words) for phrase in phrases)


@functools.lru_cache(maxsize=4096)
def concept_of(drug: str) -> str:
    """The row of the catalogue of patterns that reads a drug or a class, by their names in a criterion."""
    classes, own = drug_classes(), classes_of(drug) or classes_around(classes_named(drug))
    wanted = [classes[name].concept for name in classes if name in own and classes[name].concept]
    return wanted[0] if wanted else "other_medication"


@functools.lru_cache(maxsize=1024)
def _class_hits(lower: str) -> list[PhraseHit[DrugClass]]:
    return _class_index().hits(lower, lower)[0]


@functools.lru_cache(maxsize=8192)
def classes_named(text: str) -> frozenset[str]:
    """The classes that a criterion names by their class words ("oral anticoagulants").

    "Tricyclic antidepressants" names the tricyclics, and not all antidepressants.
    """
    lower = plain_letters(text.lower())
    hits = _class_hits(lower)
    return frozenset(hit.rule.id for hit in hits if not any(_ends(hit, inner, lower) for inner in hits))


def _ends(outer: PhraseHit[DrugClass], inner: PhraseHit[DrugClass], lower: str) -> bool:
    """Whether the words of a class stand only as the end of the name of a narrower class."""
    narrower = outer.rule.id in inner.rule.within and inner.start <= outer.start
    return narrower and re.fullmatch(r"[\s-]{0,2}", lower[inner.end : outer.start]) is not None


def without_classes(text: str, classes: AbstractSet[str]) -> str:
    """Words in lower case, without those that name one of these classes."""
    lower = plain_letters(text.lower())
    if not classes:
        return lower
    left = list(lower)
    for hit in _class_hits(lower):
        if hit.rule.id in classes:
            left[hit.start : hit.end] = " " * (hit.end - hit.start)
    return "".join(left)
