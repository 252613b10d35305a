"""How to send: mail server and webhook secret, from the environment or a configuration file. Secrets never print."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import msgspec

from trialfinder.base.typed_data import DataRow, typed
from trialfinder.base.whole_files import spare_store
from trialfinder.deliver.destinations import Destination
from trialfinder.errors import InputError

Tls = Literal["starttls", "implicit", "none"]
_PORTS: dict[Tls, int] = {"starttls": 587, "implicit": 465, "none": 25}
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server.

    Attributes:
        host, port: where it listens.
        tls: ``starttls`` (port 587), ``implicit`` (465) or ``none`` (25; only without a password, or on this machine).
        user, password: both empty when it asks for none.
        sender: the address in From.
        ca_file: certificates to trust, PEM; '' for those of the system.
        timeout: seconds for each step.
    """

    host: str
    sender: str
    port: int = 587
    tls: Tls = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    timeout: float = 30.0


class SmtpTable(DataRow, frozen=True):
    """``[smtp]`` in ``config.toml``; what is left out is asked of the environment."""

    host: str = ""
    """The mail server."""
    port: int | str = ""
    """Its port; the usual one for ``tls`` when left out."""
    tls: str = ""
    """``starttls``, ``implicit`` or ``none``."""
    user: str = ""
    """The name to log in with."""
    password_file: str = ""
    """The file that holds the password."""
    from_: str = msgspec.field(name="from", default="")
    """The address of the sender."""
    ca_file: str = ""
    """Certificates to trust, PEM."""


class WebhookTable(DataRow, frozen=True):
    """``[webhook]`` in ``config.toml``."""

    secret_file: str = ""
    """The file that holds the secret which signs what is sent."""


class ConfigFile(DataRow, frozen=True):
    """``config.toml`` in the folder of the store."""

    smtp: SmtpTable = SmtpTable()
    """The mail server."""
    webhook: WebhookTable = WebhookTable()
    """The web address."""


_INTERVAL = "TRIALFINDER_REQUEST_INTERVAL"
#: What a kind of destination reads: the prefix of its variables, their table, and what must not be written down.
_SENDING: dict[str, tuple[str, type[DataRow], str]] = {
    "mail": ("SMTP", SmtpTable, "PASSWORD"),
    "webhook": ("WEBHOOK", WebhookTable, "SECRET"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that sending needs. ``smtp`` is None when no server is set; the secret is '' when none is set.

    ``webhook_secret_file`` is where it was read from, '' for nowhere.
    """

    smtp: Smtp | None = None
    webhook_secret: str = field(default="", repr=False)
    webhook_timeout: float = 20.0
    webhook_secret_file: str = ""


def carried(environment: Mapping[str, str], kinds: Collection[str]) -> dict[str, str]:
    """The variables that a run in another environment needs to reach what this one reaches, files by their whole path.

    A password or secret is among them by its own name; whoever writes variables down has to refuse that.

    Args:
        environment: of this run.
        kinds: of the destinations, see `Destination`.
    """
    names = [name.lower() for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")]
    found = {name.upper(): environment.get(name) or environment.get(name.upper()) for name in names}
    found |= {name: environment.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", _INTERVAL)}
    for kind, (prefix, table, secret) in _SENDING.items():
        if kind in kinds:
            keys = [field.encode_name for field in msgspec.structs.fields(table)]
            found |= {name: environment.get(name) for name in (f"TRIALFINDER_{prefix}_{key.upper()}" for key in keys)}
            if not found[f"TRIALFINDER_{prefix}_{secret}_FILE"]:
                found[f"TRIALFINDER_{prefix}_{secret}"] = environment.get(f"TRIALFINDER_{prefix}_{secret}")
    return {
        name: str(Path(value).expanduser().absolute()) if name.endswith(("_FILE", "_DIR")) else value
        for name, value in found.items()
        if value
    }


def check_sending(place: Destination, settings: Settings) -> None:
    """Raises InputError when there is no way to the destination, or it must not be written to."""
    if place.kind == "file":
        spare_store(Path(place.where))
    if place.kind == "mail" and settings.smtp is None:
        raise InputError("--to mail:…: no mail server is set; set TRIALFINDER_SMTP_HOST and TRIALFINDER_SMTP_FROM")
    if place.kind == "webhook" and not settings.webhook_secret:
        told = "--to webhook:…: no secret to sign with"
        raise InputError(_missing(told, settings.webhook_secret_file, "TRIALFINDER_WEBHOOK_SECRET_FILE"))


def _missing(told: str, file: str, variable: str) -> str:
    """A file is the way that serves a recipe, too, which others can read."""
    if file:
        return f"{told}: {file} is empty; write it there, alone on a line"
    return f"{told}; put it into a file and give {variable}"


def read_settings(
    environment: Mapping[str, str], config: Mapping[str, Any] | None = None, folder: Path = Path()
) -> Settings:
    """Settings from ``TRIALFINDER_SMTP_HOST`` / ``_PORT`` / ``_TLS`` / ``_USER`` / ``_PASSWORD`` / ``_PASSWORD_FILE`` /
    ``_FROM`` / ``_CA_FILE`` and ``TRIALFINDER_WEBHOOK_SECRET`` / ``_SECRET_FILE``; each overrules its key in the
    tables ``[smtp]`` (host, port, tls, user, password_file, from, ca_file) and ``[webhook]`` (secret_file). A file that
    a table names without its whole path is in ``folder``, that of the configuration, wherever the run is started.

    Raises:
        InputError: a key is unknown or wrong, or a file of secrets cannot be read. No secret is in the message.
    """
    for section, name in (("smtp", "password"), ("webhook", "secret")):
        if name in ((config or {}).get(section) or ()):
            raise InputError(
                f"configuration, [{section}]: no {name} here; put it into a file and name it with {name}_file"
            )
    found = typed(dict(config or {}), ConfigFile, "configuration")
    smtp, webhook = (
        _merged(environment, table, prefix, folder)
        for table, prefix in ((found.smtp, "SMTP"), (found.webhook, "WEBHOOK"))
    )
    file = webhook.get("secret_file", "")
    secret = environment.get("TRIALFINDER_WEBHOOK_SECRET") or _secret(file, "[webhook] secret_file")
    server = _smtp(smtp, environment.get("TRIALFINDER_SMTP_PASSWORD", "")) if smtp.get("host") else None
    return Settings(server, secret, webhook_secret_file=file)


def _merged(environment: Mapping[str, str], table: DataRow, prefix: str, folder: Path) -> dict[str, str]:
    """The table of the file, overruled by the variables of the environment; only what is set."""
    fields = {field.encode_name: str(getattr(table, field.name)) for field in msgspec.structs.fields(table)}
    fields |= {
        key: str(folder / Path(value).expanduser()) for key, value in fields.items() if value and key.endswith("_file")
    }
    names = {key: f"TRIALFINDER_{prefix}_{key.upper()}" for key in fields}
    found = {key: environment.get(names[key]) or value for key, value in fields.items()}
    return {key: value for key, value in found.items() if value}


def _smtp(found: Mapping[str, str], password: str) -> Smtp:
    tls = found.get("tls", "starttls").lower()
    if tls not in _PORTS:
        raise InputError(f"SMTP tls {tls[:20]!r}: unknown; use starttls, implicit or none")
    kind = tls
    port = found.get("port", str(_PORTS[kind]))
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise InputError(f"SMTP port {port[:20]!r}: not a port number")
    user, host = found.get("user", ""), found["host"]
    password = password or _secret(found.get("password_file", ""), "SMTP password_file")
    if user and not password:
        told = "SMTP: a user but no password"
        raise InputError(_missing(told, found.get("password_file", ""), "TRIALFINDER_SMTP_PASSWORD_FILE"))
    if password and kind == "none" and host not in _LOCAL:
        raise InputError("SMTP: a password would go over the network unprotected; set tls to starttls or implicit")
    sender = found.get("from") or (user if "@" in user else "")
    if not sender:
        raise InputError("SMTP: no sender; set TRIALFINDER_SMTP_FROM, or from in [smtp]")
    return Smtp(host, sender, int(port), kind, user, password, found.get("ca_file", ""))


def _secret(path: str, what: str) -> str:
    if not path:
        return ""
    try:
        return Path(path).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise InputError(f"{what} {path}: cannot be read: {reason}") from error
