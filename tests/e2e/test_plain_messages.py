"""What people read is said in their words: no number of the system, no code, no name of a field."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import Program
from tests.standin import StandIn
from trialfinder.base.extras import install
from trialfinder.tables.record_words import product_words


def test_a_registry_that_cannot_be_found_is_told_without_the_systems_number(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    refused = program("refresh")  # nobody listens there
    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    done = program("search", "--limit", "1", "--api-url", "http://registry.invalid/api/v2")
    assert done.code == 0
    assert "cannot be found: there is no network here" in done.err
    doctor = program("doctor", "--api-url", "http://registry.invalid/api/v2")
    assert "cannot be found" in doctor.out
    for text in (done.err, doctor.out, refused.err):
        assert "Errno" not in text
    assert "refused" in refused.err


def test_one_study_that_says_that_it_recruits(filled: Program) -> None:
    record = made.study(1)
    status = record["protocolSection"]["statusModule"]
    status |= {"overallStatus": "RECRUITING", "statusVerifiedDate": "2021-03"}
    status["completionDateStruct"] = {"date": "2022-05"}
    with StandIn([record]) as registry:
        program = Program(filled.home / "other", registry.url)
        program.home.mkdir()
        done = program("search", "--open")
    assert "1 study says that it recruits, unconfirmed:" in done.err


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("msc", "umbilical_cord", "allogeneic"), "donor's mesenchymal cells (umbilical cord)"),
        (("mononuclear", "other", "not_stated"), "mononuclear cells"),
        (("none", "adipose", "autologous"), ""),
    ],
)
def test_what_is_given(values: tuple[str, str, str], words: str) -> None:
    assert product_words(*values) == words


def test_a_study_and_its_signs_have_no_codes(filled: Program) -> None:
    for command in ("show", "signs"):
        text = filled(command, nct(1)).out
        assert not [
            word for word in ("is_fda", "oversight_has", "_date", "product: ", '"false"', '"true"') if word in text
        ]


def test_a_country_is_no_town_and_kinds_are_named_in_words(program: Program) -> None:
    asked = program("profile", "new", "none.toml", stdin="\n" * 12).err.split("Near which town")[0]
    before = "\n" * (asked.count(" of at most ") - 1)
    done = program("profile", "new", "me.toml", stdin=before + "USA\nLeeds, UK\nq\n")
    assert "that is a country; name the nearest town in it" in done.err + done.out
    (program.home / "odd.toml").write_text('[neuropathy]\ntypes = ["itching"]\n')
    assert "peripheral unspecified" in program("profile", "check", "odd.toml").err
    (program.home / "odd.toml").write_text('[neuropathy]\ntypes = ["peripheral unspecified", "small fiber"]\n')
    assert program("profile", "check", "odd.toml").code == 0


def test_an_extra_is_installed_where_the_program_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", sys.prefix)
    assert install("pdf") == "pip install 'trialfinder[pdf]' (README: '.[pdf]')"
    monkeypatch.setattr(sys, "executable", "/home/ann/.venv/bin/python")
    for other in ("", str(tmp_path)):
        monkeypatch.setenv("VIRTUAL_ENV", other)
        assert install("pdf") == "/home/ann/.venv/bin/python -m pip install 'trialfinder[pdf]' (README: '.[pdf]')"
