"""A year of sixty refreshes and digests with faults in a third of them: every event once to everyone, none invented."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.e2e.refreshing import START, bring_up_to_date, contents
from tests.standin import StandIn
from tests.standin.samples import sample
from tests.unit.deliver.post import Hook, Mailbox, mail_server, web_server
from trialfinder.changes import events_between
from trialfinder.deliver import Ask, Settings, Smtp, Tools, deliver, write_feed
from trialfinder.deliver.ledger import Ledger
from trialfinder.errors import TrialfinderError
from trialfinder.store import Store

STEPS = 60
#: So many refreshes, at least, a study stays away or stays, so that a full pass sees it.
LONG = 3
REGISTRY_FAULTS = ("forbidden", "html", "cut_json", "truncated", "reset", "total_lie", "status")
MAIL_FAULTS = (["554 no"], ["hang up"], ["take it and hang up"], ["451 later"] * 3)
HOOK_FAULTS = ([403], [500] * 4, [0] * 4)
GONE = "withdrawn from the registry: asked for by its number, it is no longer there"
Told = Counter[tuple[str, str]]


class Killed(BaseException):
    """The program ends here."""


@dataclass
class Registry:
    """What the registry does, and what must be told of it."""

    standin: StandIn
    chance: random.Random
    expected: Told = field(default_factory=Counter)
    there: dict[int, dict[str, Any]] = field(default_factory=dict)
    away: dict[int, dict[str, Any]] = field(default_factory=dict)
    turned: dict[int, dict[str, Any]] = field(default_factory=dict)
    since: dict[int, int] = field(default_factory=dict)

    def begin(self, count: int) -> None:
        for number in range(1, 2 * count, 2):  # the odd ones recruit
            self.put(number, sample(number))

    def put(self, number: int, record: dict[str, Any]) -> None:
        # Confirmed once: a status that nobody ever confirmed is told with a doubt, which is tested elsewhere.
        record["protocolSection"]["statusModule"].setdefault("statusVerifiedDate", f"{START:%Y-%m}")
        self.there[number] = record
        self.standin.replace(record)

    def tell(self, number: int, words: str) -> None:
        self.expected[f"NCT{number:08d}", words] += 1

    def step(self, step: int) -> None:
        """Some of everything happens; a study has one thing happen to it."""
        settled = [n for n in sorted(self.there) if step - self.since.get(n, -LONG) >= LONG]
        busy = self.chance.sample(settled, min(6, len(settled)))
        for number, happens in zip(busy, self.chance.sample(self.DEEDS, 5), strict=False):
            happens(self, number, step)
        for pool, back in ((self.away, Registry.restore), (self.turned, Registry.turn_back)):
            ready = [n for n in sorted(pool) if step - self.since[n] >= LONG]
            if ready and self.chance.random() < 0.5:
                back(self, ready[0], step)
        if self.chance.random() < 0.4:
            number = 1001 + 2 * step
            self.put(number, self.dated(sample(number)))
            self.tell(number, "new study (recruiting)")

    def dated(self, record: dict[str, Any]) -> dict[str, Any]:
        record["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"] = self.standin.data.timestamp[:10]
        return record

    def pause_or_resume(self, number: int, _: int) -> None:
        record = self.dated(self.there[number])
        status = record["protocolSection"]["statusModule"]
        paused = status["overallStatus"] == "SUSPENDED"
        status["overallStatus"] = "RECRUITING" if paused else "SUSPENDED"
        self.tell(number, "now recruiting (was paused)" if paused else "paused (was recruiting)")
        if paused:
            self.tell(number, can_be_joined(record))
        self.put(number, record)

    def raise_the_age(self, number: int, _: int) -> None:
        record = self.dated(self.there[number])
        limits = record["protocolSection"]["eligibilityModule"]
        old = int(limits.get("maximumAge", "0 Years").split()[0])
        limits["maximumAge"] = f"{old + 5 if old else 60} Years"
        told = f"age limit raised from {old} years to {old + 5} years" if old else "upper age limit set: 60 years"
        self.tell(number, told)
        self.put(number, record)

    def open_a_site(self, number: int, step: int) -> None:
        record = self.dated(self.there[number])
        site = {"facility": f"Clinic {step}", "city": "Leeds", "country": "United Kingdom", "status": "RECRUITING"}
        record["protocolSection"].setdefault("contactsLocationsModule", {}).setdefault("locations", []).insert(0, site)
        self.tell(number, f"site opened in Leeds, United Kingdom (Clinic {step})")
        self.put(number, record)

    def rewrite(self, number: int, _: int) -> None:
        """Other order, line ends and marks, a new date of update: nothing to tell."""
        record = self.dated(self.there[number])
        protocol = record["protocolSection"]
        text = protocol["eligibilityModule"]["eligibilityCriteria"]
        protocol["eligibilityModule"]["eligibilityCriteria"] = text.replace("\r", "").replace("\n", "\r\n") + "\n"
        protocol["eligibilityModule"]["stdAges"].reverse()
        protocol.get("contactsLocationsModule", {}).get("locations", []).reverse()
        self.put(number, {key: record[key] for key in reversed(record)})

    def withdraw(self, number: int, step: int) -> None:
        self.away[number] = self.there.pop(number)
        self.standin.remove(f"NCT{number:08d}")
        self.since[number] = step
        self.tell(number, GONE)

    def restore(self, number: int, step: int) -> None:
        self.since[number] = step
        self.tell(number, f"came back to the results ({self.status(self.away[number])})")
        self.put(number, self.away.pop(number))

    def turn(self, number: int, step: int) -> None:
        """No longer about nerves."""
        self.since[number] = step
        self.retitle(number, self.there, "Cells for a Weak Heart", "Peripheral Nerve Injuries", "Heart Failure")
        self.tell(number, "left the results of the search nerve")
        self.turned[number] = self.there.pop(number)

    def turn_back(self, number: int, step: int) -> None:
        self.since[number] = step
        self.retitle(
            number,
            self.turned,
            f"Stem Cells After Nerve Injury, Part {number}",
            "Heart Failure",
            "Peripheral Nerve Injuries",
        )
        self.tell(number, f"came back to the results ({self.status(self.turned[number])})")
        self.there[number] = self.turned.pop(number)

    def retitle(self, number: int, pool: dict[int, dict[str, Any]], title: str, old: str, new: str) -> None:
        record = self.dated(pool[number])
        protocol = record["protocolSection"]
        before = protocol["identificationModule"]["briefTitle"]
        protocol["identificationModule"]["briefTitle"] = title
        protocol["conditionsModule"]["conditions"] = [new]
        self.tell(number, f"title changed from {before} to {title}")
        self.tell(number, f"condition removed: {old}")
        self.tell(number, f"condition added: {new}")
        self.standin.replace(record)

    def status(self, record: dict[str, Any]) -> str:
        words = {"RECRUITING": "recruiting", "SUSPENDED": "paused"}
        return words[record["protocolSection"]["statusModule"]["overallStatus"]]

    DEEDS = (pause_or_resume, raise_the_age, open_a_site, rewrite, withdraw, turn)


def can_be_joined(record: dict[str, Any]) -> str:
    """What is told of a study that recruits again."""
    protocol = record["protocolSection"]
    sites = protocol.get("contactsLocationsModule", {}).get("locations", [])
    opened = sum(site.get("status") == "RECRUITING" for site in sites)
    at = f" at {opened} of {len(sites)} listed sites" if opened else ""
    verified = f"last verified {protocol['statusModule']['statusVerifiedDate']}"
    before = f"is paused; it may start again; {verified}"
    return f"can be joined: yes (was no): is recruiting{at}; {verified}. Before: {before}"


@dataclass
class Readers:
    """Everybody who is told, and what they have been told."""

    box: Mailbox
    hook: Hook
    folder: Path
    files: Told = field(default_factory=Counter)
    feed: dict[str, tuple[str, str]] = field(default_factory=dict)
    kills: int = 0
    failures: int = 0

    def digest(self, store: Store, at: dt.datetime, chance: random.Random | None, patch: pytest.MonkeyPatch) -> None:
        if chance and chance.random() < 0.34:
            self.box.answers = list(chance.choice(MAIL_FAULTS))
        if chance and chance.random() < 0.34:
            self.hook.answers = list(chance.choice(HOOK_FAULTS))
        path = self.folder / "news.txt"
        path.unlink(missing_ok=True)
        kill = chance is not None and chance.random() < 0.1
        with patch.context() as patched:
            if kill:
                patched.setattr(Ledger, "settle", _die)
            try:
                self._send(store, ["mail:group@example.org", f"webhook:{self.hook.url}"], at)
            except Killed:
                self.kills += 1
        self._send(store, [str(path)], at)
        self.box.answers, self.hook.answers = [], []
        if path.exists():
            self.files += read_text(path.read_text(encoding="utf-8"))
        self._feed(store)

    def _send(self, store: Store, to: list[str], at: dt.datetime) -> None:
        smtp = Smtp("127.0.0.1", "trials@example.org", self.box.port, "none", timeout=5.0)
        tools = Tools(Settings(smtp, "secret", 5.0), io.StringIO(), lambda _: None)
        outcomes = deliver(store, to, ask=Ask(severity="minor"), tools=tools, now=at)
        self.failures += sum(outcome.state == "failed" for outcome in outcomes)

    def _feed(self, store: Store) -> None:
        path = self.folder / "feed.xml"
        write_feed(path, events_between(store, 0), updated=START)
        atom = "{http://www.w3.org/2005/Atom}"
        for entry in ElementTree.fromstring(path.read_bytes()).iter(f"{atom}entry"):
            link, content = entry.find(f"{atom}link"), entry.findtext(f"{atom}content") or ""
            assert link is not None
            told = ((link.get("href") or "")[-11:], content.split("</p>")[0].removeprefix("<p>"))
            assert self.feed.setdefault(entry.findtext(f"{atom}id") or "", told) == told

    def told(self) -> dict[str, Told]:
        """What each reader has heard; a second copy of a message is known by its id."""
        mails = {str(message["Message-ID"]): message for message in self.box.messages}
        bodies = {h["Idempotency-Key"]: body for h, body in self.hook.posts if h["-answer"] in ("204", "0")}
        posted = [event for body in bodies.values() for event in json.loads(body)["events"]]
        by_mail: Told = Counter()
        for message in mails.values():
            part = message.get_body(("plain",))
            assert part is not None
            by_mail += read_text(part.get_content())
        return {
            "mail": by_mail, "webhook": Counter((event["nct_id"], event["words"]) for event in posted),
            "file": self.files, "feed": Counter(self.feed.values()),
        }  # fmt: skip


def _die(*_: object) -> None:
    raise Killed


_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?: ")


def read_text(text: str) -> Told:
    """The lines of a text digest by study, without the day that lines of several runs bear."""
    told: Told = Counter()
    nct_id = ""
    for line in text.splitlines():
        if line.startswith("NCT"):
            nct_id = line[:11]
        elif line.startswith("  - "):
            told[nct_id, _DAY.sub("", line[4:], count=1)] += 1
    return told


def a_year(
    folder: Path, faults: random.Random | None, patch: pytest.MonkeyPatch
) -> tuple[Any, set[str], Registry, Readers]:
    """The contents of the store at the end, the ids of all events, what happened, and what was told."""
    folder.mkdir()
    with StandIn() as standin, Store.open(folder / "store.db") as store, mail_server() as box, web_server() as hook:
        registry, readers = Registry(standin, random.Random(7)), Readers(box, hook, folder)
        registry.begin(40)
        failed = 0
        for step in range(STEPS):
            for _ in range(6):
                standin.reload()
            if step:
                registry.step(step)
            at = START + dt.timedelta(days=6 * step - (400 if step % 9 == 5 else 0))  # at times the clock jumps back
            if faults and faults.random() < 0.34:
                standin.fault(faults.choice(REGISTRY_FAULTS), times=99)
                with pytest.raises(TrialfinderError):
                    bring_up_to_date(standin, store, at=at)
                standin.clear_faults()
                failed += 1
            bring_up_to_date(standin, store, at=at, full=step == STEPS - 1)
            readers.digest(store, at, faults, patch)
        readers.digest(store, START + dt.timedelta(days=400), None, patch)
        assert (failed >= STEPS // 4) == (faults is not None)
        assert store.verify() == ()
        return contents(store), {event.id for event in events_between(store, 0)}, registry, readers


@pytest.mark.slow
def test_every_event_of_a_year_is_told_once_to_everyone_and_none_is_invented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calm, calm_ids, registry, readers = a_year(tmp_path / "calm", None, monkeypatch)
    rough, rough_ids, registry_again, rough_readers = a_year(tmp_path / "rough", random.Random(8), monkeypatch)
    assert registry.expected == registry_again.expected
    assert sum(registry.expected.values()) > 200
    assert {words for _, words in registry.expected} >= {
        GONE,
        "left the results of the search nerve",
        "new study (recruiting)",
    }
    assert rough_readers.failures > 10
    assert rough_readers.kills > 2
    for name, told in {**readers.told(), **{f"{k}, rough": v for k, v in rough_readers.told().items()}}.items():
        assert told - registry.expected == Counter(), f"{name}: invented, or told twice"
        assert registry.expected - told == Counter(), f"{name}: not told"
    assert rough == calm
    assert rough_ids == calm_ids
