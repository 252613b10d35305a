"""Mail over TLS with a login, to a real server: trusted or not at all, and never a password in a message."""

from __future__ import annotations

import io
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.unit.deliver.post import Mailbox, mail_server
from tests.unit.store.fill import day
from trialfinder.deliver import Ask, Delivered, Settings, Smtp, Tools, deliver
from trialfinder.deliver.settings import Tls
from trialfinder.store import Store

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl is missing: no certificate to test with"
)
PASSWORD = "hunter2 is long"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine and its key, in one file."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder


def _login(_: SMTP, __: Session, ___: Envelope, ____: str, data: object) -> AuthResult:
    given = isinstance(data, LoginPassword) and (data.login, data.password) == (b"group", PASSWORD.encode())
    return AuthResult(success=bool(given), handled=False)


@pytest.fixture
def box(certificate: Path) -> Iterator[Mailbox]:
    """A server that takes mail over STARTTLS after a login only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with mail_server(tls_context=context, require_starttls=True, authenticator=_login, auth_required=True) as server:
        yield server


def send(store: Store, port: int, ca_file: str, *, password: str = PASSWORD, tls: Tls = "starttls") -> Delivered:
    smtp = Smtp("127.0.0.1", "trials@example.org", port, tls, "group", password, ca_file, timeout=5.0)
    tools = Tools(Settings(smtp), io.StringIO(), lambda _: None)
    (outcome,) = deliver(store, ["mail:group@example.org"], ask=Ask(), tools=tools, now=day(2))
    assert PASSWORD not in outcome.words
    assert "hunter3" not in outcome.words
    return outcome


def test_a_mail_goes_encrypted_and_logged_in(store: Store, box: Mailbox, certificate: Path) -> None:
    assert send(store, box.port, str(certificate / "cert.pem")).state == "delivered"
    assert len(box.messages) == 1


def test_a_server_that_nobody_vouches_for_gets_no_mail(store: Store, box: Mailbox) -> None:
    outcome = send(store, box.port, "")
    assert outcome.state == "failed"
    assert "no safe connection" in outcome.words
    assert box.messages == []


def test_a_wrong_password_is_said_without_it(store: Store, box: Mailbox, certificate: Path) -> None:
    outcome = send(store, box.port, str(certificate / "cert.pem"), password="hunter3")
    assert outcome.words.endswith("the mail server refuses user or password (code 535)")
    assert box.messages == []


def test_a_server_without_tls_gets_no_password(store: Store) -> None:
    with mail_server() as plain:
        outcome = send(store, plain.port, "")
    assert "offers no TLS" in outcome.words
    assert plain.messages == []


def test_implicit_tls(store: Store, certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with mail_server(ssl_context=context, authenticator=_login, auth_require_tls=False) as box:
        assert send(store, box.port, str(certificate / "cert.pem"), tls="implicit").state == "delivered"
        assert send(store, box.port, "", tls="implicit").state == "nothing"
    assert len(box.messages) == 1


def test_a_file_of_certificates_that_is_not_there(store: Store, box: Mailbox) -> None:
    assert "cannot be read" in send(store, box.port, "/no/such/file").words
