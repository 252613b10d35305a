"""A support group: the profiles of a folder, held against the same studies. No fact of anybody is in what comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trialfinder.catalogue.filters import RELEVANCE_WORDS
from trialfinder.catalogue.matching import GROUP_WORDS, JOINABLE, Match, match_rows
from trialfinder.errors import InputError
from trialfinder.judge.own.own_illness import MAY_BE_OWN, OWN, about
from trialfinder.tables.rows import Row

if TYPE_CHECKING:
    import datetime as dt

    from trialfinder.catalogue.gazetteer import KnownPlace
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.person import Profile

STUDY_COLUMNS = ("nct_id", "brief_title", "joinable", "status_words", "countries", "url", "relevance")


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the group, by the name of their file, with the verdicts in the order in which they are shown."""

    name: str
    profile: Profile
    matches: list[Match]


def members(catalogue: Catalogue, folder: Path, rows: Sequence[Row]) -> list[Member]:
    """Everybody whose profile is in the folder, by name.

    Raises:
        InputError: the folder has no profile, or some are wrong; all of these are told.
    """
    profiles = profiles_in(folder, catalogue.today)
    return [Member(name, who, match_rows(catalogue, who, rows, _place(who))) for name, who in profiles]


def profiles_in(folder: Path, today: dt.date) -> list[tuple[str, Profile]]:
    """The profiles of a folder by the names of their files, in order.

    Raises:
        InputError: the folder has none, or some are wrong; all of these are told.
    """
    from trialfinder.person import load

    if folder.is_file():
        raise InputError(f"{folder}: is one profile, no folder of them; for one: trialfinder match --profile {folder}")
    if not folder.exists():
        raise InputError(f"{folder}: there is no such folder")
    files = sorted(path for path in folder.glob("*.toml") if path.is_file()) if folder.is_dir() else []
    if not files:
        raise InputError(f"{folder}: there is no profile (*.toml) in this folder")
    found: list[tuple[str, Profile]] = []
    wrong: list[InputError] = []
    for file in files:
        try:
            found.append((file.stem, load(file, today=today)))
        except InputError as error:
            wrong.append(error)
    if not wrong:
        return found
    lost = misplaced(folder, found)
    if len(wrong) == 1 and not lost:
        raise wrong[0]
    number = len(wrong) + len({problem.partition(".toml:")[0] for problem in lost})
    raise InputError(f"{folder}: {number} profiles are wrong", suggestions=sorted([*map(str, wrong), *lost]))


def misplaced(folder: Path, people: Iterable[tuple[str, Profile]]) -> list[str]:
    """The towns and countries of a group that nobody knows, each with its file: they stop nobody and count for none."""
    from trialfinder.catalogue.near import unknown_places

    return [f"{folder / name}.toml: {error}" for name, who in people for error in unknown_places(who)]


def _place(profile: Profile) -> KnownPlace | None:
    from trialfinder.catalogue.near import own_place

    try:
        return own_place(profile)
    except InputError:  # told by profile check; without it the distance is missing
        return None


def overview(people: Sequence[Member], rows: Sequence[Row]) -> tuple[list[str], list[Row]]:
    """Studies × people: the columns, and one row a study: core before related, in each those first that can be joined.

    Under each name stands the group in which their own list has the study, or that it is for another illness, and
    under ``NAME: why`` what the study names, the sentence of the registry that decides, or what to ask.
    """
    made: dict[str, Row] = {row["nct_id"]: {key: row[key] for key in STUDY_COLUMNS} for row in rows}
    for row in made.values():
        row["relevance"] = RELEVANCE_WORDS.get(row["relevance"] or "", row["relevance"])
    shape = list(STUDY_COLUMNS)
    for person, column in zip(people, _columns(people), strict=True):
        shape += [column, f"{column}: why"]
        for match in person.matches:
            made[match.row["nct_id"]] |= zip((column, f"{column}: why"), _told(match), strict=True)
    ordered = sorted(made.values(), key=lambda row: (row["relevance"] != "core", JOINABLE.get(row["joinable"], 2)))
    return shape, ordered


def _told(match: Match) -> tuple[str, str]:
    """The group and why. Of those that are closed nothing is asked."""
    from trialfinder.judge import reason

    if match.group == "over":
        return GROUP_WORDS["over"], match.row["status_words"] or ""
    own = match.closeness == OWN or (match.closeness == MAY_BE_OWN and match.group == "conflict")
    names = "" if own else f"for {about(match.row)}; "
    return GROUP_WORDS[match.group], names + reason(match.verdict, 300)


def _columns(people: Sequence[Member]) -> Iterator[str]:
    """The names, other than those of the study's own columns."""
    for person in people:
        yield f"{person.name} (person)" if person.name in STUDY_COLUMNS else person.name
