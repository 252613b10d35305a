"""``trialfinder match --to FOLDER``: a page for the doctor for each of the best studies, and an index of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from trialfinder.base.text import count
from trialfinder.base.tongue import speaking
from trialfinder.catalogue.select import Selection
from trialfinder.cli.page_command import TELLS, TELLS_FACTS, checked_paper
from trialfinder.cli.run import Run
from trialfinder.errors import InputError

if TYPE_CHECKING:
    from trialfinder.catalogue.gazetteer import KnownPlace
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.catalogue.matching import Match
    from trialfinder.person import Profile

_BEST = 10


@dataclass(frozen=True, slots=True)
class AskedPages:
    """Where the pages go, in which language, whether the person's facts may be written down, and as PDF of which size.

    ``pdf`` is None for HTML alone; ``force``: also over pages that somebody changed.
    """

    folder: Path
    language: str
    with_facts: bool
    pdf: Literal["a4", "us-letter"] | None = None
    force: bool = False

    def write(
        self, run: Run, catalogue: Catalogue, person: Profile, selection: Selection, place: KnownPlace | None,
        most: int | None,
    ) -> None:  # fmt: skip
        """Writes them, all or nothing; what takes nobody any more, or is for another illness, is left out and told.

        ``most`` is how many; None: the best ten. How far a site is stands there with facts only: it tells where one is.
        """
        from trialfinder.catalogue.matching import match_rows
        from trialfinder.judge.own.own_illness import OTHER
        from trialfinder.pages.doctor_pages import write_pages
        from trialfinder.pages.doctor_study import Asker
        from trialfinder.pages.translations import translator

        matches = match_rows(catalogue, person, selection.rows, place)
        alive = [match for match in matches if match.group != "over"]
        own = [match for match in alive if match.closeness != OTHER]
        over, other = len(matches) - len(alive), len(alive) - len(own)
        left = f"{_studies(over)} left out that take nobody any more; " if over else ""
        left += f"{_studies(other)} left out that are for another illness than the one you told; " if other else ""
        if not own:
            run.say(f"{left}nothing is left, so no page was written.")
            return
        best = own[: most or _BEST]
        asker = Asker(person, self.with_facts, place, tell_distance=self.with_facts)
        with speaking(translator(self.language)):
            folder = self.folder.expanduser()
            write_pages(catalogue, best, asker, folder, language=self.language, pdf=self.pdf, force=self.force)
        run.say(f"{self.folder}: {count(len(best), 'page')} of {_studies(len(own))}; {left}{_order(best)}.")
        run.say(f"Open {self.folder / 'index.html'}. {TELLS_FACTS if self.with_facts else TELLS}")


def _order(best: list[Match]) -> str:
    """In which order the pages are; "the best" is said only where nothing speaks or warns."""
    barred = sum(match.group in ("would_have_to", "conflict") for match in best)
    warned = sum(match.group == "warned" for match in best)
    told = [f"something speaks against {barred} of them"] if barred else []
    told += [f"{warned} of them with strong warning signs"] if warned else []
    return "; ".join(["in the order of match", *told]) if told else "the best first"


def _studies(number: int) -> str:
    return count(number, "study", "studies")


def asked_pages(
    to: Path | None, other: object, language: str, pdf: str | None, *, with_facts: bool, sheets: bool = False,
    force: bool = False,
) -> AskedPages | None:  # fmt: skip
    """The pages that the options ask for, None for none; ``other`` is an option that asks for something else.

    ``sheets``: the sheets of a group are asked for, which speak the language, too.

    Raises:
        InputError: the options cannot be meant together, or the folder or the language will not do.
    """
    from trialfinder.pages.translations import checked_language, translator

    if to is None:
        if with_facts or (language != "en" and not sheets) or pdf:
            raise InputError(
                "--with-facts, --language and --pdf are about the pages of --to FOLDER; --language also about --sheets"
            )
        translator(checked_language(language))
        return None
    if other:
        raise InputError("--to writes pages for one person and many studies; leave out --explain and --group")
    from trialfinder.pages.site_folder import PAGES, check_folder

    translator(checked_language(language))
    check_folder(to.expanduser(), PAGES, force=force)
    return AskedPages(to, language, with_facts, checked_paper("--pdf", pdf) if pdf else None, force)
