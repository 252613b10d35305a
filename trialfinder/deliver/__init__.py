"""Brings the news to people: text, Markdown, HTML and Atom; to a file, a terminal, a mailbox, a webhook."""

from __future__ import annotations

from trialfinder.deliver.commission import Ask, Tools
from trialfinder.deliver.delivery import Delivered, deliver, raise_failed
from trialfinder.deliver.destinations import Destination, parse, parse_form
from trialfinder.deliver.digest import Digest, make_digest
from trialfinder.deliver.feed import write_feed
from trialfinder.deliver.feed_file import deliver_feed
from trialfinder.deliver.render import FORMS, render
from trialfinder.deliver.settings import Settings, Smtp, carried, check_sending, read_settings

__all__ = [
    "FORMS",
    "Ask",
    "Delivered",
    "Destination",
    "Digest",
    "Settings",
    "Smtp",
    "Tools",
    "carried",
    "check_sending",
    "deliver",
    "deliver_feed",
    "make_digest",
    "parse",
    "parse_form",
    "raise_failed",
    "read_settings",
    "render",
    "write_feed",
]
