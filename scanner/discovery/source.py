"""A piece of text on its way to a reader, and where it stands in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from scanner.records.quick import dataclass, field, replace
from scanner.records.sighting import Location, Scope

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ScriptCalls:
    """What the recorded calls of JavaScript are known by."""

    names: frozenset[str]
    """Their last names, where they have one."""
    packages: frozenset[str]
    """Packages of which any member may be called."""

    def may_be_reached_by(self, imported: Iterable[str]) -> bool:
        """Whether a file that imports these may call what goes by no name here."""
        return any(package in self.packages or package.startswith(_OWN) for package in imported)


_OWN = (".", "/", "@/", "~/", "$")
"""How the names of files of the project itself begin."""


class Neighbours(Protocol):
    """What a reader may ask about the rest of the project."""

    @property
    def call_arguments(self) -> frozenset[str]:
        """Keywords of all arguments the records of calls ask for."""

    @property
    def call_words(self) -> Mapping[str, frozenset[str]]:
        """Last names of the recorded calls of each library; `?` and `*` for what any object may have."""

    @property
    def modules(self) -> frozenset[str]:
        """First names of what the project's own Python files can import of each other."""

    def calls_with(self, names: set[str], packages: set[str]) -> set[str]:
        """Recorded calls, by their last names, a file can make with these names and imported packages."""

    def is_known_model(self, name: str) -> bool:
        """Whether the catalog holds this name."""

    def is_hosted_model(self, name: str) -> bool:
        """Whether a service has models of names like this one."""

    @property
    def script_calls(self) -> ScriptCalls | None:
        """The recorded calls of JavaScript; None where nothing is known of libraries."""

    def is_recorded(self, name: str) -> bool:
        """Whether a record knows a call of this dotted name."""

    def has(self, path: str) -> bool:
        """Whether the project has a file of this path."""

    def keep(self, key: str, make: Callable[[], T], size: int = 0) -> T:
        """Make something out of another file once for all who ask; `size` where much is made of it."""

    def read(self, path: str) -> str | None:
        """Text of another file of the project, None where there is no such text file."""


@dataclass(frozen=True, slots=True)
class Source:
    """Text of one language: a whole file, a notebook cell, a block inside another file."""

    file: str
    text: str
    language: str
    """Id of the reader that understands it: `python`, `shell`, `yaml`, …"""
    scope: Scope
    is_prose: bool = False
    """Whether it stands in documentation (a fenced block): everything in it is a mention."""
    cell: int | None = None
    lines: tuple[tuple[int, int], ...] | None = None
    """For each line of the text: (raw line of the file from 1, columns to add). None: the file itself."""
    cells: tuple[int | None, ...] | None = None
    """For each line of the text its notebook cell, where a text joins several cells."""
    depth: int = 0
    """How many texts it is nested in; MAX_DEPTH bounds it."""
    neighbours: Neighbours | None = field(default=None, compare=False, repr=False)
    """The rest of the project; None where a text is read on its own."""
    reach: Callable[[int, int], bytes] | None = field(default=None, compare=False, repr=False)
    """Bytes of the file from an offset on, where the text is but the start of a larger one."""
    size_bytes: int = 0
    """Size of the file, where it can be reached into."""
    left_out: dict[str, None] = field(default_factory=dict, compare=False, repr=False)
    """What of the file was left out at a limit, in words; shared by all texts inside the file."""
    is_asked: bool = False
    """Whether another file asks this one; what is left out is told of that other."""

    def asking(self, file: str, text: str, language: str) -> Source:
        """Make the source of another file of the project that this one asks; its limits are told of this."""
        return Source(
            file,
            text,
            language,
            self.scope,
            neighbours=self.neighbours,
            left_out=self.left_out,
            is_asked=True,
        )

    def leave_out(self, what: str) -> None:
        """Say that a limit was hit; every limit of a reader or a detector ends here, never in silence."""
        if len(self.left_out) < MAX_SAID:
            self.left_out[what] = None
        else:
            self.left_out["more limits were hit than are told"] = None

    def may_embed(self) -> bool:
        """Whether a text inside this one is still read; where it lies too deep, that is said."""
        if self.depth >= MAX_DEPTH:
            self.leave_out(f"texts within texts deeper than {MAX_DEPTH} were not read")
        return self.depth < MAX_DEPTH

    def leave_unfollowed(self, most: int, what: str, line: int | None = None) -> None:
        """Say that a value leads through more than `most` steps, and where the first such stands."""
        said = (
            f"what leads through more than {most} {what} was not followed; a model it may name is missing "
            "here: write the name where it is loaded"
        )
        if any(each.endswith(said) for each in self.left_out):
            return
        place = "" if line is None else f"line {self._raw(line)[0]}: "
        self.leave_out(f"in {self.file}, {place}{said}" if self.is_asked else f"{place}{said}")

    def leave_rest(self, most: int, what: str, line: int | None = None) -> None:
        """Say that there are more than `most` of something, and from which line of this text on."""
        behind = "the rest was" if line is None else f"from line {self._raw(line)[0]} on they were"
        self.leave_out(f"more than {most} {what}: {behind} not read")

    def locate(self, line: int, column: int, end_line: int, end_column: int) -> Location:
        """Place a span of this text (from 1, in code points, end exclusive) in the raw file."""
        if self.lines is None and not self.cells:
            return Location(self.file, line, column, end_line, end_column, self.cell)
        first, shift = self._raw(line)
        last, end_shift = self._raw(end_line)
        cell = self._cell(line)
        return Location(self.file, first, column + shift, last, end_column + end_shift, cell)

    def embed(
        self, text: str, language: str, lines: tuple[tuple[int, int], ...] | None, *, is_prose: bool = False
    ) -> Source:
        """Make the source of a text inside this one.

        `lines` holds for each line of the inner text its line in this text (from 1) and the columns to
        add; None where the inner text has the lines and columns of this one. `language` is the id of a
        reader, or `file:NAME` for whatever reads a file of that name.
        """
        placed, cells = None, self.cells
        if lines is not None:
            cells = tuple(self._cell(n) for n, _ in lines) if self.cells is not None else None
            placed = lines
            if self.lines is not None:
                placed = tuple(
                    (raw, shift + more) for (raw, more), shift in ((self._raw(n), s) for n, s in lines)
                )
        return replace(
            self,
            text=text,
            language=language,
            lines=self.lines if placed is None else placed,
            cells=cells,
            is_prose=self.is_prose or is_prose,
            depth=self.depth + 1,
        )

    def _cell(self, line: int) -> int | None:
        if not self.cells:
            return self.cell
        return self.cells[min(max(line, 1), len(self.cells)) - 1]

    def _raw(self, line: int) -> tuple[int, int]:
        if self.lines is None:
            return line, 0
        return self.lines[min(max(line, 1), len(self.lines)) - 1] if self.lines else (line, 0)


MAX_SAID = 20
"""Limits of one file that are told one by one."""
MAX_DEPTH = 5
"""Texts within texts (shell in YAML in a notebook …) that are still followed."""
