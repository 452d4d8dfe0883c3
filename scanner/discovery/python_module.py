"""One parsed Python file: who binds which name where, and every call."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from scanner.discovery import python_newer
from scanner.discovery.python_frames import Binding, Frame, dotted_name, keep_own
from scanner.discovery.python_switches import ENVIRONMENTS, is_switch, switches_set
from scanner.errors import UnreadableFile
from scanner.records.quick import dataclass, field

MAX_CHARACTERS = 750_000
"""Longer programs are generated data: their syntax tree takes three hundred times their size."""
MAX_BINDINGS = 200_000
"""Bindings of one file that are kept; a file with more is generated data."""


@dataclass(slots=True)
class Module:
    """A file, taken apart in one walk."""

    path: str
    lines: list[str]
    tree: ast.Module
    frame: Frame
    calls: list[tuple[ast.Call, Frame]]
    frames: dict[int, Frame]
    """Frame of each function and class, by `id` of its node."""
    callers: dict[str, list[tuple[ast.Call, Frame]]]
    """Calls by the last name of what is called."""
    options: dict[str, list[tuple[ast.expr | None, Frame]]]
    """Defaults of `add_argument` by destination; None where there is no default."""
    strings: list[tuple[ast.expr, Frame, str]]
    """Containers and compared strings on the way: (node, frame, `list`, `dict`, `compared`, …)."""
    packages: tuple[str, ...]
    """Top-level packages it imports."""
    branches: list[ast.If | ast.Match] = field(default_factory=list)
    subclasses: dict[str, list[Frame]] = field(default_factory=dict)
    bare_strings: set[int] = field(default_factory=set)
    """Docstrings and other strings that stand alone as statements, by `id`."""

    def __del__(self) -> None:
        """Untie frames and bindings, which refer to each other: they then go at once, without a sweep."""
        for frame in (self.frame, *self.frames.values()):
            frame.bindings.clear()
            frame.own_attributes.clear()


def parse_module(text: str, path: str) -> Module:
    """Parse a file and take it apart.

    Raises:
        UnreadableFile: it is not Python 3, nested too deeply, or longer than MAX_CHARACTERS.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadableFile(f"longer than {MAX_CHARACTERS} characters, not parsed")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = python_newer.parse(text)
    except SyntaxError as error:
        raise UnreadableFile(f"not Python 3: line {error.lineno or 0}: {error.msg}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise UnreadableFile("not Python 3: nested too deeply or not text") from error
    try:
        return _Builder(text, path, tree).build()
    except RecursionError as error:
        raise UnreadableFile("nested too deeply") from error


_ADDERS = {
    "append": "entry",
    "add": "entry",
    "insert": "entry",
    "setdefault": "entry",
    "extend": "merge",
    "update": "merge",
}


_CONTAINERS = {
    ast.List: "list",
    ast.Tuple: "list",
    ast.Set: "list",
    ast.Dict: "dict",
    ast.Compare: "compared",
}
"""What these are noted as."""
_BINDING = frozenset({ast.comprehension, ast.NamedExpr, ast.Lambda, ast.Yield})
_NO_PARTS = frozenset({"ctx", "op", "ops", "is_async", "conversion", "kind", "arg", "id", "attr"})


_PARTS: dict[type[ast.AST], tuple[str, ...]] = {
    kind: tuple(name for name in reversed(kind._fields) if name not in _NO_PARTS)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}
"""Fields of each kind of node that hold other nodes, the last first."""


class _Builder:
    """Walks the statements once."""

    def __init__(self, text: str, path: str, tree: ast.Module) -> None:
        frame = Frame("module", "", tree, None)
        self.module = Module(path, text.split("\n"), tree, frame, [], {}, {}, {}, [], ())
        self.packages: dict[str, None] = {}
        self.count = 0

    def build(self) -> Module:
        self.body(self.module.tree.body, self.module.frame, True)
        self.module.packages = tuple(self.packages)
        return self.module

    def bind(self, name: str, binding: Binding, frame: Frame) -> None:
        self.count += 1
        if self.count > MAX_BINDINGS:
            raise UnreadableFile(f"binds more than {MAX_BINDINGS} names")
        frame.bindings.setdefault(name, []).append(binding)

    def body(self, statements: list[ast.stmt], frame: Frame, is_sure: bool) -> None:
        for statement in statements:
            self.statement(statement, frame, is_sure)

    def statement(self, node: ast.stmt, frame: Frame, is_sure: bool) -> None:
        kind = type(node)
        if kind is ast.Expr:
            value = node.value  # type: ignore[attr-defined]  # an ast.Expr has it
            if type(value) is ast.Constant and isinstance(value.value, str):
                self.module.bare_strings.add(id(value))
            self.expression(value, frame)
        elif read := _STATEMENTS.get(kind):
            read(self, node, frame, is_sure)
        else:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    self.expression(child, frame)

    def assign(self, node: ast.Assign, frame: Frame, is_sure: bool) -> None:
        self.expression(node.value, frame)
        for target in node.targets:
            self.target(target, node.value, frame, is_sure, "value", ())

    def annotated(self, node: ast.AnnAssign, frame: Frame, is_sure: bool) -> None:
        if node.value is not None:
            self.expression(node.value, frame)
            self.target(node.target, node.value, frame, is_sure, "value", ())

    def augmented(self, node: ast.AugAssign, frame: Frame, is_sure: bool) -> None:
        self.expression(node.value, frame)
        if isinstance(node.target, ast.Name):
            added = Binding(node.lineno, node.value, frame, "merge", (), is_sure)
            self.bind(node.target.id, added, frame)

    def return_(self, node: ast.Return, frame: Frame, is_sure: bool) -> None:
        if node.value is not None:
            frame.returns.append(node.value)
            self.expression(node.value, frame)

    def if_(self, node: ast.If, frame: Frame, is_sure: bool) -> None:
        self.module.branches.append(node)
        self.expression(node.test, frame)
        self.body(node.body, frame, is_sure and _is_main_guard(node.test))
        self.body(node.orelse, frame, False)

    def for_(self, node: ast.For | ast.AsyncFor, frame: Frame, is_sure: bool) -> None:
        self.expression(node.iter, frame)
        self.target(node.target, node.iter, frame, is_sure, "element", ())
        self.body(node.body + node.orelse, frame, False)

    def while_(self, node: ast.While, frame: Frame, is_sure: bool) -> None:
        self.expression(node.test, frame)
        self.body(node.body + node.orelse, frame, False)

    def with_(self, node: ast.With | ast.AsyncWith, frame: Frame, is_sure: bool) -> None:
        for member in node.items:
            self.expression(member.context_expr, frame)
            if member.optional_vars is not None:
                self.target(member.optional_vars, member.context_expr, frame, is_sure, "value", ())
        self.body(node.body, frame, is_sure)

    def try_(self, node: ast.Try | ast.TryStar, frame: Frame, is_sure: bool) -> None:
        self.body(node.body, frame, is_sure)
        for handler in node.handlers:
            self.body(handler.body, frame, False)
        self.body(node.orelse, frame, False)
        self.body(node.finalbody, frame, is_sure)

    def match(self, node: ast.Match, frame: Frame, is_sure: bool) -> None:
        self.module.branches.append(node)
        self.expression(node.subject, frame)
        for case in node.cases:
            self.body(case.body, frame, False)

    def assert_(self, node: ast.Assert, frame: Frame, is_sure: bool) -> None:
        self.module.strings.append((node.test, frame, "asserted"))
        self.expression(node.test, frame)

    def nothing(self, node: ast.stmt, frame: Frame, is_sure: bool) -> None:
        """Names declared global bind nothing here."""

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame, is_sure: bool) -> None:
        self.bind(node.name, Binding(node.lineno, node, frame, "definition", (), is_sure), frame)
        inner = Frame("function", node.name, node, frame)
        self.module.frames[id(node)] = inner
        for decorator in node.decorator_list:
            self.expression(decorator, frame)
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        is_static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in node.decorator_list)
        if frame.kind == "class" and not is_static and (arguments.posonlyargs or arguments.args):
            inner.self_name = every[0].arg
        for default in [*arguments.defaults, *(each for each in arguments.kw_defaults if each)]:
            self.expression(default, frame)
        for argument in every:
            self.bind(argument.arg, Binding(node.lineno, argument, inner, "parameter"), inner)
        for rest in (arguments.vararg, arguments.kwarg):
            if rest is not None:
                self.bind(rest.arg, Binding(node.lineno, rest, inner, "opaque"), inner)
        self.body(node.body, inner, True)

    def class_(self, node: ast.ClassDef, frame: Frame, is_sure: bool) -> None:
        self.bind(node.name, Binding(node.lineno, node, frame, "definition", (), is_sure), frame)
        inner = Frame("class", node.name, node, frame)
        self.module.frames[id(node)] = inner
        for part in [*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)]:
            self.expression(part, frame)
        for base in node.bases:
            self.module.subclasses.setdefault(getattr(base, "id", ""), []).append(inner)
        self.body(node.body, inner, True)

    def import_(self, node: ast.Import | ast.ImportFrom, frame: Frame, is_sure: bool) -> None:
        for alias in node.names:
            if isinstance(node, ast.ImportFrom):
                prefix = "." * node.level + (node.module or "")
                bound = alias.asname or alias.name
                origin = prefix + ("" if prefix.endswith(".") else ".") + alias.name
            else:
                bound = alias.asname or alias.name.split(".")[0]
                origin = alias.name if alias.asname else bound
            if not origin.startswith("."):
                self.packages[origin.split(".")[0]] = None
            binding = Binding(node.lineno, node, frame, "import", (), is_sure, None, origin)
            self.bind(bound, binding, frame)

    def target(
        self, target: ast.expr, value: ast.expr, frame: Frame, is_sure: bool, how: str, path: tuple[int, ...]
    ) -> None:
        # A name in the value still means what was bound before, also when the value takes many lines.
        line = target.lineno if how == "element" else max(target.lineno, value.end_lineno or 0)
        match target:
            case ast.Name():
                self.bind(target.id, Binding(line, value, frame, how, path, is_sure), frame)
            case ast.Tuple() | ast.List():
                for at, member in enumerate(target.elts):
                    self.target(member, value, frame, is_sure, how, (*path, at))
            case ast.Starred():
                self.target(target.value, value, frame, is_sure, "opaque", path)
            case ast.Attribute() if chain := dotted_name(target):
                self.bind_dotted(chain, Binding(line, value, frame, how, path, is_sure), frame)
            case ast.Subscript(value=ast.Attribute(attr="environ"), slice=key) if is_switch(key):
                self.bind("environ", Binding(target.lineno, value, frame, "entry", path, is_sure, key), frame)
            case ast.Subscript(value=held, slice=key) if chain := dotted_name(held):
                self.expression(key, frame)
                bound = Binding(target.lineno, value, frame, "entry", path, is_sure, key)
                self.bind_dotted(chain, bound, frame)
            case _:
                self.expression(target, frame)

    def bind_dotted(self, chain: str, bound: Binding, frame: Frame) -> None:
        """Bind `a.b.c`; what a method binds to its own object (`self.b.c`) belongs to the class."""
        if not keep_own(chain, bound, frame):
            self.bind(chain, bound, frame)

    def expression(self, node: ast.expr, frame: Frame) -> None:
        """Note calls, containers, texts and comprehension targets below an expression.

        A node's children are put on the stack the last first, so that all is met in the order it is written.
        """
        strings = self.module.strings
        pending: list[Any] = [node]
        while pending:
            current = pending.pop()
            kind: type[ast.AST] = type(current)
            if kind is ast.Name or current is None:
                continue
            if kind is ast.Constant:
                if type(current.value) is str:
                    strings.append((current, frame, "string"))
            elif kind is ast.Attribute:
                pending.append(current.value)
            elif kind is ast.Call:
                self.call(current, frame)
                pending.extend([keyword.value for keyword in reversed(current.keywords)])
                pending.extend(reversed(current.args))
                pending.append(current.func)
            elif kind is ast.JoinedStr:
                strings.append((current, frame, "string"))
            else:
                if shape := _CONTAINERS.get(kind):
                    strings.append((current, frame, shape))
                elif kind in _BINDING:
                    self.bound_within(current, frame)
                for name in _PARTS.get(kind, ()):
                    child = getattr(current, name)
                    if type(child) is list:
                        pending.extend(reversed(child))
                    elif isinstance(child, ast.AST):
                        pending.append(child)

    def bound_within(self, node: ast.AST, frame: Frame) -> None:
        """Bind the names an expression binds."""
        match node:
            case ast.comprehension():
                self.target(node.target, node.iter, frame, False, "element", ())
            case ast.Yield(value=ast.expr() as value):
                frame.yields.append(value)
            case ast.NamedExpr():
                self.target(node.target, node.value, frame, False, "value", ())
            case ast.Lambda():
                for argument in node.args.args:
                    bound = Binding(node.lineno, argument, frame, "opaque", (), False)
                    self.bind(argument.arg, bound, frame)

    def call(self, node: ast.Call, frame: Frame) -> None:
        self.module.calls.append((node, frame))
        name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        if not name:
            return
        self.module.callers.setdefault(name, []).append((node, frame))
        is_set = name in ("setdefault", "putenv", "update")
        for variable, given in switches_set(node, name):
            kept = ENVIRONMENTS[not is_switch(variable)]
            self.bind(kept, Binding(node.lineno, given, frame, "entry", (), is_set, variable), frame)
        if name in ("add_argument", "add_option") or name.startswith("DEFINE_"):
            self.option(node, frame)
        elif name in _ADDERS and node.args:
            match node.func:
                case ast.Attribute(value=ast.Name(id=receiver)) if receiver in frame.bindings:
                    key = node.args[0] if name == "setdefault" else None
                    added = Binding(node.lineno, node.args[-1], frame, _ADDERS[name], (), False, key)
                    self.bind(receiver, added, frame)

    def option(self, node: ast.Call, frame: Frame) -> None:
        flags = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        long = next((flag for flag in flags if flag.startswith("--")), flags[0] if flags else "")
        name = long.lstrip("-").replace("-", "_")
        match given.get("dest"):
            case ast.Constant(value=str(name)):
                pass
        if name:
            second = node.args[1] if len(node.args) > 1 and not long.startswith("-") else None
            self.module.options.setdefault(name, []).append((given.get("default", second), frame))


_STATEMENTS: dict[type[ast.stmt], Callable[[_Builder, Any, Frame, bool], None]] = {
    **dict.fromkeys((ast.FunctionDef, ast.AsyncFunctionDef), _Builder.function),
    **dict.fromkeys((ast.Import, ast.ImportFrom), _Builder.import_),
    **dict.fromkeys((ast.For, ast.AsyncFor), _Builder.for_),
    **dict.fromkeys((ast.With, ast.AsyncWith), _Builder.with_),
    **dict.fromkeys((ast.Try, ast.TryStar), _Builder.try_),
    **dict.fromkeys((ast.Global, ast.Nonlocal), _Builder.nothing),
    ast.ClassDef: _Builder.class_,
    ast.Assign: _Builder.assign,
    ast.AnnAssign: _Builder.annotated,
    ast.AugAssign: _Builder.augmented,
    ast.Return: _Builder.return_,
    ast.If: _Builder.if_,
    ast.While: _Builder.while_,
    ast.Match: _Builder.match,
    ast.Assert: _Builder.assert_,
}
"""How each kind of statement is taken apart; of all others only the expressions count."""


def _is_main_guard(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=ast.Name(id="__name__")):
            return True
    return False


def parameters_of(
    node: ast.FunctionDef | ast.AsyncFunctionDef,
) -> Iterator[tuple[str, int | None, ast.expr | None]]:
    """Go through (name, position or None, default or None) of a function's parameters."""
    positional = [*node.args.posonlyargs, *node.args.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(node.args.defaults))
    defaults += node.args.defaults
    for at, (argument, default) in enumerate(zip(positional, defaults, strict=True)):
        yield argument.arg, at, default
    for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
        yield argument.arg, None, default
