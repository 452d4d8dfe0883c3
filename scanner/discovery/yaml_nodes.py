"""Real-world YAML to the settings tree, with places."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from scanner.discovery.scalars import leaf_of
from scanner.discovery.source import Source
from scanner.discovery.tree_nodes import Leaf, Listing, Node, Table
from scanner.discovery.views import Text
from scanner.errors import UnreadableFile
from scanner.patterns import compiled_late, regex
from scanner.records.quick import dataclass, field
from scanner.records.sighting import Location

with compiled_late():
    import yaml

MAX_NODES = 600_000
"""Values of one text that are read."""
MAX_DEPTH = 100
"""Values within values that are read."""
MAX_FLOW_DEPTH = 400
"""Brackets opened within each other; deeper text is refused before the parser sees it."""


_BRACKET = regex(r"[\[\]{}]")


def read_documents(source: Source) -> Iterator[Node]:
    """Read every document of a YAML text, one tree each.

    Tags are passed over, so nothing is constructed. What stands under an anchor is shown once, where it
    is written; an aliased scalar is shown again under its new key. Merged keys count as neighbours only.

    Raises:
        UnreadableFile: it is no YAML, or larger or deeper than the bounds.
    """
    if is_too_deep(source.text):
        raise UnreadableFile("YAML nested too deeply")
    loader = _loader()(source.text)
    builder = _Builder(source, has_anchors="&" in source.text)
    try:
        while loader.check_node():
            # Nobody here holds the parser's nodes: they go one by one while the tree is made of them.
            yield from builder.document([loader.get_node()])
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        raise UnreadableFile(f"not YAML: {_first_line(error)}") from error
    finally:
        loader.dispose()


@cache
def _loader() -> Any:
    """PyYAML's safe loader without its guessing of types, which nobody here asks for."""
    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # Asked for every value of a text: this takes anything and says "" without a frame of ours.
    nothing = "".format
    members = dict.fromkeys(("resolve", "descend_resolver", "ascend_resolver"), nothing)
    return type("_PlainLoader", (base,), members)


def _first_line(error: BaseException) -> str:
    problem = getattr(error, "problem", None) or str(error) or type(error).__name__
    mark = getattr(error, "problem_mark", None)
    place = f" at line {mark.line + 1}" if mark is not None else ""
    return f"{str(problem).splitlines()[0][:120]}{place}"


def is_too_deep(text: str) -> bool:
    """Whether brackets or dashes are nested so deeply that a recursive parser would suffer."""
    if text.count("[") + text.count("{") <= MAX_FLOW_DEPTH and "- - - - - - - -" not in text:
        return False
    depth = 0
    for found in _BRACKET.finditer(text):
        if found[0] in "[{":
            depth += 1
            if depth > MAX_FLOW_DEPTH:
                return True
        elif depth:
            depth -= 1
    return "- " * MAX_DEPTH in text


@dataclass(slots=True)
class _Builder:
    """Turns PyYAML's nodes into ours."""

    source: Source
    nowhere: Location = field(init=False)
    """Stands in for the places of keys nobody asks for."""
    has_anchors: bool = True
    shared: dict[int, Any] = field(default_factory=dict)
    """Nodes of this document that stand in several places, by their ids, which live as long as they do."""
    seen: set[int] = field(default_factory=set)
    """Those of them that were shown."""
    keys: dict[str, Text] = field(default_factory=dict)
    count: int = 0
    raw_lines: list[str] | None = None

    def __post_init__(self) -> None:
        self.nowhere = self.source.locate(1, 1, 1, 1)

    def document(self, roots: list[Any]) -> Iterator[Node]:
        """Make the tree of one document; the parser's nodes are taken out of what holds them."""
        self.seen.clear()
        self.shared = _shared(roots[0]) if self.has_anchors else {}
        root = roots.pop()
        if root is not None:
            built = [self.build(root, 0)]
            del root
            yield built.pop()

    def build(self, node: Any, depth: int) -> Node:
        self.count += 1
        if self.count > MAX_NODES:
            self.source.leave_rest(MAX_NODES, "values", node.start_mark.line + 1)
            raise UnreadableFile(f"more than {MAX_NODES} values")
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, self._is_shown(node))
        if self._is_shown(node):
            # An alias: its content was shown where the anchor stands.
            return Listing()
        if depth > MAX_DEPTH:
            self.source.leave_out(f"values nested deeper than {MAX_DEPTH} levels were not read")
            return Listing()
        if isinstance(node, yaml.SequenceNode):
            return Listing([self.build(member, depth + 1) for member in self._taken(node)])
        return self.mapping(node, depth)

    def _is_shown(self, node: Any) -> bool:
        """Whether a node was shown before; from now on it was."""
        if id(node) not in self.shared:
            return False
        is_shown = id(node) in self.seen
        self.seen.add(id(node))
        return is_shown

    def _taken(self, node: Any) -> Iterator[Any]:
        """Members of a node, out of it one by one; one that is asked again for its scalars keeps them."""
        if id(node) in self.shared:
            yield from node.value
            return
        members, node.value = node.value, ()
        members.reverse()
        while members:
            yield members.pop()

    def mapping(self, node: Any, depth: int) -> Table:
        table, inherited = Table(), list[tuple[str, str]]()
        for key, value in self._taken(node):
            if not isinstance(key, yaml.ScalarNode):
                self.build(key, depth + 1)
                table.entries.append((Text("?", self.place(key)), self.build(value, depth + 1)))
            elif key.value == "<<":
                inherited.extend(_scalars(value))
                if id(value) not in self.seen:
                    table.entries.append((Text("<<", self.place(key)), self.build(value, depth + 1)))
            else:
                table.entries.append((self.key(key), self.build(value, depth + 1)))
        table.inherited = tuple(inherited[:100])
        return table

    def key(self, node: Any) -> Text:
        """A key; its exact place is worked out only where it may itself be a name."""
        written = node.value
        if "/" in written:
            return Text(written, self.place(node))
        if written not in self.keys:
            self.keys[written] = Text(written, self.nowhere)
        return self.keys[written]

    def place(self, node: Any) -> Any:
        start, end = node.start_mark, node.end_mark
        if not isinstance(node, yaml.ScalarNode):
            return self.source.locate(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        shift = 1 if node.style in ("'", '"') and start.line == end.line else 0
        exact = end.column - start.column - 2 * shift == len(node.value)
        shift = shift if exact else 0
        return self.source.locate(
            start.line + 1, start.column + 1 + shift, end.line + 1, end.column + 1 - shift
        )

    def scalar(self, node: Any, is_alias: bool) -> Leaf:
        if node.style in ("|", ">"):
            return self.block(node)
        is_plain = node.style is None
        leaf = leaf_of(node.value, self.place(node), is_plain=is_plain, is_alias=is_alias)
        if node.start_mark.line != node.end_mark.line and isinstance(leaf.value, Text):
            return Leaf(leaf.value, leaf.raw, self.spread(node), is_folded=True)
        return leaf

    def spread(self, node: Any) -> tuple[tuple[int, int, str], ...] | None:
        """Raw lines of a flow scalar that runs over several, without its quotes."""
        raw = self.raw()
        first, last = node.start_mark.line, min(node.end_mark.line, len(raw) - 1)
        quote = 1 if node.style in ("'", '"') else 0
        found = []
        for at in range(first, last + 1):
            line = raw[at]
            stop = node.end_mark.column - quote if at == last else len(line)
            start = node.start_mark.column + quote if at == first else len(line) - len(line.lstrip())
            piece = line[start:stop].rstrip("\\") if node.style == '"' else line[start:stop]
            if "\\" in piece and node.style == '"':
                return None
            found.append((at + 1, start, piece))
        return tuple(found)

    def raw(self) -> list[str]:
        if self.raw_lines is None:
            self.raw_lines = self.source.text.split("\n")
        return self.raw_lines

    def block(self, node: Any) -> Leaf:
        raw = self.raw()
        first, last = node.start_mark.line + 1, node.end_mark.line
        lines = raw[first:last] if node.end_mark.column == 0 else raw[first : last + 1]
        while lines and not lines[-1].strip():
            lines.pop()
        indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
        pieces = tuple((first + at + 1, indent, line[indent:]) for at, line in enumerate(lines))
        end = len(lines[-1]) + 1 if lines else 1
        place = self.source.locate(first + 1, indent + 1, first + max(len(lines), 1), end)
        joint = " \\\n" if node.style == ">" else "\n"
        text = Text(joint.join(piece for _, _, piece in pieces), place)
        if len(pieces) == 1:
            only = self.source.locate(first + 1, indent + 1, first + 1, indent + 1 + len(pieces[0][2]))
            leaf = leaf_of(pieces[0][2], only, is_plain=False)
            return Leaf(leaf.value, leaf.raw, pieces, node.style == ">")
        return Leaf(text, None, pieces, node.style == ">")


def _scalars(node: Any) -> Iterator[tuple[str, str]]:
    """Scalars of merged mappings, as neighbours."""
    members = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for member in members[:20]:
        if isinstance(member, yaml.MappingNode):
            for key, value in member.value[:100]:
                if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
                    yield key.value, value.value[:300]


def _shared(root: Any) -> dict[int, Any]:
    """Nodes that stand in several places of a document, by their ids."""
    met: set[int] = set()
    found: dict[int, Any] = {}
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if id(node) in met:
            found[id(node)] = node
            continue
        met.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for pair in node.value:
                waiting.extend(pair)
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
    return found
