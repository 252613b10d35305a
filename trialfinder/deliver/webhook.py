"""Sends a digest to a webhook: JSON, signed, with the same key whenever it is sent again.

The receiver checks ``X-Trialfinder-Signature``: ``sha256=`` and the HMAC-SHA256 (hex) of the body under the shared
secret; and takes a second message with the same ``Idempotency-Key`` for the first one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from trialfinder.deliver.destinations import SendFailed
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
    waits: tuple[float, ...] = WAITS, transport: httpx.BaseTransport | None = None,
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

    Raises:
        SendFailed: not taken; the message names the host only, since the path may be a secret.
    """
    import httpx

    from trialfinder import __version__

    body = body_of(digest)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"python-httpx/{httpx.__version__} (trialfinder/{__version__})",
        "Idempotency-Key": digest.key,
        "X-Trialfinder-Signature": signature(body, secret),
    }
    with httpx.Client(timeout=timeout, transport=transport, follow_redirects=False) as client:
        maybe = False
        for wait in (*waits, None):
            asked: float | None = None
            try:
                response = client.post(url, content=body, headers=headers)
            except httpx.HTTPError as error:
                maybe = maybe or not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
                failed = f"cannot be reached ({type(error).__name__})"
            else:
                if response.is_success:
                    return
                failed = f"answers {response.status_code}"
                if response.status_code not in RETRIED_STATUS:
                    raise SendFailed(f"webhook: the receiver {failed}; look at its address and secret", maybe=maybe)
                asked = _seconds(response.headers.get("Retry-After", ""))
            if wait is None:
                raise SendFailed(f"webhook: the receiver {failed} after {len(waits) + 1} tries", maybe=maybe)
            sleep(wait if asked is None else min(asked, LONGEST_WAIT))


def _seconds(retry_after: str) -> float | None:
    text = retry_after.strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
