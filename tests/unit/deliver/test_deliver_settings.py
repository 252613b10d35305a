"""Destinations and settings: what is understood, what is refused, and that secrets never print."""

from __future__ import annotations

from pathlib import Path

import pytest

from trialfinder.deliver import Settings, Smtp, check_sending, parse, parse_form, read_settings
from trialfinder.errors import InputError


@pytest.mark.parametrize(
    ("text", "kind", "where", "form"),
    [
        ("-", "stdout", "-", "text"),
        ("/tmp/news.html", "file", "/tmp/news.html", "html"),
        ("/tmp/news.md", "file", "/tmp/news.md", "markdown"),
        ("/tmp/news", "file", "/tmp/news", "text"),
        ("mail:a.b+c@Example.org", "mail", "a.b+c@example.org", "text"),
        ("mailto:a@b.org", "mail", "a@b.org", "text"),
        ("webhook:https://example.org/hook?x=1", "webhook", "https://example.org/hook?x=1", "text"),
        ("webhook:http://127.0.0.1:8000/hook", "webhook", "http://127.0.0.1:8000/hook", "text"),
    ],
)
def test_destinations(text: str, kind: str, where: str, form: str) -> None:
    place = parse(text)
    assert (place.kind, place.where, place.form) == (kind, where, form)


@pytest.mark.parametrize(
    "text",
    [
        "mail:",
        "mail:nobody",
        "mail:a@b@c",
        "mail:a@b.org\nBcc: x@y.org",
        "mail:a@b..org",
        "mail:<a@b.org>",
        "mail:@b.org",
        "webhook:",
        "webhook:ftp://example.org",
        "webhook:https://",
        "webhook:http://example.org/hook",
        "webhook:https://u:p@example.org/",
        "webhook:https://exa mple.org/",
        "webhook:https://[::1",
        "",
        "slack:#room",
    ],
)
def test_destinations_that_cannot_be_used(text: str) -> None:
    with pytest.raises(InputError, match="--to") as error:
        parse(text)
    assert "u:p" not in str(error.value)


def test_a_misspelt_kind_is_named() -> None:
    with pytest.raises(InputError, match=r"did you mean webhook:…\?"):
        parse("webhok:https://example.org")


def test_names_for_a_log_hold_no_secret() -> None:
    assert parse("webhook:https://hooks.example.org/T0/SECRET").name == "webhook at hooks.example.org"
    assert parse("mail:jane.doe@example.org").name == "mail to j…@example.org"
    assert "jane" not in parse("mail:jane.doe@example.org").id


def test_forms() -> None:
    assert parse_form("html") == "html"
    with pytest.raises(InputError, match="use one of text, markdown, html"):
        parse_form("pdf")


def test_settings_from_the_environment_overrule_the_configuration(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("from a file\n", encoding="utf-8")
    config = {"smtp": {"host": "mail.example.org", "user": "u@example.org", "password_file": str(secret), "port": 2525}}
    assert read_settings({}, config).smtp == Smtp(
        "mail.example.org", "u@example.org", 2525, "starttls", "u@example.org", "from a file"
    )
    environment = {"TRIALFINDER_SMTP_PASSWORD": "from the environment", "TRIALFINDER_SMTP_TLS": "implicit",
                   "TRIALFINDER_SMTP_PORT": "465", "TRIALFINDER_WEBHOOK_SECRET": "s3cret"}  # fmt: skip
    found = read_settings(environment, config)
    assert found.smtp is not None
    assert (found.smtp.password, found.smtp.tls, found.smtp.port) == ("from the environment", "implicit", 465)
    assert found.webhook_secret == "s3cret"


def test_nothing_set_is_no_server_and_no_secret() -> None:
    assert read_settings({}) == Settings(None, "")


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("implicit", 465), ("none", 25)])
def test_the_usual_port(tls: str, port: int) -> None:
    found = read_settings(
        {"TRIALFINDER_SMTP_HOST": "h", "TRIALFINDER_SMTP_FROM": "a@b.org", "TRIALFINDER_SMTP_TLS": tls}
    ).smtp
    assert found is not None
    assert found.port == port


def test_secrets_never_print() -> None:
    found = read_settings({
        "TRIALFINDER_SMTP_HOST": "h", "TRIALFINDER_SMTP_USER": "a@b.org", "TRIALFINDER_SMTP_PASSWORD": "hunter2",
        "TRIALFINDER_WEBHOOK_SECRET": "hunter3",
    })  # fmt: skip
    assert "hunter" not in repr(found)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"smtp": {"host": "h", "password": "hunter2"}}, "put it into a file"),
        ({"webhook": {"secret": "hunter2"}}, "put it into a file"),
        ({"smtp": {"hots": "h"}}, "did you mean 'host'"),
        ({"smtp": "h"}, "must be a table, not text"),
        ({"smpt": {"host": "h"}}, "did you mean .smtp."),
        ({"smtp": {"host": "h", "from": "a@b", "tls": "ssl"}}, "use starttls, implicit or none"),
        ({"smtp": {"host": "h", "from": "a@b", "port": "x"}}, "not a port number"),
        ({"smtp": {"host": "h", "from": "a@b", "port": 70000}}, "not a port number"),
        ({"smtp": {"host": "h", "from": "a@b", "user": "u"}}, "a user but no password"),
        ({"smtp": {"host": "h"}}, "no sender"),
        ({"smtp": {"host": "h", "from": "a@b", "password_file": "/no/such/file"}}, "cannot be read"),
    ],
)
def test_wrong_settings(config: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        read_settings({}, config)
    assert "hunter2" not in str(error.value)


def test_a_password_never_goes_over_the_network_in_the_open() -> None:
    environment = {"TRIALFINDER_SMTP_HOST": "mail.example.org", "TRIALFINDER_SMTP_USER": "a@b.org",
                   "TRIALFINDER_SMTP_PASSWORD": "hunter2", "TRIALFINDER_SMTP_TLS": "none"}  # fmt: skip
    with pytest.raises(InputError, match="unprotected"):
        read_settings(environment)
    assert read_settings({**environment, "TRIALFINDER_SMTP_HOST": "127.0.0.1"}).smtp is not None


@pytest.mark.parametrize(
    ("told", "variable"),
    [
        ("SMTP: a user but no password", "TRIALFINDER_SMTP_PASSWORD_FILE"),
        ("--to webhook:…: no secret to sign with", "TRIALFINDER_WEBHOOK_SECRET_FILE"),
    ],
)
def test_the_way_out_of_a_missing_secret_serves_a_recipe_too(tmp_path: Path, told: str, variable: str) -> None:
    """The variable without _FILE was named, which the next command then refused: a recipe can be read by others."""

    def words(more: dict[str, str]) -> str:
        mail = {"TRIALFINDER_SMTP_HOST": "h", "TRIALFINDER_SMTP_FROM": "a@b.org", "TRIALFINDER_SMTP_USER": "u"}
        with pytest.raises(InputError) as raised:
            check_sending(parse("webhook:https://b.org/x"), read_settings((mail if "SMTP" in told else {}) | more))
        return str(raised.value)

    empty = tmp_path / "word.txt"
    empty.write_text("\n", encoding="utf-8")
    assert words({}) == f"{told}; put it into a file and give {variable}"
    assert words({variable: str(empty)}) == f"{told}: {empty} is empty; write it there, alone on a line"


def test_an_empty_file_of_a_secret_that_nobody_needs_stops_nothing() -> None:
    assert not read_settings({"TRIALFINDER_WEBHOOK_SECRET_FILE": "/dev/null"}).webhook_secret
