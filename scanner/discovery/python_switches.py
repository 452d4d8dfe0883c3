"""Where Python code sets a variable of the environment that decides which hub is asked."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scanner.discovery.switches import ADDRESS_SWITCHES, MODELSCOPE_SWITCHES

SWITCHES = ADDRESS_SWITCHES | MODELSCOPE_SWITCHES


def is_switch(key: ast.expr | None) -> bool:
    """Whether a key of `os.environ` decides which hub is asked; other variables are no settings of ours."""
    return isinstance(key, ast.Constant) and key.value in SWITCHES


def switches_set(node: ast.Call, name: str) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Key and value of each such variable a call sets, for this process or one it starts; `name` is its last.

    `os.environ.setdefault(…)`, `os.environ.update(…)`, `os.putenv(…)`, `run(…, env={…})`.
    """
    for keyword in node.keywords:
        if keyword.arg == "env":
            yield from _entries(keyword.value)
    if name == "putenv" or (name == "setdefault" and _is_environment(node.func)):
        if len(node.args) > 1 and is_switch(node.args[0]):
            yield node.args[0], node.args[1]
    elif name == "update" and _is_environment(node.func):
        for argument in node.args:
            yield from _entries(argument)
        for keyword in node.keywords:
            if keyword.arg in SWITCHES:
                yield ast.copy_location(ast.Constant(keyword.arg), keyword.value), keyword.value


def _is_environment(function: ast.expr) -> bool:
    owner = function.value if isinstance(function, ast.Attribute) else None
    return (getattr(owner, "attr", None) or getattr(owner, "id", None)) == "environ"


def _entries(node: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """The switches among the entries of a dictionary that is written out."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if key is not None and is_switch(key):
                yield key, value
    elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "dict":
        for keyword in node.keywords:
            if keyword.arg in SWITCHES:
                yield ast.copy_location(ast.Constant(keyword.arg), keyword.value), keyword.value
