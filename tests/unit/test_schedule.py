"""Recipes: what stands in them, quoted so that odd paths survive, and run with an empty environment."""

from __future__ import annotations

import datetime as dt
import json
import plistlib
import re
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.standin import StandIn
from tests.standin.samples import samples
from tests.unit.store import fill
from trialfinder.base import computer_clock
from trialfinder.deliver.schedule import KINDS, recipe
from trialfinder.deliver.schedule.github import github
from trialfinder.deliver.schedule.recipe_plan import Job, Plan
from trialfinder.deliver.schedule.unix import cron, systemd
from trialfinder.deliver.schedule.windows import windows
from trialfinder.errors import InputError
from trialfinder.store import Store

CHECKOUT = Path(__file__).resolve().parents[2]
HOME = "/home/ann o'neil/100% trials $HOME"


def make(kind: str, **more: Any) -> str:
    settings: dict[str, Any] = {
        "executable": ["/opt/my tools/bin/trialfinder"], "home": HOME, "log": f"{HOME}/refresh.log",
        "digest_to": ["mail:group@example.org"], **more,
    }  # fmt: skip
    return recipe(kind, **settings)


def cron_commands(text: str) -> list[tuple[str, str]]:
    """The times and the commands as cron would take them: a percent sign ends the command unless escaped."""
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            *times, command = line.split(" ", 5)
            assert not re.search(r"(?<!\\)%", command)
            found.append((" ".join(times), command.replace("\\%", "%")))
    return found


def run_empty(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command under a shell that has no environment at all."""
    return subprocess.run(["env", "-i", "/bin/sh", "-c", command], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture
def spy(tmp_path: Path) -> Path:
    """A program in an odd place that writes down how it was called."""
    path = tmp_path / "odd 'place' 50%$HOME" / "trial finder"
    path.parent.mkdir()
    path.write_text(
        f"#!{sys.executable}\nimport json, os, sys\n"
        f"with open({str(tmp_path / 'calls')!r}, 'a') as file:\n"
        "    file.write(json.dumps([sys.argv[1:], dict(os.environ)]) + '\\n')\n",
        encoding="utf-8",
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def calls(tmp_path: Path) -> list[tuple[list[str], dict[str, str]]]:
    return [tuple(json.loads(line)) for line in (tmp_path / "calls").read_text(encoding="utf-8").splitlines()]


def test_cron_calls_the_program_with_its_own_environment(spy: Path, tmp_path: Path) -> None:
    text = make("cron", executable=[str(spy)], hour=5, minute=7, weekday=0)
    (daily, refresh), (weekly, digest) = cron_commands(text)
    assert (daily, weekly) == ("7 5 * * *", "7 6 * * 1")
    for command in (refresh, digest):
        done = run_empty(command, tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
    (first, environment), (second, _) = calls(tmp_path)
    assert first == ["refresh", "--all", "--quiet", "--log", f"{HOME}/refresh.log", "--max-time", "30m"]
    log = ["--quiet", "--log", f"{HOME}/refresh.log"]
    assert second == ["digest", "--since", "last", *log, "--to", "mail:group@example.org"]
    assert (environment["TRIALFINDER_HOME"], environment["PYTHONUTF8"]) == (HOME, "1")


def test_cron_can_be_removed_as_it_says(tmp_path: Path) -> None:
    text = make("cron")
    removal = re.search(r"crontab -l \| (sed '.*') \| crontab -", text)
    assert removal
    table = tmp_path / "table"
    table.write_text(f"1 2 * * * mine\n{text}3 4 * * * also mine\n", encoding="utf-8")
    done = subprocess.run(f"{removal[1]} < table", shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)
    kept = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    assert kept == ["1 2 * * * mine", "3 4 * * * also mine"]


def systemd_words(line: str) -> list[str]:
    """A command or assignment as systemd reads it."""
    return [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line)]


def test_systemd_units_are_written_by_the_shell_and_read_back(tmp_path: Path) -> None:
    script = "\n".join(line for line in make("systemd").splitlines() if not line.startswith(("systemctl", "loginctl")))
    done = subprocess.run(
        ["/bin/sh", "-eu", "-c", script], env={"HOME": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    units = tmp_path / ".config/systemd/user"
    assert sorted(path.name for path in units.iterdir()) == [
        "trialfinder-digest.service", "trialfinder-digest.timer",
        "trialfinder-refresh.service", "trialfinder-refresh.timer",
    ]  # fmt: skip
    service = (units / "trialfinder-refresh.service").read_text(encoding="utf-8")
    (command,) = re.findall(r"^ExecStart=(.*)$", service, re.MULTILINE)
    assert "100%% trials $$HOME" in command
    assert systemd_words(command) == [
        "/opt/my tools/bin/trialfinder",
        "refresh",
        "--all",
        "--quiet",
        "--log",
        f"{HOME}/refresh.log",
        "--max-time",
        "30m",
    ]
    variables = dict(
        systemd_words(line)[0].split("=", 1) for line in re.findall(r"^Environment=(.*)$", service, re.MULTILINE)
    )
    assert variables == {"TRIALFINDER_HOME": HOME, "PYTHONUTF8": "1"}
    timer = (units / "trialfinder-digest.timer").read_text(encoding="utf-8")
    assert "OnCalendar=Mon *-*-* 07:17:00" in timer
    assert "Persistent=true" in timer


def test_launchd_lists_are_valid_and_whole(tmp_path: Path) -> None:
    script = "\n".join(line for line in make("launchd").splitlines() if not line.startswith("launchctl"))
    subprocess.run(["/bin/sh", "-eu", "-c", script], env={"HOME": str(tmp_path)}, check=True)
    folder = tmp_path / "Library/LaunchAgents"
    jobs = {path.name: plistlib.loads(path.read_bytes()) for path in folder.iterdir()}
    assert set(jobs) == {"org.trialfinder.refresh.plist", "org.trialfinder.digest.plist"}
    refresh, digest = jobs["org.trialfinder.refresh.plist"], jobs["org.trialfinder.digest.plist"]
    assert refresh["ProgramArguments"][:2] == ["/opt/my tools/bin/trialfinder", "refresh"]
    assert refresh["EnvironmentVariables"]["TRIALFINDER_HOME"] == HOME
    assert refresh["StartCalendarInterval"] == {"Hour": 6, "Minute": 17}
    assert digest["StartCalendarInterval"] == {"Hour": 7, "Minute": 17, "Weekday": 1}


def test_windows_has_batch_files_and_tasks() -> None:
    home = "C:\\Users\\Ann 50%\\Trials"
    text = make(
        "windows", executable=["C:\\Program Files\\Trial\\trialfinder.exe"], home=home, log=f"{home}\\refresh.log"
    )
    assert text.replace("\r\n", "").count("\n") == 0
    assert 'set "TRIALFINDER_HOME=C:\\Users\\Ann 50%%\\Trials"' in text
    assert '"C:\\Program Files\\Trial\\trialfinder.exe" "refresh" "--all"' in text
    assert (
        "schtasks /Create /F /TN trialfinder-digest /SC WEEKLY /D MON /ST 07:17 "
        f'/TR "\\"{home}\\trialfinder-digest.cmd\\""'
    ) in text
    assert "schtasks /Delete /F /TN trialfinder-refresh" in text
    with pytest.raises(InputError, match="quotation mark"):
        make("windows", home='C:\\a"b')


def test_the_workflow_is_yaml_with_a_lock_and_no_secret_in_it() -> None:
    text = make("github", hour=4, minute=30)
    flow = yaml.safe_load(text)
    assert flow[True]["schedule"] == [{"cron": "30 4 * * *"}]  # YAML 1.1 reads the key "on" as true
    assert flow["concurrency"] == {"group": "trialfinder"}
    assert flow["permissions"] == {"contents": "read"}
    steps = flow["jobs"]["refresh"]["steps"]
    assert "trialfinder refresh --all --quiet --max-time 30m" in [step.get("run") for step in steps]
    assert steps[-2]["env"]["TRIALFINDER_SMTP_PASSWORD"] == "${{ secrets.SMTP_PASSWORD }}"
    assert HOME not in text
    assert "group@example.org" not in text


def test_the_workflow_can_use_any_mail_server_and_names_secrets_for_mail_only() -> None:
    """A server at port 465 needed the recipe to be edited by hand, and one without mail began with mail secrets."""
    steps = yaml.safe_load(make("github"))["jobs"]["refresh"]["steps"]
    given = next(step["env"] for step in steps if step.get("name") == "digest")
    assert {"TRIALFINDER_SMTP_PORT", "TRIALFINDER_SMTP_TLS"} <= given.keys()
    assert all(f"SMTP_{name}" in make("github").split("name: trialfinder")[0] for name in ("PORT", "TLS"))
    assert "secrets" not in make("github", digest_to=[], site="/srv/trials")


@pytest.mark.parametrize("kind", KINDS)
def test_every_recipe_says_how_to_remove_it_and_needs_no_digest(kind: str) -> None:
    for text in (make(kind), make(kind, digest_to=[])):
        assert "To remove" in text
        assert "refresh" in text
    assert "digest" not in make(kind, digest_to=[])


def test_a_digest_after_midnight_is_on_the_next_day() -> None:
    (_, (weekly, _)) = cron_commands(make("cron", hour=23, weekday=6))
    assert weekly == "17 0 * * 1"
    assert "OnCalendar=Mon *-*-* 00:17:00" in make("systemd", hour=23, weekday=6)
    (_, (weekly, _)) = cron_commands(make("cron", weekday=6))
    assert weekly == "17 7 * * 0"


@pytest.mark.parametrize(
    ("kind", "more", "message"),
    [
        ("corn", {}, "did you mean 'cron'"),
        ("cron", {"home": "trials"}, "must be absolute"),
        ("systemd", {"log": "./log"}, "must be absolute"),
        ("cron", {"feed": "feed.xml"}, "must be absolute"),
        ("cron", {"executable": ["trialfinder"]}, "must be absolute"),
        ("cron", {"home": "/a\nb"}, "line break"),
        ("cron", {"digest_to": ["mail:a@b.org\n* * * * * rm"]}, "line break"),
        ("cron", {"environment": {"TRIALFINDER_SMTP_PASSWORD": "hunter2"}}, "TRIALFINDER_SMTP_PASSWORD_FILE"),
        ("cron", {"environment": {"a b": "c"}}, "not a name"),
        ("cron", {"hour": 24}, "hour is 0 to 23"),
    ],
)
def test_what_cannot_be_written_down_safely_is_refused(kind: str, more: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        make(kind, **more)
    assert "hunter2" not in str(error.value)


def test_a_secret_may_be_named_by_its_file() -> None:
    assert "TRIALFINDER_SMTP_PASSWORD_FILE=/etc/secret" in make(
        "cron", environment={"TRIALFINDER_SMTP_PASSWORD_FILE": "/etc/secret"}
    )


@pytest.mark.slow
def test_the_cron_line_fills_a_store_with_an_empty_environment(tmp_path: Path) -> None:
    home = tmp_path / "my trials"
    with StandIn(samples(5)) as standin:
        text = recipe(
            "cron",
            executable=[sys.executable, "-m", "trialfinder"],
            home=str(home),
            log=str(tmp_path / "refresh.log"),
            environment={
                "TRIALFINDER_API_URL": standin.url,
                "TRIALFINDER_REQUEST_INTERVAL": "0",
                "PYTHONPATH": str(CHECKOUT),
            },
        )
        ((_, command),) = cron_commands(text)
        done = run_empty(command, Path("/"))
    assert "Traceback" not in done.stderr
    # The saved searches expect many more studies than this registry has: told, kept, and written to the log.
    assert done.returncode == 0, done.stderr
    assert "expected" in done.stderr
    assert (tmp_path / "refresh.log").stat().st_size > 0
    with Store.open(home / "store.sqlite") as store:
        assert not store.is_empty()


@pytest.mark.slow
def test_the_cron_line_of_the_digest_tells_the_news_once_with_an_empty_environment(tmp_path: Path) -> None:
    home, news = tmp_path / "my trials", tmp_path / "news of the week.md"
    home.mkdir()
    now = computer_clock.now()  # the line has no --today, so the news has to be of yesterday, whenever that is
    with Store.open(home / "store.sqlite") as store:
        fill.run(store, now - dt.timedelta(days=2), {"default": samples(1)})
        fill.run(store, now - dt.timedelta(days=1), {"default": samples(2)})
    text = recipe(
        "cron", executable=[sys.executable, "-m", "trialfinder"], home=str(home), log=str(tmp_path / "refresh.log"),
        digest_to=[str(news)], environment={"PYTHONPATH": str(CHECKOUT)},
    )  # fmt: skip
    (_, (_, command)) = cron_commands(text)
    for _ in range(2):
        done = run_empty(command, Path("/"))
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert "\n- new study (completed)\n" in news.read_text(encoding="utf-8")
        assert len(list(tmp_path.glob("news of the week-*.md"))) == 1  # the second run had nothing to tell
    news.write_text(news.read_text(encoding="utf-8") + "mine", encoding="utf-8")
    done = run_empty(
        command, Path("/")
    )  # what somebody wrote into it is told before there is news that would replace it
    assert (done.returncode, done.stdout) == (2, "") and "has changed since trialfinder wrote it" in done.stderr
    assert news.read_text(encoding="utf-8").endswith("mine")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here to look at its units")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    text = make("systemd", executable=["/bin/true"])
    script = "\n".join(line for line in text.splitlines() if not line.startswith(("systemctl", "loginctl")))
    environment = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    subprocess.run(["/bin/sh", "-eu", "-c", script], env=environment, check=True)
    units = sorted((tmp_path / ".config/systemd/user").iterdir())

    def looked_at(*files: Path) -> tuple[int, str]:
        command = ["systemd-analyze", "--user", "verify", *map(str, files)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    blameless = tmp_path / "blameless.service"
    blameless.write_text("[Service]\nExecStart=/bin/true\n", encoding="utf-8")
    if (able := looked_at(blameless)) != (0, ""):
        pytest.skip(f"systemd does not look at units for this user: {able[1].strip()}")
    assert looked_at(*units) == (0, "")


def test_a_site_is_built_after_each_refresh() -> None:
    (_, (daily, command)) = cron_commands(make("cron", digest_to=[], site="/srv/our trials"))
    assert daily == "17 7 * * *"
    assert shlex.split(command)[-6:-2] == ["site", "/srv/our trials", "--offline", "--quiet"]
    assert "OnCalendar=*-*-* 07:17:00" in make("systemd", site="/srv/trials")
    assert "trialfinder-site.cmd" in make("windows", site="C:\\trials")


@pytest.mark.parametrize("kind", KINDS)
def test_a_site_is_built_in_the_language_that_was_asked_for(kind: str) -> None:
    """With words of its own in each form of recipe; the digest that is asked for beside it speaks the same language."""
    more = {"site": "C:\\trials" if kind == "windows" else "/srv/trials"}
    if kind not in ("github", "windows"):
        more["upload"] = "me@host:/t/"
    text, english = make(kind, language="es", **more), make(kind, **more)
    plain = re.sub(r"</?string>|\"", "", text)
    told = " ".join(plain.split())
    assert plain.count("--language") == 2
    assert "--offline --language es --quiet" in told and "digest --since last --language es --" in told
    same = re.sub(r"\s*--language\s+es", "", plain)
    assert same == re.sub(r"</?string>|\"", "", english)


def test_a_site_goes_to_a_host_by_rsync_only_when_it_was_built() -> None:
    """And the recipe says that the copy holds nothing else."""
    text = make("cron", digest_to=[], site="/srv/our trials", upload="me@host:/var/www/trials/")
    assert "what else lies there is removed" in text
    *_, shell = shlex.split(cron_commands(text)[1][1])
    build, copy = shell.split(" && ")
    log = ["--quiet", "--log", f"{HOME}/refresh.log"]
    assert shlex.split(build)[1:] == ["site", "/srv/our trials", "--offline", *log]
    assert shlex.split(copy) == [
        "rsync", "-a", "--delete", "--exclude=.*", "/srv/our trials/", "me@host:/var/www/trials/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "site", "upload", "told"),
    [
        ("cron", "", "me@host:x", "say which with --site"),
        ("windows", "C:\\trials", "me@host:x", "needs rsync"),
        ("cron", "/srv/trials", "--rsh=evil", "expected a place"),
        ("cron", "trials", "", "must be absolute"),
    ],
)
def test_a_site_that_cannot_be_scheduled_is_told(kind: str, site: str, upload: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        make(kind, site=site, upload=upload)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"digest_to": ["/home/pat/news.html"]}, "--to /home/pat/news.html: the recipe for github mails"),
        ({"digest_to": ["-"]}, "--to -: the recipe"),
        ({"digest_to": ["webhook:https://example.org/x"]}, "--to webhook:https"),
        ({"digest_to": ["mail:a@example.org", "mail:b@example.org"]}, "--to mail:b@example.org: the recipe"),
        ({"digest_to": [], "feed": "/srv/n.atom"}, "--feed FILE: the recipe"),
        ({"store": "/srv/s.sqlite"}, "--store /srv/s.sqlite: the recipe for github keeps its store"),
    ],
)
def test_what_the_workflow_would_leave_out_is_refused(more: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=re.escape(told)):
        make("github", **more)


def test_in_the_workflow_too_each_job_is_done_whatever_became_of_the_refresh() -> None:
    """And what was mailed is kept, so that a site that fails has nothing mailed twice."""
    flow = yaml.safe_load(make("github", site="/srv/trials"))
    steps = flow["jobs"]["refresh"]["steps"]
    asks = next(n for n, step in enumerate(steps) if step.get("run", "").startswith("trialfinder refresh"))
    assert all("!cancelled()" in step["if"] or "always()" in step["if"] for step in steps[asks + 1 :])
    digest, save, *site = steps[asks + 1 :]
    assert (digest["name"], save["uses"], save["if"]) == ("digest", "actions/cache/save@v4", "${{ always() }}")
    assert site[0]["id"] == "site" and "steps.site.outcome == 'success'" in site[1]["if"]
    assert flow["jobs"]["refresh"]["outputs"] == {"site": "${{ steps.site.outcome }}"}
    assert "needs.refresh.outputs.site == 'success'" in flow["jobs"]["publish"]["if"]
    (restore,) = [step for step in steps if "restore" in step.get("uses", "")]
    assert restore["with"]["path"] == save["with"]["path"]
    assert save["with"]["key"].startswith(restore["with"]["restore-keys"])


def test_the_workflow_asks_the_registry_that_was_named() -> None:
    asked = yaml.safe_load(make("github", api_url="https://mirror.example.org/api/v2"))["jobs"]["refresh"]["env"]
    assert asked["TRIALFINDER_API_URL"] == "https://mirror.example.org/api/v2"
    assert "TRIALFINDER_API_URL" not in make("github")


def test_github_publishes_the_site_on_its_pages() -> None:
    flow = yaml.safe_load(make("github", digest_to=[], site="/srv/trials"))
    assert flow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    runs = [step.get("run") for step in flow["jobs"]["refresh"]["steps"]]
    assert "pip install '.[pages]'" in runs and "trialfinder site public --offline --quiet" in runs
    assert flow["jobs"]["publish"]["needs"] == "refresh"
    both = yaml.safe_load(make("github", site="/srv/trials"))
    assert "digest" in [step.get("name") for step in both["jobs"]["refresh"]["steps"]]


@pytest.mark.parametrize("kind", ["cron", "systemd", "windows"])
def test_a_recipe_says_where_a_job_that_failed_is_seen(kind: str) -> None:
    plan = _plan_with_interval()
    told = {"cron": cron, "systemd": systemd, "windows": windows}[kind](plan)
    assert plan.log in told
    if kind == "systemd":
        assert "-u trialfinder-refresh -u trialfinder-digest" in told


def test_the_github_recipe_carries_the_interval_and_says_when_it_ends() -> None:
    text = github(_plan_with_interval())
    assert 'TRIALFINDER_REQUEST_INTERVAL: "3"' in text
    assert "after 60 days without a commit" in text


def _plan_with_interval() -> Plan:
    jobs = (Job("refresh", "", ("trialfinder", "10m"), 6, 17), Job("digest", "", ("trialfinder",), 7, 17, 0))
    environment = {"TRIALFINDER_HOME": "/home/me/tf", "TRIALFINDER_REQUEST_INTERVAL": "3"}
    return Plan(jobs, environment=environment, log="/home/me/tf/refresh.log")
