"""The doctor's page: one study and one person on two sheets at most, to be printed and talked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import say, theirs
from trialfinder.pages.doctor_criteria import criteria_sections
from trialfinder.pages.doctor_study import Asker, as_of_line, footer_lines, sign_section, study_sections
from trialfinder.pages.labels import label
from trialfinder.pages.paper import PaperSection
from trialfinder.pages.paper_fit import fitted
from trialfinder.pages.paper_room import LINES, foot_height, head_height
from trialfinder.pages.templating import notice_words, translated_words

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.judge import Verdict
    from trialfinder.person import Profile
    from trialfinder.study.model import Study

_TITLE, _REASON = 220, 300


@dataclass(frozen=True, slots=True)
class DoctorPage:
    """All that stands on the page, in words, in the order of reading. ``answer`` is the code of ``joinable``."""

    nct_id: str
    title: str
    url: str
    language: str
    heading: str
    answer: str
    joinable: str
    notice: str
    sections: tuple[PaperSection, ...]
    footer: tuple[str, ...]


def doctor_page(
    catalogue: Catalogue, nct_id: str, asker: Asker, *, language: str = "en", lines: float = LINES
) -> DoctorPage:
    """The page of a study that is in the catalogue, as of the catalogue's day.

    Words are those of the language that is spoken (``base.tongue``); ``language`` names it. ``lines`` is how much the
    paper holds.

    Raises:
        RecordError: the study's record is not in the promised shape.
    """
    from trialfinder.classify import joinable

    study = catalogue.study(nct_id)
    found = joinable(study, catalogue.today)
    sections = [*study_sections(catalogue, study, asker, language)]
    sections += _about_person(catalogue, study, asker)
    title = shorten(one_line(study.brief_title or study.official_title or study.nct_id), _TITLE)
    joining = f"{label('joinable', found.answer)} – {shorten(found.reason, _REASON)}. {as_of_line(catalogue, study)}"
    if note := catalogue.copies_note(nct_id):
        joining += say(" (about our copy: {note})").format(note=theirs(note))
    notice, footer = notice_words(), (*footer_lines(catalogue, study), *translated_words(language))
    heading = say("One study, to talk about with a doctor")
    head = head_height(title, (heading, study.url), joining, notice)
    return DoctorPage(
        study.nct_id, title, study.url, language, heading, found.answer, joining, notice,
        fitted(sections, lines, head=head, foot=foot_height(footer)), footer,
    )  # fmt: skip


def _about_person(catalogue: Catalogue, study: Study, asker: Asker) -> Iterator[PaperSection]:
    """What is about the person and, before all of it where one is strong, the signs."""
    from trialfinder.classify import is_strong_warning
    from trialfinder.judge import judge
    from trialfinder.person import Profile

    here = study.nct_id
    verdict = judge(study, catalogue.criteria([here])[here], asker.person or Profile(), catalogue.today)
    found = criteria_sections(
        verdict,
        study,
        catalogue.criteria([here])[here],
        asker.person,
        with_facts=asker.with_facts,
        other=_another_illness(study, asker.person, verdict),
        ours=catalogue.is_reworded(here),
        rest=say("all of them: trialfinder criteria {nct}, or the record itself").format(nct=here),
    )
    whose = say("in our words:") if catalogue.is_reworded(here) else ""
    sections = [
        replace(section, entries=tuple(replace(entry, whose=whose) for entry in section.entries)) for section in found
    ]
    signs = catalogue.signs(here)
    ticks = next(number for number, section in enumerate(sections) if section.kind == "ticks")
    at = 0 if any(map(is_strong_warning, signs)) else ticks + 1
    rest_of_signs = say("all of them: trialfinder signs {nct}").format(nct=here)
    yield from (*sections[:at], sign_section(signs, rest_of_signs), *sections[at:])


def _another_illness(study: Study, person: Profile | None, verdict: Verdict) -> str:
    """What a study is for that is for another illness than the person told; '' for any other."""
    from trialfinder.judge.own.own_illness import OTHER, about, closeness
    from trialfinder.tables.rows import class_cells, study_row

    row = study_row(study) | class_cells(study)
    return about(row) if person is not None and closeness(person, row, verdict) == OTHER else ""
