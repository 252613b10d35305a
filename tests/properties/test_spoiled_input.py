"""Two thousand spoiled profiles, settings, searches, files and options: a documented exit code and one clear line."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trialfinder as tf
from tests.e2e import made
from tests.e2e.program import ROOT, TODAY, Done, Program
from tests.properties.mutations import odd_words, spoiled
from tests.standin import StandIn
from trialfinder.errors import InputError
from trialfinder.tables import columns
from trialfinder.tables.exports import FORMATS

PROFILE = (ROOT / "docs" / "example-profile.toml").read_bytes()
SEARCH = (ROOT / "queries" / "diabetic.toml").read_bytes()
SETTINGS = b"""[smtp]
host = "localhost"
port = 25
tls = "none"
from = "a@example.org"

[webhook]
secret_file = "secret"
timeout = 5
"""
RECORDS = json.dumps(made.studies(2)).encode()
OPTIONS = (
    "--status", "--phase", "--country", "--sponsor", "--age", "--sex", "--updated-since", "--neuropathy", "--cells",
    "--source", "--donor", "--route", "--relevance", "--signs", "--near", "--within", "--limit", "--format", "--today",
    "--as-of", "--query", "--api-url", "--max-time",
)  # fmt: skip
FACTS = ("--age", "--sex", "--neuropathy", "--diabetes", "--hba1c", "--duration", "--pain", "--failed", "--no", "--yes")
MANY = 350


def times(count: int) -> int:
    """All in a thorough run, a few in a quick one: each example runs the program."""
    return count if settings().max_examples >= 100 else max(4, count // 25)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A home with a store of three studies."""
    program = Program(tmp_path_factory.mktemp("spoiled"))
    with StandIn(made.studies(3)) as registry:
        assert program.at(registry.url)("refresh").code == 0
    (program.home / "one.json").write_bytes(json.dumps(made.study(1)).encode())
    return program


def ends_well(done: Done) -> None:
    """With a documented code, no trace of the program's insides, and one line on what is wrong."""
    assert done.code in {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, (done.code, done.err)
    assert "Traceback" not in done.err
    if done.code:
        assert len(done.one_line()) < 2000
        assert "\x1b" not in done.err


@settings(max_examples=times(MANY))
@given(content=spoiled(PROFILE))
def test_profiles(home: Program, content: bytes) -> None:
    (home.home / "me.toml").write_bytes(content)
    checked = home("profile", "check", "me.toml", "--today", TODAY)
    ends_well(checked)
    assert checked.code in (0, 2)
    for command in (["profile", "show", "me.toml"], ["match", "--profile", "me.toml", "--records", "one.json"]):
        done = home(*command, "--today", TODAY)
        ends_well(done)
        assert done.code in (0, 2)


@settings(max_examples=times(MANY))
@given(content=spoiled(SETTINGS))
def test_settings(home: Program, content: bytes) -> None:
    (home.home / "trialfinder" / "config.toml").write_bytes(content)
    try:
        ends_well(home("digest", "--since", "30d", "--to", "-", "--dry-run", "--to", "mail:a@example.org"))
    finally:
        (home.home / "trialfinder" / "config.toml").unlink()


@settings(max_examples=times(MANY))
@given(content=spoiled(SEARCH))
def test_saved_searches(home: Program, content: bytes) -> None:
    folder = home.home / "trialfinder" / "queries"
    folder.mkdir(exist_ok=True)
    (folder / "mine.toml").write_bytes(content.replace(b'name = "diabetic"', b'name = "mine"', 1))
    try:
        for command in (["queries", "check"], ["queries", "list"], ["search", "--query", "mine", "--offline"]):
            ends_well(home(*command))
    finally:
        shutil.rmtree(folder)


def zipped(content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("ctg-studies.json", content)
    return held.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "a.json": lambda: RECORDS,
    "a.jsonl": lambda: b"\n".join(json.dumps(each).encode() for each in made.studies(2)),
    "a.json.gz": lambda: gzip.compress(RECORDS, mtime=0),
    "a.zip": lambda: zipped(RECORDS),
    "a.csv": lambda: b"NCT Number,Study Title\nNCT90000001,Cells\n",
}


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=times(100))
@given(data=st.data())
def test_files_to_import(home: Program, name: str, data: st.DataObject) -> None:
    (home.home / name).write_bytes(data.draw(spoiled(FILES[name]())))
    for left in home.home.glob("new.sqlite*"):
        left.unlink()
    done = home("import", name, "--store", "new.sqlite")
    ends_well(done)
    ends_well(home("match", "--age", "50", "--records", name, "--today", TODAY))


@settings(max_examples=times(200))
@given(data=st.data())
def test_tables_that_come_back(home: Program, data: st.DataObject) -> None:
    held = io.BytesIO()
    shape = columns.table("conditions")
    FORMATS["csv"].write(shape, [{"nct_id": "NCT90000001", "condition": "Pain", "kind": "condition"}] * 3, held)
    path = home.home / "back.csv"
    path.write_bytes(data.draw(spoiled(held.getvalue())))
    try:
        tf.read_csv(path, "conditions")
    except InputError as error:
        assert len(str(error).splitlines()) == 1


@settings(max_examples=times(MANY + 50))
@given(data=st.data())
def test_options(home: Program, data: st.DataObject) -> None:
    command = data.draw(st.sampled_from((["search", "--offline"], ["match", "--records", "one.json"], ["changes"])))
    known = {"search": OPTIONS, "match": (*FACTS, "--status", "--within", "--format"), "changes": ("--since", "--nct", "--severity", "--near", "--within", "--format", "--query")}  # fmt: skip # noqa: E501
    words = list(command)
    for name in data.draw(st.lists(st.sampled_from(known[command[0]]), min_size=1, max_size=3, unique=True)):
        words += [f"{name}={data.draw(odd_words())}"]
    ends_well(home(*words))


@settings(max_examples=times(200))
@given(words=st.lists(odd_words(), max_size=4))
def test_arguments(home: Program, words: list[str]) -> None:
    for command in ("show", "criteria", "history", "search", "export", "nonsense", "queries", "patterns"):
        ends_well(home(command, *words, "--offline" if command in ("show", "criteria", "search") else "-q"))
