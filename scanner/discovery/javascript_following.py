"""Where the value of a name, a property or a parameter of JavaScript comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.discovery.javascript_evaluation import (
    EVERY,
    MAX_CALLERS,
    MAX_CHOICES,
    MAX_DEPTH,
    MAX_EXPRESSION,
    Evaluator,
    folded,
    opaque,
    step,
    too_deep,
)
from scanner.discovery.javascript_exports import DECLARED, bound_functions, imported_name
from scanner.discovery.javascript_patterns import Key
from scanner.discovery.javascript_scopes import Binding, Origin
from scanner.discovery.positions import within
from scanner.discovery.views import Bundle, Call, Constant, Opaque, Text, Value
from scanner.patterns import regex

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_RETURNS = 20
"""Values one function returns that are followed."""
_ENVIRONMENT = regex(r"(?:process|import\.meta|Deno|Bun|globalThis\.process)\.env\b|\benv\.[A-Z][A-Z0-9_]+$")


def is_environment(text: str) -> bool:
    """Whether an expression reads a variable of the environment."""
    return _ENVIRONMENT.search(text[:MAX_EXPRESSION]) is not None


def named(values: Evaluator, node: Node, depth: int) -> Value:
    """Everything a name may stand for at its place."""
    name = values.program.text(node)
    if name == "undefined":
        return (Constant(None, values.program.locate(node)),)
    if depth > MAX_DEPTH:
        return (too_deep(values, node),)
    found: list[Text | Opaque | Constant | Call | Bundle] = []
    source = values.program.source
    bindings = values.scopes.find(name, node.start_byte)
    for binding in within(bindings, MAX_CALLERS, "values given to one name", source):
        found.extend(_bound(values, node, binding, depth))
    if not found:
        return (opaque(values, node, "not set in this file"),)
    return folded(tuple(within(found, MAX_CHOICES, "values of one name", source)))


def _bound(values: Evaluator, node: Node, binding: Binding, depth: int) -> Value:
    match binding.origin:
        case Origin.IMPORT:
            if binding.module.startswith("$env/"):
                return (opaque(values, node, "environment"),)
            given = values.imported(binding.package, imported_name(binding), depth)
            return given or (opaque(values, node, "from another file"),)
        case Origin.FUNCTION:
            return (opaque(values, node, "function"),)
        case Origin.PARAMETER:
            value = _argued(values, binding, depth)
        case _:
            value = values.of(binding.node, depth + 1) if binding.node is not None else ()
            value = step(value, EVERY) if binding.origin is Origin.ELEMENT else value
    for key in binding.path:
        value = step(value, key)
    known = tuple(one for one in value if not isinstance(one, Opaque))
    if binding.fallback is not None:
        return (*known, *values.of(binding.fallback, depth + 1))
    if binding.origin is Origin.PARAMETER and not value:
        return (opaque(values, node, "parameter"),)
    return value


def _argued(values: Evaluator, binding: Binding, depth: int) -> Value:
    """Follow a parameter to the calls of its function in this text, or to the list it walks over."""
    function = binding.node
    if function is None:
        return ()
    holder = values.scopes.holders.get((function.start_byte, function.end_byte))
    if holder is not None and holder.type == "call_expression":
        called = holder.child_by_field_name("function")
        walked = called.child_by_field_name("object") if called is not None else None
        if walked is None or binding.index:
            return ()
        return step(values.of(walked, depth + 1), EVERY)
    name = function.child_by_field_name("name")
    if name is None and holder is not None:
        name = next((n for n in map(holder.child_by_field_name, ("name", "key", "property")) if n), None)
    found: list[Text | Opaque | Constant | Call | Bundle] = []
    calls = values.scopes.calls.get(values.program.text(name), []) if name is not None else []
    is_method = function.type == "method_definition" or (holder is not None and holder.type == "pair")
    own = [call for call in calls if (_called_type(call) == "member_expression") is is_method]
    for call in within(own, MAX_CALLERS, "calls of one function", values.program.source):
        arguments = call.child_by_field_name("arguments")
        given = [a for a in arguments.named_children if a.type != "comment"] if arguments is not None else []
        if binding.index < len(given):
            found.extend(values.of(given[binding.index], depth + 1))
    return tuple(found)


def returned(values: Evaluator, function: Node, depth: int) -> Value:
    """What a function gives back: texts, what calls make, lists and objects of them."""
    body = function.child_by_field_name("body")
    if body is None:
        return ()
    given = [body] if body.type != "statement_block" else _given_back(body)
    given = list(within(given, MAX_RETURNS, "values returned by one function", values.program.source))
    value = tuple(one for node in given for one in values.of(node, depth + 1))
    return folded(tuple(one for one in value if isinstance(one, Text | Call | Bundle)))


def _given_back(body: Node) -> list[Node]:
    found: list[Node] = []
    pending = list(reversed(body.named_children))
    while pending:
        node = pending.pop()
        if node.type == "return_statement":
            found.extend(node.named_children[:1])
        elif node.type not in DECLARED:
            pending.extend(reversed(node.named_children))
    return found


def _called_type(call: Node) -> str:
    called = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    return called.type if called is not None else ""


def member(values: Evaluator, node: Node, depth: int) -> Value:
    """Everything `object.property` may be: of an object, a class, an enum, the environment."""
    if is_environment(values.program.text(node)):
        return (opaque(values, node, "environment"),)
    target, word = node.child_by_field_name("object"), node.child_by_field_name("property")
    if target is None or word is None:
        return ()
    name = values.program.text(word).lstrip("#")
    if target.type == "this":
        fields = values.scopes.find_field(name, node.start_byte)
        value = tuple(one for field in fields for one in values.of(field, depth + 1))
    else:
        value = (
            step(values.of(target, depth + 1), name)
            or static_field(values, target, name, depth)
            or of_namespace(values, target, name, depth)
        )
    return folded(value) or (opaque(values, node, "chosen at run time"),)


def static_field(values: Evaluator, target: Node, name: str, depth: int) -> Value:
    """Take a static field or enum member through the name of its class."""
    if target.type != "identifier":
        return ()
    for binding in values.scopes.find(values.program.text(target), target.start_byte):
        for owner, declared in bound_functions(values, binding, depth):
            for start, _, field in owner.scopes.fields.get(name, ()):
                if declared.start_byte <= start < declared.end_byte:
                    return owner.of(field, depth + 1)
    return ()


def of_namespace(values: Evaluator, target: Node, name: str, depth: int) -> Value:
    """Take a name out of all that another file exports (`import * as models from "./models"`)."""
    if target.type != "identifier":
        return ()
    bindings = values.scopes.find(values.program.text(target), target.start_byte)
    return tuple(
        one
        for binding in bindings
        if binding.origin is Origin.IMPORT and not imported_name(binding)
        for one in values.imported(binding.package, name, depth)
    )


def subscript(values: Evaluator, node: Node, depth: int) -> Value:
    """Everything `object[index]` may be; an index that is not known gives every member."""
    target, index = node.child_by_field_name("object"), node.child_by_field_name("index")
    if target is None or index is None:
        return ()
    if is_environment(values.program.text(target)):
        return (opaque(values, node, "environment"),)
    value, keys = values.of(target, depth + 1), values.of(index, depth + 1)
    known = [one.value for one in keys if isinstance(one, Text | Constant) and one.value is not None]
    steps: list[Key] = [key if isinstance(key, str) else int(key) for key in known] or [EVERY]
    found = tuple(one for key in steps for one in step(value, key))
    return folded(found or step(value, EVERY)) or (opaque(values, node, "chosen at run time"),)
