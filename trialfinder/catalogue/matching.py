"""Verdicts for the studies of a catalogue, for one person or for a folder of profiles."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialfinder.base.countries import country_name
from trialfinder.classify import is_strong_warning
from trialfinder.judge.own.own_illness import MAY_BE_OWN, OTHER, OWN, WORDS, closeness, not_told
from trialfinder.person.profile_files import impossible
from trialfinder.person.read_profile import read_facts
from trialfinder.study.model import Study
from trialfinder.tables.columns import names
from trialfinder.tables.rows import Row, class_cells, study_row

if TYPE_CHECKING:
    import pandas as pd

    from trialfinder.catalogue.gazetteer import KnownPlace
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.judge import OpenQuestion, Verdict
    from trialfinder.person import Profile

_OF_THE_STUDY = ("brief_title", "url", "relevance", "strong_warning_signs")
JOINABLE = {"yes": 0, "not_yet": 1, "unsure": 2, "no": 3}
WARNED = "nothing that was read speaks against it, but it carries strong warning signs: read them first"
"""What is said of a study that its criteria alone would put on top, and that no seller may head a list by."""
GROUP_WORDS = {
    "nothing_against": "nothing against it found",
    "possible": "possible",
    "would_have_to": "against it as things stand",
    "warned": "strong warning signs: read them first",
    "other_illness": "another illness",
    "conflict": "something speaks against it",
    "over": "takes nobody any more",
}
"""The groups in their order, and what a line of a table calls them."""
GROUPS = tuple(GROUP_WORDS)


@dataclass(frozen=True, slots=True)
class Match:
    """One study held against one person: the study's row, the verdict, and how close it is to their own condition.

    ``closeness`` is one of ``own_illness``. ``too_far``: the nearest site is farther than the person told that they
    can travel.
    """

    row: Row
    verdict: Verdict
    closeness: int = MAY_BE_OWN
    too_far: bool = False

    @property
    def group(self) -> str:
        """One of GROUPS: the verdict; ``would_have_to`` for a conflict that the person could change; ``over``.

        ``other_illness``: nothing for good speaks against it, but it is for an illness that the person did not tell.
        ``warned``: nothing speaks against it, but the record shows a strong warning sign. Sellers ask for little, so
        that their criteria would put them on top of the list; here they stand below all that may be an option.
        """
        from trialfinder.judge import could_change

        if self.row["joinable"] == "no":
            return "over"
        changeable = could_change(self.verdict)
        if self.closeness == OTHER and (changeable or self.verdict.verdict != "conflict"):
            return "other_illness"
        if self.verdict.verdict != "conflict" and self.row.get("strong_warning_signs"):
            return "warned"
        return "would_have_to" if changeable else self.verdict.verdict

    @property
    def order(self) -> tuple[float, ...]:
        """Groups in their order; in each cells for nerves before what is only related, of these the joinable first.

        Then those without a strong warning sign, the person's own kind of neuropathy, what is near enough, and least
        open points.
        """
        row = self.row
        from trialfinder.judge import states_criteria

        open_points = len(self.verdict.unknown_facts) + len(self.verdict.unread) / 100
        if not states_criteria(self.verdict):  # everything is open
            open_points = math.inf
        # A record that says what it is, though long ago, before one of which nobody knows.
        doubt = row["joinable"] == "unsure" and row.get("overall_status") in (None, "UNKNOWN")
        rank = (GROUPS.index(self.group), row["relevance"] != "core", JOINABLE.get(row["joinable"], 2), doubt)
        return (*rank, row.get("strong_warning_signs") or 0, self.closeness, self.too_far, open_points)

    def in_country(self, country: str) -> bool:
        """Whether the study has a site in a country, by its usual name."""
        return country in {country_name(name) for name in (self.row["countries"] or "").split("; ")}


def match_rows(
    catalogue: Catalogue, profile: Profile, rows: Sequence[Row], place: KnownPlace | None = None
) -> list[Match]:
    """The verdicts for these studies, in the order in which they are shown. Reads no criteria that were read before.

    With ``place``, where the person is, the nearest site is put into the row of every match.
    """
    from trialfinder.catalogue.near import add_nearest, is_too_far
    from trialfinder.judge import judge

    by_id = {row["nct_id"]: row for row in rows}
    found = []
    for nct_id, read in catalogue.for_judging(list(by_id)).items():
        row = dict(by_id[nct_id])
        verdict = judge(read.study, read.criteria, profile, catalogue.today, read.studied)
        verdict = replace(verdict, ours=catalogue.is_reworded(nct_id))
        if place is not None:
            add_nearest(catalogue, row, place)
        catalogue.add_signs([row])
        strong = [sign for sign in catalogue.signs(nct_id) if is_strong_warning(sign)]
        row["_strong"], row["_ask"] = [sign.id for sign in strong], [sign.question for sign in strong]
        row["_ours"], row["_note"] = catalogue.is_reworded(nct_id), catalogue.copies_note(nct_id)
        close = closeness(profile, row, verdict)
        row["_not_told"] = not_told(profile, row) if close != OWN else []
        found.append(Match(row, verdict, close, is_too_far(profile, row.get("_near_km"))))
    return sorted(found, key=lambda match: match.order)


def open_questions(catalogue: Catalogue, profile: Profile, matches: Iterable[Match]) -> list[OpenQuestion]:
    """What to find out next, for the studies that can be joined or may be; what decides most comes first."""
    from trialfinder.judge import Judged, rank_questions

    verdicts = {match.row["nct_id"]: match.verdict for match in matches if match.row["joinable"] != "no"}
    kept = catalogue.for_judging(list(verdicts))
    judged = (Judged(read.study, read.criteria, verdicts[nct_id], read.studied) for nct_id, read in kept.items())
    return rank_questions(judged, profile, catalogue.today)


def first_questions(catalogue: Catalogue, profile: Profile, most: int = 10) -> list[str]:
    """The keys that decide most of the studies at hand; what was told is left out.

    Age, sex and the nerve condition first (the last whatever the studies ask for), the rest in the order of the
    schema, and what is no illness at the end.
    """
    from trialfinder.person import schema

    rows = [row for row in catalogue.rows() if row["relevance"] != "off_topic" and row["joinable"] != "no"]
    ranked = open_questions(catalogue, profile, match_rows(catalogue, profile, rows))
    asked = [found.fact for found in ranked if found.decides and schema()[found.fact].ask]
    chosen = set(asked[:most])
    for key in asked[:most]:  # a question that follows from another one needs that one first
        chosen |= {parent for parent in schema()[key].ask_if or {} if parent not in profile}
    chosen |= {key for key, fact in schema().items() if fact.first_if and key not in profile}
    # How far a study is decides no criterion, and much else; so does the kind of neuropathy.
    chosen |= {"neuropathy.types", "person.place"} - set(profile)
    late = {key for key, fact in schema().items() if fact.section == "person"} - {"person.age", "person.sex"}
    return sorted((key for key in schema() if key in chosen), key=late.__contains__)


def in_order_of_what_decides(catalogue: Catalogue, profile: Profile, keys: Sequence[str]) -> list[str]:
    """These keys as `open_questions` would order them now; what no study asks for comes last, in the order given.

    A question that follows from the answer to another one never comes before that.
    """
    from trialfinder.person import schema

    rows = [row for row in catalogue.rows() if row["relevance"] != "off_topic" and row["joinable"] != "no"]
    ranked = [each.fact for each in open_questions(catalogue, profile, match_rows(catalogue, profile, rows))]
    place = {key: ranked.index(key) if key in ranked else len(ranked) for key in keys}
    for key in sorted(keys, key=place.__getitem__):
        for parent in schema()[key].ask_if or {}:
            if parent in place:
                place[parent] = min(place[parent], place[key])
    order = {key: at for at, key in enumerate(schema())}
    tied = {key: order[key] if place[key] < len(ranked) else 0 for key in keys}
    return sorted(keys, key=lambda key: (place[key], tied[key]))


def scales_at_hand(catalogue: Catalogue) -> Counter[str]:
    """The named scales that the studies at hand ask for, each with the number of studies that do."""
    from trialfinder.reading.nodes.tree import leaves

    rows = catalogue.rows()
    ids = [row["nct_id"] for row in rows if row["relevance"] != "off_topic" and row["joinable"] != "no"]
    found: Counter[str] = Counter()
    for each in catalogue.criteria(ids).values():
        asked = (leaf for one in each if one.node is not None for leaf in leaves(one.node))
        found.update({leaf.value for leaf in asked if leaf.concept == "severity_score" and leaf.value})
    return found


def table_row(match: Match) -> Row:
    """One row of the ``matches`` table; keys of facts, never values."""
    from trialfinder.judge import verdict_row

    made = verdict_row(match.verdict, match.row["joinable"])
    made |= {name: match.row.get(name) for name in _OF_THE_STUDY} | {"illness": WORDS[match.closeness]}
    return {name: (None if made[name] == "" else made[name]) for name in names("matches")}


def match_frame(
    profile: str | Path | Mapping[str, Any] | Profile, studies: Sequence[Study], today: dt.date
) -> pd.DataFrame:
    """See ``trialfinder.match``."""
    from trialfinder.classify import joinable
    from trialfinder.judge import judge
    from trialfinder.reading import criteria_tree, names_of
    from trialfinder.tables.frames import frame

    person = as_profile(profile, today)

    def rows() -> Iterator[Row]:
        for study in studies:
            verdict = judge(study, criteria_tree(study.eligibility_criteria, names_of(study)), person, today)
            row = study_row(study) | class_cells(study) | {"joinable": joinable(study, today).answer}
            yield table_row(Match(row, verdict, closeness(person, row, verdict)))

    return frame("matches", rows())


def as_profile(profile: str | Path | Mapping[str, Any] | Profile, today: dt.date) -> Profile:
    """A profile from a file, from nested mappings as in the file, or as it is.

    Raises:
        InputError: it is wrong; the message never shows a value.
    """
    from trialfinder.person import Profile, load

    if isinstance(profile, Profile):
        return profile
    if isinstance(profile, Mapping):
        made = Profile(read_facts(profile, "profile"))
        for problem in impossible(made, "profile", today):
            raise problem
        return made
    return load(Path(profile), today=today)


def in_groups(matches: Iterable[Match]) -> dict[str, list[Match]]:
    """The matches by group, in the order in which the groups are shown."""
    groups: dict[str, list[Match]] = {group: [] for group in GROUPS}
    for match in matches:
        groups[match.group].append(match)
    return groups
