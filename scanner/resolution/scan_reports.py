"""What scanners of model files found: their reports are read, their levels kept, nothing is added."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from scanner.errors import SourceUnavailable, UsageError
from scanner.patterns import regex
from scanner.records.asset import Asset, Resolution
from scanner.records.fact import Confidence, Evidence
from scanner.records.quick import dataclass, replace
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.names import HUB_FOLDERS
from scanner.resolution.reply import Reply, read_json
from scanner.resolution.source import Absent, Repository

HIGH, OTHER, LOW, UNFINISHED = "scan.high", "scan.other", "scan.low", "scan.unfinished"
"""Facts of the evidence; the value is the level a scanner gave, in its own word and lower case."""
_HIGH = frozenset({"unsafe", "dangerous", "critical", "high", "infected"})
_LOW = frozenset({"safe", "innocuous", "unscanned", "queued", "low", "info"})
MAX_REPORT_BYTES = 50_000_000
MAX_FLAGS = 10_000
MAX_WORDS = 300
MAX_PATH = 2_000
MAX_COLONS = 8
_PICKLESCAN = regex(
    r"^(.{1,1000}?): (\w{1,30}) import '(.{1,300})' FOUND(?: \(promoted by --strict\))?$", re.MULTILINE
)
_NOT_READ = regex(
    r"^(?:ERROR: parsing pickle in|WARNING: could not parse) (.{1,1000}?)(?: as pickle)?: (.{1,300})$",
    re.MULTILINE,
)
_SUMMARY = "SCAN SUMMARY"
UNREAD = "unread"
"""Level of a file the scanner says it could not read."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing a scanner reported of one file."""

    path: str
    """As the scanner wrote it; of a member of an archive `FILE:MEMBER`."""
    level: str
    what: str
    tool: str


def read_scan_report(file: Path) -> tuple[Flag, ...]:
    """Read a report of modelscan (JSON) or what picklescan printed.

    Raises:
        UsageError: it cannot be read, or is no such report.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_REPORT_BYTES + 1)
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{file}: cannot be read as text\n  give a report of modelscan or picklescan"
        ) from error
    if len(content) > MAX_REPORT_BYTES:
        raise UsageError(f"{file}: larger than {MAX_REPORT_BYTES} bytes\n  scan fewer files at a time")
    if text.lstrip().startswith("{"):
        return tuple(_of_modelscan(file, text))[:MAX_FLAGS]
    if _SUMMARY not in text and not _PICKLESCAN.search(text):
        raise UsageError(
            f"{file}: no report of modelscan (JSON) or picklescan (text)\n  see: docs/integrity.md"
        )
    return tuple(_of_picklescan(text))[:MAX_FLAGS]


def with_scans(resolution: Resolution, flags: Iterable[Flag]) -> Resolution:
    """Add what scanners reported to the assets whose files they speak of."""
    by_name: dict[str, list[tuple[tuple[str, ...], Flag]]] = {}
    for flag in flags:
        for parts in _files_of(flag):
            by_name.setdefault(parts[-1], []).append((parts, flag))
    if not by_name:
        return resolution
    assets = tuple(_with_flags(asset, by_name) for asset in resolution.assets)
    return replace(resolution, assets=assets)


def evidence_of(level: str, path: str, what: str, source: str, as_of: str | Unknown) -> Evidence:
    """One reported thing as a fact; what a scanner said is as sure as the scanner."""
    said = f"{path}: {what}" if what else path
    if level == UNREAD:
        reason = Unknown(f"{source} could not read {said}"[:MAX_WORDS])
        return Evidence(UNFINISHED, reason, source, as_of, Confidence.CORROBORATED)
    fact = HIGH if level in _HIGH else LOW if level in _LOW else OTHER
    return Evidence(fact, level[:30], source, as_of, Confidence.CORROBORATED, quote=said[:MAX_WORDS])


def _of_picklescan(text: str) -> Iterator[Flag]:
    for found in _PICKLESCAN.finditer(text):
        yield Flag(found[1], found[2].lower(), f"import {found[3]}", "picklescan")
    for found in _NOT_READ.finditer(text):
        yield Flag(found[1], UNREAD, found[2], "picklescan")


def _of_modelscan(file: Path, text: str) -> Iterator[Flag]:
    """Its sources are relative to the folder that was scanned, which the summary names."""
    try:
        loaded = json.loads(text)
        summary = loaded.get("summary")
        folder = str(summary.get("absolute_path") or "") if isinstance(summary, dict) else ""
        for issue in loaded["issues"]:
            named = f"{issue.get('module', '')}.{issue.get('operator', '')}".strip(".")
            what = named or str(issue.get("description", ""))
            source = str(issue["source"]).partition(":")[0]
            yield Flag(_joined(folder, source), str(issue["severity"]).lower(), what, "modelscan")
        for error in loaded.get("errors") or ():
            source = str(error.get("source") or "").partition(":")[0]
            yield Flag(_joined(folder, source), UNREAD, str(error.get("description", "")), "modelscan")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"{file}: no report of modelscan: it has no list of issues with source and severity\n"
            "  write one: modelscan -p FOLDER -r json -o FILE"
        ) from error


def _joined(folder: str, source: str) -> str:
    return f"{folder}/{source}" if folder and source else source


def _with_flags(asset: Asset, by_name: dict[str, list[tuple[tuple[str, ...], Flag]]]) -> Asset:
    unsaid = Unknown("the report says no day")
    found: dict[Evidence, None] = {}
    for path in _paths(asset):
        parts = _parts(path)
        for said, flag in by_name.get(parts[-1], ()) if parts else ():
            if said[-len(parts) :] == parts:
                found[evidence_of(flag.level, path, flag.what, flag.tool, unsaid)] = None
    if not found:
        return asset
    evidence = (*asset.license.evidence, *found)
    return replace(asset, license=replace(asset.license, evidence=evidence))


def _paths(asset: Asset) -> Iterator[str]:
    """What a scanner may call the files of an asset: by project path, by its place in a cache, on the Hub."""
    if asset.kind is Kind.LOCAL_WEIGHTS:
        yield asset.name
    elif isinstance(asset.files, tuple) and isinstance(asset.commit, str):
        folder = f"{asset.name.replace('/', '--')}/snapshots/{asset.commit}"
        for file in asset.files:
            yield f"models--{folder}/{file.path}"
            # What picklescan prints of a model on the Hub; it looks at main, and says so.
            yield f"huggingface.co/{asset.name}/resolve/main/{file.path}"


def _files_of(flag: Flag) -> Iterator[tuple[str, ...]]:
    """The files a scanner may mean: behind a colon stands a member of an archive, as a rule."""
    ends = [at for at, letter in enumerate(flag.path[:MAX_PATH]) if letter == ":"][-MAX_COLONS:]
    for end in (None, *ends):
        if parts := _parts(flag.path[:end]):
            yield parts


def _parts(path: str) -> tuple[str, ...]:
    return PurePosixPath(path.replace("\\", "/")).parts


def with_hub_scan(found: Repository | Absent, get: Callable[[str], Reply]) -> Repository | Absent:
    """Add the Hub's own scan results to its answer; not given is said, not passed over."""
    if not isinstance(found, Repository):
        return found
    try:
        reply = get(f"/api/{HUB_FOLDERS[found.kind]}/{found.name}/scan")
        status = read_json(reply, "the Hub") if reply.status == 200 else None
    except SourceUnavailable:
        status = None
    day = found.as_of if isinstance(found.as_of, str) else ""
    return replace(found, evidence=(*found.evidence, *of_hub(status, found.source, day)))


def of_hub(status: Any, source: str, as_of: str) -> tuple[Evidence, ...]:
    """The Hub's own results for the files of a repository (`securityRepoStatus`), levels kept."""
    if not isinstance(status, dict) or not isinstance(status.get("filesWithIssues"), list):
        return (
            Evidence(
                UNFINISHED, Unknown("the Hub gives no scan results"), source, as_of, Confidence.VERIFIED
            ),
        )
    found = [
        evidence_of(entry["level"], entry["path"], "", source, as_of)
        for entry in status["filesWithIssues"][:MAX_FLAGS]
        if isinstance(entry, dict)
        and isinstance(entry.get("level"), str)
        and isinstance(entry.get("path"), str)
    ]
    if status.get("scansDone") is not True:
        unfinished = Unknown("the Hub has not finished its scans")
        found.append(Evidence(UNFINISHED, unfinished, source, as_of, Confidence.VERIFIED))
    return tuple(found)
