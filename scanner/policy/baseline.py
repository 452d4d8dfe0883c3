"""Findings accepted earlier, by fingerprint; a baseline hides them, not their rule."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from scanner.errors import ReportBroken
from scanner.policy.draft import Draft, fingerprint
from scanner.policy.policy import Policy
from scanner.records.asset import Asset
from scanner.records.finding import Finding
from scanner.records.quick import dataclass, field
from scanner.records.unknown import Unknown

SCHEMA = "lading.baseline/1"
MAX_BYTES = 50_000_000
MAX_ORDINAL = 64
"""Equal findings of one file that are still told apart after a rename."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The fingerprints of one baseline file."""

    commit: str | Unknown
    """Commit it was written at; renames since then are followed."""
    ids: frozenset[str]
    renames: Mapping[str, str]
    """Path now to path then, for files git saw renamed."""
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The files of the accepted findings, by rule."""

    def hides(self, identity: str, draft: Draft, policy: Policy, *, is_part: bool = False) -> bool:
        """Whether a finding was accepted, at this path or the one its file had then.

        A finding about an asset is known at any place of the project that names the asset, so that a new
        first place does not bring it back. Where only a part of the project is judged, its other places are
        not at hand: there it is known at any place it was accepted at. Rules the policy never baselines are
        never hidden.
        """
        if draft.rule in policy.never_baselined:
            return False
        if identity in self.ids:
            return True
        named = (place.reference.sighting.location.file for place in draft.places)
        files = list(dict.fromkeys([draft.file, *named]))
        then = [self.renames[file] for file in files if file in self.renames]
        if is_part and draft.asset is not None and Asset in draft.settings.rule.subjects:
            elsewhere = self.files.get(draft.rule, ())
            return any(fingerprint(draft.key(file), 0) in self.ids for file in (*files, *elsewhere))
        if len(draft.places) > 1:
            return any(fingerprint(draft.key(file), 0) in self.ids for file in (*files, *then))
        # One finding per place: the second of its kind in a file is not the first.
        ordinals = (at for at in range(MAX_ORDINAL) if fingerprint(draft.key(draft.file), at) == identity)
        ordinal = next(ordinals, 0)
        return any(fingerprint(draft.key(file), ordinal) in self.ids for file in then)


def write_baseline(findings: Iterable[Finding], commit: str | Unknown) -> str:
    """Write every finding no exception covers as an accepted one."""
    entries = [
        {
            "id": finding.id,
            "rule": finding.rule,
            "level": finding.level.value,
            "reference": finding.reference,
            "file": finding.file,
        }
        for finding in sorted(findings, key=lambda finding: (finding.file, finding.rule, finding.id))
        if finding.exception is None
    ]
    body = {
        "schema": SCHEMA,
        "commit": {"unknown": commit.reason} if isinstance(commit, Unknown) else commit,
        "findings": entries,
    }
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def read_baseline(
    content: bytes, file: str, renames_since: Callable[[str], Mapping[str, str]] | None = None
) -> Baseline:
    """Read a baseline file.

    `renames_since(commit)` gives, for each file git saw renamed since that commit, path now to path then;
    it is not asked where the baseline says no commit.

    Raises:
        ReportBroken: it is no baseline of this schema.
    """
    advice = f"  write a new one with lading scan --write-baseline {file}"
    if len(content) > MAX_BYTES:
        raise ReportBroken(f"{file}: the baseline is larger than {MAX_BYTES} bytes\n{advice}")
    try:
        body = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ReportBroken(f"{file}: not JSON: {error}\n{advice}") from error
    if not isinstance(body, dict) or body.get("schema") != SCHEMA:
        raise ReportBroken(f"{file}: not a baseline of schema {SCHEMA}\n{advice}")
    entries = body.get("findings")
    if not isinstance(entries, list) or not all(
        isinstance(entry, dict) and isinstance(entry.get("id"), str) for entry in entries
    ):
        raise ReportBroken(f"{file}: findings want an id each\n{advice}")
    ids, files = frozenset(entry["id"] for entry in entries), _files(entries)
    commit = body.get("commit")
    if not isinstance(commit, str):
        return Baseline(Unknown("not recorded"), ids, {}, files)
    renames = renames_since(commit) if renames_since else {}
    return Baseline(commit, ids, renames, files)


def _files(entries: list[dict[str, object]]) -> Mapping[str, tuple[str, ...]]:
    """The files that accepted findings name, by rule; what says neither is known by its id alone."""
    named: dict[str, dict[str, None]] = {}
    for entry in entries:
        rule, file = entry.get("rule"), entry.get("file")
        if isinstance(rule, str) and isinstance(file, str):
            named.setdefault(rule, {})[file] = None
    return {rule: tuple(files) for rule, files in named.items()}
