"""What a file of JavaScript hands to the files that import it, however that is written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from scanner.discovery.javascript_evaluation import INNER, MAX_DEPTH, Evaluator, step
from scanner.discovery.javascript_modules import is_own
from scanner.discovery.javascript_scopes import Binding, Origin, package_of
from scanner.discovery.views import Text, Value

if TYPE_CHECKING:
    from tree_sitter import Node

DEFAULT = "default"
DECLARED = frozenset(
    {
        "function_declaration",
        "function_expression",
        "arrow_function",
        "method_definition",
        "class_declaration",
        "abstract_class_declaration",
        "enum_declaration",
        "class",
        "object",
    }
)
"""What has a name of its own, or members."""


class Exports:
    """The exported names of one text, each worked out once; names that lead in rings come to an end."""

    def __init__(self, values: Evaluator) -> None:
        self._values = values
        self._known: dict[str, Value] = {}
        self._members: dict[int, dict[str, Node]] = {}
        self._libraries: dict[str, str | None] = {}
        self._functions: dict[str, list[tuple[Evaluator, Node]]] = {}

    def value(self, member: str, depth: int) -> Value:
        """Everything an exported name may be."""
        if member not in self._known:
            self._known[member] = ()
            found = self.find(member) if self._is_near(depth) else ()
            self._known[member] = tuple(one for each in found for one in self._value(each, depth))
        return self._known[member]

    def library_name(self, member: str, depth: int) -> str | None:
        """Dotted name of what is handed on out of a library (`export { openai } from "…"`)."""
        if member not in self._libraries:
            self._libraries[member] = None
            found = self.find(member) if self._is_near(depth) else ()
            names = (self._library_of(each, depth) for each in found)
            self._libraries[member] = next((name for name in names if name is not None), None)
        return self._libraries[member]

    def functions(self, member: str, depth: int) -> list[tuple[Evaluator, Node]]:
        """The functions and classes an exported name may be, each with the text it stands in."""
        if member not in self._functions:
            self._functions[member] = []
            bindings = self.find(member) if self._is_near(depth) else ()
            self._functions[member] = [
                found for binding in bindings for found in bound_functions(self._values, binding, depth)
            ]
        return self._functions[member]

    def method(self, declared: Node, name: str) -> Node | None:
        """The method of a class or function of an object that goes by this name."""
        scopes = self._values.scopes
        if declared.type != "object":
            return scopes.methods.get((name, declared.start_byte, declared.end_byte))
        if declared.id not in self._members:
            known = self._members.setdefault(declared.id, {})
            for child in declared.named_children:
                key = child.child_by_field_name("key") or child.child_by_field_name("name")
                function = child.child_by_field_name("value") or child
                if key is not None and function.type in DECLARED:
                    known[self._values.program.text(key)] = function
        return self._members[declared.id].get(name)

    def find(self, member: str) -> list[Binding]:
        """What an exported name stands for."""
        named, stars = self._written
        found = named.get(member) or []
        if not found and member != DEFAULT:
            found = list(self._values.scopes.find_outermost(member))
        if not found:
            whole = named.get("=", ())
            steps = () if member in ("", DEFAULT) else (member,)
            found = [Binding(Origin.VALUE, each.node, steps) for each in whole]
        return found or [
            Binding(Origin.IMPORT, module=f"{package}.{member}", package=package) for package in stars
        ]

    def _is_near(self, depth: int) -> bool:
        if depth > MAX_DEPTH:
            self._values.program.source.leave_unfollowed(MAX_DEPTH, "names and expressions")
        return depth <= MAX_DEPTH

    def _value(self, binding: Binding, depth: int) -> Value:
        if binding.origin is Origin.IMPORT:
            return self._values.imported(binding.package, imported_name(binding), depth)
        value = self._values.of(binding.node, depth) if binding.node is not None else ()
        for key in binding.path:
            value = step(value, key)
        return (*value, *(self._values.of(binding.fallback, depth) if binding.fallback is not None else ()))

    def _library_of(self, binding: Binding, depth: int) -> str | None:
        if binding.origin is Origin.IMPORT:
            return _imported_library(self._values, binding, depth)
        if binding.node is None or binding.origin is not Origin.VALUE:
            return None
        base = dotted_name(self._values, binding.node, depth, set())
        return ".".join([base, *map(str, binding.path)]) if base is not None else None

    @cached_property
    def _written(self) -> tuple[dict[str, list[Binding]], list[str]]:
        """Exported names that are no names of the text, and the files all of whose names are handed on."""
        named: dict[str, list[Binding]] = {}
        stars: list[str] = []
        program = self._values.program
        for node in program.nodes.get("export", ()):
            source = node.child_by_field_name("source")
            package = program.text(source).strip("'\"`") if source is not None else ""
            value = node.child_by_field_name("value") or node.child_by_field_name("declaration")
            if value is not None and any(child.type == "default" for child in node.children):
                named.setdefault(DEFAULT, []).append(Binding(Origin.VALUE, value))
            clauses = [child for child in node.named_children if child.type != "string"]
            if package and not clauses:
                stars.append(package)
            for clause in clauses:
                for name, binding in self._clause(clause, package):
                    named.setdefault(name, []).append(binding)
        for node in program.nodes.get("assignment", ()):
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            common = _common_name(program.text(left)) if left is not None and right is not None else None
            if common is not None:
                named.setdefault(common, []).append(Binding(Origin.VALUE, right))
        return named, stars

    def _clause(self, clause: Node, package: str) -> Iterator[tuple[str, Binding]]:
        text = self._values.program.text
        if clause.type == "namespace_export":
            for child in clause.named_children:
                yield text(child), Binding(Origin.IMPORT, module=package_of(package), package=package)
            return
        for specifier in clause.named_children if clause.type == "export_clause" else ():
            name, alias = specifier.child_by_field_name("name"), specifier.child_by_field_name("alias")
            if name is None:
                continue
            shown = text(alias or name)
            if package:
                module = f"{package_of(package)}.{text(name)}"
                yield shown, Binding(Origin.IMPORT, module=module, package=package)
            elif alias is not None:
                for binding in self._values.scopes.find_outermost(text(name)):
                    yield shown, binding


def imported_name(binding: Binding) -> str:
    """The name an import asks another file for; empty where it asks for all of them."""
    return binding.module[len(package_of(binding.package)) :].lstrip(".")


def bound_functions(values: Evaluator, binding: Binding, depth: int) -> Iterator[tuple[Evaluator, Node]]:
    """The functions and classes a name may be: wrapped ones (`once(() => …)`) and imported ones too."""
    node = binding.node
    if binding.origin is Origin.IMPORT:
        other = values.other(binding.package) if is_own(binding.package) else None
        if other is not None:
            yield from other.exports.functions(imported_name(binding), depth + 1)
    elif node is not None and binding.origin in (Origin.FUNCTION, Origin.VALUE) and not binding.path:
        if node.type == "call_expression":
            arguments = node.child_by_field_name("arguments")
            node = next(iter(arguments.named_children), None) if arguments is not None else None
        if node is not None and node.type in DECLARED:
            yield values, node


def _common_name(left: str) -> str | None:
    """The name an assignment exports in CommonJS; `=` where it is all that the file exports."""
    rest = left[7:] if left.startswith("module.exports") else left
    if not rest.startswith("exports"):
        return None
    name = rest.removeprefix("exports").removeprefix(".")
    return "=" if not name else name if name.isidentifier() else None


def dotted_name(values: Evaluator, node: Node, depth: int, seen: set[int]) -> str | None:
    """Dotted name of what is imported, through variables, each looked at once (`a = a.b; a = a.c`)."""
    if depth > MAX_DEPTH:
        return None
    if node.type in INNER and node.named_children:
        return dotted_name(values, node.named_children[0], depth + 1, seen)
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
        base = dotted_name(values, target, depth + 1, seen) if target is not None else None
        return f"{base}.{values.program.text(word)}" if base is not None and word is not None else None
    if node.type != "identifier":
        return None
    for binding in values.scopes.find(values.program.text(node), node.start_byte):
        if binding.origin is Origin.IMPORT:
            return _imported_library(values, binding, depth)
        held = binding.node if binding.origin is Origin.VALUE else None
        if held is not None and held.id not in seen:
            seen.add(held.id)
            base = dotted_name(values, held, depth + 1, seen)
            if base is not None:
                return ".".join([base, *map(str, binding.path)])
    return None


def _imported_library(values: Evaluator, binding: Binding, depth: int) -> str | None:
    """Dotted name in a library that an import leads to, over files of the project that hand it on."""
    if not is_own(binding.package):
        return binding.module
    other, name = values.other(binding.package), imported_name(binding)
    return other.exports.library_name(name, depth + 1) if other is not None and name else None
