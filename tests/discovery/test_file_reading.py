"""The dispatcher, with readers and detectors made by hand."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scanner.discovery import file_reading as room
from scanner.discovery.file_reading import Kit, read_file
from scanner.discovery.languages import arrange
from scanner.discovery.neighbours import ProjectFiles
from scanner.discovery.plugin import Context, Detector, Reader
from scanner.discovery.source import Source
from scanner.discovery.views import Command, Embedded, Prose, Text, View
from scanner.errors import UnreadableFile
from scanner.project.tree import ProjectFile, Tree, blob_of
from scanner.records.sighting import Certainty, Kind, Location, Role, Sighting, Skipped, Unresolved
from scanner.records.unknown import Unknown


def tree_of(root: Path, **files: str | bytes) -> Tree:
    entries = []
    for name, content in files.items():
        path = name.replace("__", "/").replace("_dot_", ".")
        data = content if isinstance(content, bytes) else content.encode()
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
        entries.append(ProjectFile(path, len(data)))
    return Tree(root.resolve(), "p", tuple(entries), (), Unknown("no git"), Unknown("no git"))


def read_words(source: Source) -> Iterator[View]:
    """One command per line; `in: X` hands X on, `bad` is unreadable, `deep` calls itself."""
    for number, line in enumerate(source.text.split("\n"), 1):
        if line.startswith("in: "):
            yield Embedded(source.embed(line[4:], "words", ((number, 4),)))
        elif line.startswith("doc: "):
            yield Embedded(source.embed(line[5:], "words", ((number, 5),), is_prose=True))
        elif line == "bad":
            raise UnreadableFile("says bad")
        elif line == "crash":
            raise KeyError("oops")
        elif line:
            location = source.locate(number, 1, number, len(line) + 1)
            yield Command((Text(line, location),), location)


def detect_words(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved]:
    assert isinstance(view, Command)
    word = view.words[0]
    assert isinstance(word, Text)
    if word.value == "?":
        yield Unresolved(Kind.OTHER, "?", source.file, word.location.line, 1, "asked")
    else:
        yield Sighting(
            Kind.HF_MODEL,
            word.value,
            "none",
            Role.DEPENDENCY,
            source.scope,
            Certainty.LITERAL,
            "w",
            word.location,
        )


WORDS = Reader("words", (".w",), ("Wordfile",), read_words)
KIT = Kit(arrange((WORDS,)), {Command: (Detector("w", (Command,), detect_words, ()),)}, context=None)  # type: ignore[arg-type]


def names(tree: Tree, kit: Kit = KIT) -> list[tuple[str, int, int, str]]:
    found = read_file(tree, tree.files[0], kit, ProjectFiles(tree))
    return [(s.name, s.location.line, s.location.column, s.role.value) for s in found.sightings]


def test_a_text_inside_a_text_is_read_by_its_reader_and_placed_in_the_file(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, a_dot_w="x\nin: in: y\n")
    assert names(tree) == [("x", 1, 1, "dependency"), ("y", 2, 9, "dependency")]


def test_everything_inside_prose_is_a_mention_and_asks_nothing(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, a_dot_w="doc: in: y\ndoc: ?")
    assert names(tree) == [("y", 1, 10, "mention")]
    found = read_file(tree, tree.files[0], KIT, ProjectFiles(tree))
    assert found.unresolved == []


def test_texts_nested_too_deeply_are_said_to_be_left_out(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, a_dot_w="in: " * 9 + "y")
    found = read_file(tree, tree.files[0], KIT, ProjectFiles(tree))
    assert found.sightings == []
    assert found.skipped == [Skipped("a.w", "texts within texts deeper than 5 were not read")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x\nbad", "says bad"),
        ("in: bad", "the words text at line 1: says bad"),
        ("crash", "lading failed to read it (KeyError): please report this as a bug"),
        (b"a\0", "holds NUL bytes: not text"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, text: str | bytes, reason: str) -> None:
    tree = tree_of(tmp_path, a_dot_w=text)
    found = read_file(tree, tree.files[0], KIT, ProjectFiles(tree))
    assert found.skipped == [Skipped("a.w", reason)]


def test_a_bound_that_is_hit_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_VIEWS", 2)
    tree = tree_of(tmp_path, a_dot_w="a\nb\nc\nd")
    found = read_file(tree, tree.files[0], KIT, ProjectFiles(tree))
    assert [s.name for s in found.sightings] == ["a", "b"]
    assert found.skipped == [Skipped("a.w", "too many places in it: the rest was not read")]


def test_a_language_nobody_reads_is_counted(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, main_dot_rb="x = 1")
    found = read_file(tree, tree.files[0], KIT, ProjectFiles(tree))
    assert (found.language_without_reader, found.is_read) == ("Ruby", False)


def test_a_file_is_read_by_its_whole_name(tmp_path: Path) -> None:
    assert names(tree_of(tmp_path, Wordfile="x")) == [("x", 1, 1, "dependency")]


def test_a_license_file_is_kept_as_a_notice(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, third__LICENSE="Some terms")
    found = read_file(tree, tree.files[0], KIT, ProjectFiles(tree))
    assert [(n.file, n.text) for n in found.notices] == [("third/LICENSE", "Some terms")]


def test_a_view_no_detector_wants_is_passed_over(tmp_path: Path) -> None:
    def read(source: Source) -> Iterator[View]:
        yield Prose("x", source, 1, 1)

    kit = Kit(arrange((Reader("words", (".w",), (), read),)), {}, context=None)  # type: ignore[arg-type]
    assert names(tree_of(tmp_path, a_dot_w="x"), kit) == []


def test_the_neighbour_of_a_file_is_read_once_and_remembered_as_asked(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, a_dot_w="x", b_dot_w="y")
    files = ProjectFiles(tree)
    assert (files.read("b.w"), files.read("c.w")) == ("y", None)
    asked = replace(tree.files[1], blob=blob_of(b"y"))
    assert files.take_asked() == (("b.w", asked), ("c.w", None))
    assert files.take_asked() == ()
    assert Location("a", 1, 1, 1, 1).cell is None


def test_a_detector_of_a_language_is_not_asked_about_another(tmp_path: Path) -> None:
    other = Detector("o", (Command,), detect_words, (), languages=("other",))
    own = Detector("w", (Command,), detect_words, (), languages=("words", "other"))
    tree = tree_of(tmp_path, a_dot_w="x")
    for detector, found in ((other, []), (own, [("x", 1, 1, "dependency")])):
        kit = Kit(arrange((WORDS,)), {Command: (detector,)}, context=None)  # type: ignore[arg-type]
        assert names(tree, kit) == found


def test_words_of_a_user_interface_are_mentions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = tree_of(tmp_path, a_dot_w="x\n?")
    monkeypatch.setattr(room, "is_translation", lambda path: path == "a.w")
    assert names(tree) == [("x", 1, 1, "mention")]
    assert read_file(tree, tree.files[0], KIT, ProjectFiles(tree)).unresolved == []
