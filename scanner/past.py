"""What stood before a change, for judging it by what its base already had."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.discovery.discover import discover
from scanner.errors import UsageError
from scanner.knowledge.store import Knowledge
from scanner.policy.load import check, gather
from scanner.policy.policy import Policy
from scanner.policy.rule import Loosening
from scanner.records.asset import Asset, Resolution
from scanner.records.lock import Change, Lock
from scanner.records.quick import dataclass, replace
from scanner.records.sighting import Discovery, IgnoreComment, Sighting
from scanner.resolution.lock import FILE_NAME, read_lock, read_lock_file
from scanner.resolution.resolve import resolve
from scanner.settings import Settings

if TYPE_CHECKING:
    from scanner.policy.baseline import Baseline
    from scanner.policy.difference import Changed
    from scanner.project.revision import Revision


@dataclass(frozen=True, slots=True)
class Past:
    """The two revisions a scan may look back to, either of them absent."""

    root: Path
    trusted: Revision | None
    """Where policy, exceptions, ignores, facts, baseline and lockfile are read from (`--trust`)."""
    base: Revision | None
    """What the change is compared with (`--diff`)."""

    @contextmanager
    def overlays(self, names: tuple[str, ...]) -> Iterator[tuple[Path, ...]]:
        """Folders of the project's own facts: as they lie there, or written out as they were trusted."""
        if self.trusted is None or not names:
            yield tuple(self.root / name for name in names)
            return
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="lading-") as scratch:
            for path in self.trusted.files_in(names):
                (Path(scratch) / path).parent.mkdir(parents=True, exist_ok=True)
                (Path(scratch) / path).write_bytes(self.trusted.read(path) or b"")
            yield tuple(folder for name in names if (folder := Path(scratch) / name).is_dir())

    def lock(self, cache_folder: Path | None = None) -> Lock | None:
        """The lockfile to remember by; what the change wrote into trusted blocks stands in `edited`."""
        now = read_lock_file(self.root, cache_folder=cache_folder)
        if self.trusted is None or now is None:
            return now
        from scanner.resolution.drift import edits

        then = _lock_of(self.trusted)
        return replace(then, edited=edits(then, now)) if then else None

    def compared(self, lock: Lock | None, resolved: Resolution) -> Lock | None:
        """The lockfile with what resolution found to differ from it.

        With a trusted revision, a block the change itself adds is no gap: that lockfile cannot know it.
        """
        if lock is None:
            return None
        now = read_lock_file(self.root) if self.trusted else None
        added = {block.key for block in now.blocks} if now else set()
        drifts = (d for d in resolved.drifts if d.change is not Change.UNLOCKED or d.key not in added)
        return replace(lock, drifts=tuple(drifts))

    def baseline(self, file: str | None) -> Baseline | None:
        """The findings accepted earlier, as the file says now or as it was trusted.

        Raises:
            UsageError: there is no such file.
            ReportBroken: it is no baseline.
        """
        return _baseline(self.root, file, self.trusted) if file else None

    def sift(
        self, found: Discovery, knowledge: Knowledge, settings: Settings
    ) -> tuple[Discovery, tuple[Loosening, ...]]:
        """Keep the inline ignores that were trusted; those the change adds silence nothing and are named."""
        files = {each.file for each in found.ignores}
        if self.trusted is None or not files:
            return found, ()
        from scanner.policy.loosened import loosened_ignores

        names = files | {old for new, old in self.trusted.renames().items() if new in files}
        from scanner.project.walk import walk_revision

        tree = walk_revision(self.root, self.trusted.commit)
        then = discover(tree, knowledge, only=names, cache_folder=settings.cache_folder)
        renamed = {old: new for new, old in self.trusted.renames().items()}
        known = tuple(replace(each, file=renamed.get(each.file, each.file)) for each in then.ignores)
        added = loosened_ignores(known, found.ignores)
        places = {(each.file, each.line) for each in added}
        kept = tuple(each for each in found.ignores if (each.file, each.line) not in places)
        sightings = tuple(_ignored_by(kept, each) for each in found.sightings)
        return replace(found, ignores=kept, sightings=sightings), added

    def loosened(
        self, policy: Policy, given: tuple[str, ...], knowledge: Knowledge, baseline: str | None
    ) -> tuple[Loosening, ...]:
        """What the change makes more permissive in policy, facts and accepted findings.

        Raises:
            PolicyBroken: the policy the change brings has mistakes; every one is listed.
        """
        if self.trusted is None:
            return ()
        from scanner.policy.loosened import loosened, loosened_baseline, loosened_overlays

        gathered = gather(self.root, given)
        found = loosened(policy, check(gathered, knowledge), knowledge)
        if names := gathered.overlays:
            found += loosened_overlays(names, self._facts_differ(names, self.trusted))
        if baseline is not None:
            now = _baseline(self.root, baseline, None)
            found += loosened_baseline(_baseline(self.root, baseline, self.trusted), now, baseline)
        return found

    def changed(
        self, found: Discovery, now: Resolution, knowledge: Knowledge, settings: Settings
    ) -> Changed | None:
        """What the change adds, and the references whose locked facts it alters; None: all is judged."""
        if self.base is None:
            return None
        from scanner.policy.difference import Changed, changed_loads, changed_references, changed_settings
        from scanner.project.walk import walk_revision

        tree = walk_revision(self.root, self.base.commit)
        then = discover(tree, knowledge, cache_folder=settings.cache_folder)
        remembered: tuple[Asset, ...] = ()
        if (lock := _lock_of(self.base)) is not None:
            offline = replace(settings, is_offline=True)
            resolved = resolve(then.sightings, knowledge, offline, root=self.root, lock=lock)
            remembered = tuple(asset for asset in resolved.assets if asset.answered_by == "lockfile")
        renames = self.base.renames()
        references = changed_references(now, then.sightings, renames, remembered)
        loads = changed_loads(found, then, renames)
        return Changed(references, *changed_settings(found, then, renames), loads)

    def _facts_differ(self, names: tuple[str, ...], trusted: Revision) -> bool:
        now = {
            file.relative_to(self.root).as_posix(): file.read_bytes()
            for name in names
            for file in sorted((self.root / name).rglob("*"))
            if file.is_file()
        }
        return now != {path: trusted.read(path) for path in trusted.files_in(names)}


def look_back(root: Path, trust: str | None, diff: str | None) -> Past:
    """Find the revisions a scan looks back to.

    Raises:
        UsageError: one of them does not exist here.
    """
    if not trust and not diff:
        return Past(root, None, None)
    from scanner.project.revision import find_revision

    return Past(
        root,
        find_revision(root, trust) if trust else None,
        find_revision(root, diff) if diff else None,
    )


def _lock_of(revision: Revision) -> Lock | None:
    content = revision.read(FILE_NAME)
    return None if content is None else read_lock(content)


def _ignored_by(comments: tuple[IgnoreComment, ...], sighting: Sighting) -> Sighting:
    place = sighting.location
    rules = {
        rule
        for comment in comments
        if comment.file == place.file and place.line <= comment.line <= place.end_line
        for rule in comment.rules
    }
    return replace(sighting, ignored=tuple(sorted(rules)) or None)


def _baseline(root: Path, file: str, revision: Revision | None) -> Baseline | None:
    if revision is not None:
        content = revision.read(file)
    else:
        try:
            content = (root / file).read_bytes()
        except OSError as error:
            raise UsageError(
                f"--baseline {file}: {error.strerror} below the scanned folder\n"
                "  give its path from there, or write one with lading scan --write-baseline"
            ) from error
    from scanner.policy.baseline import read_baseline
    from scanner.project.revision import renames_since

    return (
        None if content is None else read_baseline(content, file, lambda commit: renames_since(root, commit))
    )
