"""Reads one file: hands it to its readers, and each view to its detectors."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from scanner.discovery.candidates import Candidates, World
from scanner.discovery.file_findings import FileFindings
from scanner.discovery.ignores import find_ignores
from scanner.discovery.languages import Shelf, arrange, language_of_shebang, language_without_reader
from scanner.discovery.neighbours import ProjectFiles
from scanner.discovery.notices import MAX_NOTICE_CHARACTERS, is_notice, read_notice
from scanner.discovery.plugin import Context, Detector, Reader
from scanner.discovery.plugin_list import load_all, load_when_used
from scanner.discovery.scopes import is_translation, scope_of
from scanner.discovery.source import MAX_DEPTH, Source
from scanner.discovery.texts import decode_text
from scanner.discovery.views import Embedded, View
from scanner.discovery.worth_reading import worth_reading
from scanner.errors import KnowledgeBroken, PluginBroken, UnreadableFile
from scanner.project.tree import ProjectFile, Tree, read_bytes, read_head, read_range
from scanner.records.quick import dataclass, replace
from scanner.records.sighting import (
    CodeLoad,
    HubSwitch,
    Role,
    Sighting,
    Skipped,
    Unresolved,
)

MAX_VIEWS = 50_000
"""Views of one file that are looked at."""
MAX_LINES = 250_000
"""Lines of one file that are looked at."""
_OF_ONE_PIECE = (".ipynb", ".json")
MAX_TEXTS = 20_000
"""Texts inside one file that are handed on."""
MAX_SIGHTINGS = 10_000
"""Sightings of one file that are kept, and names that could not be resolved."""
HEAD_BYTES = 1_000_000
"""What a reader of headers gets of a binary file."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What reading a file needs besides the file."""

    shelf: Shelf
    detectors: dict[type, tuple[Detector, ...]]
    context: Context
    candidates: Candidates | None = None
    """What says which texts are parsed at all; None where every text is."""


def load_kit(context: World, list_folder: Path | None = None) -> Kit:
    """Load every reader and detector of their folders; with a folder for their list, when first used."""
    readers, detectors = load_all() if list_folder is None else load_when_used(list_folder)
    shelf = arrange(readers)
    by_view: dict[type, tuple[Detector, ...]] = {}
    for detector in detectors:
        for view in detector.views:
            by_view[view] = (*by_view.get(view, ()), detector)
    return Kit(shelf, by_view, context, Candidates(context))


def read_file(
    tree: Tree, file: ProjectFile, kit: Kit, neighbours: ProjectFiles, content: bytes | None = None
) -> FileFindings:
    """Read one file with every reader that claims it; `content` is given where it was read already."""
    findings = FileFindings()
    try:
        _read_file(tree, file, kit, neighbours, findings, content)
    except UnreadableFile as error:
        findings.skipped.append(Skipped(file.path, error.reason))
    except RecursionError:
        findings.skipped.append(Skipped(file.path, "nested too deeply"))
    except (PluginBroken, KnowledgeBroken):
        raise
    except MemoryError:
        findings.skipped.append(Skipped(file.path, "needs more memory than there is"))
    except Exception as error:  # noqa: BLE001  # one file must not stop a scan; it is said, as a bug
        reason = f"lading failed to read it ({type(error).__name__}): please report this as a bug"
        findings.skipped.append(Skipped(file.path, reason))
    findings.skipped.extend(Skipped(file.path, reason) for reason in neighbours.take_left_out())
    findings.asked = tuple(
        (path, other.blob or "" if other is not None else None) for path, other in neighbours.take_asked()
    )
    return findings


def _read_file(
    tree: Tree,
    file: ProjectFile,
    kit: Kit,
    neighbours: ProjectFiles,
    findings: FileFindings,
    content: bytes | None,
) -> None:
    readers = kit.shelf.readers_of(file.path)
    has_notice = is_notice(file.path)
    text: str | None = None
    if not readers:
        name = file.path.rsplit("/", 1)[-1]
        if "." not in name and not has_notice and file.size_bytes > 2:
            head = read_head(tree, file, 200)
            language = language_of_shebang(head.decode("latin-1")) if head.startswith(b"#!") else None
            readers = tuple(
                kit.shelf.by_language[each] for each in (language,) if each in kit.shelf.by_language
            )
        if not readers and not has_notice:
            findings.language_without_reader = language_without_reader(file.path)
            return
    if any(not reader.reads_headers for reader in readers) or has_notice:
        text = decode_text(read_bytes(tree, file) if content is None else content)
        text = _without_rest(file.path, text, findings)
        findings.ignores.extend(find_ignores(file.path, text))
        if has_notice:
            findings.notices.append(read_notice(file.path, text))
            if len(text) > MAX_NOTICE_CHARACTERS:
                kept = f"only the first {MAX_NOTICE_CHARACTERS} characters of its notice were kept"
                findings.skipped.append(Skipped(file.path, kept))
    scope = scope_of(file.path)
    for reader in readers:
        start = read_head(tree, file, HEAD_BYTES).decode("latin-1") if reader.reads_headers else ""
        shown = start if reader.reads_headers else text or ""
        is_prose = is_translation(file.path)
        source = Source(file.path, shown, reader.language, scope, is_prose=is_prose, neighbours=neighbours)
        if reader.reads_headers and file.size_bytes > HEAD_BYTES and tree.state is None:
            source = replace(source, reach=partial(read_range, tree, file), size_bytes=file.size_bytes)
        try:
            _follow(source, reader, kit, findings)
        finally:
            findings.skipped.extend(Skipped(file.path, reason) for reason in source.left_out)
    findings.is_read = True


def _without_rest(path: str, text: str, findings: FileFindings) -> str:
    """A text without what stands behind MAX_LINES; JSON is no matter of lines."""
    if len(text) <= MAX_LINES or text.count("\n") <= MAX_LINES or path.endswith(_OF_ONE_PIECE):
        return text
    reason = f"more than {MAX_LINES} lines: from line {MAX_LINES + 1} on they were not read"
    findings.skipped.append(Skipped(path, reason))
    return "\n".join(text.split("\n", MAX_LINES)[:MAX_LINES])


def _follow(source: Source, reader: Reader, kit: Kit, findings: FileFindings) -> None:
    """Read a text and the texts inside it, each by the reader of its language."""
    pending: list[tuple[Source, Reader]] = [(source, reader)]
    texts = views = 0
    while pending:
        inner, understands = pending.pop(0)
        texts += 1
        if texts > MAX_TEXTS:
            findings.skipped.append(
                Skipped(source.file, f"more than {MAX_TEXTS} texts inside it: the rest was not read")
            )
            return
        if kit.candidates is not None and not worth_reading(inner, kit.candidates):
            continue
        try:
            for view in understands.read(inner):
                views += 1
                if views > MAX_VIEWS or len(findings.sightings) + len(findings.unresolved) > MAX_SIGHTINGS:
                    findings.skipped.append(
                        Skipped(source.file, "too many places in it: the rest was not read")
                    )
                    return
                if isinstance(view, Embedded):
                    pending.extend(_hand_on(view.source, kit.shelf, findings))
                else:
                    _detect(view, inner, kit, findings)
        except UnreadableFile as error:
            # A fenced block in documentation is often a fragment of nothing.
            if not inner.is_prose:
                findings.skipped.append(Skipped(source.file, _where(inner) + error.reason))


def _hand_on(inner: Source, shelf: Shelf, findings: FileFindings) -> Iterator[tuple[Source, Reader]]:
    if inner.depth > MAX_DEPTH:
        findings.skipped.append(
            Skipped(inner.file, f"texts within texts deeper than {MAX_DEPTH} were not read")
        )
        return
    if inner.language.startswith("file:"):
        for reader in shelf.readers_of(inner.language[5:]):
            if not reader.reads_headers:
                yield replace(inner, language=reader.language), reader
    elif inner.language in shelf.by_language:
        yield inner, shelf.by_language[inner.language]


def _detect(view: View, source: Source, kit: Kit, findings: FileFindings) -> None:
    for detector in kit.detectors.get(type(view), ()):
        if detector.languages and source.language not in detector.languages:
            continue
        for found in detector.detect(view, source, kit.context):
            match found:
                case Sighting():
                    findings.sightings.append(replace(found, role=Role.MENTION) if source.is_prose else found)
                case Unresolved():
                    if not source.is_prose:
                        findings.unresolved.append(found)
                case HubSwitch():
                    if not source.is_prose:
                        findings.switches.append(found)
                case CodeLoad():
                    if not source.is_prose:
                        findings.loads.append(found)


def _where(inner: Source) -> str:
    if inner.depth == 0:
        return ""
    if inner.cell is not None:
        return f"cell {inner.cell}: "
    return f"the {inner.language} text at line {inner.locate(1, 1, 1, 1).line}: "
