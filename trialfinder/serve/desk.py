"""The answers that an assistant gets: small pages with their day, their source and the sentence on approval.

Everything is read only. A profile is looked at for one answer and forgotten; of what it holds only the keys come back,
never a value.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialfinder.base.text import one_line, shorten
from trialfinder.base.values import nct_id as normal_id
from trialfinder.catalogue.opening import open_catalogue
from trialfinder.catalogue.select import Chosen, Selection, build, select
from trialfinder.errors import InputError, StudyNotFound
from trialfinder.tables.columns import EXPORTED
from trialfinder.tables.notice import approval_notice, questions

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.catalogue.matching import Match

Found = dict[str, Any]
MOST = 50
_LONGEST = 1_500
_NARROW = "The store has only what narrow questions found, so the studies that came with the program stand beside it."
_LISTED = (
    "nct_id", "brief_title", "overall_status", "joinable", "joinable_reason", "relevance", "cell_product", "donor",
    "neuropathy_types", "phases", "countries", "strong_warning_signs", "last_update_post_date", "url",
)  # fmt: skip


class Desk:
    """Answers from the store, or from the snapshot when there is none. To be used by one thread.

    Args:
        store_path: the store, which is opened for reading only.
        now: tells the moment, in UTC; its day is what age and status are judged for.
    """

    def __init__(self, store_path: Path, now: Callable[[], dt.datetime]) -> None:
        self._path, self._now = store_path, now
        self._held = contextlib.ExitStack()
        self._state: tuple[object, ...] = ()
        self._catalogue: Catalogue | None = None

    def close(self) -> None:
        """Gives the store back."""
        self._held.close()
        self._catalogue = None

    def search(self, words: str, filters: Mapping[str, Any], limit: int, offset: int) -> Found:
        """The studies that pass, as ``trialfinder search`` lists them; of an empty list, where it became empty.

        Raises:
            InputError: a filter has a wrong value.
        """
        catalogue = self._open()
        chosen = _chosen(filters)
        build(words, chosen, catalogue.today)
        found = select(catalogue, words, chosen)
        page = _page(found.rows, limit, offset)
        page["studies"] = [_small({name: row[name] for name in _LISTED}) for row in page.pop("rows")]
        page["hidden_as_off_topic"] = found.hidden
        if not found.rows:
            page["empty_because"] = _funnel(found)
        return page | self._about(catalogue)

    def study(self, nct_id: str, table: str, limit: int, offset: int) -> Found:
        """One study: its row, and a page of one of its tables.

        Raises:
            StudyNotFound: it is not here. InputError: no NCT ID, or no such table.
        """
        from trialfinder.catalogue.table_rows import table_rows

        catalogue, found = self._find(nct_id)
        if table not in EXPORTED:
            raise InputError(
                f"there is no table {one_line(table)[:40]!r} of a study; the tables are {', '.join(EXPORTED)}"
            )
        [row] = [row for row in catalogue.rows() if row["nct_id"] == found]
        if table == "studies":
            [whole] = table_rows(catalogue, "studies", [row])
            answer: Found = {"study": _small(whole)}
        else:
            answer = _page([_small(each) for each in table_rows(catalogue, table, [row])], limit, offset)
            answer = {"nct_id": found, "table": table} | answer
        return answer | self._about(catalogue, found)

    def criteria(self, nct_id: str, as_json: bool, limit: int, offset: int) -> Found:
        """The criteria of a study as trees of what must be true of a person; what was not read says so.

        Raises:
            StudyNotFound: it is not here. InputError: no NCT ID.
        """
        from trialfinder.judge.shown.explain import NO_CRITERIA
        from trialfinder.reading.nodes.tree import to_json
        from trialfinder.reading.telling.tree_words import criterion_lines

        catalogue, found = self._find(nct_id)
        text = catalogue.study(found).eligibility_criteria
        page = _page(catalogue.criteria([found])[found], limit, offset)
        page["criteria"] = [
            {
                "section": one.section,
                "text": one_line(text[one.start : one.end]),
                "tree": (one.node and to_json(one.node)) if as_json else list(criterion_lines(text, one)),
            }
            for one in page.pop("rows")
        ]
        if not text.strip():
            page["note"] = NO_CRITERIA
        return {"nct_id": found} | page | self._about(catalogue, found)

    def signs(self, nct_id: str) -> Found:
        """The warning and protective signs of a study, and what to ask because no record shows it.

        Raises:
            StudyNotFound: it is not here. InputError: no NCT ID.
        """
        catalogue, found = self._find(nct_id)
        signs = [_small(sign.to_json()) for sign in catalogue.signs(found)]
        note = "A sign is a reason to ask, never a verdict. That none was found is no judgement: a record shows little."
        return {"nct_id": found, "signs": signs, "ask": questions(), "note": note} | self._about(catalogue, found)

    def match(
        self, profile: str | Mapping[str, Any], nct_id: str, filters: Mapping[str, Any], limit: int, offset: int
    ) -> Found:
        """A person's facts held against every criterion: a ranked list, or each criterion of one study.

        Args:
            profile: a profile file on this machine, or the same as nested mappings; it is not kept.
            nct_id: one study, '' for all that pass the filters.

        Raises:
            InputError: the profile is wrong; the message shows no value of it. StudyNotFound: the study is not here.
        """
        from trialfinder.catalogue.matching import as_profile, match_rows, table_row

        catalogue = self._open()
        person = as_profile(profile, catalogue.today)
        if nct_id:
            catalogue, found = self._find(nct_id)
            [match] = match_rows(catalogue, person, [row for row in catalogue.rows() if row["nct_id"] == found])
            return _criterion_by_criterion(match, limit, offset) | self._about(catalogue, found)
        chosen = _chosen(filters)
        build("", chosen, catalogue.today)
        selection = select(catalogue, "", chosen)
        page = _page(match_rows(catalogue, person, selection.rows), limit, offset)
        page["matches"] = [{"group": match.group} | _small(table_row(match)) for match in page.pop("rows")]
        if not selection.rows:
            page["empty_because"] = _funnel(selection)
        return page | self._about(catalogue)

    def changes(self, since: str, severity: str, nct_id: str, limit: int, offset: int) -> Found:
        """What happened to the studies in the store since a day, the newest run or so many days.

        Raises:
            InputError: ``since``, ``severity`` or the id cannot be understood.
        """
        from trialfinder import changes as news

        catalogue = self._open()
        if catalogue.store is None:
            page = _page([], limit, offset)
            page["note"] = "there is no store, so nothing is known of changes; trialfinder refresh makes one"
            return page | self._about(catalogue)
        ids = [normal_id(nct_id)] if nct_id else []
        everything = news.changes(
            catalogue.store, since, now=self._now(), nct_ids=ids, severity=severity, everything=True
        )
        found = news.on_topic(everything, ids)
        page = _page(found, limit, offset)
        page["hidden_as_off_topic"] = len(everything) - len(found)
        page["events"] = [_small(event.to_json()) for event in page.pop("rows")]
        return page | self._about(catalogue, own=True)

    def _open(self) -> Catalogue:
        """The catalogue as it is now; opened anew when the store was written to or another day has begun."""
        today = self._now().date()
        state = (today, *map(_written, (self._path, self._path.with_name(self._path.name + "-wal"))))
        if self._catalogue is None or state != self._state:
            self.close()
            opened = open_catalogue(self._path, today, read_only=True)
            self._catalogue, self._state = self._held.enter_context(opened), state
        return self._catalogue

    def _find(self, nct_id: str) -> tuple[Catalogue, str]:
        catalogue, wanted = self._open(), normal_id(nct_id)
        found = catalogue.find(wanted) or catalogue.take_kept(wanted)
        if found is None:
            raise StudyNotFound(
                f"{wanted} is not in {catalogue.origin.name}; this does not say that there is no such study. "
                f"A person can ask the registry for it: trialfinder show {wanted}"
            )
        return catalogue, found

    def _about(self, catalogue: Catalogue, nct_id: str = "", *, own: bool = False) -> Found:
        """What stands in every answer: source, day, and that nothing is approved; ``own``: of the store alone."""
        origin = catalogue.origin_of(nct_id) if nct_id else (own and catalogue.own) or catalogue.origin
        about: Found = {
            "source": "ClinicalTrials.gov",
            "from": origin.kind,
            "data_as_of": origin.data_timestamp,
            "checked": origin.refreshed.isoformat() if origin.refreshed else None,
            "judged_as_of": catalogue.today.isoformat(),
            "approval": approval_notice(),
            "who_decides": "No study is ever called fitting for a person: only the study team can say so.",
        }
        if origin.kind == "snapshot":
            about["caution"] = (
                "These studies came with the program, each as of a day of its own and in the program's words; they are "
                "NOT current. A person can bring them up to date with: trialfinder refresh"
            )
            seen = catalogue.entries[nct_id].seen if nct_id else None
            about["record_as_of"] = (seen.as_of or "unknown") if seen else "see each study"
            if catalogue.own is not None and not nct_id:
                about["caution"] = f"{_NARROW} {about['caution']}"
        if nct_id and (gone := catalogue.entries[nct_id].gone):
            about["caution"] = f"The registry has this study no more; last seen there on {gone.until}. It takes nobody."
        return {"about": about}


def _chosen(filters: Mapping[str, Any]) -> Chosen:
    """The filters as the options of a command have them."""
    return {name: value if isinstance(value, bool) else str(value) for name, value in filters.items()}


def _written(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _page(rows: Sequence[Any], limit: int, offset: int) -> Found:
    """A page of rows, how many there are, and where the next page begins (None after the last)."""
    if not 1 <= limit <= MOST or offset < 0:
        raise InputError(f"limit {limit}, offset {offset}: expected a limit from 1 to {MOST} and an offset from 0")
    end = offset + limit
    return {"total": len(rows), "next_offset": end if end < len(rows) else None, "rows": list(rows[offset:end])}


def _small(row: Mapping[str, Any]) -> Found:
    """The row without what is missing, long texts cut with an ellipsis."""
    return {
        key: shorten(value, _LONGEST) if isinstance(value, str) else value
        for key, value in row.items()
        if value not in (None, "", [])
    }


def _funnel(found: Selection) -> Found:
    """Where a list became empty, and what would pass without each single filter."""
    begun = found.filtered.funnel[0].before if found.filtered.funnel else found.total - found.hidden
    steps = [{"filter": s.filter.argument, "before": s.before, "after": s.after} for s in found.filtered.funnel]
    without = {each.argument: number for each, number in found.filtered.without if number}
    two = {f"{first.argument} {second.argument}": number for first, second, number in found.filtered.without_two}
    unconfirmed = [{key: row[key] for key in ("nct_id", "joinable_reason")} for row in found.unconfirmed[:MOST]]
    more = {
        "without_this_filter_would_pass": without,
        "without_these_two_would_pass": two,
        "off_topic_would_pass": found.hidden,
    }
    more |= {"say_they_recruit_but_unconfirmed": unconfirmed, "did_you_mean": found.meant}
    return {"studies_to_begin_with": begun, "funnel": steps} | {key: value for key, value in more.items() if value}


def _criterion_by_criterion(match: Match, limit: int, offset: int) -> Found:
    from trialfinder.catalogue.matching import table_row

    verdict = match.verdict
    page = _page(verdict.answers, limit, offset)
    page["answers"] = [
        _small(answer.to_json() | {"question": answer.question, "group": answer.group}) for answer in page.pop("rows")
    ]
    page["not_read"] = [item.to_json() for item in verdict.unread]
    notes = [str(note) for note in verdict.notes]
    return {"match": {"group": match.group} | _small(table_row(match)), "notes": notes} | page
