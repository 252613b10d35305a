"""Every word of the program that pages can say, for the catalogues in ``data/languages``.

python docs/words.py    puts what is new into the catalogues, without a translation, and drops what is no longer said.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

_ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(_ROOT))
LANGUAGES = ("es", "ko")
_SAY = {"say": None, "counted": (2, 3)}


def messages() -> dict[str, str]:
    """Each message and the place where it is said, in the order of the places."""
    found: dict[str, str] = {}
    for place, message in (*_in_code(), *_in_templates(), *_in_data()):
        found.setdefault(message, place)
    found.pop("", None)
    return found


def catalogue(language: str) -> Path:
    """The file of a language."""
    return _ROOT / "data" / "languages" / f"{language}.po"


def _in_code() -> Iterator[tuple[str, str]]:
    for path in sorted((_ROOT / "trialfinder").rglob("*.py")):
        if path.parent.name != "cli":  # there "say" speaks to the person at the terminal
            yield from _extracted("python", path)


def _in_templates() -> Iterator[tuple[str, str]]:
    for room in ("pages", "deliver"):
        for path in sorted((_ROOT / "trialfinder" / room / "templates").iterdir()):
            yield from _extracted("jinja2", path)


def _extracted(how: str, path: Path) -> Iterator[tuple[str, str]]:
    for _, found, _, _ in extract_from_file(how, str(path), keywords=_SAY):
        for message in (found,) if isinstance(found, str) else found:
            yield path.relative_to(_ROOT).as_posix(), str(message)


def _in_data() -> Iterator[tuple[str, str]]:
    from trialfinder.base.pattern_words import narrow_questions, plain_words
    from trialfinder.base.text import one_line
    from trialfinder.classify import approval, standing_questions
    from trialfinder.classify.joinable import FORMS
    from trialfinder.classify.relevance import related_reasons
    from trialfinder.classify.sign_rules import rules
    from trialfinder.pages.labels import LABELS
    from trialfinder.pages.short_names import short_names
    from trialfinder.person.plain_words import spoken
    from trialfinder.person.profile_schema import schema
    from trialfinder.person.word_tables import kinds
    from trialfinder.reading.telling import plain, tree_words
    from trialfinder.reading.vocabulary.patterns import load_patterns

    yield "data/approval.toml", one_line(approval().statement)
    yield from (("data/scales.toml", row.about) for row in short_names())
    for question in standing_questions():
        yield "data/signs/questions.toml", one_line(question.ask)
    for rule in rules():
        yield from (("data/signs", text) for text in (rule.why, rule.not_meaning, rule.question))
        yield "data/signs", rule.id.replace("_", " ").capitalize()
    for kind, words in LABELS.items():
        yield from ((f"labels: {kind}", text) for text in words.values())
    for pattern in load_patterns().values():
        yield "data/patterns", pattern.plain or pattern.id.replace("_", " ")
    for row in plain_words().values():
        yield from (("data/questions.toml", row.get(part, "")) for part in ("label", "ask"))
    yield from (("data/questions.toml", row.ask) for rows in narrow_questions().values() for row in rows)
    for fact in schema().values():
        yield "data/profile.toml", fact.label
        yield from (("data/profile.toml", kind.label) for kind in kinds().values())
        yield from (("data/profile.toml", spoken(word)) for word in fact.allowed)
    yield from _in_news()
    yield from (("classify", text) for text in related_reasons())
    yield from (("reading", text) for text in (*FORMS, *plain.FORMS, *plain.value_forms(), *tree_words.FORMS))
    yield from (("pages", text) for text in _DESIGN)


def _in_news() -> Iterator[tuple[str, str]]:
    """The forms of ``data/changes.toml``, and what fills them."""
    from trialfinder.base.pattern_words import label
    from trialfinder.changes import became_joinable, criteria_changes, person, wording
    from trialfinder.changes.event_table import load
    from trialfinder.deliver.feed import TITLE
    from trialfinder.reading.vocabulary.patterns import load_patterns

    table = load()
    for row in (table.default, *table.rows):
        texts = (row.label, row.none, row.changed, row.added, row.removed, row.precision, *(c.words for c in row.case))
        yield from (("data/changes.toml", str(text)) for text in texts if text)
    said = [text for row in table.study.values() for text in (row.words, row.doubted) if text]
    yield from (("data/changes.toml", str(text)) for text in said)
    yield "deliver", TITLE
    told = (*wording.FORMS, *criteria_changes.FORMS, *person.FORMS, *became_joinable.FORMS)
    yield from (("changes", text) for text in told)
    yield from (("data/questions.toml", label(pattern)) for pattern in load_patterns())


#: Values of the registry, in small letters, and units of ages.
_DESIGN = (
    "single group", "parallel", "crossover", "factorial", "sequential", "cohort", "case control", "case only",
    "case crossover", "ecologic or community", "family based", "defined population", "natural history", "other",
    "randomized", "non randomized", "none", "single", "double", "triple", "quadruple", "treatment",
    "prevention", "diagnostic", "supportive care", "screening", "health services research", "basic science",
    "device feasibility", "ect", "year", "years", "month", "months", "week", "weeks", "day", "days", "hours", "minutes",
    "hour", "minute", "en", "primary", "secondary", "interventional", "observational", "expanded access",
    "drug", "biological", "procedure", "device", "behavioral", "radiation", "genetic", "dietary supplement",
    "combination product", "diagnostic test", "principal investigator", "study director", "study chair",
    "sponsor investigator", "contact", "official", "reference", "background", "result", "derived",
)  # fmt: skip


def update() -> None:
    """Brings the catalogues up to date; translations that are there stay."""
    for language in LANGUAGES:
        path = catalogue(language)
        old = Catalog(locale=language)
        if path.exists():
            with path.open("rb") as file:
                old = read_po(file, locale=language)
        new = Catalog(
            locale=language, project="trialfinder", header_comment=_HEAD, fuzzy=False, copyright_holder="",
            creation_date=_CREATED, revision_date=_CREATED,
        )  # fmt: skip
        for message, place in messages().items():
            known = old.get(message)
            new.add(
                message,
                known.string if known else "",
                locations=[(place, None)],  # type: ignore[list-item]  # babel writes a place without a line
                flags=known.flags if known else (),
            )
        with path.open("wb") as file:
            write_po(file, new, width=120, omit_header=False)


_CREATED = dt.datetime(2026, 11, 29, tzinfo=dt.UTC)
_HEAD = """\
# Words of trialfinder's pages. "fuzzy" marks what a machine translated and nobody has reviewed: it is used, and said
# to be so on the pages. To review one, mend it and take the mark away. New words: python docs/words.py
#"""

if __name__ == "__main__":
    update()
