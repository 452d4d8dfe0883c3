"""What a base class holds for one of the classes that inherit it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scanner.discovery.positions import within
from scanner.discovery.python_calling import given_by
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_values import Calling, Evaluation
from scanner.discovery.views import Text, Value

MAX_SISTERS = 100
"""Classes of one base that are told apart."""
MAX_GIVEN = 20
"""Calls that reach the base of one class, which are followed."""


def handed_up(run: Evaluation, value: Value, asked: Frame, base: Frame) -> Value:
    """What a base holds for a class with an `__init__` of its own.

    Not what its sisters hand up (`super().__init__("…")`), nor the base's own default where the class
    hands up a name itself.
    """
    inheriting = _below(run, base) if "__init__" in asked.bindings else []
    if not 0 < len(inheriting) <= MAX_SISTERS:
        return value
    kin = {id(asked), *map(id, _below(run, asked))}
    sisters = [
        each
        for each in inheriting
        if id(each) not in kin and not any(below is asked for below in _below(run, each))
    ]
    left = tuple(member for member in value if not any(_holds(run, each, member) for each in sisters))
    if any(_holds(run, asked, member) for member in left):
        return tuple(member for member in left if not _holds(run, base, member))
    return left


def made_with(run: Evaluation, frame: Frame, owner: Evaluation, above: Frame) -> Iterator[Calling]:
    """What the `__init__` of a base in another file is given by each call that reaches it."""
    begun = initializer(owner, above)
    if begun is None:
        return
    for node, where in within(_handing_up(run, frame), MAX_GIVEN, "calls of one base class", run.source):
        if given := given_by(run, node, where, owner, begun):
            yield Calling(begun, given)


def _handing_up(run: Evaluation, frame: Frame) -> list[tuple[ast.Call, Frame]]:
    """Calls of a file that reach the base of a class: its `super().__init__(…)`, else those that make it."""
    if "__init__" not in frame.bindings:
        return list(run.module.callers.get(frame.name, ()))
    return [
        (node, where)
        for node, where in run.module.callers.get("__init__", ())
        if where.enclosing_class() is frame and _asks_super(node.func)
    ]


def _asks_super(called: ast.expr) -> bool:
    match called:
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super"))):
            return True
    return False


def initializer(owner: Evaluation, body: Frame) -> Frame | None:
    """The `__init__` of a class, where it has one of its own."""
    for binding in body.bindings.get("__init__", ()):
        if isinstance(binding.node, ast.FunctionDef):
            return owner.module.frames.get(id(binding.node))
    return None


def _below(run: Evaluation, frame: Frame) -> list[Frame]:
    """The classes of this file that inherit from a class, over any number of steps; no more than matter."""
    found: dict[int, Frame] = {}
    waiting = [frame]
    while waiting and len(found) <= MAX_SISTERS:
        for each in run.module.subclasses.get(waiting.pop().name, ()):
            if id(each) not in found:
                found[id(each)] = each
                waiting.append(each)
    return list(found.values())


def _holds(run: Evaluation, frame: Frame, member: object) -> bool:
    """Whether a text stands in the body of a class."""
    if not isinstance(member, Text) or not isinstance(frame.node, ast.ClassDef):
        return False
    body, at = run.placer.place(frame.node), member.location
    return at.file == body.file and body.line <= at.line <= body.end_line
