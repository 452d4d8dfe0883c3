"""A project as of a commit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scanner.errors import GitFailed, UsageError
from scanner.project import git
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Revision:
    """A project as of a commit."""

    root: Path
    commit: str

    def read(self, path: str) -> bytes | None:
        """The bytes of a file then; None where there was none."""
        return git.read_at(self.root, self.commit, path)

    def renames(self) -> Mapping[str, str]:
        """Path now to path then, for what was renamed since."""
        changes = git.list_changes(self.root, self.commit)
        return {change.path: change.old_path for change in changes if change.status == "R"}

    def files_in(self, folders: tuple[str, ...]) -> tuple[str, ...]:
        """Paths of the files that lay in the folders."""
        starts = tuple(folder.removeprefix("./").rstrip("/") + "/" for folder in folders)
        return tuple(path for path, _, _ in git.list_at(self.root, self.commit) if path.startswith(starts))


def renames_since(root: Path, commit: str) -> Mapping[str, str]:
    """Path now to path at a commit; empty where that commit is not here."""
    try:
        return Revision(root, git.resolve_revision(root, commit)).renames()
    except GitFailed:
        return {}


def find_revision(root: Path, name: str) -> Revision:
    """Find the project as of a revision.

    Raises:
        UsageError: there is no such revision here; of a shallow clone the message says how to deepen it.
    """
    try:
        return Revision(root, git.resolve_revision(root, name))
    except GitFailed as error:
        if git.is_work_tree(root) and git.is_shallow(root):
            raise UsageError(
                f"{name}: the clone is too shallow to know it; deepen it:\n"
                "  git fetch --unshallow origin\n"
                f"  git fetch origin {name.removeprefix('origin/')}"
            ) from error
        raise UsageError(
            f"{name}: no such commit, branch or tag here\n"
            "  name one that `git rev-parse` knows, or fetch it first"
        ) from error
