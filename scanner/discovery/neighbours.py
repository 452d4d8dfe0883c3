"""Other files of the project, for constants that are imported from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Protocol, TypeVar

from scanner.discovery.kept_files import KeptFiles
from scanner.discovery.source import ScriptCalls
from scanner.discovery.texts import decode_text
from scanner.errors import UnreadableFile
from scanner.knowledge.libraries import CallRecord
from scanner.project.tree import ProjectFile, Tree, blob_of, read_bytes
from scanner.records.quick import replace

T = TypeVar("T")

MAX_NEIGHBOUR_BYTES = 2_000_000
"""A file above it is not read for the sake of another."""
MAX_NEIGHBOURS = 200
"""Different files one file may ask for."""
_KEPT = 24
"""Texts kept for the next file that asks."""
_KEPT_ANSWERS = 100_000
"""Answers of yes or no that are kept."""


class World(Protocol):
    """What is known of libraries and models; asked before a file is parsed."""

    @property
    def call_arguments(self) -> frozenset[str]:
        """Keywords of all arguments the records of calls ask for."""

    @property
    def call_words(self) -> Mapping[str, frozenset[str]]:
        """Last names of the recorded calls of each library."""

    def calls_with(self, names: set[str], packages: set[str]) -> set[str]:
        """Recorded calls, by their last names, a file can make with these names and imported packages."""

    def is_known_model(self, name: str) -> bool:
        """Whether the catalog holds this name."""

    def providers_of_model(self, model: str) -> tuple[str, ...]:
        """Ids of the services whose model-name patterns match."""

    def calls_of(self, name: str) -> tuple[CallRecord, ...]:
        """Records of the library calls this dotted name may be."""

    def patterns_of(self, root: str) -> tuple[tuple[str, ...], ...]:
        """Patterns of the recorded calls under this first name, without it."""


class ProjectFiles:
    """The text files of one tree, read when another file needs a constant of theirs."""

    def __init__(self, tree: Tree, world: World | None = None) -> None:
        self._tree = tree
        self._files = {file.path: file for file in tree.files}
        self._texts: dict[str, str | None] = {}
        self._asked: dict[str, ProjectFile | None] = {}
        self._left_out: dict[str, None] = {}
        self._world = world
        self._kept: dict[str, KeptFiles] = {}
        self._answers: dict[str, Any] = {}
        self._modules = frozenset(module_names(self._files))

    @property
    def call_arguments(self) -> frozenset[str]:
        """Keywords of all arguments the records of calls ask for."""
        return self._world.call_arguments if self._world is not None else frozenset()

    @property
    def call_words(self) -> Mapping[str, frozenset[str]]:
        """Last names of the recorded calls of each library; `?` and `*` for what any object may have."""
        return self._world.call_words if self._world is not None else {}

    @property
    def modules(self) -> frozenset[str]:
        """First names of what the project's own Python files can import of each other."""
        return self._modules

    def calls_with(self, names: set[str], packages: set[str]) -> set[str]:
        """Recorded calls, by their last names, a file can make with these names and imported packages."""
        return self._world.calls_with(names, packages) if self._world is not None else set()

    def is_known_model(self, name: str) -> bool:
        """Whether the catalog holds this name."""
        return self._world is not None and self._world.is_known_model(name)

    def is_hosted_model(self, name: str) -> bool:
        """Whether a service has models of names like this one."""
        return self._world is not None and bool(self._world.providers_of_model(name))

    @cached_property
    def script_calls(self) -> ScriptCalls | None:
        """The recorded calls of JavaScript; None where nothing is known of libraries."""
        if self._world is None:
            return None
        patterns = self._world.patterns_of("javascript")
        return ScriptCalls(
            frozenset(pattern[-1] for pattern in patterns if "*" not in pattern[-1]),
            frozenset(pattern[0] for pattern in patterns if "*" in pattern[-1]),
        )

    def is_recorded(self, name: str) -> bool:
        """Whether a record knows a call of this dotted name."""
        return self._world is None or bool(self._world.calls_of(name))

    def has(self, path: str) -> bool:
        """Whether the project has a file of this path."""
        return path in self._files

    def keep(self, key: str, make: Callable[[], T], size: int = 0) -> T:
        """Make something out of another file once for all who ask.

        `size` is that of the file where much is made of it: not all of those can be kept.
        """
        if key in self._answers:
            answer: T = self._answers[key]
            return answer
        kind, _, path = key.partition(":")
        if size or kind in self._kept:
            return self._kept.setdefault(kind, KeptFiles()).keep(path, make, size)
        made = make()
        if not isinstance(made, bool):
            return self._kept.setdefault(kind, KeptFiles()).keep(path, lambda: made, size)
        if len(self._answers) >= _KEPT_ANSWERS:
            self._answers.pop(next(iter(self._answers)))
        self._answers[key] = made
        return made

    def read(self, path: str) -> str | None:
        """Text of another file of the project, None where there is no such text file."""
        file = self._files.get(path)
        if len(self._asked) >= MAX_NEIGHBOURS and path not in self._asked:
            self._left_out[f"more than {MAX_NEIGHBOURS} files it asks: not all were followed"] = None
            return None
        self._asked[path] = file
        if file is None:
            return None
        if file.size_bytes > MAX_NEIGHBOUR_BYTES:
            larger = f"constants of {path} were not followed: larger than {MAX_NEIGHBOUR_BYTES} bytes"
            self._left_out[larger] = None
        if path not in self._texts:
            if len(self._texts) >= _KEPT:
                self._texts.pop(next(iter(self._texts)))
            try:
                content = read_bytes(self._tree, file, MAX_NEIGHBOUR_BYTES)
                if file.blob is None:
                    self._files[path] = self._asked[path] = replace(file, blob=blob_of(content))
                self._texts[path] = decode_text(content)
            except UnreadableFile:
                self._texts[path] = None
        return self._texts[path]

    def take_left_out(self) -> tuple[str, ...]:
        """Which limits were hit since the last call, in words."""
        left_out, self._left_out = self._left_out, {}
        return tuple(left_out)

    def take_asked(self) -> tuple[tuple[str, ProjectFile | None], ...]:
        """Which files were asked for since the last call: what an answer depends on."""
        asked, self._asked = self._asked, {}
        return tuple(sorted(asked.items()))


def module_names(paths: Iterable[str]) -> Iterator[str]:
    """First names of what the Python files among these paths can be imported by."""
    for path in paths:
        if path.endswith(".py"):
            *folders, name = path.split("/")
            yield from folders
            yield name.removesuffix(".py")
