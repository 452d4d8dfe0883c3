"""Follows names, attributes and calls of one Python file to the values they may have."""

from __future__ import annotations

import ast
import builtins
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from operator import attrgetter

from scanner.discovery import python_calls as calls
from scanner.discovery import python_displays as displays
from scanner.discovery import python_folding as folding
from scanner.discovery.python_annotations import is_open
from scanner.discovery.python_calling import made_elsewhere
from scanner.discovery.python_environment import told_by_environment, variables_of
from scanner.discovery.python_frames import ADDED, Binding, Frame, self_name_of
from scanner.discovery.python_guards import read_guards
from scanner.discovery.python_imports import find_module, gives
from scanner.discovery.python_module import Module, parse_module
from scanner.discovery.python_relevance import speaks_of_models
from scanner.discovery.python_values import (
    MAX_ALTERNATIVES,
    MAX_DEPTH,
    NO_TEXT,
    PARAMETER,
    RUN_TIME,
    Calling,
    Evaluation,
    Guard,
    Placer,
    Reference,
    combine,
    fold,
    prefer_known,
    texts_of,
    unite,
)
from scanner.discovery.source import Source
from scanner.discovery.views import Bundle, Call, Constant, Opaque, Text, Value
from scanner.errors import UnreadableFile
from scanner.records.quick import dataclass, field, replace
from scanner.records.sighting import Location

MAX_HOPS = 6
"""Files an import is followed through."""
MAX_REBINDINGS = 1_000
"""Values one name is given, and members added to it, that are looked at from one place."""
MAX_STEPS = 500_000
"""Values of names and expressions that are worked out in one file."""
_line_of = attrgetter("line")


@dataclass(slots=True)
class Evaluator:
    """The values of one file. Nothing is run; what is not understood is Opaque, with its reason."""

    module: Module
    source: Source
    hops: int = 0
    _memory: dict[object, Value] = field(default_factory=dict)
    _open: set[object] = field(default_factory=set)
    """Nodes (by `id`) and dotted names under way, in this file and those it was reached from."""
    _others: dict[str, Evaluator | None] = field(default_factory=dict)
    """Evaluators of the files reached, shared by all of them."""
    makers: dict[tuple[Location, str], tuple[Evaluation, Frame]] = field(default_factory=dict)
    """The classes of the project that made objects, by place and name of the call; shared by all files."""
    _found: dict[str, tuple[str, str] | None] = field(default_factory=dict)
    """Which file of the project a dotted name means."""
    _steps: int = 0
    calls: list[Calling] = field(default_factory=list)
    """Calls of functions of this file that are followed, the innermost last."""
    _guards: tuple[Guard, ...] | None = None
    _variables: dict[str, list[Binding]] | None = None
    _told: tuple[tuple[str, Text | Constant], ...] | None = None
    placer: Placer = field(init=False)

    def __post_init__(self) -> None:
        self.placer = Placer(self.module, self.source)
        self._others.setdefault(self.source.file, self)

    def close(self) -> None:
        """Let go of everything found: values, evaluators and files refer to each other in rings."""
        others = [other for other in self._others.values() if other is not None]
        self._others.clear()
        self.makers.clear()
        for each in others:
            each._memory.clear()

    def evaluate(self, node: ast.expr, frame: Frame) -> Value:
        """Every value an expression may have, as far as the project's text says it."""
        memory, key = self._kept(node, frame) if self.calls else (self._memory, id(node))
        if key in memory:
            return memory[key]
        if key in self._open:
            return ()
        self._steps += 1
        if self._steps > MAX_STEPS:
            self.source.leave_rest(MAX_STEPS, "values of names and expressions")
            return (self.opaque(node, RUN_TIME),)
        if len(self._open) > MAX_DEPTH:
            self.source.leave_unfollowed(MAX_DEPTH, "expressions", node.lineno)
            return ()
        self._open.add(key)
        try:
            value = self._evaluate(node, frame) or (self.opaque(node, RUN_TIME),)
        finally:
            self._open.discard(key)
        if len(value) >= MAX_ALTERNATIVES:
            self.source.leave_rest(MAX_ALTERNATIVES, "values of one expression")
        memory[key] = value
        return value

    def _kept(self, node: ast.AST, frame: Frame) -> tuple[dict[object, Value], object]:
        """Where the value of a node is kept, and as what; a call that is followed keeps its own."""
        for at in range(len(self.calls) - 1, -1, -1):
            if self.calls[at].holds(frame):
                return self.calls[at].memory, (id(node), at)
        return self._memory, id(node)

    @contextmanager
    def inside(self, calling: Calling) -> Iterator[None]:
        """Evaluate what stands in a function as one call makes it."""
        self.calls.append(calling)
        try:
            yield
        finally:
            self.calls.pop()

    @property
    def variables(self) -> dict[str, list[Binding]]:
        """What the file puts into its environment, by the name of the variable."""
        if self._variables is None:
            self._variables = variables_of(self.module)
        return self._variables

    @property
    def told(self) -> tuple[tuple[str, Text | Constant], ...]:
        """Addresses and switches the environment holds while the file runs, as far as code sets them."""
        if self._told is None:
            self._told = told_by_environment(self)
        return self._told

    @property
    def guards(self) -> tuple[Guard, ...]:
        """Branches of the file that exclude each other; read when the first call asks."""
        if self._guards is None:
            self._guards = read_guards(self)
        return self._guards

    def opaque(self, node: ast.AST, reason: str) -> Opaque:
        """An open value where a node stands."""
        return Opaque(self.placer.text(node), reason, self.placer.place(node))

    def _evaluate(self, node: ast.expr, frame: Frame) -> Value:
        match node:
            case ast.Name():
                return self.name(node, frame)
            case ast.Constant(value=str() as text):
                return (Text(text, self.placer.place(node)),)
            case ast.Attribute():
                return calls.attribute(self, node, frame)
            case ast.Call():
                return calls.call(self, node, frame)
            case ast.Constant(value=(bool() | int() | float() | None) as constant):
                return (Constant(constant, self.placer.place(node)),)
            case ast.Subscript():
                return displays.entry(self, node, frame)
            case ast.BoolOp(op=ast.Or(), values=members):
                return prefer_known(unite(self.evaluate(member, frame) for member in members))
            case ast.BoolOp(values=members):
                return self.evaluate(members[-1], frame)
            case ast.IfExp(body=body, orelse=orelse):
                return prefer_known(unite([self.evaluate(body, frame), self.evaluate(orelse, frame)]))
            case ast.NamedExpr(value=inner) | ast.Await(value=inner) | ast.Starred(value=inner):
                return self.evaluate(inner, frame)
            case _:
                return self._composed(node, frame)

    def _composed(self, node: ast.expr, frame: Frame) -> Value:
        match node:
            case ast.JoinedStr(values=parts):
                pieces = [displays.piece(self, part, frame) for part in parts]
                return combine(pieces, self.opaque(node, RUN_TIME))
            case ast.BinOp():
                return folding.fold_operator(self, node, frame)
            case ast.List(elts=members) | ast.Tuple(elts=members) | ast.Set(elts=members):
                return (displays.sequence(self, node, members, frame),)
            case ast.Dict():
                return (displays.mapping(self, node, frame),)
            case ast.ListComp(elt=element) | ast.SetComp(elt=element) | ast.GeneratorExp(elt=element):
                return (Bundle(((None, fold(self.evaluate(element, frame))),), self.placer.place(node)),)
            case ast.DictComp(key=key, value=value):
                held = self.evaluate(value, frame)
                keys: list[Text | None] = list(texts_of(self.evaluate(key, frame)))
                return (Bundle(tuple((each, held) for each in keys or [None]), self.placer.place(node)),)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=(int() | float()) as number)):
                return (Constant(-number, self.placer.place(node)),)
            case ast.Compare() | ast.UnaryOp():
                return (self.opaque(node, RUN_TIME),)
        return (self.opaque(node, NO_TEXT),)

    def is_chosen_by_callers(self, node: ast.expr, frame: Frame) -> bool:
        """Whether any caller may choose the value: a default is then only one of what they may name."""
        return isinstance(node, ast.Name) and any(
            binding.how == "parameter" and not any(id(binding.node) in call.given for call in self.calls)
            for binding in self.find(node.id, frame, node)
        )

    def name(self, node: ast.Name, frame: Frame) -> Value:
        """What a name is bound to where it stands."""
        owner = frame.enclosing_class()
        if owner is not None and node.id == self_name_of(frame):
            return (self._own(node, owner),)
        bindings = self.find(node.id, frame, node)
        if not bindings:
            return self._star_import(node) or (self.reference(node, node.id),)
        added = [binding for binding in bindings if binding.how in ADDED]
        self._steps += len(bindings)
        value = unite(self.bound(binding) for binding in bindings if binding.how not in ADDED)
        return folding.add_members(self, value, added) if added else value

    def _own(self, node: ast.AST, owner: Frame) -> Reference:
        return Reference(
            self.placer.text(node), NO_TEXT, self.placer.place(node), owner.name, (self, owner), None
        )

    def reference(self, node: ast.AST, name: str, receiver: Call | None = None) -> Reference:
        """A thing of the program, by its dotted name."""
        return Reference(self.placer.text(node), RUN_TIME, self.placer.place(node), name, None, receiver)

    def find(self, name: str, frame: Frame, node: ast.AST) -> list[Binding]:
        """Bindings a name may have where it stands; the latest sure one hides those before it."""
        current: Frame | None = frame
        is_here = True
        while current is not None:
            if name in current.bindings and (is_here or current.kind != "class"):
                return self._live(current.bindings[name], node if is_here else None)
            current, is_here = current.parent, False
        return []

    def _live(self, bindings: list[Binding], node: ast.AST | None) -> list[Binding]:
        if len(bindings) == 1 and not self.calls:
            # Mostly a name is bound once, before or behind.
            only = bindings[0]
            return [] if only.how == "value" and id(only.node) in self._open else [only]
        line = getattr(node, "lineno", 0)
        if len(bindings) > MAX_REBINDINGS:
            bindings = self._nearest(bindings, line)
        usable = [
            binding
            for binding in bindings
            if binding.how != "value" or self._kept(binding.node, binding.frame)[1] not in self._open
        ]
        before = usable
        if node is not None:
            before = [
                b for b in usable if b.line < line or (b.line == line and b.how not in ("value", "entry"))
            ] or usable
        kept: list[Binding] = []
        for binding in reversed(before):
            kept.append(binding)
            if node is not None and binding.is_sure and binding.how not in ("entry", "merge"):
                break
        return kept[::-1]

    def _nearest(self, bindings: list[Binding], line: int) -> list[Binding]:
        """Of very many values given to one name, those before a line; of none, the last."""
        end = bisect_right(bindings, line, key=_line_of) if line else len(bindings)
        end = end or len(bindings)
        start = max(0, end - MAX_REBINDINGS)
        if start and not any(each.is_sure and each.how == "value" for each in bindings[start:end]):
            self.source.leave_rest(MAX_REBINDINGS, "values given to one name")
        return bindings[start:end]

    def bound(self, binding: Binding) -> Value:
        """The value one binding gives."""
        for calling in self.calls:
            if row := calling.given.get(id(binding.node)):
                return fold(folding.unpack(row, binding.path))
        match binding.how, binding.node:
            case "import", _:
                return self.imported(binding)
            case "definition", ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() as node:
                place = self.placer.place(node)
                inner = self.module.frames[id(node)]
                return (Reference(node.name, NO_TEXT, place, node.name, (self, inner), None),)
            case "parameter", ast.arg() as node:
                return fold(self.parameter(node, binding.frame))
            case "element", ast.expr() as node:
                return fold(
                    unite(
                        folding.unpack(v, binding.path) for v in folding.elements(self, node, binding.frame)
                    )
                )
            case "value", ast.expr() as node:
                value = self.evaluate(node, binding.frame)
                return fold(folding.unpack(value, binding.path) if binding.path else value)
            case _:
                return (
                    Opaque(getattr(binding.node, "arg", "…"), PARAMETER, self.placer.place(binding.node)),
                )

    def parameter(self, node: ast.arg, frame: Frame) -> Value:
        """A parameter's default and what the calls of this file give it; of a followed call its own."""
        for calling in reversed(self.calls):
            if id(node) in calling.given:
                return calling.given[id(node)] or made_elsewhere(self, node, frame)
        if id(node) in self._open:
            return ()
        self._open.add(id(node))
        try:
            value = prefer_known(unite(folding.given_to(self, node, frame)))
        finally:
            self._open.discard(id(node))
        known = tuple(m for m in value if not (isinstance(m, Constant) and m.value is None))
        return made_elsewhere(self, node, frame, known or value) if all(map(is_open, known)) else known

    # --- imports ---

    def imported(self, binding: Binding) -> Value:
        """What an import binds: a value of a project file, else a dotted reference."""
        found = self.resolve(binding.origin)
        if found:
            # A thing keeps the name it is imported by, also where the project is that library itself.
            name = binding.origin.lstrip(".")
            return fold(
                tuple(replace(m, name=name) if isinstance(m, Reference) and name else m for m in found)
            )
        place = self.placer.place(binding.node)
        return (Reference(binding.origin, NO_TEXT, place, binding.origin.lstrip("."), None, None),)

    def resolve(self, dotted: str) -> Value:
        """Value of a dotted name in the project's own files, empty where it is a library's."""
        neighbours = self.source.neighbours
        key = (self.source.file, dotted)
        if neighbours is None or key in self._open:
            return ()
        if self.hops >= MAX_HOPS:
            self.source.leave_unfollowed(MAX_HOPS, "files")
            return ()
        if dotted not in self._found:
            self._found[dotted] = find_module(self.source.file, dotted, neighbours)
        where = self._found[dotted]
        other = self.other(*where) if where is not None and where[1] else None
        if where is None or other is None:
            return ()
        self._open.add(key)
        try:
            first, *rest = where[1].split(".")
            value = other.global_value(first)
            for part in rest:
                value = calls.attribute_of(self, value, part, None)
        finally:
            self._open.discard(key)
        return value

    def global_value(self, name: str) -> Value:
        """Value of a module's global name, as others import it."""
        if name not in self.module.frame.bindings:
            return ()
        end = ast.Pass(lineno=len(self.module.lines) + 1)
        bindings = self._live(self.module.frame.bindings[name], end)
        added = [binding for binding in bindings if binding.how in ADDED]
        value = unite(self.bound(binding) for binding in bindings if binding.how not in ADDED)
        return folding.add_members(self, value, added) if added else value

    def other(self, path: str, name: str) -> Evaluator | None:
        """The evaluator of another file of the project, if it may say what a name means."""
        if path not in self._others:
            neighbours = self.source.neighbours
            text = neighbours.read(path) if neighbours is not None else None
            if neighbours is None or text is None:
                return None
            # Constants and settings count in any file; what else is defined where models are spoken of.
            if not gives(text, name.partition(".")[0]) and not neighbours.keep(
                f"relevant:{path}", lambda: speaks_of_models(text, neighbours)
            ):
                return None
            source = self.source.asking(path, text, "python")
            self._others[path] = None
            try:
                module = neighbours.keep(f"python:{path}", lambda: parse_module(text, path), len(text))
            except UnreadableFile:
                return None
            self._others[path] = Evaluator(
                module, source, self.hops + 1, {}, self._open, self._others, self.makers
            )
        return self._others[path]

    def _star_import(self, node: ast.Name) -> Value:
        stars = self.module.frame.bindings.get("*", [])
        for binding in stars:
            if found := self.resolve(binding.origin.removesuffix("*") + node.id):
                return fold(found)
        outside = [b.origin for b in stars if not b.origin.startswith(".")]
        if len(outside) == 1 and not hasattr(builtins, node.id):
            return (self.reference(node, outside[0].removesuffix("*") + node.id),)
        return ()
