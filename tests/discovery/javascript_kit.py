"""Reads a few lines of JavaScript by hand and shows what came out."""

from __future__ import annotations

from pathlib import Path

from scanner.discovery.context import KnownWorld
from scanner.discovery.detectors import javascript_calls, javascript_names
from scanner.discovery.readers import html, javascript, tsx, typescript
from scanner.discovery.source import Source
from scanner.discovery.views import Assignment, Bundle, Call, Constant, Opaque, Prose, Value, View
from scanner.knowledge.store import open_knowledge
from scanner.records.sighting import Scope, Sighting, Unresolved

READERS = {
    "javascript": javascript.READER,
    "typescript": typescript.READER,
    "tsx": tsx.READER,
    "html": html.READER,
}


class Folder:
    """Other files of a project, by hand."""

    modules = frozenset()
    script_calls = None

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def has(self, path: str) -> bool:
        return path in self.texts

    def read(self, path: str) -> str | None:
        return self.texts.get(path)

    def keep(self, key, make, size=0):
        return make()


def source_of(text: str, language: str = "javascript", file: str = "app.js", scope: Scope = Scope.SHIPPED,
              others: dict[str, str] | None = None) -> Source:  # fmt: skip
    return Source(file, text, language, scope, neighbours=Folder(others or {}))


def views_of(text: str, language: str = "javascript", **given) -> list[View]:
    # A text has to speak of models to be parsed.
    return list(READERS[language].read(source_of(text + "\n'model'", language, **given)))


def shown(value: Value) -> list[object]:
    """Values as plain Python: texts as they are, unknowns as (expression, reason)."""
    plain: list[object] = []
    for one in value:
        match one:
            case Opaque(expression, reason):
                plain.append((expression, reason))
            case Bundle(entries=entries):
                plain.append([(key.value if key else None, shown(inner)) for key, inner in entries])
            case Call(name=name):
                plain.append(f"{name}()")
            case Constant(value=constant):
                plain.append(constant)
            case _:
                plain.append(one.value)
    return plain


def calls_of(text: str, language: str = "javascript", **given) -> list[tuple[str, list[list[object]]]]:
    views = views_of(text, language, **given)
    return [
        (view.name, [shown(each) for each in view.positional]) for view in views if isinstance(view, Call)
    ]


def names_of(text: str, language: str = "javascript", **given) -> list[tuple[str, list[object]]]:
    views = views_of(text, language, **given)
    return [(view.target, shown(view.value)) for view in views if isinstance(view, Assignment)]


def comments_of(text: str, language: str = "javascript") -> list[tuple[str, int, int]]:
    return [(v.text, v.line, v.column) for v in views_of(text, language) if isinstance(v, Prose)]


def found_in(text: str, language: str = "javascript", **given) -> tuple[list[Sighting], list[Unresolved]]:
    """What the two detectors of JavaScript say of a text."""
    source = source_of(text, language, **given)
    world = KnownWorld(open_knowledge(()))
    sightings, unresolved = [], []
    for view in READERS[language].read(source):
        for detector in (javascript_calls.DETECTOR, javascript_names.DETECTOR):
            if isinstance(view, detector.views):
                for found in detector.detect(view, source, world):
                    (sightings if isinstance(found, Sighting) else unresolved).append(found)
    return sightings, unresolved


def project_file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
