"""From a report to changes of files: only what is understood, each with the reason it is made for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.cli._fix_notice import NOTICE, with_notice
from scanner.cli._fix_proof import Reading
from scanner.cli._fix_python import Call
from scanner.cli._fix_sheet import Sheet
from scanner.cli._fix_text import Change
from scanner.records.asset import Asset
from scanner.records.finding import Finding
from scanner.records.lock import Lock, LockIndex
from scanner.records.quick import dataclass
from scanner.records.report import Report
from scanner.records.sighting import Kind, Role, Sighting

if TYPE_CHECKING:
    from scanner.knowledge.libraries import CallIndex
    from scanner.knowledge.store import Knowledge

MAX_BYTES = 2_000_000
PINNED = "revision-not-pinned"
OPEN = "obligation-open"
SWAPPED = frozenset({"license-not-allowed", "use-outside-license"})
_SIBLING = re.compile(r"use ([\w.-]+/[\w.-]+) \(")
"""How a remedy names a model that is allowed (policy/siblings.py)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be changed, and what would not."""

    changes: tuple[Change, ...]
    left: tuple[str, ...]
    """Findings that have a remedy of these kinds and are not touched, each with the reason."""


def plan(root: Path, report: Report, knowledge: Knowledge, notice: str, lock: Lock | None = None) -> Plan:
    """Work out the changes; `notice` is the text for the NOTICE file, used where a duty is open."""
    planner = _Planner(root, report, knowledge, lock.index() if lock is not None else None)
    open_findings = [each for each in report.findings if each.exception is None]
    # The commit of one model is none of another: where a name is exchanged nothing is pinned.
    for finding in open_findings:
        planner.take_swaps(finding)
    for finding in open_findings:
        planner.take_pins(finding)
    changes = list(planner.changes())
    left = list(planner.left)
    if any(each.rule == OPEN for each in open_findings):
        before = _read(root.resolve(), NOTICE) if (root / NOTICE).exists() else ""
        made = None if before is None else with_notice(before, notice, OPEN)
        changes += [made] if isinstance(made, Change) else []
        left += [made] if isinstance(made, str) else []
    return Plan(tuple(sorted(changes, key=lambda each: each.file)), tuple(left))


class _Planner:
    """Collects edits by file."""

    def __init__(self, root: Path, report: Report, knowledge: Knowledge, locked: LockIndex | None) -> None:
        from scanner.knowledge.libraries import read_calls

        self._root, self._locked = root.resolve(), locked
        self._calls: CallIndex = read_calls(knowledge)
        self._reading = Reading(knowledge)
        self._assets = {asset.id: asset for asset in report.assets}
        self._references = report.references
        self._sheets: dict[str, Sheet | str] = {}
        self._swapped: set[tuple[str, int, int]] = set()
        self.left: list[str] = []

    def take_swaps(self, finding: Finding) -> None:
        """Put the sibling a remedy names in every place that would load the model."""
        sibling = _SIBLING.match(finding.remedy) if finding.rule in SWAPPED else None
        for sighting in self._of_asset(finding.asset) if sibling else ():
            place = sighting.location
            self._swapped.add((place.file, place.line, place.column))
            if why := self._swap(finding, sighting, sibling[1] if sibling else ""):
                self._leave(finding, place.file, place.line, why)

    def take_pins(self, finding: Finding) -> None:
        """Write the commit where a name stands without one."""
        place = (finding.file, finding.line, finding.column)
        if finding.rule != PINNED or place in self._swapped:
            return
        if why := self._pin(finding, self._at(finding)):
            self._leave(finding, finding.file, finding.line, why)

    def _leave(self, finding: Finding, file: str, line: int, why: str) -> None:
        self.left.append(f"{file}:{line}: {finding.rule}: {finding.reference}: {why}")

    def _of_asset(self, asset: str) -> tuple[Sighting, ...]:
        return tuple(
            each.sighting
            for each in self._references
            if each.asset == asset and each.sighting.role is Role.DEPENDENCY
        )

    def _at(self, finding: Finding) -> Sighting | None:
        for sighting in self._of_asset(finding.asset):
            place = sighting.location
            if (place.file, place.line, place.column) == (finding.file, finding.line, finding.column):
                return sighting
        return None

    def _pin(self, finding: Finding, sighting: Sighting | None) -> str:
        asset = self._assets.get(finding.asset)
        if sighting is None or asset is None or sighting.kind not in (Kind.HF_MODEL, Kind.HF_DATASET):
            return "not a place lading can change"
        if not isinstance(sighting.revision, str):
            return "the revision is decided elsewhere"
        commit = self._commit(sighting, asset)
        if commit is None:
            return "no commit is known; run lading lock"
        sheet = self._sheet(finding.file)
        if isinstance(sheet, str):
            return sheet
        reason = f"{finding.file}:{finding.line}: {finding.rule}: {finding.message}"
        return sheet.pin(sighting, commit, call_of(self._calls, sighting, self._others(sighting)), reason)

    def _commit(self, sighting: Sighting, asset: Asset) -> str | None:
        """The locked commit, which somebody looked at; else the one the name leads to now."""
        held = str(sighting.revision)
        block = self._locked.find(sighting.kind, sighting.name, held) if self._locked is not None else None
        commits = (block.commit if block is not None else None, asset.commit)
        return next((each for each in commits if isinstance(each, str)), None)

    def _swap(self, finding: Finding, sighting: Sighting, other: str) -> str:
        place = sighting.location
        if sighting.revision != "none":
            return f"the place names a revision of {sighting.name}, which {other} does not have"
        sheet = self._sheet(place.file)
        if isinstance(sheet, str):
            return sheet
        reason = f"{place.file}:{place.line}: {finding.rule}: {finding.message}"
        return sheet.swap(sighting, other, reason)

    def _others(self, sighting: Sighting) -> tuple[tuple[int, int], ...]:
        """Where the same file names other models."""
        places = (each.sighting for each in self._references if each.sighting.name != sighting.name)
        return tuple(
            (each.location.line, each.location.column)
            for each in places
            if each.location.file == sighting.location.file
        )

    def _sheet(self, file: str) -> Sheet | str:
        if file not in self._sheets:
            text = _read(self._root, file)
            self._sheets[file] = (
                "the file cannot be read as text, or lies outside the project"
                if text is None
                else Sheet(file, text, self._reading)
            )
        return self._sheets[file]

    def changes(self) -> Iterator[Change]:
        """Apply the edits file by file; a file that would then say something else is left as it is."""
        for file, sheet in sorted(self._sheets.items()):
            if isinstance(sheet, str) or not sheet.edits:
                continue
            after = sheet.after()
            if after is None:
                self.left.append(f"{file}: the changes do not fit together; it is left as it is")
            elif after != sheet.text:
                reasons = tuple(dict.fromkeys(edit.reason for edit in sheet.edits))
                yield Change(file, sheet.text, after, reasons)


def call_of(calls: CallIndex, sighting: Sighting, others: tuple[tuple[int, int], ...]) -> Call | None:
    """How the call that names a model takes a revision; None where no record says it."""
    name = sighting.call or ""
    for record in calls.look_up(name):
        if record.revision is not None and record.revision.keywords:
            return Call(name, record.revision.keywords[0], record.revision.position, others)
    return None


def _read(root: Path, file: str) -> str | None:
    """A text file of the project as it is, line ends included; None for anything else."""
    try:
        path = (root / file).resolve()
        if not path.is_relative_to(root) or not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError, ValueError, RuntimeError):
        return None
