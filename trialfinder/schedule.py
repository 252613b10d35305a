"""Recipes for a regular refresh: cron, systemd, launchd, Windows, GitHub Actions. Text to paste, nothing is installed.

Every recipe has absolute paths and carries its own environment, so that it works where there is none. The lock and the
rotation of the log are the program's own. Errors are left on stderr: cron mails them, systemd and launchd keep them.
"""

from __future__ import annotations

import plistlib
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from trialfinder.errors import InputError
from trialfinder.suggest import nearest

Kind = Literal["cron", "systemd", "launchd", "windows", "github"]
KINDS: tuple[Kind, ...] = ("cron", "systemd", "launchd", "windows", "github")
_NAME = re.compile(r"[A-Z_][A-Z0-9_]*", re.ASCII)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Job:
    """One command and when it runs: every day, or on one ``weekday`` (0 = Monday), local time."""

    name: str
    words: str
    argv: tuple[str, ...]
    hour: int
    minute: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What every recipe says in its own way."""

    jobs: tuple[Job, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    log: str = ""


def recipe(
    kind: str, *, executable: Sequence[str], home: str, log: str, digest_to: Sequence[str] = (), feed: str = "",
    environment: Mapping[str, str] | None = None, hour: int = 6, minute: int = 17, weekday: int = 0,
    max_time: str = "30m",
) -> str:  # fmt: skip
    """A ready recipe: a refresh every day, and a digest once a week when it has somewhere to go.

    Args:
        kind: ``cron``, ``systemd``, ``launchd``, ``windows`` or ``github``.
        executable: absolute path of ``trialfinder``, or of Python followed by ``-m`` and ``trialfinder``.
        home: absolute folder of the store and the configuration (``TRIALFINDER_HOME``).
        log: absolute path of the log file.
        digest_to: destinations as for ``digest --to``.
        feed: absolute path of an Atom feed, '' for none.
        environment: further variables; a password or secret may only be named by its file (``…_FILE``).
        hour, minute: local time of the refresh (GitHub: UTC); the digest comes an hour later.
        weekday: day of the digest, 0 = Monday.
        max_time: limit for the refresh.

    Raises:
        InputError: unknown kind, a path that is not absolute, or a value that cannot be written down safely.
    """
    if kind not in _RECIPES:
        close = nearest(kind, KINDS)
        hint = f"did you mean {close!r}?" if close else f"use one of {', '.join(KINDS)}"
        raise InputError(f"schedule {kind[:20]!r}: unknown; {hint}")
    if not (0 <= hour <= 23 and 0 <= minute <= 59 and 0 <= weekday <= 6):
        raise InputError("schedule: hour is 0 to 23, minute 0 to 59, weekday 0 (Monday) to 6")
    if kind != "github":
        _check_paths(executable[0], home, log, *([feed] if feed else []))
    variables = {"TRIALFINDER_HOME": home, "PYTHONUTF8": "1", **(environment or {})}
    _check_variables(variables)
    jobs = [Job("refresh", "brings the store up to date", (*executable, "refresh", "--all", "--quiet", "--log", log,
                "--max-time", max_time), hour, minute)]  # fmt: skip
    if digest_to or feed:
        to = tuple(part for place in digest_to for part in ("--to", place))
        argv = (*executable, "digest", "--since", "last", "--quiet", *to, *(("--feed", feed) if feed else ()))
        jobs.append(Job("digest", "tells what is new", argv, (hour + 1) % 24, minute,
                        weekday if hour < 23 else (weekday + 1) % 7))  # fmt: skip
    _check_text(*(word for job in jobs for word in job.argv), *variables.values())
    return _RECIPES[kind](Plan(tuple(jobs), variables, log))


def _check_paths(*paths: str) -> None:
    for path in paths:
        if not (path.startswith("/") or re.match(r"[A-Za-z]:[\\/]|\\\\", path)):
            raise InputError(f"{path[:80]}: the path must be absolute; a scheduled run starts in another folder")


def _check_variables(variables: Mapping[str, str]) -> None:
    for name in variables:
        if not _NAME.fullmatch(name):
            raise InputError(f"environment {name[:40]!r}: not a name of a variable")
        if ("PASSWORD" in name or "SECRET" in name) and not name.endswith("_FILE"):
            raise InputError(f"{name}: a recipe can be read by others; put it into a file and give {name}_FILE")


def _check_text(*values: str) -> None:
    for value in values:
        if not value.isprintable():
            raise InputError("schedule: a path or value has a line break or control character; rename it")


def shell_command(job: Job, environment: Mapping[str, str]) -> str:
    """The job as one line for a POSIX shell that needs no environment of its own."""
    variables = " ".join(f"{name}={shlex.quote(value)}" for name, value in environment.items())
    return f"{variables} {shlex.join(job.argv)}"


def _cron(plan: Plan) -> str:
    lines = [
        "# Add these lines with:  crontab -e",
        "# cron mails what goes wrong to the address in MAILTO; without mail, look into the log:",
        f"#   {plan.log}",
        "# To remove them:  crontab -l | sed '/^# trialfinder begin/,/^# trialfinder end/d' | crontab -",
        "# trialfinder begin",
    ]
    for job in plan.jobs:
        day = "*" if job.weekday is None else str((job.weekday + 1) % 7)
        # cron takes a percent sign for a line break.
        command = shell_command(job, plan.environment).replace("%", "\\%")
        lines += [f"# {job.name}: {job.words}", f"{job.minute} {job.hour} * * {day} {command}"]
    return "\n".join([*lines, "# trialfinder end", ""])


def _systemd_word(word: str) -> str:
    """Quoted for a unit file: backslash and quote as in C, % and $ doubled against specifiers and variables."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _systemd(plan: Plan) -> str:
    lines = [
        "# Paste into a terminal: makes the units of your own user and starts their timers.",
        "# To remove them:",
        f"#   systemctl --user disable --now {' '.join(f'trialfinder-{job.name}.timer' for job in plan.jobs)}",
        "#   rm ~/.config/systemd/user/trialfinder-*",
        "#   systemctl --user daemon-reload",
        "mkdir -p ~/.config/systemd/user",
    ]
    for job in plan.jobs:
        lines += _unit(f"trialfinder-{job.name}.service", _service(job, plan.environment))
        lines += _unit(f"trialfinder-{job.name}.timer", _timer(job))
    names = " ".join(f"trialfinder-{job.name}.timer" for job in plan.jobs)
    lines += [
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {names}",
        "loginctl enable-linger  # also when you are not logged in",
        "# How it went:  journalctl --user -u trialfinder-refresh",
        "",
    ]
    return "\n".join(lines)


def _unit(name: str, content: Sequence[str]) -> list[str]:
    return [f"cat > ~/.config/systemd/user/{name} <<'TRIALFINDER_UNIT'", *content, "TRIALFINDER_UNIT"]


def _service(job: Job, environment: Mapping[str, str]) -> list[str]:
    # "$$" only in the command: there alone systemd replaces variables.
    command = " ".join(_systemd_word(word).replace("$", "$$") for word in job.argv)
    return [
        "[Unit]",
        f"Description=trialfinder {job.name}: {job.words}",
        "",
        "[Service]",
        "Type=oneshot",
        *(f"Environment={_systemd_word(f'{name}={value}')}" for name, value in environment.items()),
        f"ExecStart={command}",
        "Nice=10",
        "TimeoutStartSec=2h",
    ]


def _timer(job: Job) -> list[str]:
    day = "*-*-*" if job.weekday is None else f"{_DAYS[job.weekday]} *-*-*"
    return [
        "[Unit]",
        f"Description=trialfinder {job.name}",
        "",
        "[Timer]",
        f"OnCalendar={day} {job.hour:02d}:{job.minute:02d}:00",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]


def _launchd(plan: Plan) -> str:
    lines = ["# Paste into a terminal. To remove them:"]
    for job in plan.jobs:
        label = f"org.trialfinder.{job.name}"
        lines.append(f"#   launchctl bootout gui/$(id -u)/{label}; rm ~/Library/LaunchAgents/{label}.plist")
    lines.append("mkdir -p ~/Library/LaunchAgents")
    for job in plan.jobs:
        label = f"org.trialfinder.{job.name}"
        when = {"Hour": job.hour, "Minute": job.minute}
        if job.weekday is not None:
            when["Weekday"] = (job.weekday + 1) % 7
        content = plistlib.dumps({
            "Label": label, "ProgramArguments": list(job.argv), "EnvironmentVariables": dict(plan.environment),
            "StartCalendarInterval": when, "StandardErrorPath": f"{plan.log}.errors", "ProcessType": "Background",
        }).decode()  # fmt: skip
        lines += [
            f"cat > ~/Library/LaunchAgents/{label}.plist <<'TRIALFINDER_PLIST'",
            content.rstrip(),
            "TRIALFINDER_PLIST",
            f"launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/{label}.plist",
        ]
    return "\n".join([*lines, ""])


def _windows(plan: Plan) -> str:
    lines = [
        "REM Save each part between the lines as the file named above it, then run the schtasks lines",
        "REM in a command prompt. To remove them:",
        *(f"REM   schtasks /Delete /F /TN trialfinder-{job.name}" for job in plan.jobs),
    ]
    home = plan.environment["TRIALFINDER_HOME"]
    for job in plan.jobs:
        file = f"{home}\\trialfinder-{job.name}.cmd"
        variables = [f'set "{name}={_cmd_value(value)}"' for name, value in plan.environment.items()]
        command = " ".join(f'"{_cmd_value(word)}"' for word in job.argv)
        lines += [f"REM ----- {file}", "@echo off", "chcp 65001 >nul", *variables, command, "REM -----"]
        often = f"/SC WEEKLY /D {_DAYS[job.weekday].upper()}" if job.weekday is not None else "/SC DAILY"
        lines.append(
            f"schtasks /Create /F /TN trialfinder-{job.name} {often} /ST {job.hour:02d}:{job.minute:02d} "
            f'/TR "\\"{file}\\""'
        )
    return "\r\n".join([*lines, ""])


def _cmd_value(value: str) -> str:
    """For a batch file: percent signs doubled; a quote cannot be written and is no part of a Windows path."""
    if '"' in value:
        raise InputError("schedule: a path or value with a quotation mark cannot be used on Windows")
    return value.replace("%", "%%")


def _github(plan: Plan) -> str:
    """The store lives in the cache of the repository; paths of this machine mean nothing there."""
    refresh, *others = plan.jobs
    lines = [
        "# Save as .github/workflows/trialfinder.yml in a copy of the trialfinder repository.",
        "# To remove it: delete the file. Mail server and receivers are secrets of the repository",
        "# (Settings > Secrets and variables > Actions): SMTP_HOST, SMTP_USER, SMTP_PASSWORD, SMTP_FROM, DIGEST_TO.",
        "name: trialfinder",
        "on:",
        "  schedule:",
        f'    - cron: "{refresh.minute} {refresh.hour} * * *" # UTC',
        "  workflow_dispatch:",
        "permissions:",
        "  contents: read",
        "concurrency:",
        "  group: trialfinder",
        "jobs:",
        "  refresh:",
        "    runs-on: ubuntu-latest",
        "    timeout-minutes: 60",
        "    env:",
        "      TRIALFINDER_HOME: ${{ github.workspace }}/trialfinder-home",
        "    steps:",
        "      - uses: actions/checkout@v4",
        "      - uses: actions/setup-python@v5",
        '        with: { python-version: "3.13" }',
        "      - uses: actions/cache@v4",
        "        with:",
        "          path: trialfinder-home",
        "          key: trialfinder-${{ github.run_id }}",
        "          restore-keys: trialfinder-",
        "      - run: pip install .",
        f"      - run: trialfinder refresh --all --quiet --max-time {refresh.argv[-1]}",
    ]
    for job in others:
        lines += [
            f"      - name: {job.name}",
            "        env:",
            *(f"          TRIALFINDER_SMTP_{name}: ${{{{ secrets.SMTP_{name} }}}}"
              for name in ("HOST", "USER", "PASSWORD", "FROM")),
            "          DIGEST_TO: ${{ secrets.DIGEST_TO }}",
            f'        run: if [ "$(date -u +%u)" = {(job.weekday or 0) + 1} ]; then '
            'trialfinder digest --since last --to "mail:$DIGEST_TO"; fi',
        ]  # fmt: skip
    return "\n".join([*lines, ""])


_RECIPES: dict[str, Callable[[Plan], str]] = {
    "cron": _cron,
    "systemd": _systemd,
    "launchd": _launchd,
    "windows": _windows,
    "github": _github,
}
