"""Odd surroundings, odd files and odd answers that once ended in a trace: one clear line, or the work done."""

from __future__ import annotations

import copy
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import TODAY, Program
from tests.standin import StandIn

DAY = ("--today", TODAY)
HUGE = int("7" * 4000)


def quiet_success(done: Any) -> None:
    assert done.code == 0, done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("value", ["::1,fe80::/10", "::1", "10.0.0.0/8,*.local", "[::1]:80", "%zone", "https://x:y"])
def test_exceptions_from_the_proxy_in_any_notation(program: Program, registry: StandIn, value: str) -> None:
    at = program.at(registry.url)
    quiet_success(at("refresh", NO_PROXY=value, HTTPS_PROXY="http://127.0.0.1:9"))
    outside = program(
        "refresh", "--api-url", "http://registry.invalid/api/v2", NO_PROXY=value, HTTP_PROXY="127.0.0.1:9"
    )
    assert outside.code == 4
    outside.one_line()
    doctor = program("doctor", "--api-url", "http://registry.invalid/api/v2", NO_PROXY=value, HTTP_PROXY="127.0.0.1:9")
    assert "InvalidURL" not in doctor.out
    assert "Invalid port" not in doctor.out


@pytest.mark.parametrize(
    ("proxy", "code", "words"),
    [
        ("gopher://127.0.0.1:9", 2, "HTTP_PROXY"),
        ("http://127.0.0.1:port", 2, "HTTP_PROXY"),
        ("http://[::1", 2, "HTTP_PROXY"),
        ("socks5://127.0.0.1:9", 2, "socks"),
    ],
)
def test_a_proxy_that_is_none(program: Program, proxy: str, code: int, words: str) -> None:
    done = program("refresh", "--api-url", "http://registry.invalid/api/v2", HTTP_PROXY=proxy)
    assert done.code == code
    assert words in done.one_line()


def surrogate() -> dict[str, Any]:
    record = made.study(1)
    record["protocolSection"]["identificationModule"]["briefTitle"] = "Cord cells \ud83d for diabetic neuropathy"
    record["protocolSection"]["descriptionModule"]["briefSummary"] = "Half \udc00 a character."
    return record


def test_half_a_character_ends_no_output(program: Program) -> None:
    """JSON can hold half of a pair; no file and no terminal can."""
    with StandIn([surrogate(), *made.studies()[1:]]) as registry:
        quiet_success(program.at(registry.url)("refresh", *DAY))
    for name in ("t.csv", "t.md", "t.json", "t.jsonl", "t.xlsx", "t.parquet"):
        quiet_success(program("export", name, "--offline", *DAY))
    assert "Cord cells � for diabetic neuropathy" in (program.home / "t.csv").read_text("utf-8")
    assert "Cord cells � for diabetic neuropathy" in (program.home / "t.md").read_text("utf-8")
    quiet_success(program("export", "c.csv", "--table", "outcomes", "--offline", *DAY))
    for command in (
        ["search"], ["show", nct(1)], ["criteria", nct(1)], ["signs", nct(1)], ["classify", nct(1)],
        ["changes", "--since", "2020-01-01"], ["changes", "--since", "2020-01-01", "--format", "jsonl"],
        ["match", "--age", "40"], ["history", nct(1)], ["search", "--format", "md"],
    ):  # fmt: skip
        quiet_success(program(*command, *DAY))
    quiet_success(program("digest", "--since", "2020-01-01", "--to", "n.html", "--feed", "n.atom", *DAY))
    quiet_success(program("store", "export-bundle", "copy.jsonl.gz"))
    quiet_success(program("import", "-", stdin=json.dumps([surrogate()])))


def huge(place: str) -> dict[str, Any]:
    record = copy.deepcopy(made.study(2))
    protocol = record["protocolSection"]
    if place == "enrollment":
        protocol["designModule"]["enrollmentInfo"] = {"count": HUGE, "type": "ACTUAL"}
    elif place == "latitude":
        protocol["contactsLocationsModule"]["locations"][0]["geoPoint"] = {"lat": HUGE, "lon": 3}
    else:
        record["derivedSection"]["miscInfoModule"]["versionHolder"] = HUGE
        record["protocolSection"]["designModule"]["odd"] = [HUGE]
    return record


@pytest.mark.parametrize("place", ["enrollment", "latitude", "elsewhere"])
def test_a_number_of_four_thousand_digits(program: Program, place: str) -> None:
    with StandIn([huge(place), *made.studies()[:1], *made.studies()[2:]]) as registry:
        quiet_success(program.at(registry.url)("refresh", *DAY))
        quiet_success(program.at(registry.url)("search", "--offline", *DAY))
        quiet_success(program.at(registry.url)("show", nct(2), "--offline", *DAY))
        quiet_success(program.at(registry.url)("match", "--age", "40", "--near", "Leeds", "--offline", *DAY))
    for name in ("t.csv", "t.xlsx", "t.parquet"):
        quiet_success(program("export", name, "--offline", *DAY))
    (program.home / "one.json").write_text(json.dumps(huge(place)))
    quiet_success(program("import", "one.json"))
    quiet_success(program("criteria", "--records", "one.json", *DAY))


def test_a_number_that_python_refuses_to_read(program: Program) -> None:
    """More than 4,300 digits: not even the JSON can be read."""
    text = json.dumps(made.study(1)).replace('"protocolSection"', '"odd": ' + "7" * 5000 + ', "protocolSection"', 1)
    for content in (text, f"[\n{text}\n]", f"{json.dumps(made.study(2))}\n{text}\n"):
        (program.home / "one.json").write_text(content)
        done = program("import", "one.json")
        assert done.code == 2
        assert len(done.one_line()) < 300


@pytest.mark.parametrize(
    "page",
    [
        {"totalCount": 2, "studies": [made.study(1)], "nextPageToken": "x" * 100_000},
        {"totalCount": 2, "studies": [made.study(1)], "nextPageToken": "x" * 6_000},
        {"totalCount": 2, "studies": [made.study(1)], "nextPageToken": "a\nb\udc00"},
        {"totalCount": HUGE, "studies": [made.study(1)]},
        {"totalCount": 10**15, "studies": [made.study(1)]},
    ],
    ids=["100 KB", "6 KB", "odd characters", "total of 4,000 digits", "total of 16 digits"],
)
def test_a_page_that_cannot_be_meant(program: Program, page: dict[str, Any]) -> None:
    with StandIn(made.studies(1)) as registry:
        registry.fault("wrong_types", times=9, value=page)
        done = program.at(registry.url)("refresh", *DAY)
    assert done.code == 4, done.err
    assert len(done.one_line()) < 900
    assert program.contents() == {} or program.contents()["refreshes"] == 0


def zipped(path: Path, *, method: int | None = None, flags: int = 0) -> None:
    """A zip whose member is encrypted, or packed by a method that nobody has."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ctg-studies.json", json.dumps([made.study(1)]))
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.index(mark)
        content[start + at] |= flags
        if method is not None:
            content[start + at + 2] = method
    path.write_bytes(content)


def test_an_encrypted_zip_and_an_unknown_method(program: Program) -> None:
    zipped(program.home / "secret.zip", flags=1)
    zipped(program.home / "odd.zip", method=97)
    for name, words in (("secret.zip", "password"), ("odd.zip", "unpack it")):
        done = program("import", name)
        assert done.code == 2
        assert words in done.one_line()


def test_what_a_mac_puts_into_a_zip_is_no_study(program: Program) -> None:
    with zipfile.ZipFile(program.home / "mac.zip", "w") as archive:
        archive.writestr("ctg-studies.json", json.dumps([made.study(1)]))
        archive.writestr("__MACOSX/._ctg-studies.json", b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X")
        archive.writestr("._other.json", b"\x00\x05\x16\x07")
        archive.writestr(".DS_Store.json", b"\x00")
        archive.writestr("folder.json/", b"")
    done = program("import", "mac.zip")
    quiet_success(done)
    assert "1 new study" in done.err


@pytest.mark.parametrize("command", [["match", "--profile"], ["profile", "check"], ["profile", "show"]], ids=" ".join)
def test_a_profile_with_a_mark_before_it_or_in_utf_16(filled: Program, command: list[str]) -> None:
    text = "[person]\nbirth_year = 1980\n"
    for content in (
        b"\xef\xbb\xbf" + text.encode(),
        text.encode("utf-16"),
        text.replace("\n", "\r\n").encode("utf-16"),
    ):
        (filled.home / "me.toml").write_bytes(content)
        done = filled(*command, "me.toml", *DAY)
        quiet_success(done)
