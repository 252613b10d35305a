"""``trialfinder page``: a page for the doctor, in text, HTML and PDF; never more than was asked for."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tests.e2e.made import nct
from tests.e2e.program import Program

PROFILE = "[person]\nage = 71\nplace = 'Leeds'\ncountry = 'GB'\n[diabetes]\nhba1c = 9.37\n"


@pytest.fixture
def me(filled: Program) -> Path:
    path = filled.home / "me.toml"
    path.write_text(PROFILE, encoding="utf-8")
    return path


def test_text_is_printed_and_a_file_is_written(filled: Program) -> None:
    done = filled("page", nct(1))
    assert done.code == 0
    assert f"{nct(1)}  Cord cells for diabetic nerve pain, part 1" in done.out
    assert f"--to {nct(1)}.html" in done.err
    for name, start in (("p.html", b"<!DOCTYPE html>"), ("p.PDF", b"%PDF-")):
        done = filled("page", nct(1), "--to", name)
        assert (done.code, done.out) == (0, "")
        assert (filled.home / name).read_bytes().startswith(start)


def test_a_profile_speaks_against_without_its_values(filled: Program, me: Path) -> None:
    done = filled("page", nct(1), "--profile", str(me), "--to", "p.html")
    text = (filled.home / "p.html").read_text(encoding="utf-8")
    assert done.code == 0
    assert "What speaks against it" in text
    assert "HbA1c &lt; 9 %" in text
    assert "maximum age: 65 Years" in text
    assert "9.37" not in text + done.err
    assert "71" not in text
    assert " km" not in text
    assert "tells something about them" in done.err
    with_facts = filled("page", nct(1), "--profile", str(me), "--with-facts", "--to", "q.html")
    assert with_facts.code == 0
    assert "9.37" in (filled.home / "q.html").read_text(encoding="utf-8")
    assert "Facts about you are written there" in with_facts.err


def test_saved_facts_are_not_used_unless_they_are_named(filled: Program) -> None:
    (filled.home / "trialfinder" / "profile.toml").write_text(PROFILE, encoding="utf-8")
    done = filled("page", nct(1))
    assert "What speaks against it" not in done.out
    assert "Your saved facts are not used" in done.err


def test_what_is_there_is_not_written_over(filled: Program) -> None:
    (filled.home / "p.html").write_text("mine", encoding="utf-8")
    done = filled("page", nct(1), "--to", "p.html")
    assert done.code == 2
    assert done.one_line() == "p.html: is there already; name another file, or say --replace"
    assert (filled.home / "p.html").read_text(encoding="utf-8") == "mine"
    assert filled("page", nct(1), "--to", "p.html", "--replace").code == 0
    assert filled("page", nct(1), "--to", "p.html", "--force").code == 0, "the word that every other command has for it"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["page", nct(1), "--to", "p.doc"], 2, "it can be .html or .pdf"),
        (["page", nct(1), "--to", "."], 2, "the ending names no form"),
        (["page", nct(1), "--to", "no/such/p.html"], 2, "No such file or directory"),
        (["page", "foo"], 2, "is not an NCT ID"),
        (["page", nct(77), "--offline"], 3, "is not in"),
        (["page", nct(1), "--with-facts"], 2, "--with-facts needs --profile FILE"),
        (["page", nct(1), "--profile", "nobody.toml"], 2, "there is no such profile"),
        (["page", nct(1), "--paper", "a5"], 2, "the sizes are a4 and letter"),
        (["page", nct(1), "--language", "fr"], 2, "the languages are"),
        (["page", nct(1), "--near", "Xyzzyville"], 2, "Xyzzyville"),
    ],
)
def test_what_is_wrong_is_told_on_one_line(filled: Program, arguments: list[str], code: int, said: str) -> None:
    done = filled(*arguments)
    assert done.code == code, done.err
    assert said in done.one_line()


def test_a_missing_typesetter_is_told_and_nothing_is_left(filled: Program) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "typst":
            raise ImportError(name)
        return real(name, *rest, **more)

    with mock.patch.object(builtins, "__import__", without):
        done = filled("page", nct(1), "--to", "p.pdf")
    assert done.code == 2
    assert "pip install 'trialfinder[pdf]'" in done.one_line()
    assert not (filled.home / "p.pdf").exists()


def test_match_writes_a_page_for_each_of_the_best(filled: Program, me: Path) -> None:
    done = filled("match", "--profile", str(me), "--to", "pages")
    assert (done.code, done.out) == (0, "")
    folder = filled.home / "pages"
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    numbered, rest = names[:10], names[10:]
    assert [name[:3] for name in numbered] == [f"{number:02d}-" for number in range(1, 11)]
    assert rest == ["index.html", "trialfinder-pages.json"]
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert [index.index(name) for name in numbered] == sorted(index.index(name) for name in numbered)
    assert "20 studies left out that take nobody any more" in done.err
    for path in folder.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "9.37" not in text and "71" not in text and " km)" not in text, path.name
    arguments = ("match", "--profile", str(me), "--to", "pages", "--limit", "2", "--with-facts")
    assert filled(*arguments, "--pdf", "letter").code == 0
    assert [path.read_bytes()[:5] for path in (filled.home / "pages").glob("*.pdf")] == [b"%PDF-", b"%PDF-"]
    assert filled(*arguments).code == 0  # the PDFs are ours, so they are taken away again
    assert list((filled.home / "pages").glob("*.pdf")) == []
    assert sorted(path.name[:3] for path in folder.glob("*.html")) == ["01-", "02-", "ind"]
    assert "9.37" in "".join(path.read_text(encoding="utf-8") for path in folder.glob("0*.html"))


def test_a_page_with_notes_of_mine_is_not_written_over_unasked(filled: Program, me: Path) -> None:
    arguments = ("match", "--profile", str(me), "--to", "pages", "--limit", "1")
    assert filled(*arguments).code == 0
    (page,) = (filled.home / "pages").glob("01-*.html")
    page.write_text(page.read_text(encoding="utf-8") + "<p>Dr Han rang on 3 Nov</p>", encoding="utf-8")
    done = filled(*arguments)
    assert done.code == 2
    assert f"{page.name} has changed since trialfinder wrote this; name another folder, or add" in done.one_line()
    assert "Dr Han" in page.read_text(encoding="utf-8")
    assert filled(*arguments, "--force").code == 0
    assert "Dr Han" not in page.read_text(encoding="utf-8")


def test_pages_are_not_put_into_a_folder_of_other_things(filled: Program, me: Path) -> None:
    for name, other in (("mine", "letter.txt"), ("public", "trialfinder-site.json")):
        folder = filled.home / name
        folder.mkdir()
        (folder / other).write_text("{}", encoding="utf-8")
        done = filled("match", "--profile", str(me), "--to", name)
        assert done.code == 2
        assert f"holds other things ({other}); name a new or an empty folder for the pages" in done.one_line()
        assert [path.name for path in folder.iterdir()] == [other]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--with-facts"], "are about the pages of --to FOLDER"),
        (["--to", "me.toml"], "is a file"),
        (["--to", "pages", "--explain", nct(1)], "leave out --explain and --group"),
        (["--to", "pages", "--language", "tlh"], "the languages are"),
    ],
)
def test_what_match_cannot_write_is_told(filled: Program, me: Path, arguments: list[str], said: str) -> None:
    done = filled("match", "--profile", str(me), *arguments)
    assert done.code == 2
    assert said in done.one_line()
    assert not (filled.home / "pages").exists()


def test_the_command_that_prints_the_page_keeps_what_was_told(filled: Program, me: Path) -> None:
    done = filled("page", nct(1), "--profile", str(me), "--offline")
    assert f"trialfinder page {nct(1)} --profile {me} --offline --to {nct(1)}.html" in done.err
