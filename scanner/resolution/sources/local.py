"""Weights that lie in the project: their headers, and the files that stand beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.records.sighting import Kind
from scanner.resolution.source import Reach, Source, Surroundings

if TYPE_CHECKING:
    from scanner.resolution.local_asker import LocalAsker


def _open(surroundings: Surroundings) -> LocalAsker:
    # Of a project without weights nothing is asked: what reading them takes is not imported.
    from scanner.resolution.local_asker import LocalAsker

    return LocalAsker(surroundings.root, surroundings.headers, surroundings.lock)


SOURCE = Source(id="local", order=20, reach=Reach.DISK, kinds=frozenset({Kind.LOCAL_WEIGHTS}), open=_open)
