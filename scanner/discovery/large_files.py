"""Large files are read before the others."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.project.tree import ProjectFile

LARGE_BYTES = 400_000
"""Size from which what is made of a file while it is read tells in the memory of the process."""


def is_large(file: ProjectFile) -> bool:
    """Whether a file is read before the others."""
    return file.size_bytes >= LARGE_BYTES


def large_first(files: Sequence[ProjectFile]) -> list[int]:
    """Indexes of files: the large ones first, the largest of them at the front, the others as they stand.

    What a large file needs for a moment is then used again for all that comes after it. At the end it
    would come on top of what has been kept meanwhile.
    """
    return sorted(range(len(files)), key=lambda at: -files[at].size_bytes if is_large(files[at]) else 0)
