"""The recipe for the task scheduler of Windows."""

from __future__ import annotations

from trialfinder.deliver.schedule.recipe_plan import DAYS, Plan
from trialfinder.errors import InputError


def windows(plan: Plan) -> str:
    """A batch file for each job, which carries its environment, and the command that schedules it."""
    lines = [
        "REM Save each part between the lines as the file named above it, then run the schtasks lines",
        "REM in a command prompt. Nobody is told of a job that fails: look at times into the log:",
        f"REM   {plan.log}",
        "REM To remove them:",
        *(f"REM   schtasks /Delete /F /TN trialfinder-{job.name}" for job in plan.jobs),
        *(f"REM {words}" for words in plan.remarks),
    ]
    home = plan.environment["TRIALFINDER_HOME"]
    for job in plan.jobs:
        file = f"{home}\\trialfinder-{job.name}.cmd"
        variables = [f'set "{name}={_cmd_value(value)}"' for name, value in plan.environment_of(job).items()]
        command = " ".join(f'"{_cmd_value(word)}"' for word in job.argv)
        lines += [f"REM ----- {file}", "@echo off", "chcp 65001 >nul", *variables, command, "REM -----"]
        often = f"/SC WEEKLY /D {DAYS[job.weekday].upper()}" if job.weekday is not None else "/SC DAILY"
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
