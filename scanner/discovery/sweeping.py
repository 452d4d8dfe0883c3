"""Garbage collection between files instead of within them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_WORTH_A_SWEEP = 100_000
"""Objects left behind, more made than freed, after which everything is swept."""


class Sweeper:
    """Sweeps when a file is done: then most of what parsing it made is dead and goes at once.

    What readers make goes by itself where nothing in it refers in rings; the larger rings are untied by
    their owners. So there is little to sweep, and looking for it costs more than what is found.
    """

    def sweep(self) -> None:
        """Free what the last files left behind, where it is worth the time."""
        if gc.get_count()[0] >= _WORTH_A_SWEEP:
            gc.collect()


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
