"""Recipes for a regular refresh: cron, systemd, launchd, Windows, GitHub Actions. Text to paste, nothing is installed.

Every recipe has absolute paths and carries its own environment, so that it works where there is none. The lock and the
rotation of the log are the program's own. Errors are left on stderr: cron mails them, systemd and launchd keep them.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from trialfinder.base import lazy_re as re
from trialfinder.base.suggest import nearest
from trialfinder.deliver.schedule.github import github
from trialfinder.deliver.schedule.recipe_plan import Job, Plan
from trialfinder.deliver.schedule.unix import cron, launchd, systemd
from trialfinder.deliver.schedule.windows import windows
from trialfinder.errors import InputError

Kind = Literal["cron", "systemd", "launchd", "windows", "github"]
KINDS: tuple[Kind, ...] = ("cron", "systemd", "launchd", "windows", "github")
#: How many copies of the store are kept.
_COPIES = 14
_NAME = re.compile(r"[A-Z_][A-Z0-9_]*", re.ASCII)
_RECIPES: dict[str, Callable[[Plan], str]] = {
    "cron": cron,
    "systemd": systemd,
    "launchd": launchd,
    "windows": windows,
    "github": github,
}


def recipe(
    kind: str, *, executable: Sequence[str], home: str, log: str, store: str = "", digest_to: Sequence[str] = (),
    feed: str = "", site: str = "", upload: str = "", language: str = "en", backup: str = "", api_url: str = "",
    environment: Mapping[str, str] | None = None, hour: int = 6, minute: int = 17, weekday: int = 0,
    max_time: str = "30m",
) -> str:  # fmt: skip
    """A ready recipe: a refresh every day, and what else was asked for.

    Args:
        kind: ``cron``, ``systemd``, ``launchd``, ``windows`` or ``github``.
        executable: absolute path of ``trialfinder``, or of Python followed by ``-m`` and ``trialfinder``.
        home, log: absolute folder of the store and the configuration (``TRIALFINDER_HOME``), path of the log file.
        store, api_url: absolute path, '' for the one in ``home``; the registry, '' for the official one. Both become
            options, so that a way out in a mail from cron concerns the same.
        digest_to: destinations as for ``digest --to``.
        feed, site: absolute path of an Atom feed, of a site built each day (GitHub: its Pages), or ''.
        backup: absolute folder of dated copies of the store, or ''.
        upload: where rsync copies the site to, such as ``user@host:/var/www/trials/``; '' for nowhere.
        language: of the program's words on the site and in the news.
        environment: further variables; a password or secret may only be named by its file (``…_FILE``).
        hour, minute, weekday: local time of the refresh (GitHub: UTC) and, an hour later, day of the digest (0 Monday).
        max_time: limit for the refresh.

    Raises:
        InputError: unknown kind, a path that is not absolute, or a value that cannot be written down safely.
    """
    _check_kind(kind)
    _check_time(hour, minute, weekday)
    if kind != "github":
        _check_paths(executable[0], home, log, *(path for path in (feed, store, site, backup) if path))
    _check_upload(kind, site, upload)
    if kind == "github":
        _check_github(digest_to, feed, store, backup)
    _check_variables(variables := {"TRIALFINDER_HOME": home, "PYTHONUTF8": "1", **(environment or {})})
    kept = (*_option("--store", store), *_option("--api-url", api_url), "--quiet", "--log", log)
    argv = (*executable, "refresh", "--all", *kept, "--max-time", max_time)
    spoken = () if language == "en" else ("--language", language)
    further = _further(executable, kept, (digest_to, feed), (site, spoken), upload, backup, (hour, minute, weekday))
    jobs = [Job("refresh", "brings the store up to date", argv, hour, minute), *further]
    _check_text(*(word for job in jobs for word in job.argv), *variables.values())
    return _RECIPES[kind](Plan(tuple(jobs), variables, log, api_url, language))


def _option(name: str, value: str) -> tuple[str, ...]:
    return (name, value) if value else ()


def _further(
    executable: Sequence[str], kept: Sequence[str], news: tuple[Sequence[str], str],
    place: tuple[str, Sequence[str]], upload: str, backup: str, when: tuple[int, int, int],
) -> Iterator[Job]:  # fmt: skip
    """What is done an hour after the refresh, whatever became of it.

    ``news`` are the places and the feed that hear them, ``place`` is the folder of the site, '' for none, and the
    option of the language of them all.
    """
    (digest_to, feed), (site, spoken) = news, place
    hour, minute, weekday = when
    to = (*(part for place in digest_to for part in ("--to", place)), *(("--feed", feed) if feed else ()))
    if to:
        argv = (*executable, "digest", "--since", "last", *spoken, *kept, *to)
        day = weekday if hour < 23 else (weekday + 1) % 7
        yield Job("digest", "tells what is new", argv, (hour + 1) % 24, minute, day)
    if site:
        words = "builds the site" + (" and makes the copy like it: what else lies there is removed" if upload else "")
        build = (*executable, "site", site, "--offline", *spoken, *kept)
        yield Job("site", words, _site(build, site, upload), (hour + 1) % 24, minute)
    if backup:
        words = f"copies the store, and keeps the newest {_COPIES} copies"
        argv = (*executable, "store", "backup", backup, "--keep", str(_COPIES), *kept)
        yield Job("backup", words, argv, (hour + 1) % 24, minute)


def _check_kind(kind: str) -> None:
    if kind not in _RECIPES:
        close = nearest(kind, KINDS)
        hint = f"did you mean {close!r}?" if close else f"use one of {', '.join(KINDS)}"
        raise InputError(f"schedule {kind[:20]!r}: unknown; {hint}")


def _site(build: tuple[str, ...], site: str, upload: str) -> tuple[str, ...]:
    """Builds the site; then rsync copies what changed and takes away there what was taken away here."""
    if not upload:
        return build
    copy = ("rsync", "-a", "--delete", "--exclude=.*", f"{site.rstrip('/')}/", upload)
    return ("/bin/sh", "-c", f"{shlex.join(build)} && {shlex.join(copy)}")


def _check_upload(kind: str, site: str, upload: str) -> None:
    if upload and not site:
        raise InputError("--upload copies a site; say which with --site DIR")
    if upload and kind in ("windows", "github"):
        raise InputError(f"--upload needs rsync, which the recipe for {kind} cannot count on; leave it out")
    if upload.startswith("-"):
        raise InputError(f"--upload {upload[:40]!r}: expected a place such as user@host:/var/www/trials/")


def _check_time(hour: int, minute: int, weekday: int) -> None:
    if not (0 <= hour <= 23 and 0 <= minute <= 59 and 0 <= weekday <= 6):
        raise InputError("schedule: hour is 0 to 23, minute 0 to 59, weekday 0 (Monday) to 6")


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


def _check_github(digest_to: Sequence[str], feed: str, store: str, backup: str) -> None:
    if backup:
        raise InputError("--backup copies to a folder of this machine, which a recipe for github does not have")
    if store:
        raise InputError(f"--store {store[:60]}: the recipe for github keeps its store in the repository's cache")
    others = [place for place in digest_to if not place.lower().startswith(("mail:", "mailto:"))]
    if others or feed or len(digest_to) > 1:
        option = "--feed FILE" if feed else f"--to {(others or digest_to)[-1][:60]}"
        raise InputError(
            f"{option}: the recipe for github mails its digest to one address (--to mail:ADDRESS), and keeps no file; "
            "news and a feed are on its pages: --site public"
        )


def _check_text(*values: str) -> None:
    for value in values:
        if not value.isprintable():
            raise InputError("schedule: a path or value has a line break or control character; rename it")
