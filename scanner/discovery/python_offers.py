"""Names a Python file offers: what functions called after models give, and choices under a key."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scanner.discovery.code_names import hints_of, is_output
from scanner.discovery.config_keys import KeyRole
from scanner.discovery.python_frames import Frame, qualified_name
from scanner.discovery.python_told import Addresses
from scanner.discovery.python_values import Evaluation
from scanner.discovery.views import Assignment, Bundle, Text, Value
from scanner.discovery.vocabulary import words

_NAMING = (KeyRole.MODEL, KeyRole.MODEL_BY_SHAPE)
_OFFERED = words("value values default choices options")
"""Keywords of a widget or setting for what is chosen, and from what."""
_ASKING_ENVIRONMENT = ("get", "getenv", "setdefault", "pop")
_WIDGETS = words("text dropdown combobox")
"""Widgets of Databricks: a name, and what stands there until it is changed."""
_WRITTEN = (ast.Constant, ast.List, ast.Tuple, ast.Set)


def read_offers(run: Evaluation, addresses: Addresses) -> Iterator[Assignment]:
    """Lists and names that functions return, and what objects under a key for models offer."""
    for frame in run.module.frames.values():
        if isinstance(frame.node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _speaks(frame.name):
            for returned in frame.returns:
                if isinstance(returned, _WRITTEN):
                    yield from _assigned(
                        run, frame.name, run.evaluate(returned, frame), returned, frame, "return", addresses
                    )
    for called in _ASKING_ENVIRONMENT:
        for call, frame in run.module.callers.get(called, ()):
            yield from _of_environment(run, call, frame, addresses)
    for call, frame in run.module.callers.get("getattr", ()):
        yield from _of_attribute(run, call.args[1:], frame, addresses)
    for called in _WIDGETS:
        for call, frame in run.module.callers.get(called, ()):
            if getattr(getattr(call.func, "value", None), "attr", "") == "widgets":
                yield from _of_attribute(run, call.args[:2], frame, addresses)
    for node, frame, kind in run.module.strings:
        if kind == "dict" and isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                yield from _chosen(run, key, value, frame, addresses)
    for frame in (run.module.frame, *run.module.frames.values()):
        for bindings in (*frame.bindings.values(), *frame.own_attributes.values()):
            for each in bindings:
                if each.how == "entry":
                    yield from _chosen(run, each.key, each.node, each.frame, addresses)


def _of_environment(
    run: Evaluation, node: ast.Call, frame: Frame, addresses: Addresses
) -> Iterator[Assignment]:
    """`os.environ.get("LLM", "owner/name")`, wherever the answer goes."""
    name = node.args[0] if len(node.args) == 2 else None
    if not (isinstance(name, ast.Constant) and isinstance(name.value, str) and name.value.isupper()):
        return
    owner = getattr(node.func, "value", None)
    is_asked = "getenv" in ast.unparse(node.func) or (owner is not None and "environ" in ast.unparse(owner))
    if is_asked and _speaks(name.value) and isinstance(node.args[1], ast.Constant):
        held = run.evaluate(node.args[1], frame)
        yield from _assigned(run, name.value, held, node.args[1], frame, "option", addresses)


def _of_attribute(
    run: Evaluation, given: list[ast.expr], frame: Frame, addresses: Addresses
) -> Iterator[Assignment]:
    """`getattr(config, "vision_tower", "owner/name")`, wherever the answer goes."""
    match given:
        case [ast.Constant(value=str() as name), ast.Constant(value=str()) as fallback] if _speaks(name):
            held = run.evaluate(fallback, frame)
            yield from _assigned(run, name, held, fallback, frame, "option", addresses)


def _chosen(
    run: Evaluation, key: ast.AST | None, node: ast.AST, frame: Frame, addresses: Addresses
) -> Iterator[Assignment]:
    """What `{"Model": Choice(value="…", values=[…])}` offers."""
    if not (isinstance(key, ast.Constant) and isinstance(key.value, str) and isinstance(node, ast.Call)):
        return
    if not _speaks(key.value):
        return
    for keyword in node.keywords:
        if keyword.arg in _OFFERED and isinstance(keyword.value, _WRITTEN):
            held = run.evaluate(keyword.value, frame)
            yield from _assigned(run, key.value, held, keyword.value, frame, "key", addresses)


def _speaks(name: str) -> bool:
    return hints_of(name) in _NAMING and not is_output(name)


def _assigned(
    run: Evaluation,
    name: str,
    value: Value,
    node: ast.expr,
    frame: Frame,
    how: str,
    addresses: Addresses,
) -> Iterator[Assignment]:
    known = tuple(each for each in value if isinstance(each, (Text, Bundle)))
    if known:
        place, owner = run.placer.place(node), qualified_name(frame) or None
        yield Assignment(name, known, place, owner, how, addresses.of_module, run.module.packages)
