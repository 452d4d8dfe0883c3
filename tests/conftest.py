"""Fixtures every room of the tests may use."""

import socket
from typing import Any

import hypothesis
import pytest

# How fast a machine is says nothing about the code: no test fails for being slow. A run is told from another
# by the change alone, so examples are the same each time; `--hypothesis-profile explore` tries new ones.
_ALWAYS: dict[str, Any] = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("house", derandomize=True, **_ALWAYS)
hypothesis.settings.register_profile("explore", max_examples=2_000, **_ALWAYS)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; read the diff"
    )


@pytest.fixture(autouse=True)
def _no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run as in a pipe, whatever width the window has they are started from."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test reaches is on this machine: no other host has an address."""
    look_up = socket.getaddrinfo

    def only_here(host: Any, *rest: Any, **named: Any) -> Any:
        if host not in {None, "", "127.0.0.1", "::1", "0.0.0.0", "localhost", b"127.0.0.1", b"localhost"}:
            raise socket.gaierror(socket.EAI_NONAME, f"tests look up no host: {host!r}")
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", only_here)
