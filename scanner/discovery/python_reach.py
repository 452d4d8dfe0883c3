"""Library calls in other files of a project that the arguments of a call reach.

`fetch("owner/name")` loads a model where `fetch`, in a file of its own, hands its parameter to a library.
Within one file a parameter has the arguments of all its calls; across files each call is followed for itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scanner.discovery.code_names import hints_of, is_output
from scanner.discovery.config_keys import KeyRole
from scanner.discovery.names import is_hub_id
from scanner.discovery.positions import within
from scanner.discovery.python_calling import given_by
from scanner.discovery.python_calls import describe
from scanner.discovery.python_frames import Binding, Frame
from scanner.discovery.python_guards import is_shut_out
from scanner.discovery.python_kinship import initializer
from scanner.discovery.python_objects import MAX_BASES
from scanner.discovery.python_values import Calling, Evaluation, Reference, unite
from scanner.discovery.views import Bundle, Call, Text, Value
from scanner.patterns import regex
from scanner.records.sighting import Location

MAX_DEPTH = 3
"""Functions within functions that an argument is handed through."""
MAX_CALLS = 300
"""Calls of one function or class that are looked at for one call of it."""
_SLASH_OF_NAME = regex(r"(?<![\w./\-{}%()])[\w.\-{}%()]*/(?![/ ])[\w.\-{}%()]*(?![\w/])")
_SPEAKING = (KeyRole.MODEL, KeyRole.MODEL_BY_SHAPE, KeyRole.DATASET)


def read_reached(run: Evaluation) -> Iterator[Call]:
    """Go through the library calls that arguments written in this file reach in other files."""
    imported = _imported(run)
    if not imported:
        return
    has_names = _writes_names(run)
    for node, frame in run.module.calls:
        if _root(node.func) in imported and _could_name(run, node, frame, has_names=has_names):
            yield from _reached(run, node, frame, run, frozenset(), 0)
    for frame in run.module.frames.values():
        if frame.kind == "class":
            yield from _inherited(run, frame, imported)


def _imported(run: Evaluation) -> frozenset[str]:
    """Names that may be bound to functions and classes of other files of the project."""
    neighbours = run.source.neighbours
    modules = neighbours.modules if neighbours is not None else frozenset()
    return frozenset(
        name
        for frame in (run.module.frame, *run.module.frames.values())
        for name, bindings in frame.bindings.items()
        if any(_is_of_project(binding, modules) for binding in bindings)
    )


def _is_of_project(binding: Binding, modules: frozenset[str]) -> bool:
    if binding.how != "import":
        return False
    return binding.origin.startswith(".") or binding.origin.partition(".")[0] in modules


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def _writes_names(run: Evaluation) -> bool:
    """Whether a text of the file holds the slash of an `owner/name`, or of one that is put together.

    Where none does, only what a keyword says of its value is worth following: that is most files.
    """
    return any(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and "/" in node.value
        and _SLASH_OF_NAME.search(node.value)
        for node, _, _ in run.module.strings
    )


def _could_name(run: Evaluation, node: ast.Call, frame: Frame, *, has_names: bool) -> bool:
    """Whether an argument is written like a name of the Hub, or its keyword speaks of a model."""
    for argument in node.args if has_names else ():
        if any(isinstance(m, Text) and is_hub_id(m.value) for m in run.evaluate(argument, frame)):
            return True
    if any(isinstance(each, ast.Constant) and _is_versioned(each.value) for each in node.args):
        return True
    for keyword in node.keywords:
        if keyword.arg is None or is_output(keyword.arg):
            continue
        speaks = hints_of(keyword.arg) in _SPEAKING
        for member in run.evaluate(keyword.value, frame) if speaks or has_names else ():
            if isinstance(member, Text) and (speaks or is_hub_id(member.value)):
                return True
    return False


def _is_versioned(value: object) -> bool:
    """Whether a text is written like the name of a hosted model: words and a digit, joined by hyphens."""
    return isinstance(value, str) and len(value) < 80 and _VERSIONED.fullmatch(value) is not None


_VERSIONED = regex(r"(?=[^\d]*\d)[a-zA-Z][\w.:]*(?:-[\w.:]+)+")


def _reached(
    run: Evaluation, node: ast.Call, frame: Frame, origin: Evaluation, passed: frozenset[int], depth: int
) -> Iterator[Call]:
    """Follow one call into the functions of the project it may be."""
    for target in run.evaluate(node.func, frame):
        if not isinstance(target, Reference) or target.definition is None:
            continue
        owner, body = target.definition
        if id(body) in passed or (depth == 0 and owner is run):
            continue
        function = initializer(owner, body) if body.kind == "class" else body
        given = given_by(run, node, frame, owner, function, is_open=True) if function is not None else None
        wanted = {at for value in (given or {}).values() for at in _places(value, origin.source.file)}
        if given is None or not wanted:
            continue
        if depth >= MAX_DEPTH:
            origin.source.leave_unfollowed(MAX_DEPTH, "functions")
            continue
        with owner.inside(Calling(body, given)):
            yield from _described(owner, body, origin, wanted, passed | {id(body)}, depth)


def _inherited(run: Evaluation, frame: Frame, imported: frozenset[str]) -> Iterator[Call]:
    """Follow what a class says of itself (`DATASET_PATH = "gsm8k"`) into the methods of its base."""
    node = frame.node
    if not isinstance(node, ast.ClassDef) or not any(_root(base) in imported for base in node.bases):
        return
    told = {
        name: unite(run.bound(binding) for binding in bindings if binding.how == "value")
        for name, bindings in frame.bindings.items()
        if hints_of(name) in _SPEAKING and not is_output(name)
    }
    told = {name: value for name, value in told.items() if any(isinstance(m, Text) for m in value)}
    wanted = {at for value in told.values() for at in _places(value, run.source.file)}
    for owner, body in _bases(run, frame) if wanted else ():
        if owner is not run:
            with owner.inside(Calling(body, {}, overrides=told)):
                yield from _described(owner, body, run, wanted, frozenset({id(body)}), 0)


def _bases(run: Evaluation, frame: Frame) -> Iterator[tuple[Evaluation, Frame]]:
    """The classes of the project a class inherits from, and those these inherit from."""
    waiting, seen = [(run, frame)], {id(frame)}
    while waiting and len(seen) <= MAX_BASES:
        owner, current = waiting.pop(0)
        for base in current.node.bases if isinstance(current.node, ast.ClassDef) else ():
            for member in owner.evaluate(base, current.parent or current):
                if not (isinstance(member, Reference) and member.definition):
                    continue
                found = member.definition
                if found[1].kind == "class" and id(found[1]) not in seen:
                    seen.add(id(found[1]))
                    waiting.append(found)
                    yield found
    if waiting:
        run.source.leave_unfollowed(MAX_BASES, "base classes", getattr(frame.node, "lineno", 0))


def _described(
    owner: Evaluation,
    body: Frame,
    origin: Evaluation,
    wanted: set[Location],
    passed: frozenset[int],
    depth: int,
) -> Iterator[Call]:
    """Go through the recorded calls in a body that are given what is wanted."""
    neighbours = owner.source.neighbours
    inside = [(node, frame) for node, frame in owner.module.calls if _is_within(frame, body)]
    for node, frame in within(inside, MAX_CALLS, "calls in one function", origin.source):
        if is_shut_out(owner, node, frame):
            continue
        for made in describe(owner, node, frame):
            is_recorded = neighbours is not None and neighbours.is_recorded(made.name)
            if is_recorded and not wanted.isdisjoint(_given_places(made, origin.source.file)):
                yield made
        yield from _reached(owner, node, frame, origin, passed, depth + 1)


def _is_within(frame: Frame | None, body: Frame) -> bool:
    while frame is not None and frame is not body:
        frame = frame.parent
    return frame is not None


def _given_places(made: Call, file: str) -> Iterator[Location]:
    """Places in one file of the texts that a call, or what made its object, is given."""
    current: Call | None = made
    while current is not None:
        for value in (*current.positional, *(value for _, value in current.keywords)):
            yield from _places(value, file)
        current = current.receiver


def _places(value: Value, file: str, depth: int = 0) -> Iterator[Location]:
    for member in value:
        if isinstance(member, Text) and member.location.file == file:
            yield member.location
        elif isinstance(member, Bundle) and depth < 2:
            for _, held in member.entries:
                yield from _places(held, file, depth + 1)
