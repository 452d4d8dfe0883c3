"""Arguments of a Python call: which of them are followed, and to what values."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from scanner.discovery.code_loading_calls import OPENERS
from scanner.discovery.code_names import hints_of
from scanner.discovery.config_keys import KeyRole, snake
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_values import RUN_TIME, Evaluation, entries_of, fold, unite
from scanner.discovery.setting_neighbours import TELLING_KEYS
from scanner.discovery.views import Value


def keywords_of(
    run: Evaluation, node: ast.Call, frame: Frame, *, is_all: bool = True
) -> Iterator[tuple[str, Value]]:
    """Keywords with their values; of a library's call only those are followed that could tell something."""
    neighbours = run.source.neighbours
    for keyword in node.keywords:
        if not (
            is_all
            or neighbours is None
            or keyword.arg is None
            or isinstance(keyword.value, ast.Constant)
            or keyword.arg in neighbours.call_arguments
            or _tells(keyword.arg)
        ):
            yield keyword.arg, (run.opaque(keyword.value, RUN_TIME),)
            continue
        value = run.evaluate(keyword.value, frame)
        if keyword.arg is not None:
            yield keyword.arg, value
            continue
        named = [(key.value, fold(held)) for key, held in entries_of(value) if key is not None]
        yield from named
        if not named:
            yield "**", value


@lru_cache(maxsize=4096)
def _tells(name: str) -> bool:
    """Whether an argument of this name could name a model, or decide what a name beside it means."""
    key = snake(name)
    return (
        key in TELLING_KEYS
        or key in _DECIDING
        or key.endswith("revision")
        or hints_of(name) not in (KeyRole.OTHER, KeyRole.NEVER)
    )


_DECIDING = frozenset(
    {opener.argument for opener in OPENERS.values()} | {"pickle_module", "trust_remote_code"}
)
_SETTINGS_OF_MODULE = ("api_base", "base_url", "base_http_api_url", "azure_endpoint", "api_type")


def module_settings(run: Evaluation, node: ast.Call, frame: Frame) -> Iterator[tuple[str, Value]]:
    """What is assigned to the library itself (`openai.api_base = "…"`): it holds for its calls."""
    base: ast.expr = node.func
    while isinstance(base, ast.Attribute):
        base = base.value
    if not isinstance(base, ast.Name):
        return
    given = {keyword.arg for keyword in node.keywords}
    for name in _SETTINGS_OF_MODULE:
        bound = [] if name in given else run.find(f"{base.id}.{name}", frame, node)
        if bound:
            yield name, fold(unite(run.bound(binding) for binding in bound))
