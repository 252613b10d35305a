"""``--format`` means the same everywhere: every command obeys or refuses, and its help lists what it can say."""

from __future__ import annotations

import csv
import json

import pytest

from tests.e2e.made import nct
from tests.e2e.program import TODAY, Program

DAY = ("--today", TODAY)
LISTS = [
    ["changes"], ["history", nct(1)], ["classify", nct(1), nct(2)], ["signs", nct(1)], ["criteria", nct(1)],
    ["patterns", "list"], ["queries", "list"], ["match", "--age", "40"], ["doctor"], ["search"],
    ["show", nct(1), nct(2)], ["export", "-"],
]  # fmt: skip
OBJECTS = [["show", nct(1)], ["queries", "show", "diabetic"], ["store", "info"]]
TEXT_ONLY = [
    ["refresh"], ["import", "-"], ["store", "verify"], ["schedule", "show", "cron"], ["patterns", "check"],
    ["queries", "check"], ["profile", "check", "me.toml"], ["patterns", "show", "hba1c"],
]  # fmt: skip


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
    words = [word for word in command if not word.startswith("-") and not word.startswith("NCT")]
    depth = 2 if words[0] in ("patterns", "queries", "store", "schedule", "profile") else 1
    text = " ".join(filled(*words[:depth], "--help").out.split())
    for form in ("text", "jsonl") if "jsonl" in told else ("text",):
        assert form in text.split("Form of the output:")[1].split(".")[0] or words[0] == "export"


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


def test_a_piped_list_is_one_line_a_study(filled: Program) -> None:
    done = filled("search", *DAY, COLUMNS="")
    assert len(done.lines) == 30
    assert {line.count("\t") for line in done.lines} == {8}
    assert all(line.startswith("NCT9") for line in done.lines)
    assert max(len(line) for line in done.lines) > 120
