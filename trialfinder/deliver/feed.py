"""An Atom feed (RFC 4287) of the events: one entry each, with an id that never changes."""

from __future__ import annotations

import datetime as dt
import html
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from trialfinder.base.tongue import remarked, say, unmarked
from trialfinder.changes.became_joinable import told_first
from trialfinder.changes.record_events import Event
from trialfinder.deliver.digest import Digest
from trialfinder.deliver.render import related_words, source_words
from trialfinder.study.model import STUDY_URL
from trialfinder.tables.notice import approval_notice, machine_words
from trialfinder.tables.own_files import CAREFUL, OwnFiles

#: Most entries of a feed; the newest stay.
MOST = 300
#: Namespace of the ids (RFC 9562, version 5): fixed for ever, since readers tell entries by their ids.
_NAMESPACE = uuid.UUID("6f0c1c52-6d0e-5d0a-9a53-2b8a5a3f7c11")
TITLE = "Clinical trials: what is new and what changed"


def entry_id(event: Event) -> str:
    """The id of an entry: the same for the same event, whenever and by whomever the feed is made."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, event.id)}"


def atom(
    events: Iterable[Event], *, updated: dt.datetime, title: str = TITLE, caveat: str = "",
    notes: Sequence[Digest] = (), most: int = MOST,
) -> bytes:  # fmt: skip
    """The feed as UTF-8 XML, the newest entries first, of one run those of studies that can be joined now.

    Args:
        events: what to tell; only the newest ``most`` are kept.
        updated: when the feed last changed, for a feed without entries; else its newest event counts.
        title: of the feed.
        caveat: how far its news reach, '' where that is now; most readers do not show it.
        notes: what is told without an event; entries of their own, before all others.
        most: see ``events``.
    """
    from feedgen.feed import FeedGenerator

    newest = sorted(events, key=lambda e: (e.refresh_id, told_first(e), e.nct_id, e.id), reverse=True)[:most]
    feed = FeedGenerator()
    feed.id(f"urn:uuid:{uuid.uuid5(_NAMESPACE, title)}")
    feed.title(say(title))
    feed.language(say("en"))
    feed.author({"name": "trialfinder"})
    feed.link(href="https://clinicaltrials.gov/", rel="alternate")
    feed.subtitle(f"{caveat} {source_words()} {approval_notice()} {machine_words()}".strip())
    feed.updated(
        max([event.date_seen for event in newest] + [note.seen for note in notes], default=updated).astimezone(dt.UTC)
    )
    for note in notes:
        _note_entry(feed.add_entry(order="append"), note)
    for event in newest:
        _event_entry(feed.add_entry(order="append"), event)
    return bytes(feed.atom_str(pretty=True))


def _note_entry(entry: Any, note: Digest) -> None:
    entry.id(f"urn:uuid:{uuid.uuid5(_NAMESPACE, note.key)}")
    entry.title(note.subject)
    entry.link(href="https://clinicaltrials.gov/", rel="alternate")
    entry.published(note.seen.astimezone(dt.UTC))
    entry.updated(note.seen.astimezone(dt.UTC))
    entry.content(f"<p>{html.escape(note.caveat)}</p>", type="html")


def _event_entry(entry: Any, event: Event) -> None:
    entry.id(entry_id(event))
    entry.title(f"{event.marked_title or event.nct_id}: {unmarked(event.words)}")
    entry.link(href=STUDY_URL + event.nct_id, rel="alternate")
    entry.published(event.date_seen.astimezone(dt.UTC))
    entry.updated(event.date_seen.astimezone(dt.UTC))
    entry.category([{"term": event.kind}, {"term": event.severity}])
    entry.content(_body(event), type="html")


def _body(event: Event) -> str:
    lines = "".join(f"<li>{html.escape(detail)}</li>" for detail in event.details)
    said = f"<p>{html.escape(event.words)}</p>" + (f"<ul>{lines}</ul>" if lines else "")
    said = remarked(said, '<span lang="en">', "</span>")
    # Most readers show an entry alone, without the feed's own words.
    related = f"<p>{html.escape(related_words())}</p>" if event.related else ""
    return f"{said}<p>{event.nct_id}</p>{related}<p>{html.escape(approval_notice())}</p>"


def write_feed(
    path: Path, events: Iterable[Event], *, updated: dt.datetime, caveat: str = "", notes: Sequence[Digest] = (),
    files: OwnFiles = CAREFUL, most: int = MOST,
) -> bool:  # fmt: skip
    """Writes the feed whole or not at all.

    Returns:
        Whether it was another one before.

    Raises:
        InputError: the file cannot be written, or what stands there is not to be replaced; an older one is as it was.
    """
    content = atom(events, updated=updated, caveat=caveat, notes=notes, most=most)
    files.check(path)
    if path.is_file() and path.read_bytes() == content:
        return False
    files.write(path, content)
    return True
