"""TOML files."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.comments import hash_comments
from scanner.discovery.interest import may_name_models
from scanner.discovery.plugin import Reader
from scanner.discovery.settings_tree import read_tree
from scanner.discovery.source import Source
from scanner.discovery.task_tables import find_tasks
from scanner.discovery.toml_nodes import read_toml
from scanner.discovery.views import View
from scanner.discovery.wheels import model_wheels

_LOCKS = (
    "poetry.lock",
    "uv.lock",
    "Cargo.lock",
    "Cargo.toml",
    "pdm.lock",
    "rust-toolchain.toml",
    "Pipfile.lock",
)


def read(source: Source) -> Iterator[View]:
    """Read TOML with its places; lock files are passed over but for the models they install."""
    yield from model_wheels(source)
    name = source.file.rsplit("/", 1)[-1]
    if (source.depth == 0 and name in _LOCKS) or not may_name_models(source.text):
        return
    yield from hash_comments(source)
    root = read_toml(source)
    yield from read_tree(root, source, "toml")
    yield from find_tasks(root, source)


READER = Reader(
    language="toml",
    endings=(".toml", ".toml.example", ".toml.sample", ".toml.template"),
    names=("Pipfile", "poetry.lock", "uv.lock", "pdm.lock"),
    read=read,
)
