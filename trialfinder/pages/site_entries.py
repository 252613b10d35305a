"""What lists and pictures need to know of a study, in codes: one small value a study, made from its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trialfinder.base.text import one_line, shorten
from trialfinder.base.values import PartialDate
from trialfinder.tables.record_words import finer_product

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.tables.rows import Row

#: Answers to "can it be joined", those first that one can act on.
ANSWERS = ("yes", "not_yet", "unsure", "no")

#: Characters of a title or a name that are shown; the registry's own limit is 300.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class SiteMark:
    """A place with sites of one study: latitude and longitude in degrees, whether a site there says that it is open."""

    town: str
    country: str
    latitude: float
    longitude: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class ListedStudy:
    """One study in a list. Codes are those of the table ``studies``; () and None where the record does not say."""

    nct_id: str
    title: str
    sponsor: str
    status: str | None
    answer: str
    reason: str
    confirmed: PartialDate | None
    updated: PartialDate | None
    nerves: tuple[str, ...]
    product: str
    source: str
    donor: str
    phases: tuple[str, ...]
    countries: tuple[str, ...]
    relevance: str
    start: PartialDate | None
    end: PartialDate | None
    routes: tuple[str, ...] = ()
    dose: str = ""
    follow_up_months: float | None = None
    seen: PartialDate | None = None
    marks: tuple[SiteMark, ...] = ()
    strong: int = 0
    """How many strong warning signs; 0, too, where nobody looked for signs."""
    related: str = ""
    """Why a study is only related, as ``relevance_reason`` says it."""
    ours: bool = False
    """Whether it is a copy of the snapshot, which may lack what the record says."""

    @property
    def mark(self) -> str:
        """What stands before its number or title: ``!`` for a strong warning sign, ``~`` for one only related."""
        related = {"adjacent": "~ ", "off_topic": "x "}.get(self.relevance, "")
        return f"{'! ' if self.strong else ''}{related}"

    @property
    def as_of(self) -> PartialDate | None:
        """The day of the status: confirmed by the sponsor, else last changed, else seen in a copy; None: unknown."""
        return self.confirmed or self.updated or self.seen


def in_order(rows: Sequence[Row]) -> list[Row]:
    """What can be joined first, cells for nerves before what is related, then as they came: the newest."""
    return sorted(rows, key=lambda row: (ANSWERS.index(row["joinable"]), row["relevance"] != "core"))


def make_entries(catalogue: Catalogue, rows: Sequence[Row]) -> list[ListedStudy]:
    """The entries of these rows, in their order; their signs are filled in."""
    catalogue.add_signs(rows)
    return [entry_of(catalogue, row) for row in in_order(rows)]


def entry_of(catalogue: Catalogue, row: Row, *, located: bool = True) -> ListedStudy:
    """The entry of a row of the table ``studies``; ``located``: with the places of its sites."""

    def codes(name: str) -> tuple[str, ...]:
        return tuple(part for part in (row[name] or "").split("; ") if part)

    def date(name: str) -> PartialDate | None:
        return PartialDate.parse(row[name]) if row[name] else None

    seen = catalogue.entries[row["nct_id"]].seen
    return ListedStudy(
        row["nct_id"], shorten(one_line(row["brief_title"] or row["official_title"] or row["nct_id"]), _LONGEST),
        shorten(one_line(row["lead_sponsor"] or ""), _LONGEST), row["overall_status"], row["joinable"],
        row["joinable_reason"],
        date("status_verified_date"), date("last_update_post_date"), codes("neuropathy_types"),
        finer_product(row), row["cell_source"] or "not_stated", row["donor"] or "not_stated",
        codes("phases"), codes("countries"), row["relevance"], date("start_date"), date("completion_date"),
        codes("routes"), row["dose"] or "", row["follow_up_months"],
        PartialDate.parse(seen.as_of) if seen and seen.as_of else None,
        site_marks(catalogue, row["nct_id"]) if located else (),
        row["strong_warning_signs"] or 0, row["relevance_reason"] or "", catalogue.is_reworded(row["nct_id"]),
    )  # fmt: skip


def site_marks(catalogue: Catalogue, nct_id: str) -> tuple[SiteMark, ...]:
    """The places of a study's sites, each once; a site whose town is not known is left out."""
    from trialfinder.base.enums import OPEN_SITE_STATUSES
    from trialfinder.catalogue.near import position_of

    found: dict[tuple[float, float], SiteMark] = {}
    study = catalogue.study(nct_id)
    for site in study.locations:
        position = position_of(site)
        if position is None:
            continue
        there = found.get(position)
        is_open = study.site_status(site) in OPEN_SITE_STATUSES or (there is not None and there.is_open)
        found[position] = SiteMark(one_line(site.city or ""), one_line(site.country or ""), *position, is_open)
    return tuple(found.values())
