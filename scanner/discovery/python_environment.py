"""Variables that Python code itself puts into its environment, which clients and loaders read."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scanner.discovery.positions import within
from scanner.discovery.python_frames import Binding, Frame
from scanner.discovery.python_imports import find_module
from scanner.discovery.python_module import Module
from scanner.discovery.python_switches import ENVIRONMENTS, is_read
from scanner.discovery.python_values import ENVIRONMENT, Evaluation, fold, prefer_known, texts_of, unite
from scanner.discovery.views import Bundle, Constant, Text, Value
from scanner.records.quick import replace

MAX_SETTINGS_FILES = 20
"""Files imported by one that are searched for variables they set."""
MAX_SET = 20
"""Values one file gives a variable that are looked at."""


def variables_of(module: Module) -> dict[str, list[Binding]]:
    """What a file puts into its environment, by the name of the variable."""
    found: dict[str, list[Binding]] = {}
    for frame in (module.frame, *module.frames.values()):
        for name in ENVIRONMENTS:
            for binding in frame.bindings.get(name, ()):
                key = binding.key
                if binding.how == "entry" and isinstance(key, ast.Constant) and isinstance(key.value, str):
                    found.setdefault(key.value, []).append(binding)
    return found


def set_in_code(run: Evaluation, name: str) -> Value:
    """What a file gives a variable of its environment; nothing where it gives none."""
    given = run.variables.get(name, [])
    return unite(
        run.evaluate(binding.node, binding.frame)
        for binding in within(given, MAX_SET, "values given to one variable of the environment", run.source)
        if isinstance(binding.node, ast.expr)
    )


def environment(run: Evaluation, node: ast.AST, name: Value, default: Value) -> Value:
    """What an environment variable gives: its default, else nothing the text knows."""
    variable = next((f"${text.value}" for text in texts_of(name)), "an environment variable")
    known = tuple(member for member in default if isinstance(member, (Text, Bundle)))
    if known:
        return tuple(replace(m, note=f"default of {variable}") if isinstance(m, Text) else m for m in known)
    set_here = unite(set_in_code(run, text.value) for text in texts_of(name))
    return fold(tuple(m for m in set_here if isinstance(m, Text))) or (run.opaque(node, ENVIRONMENT),)


def told_by_environment(run: Evaluation) -> tuple[tuple[str, Text | Constant], ...]:
    """Addresses and switches that a file, or one it imports, puts into the environment whatever happens."""
    found: dict[str, list[Text | Constant]] = {}
    for owner in (run, *_imported(run)):
        for key, given in owner.variables.items():
            if not is_read(key):
                continue
            if all(binding.is_sure and binding.frame.kind == "module" for binding in given):
                value = prefer_known(set_in_code(owner, key))
                found.setdefault(key, []).extend(m for m in value if isinstance(m, Text | Constant))
    # Of several values nobody knows which is there when a model is asked.
    return tuple((key, held[0]) for key, held in found.items() if len({each.value for each in held}) == 1)


def _imported(run: Evaluation) -> Iterator[Evaluation]:
    """Files of the project that a file imports and that set variables."""
    neighbours = run.source.neighbours
    if neighbours is None:
        return
    seen: set[str] = set()
    for origin in _origins(run.module.frame):
        where = find_module(run.source.file, origin, neighbours)
        if where is None or where[0] in seen or len(seen) >= MAX_SETTINGS_FILES:
            continue
        seen.add(where[0])
        if "environ" in (neighbours.read(where[0]) or "") and (other := run.other(where[0], "settings")):
            yield other


def _origins(frame: Frame) -> Iterator[str]:
    for bindings in frame.bindings.values():
        for binding in bindings:
            if binding.how == "import":
                yield binding.origin.removesuffix(".*")
                if isinstance(binding.node, ast.Import):
                    yield from (alias.name for alias in binding.node.names)
