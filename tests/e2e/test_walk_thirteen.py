"""What the walks of 30 November found, as the commands of the walkers."""

from __future__ import annotations

import csv
import json

import pytest

from tests.e2e.program import Program
from trialfinder.catalogue.matching import WARNED

_P2 = """[person]
age = 63
sex = "female"
country = "USA"
can_attend_follow_up = true
can_consent = true

[neuropathy]
types = ["diabetic"]

[diabetes]
type = "type2"
hba1c = 8.9

[health]
cancer = "never"
"""
_SELLER, _SHORT = "NCT04684602", "strong warning signs: read them first"


@pytest.fixture
def woman(program: Program) -> Program:
    """A home with the profile of a woman of 63, against whom nothing of the seller's few criteria speaks."""
    (program.home / "p2.toml").write_text(_P2, encoding="utf-8")
    return program


def test_a_seller_never_heads_the_list_of_a_person(woman: Program) -> None:
    typed = ("match", "--offline", "--profile", "p2.toml")
    done = woman(*typed, COLUMNS="110")
    above, below = done.out.split(f"{WARNED[:1].upper()}{WARNED[1:]}: 2\n")
    assert _SELLER not in above and "STRONG WARNING SIGN" not in above
    assert _SELLER in below.split("For another illness")[0]
    assert "criterion was read and fits" not in done.out
    piped = [line.split("\t") for line in woman(*typed, COLUMNS="").lines]
    assert [row[1] for row in piped if row[0] == _SELLER] == [_SHORT]
    rows = list(csv.DictReader(woman(*typed, "--format", "csv").lines))
    [at] = [number for number, row in enumerate(rows) if row["nct_id"] == _SELLER]
    assert rows[at]["verdict"] == "nothing_against", "what its criteria say is not changed"
    free = [row for row in rows[:at] if row["verdict"] != "conflict" and row["joinable"] != "no"]
    assert {row["strong_warning_signs"] for row in free} == {"0"}


def test_its_page_of_criteria_begins_with_the_signs(woman: Program) -> None:
    typed = ("match", "--offline", "--profile", "p2.toml", "--explain", _SELLER)
    lines = woman(*typed, COLUMNS="200").lines
    assert lines[1] == f"{_SELLER}: {WARNED}"
    assert lines[2].startswith("CAREFUL: strong warning sign: one product many diseases")
    assert json.loads(woman(*typed, "--format", "json").out)["verdict"] == "nothing_against"


def test_a_group_and_the_pages_for_a_doctor_have_it_in_the_same_place(woman: Program) -> None:
    folder = woman.home / "group"
    folder.mkdir()
    (folder / "berta.toml").write_text(_P2, encoding="utf-8")
    assert woman("match", "--offline", "--group", "group", "--sheets", "out").code == 0
    told = {
        row["study"]: row["berta"]
        for row in csv.DictReader((woman.home / "out" / "group.csv").read_text("utf-8-sig").splitlines())
    }
    assert told[_SELLER] == _SHORT
    sheet = " ".join((woman.home / "out" / "berta.txt").read_text(encoding="utf-8").split())
    assert sheet.index("Possible: something is open") < sheet.index(f"{WARNED[1:]}: 2") < sheet.index(_SELLER)
    done = woman("match", "--offline", "--profile", "p2.toml", "--to", "pages")
    assert "in the order of match; " in done.err and "2 of them with strong warning signs" in done.err
    index = (woman.home / "pages" / "index.html").read_text(encoding="utf-8")
    assert WARNED in index and index.index("NCT07183761") < index.index(_SELLER)
