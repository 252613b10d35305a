"""One study as a card that a person can read and hand to a doctor: plain lines, nothing left out in silence.

In the language that is spoken; the registry's own text stays as it is.
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from trialfinder.base.enums import PHASE_WORDS, STATUS_WORDS
from trialfinder.base.text import one_line, plain
from trialfinder.base.tongue import age_said, counted, say, unmarked
from trialfinder.classify import is_strong_warning
from trialfinder.pages.labels import field_value, label, sign_name
from trialfinder.pages.study_page import given_words
from trialfinder.study.model import Location, Study
from trialfinder.tables.ages_of_text import limits_of_text
from trialfinder.tables.notice import machine_words
from trialfinder.tables.record_words import as_of, product_words, shown_by
from trialfinder.tables.rows import contact_words

if TYPE_CHECKING:
    from trialfinder.base.values import Age, PartialDate
    from trialfinder.classify import Classification, Joinable, Sign
    from trialfinder.reading.nodes.tree import Criterion

_SENTENCE = re.compile(r"(?<=[.)]) (?=[A-Z\d])")
_ON_JOINING = re.compile(r"status|recruit|registered twice|allowed|site", re.IGNORECASE)
_MOST_SITES = 40


def card(
    study: Study,
    *,
    found: Classification,
    joinable: Joinable,
    signs: Iterable[Sign],
    notice: str,
    today: dt.date,
    width: int = 100,
    reworded: bool = False,
    read_where: Sequence[str] = (), note: str = "", criteria: Sequence[Criterion] = (),
) -> list[str]:  # fmt: skip
    """The card's lines.

    ``notice`` says that nothing is approved, where cells are given. ``reworded`` is for records whose prose is ours
    (the snapshot), so that nobody takes it for the registry's; ``read_where`` tells the day and source of such a one,
    ``note`` what other copies say. What it leaves out is said to be missing there. ``criteria``: as read, for the ages.
    """
    sides, found_signs = _Sides(study, reworded), tuple(signs)
    title = one_line(study.brief_title or study.official_title or say("(no title)"))
    lines = [*_wrapped(f"{study.nct_id}  {title}", width), *_strong(found_signs, width), ""]
    summary, criteria_title = (
        (say("Summary (our words, not the registry's)"), say("Who may take part (our words, not the registry's)"))
        if reworded
        else (say("Summary (the sponsor's words)"), say("Who may take part (the sponsor's words)"))
    )
    for title, content in (
        (say("Can it be joined?"), (*sides.joining(joinable, today), *_about_copy(note, joining=True))),
        (say("What is given"), _given(study, found)),
        (say("For whom"), sides.people(criteria)),
        (say("Design"), sides.design()),
        (say("What is measured"), _outcomes(study)),
        (say("Where"), sides.places()),
        (say("Whom to ask"), sides.contacts()),
        (summary, _prose(study.brief_summary)),
        (criteria_title, _prose(study.eligibility_criteria)),
        (say("Signs that the record shows"), _signs(found_signs)),
        (say("Dates"), _dates(study)),
        (say("Record"), (*_record(study), *_about_copy(note, joining=False), *read_where)),
    ):
        said = (*content,) or (sides.unsaid,)
        lines += [title, *(part for line in said for part in _wrapped(line, width, "  ")), ""]
    if found.cell_product not in ("none", "not_stated"):
        lines += [*_wrapped(notice, width), ""]
    return lines if _is_english() else [*lines, *_wrapped(machine_words(), width), ""]


def _about_copy(note: str, *, joining: bool) -> Iterator[str]:
    """The sentences of what other copies say that concern joining, or the others."""
    sentences = [each for each in _SENTENCE.split(note) if each and bool(_ON_JOINING.search(each)) is joining]
    if sentences:
        yield say("About our copy: {note}").format(note=" ".join(sentences))


def where_read(as_of: str | None, sources: Iterable[str]) -> list[str]:
    """The lines for ``read_where``; ``as_of`` is None where nobody knows the day."""
    return [say("As of {day}, not current.").format(day=as_of or say("an unknown day")), *(f"- {s}" for s in sources)]


def _is_english() -> bool:
    return say("en") == "en"


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    deeper = indent + ("    " if text.lstrip().startswith(("-", "*")) else "")
    return textwrap.wrap(
        unmarked(text), width, initial_indent=indent, subsequent_indent=deeper, break_long_words=True,
        break_on_hyphens=False,
    ) or [""]  # fmt: skip


def whether_joinable(joinable: Joinable) -> str:
    """Whether a study can be joined, and why: "No: was withdrawn before anybody joined"."""
    answers = {"yes": say("Yes"), "not_yet": say("Not yet"), "no": say("No"), "unsure": say("Unsure")}
    return f"{answers[joinable.answer]}: {joinable.reason}"


def _status(code: str) -> str:
    return say(STATUS_WORDS.get(code, code))


def _design_words(value: str) -> str:
    named = {
        "NONE": say("nobody (all know)"), "SINGLE": say("one party"), "DOUBLE": say("two parties"),
        "TRIPLE": say("three parties"), "QUADRUPLE": say("four parties"),
    }  # fmt: skip
    words = PHASE_WORDS["NA"] if value == "NA" else value.lower().replace("_", " ")
    return named.get(value) or say(words)


class _Sides:
    """The parts of the card that say of a thing that it is not there: of a copy of ours that means little."""

    def __init__(self, study: Study, ours: bool) -> None:
        self._study = study
        self._ours = ours
        self.unsaid = say("not in our copy") if ours else say("the registry does not say")

    def _yes_no(self, value: bool | None) -> str:
        return self.unsaid if value is None else say("yes") if value else say("no")

    def joining(self, joinable: Joinable, today: dt.date) -> Iterator[str]:
        study = self._study
        yield whether_joinable(joinable)
        status = _status(study.overall_status) if study.overall_status else self.unsaid
        yield say("Status: {status}").format(status=status)
        if study.last_known_status:
            before = _status(study.last_known_status)
            yield say("Status before it became unknown: {status}").format(status=before)
        if study.why_stopped:
            yield say("Why it was stopped: {words}").format(words=one_line(study.why_stopped))
        yield say("Last verified by the sponsor: {when}").format(when=self._verified(study.status_verified_date, today))

    def _verified(self, day: PartialDate | None, today: dt.date) -> str:
        if day is None:
            return self.unsaid if self._ours else say("never stated")
        months = max(0, (today.year - day.earliest().year) * 12 + (today.month - day.earliest().month))
        return say("{day} ({months} ago)").format(day=day, months=counted(months, "1 month", "{n} months"))

    def people(self, criteria: Sequence[Criterion]) -> Iterator[str]:
        study = self._study
        by_text = limits_of_text(study, criteria)
        conditions = ", ".join(one_line(each) for each in study.conditions) or self.unsaid
        yield say("Conditions: {conditions}").format(conditions=conditions)
        no_low, no_high = (
            (say("no lower limit in our copy"), say("no upper limit in our copy"))
            if self._ours
            else (say("no lower limit stated"), say("no upper limit stated"))
        )
        ages = say("Ages: {low} to {high}").format(
            low=_age(study.minimum_age) or no_low, high=_age(study.maximum_age) or no_high
        )
        yield f"{ages}{f'; {by_text}' if by_text else ''}"
        sexes = {"ALL": say("women and men"), "FEMALE": say("women"), "MALE": say("men")}
        sex = sexes.get(study.sex or "", self.unsaid)
        told = f" ({one_line(study.gender_description)})" if study.gender_description else ""
        yield say("Sex: {sex}").format(sex=sex) + told
        yield say("Healthy volunteers: {answer}").format(answer=self._yes_no(study.healthy_volunteers))

    def design(self) -> Iterator[str]:
        study = self._study
        phases = "/".join(say(PHASE_WORDS.get(phase, phase)) for phase in study.phases) or self.unsaid
        kind = say(study.study_type.lower().replace("_", " ")) if study.study_type else self.unsaid
        yield say("Kind: {kind}; phase: {phases}").format(kind=kind, phases=phases)
        parts = [
            f"{name}: {_design_words(value)}"
            for name, value in (
                (say("purpose"), study.primary_purpose),
                (say("groups"), study.intervention_model or study.observational_model),
                (say("put into groups"), study.allocation),
                (say("who is not told what is given"), study.masking),
            )
            if value
        ]
        if parts:
            yield "; ".join(parts).capitalize()
        people = (
            say("number unknown")
            if study.enrollment_count is None
            else counted(study.enrollment_count, "1 person", "{n} people")
        )
        kinds = {"ESTIMATED": say("estimated"), "ACTUAL": say("actual")}
        of_kind = kinds.get(study.enrollment_type or "", (study.enrollment_type or "").lower())
        yield say("People: {people}").format(people=people) + (f" ({of_kind})" if of_kind else "")
        yield say("Data monitoring committee: {answer}").format(answer=self._yes_no(study.oversight_has_dmc))
        yield say("Regulated by the US agency: as a drug or biological {drug}, as a device {device}").format(
            drug=self._yes_no(study.is_fda_regulated_drug), device=self._yes_no(study.is_fda_regulated_device)
        )

    def _place(self, place: Location) -> str:
        name = ", ".join(one_line(part) for part in (place.facility, place.city, place.state, place.country) if part)
        status = self._study.site_status(place)
        none = say("site status not in our copy") if self._ours else say("site status not stated")
        state = _status(status) if status else none
        return f"- {name or say('a site without a name')}: {state}{as_of(self._study, status)}"

    def places(self) -> Iterator[str]:
        sites = self._study.locations
        for place in sites[:_MOST_SITES]:
            yield self._place(place)
            for contact in place.contacts:
                yield f"    {one_line(contact_words(contact))}"
        if len(sites) > _MOST_SITES:
            more = say("- and {n} more sites, all of them in: {command}")
            yield more.format(n=len(sites) - _MOST_SITES, command="trialfinder export sites.csv --table locations")

    def contacts(self) -> Iterator[str]:
        study = self._study
        for contact in study.central_contacts:
            yield f"- {one_line(contact_words(contact))}"
        for official in study.officials:
            role = (official.role or "official").lower().replace("_", " ")
            where = f", {one_line(official.affiliation)}" if official.affiliation else ""
            yield f"- {one_line(official.name)}{where} ({say(role)})"
        if not (study.central_contacts or study.officials or any(place.contacts for place in study.locations)):
            yield say("Whom to write to or call: {words}").format(words=self.unsaid)
        sponsor = one_line(study.lead_sponsor) if study.lead_sponsor else self.unsaid
        yield say("Sponsor: {name}").format(name=sponsor)
        if study.collaborators:
            names = "; ".join(one_line(sponsor.name) for sponsor in study.collaborators)
            yield say("With: {names}").format(names=names)


def _age(age: Age | None) -> str:
    return "" if age is None else str(age) if _is_english() else age_said(age)


def _given(study: Study, found: Classification) -> Iterator[str]:
    for item in study.interventions:
        kind = say((item.type or "OTHER").replace("_", " ").lower())
        yield f"- {one_line(item.name)} ({kind})" + (f": {one_line(item.description)}" if item.description else "")
    for group in study.arm_groups:
        given = ", ".join(one_line(name) for name in group.intervention_names)
        yield "- " + say("group {name}").format(name=one_line(group.label)) + (f": {given}" if given else "")
    words = product_words(found.cell_product, found.cell_source, found.donor)
    if words and not _is_english():
        words = given_words(found.cell_product, found.cell_source, (), found.donor)
    if words:
        yield say("Read from the record: {words}").format(words=words)


def _outcomes(study: Study) -> Iterator[str]:
    for item in study.outcomes:
        yield f"- {say(item.kind)}: {one_line(item.measure)}" + (
            f" [{one_line(item.time_frame)}]" if item.time_frame else ""
        )


def _prose(text: str) -> Iterator[str]:
    for line in plain(text).split("\n"):
        if line.strip():
            yield line.rstrip()


def _name(sign: Sign) -> str:
    """The name of a sign as it stands within a line."""
    return sign.id.replace("_", " ") if _is_english() else sign_name(sign.id)


def _strong(signs: Iterable[Sign], width: int) -> Iterator[str]:
    """The strong warning signs, for the top: a telephone number further down must not be found before them."""
    for sign in signs:
        if is_strong_warning(sign):
            asked = " " + say("Ask: {question}").format(question=say(one_line(sign.question))) if sign.question else ""
            yield from _wrapped(say("STRONG WARNING SIGN: {sign}.").format(sign=_name(sign)) + asked, width, "  ")


def _signs(signs: Iterable[Sign]) -> Iterator[str]:
    found = list(signs)
    for kind, title in (("warning", say("To be careful about")), ("protective", say("Speaking for it"))):
        chosen = [sign for sign in found if sign.kind == kind]
        if chosen:
            yield f"{title}:"
        for sign in chosen:
            yield _sign(sign)
            if kind == "warning" and sign.question:
                yield "    " + say("Ask: {question}").format(question=say(one_line(sign.question)))
    if not found:
        yield say("None was found. That is no judgement: a record shows little.")


def _sign(sign: Sign) -> str:
    if _is_english():
        field, quote = shown_by(sign.field, sign.quote)
        return f"- {_name(sign)} ({sign.strength}; {field}) {quote}".rstrip()
    shown = (field_value(sign.field, sign.quote) or f"“{one_line(sign.quote)}”") if sign.quote else ""
    return f"- {_name(sign)} ({label('strength', sign.strength)}; {label('field', sign.field)}) {shown}".rstrip()


def _dates(study: Study) -> Iterator[str]:
    kinds = {"ESTIMATED": say("estimated"), "ACTUAL": say("actual")}
    for name, date, kind in (
        (say("Start"), study.start_date, study.start_date_type),
        (say("Last main measurement"), study.primary_completion_date, study.primary_completion_date_type),
        (say("End"), study.completion_date, study.completion_date_type),
        (say("First shown by the registry"), study.study_first_post_date, None),
        (say("Last change shown"), study.last_update_post_date, None),
        (say("Results shown"), study.results_first_post_date, None),
    ):
        if date:
            yield f"{name}: {date}" + (f" ({kinds.get(kind, kind.lower())})" if kind else "")


def _record(study: Study) -> Iterator[str]:
    yield study.url
    for reference in study.references:
        yield f"- {say((reference.type or 'reference').lower())}: {one_line(reference.citation)}"
    for document in study.large_documents:
        words = one_line(document.label) if document.label else say("without a name")
        yield say("- document: {name} ({day})").format(name=words, day=document.date or say("no date"))
    if study.nct_id_aliases:
        yield say("Earlier ids: {ids}").format(ids=", ".join(study.nct_id_aliases))
    for problem in study.problems:
        form = (
            say("Shown as it stands, not in the promised shape: {what}")
            if "unknown value" in problem
            else say("Left out, not in the promised shape: {what}")
        )
        yield form.format(what=one_line(problem))
    yield say("The registry's text may be incomplete; a registry entry is not an approval.")
