"""``--format`` means the same everywhere: every command obeys or refuses, and its help lists what it can say."""

from __future__ import annotations

import csv
import json

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import TODAY, Program
from tests.standin import StandIn
from tests.unit.test_cli_help import ALL

DAY = ("--today", TODAY)
LISTS = [
    ["changes"], ["history", nct(1)], ["classify", nct(1), nct(2)], ["signs", nct(1)], ["criteria", nct(1)],
    ["patterns", "list"], ["queries", "list"], ["match", "--age", "40"], ["doctor"], ["search"],
    ["show", nct(1), nct(2)], ["export", "-"],
]  # fmt: skip
OBJECTS = [["show", nct(1)], ["queries", "show", "diabetic"], ["store", "info"]]
TEXT_ONLY = [
    ["refresh"], ["import", "-"], ["store", "verify"], ["schedule", "show", "cron"], ["patterns", "check"],
    ["queries", "check"], ["profile", "check", "me.toml"], ["patterns", "show", "hba1c"], ["page", nct(1)],
    ["site", "public"], ["plot", "map", "m.svg"], ["digest", "--to", "n.html"], ["profile", "new"], ["profile", "show"],
    ["store", "compact"], ["store", "backup", "b.sqlite"], ["store", "restore", "b.sqlite"],
    ["store", "export-bundle", "b.zip"], ["registry", "import", "ctg", "r.json"], ["registry", "read", "ctg"],
    ["registry", "classify", "ctg"], ["registry", "match", "ctg", "--profile", "me.toml"], ["mcp"],
    ["queries", "new", "facial-pain", "trigeminal neuralgia"],
]  # fmt: skip


def test_no_command_is_left_out() -> None:
    tried = [" ".join(command) + " " for command in (*LISTS, *OBJECTS, *TEXT_ONLY)]
    assert [name for name in ALL if not any(each.startswith(f"{name} ") for each in tried)] == []


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_json_is_one_list_and_jsonl_one_object_a_line(filled: Program, command: list[str]) -> None:
    whole = json.loads(filled(*command, "--format", "json", *DAY).out)
    assert isinstance(whole, list)
    lines = [json.loads(line) for line in filled(*command, "--format", "jsonl", *DAY).lines]
    assert lines == whole


@pytest.mark.parametrize("command", OBJECTS, ids=" ".join)
def test_json_of_one_thing_is_an_object(filled: Program, command: list[str]) -> None:
    assert isinstance(json.loads(filled(*command, "--format", "json", *DAY).out), dict)
    (line,) = filled(*command, "--format", "jsonl", *DAY).lines
    assert isinstance(json.loads(line), dict)


@pytest.mark.parametrize("command", [*LISTS, *OBJECTS, *TEXT_ONLY], ids=" ".join)
def test_what_a_command_cannot_say_is_refused_and_what_it_can_is_listed(filled: Program, command: list[str]) -> None:
    done = filled(*command, "--format", "pdf", *DAY, stdin="[]")
    assert done.code == 2
    assert done.out == ""
    told = done.one_line()
    assert "--format 'pdf'" in told
    name = next(name for name in ALL if " ".join(command).startswith(name))
    text = " ".join(filled(*name.split(), "--help").out.split())
    for form in ("text", "jsonl") if "jsonl" in told else ("text",):
        assert form in text.split("Form of the output:")[1].split(".")[0] or name == "export"


def test_the_same_form_by_its_other_names(filled: Program) -> None:
    for one, other in (("md", "markdown"), ("text", "table"), ("jsonl", "ndjson")):
        assert filled("search", "--format", one, *DAY).out == filled("search", "--format", other, *DAY).out
    for command in (["search"], ["show", nct(1)], ["criteria", nct(1)], ["changes"], ["classify", nct(1)]):
        assert filled(*command, "--format", "text", *DAY).out == filled(*command, *DAY).out


def test_tabs_between_the_cells(filled: Program) -> None:
    rows = list(csv.reader(filled("search", "--format", "tsv", *DAY).lines, delimiter="\t"))
    assert len(rows) == 31
    assert len({len(row) for row in rows}) == 1
    assert filled("export", "t.tsv", *DAY).code == 0


TABLES = [
    *(each for each in LISTS if each[0] != "show" and each != ["export", "-"]),
    ["history", nct(1), "--between", "1,1"], ["changes", "--nct", nct(9)],
]  # fmt: skip


@pytest.mark.parametrize("command", TABLES, ids=" ".join)
def test_a_table_has_the_same_columns_and_rows_in_every_form(filled: Program, command: list[str]) -> None:
    made = {form: filled(*command, "--format", form, *DAY).out for form in ("csv", "tsv", "md", "html")}
    comma = list(csv.reader(made["csv"].splitlines()))
    tabs = list(csv.reader(made["tsv"].splitlines(), delimiter="\t"))
    assert comma == tabs
    assert {len(row) for row in comma} == {len(comma[0])}
    bars = made["md"].splitlines()
    assert [cell.strip() for cell in bars[0].strip("|").split("|")] == comma[0]
    assert len(bars) == len(comma) + 1
    assert made["html"].count("<tr>") == len(comma)
    assert "No stem-cell therapy is approved" in made["html"]
    assert made["html"].count(f">{comma[0][0]}</th>") == 1


def test_what_happened_as_a_table(filled: Program, registry: StandIn) -> None:
    registry.add(made.study(1, briefTitle="Another = title"))
    assert filled.later(days=1).at(registry.url)("refresh", "--full").code == 0
    (row,) = csv.DictReader(filled.later(days=1)("changes", "--format", "csv").lines)
    assert (row["nct_id"], row["kind"], row["new"]) == (nct(1), "title", "Another = title")
    assert row["date_seen"].startswith("2026-11-21T12:00")
    first, second = csv.DictReader(filled.later(days=1)("history", nct(1), "--format", "csv").lines)
    assert (first["number"], first["words"]) == ("1", "first version kept")
    assert (second["number"], second["words"]) == ("2", row["words"])


@pytest.mark.parametrize(
    ("command", "lines", "tabs"),
    [
        (["search"], 30, 8),
        (["match", "--age", "40"], 30, 8),
        (["classify"], 30, 17),
        (["signs"], 30, 4),
        (["queries", "list"], 11, 1),
        (["patterns", "list"], 66, 2),
        (["doctor"], 7, 2),
        (["history", nct(1)], 1, 3),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_piped_list_is_one_line_for_each(filled: Program, command: list[str], lines: int, tabs: int) -> None:
    done = filled(*command, *DAY, COLUMNS="")
    assert {line.count("\t") for line in done.lines} == {tabs}
    assert len(done.lines) == lines if command[0] not in ("queries", "patterns", "doctor") else len(done.lines) >= 5
    assert all(line.startswith("NCT9") for line in done.lines) or command[0] not in ("search", "match", "signs")


def test_no_line_of_a_pipe_is_broken(filled: Program) -> None:
    for command in (["search"], ["match", "--age", "40"], ["classify"]):
        assert max(len(line) for line in filled(*command, *DAY, COLUMNS="").lines) > 120


def test_what_happened_in_a_pipe_is_one_line_for_each_event(filled: Program, registry: StandIn) -> None:
    registry.add(made.study(1, briefTitle="Another title " * 20))
    registry.add(made.study(2, briefTitle="A new name"))
    assert filled.later(days=1).at(registry.url)("refresh", "--full").code == 0
    lines = filled.later(days=1)("changes", COLUMNS="").lines
    assert [line.split("\t")[:3] for line in lines] == [["2026-11-21", nct(each), "normal"] for each in (1, 2)]
    assert all(line.split("\t")[3].startswith("title changed from") for line in lines), lines


def test_a_form_that_one_option_does_not_have_is_refused(filled: Program) -> None:
    assert "no form csv" in filled("match", "--age", "40", "--explain", nct(1), "--format", "csv", *DAY).one_line()
    assert "no form md" in filled("criteria", nct(1), "--tree", "--format", "md", *DAY).one_line()
