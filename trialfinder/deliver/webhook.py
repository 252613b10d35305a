"""Sends a digest to a webhook: JSON, signed, with the same key whenever it is sent again.

The receiver checks ``X-Trialfinder-Signature``: ``sha256=`` and the HMAC-SHA256 (hex) of the body under the shared
secret; and takes a second message with the same ``Idempotency-Key`` for the first one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trialfinder.deliver.destinations import SendFailed, reason_of
from trialfinder.deliver.digest import Digest
from trialfinder.registry.retry import RETRIED_STATUS

if TYPE_CHECKING:
    import httpx

#: Waits in seconds between the tries for one message; a Retry-After is kept to, up to the longest wait.
WAITS = (1.0, 4.0, 10.0)
LONGEST_WAIT = 60.0


def body_of(digest: Digest) -> bytes:
    """The JSON that is sent; the same digest gives the same bytes."""
    return json.dumps(digest.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "backslashreplace"
    )


def signature(body: bytes, secret: str) -> str:
    """The value of ``X-Trialfinder-Signature``."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def send(
    digest: Digest, url: str, secret: str, sleep: Callable[[float], None], *, timeout: float = 20.0,
    waits: tuple[float, ...] = WAITS, transport: httpx.BaseTransport | None = None, answers: list[str] | None = None,
) -> None:  # fmt: skip
    """Posts the digest; any answer of 200 to 299 means that it was taken.

    Args:
        digest: what to send.
        url: where to.
        secret: shared with the receiver.
        sleep: waits that many seconds.
        timeout: seconds for each step of a try.
        waits: seconds between the tries.
        transport: for tests.
        answers: what came of each try that failed is added to it.

    Raises:
        SendFailed: not taken; the message names the host only, since the path may be a secret.
    """
    import httpx

    body = body_of(digest)
    headers = _headers(digest.key, signature(body, secret))
    maybe = False
    with httpx.Client(timeout=timeout, transport=transport, follow_redirects=False) as client:
        for wait in (*waits, None):
            answer = _post(client, url, body, headers)
            if answer.taken:
                return
            maybe = maybe or answer.maybe
            if answer.final:
                raise SendFailed(f"the receiver {answer.words}; look at its address and secret", maybe=maybe)
            if wait is None:
                raise SendFailed(f"the receiver {answer.words} after {len(waits) + 1} tries", maybe=maybe)
            if answers is not None:
                answers.append(f"the receiver {answer.words}")
            sleep(wait if answer.asked is None else min(answer.asked, LONGEST_WAIT))


@dataclass(frozen=True, slots=True)
class _HookReply:
    """What became of one try; ``maybe``: it is not known whether it was taken, ``asked``: seconds to wait."""

    words: str
    taken: bool = False
    final: bool = False
    maybe: bool = False
    asked: float | None = None


def _headers(key: str, signed: str) -> dict[str, str]:
    import httpx

    from trialfinder.base.version import VERSION

    return {
        "Content-Type": "application/json",
        "User-Agent": f"python-httpx/{httpx.__version__} (trialfinder/{VERSION})",
        "Idempotency-Key": key,
        "X-Trialfinder-Signature": signed,
    }


def _post(client: httpx.Client, url: str, body: bytes, headers: dict[str, str]) -> _HookReply:
    import httpx

    try:
        response = client.post(url, content=body, headers=headers)
    except httpx.HTTPError as error:
        unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
        return _HookReply(f"cannot be reached ({reason_of(error)})", maybe=not unsent)
    if response.is_success:
        return _HookReply("", taken=True)
    final = response.status_code not in RETRIED_STATUS
    return _HookReply(
        f"answers {response.status_code}", final=final, asked=_seconds(response.headers.get("Retry-After", ""))
    )


def _seconds(retry_after: str) -> float | None:
    text = retry_after.strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
