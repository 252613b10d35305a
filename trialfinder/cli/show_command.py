"""``trialfinder show``: one study as a card, from the store or fetched."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialfinder.base.text import one_line
from trialfinder.base.tongue import speaking
from trialfinder.cli import fresh, streams
from trialfinder.cli.came_along import came_along
from trialfinder.cli.forms import OBJECT
from trialfinder.cli.options import LANGUAGE, OFFLINE, RECORDS, command
from trialfinder.cli.origin_told import tell_origin
from trialfinder.cli.run import Run
from trialfinder.cli.typed_ids import alike, typed_ids
from trialfinder.errors import OutOfTime, RegistryUnavailable, StoreError, StudyNotFound, TrialfinderError

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "show", forms=OBJECT, asks=120, paged=True)(show)


def show(
    run: Run,
    nct_ids: Annotated[list[str], typer.Argument(metavar="NCT...", help="One or several NCT IDs.")],
    raw: Annotated[bool, typer.Option("--raw", help="The registry's JSON, verbatim.")] = False,
    language: LANGUAGE = "en",
    offline: OFFLINE = False,
    records: RECORDS = None,
) -> None:
    """Show one study: what, where, whom to ask, for whom, and the criteria.

    Asks the registry when the store lacks the study; old ids lead to the study that replaced them. A link to the
    registry's page of a study is as good as its id.

    Example: trialfinder show NCT05507697
    """
    from trialfinder.pages.translations import checked_language, translator

    wanted, translate = typed_ids(run, nct_ids, records), translator(checked_language(language))
    with run.catalogue(records=records) as catalogue:
        ids = find_or_fetch(run, catalogue, wanted, offline=offline or records is not None)
        tell_origin(run, catalogue, None, shown=ids)
        if raw or run.format in ("json", "jsonl"):
            found = [catalogue.record(nct_id) for nct_id in ids]
            if run.format == "jsonl":
                for record in found:
                    streams.print_json(record)
            else:
                streams.print_json(found[0] if len(found) == 1 else found, indent=2)
            return
        with speaking(translate):
            for nct_id in ids:
                sys.stdout.write("\n".join(_lines(run, catalogue, nct_id)) + "\n")


def _lines(run: Run, catalogue: Catalogue, nct_id: str) -> list[str]:
    from trialfinder.classify import classify, joinable
    from trialfinder.pages.card import card
    from trialfinder.tables.notice import approval_notice

    study = catalogue.study(nct_id)
    return card(
        study,
        found=classify(study),
        joinable=joinable(study, run.today),
        signs=catalogue.signs(nct_id),
        notice=approval_notice(),
        today=run.today,
        width=min(streams.width(), 110),
        reworded=catalogue.is_reworded(nct_id),
        read_where=_read_where(catalogue, nct_id),
        note=catalogue.copies_note(nct_id),
        criteria=catalogue.criteria([nct_id])[nct_id],
    )


def _read_where(catalogue: Catalogue, nct_id: str) -> list[str]:
    """Of a study of the snapshot: its day and its sources."""
    from trialfinder.pages.card import where_read

    seen = catalogue.entries[nct_id].seen
    if seen is None or not catalogue.is_reworded(nct_id):
        return []
    return where_read(seen.as_of, seen.sources)


def find_or_fetch(run: Run, catalogue: Catalogue, wanted: list[str], *, offline: bool = False) -> list[str]:
    """The ids under which the wanted studies are in the catalogue, in order.

    Asks the registry for what is missing, for what only the snapshot has, and for what nobody kept up to date.

    Raises:
        StudyNotFound: neither the catalogue nor the registry has one of them.
        RegistryUnavailable, OutOfTime: it is not here, and the registry could not be asked.
    """
    offline = offline or run.only_snapshot
    found = []
    unavailable: TrialfinderError | None = None
    for nct_id in wanted:
        here = catalogue.find(nct_id)
        if here not in (None, nct_id):
            run.say(f"{nct_id} is now {here}.")
        known = here is not None and not catalogue.is_reworded(here)  # the store knows better about what it once had
        if not known and (kept := _kept_apart(run, catalogue, nct_id, offline=offline or unavailable is not None)):
            found.append(kept)
            continue
        if here is None and offline:
            option = "--store snapshot" if run.only_snapshot else "--offline"
            raise StudyNotFound(
                f"{nct_id} is not in {catalogue.origin.name}; without {option} the registry is asked",
                suggestions=came_along(run, catalogue, nct_id),
            )
        if here is None:
            here = _fetch(run, catalogue, nct_id)
        elif not offline and not unavailable and _is_old(run, catalogue, here):
            unavailable = _fetch_again(run, catalogue, here)
        found.append(here)
    return found


def _kept_apart(run: Run, catalogue: Catalogue, nct_id: str, *, offline: bool) -> str | None:
    """The id of a study that the store kept although no list shows it, as the registry has it now or as it was.

    None where the store never had it.
    """
    if (here := catalogue.take_kept(nct_id)) is None:
        return None
    try:
        if not offline:
            return _fetch(run, catalogue, here)
    except StudyNotFound:
        if catalogue.entries[here].gone is None:  # nobody had noticed
            catalogue.mark_gone(here)
    except (RegistryUnavailable, OutOfTime) as error:
        run.warn(f"{here} may have changed: {one_line(str(error))}")
    _tell_kept(run, catalogue, here)
    return here


def _tell_kept(run: Run, catalogue: Catalogue, nct_id: str) -> None:
    """That a study is shown as it was, and why."""
    from trialfinder.classify import gone_words

    entry = catalogue.entries[nct_id]
    if gone := gone_words(catalogue.study(nct_id)):
        run.warn(gone)
    elif entry.last_seen is not None:
        run.warn(f"{nct_id} is shown as it was on {entry.last_seen:%Y-%m-%d}: no saved search finds it any more")


def _is_old(run: Run, catalogue: Catalogue, nct_id: str) -> bool:
    """In the snapshot only, or followed by no search and last seen more than a day ago."""
    entry = catalogue.entries[nct_id]
    if catalogue.is_reworded(nct_id):
        return True
    if entry.searches or entry.last_seen is None:
        return False
    return run.now - entry.last_seen > dt.timedelta(hours=fresh.FRESH_HOURS)


def _fetch_again(run: Run, catalogue: Catalogue, nct_id: str) -> TrialfinderError | None:
    """Asks for a study that is here; gives why the registry could not be asked."""
    entry = catalogue.entries[nct_id]
    day = f"{entry.last_seen:%Y-%m-%d}" if entry.last_seen else entry.seen.as_of if entry.seen else ""
    try:
        _fetch(run, catalogue, nct_id)
    except StudyNotFound:
        catalogue.mark_gone(nct_id)
        _tell_kept(run, catalogue, nct_id)
    except (RegistryUnavailable, OutOfTime) as error:
        run.warn(f"{nct_id} is shown as it was on {day or 'an unknown day'}: {error}")
        return error
    return None


def _fetch(run: Run, catalogue: Catalogue, nct_id: str) -> str:
    from trialfinder.store.importing import ASKED_FOR, import_records
    from trialfinder.study.model import record_nct_id

    try:
        with run.registry(patience=fresh.PATIENCE_SECONDS) as registry:
            record: dict[str, Any] = registry.study(nct_id)
    except (RegistryUnavailable, OutOfTime) as error:
        if nct_id in catalogue.entries:
            raise
        likely = came_along(run, catalogue, nct_id)
        likely += tuple(f"did you mean {each}?" for each in alike(nct_id, catalogue.entries))
        raise type(error)(f"{nct_id} is not in the store, and {one_line(str(error))}", suggestions=likely) from error
    here = record_nct_id(record)
    if here != nct_id:
        run.say(f"{nct_id} is now {here}.")
    catalogue.take_live(here, record)
    try:
        anew = run.tell_lost()
        with run.store(create=True) as store:
            import_records(store, [record], f"{ASKED_FOR}{nct_id}", run.real_now())
        run.note_filled(anew=anew)
    except StoreError as error:
        run.warn(f"could not be kept: {error}")
    return here
