from __future__ import annotations

from tests.cli.conftest import lading

__all__ = ["lading"]
