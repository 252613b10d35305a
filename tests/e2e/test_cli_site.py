"""``trialfinder site`` and ``trialfinder plot``: what stands in the folder afterwards, and what is left alone."""

from __future__ import annotations

import contextlib
import html
import json
import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

import pytest

from tests.e2e.made import study
from tests.e2e.program import Program
from trialfinder.pages import site_folder

MANIFEST = "trialfinder-site.json"


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file but hidden ones, with its content and its time."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def sheet_cells(path: Path) -> object:
    """What stands in a workbook or a table; a workbook names other things than its cells in another order."""
    if path.suffix == ".csv":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in sorted(archive.namelist()) if "worksheets" in name]


class Links(HTMLParser):
    """All addresses that a page names, and all scripts that stand in it."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses += [value for name, value in attrs if name in ("href", "src") and value is not None]
        self.inline += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        self.inline += [tag] if tag == "style" or (tag == "script" and "src" not in given) else []
        self.ids |= {given["id"]} if given.get("id") else set()  # type: ignore[arg-type] # checked just before


def links(page: Path) -> Links:
    found = Links()
    found.feed(page.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def built(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a store and the site of it, which takes seconds to build; to be copied."""
    home = tmp_path_factory.mktemp("built")
    shutil.copytree(filled_home / "trialfinder", home / "trialfinder")
    assert Program(home)("site", "public", "--offline").code == 0
    return home


@pytest.fixture
def site(built: Path, filled: Program) -> Path:
    """The site in a home of the test's own, with the store that it was built from; files keep their times."""
    shutil.copytree(built, filled.home, dirs_exist_ok=True)
    return filled.home / "public"


def test_every_link_leads_somewhere_in_the_folder(site: Path) -> None:
    """And nothing is loaded from elsewhere; outside lead only links to the registry, to a mailbox or a telephone."""
    pages = sorted(site.rglob("*.html"))
    assert len([page for page in pages if page.parent.name == "studies"]) == 30
    for page in pages:
        found = links(page)
        assert found.inline == [], page
        for address in found.addresses:
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme in ("mailto", "tel") or address.startswith("https://clinicaltrials.gov/study/NCT")
            else:
                assert (page.parent / parts.path).is_file() or not parts.path, (page, address)
                assert not parts.fragment or parts.path or parts.fragment in found.ids


def test_the_start_page_counts_the_answers(site: Path) -> None:
    """Ten studies recruit, ten have completed and ten were withdrawn (tests/e2e/made.py)."""
    text = (site / "index.html").read_text(encoding="utf-8")
    cards = re.findall(r'<li class="(\w+)">.*?<b>(\d+)</b>', text)
    assert cards == [("yes", "10"), ("not_yet", "0"), ("unsure", "0"), ("no", "20")]
    assert "No stem-cell therapy is approved for any neuropathy." in text
    assert "The registry was last asked on November 20, 2026." in text
    assert text.count("<tr class=") == 30


def test_a_study_page_says_it_in_plain_words(site: Path) -> None:
    text = (site / "studies" / "NCT90000001.html").read_text(encoding="utf-8")
    flat = html.unescape(" ".join(re.sub(r"<[^>]+>", " ", text).split()))
    assert "Can it be joined? Yes" in flat
    assert "Why: is recruiting at 1 of 1 listed sites" in flat
    assert "recruiting , as of September 2026, when the sponsor last confirmed it" in flat
    assert "How old this is: the record as the registry changed it on October 31, 2026; see the list of all" in flat
    assert 'href="../index.html#fresh"' in text
    assert "mesenchymal stem cells; from: umbilical cord" in flat
    assert "You may be asked for…" in flat and "Not if…" in flat
    assert "The registry's sentence" in flat
    assert "What it does not mean" in flat
    assert 'href="https://clinicaltrials.gov/study/NCT90000001"' in text


def test_the_same_list_as_csv_and_excel(site: Path) -> None:
    lines = (site / "trials.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 31 and lines[0].startswith("nct_id,brief_title")
    assert (site / "trials.xlsx").read_bytes().startswith(b"PK")
    assert (site / "feed.atom").read_text(encoding="utf-8").startswith("<?xml")


def test_the_same_list_in_words(filled: Program, site: Path) -> None:
    """As ``export --for-people`` writes it; the start page leads to it."""
    for form in ("xlsx", "csv"):
        assert filled("export", f"words.{form}", "--for-people", "--offline").code == 0
        name = f"trials-in-words.{form}"
        assert f'<a href="{name}" download>' in (site / "index.html").read_text(encoding="utf-8")
        assert sheet_cells(site / name) == sheet_cells(filled.home / f"words.{form}")


def test_a_second_build_writes_nothing(filled: Program, site: Path) -> None:
    before = contents(site)
    done = filled("site", "public", "--offline")
    assert "; 0 files of" in done.err
    assert contents(site) == before


def test_a_day_later_only_the_line_of_the_day_moves(filled: Program, site: Path) -> None:
    before = contents(site)
    assert filled.later(hours=20)("site", "public", "--offline").code == 0
    after = contents(site)
    changed = {name for name in after if after[name] != before[name]}
    # The workbook in words says on its cover of which day it is: it is passed on without the site.
    assert changed == {"pictures.html", "pictures/timeline.svg", "trials-in-words.xlsx", MANIFEST}


def test_only_what_changed_is_written_and_what_is_gone_is_taken_away(filled: Program, site: Path) -> None:
    before = contents(site)
    assert filled("site", "public", "--offline", "--sponsor", "Harbour").code == 0
    after = contents(site)
    assert len([name for name in after if name.startswith("studies/")]) == 5
    assert not (site / "groups" / "joinable-no.html").exists()
    same = [name for name in after if name.startswith("studies/") and after[name] == before[name]]
    assert len(same) == 5
    assert set(json.loads((site / MANIFEST).read_text())["files"]) == set(after) - {MANIFEST}


def test_no_file_of_another_maker_is_touched(filled: Program, site: Path) -> None:
    (site / "studies" / "mine.txt").write_text("mine")
    (site / "CNAME").write_text("trials.example.org")
    assert filled("site", "public", "--offline", "--limit", "1").code == 0
    assert (site / "studies" / "mine.txt").read_text() == "mine"
    assert (site / "CNAME").read_text() == "trials.example.org"


def test_a_file_in_the_way_stops_the_build_before_anything_changes(filled: Program, site: Path) -> None:
    assert filled("site", "public", "--offline", "--limit", "1").code == 0
    (site / "studies" / "NCT90000002.html").write_text("notes of mine")
    before = contents(site)
    done = filled("site", "public", "--offline")
    assert done.code == 2 and "is not of the site and stands in its place" in done.one_line()
    assert contents(site) == before


def test_a_page_that_somebody_changed_is_not_written_over(filled: Program, site: Path) -> None:
    page = site / "studies" / "NCT90000002.html"
    page.write_text(page.read_text("utf-8").replace("</body>", "<p>Tom rang them</p></body>"), encoding="utf-8")
    before = contents(site)
    done = filled("site", "public", "--offline")
    assert done.code == 2
    assert "studies/NCT90000002.html has changed since trialfinder wrote this" in done.one_line()
    assert contents(site) == before
    assert filled("site", "public", "--offline", "--force").code == 0
    assert "Tom rang" not in page.read_text(encoding="utf-8")
    assert filled("site", "public", "--offline").code == 0


def test_what_a_killed_run_left_half_published_does_not_look_changed(tmp_path: Path) -> None:
    folder, built = tmp_path / "site", tmp_path / "built"
    folder.mkdir()
    for words in ("first", "second"):
        built.mkdir(exist_ok=True)
        for name in ("a.html", "b.html"):
            (built / name).write_text(words, encoding="utf-8")
        moving = mock.patch.object(Path, "replace", stops_at(folder / "b.html", words == "second"))
        with moving, contextlib.suppress(KeyboardInterrupt):
            site_folder.publish(built, folder)
    assert [(folder / name).read_text("utf-8") for name in ("a.html", "b.html")] == ["second", "first"]
    site_folder.check_folder(folder)


def stops_at(place: Path, wanted: bool) -> Callable[[Path, Path], Path]:
    """Moves files, and ends the run where a file would come to a place."""
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if wanted and Path(target) == place:
            raise KeyboardInterrupt
        return real(self, target)

    return replace


def test_a_folder_with_other_things_is_refused(filled: Program) -> None:
    other = filled.home / "documents"
    other.mkdir()
    (other / "letter.txt").write_text("dear")
    done = filled("site", "documents", "--offline")
    assert done.code == 2 and "holds other things (letter.txt)" in done.one_line()
    assert [path.name for path in other.iterdir()] == ["letter.txt"]
    done = filled("site", "documents/letter.txt", "--offline")
    assert done.code == 2 and "is a file" in done.one_line()


@pytest.mark.parametrize("name", ["about.html", "studies/NCT90000002.html"])
def test_a_page_that_somebody_changed_is_not_written_over_unasked(filled: Program, site: Path, name: str) -> None:
    """Neither where it would be made anew nor where it would be taken away, and on a day without news as well."""
    with (site / name).open("a", encoding="utf-8") as file:
        file.write("<!-- our telephone: 555 -->")
    before = contents(site)
    for arguments in (["--limit", "1"], []):
        done = filled("site", "public", "--offline", *arguments)
        assert done.code == 2
        assert (
            f"{name} has changed since trialfinder wrote this; name another folder, or add --force" in done.one_line()
        )
        assert contents(site) == before
    assert filled("site", "public", "--offline", "--force").code == 0
    assert "our telephone" not in (site / name).read_text(encoding="utf-8")
    assert filled("site", "public", "--offline").code == 0


def test_a_run_that_was_killed_leaves_no_page_that_looks_changed(
    filled: Program, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[Path] = []
    replace = Path.replace

    def killed(path: Path, target: Path) -> Path:
        if "studies" in target.parts:
            raise KeyboardInterrupt
        moved.append(target)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", killed)
    assert filled("site", "public", "--offline", "--language", "es").code != 0
    assert {path.name for path in moved} > {"about.html", MANIFEST}
    monkeypatch.undo()
    done = filled("site", "public", "--offline", "--language", "es")
    assert done.code == 0, done.err
    assert set(json.loads((site / MANIFEST).read_text())) == {"about", "files"}


def test_a_link_that_leads_out_is_not_followed(filled: Program, site: Path) -> None:
    elsewhere = filled.home / "elsewhere"
    (site / "studies").rename(elsewhere)
    (site / "studies").symlink_to(elsewhere)
    before = contents(elsewhere)
    done = filled("site", "public", "--offline", "--limit", "1")
    assert done.code == 2 and "leads elsewhere" in done.one_line()
    assert contents(elsewhere) == before


def test_news_speak_of_no_time_before_the_history_began(filled: Program) -> None:
    assert filled("site", "public", "--offline").code == 0
    said = " ".join((filled.home / "public" / "changes.html").read_text(encoding="utf-8").split())
    assert "Nothing changed since this list began on " in said and "half year" not in said


def test_an_unknown_language_or_picture_is_one_line(filled: Program) -> None:
    assert "the languages are en, es, ko" in filled("site", "public", "--language", "fr", "--offline").one_line()
    assert not (filled.home / "public").exists()
    assert "use one of map, timeline, counts" in filled("plot", "pie", "a.svg", "--offline").one_line()
    assert "use .svg or .png" in filled("plot", "map", "a.pdf", "--offline").one_line()


@pytest.mark.parametrize("kind", ["map", "timeline", "counts"])
def test_a_picture_is_drawn(filled: Program, kind: str) -> None:
    done = filled("plot", kind, f"{kind}.svg", "--offline")
    assert done.code == 0, done.err
    text = (filled.home / f"{kind}.svg").read_text(encoding="utf-8")
    assert text.startswith("<svg") and "<script" not in text and "http://www.w3.org/2000/svg" in text
    assert re.search(r'<svg[^>]* role="img"><title>[^<]+</title><desc>[^<]+</desc>', text)
    for words in ("Studies from the public registry ClinicalTrials", "The registry was last asked on", "No stem-cell"):
        assert words in text


def test_a_picture_as_png(filled: Program) -> None:
    assert filled("plot", "counts", "counts.png", "--offline").code == 0
    assert (filled.home / "counts.png").read_bytes().startswith(b"\x89PNG")


def test_it_works_without_a_store(program: Program) -> None:
    """From the studies that come with the program; each page says that its words are not the registry's."""
    done = program("site", "public", "--offline")
    assert done.code == 0, done.err
    index = (program.home / "public" / "index.html").read_text(encoding="utf-8")
    assert index.count("<tr class=") == 55 and "never current" in index
    page = (program.home / "public" / "studies" / "NCT05507697.html").read_text(encoding="utf-8")
    assert "restated by the makers of this program" in page
    assert "As restated" in page and "The registry's sentence" not in html.unescape(page)
    rows = {row.split(".html")[0][-11:]: row for row in index.split("<tr class=")[1:]}
    marked = {nct_id for nct_id, row in rows.items() if "careful: strong sign" in row}
    assert marked == {"NCT04684602", "NCT03899298", "NCT05147701"}
    assert "How old this is: a copy as of October 10, 2022, from the snapshot" in " ".join(page.split())
    about = (program.home / "public" / "about.html").read_text(encoding="utf-8")
    assert "How old this is: From the snapshot that comes with trialfinder" in " ".join(about.split())
    assert "No history of these studies is kept yet" in (program.home / "public" / "changes.html").read_text(
        encoding="utf-8"
    )


def hostile(program: Program) -> Path:
    """A file with one record that tries everything."""
    record = study(1)
    protocol = record["protocolSection"]
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202egnp.exe{{ 7*7 }}{% raw %}'
    protocol["identificationModule"]["briefTitle"] = evil + "x" * 1_000_000
    protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"] = evil
    protocol["contactsLocationsModule"]["centralContacts"] = [
        {"name": evil, "phone": "javascript:alert(3)", "email": "javascript:alert(4)@example.org"}
    ]
    protocol["contactsLocationsModule"]["locations"][0] |= {"facility": evil, "city": evil, "country": evil}
    protocol["conditionsModule"]["conditions"] = [evil]
    protocol["eligibilityModule"]["eligibilityCriteria"] = f"Inclusion Criteria:\n* {evil}\n* Age 18 or older {evil}"
    protocol["armsInterventionsModule"]["interventions"][0]["name"] = evil
    path = program.home / "hostile.jsonl"
    path.write_text(json.dumps(record) + "\n")
    return path


def test_hostile_text_stays_text(program: Program) -> None:
    assert program("site", "public", "--records", str(hostile(program)), "--all").code == 0
    site = program.home / "public"
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        found = links(page)
        assert found.inline == [] and "\u202e" not in text and len(text) < 100_000, page
        assert all(not address.lower().startswith(("javascript", "data")) for address in found.addresses)
    text = (site / "studies" / "NCT90000001.html").read_text(encoding="utf-8")
    assert "{{ 7*7 }}" in text and "mailto:javascript" not in text


def test_the_timeline_is_the_same_in_every_zone(filled: Program) -> None:
    """And the same that the tests' own process paints."""
    plot = ("plot", "timeline", "--offline", "--today", "2026-11-20")
    assert filled(*plot, "here.svg").code == 0
    for zone in ("UTC", "America/Los_Angeles"):
        done = filled.apart(*plot, f"{zone[:3]}.svg", TZ=zone)
        assert done.code == 0, done.err
        assert (filled.home / f"{zone[:3]}.svg").read_bytes() == (filled.home / "here.svg").read_bytes()


@pytest.mark.parametrize("words", [("site", "out"), ("plot", "map", "sites.svg")])
def test_without_the_extra_it_says_what_to_install(
    program: Program, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "babel", None)
    done = program(*words, "--offline")
    assert done.code == 2
    assert re.search(
        r"sites and pictures need babel; install with: .*pip install 'trialfinder\[pages\]' \(README: '\.\[pages\]'\)$",
        done.one_line(),
    )
    assert not (program.home / "out").exists()
