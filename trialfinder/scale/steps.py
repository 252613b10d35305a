"""What is done with one part of a dataset, from end to end. Pure in its arguments, so that any worker can do it again.

Each step leaves a part whole or as it was, and does nothing when what it would make is there already: made of the
same records, by the same reader.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialfinder.base.resources import made_by
from trialfinder.errors import InputError, RecordError
from trialfinder.scale.dataset import RECORDS, Dataset, Kinds
from trialfinder.scale.staging import Staging
from trialfinder.study.model import Study
from trialfinder.study.read_study import read_study
from trialfinder.tables.columns import TABLES
from trialfinder.tables.rows import RELATED_TABLES, class_cells, related_rows, study_row

if TYPE_CHECKING:
    from trialfinder.person import Profile

#: What ``classify`` concludes from one record; the table of studies leaves it out.
CLASSES = (
    "relevance", "relevance_reason", "cell_product", "cell_source", "donor", "routes", "dose", "number_of_doses",
    "neuropathy_types", "nerve_role", "follow_up_months", "outcome_kinds",
)  # fmt: skip
#: What depends on the day, on other records of the sponsor or on saved searches.
_LATER = {
    *CLASSES, "joinable", "joinable_reason", "warning_signs", "strong_warning_signs", "protective_signs", "searches",
}  # fmt: skip
#: What ``matches`` has of a list and not of a dataset: it would have each study classified to be matched.
_OF_A_LIST = {"relevance", "illness", "strong_warning_signs"}
#: ``items`` for reading on, ``kept`` for judging (see ``judge.kept``).
TREES = {"nct_id": "string", "hash": "string", "items": "string", "kept": "string"}
ASIDE = {"nct_id": "string", "reason": "string"}


def kinds(table: str) -> dict[str, str]:
    """The columns of a table of the dataset, and their types."""
    if table in ("studies", "classes"):
        wanted = {c.name: c.dtype for c in TABLES["studies"]}
        if table == "classes":
            return {"nct_id": "string", "hash": "string"} | {name: wanted[name] for name in CLASSES}
        return {name: kind for name, kind in wanted.items() if name not in _LATER}
    if table == "matches":
        matches: dict[str, str] = {c.name: c.dtype for c in TABLES[table] if c.name not in _OF_A_LIST}
        return matches | {"judged_as_of": "string"}
    return {c.name: c.dtype for c in TABLES[table]}


@dataclass(frozen=True)
class Done:
    """What became of a part: counts by what was done with each record, and whether all of it was there before."""

    part: str
    counts: dict[str, int]
    kept: bool = False


# Import --------------------------------------------------------------------------------------------------------------


def settle_part(folder: Path, run: str, part: str) -> Done:
    """Puts the waiting records of a part into it; a newer copy replaces an older one, never the other way round."""
    dataset = Dataset(folder)
    noted = dataset.about("records", part)
    if noted.get("run") == run:  # written, and the run was killed before it could say so
        return Done(part, noted["counts"], kept=True)
    counts = dict.fromkeys(("new", "changed", "unchanged", "older"), 0)
    kept = {row["nct_id"]: row for row in dataset.rows("records", part)}
    with Staging(folder / "staging.sqlite") as staging:
        for nct_id, digest, posted, holder, body in staging.records(part):
            old = kept.get(nct_id)
            fate = _fate(old, digest, (posted, holder))
            counts[fate] += 1
            if fate in ("new", "changed"):
                values = (nct_id, digest, posted, holder, body.decode("utf-8"))
                kept[nct_id] = dict(zip(RECORDS, values, strict=True))
    if not counts["new"] and not counts["changed"]:
        return Done(part, counts, kept=True)
    tables: dict[str, Kinds] = {name: kinds(name) for name in ("studies", *RELATED_TABLES)}
    tables |= {"set_aside": ASIDE, "records": RECORDS}
    made_of = _digest(row["hash"] for _, row in sorted(kept.items()))
    with dataset.writing(part, tables, {"run": run, "counts": counts, "made_of": made_of}) as writer:
        for nct_id, row in sorted(kept.items()):
            writer.add("records", [row])
            study = _study(row["json"])
            if isinstance(study, str):
                writer.add("set_aside", [{"nct_id": nct_id, "reason": study}])
                continue
            made = study_row(study)
            writer.add("studies", [{name: made[name] for name in tables["studies"]}])
            for name in RELATED_TABLES:
                writer.add(name, related_rows(name, study))
    return Done(part, counts)


def _fate(old: dict[str, Any] | None, digest: str, copy: tuple[str, str]) -> str:
    if old is None:
        return "new"
    if old["hash"] == digest:
        return "unchanged"
    return "changed" if copy > (old["posted"], old["holder"]) else "older"


def _study(text: str) -> Study | str:
    """The study, or why its record is not in the promised shape."""
    try:
        return read_study(json.loads(text))
    except RecordError as error:
        return str(error)


def _digest(parts: Iterator[str] | list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _studies(dataset: Dataset, part: str) -> Iterator[tuple[str, Study]]:
    """The studies of a part with the hash of their records; those not in the promised shape are in ``set_aside``."""
    for row in dataset.rows("records", part, ["hash", "json"]):
        study = _study(row["json"])
        if isinstance(study, Study):
            yield row["hash"], study


# Read ----------------------------------------------------------------------------------------------------------------


def read_part(folder: Path, part: str) -> Done:
    """Reads the criteria of a part: ``criteria``, ``readings``, and ``trees`` for matching.

    What was read of an unchanged record by the same reader is kept.
    """
    from trialfinder.judge import keep, kept_by
    from trialfinder.reading import items_from_json, items_to_json, names_of, read_text
    from trialfinder.tables.criteria_rows import criteria_rows

    dataset = Dataset(folder)
    about = {"made_of": dataset.about("records", part).get("made_of"), "by": kept_by()}
    number = dataset.about("trees", part)
    if number and {key: number.get(key) for key in about} == about:
        return Done(part, {"kept": number["studies"]}, kept=True)
    old = {}
    if number.get("by") == about["by"]:
        old = {row["hash"]: row for row in dataset.rows("trees", part)}
    studies = list(_studies(dataset, part))
    tables: dict[str, Kinds] = {"criteria": kinds("criteria"), "readings": kinds("readings"), "trees": TREES}
    counts = {"read": 0, "kept": 0}
    with dataset.writing(part, tables, about | {"studies": len(studies)}) as writer:
        for digest, study in studies:
            known, text = old.get(digest), study.eligibility_criteria
            counts["kept" if known else "read"] += 1
            if known:
                items = items_from_json(json.loads(known["items"]))
            else:
                found = read_text(text, names_of(study))
                items = found.items
                written = json.dumps(items_to_json(items))
                kept = keep(study, found.criteria).decode()
                known = {"nct_id": study.nct_id, "hash": digest, "items": written, "kept": kept}
            for table in ("criteria", "readings"):
                writer.add(table, criteria_rows(table, study.nct_id, text, items))
            writer.add("trees", [known])
    return Done(part, counts)


# Classify ------------------------------------------------------------------------------------------------------------


def classify_part(folder: Path, part: str) -> Done:
    """Says of each study of a part what it is: ``classes``. What an unchanged record gave is kept."""
    dataset = Dataset(folder)
    about = {
        "made_of": dataset.about("records", part).get("made_of"),
        "by": made_by("classify", "phrases", "study", "base"),
    }
    noted = dataset.about("classes", part)
    if noted and {key: noted.get(key) for key in about} == about:
        return Done(part, {"kept": noted["studies"]}, kept=True)
    old = {}
    if noted.get("by") == about["by"]:
        old = {row["hash"]: row for row in dataset.rows("classes", part)}
    studies = list(_studies(dataset, part))
    counts = {"classified": 0, "kept": 0}
    with dataset.writing(part, {"classes": kinds("classes")}, about | {"studies": len(studies)}) as writer:
        for digest, study in studies:
            known = old.get(digest)
            counts["kept" if known else "classified"] += 1
            writer.add("classes", [known or {"nct_id": study.nct_id, "hash": digest} | class_cells(study)])
    return Done(part, counts)


# Match ---------------------------------------------------------------------------------------------------------------


def facts_to_send(profile: Profile) -> dict[str, Any]:
    """The facts in a form that another process can be given: a profile itself refuses to be packed, on purpose."""
    return {key: dict(value) if isinstance(value, Mapping) else value for key, value in profile.facts().items()}


def match_part(folder: Path, person: str, told: Mapping[str, Any], today: dt.date, part: str) -> Done:
    """Holds one person's facts against every study of a part: ``matches/PERSON``. Reads what was not read yet.

    ``told`` is what ``facts_to_send`` gives. Kept as it is when records, reader, facts and day are the same.
    """
    from trialfinder.classify import joinable
    from trialfinder.judge import judge, kept, verdict_row
    from trialfinder.person import Profile

    profile = Profile(told)
    read_part(folder, part)
    dataset, table = Dataset(folder), f"matches/{person}"
    facts = sorted(f"{key}={value!r}" for key, value in told.items())
    by = made_by("judge", "person", "reading", "classify", "drugs", "phrases", "study", "base")
    made_of = dataset.about("trees", part).get("made_of")
    columns = kinds("matches")  # of the facts themselves nothing
    about = {"made_of": _digest([str(made_of), by, today.isoformat(), *columns, *facts])}
    noted = dataset.about(table, part)
    if noted.get("made_of") == about["made_of"]:
        return Done(part, {"kept": noted["studies"]}, kept=True)
    counts = {"conflict": 0, "possible": 0, "nothing_against": 0}
    studies = dataset.about("trees", part).get("studies")
    with dataset.writing(part, {table: columns}, about | {"studies": studies}) as writer:
        for read in map(kept, (row["kept"] for row in dataset.rows("trees", part, ["kept"]))):
            study = read.study
            verdict = judge(study, read.criteria, profile, today, read.studied)
            counts[verdict.verdict] += 1
            row = verdict_row(verdict, joinable(study, today).answer)
            row |= {"brief_title": study.brief_title, "url": study.url, "judged_as_of": today.isoformat()}
            writer.add(table, [{name: None if row.get(name) == "" else row.get(name) for name in columns}])
    return Done(part, counts)


def person_name(path: Path) -> str:
    """What a person's matches are called: the name of the profile's file.

    Raises:
        InputError: the name cannot be one of a folder.
    """
    if not path.stem or path.stem.startswith("."):
        raise InputError(f"{path}: its name cannot be the name of a folder; give the file another name")
    return path.stem
