"""``queries``, ``patterns``, ``store`` and ``doctor``."""

from __future__ import annotations

import json
import re

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import ROOT, TODAY, Program
from tests.standin import StandIn
from trialfinder.registry.search_files import all_searches

DAY = ("--today", TODAY)


def test_queries_are_listed_shown_and_checked(program: Program) -> None:
    names = [search.name for search in all_searches()]
    assert len(names) >= 11
    assert [line.split()[0] for line in program("queries", "list").lines] == names
    assert [json.loads(line)["name"] for line in program("queries", "list", "--format", "jsonl").lines] == names
    shown = program("queries", "show", "diabetic")
    assert shown.lines[0] == "diabetic: Diabetic neuropathy and cell products"
    assert "diabetic peripheral neuropathy" in shown.out
    assert re.search(r"^Sent: http://127.0.0.1:9/api/v2/studies\?.*query.cond=", shown.out, re.MULTILINE)
    assert "On the website: https://clinicaltrials.gov/search?" in shown.out
    assert "believed when it finds 3 to 400 studies" in shown.out
    assert f"{len(names)} saved searches, all fine." in program("queries", "check").err
    assert "1 saved search, all fine." in program("queries", "check", "diabetic").err


def test_one_wrong_search_of_ones_own_hides_none_of_the_others(program: Program) -> None:
    own = program.home / "trialfinder" / "queries"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text("name = \n", encoding="utf-8")
    names = [search.name for search in all_searches(ROOT / "queries")]
    for command in (["list"], ["list", "--format", "jsonl"]):
        done = program("queries", *command)
        assert done.code == 2
        assert len(done.lines) == len(names)
        assert "mine.toml" in done.one_line()
    checked = program("queries", "check")
    assert (checked.code, "all fine" in checked.err) == (2, False)
    assert program("queries", "check", "diabetic").code == 0
    with StandIn(made.studies(30)) as registry:
        found = program.at(registry.url)("search", *DAY)
        assert found.code == 0, "what nobody follows stops nobody"
        assert len(found.lines) > 10
        later = program.at(registry.url).later(days=3)("search")
        assert later.code == 0
        assert "left out: " in later.err


def test_patterns_are_listed_and_shown(program: Program) -> None:
    listed = program("patterns", "list")
    ids = [line.split()[0] for line in listed.lines]
    assert len(ids) == len(set(ids)) > 30
    assert "hba1c" in ids
    shown = program("patterns", "show", "hba1c")
    assert shown.code == 0
    assert "hba1c" in shown.lines[0].lower()


def test_store_info_verify_compact_and_backup(filled: Program) -> None:
    info = json.loads(filled("store", "info", "--format", "json").out)
    assert (info["studies"], info["versions"], info["refreshes"], info["set_aside"]) == (30, 30, 1, 0)
    assert "studies     30 (0 no longer in the registry)" in filled("store", "info").out
    assert "is as it was kept" in filled("store", "verify").err
    before = filled.contents()
    assert filled("store", "compact").code == 0
    assert filled.contents() == before
    assert filled("store", "backup", "copy.sqlite").code == 0
    other = filled("search", "--offline", "--store", "copy.sqlite", *DAY)
    assert other.out == filled("search", "--offline", *DAY).out
    (filled.home / "file").write_text("")
    for wrong in ("file/copy.sqlite", "no/copy.sqlite"):
        done = filled("store", "backup", wrong)
        assert done.code == 2
        assert done.one_line()


def test_a_bundle_makes_the_same_store_again(filled: Program) -> None:
    assert filled("store", "export-bundle", "all.zip", *DAY).code == 0
    done = filled("import", "all.zip", "--store", "other.sqlite", *DAY)
    assert done.code == 0, done.err
    assert (
        filled("show", nct(3), "--raw", "--store", "other.sqlite", "--offline").out
        == filled("show", nct(3), "--raw", "--offline").out
    )


def test_store_commands_without_a_store(program: Program) -> None:
    for command in (["info"], ["verify"], ["compact"], ["backup", "x"], ["export-bundle", "x.zip"]):
        done = program("store", *command)
        assert done.code == 7
        assert "trialfinder refresh" in done.one_line()
    assert not program.store.exists()


def test_doctor_says_what_works(program: Program, registry: StandIn) -> None:
    done = program.at(registry.url)("doctor")
    assert done.code == 0
    marks = {line[9:].split(":")[0]: line.split()[0] for line in done.lines}
    assert marks["find the address"] == marks["as trialfinder"] == marks["as plain Python"] == "works"
    assert "not there yet" in done.err
    rows = [json.loads(line) for line in program.at(registry.url)("doctor", "--format", "jsonl").lines]
    assert {"name": "as trialfinder", "ok": True, "meaning": "works"} in rows


def test_doctor_when_the_front_door_is_shut(program: Program, registry: StandIn) -> None:
    registry.fault("forbidden", on="", times=99)
    done = program.at(registry.url)("doctor")
    assert done.code == 4
    assert "403" in done.err
    assert "trialfinder import" in done.err
    nothing = program("doctor")
    assert nothing.code == 4
    assert "works    find the address" in nothing.out


def test_version_and_help(program: Program) -> None:
    assert program("--version").out == "trialfinder 0.1.0\n"
    done = program("--help")
    assert done.code == 0
    for command in ("search", "show", "export", "refresh", "queries", "doctor", "import"):
        assert re.search(rf"^  {command}\s+\S", done.out, re.MULTILINE)
