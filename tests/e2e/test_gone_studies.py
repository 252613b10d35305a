"""A study that was withdrawn from the registry is shown as it was, marked, and nobody hears that she mistyped."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.program import NOW, Program
from tests.standin import StandIn
from tests.unit.store.fill import run
from trialfinder.serve.desk import Desk
from trialfinder.store import Store

GONE = made.nct(1)
SAID = (
    f"{GONE} was in the registry until 2026-11-20 and was withdrawn from it (missed on 2026-11-21); what is shown is as"
)


@pytest.fixture
def later(filled: Program, registry: StandIn) -> Program:
    """A home whose store knows, since the second day, that the registry has one of its studies no more."""
    registry.remove(GONE)
    registry.reload()
    program = filled.at(registry.url).later(days=1)
    assert program("refresh", "--full").code == 0
    return program.later(hours=1)


@pytest.mark.parametrize("offline", [(), ("--offline",)])
@pytest.mark.parametrize("command", ["show", "signs", "criteria", "classify", "page"])
def test_it_is_shown_as_it_was(later: Program, command: str, offline: tuple[str, ...]) -> None:
    done = later(command, GONE, *offline)
    assert done.code == 0
    assert SAID in done.one_line_told()
    assert GONE in done.out
    assert "withdrawn from it" in " ".join(done.out.split())
    assert "look at the number again" not in done.err


def test_nobody_is_told_that_it_can_be_joined(later: Program) -> None:
    found = json.loads(later("classify", GONE, "--offline", "--format", "json").out)
    found = found[0] if isinstance(found, list) else found
    assert (found["joinable"], found["open_sites"]) == ("no", found["open_sites"])
    assert found["joinable_reason"].startswith("was in the registry until 2026-11-20 and was withdrawn from it")
    (later.home / "me.toml").write_text("[person]\nage = 50\n", encoding="utf-8")
    explained = later("match", "--profile", "me.toml", "--explain", GONE, "--offline")
    assert explained.code == 0
    assert "Can it be joined? No: was in the registry until 2026-11-20 and was withdrawn" in explained.out
    assert GONE not in later("search", "--all", "--offline", "--format", "csv").out


def test_history_says_at_the_end_that_it_is_gone(later: Program) -> None:
    words = "withdrawn from the registry: last seen there on 2026-11-20, no longer there on 2026-11-21"
    assert later("history", GONE).out.splitlines()[-1] == f"2026-11-21: {words}"
    last = json.loads(later("history", GONE, "--format", "jsonl").out.splitlines()[-1])
    assert (last["number"], last["words"]) == (None, words)
    assert "withdrawn" not in later("history", made.nct(2)).out


def test_what_the_registry_lacks_before_any_refresh_saw_it_is_withdrawn_too(filled: Program, registry: StandIn) -> None:
    """A study that no search follows was asked for by its number once; the next question finds nothing there."""
    one = made.nct(90)
    registry.add(made.study(90))
    registry.reload()
    program = filled.at(registry.url)
    assert program("show", one).code == 0
    registry.remove(one)
    registry.reload()
    done = program.later(days=3)("show", one)
    assert done.code == 0
    assert f"{one} was in the registry until 2026-11-20 and was withdrawn from it (missed on 2026-11-23)" in done.err
    assert "Can it be joined?\n  No: was in the registry" in done.out


def test_a_number_that_was_never_here_is_still_to_be_looked_at(later: Program) -> None:
    done = later("show", "NCT99999999")
    assert (done.code, "look at the number again" in done.err) == (3, True)


def test_the_news_of_the_site_say_why_it_has_no_page(later: Program) -> None:
    assert later("site", "site", "--offline").code == 0
    page = (later.home / "site" / "changes.html").read_text("utf-8")
    assert f"no page here: the registry has it no more. Its last record: trialfinder show {GONE}" in page


def test_an_assistant_hears_it_and_lists_stay_without_it(later: Program) -> None:
    desk = Desk(later.store, lambda: later.now)
    found = desk.study(GONE, "studies", 10, 0)
    assert found["study"]["joinable"] == "no"
    assert found["about"]["caution"].startswith("The registry has this study no more; last seen there on 2026-11-20")
    assert all(study["nct_id"] != GONE for study in desk.search("", {"everything": True}, 50, 0)["studies"])
    desk.close()


def test_offline_what_left_every_search_is_shown_as_it_was(tmp_path: Path) -> None:
    """It was said not to be in the store, which was untrue."""
    program = Program(tmp_path)
    with Store.open(program.store, create=True) as store:
        run(store, NOW - dt.timedelta(days=2), {"default": [made.study(1), made.study(2)]})
        run(store, NOW - dt.timedelta(days=1), {"default": [made.study(2)]})
    done = program("show", made.nct(1), "--offline")
    assert (done.code, made.nct(1) in done.out) == (0, True)
    assert f"{made.nct(1)} is shown as it was on 2026-11-18: no saved search finds it any more" in done.err
    assert program("show", made.nct(8), "--offline").code == 3
