"""The parts of a card that say of a thing that it is not there: of a copy of ours that means little."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from trialfinder.base.countries import plain_country
from trialfinder.base.enums import PHASE_WORDS, STATUS_WORDS
from trialfinder.base.text import one_line
from trialfinder.base.tongue import age_said, counted, say
from trialfinder.study.model import Location, Study
from trialfinder.tables.ages_of_text import limits_of_text
from trialfinder.tables.record_words import as_of
from trialfinder.tables.rows import contact_words

if TYPE_CHECKING:
    from trialfinder.base.values import Age, PartialDate
    from trialfinder.classify import Joinable
    from trialfinder.reading.nodes.tree import Criterion

_MOST_SITES = 40


def is_english() -> bool:
    """Whether English is spoken now."""
    return say("en") == "en"


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


def _age(age: Age | None) -> str:
    return "" if age is None else str(age) if is_english() else age_said(age)


class CardSides:
    """A study's status, people, design, places and contacts in lines; ``ours``: it is a copy that may lack things."""

    def __init__(self, study: Study, ours: bool) -> None:
        self._study = study
        self._ours = ours
        self.unsaid = say("not in our copy") if ours else say("the registry does not say")

    def _yes_no(self, value: bool | None) -> str:
        return self.unsaid if value is None else say("yes") if value else say("no")

    def joining(self, joinable: Joinable, today: dt.date) -> Iterator[str]:
        """Whether it can be joined, its status, and how long ago somebody confirmed that."""
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
        """Conditions, ages, sex, and whether healthy people are taken."""
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
        """Kind, phase, groups, how many people, who watches and who regulates it."""
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
        parts = (place.facility, place.city, place.state, plain_country(place.country or ""))
        name = ", ".join(one_line(part) for part in parts if part)
        status = self._study.site_status(place)
        none = say("site status not in our copy") if self._ours else say("site status not stated")
        state = _status(status) if status else none
        return f"- {name or say('a site without a name')}: {state}{as_of(self._study, status)}"

    def places(self) -> Iterator[str]:
        """The sites with their status and contacts; of many the first."""
        sites = self._study.locations
        for place in sites[:_MOST_SITES]:
            yield self._place(place)
            for contact in place.contacts:
                yield f"    {one_line(contact_words(contact))}"
        if len(sites) > _MOST_SITES:
            more = say("- and {n} more sites, all of them in: {command}")
            yield more.format(n=len(sites) - _MOST_SITES, command="trialfinder export sites.csv --table locations")

    def contacts(self) -> Iterator[str]:
        """Whom to write to or call, who is responsible, and who pays."""
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
