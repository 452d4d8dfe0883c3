"""Which reader understands a file, by its name, its ending or its first line."""

from __future__ import annotations

from scanner.discovery.plugin import Reader
from scanner.discovery.vocabulary import any_of
from scanner.patterns import matches_glob, regex
from scanner.records.quick import dataclass

_SHEBANG = regex(r"#!\s*\S*?/?(?:env\s+(?:-\S+\s+)*)?([A-Za-z]+)[0-9.]*(?:\s|$)")
_WILDCARD = regex(r"[*?\[\]]")
_INTERPRETERS = {
    "python": "python",
    "pypy": "python",
    "sh": "shell",
    "bash": "shell",
    "zsh": "shell",
    "dash": "shell",
    "ksh": "shell",
    "node": "javascript",
    "bun": "javascript",
    "deno": "javascript",
}
_WITHOUT_READER = {
    ".c": "C", ".cc": "C++", ".cpp": "C++", ".cxx": "C++", ".h": "C", ".hpp": "C++", ".m": "Objective-C",
    ".mm": "Objective-C", ".cs": "C#", ".fs": "F#", ".vb": "Visual Basic", ".go": "Go", ".rs": "Rust",
    ".swift": "Swift", ".java": "Java", ".kt": "Kotlin", ".kts": "Kotlin", ".scala": "Scala",
    ".groovy": "Groovy", ".clj": "Clojure", ".rb": "Ruby", ".php": "PHP", ".pl": "Perl", ".lua": "Lua",
    ".r": "R", ".jl": "Julia", ".dart": "Dart", ".ex": "Elixir", ".exs": "Elixir", ".erl": "Erlang",
    ".hs": "Haskell", ".ml": "OCaml", ".nim": "Nim", ".zig": "Zig", ".ps1": "PowerShell", ".bat": "Batch",
    ".sql": "SQL", ".proto": "Protocol Buffers", ".cu": "CUDA", ".pyx": "Cython", ".mojo": "Mojo",
    ".nix": "Nix", ".jsonnet": "Jsonnet", ".cue": "CUE", ".bicep": "Bicep", ".f90": "Fortran",
    ".astro": "Astro", ".elm": "Elm", ".coffee": "CoffeeScript", ".sol": "Solidity", ".lisp": "Lisp",
    ".js": "JavaScript", ".mjs": "JavaScript", ".cjs": "JavaScript", ".jsx": "JavaScript",
    ".ts": "TypeScript", ".mts": "TypeScript", ".cts": "TypeScript", ".tsx": "TypeScript",
    ".vue": "Vue", ".svelte": "Svelte", ".html": "HTML", ".htm": "HTML", ".rmd": "R Markdown",
    ".qmd": "Quarto", ".tcl": "Tcl", ".vhdl": "VHDL", ".fish": "fish",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelf:
    """The readers, by what they answer to."""

    by_language: dict[str, Reader]
    by_name: dict[str, tuple[Reader, ...]]
    """Whole names without wildcards."""
    by_glob: tuple[tuple[str, Reader], ...]
    glob_starts: tuple[str, ...]
    """What names begin with that one of them may match; of those that begin with a wildcard, see the ends."""
    glob_ends: tuple[str, ...]
    glob_parts: tuple[str, ...]
    """What they hold, where they begin and end with a wildcard."""
    by_ending: dict[str, tuple[Reader, ...]]

    def readers_of(self, path: str) -> tuple[Reader, ...]:
        """Readers that claim a file: all that name it, else all with its longest ending.

        Who claims a whole name (`config.json`) takes the file from the reader of the ending; it may hand
        the text on as `Embedded`.
        """
        name = path.rsplit("/", 1)[-1]
        named = self.by_name.get(name, ())
        if (
            name.startswith(self.glob_starts)
            or name.endswith(self.glob_ends)
            or any_of(self.glob_parts, name)
        ):
            named += tuple(
                reader for glob, reader in self.by_glob if reader not in named and matches_glob(name, glob)
            )
        return named or self._by_ending(name.lower())

    def _by_ending(self, name: str) -> tuple[Reader, ...]:
        at = name.find(".")
        while at >= 0:
            if found := self.by_ending.get(name[at:]):
                return found
            at = name.find(".", at + 1)
        return ()


def arrange(readers: tuple[Reader, ...]) -> Shelf:
    """Sort the readers by the names and endings they claim."""
    by_name: dict[str, tuple[Reader, ...]] = {}
    by_ending: dict[str, tuple[Reader, ...]] = {}
    globs: list[tuple[str, Reader]] = []
    for reader in readers:
        for name in reader.names:
            if _WILDCARD.search(name):
                globs.append((name, reader))
            else:
                by_name[name] = (*by_name.get(name, ()), reader)
        for ending in reader.endings:
            by_ending[ending] = (*by_ending.get(ending, ()), reader)
    pieces = [_WILDCARD.split(glob) for glob, _ in globs]
    return Shelf(
        {reader.language: reader for reader in readers},
        by_name,
        tuple(globs),
        tuple({first for first, *_ in pieces if first}),
        tuple({last for first, *_, last in pieces if last and not first}),
        tuple({max(between, key=len, default="") for first, *between, last in pieces if not (first or last)}),
        by_ending,
    )


def language_of_shebang(text: str) -> str | None:
    """Id of the reader a script's first line asks for, None where it says nothing we read."""
    found = _SHEBANG.match(text)
    return _INTERPRETERS.get(found[1].lower()) if found else None


def language_without_reader(path: str) -> str | None:
    """Name of the programming language of a file by its ending, None where it is no source code."""
    name = path.rsplit("/", 1)[-1].lower()
    return _WITHOUT_READER.get(name[name.rfind(".") :]) if "." in name else None
