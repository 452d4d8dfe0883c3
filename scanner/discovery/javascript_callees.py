"""What a call of JavaScript calls, on what, and with which arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.discovery.javascript_evaluation import (
    EVERY,
    INNER,
    MAX_DEPTH,
    MAX_EXPRESSION,
    Evaluator,
    opaque,
    step,
)
from scanner.discovery.javascript_following import FUNCTIONS, is_environment, returned
from scanner.discovery.javascript_scopes import Binding, Origin, package_of
from scanner.discovery.views import Bundle, Call, Text, Value

if TYPE_CHECKING:
    from tree_sitter import Node

_KEEPS = frozenset(
    {"trim", "toString", "filter", "find", "slice", "freeze", "concat", "flat", "sort", "at", "seal"}
)
"""Methods whose answer is the text, or members of the list, they are called on."""


def read_callee(values: Evaluator, node: Node, depth: int = 0) -> tuple[str, Call | None]:
    """Name what a call or a `new` calls, with the call that made the object it is called on."""
    called = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    return _callee(values, called, depth + 1) if called is not None else ("?", None)


def read_call(
    values: Evaluator, node: Node, depth: int = 0, callee: tuple[str, Call | None] | None = None
) -> Call:
    """Read a call or a `new`: what is called (where that is not known yet), with which arguments."""
    name, receiver = callee or read_callee(values, node, depth)
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
    return Call(
        name, tuple(positional), tuple(keywords), values.program.locate(node), receiver,
        tuple(sorted(values.scopes.packages)),
    )  # fmt: skip


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
    if called is not None and called.type == "identifier" and (texts := _answer(values, called, depth)):
        return texts
    return (read_call(values, node, depth),)


def _answer(values: Evaluator, called: Node, depth: int) -> Value:
    """The texts a function of the project gives back, where it is known which function is called."""
    found: list[Value] = []
    for binding in values.scopes.find(values.program.text(called), called.start_byte):
        if binding.origin is Origin.IMPORT and binding.module.startswith((".", "@/", "~/", "$lib/")):
            package, _, name = binding.module.rpartition(".")
            found.append(values.answered(package, name, depth))
        elif binding.node is not None and _is_function(binding):
            found.append(returned(values, binding.node, depth))
    return tuple(one for value in found for one in value)


def _is_function(binding: Binding) -> bool:
    own = binding.origin in (Origin.FUNCTION, Origin.VALUE)
    return own and binding.node is not None and binding.node.type in FUNCTIONS


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


def _callee(values: Evaluator, node: Node, depth: int) -> tuple[str, Call | None]:
    """Name what is called through imports; the call that made the object it is called on."""
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
    dotted = _dotted(values, target, depth, set())
    if dotted is not None:
        return ".".join([dotted, *words]), None
    if target.type == "import":
        return "import", None
    if target.type == "identifier" and not words and not _is_value(values, target):
        return values.program.text(target), None
    value, rest = _followed(values, target, words, depth)
    receiver = next((one for one in value if isinstance(one, Call)), None)
    if receiver is not None:
        return ".".join([receiver.name, *(rest or ["()"])]), receiver
    return ".".join(
        ["?" if words or target.type != "identifier" else values.program.text(target), *words]
    ), None


def _is_value(values: Evaluator, node: Node) -> bool:
    bindings = values.scopes.find(values.program.text(node), node.start_byte)
    return any(binding.origin is not Origin.FUNCTION for binding in bindings)


def _followed(values: Evaluator, target: Node, words: list[str], depth: int) -> tuple[Value, list[str]]:
    if target.type == "this" and words:
        fields = values.scopes.find_field(words[0], target.start_byte)
        value = tuple(one for field in fields for one in values.of(field, depth + 1))
        words = words[1:]
    else:
        value = values.of(target, depth + 1)
    while words and not any(isinstance(one, Call) for one in value):
        inner = step(value, words[0])
        if not inner:
            break
        value, words = inner, words[1:]
    return value, words


def _dotted(values: Evaluator, node: Node, depth: int, seen: set[int]) -> str | None:
    """Dotted name of what is imported, through variables, each looked at once (`a = a.b; a = a.c`)."""
    if depth > MAX_DEPTH:
        return None
    if node.type in INNER and node.named_children:
        return _dotted(values, node.named_children[0], depth + 1, seen)
    if node.type == "call_expression":
        called = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        if called is not None and values.program.text(called)[:20] in ("require", "import") and arguments:
            for one in values.of(arguments.named_children[0], depth + 1) if arguments.named_children else ():
                if isinstance(one, Text):
                    package = package_of(one.value)
                    values.scopes.packages.add(package)
                    return package
        return None
    if node.type == "member_expression":
        target, word = node.child_by_field_name("object"), node.child_by_field_name("property")
        base = _dotted(values, target, depth + 1, seen) if target is not None else None
        return f"{base}.{values.program.text(word)}" if base is not None and word is not None else None
    if node.type != "identifier":
        return None
    for binding in values.scopes.find(values.program.text(node), node.start_byte):
        if binding.origin is Origin.IMPORT:
            return binding.module
        held = binding.node if binding.origin is Origin.VALUE else None
        if held is not None and held.type != "identifier" and held.id not in seen:
            seen.add(held.id)
            base = _dotted(values, held, depth + 1, seen)
            if base is not None:
                return ".".join([base, *map(str, binding.path)])
    return None
