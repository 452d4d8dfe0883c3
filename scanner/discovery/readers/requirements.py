"""Requirement files: models that are installed like packages."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import View
from scanner.discovery.wheels import model_wheels


def read(source: Source) -> Iterator[View]:
    """Read the addresses of models; packages themselves are no models."""
    yield from model_wheels(source)


READER = Reader(
    language="requirements",
    endings=(),
    names=("requirements*.txt", "requirements*.in", "*requirements.txt", "constraints*.txt"),
    read=read,
)
