from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kit import Lading


@pytest.fixture
def lading(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Lading:
    return Lading(capfd, monkeypatch, tmp_path / "cache")
