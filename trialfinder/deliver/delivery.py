"""Delivers: picks what each destination has not had, sends it, and writes down that it did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from trialfinder.base.whole_files import check_place
from trialfinder.changes.event_filter import check_severity, since_refresh, wanted
from trialfinder.changes.news import events_between
from trialfinder.changes.record_events import Event
from trialfinder.deliver import mail, webhook
from trialfinder.deliver.commission import Ask, Tools
from trialfinder.deliver.destinations import Destination, SendFailed, parse
from trialfinder.deliver.digest import Digest, make_digest
from trialfinder.deliver.digest_file import write_caveat, write_page
from trialfinder.deliver.ledger import Ledger
from trialfinder.deliver.render import render
from trialfinder.deliver.settings import check_sending
from trialfinder.deliver.without_news import loss_of, outage_of
from trialfinder.errors import AlreadyRunning, DeliveryFailed, InputError, StoreUnwritable
from trialfinder.store.standing import standing

if TYPE_CHECKING:
    from trialfinder.store import Store

#: A destination that is new is told of this much of the past with ``--since last``.
FIRST_SINCE = "7d"
State = Literal["delivered", "nothing", "dry_run", "failed"]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one destination: ``name`` and ``words`` can be logged, ``event_ids`` is what it was sent.

    ``local`` is whether that was a file or the terminal of a failed one.
    """

    name: str
    state: State
    words: str
    event_ids: tuple[str, ...] = ()
    digest: Digest | None = field(default=None, repr=False)
    local: bool = False


def deliver(
    store: Store, to: Sequence[str], *, ask: Ask, tools: Tools, now: dt.datetime, dry_run: bool = False,
    wait: float = 60.0,
) -> tuple[Delivered, ...]:  # fmt: skip
    """Sends to every destination what it has not had, one after the other; a failure of one does not stop the next.

    Args:
        store: where the news is, and where deliveries are written down.
        to: ``FILE``, ``-``, ``mail:a@b.org``, ``webhook:https://…``.
        ask: what to tell.
        tools: how to send.
        now: the present, with a time zone.
        dry_run: send nothing, write nothing, only say what would be sent.
        wait: seconds to wait for another digest from the same store.

    Returns:
        One outcome for each destination, failed ones included; see ``raise_failed``.

    Raises:
        InputError: a destination, a filter or the settings are wrong; nothing was sent.
        AlreadyRunning: another digest takes longer than ``wait``.
        StoreError: the store cannot be used.
    """
    check_severity(ask.severity)
    places = list(dict.fromkeys(parse(text) for text in to))
    for place in places:
        check_sending(place, tools.settings)
    if dry_run:
        return tuple(_dry(store, place, ask, tools, now) for place in places)
    only_read = store.read_only and all(_is_report(place, ask) for place in places)
    with nullcontext() if only_read else _lock(store.path, wait):
        return tuple(outcome for place in places for outcome in _deliver_one(store, place, ask, tools, now))


def raise_failed(outcomes: Sequence[Delivered], lead: str = "not delivered, will be tried again next time") -> None:
    """Raises DeliveryFailed (exit code 11) when any destination failed, InputError (2) when only own files did."""
    failed = [outcome for outcome in outcomes if outcome.state == "failed"]
    if failed:
        told = "; ".join(outcome.words if outcome.local else f"{outcome.name}: {outcome.words}" for outcome in failed)
        kind = InputError if all(outcome.local for outcome in failed) else DeliveryFailed
        raise kind(f"{lead}: {told}")


@contextmanager
def _lock(store: Path, wait: float) -> Iterator[None]:
    """One digest at a time: two would send the same news. The system frees the lock when a process dies."""
    from filelock import FileLock, Timeout

    lock = FileLock(f"{store}.digest.lock", timeout=wait)
    try:
        lock.acquire()
    except Timeout as error:
        raise AlreadyRunning(f"{store}: another digest is being delivered; wait for it or stop it") from error
    except OSError as error:
        raise StoreUnwritable(
            f"{store.parent}: the lock beside the store cannot be made ({error.strerror}), and what is delivered is "
            "written down there. Give yourself write permission; or, to look only: trialfinder digest --since 7d --to -"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _is_report(place: Destination, ask: Ask) -> bool:
    """A file or the terminal that asks for a certain time gets all of it, and nothing is written down."""
    return place.is_private and ask.since != "last"


def _ledger(store: Store, place: Destination, ask: Ask) -> Ledger:
    return Ledger(store, place.id, f"{place.id}:{ask.scope}")


def _window(store: Store, place: Destination, ask: Ask, now: dt.datetime) -> tuple[int, int, tuple[Event, ...]]:
    """The runs after and up to which the destination is told, and the events of them that it has not had."""
    runs, ledger, now = store.refreshes(), _ledger(store, place, ask), ask.present or now
    newest = runs[-1].id if runs else 0
    mark = ledger.watermark()
    if ask.since == "last":
        start = mark if mark is not None else since_refresh(FIRST_SINCE, runs, now)
    else:
        start = since_refresh(ask.since, runs, now)
    found = wanted(
        events_between(store, start, newest),
        store,
        nct_ids=ask.nct_ids,
        searches=ask.searches,
        severity=ask.severity,
        near=ask.near if place.is_private else None,
    )
    had = frozenset() if _is_report(place, ask) else ledger.delivered()
    return start, newest, tuple(event for event in found if event.id not in had)


def _dry(store: Store, place: Destination, ask: Ask, tools: Tools, now: dt.datetime) -> Delivered:
    """A mail server is asked whether it takes us: without news there is no other way to find out."""
    smtp, answers = tools.settings.smtp, ""
    if place.kind == "mail" and smtp:
        try:
            tools.in_time(lambda: mail.check(smtp))
        except SendFailed as error:
            return Delivered(place.name, "failed", str(error))
        answers = "; the mail server answers"
    try:
        if place.kind == "file":
            check_place(Path(place.where))
            tools.files.check(Path(place.where))
    except InputError as error:
        return Delivered(place.name, "failed", str(error), local=True)
    _, _, events = _window(store, place, ask, now)
    caveat = standing(store).caveat(ask.present or now)
    silence = _loss(store, place, ask) or _outage(store, place, ask, now)
    digest = make_digest(events, caveat=caveat) if events else silence
    if digest is None:
        return Delivered(place.name, "nothing", f"{_nothing(caveat)}; nothing would be sent{answers}")
    return Delivered(place.name, "dry_run", f"would be sent: {digest.size}{answers}", _ids(events), digest)


def _deliver_one(store: Store, place: Destination, ask: Ask, tools: Tools, now: dt.datetime) -> Iterator[Delivered]:
    """First what was begun and never settled, exactly as it was; then what is new."""
    ledger, report = _ledger(store, place, ask), _is_report(place, ask)
    try:  # also when there is nothing to write: a keeper tries a job on its first day, when there is no news
        if place.kind == "file":
            check_place(Path(place.where))
            tools.files.check(Path(place.where))
    except InputError as error:
        yield Delivered(place.name, "failed", str(error), local=True)
        return
    late = [] if report else list(_send_pending(store, ledger, place, ask, tools, now))
    yield from late
    if any(outcome.state == "failed" for outcome in late):
        return
    start, newest, events_ = _window(store, place, ask, now)
    mark = ledger.watermark()
    # A gap before a time that was asked for stays a gap: the watermark must not jump over it.
    until = newest if ask.since == "last" or mark is None or start <= mark else mark
    loss = _loss(store, place, ask)
    if silence := None if events_ else loss or _outage(store, place, ask, now):
        delivery = ledger.begin(newest, newest, (silence.key,), now)
        yield _send(silence, (silence.key,), ledger, delivery, place, ask, tools, now)
    elif not events_:
        if ask.since == "last":
            ledger.skip(newest, now)
        if not late:  # else "nothing new" would stand behind the news that has just gone there
            yield _without_news(store, place, ask, tools, now)
    elif report:
        yield _send_news(store, None, 0, events_, place, ask, tools, now)
    else:
        delivery = ledger.begin(start, until, _ids(events_), now)
        yield _send_news(store, ledger, delivery, events_, place, ask, tools, now, loss=loss)


def _send_pending(
    store: Store, ledger: Ledger, place: Destination, ask: Ask, tools: Tools, now: dt.datetime
) -> Iterator[Delivered]:
    """What was begun and never settled, up to the first that fails again."""
    for left in ledger.pending():
        events = [e for e in events_between(store, left.since, left.until) if e.id in set(left.event_ids)]
        if place.is_private or not events:
            ledger.fail(left.id, "not settled; told again with the next digest", now, maybe=False)
            continue
        outcome = _send_news(store, ledger, left.id, events, place, ask, tools, now, again=True)
        yield outcome
        if outcome.state == "failed":
            return


def _outage(store: Store, place: Destination, ask: Ask, now: dt.datetime) -> Digest | None:
    return outage_of(store, place, ask, now, _ledger(store, place, ask).delivered())


def _loss(store: Store, place: Destination, ask: Ask) -> Digest | None:
    return loss_of(store, place, ask, _ledger(store, place, ask).delivered())


def _without_news(store: Store, place: Destination, ask: Ask, tools: Tools, now: dt.datetime) -> Delivered:
    """A page that is there says how far its news reach: else an outage would look like a quiet week."""
    caveat, told = standing(store).caveat(ask.present or now), ""
    if place.kind == "file" and not Path(place.where).exists():
        told = "; the file is made with the first news, and a first fill is none"
    elif place.kind == "file":
        empty = Digest("", "", (), (), now.astimezone(dt.UTC), caveat)
        try:
            write_caveat(Path(place.where), render(empty, ask.form or place.form), tools.files)
        except InputError as error:
            return Delivered(place.name, "failed", str(error), local=True)
    return Delivered(place.name, "nothing", _nothing(caveat) + told)


def _send_news(
    store: Store, ledger: Ledger | None, delivery: int, events: Sequence[Event], place: Destination, ask: Ask,
    tools: Tools, now: dt.datetime, *, again: bool = False, loss: Digest | None = None,
) -> Delivered:  # fmt: skip
    """``loss`` is what the receiver has still to hear of a store that was lost; it goes with the news."""
    person = tools.person(events) if tools.person and place.is_private else None
    caveat = standing(store).caveat(ask.present or now) or (loss.caveat if loss else "")
    digest = make_digest(events, person, caveat)
    heard = (loss.key,) if loss and loss.caveat == caveat else ()
    return _send(digest, (*_ids(events), *heard), ledger, delivery, place, ask, tools, now, again=again)


def _send(
    digest: Digest, ids: tuple[str, ...], ledger: Ledger | None, delivery: int, place: Destination, ask: Ask,
    tools: Tools, now: dt.datetime, *, again: bool = False,
) -> Delivered:  # fmt: skip
    """``again``: it may have arrived before, so it keeps its id until it is known to have arrived."""
    try:
        _hand_over(digest, place, ask, tools, now)
    except BrokenPipeError:  # a reader that has seen enough is no error; what it has not seen is told again
        if ledger:
            ledger.fail(delivery, "its reader left", now, maybe=False)
        return Delivered(place.name, "nothing", "its reader has left")
    except (SendFailed, InputError) as error:  # the latter of a file
        if ledger:
            ledger.fail(delivery, str(error), now, maybe=again or getattr(error, "maybe", False))
        return Delivered(place.name, "failed", str(error), local=place.is_private)
    if ledger:
        ledger.settle(delivery, ids, now)
    return Delivered(place.name, "delivered", digest.size, ids, digest)


def _hand_over(digest: Digest, place: Destination, ask: Ask, tools: Tools, now: dt.datetime) -> None:
    settings = tools.settings
    answers: list[str] = []
    if place.kind == "mail" and settings.smtp:
        smtp, message = settings.smtp, mail.compose(digest, settings.smtp, place.where, now)
        tools.in_time(lambda: mail.send(message, smtp, tools.sleep, answers=answers), answers)
    elif place.kind == "webhook":
        secret, timeout = settings.webhook_secret, settings.webhook_timeout
        tools.in_time(
            lambda: webhook.send(digest, place.where, secret, tools.sleep, timeout=timeout, answers=answers), answers
        )
    elif place.kind == "stdout":
        tools.print(render(digest, ask.form or place.form))
    else:
        page = render(digest, ask.form or place.form)
        write_page(Path(place.where), page, now.astimezone(dt.UTC).date(), tools.files)


def _nothing(caveat: str) -> str:
    """Silence is news only of the time that is known; the caveat itself is told once, after all outcomes."""
    return "nothing new that is known" if caveat else "nothing new"


def _ids(events: Sequence[Event]) -> tuple[str, ...]:
    return tuple(event.id for event in events)
