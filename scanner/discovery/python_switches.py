"""Where Python code sets a variable of the environment that decides which hub is asked."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from scanner.discovery.switches import ADDRESS_SWITCHES, ADDRESS_VARIABLE, MODELSCOPE_SWITCHES

SWITCHES = ADDRESS_SWITCHES | MODELSCOPE_SWITCHES
ENVIRONMENTS = ("environ", "os.environ")
"""Names under which what is put into the environment is kept: switches, and all other variables."""


def is_switch(key: ast.expr | None) -> bool:
    """Whether a key of `os.environ` decides which hub is asked; other variables are no settings of ours."""
    return isinstance(key, ast.Constant) and key.value in SWITCHES


def switches_set(node: ast.Call, name: str) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Key and value of each such variable a call sets, for this process or one it starts; `name` is its last.

    `os.environ.setdefault(…)`, `os.environ.update(…)`, `os.putenv(…)`, `run(…, env={…})`; of the first and
    the third also other variables.
    """
    for keyword in node.keywords:
        if keyword.arg == "env":
            yield from _entries(keyword.value, SWITCHES.__contains__)
    if name == "putenv" or (name == "setdefault" and _is_environment(node.func)):
        if len(node.args) > 1 and isinstance(node.args[0], ast.Constant):
            yield node.args[0], node.args[1]
    elif name == "update" and _is_environment(node.func):
        for argument in node.args:
            yield from _entries(argument, is_read)
        for keyword in node.keywords:
            if is_read(keyword.arg):
                yield ast.copy_location(ast.Constant(keyword.arg), keyword.value), keyword.value


def _is_environment(function: ast.expr) -> bool:
    owner = function.value if isinstance(function, ast.Attribute) else None
    return (getattr(owner, "attr", None) or getattr(owner, "id", None)) == "environ"


def is_read(name: object) -> bool:
    """Whether clients or loaders look for this variable."""
    return isinstance(name, str) and (name in SWITCHES or ADDRESS_VARIABLE.fullmatch(name) is not None)


def _entries(node: ast.expr, is_wanted: Callable[[object], bool]) -> Iterator[tuple[ast.expr, ast.expr]]:
    """The wanted ones among the entries of a dictionary that is written out."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and is_wanted(key.value):
                yield key, value
    elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "dict":
        for keyword in node.keywords:
            if is_wanted(keyword.arg):
                yield ast.copy_location(ast.Constant(keyword.arg), keyword.value), keyword.value
