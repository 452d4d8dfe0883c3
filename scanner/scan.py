"""The whole trip on one page: walk, discover, resolve, judge, report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scanner import __version__
from scanner.discovery.discover import discover
from scanner.errors import NothingReadable
from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.policy.circumstances import Circumstances
from scanner.policy.evaluate import evaluate
from scanner.policy.load import check, gather
from scanner.policy.policy import Policy
from scanner.project.tree import Tree
from scanner.project.walk import walk, walk_staged
from scanner.records.asset import Resolution
from scanner.records.counting import count
from scanner.records.finding import Judgement
from scanner.records.report import SCHEMA, Coverage, LanguageGap, LockStamp, Project, Report, Tool
from scanner.records.sighting import Discovery, Scope
from scanner.resolution.chain import Progress
from scanner.resolution.resolve import be_silent, resolve
from scanner.settings import Settings


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


@dataclass(frozen=True, slots=True)
class Trip:
    """What each stage handed to the next, for those who write more than the report."""

    tree: Tree
    knowledge: Knowledge
    policy: Policy
    discovery: Discovery
    resolution: Resolution
    judgement: Judgement


def scan(request: Request, settings: Settings, progress: Progress = be_silent) -> Report:
    """Scan a project and judge what it depends on.

    Raises:
        NothingReadable: the folder or every one of its files could not be read.
        PolicyBroken: the policy has mistakes; every one is listed.
        UsageError: a policy that was named does not exist.
    """
    # 1. The policy first: a wrong judge is worse than none, and it may lay facts of its own over ours.
    gathered = gather(request.root, request.policies)
    knowledge = open_knowledge(tuple(request.root / folder for folder in gathered.overlays))
    policy = check(gathered, knowledge)
    # 2. Files in, sightings out.
    tree = walk_staged(request.root) if request.is_staged else walk(request.root)
    discovery = discover(tree, knowledge, only=request.files)
    if tree.files and not discovery.read and discovery.skipped:
        raise NothingReadable(f"{tree.name}: not one file could be read\n  {discovery.skipped[0].reason}")
    # 3. Sightings in, assets out.
    resolution = resolve(
        discovery.sightings, knowledge, settings, root=tree.root, lock=None, progress=progress
    )
    # 4. Assets in, findings out.
    run = Circumstances(
        today=settings.today,
        knowledge=knowledge,
        scope="whole" if request.files is None else "files",
        is_offline=settings.is_offline,
        include=request.include,
        unresolved=discovery.unresolved,
        notices=discovery.notices,
        switches=discovery.switches,
        ignores=discovery.ignores,
    )
    judgement = evaluate(policy, resolution, run)
    return report_of(Trip(tree, knowledge, policy, discovery, resolution, judgement), run, "none")


def report_of(trip: Trip, run: Circumstances, lock: LockStamp | str) -> Report:
    """Put together what the stages found; nothing is added here but counts."""
    tree, found, resolved, judged = trip.tree, trip.discovery, trip.resolution, trip.judgement
    coverage = Coverage(
        files=len(tree.files) + len(tree.skipped),
        read=found.read,
        skipped=found.skipped,
        languages_without_reader=tuple(LanguageGap(*gap) for gap in found.languages_without_reader),
        unanswered=resolved.unanswered,
        not_judged=judged.not_judged,
    )
    return Report(
        schema=SCHEMA,
        tool=Tool("lading", __version__),
        project=Project(tree.name, tree.commit, tree.dirty, run.scope),
        date=run.today.isoformat(),
        policy=trip.policy.stamp,
        knowledge=trip.knowledge.stamp,
        lock=lock,
        coverage=coverage,
        references=resolved.references,
        assets=resolved.assets,
        findings=judged.findings,
        obligations=judged.obligations,
        unresolved=found.unresolved,
        exceptions=judged.exceptions,
        summary=count(
            resolved.references, resolved.assets, judged.findings, judged.obligations, found.unresolved
        ),
    )
