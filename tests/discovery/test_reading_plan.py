"""What is read anew, what is remembered, and that processes change nothing."""

import hashlib
import os
from pathlib import Path

import pytest

from scanner.discovery import pool
from scanner.discovery import reading_plan as plan
from scanner.discovery.cache import pack, unpack
from scanner.discovery.discover import discover
from scanner.discovery.file_reading import FileFindings
from scanner.discovery.large_files import large_first
from scanner.discovery.workbench import Workbench
from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.project.tree import ProjectFile, Tree
from scanner.records.sighting import (
    Certainty,
    HubSwitch,
    IgnoreComment,
    Kind,
    Location,
    Notice,
    Role,
    Scope,
    Sighting,
    Skipped,
    Unresolved,
)
from scanner.records.unknown import Unknown

PLACE = Location("a.py", 1, 2, 3, 4, None)
APP = "from settings import MODEL\nfrom transformers import AutoModel\nAutoModel.from_pretrained(MODEL)\n"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return open_knowledge()


def tree_of(root: Path, files: dict[str, str], *, has_git: bool = True) -> Tree:
    entries = []
    for path, text in files.items():
        (root / path).write_text(text)
        content = text.encode()
        blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
        entries.append(ProjectFile(path, len(content), blob if has_git else None))
    return Tree(root.resolve(), "p", tuple(entries), (), Unknown("no git"), Unknown("no git"))


@pytest.fixture
def read_paths(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths that are read anew, in order."""
    seen: list[str] = []
    read = Workbench.read

    def watched(bench: Workbench, file: ProjectFile, content: bytes | None = None) -> FileFindings:
        seen.append(file.path)
        return read(bench, file, content)

    monkeypatch.setattr(Workbench, "read", watched)
    return seen


def test_what_a_file_said_is_written_and_read_back_whole() -> None:
    said = FileFindings(
        [
            Sighting(
                Kind.API_MODEL,
                "deepseek:x",
                Unknown("why"),
                Role.DEPENDENCY,
                Scope.TEST,
                Certainty.FOLDED,
                "d",
                PLACE,
                provider=Unknown("who"),
                base_url="u",
                remote_code=False,
                ignored=("a", "b"),
            )
        ],
        [Unresolved(Kind.HF_MODEL, "x", "a.py", 1, 2, "environment")],
        [HubSwitch("HF_ENDPOINT", Unknown("env"), PLACE)],
        [IgnoreComment("a.py", 1, ("r",), "because")],
        [Notice("NOTICE", "text")],
        [Skipped("a.py", "why")],
        True,
        "Ruby",
        (("b.py", "123"), ("c.py", None)),
    )
    assert unpack(pack(said)) == said
    assert unpack(pack(FileFindings(is_read=True))) == FileFindings(is_read=True)


@pytest.mark.parametrize("has_git", [True, False])
def test_an_unchanged_file_is_not_parsed_again(
    tmp_path: Path, knowledge: Knowledge, read_paths: list[str], has_git: bool
) -> None:
    files = {"b.py": "model = 'lab1/net2-large'\n", "c.py": "x = 1\n"}
    tree = tree_of(tmp_path, files, has_git=has_git)
    first = discover(tree, knowledge, cache_folder=tmp_path / "cache")
    again = discover(tree, knowledge, cache_folder=tmp_path / "cache")
    assert read_paths == ["b.py", "c.py"]
    assert again == first
    assert [each.name for each in first.sightings] == ["lab1/net2-large"]


@pytest.mark.parametrize("has_git", [True, False])
def test_a_file_is_read_again_when_one_it_imports_from_changed(
    tmp_path: Path, knowledge: Knowledge, read_paths: list[str], has_git: bool
) -> None:
    cache = tmp_path / "cache"
    files = {"app.py": APP, "settings.py": "MODEL = 'lab1/net2'\n"}
    discover(tree_of(tmp_path, files, has_git=has_git), knowledge, cache_folder=cache)
    read_paths.clear()
    again = discover(tree_of(tmp_path, files, has_git=has_git), knowledge, cache_folder=cache)
    assert (read_paths, [each.name for each in again.sightings]) == ([], ["lab1/net2"])
    changed = tree_of(tmp_path, {**files, "settings.py": "MODEL = 'lab1/net3'\n"}, has_git=has_git)
    found = discover(changed, knowledge, cache_folder=cache)
    assert read_paths == ["app.py", "settings.py"]
    assert [each.name for each in found.sightings] == ["lab1/net3"]


def test_a_file_is_read_again_when_one_it_imports_from_is_gone(
    tmp_path: Path, knowledge: Knowledge, read_paths: list[str]
) -> None:
    cache = tmp_path / "cache"
    files = {"app.py": APP, "settings.py": "MODEL = 'lab1/net2'\n"}
    tree = tree_of(tmp_path, files, has_git=False)
    discover(tree, knowledge, only=("app.py",), cache_folder=cache)
    read_paths.clear()
    (tmp_path / "settings.py").unlink()
    found = discover(tree, knowledge, only=("app.py",), cache_folder=cache)
    assert (read_paths, found.sightings) == (["app.py"], ())


def test_a_cache_that_is_no_database_is_begun_again(tmp_path: Path, knowledge: Knowledge) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "discovery.sqlite").write_bytes(b"this is no database at all" * 99)
    tree = tree_of(tmp_path, {"b.py": "model = 'lab1/net2-large'\n"})
    assert [s.name for s in discover(tree, knowledge, cache_folder=cache).sightings] == ["lab1/net2-large"]


def test_a_folder_that_cannot_be_used_means_no_cache(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "file").write_text("")
    tree = tree_of(tmp_path, {"b.py": "model = 'lab1/net2-large'\n"})
    found = discover(tree, knowledge, cache_folder=tmp_path / "file" / "cache")
    assert [s.name for s in found.sightings] == ["lab1/net2-large"]


def test_processes_find_the_same(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "WORTH_A_PROCESS_BYTES", 1)
    monkeypatch.setattr(pool.threading, "active_count", lambda: 1)
    files = {f"m{n}.py": f"model = 'lab1/net{n}-large'\n" for n in range(9)}
    tree = tree_of(tmp_path, {**files, "app.py": APP, "settings.py": "MODEL = 'lab1/net99'\n"})
    assert discover(tree, knowledge, processes=3) == discover(tree, knowledge)


def test_only_the_named_files_are_read(tmp_path: Path, knowledge: Knowledge, read_paths: list[str]) -> None:
    tree = tree_of(tmp_path, {"app.py": APP, "settings.py": "MODEL = 'lab1/net2'\n", "c.py": "x = 1"})
    found = discover(tree, knowledge, only=["app.py"])
    assert read_paths == ["app.py"]
    assert [(s.name, s.location.file) for s in found.sightings] == [("lab1/net2", "settings.py")]


def test_the_files_of_a_process_that_dies_are_read_all_the_same(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_bench: object, _files: object, _heaps: object, queue: int, _answers: object) -> None:
        os.read(queue, 4)
        os._exit(1)

    monkeypatch.setattr(plan, "WORTH_A_PROCESS_BYTES", 1)
    monkeypatch.setattr(pool.threading, "active_count", lambda: 1)
    monkeypatch.setattr(pool, "_work", die)
    tree = tree_of(tmp_path, {f"m{n}.py": f"model = 'lab1/net{n}-large'\n" for n in range(9)})
    assert discover(tree, knowledge, processes=3) == discover(tree, knowledge)


def test_heaps_are_of_about_the_same_work_and_the_heaviest_comes_first() -> None:
    files = tuple(ProjectFile(f"f{n}", size) for n, size in enumerate([290_000, 900_000, 290_000, 290_000]))
    assert pool.heap_up(files, 2) == [[1], [0, 2, 3]]
    assert pool.heap_up(files, 4) == [[1], [0], [2], [3]]
    assert pool.heap_up((), 4) == []


def test_large_files_come_first_and_the_others_stay_as_they_are() -> None:
    files = tuple(ProjectFile(f"f{n}", size) for n, size in enumerate([9, 500_000, 3, 900_000, 9]))
    assert large_first(files) == [3, 1, 0, 2, 4]
    scripts = tuple(ProjectFile(f"m{n}.py", 900) for n in range(3))
    assert pool.heap_up((*scripts, ProjectFile("a.ipynb", 500_000)), 2) == [[3], [0, 1, 2]]


def test_python_files_of_a_folder_stay_together() -> None:
    files = tuple(ProjectFile(f"{folder}/m{n}.py", 5_000) for folder in "ab" for n in range(3))
    assert pool.heap_up(files, 2) == [[0, 1, 2], [3, 4, 5]]
