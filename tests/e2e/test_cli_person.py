"""A person's facts on the command line: asked for, checked, shown, saved, and held against the studies."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path

import pytest

from tests.e2e.program import Done, Program

MR_K = """[person]
age = 58
sex = "man"
country = "USA"
place = "Atlanta, GA"
travel_km = "500 miles"

[neuropathy]
types = "dpn"

[diabetes]
type = 2
hba1c = "66 mmol/mol"
foot_ulcer = "yes"
"""


@pytest.fixture
def told(program: Program) -> Program:
    """A home with a saved profile, an empty store, and the registry out of reach."""
    return tell(program)


def tell(program: Program) -> Program:
    saved = program.home / "trialfinder" / "profile.toml"
    saved.parent.mkdir(parents=True, exist_ok=True)
    saved.write_text(MR_K, encoding="utf-8")
    return program


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """What such a home is told without any option: one run, at which several tests look."""
    return tell(Program(tmp_path_factory.mktemp("listed")))("match", "--offline")


def test_the_questions_that_decide_come_first_and_say_how_many_they_are(program: Program) -> None:
    done = program("profile", "new", stdin="58\nman\n" + "\n" * 12 + "no\n")
    assert done.code == 0, done.err
    asked = [line.partition("]")[0] for line in done.err.split("[") if " of at most " in line]
    assert 8 <= len(asked) <= 14, "about ten"
    assert asked[-1] == f"{len(asked)} of at most {len(asked)}"
    assert "more can make it exact. Go on? (yes/no)" in done.err
    saved = program.home / "trialfinder" / "profile.toml"
    assert saved.read_text(encoding="utf-8") == '[person]\nage = 58\nsex = "male"\n'
    assert f"Your answers stay in {saved}" in done.err
    assert done.err.rstrip().endswith("Next: trialfinder match")


def test_who_stops_keeps_the_answers_and_is_asked_no_more(program: Program) -> None:
    done = program("profile", "new", "my facts.toml", stdin="58\nq\n")
    assert done.code == 0
    assert (program.home / "my facts.toml").read_text(encoding="utf-8") == "[person]\nage = 58\n"
    assert "Go on?" not in done.err
    assert done.err.rstrip().endswith("Next: trialfinder match --profile 'my facts.toml'")


def test_nothing_answered_makes_no_file(program: Program) -> None:
    done = program("profile", "new", stdin="")
    assert "Nothing was answered; no file was made." in done.err
    assert not (program.home / "trialfinder" / "profile.toml").exists()


def test_show_speaks_in_words(told: Program) -> None:
    done = told("profile", "show")
    assert done.lines[:4] == ["You", "  age: 58 years", "  sex: male", "  country: USA"]
    assert done.lines[4:6] == ["  place: Atlanta, GA", "  can travel: 805 km (500 miles)"]
    assert "  HbA1c: 66 mmol/mol (8.19%)" in done.lines, "as it was told, and in the unit that is counted with"
    assert "  kind of neuropathy: diabetic neuropathy" in done.lines


def test_check_tells_all_errors_at_once(program: Program) -> None:
    Path(program.home / "me.toml").write_text(MR_K.replace("58", "580").replace('"dpn"', '"dqn"'), encoding="utf-8")
    done = program("profile", "check", "me.toml")
    assert done.code == 2
    assert "me.toml: 2 things are wrong" in done.err
    assert "  person.age: cannot be true; expected 0 to 120 (years)" in done.err
    assert "  neuropathy.types: not one of " in done.err
    assert "580" not in done.err, "no message repeats a value"


def test_check_tells_a_scale_that_is_not_known_with_the_nearest(program: Program) -> None:
    file = program.home / "me.toml"
    file.write_text("[neuropathy]\nscores = { TCS = 12, Wagner = 2, quux = 9 }\n", encoding="utf-8")
    lines = program("profile", "check", "me.toml").lines
    unknown = "is no scale that is known here, so it is compared with nothing"
    assert lines[1:3] == [f"scores: TCS {unknown}; nearest: TCSS", f"scores: quux {unknown}"]
    assert "Wagner" not in "".join(lines)


def test_check_tells_a_wrong_town_and_country_with_the_rest(program: Program) -> None:
    text = '[person]\nage = 999\nplace = "Leedz"\ncountry = "Narnia"\n'
    Path(program.home / "me.toml").write_text(text, encoding="utf-8")
    done = program("profile", "check", "me.toml")
    assert done.code == 2
    assert "me.toml: 3 things are wrong" in done.err
    assert "  person.place: no town of 15,000 people or more is called so there" in done.err
    assert "  person.country: no country is called so" in done.err
    assert "Leedz" not in done.err
    assert "Narnia" not in done.err
    assert program("profile", "check", ".").one_line() == ".: is a folder; name a profile in it"


def test_a_place_that_can_be_several_is_told_by_check_and_leaves_out_the_distance(told: Program) -> None:
    saved = told.home / "trialfinder" / "profile.toml"
    saved.write_text('[person]\nage = 58\nplace = "Paris"\n', encoding="utf-8")
    done = told("profile", "check")
    assert done.code == 2
    assert 'place = "Paris, Texas, United States"' in done.err
    matched = told("match", "--offline")
    assert matched.code == 0
    assert "person.place can mean 2 places; say which; no distance is shown." in matched.err


def test_the_saved_profile_is_the_default_and_said_to_be(told: Program) -> None:
    done = told("match", "--offline")
    assert done.code == 0
    assert f"Your facts: {told.home / 'trialfinder' / 'profile.toml'} (without it: --profile none;" in done.err
    assert "Source" in done.err or "came with the program" in done.err
    without = told("match", "--offline", "--profile", "none")
    assert without.code == 2
    assert "tell something about yourself" in without.one_line()


def test_the_index_of_the_best_names_strong_signs_and_copies_that_lack_criteria(told: Program) -> None:
    typed = ("match", "--offline", "--profile", "none", "--age", "58", "--neuropathy", "diabetic", "--to", "pages")
    assert told(*typed).code == 0
    index = (told.home / "pages" / "index.html").read_text(encoding="utf-8")
    assert "NCT04684602: careful: strong warning sign: One product many diseases; only related" in index
    assert "NCT07183761: our copy lacks criteria, so what bars may be missing; something is still open" in index


def test_match_shows_where_how_far_and_what_decides(listed: Done) -> None:
    groups = [line.split(":")[0] for line in listed.lines if line and not line.startswith(" ")]
    assert groups == [
        "Nothing against it found (still",
        "Possible",
        "Nothing that was read speaks against it, but it carries strong warning signs",
        "For another illness than the one you told (open, or unsure)",
        "Something speaks against it",
        "Takes nobody any more (completed, stopped or closed)",
        "What to find out next",
    ]
    words = " ".join(listed.out.split())
    assert (
        "nearest site that says it recruits (unconfirmed: ask): Culver City, United States (3,125 km, 1,942 mi); "
        "farther than you can travel" in words
    )
    assert "no site in your country" in words
    assert "an answer can decide" in listed.out
    assert "Distances are from town centre to town centre" in listed.err


def test_what_is_for_another_illness_stands_apart_and_says_so(told: Program) -> None:
    """Eye, CMT and CAR-T for MS are never "possible" without a word for somebody with diabetic neuropathy."""
    done = told("match", "--offline", COLUMNS="110")
    _, possible = done.out.split("Possible: something is open, so ask: ")
    own, apart = possible.split("For another illness than the one you told (open, or unsure): ")
    apart = apart.split("Something speaks against it")[0]
    for nct_id in ("NCT05147701", "NCT06328712", "NCT07304154"):  # eye, CMT, CAR-T for MS
        assert nct_id not in own
        assert nct_id in apart
    assert "NCT07183761" in own
    assert "for another kind of nerve condition than the one you told: Charcot-Marie-Tooth Disease Type 1A" in apart
    assert "only related (~): cells are given for the optic nerve" in apart
    assert "STRONG WARNING SIGN: participant pays" in " ".join(apart.split())
    one = told("match", "--offline", "--explain", "NCT06328712")
    other = "for another kind of nerve condition than the one you told: Charcot-Marie-Tooth Disease Type 1A"
    heading = f"NCT06328712: {other}; by its criteria"
    assert heading in " ".join(one.out.split()), "the verdict of the list"
    typed = ("match", "--offline", "--profile", "none", "--neuropathy", "diabetic", "--age", "58", "--hba1c", "8")
    asks = "depends on answers you have not given: Do you have narrowed arteries in the legs? Do you have an open sore"
    assert f"names: Limb Ischemia, Diabetic Foot; {asks}" in " ".join(told(*typed, COLUMNS="110").out.split())
    one = told(*typed, "--explain", "NCT04466007")
    assert f"Whether it is for your illness {asks}" in " ".join(one.out.split()), "not told is unknown, never no"


def test_core_studies_come_before_related_ones_and_a_pipe_says_which_is_which(told: Program) -> None:
    rows = [line.split("\t") for line in told("match", "--offline", COLUMNS="").lines]
    marked = [(row[7] == "another illness", row[6]) for row in rows if row[1] in ("possible", "another illness")]
    assert {word for _, word in marked} == {"core", "related"}
    assert marked == sorted(marked)
    assert all(row[3].startswith("~ ") == (row[6] == "related") for row in rows)
    (first,) = csv.DictReader(told("match", "--offline", "--format", "csv", "--limit", "1").lines)
    assert (first["relevance"], first["illness"], first["strong_warning_signs"]) == ("core", "own kind", "0")


def test_a_pipe_says_what_the_screen_says_and_names_strong_signs(told: Program) -> None:
    done = told("match", "--offline", COLUMNS="")
    rows = {cells[0]: cells for cells in (line.split("\t") for line in done.lines)}
    assert rows["NCT04684602"][1] == "strong warning signs: read them first"
    assert rows["NCT04684602"][8] == "STRONG WARNING SIGN: one product many diseases"
    assert rows["NCT07183761"][8] == "-"
    assert rows["NCT07304154"][1] == "another illness"
    assert rows["NCT02315235"][1] == "takes nobody any more"
    assert "Between the tabs: nct_id, verdict, joinable, brief_title, reason, url, relevance, illness" in done.err


def test_pages_for_the_doctor_are_of_ones_own_illness_alone(told: Program) -> None:
    done = told("match", "--offline", "--to", "pages")
    names = [path.name[3:14] for path in sorted((told.home / "pages").glob("0*.html"))]
    assert names[0] == "NCT07183761"
    assert "NCT05507697" in names, "what speaks against one's own is worth a talk, too"
    others = {"NCT07304154", "NCT05541250", "NCT04051203"}
    assert not others & set(names), "CAR-T for MS, cut nerves, a headache that its criteria ask for"
    assert "studies left out that are for another illness than the one you told" in done.err


def test_what_no_study_is_for_is_said(program: Program) -> None:
    typed = ("match", "--offline", "--age", "47", "--neuropathy")
    none = "No study here that may take people names the nerve condition that you told."
    assert none in program(*typed, "chemotherapy_induced").lines
    assert none not in program(*typed, "diabetic").lines


def test_that_no_kind_was_told_is_said_once(program: Program) -> None:
    said = "You told no kind of neuropathy, so nothing here is set apart"
    typed = ("match", "--offline", "--age", "47", "--limit", "1")
    assert (program(*typed).out.count(said), program(*typed, COLUMNS="").err.count(said)) == (1, 1)
    assert said not in program(*typed, "--neuropathy", "diabetic").out


def test_what_our_copy_lacks_and_what_other_copies_say_is_told(listed: Done) -> None:
    words = " ".join(listed.out.split())
    assert "never stated" not in words
    assert "where: not stated" not in words
    assert "about our copy: A later copy without a date shows the status Recruiting." in words


def test_a_record_without_criteria_is_never_said_to_fit(listed: Done) -> None:
    assert "every criterion was read" not in listed.out
    assert "our copy of the record does not say who can join: ask the study team" in listed.out


def test_the_next_command_can_be_pasted_and_keeps_its_options(told: Program) -> None:
    done = told("match", "--offline", "--no", "cancer,hiv", "--today", "2026-11-20", "--limit", "2")
    assert "studies looked at, judged by the date 2026-11-20; the first 2 shown" in done.err
    lines = done.err.splitlines()
    command = lines[lines.index("Every criterion of one study, with the same facts:") + 1].split()
    assert command[:-2] == ["trialfinder", "match", "--offline", "--no", "cancer,hiv", "--today", "2026-11-20"]
    assert command[-2] == "--explain"
    explained = told(*command[1:])
    assert explained.code == 0
    assert command[-1] in explained.out


def test_explain_has_one_line_a_fact_in_its_groups(told: Program) -> None:
    done = told("match", "--offline", "--explain", "NCT05507697")
    titles = [line.rsplit(" (", 1)[0] for line in done.lines if line.endswith(")") and not line.startswith(" ")]
    assert titles[0] == "Speaks against it"
    assert titles == [each for each in _SECTIONS if each in titles]
    assert '  age, you told 58 years: asks for "maximum age: 55 Years" (the record\'s own field)' in done.out
    facts = [line for line in done.lines if line.startswith("  ") and line[2] != " "]
    assert len(facts) == len(set(facts)), "one line a fact"
    assert done.out.count("Any disease that the investigator thinks may interfere") == 1, "no sentence twice"
    assert "trialfinder show NCT05507697" in done.err


def test_a_limit_changes_neither_the_counts_nor_what_is_said_of_all(told: Program, listed: Done) -> None:
    whole, cut = listed.out, told("match", "--offline", "--limit", "1").out
    for group in ("For another illness than the one you told", "Takes nobody any more", "Something speaks against it"):
        count = next(line for line in whole.splitlines() if line.startswith(group))
        assert any(line.startswith(f"{count} (0 of them shown)") for line in cut.splitlines())
    assert ("names the nerve condition that you told" in whole) is ("names the nerve condition that you told" in cut)


def test_a_study_for_another_illness_says_whether_where_and_as_of_when(listed: Done) -> None:
    words = listed.out.partition("For another illness")[2].partition("Something")[0]
    assert "can be joined: unsure; recruiting; verified 2022-08" in words
    assert "where: China" in words


def test_explain_says_first_whether_the_study_can_be_joined(told: Program) -> None:
    done = told("match", "--offline", "--explain", "NCT02315235")
    assert "Can it be joined? No: was withdrawn" in done.out
    assert done.out.index("Can it be joined?") < done.out.index("(")


_SECTIONS = (
    "Speaks against it",
    "Against it as things stand (do not change a drug for a study without your doctor)",
    "Ask your doctor, or tell it yourself",
    "Ask the study team",
    "Fits",
    "Told by you, and nothing that was read here asks for it",
)


def test_near_filters_in_match_as_in_search(told: Program) -> None:
    search = told("search", "--offline", "--near", "Miami", "--within", "100km", "--format", "jsonl")
    match = told("match", "--offline", "--near", "Miami", "--within", "100km", "--format", "jsonl")
    own = told("match", "--offline", "--within", "1000km", "--format", "jsonl")
    found = [sorted(part.split('"')[3] for part in done.lines) for done in (search, match, own)]
    assert found[0] == found[1], "near Miami, by the option"
    assert "NCT03011541" in found[0]
    assert "NCT03011541" in found[2], "921 km from Atlanta, by the profile"
    assert "NCT05507697" not in found[2]


@pytest.fixture
def group(program: Program) -> Program:
    """Two people of a support group."""
    folder = program.home / "people"
    folder.mkdir()
    (folder / "ann.toml").write_text(MR_K, encoding="utf-8")
    (folder / "bob.toml").write_text(
        '[person]\nage = 30\nplace = "Wuhan"\ncountry = "China"\n[health]\nhiv = true\n', encoding="utf-8"
    )
    return program


def test_a_group_gets_links_and_the_sentence_that_decides(group: Program) -> None:
    done = group("match", "--offline", "--group", "people", COLUMNS="")
    assert done.code == 0, done.err
    rows = list(csv.DictReader(done.lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    shape = ["nct_id", "brief_title", "joinable", "status_words", "countries", "url", "relevance"]
    assert list(rows[0])[:7] == shape, "tabs as everywhere in a pipe"
    relevances = [row["relevance"] for row in rows]
    assert relevances == sorted(relevances), "core before related"
    assert set(relevances) == {"core", "related"}
    as_csv = group("match", "--offline", "--group", "people", "--format", "csv")
    assert next(iter(csv.DictReader(as_csv.lines)))["nct_id"] == rows[0]["nct_id"]
    (other,) = [row for row in rows if row["nct_id"] == "NCT06328712"]
    assert other["ann"] == "another illness"
    assert other["bob: why"].startswith("for Charcot-Marie-Tooth Disease T"), (
        "what it names stands where it may be one's own"
    )
    assert "another illness" not in other["bob: why"], "he told no kind of neuropathy"
    (row,) = [row for row in rows if row["nct_id"] == "NCT05507697"]
    assert row["url"] == "https://clinicaltrials.gov/study/NCT05507697"
    assert row["ann"] == row["bob"] == "something speaks against it"
    over = [row for row in rows if row["joinable"] == "no"]
    assert {row["ann"] for row in over} == {"takes nobody any more"}
    assert all(row["ann: why"] == row["status_words"] for row in over), "nothing is asked of those"
    assert not [row for row in rows if "another illness" in row["ann: why"]], "one illness is told in one way"
    assert "foot ulcer" in row["ann: why"]
    assert row["bob: why"] == "in our words: HIV: Positive serum test for HIV antibodies"
    assert "8.1" not in done.out, "no fact of anybody"
    assert "give each person their own sheet only" in done.err
    assert "The reasons are in the words of this program's makers" in " ".join(done.err.split())


def test_on_a_terminal_a_group_is_counted_for_each_person(group: Program) -> None:
    done = group("match", "--offline", "--group", "people")
    (ann,) = [line for line in done.lines if line.startswith("ann: ")]
    assert ann.startswith("ann: possible: 2; strong warning signs: read them first: 2; another illness: ")
    assert "\t" not in done.out
    assert any("STRONG WARNING SIGN: one product many diseases" in line for line in done.lines)
    assert "> group.tsv" in done.err


def test_a_wrong_profile_of_a_group_is_told_before_anything_is_asked(group: Program) -> None:
    (group.home / "people" / "bob.toml").write_text("[person]\nagee = 3\n", encoding="utf-8")
    done = group("match", "--group", "people")
    assert (done.code, "could not ask the registry" in done.err) == (2, False)
    assert "bob.toml: unknown key 'person.agee'" in done.err


def test_sheets_for_each_person_with_links_distances_and_questions(group: Program) -> None:
    done = group("match", "--offline", "--group", "people", "--sheets", "out")
    assert done.code == 0, done.err
    assert done.out == ""
    assert {path.name for path in (group.home / "out").iterdir()} == {
        "group.csv", "ann.txt", "ann.html", "bob.txt", "bob.html",
    }  # fmt: skip
    table = (group.home / "out" / "group.csv").read_text(encoding="utf-8-sig")
    assert table.startswith("study,title,can it be joined?,status,countries,the record,cells for a nerve condition?,")
    assert ",unsure: ask," in table
    assert "_" not in table.splitlines()[0]
    bob = (group.home / "out" / "bob.txt").read_text(encoding="utf-8")
    assert "names: Charcot-Marie-Tooth Disease Type 1A; whether that is yours: ask" in " ".join(bob.split())
    assert bob.startswith("Studies for bob, as of 2026-11-20\n")
    assert "https://clinicaltrials.gov/study/NCT05507697" in bob
    assert "nearest site that says it recruits (unconfirmed: ask): Wuhan, China (0 km, 0 mi)" in " ".join(bob.split())
    assert "What to find out next" in bob
    assert "where: United States; no site in your country" in bob, "as match tells it"
    assert "where: China; no site" not in bob
    ann = (group.home / "out" / "ann.txt").read_text(encoding="utf-8")
    assert "8.189" not in ann
    assert "Their criteria are in our words, not the registry's" in " ".join(ann.split())
    assert "A study with ~ is only related" in ann
    assert "Ask: Why should one product help so many unrelated diseases" in " ".join(ann.split()), "no command on paper"
    assert "only related (~): cells are given for the optic nerve" in ann


def test_a_sheet_is_a_page_to_print_too(group: Program) -> None:
    assert group("match", "--offline", "--group", "people", "--sheets", "out").code == 0
    text, page = ((group.home / "out" / f"bob.{end}").read_text(encoding="utf-8") for end in ("txt", "html"))
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<h1>Studies for bob, as of 2026-11-20</h1>" in page
    assert '<a href="https://clinicaltrials.gov/study/NCT05507697">' in page
    assert "<h2>What to find out next</h2>\n<ul>\n<li>" in page
    assert (page.count("<section>"), page.count("<ul>")) == (page.count("</section>"), page.count("</ul>"))
    assert "<script" not in page
    assert set(re.findall(r"(?:src|href)=.([^\"']*)", page)) <= set(re.findall(r"https://clinical\S+", text)), "no more"
    said = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2])).split())
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        words = line.removeprefix("- ").removesuffix("…").strip()
        assert " ".join(words.split()) in said or words.endswith("-"), line


def test_the_table_of_a_group_in_another_language(group: Program) -> None:
    """The same studies and people as the English one, none of its words."""
    tables = {}
    for language in ("en", "es"):
        assert group("match", "--offline", "--group", "people", "--sheets", language, "--language", language).code == 0
        text = (group.home / language / "group.csv").read_text(encoding="utf-8-sig")
        tables[language] = list(csv.reader(io.StringIO(text)))
    english, spoken = tables["en"], tables["es"]
    assert [row[0] for row in english[1:]] == [row[0] for row in spoken[1:]]
    assert spoken[0][:4] == ["Estudio", "Título", "¿Se puede participar?", "Estado"]
    assert spoken[0][-4:] == ["ann", "ann: por qué", "bob", "bob: por qué"]
    for row, other in zip(english[1:], spoken[1:], strict=True):
        assert row[5] == other[5] and bool(row[8]) == bool(other[8]) and bool(row[10]) == bool(other[10])
        assert not {row[at] for at in (2, 3, 8, 9, 10, 11)} & {other[at] for at in (2, 3, 8, 9, 10, 11)} - {
            "",
            "no",
            "No",
        }


@pytest.mark.parametrize("name", ["group.csv", "ann.txt", "ann.html"])
def test_a_sheet_is_not_written_over_somebodys_own_file(group: Program, name: str) -> None:
    (group.home / "out").mkdir()
    (group.home / "out" / name).write_text("she called on Monday\n", encoding="utf-8")
    done = group("match", "--offline", "--group", "people", "--sheets", "out")
    assert done.code == 2
    assert done.one_line_of_warning(name) == (
        f"out/{name}: is there and was not made by trialfinder; name another file, or another folder for the sheets, "
        "or add --force"
    )
    assert [path.name for path in (group.home / "out").iterdir()] == [name]
    assert group("match", "--offline", "--group", "people", "--sheets", "out", "--force").code == 0
    (group.home / "out" / name).write_text((group.home / "out" / name).read_text("utf-8") + "she called", "utf-8")
    done = group("match", "--offline", "--group", "people", "--sheets", "out")
    assert f"out/{name}: has changed since trialfinder wrote it" in done.one_line_of_warning(name)
    assert "--force is for the files of --sheets" in group("match", "--age", "50", "--force").one_line()


def test_the_sheet_of_somebody_who_left_is_put_aside_and_that_is_told(group: Program) -> None:
    group("match", "--offline", "--group", "people", "--sheets", "out")
    out = group.home / "out"
    (out / "notes.txt").write_text("Studies for us all\n", encoding="utf-8")
    (group.home / "people" / "bob.toml").rename(group.home / "bob.toml")
    done = group("match", "--offline", "--group", "people", "--sheets", "out", "-q")
    left = out / "no-longer-in-the-group"
    assert done.one_line_of_warning("bob.txt") == (
        f"bob.html, bob.txt: no such person in the group any more; moved into {left.relative_to(group.home)}"
    )
    assert sorted(path.name for path in out.iterdir()) == [
        "ann.html", "ann.txt", "group.csv", left.name, "notes.txt",
    ]  # fmt: skip
    assert sorted(path.name for path in left.iterdir()) == ["bob.html", "bob.txt"]
    (group.home / "bob.toml").rename(group.home / "people" / "bob.toml")
    group("match", "--offline", "--group", "people", "--sheets", "out", "-q")
    (group.home / "people" / "bob.toml").unlink()
    group("match", "--offline", "--group", "people", "--sheets", "out", "-q")
    assert sorted(path.name for path in left.iterdir()) == ["bob-2.html", "bob-2.txt", "bob.html", "bob.txt"], (
        "the earlier one is kept"
    )


def test_a_group_with_two_wrong_profiles_hears_of_both(group: Program) -> None:
    for name in ("ann", "bob"):
        (group.home / "people" / f"{name}.toml").write_text("[person]\nage = 999\n", encoding="utf-8")
    done = group("match", "--offline", "--group", "people")
    assert done.code == 2
    assert "people: 2 profiles are wrong" in done.err
    assert "ann.toml: person.age: cannot be true" in done.err
    assert "bob.toml: person.age: cannot be true" in done.err


def test_what_is_told_about_one_person_is_not_passed_over_for_a_group(group: Program) -> None:
    done = group("match", "--offline", "--group", "people", "--age", "58", "--profile", "me.toml")
    assert done.one_line() == ("--group reads the profiles of a folder; --age, --profile would be about one person")
    near = group("match", "--offline", "--group", "people", "--near", "Wuhan", "--within", "50km", COLUMNS="")
    found = {row["nct_id"] for row in csv.DictReader(near.lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    assert "NCT05507697" in found
    assert "NCT03011541" not in found, "its sites are in Florida and Dubai"


def test_sheets_need_a_group(program: Program) -> None:
    done = program("match", "--age", "50", "--sheets", "out")
    assert done.one_line() == "--sheets needs --group FOLDER, the folder of the profiles"


def test_no_output_that_is_kept_holds_a_value(told: Program) -> None:
    """Tables, sheets and messages: only ``--explain`` and ``profile show`` print values, on the own terminal."""
    saved = told.home / "trialfinder" / "profile.toml"
    values = ["57.4137", "8.1737", "zebrafluoxetine", "Huntsville"]
    saved.write_text(
        '[person]\nage = 57.4137\nplace = "Huntsville, AL"\n[diabetes]\nhba1c = 8.1737\n'
        '[treatment]\nmedications = ["zebrafluoxetine"]\n',
        encoding="utf-8",
    )
    before = {path: path.read_bytes() for path in told.home.rglob("*") if path.is_file()}
    runs = [["--format", "csv"], ["--format", "jsonl"], [], ["--limit", "1"]]
    said = "".join(done.out + done.err for done in (told("match", "--offline", *run) for run in runs))
    assert {path: path.read_bytes() for path in told.home.rglob("*") if path.is_file()} == before
    (told.home / "people").mkdir()
    saved.rename(told.home / "people" / "ann.toml")
    done = told("match", "--offline", "--group", "people", "--sheets", "out")
    said += done.out + done.err + "".join(path.read_text("utf-8") for path in (told.home / "out").iterdir())
    assert [value for value in values if value in said] == []
    assert values[0] in told("match", "--offline", "--profile", "people/ann.toml", "--explain", "NCT05507697").out


def test_a_diabetic_neuropathy_is_asked_for_its_hba1c_and_its_foot_at_once(program: Program) -> None:
    kinds = ("diabetic", "inflammatory")
    first = {}
    for kind in kinds:
        file = program.home / f"{kind}.toml"
        file.write_text(f'[neuropathy]\ntypes = "{kind}"\n', encoding="utf-8")
        done = program("profile", "new", file.name, stdin="\n" * 30)
        first[kind] = done.err.split("That was what decides most")[0]
    assert "What was your last HbA1c" in first["diabetic"]
    assert "ulcer on a foot" in first["diabetic"]
    assert "ulcer on a foot" not in first["inflammatory"]


def until(program: Program, question: str) -> str:
    """As many Enters as there are questions before this one."""
    asked = program("profile", "new", "nothing.toml", stdin="\n" * 12).err.split(question)[0]
    return "\n" * (asked.count(" of at most ") - 1)


def test_the_nerve_condition_is_asked_for_before_a_pregnancy_and_the_town(program: Program) -> None:
    asked = program("profile", "new", "me.toml", stdin="57\nwoman\n" + "\n" * 14).err
    order = [
        "How old",
        "Which sex",
        "Which kind of neuropathy",
        "Do you have diabetes",
        "Are you pregnant",
        "Near which",
    ]
    places = [asked.index(question) for question in order]
    assert places == sorted(places)


def test_the_kind_of_neuropathy_is_among_the_first_three_whatever_the_store_holds(program: Program) -> None:
    for store in ((), ("--store", "empty.db")):
        asked = program("profile", "new", "me.toml", *store, stdin="57\nman\n\nq\n").err
        assert "Which kind of neuropathy do you have?" in asked.split("[")[3], store


def test_towns_of_one_name_are_listed_as_they_are_typed(program: Program) -> None:
    done = program("profile", "new", "me.toml", stdin=until(program, "Near which town") + "Paris\nParis, France\nq\n")
    assert "this name can mean 2 places; type one of these, or its number\n  1  Paris, France\n" in done.err
    assert "\n  2  Paris, Texas, United States\n" in done.err
    assert (program.home / "me.toml").read_text(encoding="utf-8") == '[person]\nplace = "Paris, France"\n'
