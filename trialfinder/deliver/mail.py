"""Sends a digest by e-mail: text and HTML in one message, with an id that is the same when it is sent again."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from email.message import EmailMessage, Message
from email.policy import SMTP
from email.utils import format_datetime

from trialfinder.base.text import one_line, shorten
from trialfinder.deliver.destinations import SendFailed, reason_of
from trialfinder.deliver.digest import Digest
from trialfinder.deliver.render import render
from trialfinder.deliver.settings import Smtp
from trialfinder.errors import InputError

#: Tries for one message; waits in seconds between them.
WAITS = (2.0, 8.0)


def compose(digest: Digest, smtp: Smtp, to: str, now: dt.datetime) -> EmailMessage:
    """The message. Its Message-ID is made of the events and the receiver, so a second copy can be told as one."""
    from trialfinder.base.version import VERSION

    message = EmailMessage(policy=SMTP)
    try:
        message["From"], message["To"] = smtp.sender, to
    except ValueError as error:
        raise InputError("SMTP: the sender is not an e-mail address; look at TRIALFINDER_SMTP_FROM") from error
    message["Subject"] = shorten(one_line(digest.subject), 200)
    message["Date"] = format_datetime(now.astimezone(dt.UTC))
    message["Message-ID"] = message_id(digest, smtp, to)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: keeps holiday answers away
    message["X-Mailer"] = f"trialfinder {VERSION}"
    message.set_content(render(digest, "text"), cte="quoted-printable")
    message.add_alternative(render(digest, "html"), subtype="html", cte="quoted-printable")
    for part in message.iter_parts():
        _keep_from(part)
    return message


def _keep_from(part: Message) -> None:
    """Hides what a mailbox, and Python's own sender, take for its mark of a new message and make ``>From`` of."""
    part.set_payload(re.sub(r"(?m)^From ", "=46rom =\n", str(part.get_payload())))


def message_id(digest: Digest, smtp: Smtp, to: str) -> str:
    """``<key@domain>``: the digest's key and the receiver, under the domain of the sender."""
    import hashlib

    mark = hashlib.sha256(f"{digest.key}\n{to}".encode()).hexdigest()[:32]
    domain = smtp.sender.rpartition("@")[2].strip("<> ") or "localhost"
    return f"<{mark}@{domain}>"


def check(smtp: Smtp) -> None:
    """Connects and logs in, and sends nothing.

    Raises:
        SendFailed: the server could not be reached, or did not take user and password.
    """
    with _server(smtp):
        pass


def send(
    message: EmailMessage, smtp: Smtp, sleep: Callable[[float], None], waits: tuple[float, ...] = WAITS,
    answers: list[str] | None = None,
) -> None:  # fmt: skip
    """Hands the message to the server; tries again while nothing has been handed over.

    ``answers`` is told what came of each try that failed.

    Raises:
        SendFailed: the server could not be reached or did not take it; never with a password in the message.
    """
    for wait in (*waits, None):
        try:
            _send_once(message, smtp)
        except SendFailed as error:
            if wait is None or error.maybe or not getattr(error, "again", False):
                raise
            if answers is not None:
                answers.append(str(error))
            sleep(wait)
        else:
            return


_RELAY = "for a relay that needs neither: TRIALFINDER_SMTP_TLS=none, and no _USER"


_LOOK = "look at the address, or take it out of the job"
_LOGIN = "set TRIALFINDER_SMTP_USER and TRIALFINDER_SMTP_PASSWORD_FILE"
_HOST = "look at TRIALFINDER_SMTP_HOST and _PORT, and try: trialfinder digest --dry-run"
#: RFC 4954: nothing is taken without a log-in.
_WANTS_LOGIN = 530


class _TryAgain(SendFailed):
    again = True


def _send_once(message: EmailMessage, smtp: Smtp) -> None:
    place = f"{smtp.host}:{smtp.port}"
    with _server(smtp) as server:
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            kind = _TryAgain if all(400 <= code < 500 for code in codes) else SendFailed
            said = _said(*next(iter(error.recipients.values())))
            raise kind(f"{place}: the mail server refuses the receiver ({said}); {_LOOK}") from None
        except smtplib.SMTPResponseException as error:
            kind = _TryAgain if 400 <= error.smtp_code < 500 else SendFailed
            said = _said(error.smtp_code, error.smtp_error)
            if error.smtp_code == _WANTS_LOGIN:
                raise SendFailed(f"{place}: the mail server wants a log-in ({said}); {_LOGIN}") from None
            raise kind(f"{place}: the mail server refuses the message ({said})") from None
        except (OSError, smtplib.SMTPException) as error:
            raise SendFailed(
                f"{place}: the line broke while the message was sent ({type(error).__name__})", maybe=True
            ) from None


def _said(code: int, words: bytes | str) -> str:
    """The server's own answer, ``code 550: 5.1.1 mailbox unavailable``, without the addresses that many repeat."""
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    told = shorten(re.sub(r"[^\s<>@]+@[^\s<>@]+", "…", one_line(told)), 120)
    return f"code {code}: {told}" if told else f"code {code}"


@contextlib.contextmanager
def _server(smtp: Smtp) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted and logged in as the settings say."""
    place = f"{smtp.host}:{smtp.port}"
    try:
        server = _connect(smtp)
    except smtplib.SMTPAuthenticationError as error:
        raise SendFailed(f"{place}: the mail server refuses user or password (code {error.smtp_code})") from None
    except ssl.SSLError as error:
        reason = one_line(error.reason or "TLS failed")
        raise SendFailed(f"{place}: no safe connection to the mail server ({reason}); look at tls and port") from None
    except smtplib.SMTPNotSupportedError:
        raise SendFailed(f"{place}: the mail server offers no TLS or no login; {_RELAY}") from None
    except smtplib.SMTPResponseException as error:  # it was reached, and says so in its greeting
        kind = _TryAgain if 400 <= error.smtp_code < 500 else SendFailed
        said = _said(error.smtp_code, error.smtp_error)
        raise kind(f"{place}: the mail server refuses this machine ({said}); {_HOST}") from None
    except (OSError, smtplib.SMTPException) as error:
        raise _TryAgain(f"{place}: the mail server cannot be reached ({reason_of(error)}); {_HOST}") from None
    try:
        yield server
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()


def _connect(smtp: Smtp) -> smtplib.SMTP:
    server: smtplib.SMTP
    if smtp.tls == "implicit":
        server = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=smtp.timeout, context=_trust(smtp))
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=smtp.timeout)
    try:
        if smtp.tls == "starttls":
            server.starttls(context=_trust(smtp))
        if smtp.user:
            server.login(smtp.user, smtp.password)
    except BaseException:
        server.close()
        raise
    return server


def _trust(smtp: Smtp) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=smtp.ca_file or None)
    except OSError as error:
        raise SendFailed(
            f"SMTP ca_file {smtp.ca_file}: cannot be read ({error.strerror or 'not certificates'})"
        ) from None
