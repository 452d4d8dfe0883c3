"""Garbage collection between files."""

from __future__ import annotations

import gc

from scanner.discovery.sweeping import sweeping_between_files


class _Ring:
    """Refers to itself, so that only the collector frees it."""

    freed = 0

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        _Ring.freed += 1


def test_nothing_is_swept_within_a_file_and_dead_rings_are_swept_behind_it() -> None:
    _Ring.freed = 0
    with sweeping_between_files() as sweeper:
        for _ in range(100_000):
            _Ring()
        within = _Ring.freed
        sweeper.sweep()
        behind = _Ring.freed
    assert (within, behind) == (0, 100_000)


def test_the_collector_is_as_it_was_afterwards() -> None:
    before = gc.isenabled()
    with sweeping_between_files():
        assert not gc.isenabled()
    assert gc.isenabled() == before
