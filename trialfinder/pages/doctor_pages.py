"""A folder of doctor's pages, one a study, the best first, with an index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trialfinder.base.tongue import say
from trialfinder.base.whole_files import private
from trialfinder.classify import is_strong_warning
from trialfinder.pages.doctor_page import DoctorPage, doctor_page
from trialfinder.pages.doctor_study import Asker
from trialfinder.pages.labels import related_words, sign_name
from trialfinder.pages.paper_html import asset, page_html, policy, rendered
from trialfinder.pages.paper_pdf import Paper, page_pdf
from trialfinder.pages.site_folder import PAGES, Published, building, publish

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.catalogue.matching import Match


def write_pages(
    catalogue: Catalogue, matches: Sequence[Match], asker: Asker, folder: Path, *, language: str = "en",
    pdf: Paper | None = None, force: bool = False,
) -> Published:  # fmt: skip
    """Writes the pages of these studies in their order, and ``index.html``; all of it or nothing.

    ``pdf`` is the size of paper on which each page is set as PDF as well; None for none. ``force``: replace also
    pages that somebody changed since they were written.

    Raises:
        InputError: the folder holds other things, pages that were changed, or cannot be written to; or what makes PDF
            files is missing.
        AlreadyRunning: another process writes there.
    """
    pages = [doctor_page(catalogue, match.row["nct_id"], asker, language=language) for match in matches]
    names = [f"{number:02d}-{page.nct_id}.html" for number, page in enumerate(pages, start=1)]
    with private(asker.person is not None), building(folder, PAGES, force=force) as temporary:
        for name, page in zip(names, pages, strict=True):
            (temporary / name).write_text(page_html(page), encoding="utf-8", errors="replace", newline="\n")
            if pdf:
                (temporary / name).with_suffix(".pdf").write_bytes(_on_paper(catalogue, page, asker, pdf))
        listed = list(zip(names, pages, [headline(catalogue, match) for match in matches], strict=True))
        text = _index(listed, language, with_pdf=pdf is not None)
        (temporary / "index.html").write_text(text, encoding="utf-8", errors="replace", newline="\n")
        return publish(temporary, folder, PAGES, force=force)


def _on_paper(catalogue: Catalogue, page: DoctorPage, asker: Asker, size: Paper) -> bytes:
    def make(lines: float) -> DoctorPage:
        return doctor_page(catalogue, page.nct_id, asker, language=page.language, lines=lines)

    return page_pdf(make, catalogue.today, size)


def headline(catalogue: Catalogue, match: Match, *, alone: bool = False) -> str:
    """In which group a study stands for the person; ``alone``: without what is careful or lacking about this one."""
    group = group_words(match)
    if alone:
        return group
    strong = [sign_name(sign.id) for sign in catalogue.signs(match.row["nct_id"]) if is_strong_warning(sign)]
    careful = say("careful: strong warning sign: {signs}; ").format(signs=", ".join(strong)) if strong else ""
    lacking = say("our copy lacks criteria, so what bars may be missing; ") if match.verdict.lacks_criteria else ""
    related = related_words(match.row["relevance"], match.row["relevance_reason"])
    return careful + lacking + (f"{related}; " if related else "") + group


def group_words(match: Match) -> str:
    """The group in which a study stands for the person, in the language that is spoken."""
    return {
        "nothing_against": say("nothing against it was found; only the study team can say more"),
        "possible": say("something is still open"),
        "would_have_to": say(
            "something speaks against it as things stand (no drug is to be changed for a study without the doctor)"
        ),
        "warned": say("nothing that was read speaks against it, but it carries strong warning signs: read them first"),
        "other_illness": say("it is for another illness than the one that was told"),
        "conflict": say("something speaks against it"),
        "over": say("it takes nobody any more"),
    }[match.group]


def _index(listed: list[tuple[str, DoctorPage, str]], language: str, *, with_pdf: bool) -> str:
    from markupsafe import Markup

    style = asset("doctor_page.css")
    first = listed[0][1]
    words = {
        "listed": listed,
        "with_pdf": with_pdf,
        "notice": first.notice,
        "footer": (first.footer[0], *first.footer[2:]),
    }
    return rendered("doctor_index.html.j2", language, style=Markup(style), policy=policy(style), **words)
