"""Where a digest can go: a file, standard output, an e-mail address, a webhook."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from trialfinder.base import lazy_re as re
from trialfinder.base.suggest import nearest
from trialfinder.base.text import one_line
from trialfinder.deliver.render import FORMS, Form
from trialfinder.errors import DeliveryFailed, InputError

Kind = Literal["file", "stdout", "mail", "webhook"]
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*"
                      r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")  # fmt: skip
_SCHEME = re.compile(r"([a-z]{3,12}):(?![\\/]{1}[^/\\])", re.IGNORECASE)
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_ENDINGS: dict[str, Form] = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown"}

_PRINT = "name a .html, which every browser prints"
_ROWS = "for rows: trialfinder changes --format csv (or json, jsonl)"
#: What no digest can be, and the way out.
_OTHER = {
    **dict.fromkeys((".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".png", ".jpg", ".jpeg", ".svg"), _PRINT),
    **dict.fromkeys((".csv", ".tsv", ".json", ".jsonl", ".xlsx", ".xls", ".ods", ".parquet"), _ROWS),
    **dict.fromkeys((".atom", ".rss", ".xml"), "for a feed: --feed FILE"),
    **dict.fromkeys((".zip", ".gz", ".sqlite", ".sqlite3", ".db"), "name a .html, .md or .txt"),
}


_HUNG_UP = frozenset({"SMTPServerDisconnected", "RemoteProtocolError"})


class SendFailed(DeliveryFailed):
    """One message did not go through. ``maybe`` is True when it may have arrived all the same (the line broke after
    it was sent): it is then sent again as it was, with the same id."""

    def __init__(self, message: str, *, maybe: bool = False) -> None:
        super().__init__(message)
        self.maybe = maybe


def reason_of(error: BaseException) -> str:
    """Why nobody could be reached, in the words of the system where it has any; never the name of a class."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, TimeoutError) or "Timeout" in type(cause).__name__:
            return "no answer in time"
        if isinstance(cause, OSError) and cause.strerror and cause.errno is not None:
            return one_line(cause.strerror)
        cause = cause.__cause__ or cause.__context__
    return "it hung up" if type(error).__name__ in _HUNG_UP else one_line(str(error)) or "the line broke"


@dataclass(frozen=True, slots=True)
class Destination:
    """One place. ``where`` is the path, the address or the URL; it may hold a secret and is never logged whole."""

    kind: Kind
    where: str

    @property
    def id(self) -> str:
        """A fingerprint that stands for this place in the store."""
        return f"{self.kind}:{hashlib.sha256(self.where.encode()).hexdigest()[:24]}"

    @property
    def name(self) -> str:
        """What can be shown in a log: an address without most of its name, a URL without its path."""
        if self.kind == "mail":
            user, _, domain = self.where.partition("@")
            return f"mail to {user[0]}…@{domain}"
        if self.kind == "webhook":
            return f"webhook at {urlsplit(self.where).hostname}"
        return "standard output" if self.kind == "stdout" else self.where

    @property
    def is_private(self) -> bool:
        """Whether it stays with the user (terminal or own file), so that what concerns a person may be in it."""
        return self.kind in ("stdout", "file")

    @property
    def form(self) -> Form:
        """The form that its name asks for; text when it does not say."""
        return _ENDINGS.get(Path(self.where).suffix.lower(), "text") if self.kind == "file" else "text"


def parse(text: str) -> Destination:
    """Reads ``FILE``, ``-``, ``mail:a@b.org`` or ``webhook:https://…``.

    Raises:
        InputError: cannot be used; the message does not repeat a URL, which may hold a secret.
    """
    if text == "-":
        return Destination("stdout", "-")
    kind, _, rest = text.partition(":")
    if kind.lower() in ("mail", "mailto"):
        return Destination("mail", _address(rest))
    if kind.lower() == "webhook":
        return Destination("webhook", _url(rest))
    if _SCHEME.match(text):
        close = nearest(kind, ("mail", "webhook"))
        hint = (
            f"did you mean {close}:…?" if close else "use mail:ADDRESS, webhook:URL, a file, or - for standard output"
        )
        raise InputError(f"--to {kind[:20]}:…: unknown kind of destination; {hint}")
    if not text or "\0" in text:
        raise InputError("--to: no destination; use mail:ADDRESS, webhook:URL, a file, or - for standard output")
    return Destination("file", str(_file(Path(text).expanduser().absolute())))


def _file(path: Path) -> Path:
    """A name that promises what is no digest (a .pdf, a table, a feed) would hold text that its program cannot open."""
    end = path.suffix.lower()
    if end in _OTHER:
        raise InputError(f"--to {path.name[-60:]!r}: a digest is text, Markdown or HTML; {_OTHER[end]}")
    return path


def parse_form(name: str) -> Form:
    """Reads ``text``, ``markdown`` or ``html``; raises InputError otherwise."""
    for form in FORMS:
        if name == form:
            return form
    raise InputError(f"--format {name[:20]!r}: unknown; use one of {', '.join(FORMS)}")


def _address(text: str) -> str:
    address = text.strip()
    if not _ADDRESS.fullmatch(address) or ".." in address:
        raise InputError("--to mail:…: not an e-mail address; it looks like mail:name@example.org, one address each")
    user, _, domain = address.rpartition("@")
    return f"{user}@{domain.lower()}"


def _url(text: str) -> str:
    try:
        parts = urlsplit(text.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InputError("--to webhook:…: not a web address; it looks like webhook:https://example.org/hook") from error
    if not host or parts.scheme not in ("http", "https") or any(c.isspace() or not c.isprintable() for c in text):
        raise InputError("--to webhook:…: not a web address; it looks like webhook:https://example.org/hook")
    if parts.scheme == "http" and host not in _LOCAL:
        raise InputError("--to webhook:…: http sends the news and its signature in the open; use https")
    if parts.username or parts.password:
        raise InputError("--to webhook:…: no user or password in the address; a command line can be seen by others")
    return text.strip()
