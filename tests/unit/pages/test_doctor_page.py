"""The doctor's page: what stands on it, for whom, and that it holds nothing that was not asked for."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on
from tests.unit.pages.as_copy import copied
from tests.unit.pages.doctor_made import NCT, PERSON, TODAY, catalogue, page, record, section
from trialfinder.base.tongue import speaking
from trialfinder.catalogue.gazetteer import KnownPlace
from trialfinder.catalogue.near import one_place
from trialfinder.pages.doctor_page import doctor_page
from trialfinder.pages.doctor_study import Asker
from trialfinder.pages.paper import PaperEntry, PaperSection
from trialfinder.pages.paper_fit import fitted
from trialfinder.pages.paper_html import page_html
from trialfinder.pages.paper_pdf import page_pdf
from trialfinder.pages.paper_room import lines_of
from trialfinder.pages.paper_text import page_lines
from trialfinder.pages.study_page import shown_criteria
from trialfinder.pages.translations import translator
from trialfinder.person import from_options
from trialfinder.reading import criteria_tree, describe, read_criteria
from trialfinder.reading.telling.tree_words import Outline


@functools.cache
def leeds() -> KnownPlace:
    """Looked up when the first test asks: the gazetteer takes half a second to load."""
    return one_place("Leeds, United Kingdom")


MANY = "Inclusion Criteria:\n\n" + "\n".join(
    f"* No {name} of any kind, also none that was treated in hospital {number} years ago or earlier than that"
    for number, name in enumerate(("cancer", "stroke", "heart disease", "kidney disease", "hepatitis B") * 16, start=2)
)


def test_it_says_what_where_whom_to_ask_and_whether_it_can_be_joined() -> None:
    text = "\n".join(page_lines(page(), 200))
    for said in (
        "Cord cells for diabetic nerve pain",
        "Can it be joined? Yes – is recruiting at 1 of 1 listed sites; last verified 2026-09",
        "What is given: mesenchymal stem cells; from: umbilical cord; whose cells: from a donor; given: into a muscle",
        "In the record's words: Cord MSC",
        "Nerve condition: diabetic",
        "phase: 1/2; groups by lot; some do not know who gets what; 60 people; sponsor: City Hospital",
        "For whom: from 18 years, no upper limit stated; women and men",
        "Site: City Hospital, Leeds, United Kingdom: recruiting, as of 2026-09",
        "Contact there: Leeds desk, +44 2",
        "Contact: Study desk, +44 1, desk@example.org",
        "No stem-cell therapy is approved for any neuropathy.",
        "https://clinicaltrials.gov/study/NCT90000001",
        "Made on 2026-11-20 by trialfinder",
        "Last change of the record: 2026-09-24; last confirmed by the sponsor: 2026-09.",
    ):
        assert said in text, said


def test_without_a_profile_all_that_the_study_asks_about_is_to_be_found_out() -> None:
    made = page()
    ticks = section(made, "What must be found out")
    assert [(entry.words, entry.limit, entry.quotes) for entry in ticks.entries] == [
        ("age", "from 18 years, no upper limit stated (the record's own field)", ()),
        ("type 2 diabetes", "required", ("Type 2 diabetes",)),
        ("HbA1c", "must be less than 9 %", ("HbA1c < 9 %",)),
        ("cancer", "excludes in the last 5 years", ("Cancer in the last 5 years",)),
    ]
    assert "What speaks against it" not in [each.title for each in made.sections]


def test_what_was_told_and_fits_need_not_be_found_out() -> None:
    made = page(asker=Asker(PERSON))
    against = section(made, "What speaks against it")
    assert [(entry.words, entry.quotes) for entry in against.entries] == []
    assert [entry.words for entry in section(made, "What must be found out").entries] == ["type 2 diabetes"]


def test_what_speaks_against_is_told_with_the_registrys_sentence() -> None:
    barred = record("Inclusion Criteria:\n\n* HbA1c < 8 %\n\nExclusion Criteria:\n\n* Older than 50 years")
    against = section(page(barred, Asker(PERSON)), "What speaks against it")
    assert ("HbA1c", ("HbA1c < 8 %",)) in [(entry.words, entry.quotes) for entry in against.entries]
    assert against.lead.startswith("By what the person told.")


@pytest.mark.parametrize("form", ["html", "text"])
def test_no_fact_stands_there_that_was_not_asked_for(form: str) -> None:
    made = page(asker=Asker(PERSON, place=leeds()))
    text = page_html(made) if form == "html" else "\n".join(page_lines(made, 100))
    assert "8.17" not in text
    assert "58" not in text
    assert " km" not in text
    assert "What the person told" not in text


def test_with_facts_only_what_the_study_asks_about_is_told() -> None:
    told = section(page(asker=Asker(PERSON, with_facts=True)), "What the person told")
    assert [(entry.name, entry.words) for entry in told.entries] == [
        ("age", "58 years"), ("HbA1c", "8.17%"), ("cancer", "never"),
    ]  # fmt: skip


def test_the_nearest_site_and_how_far_it_is() -> None:
    near = one_place("Bradford, United Kingdom")
    (site, *_) = section(page(asker=Asker(place=near, tell_distance=True)), "Where, and whom to ask").entries
    assert (site.name, site.words) == (
        "The site that says it recruits",  # there is one: "nearest" would sound near
        "City Hospital, Leeds, United Kingdom: recruiting, as of 2026-09 (about 13 km, 8 mi)",
    )  # fmt: skip


def test_a_site_beyond_what_the_person_can_travel_is_said_to_be_where_that_may_be_told() -> None:
    """As match says it; how far it is, from where, and how far they travel are facts of the person."""
    oslo = one_place("Oslo")

    def site(within: str, **told: bool) -> str:
        who = from_options({"near": "Oslo", "within": within})
        made = page(asker=Asker(who, place=oslo, **told))
        assert "Oslo" not in "\n".join(page_lines(made, 200))
        return section(made, "Where, and whom to ask").entries[0].words.partition("as of 2026-09")[2]

    assert site("800km") == ""
    assert site("800km", tell_distance=True) == " (about 1,007 km, 626 mi; farther than the person can travel)"
    assert site("2000km") == ""


def test_an_open_site_of_unknown_place_at_home_comes_before_one_that_is_not_known_to_be_open() -> None:
    two = record()
    sites = two["protocolSection"]["contactsLocationsModule"]["locations"]
    sites[:] = [
        {**sites[0], "status": "COMPLETED"},
        {"city": "Nowhere", "country": "United Kingdom", "status": "RECRUITING"},
    ]
    (site, *_) = section(page(two, Asker(PERSON, place=leeds())), "Where, and whom to ask").entries
    assert (site.name, site.words) == (
        "Site", "Nowhere, United Kingdom: recruiting, as of 2026-09 (how far is not known)",
    )  # fmt: skip


def test_a_record_without_criteria_contacts_and_sites_makes_a_page_that_says_so() -> None:
    bare = record("")
    bare["protocolSection"]["contactsLocationsModule"] = {}
    del bare["protocolSection"]["eligibilityModule"]["minimumAge"]
    text = "\n".join(page_lines(page(bare, Asker(PERSON)), 200))
    assert "Site: the record names no site" in text
    assert "Contact: the record names nobody to ask" in text
    assert "The record states no criteria, so nothing could be compared" in text
    assert "The record states no criteria that could be read." in text


def test_it_never_says_that_somebody_can_join() -> None:
    text = "\n".join(page_lines(page(asker=Asker(PERSON, with_facts=True)), 100)).lower()
    assert not re.search(r"\beligible|qualif|you can join|suitable", text)


def test_signs_are_questions_and_what_speaks_for_the_study_stands_beside_them() -> None:
    pays = record()
    pays["protocolSection"]["descriptionModule"]["briefSummary"] = "Participants pay for the cells."
    careful = section(page(pays), "What to be careful about")
    assert careful.entries[0].name == "Participant pays – strong sign (brief summary)"
    titles = [part.title for part in page(pays, Asker(PERSON)).sections]
    assert titles.index("What to be careful about") < titles.index("What speaks against it")
    usual = [part.title for part in page(asker=Asker(PERSON)).sections]
    assert usual.index("What to be careful about") > usual.index("What speaks against it")
    assert careful.entries[0].words.endswith("?")
    assert careful.entries[0].quotes == ("Participants pay for the cells.",)
    assert careful.entries[-1].name == "Speaking for it"


def test_what_does_not_fit_on_two_sheets_is_counted() -> None:
    all_of_it = record(MANY + "\n" + MANY.partition("\n\n")[2].replace("years", "months") * 3)
    long, whole = page(all_of_it), section(page(all_of_it, lines=float("inf")), "What must be found out")
    ticks = section(long, "What must be found out")
    assert 20 < len(ticks.entries) < len(ticks.entries) + ticks.left_out == len(whole.entries)
    said = f"and {ticks.left_out} more, and what “…” stands for; all of them: trialfinder criteria {NCT}"
    assert ticks.more.startswith(said)
    assert sum(map(lines_of, long.sections)) < 128
    assert "left out" not in page_html(page())


def test_fitting_keeps_the_least_of_each_section_and_counts_the_rest() -> None:
    entries = tuple(PaperEntry(f"entry {number}") for number in range(30))
    loose = PaperSection("Loose", "list", entries, least=4, floor=4, rest="in the record")
    firm = PaperSection("Firm", "list", entries)
    short, whole = fitted([loose, firm], lines=10)
    assert (len(short.entries), short.left_out, short.more) == (4, 26, "and 26 more; in the record")
    assert whole == firm
    assert fitted([loose, firm], lines=1000) == (loose, firm)


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("criteria", ["", MANY])
def test_a_pdf_has_two_sheets_at_most(paper: str, criteria: str) -> None:
    from pypdf import PdfReader

    content = page_pdf(lambda lines: page(record(criteria), lines=lines), TODAY, paper)  # type: ignore[arg-type] # one of two
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == (2 if criteria else 1)
    text = "\n".join(each.extract_text() for each in pages)
    assert "Cord cells for diabetic nerve pain" in text
    assert "No stem-cell therapy is approved" in " ".join(text.split())
    wide, high = float(pages[0].mediabox.width), float(pages[0].mediabox.height)
    assert (round(wide), round(high)) == ((595, 842) if paper == "a4" else (612, 792))


def test_the_same_page_is_the_same_file() -> None:
    first, second = (page_pdf(lambda lines: page(lines=lines), TODAY) for _ in range(2))
    assert first == second


def by_language(pdf: bytes) -> dict[str, str]:
    """The words of a tagged PDF by the language in which a screen reader speaks them: its own, or its element's."""
    from pypdf import PdfReader

    reader, found = PdfReader(io.BytesIO(pdf)), dict[str, str]()
    root: Any = reader.root_object
    of_element: dict[Any, str] = dict(_languages(root["/StructTreeRoot"]["/K"], root["/Lang"], None))
    for page_number, each in enumerate(reader.pages):
        spoken = [str(root["/Lang"])]

        def before(name: bytes, operands: Any, *_: Any, at: int = page_number, spoken: list[str] = spoken) -> None:
            if name in (b"BDC", b"BMC"):
                marks = operands[1] if name == b"BDC" and hasattr(operands[1], "get") else {}
                element = of_element.get((reader.pages[at].indirect_reference, marks.get("/MCID")), spoken[-1])
                spoken.append(marks["/Lang"].original_bytes.decode() if "/Lang" in marks else element)
            elif name == b"EMC":
                spoken.pop()

        def text(words: str, *_: Any, spoken: list[str] = spoken) -> None:
            found[spoken[-1]] = " ".join(f"{found.get(spoken[-1], '')} {words}".split())

        each.extract_text(visitor_operand_before=before, visitor_text=text)
    return found


def _languages(element: Any, language: str, sheet: Any) -> Iterator[tuple[Any, str]]:
    """The language of each piece of marked content: its sheet and its number."""
    element = element.get_object()
    if isinstance(element, list):
        for each in element:
            yield from _languages(each, language, sheet)
    elif isinstance(element, int):
        yield (sheet, int(element)), language
    else:
        sheet = element.raw_get("/Pg") if "/Pg" in element else sheet
        if "/MCID" in element:
            yield (sheet, int(element["/MCID"])), language
        elif "/K" in element:
            yield from _languages(element["/K"], str(element.get("/Lang", language)), sheet)


def test_a_pdf_says_which_words_are_the_record_s() -> None:
    found = catalogue(record("Inclusion Criteria:\n\n* HbA1c below 10 %\n* Owns a telescope"))
    with speaking(translator("es")):
        pdf = page_pdf(lambda lines: doctor_page(found, NCT, Asker(), language="es", lines=lines), TODAY)
    said = by_language(pdf)
    assert sorted(said) == ["en", "es"]
    theirs = [
        "Cord cells for",
        "Cord MSC",
        "Neuropathy",
        "City Hospital, Leeds",
        "Leeds desk",
        "HbA1c below",
        "telescope",
    ]
    ours = ["Qué es", "Qué se da:", "Reino Unido: reclutando", "Lo que hay que averiguar", "debe ser menos de 10 %"]
    assert [words for words in theirs if words not in said["en"] or words in said["es"]] == []
    assert [words for words in ours if words not in said["es"] or words in said["en"]] == []


def test_each_thing_stands_once_with_all_that_is_asked_about_it() -> None:
    text = (
        "Inclusion Criteria:\n\n* Able to give informed consent\n* HbA1c of 9 % or less\n\nExclusion Criteria:\n\n"
        "* Unable to give informed consent\n* Stroke, epilepsy or psychosis\n* HbA1c below 5 %\n"
        "* Stroke in the last 3 months"
    )
    ticks = section(page(record(text)), "What must be found out")
    words = [entry.words for entry in ticks.entries]
    assert len(words) == len(set(words))
    by_words = {entry.words: entry for entry in ticks.entries}
    assert by_words["HbA1c"].limit == "must be at most 9 %; excludes if less than 5 %"
    assert by_words["HbA1c"].quotes == ("HbA1c of 9 % or less", "HbA1c below 5 %")
    assert by_words["a stroke"].limit == "excludes; excludes in the last 3 months"
    consent = by_words["ability and will to give informed consent"]
    assert consent.quotes == ("Able to give informed consent", "Unable to give informed consent")


def test_a_drug_that_bars_is_named_and_is_no_advice() -> None:
    who = from_options({"medications": "apixaban"})
    against = section(page(record("Exclusion Criteria:\n\n* Anticoagulants"), Asker(who)), "What speaks against it")
    words = [entry.words for entry in against.entries]
    assert words == ["blood-thinning drugs (unless it changes, only with the doctor)"]


def test_another_illness_and_only_related_are_said() -> None:
    other = record(briefTitle="Cord cells for CMT", officialTitle="Cord cells for hereditary neuropathy")
    other["protocolSection"]["conditionsModule"] = {"conditions": ["Charcot-Marie-Tooth Disease"]}
    other["protocolSection"]["descriptionModule"] = {"briefSummary": "Cord cells are given to people with CMT."}
    who = from_options({"neuropathy": "diabetic"})
    made = page(other, Asker(who))
    apart = section(made, "It is for another illness than the one that was told")
    assert [entry.words for entry in apart.entries] == ["Charcot-Marie-Tooth Disease"]
    assert section(made, "What speaks against it").entries == (), "as match tells it: no criterion speaks against it"
    assert "another illness" not in "\n".join(page_lines(page(asker=Asker(who)), 100))


def test_the_page_of_a_stopped_study_names_no_recruiting_site() -> None:
    stopped = record()
    stopped["protocolSection"]["statusModule"]["overallStatus"] = "TERMINATED"
    for place in (None, leeds()):
        text = "\n".join(page_lines(page(stopped, Asker(place=place)), 200))
        assert "City Hospital, Leeds, United Kingdom: stopped early" in text
        assert "recruit" not in text.lower()


def test_restated_sentences_are_not_called_the_record_s() -> None:
    def lead(kind: str) -> str:
        found = catalogue(record("Exclusion Criteria:\n\n* Age over 40 years\n* HbA1c above 8 %"))
        copied(found, kind)
        return section(doctor_page(found, NCT, Asker(PERSON)), "What speaks against it").lead

    assert "The sentences are the record's" in lead("records")
    assert "The sentences are restated after the record" in lead("snapshot")


_LACKING = "Exclusion Criteria:\n\n* Severe liver disease\n* [Our copy of the record is not complete: no. 2]"


@pytest.mark.parametrize("asker", [Asker(), Asker(PERSON)])
def test_a_copy_without_all_criteria_never_says_that_nothing_was_found(asker: Asker) -> None:
    made = page(record(_LACKING), asker)
    assert "Our copy LACKS CRITERIA" in section(made, "What speaks against it").lead
    text = "\n".join(page_lines(made, 200))
    assert "Nothing was found" not in text
    assert "[Our copy" not in text  # it is no criterion that was not understood


def test_what_must_be_found_out_says_how_severe() -> None:
    ticks = section(page(record("Exclusion Criteria:\n\n* Severe liver disease")), "What must be found out")
    assert "liver disease (severe)" in [entry.words for entry in ticks.entries]


def test_what_our_copy_lacks_is_not_said_of_the_record() -> None:
    bare = record("")
    bare["protocolSection"]["contactsLocationsModule"] = {}
    found = catalogue(bare)
    copied(found)
    text = "\n".join(page_lines(doctor_page(found, NCT, Asker(PERSON)), 200))
    assert "the record names" not in text
    assert "Contact: our copy names nobody; see the record" in text
    assert "Our copy has no criteria, so nothing could be compared" in text


def test_why_a_study_is_only_related_is_said() -> None:
    foot = record(briefTitle="Cord cells for the diabetic foot", officialTitle="Cord cells for the diabetic foot")
    foot["protocolSection"]["conditionsModule"] = {"conditions": ["Diabetic Foot"]}
    foot["protocolSection"]["descriptionModule"] = {"briefSummary": "Cord cells are given for foot ulcers."}
    subject = [e.words for e in section(page(foot), "What it is").entries if e.name == "Its subject"]
    assert subject == ["only related: cells are given for the diabetic foot"]


def words_below(lines: tuple[Outline, ...]) -> str:
    return "; ".join(line.words + "; " + words_below(line.below) for line in lines)


DOUBTED = (
    "Exclusion Criteria:\n\n* Neuropathy of another cause, such as Guillain-Barre syndrome or nerve compression "
    "({word} diseases of the vessels, chemotherapy, kidney failure)"
)


@pytest.mark.parametrize(("word", "spares"), [("excluding", False), ('"excluding":', False), ("except", True)])
def test_excluding_among_causes_that_bar_never_reads_as_a_permission(word: str, spares: bool) -> None:
    """It may open what is spared as well as what bars, too: neither page, site, sheet nor match takes it so."""
    text = DOUBTED.format(word=word)
    (tick,) = (t for t in section(page(record(text)), "What must be found out").entries if "another cause" in t.words)
    (shown,) = shown_criteria(text, criteria_tree(text), "exclusion")
    (reading,) = (r for item in read_criteria(text) for r in item.readings if r.pattern == "other_neuropathy_cause")
    for words in (tick.limit, words_below(shown.lines), describe(reading)):
        assert ("may bar as well" in words) is not spares
        assert ("except" in words) is spares
    assert tick.quotes == (text.partition("* ")[2],)
    assert ("except" in reading.value) is spares


@pytest.mark.parametrize(("kind", "said"), [("chemotherapy", "possible"), ("gbs", "conflict")])
def test_what_excluding_names_stays_open_and_what_it_does_not_name_bars(kind: str, said: str) -> None:
    sentence = DOUBTED.format(word="excluding").partition("* ")[2]
    assert verdict_on(f"ex: {sentence}", {"neuropathy": {"types": [kind]}}, "Diabetic peripheral neuropathy") == said


def ticks_of(criteria: str) -> list[tuple[str, str]]:
    text = f"{'Inclusion' if criteria.startswith('in: ') else 'Exclusion'} Criteria:\n\n* {criteria[4:]}"
    return [(e.words, e.limit) for e in section(page(record(text)), "What must be found out").entries][1:]


def test_the_parts_of_a_bar_that_were_not_understood_stand_beside_those_that_were() -> None:
    said = "ex: Uncontrolled disease of the kidneys, the heart, the endocrine or the digestive system"
    (kidney, heart, rest) = ticks_of(said)
    assert (kidney[0], heart[0]) == ("kidney disease (uncontrolled)", "heart disease (uncontrolled)")
    assert "endocrine" in rest[0]
    assert "digestive" in rest[0]
    assert rest[1] == "not understood; may bar"


@pytest.mark.parametrize(
    ("criterion", "ticks"),
    [
        ("in: Type 2 diabetes", [("type 2 diabetes", "required")]),
        ("in: Type 1 diabetes", [("type 1 diabetes", "required")]),
        ("in: Diabetes", [("diabetes", "required")]),
        ("in: TCSS score of at least 12", [("TCSS", "must be at least 12")]),
        ("in: Aged 18 years or over", []),  # the record's own field says it
        ("in: Aged 18 to 50 years", [("age", "must be 18 to 50 years")]),
        ("ex: Cancer together with HIV", [
            ("cancer", "only together with more: excludes"), ("HIV or AIDS", "only together with more: excludes"),
        ]),
        ("in: Cancer or HIV", [("cancer", "one of several: required"), ("HIV or AIDS", "one of several: required")]),
        ("ex: Cancer, except skin cancer", [("cancer", "excludes; except: skin cancer")]),
        ("ex: Other gene therapy trials", [
            ("another study or an investigational product", "excludes (narrower than this: see the sentence)"),
            ("an earlier gene treatment", "excludes (narrower than this: see the sentence)"),
        ]),
        ("ex: Participated in other stem cell researches", [
            ("another study or an investigational product", "excludes (narrower than this: see the sentence)"),
            ("an earlier cell or gene treatment", "excludes (narrower than this: see the sentence)"),
        ]),
        ("ex: Foot ulcers", [("a foot ulcer", "excludes")]),
        ("ex: Ulcers of the leg", [("a foot or skin ulcer (ulcers of the leg)", "excludes")]),
        ("ex: Radiation therapy", [("radiotherapy", "excludes")]),
        ("ex: Breastfeeding", [("breastfeeding", "excludes")]),
        ("ex: Pregnant or nursing", [("pregnancy", "excludes"), ("breastfeeding", "excludes")]),
        ("ex: Gene and cell therapy", [("an earlier cell or gene treatment", "excludes")]),
        ("ex: Stem cell therapy", [
            ("an earlier cell or gene treatment", "excludes (narrower than this: see the sentence)"),
        ]),
        ("ex: Uncontrolled hypertension", [("high blood pressure (uncontrolled hypertension)", "excludes")]),
        ("ex: Hypertension", [("high blood pressure", "excludes")]),
        ("ex: Liver tumours", [("cancer (liver tumours)", "excludes")]),
        ("ex: Amputation of the left arm", [("an amputation", "excludes (narrower than this: see the sentence)")]),
    ],
)  # fmt: skip
def test_what_the_site_says_of_a_thing_the_doctors_page_says_too(criterion: str, ticks: list[tuple[str, str]]) -> None:
    assert ticks_of(criterion) == ticks


def test_what_every_study_asks_stands_behind_what_decides() -> None:
    """The page holds two sheets: what is cut off is the end."""
    wanted = "Inclusion Criteria:\n\n* Gives informed consent\n* HbA1c of 9 % or less"
    text = f"{wanted}\n\nExclusion Criteria:\n\n* A foot ulcer"
    words = [entry.words for entry in section(page(record(text)), "What must be found out").entries]
    assert words == ["age", "HbA1c", "a foot ulcer", "ability and will to give informed consent"]


def test_a_thing_that_is_wanted_here_and_bars_there_says_which_part() -> None:
    text = "Inclusion Criteria:\n\n* Diabetes\n\nExclusion Criteria:\n\n* Diabetes that a doctor finds hard to treat"
    ticks = section(page(record(text)), "What must be found out")
    by_words = {entry.words: entry.limit for entry in ticks.entries if entry.words.startswith("diabetes")}
    assert len(by_words) == 2
    assert all("required" not in limit or "excludes" not in limit for limit in by_words.values())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "age: the text says at least 21 years, the record's own field 18 years; the field counts"),
        ("es", "edad: el texto dice al menos 21 años y el campo propio del registro 18 años; vale el campo"),
        ("ko", "나이: 본문은 최소 21세, 기록 자체의 항목은 18세입니다. 항목이 우선합니다"),
    ],
)
def test_where_text_and_field_disagree_is_said_in_the_reader_s_language(language: str, said: str) -> None:
    found = catalogue(record("Inclusion Criteria:\n\n* At least 21 years old"))
    with speaking(translator(language)):
        made = doctor_page(found, NCT, Asker(), language=language)
    notes = [entry.words for entry in made.sections[-1].entries if "21" in entry.words]
    assert notes == [said]


def test_an_illness_that_opens_a_question_stands_beside_the_plain_no_and_the_team_is_asked_how_it_counts() -> None:
    """ "Foot ulcer: no", and last year's ulcer among the illnesses: a doctor must see both."""
    facts = {"age": 58, "no": "foot_ulcer", "diagnoses": "foot ulcer last year, hay fever"}
    of = record("Exclusion Criteria:\n\n* Foot ulcer")
    told = page(of, Asker(from_options(facts), with_facts=True))
    named = {entry.name: entry.words for entry in section(told, "What the person told").entries}
    assert named["illnesses a doctor named"] == "foot ulcer last year" and named["foot ulcer"] == "no"
    asked = [entry.words for entry in section(told, "What to ask the study team").entries]
    assert "foot ulcer: what was told points both ways; how does the study count it?" in asked
    assert not any(words.startswith("Do you have") for words in asked)
    bare = page(of, Asker(from_options(facts)))
    assert "last year" not in str(bare) and "hay fever" not in str(told)


def test_a_limit_with_a_note_is_not_told_beside_the_same_without() -> None:
    from trialfinder.pages.doctor_criteria import _each_once

    narrow = " (narrower than this: see the sentence)"
    assert _each_once(["excludes", f"excludes{narrow}", f"excludes in the last 3 months{narrow}"]) == [
        "excludes", f"excludes in the last 3 months{narrow}",
    ]  # fmt: skip
