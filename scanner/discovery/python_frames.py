"""Who binds which name where in one Python file: bodies and their bindings."""

from __future__ import annotations

import ast

from scanner.records.quick import dataclass, field

ADDED = frozenset({"entry", "merge"})
"""Bindings of a name that only add to what it holds."""


@dataclass(slots=True)
class Binding:
    """One place where a name gets a value."""

    line: int
    node: ast.AST
    """What is bound: an expression, a function, a class, an import, a parameter."""
    frame: Frame
    """Where `node` is to be read."""
    how: str = "value"
    """`value`, `element` (of the iterable `node`), `parameter`, `import`, `definition`, `entry` (one more
    member), `merge` (more members), `opaque`."""
    path: tuple[int, ...] = ()
    """Positions to take when the value is unpacked."""
    is_sure: bool = True
    """Whether it happens whenever the body around it runs."""
    key: ast.expr | None = None
    """Key of an `entry` added to a dictionary or list that is there already."""
    origin: str = ""
    """Of an `import`: the dotted name, with leading dots where it is relative."""


@dataclass(slots=True, eq=False)
class Frame:
    """A module, function or class body and the names bound in it."""

    kind: str
    name: str
    node: ast.AST
    parent: Frame | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    own_attributes: dict[str, list[Binding]] = field(default_factory=dict)
    """Of a class: what its methods bind to `self.…`."""
    returns: list[ast.expr] = field(default_factory=list)
    yields: list[ast.expr] = field(default_factory=list)
    self_name: str = ""
    """Of a method: its first parameter."""

    def enclosing_class(self) -> Frame | None:
        """The class a method's code stands in."""
        frame: Frame | None = self
        while frame is not None and frame.kind != "class":
            frame = frame.parent
        return frame


def qualified_name(frame: Frame) -> str:
    """Name of a function or class with those around it: `Reader.__init__`."""
    names: list[str] = []
    current: Frame | None = frame
    while current is not None and current.name:
        names.append(current.name)
        current = current.parent
    return ".".join(reversed(names))


def dotted_name(node: ast.expr) -> str:
    """`a.b.c` of attributes of a name, the name itself; empty for anything else.

    What stands under a key goes by `a.b[key]`: of it only is known what it holds.
    """
    names: list[str] = []
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        if isinstance(node, ast.Attribute):
            names.append(f".{node.attr}")
        elif isinstance(node.slice, ast.Constant):
            names.append(f"[{node.slice.value!r}]")
        else:
            return ""
        node = node.value
    return "".join((node.id, *reversed(names))) if isinstance(node, ast.Name) else ""


def owner_of(chain: str, frame: Frame) -> tuple[Frame | None, str]:
    """The class that holds what a method keeps as `self.b.c`, and `b.c`; None for names of other things."""
    root, _, rest = chain.partition(".")
    is_own = bool(rest) and frame.kind == "function" and root == self_name_of(frame)
    return (frame.enclosing_class() if is_own else None), rest


def keep_own(chain: str, bound: Binding, frame: Frame) -> bool:
    """Keep with its class what a method binds to its own object; False where it is another's name."""
    owner, rest = owner_of(chain, frame)
    if owner is None:
        return False
    bound.is_sure = False
    owner.own_attributes.setdefault(rest, []).append(bound)
    return True


def self_name_of(frame: Frame) -> str:
    """Name of `self` in a method, also inside its nested functions."""
    current: Frame | None = frame
    while current is not None and current.kind == "function":
        if current.self_name:
            return current.self_name
        current = current.parent
    return ""
