"""Real-world YAML to the settings tree, with places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from scanner.discovery.scalars import leaf_of
from scanner.discovery.source import Source
from scanner.discovery.tree_nodes import MAY_BE_NAME, Leaf, Listing, Node, Table
from scanner.discovery.views import Text
from scanner.errors import UnreadableFile
from scanner.patterns import compiled_late, regex
from scanner.records.quick import dataclass, field
from scanner.records.sighting import Location

with compiled_late():
    import yaml
    from yaml.events import (
        AliasEvent,
        DocumentStartEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
    )

MAX_NODES = 600_000
"""Values of one text that are read."""
MAX_DEPTH = 100
"""Values within values that are read."""
MAX_FLOW_DEPTH = 400
"""Brackets opened within each other; deeper text is refused before the parser sees it."""


MAX_MERGED = 20
"""Mappings of a list that is taken over whose scalars count."""

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
    # The tree is made of the parser's events as they come: it never holds a tree of its own beside ours.
    parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(source.text)
    try:
        yield from _Builder(source, parser.get_event).documents()
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        raise UnreadableFile(f"not YAML: {_first_line(error)}") from error
    finally:
        parser.dispose()


def _first_line(error: BaseException) -> str:
    problem = getattr(error, "problem", None) or str(error) or type(error).__name__
    mark = getattr(error, "problem_mark", None)
    place = f" at line {mark.line + 1}" if mark is not None else ""
    return f"{str(problem).splitlines()[0][:120]}{place}"


def _refused(problem: str, event: Any) -> yaml.YAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


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


Pairs = list[tuple[str, str]]
"""Scalars of a mapping that stand under scalars, as neighbours of what takes them over."""
MAX_INHERITED = 100
"""Scalars of one mapping that others may take over."""


@dataclass(slots=True)
class _Builder:
    """Turns the events of PyYAML's parser into our nodes."""

    source: Source
    next: Callable[[], Any]
    nowhere: Location = field(init=False)
    """Stands in for the places of keys nobody asks for."""
    anchors: dict[str, Any] = field(default_factory=dict)
    """What stands under the anchors of this document: the event it begins with."""
    seen: set[str] = field(default_factory=set)
    """Anchors of what was shown."""
    told: dict[str, Pairs] = field(default_factory=dict)
    """Scalars of the mappings, and of the mappings in the lists, under these anchors."""
    keys: dict[str, Text] = field(default_factory=dict)
    count: int = 0
    raw_lines: list[str] | None = None

    def __post_init__(self) -> None:
        self.nowhere = self.source.locate(1, 1, 1, 1)

    def documents(self) -> Iterator[Node]:
        """Make the tree of one document after the other."""
        while (event := self.next()).__class__ is not StreamEndEvent:
            if event.__class__ is DocumentStartEvent:
                self.anchors, self.seen, self.told = {}, set(), {}
                built = [self.build(self.next(), 0)]
                self.next()  # its end
                yield built.pop()

    def build(self, event: Any, depth: int, told: Pairs | None = None) -> Node:
        """Make the node that begins with an event; the scalars of a mapping are put into `told`."""
        self.count += 1
        if self.count > MAX_NODES:
            self.source.leave_rest(MAX_NODES, "values", event.start_mark.line + 1)
            raise UnreadableFile(f"more than {MAX_NODES} values")
        kind = event.__class__
        if kind is ScalarEvent and event.anchor is None:
            return self.scalar(event, is_alias=False)
        if kind is AliasEvent:
            return self.alias(event)
        if event.anchor is not None:
            self.hold(event)
            self.seen.add(event.anchor)
        if kind is ScalarEvent:
            return self.scalar(event, is_alias=False)
        if depth > MAX_DEPTH:
            self.source.leave_out(f"values nested deeper than {MAX_DEPTH} levels were not read")
            self.skip()
            return Listing()
        own: Pairs | None = None if event.anchor is None and told is None else []
        is_list = kind is SequenceStartEvent
        built = self.listing(depth, own) if is_list else self.mapping(depth, own)
        if own is not None and event.anchor is not None:
            self.told[event.anchor] = own
        if own is not None and told is not None:
            told.extend(own)
        return built

    def hold(self, event: Any) -> None:
        """Remember what stands under an anchor."""
        if event.anchor in self.anchors:
            raise _refused("second occurrence", event)
        self.anchors[event.anchor] = event

    def meant(self, event: Any) -> Any:
        """The event an alias leads to, or the event itself."""
        if event.__class__ is not AliasEvent:
            return event
        if event.anchor not in self.anchors:
            raise _refused("found undefined alias", event)
        return self.anchors[event.anchor]

    def alias(self, event: Any) -> Node:
        """Show a scalar again; what else stands under an anchor was shown there."""
        meant = self.meant(event)
        if meant.__class__ is not ScalarEvent:
            return Listing()
        is_shown = event.anchor in self.seen
        self.seen.add(event.anchor)
        return self.scalar(meant, is_alias=is_shown)

    def skip(self) -> None:
        """Pass over the rest of a list or mapping; its anchors count."""
        level = 1
        while level:
            event = self.next()
            kind = event.__class__
            if kind in (MappingStartEvent, SequenceStartEvent):
                level += 1
            elif kind in (MappingEndEvent, SequenceEndEvent):
                level -= 1
            if getattr(event, "anchor", None) is not None and kind is not AliasEvent:
                self.hold(event)

    def listing(self, depth: int, told: Pairs | None) -> Listing:
        members: list[Node] = []
        while (event := self.next()).__class__ is not SequenceEndEvent:
            if (
                told is None
                or len(members) >= MAX_MERGED
                or self.meant(event).__class__ is not MappingStartEvent
            ):
                members.append(self.build(event, depth + 1))
                continue
            if event.__class__ is AliasEvent:
                told.extend(self.told.get(str(event.anchor), ()))
            members.append(self.build(event, depth + 1, told))
        return Listing(members)

    def mapping(self, depth: int, told: Pairs | None) -> Table:
        entries: list[tuple[Text, Node]] = []
        inherited: Pairs = []
        while (event := self.next()).__class__ is not MappingEndEvent:
            key = event if event.__class__ is ScalarEvent else self.meant(event)
            if key.__class__ is not ScalarEvent:
                self.build(event, depth + 1)
                entries.append((Text("?", self.nowhere), self.build(self.next(), depth + 1)))
                continue
            if key.anchor is not None and key is event:
                self.hold(key)
            value = self.next()
            if told is not None and len(entries) < MAX_INHERITED:
                scalar = self.meant(value)
                if scalar.__class__ is ScalarEvent:
                    told.append((key.value, scalar.value[:300]))
            if key.value != "<<":
                entries.append((self.key(key), self.build(value, depth + 1)))
                continue
            if value.__class__ is not AliasEvent:
                entries.append((Text("<<", self.place(key)), self.build(value, depth + 1, inherited)))
                continue
            inherited.extend(self.told.get(str(value.anchor), ()))
            if self.meant(value) is not None and value.anchor not in self.seen:
                entries.append((Text("<<", self.place(key)), self.build(value, depth + 1)))
        return Table(entries, tuple(inherited[:MAX_INHERITED]))

    def key(self, node: Any) -> Text:
        """A key; its exact place is worked out only where it may itself be a name."""
        written = node.value
        if MAY_BE_NAME.search(written):
            return Text(written, self.place(node))
        if written not in self.keys:
            self.keys[written] = Text(written, self.nowhere)
        return self.keys[written]

    def place(self, node: Any) -> Any:
        start, end = node.start_mark, node.end_mark
        shift = 1 if node.style in ("'", '"') and start.line == end.line else 0
        exact = end.column - start.column - 2 * shift == len(node.value)
        shift = shift if exact else 0
        return self.source.locate(
            start.line + 1, start.column + 1 + shift, end.line + 1, end.column + 1 - shift
        )

    def scalar(self, node: Any, *, is_alias: bool) -> Leaf:
        if node.style in ("|", ">"):
            return self.block(node)
        is_plain = not node.style  # empty, where libyaml parses
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
