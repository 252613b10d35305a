"""``trialfinder registry``: bulk files into a dataset, and what is told on the way."""

from __future__ import annotations

import json

import duckdb

from tests.e2e.made import nct
from tests.e2e.program import TODAY, Program
from tests.unit.scale.bulk import lines, records, zipped


def test_from_a_download_to_matches(program: Program) -> None:
    made = records(6, parts=2)
    zipped(program.home / "ctg.zip", made)
    lines(program.home / "more.jsonl", [made[0], "{oops"])
    done = program("registry", "import", "ctg", "ctg.zip", "more.jsonl", "--jobs", "1")
    assert done.code == 0, done.err
    told = "ctg: 8 records: 1 repeated, 1 set aside, 6 new, 0 changed, 0 unchanged, 0 older."
    assert done.err.splitlines()[0] == told
    assert "1 record could not be read: see ctg/set-aside.jsonl" in done.err
    people = program.home / "people"
    people.mkdir()
    for name, age in (("ann", 58), ("bob", 70)):
        (people / f"{name}.toml").write_text(f"[person]\nage = {age}\n")
    done = program("registry", "match", "ctg", "--profile", "people", "--jobs", "1", "--today", TODAY)
    assert done.code == 0, done.err
    assert "matching ann: " in done.err
    assert "only its team can say so" in done.err
    found = duckdb.execute(f"select nct_id, verdict from '{program.home}/ctg/matches/bob/*.parquet'").fetchall()
    assert len(found) == 6
    assert program("registry", "read", "ctg", "--jobs", "1").err == "ctg: reading: 6 kept; 0 of 2 parts written.\n"
    done = program("registry", "classify", "ctg", "--jobs", "1")
    assert done.err == "ctg: classifying: 6 classified, 0 kept; 2 of 2 parts written.\n"


def test_what_goes_wrong_is_one_line(program: Program) -> None:
    (program.home / "cut.json").write_text(json.dumps(records(2))[:-900])
    (program.home / "me.toml").write_text("[person]\nage = 58\n")
    assert "holds no dataset" in program("registry", "read", "ctg").one_line()
    assert "is no file" in program("registry", "import", "ctg", "missing.zip").one_line()
    assert "run the same again" in program("registry", "import", "ctg", "cut.json", "--jobs", "1").one_line()
    assert "holds something that is no dataset" in program("registry", "import", ".", "cut.json").one_line()
    wrong = program("registry", "match", "ctg", "--profile", nct(1))
    assert nct(1) in wrong.one_line()
