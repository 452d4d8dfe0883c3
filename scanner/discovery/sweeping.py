"""Garbage collection between files instead of within them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_WORTH_A_SWEEP = 30_000
"""New objects after which the young ones are swept."""
_OLD_AFTER = 2
"""Sweeps of the young after which the old are swept too."""


class Sweeper:
    """Sweeps when a file is done: then most of what parsing it made is dead and goes at once."""

    def __init__(self) -> None:
        self._sweeps = 0

    def sweep(self) -> None:
        """Free what the last files left behind, where it is worth the time."""
        if gc.get_count()[0] < _WORTH_A_SWEEP:
            return
        self._sweeps += 1
        gc.collect(2 if self._sweeps % _OLD_AFTER == 0 else 1)


@contextmanager
def sweeping_between_files() -> Iterator[Sweeper]:
    """Keep the collector from running in the middle of a file; what is loaded by now is left alone."""
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield Sweeper()
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()
