"""Fixtures every room of the tests may use."""

import hypothesis
import pytest

# How fast a machine is says nothing about the code: no test fails for being slow.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; read the diff"
    )


@pytest.fixture(autouse=True)
def _no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run as in a pipe, whatever width the window has they are started from."""
    monkeypatch.delenv("COLUMNS", raising=False)
