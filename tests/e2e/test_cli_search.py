"""``trialfinder search`` as a person meets it: the real program, its own home, a registry on loopback."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import TODAY, Done, Program
from tests.e2e.refreshing import changed
from tests.standin import StandIn
from trialfinder.study.model import record_nct_id as nct_id
from trialfinder.study.record_files import read_records

DAY = ("--today", TODAY)
STAMP = "2026-11-20T09:00:05"


def ids(done: Done) -> list[str]:
    assert done.code == 0, done.err
    return re.findall(r"^NCT\d{8}", done.out, re.MULTILINE)


def listed(program: Program, *arguments: str) -> list[str]:
    return ids(program("search", *arguments, *DAY))


def numbers(*wanted: int) -> list[str]:
    return [nct(number) for number in wanted]


def test_first_search_fills_the_store_in_three_requests_and_the_next_asks_nothing(
    program: Program, registry: StandIn
) -> None:
    done = program.at(registry.url)("search", *DAY)
    assert ids(done) == numbers(*range(1, 31))
    assert registry.paths() == ["/version", "/studies", "/version"]
    assert "30 studies" in done.err
    assert f"data of {STAMP}" in done.err
    again = program.at(registry.url)("search", *DAY)
    assert again.out == done.out
    assert len(registry.requests) == 3


def test_a_store_older_than_a_day_is_checked_with_one_request(filled: Program, registry: StandIn) -> None:
    asked = filled.at(registry.url)
    assert ids(asked("search", "--today", "2026-11-21")) == numbers(*range(1, 31))
    assert registry.requests == []  # noon to noon is not more than a day
    assert ids(asked("search", "--today", "2026-11-22")) == numbers(*range(1, 31))
    assert registry.paths() == ["/version"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--status", "recruiting"], range(1, 11)),
        (["--status", "RECRUITING,withdrawn"], [*range(1, 11), *range(21, 31)]),
        (["--open"], range(1, 11)),
        (["--phase", "na"], range(3, 31, 3)),
        (["--phase", "1/2", "--status", "completed"], [11, 13, 14, 16, 17, 19, 20]),
        (["--country", "France"], range(2, 31, 2)),
        (["--country", "UK"], range(1, 31, 2)),
        (["--sponsor", "harbour"], range(1, 6)),
        (["--age", "70"], range(16, 31)),
        (["--age", "65.5"], range(1, 31)),  # "65 Years" admits until the 66th birthday
        (["--sex", "female", "--limit", "4"], range(1, 5)),
        (["--updated-since", "2026-10-28"], range(1, 5)),
        (["--updated-since", "25d"], range(1, 7)),
        (["nerve pain", '"part 7"'], [7]),
        (["nerve pain part 7"], [7, 17, 27]),
        (["part", "7", "cord"], [7, 17, 27]),
        (['"part 2"', "--limit", "2"], [2, 20]),
        (["--query", "neuropathy-cells", "--limit", "1"], [1]),
        (["--donor", "allogeneic", "--cells", "msc", "--source", "umbilical_cord", "--limit", "1"], [1]),
        ([nct(13)], [13]),
        ([made.ALIAS], [1]),
    ],
)
def test_filters(filled: Program, arguments: list[str], expected: list[int]) -> None:
    assert listed(filled, *arguments) == numbers(*expected)


def test_what_the_store_lacks_and_came_with_the_program_is_told_with_a_command(filled: Program) -> None:
    told = "In what came with the program (not current): "
    done = filled("search", "amyloid neuropathy of nobody", *DAY)
    assert told not in done.err, "nothing there, either"
    typed = ("--neuropathy", "radiculopathy")
    done = filled("search", *typed, *DAY)
    assert (done.out, told in done.err) == ("", True)
    number, command = re.findall(rf"{re.escape(told)}(\d+) stud\S+:\n  trialfinder (.*)", done.err)[0]
    assert len(ids(filled(*shlex.split(command), *DAY))) == int(number) > 0
    done = filled("search", "sciatica", *DAY)
    assert "--neuropathy radiculopathy --store snapshot" in done.err, "by its kind, whatever its words"
    done = filled("match", "--offline", *typed, "--age", "50", *DAY)
    assert re.search(r"\d+ stud\S+ names? it in what came with the program", done.err)
    assert f"--age 50 {' '.join(DAY)} --store snapshot" in done.err
    done = filled("show", "NCT06924853", *DAY)
    assert done.code == 4
    assert "trialfinder show NCT06924853 --store snapshot" in done.err


def test_an_empty_result_shows_where_it_became_empty_and_commands_that_give_the_counts_they_promise(
    filled: Program,
) -> None:
    done = filled("search", "nerve pain", "--status", "completed", "--sponsor", "Harbour Clinic", "--age", "70", *DAY)
    assert (done.code, done.out) == (0, "")
    funnel = re.findall(r"^  (\S.*?)\s+(\d+) -> (\d+)(.*)$", done.err, re.MULTILINE)
    assert "No study is left of 30 studies." in done.err
    assert funnel == [
        ("nerve pain", "30", "30", ""),
        ("--status completed", "30", "10", ""),
        ("--sponsor 'Harbour Clinic'", "10", "0", "  <- here it became empty"),
        ("--age 70", "0", "0", ""),
    ]
    broader = re.findall(r"^  trialfinder (.*?)\s+# (\d+) stud", done.err, re.MULTILINE)
    assert [number for _, number in broader] == ["5"]
    for command, number in broader:
        assert len(ids(filled(*shlex.split(command), *DAY))) == int(number)


@pytest.mark.parametrize(
    ("arguments", "counts"),
    [
        (["--relevance", "off_topic", "--status", "withdrawn"], [10, 1]),
        (["--all", "--status", "completed", "--age", "120", "--sponsor", "harbour"], [6]),
        (["--as-of", "2026-11-21", "--status", "suspended"], [30]),
        (["--status", "suspended", "--phase", "4", "--country", "Peru"], [30]),
    ],
)
def test_broader_commands_give_what_they_promise(
    program: Program, registry: StandIn, arguments: list[str], counts: list[int]
) -> None:
    """One of the studies is off topic, and each command has to say whether it counts."""
    off_topic = made.study(90, briefTitle="Foot care after nerve pain", officialTitle="Foot care")
    off_topic["protocolSection"]["statusModule"]["overallStatus"] = "COMPLETED"
    off_topic["protocolSection"]["descriptionModule"] = {"briefSummary": "Shoes. Bone marrow is not used."}
    off_topic["protocolSection"]["armsInterventionsModule"] = {"interventions": [{"type": "DEVICE", "name": "Shoes"}]}
    registry.add(off_topic)
    asked = program.at(registry.url)
    assert asked("refresh", *DAY).code == 0
    done = asked("search", *arguments, *DAY)
    assert (done.code, done.out) == (0, ""), done.out
    broader = re.findall(r"^  trialfinder (.*?)\s+# (\d+) stud", done.err, re.MULTILINE)
    assert [int(number) for _, number in broader] == counts
    for command, number in broader:
        assert len(ids(asked(*shlex.split(command), *DAY))) == int(number), command


@pytest.mark.parametrize("word", ["it's", "a;b", "$HOME", "<b>", "--"])
def test_words_that_a_shell_would_take_apart_are_quoted_in_what_can_be_pasted(filled: Program, word: str) -> None:
    done = filled("search", "--status", "suspended", "--age", "20", *DAY, "--", word)
    assert (done.code, done.out) == (0, "")
    assert f"  {shlex.quote(word):32}     30 -> 0" in done.err or word == "--"


def test_explain_prints_requests_timestamp_and_website_links(program: Program, registry: StandIn) -> None:
    done = program.at(registry.url)("search", "--explain", "--quiet", *DAY)
    sent = next(seen.target for seen in registry.requests if seen.path == "/studies")
    address = registry.url.removesuffix("/api/v2")
    assert f"  request: {address}{sent}\n" in done.err
    assert f"Asked now: 200 {address}{sent}\n" in done.err
    assert re.findall(r"^Asked now: (\d+)", done.err, re.MULTILINE) == ["200", "200", "304"]
    assert f"Data timestamp of the registry (UTC): {STAMP}\n" in done.err
    assert "https://clinicaltrials.gov/search?cond=neuropathy" in done.err
    assert ids(done) == numbers(*range(1, 31))


def test_as_of_shows_the_store_as_it_was(filled: Program, registry: StandIn) -> None:
    registry.add(changed(made.study(31), "Cells for a new study", "2026-11-21"))
    registry.reload()
    done = filled.at(registry.url).later(days=5)("refresh")
    assert "1 new" in done.out
    assert len(listed(filled)) == 31
    past = filled("search", "--as-of", "2026-11-24", "--today", "2026-11-25")
    assert len(ids(past)) == 30
    assert f"data of {STAMP}" in past.err
    assert filled("search", "--as-of", "2026-11-19", *DAY).out == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["zoster", "cord cells"], {50}),
        (['"post herpetic" pain'], {51}),
        (["AND", "OR", "NOT"], set()),
        (["AREA[NCTId]NCT90000001"], set()),
        (['un"even', "x("], set()),
    ],
)
def test_live_words_are_words_whatever_they_look_like(
    program: Program, registry: StandIn, words: list[str], expected: set[int]
) -> None:
    registry.add(made.study(50, briefTitle="Cord cells after zoster"))
    registry.add(made.study(51, briefTitle="Cells for post herpetic pain"))
    registry.add(made.study(52, briefTitle="Cells for herpetic pain post surgery"))
    done = program.at(registry.url)("search", "--all", *DAY, "--live", "--", *words)
    assert set(ids(done)) == set(numbers(*expected)), done.err
    assert {seen.status for seen in registry.requests} == {200, 304}
    assert "that came with the program" not in done.err


def test_formats_are_the_same_studies(filled: Program) -> None:
    csv = filled("search", "--format", "csv", "--limit", "3", *DAY)
    json_lines = [json.loads(line) for line in filled("search", "--format", "jsonl", "--limit", "3", *DAY).lines]
    assert [line.split(",")[0] for line in csv.lines] == ["nct_id", *numbers(1, 2, 3)]
    assert [row["nct_id"] for row in json_lines] == numbers(1, 2, 3)
    assert json_lines[2]["phases"] == "NA"
    assert json_lines[0]["url"] == f"https://clinicaltrials.gov/study/{nct(1)}"


@pytest.mark.parametrize("columns", ["1", "40", "79", "109", "110", "111", "120", "200", "100000"])
def test_the_table_fits_the_terminal_and_loses_nothing(filled: Program, columns: str) -> None:
    done = filled("search", "--limit", "1", *DAY, COLUMNS=columns)
    assert done.code == 0
    assert max(map(len, done.lines)) <= min(max(40, int(columns)), 500)
    words = " ".join(done.out.split())
    for fact in (nct(1), "2026-09", "recruiting", "yes", "1/2"):
        assert fact in words
    assert "United" in words
    assert "Kingdom" in words


@pytest.mark.parametrize("columns", ["0", "-3", "wide"])
def test_a_width_that_is_none_gives_the_usual_table(filled: Program, columns: str) -> None:
    usual = filled("search", "--limit", "2", *DAY, COLUMNS="120").out
    assert filled("search", "--limit", "2", *DAY, COLUMNS=columns).out == usual


def on_a_terminal(program: Program, *arguments: str, **env: str) -> tuple[str, str]:
    """What the program writes to a terminal on stdout and stderr."""
    (out, out_end), (err, err_end) = pty.openpty(), pty.openpty()
    environment = program.environment(TERM="xterm-256color", **env)
    process = program.begin(*arguments, stdin=subprocess.DEVNULL, stdout=out_end, stderr=err_end, env=environment)
    os.close(out_end)
    os.close(err_end)
    found = [_until_closed(err), _until_closed(out)]
    assert process.wait(timeout=60) == 0, found
    return found[1], found[0]


def _until_closed(end: int) -> str:
    pieces: list[bytes] = []
    while True:
        try:
            piece = os.read(end, 65536)
        except OSError:  # Linux' way of saying that the other end is closed
            piece = b""
        if not piece:
            os.close(end)
            return b"".join(pieces).decode()
        pieces.append(piece)


def test_colour_and_progress_are_for_terminals_only(program: Program, registry: StandIn) -> None:
    asked = program.at(registry.url)
    out, err = on_a_terminal(asked, "search", "--limit", "1", *DAY)
    assert "\x1b[1m" in out  # the header is bold
    assert "\rAsking the registry, neuropathy-cells: 30 of 30 studies" in err
    plain, _ = on_a_terminal(asked, "search", "--limit", "1", *DAY, NO_COLOR="1")
    assert "\x1b" not in plain
    assert nct(1) in plain
    piped = Program(program.home / "other", registry.url)
    piped.home.mkdir()
    done = piped("search", "--limit", "1", *DAY)
    assert "\x1b" not in done.out + done.err
    assert "\r" not in done.err
    assert "Asking" not in done.err


def test_quiet_is_data_only(filled: Program) -> None:
    done = filled("search", "--limit", "2", "--quiet", *DAY)
    assert ids(done) == numbers(1, 2)
    assert done.err == ""


@pytest.mark.shared
def test_real_records_find_every_core_study_in_few_requests(real: Program, real_home: Path, shared: Path) -> None:
    said = (real_home / "said").read_text(encoding="utf-8")
    assert "3 requests" in said
    rows = [json.loads(line) for line in real("search", "--all", "--format", "jsonl", *DAY).lines]
    here = {row["nct_id"]: row for row in rows}
    gold = [json.loads(line) for line in (shared / "gold" / "relevance.jsonl").read_text().splitlines()]
    core = {line["nct_id"] for line in gold if line["relevance"] == "core"}
    known = {nct_id(record) for record in read_records(shared / "records" / "studies.jsonl.gz")}
    assert core & known
    assert (core & known) - set(here) == set()


def test_a_day_before_the_store_knew_anything_is_no_empty_list(filled: Program) -> None:
    done = filled("search", "--offline", "--as-of", "2001-01-01")
    assert (done.code, done.out) == (2, "")
    assert "knew nothing then; its first run was on" in done.err
