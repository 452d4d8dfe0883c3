"""What one file said; a file whose findings are remembered needs nothing that reads."""

from __future__ import annotations

from scanner.records.quick import dataclass, field
from scanner.records.sighting import (
    CodeLoad,
    HubSwitch,
    IgnoreComment,
    Notice,
    Sighting,
    Skipped,
    Unresolved,
)


@dataclass(slots=True)
class FileFindings:
    """Everything one file said."""

    sightings: list[Sighting] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)
    switches: list[HubSwitch] = field(default_factory=list)
    ignores: list[IgnoreComment] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    is_read: bool = False
    language_without_reader: str | None = None
    asked: tuple[tuple[str, str | None], ...] = ()
    """Other files it was read with, and their blobs: None where there was no such file."""
    loads: list[CodeLoad] = field(default_factory=list)
