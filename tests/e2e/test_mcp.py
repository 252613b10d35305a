"""``trialfinder mcp``: what an assistant gets, asked by the SDK's own client over standard streams and HTTP.

A start of the program with the SDK takes most of two seconds. So what the tools answer is asked of the server itself,
without a process; that the command serves it, and finds files from where it was started, is asked of a process.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from tests.e2e.made import nct
from tests.e2e.program import NOW, TODAY, Program
from tests.own_loop import in_own_loop

if TYPE_CHECKING:  # imported where it is needed: every process of the tests collects this file, and one runs it
    from mcp import Client

COMMAND = ["-m", "trialfinder", "mcp", "--today", TODAY]
PERSON = {"person": {"age": 58, "sex": "female"}, "neuropathy": {"types": ["diabetic"]}}


def over_streams(program: Program, ask: Callable[[Client], Awaitable[Any]]) -> Any:
    """What ``ask`` finds out from the program, started by the SDK as an assistant starts it."""

    from mcp import Client
    from mcp.client.stdio import StdioServerParameters

    async def talk() -> Any:
        server = StdioServerParameters(
            command=sys.executable, args=COMMAND, env=program.environment(), cwd=str(program.home)
        )
        async with Client(server) as client:
            return await ask(client)

    return in_own_loop(talk())


def inside(program: Program, ask: Callable[[Client], Awaitable[Any]]) -> Any:
    """What ``ask`` finds out from the server that the command makes, in this process."""

    from mcp import Client

    from trialfinder.serve.mcp_server import make_server

    async def talk() -> Any:
        async with Client(make_server(program.store, lambda: NOW)) as client:
            return await ask(client)

    return in_own_loop(talk())


def calling(*calls: tuple[str, dict[str, Any]]) -> Callable[[Client], Awaitable[list[Any]]]:
    """Asks for the answers to calls of tools; the words of an error are a text."""

    async def ask(client: Client) -> list[Any]:
        found = []
        for name, arguments in calls:
            done = await client.call_tool(name, arguments)
            found.append(done.content[0].text if done.is_error else done.structured_content)  # type: ignore[union-attr] # text is all we send
        return found

    return ask


def asked(program: Program, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The answers of the server in this process."""
    result: list[Any] = inside(program, calling(*calls))
    return result


def test_the_tools_are_six_read_only_and_described(filled: Program) -> None:
    """The command's own answers, too, are those of the server in this process."""
    calls = (("search", {"limit": 4}), ("study", {"nct_id": "NCT99999999"}), ("changes", {"since": "last"}))

    async def ask(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions, await calling(*calls)(client)

    tools, instructions, answers = over_streams(filled, ask)
    assert (tools, instructions, answers) == inside(filled, ask)
    assert answers[0]["total"] == 30
    assert {tool.name for tool in tools} == {"search", "study", "criteria", "match", "signs", "changes"}
    for tool in tools:
        assert tool.annotations.read_only_hint is True
        assert len(tool.description) > 40
    assert "No stem-cell therapy is approved" in instructions


def test_a_search_comes_in_small_dated_pages(filled: Program) -> None:
    first, second, wrong = asked(
        filled,
        ("search", {"filters": {"status": "recruiting"}, "limit": 4}),
        ("search", {"filters": {"status": "recruiting"}, "limit": 8, "offset": 4}),
        ("search", {"limit": 51}),
    )
    assert (first["total"], first["next_offset"]) == (10, 4)
    assert [study["nct_id"] for study in first["studies"]] == [nct(n) for n in range(1, 5)]
    assert (second["total"], second["next_offset"]) == (10, None)
    assert [study["nct_id"] for study in second["studies"]] == [nct(n) for n in range(5, 11)]
    about = first["about"]
    assert about["approval"].startswith("No stem-cell therapy is approved")
    assert (about["from"], about["judged_as_of"]) == ("store", TODAY)
    assert about["data_as_of"]
    assert "50" in wrong


def test_an_empty_list_says_where_it_became_empty(filled: Program) -> None:
    [empty] = asked(filled, ("search", {"words": "zebra", "filters": {"status": "recruiting"}}))
    assert (empty["total"], empty["studies"]) == (0, [])
    steps = empty["empty_because"]["funnel"]
    assert [(step["filter"], step["after"]) for step in steps] == [("zebra", 0), ("--status recruiting", 0)]
    assert empty["empty_because"]["without_this_filter_would_pass"] == {"zebra": 10}


def test_what_is_not_understood_is_refused_and_never_passed_over(filled: Program) -> None:
    """A filter that is left out in silence would widen the list."""
    answers = asked(
        filled,
        ("search", {"filters": {"recruiting": True}}),
        ("search", {"status": "recruiting"}),
        ("search", {"filters": {"status": "recruting"}}),
        ("study", {"nct_id": "NCT99999999"}),
        ("study", {"nct_id": nct(1), "table": "location"}),
        ("criteria", {"nct_id": "abc"}),
    )
    assert all(isinstance(each, str) for each in answers), answers
    assert "recruiting" in answers[0]
    assert "status" in answers[1]
    assert "did you mean RECRUITING" in answers[2]
    assert "does not say that there is no such study" in answers[3]
    assert "the tables are" in answers[4]


def test_one_study_its_tables_criteria_and_signs(filled: Program) -> None:
    whole, places, criteria, as_json, signs = asked(
        filled,
        ("study", {"nct_id": nct(1)}),
        ("study", {"nct_id": nct(1), "table": "locations", "limit": 1}),
        ("criteria", {"nct_id": nct(1)}),
        ("criteria", {"nct_id": nct(1), "as_json": True, "limit": 1}),
        ("signs", {"nct_id": nct(1)}),
    )
    assert whole["study"]["minimum_age"] == "18 Years"
    assert len(places["rows"]) == 1
    assert places["rows"][0]["country"] == "United Kingdom"
    assert criteria["total"] == len(criteria["criteria"]) > 0
    assert all(one["tree"] and one["text"] for one in criteria["criteria"])
    assert "node" in as_json["criteria"][0]["tree"]
    assert "never a verdict" in signs["note"]
    for answer in (whole, places, criteria, as_json, signs):
        assert answer["about"]["judged_as_of"] == TODAY


def test_a_profile_is_used_and_forgotten(filled: Program) -> None:
    before = {path: path.read_bytes() for path in filled.home.rglob("*") if path.is_file() and "-shm" not in path.name}
    (filled.home / "me.toml").write_text("[person]\nage = 58\nsex = 'female'\n[neuropathy]\ntypes = ['diabetic']\n")
    inline, from_file, one, wrong = over_streams(
        filled,
        calling(
            ("match", {"profile": PERSON, "limit": 3}),
            ("match", {"profile": "me.toml", "limit": 3}),
            ("match", {"profile": PERSON, "nct_id": nct(1)}),
            ("match", {"profile": {"person": {"age": "sixty-six-and-a-half-ish"}}}),
        ),
    )
    assert inline == from_file
    assert len(inline["matches"]) == 3
    assert {found["verdict"] for found in inline["matches"]} <= {"conflict", "possible", "nothing_against"}
    assert one["match"]["nct_id"] == nct(1)
    assert {found["answer"] for found in one["answers"]} <= {"met", "not_met", "unknown"}
    assert "eligible" not in json.dumps([inline, one]).replace("never", "")
    assert "person.age" in wrong
    assert "sixty" not in wrong
    (filled.home / "me.toml").unlink()
    after = {path: path.read_bytes() for path in filled.home.rglob("*") if path.is_file() and "-shm" not in path.name}
    assert {path: data for path, data in after.items() if not path.name.endswith("-wal")} == {
        path: data for path, data in before.items() if not path.name.endswith("-wal")
    }


def test_changes_and_the_data_dictionary(filled: Program) -> None:
    [changes] = asked(filled, ("changes", {"since": "last"}))
    assert changes["events"] == []  # the first run of a store tells what there is

    async def ask(client: Client) -> Any:
        listed = (await client.list_resources()).resources
        column = (await client.read_resource("trialfinder://columns/studies")).contents[0].text  # type: ignore[union-attr] # a text
        facts = (await client.read_resource("trialfinder://profile")).contents[0].text  # type: ignore[union-attr] # a text
        return {str(each.uri) for each in listed}, json.loads(column), json.loads(facts)

    listed, columns, facts = inside(filled, ask)
    assert listed == {"trialfinder://columns", "trialfinder://profile", "trialfinder://approval"}
    assert columns["minimum_age_years"]["empty"] == "no lower limit"
    assert facts["diabetes"]["hba1c"]["unit"] == "percent"


def test_without_a_store_the_snapshot_says_that_it_is_not_current(program: Program) -> None:
    found, changes = asked(program, ("search", {"limit": 1}), ("changes", {}))
    assert "NOT current" in found["about"]["caution"]
    assert "there is no store" in changes["note"]
    assert not (program.home / "trialfinder").exists()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def test_over_http_on_this_machine_only(filled: Program, tmp_path: Path) -> None:
    from mcp import Client

    port = _free_port()
    with (tmp_path / "said").open("wb") as said:
        server = subprocess.Popen(
            [sys.executable, *COMMAND, "--http", str(port)],
            env=filled.environment(), cwd=filled.home, stdout=said, stderr=said,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}/mcp"
    try:
        for _ in range(300):
            try:
                strange = httpx.post(url, json={}, headers={"Host": "evil.example"})
                break
            except httpx.TransportError:
                time.sleep(0.1)
        else:
            raise AssertionError((tmp_path / "said").read_text())
        assert strange.status_code == 421  # a page in a browser cannot reach it under another name

        async def talk() -> Any:
            async with Client(url) as client:
                return (await client.call_tool("search", {"limit": 1})).structured_content

        assert in_own_loop(talk())["about"]["from"] == "store"
        taken = filled.apart("mcp", "--http", str(port))
        assert taken.code == 2
        assert f"cannot listen on 127.0.0.1:{port}" in taken.err
    finally:
        server.terminate()
        server.wait(20)
