"""What one call gives the parameters of a function of the project.

A function is followed anew for each of its calls, so that a helper (`setting("MODEL", "x")`) gives a call its
own value, not those of all others.
"""

from __future__ import annotations

import ast

from scanner.discovery.python_annotations import declared
from scanner.discovery.python_folding import default_of
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_module import parameters_of
from scanner.discovery.python_values import PARAMETER, Evaluation, entries_of
from scanner.discovery.views import Opaque, Value


def given_by(
    run: Evaluation, node: ast.Call, frame: Frame, owner: Evaluation, body: Frame, *, is_open: bool = False
) -> dict[int, Value] | None:
    """What a call gives each parameter of a function; None where the text does not tell them apart.

    `is_open`: what stands behind `**` may be unknown; then the other arguments count alone.
    """
    function = body.node
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    if any(isinstance(argument, ast.Starred) for argument in node.args):
        return None
    keywords = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg is not None}
    merged: dict[str, Value] = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            held = {key.value: value for key, value in entries_of(run.evaluate(keyword.value, frame)) if key}
            if not held and not is_open:
                return None
            merged.update(held)
    arguments = function.args
    named = {each.arg: each for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    shift = 1 if body.self_name else 0
    given: dict[int, Value] = {}
    for name, position, default in parameters_of(function):
        if name == body.self_name:
            continue
        at = None if position is None else position - shift
        if name in keywords:
            value = run.evaluate(keywords[name], frame)
        elif at is not None and 0 <= at < len(node.args):
            value = run.evaluate(node.args[at], frame)
        elif name in merged:
            value = merged[name]
        else:
            value = default_of(owner, default, body.parent or body) if default is not None else ()
        given[id(named[name])] = value
    return given


def made_elsewhere(run: Evaluation, node: ast.arg, frame: Frame, value: Value = ()) -> Value:
    """What is known of a parameter that no text gives anything: perhaps of which library's class it is."""
    found = declared(run, node.annotation, frame.parent or frame)
    return found or value or (Opaque(node.arg, PARAMETER, run.placer.place(node)),)
