from __future__ import annotations

import threading
from email.utils import formatdate
from time import time

import pytest

from scanner.errors import SourceUnavailable
from scanner.resolution.pace import GIVE_UP_AFTER, Pace
from tests.resolution.conftest import Clock


def test_a_window_that_is_used_up_is_waited_for(clock: Clock) -> None:
    pace = Pace("hub.example")
    pace.heed(200, {"ratelimit": '"api";r=0;t=55'})
    pace.wait_turn()
    pace.wait_turn()
    assert clock.waits == [55.0]


@pytest.mark.parametrize(
    ("status", "headers", "waits"),
    [
        (200, {"ratelimit": '"api";r=3;t=55'}, []),
        (200, {"ratelimit": "nonsense"}, []),
        (200, {"retry-after": "9"}, []),
        (429, {"retry-after": "9"}, [9.0]),
        (503, {"retry-after": "9"}, [9.0]),
        (429, {"retry-after": "soon"}, []),
        (429, {"retry-after": "-5"}, []),
        (429, {"retry-after": "²"}, []),
        (429, {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, []),
        (429, {"ratelimit": '"api";r=0;t=7', "retry-after": "9"}, [7.0]),
    ],
)
def test_headers_are_heeded(clock: Clock, status: int, headers: dict[str, str], waits: list[float]) -> None:
    pace = Pace("hub.example")
    pace.heed(status, headers)
    pace.wait_turn()
    assert clock.waits == waits


def test_a_day_and_time_to_come_back_at_is_understood(clock: Clock) -> None:
    pace = Pace("hub.example")
    pace.heed(429, {"retry-after": formatdate(time() + 60, usegmt=True)})
    pace.wait_turn()
    (waited,) = clock.waits
    assert 50 < waited <= 60


def test_patience_ends(clock: Clock) -> None:
    pace = Pace("hub.example")
    for _ in range(2):
        pace.heed(429, {"retry-after": "150"})
        pace.wait_turn()
    pace.heed(429, {"retry-after": "150"})
    with pytest.raises(
        SourceUnavailable, match=r"hub\.example limits the rate of requests; it takes more in 150 s"
    ):
        pace.wait_turn()
    assert clock.waits == [150.0, 150.0]


def test_an_endpoint_that_never_answered_is_left_and_one_that_did_is_not(clock: Clock) -> None:
    silent, flaky = Pace("hub.example"), Pace("hub.example")
    flaky.succeeded()
    for _ in range(GIVE_UP_AFTER):
        silent.failed()
        flaky.failed()
    with pytest.raises(SourceUnavailable, match="did not answer before; not asked again in this run"):
        silent.wait_turn()
    flaky.wait_turn()


def test_a_run_that_is_stopped_waits_for_nobody() -> None:
    pace = Pace("hub.example")
    pace.heed(429, {"retry-after": "300"})
    waiting = threading.Thread(target=pace.wait_turn)
    waiting.start()
    pace.stop()
    waiting.join(5)
    assert not waiting.is_alive()
    with pytest.raises(SourceUnavailable, match=r"hub\.example was not asked: the run was stopped"):
        pace.wait_turn()
