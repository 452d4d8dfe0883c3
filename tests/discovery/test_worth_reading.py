"""Tests of what is parsed at all: passing a text over never loses a name."""

import ast
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.discovery.candidates import Candidates
from scanner.discovery.file_reading import FileFindings, Kit, _follow, load_kit
from scanner.discovery.neighbours import ProjectFiles
from scanner.discovery.source import Source
from scanner.discovery.worth_reading import FILTERS, worth_reading
from scanner.project.tree import ProjectFile, Tree
from scanner.records.sighting import Scope
from scanner.records.unknown import Unknown
from tests.discovery.reading import world
from tests.discovery.ways_kit import FILES, NAMES, OTHERS, WAYS, WORDS


@cache
def kit() -> Kit:
    return load_kit(world())


@cache
def project() -> ProjectFiles:
    files = (ProjectFile("x.ts", 1), ProjectFile("a.js", 1))
    tree = Tree(Path(__file__).parent, "p", files, (), Unknown("no git"), Unknown("no git"))
    return ProjectFiles(tree, world())


SCOPES = (Scope.SHIPPED, Scope.TEST)
"""Of a test less is told than of all else."""


def findings(text: str, language: str, *, is_filtered: bool, scope: Scope = Scope.SHIPPED) -> list[object]:
    """All a text says that is no limit: those of a text that names nothing are not told."""
    found, asked = FileFindings(), kit()
    source = Source(FILES[language], text, language, scope, neighbours=project())
    _follow(
        source,
        asked.shelf.by_language[language],
        asked if is_filtered else replace(asked, candidates=None),
        found,
    )
    return [*found.sightings, *found.unresolved, *found.switches, *found.loads]


def filled(draw: st.DrawFn, language: str) -> str:
    def one(ways: tuple[str, ...]) -> str:
        given = {key: draw(st.sampled_from(WORDS)) for key in ("word", "also", "other")}
        given |= {"name": draw(st.sampled_from(NAMES)), "text": draw(st.sampled_from(OTHERS))}
        inner = {"script": "javascript", "shell": "shell", "yaml": "yaml"}
        way = draw(st.sampled_from(ways))
        given |= {key: one(WAYS[name]) for key, name in inner.items() if f"{{{key}}}" in way}
        return way.format(**given)

    lines = [one(WAYS[language]) for _ in range(draw(st.integers(1, 4)))]
    return f"{{{', '.join(lines)}}}" if language == "json" else "\n".join(lines) + "\n"


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    language = draw(st.sampled_from(sorted(FILES)))
    return language, filled(draw, language)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts(), st.sampled_from(SCOPES))
def test_what_is_passed_over_says_nothing_when_it_is_read(drawn: tuple[str, str], scope: Scope) -> None:
    language, text = drawn
    read = findings(text, language, is_filtered=False, scope=scope)
    assert findings(text, language, is_filtered=True, scope=scope) == read


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("language", sorted(FILES))
def test_no_sample_of_the_other_tests_loses_a_name(language: str, scope: Scope) -> None:
    for text in samples():
        read = findings(text, language, is_filtered=False, scope=scope)
        assert findings(text, language, is_filtered=True, scope=scope) == read, text


@cache
def samples() -> tuple[str, ...]:
    """Texts in the tests of this room: every one a way to write a name, or something like one."""
    found = set()
    for path in Path(__file__).parent.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and 6 < len(node.value) < 5_000:
                found.add(node.value)
    return tuple(sorted(found))


@pytest.mark.parametrize("language", sorted(FILTERS))
def test_a_text_without_any_name_is_passed_over(language: str) -> None:
    candidates = kit().candidates
    assert isinstance(candidates, Candidates)
    for text in (
        "",
        "\n",
        "plain words and the model of a car\n",
        "a: 1\nb: [2, 3]\n",
        "if (x) { y = z + 1 }\n",
    ):
        assert not worth_reading(Source(FILES[language], text, language, Scope.SHIPPED), candidates), text


def test_a_language_without_a_filter_is_always_read() -> None:
    candidates = kit().candidates
    assert isinstance(candidates, Candidates)
    assert worth_reading(Source("a.toml", "", "toml", Scope.SHIPPED), candidates)
    assert set(FILTERS) == set(FILES)


def test_what_is_passed_over_counts_as_read(tmp_path: Path) -> None:
    from scanner.discovery.file_reading import read_file

    (tmp_path / "a.js").write_text("const model = 1\n")
    tree = Tree(tmp_path, "p", (ProjectFile("a.js", 16),), (), Unknown("no git"), Unknown("no git"))
    found = read_file(tree, tree.files[0], kit(), project())
    assert (found.is_read, found.sightings, found.skipped) == (True, [], [])


IMPORTING = (
    'import { pick } from "./b"\nexport const x = { model: pick() }\n',
    'import { D } from "./b"\nexport const y = { modelName: D }\n',
    'import { D } from "./b"\nconst z = D\nexport const y = { modelName: z }\n',
    'import { D as Q } from "./b"\nload({ tokenizer: Q })\n',
)


@pytest.mark.parametrize("text", IMPORTING)
def test_a_name_that_comes_out_of_another_file_is_read_where_it_is_used(text: str, tmp_path: Path) -> None:
    other = 'export function pick() { return "nord/tern" }\nexport const D = "nord/gull"\n'
    (tmp_path / "b.ts").write_text(other)
    files = (ProjectFile("a.ts", 1), ProjectFile("b.ts", len(other)))
    tree = Tree(tmp_path.resolve(), "p", files, (), Unknown("no git"), Unknown("no git"))
    source = Source("a.ts", text, "typescript", Scope.SHIPPED, neighbours=ProjectFiles(tree, world()))
    found, asked = FileFindings(), kit()
    _follow(source, asked.shelf.by_language["typescript"], replace(asked, candidates=None), found)
    candidates = asked.candidates
    assert candidates is not None
    assert (bool(found.sightings or found.unresolved), worth_reading(source, candidates)) == (True, True)
