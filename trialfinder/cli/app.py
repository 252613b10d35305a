"""The program ``trialfinder``: its commands, and what becomes of errors."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from trialfinder.base.version import VERSION
from trialfinder.cli import hints, signals, streams
from trialfinder.cli.commands import COMMANDS, Commands
from trialfinder.errors import TrialfinderError

app = typer.Typer(
    name="trialfinder",
    cls=Commands,
    help="Finds clinical trials of stem cells for neuropathy and reads their criteria.\n\n"
    "No stem-cell therapy is approved for any neuropathy. This program never says that someone can join a study, "
    "and it gives no advice: it shows what the registry says. Begin with: trialfinder search",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


_INTERRUPTED = 130
_LONGEST_WORD = 200


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"trialfinder {VERSION}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    del version


def main() -> None:
    """Runs the program; always ends it with the documented exit code."""
    streams.prepare()
    hints.forget()
    try:
        with signals.raised():
            code = _run()
    except signals.ToldToStop as stopped:
        _tell(str(stopped))
        code = stopped.exit_code
    try:
        sys.stdout.flush()
    except ValueError:  # closed by a writer whose reader had left, or whose disk was full; that has been told
        pass
    except OSError as error:
        code = output_failed(error, code)
    streams.tell_lost()
    sys.exit(code)


def output_failed(error: OSError, code: int = 0) -> int:
    """The exit code where standard output takes no more; told, unless its reader left or worse was told before."""
    streams.silence_broken_pipe()
    return code if code or isinstance(error, BrokenPipeError) else _system_said_no(error)


def _system_said_no(error: OSError) -> int:
    """For what no command expects: a full disk behind ``>``, a folder that vanished."""
    _tell(f"{error.filename or 'standard output'}: cannot be read or written: {error.strerror or error}")
    return 2


def _run() -> int:
    usage_error = typer.BadParameter.__mro__[2]  # ClickException, which Typer has moved between releases
    try:
        # A shell completes a word; with ``python -m`` there is none, and the program's name stands for it.
        completing = sys.argv[1:2] in (["--install-completion"], ["--show-completion"])
        result = app(standalone_mode=False, prog_name="trialfinder" if completing else None)
    except TrialfinderError as error:
        _tell(str(error), error.suggestions)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        result = _INTERRUPTED
    except OSError as error:
        return output_failed(error)
    except Exception as error:
        if not isinstance(error, usage_error):
            raise
        if type(error).__name__ == "NoArgsIsHelpError":  # the message is the help, which has many lines
            print(getattr(error, "message", ""), file=sys.stderr)  # noqa: T201 # as Typer itself would
        else:
            _tell(_usage_words(error))
        return 2
    if completing and result == 1:  # Typer says in a line of its own that it does not know the shell
        _tell("type it in the shell that is to complete: bash, zsh, fish or powershell")
        return 2
    if result == _INTERRUPTED:  # what newer releases of Typer make of Ctrl-C
        _tell("interrupted; nothing was lost")
    return result if isinstance(result, int) else 0


def _usage_words(error: Exception) -> str:
    """Typer's message on one line, with the way to the command's help."""
    words = " ".join(error.format_message().split()) if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else _typed_command()
    return f"{words.rstrip('.')}; see: {path} --help"


def _typed_command() -> str:
    """The command that was typed, of an error that does not know its own: an option without its value."""
    words = sys.argv[1:]
    if not words or words[0] not in COMMANDS:
        return "trialfinder"
    inner = getattr(Commands().get_command(None, words[0]), "commands", {})
    return " ".join(["trialfinder", words[0], *(words[1:2] if words[1:] and words[1] in inner else ())])


def _tell(message: str, suggestions: tuple[str, ...] = ()) -> None:
    """One line on stderr; the ways out below it when there are any."""
    from trialfinder.base.text import one_line, shorten

    # What was typed or stood in a file may be of any length; an address is to be copied whole.
    words = [word if "://" in word else shorten(word, _LONGEST_WORD) for word in one_line(message).split(" ")]
    try:
        streams.notice(f"trialfinder: {' '.join(words)}")
        for each in suggestions:
            if f"`{each}`" in message:
                continue
            streams.notice(f"  {one_line(each)}")
    except (BrokenPipeError, ValueError):
        pass


if __name__ == "__main__":
    main()
