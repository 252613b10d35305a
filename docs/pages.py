"""The documents that are made from the code itself: the rooms and their picture, and what stands in the data files."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
from collections.abc import Collection
from typing import Any, get_args, get_origin

import msgspec

from docs.house import arrows, modules, parsed

_TERMS = "{cells,sources,donors,routes,nerves,topics,outcomes,context,noise}"
#: The files of ``data/`` and ``queries/``, each with the struct that says what may stand in it.
DATA = {
    "data/patterns/*.toml": "reading.vocabulary.patterns.PatternFile",
    "data/terms/criteria_context.toml": "reading.vocabulary.cues.ContextFile",
    "data/structure.toml": "reading.vocabulary.structure_words.StructureFile",
    "data/slots.toml": "reading.vocabulary.slot_words.SlotWords",
    "data/spelling.toml": "reading.wording.spelling.SpellingFile",
    "data/units.toml": "reading.amounts.units.UnitsFile",
    "data/profile.toml": "person.profile_schema.ProfileFile",
    "data/nouns.toml": "reading.wording.nouns.NounsFile",
    "data/sayings.toml": "reading.refine.sayings.SayingsFile",
    "data/denials.toml": "judge.denials.denial_words.DenialsFile",
    "data/tests.toml": "judge.leaf_tests.TestsFile",
    "data/around_limits.toml": "judge.bars.around_words.AroundWords",
    "data/around_things.toml": "judge.bars.around_words.AroundWords",
    "data/aside.toml": "judge.bars.aside.AsideFile",
    "data/asked.toml": "judge.bars.asked.AskedFile",
    "data/no_heading.toml": "judge.bars.no_heading.NoHeadingFile",
    "data/allergens.toml": "judge.answering.allergies.AllergensFile",
    "data/illness_forms.toml": "judge.names.illness_forms.IllnessFormsFile",
    "data/cancer_kinds.toml": "judge.names.cancer_kinds.CancerKindsFile",
    "data/questions.toml": "base.pattern_words.QuestionsFile",
    "data/terms/drugs.toml": "drugs.drug_names.DrugFile",
    "data/terms/neuropathy_types.toml": "person.word_tables.NeuropathyTypes",
    "data/implications.toml": "person.implications.ImplicationFile",
    "data/terms/illnesses.toml": "person.implications.IllnessFile",
    f"data/terms/{_TERMS}.toml": "classify.term_tables.TermFile",
    "data/signs/warning.toml": "classify.sign_rules.WarningFile",
    "data/signs/protective.toml": "classify.sign_rules.ProtectiveFile",
    "data/signs/questions.toml": "classify.sign_rules.StandingQuestions",
    "data/approval.toml": "classify.sign_rules.Approval",
    "data/changes.toml": "changes.event_table.ChangesFile",
    "data/places.toml": "base.countries.PlacesFile",
    "data/scales.toml": "pages.short_names.ScalesFile",
    "data/filter_words.toml": "catalogue.filter_words.FilterWordsFile",
    "data/snapshot/sources.toml": "catalogue.sighted.Sighted",
    "queries/*.toml": "registry.search_files.SearchFile",
    "queries/facets/*.toml": "registry.search_files.SharedFacet",
    "config.toml": "deliver.settings.ConfigFile",
}
_WORDS = {str: "text", int: "whole number", float: "number", bool: "true or false", Any: "any value"}


def rooms(house: str = "trialfinder") -> str:
    """One line for each room of a package: the first sentence of its docstring."""
    lines = ["| room | what it is for |", "| --- | --- |"]
    for name, path in modules().items():
        if name.rpartition(".")[0] == house and not name.endswith("__main__"):
            said = ast.get_docstring(parsed(path)) or ""
            lines.append(f"| `{name.rpartition('.')[2]}` | {' '.join(said.split(chr(10) * 2)[0].split())} |")
    return "\n".join(lines)


_EVERYWHERE = {"base", "errors", "__main__", "trialfinder"}


def picture(house: str = "trialfinder", left_out: Collection[str] = _EVERYWHERE) -> str:
    """The rooms of a package and who imports from whom, without those that all use and ways that lead over others."""
    found = {a: others - {*left_out} for a, others in arrows(house).items() if a not in left_out}

    @functools.cache
    def reach(start: str) -> set[str]:
        return set().union(*(reach(other) | {other} for other in found[start]))

    lines = ["```mermaid", "flowchart TD"]
    for name, others in sorted(found.items()):
        far = set().union(*(reach(other) for other in others))
        lines += [f"    {name} --> {other}" for other in sorted(others - far)]
    return "\n".join([*lines, "```"])


def data_page() -> str:
    """What may stand in every data file."""
    lines = [
        "# Data files\n",
        "What a volunteer can correct stands in these files. Each is read strictly: an unknown key, a missing one or a "
        "value of another type is told on one line, with the file, the line, the way there and the nearest right key. "
        "`trialfinder patterns check` and `trialfinder queries check` look at them without running anything.\n",
    ]
    for files, name in DATA.items():
        lines.append(f"## {files}\n")
        lines += _struct(_found(name), set())
    return "\n".join(lines) + "\n"


def _found(name: str) -> Any:
    module, _, struct = name.rpartition(".")
    return getattr(importlib.import_module(f"trialfinder.{module}"), struct)


def _struct(struct: Any, told: set[Any]) -> list[str]:
    """A table of the keys of a struct, and one for each struct below it that was not told yet."""
    told.add(struct)
    meanings: dict[str, str] = {}
    for each in reversed(struct.__mro__):
        if each is not msgspec.Struct and issubclass(each, msgspec.Struct):
            meanings |= _meanings(each)
    said = " ".join((inspect.getdoc(struct) or "").split()).replace("``", "`")
    lines = [said + "\n", "| key | value | must be there | meaning |", "| --- | --- | --- | --- |"]
    below: list[Any] = []
    for field in msgspec.structs.fields(struct):
        must = "yes" if field.required else ""
        lines.append(
            f"| `{field.encode_name}` | {_kind(field.type, below)} | {must} | {meanings.get(field.name, '')} |"
        )
    lines.append("")
    for other in below:
        if other not in told:
            lines += [f"### {other.__name__}\n", *_struct(other, told)]
    return lines


def _meanings(struct: Any) -> dict[str, str]:
    body = ast.parse(inspect.getsource(struct)).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for field, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[ast.unparse(field.target)] = " ".join(str(after.value.value).split()).replace("``", "`")
    return found


def _kind(kind: Any, below: list[Any]) -> str:
    inner = [each for each in get_args(kind) if each not in (type(None), Ellipsis)]
    origin = get_origin(kind)
    if kind in _WORDS:
        return _WORDS[kind]
    if hasattr(kind, "shown"):
        return str(kind.shown)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        below.append(kind)
        return f"table {kind.__name__}"
    if origin in (tuple, frozenset, list):
        return f"list of {_kind(inner[0], below)}"
    if (isinstance(origin, type) and issubclass(origin, dict)) or str(origin).endswith("abc.Mapping'>"):
        return f"table of {_kind(inner[1], below)}"
    if str(origin) == "typing.Literal":
        return " \\| ".join(f"`{each}`" for each in inner if each)
    if inner:
        return " or ".join(dict.fromkeys(_kind(each, below) for each in inner))
    if issubclass(kind, str) and not hasattr(kind, "__members__"):
        return "text"
    return " \\| ".join(f"`{each.value}`" for each in kind) if hasattr(kind, "__members__") else str(kind.__name__)
