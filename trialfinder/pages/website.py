"""A static site of the studies: plain files that work from a folder, without a server and without a request."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from trialfinder.base.text import one_line
from trialfinder.base.tongue import say, speaking
from trialfinder.base.values import PartialDate
from trialfinder.base.version import VERSION
from trialfinder.catalogue import towns
from trialfinder.catalogue.ahead import ReadAhead, reading_ahead
from trialfinder.classify import approval
from trialfinder.pages import drawings, search_words
from trialfinder.pages.facets import ListFacet, facets, numbers, values
from trialfinder.pages.labels import label
from trialfinder.pages.people_files import people_csv, people_workbook
from trialfinder.pages.people_sheet import people_row, sheet_head
from trialfinder.pages.short_names import explained
from trialfinder.pages.site_changes import ChangesPage, changes_page
from trialfinder.pages.site_entries import ANSWERS, ListedStudy, entry_of, in_order
from trialfinder.pages.site_folder import Published, building, publish
from trialfinder.pages.study_page import study_context
from trialfinder.pages.templating import environment, freshness, off_topic_words, part_words
from trialfinder.pages.translations import checked_language, day_words, translator
from trialfinder.tables import columns
from trialfinder.tables.exports import FORMATS

if TYPE_CHECKING:
    from jinja2 import Environment

    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.catalogue.select import ChosenPart
    from trialfinder.reading.nodes.tree import Criterion
    from trialfinder.tables.rows import Row

_ASSETS = Path(__file__).with_name("assets")
#: Pictures, and what waits for them and gives them painted.
Painted: TypeAlias = "tuple[list[drawings.Picture], Callable[[], list[bytes]]]"


@dataclass
class SiteInMaking:
    """A site on its way."""

    catalogue: Catalogue
    entries: list[ListedStudy]
    changes: ChangesPage
    language: str
    folder: Path
    pages: Environment
    part: ChosenPart | None = None

    def page(self, name: str, template: str, **more: Any) -> None:
        """Writes one page."""
        root = "../" * name.count("/")
        common = {"root": root, "page": name, "notice": _notice(self.language), "lasting": self._lasting()}
        text = self.pages.get_template(template).render(**common, **more)
        self.file(name, text.encode("utf-8", "replace"))

    def subject(self) -> drawings.Subject:
        """What the pictures show."""
        return drawings.Subject(self.entries, len(self.catalogue), self.catalogue.today.isoformat(), self.language)

    def freshness(self) -> str:
        """How old all of it is, in one sentence."""
        return freshness(self.catalogue, self.language)

    def _lasting(self) -> str:
        """How old all is, where that stays so: a sentence that changed with each refresh would change every page."""
        return self.freshness() if self.catalogue.origin.kind == "snapshot" else ""

    def file(self, name: str, content: bytes) -> None:
        """Writes one file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def build_site(
    catalogue: Catalogue,
    rows: list[Row],
    folder: Path,
    *,
    now: dt.datetime,
    language: str = "en",
    part: ChosenPart | None = None,
    force: bool = False,
) -> Published:
    """Builds the site of these rows, all of it or nothing, and moves into ``folder`` what is new or changed.

    Args:
        catalogue: where the rows come from.
        rows: of the table ``studies``; the list is empty afterwards (2,000 rows take as much memory as the program).
        folder: new, empty, or with an older site of this program.
        now: the present, with a time zone; only for how far the news goes back.
        language: of the program's words; the registry's text stays as it is.
        part: which of the studies these rows are; None: nobody knows.
        force: replace also pages that somebody changed since they were written.

    Raises:
        InputError: the folder holds other things, pages that were changed, or cannot be written to; or what draws the
            pictures is missing.
        AlreadyRunning: another process builds this site.
    """
    translate = translator(checked_language(language))
    with building(folder, force=force) as temporary:
        ordered = in_order(rows)
        rows.clear()
        with reading_ahead(catalogue, [row["nct_id"] for row in ordered]) as ahead:
            entries, words = _entries_and_files(catalogue, ordered, temporary, ahead)
            ordered.clear()
            towns.forget()
            with speaking(translate):
                changes = changes_page(catalogue, now, language)
                site = SiteInMaking(catalogue, entries, changes, language, temporary, environment(language), part)
                site.file("assets/search.js", search_words.script(words, entries))
                words.clear()
                _write(site, ahead)
        return publish(temporary, folder, force=force)


def _entries_and_files(
    catalogue: Catalogue, ordered: Sequence[Row], folder: Path, ahead: ReadAhead
) -> tuple[list[ListedStudy], dict[str, str]]:
    """The entries, and what the search box looks in.

    Fills in the signs of the rows, too, each with a look at the other studies of its sponsor; and writes them.
    """
    made, words = {}, {}
    for _, of_one in itertools.groupby(sorted(ordered, key=_sponsor), _sponsor):
        for row in ahead.beside(of_one):
            catalogue.add_signs([row])
            made[row["nct_id"]] = entry_of(catalogue, row)
            words[row["nct_id"]] = search_words.words_of(row)
        catalogue.let_go()  # no other sponsor looks at these
    for form in ("csv", "xlsx"):
        with (folder / f"trials.{form}").open("wb") as stream:
            stream.write(b"\xef\xbb\xbf" if form == "csv" else b"")  # else Excel takes it for another alphabet
            FORMATS[form].write(columns.table("studies"), ahead.beside(ordered), stream)
    return [made[row["nct_id"]] for row in ordered], words


def _sponsor(row: Row) -> str:
    return row["lead_sponsor"] or ""


def _write(site: SiteInMaking, ahead: ReadAhead) -> None:
    """All pages and files. Pictures are painted beside them as soon as nothing is read any more beside them: what
    paints takes as much memory as what reads."""
    _write_others(site)
    _write_lists(site, ahead)
    with contextlib.ExitStack() as stack:
        pictures, put = None, stack.enter_context(_in_words(site))
        for entry in ahead.beside(site.entries):
            ahead.wait_for(entry.nct_id)
            if pictures is None and ahead.is_done:
                pictures = stack.enter_context(_painting(site))
            criteria = site.catalogue.criteria([entry.nct_id]).get(entry.nct_id, ())
            context = study_context(site.catalogue, entry, site.language, criteria)
            site.page(f"studies/{entry.nct_id}.html", "study.html.j2", **context)
            put(entry, criteria)
            site.catalogue.let_go()
        _write_pictures(site, pictures or stack.enter_context(_painting(site)))


@contextlib.contextmanager
def _in_words(site: SiteInMaking) -> Iterator[Callable[[ListedStudy, Sequence[Criterion]], None]]:
    """The same list in words, as the sheet for people has it: what is given puts a study into its files."""
    head = sheet_head(site.catalogue, (e.nct_id for e in site.entries), language=site.language, part=site.part)
    book, table = (site.folder / f"trials-in-words.{form}" for form in ("xlsx", "csv"))
    with book.open("wb") as stream, people_workbook(head, stream) as put_in_book, table.open("wb") as lines:
        put_in_table = people_csv(head, lines)

        def put(entry: ListedStudy, criteria: Sequence[Criterion]) -> None:
            row = people_row(site.catalogue, entry, criteria, head)
            put_in_book(row)
            put_in_table(row)

        yield put


def _write_lists(site: SiteInMaking, ahead: ReadAhead) -> None:
    """All pages of several studies."""
    fresh = site.freshness()
    shown = facets(site.entries, site.language)
    counted = Counter(entry.answer for entry in site.entries)
    answers = [(code, label("joinable", code), counted[code]) for code in ANSWERS]
    world = drawings.world_map(site.subject())
    row, groups = site.pages.get_template("rows.html.j2").module.row, numbers(shown)  # type: ignore[attr-defined] # ours
    site.page("index.html", "index.html.j2", lines=[row(entry, "", groups(entry)) for entry in site.entries],
              facets=shown, answers=answers, freshness=fresh, part=part_words(site.part),
              off_topic=off_topic_words(site.part), map_words=f"{world.alternative} {world.beside}")  # fmt: skip
    lines = {entry.nct_id: row(entry, "../", "") for entry in site.entries}  # each stands in ten lists
    for facet in ahead.beside(shown):
        _groups(site, facet, lines)
    site.page("changes.html", "changes.html.j2", freshness=fresh, days=site.changes.days, left=site.changes.left,
              none_words=site.changes.none_words)  # fmt: skip
    site.page("about.html", "about.html.j2", version=VERSION, short=explained(), off_topic=off_topic_words(site.part))
    site.file("assets/words.css", _words_css(fresh).encode())


def _words_css(fresh: str) -> str:
    """The words that style sheets say: how old all is, beside a link to where it stands (so that no study's page
    changes with it), and the names of the columns where a list is shown without its head."""
    heads = ((3, say("Nerve condition")), (4, say("What is given")), (5, say("Whose cells")), (6, say("Phase")),
             (7, say("Countries")))  # fmt: skip
    lines = [f'.fresh::after {{ content: " ({_quoted(fresh)})"; }}', "@media screen and (max-width: 48rem) {"]
    lines += [f'  .list td:nth-child({at})::before {{ content: "{_quoted(words)}: "; }}' for at, words in heads]
    return "\n".join([*lines, "}", ""])


def _quoted(words: str) -> str:
    return words.replace("\\", " ").replace('"', " ").replace("\n", " ")


def _groups(site: SiteInMaking, facet: ListFacet, lines: Mapping[str, str]) -> None:
    """The list of each group; ``lines`` are the rows of all studies, ready."""
    for choice in facet.choices:
        found = [lines[entry.nct_id] for entry in site.entries if choice.value in values(entry, facet.key)]
        site.page(f"groups/{facet.key}-{choice.slug}.html", "group.html.j2", facet=facet, choice=choice, lines=found)


@contextlib.contextmanager
def _painting(site: SiteInMaking) -> Iterator[Painted]:
    """Begins to paint."""
    made = [make(site.subject()) for make in drawings.PICTURES.values()]
    with drawings.painting([*(picture.figure for picture in made), drawings.land()]) as drawn:
        yield made, drawn


def _write_pictures(site: SiteInMaking, painted: Painted) -> None:
    """Waits for the pictures, and writes them and their page."""
    made, drawn = painted
    for name, svg in zip([*(picture.name for picture in made), "land"], drawn(), strict=True):
        site.file(f"pictures/{name}.svg", svg)
    site.page("pictures.html", "pictures.html.j2", freshness=site.freshness(), pictures=made,
              part=part_words(site.part))  # fmt: skip


def _write_others(site: SiteInMaking) -> None:
    """What is no page: the feed, style and script."""
    from trialfinder.deliver.feed import atom

    site.file("feed.atom", atom(site.changes.events, updated=site.changes.updated))
    for asset in sorted(_ASSETS.iterdir()):
        (site.folder / "assets").mkdir(exist_ok=True)
        shutil.copyfile(asset, site.folder / "assets" / asset.name)


def _notice(language: str) -> str:
    said = approval()
    day = day_words(PartialDate.parse(str(said.as_of)), language)
    return f"{say(one_line(said.statement))} ({say('as of {day}').format(day=day)})"
