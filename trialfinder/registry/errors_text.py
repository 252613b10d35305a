"""The words in which a failed request is told."""

from __future__ import annotations

import math

from trialfinder.base import lazy_re as re
from trialfinder.base.text import harmless
from trialfinder.errors import RegistryBlocked, RegistryRefused, RegistryUnavailable, TrialfinderError

_HTML = re.compile(r"\s*(?:\ufeff)?<(?:!doctype|html|head|body|\?xml|script|meta|h1|center)", re.IGNORECASE)

WAYS_OUT = (
    "trialfinder doctor",
    "trialfinder import ctg-studies.json",
)

_BY_HAND = "download the search on the website as JSON and `trialfinder import ctg-studies.json`"
#: Said of an answer that cannot be used; `WAYS_OUT` are named in it.
NOT_KEPT = f"nothing was kept. Try again later, or `trialfinder doctor`, or {_BY_HAND}"


def looks_like_html(content_type: str, text: str) -> bool:
    """Whether an answer is a web page: what log-in pages of hotels, proxies and maintenance notices have in common."""
    return "html" in content_type.lower() or bool(_HTML.match(text[:200]))


def blocked(url: str) -> RegistryBlocked:
    """403 at the registry's front door. Repeating it gives the same answer, so the ways out are told at once."""
    return RegistryBlocked(
        f"the registry's front door at {_place(url)} refuses this program or this network (403); that says nothing "
        f"about studies. Try `trialfinder doctor`, or {_BY_HAND}",
        suggestions=WAYS_OUT,
    )


def could_not_ask(url: str, why: str, tries: int, asked: float | None = None) -> RegistryUnavailable:
    """The question did not get through; never to be read as 'there are no studies'.

    ``asked`` is how many seconds the registry asks to wait, None when it did not say.
    """
    times = "once" if tries == 1 else f"{tries} times"
    wait, later = (f"; it asks to wait {_span(asked)}", f"after {_span(asked)}") if asked else ("", "later")
    return RegistryUnavailable(
        f"could not ask the registry ({why}{wait}; tried {times}) at {_place(url)}; that says nothing about studies. "
        f"Try again {later}, or `trialfinder doctor`, or {_BY_HAND}",
        suggestions=WAYS_OUT,
    )


def refusal(status: int, text: str, html: bool, url: str) -> TrialfinderError:
    """What an answer means that no further try can change; ``html``: it came as a web page."""
    error: TrialfinderError = could_not_ask(url, f"status {status}{', a web page' if html else ''}", 1)
    if status == 403:
        error = blocked(url)
    elif status == 407:
        error = could_not_ask(url, "status 407: a proxy between here and there wants a log-in", 1)
    elif status == 414 or (status in (400, 500) and not html):
        words = "the question is too long" if html else harmless(text, 300) or "no reason given"
        error = RegistryRefused(f"the registry refused the question: {words} ({url})")
    elif status == 404:
        error = could_not_ask(url, "status 404: there is no registry at this address; look at --api-url", 1)
    return error


def _place(url: str) -> str:
    """The address without the question, which is long and says nothing to whoever reads a mail of cron."""
    return url.partition("?")[0]


def _span(seconds: float) -> str:
    """Rounded up, in the largest unit that does not hide much."""
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{math.ceil(seconds / size)} {unit}s"
    return f"{math.ceil(seconds)} second{'' if math.ceil(seconds) == 1 else 's'}"


def words_of(error: BaseException, most: int) -> str:
    """What an error says, without the system's number of it."""
    return harmless(_NUMBER.sub("", str(error)), most)


def name_unknown(error: BaseException) -> bool:
    """Whether it failed already at finding the registry's address; the cause is several exceptions down."""
    cause: BaseException | None = error
    while cause is not None:
        if type(cause).__name__ == "gaierror":
            return True
        cause = cause.__cause__ or cause.__context__
    return False


_NUMBER = re.compile(r"^\[Errno -?\d+\] ")
