"""A digest as text, Markdown or HTML. The templates lie in ``templates/``; HTML has no script and loads nothing."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Literal

from trialfinder.base import lazy_re as re
from trialfinder.base.tongue import remarked, say, unmarked
from trialfinder.deliver.digest import Digest
from trialfinder.tables.notice import approval_notice, machine_words

if TYPE_CHECKING:
    from jinja2 import Environment

Form = Literal["text", "markdown", "html"]
FORMS: tuple[Form, ...] = ("text", "markdown", "html")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
# Starts of a line that Markdown would take for a list, a heading or a rule.
_START = re.compile(r"^(\d{1,9})([.)])|^([-+=])")


def render(digest: Digest, form: Form) -> str:
    """The whole message in one form, ending with a line break."""
    template = _environment().get_template(f"digest.{form}.j2")
    text = template.render(digest=digest, notice=approval_notice(), machine=machine_words()).strip("\n") + "\n"
    return remarked(text, '<span lang="en">', "</span>") if form == "html" else unmarked(text)


def seen_words(digest: Digest) -> str:
    """The line that says when a message was made; ``digest_file`` finds it in a page by its moment."""
    return say("As seen on {moment} UTC").format(moment=f"{digest.seen:%Y-%m-%d %H:%M}")


def source_words() -> str:
    """Where all of it is from, and that it can be wrong."""
    return say("From ClinicalTrials.gov. Its records can be incomplete or out of date: ask the study team.")


def related_words() -> str:
    """What the mark before a title means."""
    return say("~: only related; its record does not say that cells are given to treat a peripheral nerve.")


def markdown(text: str) -> str:
    """Text in which nothing is taken for Markdown."""
    escaped = _MARKS.sub(r"\\\1", text)
    return _START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escaped)


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("trialfinder.deliver"),
        autoescape=lambda name: name is not None and ".html." in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = markdown
    environment.globals.update(say=say, seen_words=seen_words, source_words=source_words, related_words=related_words)
    return environment
