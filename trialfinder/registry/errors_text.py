"""The words in which a failed request is told."""

from __future__ import annotations

import re

from trialfinder.errors import RegistryBlocked, RegistryUnavailable

_HTML = re.compile(r"\s*(?:\ufeff)?<(?:!doctype|html|head|body|\?xml|script|meta|h1|center)", re.IGNORECASE)

WAYS_OUT = (
    "trialfinder doctor",
    "trialfinder import ctg-studies.json",
)


def looks_like_html(content_type: str, text: str) -> bool:
    """Whether an answer is a web page: what log-in pages of hotels, proxies and maintenance notices have in common."""
    return "html" in content_type.lower() or bool(_HTML.match(text[:200]))


def blocked(url: str) -> RegistryBlocked:
    """403 at the registry's front door. Repeating it gives the same answer, so the ways out are told at once."""
    return RegistryBlocked(
        f"{url}: the registry's front door refuses this program or this network (403); that says nothing about "
        "studies. Try `trialfinder doctor`, or download the search on the website as JSON and "
        "`trialfinder import ctg-studies.json`",
        suggestions=WAYS_OUT,
    )


def could_not_ask(url: str, why: str, tries: int) -> RegistryUnavailable:
    """The question did not get through; never to be read as 'there are no studies'."""
    times = "once" if tries == 1 else f"{tries} times"
    return RegistryUnavailable(
        f"{url}: could not ask the registry ({why}; tried {times}); that says nothing about studies. "
        "Try again later, or `trialfinder doctor`",
        suggestions=WAYS_OUT,
    )
