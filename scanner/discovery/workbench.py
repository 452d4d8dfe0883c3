"""All that reading a file needs, made when the first file has to be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scanner.discovery.allowance import Allowance
from scanner.discovery.file_findings import FileFindings
from scanner.discovery.neighbours import ProjectFiles
from scanner.knowledge.store import Knowledge
from scanner.project.tree import ProjectFile, Tree

if TYPE_CHECKING:
    from scanner.discovery.file_reading import Kit


class Workbench:
    """Readers, detectors and the project's files; made when the first file has to be read."""

    def __init__(self, tree: Tree, knowledge: Knowledge, list_folder: Path | None = None) -> None:
        self.tree = tree
        self._knowledge = knowledge
        self._list_folder = list_folder
        self._made: tuple[Kit, ProjectFiles] | None = None
        self._allowance = Allowance(has_all=False)

    def read(self, file: ProjectFile, content: bytes | None = None) -> FileFindings:
        """Read one file."""
        from scanner.discovery.file_reading import read_file

        kit, neighbours = self.make()
        return self._allowance.take(read_file(self.tree, file, kit, neighbours, content))

    def make(self) -> tuple[Kit, ProjectFiles]:
        """Load what reading needs."""
        if self._made is None:
            from scanner.discovery.context import KnownWorld
            from scanner.discovery.file_reading import load_kit

            world = KnownWorld(self._knowledge)
            files = ProjectFiles(self.tree, world)
            self._made = load_kit(world, self._list_folder), files
        return self._made
