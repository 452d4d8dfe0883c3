"""What the objects hold that classes of the project make, and the classes themselves."""

from __future__ import annotations

import ast

from scanner.discovery import python_folding as folding
from scanner.discovery.python_annotations import declared, given_back, last_words
from scanner.discovery.python_frames import ADDED, Binding, Frame
from scanner.discovery.python_kinship import handed_up, made_with
from scanner.discovery.python_values import Evaluation, Reference, fold, prefer_known, unite
from scanner.discovery.views import Call, Value

MAX_BASES = 6
"""Classes above a class in which an attribute is looked for."""
_SETTING = ("setter", "deleter")


def held_by(run: Evaluation, made: Call, name: str) -> Value:
    """What an object holds under a name: what it is made with, else what its class says."""
    given = made.argument(name)
    own = class_of(run, made)
    if own is None:
        return ()
    owner, frame = own
    return fold(given or _by_position(frame, made, name) or class_attribute(owner, frame, name))


def class_of(run: Evaluation, made: Call) -> tuple[Evaluation, Frame] | None:
    """The class of the project that made an object, in whichever of its files."""
    if (known := run.makers.get((made.location, made.name))) is not None:
        return known
    candidates: Value = ()
    if "." not in made.name:
        candidates = unite(run.bound(b) for b in run.module.frame.bindings.get(made.name, ()))
    elif not made.name.startswith("?"):
        candidates = run.resolve(made.name)
    for member in candidates:
        if isinstance(member, Reference) and member.definition and member.definition[1].kind == "class":
            return member.definition
    return None


def _by_position(frame: Frame, made: Call, name: str) -> Value:
    """A positional argument of a record made without an `__init__` of its own."""
    if "__init__" in frame.bindings:
        return ()
    fields = [
        statement.target.id
        for statement in getattr(frame.node, "body", [])
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    ]
    at = fields.index(name) if name in fields else -1
    return made.positional[at] if 0 <= at < len(made.positional) else ()


def class_attribute(run: Evaluation, frame: Frame, name: str, depth: int = 0) -> Value:
    """What a class holds under a name: its body, what methods bind to self, its bases."""
    for calling in reversed(run.calls):
        if calling.body is frame and name in calling.overrides:
            return fold(calling.overrides[name])
    values = [_of_body(run, each) for each in frame.bindings.get(name, ()) if each.how not in ADDED]
    own = frame.own_attributes.get(name, ())
    values += [run.bound(binding) for binding in own if binding.how not in ADDED]
    value = prefer_known(unite(values))
    if added := [binding for binding in own if binding.how in ADDED]:
        value = folding.add_members(run, value, added)
    if value or not isinstance(frame.node, ast.ClassDef):
        return value
    if found := _declared_field(run, frame, frame.node, name):
        return found
    if depth >= MAX_BASES:
        run.source.leave_unfollowed(MAX_BASES, "base classes", frame.node.lineno)
        return value
    for base in frame.node.bases:
        for member in run.evaluate(base, frame.parent or frame):
            if isinstance(member, Reference) and member.definition and member.definition[1].kind == "class":
                owner, above = member.definition
                if above is frame:
                    continue
                if owner is not run and (found := _held_elsewhere(run, frame, owner, above, name, depth)):
                    return found
                if found := class_attribute(owner, above, name, depth + 1):
                    return fold(handed_up(run, found, frame, above) if depth == 0 else found)
    return ()


def _of_body(run: Evaluation, binding: Binding) -> Value:
    """What a name in the body of a class stands for: a field its default, a property what it gives."""
    if binding.how == "value" and isinstance(binding.node, ast.Call):
        return fold(folding.default_of(run, binding.node, binding.frame))
    if isinstance(binding.node, ast.FunctionDef | ast.AsyncFunctionDef) and binding.node.decorator_list:
        words = last_words(binding.node.decorator_list)
        if not words.isdisjoint(_SETTING):
            return ()
        if any(word.endswith("property") for word in words):
            return given_back(run, run.module.frames[id(binding.node)]) or run.bound(binding)
    return run.bound(binding)


def _declared_field(run: Evaluation, frame: Frame, node: ast.ClassDef, name: str) -> Value:
    """What a field without a default is: `llm: LLMSettings` of the project, `client: OpenAI`."""
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and getattr(statement.target, "id", "") == name:
            return declared(run, statement.annotation, frame) if statement.value is None else ()
    return ()


def _held_elsewhere(
    run: Evaluation, frame: Frame, owner: Evaluation, above: Frame, name: str, depth: int
) -> Value:
    """What a base in another file holds of what a class of this one gives its `__init__`."""
    values: list[Value] = []
    for calling in made_with(run, frame, owner, above):
        with owner.inside(calling):
            values.append(class_attribute(owner, above, name, depth + 1))
    return fold(prefer_known(unite(values)))
