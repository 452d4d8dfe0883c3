from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.resolution import pace
from tests.cli.kit import Lading
from tests.local_hub import LocalHub, serve

UNSAID = (
    *("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "LADING_OFFLINE", "SOURCE_DATE_EPOCH"),
    *("HF_TOKEN", "HF_TOKEN_PATH", "HF_HUB_CACHE"),
)
"""What the environment of a machine may say and no test wants to hear."""


@pytest.fixture
def lading(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Lading:
    return Lading(capfd, monkeypatch, tmp_path / "cache")


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this machine counts: homes and caches are folders of the test, and nobody waits."""
    for name in UNSAID:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf-home"))
    monkeypatch.setenv("LADING_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(pace, "sleep", lambda *waited: None)


@pytest.fixture
def local_hub(surroundings: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalHub]:
    """An empty Hub on this machine, which is the one that is asked."""
    with serve(LocalHub()) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub
