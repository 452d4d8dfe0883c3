"""How much all files of one project together may name."""

from __future__ import annotations

from scanner.discovery.file_findings import FileFindings
from scanner.records.quick import dataclass, field
from scanner.records.sighting import Skipped

MAX_NAMES = 5_000
"""Different names of one project that are kept: each is resolved, judged and reported."""
MAX_PLACES = 100_000
"""Places of one project at which something is named, or could not be resolved."""
_UNKNOWN_STATE = ("", "")
"""As if it had been read with a file nobody knows: what was cut is not remembered."""


@dataclass(slots=True)
class Allowance:
    """What is left of the limits, file by file in the order of the tree.

    Each process cuts the places it reads (`has_all` is False), and the whole is cut again: what a process
    leaves out comes behind as many places in the order of the tree too, so that the answer does not
    depend on how many processes there are. Different names are counted where all files are seen.
    """

    has_all: bool = True
    names: set[tuple[str, str]] = field(default_factory=set)
    places: int = 0

    def take(self, findings: FileFindings) -> FileFindings:
        """The findings of a file without what goes beyond the limits, which is said."""
        found, unresolved = findings.sightings, findings.unresolved
        if not found and not unresolved:
            return findings
        file = found[0].location.file if found else unresolved[0].file
        room = max(0, MAX_PLACES - self.places)
        self.places += len(found) + len(unresolved)
        if len(found) + len(unresolved) > room:
            del found[room:], unresolved[room - min(room, len(found)) :]
            _say(findings, file, f"{MAX_PLACES} places")
        if self.has_all:
            kept = [each for each in found if self._is_kept((each.kind.value, each.name))]
            if len(kept) < len(found):
                found[:] = kept
                _say(findings, file, f"{MAX_NAMES} different names")
        return findings

    def _is_kept(self, name: tuple[str, str]) -> bool:
        if len(self.names) < MAX_NAMES:
            self.names.add(name)
        return name in self.names


def _say(findings: FileFindings, file: str, what: str) -> None:
    reason = f"more than {what} in the project: not all of this file are kept"
    findings.skipped.append(Skipped(file, reason))
    findings.asked = (*findings.asked, _UNKNOWN_STATE)
