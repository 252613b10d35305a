"""A site that opens near a person is told to them: in changes, in their own digest and feed, and to nobody else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import Program
from tests.standin import StandIn

NEAR = ("--near", "Leeds, UK")


@pytest.fixture(scope="module")
def news_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which study 1 (Leeds) had no open site first, and study 2 (Lyon) too; then both have."""
    home = tmp_path_factory.mktemp("news")
    program = Program(home)
    closed = [made.study(number) for number in (1, 2)]
    for record in closed:
        for site in record["protocolSection"]["contactsLocationsModule"]["locations"]:
            site["status"] = "NOT_YET_RECRUITING"
    with StandIn([*closed, *made.studies()[2:]]) as registry:
        assert program.at(registry.url)("refresh").code == 0
        registry.add(made.study(1))
        registry.add(made.study(2))
        assert program.later(days=1).at(registry.url)("refresh", "--full").code == 0
    return home


@pytest.fixture
def news(news_home: Path, tmp_path: Path) -> Program:
    shutil.copytree(news_home / "trialfinder", tmp_path / "trialfinder")
    (tmp_path / "me.toml").write_text('[person]\nplace = "Leeds"\ncountry = "UK"\nage = 40\n', encoding="utf-8")
    return Program(tmp_path).later(days=1)


def near_of(program: Program, *options: str) -> list[tuple[str, str, str]]:
    done = program("changes", "--format", "json", *options)
    assert done.code == 0, done.err
    found = [event for event in json.loads(done.out) if event["kind"] == "site_near_you"]
    return [(event["nct_id"], event["severity"], event["words"]) for event in found]


def test_an_open_site_near_a_place_is_news(news: Program) -> None:
    (event,) = near_of(news, *NEAR)
    assert event == (nct(1), "critical", "a site near you is open now: Leeds, United Kingdom (0 km, 0 mi)")
    assert near_of(news, "--near", "Lyon, France")[0][0] == nct(2)
    assert near_of(news, "--near", "Manchester, UK", "--within", "30km") == []
    assert [each[0] for each in near_of(news, "--near", "Manchester, UK", "--within", "80km")] == [nct(1)]
    assert near_of(news) == []


def test_it_is_told_whatever_severity_is_asked_for(news: Program) -> None:
    assert len(near_of(news, *NEAR, "--severity", "critical")) == 1


def test_with_a_profile_the_place_is_known_and_the_line_is_personal(news: Program) -> None:
    done = news("changes", "--profile", "me.toml")
    shown = done.out.split(nct(1))[1].split(nct(2))[0]
    assert "a site near you is open now: Leeds" in shown
    assert "for you: possible" in " ".join(shown.split())
    assert "a site near you" not in done.out.split(nct(2))[1]


def test_how_far_one_can_travel_is_how_near_it_has_to_be(news: Program) -> None:
    person = news.home / "far.toml"
    for km, count in ((20, 0), (90, 1)):
        person.write_text(f'[person]\nplace = "Manchester"\ncountry = "UK"\ntravel_km = {km}\n', encoding="utf-8")
        assert len(near_of(news, "--profile", "far.toml")) == count


def test_the_own_digest_and_feed_speak_a_language(news: Program) -> None:
    done = news("digest", *NEAR, "--since", "7d", "--to", "-", "--feed", "news.atom", "--language", "es")
    assert done.code == 0 and done.out.startswith("Ensayos clínicos: noticias de 2 estudios")
    assert "cerca de usted" in done.out and "Leeds, United Kingdom (0 km, 0 mi)" in done.out
    assert 'xml:lang="es"' in (news.home / "news.atom").read_text("utf-8")
    assert "news.atom: written" in done.err  # to the keeper's terminal, as all commands
    assert "the languages are en, es, ko" in news("digest", "--to", "-", "--language", "fr").err


def test_the_own_digest_and_feed_have_it_and_no_webhook(news: Program) -> None:
    done = news("digest", *NEAR, "--since", "7d", "--to", "-", "--feed", "news.atom")
    assert "a site near you is open now: Leeds" in done.out
    assert "site_near_you" in (news.home / "news.atom").read_text(encoding="utf-8")
    dry = news("digest", *NEAR, "--since", "7d", "--to", "webhook:http://127.0.0.1:9/", "--dry-run",
               TRIALFINDER_WEBHOOK_SECRET="s" * 32)  # fmt: skip
    assert "site opened" in dry.out or "now open" in dry.out or "recruiting" in dry.out
    assert "near you" not in dry.out
    assert "webhook at 127.0.0.1: without the lines about the person" in dry.one_line_told()
    own = news("digest", "--profile", "me.toml", "--since", "7d", "--to", "-", "--to", "webhook:http://127.0.0.1:9/",
               "--dry-run", TRIALFINDER_WEBHOOK_SECRET="s" * 32)  # fmt: skip
    assert "webhook at 127.0.0.1: without the lines about the person" in own.err
    assert own.err.count("trialfinder: ") == 0  # the own screen has them: no warning that cron would mail
    assert "without" not in news("digest", *NEAR, "--since", "7d", "--to", "-").err


def test_it_is_told_once_with_since_last(news: Program) -> None:
    assert "near you" in news("digest", *NEAR, "--to", "news.txt").err + (news.home / "news.txt").read_text("utf-8")
    assert "nothing new" in news("digest", *NEAR, "--to", "news.txt").err


def test_a_distance_without_a_place_is_refused(news: Program) -> None:
    assert "--near PLACE" in news("changes", "--within", "10km").one_line()
    assert news("digest", "--to", "-", "--within", "10km").code == 2
