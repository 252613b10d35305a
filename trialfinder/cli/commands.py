"""The table of commands. Only the module of the command that is called is imported: start-up time counts."""

from __future__ import annotations

import importlib
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup

from trialfinder.errors import InputError


class OneCommand(NamedTuple):
    """Which module of this package holds a command, and its line in the overview."""

    module: str
    words: str


# In the order in which the help lists them. The words are the first sentence of each command's own help (tested).
COMMANDS = {
    "search": OneCommand(
        "search_command", "List the studies: cells for nerves before what is only related, in each the newest first."
    ),
    "show": OneCommand("show_command", "Show one study: what, where, whom to ask, for whom, and the criteria."),
    "match": OneCommand("match_command", "Hold your facts against every criterion of every study."),
    "page": OneCommand("page_command", "Make a page about one study to take to a doctor: two sheets at most."),
    "criteria": OneCommand(
        "criteria_command", "Show the criteria of a study item by item: what was read, and what was not."
    ),
    "classify": OneCommand("classify_command", "Say what each study is, with the words for it."),
    "signs": OneCommand("classify_command", "Show the warning and protective signs of a study, and what to ask."),
    "export": OneCommand(
        "export_command", "Write studies to a file: .csv .tsv .jsonl .json .md .html .xlsx .parquet .sqlite."
    ),
    "site": OneCommand(
        "site_command", "Build a static site of the studies: a list with filters, a page each, pictures, news."
    ),
    "plot": OneCommand("plot_command", "Draw a map of the sites, a timeline or counts, as .svg or .png."),
    "refresh": OneCommand("refresh_command", "Bring the store up to date: all of it or nothing."),
    "changes": OneCommand("history_command", "Say what happened: new studies, what opened, stopped or changed."),
    "history": OneCommand("history_command", "Show the versions of a study that were kept, and what changed."),
    "digest": OneCommand("deliver_command", "Deliver what happened, once, to a file, by mail or to a web address."),
    "schedule": OneCommand("schedule_command", "Recipes for running a refresh by itself."),
    "import": OneCommand("load_command", "Put studies from a file into the store."),
    "profile": OneCommand(
        "profile_command", "Your own facts: in a file on this machine, never sent, logged or exported."
    ),
    "queries": OneCommand("queries_command", "The saved searches that are asked of the registry."),
    "patterns": OneCommand("patterns_command", "What can be read in criteria."),
    "store": OneCommand("store_command", "Look at, check and copy the store."),
    "registry": OneCommand(
        "registry_command",
        "The whole registry: bulk downloads into Parquet, read and matched on all cores or a Dask cluster.",
    ),
    "mcp": OneCommand(
        "mcp_command", "Serve the answers as tools for an assistant on this machine (Model Context Protocol)."
    ),
    "doctor": OneCommand("doctor_command", "Try the registry step by step and say what works."),
}


def unknown_command(name: str) -> InputError:
    """What to say about a command that there is not."""
    from trialfinder.base.suggest import nearest
    from trialfinder.base.text import one_line

    close = nearest(name, COMMANDS)
    hint = f"did you mean {close}?" if close else "all commands: trialfinder --help"
    return InputError(f"there is no command {one_line(name)[:40]!r}; {hint}")


class Commands(TyperGroup):
    """The program's group: knows the names of all commands and imports one when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name.

        Raises:
            InputError: there is none.
        """
        del ctx
        if cmd_name not in COMMANDS:
            raise unknown_command(cmd_name)
        module = importlib.import_module(f"trialfinder.cli.{COMMANDS[cmd_name].module}")
        part = typer.Typer(rich_markup_mode=None, add_completion=False)
        module.register(part)
        built = typer.main.get_command(part)
        return getattr(built, "commands", {}).get(cmd_name, built)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes the overview from the table, without importing a command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.words) for name, entry in COMMANDS.items()])
