"""What there is to look at: the store, a file of records, or the snapshot when there is nothing else.

Rows are made once from each version of a record and kept in the store (``derived``), so that a search reads no
registry text again. What depends on the day or on other records (joinable, signs) is added here when it is asked for.
"""

from __future__ import annotations

import collections
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from trialfinder.base import resources
from trialfinder.base.values import PartialDate
from trialfinder.catalogue.kept_results import items_of, judged_of, results, row_of
from trialfinder.catalogue.sighted import Holding, kept
from trialfinder.study.model import Gone, Study
from trialfinder.study.read_study import read_study
from trialfinder.tables.rows import Row, joined

if TYPE_CHECKING:
    from trialfinder.classify import Sign
    from trialfinder.classify.sponsor_records import SponsorRecord
    from trialfinder.judge import KeptStudy
    from trialfinder.reading import Item
    from trialfinder.reading.nodes.tree import Criterion
    from trialfinder.store import Store


#: As many studies are held as they were read, the last that were asked for; they take some megabytes.
_MOST_STUDIES = 300


class KeptProduct(NamedTuple):
    """What a study gives, as its kept row says: all that the signs ask of a classification."""

    cell_product: str
    cell_source: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the studies come from. ``kind`` is ``store``, ``snapshot`` or ``records``.

    ``data_timestamp`` is the registry's own (UTC) of the last believed refresh, None when there was none; of the
    snapshot it is the span of its studies' days (``2017-10-11/2026-07-21``). ``refreshed`` is when the refresh was.
    """

    kind: str
    name: str
    data_timestamp: str | None = None
    refreshed: dt.datetime | None = None


@dataclass
class Catalogue:
    """The studies that a command works on. Everything is computed when it is first asked for."""

    origin: Origin
    entries: dict[str, Holding]
    today: dt.date
    store: Store | None = None
    own: Origin | None = None
    """Where the store's studies come from when the snapshot stands beside them; else None."""
    processes: int = 1
    """How many may work at once where there is much to make; only a program's own command may say more than one."""
    set_aside: list[str] = field(default_factory=list)
    live: set[str] = field(default_factory=set)
    odd_values: list[str] = field(default_factory=list)
    _studies: dict[str, Study] = field(default_factory=dict)
    _aliases: dict[str, str] | None = None
    _sponsors: dict[str, list[str]] | None = None
    _products: dict[str, KeptProduct] = field(default_factory=dict)
    _site_statuses: dict[str, list[str | None]] = field(default_factory=dict)
    unkept: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What was made and could not be kept in the store, by kind and hash."""
    _signs: dict[str, tuple[Sign, ...]] = field(default_factory=dict)
    _records_beside: dict[str, SponsorRecord] = field(default_factory=dict)

    def take_live(self, nct_id: str, record: dict[str, Any]) -> None:
        """Puts in what the registry gave just now, in place of what was here."""
        self._put(Holding(nct_id, kept(record)))
        self.live.add(nct_id)

    def take_kept(self, nct_id: str) -> str | None:
        """Puts in what the store kept of a study that no list shows; gives its id, None where it kept nothing.

        The registry has it no more, or it left the results of every search and nobody looks after it.
        """
        stored = self.store.get(nct_id) if self.store is not None else None
        if stored is None or self.store is None:
            return None
        from trialfinder.store.lookups import missed

        noticed = missed(self.store.database, stored.nct_id)
        gone = Gone(stored.last_seen.date(), noticed.date()) if noticed else None
        self._put(Holding(
            stored.nct_id, lambda: stored.record, stored.hash, stored.searches, stored.last_seen, text=stored.load,
            gone=gone, apart=True,
        ))  # fmt: skip
        return stored.nct_id

    def mark_gone(self, nct_id: str) -> None:
        """Notes of a study that is here that the registry, asked today, has it no more."""
        entry = self.entries[nct_id]
        told = entry.seen.as_of if entry.seen else ""
        seen = entry.last_seen.date() if entry.last_seen else None
        until = seen or (PartialDate.parse(told).latest() if told else self.today)
        self._put(replace(entry, gone=Gone(until, self.today)))

    def _put(self, entry: Holding) -> None:
        """Puts in a study in place of what was here, and lets go what was made of that."""
        for made in (self._studies, self._products, self._records_beside):
            made.pop(entry.nct_id, None)
        self._signs.clear()  # those of its sponsor's other studies may have moved with it
        self.entries[entry.nct_id] = entry

    def origin_of(self, nct_id: str) -> Origin:
        """Where one study comes from: beside the snapshot a store's own are still the store's."""
        return self.own if self.own is not None and self.entries[nct_id].seen is None else self.origin

    def is_reworded(self, nct_id: str) -> bool:
        """Whether a record's prose is ours and not the registry's: the snapshot's is."""
        return self.entries[nct_id].seen is not None and nct_id not in self.live

    def copies_note(self, nct_id: str) -> str:
        """What other copies say than the one of the snapshot that is shown; '' when nothing, or it is not shown."""
        seen = self.entries[nct_id].seen
        return seen.note if seen is not None and self.is_reworded(nct_id) else ""

    def __len__(self) -> int:
        return len(self.entries)

    def rows(self) -> list[Row]:
        """The row of every study, newest first, with ``joinable`` as of ``today``; the signs are left empty."""
        return self.add_joinable(self.timeless_rows())

    def add_joinable(self, rows: list[Row]) -> list[Row]:
        """The same rows, with ``joinable`` as of ``today`` filled in where it was not."""
        for row in rows:
            if row["joinable"] is None:
                gone = self.entries[row["nct_id"]].gone
                _add_joinable(row, self._site_statuses[row["nct_id"]], self.today, gone)
        return rows

    def timeless_rows(self) -> list[Row]:
        """The row of every study, newest first, with what does not depend on the day: ``joinable`` is left empty."""
        made = results(self, "row", rows_version(), row_of)
        rows = []
        for nct_id, each in made.items():
            self._products.setdefault(nct_id, KeptProduct(each["row"]["cell_product"], each["row"]["cell_source"]))
            self._site_statuses[nct_id] = each["site_statuses"]
            rows.append(dict(each["row"], searches=joined(self.entries[nct_id].searches)))
        rows.sort(
            key=lambda row: (row["study_first_post_date"] or row["last_update_post_date"] or "", row["nct_id"]),
            reverse=True,
        )
        self._sponsors = collections.defaultdict(list)
        for row in rows:
            self._sponsors[row["lead_sponsor"] or ""].append(row["nct_id"])
        return rows

    def add_signs(self, rows: Iterable[Row]) -> None:
        """Fills the columns of the signs into these rows."""
        from trialfinder.classify import strong_warnings

        for row in sorted(rows, key=lambda row: row["lead_sponsor"] or ""):  # each looks at its sponsor's others
            found = self.signs(row["nct_id"])
            by_kind = {kind: [sign.id for sign in found if sign.kind == kind] for kind in ("warning", "protective")}
            row["warning_signs"] = joined(by_kind["warning"])
            row["protective_signs"] = joined(by_kind["protective"])
            row["strong_warning_signs"] = strong_warnings(found)

    def mark_strong(self, rows: Iterable[Row]) -> None:
        """Notes the strong warning signs of these rows, for a list of them."""
        from trialfinder.classify import is_strong_warning

        for row in sorted(rows, key=lambda row: row["lead_sponsor"] or ""):  # as above
            row["_strong"] = [sign.id for sign in self.signs(row["nct_id"]) if is_strong_warning(sign)]

    def record(self, nct_id: str) -> dict[str, Any]:
        """The raw record of a study that is here."""
        return self.entries[nct_id].load()

    def study(self, nct_id: str) -> Study:
        """One study that is here.

        Raises:
            RecordError: its record is not in the promised shape.
        """
        found = self._studies.pop(nct_id, None)
        if found is None:
            found, gone = read_study(self.record(nct_id)), self.entries[nct_id].gone
            found = replace(found, gone=gone) if gone else found
        self._studies[nct_id] = found  # the last asked for stands last
        if len(self._studies) > _MOST_STUDIES:
            del self._studies[next(iter(self._studies))]
        return found

    def let_go(self) -> None:
        """Holds no study any more; each is read anew when it is asked for again."""
        self._studies.clear()

    def find(self, nct_id: str) -> str | None:
        """The id under which a study is here: its own, or the one that replaced it; None when it is not here."""
        if nct_id in self.entries:
            return nct_id
        if self._aliases is None:
            self._aliases = {
                alias: row["nct_id"]
                for row in self.rows()
                for alias in (row["nct_id_aliases"] or "").split("; ")
                if alias
            }
        return self._aliases.get(nct_id)

    def items(self, nct_ids: Sequence[str] | None = None) -> dict[str, tuple[Item, ...]]:
        """The criteria of the named studies (of all when None) as read; the reading is kept in the store."""
        from trialfinder import reading as criteria

        made = results(self, "items", criteria.version(), items_of, only=nct_ids)
        return {nct_id: criteria.items_from_json(kept) for nct_id, kept in made.items()}

    def criteria(self, nct_ids: Sequence[str] | None = None) -> dict[str, tuple[Criterion, ...]]:
        """The criteria of the named studies (of all when None) as trees; they are kept in the store."""
        return {nct_id: each.criteria for nct_id, each in self.for_judging(nct_ids).items()}

    def for_judging(self, nct_ids: Sequence[str] | None = None) -> dict[str, KeptStudy]:
        """What judging looks at of the named studies (of all when None); it is kept in the store."""
        import msgspec

        from trialfinder.judge import KeptStudy, kept_by
        from trialfinder.judge import kept as study_kept

        made = results(self, "judged", kept_by(), judged_of, only=nct_ids, decode=study_kept)
        return {nct_id: msgspec.convert(each, KeptStudy) for nct_id, each in made.items()}

    def signs(self, nct_id: str) -> tuple[Sign, ...]:
        """The warning and protective signs of one study, with its sponsor's other records in view."""
        from trialfinder.classify import classify, signs

        if nct_id not in self._signs:
            study = self.study(nct_id)
            others = [self._beside(other) for other in self._others_of_sponsor(nct_id)]
            given = self._products.get(nct_id) or classify(study)  # the kept row says it, if it was asked for
            self._signs[nct_id] = signs(study, given, self.today, others)
        return self._signs[nct_id]

    def sponsor_records(self, nct_id: str) -> list[Study]:
        """The other studies here of the same sponsor; records that cannot be read are left out."""
        return [self.study(other) for other in self._others_of_sponsor(nct_id)]

    def _others_of_sponsor(self, nct_id: str) -> list[str]:
        if self._sponsors is None:
            self.rows()
        sponsor = self.study(nct_id).lead_sponsor
        others = self._sponsors.get(sponsor, ()) if sponsor and self._sponsors else ()
        return [other for other in others if other != nct_id]

    def _beside(self, nct_id: str) -> SponsorRecord:
        """What the signs of its sponsor's other studies look at; held, since each of them does."""
        from trialfinder.classify.sponsor_records import record_of

        if nct_id not in self._records_beside:
            known = self._products.get(nct_id)
            self._records_beside[nct_id] = record_of(self.study(nct_id), known and known.cell_product)
        return self._records_beside[nct_id]


def rows_version() -> str:
    """Under which name rows are kept: it moves with the program, its data files and the way rows are made."""
    return resources.made_by("classify", "phrases", "tables", "study", "base")


def _add_joinable(row: Row, site_statuses: list[str | None], today: dt.date, gone: Gone | None) -> None:
    from trialfinder.classify import joinable_from

    def date(name: str) -> PartialDate | None:
        return PartialDate.parse(row[name]) if row[name] else None

    found = joinable_from(
        overall_status=row["overall_status"],
        last_known_status=row["last_known_status"],
        site_statuses=site_statuses,
        status_verified_date=date("status_verified_date"),
        primary_completion_date=date("primary_completion_date"),
        completion_date=date("completion_date"),
        has_expanded_access=row["has_expanded_access"],
        today=today,
        gone=gone,
    )
    row["joinable"], row["joinable_reason"] = found.answer, found.reason
