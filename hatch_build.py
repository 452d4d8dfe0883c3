"""Build hook: the wheel carries the knowledge compiled, not its YAML sources."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KnowledgeHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles scanner/knowledge/data into scanner/knowledge/index.sqlite of the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled index to a wheel; an editable install compiles it when first opened."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from scanner.knowledge.compile import compile_sources
            from scanner.knowledge.index_file import write_index
        finally:
            sys.path.remove(self.root)
        index = compile_sources(Path(self.root, "scanner", "knowledge", "data"))
        path = Path(tempfile.mkdtemp(prefix="lading-knowledge-"), "index.sqlite")
        write_index(path, index)
        build_data["force_include"][str(path)] = "scanner/knowledge/index.sqlite"
