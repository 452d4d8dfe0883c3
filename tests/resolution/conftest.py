"""A local Hub, a clock that does not tick, and settings for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.records.asset import Resolution
from scanner.records.lock import Lock
from scanner.records.sighting import Certainty, Kind, Location, Role, Scope, Sighting
from scanner.resolution import pace
from scanner.resolution.resolve import resolve
from scanner.settings import Settings
from tests.local_hub import LocalHub, serve

TODAY = date(2026, 11, 22)


class Clock:
    """Time that passes only while somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def sleep(self, seconds: float, stopped: threading.Event) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def read(self) -> float:
        return self.now


class Bench:
    """Resolves names against the local Hub, each time as a new run."""

    def __init__(self, hub: LocalHub, knowledge: Knowledge, folder: Path, clock: Clock) -> None:
        self.hub, self.knowledge, self.folder, self.clock = hub, knowledge, folder, clock

    def settings(self, *, is_offline: bool = False, refresh: bool = False, jobs: int = 8) -> Settings:
        return Settings(is_offline, refresh, jobs, TODAY, self.folder / "cache")

    def resolve(
        self, *names: str | Sighting, lock: Lock | None = None, settings: Settings | None = None
    ) -> Resolution:
        sightings = tuple(see(name) if isinstance(name, str) else name for name in names)
        chosen = settings or self.settings()
        return resolve(sightings, self.knowledge, chosen, root=self.folder, lock=lock)


def see(name: str, kind: Kind = Kind.HF_MODEL, revision: str = "none", line: int = 1) -> Sighting:
    place = Location("app.py", line, 1, line, 2)
    return Sighting(kind, name, revision, Role.DEPENDENCY, Scope.SHIPPED, Certainty.LITERAL, "test", place)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return open_knowledge()


@pytest.fixture(scope="session")
def running_hub() -> Iterator[LocalHub]:
    with serve(LocalHub()) as hub:
        yield hub


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace, "sleep", clock.sleep)
    monkeypatch.setattr(pace, "clock", clock.read)
    return clock


@pytest.fixture
def hub(running_hub: LocalHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LocalHub:
    """The local Hub, empty and whole; the environment points to it and shows no token."""
    fresh = LocalHub(address=running_hub.address, guard=running_hub.guard)
    for name in LocalHub.__dataclass_fields__:
        setattr(running_hub, name, getattr(fresh, name))
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_TOKEN_PATH", "HF_HUB_DISABLE_IMPLICIT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_CACHE", "OLLAMA_MODELS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_ENDPOINT", running_hub.address)
    monkeypatch.setenv("LADING_OLLAMA_REGISTRY", "http://127.0.0.1:1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf-home"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return running_hub


@pytest.fixture
def bench(hub: LocalHub, knowledge: Knowledge, tmp_path: Path, clock: Clock) -> Bench:
    return Bench(hub, knowledge, tmp_path, clock)
