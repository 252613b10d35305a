"""A digest as text, Markdown, HTML and Atom: complete, harmless, and valid where there are rules."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from tests.unit.changes.edits import NOW, SEEN
from trialfinder.changes import Event, PersonNews, events_between
from trialfinder.changes.event_table import load
from trialfinder.changes.record_events import SeenAt, study_event
from trialfinder.deliver import Digest, make_digest, render, write_feed
from trialfinder.deliver.digest import digest_key
from trialfinder.deliver.feed import atom, entry_id
from trialfinder.errors import InputError
from trialfinder.store import Store
from trialfinder.tables.notice import approval_notice

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def digest(store: Store) -> Digest:
    return make_digest(tuple(events_between(store, 0)))


def test_the_gravest_study_comes_first_and_every_event_is_told(digest: Digest) -> None:
    assert [(news.nct_id, news.severity) for news in digest.studies] == [
        ("NCT90000001", "critical"), ("NCT90000002", "critical"),
    ]  # fmt: skip
    assert [line.words for line in digest.studies[0].lines] == [
        "paused (was recruiting): Cells ran out & *more*",
        "number of people raised from 60 to 80",
        "key word removed: pain; nerve",
        "key word added: nerve",
    ]
    assert digest.subject == "Clinical trials: news of 2 studies, 2 about joining"


def test_the_key_is_that_of_the_events_whatever_their_order(digest: Digest) -> None:
    ids = [event.id for event in digest.events]
    assert digest.key == digest_key(reversed(ids))
    assert digest.key != digest_key(ids[1:])


def test_text(digest: Digest) -> None:
    text = render(digest, "text")
    assert text.startswith("Clinical trials: news of 2 studies, 2 about joining\nAs seen on 2026-11-21 06:00 UTC\n")
    assert (
        "NCT90000001  Cord cells for diabetic nerve pain\n  - paused (was recruiting): Cells ran out & *more*\n" in text
    )
    assert "  https://clinicaltrials.gov/study/NCT90000001\n" in text
    assert "ask the study team.\n" in text
    assert text.endswith(f"{approval_notice()}\n")


def test_every_form_says_that_nothing_is_approved(digest: Digest) -> None:
    for form in ("text", "markdown", "html"):
        assert "No stem-cell therapy is approved for any neuropathy" in " ".join(render(digest, form).split())
        assert "admits you" not in render(digest, form)


def test_what_opens_and_what_stops_do_not_look_alike(digest: Digest) -> None:
    stopped, new = digest.studies
    assert (stopped.tone, new.tone) == ("stops", "opens")
    html = render(digest, "html")
    assert html.count("#a61b1b") == html.count("#1b6b3a") == 1
    assert html.index("Stopping or closing") < html.index("Opening")


def test_a_new_study_says_what_it_is(digest: Digest) -> None:
    (line,) = digest.studies[1].lines
    assert [detail.split(":")[0] for detail in line.details] == ["for", "given", "where"]


def test_markdown_shows_the_registrys_words_and_takes_none_for_marks(digest: Digest) -> None:
    text = render(digest, "markdown")
    html = MarkdownIt().render(text)
    assert "<script" not in html
    assert "paused (was recruiting): Cells ran out &amp; *more*" in html
    assert html.count("<h2>") == 2
    assert '<a href="https://clinicaltrials.gov/study/NCT90000001">NCT90000001</a>' in html


class _Page(HTMLParser):
    VOID = frozenset({"meta", "br", "hr", "img", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_html_is_well_formed_has_no_script_and_loads_nothing(digest: Digest) -> None:
    page = _Page()
    page.feed(render(digest, "html"))
    assert page.open == []
    assert set(page.tags) <= {
        "html",
        "head",
        "meta",
        "title",
        "body",
        "div",
        "h1",
        "h2",
        "h3",
        "main",
        "a",
        "p",
        "ul",
        "li",
        "strong",
    }
    assert {name for _, name, _ in page.attributes} <= {"lang", "charset", "name", "content", "style", "href"}
    links = [value for _, name, value in page.attributes if name == "href"]
    assert all(link.startswith("https://clinicaltrials.gov/") for link in links)
    assert not any("url(" in value for _, name, value in page.attributes if name == "style")
    words = " ".join("".join(page.words).split())
    assert "<script>" not in words  # the registry's tag was resolved, its words stay
    assert "alert(1) *Cells* & nerves" in words
    assert "paused (was recruiting): Cells ran out & *more*" in words


def test_html_escapes_whatever_comes() -> None:
    event = Event("1", "NCT90000001", "x", "normal", "f", None, HOSTILE, HOSTILE, (HOSTILE,), HOSTILE, 1, NOW)
    html = render(
        make_digest([event], {"NCT90000001": PersonNews("NCT90000001", None, "possible", HOSTILE, None)}), "html"
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4


def opened(number: int) -> Event:
    words = f"site opened in Town {number}, Germany"
    return Event(f"{number:02}", "NCT90000001", "site_opened", "critical", "x", None, "y", words, (), "T", 1, NOW)


def test_of_forty_sites_the_first_have_a_line_and_the_others_share_one() -> None:
    (news,) = make_digest([opened(number) for number in range(40)]).studies
    assert [line.words for line in news.lines][:2] == [
        "site opened in Town 0, Germany",
        "site opened in Town 1, Germany",
    ]
    assert len(news.lines) == 6
    assert news.lines[-1].words.startswith("and 35 more: 5, Germany; 6, Germany; 7, Germany; ")
    assert news.lines[-1].words.endswith("; 39, Germany")
    (news,) = make_digest([opened(number) for number in range(100)]).studies
    assert news.lines[-1].words.endswith("; 54, Germany; 45 further ones")


def test_of_a_hundred_changed_criteria_the_first_are_shown_and_where_to_see_the_rest() -> None:
    details = tuple(f"new criterion: {number}" for number in range(100))
    event = Event("1", "NCT90000001", "criteria", "critical", "x", "a", "b", "criteria changed", details, "T", 1, NOW)
    (line,) = make_digest([event]).studies[0].lines
    assert len(line.details) == 21
    assert line.details[-1] == "and 80 more; to see all: trialfinder changes --nct NCT90000001 --since 2026-11-20"


def test_what_a_change_means_for_the_reader_stands_with_its_study(store: Store) -> None:
    news = PersonNews("NCT90000001", "conflict", "possible", "age no longer speaks against it", True)
    digest = make_digest(tuple(events_between(store, 0)), {"NCT90000001": news})
    for form in ("text", "markdown", "html"):
        assert render(digest, form).count("age no longer speaks against it") == 1


def state(run: int, kind: str, words: str, hour: int, severity: str = "critical") -> Event:
    seen = dt.datetime(2026, 11, 29, hour, 22, tzinfo=dt.UTC)
    place = "study" if kind.startswith(("came", "withdrawn", "left")) else "overall_status"
    return Event(f"{run}{kind}", "NCT90000001", kind, severity, place, "", kind, words, (), "T", run, seen)


@pytest.mark.parametrize(
    ("kinds", "tone"),
    [
        (["now_recruiting", "closed_to_new_people", "now_recruiting"], "opens"),
        (["paused", "now_recruiting", "paused"], "stops"),
        (["now_recruiting", "completed", "now_recruiting"], "opens"),
        (["completed", "now_recruiting", "completed"], "stops"),
        (["now_recruiting", "status"], "tells"),
        (["withdrawn_from_registry", "came_back"], "opens"),
        (["paused", "withdrawn_from_registry", "came_back"], "stops"),  # it is there again, and paused
        (["came_back", "left_results"], "stops"),
    ],
)
def test_of_several_states_the_last_one_gives_the_section_and_all_stand_in_the_order_of_time(
    kinds: list[str], tone: str
) -> None:
    events = [state(run, kind, f"it is {kind}", 6 + run) for run, kind in enumerate(kinds)]
    (study,) = make_digest(events).studies
    assert study.tone == tone
    assert [line.words for line in study.lines] == [
        f"2026-11-29 0{6 + run}:22: it is {kind}" for run, kind in enumerate(kinds)
    ]


def test_what_came_later_stands_later_however_grave_it_is_and_bears_its_day() -> None:
    minor = state(1, "contacts", "contact added", 6, "normal")
    later = state(2, "paused", "paused (was recruiting)", 30 - 24)
    later = Event(**{**{f: getattr(later, f) for f in Event.__slots__}, "date_seen": NOW + dt.timedelta(days=20)})
    (study,) = make_digest([later, minor]).studies
    assert [line.words for line in study.lines] == [
        "2026-11-29: contact added",
        f"{later.date_seen:%Y-%m-%d}: paused (was recruiting)",
    ]


# Atom ----------------------------------------------------------------------------------------------------------------

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def check_rfc_4287(feed: bytes) -> list[ElementTree.Element]:
    """The rules of RFC 4287 for what we write: elements that must be there once, ids, instants, contents."""
    root = ElementTree.fromstring(feed)
    assert root.tag == f"{ATOM}feed"
    for place in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(place.findall(f"{ATOM}{name}")) == 1, name  # 4.1.1, 4.1.2
            assert (place.findtext(f"{ATOM}{name}") or "").strip()
        uuid.UUID((place.findtext(f"{ATOM}id") or "").removeprefix("urn:uuid:"))  # 4.2.6: an IRI
        for name in ("updated", "published"):
            for stamp in place.findall(f"{ATOM}{name}"):
                assert STAMP.fullmatch(stamp.text or "")  # 3.3
                assert dt.datetime.fromisoformat(stamp.text or "").utcoffset() == dt.timedelta(0)
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in place.findall(f"{ATOM}link")]
        assert len(links) == len(set(links)) == 1  # 4.1.1: one alternate of a kind
        assert all(c.get("term") for c in place.findall(f"{ATOM}category"))  # 4.2.2.1
    assert root.findtext(f"{ATOM}author/{ATOM}name")  # 4.1.1: an author in the feed serves every entry
    entries = root.findall(f"{ATOM}entry")
    assert [child.tag for child in root][-len(entries) or len(root) :] == [f"{ATOM}entry"] * len(entries)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))  # 4.1.1
    for entry in entries:
        assert all(c.get("type") in ("text", "html") for c in entry.findall(f"{ATOM}content"))
    return entries


def test_the_feed_keeps_the_rules_of_atom(store: Store) -> None:
    events = tuple(events_between(store, 0))
    entries = check_rfc_4287(atom(events, updated=NOW))
    assert {entry.findtext(f"{ATOM}id") for entry in entries} == {entry_id(event) for event in events}
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in entries]
    assert "Cord cells for diabetic nerve pain: paused (was recruiting): Cells ran out & *more*" in titles
    paused = next(entry for entry in entries if "paused" in (entry.findtext(f"{ATOM}title") or ""))
    link = paused.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "https://clinicaltrials.gov/study/NCT90000001"
    assert [c.get("term") for c in paused.findall(f"{ATOM}category")] == ["paused", "critical"]
    assert paused.findtext(f"{ATOM}content") == (
        f"<p>paused (was recruiting): Cells ran out &amp; *more*</p><p>NCT90000001</p><p>{approval_notice()}</p>"
    )


def test_a_feed_without_news_is_a_feed() -> None:
    assert check_rfc_4287(atom([], updated=NOW)) == []


def test_ids_of_entries_never_change(store: Store) -> None:
    event = study_event("new_study", SEEN, load(), status="recruiting")
    assert entry_id(event) == f"urn:uuid:{uuid.uuid5(uuid.UUID('6f0c1c52-6d0e-5d0a-9a53-2b8a5a3f7c11'), event.id)}"
    events = tuple(events_between(store, 0))
    assert atom(events, updated=NOW) == atom(tuple(reversed(events)), updated=NOW + dt.timedelta(days=3))


def test_hostile_words_stay_words_in_a_feed() -> None:
    event = Event("1", "NCT90000001", "x", "normal", "f", None, None, HOSTILE + " & ]]>", (HOSTILE,), HOSTILE, 1, NOW)
    (entry,) = check_rfc_4287(atom([event], updated=NOW))
    assert entry.findtext(f"{ATOM}title") == f"{HOSTILE}: {HOSTILE} & ]]>"
    assert "<script" not in (entry.findtext(f"{ATOM}content") or "")


def test_a_feed_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    assert write_feed(tmp_path / "feed.xml", [], updated=NOW)
    assert not write_feed(tmp_path / "feed.xml", [], updated=NOW)
    check_rfc_4287((tmp_path / "feed.xml").read_bytes())
    with pytest.raises(InputError, match="cannot be written"):
        write_feed(tmp_path / "missing" / "feed.xml", [], updated=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["feed.xml"]


def test_a_feed_is_not_written_over_what_another_made(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text("<rss>mine</rss>")
    with pytest.raises(InputError, match="was not made by trialfinder; name another file, or add --force"):
        write_feed(tmp_path / "feed.xml", [], updated=NOW)
    assert (tmp_path / "feed.xml").read_text() == "<rss>mine</rss>"


def test_the_feed_and_every_entry_of_it_say_that_nothing_is_approved(store: Store) -> None:
    made = atom(tuple(events_between(store, 0)), updated=NOW)
    feed = ElementTree.fromstring(made)
    assert approval_notice() in (feed.findtext(f"{ATOM}subtitle") or "")
    contents = [entry.findtext(f"{ATOM}content") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert contents
    assert all("No stem-cell therapy is approved for any neuropathy." in content for content in contents)


def test_what_nobody_confirms_is_a_warning_and_a_site_nearby_an_opening() -> None:
    table = load()
    quiet = study_event("unconfirmed_for_a_year", SEEN, table, status="recruiting", old="2025-11")
    near = study_event("site_near_you", SEEN, table, new="Leeds, United Kingdom (12 km, 7 mi)")
    assert [make_digest([event]).studies[0].tone for event in (quiet, near)] == ["warns", "opens"]


def test_whoever_jumps_from_heading_to_heading_hears_the_groups() -> None:
    table = load()
    told = [
        study_event(kind, SeenAt(f"NCT9000000{n}", f"Study {n}", 7, SEEN.date_seen), table, status="recruiting")
        for n, kind in enumerate(["joined_results", "withdrawn_from_registry", "new_study", "can_be_joined"], 1)
    ]
    html = render(make_digest(told), "html")
    heads = re.findall(r"<(h[123])[^>]*>(?:<a[^>]*>)?([^<]+)", html)[1:]
    assert heads == [
        ("h2", "Opening"), ("h3", "Study 4"), ("h3", "Study 3"), ("h2", "Stopping or closing"), ("h3", "Study 2"),
        ("h2", "Changed"), ("h3", "Study 1"),
    ]  # fmt: skip
    assert html.count("<main") == html.count("</main>") == 1
