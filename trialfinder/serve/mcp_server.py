"""The tools as a server of the Model Context Protocol; the only module that knows the SDK ``mcp``."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import functools
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any

from trialfinder.base.extras import install
from trialfinder.base.version import VERSION
from trialfinder.errors import InputError, TrialfinderError
from trialfinder.serve.desk import MOST, Desk, Found
from trialfinder.tables.columns import EXPORTED, TABLES
from trialfinder.tables.notice import approval_notice

try:
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
    from mcp_types import ToolAnnotations
    from pydantic import BaseModel, Field
except ImportError as error:
    raise InputError(f"an assistant's tools need mcp; install it with: {install('mcp')}") from error

Ask = Callable[..., Awaitable[Found]]
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_Limit = Annotated[int, Field(ge=1, le=MOST, description="At most so many.")]
_Offset = Annotated[int, Field(ge=0, description="Leave out so many first: the next_offset of the page before.")]
_Nct = Annotated[str, Field(description="An NCT ID, such as NCT05507697.", max_length=40)]
_INSTRUCTIONS = (
    "Clinical trials of stem cells for neuropathy, as ClinicalTrials.gov has them, from a store on this machine. "
    "People in pain act on these answers. Say of which day the data are. Never say that a person can or cannot join a "
    "study: only its team can. 'conflict' means that something speaks against it; 'nothing_against' is no promise. "
    "A match of the group 'warned' carries strong warning signs of a seller: name them before anything else of it. "
    "Criteria that could not be read are said to be so: show them. An empty list says where it became empty. "
)


class Filters(BaseModel, extra="forbid"):  # one that is passed over would widen the list in silence
    """The filters of `trialfinder search`; all of them may be left out."""

    open_only: bool = False
    neuropathy: str | None = None
    cells: str | None = None
    source: str | None = None
    donor: str | None = None
    route: str | None = None
    country: str | None = None
    near: str | None = None
    within: str | None = None
    age: str | int | float | None = None
    sex: str | None = None
    phase: str | None = None
    status: str | None = None
    sponsor: str | None = None
    signs: str | None = None
    relevance: str | None = None
    updated_since: str | None = None
    everything: bool = False

    def given(self) -> dict[str, Any]:
        """Those that were given, by name."""
        return {name: value for name, value in self if value is not None}


class StrictServer(MCPServer[Any]):
    """A server that refuses an argument which a tool does not have, where the SDK would pass it over."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        """The tool's answer.

        Raises:
            ToolError: an argument is none of the tool's.
        """
        for tool in await self.list_tools():
            has = tool.input_schema.get("properties", {})
            odd = sorted(set(arguments) - set(has))
            if tool.name == name and odd:
                filters = " (a filter goes into filters)" if "filters" in has else ""
                raise ToolError(f"{name} has no argument {odd[0][:40]!r}{filters}; it has {', '.join(has)}")
        return await super().call_tool(name, arguments, context)


def make_server(store_path: Path, now: Callable[[], dt.datetime]) -> MCPServer[Any]:
    """A server that answers from a store (or the snapshot when there is none) and writes nothing.

    Args:
        store_path: the store's file.
        now: tells the moment, in UTC.
    """
    desk, thread = Desk(store_path, now), ThreadPoolExecutor(1, "desk")

    @contextlib.asynccontextmanager
    async def running(_: MCPServer[Any]) -> AsyncIterator[None]:
        yield
        thread.submit(desk.close)

    instructions = _INSTRUCTIONS + approval_notice()
    server = StrictServer("trialfinder", version=VERSION, instructions=instructions, lifespan=running)
    ask = _asking(desk, thread)
    _add_record_tools(server, ask)
    _add_news_tools(server, ask)
    _add_resources(server)
    return server


def _asking(desk: Desk, thread: ThreadPoolExecutor) -> Ask:
    """Calls the desk in a thread of its own: its database belongs to it, and the server goes on meanwhile."""

    async def ask(name: str, *arguments: Any) -> Found:
        def call() -> Found:
            found: Found = getattr(desk, name)(*arguments)
            return found

        try:
            return await asyncio.get_running_loop().run_in_executor(thread, call)
        except TrialfinderError as error:  # anything else is a bug, and is logged as one
            raise ToolError(" ".join([str(error), *error.suggestions])) from error

    return ask


def _add_record_tools(server: MCPServer[Any], ask: Ask) -> None:
    tool = functools.partial(server.tool, annotations=_READS, structured_output=True)

    @tool()
    async def search(words: str = "", filters: Filters | None = None, limit: _Limit = 10, offset: _Offset = 0) -> Found:
        """List studies: cells for nerves before what is only related, in each the newest first.

        words must all occur. filters are those of `trialfinder search`, as texts: open_only (can be joined now),
        neuropathy (diabetic, chemotherapy_induced …), cells (msc …), country, near ("Leeds, UK") and within ("100km"),
        age ("58"), sex, phase, status, signs, relevance, everything (also what is off topic).
        """
        return await ask("search", words, (filters or Filters()).given(), limit, offset)

    @tool()
    async def study(nct_id: _Nct, table: str = "studies", limit: _Limit = 20, offset: _Offset = 0) -> Found:
        """One study: what, for whom, whether it can be joined. Other tables of it: locations, contacts, outcomes …"""
        return await ask("study", nct_id, table, limit, offset)

    @tool()
    async def criteria(nct_id: _Nct, as_json: bool = False, limit: _Limit = 20, offset: _Offset = 0) -> Found:
        """The eligibility criteria of a study, each with the registry's words and as a tree of what must be true.

        "not read" marks what the program did not understand: the words themselves have to be read then.
        """
        return await ask("criteria", nct_id, as_json, limit, offset)

    @tool()
    async def signs(nct_id: _Nct) -> Found:
        """Warning and protective signs that the record of a study shows, with its words, and what to ask."""
        return await ask("signs", nct_id)


def _add_news_tools(server: MCPServer[Any], ask: Ask) -> None:
    tool = functools.partial(server.tool, annotations=_READS, structured_output=True)

    @tool()
    async def match(
        profile: Annotated[
            str | dict[str, dict[str, Any]],
            Field(description="Path of a profile file on this machine, or the facts: see trialfinder://profile."),
        ],
        nct_id: str = "",
        filters: Filters | None = None,
        limit: _Limit = 10,
        offset: _Offset = 0,
    ) -> Found:
        """Hold a person's facts against every criterion: all studies that pass the filters, or one (nct_id) in full.

        The facts are used for this answer only and never kept; a fact that is left out is unknown, never "no". The
        answer has the keys of facts, never their values; what is met or not met still tells something of the person.
        """
        return await ask("match", profile, nct_id, (filters or Filters()).given(), limit, offset)

    @tool()
    async def changes(
        since: str = "7d", severity: str = "normal", nct_id: str = "", limit: _Limit = 20, offset: _Offset = 0
    ) -> Found:
        """What happened to studies: since 7d, 2w, a date or "last"; at least critical, important, normal, minor."""
        return await ask("changes", since, severity, nct_id, limit, offset)


def _add_resources(server: MCPServer[Any]) -> None:
    @server.resource("trialfinder://columns", mime_type="application/json")
    def tables() -> str:
        """The tables and their columns."""
        return json.dumps({name: [column.name for column in TABLES[name]] for name in EXPORTED})

    @server.resource("trialfinder://columns/{table}", mime_type="application/json")
    def columns(table: str) -> str:
        """The data dictionary of one table: what each column means, its unit, and what an empty cell means."""
        if table not in EXPORTED:
            raise ResourceNotFoundError(f"there is no such table; the tables are {', '.join(EXPORTED)}")
        return json.dumps(
            {
                c.name: {"type": c.dtype, "unit": c.unit, "meaning": c.meaning, "empty": c.missing, "from": c.source}
                for c in TABLES[table]
            }
        )

    @server.resource("trialfinder://profile", mime_type="application/json")
    def profile() -> str:
        """The facts that a profile can hold, by section: what each is, its unit and the answers it takes."""
        from trialfinder.person import schema

        found: dict[str, dict[str, Any]] = {}
        for fact in schema().values():
            told = {"label": fact.label, "type": fact.type, "unit": fact.unit, "answers": list(fact.allowed)}
            found.setdefault(fact.section, {})[fact.name] = {key: value for key, value in told.items() if value}
        return json.dumps(found)

    @server.resource("trialfinder://approval")
    def approval() -> str:
        """Whether any such therapy is approved, as of a day, with the source."""
        return approval_notice(source=True)


def serve(server: MCPServer[Any], port: int | None) -> None:
    """Serves until the other side leaves: standard streams, or streamable HTTP on this machine's own address.

    Args:
        server: what to serve.
        port: of 127.0.0.1; None for the standard streams. No other address is served: the answers to ``match`` are
            about a person.

    Raises:
        InputError: the port is taken.
    """
    if port is None:
        server.run("stdio")
        return
    import socket

    with socket.socket() as trial:
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise InputError(
                f"--http {port}: cannot listen on 127.0.0.1:{port}: {error.strerror}; name another"
            ) from error
    server.run("streamable-http", host="127.0.0.1", port=port)
