"""Recipes for cron, systemd and launchd."""

from __future__ import annotations

import plistlib
import shlex
from collections.abc import Mapping, Sequence

from trialfinder.deliver.schedule.recipe_plan import DAYS, Job, Plan


def shell_command(job: Job, environment: Mapping[str, str]) -> str:
    """The job as one line for a POSIX shell that needs no environment of its own."""
    variables = " ".join(f"{name}={shlex.quote(value)}" for name, value in environment.items())
    return f"{variables} {shlex.join(job.argv)}"


def cron(plan: Plan) -> str:
    """Lines for ``crontab -e``, between two marks by which they can be removed."""
    lines = [
        "# Add these lines with:  crontab -e",
        "# cron mails what goes wrong to the address in MAILTO; without mail, look into the log:",
        f"#   {plan.log}",
        "# To remove them:  crontab -l | sed '/^# trialfinder begin/,/^# trialfinder end/d' | crontab -",
        "# trialfinder begin",
        *(f"# {words}" for words in plan.remarks),
    ]
    for job in plan.jobs:
        day = "*" if job.weekday is None else str((job.weekday + 1) % 7)
        # cron takes a percent sign for a line break.
        command = shell_command(job, plan.environment_of(job)).replace("%", "\\%")
        lines += [f"# {job.name}: {job.words}", f"{job.minute} {job.hour} * * {day} {command}"]
    return "\n".join([*lines, "# trialfinder end", ""])


def _systemd_word(word: str) -> str:
    """Quoted for a unit file: backslash and quote as in C, % and $ doubled against specifiers and variables."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def systemd(plan: Plan) -> str:
    """A script that writes units of the user: a service and a timer for each job."""
    lines = [
        "# Paste into a terminal: makes the units of your own user and starts their timers.",
        "# To remove them:",
        f"#   systemctl --user disable --now {' '.join(f'trialfinder-{job.name}.timer' for job in plan.jobs)}",
        "#   rm ~/.config/systemd/user/trialfinder-*",
        "#   systemctl --user daemon-reload",
        *(f"# {words}" for words in plan.remarks),
        "mkdir -p ~/.config/systemd/user",
    ]
    for job in plan.jobs:
        lines += _unit(f"trialfinder-{job.name}.service", _service(job, plan.environment_of(job)))
        lines += _unit(f"trialfinder-{job.name}.timer", _timer(job))
    names = " ".join(f"trialfinder-{job.name}.timer" for job in plan.jobs)
    lines += [
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {names}",
        "loginctl enable-linger  # also when you are not logged in",
        "# Nobody is told of a job that fails: look at times. How each went:",
        f"#   journalctl --user {' '.join(f'-u trialfinder-{job.name}' for job in plan.jobs)}",
        f"#   and in the log:  {plan.log}",
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
    day = "*-*-*" if job.weekday is None else f"{DAYS[job.weekday]} *-*-*"
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


def launchd(plan: Plan) -> str:
    """A script that writes a property list for each job and loads it."""
    lines = ["# Paste into a terminal. To remove them:"]
    for job in plan.jobs:
        label = f"org.trialfinder.{job.name}"
        lines.append(f"#   launchctl bootout gui/$(id -u)/{label}; rm ~/Library/LaunchAgents/{label}.plist")
    lines += [*(f"# {words}" for words in plan.remarks), "mkdir -p ~/Library/LaunchAgents"]
    for job in plan.jobs:
        label = f"org.trialfinder.{job.name}"
        when = {"Hour": job.hour, "Minute": job.minute}
        if job.weekday is not None:
            when["Weekday"] = (job.weekday + 1) % 7
        content = plistlib.dumps({
            "Label": label, "ProgramArguments": list(job.argv), "EnvironmentVariables": plan.environment_of(job),
            "StartCalendarInterval": when, "StandardErrorPath": f"{plan.log}.errors", "ProcessType": "Background",
        }).decode()  # fmt: skip
        lines += [
            f"cat > ~/Library/LaunchAgents/{label}.plist <<'TRIALFINDER_PLIST'",
            content.rstrip(),
            "TRIALFINDER_PLIST",
            f"launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/{label}.plist",
        ]
    return "\n".join([*lines, ""])
