"""What an expression of JavaScript or TypeScript may evaluate to, read without running it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from scanner.discovery.javascript_callees import called
from scanner.discovery.javascript_evaluation import (
    INNER,
    MAX_CHOICES,
    MAX_DEPTH,
    MAX_STEPS,
    opaque,
    too_deep,
)
from scanner.discovery.javascript_exports import Exports
from scanner.discovery.javascript_following import member, named, returned, subscript
from scanner.discovery.javascript_modules import dialect_of, find_module
from scanner.discovery.javascript_scopes import Scopes
from scanner.discovery.javascript_tree import Program, parse
from scanner.discovery.positions import within
from scanner.discovery.views import Bundle, Call, Constant, Opaque, Text, Value
from scanner.errors import UnreadableFile
from scanner.records.quick import replace
from scanner.records.sighting import Certainty

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_FILES = 3
"""Files a constant is followed through."""
MAX_NEIGHBOUR = 300_000
"""Characters of another file that is read for a constant."""
MAX_TEXT = 4_000
"""Characters of a text that is put together; names and addresses are shorter."""
MAX_MEMBERS = 4_000
"""Members of one object or list."""
MAX_COMBINATIONS = 16
"""Ways to fill a template before it counts as chosen at run time."""
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_FUNCTION_TYPES = frozenset({"arrow_function", "function_expression", "generator_function", "class"})


class Values:
    """Evaluates expressions of one text, each once."""

    def __init__(
        self,
        program: Program,
        scopes: Scopes,
        others: dict[str, Values | None] | None = None,
        files: int | None = None,
    ) -> None:
        self._others = others if others is not None else {}
        self._files = MAX_FILES if files is None else files
        self.program = program
        self.scopes = scopes
        self.inner: set[tuple[int, int]] = set()
        """Spans of objects and lists that were seen as part of another."""
        self._known: dict[tuple[int, int, str], Value] = {}
        self._steps = 0

    def close(self) -> None:
        """Let go of what refers in rings, so that it goes without being looked for."""
        for each in (self, *self._others.values()):
            if each is not None:
                vars(each).pop("exports", None)
        self._others.clear()

    def of(self, node: Node, depth: int = 0) -> Value:
        """Everything an expression may be; a value that is not in the text is an Opaque with the reason."""
        key = (node.start_byte, node.end_byte, node.type)
        if key in self._known:
            return self._known[key]
        self._steps += 1
        if depth > MAX_DEPTH:
            return (too_deep(self, node),)
        if self._steps > MAX_STEPS:
            self.program.source.leave_rest(MAX_STEPS, "expressions", node.start_point[0] + 1)
            return (opaque(self, node, "nested too deeply"),)
        # Held while it is worked out, so that a name defined by itself comes to an end.
        self._known[key] = ()
        value = self.within(self._evaluate(node, depth))
        self._known[key] = value
        return value

    def within(self, value: Value) -> Value:
        """A value of at most MAX_CHOICES members."""
        return tuple(within(value, MAX_CHOICES, "values of one expression", self.program.source))

    def imported(self, package: str, member: str, depth: int) -> Value:
        """Everything a name exported by another file of the project may be; empty where it is not one."""
        other = self.other(package)
        return other.exports.value(member, depth + 1) if other is not None else ()

    @cached_property
    def exports(self) -> Exports:
        """What the text hands to other files."""
        return Exports(self)

    def at(self, path: str) -> Values | None:
        """What stands in a file that was followed before, or in this one."""
        return self if path == self.program.source.file else self._others.get(path)

    def other(self, package: str) -> Values | None:
        """What stands in another file of the project; None where an import leads to none that is followed."""
        path = find_module(self.program.source, package)
        if path is None:
            return None
        if self._files <= 0:
            away = f"constants of {path} were not followed: more than {MAX_FILES} files away"
            self.program.source.leave_out(away)
            return None
        if path not in self._others:
            self._others[path] = self._open(path)
        return self._others[path]

    def _open(self, path: str) -> Values | None:
        neighbours = self.program.source.neighbours
        text = neighbours.read(path) if neighbours is not None else None
        if text is None:
            return None
        if len(text) > MAX_NEIGHBOUR:
            longer = f"constants of {path} were not followed: longer than {MAX_NEIGHBOUR} characters"
            self.program.source.leave_out(longer)
            return None
        dialect = dialect_of(path)
        source = self.program.source.asking(path, text, dialect)

        def read() -> Scopes:
            return Scopes(parse(source, dialect))

        try:
            # What many files import is parsed once for those that are read after each other.
            kept = read() if neighbours is None else neighbours.keep(f"script:{path}", read, len(text))
        except UnreadableFile as error:
            source.leave_out(f"constants of {path} were not followed: {error.reason}")
            return None
        scopes = kept.asked_from(source)
        return Values(scopes.program, scopes, self._others, self._files - 1)

    def _evaluate(self, node: Node, depth: int) -> Value:
        match node.type:
            case "string":
                return (Text(_unescape(self.program.text(node)[1:-1]), self.program.locate(node)),)
            case "template_string":
                return self._template(node, depth)
            case "identifier" | "shorthand_property_identifier":
                return named(self, node, depth)
            case "member_expression":
                return member(self, node, depth)
            case "subscript_expression":
                return subscript(self, node, depth)
            case "call_expression" | "new_expression":
                return called(self, node, depth)
            case "object":
                return (self._object(node, depth),)
            case "array":
                return (self._array(node, depth),)
            case "binary_expression":
                return self._binary(node, depth)
            case "ternary_expression":
                return self._either(node, ("consequence", "alternative"), depth)
            case "assignment_expression" | "augmented_assignment_expression":
                return self._either(node, ("right",), depth)
            case "true" | "false" | "null" | "undefined" | "number":
                return (self._constant(node),)
            case "method_definition":  # a getter: its value is what it gives back
                return returned(self, node, depth)
            case "type_assertion":
                return self.of(node.named_children[-1], depth + 1)
            case kind if kind in INNER and node.named_children:
                return self.of(node.named_children[0], depth + 1)
            case kind if kind in _FUNCTION_TYPES:
                return (opaque(self, node, "function"),)
        return (opaque(self, node, "chosen at run time"),)

    def _constant(self, node: Node) -> Constant:
        text = self.program.text(node)[:40]
        value: bool | int | float | None = {"true": True, "false": False}.get(text)
        if node.type == "number":
            try:
                value = float(text) if "." in text or "e" in text.lower() else int(text.replace("_", ""), 0)
            except ValueError:
                value = None
        return Constant(value, self.program.locate(node))

    def _either(self, node: Node, sides: tuple[str, ...], depth: int) -> Value:
        parts = (node.child_by_field_name(side) for side in sides)
        return tuple(one for part in parts if part is not None for one in self.of(part, depth + 1))

    def _binary(self, node: Node, depth: int) -> Value:
        operator = node.child_by_field_name("operator")
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        sign = self.program.text(operator) if operator is not None else ""
        if left is None or right is None:
            return ()
        if sign in ("??", "||"):
            first, second = self.of(left, depth + 1), self.of(right, depth + 1)
            given = tuple(one for one in first if not isinstance(one, Opaque | Constant))
            unknown = next((one for one in first if isinstance(one, Opaque)), None)
            if not any(isinstance(one, Text) for one in second):
                return (*first, *second)
            note = f"default of {unknown.expression}" if unknown is not None else None
            return (*given, *(replace(o, note=o.note or note) if isinstance(o, Text) else o for o in second))
        if sign == "&&":
            return self.of(right, depth + 1)
        if sign == "+":
            return self._joined(node, [self.of(left, depth + 1), self.of(right, depth + 1)])
        return (opaque(self, node, "chosen at run time"),)

    def _template(self, node: Node, depth: int) -> Value:
        location = self.program.locate(node)
        pieces: list[Value] = []
        position = node.start_byte + 1
        for child in node.named_children:
            if child.type == "template_substitution" and child.named_children:
                pieces.append(self._raw(position, child.start_byte, location_of=node))
                pieces.append(self.of(child.named_children[0], depth + 1))
                position = child.end_byte
        if not pieces:
            return (Text(_unescape(self.program.text(node)[1:-1]), location),)
        pieces.append(self._raw(position, node.end_byte - 1, location_of=node))
        return self._joined(node, pieces)

    def _raw(self, start: int, end: int, location_of: Node) -> Value:
        text = self.program.content[start:end].decode("utf-8", "replace")
        return (Text(_unescape(text), self.program.locate(location_of)),)

    def _joined(self, node: Node, pieces: list[Value]) -> Value:
        # What is asked of something at run time, with a default behind it, is that default.
        pieces = [tuple(one for one in each if not isinstance(one, Call)) or each for each in pieces]
        count = 1
        for piece in pieces:
            count *= len(piece)
            if not 0 < count <= MAX_COMBINATIONS or any(
                not isinstance(one, Text | Constant) for one in piece
            ):
                unknown = next((one for piece in pieces for one in piece if isinstance(one, Opaque)), None)
                reason = unknown.reason if unknown is not None else "chosen at run time"
                return (opaque(self, node, reason),)
        location = self.program.locate(node)
        if sum(len(str(one.value)) for piece in pieces for one in piece if isinstance(one, Text)) > MAX_TEXT:
            return (opaque(self, node, "longer than any name"),)
        return tuple(
            Text("".join(str(one.value) for one in chosen if isinstance(one, Text | Constant)), location,
                 Certainty.FOLDED)
            for chosen in product(*pieces)
        )  # fmt: skip

    def _object(self, node: Node, depth: int) -> Bundle:
        entries: list[tuple[Text | None, Value]] = []
        for child in self._members(node):
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and value is not None:
                    entries.append((self._key(key, depth), self._part(value, depth)))
            elif child.type == "shorthand_property_identifier":
                name = Text(self.program.text(child), self.program.locate(child))
                entries.append((name, named(self, child, depth + 1)))
            elif child.type == "spread_element" and child.named_children:
                for part in self.of(child.named_children[0], depth + 1):
                    entries.extend(part.entries if isinstance(part, Bundle) else ())
            elif child.type == "method_definition" and any(c.type == "get" for c in child.children[:2]):
                key = child.child_by_field_name("name")
                if key is not None:
                    entries.append((self._key(key, depth), self.of(child, depth + 1)))
        return Bundle(tuple(entries), self.program.locate(node))

    def _members(self, node: Node) -> Sequence[Node]:
        return within(node.named_children, MAX_MEMBERS, "members of one object or list", self.program.source)

    def _key(self, key: Node, depth: int) -> Text:
        if key.type == "computed_property_name" and key.named_children:
            for part in self.of(key.named_children[0], depth + 1):
                if isinstance(part, Text):
                    return part
            member = key.named_children[0].child_by_field_name("property")
            if member is not None:  # `[Provider.OpenAI]`: the member is called like what it stands for
                return Text(self.program.text(member), self.program.locate(key))
        text, location = self.program.text(key), self.program.locate(key)
        return Text(_unescape(text[1:-1]) if key.type == "string" else text, location)

    def _array(self, node: Node, depth: int) -> Bundle:
        entries: list[tuple[Text | None, Value]] = []
        for child in self._members(node):
            if child.type == "spread_element" and child.named_children:
                for part in self.of(child.named_children[0], depth + 1):
                    entries.extend(part.entries if isinstance(part, Bundle) else ())
            elif child.type != "comment":
                entries.append((None, self._part(child, depth)))
        return Bundle(tuple(entries), self.program.locate(node))

    def _part(self, node: Node, depth: int) -> Value:
        if node.type in ("object", "array"):
            self.inner.add((node.start_byte, node.end_byte))
        return self.of(node, depth + 1)


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return re.sub(
        r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))",
        _escape,
        text,
        flags=re.DOTALL,
    )


def _escape(found: re.Match[str]) -> str:
    number = found[1] or found[2] or found[3]
    if number is None:
        return _ESCAPES.get(found[4], found[4])
    code = int(number, 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
