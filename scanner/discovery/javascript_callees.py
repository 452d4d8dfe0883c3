"""What a call of JavaScript calls, on what, and with which arguments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.discovery.javascript_evaluation import (
    EVERY,
    INNER,
    MAX_CALLERS,
    MAX_DEPTH,
    MAX_EXPRESSION,
    Evaluator,
    opaque,
    step,
)
from scanner.discovery.javascript_exports import DECLARED, bound_functions, dotted_name, imported_name
from scanner.discovery.javascript_following import is_environment, of_namespace, returned, static_field
from scanner.discovery.javascript_modules import is_own
from scanner.discovery.javascript_scopes import Origin
from scanner.discovery.positions import within
from scanner.discovery.views import Bundle, Call, Text, Value
from scanner.records.quick import dataclass, replace

if TYPE_CHECKING:
    from tree_sitter import Node

_KEEPS = frozenset(
    {"trim", "toString", "filter", "find", "slice", "freeze", "concat", "flat", "sort", "at", "seal"}
)
"""Methods whose answer is the text, or members of the list, they are called on."""
MAX_CLIENTS = 12
"""Objects one call may be made on."""
_WORKED_OUT = frozenset({"useMemo", "React.useMemo", "computed"})
"""Functions whose answer is what the function they are given gives back."""


@dataclass(frozen=True, slots=True)
class Callee:
    """What a call calls."""

    name: str
    receiver: Call | None = None
    """The call that made the object it is called on."""
    others: tuple[tuple[str, Call], ...] = ()
    """The same where code chooses between several objects."""


def read_callee(values: Evaluator, node: Node, depth: int = 0) -> Callee:
    """Name what a call or a `new` calls, with the call that made the object it is called on."""
    called = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    return _callee(values, called, depth + 1) if called is not None else Callee("?")


def read_call(values: Evaluator, node: Node, depth: int = 0, callee: Callee | None = None) -> Call:
    """Read a call or a `new`: what is called (where that is not known yet), with which arguments."""
    callee = callee or read_callee(values, node, depth)
    arguments = node.child_by_field_name("arguments")
    given = arguments.named_children if arguments is not None and arguments.type == "arguments" else []
    positional: list[Value] = []
    keywords: list[tuple[str, Value]] = []
    for argument in given:
        if argument.type == "comment":
            continue
        value = values.of(argument, depth + 1)
        positional.append(value)
        for part in value:
            if isinstance(part, Bundle):
                keywords.extend((entry.value, inner) for entry, inner in part.entries if entry is not None)
    call = Call(
        callee.name, tuple(positional), tuple(keywords), values.program.locate(node), callee.receiver,
        tuple(sorted(values.scopes.packages)),
    )  # fmt: skip
    if not callee.others:
        return call
    others = (replace(call, name=name, receiver=receiver) for name, receiver in callee.others)
    return replace(call, rivals=tuple(others))


def called(values: Evaluator, node: Node, depth: int) -> Value:
    """Everything a call may give: itself, or what plain functions of the language make of their input."""
    called = node.child_by_field_name("function")
    text = values.program.text(called)[:MAX_EXPRESSION] if called is not None else ""
    if is_environment(text):
        return (opaque(values, node, "environment"),)
    arguments = node.child_by_field_name("arguments")
    first = arguments.named_children[0] if arguments is not None and arguments.named_children else None
    if text in ("Object.keys", "Object.values", "Object.entries") and first is not None:
        return (_listed(values, text, values.of(first, depth + 1), node),)
    if text in ("String", "Object.freeze", "Object.seal", "structuredClone", "new Set", "new Map") and first:
        return values.of(first, depth + 1)
    if called is not None and called.type == "member_expression":
        word, target = called.child_by_field_name("property"), called.child_by_field_name("object")
        if word is not None and target is not None and values.program.text(word) in _KEEPS:
            value = values.of(target, depth + 1)
            return step(value, EVERY) if values.program.text(word) in ("find", "at") else value
    if text in _WORKED_OUT and first is not None and first.type in DECLARED:
        return returned(values, first, depth + 1)
    if called is not None and (answer := _answer(values, called, depth)):
        return answer
    return (read_call(values, node, depth),)


def _answer(values: Evaluator, called: Node, depth: int) -> Value:
    """What a function or method of the project gives back, where it is known which one is called."""
    found: list[Value] = []
    for owner, function in _called_functions(values, called, depth):
        found.append(returned(owner, function, depth + 1))
    return tuple(one for value in found for one in value)


def _called_functions(values: Evaluator, called: Node, depth: int) -> Iterator[tuple[Evaluator, Node]]:
    while called.type in INNER and called.named_children:
        called = called.named_children[0]
    if called.type in DECLARED:  # called where it stands
        yield values, called
    elif called.type == "identifier":
        bindings = values.scopes.find(values.program.text(called), called.start_byte)
        for binding in within(bindings, MAX_CALLERS, "values given to one name", values.program.source):
            yield from bound_functions(values, binding, depth)
    elif called.type == "member_expression":
        target, word = called.child_by_field_name("object"), called.child_by_field_name("property")
        if target is not None and word is not None:
            yield from _methods(values, target, values.program.text(word).lstrip("#"), depth)


def _methods(values: Evaluator, target: Node, name: str, depth: int) -> Iterator[tuple[Evaluator, Node]]:
    """Methods of this class, of one called by its name, of what it made, of all another file exports."""
    if target.type == "this":
        method = values.scopes.methods.get((name, *values.scopes.class_around(target.start_byte)))
        if method is not None:
            yield values, method
        return
    text = values.program.text(target) if target.type == "identifier" else ""
    for binding in values.scopes.find(text, target.start_byte)[-1:] if text else ():
        if binding.origin is Origin.IMPORT and not imported_name(binding):
            other = values.other(binding.package) if is_own(binding.package) else None
            yield from other.exports.functions(name, depth + 1) if other is not None else ()
        for owner, declared in bound_functions(values, binding, depth):
            method = owner.exports.method(declared, name)
            if method is not None:
                yield owner, method
    for made in values.of(target, depth + 1):
        maker = values.at(made.location.file) if isinstance(made, Call) else None
        if isinstance(made, Call) and maker is not None and made.name.isidentifier():
            for binding in maker.scopes.find_outermost(made.name)[-1:]:
                for where, declared in bound_functions(maker, binding, depth):
                    method = where.exports.method(declared, name)
                    if method is not None:
                        yield where, method


def _listed(values: Evaluator, text: str, value: Value, node: Node) -> Bundle:
    entries: list[tuple[Text | None, Value]] = []
    for part in value:
        for key, inner in part.entries if isinstance(part, Bundle) else ():
            keys: Value = (key,) if key is not None else ()
            if text.endswith("entries"):
                entries.append((None, (Bundle(((None, keys), (None, inner)), values.program.locate(node)),)))
            else:
                entries.append((None, keys if text.endswith("keys") else inner))
    return Bundle(tuple(entries), values.program.locate(node))


def _callee(values: Evaluator, node: Node, depth: int) -> Callee:
    """Name what is called through imports; the calls that may have made the object it is called on."""
    words: list[str] = []
    target = node
    while target.type in ("member_expression", *INNER) and len(words) < MAX_DEPTH:
        if target.type == "member_expression":
            inner, word = target.child_by_field_name("object"), target.child_by_field_name("property")
            if inner is None or word is None:
                break
            words.insert(0, values.program.text(word).lstrip("#"))
        elif target.named_children:
            inner = target.named_children[0]
        else:
            break
        target = inner
    dotted = dotted_name(values, target, depth, set())
    if dotted is not None:
        return Callee(".".join([dotted, *words]))
    if target.type == "import":
        return Callee("import")
    if target.type == "identifier" and not words and not _is_value(values, target):
        return Callee(values.program.text(target))
    value, rest = _followed(values, target, words, depth)
    made = {one.location: one for one in value if isinstance(one, Call)}
    clients = within(list(made.values()), MAX_CLIENTS, "clients of one call", values.program.source)
    named = [(".".join([one.name, *(rest or ["()"])]), one) for one in clients]
    if named:
        return Callee(*named[0], tuple(named[1:]))
    return Callee(
        ".".join(["?" if words or target.type != "identifier" else values.program.text(target), *words])
    )


def _member_of(values: Evaluator, target: Node, name: str, depth: int) -> Value:
    """A member of a class that is called by its name, or of all that another file exports."""
    return of_namespace(values, target, name, depth) or static_field(values, target, name, depth)


def _is_value(values: Evaluator, node: Node) -> bool:
    bindings = values.scopes.find(values.program.text(node), node.start_byte)
    return any(binding.origin is not Origin.FUNCTION for binding in bindings)


def _followed(values: Evaluator, target: Node, words: list[str], depth: int) -> tuple[Value, list[str]]:
    if target.type == "this" and words:
        fields = values.scopes.find_field(words[0], target.start_byte)
        value = tuple(one for field in fields for one in values.of(field, depth + 1))
        words = words[1:]
    elif words and target.type == "identifier" and (given := _member_of(values, target, words[0], depth)):
        value, words = given, words[1:]
    else:
        value = values.of(target, depth + 1)
    while words and not any(isinstance(one, Call) for one in value):
        inner = step(value, words[0])
        if not inner:
            break
        value, words = inner, words[1:]
    return value, words
