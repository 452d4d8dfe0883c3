"""Which names a JavaScript text binds, where they hold, and to what."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import TYPE_CHECKING

from scanner.discovery.javascript_modules import is_own
from scanner.discovery.javascript_patterns import Key, names_in
from scanner.discovery.javascript_tree import Program
from scanner.discovery.source import Source
from scanner.patterns import regex
from scanner.records.choices import Enum
from scanner.records.quick import dataclass, field, replace

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_BINDINGS = 60_000
"""Names of one text; what comes after is not followed."""
_KEPT = frozenset({"accessibility_modifier", "readonly"})
"""What makes a parameter of a constructor a field as well."""
_VERSION = regex(r"(?<=[^/@])@[^/]*")
TYPES_ONLY = regex(r"import\s+type\s+(?!from\b)[\w$*{][\w$*{},\s]{0,2000}?from\s*[\"'][^\"'\n]{1,200}[\"']")
"""An import of types alone: nothing of it is there when the program runs."""
_CDN = regex(r"^(?:https?://[^/]+/(?:npm/|gh/|pin/|v\d+/|\*)?|npm:|jsr:)")


class Origin(Enum):
    """How a name gets its value."""

    VALUE = "value"
    """From an expression."""
    PARAMETER = "parameter"
    """From the caller."""
    ELEMENT = "element"
    """From each member of a list in turn."""
    IMPORT = "import"
    """From another module."""
    FUNCTION = "function"
    """It names a function or class."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One way a name gets its value."""

    origin: Origin
    node: Node | None = None
    """The expression, the list, the function around a parameter, or the function itself."""
    path: tuple[Key, ...] = ()
    """Steps from there to the name (`const {a: [b]} = …`)."""
    fallback: Node | None = None
    """The default of a pattern or a parameter."""
    index: int = 0
    """Position of a parameter."""
    module: str = ""
    """Dotted name of what is imported."""
    package: str = ""
    """What it is imported from, as written."""


@dataclass(slots=True)
class Scope:
    """A span in which names hold."""

    start: int
    end: int
    names: dict[str, list[Binding]] = field(default_factory=dict)


class Scopes:
    """Every name of one text, found again from any place in it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.fields: dict[str, list[tuple[int, int, Node]]] = {}
        """Class fields, getters and `this.x = …`: name to (start and end of the class, value)."""
        self.methods: dict[tuple[str, int, int], Node] = {}
        """Methods by name and span of the class; the last one of a name holds."""
        self.packages: set[str] = set()
        self.holders: dict[tuple[int, int], Node] = {}
        """Span of an expression to what it is given to: a variable, a pair, a field, a call."""
        self.calls: dict[str, list[Node]] = {}
        """Calls by the last word of what is called, for following a parameter to its callers."""
        self._count = 0
        nodes = program.nodes
        spans = {(0, len(program.content) + 1)}
        for kind in ("function", "class", "block", "loop"):
            spans |= {(node.start_byte, node.end_byte) for node in nodes.get(kind, ())}
        self._scopes = [Scope(*span) for span in sorted(spans, key=lambda span: (span[0], -span[1]))]
        self._outer = _parents(self._scopes)
        self._classes = {(node.start_byte, node.end_byte) for node in nodes.get("class", ())}
        self._collect()

    def asked_from(self, source: Source) -> Scopes:
        """The same for another file that asks: what it adds, and the limits it hits, are its own."""
        scopes = copy(self)
        scopes.program, scopes.packages = replace(self.program, source=source), set(self.packages)
        return scopes

    def find(self, name: str, place: int) -> tuple[Binding, ...]:
        """What a name may stand for at a byte offset; the innermost scope that binds it decides."""
        position: int | None = self._innermost(place)
        while position is not None:
            found = self._scopes[position].names.get(name)
            if found:
                return tuple(found)
            position = self._outer[position]
        return ()

    def find_outermost(self, name: str) -> tuple[Binding, ...]:
        """What a name of the outermost scope may stand for."""
        return tuple(self._scopes[0].names.get(name, ()))

    def find_field(self, name: str, place: int) -> tuple[Node, ...]:
        """Values of `this.name`: of the class around the place, else of any class of the text."""
        candidates = self.fields.get(name, [])
        own = tuple(node for start, end, node in candidates if start <= place < end)
        return own or tuple(node for _, _, node in candidates)

    def _innermost(self, place: int) -> int:
        low, high = 0, len(self._scopes)
        while low < high:
            middle = (low + high) // 2
            if self._scopes[middle].start <= place:
                low = middle + 1
            else:
                high = middle
        position: int | None = low - 1
        while position is not None and self._scopes[position].end <= place:
            position = self._outer[position]
        return position or 0

    def _bind(self, place: int, name: str, binding: Binding) -> None:
        self._count += 1
        if self._count == MAX_BINDINGS + 1:
            self.program.source.leave_rest(MAX_BINDINGS, "names")
        if self._count <= MAX_BINDINGS:
            self._scopes[self._innermost(place)].names.setdefault(name, []).append(binding)

    def _collect(self) -> None:
        nodes = self.program.nodes
        for node in nodes.get("import", ()):
            self._import(node)
        for node in nodes.get("variable", ()):
            self._variable(node)
        for node in nodes.get("function", ()):
            self._function(node)
        for node in nodes.get("loop", ()):
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if left is not None and right is not None:
                self._pattern(left, node.start_byte, Binding(Origin.ELEMENT, right))
        for node in nodes.get("class", ()):
            self._class(node)
        for node in (*nodes.get("field", ()), *nodes.get("member", ())):
            self._field(node)
        for node in nodes.get("pair", ()):
            value = node.child_by_field_name("value")
            if value is not None:
                self.holders[value.start_byte, value.end_byte] = node
        for node in nodes.get("call", ()):
            self._call(node)
        for node in nodes.get("assignment", ()):
            self._assignment(node)

    def _import(self, node: Node) -> None:
        source = node.child_by_field_name("source")
        if source is None:
            return
        if TYPES_ONLY.match(self.program.text(node)):
            return
        specifier = self.program.text(source).strip("'\"`")
        package = package_of(specifier)
        self.packages.add(package)
        for clause in node.named_children:
            if clause.type != "import_clause":
                continue
            for part in clause.named_children:
                for name, member in _imported(self.program, part):
                    module = f"{package}.{member}" if member else package
                    binding = Binding(Origin.IMPORT, module=module, package=specifier)
                    self._bind(node.start_byte, name, binding)

    def _variable(self, node: Node) -> None:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None:
            return
        if value is not None:
            self.holders[value.start_byte, value.end_byte] = node
            required = required_file(self.program, value)
            if required is None:
                self._pattern(name, node.start_byte, Binding(Origin.VALUE, value))
            else:
                self._pattern(name, node.start_byte, Binding(Origin.IMPORT, package=required))
        elif name.type == "identifier":
            # Declared without a value: later assignments find the scope it belongs to.
            self._bind(node.start_byte, self.program.text(name), Binding(Origin.VALUE))

    def _function(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None and node.type.endswith("declaration"):
            own = self._innermost(node.start_byte)
            outer = self._scopes[self._outer[own] or 0]
            outer.names.setdefault(self.program.text(name), []).append(Binding(Origin.FUNCTION, node))
        elif name is not None and node.type == "method_definition":
            self._method(node, self.program.text(name))
        single = node.child_by_field_name("parameter")
        if single is not None:
            self._pattern(single, node.start_byte, Binding(Origin.PARAMETER, node))
        parameters = node.child_by_field_name("parameters")
        for index, parameter in enumerate(parameters.named_children if parameters is not None else ()):
            pattern, fallback = parameter, None
            if parameter.type in ("required_parameter", "optional_parameter"):
                pattern = parameter.child_by_field_name("pattern") or parameter
                fallback = parameter.child_by_field_name("value")
                if any(child.type in _KEPT for child in parameter.children):
                    self._add_field(self.program.text(pattern), node.start_byte, pattern)
            binding = Binding(Origin.PARAMETER, node, fallback=fallback, index=index)
            self._pattern(pattern, node.start_byte, binding)

    def _class(self, declared: Node) -> None:
        name = declared.child_by_field_name("name")
        if name is not None:
            own = self._innermost(declared.start_byte)
            outer = self._scopes[self._outer[own] or 0]
            outer.names.setdefault(self.program.text(name), []).append(Binding(Origin.FUNCTION, declared))

    def _field(self, node: Node) -> None:
        name = node.child_by_field_name("property") or node.child_by_field_name("name")
        value = node.child_by_field_name("value")
        if name is not None and value is not None:
            self.holders[value.start_byte, value.end_byte] = node
            self._add_field(self.program.text(name), node.start_byte, value)

    def _add_field(self, name: str, place: int, value: Node) -> None:
        start, end = self.class_around(place)
        self.fields.setdefault(name.lstrip("#"), []).append((start, end, value))

    def class_around(self, place: int) -> tuple[int, int]:
        """Span of the class around a byte offset; of the whole text where there is none."""
        position: int | None = self._innermost(place)
        while position is not None:
            span = (self._scopes[position].start, self._scopes[position].end)
            if span in self._classes:
                return span
            position = self._outer[position]
        return 0, len(self.program.content) + 1

    def _method(self, node: Node, name: str) -> None:
        """A method of a class; a getter is a field that is worked out."""
        if node.parent is None or node.parent.type != "class_body":
            return
        if any(child.type == "get" for child in node.children[:4]):
            self._add_field(name, node.start_byte, node)
        else:
            self.methods[name.lstrip("#"), *self.class_around(node.start_byte)] = node

    def _call(self, node: Node) -> None:
        called = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        if called is None:
            return
        word = called.child_by_field_name("property") or called
        if word.type in ("identifier", "property_identifier"):
            self.calls.setdefault(self.program.text(word), []).append(node)
        arguments = node.child_by_field_name("arguments")
        for argument in arguments.named_children[:1] if arguments is not None else ():
            self.holders[argument.start_byte, argument.end_byte] = node

    def _assignment(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        if left.type == "identifier":
            self._rebind(self.program.text(left), node.start_byte, right)
        elif left.type == "member_expression":
            target, word = left.child_by_field_name("object"), left.child_by_field_name("property")
            if target is None or word is None:
                return
            if target.type == "this":
                self._add_field(self.program.text(word), node.start_byte, right)
            elif target.type == "identifier":
                self._static(self.program.text(target), self.program.text(word), node.start_byte, right)

    def _static(self, owner: str, name: str, place: int, value: Node) -> None:
        """A field of a class given through the name of the class (`Clients.shared = …`)."""
        for binding in self.find(owner, place)[-1:]:
            declared = binding.node
            if binding.origin is Origin.FUNCTION and declared is not None:
                span = (declared.start_byte, declared.end_byte)
                self.fields.setdefault(name.lstrip("#"), []).append((*span, value))

    def _rebind(self, name: str, place: int, value: Node) -> None:
        position: int | None = self._innermost(place)
        while position is not None:
            if name in self._scopes[position].names:
                self._scopes[position].names[name].append(Binding(Origin.VALUE, value))
                return
            position = self._outer[position]
        self._scopes[0].names.setdefault(name, []).append(Binding(Origin.VALUE, value))

    def _pattern(self, pattern: Node, place: int, binding: Binding) -> None:
        for name, path, fallback in names_in(self.program, pattern, 0):
            if fallback is None and not path:
                fallback = binding.fallback
            module = ""
            if binding.package:
                module = ".".join([package_of(binding.package), *map(str, path[:1])])
                path = path[1:]
            bound = Binding(
                binding.origin, binding.node, path, fallback, binding.index, module, binding.package
            )
            self._bind(place, name, bound)


def package_of(specifier: str) -> str:
    """Name the package an import speaks of: `npm:x@3`, CDN addresses and subpaths give `x`.

    Addresses keep only what names a package; a relative path stays as written.
    """
    if specifier.startswith((".", "/", "node:", "@/", "~/", "$")):
        return specifier
    bare = _VERSION.sub("", _CDN.sub("", specifier))
    parts = bare.split("/")
    return "/".join(parts[: 2 if bare.startswith("@") else 1])


def required_file(program: Program, value: Node) -> str | None:
    """The file of the project that `require("./x")` or `await import("./x")` asks for."""
    if value.type == "await_expression" and value.named_children:
        value = value.named_children[0]
    called = value.child_by_field_name("function") if value.type == "call_expression" else None
    arguments = value.child_by_field_name("arguments")
    if called is None or arguments is None or arguments.named_child_count != 1:
        return None
    given = arguments.named_children[0]
    if given.type != "string" or called.end_byte - called.start_byte > 9:
        return None
    specifier = program.text(given)[1:-1]
    return specifier if program.text(called) in ("require", "import") and is_own(specifier) else None


def _imported(program: Program, part: Node) -> Iterator[tuple[str, str]]:
    if part.type == "identifier":
        yield program.text(part), "default"
    elif part.type == "namespace_import":
        for child in part.named_children:
            yield program.text(child), ""
    elif part.type == "named_imports":
        for specifier in part.named_children:
            name, alias = specifier.child_by_field_name("name"), specifier.child_by_field_name("alias")
            if name is not None:
                yield program.text(alias or name), program.text(name)


def _parents(scopes: list[Scope]) -> list[int | None]:
    parents: list[int | None] = []
    stack: list[int] = []
    for position, scope in enumerate(scopes):
        while stack and scopes[stack[-1]].end <= scope.start:
            stack.pop()
        parents.append(stack[-1] if stack else None)
        stack.append(position)
    return parents
