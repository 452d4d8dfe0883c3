"""JavaScript and TypeScript text as a syntax tree, with places in code points."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from scanner.discovery.source import Source
from scanner.errors import UnreadableFile
from scanner.patterns import regex
from scanner.records.quick import dataclass, field
from scanner.records.sighting import Location

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Query

MAX_CHARACTERS = 1_500_000
"""Longer texts (bundled, minified) are not parsed, and said to be skipped."""

LINE_OF_BUNDLES = 1_000
"""Average characters of a line from which a long text is the output of a bundler."""
_LONG = 40_000
_CONTINUED = regex(rb"[\x80-\xbf]")

_FUNCTIONS = "(function_declaration)(function_expression)(arrow_function)(method_definition)"
_COMMON = f"""
[(call_expression)(new_expression)] @call
(variable_declarator) @variable
[(assignment_expression)(augmented_assignment_expression)] @assignment
(import_statement) @import
(comment) @comment
(pair) @pair
[{_FUNCTIONS}(generator_function_declaration)(generator_function)] @function
[(class_declaration)(class)] @class
[(object)(array)] @data
(export_statement) @export
[(statement_block)(for_statement)(switch_body)] @block
(for_in_statement) @loop
"""
_JSX = "(jsx_attribute) @attribute\n"
_TYPED = "(public_field_definition) @field (enum_assignment) @member (abstract_class_declaration) @class "
_TYPED += "(enum_declaration) @class"
_FIELDS = {
    "javascript": _JSX + "(field_definition) @field",
    "typescript": _TYPED,
    "tsx": _JSX + _TYPED,
}


@dataclass(frozen=True, slots=True)
class Program:
    """One parsed text: its nodes by what they are, and the way back to places."""

    source: Source
    content: bytes
    root: Node
    nodes: dict[str, list[Node]]
    """`call`, `variable`, `assignment`, `import`, `comment`, `pair`, `function`, `class`, `block`, `loop`,
    `data`, `export`, `attribute`, `field`, `member`; each in the order of the text."""
    lines: tuple[bytes, ...]
    is_ascii: bool
    inner: dict[int, list[int]] = field(default_factory=dict)
    """Of rows that were asked for: where in them bytes stand that do not begin a character."""

    def locate(self, node: Node, inset: int = 0) -> Location:
        """Place a node; `inset` leaves out that many characters (the quotes) on both sides."""
        line, column = self.position(node.start_point)
        end_line, end_column = self.position(node.end_point)
        return self.source.locate(line, column + inset, end_line, end_column - inset)

    def position(self, point: tuple[int, int]) -> tuple[int, int]:
        """Turn a row and byte column from 0 into a line and column from 1, in code points."""
        row, column = point
        if self.is_ascii or row >= len(self.lines):
            return row + 1, column + 1
        inner = self.inner.get(row)
        if inner is None:
            inner = [found.start() for found in _CONTINUED.finditer(self.lines[row])]
            self.inner[row] = inner
        return row + 1, column - bisect_left(inner, column) + 1

    def text(self, node: Node) -> str:
        """Return what stands at a node, as written."""
        return self.content[node.start_byte : node.end_byte].decode("utf-8", "replace")


def is_minified(text: str) -> bool:
    """Whether a long text has the lines of a bundler's output."""
    return len(text) > _LONG and text.count("\n") * LINE_OF_BUNDLES < len(text)


def parse(source: Source, dialect: str) -> Program:
    """Parse a text; errors in it leave gaps in the tree and nothing else.

    Raises:
        UnreadableFile: it is longer than MAX_CHARACTERS, or minified.
    """
    if is_minified(source.text):
        raise UnreadableFile("minified code, not parsed")
    if len(source.text) > MAX_CHARACTERS:
        raise UnreadableFile(f"longer than {MAX_CHARACTERS} characters, not parsed")
    from tree_sitter import Parser, QueryCursor

    language, query = _grammar(dialect)
    content = source.text.encode("utf-8", "replace")
    root = Parser(language).parse(content).root_node
    captured = QueryCursor(query).captures(root)
    nodes = {name: sorted(found, key=_start) for name, found in captured.items()}
    return Program(source, content, root, nodes, tuple(content.split(b"\n")), content.isascii())


@lru_cache(maxsize=3)
def _grammar(dialect: str) -> tuple[Language, Query]:
    from tree_sitter import Language, Query

    if dialect == "javascript":
        import tree_sitter_javascript

        language = Language(tree_sitter_javascript.language())
    else:
        import tree_sitter_typescript

        offered = tree_sitter_typescript
        language = Language(offered.language_tsx() if dialect == "tsx" else offered.language_typescript())
    return language, Query(language, _COMMON + _FIELDS[dialect])


def _start(node: Node) -> tuple[int, int]:
    return node.start_byte, -node.end_byte
