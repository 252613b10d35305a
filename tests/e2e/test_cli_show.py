"""``trialfinder show``: the card, the record as the registry gave it, and studies that the store lacks."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import TODAY, Program
from tests.standin import StandIn
from trialfinder.study.record_files import read_records

DAY = ("--today", TODAY)


def test_the_card_says_what_where_whom_to_ask_and_for_whom(filled: Program) -> None:
    done = filled("show", nct(1), *DAY)
    assert done.code == 0
    assert done.lines[0] == f"{nct(1)}  Cord cells for diabetic nerve pain, part 1"
    for fact in (
        "Status: recruiting",
        "18 Years to 65 Years",
        "City Hospital, Leeds, United Kingdom: recruiting, as of 2026-",
        "Study desk, +44 1, desk@example.org",
        "Sponsor: Harbour Clinic",
        "60 people (estimated)",
        "primary: Nerve conduction velocity [12 months]",
        "Cells from donated cords are injected into the calf > 3 times.",
        "HbA1c < 9 %",
        "Cancer in the last 5 years",
        "Start: 2025-03 (actual)",
        f"https://clinicaltrials.gov/study/{nct(1)}",
        "No stem-cell therapy is approved for any neuropathy.",
    ):
        assert fact in done.out, fact
    assert "data of 2026-11-20T09:00:05 (UTC), checked less than an hour ago" in done.err


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "es",
            ["¿Se puede participar?", "Última confirmación del promotor: 2026-09", "Edades: 18 años", "las tradujo"],
        ),
        ("ko", ["참여할 수 있습니까?", "의뢰자가 마지막으로 확인한 때: 2026-09", "나이: 18세"]),
    ],
)
def test_the_card_speaks_other_languages(filled: Program, language: str, said: list[str]) -> None:
    """All of the program's own words; the registry's stay as they are."""
    english, spoken = filled("show", nct(1)).out, filled("show", nct(1), "--language", language).out
    assert [words for words in said if words not in spoken] == []
    own = ("Can it be joined", "Status:", "Ages:", "What is given", "Sponsor:", "Start:", "(actual)", "No stem")
    assert [words for words in own if words in spoken or words not in english] == []
    assert "the languages are en, es, ko" in filled("show", nct(1), "--language", "fr").one_line()


def test_raw_is_the_registrys_json(filled: Program) -> None:
    expected = of_load(made.study(2))
    assert json.loads(filled("show", nct(2), "--raw", "-q", *DAY).out) == expected
    lines = filled("show", nct(2), nct(3), "--format", "jsonl", "-q", *DAY).lines
    assert [json.loads(line) for line in lines] == [expected, of_load(made.study(3))]


def test_a_study_that_the_store_lacks_is_asked_for_and_kept(filled: Program, registry: StandIn) -> None:
    registry.add(made.study(77))
    asked = filled.at(registry.url)
    done = asked("show", nct(77), *DAY)
    assert done.lines[0].startswith(nct(77))
    assert "asked just now" in done.err
    assert registry.paths() == [f"/studies/{nct(77)}"]
    offline = asked("show", nct(77), "--offline", *DAY)
    assert offline.out == done.out
    assert len(registry.requests) == 1


def test_an_old_id_leads_to_the_study_that_replaced_it(program: Program, filled: Program, registry: StandIn) -> None:
    stored = filled("show", made.ALIAS, "--offline", *DAY)
    assert f"{made.ALIAS} is now {nct(1)}." in stored.err
    empty = Program(program.home / "empty", registry.url)
    empty.home.mkdir()
    fetched = empty("show", made.ALIAS.lower(), *DAY)
    assert f"{made.ALIAS} is now {nct(1)}." in fetched.err
    assert [seen.status for seen in registry.requests] == [301, 200]
    assert fetched.out == stored.out


def test_the_snapshot_is_only_shown_when_the_registry_cannot_be_asked(program: Program, registry: StandIn) -> None:
    """A study of the snapshot that the registry has today in other words."""
    live = copy.deepcopy(made.study(1))
    live["protocolSection"]["identificationModule"] |= {"nctId": "NCT05507697", "briefTitle": "As it is today"}
    registry.add(live)
    unreachable = program("show", "NCT05507697", *DAY)
    assert unreachable.code == 0
    assert "NCT05507697 is shown as it was on 2022-10-10" in unreachable.err
    assert "NOT current" in unreachable.err
    assert "Summary (our words, not the registry's)" in unreachable.out
    assert "As of 2022-10-10, not current." in unreachable.out
    undated = program("show", "NCT05541250", *DAY)
    assert "NCT05541250 is shown as it was on an unknown day" in undated.err
    assert "As of an unknown day, not current.\n  - trialx.com 274871\n" in undated.out
    assert "The institute's own page says 'greater than 10 mm'" in undated.out
    now = program.at(registry.url)("show", "NCT05507697", *DAY)
    assert now.lines[0] == "NCT05507697  As it is today"
    assert "NOT current" not in now.err
    assert "Summary (the sponsor's words)" in now.out
    assert "not current." not in now.out
    # A store that holds nothing but what was asked for by id is still to be filled by the first search.
    listed = program.at(registry.url)("search", *DAY)
    assert "30 new" in listed.err


def test_a_study_that_was_fetched_long_ago_is_asked_for_again(filled: Program, registry: StandIn) -> None:
    asked = filled.at(registry.url)
    registry.add(made.study(77))
    assert asked.later(days=-19)("show", nct(77)).code == 0
    registry.add(made.study(77, briefTitle="A better title"))
    registry.fault("status", on=f"/studies/{nct(77)}", code=503, retry_after="0", times=2)
    old = asked("show", nct(77), "--today", "2026-11-20")
    assert old.code == 0
    assert f"{nct(77)} is shown as it was on 2026-11-01" in old.err
    assert asked("show", nct(77), "--today", "2026-11-20").lines[0] == f"{nct(77)}  A better title"


def test_records_of_a_file_are_shown_without_store_or_registry(program: Program) -> None:
    (program.home / "two.jsonl").write_text("".join(json.dumps(made.study(n)) + "\n" for n in (4, 5)), encoding="utf-8")
    done = program("show", nct(5), "--records", "two.jsonl", *DAY)
    assert done.lines[0].startswith(nct(5))
    piped = program("show", nct(4), "--records", "-", "--raw", *DAY, stdin=json.dumps([made.study(4)]))
    assert json.loads(piped.out) == made.study(4)
    assert not program.store.exists()


def of_load(record: dict[str, Any]) -> dict[str, Any]:
    """The stand-in gives every record the day of its own load."""
    record["derivedSection"]["miscInfoModule"]["versionHolder"] = "2026-11-20"
    return record


HOSTILE = "\x1b]0;owned\x07\x1b[31mRed\x1b[0m \u202etfel ot thgir\u202c a\u200bb \x9b2J \x00<b>bold</b> &lt;x&gt; =1+1"
RAW = set("\x1b\x07\x9b\x00\u202e\u202c\u200b")


def hostile() -> dict[str, Any]:
    record = made.study(1, briefTitle=HOSTILE, officialTitle=HOSTILE, acronym=HOSTILE)
    protocol = record["protocolSection"]
    protocol["descriptionModule"] = {"briefSummary": HOSTILE, "detailedDescription": HOSTILE}
    protocol["conditionsModule"] = {"conditions": ["Diabetic Neuropathy", HOSTILE], "keywords": [HOSTILE]}
    protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"] = HOSTILE
    protocol["eligibilityModule"]["eligibilityCriteria"] = f"Inclusion Criteria:\n\n* {HOSTILE}"
    protocol["contactsLocationsModule"]["locations"][0] |= {"facility": HOSTILE, "city": HOSTILE, "country": HOSTILE}
    protocol["armsInterventionsModule"]["interventions"][0]["name"] = HOSTILE
    return record


def test_nothing_that_a_terminal_obeys_reaches_it(program: Program) -> None:
    records = json.dumps([hostile()])
    assert program("import", "-", *DAY, stdin=records).code == 0
    for arguments in (
        ["search", "--all", "--offline"],
        ["search", "--all", "--offline", "--format", "csv"],
        ["search", "--all", "--offline", "--format", "md"],
        ["show", nct(1), "--offline"],
        ["criteria", nct(1), "--offline"],
        ["classify", nct(1), "--offline"],
        ["signs", nct(1), "--offline"],
        ["show", nct(1), "--offline", "--raw"],
        ["search", "--all", "--offline", "--format", "jsonl"],
        ["criteria", nct(1), "--offline", "--format", "jsonl"],
        ["classify", nct(1), "--offline", "--format", "jsonl"],
        ["match", "--age", "50", "--offline", "--format", "jsonl"],
        ["match", "--age", "50", "--offline", "--explain", nct(1)],
        ["search", "nowhere", "--all", "--offline", "--country", HOSTILE.replace("\x00", "")],
    ):
        done = program(*arguments, *DAY, COLUMNS="60")
        assert done.code == 0, (arguments, done.err)
        assert set(done.out + done.err) & RAW == set(), arguments
        if arguments[0] not in ("search", "match"):
            assert nct(1) in done.out


@pytest.mark.shared
def test_every_real_record_has_a_card(real: Program, shared: Any) -> None:
    ids = [line.split(",")[0] for line in real("search", "--all", "--format", "csv", "-q", *DAY).lines[1:]]
    assert len(ids) >= 25
    done = real("show", "--offline", "-q", *ids, *DAY)
    assert done.code == 0, done.err
    assert [line[:11] for line in done.lines if line.startswith("NCT")] == ids
    raw = [json.loads(line) for line in real("show", "--offline", "-q", "--format", "jsonl", *ids, *DAY).lines]
    known = {
        record["protocolSection"]["identificationModule"]["nctId"]: record
        for record in read_records(shared / "records" / "studies.jsonl.gz")
    }
    for record in raw:
        assert without_load(record) == without_load(known[record["protocolSection"]["identificationModule"]["nctId"]])


def without_load(record: dict[str, Any]) -> dict[str, Any]:
    derived = dict(record.get("derivedSection", {}), miscInfoModule=None)
    return record | {"derivedSection": derived}


def test_an_id_with_a_digit_missing_is_refused_and_the_one_that_was_meant_is_named(filled: Program) -> None:
    """The registry fills it up with zeros, which would be another study."""
    for command in (["show"], ["criteria"], ["signs"], ["history"], ["page"], ["match", "--age", "50", "--explain"]):
        done = filled(*command, "NCT9000030")
        assert done.code == 2, done.err
        assert done.one_line() == "'NCT9000030' is not an NCT ID, which is NCT and eight digits"
        assert f"  did you mean {nct(30)}?" in done.err
        assert "  missing digits: compare it with the place where you found it" in done.err


@pytest.mark.parametrize("link", ["https://clinicaltrials.gov/study/{}", "clinicaltrials.gov/ct2/show/{}?rank=1"])
def test_a_link_to_the_registry_is_as_good_as_its_id(filled: Program, link: str) -> None:
    done = filled("show", link.format(nct(1)), *DAY, "--offline")
    assert done.lines[0].startswith(f"{nct(1)}  ")


def test_signs_are_named_in_words_and_known_by_them(filled: Program) -> None:
    """Codes stay in CSV and JSON."""
    lines = filled("signs", *DAY, COLUMNS="").lines
    assert any("no results" in line or "phase not applicable" in line for line in lines)
    assert all(line.split("\t")[1].endswith(" strong") for line in lines)
    assert "_" not in "".join("\t".join(line.split("\t")[2:4]) for line in lines)
    assert "phase not applicable (warning, weak)" in filled("classify", nct(3), *DAY).out
    assert "phase_not_applicable" in filled("signs", nct(3), "--format", "csv", *DAY).out
    by_words = filled("search", "--signs", "phase not applicable", "-q", "--format", "csv", *DAY)
    assert by_words.out == filled("search", "--signs", "phase_not_applicable", "-q", "--format", "csv", *DAY).out
    assert len(by_words.lines) > 2


def test_that_the_registry_cannot_be_asked_is_told_once(program: Program) -> None:
    done = program("match", "--age", "50", "--explain", "NCT05507697", *DAY)
    assert done.code == 0
    assert done.err.count("could not ask the registry") == 1
    assert program("match", "--age", "50", "--explain", nct(1), *DAY).code == 4, "not here, and could not be asked"
    shown = program("show", "NCT05507697", *DAY)
    assert "55 studies" not in shown.err
    assert "NCT05507697 came with the program: in our words and NOT current." in shown.err


def test_what_the_tree_did_not_read_is_not_read_in_the_list_either(program: Program) -> None:
    study = made.study(1)
    study["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = (
        "Inclusion Criteria:\n\n* Ready to abstain from every other experimental therapy\n"
        "* Type 2 diabetes\n* Either sex"
    )
    (program.home / "r.json").write_text(json.dumps([study]), encoding="utf-8")
    said = program("criteria", nct(1), "--records", "r.json", *DAY).out
    assert "3 criteria; something was read in 2." in said
    assert "  - either sex\n" in said
    page = program("page", nct(1), "--records", "r.json", *DAY).out
    assert "sex" not in page[page.index("What must be found out") :]
    assert said.index("Not read") < said.index("Ready to abstain")
    assert "another study" not in said


def test_what_our_copy_lacks_is_not_said_of_the_registry(program: Program) -> None:
    said = program("show", "NCT03899298", "--offline", COLUMNS="200").out
    assert "Last verified by the sponsor: not in our copy" in said
    assert "Ages: no lower limit in our copy to no upper limit in our copy" in said
    assert "Whom to write to or call: not in our copy" in said
    assert "the registry does not say" not in said


def test_what_other_copies_say_stands_where_it_can_be_joined(program: Program) -> None:
    said = program("show", "NCT07183761", "--offline", COLUMNS="200").out
    note = "About our copy: A later copy without a date shows the status Recruiting."
    assert said.index("Can it be joined?") < said.index(note) < said.index("What is given")
    assert said.index("\nRecord\n") < said.index("About our copy: Safety is followed to week 104."), (
        "no word on joining"
    )
    page = " ".join(program("page", "NCT07183761", "--offline", COLUMNS="200").out.split())
    assert page.index("about our copy: A later copy without a date") < page.index("What it is")


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "told"),
    [
        (
            "Diabetic neuropathy",
            "Type 2 diabetes with HbA1c above 9 %",
            '"Type 2 diabetes with HbA1c above 9 %" (bars only where all of it is so)',
        ),
        (
            "Diabetic neuropathy",
            "HIV, or diabetes with a foot ulcer",
            "(part of it: bars only where all of it is so; see --tree)",
        ),
        ("Diabetic neuropathy or chemotherapy-induced neuropathy", "HIV", "(one of these is enough)"),
        ("Diabetic neuropathy and a foot ulcer", "HIV or hepatitis B", ""),
    ],
)
def test_lines_of_one_criterion_say_that_they_belong_together(
    program: Program, inclusion: str, exclusion: str, told: str
) -> None:
    """Else "must not have diabetes" stands in a study of diabetic neuropathy that bars diabetes with something else."""
    study = made.study(1)
    text = f"Inclusion Criteria:\n\n* {inclusion}\n\nExclusion Criteria:\n\n* {exclusion}"
    study["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = text
    shown = " ".join(program("criteria", "--records", "-", stdin=json.dumps([study])).out.split())
    assert told in shown
    assert ("bars only" in shown) + ("is enough" in shown) == bool(told)
    assert program("import", "-", stdin=json.dumps([study])).code == 0
    table = program("export", "-", "--table", "criteria", "--format", "csv", "--offline", *DAY).out
    assert told.partition(" (")[2].removeprefix("part of it: ").partition(";")[0].rstrip(")") in table
    assert ("bars only" in table) + ("is enough" in table) == bool(told)
