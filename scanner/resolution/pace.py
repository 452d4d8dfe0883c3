"""How fast a server may be asked, how often again, and when to stop asking."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

from scanner.errors import SourceUnavailable
from scanner.patterns import regex

ATTEMPTS = 3
"""Times one request is made before its failure counts."""
BACKOFF_SECONDS = 0.5
"""Wait after the first failure; doubled after each further one."""
PATIENCE_SECONDS = 330.0
"""Longest time a run waits for rate limits in all: one window of the Hub (300 s) and a little."""
GIVE_UP_AFTER = 3
"""Questions in a row without any usable answer after which an endpoint that never answered is down."""
RETRIED = frozenset({408, 429, 500, 502, 503, 504})

clock = time.monotonic

_LIMIT = regex(r"\br\s*=\s*(\d{1,9}).*?\bt\s*=\s*(\d{1,9})")


def sleep(seconds: float, stopped: threading.Event) -> None:
    """Wait, unless the run is stopped meanwhile."""
    stopped.wait(seconds)


class Pace:
    """Shared by all threads that ask one endpoint."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._guard = threading.Lock()
        self._not_before = 0.0
        self._waited = 0.0
        self._has_answered = False
        self._failures = 0
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End all waiting and let nobody ask any more: the run is over, or was interrupted."""
        self._stopped.set()

    def wait_turn(self) -> None:
        """Wait while the endpoint has asked not to be asked.

        Raises:
            SourceUnavailable: the endpoint is down, or the wait would exceed PATIENCE_SECONDS in all.
        """
        if self._stopped.is_set():
            raise SourceUnavailable(f"{self._host} was not asked: the run was stopped")
        with self._guard:
            if not self._has_answered and self._failures >= GIVE_UP_AFTER:
                raise SourceUnavailable(f"{self._host} did not answer before; not asked again in this run")
            now = clock()
            pause = self._not_before - now
            if pause <= 0:
                return
            if self._waited + pause > PATIENCE_SECONDS:
                raise SourceUnavailable(
                    f"{self._host} limits the rate of requests; it takes more in {pause:.0f} s"
                )
            until = self._not_before
        sleep(pause, self._stopped)
        with self._guard:
            if self._not_before == until:
                # Only one of the waiting threads counts the wait: they all wait for the same moment.
                self._waited += pause
                self._not_before = 0.0

    def heed(self, status: int, headers: Mapping[str, str]) -> None:
        """Take note of what an answer says of the rate: `RateLimit`, then `Retry-After`."""
        left = _LIMIT.search(headers.get("ratelimit", ""))
        pause = 0.0
        if left and int(left.group(1)) == 0:
            pause = float(left.group(2))
        elif status in (429, 503):
            pause = _seconds(headers.get("retry-after", ""))
        if pause > 0:
            with self._guard:
                self._not_before = max(self._not_before, clock() + pause)

    def succeeded(self) -> None:
        """The endpoint gave a usable answer."""
        with self._guard:
            self._has_answered = True
            self._failures = 0

    def failed(self) -> None:
        """One question got no usable answer, in spite of all attempts."""
        with self._guard:
            self._failures += 1

    def back_off(self, attempt: int) -> None:
        """Wait between two attempts (the first is 1)."""
        sleep(BACKOFF_SECONDS * 2 ** (attempt - 1), self._stopped)


def _seconds(stated: str) -> float:
    """`Retry-After`, which holds seconds or a day and time; 0 for anything else."""
    if stated.isascii() and stated.isdigit() and len(stated) < 10:
        return float(stated)
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(stated).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return 0.0
