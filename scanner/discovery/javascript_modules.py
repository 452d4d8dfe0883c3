"""Which file of the project an import of JavaScript means."""

from __future__ import annotations

import posixpath

from scanner.discovery.source import Source

_ENDINGS = (".ts", ".js", ".tsx", ".mjs", ".jsx", ".mts", ".cjs", "/index.ts", "/index.js")
_DIALECTS = {".ts": "typescript", ".mts": "typescript", ".cts": "typescript", ".tsx": "tsx"}
_ROOTS = {"@/": ("", "src/"), "~/": ("", "src/"), "$lib/": ("src/lib/",)}
"""Prefixes build tools give to folders of the project, and where they usually lead."""


def is_own(specifier: str) -> bool:
    """Whether an import means a file of the project itself."""
    return specifier.startswith((".", *_ROOTS))


def find_module(source: Source, specifier: str) -> str | None:
    """Find the file a relative or prefixed import means; None for packages and files that are not there."""
    if source.neighbours is None:
        return None
    folder = posixpath.dirname(source.file)
    for base in _bases(folder, specifier):
        path = posixpath.normpath(base)
        if path.startswith(("..", "/")):
            continue
        for candidate in _candidates(path):
            if source.neighbours.has(candidate):
                return candidate
    return None


def dialect_of(path: str) -> str:
    """Language a file is parsed as, by its ending."""
    return _DIALECTS.get(posixpath.splitext(path)[1], "javascript")


def _bases(folder: str, specifier: str) -> list[str]:
    if specifier.startswith("."):
        return [posixpath.join(folder, specifier)]
    for prefix, roots in _ROOTS.items():
        if specifier.startswith(prefix):
            rest = specifier[len(prefix) :]
            above = [folder]
            while above[-1]:
                above.append(posixpath.dirname(above[-1]))
            return [posixpath.join(level, root + rest) for level in reversed(above) for root in roots]
    return []


def _candidates(path: str) -> list[str]:
    stem, ending = posixpath.splitext(path)
    # TypeScript imports name the file that will be built: `./models.js` is models.ts.
    written = [path, stem + ".ts", stem + ".tsx"] if ending in (".js", ".jsx", ".mjs", ".ts", ".tsx") else []
    return [*written, *(path + suffix for suffix in _ENDINGS)]
