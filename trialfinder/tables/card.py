"""One study as a card that a person can read and hand to a doctor: plain lines, nothing left out in silence."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from trialfinder.base.enums import PHASE_WORDS, STATUS_WORDS
from trialfinder.base.text import count, one_line, plain
from trialfinder.classify import is_strong_warning
from trialfinder.study.model import Location, Study
from trialfinder.tables.record_words import as_of, product_words, shown_by
from trialfinder.tables.rows import contact_words

if TYPE_CHECKING:
    from trialfinder.classify import Classification, Joinable, Sign
    from trialfinder.reading.nodes.tree import Criterion

_NOT_SAID = "the registry does not say"
_SENTENCE = re.compile(r"(?<=[.)]) (?=[A-Z\d])")
_ON_JOINING = re.compile(r"status|recruit|registered twice|allowed|site", re.IGNORECASE)
_SAID_OF_THE_REGISTRY = re.compile(f"{_NOT_SAID}|never stated|not stated")
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
    whose = "our words, not the registry's" if reworded else "the sponsor's words"
    title = one_line(study.brief_title or study.official_title or "(no title)")
    found_signs = tuple(signs)
    lines = [*_wrapped(f"{study.nct_id}  {title}", width), *_strong(found_signs, width), ""]
    for title, content in (
        ("Can it be joined?", (*_joining(study, joinable, today), *_about_copy(note, joining=True))),
        ("What is given", _given(study, found)),
        ("For whom", _people(study, criteria)),
        ("Design", _design(study)),
        ("What is measured", _outcomes(study)),
        ("Where", _places(study)),
        ("Whom to ask", _contacts(study)),
        (f"Summary ({whose})", _prose(study.brief_summary)),
        (f"Who may take part ({whose})", _prose(study.eligibility_criteria)),
        ("Signs that the record shows", _signs(found_signs)),
        ("Dates", _dates(study)),
        ("Record", (*_record(study), *_about_copy(note, joining=False), *read_where)),
    ):
        said = [_of_a_copy(line) if reworded else line for line in (*content,) or (_NOT_SAID,)]
        lines += [title, *(part for line in said for part in _wrapped(line, width, "  ")), ""]
    if found.cell_product not in ("none", "not_stated"):
        lines += [*_wrapped(notice, width), ""]
    return lines


def _about_copy(note: str, *, joining: bool) -> Iterator[str]:
    """The sentences of what other copies say that concern joining, or the others."""
    sentences = [each for each in _SENTENCE.split(note) if each and bool(_ON_JOINING.search(each)) is joining]
    if sentences:
        yield f"About our copy: {' '.join(sentences)}"


def _of_a_copy(line: str) -> str:
    return _SAID_OF_THE_REGISTRY.sub("not in our copy", line).replace("limit stated", "limit in our copy")


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    deeper = indent + ("    " if text.lstrip().startswith(("-", "*")) else "")
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=deeper, break_long_words=True, break_on_hyphens=False
    ) or [""]


def whether_joinable(joinable: Joinable) -> str:
    """Whether a study can be joined, and why: "No: was withdrawn before anybody joined"."""
    answer = {"yes": "Yes", "not_yet": "Not yet", "no": "No", "unsure": "Unsure"}[joinable.answer]
    return f"{answer}: {joinable.reason}"


def _joining(study: Study, joinable: Joinable, today: dt.date) -> Iterator[str]:
    yield whether_joinable(joinable)
    yield f"Status: {STATUS_WORDS.get(study.overall_status or '', study.overall_status or _NOT_SAID)}"
    if study.last_known_status:
        yield f"Status before it became unknown: {STATUS_WORDS.get(study.last_known_status, study.last_known_status)}"
    if study.why_stopped:
        yield f"Why it was stopped: {one_line(study.why_stopped)}"
    if study.status_verified_date:
        months = (today.year - study.status_verified_date.earliest().year) * 12 + (
            today.month - study.status_verified_date.earliest().month
        )
        yield f"Last verified by the sponsor: {study.status_verified_date} ({count(max(0, months), 'month')} ago)"
    else:
        yield "Last verified by the sponsor: never stated"


def _given(study: Study, found: Classification) -> Iterator[str]:
    for item in study.interventions:
        kind = (item.type or "OTHER").replace("_", " ").lower()
        yield f"- {one_line(item.name)} ({kind})" + (f": {one_line(item.description)}" if item.description else "")
    for group in study.arm_groups:
        given = ", ".join(one_line(name) for name in group.intervention_names)
        yield f"- group {one_line(group.label)}" + (f": {given}" if given else "")
    words = product_words(found.cell_product, found.cell_source, found.donor)
    if words:
        yield f"Read from the record: {words}"


def _people(study: Study, criteria: Sequence[Criterion]) -> Iterator[str]:
    from trialfinder.tables.ages_of_text import limits_of_text

    by_text = limits_of_text(study, criteria)
    yield "Conditions: " + (", ".join(one_line(c) for c in study.conditions) or _NOT_SAID)
    low = str(study.minimum_age) if study.minimum_age else "no lower limit stated"
    high = str(study.maximum_age) if study.maximum_age else "no upper limit stated"
    yield f"Ages: {low} to {high}{f'; {by_text}' if by_text else ''}"
    sex = {"ALL": "women and men", "FEMALE": "women", "MALE": "men"}.get(study.sex or "", _NOT_SAID)
    yield f"Sex: {sex}" + (f" ({one_line(study.gender_description)})" if study.gender_description else "")
    yield f"Healthy volunteers: {_yes_no(study.healthy_volunteers)}"


_NAMED = {
    "NA": PHASE_WORDS["NA"], "NONE": "nobody (all know)", "SINGLE": "one party", "DOUBLE": "two parties",
    "TRIPLE": "three parties", "QUADRUPLE": "four parties",
}  # fmt: skip


def _design(study: Study) -> Iterator[str]:
    phases = "/".join(PHASE_WORDS.get(phase, phase) for phase in study.phases) or _NOT_SAID
    kind = (study.study_type or _NOT_SAID).lower().replace("_", " ")
    yield f"Kind: {kind}; phase: {phases}"
    parts = [
        f"{label}: {_NAMED.get(value) or value.lower().replace('_', ' ')}"
        for label, value in (
            ("purpose", study.primary_purpose),
            ("groups", study.intervention_model or study.observational_model),
            ("put into groups", study.allocation),
            ("who is not told what is given", study.masking),
        )
        if value
    ]
    if parts:
        yield "; ".join(parts).capitalize()
    people = (
        count(study.enrollment_count, "person", "people") if study.enrollment_count is not None else "number unknown"
    )
    yield f"People: {people}" + (f" ({study.enrollment_type.lower()})" if study.enrollment_type else "")
    yield f"Data monitoring committee: {_yes_no(study.oversight_has_dmc)}"
    yield (
        f"Regulated by the US agency: as a drug or biological {_yes_no(study.is_fda_regulated_drug)}, "
        f"as a device {_yes_no(study.is_fda_regulated_device)}"
    )


def _outcomes(study: Study) -> Iterator[str]:
    for item in study.outcomes:
        yield f"- {item.kind}: {one_line(item.measure)}" + (
            f" [{one_line(item.time_frame)}]" if item.time_frame else ""
        )


def _place(study: Study, place: Location) -> str:
    name = ", ".join(one_line(p) for p in (place.facility, place.city, place.state, place.country) if p)
    status = study.site_status(place)
    state = STATUS_WORDS.get(status, status) if status else "site status not stated"
    return f"- {name or 'a site without a name'}: {state}{as_of(study, status)}"


def _places(study: Study) -> Iterator[str]:
    for place in study.locations[:_MOST_SITES]:
        yield _place(study, place)
        for contact in place.contacts:
            yield f"    {one_line(contact_words(contact))}"
    if len(study.locations) > _MOST_SITES:
        rest = len(study.locations) - _MOST_SITES
        yield f"- and {rest} more sites, all of them in: trialfinder export sites.csv --table locations"


def _contacts(study: Study) -> Iterator[str]:
    for contact in study.central_contacts:
        yield f"- {one_line(contact_words(contact))}"
    for official in study.officials:
        role = (official.role or "official").lower().replace("_", " ")
        where = f", {one_line(official.affiliation)}" if official.affiliation else ""
        yield f"- {one_line(official.name)}{where} ({role})"
    if not (study.central_contacts or study.officials or any(place.contacts for place in study.locations)):
        yield f"Whom to write to or call: {_NOT_SAID}"
    yield f"Sponsor: {one_line(study.lead_sponsor or _NOT_SAID)}"
    if study.collaborators:
        yield "With: " + "; ".join(one_line(sponsor.name) for sponsor in study.collaborators)


def _prose(text: str) -> Iterator[str]:
    for line in plain(text).split("\n"):
        if line.strip():
            yield line.rstrip()


def _strong(signs: Iterable[Sign], width: int) -> Iterator[str]:
    """The strong warning signs, for the top: a telephone number further down must not be found before them."""
    for sign in signs:
        if is_strong_warning(sign):
            asked = f" Ask: {one_line(sign.question)}" if sign.question else ""
            yield from _wrapped(f"STRONG WARNING SIGN: {sign.id.replace('_', ' ')}.{asked}", width, "  ")


def _signs(signs: Iterable[Sign]) -> Iterator[str]:
    found = list(signs)
    for kind, title in (("warning", "To be careful about"), ("protective", "Speaking for it")):
        chosen = [sign for sign in found if sign.kind == kind]
        if chosen:
            yield f"{title}:"
        for sign in chosen:
            field, quote = shown_by(sign.field, sign.quote)
            yield f"- {sign.id.replace('_', ' ')} ({sign.strength}; {field}) {quote}".rstrip()
            if kind == "warning" and sign.question:
                yield f"    Ask: {one_line(sign.question)}"
    if not found:
        yield "None was found. That is no judgement: a record shows little."


def _dates(study: Study) -> Iterator[str]:
    for label, date, kind in (
        ("Start", study.start_date, study.start_date_type),
        ("Last main measurement", study.primary_completion_date, study.primary_completion_date_type),
        ("End", study.completion_date, study.completion_date_type),
        ("First shown by the registry", study.study_first_post_date, None),
        ("Last change shown", study.last_update_post_date, None),
        ("Results shown", study.results_first_post_date, None),
    ):
        if date:
            yield f"{label}: {date}" + (f" ({kind.lower()})" if kind else "")


def _record(study: Study) -> Iterator[str]:
    yield study.url
    for reference in study.references:
        yield f"- {(reference.type or 'reference').lower()}: {one_line(reference.citation)}"
    for document in study.large_documents:
        yield f"- document: {one_line(document.label or 'without a name')} ({document.date or 'no date'})"
    if study.nct_id_aliases:
        yield "Earlier ids: " + ", ".join(study.nct_id_aliases)
    for problem in study.problems:
        kept = "unknown value" in problem
        what = "Shown as it stands" if kept else "Left out"
        yield f"{what}, not in the promised shape: {one_line(problem)}"
    yield "The registry's text may be incomplete; a registry entry is not an approval."


def _yes_no(value: bool | None) -> str:
    return _NOT_SAID if value is None else "yes" if value else "no"
