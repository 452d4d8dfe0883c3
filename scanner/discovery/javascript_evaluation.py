"""What every part of the evaluation of JavaScript shares: its bounds, and steps into values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from scanner.discovery.javascript_patterns import Key
from scanner.discovery.javascript_scopes import Scopes
from scanner.discovery.javascript_tree import Program
from scanner.discovery.views import Bundle, Call, Constant, Opaque, Text, Value
from scanner.records.quick import replace
from scanner.records.sighting import Certainty

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_DEPTH = 24
"""Expressions within expressions, names behind names."""
MAX_CHOICES = 400
"""Values one expression may take; the rest is left out."""
MAX_STEPS = 150_000
"""Expressions evaluated in one text."""
MAX_EXPRESSION = 120
"""Characters of an expression that is shown."""
MAX_CALLERS = 60
"""Calls a parameter is followed to."""

EVERY = "*"
"""Step into each member of a list or object."""
INNER = frozenset(
    {"await_expression", "parenthesized_expression", "as_expression", "satisfies_expression"}
    | {"non_null_expression"}
)
"""Expressions that are what stands inside them."""
_HOLDERS = frozenset(
    {"useState", "ref", "shallowRef", "$state", "signal", "useRef", "createSignal", "writable"}
)


class Handed(Protocol):
    """What a text hands to the files that import it."""

    def value(self, member: str, depth: int) -> Value:
        """Everything an exported name may be."""

    def library_name(self, member: str, depth: int) -> str | None:
        """Dotted name of what is handed on out of a library."""

    def functions(self, member: str, depth: int) -> list[tuple[Evaluator, Node]]:
        """The functions and classes an exported name may be, each with the text it stands in."""

    def method(self, declared: Node, name: str) -> Node | None:
        """The method of a class or function of an object that goes by this name."""


class Evaluator(Protocol):
    """What a part of the evaluation may ask of the whole."""

    program: Program
    scopes: Scopes

    def of(self, node: Node, depth: int = 0) -> Value:
        """Everything an expression may be."""

    @property
    def exports(self) -> Handed:
        """What the text hands to other files."""

    def other(self, package: str) -> Evaluator | None:
        """What stands in another file of the project; None where an import leads to none that is followed."""

    def at(self, path: str) -> Evaluator | None:
        """What stands in a file that was followed before, or in this one."""

    def imported(self, package: str, member: str, depth: int) -> Value:
        """Everything a name exported by another file of the project may be; empty where it is not one."""


def step(value: Value, key: Key) -> Value:
    """Take one property or position of a value."""
    found: list[Text | Opaque | Constant | Call | Bundle] = []
    for part in value:
        match part:
            case Bundle(entries=entries):
                for position, (name, inner) in enumerate(entries):
                    if key in (EVERY, position) or (name is not None and name.value == str(key)):
                        found.extend(inner)
            case Call(positional=(first, *_)) if _holds(part.name) and key in (0, "value", "current"):
                found.extend(first)
            case Opaque(reason="environment") | Opaque(reason="parameter"):
                found.append(part)
            case _:
                continue
        if len(found) > MAX_CHOICES:
            break  # whoever asks cuts it, and says so
    return tuple(found)


def opaque(values: Evaluator, node: Node, reason: str) -> Opaque:
    """Say that an expression is no known text, and why."""
    start, end = node.start_byte, min(node.end_byte, node.start_byte + 4 * MAX_EXPRESSION)
    text = values.program.content[start:end].decode("utf-8", "replace")
    return Opaque(" ".join(text.split())[:MAX_EXPRESSION], reason, values.program.locate(node))


def too_deep(values: Evaluator, node: Node) -> Opaque:
    """Say that an expression is nested deeper, or leads through more names, than is followed."""
    line = node.start_point[0] + 1
    values.program.source.leave_unfollowed(MAX_DEPTH, "names and expressions", line)
    return opaque(values, node, "nested too deeply")


def folded(value: Value) -> Value:
    """Mark texts as reached through a name."""
    return tuple(
        replace(one, certainty=Certainty.FOLDED)
        if isinstance(one, Text) and one.certainty is Certainty.LITERAL
        else one
        for one in value
    )


def _holds(name: str) -> bool:
    return name.rpartition(".")[2] in _HOLDERS
