"""Small git repositories for the tests, made by hand."""

from __future__ import annotations

import subprocess
from pathlib import Path

QUIET = (
    "-c",
    "user.name=t",
    "-c",
    "user.email=t@example.org",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "gc.auto=0",
)


def git(root: Path, *arguments: str) -> str:
    """Run git in a test repository."""
    done = subprocess.run(
        ["git", *QUIET, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout


def make_repository(root: Path, files: dict[str, str | bytes]) -> str:
    """Make a repository with one commit of the given files; hands back its hash."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "-q", "-b", "main")
    return commit(root, files, "first")


def commit(root: Path, files: dict[str, str | bytes], message: str = "next") -> str:
    """Write files and commit everything; hands back the hash."""
    write(root, files)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)
    return git(root, "rev-parse", "HEAD").strip()


def write(root: Path, files: dict[str, str | bytes]) -> None:
    """Write files below a folder."""
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
