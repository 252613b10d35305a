"""What the keeper of a store relies on: what only reads needs no right to write, and damage is never passed on."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import Program
from tests.e2e.refreshing import changed
from tests.permissions import read_only
from tests.standin import StandIn
from trialfinder.store import Store
from trialfinder.store.bundle import manifest_of

SAYS = "cannot be written to"
READING = [
    ["search", "--limit", "2"], ["search", "--offline"], ["show", nct(1)], ["criteria", nct(1)], ["classify", nct(1)],
    ["match", "--age", "40"], ["match", "--group", "people"], ["changes", "--since", "7d"],
    ["changes", "--since", "last"], ["history", nct(1)], ["store", "info"], ["store", "verify"],
    ["export", "out/t.csv", "--offline"], ["store", "backup", "out/b.sqlite"],
    ["store", "export-bundle", "out/b.zip"], ["digest", "--to", "-", "--since", "30d"],
    ["digest", "--to", "out/n.html", "--since", "30d"], ["digest", "--to", "n.html", "--dry-run"],
    ["digest", "--feed", "out/n.atom"], ["page", nct(1), "--to", "out/p.html", "--profile", "people/me.toml"],
]  # fmt: skip
WRITING = [["refresh"], ["import", "r.json"], ["store", "compact"], ["digest", "--to", "-"]]


@pytest.fixture
def only_readable(filled: Program) -> Iterator[Program]:
    """The program for somebody who may only read the store and its folder: another user's, or a read-only disk."""
    (filled.home / "out").mkdir()
    (filled.home / "people").mkdir()
    (filled.home / "people" / "me.toml").write_text("[person]\nage = 40\n")
    (filled.home / "r.json").write_text(json.dumps(made.studies(1)))
    with read_only(filled.store.parent):
        yield filled


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_what_only_reads_needs_no_right_to_write(only_readable: Program, command: list[str]) -> None:
    beside = sorted(only_readable.store.parent.iterdir())
    before = only_readable.store.read_bytes()
    done = only_readable(*command)
    assert done.code == 0, done.err
    assert done.err.count(SAYS) == 1
    assert (sorted(only_readable.store.parent.iterdir()), only_readable.store.read_bytes()) == (beside, before)


def test_it_says_the_same_as_with_the_right(filled: Program) -> None:
    commands = [command for command in READING if "out/" not in " ".join(command)]
    (filled.home / "people").mkdir()
    (filled.home / "people" / "me.toml").write_text("[person]\nage = 40\n")
    with read_only(filled.store.parent):
        without = [_without_sizes(filled(*command, "-q").out) for command in commands]
    assert [_without_sizes(filled(*command, "-q").out) for command in commands] == without


def _without_sizes(text: str) -> str:
    """What a command says, without how large the store is: with the right to write, what was worked out is kept."""
    return re.sub(r"\d+\.\d MB", "… MB", text)


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_what_writes_says_which_right_is_missing(only_readable: Program, command: list[str]) -> None:
    done = only_readable(*command)
    assert done.code == 7
    assert "write permission" in done.one_line() or "--store" in done.one_line()


def test_an_old_store_that_cannot_be_written_to_is_shown_and_the_registry_left_in_peace(only_readable: Program) -> None:
    with StandIn(made.studies()) as server:
        done = only_readable.at(server.url).later(days=3)("search", "--limit", "1")
        assert (done.code, server.requests) == (0, [])
    assert nct(1) in done.out
    assert "nothing new could be kept, so this is what the store has" in done.err
    assert "write permission" in done.err


def test_a_live_search_shows_what_it_cannot_keep(only_readable: Program) -> None:
    """Who asks wants to see the answer; that it stays is a by-product."""
    extra = made.study(31, briefTitle="Cells for amyloid")
    extra["protocolSection"]["conditionsModule"] = {"conditions": ["Amyloidosis"]}
    before = only_readable.store.read_bytes()
    with StandIn([*made.studies(), extra]) as server:
        asked = only_readable.at(server.url)
        done = asked("search", "--live", "amyloid", "--format", "csv")
        none = asked("search", "--live", "zebrafish")
        explained = asked("search", "--live", "amyloid", "--explain")
    assert done.code == 0, done.err
    assert [line.partition(",")[0] for line in done.lines] == ["nct_id", nct(31)]
    assert "shown and not kept" in done.one_line_told()
    assert "write permission" in done.one_line_told()
    assert none.code == 0, none.err
    assert nct(1) not in none.out
    assert "Asked now: 200 " in explained.err
    assert "registry's data" not in done.err
    assert only_readable.store.read_bytes() == before


def test_a_home_that_cannot_be_written_to_shows_what_came_with_the_program(program: Program) -> None:
    (program.home / "trialfinder").mkdir()
    with StandIn(made.studies()) as server, read_only(program.home / "trialfinder"):
        done = program.at(server.url)("search", "--limit", "1")
    assert done.code == 0, done.err
    assert "NOT current" in done.err
    assert "another place with --store" in done.err


def damage(store: Path) -> None:
    """Other bytes where a text was: SQLite sees nothing wrong."""
    with sqlite3.connect(store) as database:
        database.execute("update bodies set body = zeroblob(length(body)) where version_id = 7")
    database.close()


def cut(store: Path) -> None:
    store.write_bytes(store.read_bytes()[: 5 * 4096])


@pytest.mark.parametrize("spoil", [damage, cut])
def test_no_copy_is_made_of_a_damaged_store(filled: Program, spoil: object) -> None:
    copies = {"backup": filled.home / "copy.sqlite", "export-bundle": filled.home / "copy.zip"}
    for kind, copy in copies.items():
        assert filled("store", kind, copy.name).code == 0
    good = [copy.read_bytes() for copy in copies.values()]
    spoil(filled.store)  # type: ignore[operator]
    for kind, copy in copies.items():
        done = filled("store", kind, copy.name, "--force")
        assert done.code == 7
        assert "damaged" in done.one_line()
        assert "put a backup in its place" in done.one_line()
        assert f"{filled.store}: the store is damaged" in done.one_line()
    assert [copy.read_bytes() for copy in copies.values()] == good


@pytest.mark.parametrize("spoil", [damage, cut, lambda store: store.write_text("nonsense")])
def test_the_doctor_sees_a_damaged_store(filled: Program, registry: StandIn, spoil: object) -> None:
    fine = filled.at(registry.url)("doctor")
    assert fine.code == 0
    assert fine.err.splitlines()[-1] == "The registry can be asked from here; trialfinder works as it is."
    spoil(filled.store)  # type: ignore[operator]
    done = filled.at(registry.url)("doctor", "--quiet")
    assert done.code == 7
    assert "damaged" in done.one_line()
    assert "backup in its place" in done.one_line()
    said = filled.at(registry.url)("doctor").err.splitlines()[-1]
    assert "works as it is" not in said
    assert "cannot be relied on" in said


def test_the_doctor_says_that_nothing_can_be_kept(only_readable: Program, registry: StandIn) -> None:
    done = only_readable.at(registry.url)("doctor")
    assert done.code == 7, "as of the refresh, which a job that watches is to hear of before"
    assert "cannot be written to, so nothing new is kept" in done.err.splitlines()[-1]


def test_a_copy_whose_name_looks_like_a_folder_says_that_it_is_a_file(filled: Program) -> None:
    """The nightly one with --keep failed from then on."""
    told = filled("store", "backup", "b").err
    assert "b: written as a file; for dated copies name a folder that is there (" in told
    keeping = filled("store", "backup", "b", "--keep", "14")
    assert keeping.code == 2
    assert keeping.one_line().startswith("b: is a file, and --keep counts the dated copies in a folder; make one")
    assert "b.sqlite: written (" in filled("store", "backup", "b.sqlite").err


OVER = [
    ["store", "backup", "{}", "--force"], ["store", "export-bundle", "{}", "--force"], ["export", "{}", "--offline"],
    ["export", "{}", "--offline", "--format", "csv"], ["digest", "--to", "{}", "--since", "30d"],
    ["digest", "--feed", "{}"], ["refresh", "--log", "{}"], ["profile", "new", "{}"],
    ["page", nct(1), "--to", "{}", "--replace", "--profile", "me.toml"],
]  # fmt: skip


@pytest.mark.parametrize("end", ["", "-wal"])
@pytest.mark.parametrize("command", OVER, ids=" ".join)
def test_nothing_takes_the_place_of_the_store(filled: Program, registry: StandIn, command: list[str], end: str) -> None:
    (filled.home / "me.toml").write_text("[person]\nage = 40\n")
    before = filled.contents()
    path = Path(f"{filled.store}{end}")
    done = filled.at(registry.url)(*(word.format(path) for word in command), stdin="40\n")
    assert done.code in (2, 11), (done.code, done.out, done.err)
    assert "Traceback" not in done.err
    assert filled.contents() == before
    assert not any("before" in each.name for each in path.parent.iterdir())


def test_a_link_to_the_store_is_the_store(filled: Program) -> None:
    before = filled.contents()
    for name, make in (("hard.sqlite", os.link), ("soft.sqlite", os.symlink)):
        make(filled.store, filled.home / name)
        done = filled("store", "backup", name, "--force")
        assert done.code == 2
        assert "store itself" in done.one_line()
    assert filled.contents() == before


def test_another_store_can_be_replaced_by_a_copy(filled: Program) -> None:
    assert filled("store", "backup", "copy.sqlite").code == 0
    assert filled("store", "backup", "copy.sqlite", "--force").code == 0
    with Store.open(filled.home / "copy.sqlite", read_only=True) as store:
        assert store.info().studies == made.STUDIES


@pytest.mark.parametrize("day", ["2016-01-01", "2036-01-01"])
def test_a_day_to_judge_for_is_never_kept_as_if_it_were_real(filled: Program, registry: StandIn, day: str) -> None:
    """A refresh "of 2036" made a year of silence and false news of every study, and no run after it was the newest."""
    registry.add(made.study(31))
    registry.reload()
    asked = filled.at(registry.url).later(days=1)
    (filled.home / "one.json").write_text(json.dumps([made.study(40)]))
    told = [asked(*command, "--today", day) for command in (["refresh"], ["import", "one.json"], ["show", nct(31)])]
    told.append(asked("store", "export-bundle", "b.zip", "--today", day))
    assert [done.code for done in told] == [0] * 4
    assert all("bears the real time" in done.err for done in told if done is not told[2])
    with Store.open(filled.store, read_only=True) as store:
        assert {run.finished for run in store.refreshes()} == {filled.now, asked.now}
    assert day[:4] not in "".join(json.dumps(manifest_of(filled.home / "b.zip")))
    news = asked("changes", "--since", "last", "--format", "json", "--severity", "minor").out
    assert day[:4] not in news
    assert asked("digest", "--to", "n.html", "--today", "2026-11-22").code == 0
    assert sorted(path.name for path in filled.home.glob("n*.html")) == ["n-2026-11-21.html", "n.html"]
    with sqlite3.connect(filled.store) as database:
        assert {row[0][:10] for row in database.execute("select created from deliveries")} == {"2026-11-21"}
    database.close()


def test_a_bundle_brings_back_history_and_news(filled: Program, registry: StandIn) -> None:
    registry.add(changed(made.study(1), "Another title", "2026-11-21"))
    registry.add(changed(made.study(31), "A new study", "2026-11-21"))
    registry.reload()
    asked = filled.at(registry.url).later(days=2)
    assert asked("refresh").code == 0
    assert asked("store", "export-bundle", "b.zip").code == 0
    done = asked("import", "b.zip", "--store", "again.sqlite")
    words = "31 studies restored as they were when the bundle was made, with 32 versions of 2 runs."
    assert done.err == f"b.zip: {words}\n"
    for command in (
        ["changes", "--since", "last"], ["changes", "--since", "30d", "--severity", "minor"], ["history", nct(1)],
        ["history", nct(1), "--between", "1,2"], ["search", "--offline"], ["search", "--as-of", "2026-11-20"],
        ["digest", "--to", "-", "--since", "30d"],
    ):  # fmt: skip
        there = asked(*command, "--store", "again.sqlite")
        assert (there.code, there.out) == (0, asked(*command).out)
        assert there.out
