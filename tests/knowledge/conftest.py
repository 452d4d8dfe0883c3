"""A small knowledge built by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from scanner.knowledge.compile import compile_sources
from scanner.knowledge.store import Knowledge, open_knowledge

Build = Callable[..., Knowledge]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Compile records given as `publishers__Name="yaml text"` (two underscores part kind and file)."""

    def build_knowledge(**records: str) -> Knowledge:
        for place, text in records.items():
            kind, _, name = place.partition("__")
            path = tmp_path / "data" / kind / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), "utf-8")
        return Knowledge(compile_sources(tmp_path / "data"))

    return build_knowledge


@pytest.fixture(scope="session")
def shipped() -> Knowledge:
    """The knowledge as it ships."""
    return open_knowledge()
