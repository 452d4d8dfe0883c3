"""The nodes of a tree of settings."""

from __future__ import annotations

from typing import TypeAlias

from scanner.discovery.placeholders import read_text
from scanner.discovery.positions import cut
from scanner.discovery.source import Source
from scanner.discovery.views import Constant, Opaque, Text
from scanner.patterns import regex
from scanner.records.quick import dataclass, field

MAY_BE_NAME = regex(r"/|[A-Za-z].*[\d-]")
"""What a key has where it may itself be a name: an owner, a version, words in a row."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One scalar."""

    value: Text | Opaque | Constant
    raw: Text | None = None
    """The scalar as written, where `value` is no longer that (a default taken out of `${A:-b}`)."""
    lines: tuple[tuple[int, int, str], ...] | None = None
    """Of a text on several lines: (line in the source, columns cut off, what is left) for each."""
    is_folded: bool = False
    """Whether its line breaks are spaces."""

    def as_source(self, source: Source, language: str) -> Source | None:
        """The scalar as a text of its own."""
        if self.lines is not None:
            joint = " \\\n" if self.is_folded and language == "shell" else "\n"
            text = joint.join(piece for _, _, piece in self.lines)
            return source.embed(text, language, tuple((line, shift) for line, shift, _ in self.lines))
        whole = self.raw or (self.value if isinstance(self.value, Text) else None)
        if whole is None:
            return None
        return text_as_source(whole, source, language)

    def written(self) -> str:
        """The scalar as the project writes it."""
        if isinstance(self.value, Text):
            return self.value.value
        if isinstance(self.value, Constant):
            return self.raw.value if self.raw is not None else str(self.value.value)
        return self.value.expression

    def behind(self, start: int) -> Text | Opaque:
        """What stands behind the first characters, with its holes filled."""
        whole = self.raw or self.value
        return (
            read_text(cut(whole, start))
            if isinstance(whole, Text)
            else Opaque("", "not a string", whole.location)
        )


@dataclass(slots=True)
class Listing:
    """A list."""

    members: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A mapping, keys in order, maybe twice."""

    entries: list[tuple[Text, Node]] = field(default_factory=list)
    inherited: tuple[tuple[str, str], ...] = ()
    """Scalars it takes over from an anchor (`<<: *base`)."""

    def get(self, key: str) -> Node | None:
        """The value of a key, letter case aside."""
        return next((node for name, node in self.entries if name.value.lower() == key), None)


Node: TypeAlias = Leaf | Listing | Table


def text_as_source(text: Text, source: Source, language: str) -> Source:
    """A placed text as a source: each of its lines on its own raw line where it has as many."""
    from scanner.records.quick import replace

    place, count = text.location, text.value.count("\n") + 1
    width = place.end_column - place.column
    quoted = place.line == place.end_line and width == len(text.value) + 2
    shift = place.column - 1 + (1 if quoted else 0)
    if count > 1 and place.end_line - place.line + 1 >= count:
        lines = tuple((place.line + at, shift) for at in range(count))
    else:
        lines = ((place.line, shift),) * count
    return replace(source, text=text.value, language=language, lines=lines, depth=source.depth + 1)
