"""One study as a card that a person can read and hand to a doctor: plain lines, nothing left out in silence.

In the language that is spoken; the registry's own text stays as it is.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from trialfinder.base import lazy_re as re
from trialfinder.base.text import one_line, plain
from trialfinder.base.tongue import say, unmarked
from trialfinder.classify import gone_words, is_strong_warning
from trialfinder.pages.card_parts import CardSides, is_english
from trialfinder.pages.labels import field_value, label, sign_name
from trialfinder.pages.study_page import given_words
from trialfinder.study.model import Study
from trialfinder.tables.notice import machine_words
from trialfinder.tables.record_words import product_words, shown_by

if TYPE_CHECKING:
    from trialfinder.classify import Classification, Joinable, Sign
    from trialfinder.reading.nodes.tree import Criterion

_SENTENCE = re.compile(r"(?<=[.)]) (?=[A-Z\d])")
_ON_JOINING = re.compile(r"status|recruit|registered twice|allowed|site", re.IGNORECASE)


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
    sides, found_signs = CardSides(study, reworded), tuple(signs)
    title = one_line(study.brief_title or study.official_title or say("(no title)"))
    gone = _wrapped(gone_words(study), width, "  ") if study.gone else ()
    lines = [*_wrapped(f"{study.nct_id}  {title}", width), *gone, *_strong(found_signs, width), ""]
    for title, content in (
        (say("Can it be joined?"), (*sides.joining(joinable, today), *_about_copy(note, joining=True))),
        (say("What is given"), _given(study, found)),
        (say("For whom"), sides.people(criteria)),
        (say("Design"), sides.design()),
        (say("What is measured"), _outcomes(study)),
        (say("Where"), sides.places()),
        (say("Whom to ask"), sides.contacts()),
        (_whose(reworded)[0], _prose(study.brief_summary)),
        (_whose(reworded)[1], _prose(study.eligibility_criteria)),
        (say("Signs that the record shows"), _signs(found_signs)),
        (say("Dates"), _dates(study)),
        (say("Record"), (*_record(study), *_about_copy(note, joining=False), *read_where)),
    ):
        said = (*content,) or (sides.unsaid,)
        lines += [title, *(part for line in said for part in _wrapped(line, width, "  ")), ""]
    if found.cell_product not in ("none", "not_stated"):
        lines += [*_wrapped(notice, width), ""]
    return lines if is_english() else [*lines, *_wrapped(machine_words(), width), ""]


def _whose(reworded: bool) -> tuple[str, str]:
    """What the summary and the criteria are called."""
    if reworded:
        return say("Summary (our words, not the registry's)"), say("Who may take part (our words, not the registry's)")
    return say("Summary (the sponsor's words)"), say("Who may take part (the sponsor's words)")


def _about_copy(note: str, *, joining: bool) -> Iterator[str]:
    """The sentences of what other copies say that concern joining, or the others."""
    sentences = [each for each in _SENTENCE.split(note) if each and bool(_ON_JOINING.search(each)) is joining]
    if sentences:
        yield say("About our copy: {note}").format(note=" ".join(sentences))


def where_read(as_of: str | None, sources: Iterable[str]) -> list[str]:
    """The lines for ``read_where``; ``as_of`` is None where nobody knows the day."""
    return [say("As of {day}, not current.").format(day=as_of or say("an unknown day")), *(f"- {s}" for s in sources)]


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    deeper = indent + ("    " if text.lstrip().startswith(("-", "*")) else "")
    return textwrap.wrap(
        unmarked(text), width, initial_indent=indent, subsequent_indent=deeper, break_long_words=True,
        break_on_hyphens=False,
    ) or [""]  # fmt: skip


def _given(study: Study, found: Classification) -> Iterator[str]:
    for item in study.interventions:
        kind = say((item.type or "OTHER").replace("_", " ").lower())
        yield f"- {one_line(item.name)} ({kind})" + (f": {one_line(item.description)}" if item.description else "")
    for group in study.arm_groups:
        given = ", ".join(one_line(name) for name in group.intervention_names)
        yield "- " + say("group {name}").format(name=one_line(group.label)) + (f": {given}" if given else "")
    words = product_words(found.cell_product, found.cell_source, found.donor)
    if words and not is_english():
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
    return sign.id.replace("_", " ") if is_english() else sign_name(sign.id)


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
    if is_english():
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
