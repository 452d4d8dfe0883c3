"""Tests of scopes that several files ask for."""

from pathlib import Path

import pytest

from scanner.discovery import javascript_values
from scanner.discovery.file_reading import load_kit, read_file
from scanner.discovery.javascript_scopes import Scopes
from scanner.discovery.javascript_tree import parse
from scanner.discovery.neighbours import ProjectFiles
from scanner.discovery.source import Source
from scanner.project.tree import ProjectFile, Tree
from scanner.records.sighting import Scope
from scanner.records.unknown import Unknown
from tests.discovery.reading import world


def test_what_one_file_adds_is_not_there_for_the_next() -> None:
    asked = Source("b.js", "import x from 'ai'\nexport const y = 'a/b'\n", "javascript", Scope.SHIPPED)
    scopes = Scopes(parse(asked, "javascript"))
    first = Source("b.js", asked.text, "javascript", Scope.TEST)
    one, other = scopes.asked_from(first), scopes.asked_from(asked)
    one.packages.add("openai")
    assert (one.packages, other.packages, scopes.packages) == ({"ai", "openai"}, {"ai"}, {"ai"})
    assert (one.program.source.scope, other.program.source.scope) == (Scope.TEST, Scope.SHIPPED)
    assert len(one.find_outermost("y")) == 1


def test_a_file_that_several_import_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    using = "import { NAME } from './b'\nexport const x = { model: NAME }\n"
    texts = {"a.js": using, "b.js": "export const NAME = 'nord/tern'\n", "c.js": using}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    files = tuple(ProjectFile(name, len(text)) for name, text in texts.items())
    tree = Tree(tmp_path.resolve(), "p", files, (), Unknown("no git"), Unknown("no git"))
    parsed: list[str] = []

    def counting(source: Source, dialect: str) -> object:
        parsed.append(source.file)
        return parse(source, dialect)

    monkeypatch.setattr(javascript_values, "parse", counting)
    kit, neighbours = load_kit(world()), ProjectFiles(tree, world())
    found = [read_file(tree, file, kit, neighbours) for file in (files[0], files[2])]
    assert [(each.name, each.location.file) for one in found for each in one.sightings] == [
        ("nord/tern", "b.js"),
        ("nord/tern", "b.js"),
    ]
    assert parsed == ["b.js"]
    assert [[path for path, _ in one.asked] for one in found] == [["b.js"], ["b.js"]]
