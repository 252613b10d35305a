"""What a study page makes of criteria, contacts and places: nothing is said that the record does not say."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.pages.as_copy import copied
from tests.unit.pages.doctor_made import NCT, page, record, section
from tests.unit.sample import RECORD
from trialfinder.base.tongue import speaking
from trialfinder.base.values import PartialDate
from trialfinder.catalogue.holdings import Catalogue, Origin
from trialfinder.catalogue.sighted import Holding, Sighted, kept
from trialfinder.pages.drawing_tables import timeline_table
from trialfinder.pages.drawings import Subject, timeline
from trialfinder.pages.facets import slug
from trialfinder.pages.labels import field_value, label
from trialfinder.pages.paper import quote_shortened
from trialfinder.pages.short_names import short_names
from trialfinder.pages.site_entries import ListedStudy, SiteMark, make_entries
from trialfinder.pages.study_map import study_map
from trialfinder.pages.study_page import CriterionShown, shown_criteria, study_context
from trialfinder.pages.templating import as_of_short, environment, freshness
from trialfinder.pages.translations import translator
from trialfinder.reading import criteria_tree
from trialfinder.reading.nodes.tree import Bounds
from trialfinder.reading.telling.plain import bounds_text
from trialfinder.reading.telling.tree_words import Outline
from trialfinder.reading.vocabulary.patterns import load_patterns
from trialfinder.tables.record_words import finer_product


def shown(text: str, section: str) -> list[CriterionShown]:
    return shown_criteria(text, criteria_tree(text), section)


def words(lines: tuple[Outline, ...]) -> list[str]:
    return [line.words for line in lines]


def test_under_not_if_stands_what_bars() -> None:
    (barred,) = shown("Exclusion Criteria:\n\n* Cancer in the last 5 years", "exclusion")
    assert words(barred.lines) == ["cancer in the last 5 years"]
    assert barred.text == "* Cancer in the last 5 years".lstrip("* ")
    assert barred.complete


def test_of_several_each_bars_and_each_is_asked_for() -> None:
    """ "Not if" lists what bars by itself; the other heading what is asked for together: no line joins them."""
    (barred,) = shown("Exclusion Criteria:\n\n* Cancer or HIV", "exclusion")
    assert words(barred.lines) == ["cancer", "HIV or AIDS"]
    (wanted,) = shown("Inclusion Criteria:\n\n* Diabetes and HbA1c below 9 %", "inclusion")
    assert words(wanted.lines) == ["diabetes", "HbA1c less than 9 %"]


def test_one_of_several_that_are_wanted_is_joined() -> None:
    (wanted,) = shown("Inclusion Criteria:\n\n* Diabetes or HbA1c above 7 %", "inclusion")
    (line,) = wanted.lines
    assert (line.kind, line.words) == ("join", "one of")
    assert words(line.below) == ["diabetes", "HbA1c more than 7 %"]


def test_both_that_bar_only_together_are_joined() -> None:
    (barred,) = shown("Exclusion Criteria:\n\n* Cancer together with HIV", "exclusion")
    (line,) = barred.lines
    assert (line.kind, line.words, words(line.below)) == ("join", "all of", ["cancer", "HIV or AIDS"])


def test_what_was_not_understood_is_only_the_registry_s_sentence() -> None:
    (wanted,) = shown("Inclusion Criteria:\n\n* Owns a bicycle with three wheels", "inclusion")
    assert wanted.lines == () and not wanted.complete and wanted.text == "Owns a bicycle with three wheels"


def test_criteria_are_said_in_another_language() -> None:
    with speaking(translator("es")):
        (barred,) = shown("Exclusion Criteria:\n\n* Cancer in the last 5 years", "exclusion")
        assert words(barred.lines) == ["cáncer hace menos de 5 años"]
        assert barred.text == "Cancer in the last 5 years"


def context(**contact: str) -> dict[str, object]:
    record = {**RECORD, "protocolSection": {**RECORD["protocolSection"]}}
    sites = record["protocolSection"]["contactsLocationsModule"]
    record["protocolSection"]["contactsLocationsModule"] = {**sites, "centralContacts": [contact]}
    catalogue = Catalogue(
        Origin("records", "made up"), {"NCT90000001": Holding("NCT90000001", kept(record))}, dt.date(2026, 11, 20)
    )
    rows = catalogue.rows()
    catalogue.add_signs(rows)
    (entry,) = make_entries(catalogue, rows)
    return study_context(catalogue, entry, "en")


@pytest.mark.parametrize(
    ("phone", "email", "tel", "mailto"),
    [
        ("+34 (91) 123-456", "a.b@example.org", "+3491123456", "a.b@example.org"),
        ("javascript:alert(1)", "javascript:alert(1)", "", ""),
        ("call us", "x@example.org?subject=hi", "", ""),
        ("+1 555 0100;ext=1", "a@b@example.org", "", ""),
    ],
)
def test_only_a_plain_number_or_address_becomes_a_link(phone: str, email: str, tel: str, mailto: str) -> None:
    found = context(name="A", phone=phone, email=email)["contacts"][0]  # type: ignore[index] # a list of contacts
    assert (found.phone, found.tel, found.email, found.mailto) == (phone, tel, email, mailto)


def test_a_map_shows_every_site_inside_its_box() -> None:
    marks = [SiteMark("Leeds", "UK", 53.8, -1.5, True), SiteMark("Sydney", "Australia", -33.9, 151.2, False)]
    found = study_map(marks)
    assert found is not None
    x, y, width, height = found.box
    assert all(x <= cx <= x + width and y <= cy <= y + height for cx, cy, _ in found.discs)
    assert study_map([]) is None


def test_no_two_values_share_a_name() -> None:
    values = ["South Korea", "South-Korea", "", "none", "Türkiye", "T", "<b>", "</b>", "../../etc", "a" * 300]
    names = [slug(value) for value in values if value != "none"]
    assert len(set(names)) == len(names)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for name in names)


def test_values_and_degrees_are_said_in_the_reader_s_language() -> None:
    text = "Exclusion Criteria:\n\n* Type 2 diabetes\n* Severe liver disease"
    with speaking(translator("es")):
        found = [line for each in shown(text, "exclusion") for line in each.lines]
    assert [line.words for line in found] == ["diabetes tipo 2", "enfermedad hepática (grave)"]


@pytest.mark.parametrize(
    ("low", "words"), [(0.3333, "at least 10 days"), (180, "at least 15 years"), (6, "at least 6 months")]
)
def test_limits_of_months_are_said_as_people_say_them(low: float, words: str) -> None:
    assert bounds_text(Bounds(low, True, None, False, "months")) == words


def test_what_is_called_car_t_is_no_stem_cell() -> None:
    row = {
        "cell_product": "other_cells",
        "brief_title": "CAR-T for CIDP",
        "official_title": None,
        "interventions": None,
    }
    assert finer_product(row) == "car_t"
    assert finer_product(row | {"brief_title": "Muscle stem cells, a cart"}) == "other_cells"
    assert finer_product(row | {"cell_product": "msc"}) == "msc"


def test_a_field_of_a_sign_is_said_in_words() -> None:
    assert label("field", "oversight_has_dmc") == "a committee watches the data"
    assert (field_value("oversight_has_dmc", "false"), field_value("allocation", "RANDOMIZED")) == ("no", "randomized")
    assert field_value("brief_summary", "Participants pay.") == ""


def test_no_quote_is_cut_before_what_takes_it_back() -> None:
    long = "Any heart disease " + "of the kinds that are named here " * 8
    assert quote_shortened(long, 150).endswith("…")
    assert quote_shortened(long + "unless it is mild", 150) == long + "unless it is mild"


def listed(of: dict[str, Any]) -> tuple[Catalogue, list[ListedStudy]]:
    found = Catalogue(Origin("records", "made"), {NCT: Holding(NCT, kept(of))}, dt.date(2026, 11, 20))
    rows = found.rows()
    found.add_signs(rows)
    return found, make_entries(found, rows)


def test_what_is_given_where_and_whom_to_ask_are_headings_and_a_dose_has_its_unit() -> None:
    """A screen reader goes from heading to heading."""
    of = record()
    of["protocolSection"]["armsInterventionsModule"]["interventions"][0]["description"] = "5 × 10^6 cells/mL, once"
    found, (entry,) = listed(of)
    common = {"root": "../", "page": "x.html", "notice": "", "lasting": ""}
    made = environment("en").get_template("study.html.j2").render(**common, **study_context(found, entry, "en"))
    headings = [heading.strip() for heading in re.findall(r"<h2[^>]*>([^<]*)", made)]
    assert headings[:6] == [
        "Can it be joined?", "What is given", "For which nerves", "Where", "Whom to ask", "In the registry",
    ]  # fmt: skip
    assert 'Number of cells given, in the record&#39;s words: <q lang="en">5 × 10^6 cells/mL</q>' in made


def test_a_study_without_dates_stands_in_the_table_of_the_timeline_with_its_title() -> None:
    of = record()
    del of["protocolSection"]["statusModule"]["startDateStruct"]
    (row,) = timeline_table(listed(of)[1]).rows
    assert (row[0], row[1], row[4]) == (NCT, "–", "Cord cells for diabetic nerve pain")


def test_no_quote_ends_inside_of_brackets_that_take_something_back() -> None:
    taken_back = (
        'Neuropathy of another cause, such as compression ("excluding" in the record: some drugs, kidney failure)'
    )
    assert quote_shortened(taken_back, 75) == taken_back
    assert quote_shortened("Neuropathy of another cause, such as compression (of the wrist, the elbow)", 60).endswith(
        "…"
    )


def test_what_other_copies_say_is_seen_without_unfolding() -> None:
    found, (entry,) = listed(record())
    copied(found)
    seen = Sighted(as_of="2025-01-01", criteria="complete", sources=("a list",), note="A later copy shows Recruiting.")
    found.entries[NCT] = replace(found.entries[NCT], seen=seen)
    common = {"root": "../", "page": "x.html", "notice": "", "lasting": ""}
    made = environment("en").get_template("study.html.j2").render(**common, **study_context(found, entry, "en"))
    assert 'About our copy: <span lang="en">A later copy shows Recruiting.</span>' in made.partition("<details")[0]


def test_a_double_no_is_not_heard() -> None:
    """Under "Not if" stands what is missing, not "not"."""
    (barred,) = shown("Exclusion Criteria:\n\n* Unable to give informed consent", "exclusion")
    assert words(barred.lines) == ["this is missing: ability and will to give informed consent"]


def test_the_sites_have_row_headers_and_codes_are_said_in_words() -> None:
    found, (entry,) = listed(record())
    common = {"root": "../", "page": "x.html", "notice": "", "lasting": ""}
    made = environment("en").get_template("study.html.j2").render(**common, **study_context(found, entry, "en"))
    rows = made.split("<tbody>", 1)[1].split("</table>", 1)[0]
    assert rows.count("<tr>") == rows.count('<tr><th scope="row" lang="en">') > 0
    capital = environment("en").from_string("{{ capital(label('field', 'is_fda_regulated_drug')) }}")
    assert capital.render() == "Drug under the rules of the FDA"
    assert label("field", "references[2].citation") == "publication"


def test_no_contact_is_left_out_of_a_page_without_a_word() -> None:
    of = record()
    place = of["protocolSection"]["contactsLocationsModule"]
    place["centralContacts"] = [{"name": "Wei"}]
    place["locations"][0]["contacts"] = [{"name": "Shi", "phone": "+86 137"}, {"name": "Bo"}]
    there = section(page(of), "Where, and whom to ask").entries
    assert [entry.words for entry in there if entry.name == "Contact there"] == ["Shi, +86 137", "and 1 more"]
    place["centralContacts"] = [{"name": f"Wei {letter}"} for letter in "ABCDEFGHIJKLM"]
    entries = section(page(of), "Where, and whom to ask").entries
    assert [entry.words for entry in entries if entry.name == "Contact"][-1] == "and 10 more"
    found, (entry,) = listed(of)
    html = environment("en").get_template("study.html.j2").render(
        root="../", page="x.html", notice="", lasting="",
        **study_context(found, entry, "en"),
    )  # fmt: skip
    assert "<li>and 3 more</li>" in html and "Wei L" in html and "Wei M" not in html


def test_a_copy_that_lacks_criteria_says_so_in_the_open_and_its_note_is_no_criterion() -> None:
    """Above what was read, and under "Not if" even where nothing else stands there."""

    def main(*barred: str) -> str:
        note = "[Our copy of the record is not complete: the exclusion items are not in it]"
        items = "\n".join(f"* {item}" for item in (*barred, note))
        found, (entry,) = listed(record(f"Inclusion Criteria:\n\n* Diabetes\n\nExclusion Criteria:\n\n{items}"))
        common = {"root": "../", "page": "x.html", "notice": "", "lasting": ""}
        made = environment("en").get_template("study.html.j2").render(**common, **study_context(found, entry, "en"))
        return made.split('id="criteria"', 1)[1].split('id="signs"', 1)[0]

    said = "Our copy LACKS CRITERIA of this study: what bars may be missing here. Read the record itself."
    for barred, items in (((), 1), (("Cancer",), 2)):
        made = main(*barred)
        assert said in made.partition("<h3>")[0]
        assert made.split("Not if…</h3>", 1)[1].startswith(f'<p class="strong">{said}</p>')
        assert made.count('<li class="criterion">') == items
        assert "is not complete" not in made


def test_what_only_our_copy_lacks_is_not_said_of_the_record() -> None:
    """A label is never followed by nothing, a cell never by a dash that is read as nothing."""

    def main(kind: str, *sites: dict[str, str]) -> tuple[str, str]:
        of = record()
        protocol = of["protocolSection"]
        protocol["contactsLocationsModule"] = {"locations": list(sites)}
        protocol["sponsorCollaboratorsModule"] = protocol["eligibilityModule"] = protocol["conditionsModule"] = {}
        found, _ = listed(of)
        copied(found, kind)
        (entry,) = make_entries(found, found.rows())
        common = {"root": "../", "page": "x.html", "notice": "", "lasting": ""}
        made = environment("en").get_template("study.html.j2").render(**common, **study_context(found, entry, "en"))
        form = '{% from "rows.html.j2" import row, rows %}{{ rows([row(entries[0], "", "")]) }}'
        row = environment("en").from_string(form).render(entries=[entry])
        return made, row.split("</th>")[-1]

    made, row = main("snapshot")
    assert "Our copy names nobody to ask: look in the registry. The sponsor is: not in our copy</div>" in made
    assert "Conditions in the sponsor&#39;s words: not in our copy</p>" in made
    assert "<div>our copy names no site: look in the registry</div>" in made
    assert "<p>Our copy names no site: look in the registry.</p>" in made
    assert "Age: not in our copy. Sex: not in our copy. Healthy volunteers: not in our copy." in made
    assert "The record names" not in made
    assert "sponsor: not in our copy</small>" in row
    made, _ = main("snapshot", {"country": "China"}, {"country": "France"})
    assert "our copy names no site: look in the registry</div>" in made and "sites: 2" not in made
    assert '<tr><th scope="row">not in our copy<td>not in our copy<td>China<td>not in our copy' in made
    assert "–" not in made.split('id="sites"', 1)[1].split("</table>", 1)[0]
    made, row = main("records")
    assert "The record names nobody to ask. The sponsor is: not stated</div>" in made
    assert "<p>The record names no site.</p>" in made
    assert "our copy" not in made.lower() and "sponsor: not stated</small>" in row


def test_in_a_list_a_day_of_change_is_no_confirmation() -> None:
    of = record()
    status = of["protocolSection"]["statusModule"]
    status["lastUpdatePostDateStruct"] = {"date": "2026-07-01"}
    assert as_of_short(listed(of)[1][0]) == "as of 2026-09"
    del status["statusVerifiedDate"]
    assert as_of_short(listed(of)[1][0]) == "record last changed 2026-07-01"
    del status["lastUpdatePostDateStruct"]
    assert as_of_short(listed(of)[1][0]) == "as of an unknown day"


def test_the_age_of_the_snapshot_names_the_studies_of_an_unknown_day() -> None:
    found = Catalogue(Origin("snapshot", "made", data_timestamp="2017-10-11/2026-07-21"), {}, dt.date(2026, 11, 20))
    assert freshness(found, "en").endswith(
        "each study as it was on a day of its own between October 11, 2017 and July 21, 2026 or on an unknown day: "
        "never current."
    )


def test_what_must_not_be_so_is_no_bare_not() -> None:
    (wanted,) = shown("Inclusion Criteria:\n\n* No cancer", "inclusion")
    assert words(wanted.lines) == ["this must not be so: cancer"]


@pytest.mark.parametrize(
    ("sentence", "narrower"),
    [
        ("Took part in other stem cell studies before enrolment", True),
        ("Enrolled in another device trial", True),
        ("Participation in other gene therapy trials", True),
        ("Participation in any other interventional study within 30 days", False),
        ("Participation in another drug or device study within 30 days", False),
    ],
)
def test_another_study_of_one_kind_is_not_said_to_be_any_study(sentence: str, narrower: bool) -> None:
    """Whoever was in a drug study is not to read that other stem cell studies bar them."""
    (barred,) = shown(f"Exclusion Criteria:\n\n* {sentence}", "exclusion")
    assert words(barred.lines)[0].startswith("another study")
    assert barred.narrower is narrower


def test_each_thing_of_a_study_of_cells_is_marked_as_narrower() -> None:
    """Whoever paid a clinic for cells is not to read that an earlier cell treatment bars them, beside a marked one."""
    (barred,) = shown("Exclusion Criteria:\n\n* Took part in other stem cell clinical studies", "exclusion")
    assert len(barred.lines) == 2
    assert all(line.only for line in barred.lines)


def study_page_of(study: dict[str, Any], language: str = "en") -> str:
    catalogue = Catalogue(Origin("store", "made"), {NCT: Holding(NCT, kept(study))}, dt.date(2026, 11, 20))
    with speaking(translator(language)):
        (entry,) = make_entries(catalogue, catalogue.rows())
        template = environment(language).get_template("study.html.j2")
        common = {"root": "../", "page": "", "notice": "", "lasting": ""}
        return template.render(**common, **study_context(catalogue, entry, language))


def test_a_page_on_its_own_says_of_which_day_its_record_is() -> None:
    study = record()
    study["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"] = {"date": "2026-10-05"}
    said = " ".join(study_page_of(study).split())
    assert "How old this is: the record as the registry changed it on October 5, 2026; <a" in said
    assert "la ficha tal como el registro la cambió el 5 de octubre de 2026;" in study_page_of(study, "es")
    del study["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]
    assert "the record does not say when it last changed;" in study_page_of(study)


def test_short_names_of_scales_are_explained_on_the_page_that_has_them() -> None:
    study = record()
    module = study["protocolSection"]["eligibilityModule"]
    module["eligibilityCriteria"] = "Inclusion Criteria:\n\n* TCSS of at least 6\n* Ankle-brachial index below 0.9"
    said = " ".join(study_page_of(study).split())
    assert '<b lang="en">TCSS</b>: Toronto Clinical Scoring System: neuropathy from diabetes' in said
    assert '<b lang="en">ABI</b>: ankle-brachial index: the pressure at the ankle' in said
    assert "Oswestry" not in said
    module["eligibilityCriteria"] = "Inclusion Criteria:\n\n* Diabetes"
    assert "Short names of scales" not in study_page_of(study)


def test_every_short_name_that_pages_say_is_explained() -> None:
    values = {rule.value for pattern in load_patterns().values() for rule in pattern.rule}
    known = {row.name for row in short_names()}
    assert {value for value in values if value and not value.islower()} - known == {"SARS-CoV-2"}


def test_the_timeline_marks_strong_warning_signs_and_what_is_only_related() -> None:
    seller = replace(entry_like("NCT90000001"), strong=1, relevance="adjacent")
    plain = entry_like("NCT90000002")
    picture = timeline(Subject([seller, plain], 2, "2026-11-20"))
    names = [bar[0] for bar in picture.figure["bars"]]
    assert names[0].startswith("! ~ NCT90000001  ")
    assert names[1].startswith("NCT90000002  ")
    assert picture.figure["question"] == "Can it be joined? (! a strong warning sign; ~ only related)"
    assert "Marked !, for a strong warning sign: 1." in picture.alternative
    assert [str(row[-1])[:4] for row in picture.tables[0].rows] == ["! ~ ", "Cell"]
    without = timeline(Subject([plain], 1, "2026-11-20"))
    assert (without.figure["question"], "Marked" in without.alternative) == ("Can it be joined?", False)


def entry_like(nct_id: str) -> ListedStudy:
    day = PartialDate.parse("2026-01-01")
    return ListedStudy(
        nct_id, "Cells", "A hospital", "RECRUITING", "yes", "is recruiting", day, day, (), "msc", "adipose",
        "autologous", (), (), "core", day, PartialDate.parse("2028-01-01"),
    )  # fmt: skip
