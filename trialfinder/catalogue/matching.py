"""Verdicts for the studies of a catalogue, for one person or for a folder of profiles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialfinder.errors import InputError
from trialfinder.study.model import Study
from trialfinder.tables.columns import names
from trialfinder.tables.rows import Row

if TYPE_CHECKING:
    import pandas as pd

    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.judge import Verdict
    from trialfinder.person import Profile

# The joinable first, then by verdict.
_JOINABLE = {"yes": 0, "not_yet": 1, "unsure": 2, "no": 3}
_VERDICTS = {"nothing_against": 0, "possible": 1, "conflict": 2}


@dataclass(frozen=True, slots=True)
class Match:
    """One study held against one person: the study's row and the verdict."""

    row: Row
    verdict: Verdict

    @property
    def order(self) -> tuple[int, int, bool, float]:
        """Nothing against first, the joinable, cells for nerves before what is only related, least open first."""
        joinable = _JOINABLE.get(self.row["joinable"], 2)
        open_points = len(self.verdict.unknown_facts) + len(self.verdict.unread) / 100
        return _VERDICTS[self.verdict.verdict], joinable, self.row["relevance"] != "core", open_points


def match_rows(catalogue: Catalogue, profile: Profile, rows: Sequence[Row]) -> list[Match]:
    """The verdicts for these studies, in the order in which they are shown. Reads no criteria that were read before."""
    from trialfinder.judge import judge

    by_id = {row["nct_id"]: row for row in rows}
    items = catalogue.items(list(by_id))
    found = [
        Match(by_id[nct_id], judge(catalogue.study(nct_id), read, profile, catalogue.today))
        for nct_id, read in items.items()
    ]
    return sorted(found, key=lambda match: match.order)


def table_row(match: Match) -> Row:
    """One row of the ``matches`` table; keys of facts, never values."""
    from trialfinder.judge import verdict_row

    made = verdict_row(match.verdict, match.row["joinable"])
    made |= {"brief_title": match.row["brief_title"], "url": match.row["url"]}
    return {name: (None if made[name] == "" else made[name]) for name in names("matches")}


def match_frame(
    profile: str | Path | Mapping[str, Any] | Profile, studies: Sequence[Study], today: dt.date
) -> pd.DataFrame:
    """See ``trialfinder.match``."""
    from trialfinder.classify import joinable
    from trialfinder.judge import judge
    from trialfinder.reading import read_criteria
    from trialfinder.tables.frames import frame

    person = as_profile(profile, today)

    def rows() -> Iterator[Row]:
        for study in studies:
            verdict = judge(study, read_criteria(study.eligibility_criteria), person, today)
            row = {"joinable": joinable(study, today).answer, "brief_title": study.brief_title, "url": study.url}
            yield table_row(Match(row, verdict))

    return frame("matches", rows())


def as_profile(profile: str | Path | Mapping[str, Any] | Profile, today: dt.date) -> Profile:
    """A profile from a file, from nested mappings as in the file, or as it is.

    Raises:
        InputError: it is wrong; the message never shows a value.
    """
    from trialfinder.person import Profile, load
    from trialfinder.person.profile_files import impossible
    from trialfinder.person.read_profile import read_facts

    if isinstance(profile, Profile):
        return profile
    if isinstance(profile, Mapping):
        made = Profile(read_facts(profile, "profile"))
        for problem in impossible(made, "profile", today):
            raise problem
        return made
    return load(Path(profile), today=today)


def group_table(catalogue: Catalogue, folder: Path, rows: Sequence[Row]) -> tuple[list[str], list[Row]]:
    """Studies × people, by file name only: no fact of anybody is in it.

    Returns:
        The names (the files without ``.toml``), and one row a study: ``nct_id``, ``brief_title``, ``joinable``, and
        the verdict under each name.

    Raises:
        InputError: the folder has no profile, or one is wrong.
    """
    files = sorted(path for path in folder.glob("*.toml") if path.is_file()) if folder.is_dir() else []
    if not files:
        raise InputError(f"{folder}: there is no profile (*.toml) in this folder")
    made: dict[str, Row] = {
        row["nct_id"]: {key: row[key] for key in ("nct_id", "brief_title", "joinable")} for row in rows
    }
    for file in files:
        for match in match_rows(catalogue, as_profile(file, catalogue.today), rows):
            made[match.row["nct_id"]][file.stem] = match.verdict.verdict
    return [file.stem for file in files], list(made.values())


def in_groups(matches: Iterable[Match]) -> dict[str, list[Match]]:
    """The matches by verdict, in the order in which the verdicts are shown."""
    groups: dict[str, list[Match]] = {verdict: [] for verdict in _VERDICTS}
    for match in matches:
        groups[match.verdict.verdict].append(match)
    return groups
