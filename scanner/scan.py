"""The whole trip on one page: walk, discover, resolve, judge, report."""

from __future__ import annotations

from pathlib import Path

from scanner.assemble import assemble
from scanner.discovery.discover import discover
from scanner.errors import NothingReadable
from scanner.knowledge.store import open_knowledge
from scanner.past import look_back
from scanner.policy.circumstances import Circumstances
from scanner.policy.evaluate import evaluate
from scanner.policy.load import check, gather
from scanner.policy.rule_list import rules_when_used
from scanner.policy.wishes import with_wishes
from scanner.project.listed import walk_for
from scanner.project.tree import Tree
from scanner.records.quick import dataclass
from scanner.records.report import Report
from scanner.records.sighting import Scope
from scanner.resolution.chain import Progress
from scanner.resolution.resolve import be_silent, read_flags, resolve, with_flags
from scanner.settings import Settings

PROCESSES = 2
"""Processes that share the reading of a large project; more would cost memory before they save time."""


@dataclass(frozen=True, slots=True)
class Request:
    """What one scan is asked to do."""

    root: Path
    policies: tuple[str, ...] = ()
    """Values of `--policy`; empty: the project's own, else the pack baseline."""
    include: frozenset[Scope] = frozenset()
    """Parts judged besides what the project ships."""
    files: tuple[str, ...] | None = None
    """Only these paths (the commit hook); None: the whole project."""
    is_staged: bool = False
    """Read the files as staged in git's index."""
    diff: str | None = None
    """Judge only what is new against this revision."""
    trust: str | None = None
    """Take policy, exceptions, ignores, baseline and lockfile as of this revision."""
    baseline: str | None = None
    """File of findings accepted earlier, relative to the root."""
    is_hook: bool = False
    scanned: tuple[Path, ...] = ()
    """Reports of scanners of model files."""


def scan(request: Request, settings: Settings, progress: Progress = be_silent) -> Report:
    """Scan a project and judge what it depends on.

    Raises:
        NothingReadable: the folder or every one of its files could not be read.
        PolicyBroken: the policy has mistakes; every one is listed.
        UsageError: a policy or revision that was named does not exist.
        LockBroken: the lockfile cannot be read.
    """
    root = request.root
    flags = read_flags(request.scanned)
    past = look_back(root, request.trust, request.diff)
    # 1. The policy first: a wrong judge is worse than none, and it may lay facts of its own over ours.
    trusted = past.trusted.read if past.trusted else None
    gathered = gather(root, request.policies, trusted, cache_folder=settings.cache_folder)
    with past.overlays(gathered.overlays) as overlays:
        knowledge = open_knowledge(overlays)
        # Of a few files a commit waits for the rules that may speak; a whole project has them all loaded.
        rules = rules_when_used(settings.cache_folder) if request.files is not None else None
        policy = check(gathered, knowledge, rules)
        # 2. Files in, sightings out.
        tree = _walk(request)
        found = discover(
            tree, knowledge, only=request.files, cache_folder=settings.cache_folder, processes=PROCESSES
        )
        if tree.files and not found.read and found.skipped:
            raise NothingReadable(f"{tree.name}: not one file could be read\n  {found.skipped[0].reason}")
        found, added = past.sift(found, knowledge, settings)
        # 3. Sightings in, assets out.
        settings = with_wishes(settings, policy)
        lock = past.lock(settings.cache_folder)
        resolved = resolve(found.sightings, knowledge, settings, root=tree.root, lock=lock, progress=progress)
        resolved = with_flags(resolved, flags)
        # 4. Assets in, findings out.
        changed = past.changed(found, resolved, knowledge, settings)
        run = Circumstances(
            today=settings.today,
            knowledge=knowledge,
            scope="files" if request.files is not None else "diff" if request.diff else "whole",
            is_offline=settings.is_offline,
            is_hook=request.is_hook,
            include=request.include,
            notices=found.notices,
            ignores=found.ignores,
            lock=past.compared(lock, resolved),
            loosened=added + past.loosened(policy, request.policies, knowledge, request.baseline),
            baseline=past.baseline(request.baseline),
            only=changed.references if changed else None,
            switches=changed.switches if changed else found.switches,
            unresolved=changed.unresolved if changed else found.unresolved,
            loads=changed.loads if changed else found.loads,
        )
        judged = evaluate(policy, resolved, run)
    return assemble(tree, found, resolved, judged, policy, run)


def _walk(request: Request) -> Tree:
    if request.files is not None:
        return walk_for(request.root, request.files)
    from scanner.project.walk import walk, walk_staged

    return walk_staged(request.root) if request.is_staged else walk(request.root)
