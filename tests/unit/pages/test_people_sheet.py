"""The sheet for people: words instead of codes, real dates, and nothing in a cell that runs."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from tests.unit.pages.as_copy import copied
from tests.unit.pages.doctor_made import NCT, PERSON, catalogue, page, record
from trialfinder.base.tongue import remarked, speaking, unmarked
from trialfinder.base.values import PartialDate
from trialfinder.catalogue.group import Member
from trialfinder.catalogue.holdings import Origin
from trialfinder.catalogue.select import FILTER_NAMES, select
from trialfinder.catalogue.sighted import Sighted
from trialfinder.cli.group_command import sheet as member_sheet
from trialfinder.pages.people_files import WRITERS, sheet_excel, sheet_html, sheet_markdown
from trialfinder.pages.people_sheet import PeopleSheet, people_sheet
from trialfinder.pages.translations import translator

TITLES = [
    "Study", "Can it be joined?", "Why", "Nerve condition", "What is given", "Whose cells", "Where", "Ages",
    "What is asked for", "What may bar", "Whom to ask", "Last confirmed", "Careful about", "The record",
]  # fmt: skip


def sheet(of: dict[str, Any] | None = None, **chosen: Any) -> PeopleSheet:
    found = catalogue(of)
    return people_sheet(found, select(found, "", dict.fromkeys(FILTER_NAMES) | chosen).rows)


def book(of: PeopleSheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(sheet_excel(of)))


def test_a_study_in_words() -> None:
    (row,) = sheet().rows
    assert row.words == {
        "study": "Cord cells for diabetic nerve pain",
        "joinable": "Yes",
        "why": "is recruiting at 1 of 1 listed sites; last verified 2026-09",
        "nerves": "diabetic",
        "given": "mesenchymal stem cells; from: umbilical cord; given: into a muscle",
        "donor": "from a donor",
        "where": "Leeds, United Kingdom",
        "ages": "from 18 years, no upper limit stated",
        "asked": "type 2 diabetes; HbA1c less than 9 %",
        "bars": "not if: cancer in the last 5 years",
        "ask": "Study desk, phone +44 1, desk@example.org; Leeds desk, phone +44 2",
        "careful": "none found",
    }
    assert (row.nct_id, row.url) == (NCT, f"https://clinicaltrials.gov/study/{NCT}")


def test_contacts_that_are_cut_off_are_counted_and_those_of_a_site_are_not_left_out() -> None:
    of = record()
    of["protocolSection"]["contactsLocationsModule"]["locations"][0]["contacts"] = [{"name": "Site nurse"}]
    assert sheet(of).rows[0].words["ask"] == "Study desk, phone +44 1, desk@example.org; Site nurse"
    names = [{"name": f"Person {number}"} for number in range(4)]
    of["protocolSection"]["contactsLocationsModule"]["centralContacts"] = names
    assert sheet(of).rows[0].words["ask"] == "Person 0; Person 1; Person 2; and 2 more"


def test_what_the_record_does_not_say_is_said_to_be_missing() -> None:
    bare = record("")
    bare["protocolSection"]["contactsLocationsModule"] = {}
    del bare["protocolSection"]["statusModule"]["statusVerifiedDate"]
    (row,) = sheet(bare).rows
    assert row.words["where"] == "the record names no site"
    assert row.words["bars"] == "the record states no criteria"
    assert row.words["ask"] == "the record names nobody; sponsor: City Hospital"
    assert row.confirmed is None


def test_of_a_copy_it_is_the_copy_that_does_not_say() -> None:
    """What the snapshot lacks the registry may have; and its running texts are ours, which the cover says."""
    bare = record("")
    bare["protocolSection"]["contactsLocationsModule"] = {}
    bare["protocolSection"]["sponsorCollaboratorsModule"] = {}
    del bare["protocolSection"]["statusModule"]["statusVerifiedDate"]
    found = catalogue(bare)
    assert not any("restated" in line for line in people_sheet(found, found.rows()).cover)
    copied(found)
    made = people_sheet(found, found.rows())
    (row,) = made.rows
    assert row.words["where"] == "our copy names no site"
    assert row.words["bars"] == "our copy has no criteria; that does not mean that there are none: ask"
    assert row.words["ask"] == "our copy names nobody; sponsor: not in our copy"
    assert (row.confirmed, row.unconfirmed) == (None, "not in our copy")
    assert book(made)["Studies"]["L2"].value == "not in our copy"
    said = "not the registry's wording, and a copy may lack what the registry has"
    for text in (sheet_markdown(made).decode(), html.unescape(sheet_html(made).decode())):
        assert said in " ".join(text.split())


def test_near_a_place_the_nearest_site_stands_first() -> None:
    (row,) = sheet(near="Bradford, United Kingdom").rows
    assert row.words["where"] == "nearest: Leeds, United Kingdom (about 13 km, 8 mi); Leeds, United Kingdom"


def test_the_workbook_has_a_cover_a_frozen_header_and_wrapped_text() -> None:
    made = book(sheet())
    assert made.sheetnames == ["Read this first", "Studies", "What is asked for"]
    studies, cover = made["Studies"], made["Read this first"]
    assert made.active is cover, "what is to be read first is seen first"
    assert "No stem-cell therapy is approved for any neuropathy." in " ".join(studies.oddHeader.left.text.split())
    assert "Made on 2026-11-20 by trialfinder" in " ".join(studies.oddFooter.left.text.split())
    assert [cell.value for cell in studies[1]] == TITLES
    assert studies.freeze_panes == "B2"
    assert studies.auto_filter.ref == "A1:N2"
    assert 34 <= studies.column_dimensions["A"].width < 35  # Excel counts its own margin
    assert all(cell.alignment.wrap_text for cell in studies[2])
    assert studies["N2"].hyperlink.target == f"https://clinicaltrials.gov/study/{NCT}"
    said = "\n".join(str(cell.value) for row in cover for cell in row if cell.value)
    assert "No stem-cell therapy is approved for any neuropathy." in said
    assert "Made on 2026-11-20 by trialfinder" in said
    for title in TITLES:
        assert title in said
    assert "Toronto Clinical Scoring System" not in said


def test_the_cover_explains_the_short_names_of_scales_that_stand_in_the_sheet() -> None:
    study = record()
    study["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = "Inclusion Criteria:\n\n* TCSS of at least 6"
    made = sheet(study)
    cover = book(made)["Read this first"]
    told = {row[0].value: row[1].value for row in cover.iter_rows(max_col=2)}
    assert told["TCSS"] == "Toronto Clinical Scoring System: neuropathy from diabetes" and "ODI" not in told
    for text in (sheet_html(made).decode(), sheet_markdown(made).decode()):
        assert "Toronto Clinical Scoring System: neuropathy from diabetes" in text


@pytest.mark.parametrize(
    ("day", "value", "shown"),
    [
        ("2026-09-24", dt.datetime(2026, 9, 24), "yyyy-mm-dd"),  # noqa: DTZ001 # a day of a sheet has no zone
        ("2026-09", dt.datetime(2026, 9, 1), "yyyy-mm"),  # noqa: DTZ001
        ("2026", dt.datetime(2026, 1, 1), "yyyy"),  # noqa: DTZ001
    ],
)
def test_dates_are_dates_as_exact_as_they_are_known(day: str, value: dt.datetime, shown: str) -> None:
    of = record()
    of["protocolSection"]["statusModule"]["statusVerifiedDate"] = day
    assert sheet(of).rows[0].confirmed == PartialDate.parse(day)
    cell = book(sheet(of))["Studies"]["L2"]
    assert (cell.value, cell.number_format, cell.is_date) == (value, shown, True)


FORMULA = '=HYPERLINK("https://evil.example","click")'
NASTY = f"{FORMULA}<script>alert(1)</script>\u202e|x|`y`[z](javascript:alert(2))\x07\ud800\ufffe"


def hostile() -> PeopleSheet:
    of = record(f"Exclusion Criteria:\n\n* {NASTY}", briefTitle=NASTY)
    site = of["protocolSection"]["contactsLocationsModule"]["locations"][0]
    site |= {"city": NASTY, "country": "+1+cmd|' /C calc'!A0"}
    of["protocolSection"]["contactsLocationsModule"]["centralContacts"] = [
        {"name": "@SUM(A1)", "phone": "=1+1", "email": "javascript:alert(1)"}
    ]
    return sheet(of)


def test_no_formula_of_the_registry_is_one_in_the_workbook() -> None:
    made = book(hostile())
    cells = [cell for each in made for row in each for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {cell.data_type for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))} <= {"s", "inlineStr"}
    assert {cell.hyperlink.target for cell in cells if cell.hyperlink} == {f"https://clinicaltrials.gov/study/{NCT}"}


def test_the_page_and_the_markdown_run_nothing() -> None:
    page = sheet_html(hostile()).decode()
    assert "<script" not in page
    assert 'href="javascript' not in page.lower()
    assert "\u202e" not in page
    assert "default-src" in page
    text = sheet_markdown(hostile()).decode()
    (line,) = [line for line in text.splitlines() if NCT in line and line.startswith("|")]
    assert line.replace("\\|", "").count("|") == len(TITLES) + 1
    assert "](javascript" not in text.replace("\\]", "")
    assert "<script" not in text


def test_all_forms_say_the_same() -> None:
    made = sheet()
    page, text = sheet_html(made).decode(), sheet_markdown(made).decode()
    for words in (*made.rows[0].words.values(), *made.cover, "2026-09"):
        assert words.replace("'", "&#39;") in page
        assert words in text


def test_a_strong_sign_and_a_study_that_is_only_related_are_told_in_front() -> None:
    pays = record()
    pays["protocolSection"]["descriptionModule"]["briefSummary"] = "Participants pay for the cells."
    (row,) = sheet(pays).rows
    assert row.words["why"].startswith("careful: strong sign; is recruiting")
    assert row.words["careful"].startswith("Participant pays (strong sign)")


def sides(criteria: str) -> tuple[str, str]:
    (row,) = sheet(record(criteria)).rows
    return row.words["asked"], row.words["bars"]


def test_what_is_asked_for_and_what_bars_stand_apart() -> None:
    asked, bars = sides(
        "Inclusion Criteria:\n\n* Peripheral artery disease\n* Rutherford category 4 to 5\n\n"
        "Exclusion Criteria:\n\n* Peripheral artery disease with loss of tissue of a limb\n* Uncontrolled heart disease"
    )
    assert asked == "poor blood supply of the limbs (peripheral artery disease); Rutherford 4 to 5"
    assert bars == (
        "not if: poor blood supply of the limbs (peripheral artery disease) (only as in: “Peripheral artery disease "
        "with loss of tissue of a limb”); heart disease (uncontrolled)"
    )


def test_what_bars_by_being_missing_stands_under_what_bars() -> None:
    """Beside its sentence ("cannot consent") it would read reversed under what is asked for."""
    asked, bars = sides(
        "Inclusion Criteria:\n\n* Type 2 diabetes\n\nExclusion Criteria:\n\n* Unable to give informed consent\n* Stroke"
    )
    assert asked == "type 2 diabetes"
    assert bars == "not if: a stroke; this is missing: ability and will to give informed consent"


def test_a_sentence_that_asks_for_something_is_not_quoted_as_a_bar() -> None:
    """ "Not if: infection (only as in: absence of infection)" would bar who has none."""
    asked, bars = sides("Inclusion Criteria:\n\n* Absence of spinal infection")
    assert bars == "not if: an active infection (infection) (the study asks for: “Absence of spinal infection”)"
    telescope = (
        "Owns a telescope of the kind that amateurs build, of 2 to 30 sq. cm, without signs of active infection on the "
        "day of joining, and otherwise as the people who look at it see fit on that day of all days"
    )
    asked, bars = sides(f"Inclusion Criteria:\n\n* {telescope}")
    assert asked.startswith("not understood: “Owns a telescope") and "2 to 30" in asked
    assert "infection" in bars and "telescope" not in bars and "2 to 30" not in bars and "only as in" not in bars


def test_what_was_not_understood_of_a_long_bar_is_named() -> None:
    said = "Uncontrolled disease of the kidneys, the heart, the lungs, the endocrine or the digestive system or "
    _, bars = sides(
        f"Exclusion Criteria:\n\n* {said}uncontrolled mental disease of any kind, whichever clinic found it"
    )
    assert "kidney disease (uncontrolled), heart disease (uncontrolled)" in bars
    assert "endocrine" in bars


LONG = (
    "Inclusion Criteria:\n\n* Type 2 diabetes\n* Owns a telescope\n\nExclusion Criteria:\n\n"
    "* Uncontrolled heart disease, or a disease of the moon\n* HIV\n* Cancer\n"
    + "".join(f"* HbA1c above {number} % on a day of the week that nobody of the study team would have chosen\n"
              for number in range(7, 21))
)  # fmt: skip


def test_a_row_of_the_first_sheet_stays_low_and_all_of_it_stands_on_the_second() -> None:
    """Excel shows no more than 409 points of a row; above 120, a screen holds hardly more than one study."""
    of = record(LONG, briefTitle="Cells " * 80)
    of["protocolSection"]["contactsLocationsModule"]["centralContacts"] = [
        {"name": f"{number} " + "Person " * 11, "phone": "+44 1"} for number in range(3)
    ]
    made = book(sheet(of))
    studies, more = made["Studies"], made["What is asked for"]
    assert studies.row_dimensions[2].height < 120
    assert max(more.row_dimensions[line].height for line in range(2, more.max_row + 1)) < 120
    lines = [[cell.value for cell in row] for row in more.iter_rows(min_row=2)]
    assert {line[1] for line in lines} == {NCT}
    said = [(line[2], line[3]) for line in lines]
    assert ("What is asked for", "type 2 diabetes") in said
    assert ("What is asked for", "not understood: “Owns a telescope”") in said
    assert sum(words.startswith("HbA1c more than") for _, words in said) == 14
    assert [words.count("Person") for title, words in said if title == "Whom to ask"] == [33]
    assert [words.count("Cells") for title, words in said if title == "Study"] == [41], "250 characters, as before"
    bars = studies["J2"].value
    assert bars.startswith("not if: HIV or AIDS; cancer; ")
    assert bars.endswith("; * narrower; see “What is asked for”")
    assert "HbA1c more than 7 %*; " in bars, "narrower than it says, so it bears a mark"
    shown = len(bars.removesuffix("; * narrower; see “What is asked for”").split("; ")) - 1
    assert f"; and {17 - shown} more; * narrower" in bars
    assert studies["K2"].value.endswith("Person, phone +44 1 … (see “What is asked for”)"), "no half of a contact"


def test_a_short_study_stands_whole_on_the_first_sheet() -> None:
    (row,) = sheet().rows
    assert row.short == {}
    assert row.more == (
        ("What is asked for", "type 2 diabetes"),
        ("What is asked for", "HbA1c less than 9 %"),
        ("What may bar", "cancer in the last 5 years"),
    )


def test_the_same_words_are_told_once_with_each_sentence_that_narrows_them() -> None:
    said = (
        "Diabetic neuropathy in both of the big toes of a dancer", "Diabetic neuropathy of a trumpeter",
        "Diabetic neuropathy as the moon rises",
    )  # fmt: skip
    asked, _ = sides("Inclusion Criteria:\n\n* " + "\n* ".join(said))
    assert asked == f"diabetic neuropathy (only as in: “{said[0]}”; “{said[1]}”; “{said[2]}”)"
    (row,) = sheet(record("Inclusion Criteria:\n\n* " + "\n* ".join(said))).rows
    assert [words for _, words in row.more] == [f"diabetic neuropathy (only as in: “{each}”)" for each in said]
    twice, _ = sides("Inclusion Criteria:\n\n* Diabetic neuropathy\n* " + "\n* ".join(said))
    assert twice.count("diabetic neuropathy") == 2


def test_the_cover_tells_what_strong_medium_and_only_as_in_mean() -> None:
    cover = " ".join(str(cell.value) for row in book(sheet())["Read this first"] for cell in row if cell.value)
    assert "Strong, medium or weak says how much a sign weighs." in cover
    assert "“Only as in” names the study's own sentence" in cover


def test_in_a_page_the_criteria_can_be_unfolded_and_are_not_printed_before() -> None:
    page = html.unescape(sheet_html(sheet(record(LONG))).decode())
    assert page.count("<details>") == 1
    assert "not understood: “Owns a telescope”" in page.partition("<details>")[2]
    assert "details:not([open]) { display: none; }" in page.partition("@media print {\n  @page")[2]


def test_the_table_alone_is_csv_that_a_spreadsheet_takes_with_each_cell_in_full() -> None:
    made = sheet(record(LONG))
    content = WRITERS["csv"](made)
    assert content.startswith(b"\xef\xbb\xbfStudy,Can it be joined?,Why,")
    assert content.count(b"\r\n") == 2
    head, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head == TITLES
    assert row[9] == made.rows[0].words["bars"]
    assert row[9].count("HbA1c more than") == 10
    assert (row[11], row[13]) == ("2026-09", f"https://clinicaltrials.gov/study/{NCT}")
    assert list(csv.reader(io.StringIO(WRITERS["tsv"](made).decode("utf-8-sig"), newline=""), delimiter="\t")) == [
        head,
        row,
    ]
    (_, cells) = csv.reader(io.StringIO(WRITERS["csv"](hostile()).decode("utf-8-sig"), newline=""))
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_what_nearly_every_study_bars_is_cut_off_first_and_counted() -> None:
    rare = [f"HbA1c above {number / 10} %" for number in range(51, 149)]
    vague = "Any condition that makes it unsafe to take part"
    _, bars = sides("Exclusion Criteria:\n\n" + "\n".join(f"* {words}" for words in [vague, *rare]))
    shown = bars.count("HbA1c")
    assert 50 < shown < len(rare)
    assert bars.endswith(f"and {len(rare) + 1 - shown} more")
    _, bars = sides("Exclusion Criteria:\n\n* " + "\n* ".join([vague, "HIV", "Cancer"]))
    assert bars.startswith("not if: HIV or AIDS; cancer; a serious illness")


def test_a_spanish_sheet_names_countries_in_spanish_and_what_other_copies_say() -> None:
    with speaking(translator("es")):
        found = catalogue()
        (row,) = people_sheet(found, found.rows(), language="es").rows
    assert unmarked(row.words["where"]) == "Leeds, Reino Unido"


def test_how_near_a_site_is_is_said_in_the_reader_s_language() -> None:
    found = catalogue()
    rows = select(found, "", dict.fromkeys(FILTER_NAMES) | {"near": "New York City, New York"}).rows
    with speaking(translator("es")):
        (row,) = people_sheet(found, rows, language="es").rows
    nearest, _, towns = row.words["where"].partition("; ")
    assert unmarked(nearest) == "más cercano: Leeds, Reino Unido (a unos 5.404 km, 3.358 millas)"
    assert remarked(nearest, "<", ">").replace("<Leeds>", "") == unmarked(nearest).replace("Leeds", "")
    assert unmarked(towns) == "Leeds, Reino Unido"


def test_what_other_copies_say_stands_beside_the_status() -> None:
    found = catalogue()
    copied(found)
    note = "A later copy shows the status Recruiting."
    seen = Sighted(as_of="2025-01-01", criteria="complete", sources=("a list",), note=note)
    found.entries[NCT] = replace(found.entries[NCT], seen=seen)
    (row,) = people_sheet(found, found.rows()).rows
    assert row.words["why"].endswith("(about our copy: A later copy shows the status Recruiting.)")


def test_a_copy_that_lacks_criteria_says_so_first_and_counts_no_note() -> None:
    said = "Our copy LACKS CRITERIA of this study: what bars may be missing here. Read the record itself."
    note = "* [Our copy of the record is not complete: the exclusion items are not in it]"
    assert sides(f"Inclusion Criteria:\n\n* Diabetes\n\nExclusion Criteria:\n\n{note}") == ("diabetes", said)
    assert sides(f"Exclusion Criteria:\n\n* Cancer\n{note}")[1] == f"{said} not if: cancer"
    assert sides(f"Exclusion Criteria:\n\n* Owns a red bicycle\n{note}")[1] == f"{said} criteria not understood: 1"
    with speaking(translator("es")):
        assert sides(f"Exclusion Criteria:\n\n{note}")[1].startswith("A nuestra copia LE FALTAN CRITERIOS")


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        (
            Origin("snapshot", "made", data_timestamp="2017-10-11/2026-07-21"),
            "snapshot of days between 2017-10-11 and 2026-07-21 or of an unknown day, never current.",
        ),
        (Origin("store", "made", data_timestamp="2026-11-19"), "store of 2026-11-19."),
        (Origin("records", "made"), "records of an unknown day."),
    ],
)
def test_a_member_s_sheet_says_of_which_days_it_is(origin: Origin, said: str) -> None:
    found = catalogue()
    found.origin = origin
    assert f"Source: ClinicalTrials.gov, {said}" in " ".join(
        " ".join(member_sheet(found, Member("kim", PERSON, []))).split()
    )


@pytest.mark.parametrize(
    ("criteria", "said"),
    [
        ("Inclusion Criteria:\n\n* Aged 18 to 80 years", "from 18 years; by the criteria: up to 80 years"),
        (
            "Inclusion Criteria:\n\n* Between 21 and 75 years",
            "from 18 years; by the criteria: from 21 years; up to 75 years",
        ),
        ("Exclusion Criteria:\n\n* Older than 80 years", "from 18 years; by the criteria: up to 80 years"),
        ("Inclusion Criteria:\n\n* At least 18 years old", "from 18 years, no upper limit stated"),
        (
            "Inclusion Criteria:\n\n* If diabetic, age under 50 years",
            "from 18 years, no upper limit stated",
        ),
    ],
)
def test_a_limit_of_age_that_only_the_criteria_state_is_told(criteria: str, said: str) -> None:
    (row,) = sheet(record(criteria)).rows
    assert row.words["ages"] == said
    assert f"For whom: {said}" in [
        f"{e.name}: {e.words.rpartition('; ')[0]}" for e in page(record(criteria)).sections[0].entries
    ]


def test_who_is_responsible_is_named_where_nobody_to_ask_is() -> None:
    of = record()
    module = of["protocolSection"]["contactsLocationsModule"]
    module.pop("centralContacts")
    for site in module["locations"]:
        site.pop("contacts", None)
    (row,) = sheet(of).rows
    said = "responsible, without phone or mail in the record: A. Person; sponsor: City Hospital"
    assert row.words["ask"] == said
    module.pop("overallOfficials")
    (row,) = sheet(of).rows
    assert row.words["ask"] == "the record names nobody; sponsor: City Hospital"


def test_a_unit_that_cannot_be_stands_beside_the_one_it_was_read_as() -> None:
    _, bars = sides("Exclusion Criteria:\n\n* Hemoglobin < 9.5 mg/dl")
    assert bars == "not if: haemoglobin less than 9.5 g/dL (the record says “9.5 mg/dl”)"
    for right in ("Hemoglobin < 9.5 g/dl", "Hemoglobin < 95 g/l", "Hemoglobin < 9.5"):
        assert "the record says" not in sides(f"Exclusion Criteria:\n\n* {right}")[1]
