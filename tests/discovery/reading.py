"""Small projects, read by the Python reader and its detectors with the shipped knowledge."""

from functools import cache
from pathlib import Path

from scanner.discovery.context import KnownWorld
from scanner.discovery.detectors import library_calls, named_arguments, named_values
from scanner.discovery.discover import assemble
from scanner.discovery.file_reading import FileFindings, Kit, read_file
from scanner.discovery.languages import arrange
from scanner.discovery.neighbours import ProjectFiles
from scanner.discovery.plugin import Detector
from scanner.discovery.readers import notebook, python
from scanner.knowledge.store import open_knowledge
from scanner.project.tree import ProjectFile, Tree
from scanner.records.sighting import Discovery, Sighting, Unresolved
from scanner.records.unknown import Unknown


@cache
def world() -> KnownWorld:
    return KnownWorld(open_knowledge())


def read_project(root: Path, files: dict[str, str], *detectors: Detector) -> Discovery:
    """Write the files, read them all, and gather what the detectors say."""
    entries = []
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
        entries.append(ProjectFile(path, len(text.encode())))
    tree = Tree(root.resolve(), "p", tuple(entries), (), Unknown("no git"), Unknown("no git"))
    asked = detectors or (library_calls.DETECTOR, named_arguments.DETECTOR, named_values.DETECTOR)
    by_view: dict[type, tuple[Detector, ...]] = {}
    for detector in asked:
        for view in detector.views:
            by_view[view] = (*by_view.get(view, ()), detector)
    kit = Kit(arrange((python.READER, notebook.READER)), by_view, world())
    neighbours = ProjectFiles(tree, world())
    found: list[FileFindings] = [read_file(tree, file, kit, neighbours) for file in tree.files]
    return assemble(found, ())


def shown(found: Sighting | Unresolved) -> str:
    """One line: kind, name, place, certainty, and what differs from the ordinary."""
    if isinstance(found, Unresolved):
        return f"unresolved {found.kind.value} {found.expression!r} {found.file}:{found.line} {found.reason}"
    parts = [
        found.kind.value,
        found.name,
        f"{found.location.file}:{found.location.line}",
        found.certainty.value,
    ]
    if found.revision != "none":
        parts.append(f"@{found.revision if isinstance(found.revision, str) else '?'}")
    if found.remote_code is not None:
        parts.append("remote-code" if found.remote_code is True else f"remote-code={found.remote_code}")
    if found.role.value != "dependency":
        parts.append(found.role.value)
    return " ".join(parts)


def lines(root: Path, text: str, *detectors: Detector) -> list[str]:
    """What one file `app.py` names, one line each; what is unresolved comes last."""
    found = read_project(root, {"app.py": text}, *detectors)
    assert found.skipped == ()
    return [shown(each).replace(" app.py:", " ") for each in (*found.sightings, *found.unresolved)]
