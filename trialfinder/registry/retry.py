"""When to ask again and how long to wait first. Pure decisions: nothing here sleeps or looks at a clock.

stamina, which does this well for most programs, is not used: it takes neither a sleeper nor a clock, so the tests
would have to sleep or to patch it, and its time limit cannot be shared with the limit of a whole run.
"""

from __future__ import annotations

import email.utils
from collections.abc import Callable, Mapping
from dataclasses import dataclass

#: Answers that a later try may change.
RETRIED_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Retry:
    """How persistent to be.

    Attributes:
        attempts: requests for one question, the first included.
        seconds: time for one question, waiting included; no wait is begun that would go past it, and no longer than
            this is waited for the next byte of an answer.
        body_seconds: time for one answer that does come: a full page is 4 MB packed, half a minute on a slow line.
        first_wait: seconds before the second try; doubles after that.
        longest_wait: upper limit of one computed wait; a wait asked for by the registry may be longer.
    """

    attempts: int = 4
    seconds: float = 180.0
    first_wait: float = 1.0
    longest_wait: float = 30.0
    body_seconds: float = 300.0

    def wait(self, tries: int, asked: float | None, random: Callable[[], float]) -> float:
        """Seconds to wait after the given number of tries.

        Args:
            tries: how many have failed, at least 1.
            asked: what the registry asked for in Retry-After; None when it did not.
            random: gives a number from 0 to 1; up to half of the wait is left to chance, so that many installations
                that failed together do not come back together.
        """
        if asked is not None:
            return asked + random() * self.first_wait
        full = min(self.longest_wait, self.first_wait * 2.0 ** (tries - 1))
        return full * (0.5 + 0.5 * random())


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that the answer asks to wait; None when it does not say, or says it in no known form.

    Args:
        headers: of the answer; a date in Retry-After is measured from its own Date when it has one, so that a wrong
            clock on this machine does no harm.
        now: this machine's time, seconds since 1970.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit() and len(value) <= 9:
        return float(value)
    until = _moment(value)
    if until is None:
        return None
    since = _moment(headers.get("date", ""))
    return max(0.0, until - (now if since is None else since))


def _moment(text: str) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
