"""How far the news of a store can be relied on: until when it knows what happened, and what went wrong since.

A run that failed leaves no trace in the store, and then "nothing new" would be said of weeks in which nobody looked. So
a failure is written into a file beside it, and the next run that is kept takes that away.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trialfinder.base import lazy_re as re
from trialfinder.base.text import count, one_line, shorten
from trialfinder.base.tongue import say
from trialfinder.errors import StoreError
from trialfinder.store import clock
from trialfinder.store.known import COMES_BACK, known_by, was_here
from trialfinder.store.study_store import Store

#: A store that is refreshed every day is never older, whenever somebody looks.
_OLD = dt.timedelta(days=2)
#: A store that was begun anew is told of until a digest has said it; of a keeper without one so long.
_TOLD = dt.timedelta(days=14)
#: What of a failure is told with other things, and what of it is kept.
_MOST_WORDS, _MOST_KEPT = 300, 4000
#: What jobs tell after a store was gone and a new one was begun.
BEGUN_ANEW = "begun anew, since the store that was here is gone"
_SENTENCE, _CLAUSE = re.compile(r"\.\s+(?=[A-Z`])"), re.compile(r"(?<=;)\s|\s(?=\|\s)")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the last runs.

    Attributes:
        asked: when the registry was last asked with success; None for never.
        failed: when it first could not be brought up to date after that; None when nothing failed.
        times: how often that was tried.
        words: why, the last time, with the ways out.
        not_believed: whether what came was not believed once since. Asking for what is new would not see that much is
            gone, so the next run has to ask for everything.
        kept: whether the last one did bring the store up to date, and found it damaged or begun anew.
        lost: what is known of a store that was here and is not any more, see `lost_store`; '' when all is well.
        anew: when this store was begun in the place of one that was gone; None for no such thing, and when it was told.
        said: whether a refresh has told that, with its exit code.
        replaced: the same as ``anew``, also when it was told, for two weeks: each destination of a digest hears of it.
    """

    asked: dt.datetime | None
    failed: dt.datetime | None = None
    times: int = 0
    words: str = ""
    not_believed: bool = False
    kept: bool = False
    lost: str = ""
    anew: dt.datetime | None = None
    said: bool = False
    replaced: dt.datetime | None = None

    def caveat(self, now: dt.datetime) -> str:
        """For whoever reads the news, in the language that is spoken: until when they reach; '' when that is now."""
        if self.asked is None:
            return say("The registry has never answered here: what is known, if anything, was imported from files.")
        if now - self.asked < _OLD and (self.failed is None or self.kept):
            return part_lost() if self.kept else ""
        moment = f"{self.asked:%Y-%m-%d %H:%M} UTC"
        told = say("What happened after {moment} is not known here: the registry was not asked since with success.")
        return told.format(moment=moment)

    @property
    def troubles(self) -> str:
        """``2 refreshes failed since``, or that what is there is not whole; '' when all is well."""
        if self.kept:
            return "part of it is damaged or lost (see: trialfinder store info)"
        return f"{count(self.times, 'refresh', 'refreshes')} failed since" if self.times else ""

    def unchanged(self) -> str:
        """For whoever hears that a run failed: how old the store is, and how often it could not be renewed."""
        if self.asked is None:
            return "The store has never been brought up to date."
        told = f"What the store has was checked on {self.asked:%Y-%m-%d %H:%M} UTC"
        return f"{told}; {self.troubles}." if self.troubles else f"{told}."

    def trouble(self, now: dt.datetime) -> str:
        """For the keeper: the same, and why; '' when all is well."""
        told = self.caveat(now)
        if self.lost:
            return f"{self.lost}; the next refresh begins a new one. {COMES_BACK}"
        if not told or self.failed is None:
            return told
        if self.is_anew:
            return f"{told} {self.begun_anew}"
        why = self._why()
        more = "" if why == self.words else " (all of it, and the ways out: trialfinder store info)"
        return f"{told} It failed {count(self.times, 'time')} since {self.failed:%Y-%m-%d %H:%M} UTC: {why}{more}"

    @property
    def is_anew(self) -> bool:
        """Whether nothing else is wrong than that the store was begun anew."""
        return self.anew is not None and self.kept and BEGUN_ANEW in self.words

    @property
    def begun_anew(self) -> str:
        """Since when there is a new store, and how the old one comes back; '' where there was none."""
        return f"It was {BEGUN_ANEW}, on {self.anew:%Y-%m-%d %H:%M} UTC. {COMES_BACK}" if self.anew else ""

    def _why(self) -> str:
        """The fact without the ways out, which half of would lead nowhere: cut between clauses where it is long."""
        first = _SENTENCE.split(self.words, maxsplit=1)[0]
        clauses = _CLAUSE.split(first)
        while len(clauses) > 1 and sum(len(each) + 1 for each in clauses) > _MOST_WORDS:
            del clauses[-1]
        kept = " ".join(clauses).rstrip(" ;")
        return shorten(kept if kept == first.rstrip(" ;") else f"{kept} …", _MOST_WORDS)


def part_lost() -> str:
    """For whoever reads the news, in the language that is spoken."""
    return say("Part of what was known here is damaged or lost: news of the time before may be missing.")


def standing(store: Store) -> Standing:
    """The standing of an open store."""
    last = store.last_refresh()
    asked = last.finished if last else None
    lost = ""
    if not last and not store.refreshes():
        with contextlib.suppress(OSError):  # it is not allowed to look there
            lost = _lost(store.path, 1) if known_by(store.path).exists() else ""
    replaced: dt.datetime | None = None
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        note = json.loads(_note(store.path).read_text(encoding="utf-8"))
        anew = clock.from_text(note["anew"]) if note.get("anew") else None
        replaced = _replaced(store.path)
        since, words = clock.from_text(note["since"]), one_line(str(note["words"]))
        doubted, kept, said = (note.get(name) is True for name in ("not_believed", "kept", "said"))
        return Standing(asked, since, int(note["times"]), words, doubted, kept, lost, anew, said, replaced)
    return Standing(asked, lost=lost, replaced=replaced)


def lost_store(place: Path) -> str:
    """A line about a store that a refresh kept here once and that is not here now; '' when all is well.

    Raises:
        OSError: it is not allowed to look there.
    """
    size = place.stat().st_size if place.exists() else -1
    if size == 0 and not known_by(place).exists():
        return f"{place}: is empty (0 bytes), and what was in it is not known here"
    if not known_by(place).exists() or (size > 0 and _was_kept(place)):
        return ""
    return _lost(place, size)


def anew_in_place(place: Path) -> str:
    """The same for whoever is about to fill it: that a new one is begun, and how the old one comes back.

    Raises:
        OSError: it is not allowed to look there.
    """
    lost = lost_store(place)
    return f"{lost}; a new one is begun. {COMES_BACK}" if lost else ""


def _lost(place: Path, size: int) -> str:
    return was_here(place, {-1: "gone", 0: "empty (0 bytes)"}.get(size, "empty"))


def _was_kept(place: Path) -> bool:
    """Whether the file that is there is more than tables: whatever opened one of 0 bytes has made them."""
    try:
        with Store.open(place, or_read_only=True) as store:
            return bool(store.refreshes())
    except StoreError:  # damaged or locked: told by whoever needs it
        return True


def note_failure(
    store: Path, now: dt.datetime, words: str, *, not_believed: bool = False, kept: bool = False, anew: bool = False,
    said: bool = False,
) -> None:  # fmt: skip
    """Writes down that a run failed, or was ``kept`` in a store that is not whole, or was begun ``anew``.

    ``said`` is whether whoever ran it was told so. Where that cannot be written, the age of the store has to tell.
    """
    note: dict[str, Any] = {"since": clock.to_text(now), "times": 1, "words": shorten(one_line(words), _MOST_KEPT)}
    note |= {"not_believed": not_believed, "kept": kept, "said": said} | ({"anew": note["since"]} if anew else {})
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        before = json.loads(_note(store).read_text(encoding="utf-8"))
        if (replaced := before.get("replaced")) and now - clock.from_text(replaced) < _TOLD:
            note |= {"replaced": replaced}
        note |= {"since": clock.to_text(clock.from_text(before["since"])), "times": int(before["times"]) + 1}
        note["not_believed"] = not_believed or before.get("not_believed") is True
        if before.get("anew") and not anew:
            note |= {"anew": before["anew"], "said": said or before.get("said") is True, "told": before.get("told")}
    _write(store, note)


def forget_failure(store: Path, now: dt.datetime | None = None) -> None:
    """After a run that was kept; that the store was begun anew stays until it was told.

    None for ``now`` after a copy was put in its place: all is forgotten.
    """
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        note = json.loads(_note(store).read_text(encoding="utf-8"))
        anew = clock.from_text(note["anew"])
        if now is not None and note.get("told") is not True and now - anew < _TOLD:
            left = {name: note.get(name) is True for name in ("said", "told")}
            _write(
                store,
                {"since": note["anew"], "times": 1, "words": BEGUN_ANEW, "kept": True, "anew": note["anew"]} | left,
            )
            return
    if now is not None and (replaced := _replaced(store)) and now - replaced < _TOLD:
        _write(store, {"replaced": clock.to_text(replaced)})
        return
    with contextlib.suppress(OSError):
        _note(store).unlink(missing_ok=True)


def _replaced(store: Path) -> dt.datetime | None:
    """When the store was begun in the place of a lost one, as far as the note knows."""
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
        note = json.loads(_note(store).read_text(encoding="utf-8"))
        moment = note.get("anew") or note.get("replaced")
        return clock.from_text(moment) if moment else None
    return None


def note_told(store: Path) -> None:
    """Writes down that a digest has told that the store was begun anew."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        note = json.loads(_note(store).read_text(encoding="utf-8"))
        if note.get("anew") and note.get("kept") is True:
            _write(store, note | {"told": True, "said": True})


def _write(store: Path, note: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        _note(store).write_text(json.dumps(note), encoding="utf-8")


def _note(store: Path) -> Path:
    return Path(f"{store}.failed")
