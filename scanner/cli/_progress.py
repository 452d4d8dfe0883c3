"""A progress bar with counts, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(*, is_wanted: bool) -> Iterator[Callable[[int, int], None]]:
    """Show how many repositories were asked for, while the network is asked; gone when it is done."""
    if not is_wanted or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("resolving"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("resolving", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
