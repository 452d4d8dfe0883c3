"""The same hostile files for every reader there is: each is read or refused with a reason, none is a bug."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.discovery.context import KnownWorld
from scanner.discovery.file_reading import FileFindings, Kit, load_kit, read_file
from scanner.discovery.neighbours import ProjectFiles
from scanner.discovery.plugin_list import load_all
from scanner.errors import UnreadableFile
from scanner.knowledge.store import open_knowledge
from scanner.project.tree import ProjectFile, Tree
from scanner.records.unknown import Unknown

READERS, _ = load_all()
NAMES = sorted(
    (f"a{reader.endings[0]}" if reader.endings else reader.names[0]).replace("*", "x") for reader in READERS
)
"""One file for each reader: a reader that is added is in the list."""
BUG = "please report this as a bug"
HEADS = {
    ".gguf": b"GGUF\x03\0\0\0",
    ".safetensors": b"\x40\x42\x0f\0\0\0\0\0{",
    ".onnx": b"\x08\x07\x12\x05",
    ".ipynb": b'{"cells": [{"cell_type": "code", "source": ["',
}
"""First bytes that lead a reader of binary files further than noise does."""


@cache
def world() -> KnownWorld:
    return KnownWorld(open_knowledge())


@cache
def kit() -> Kit:
    return load_kit(world())


def read(root: Path, name: str, content: bytes) -> FileFindings:
    (root / name).write_bytes(content)
    tree = Tree(root.resolve(), "p", (ProjectFile(name, len(content)),), (), Unknown("-"), Unknown("-"))
    found = read_file(tree, tree.files[0], kit(), ProjectFiles(tree, world()))
    assert [each.reason for each in found.skipped if BUG in each.reason] == []
    assert found.is_read or found.skipped
    return found


def head_of(name: str) -> bytes:
    return next((head for ending, head in HEADS.items() if name.endswith(ending)), b"model = ")


@pytest.mark.parametrize("name", NAMES)
def test_random_bytes(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    for size in (0, 1, 7, 300, 5_000):
        noise = chance.randbytes(size)
        read(tmp_path, name, noise)
        read(tmp_path, name, head_of(name) + noise)
        read(tmp_path, name, head_of(name) + noise.replace(b"\0", b"\n"))


@pytest.mark.parametrize("name", NAMES)
def test_bytes_that_are_no_text(tmp_path: Path, name: str) -> None:
    for piece in (b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3", b"\xe2\x80\xa8", b"\r"):
        read(tmp_path, name, b'model: "nord/tern-7b" ' + piece * 40 + b"\nmodel = nord/tern-8b\n")


_OPENERS = ("[", "{", "(", "<a>", "- ", "a: ", '{"model":', "if x:\n ", "$(", "`", '"', "'", "/*", "<!--",
            "${", "{{", "((", "-", "not ", "lambda: ", "x = [", "\\", "#", "a.", "!", "=", "@")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_very_deep_nesting(tmp_path: Path, name: str) -> None:
    for opener in _OPENERS:
        read(tmp_path, name, ("model = " + opener * 3_000).encode())
        read(tmp_path, name, ("model: nord/tern-7b\n" + opener * 3_000 + "\nmodel = 1\n").encode())


@pytest.mark.parametrize("name", NAMES)
def test_enormous_lines_and_very_many_of_them(tmp_path: Path, name: str) -> None:
    read(tmp_path, name, b"model = " + b"nord/tern-7b " * 20_000)
    read(tmp_path, name, b"model = " + b"x" * 300_000)
    read(tmp_path, name, b"model = nord/tern-7b\n" + b"\n" * 100_000)
    read(tmp_path, name, "\n".join(f"model_{at} = 'nord/tern-{at}b'" for at in range(3_000)).encode())


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_file_cut_anywhere(tmp_path: Path, name: str) -> None:
    whole = head_of(name) + (
        b'{"model": "nord/tern-7b", "a": [1, {"b": null}]}\nFROM nord/tern-7b\nRUN ollama pull q:7b\n'
        b"model: &x {id: nord/tern-7b}\nself: *x\n<<: *x\n```yaml\nmodel: a\n```\n<script>x('a/b')</script>\n"
    )
    for end in range(0, len(whole), 5):
        read(tmp_path, name, whole[:end])


@pytest.mark.parametrize("name", NAMES)
@given(text=st.text(alphabet="model: a/b\n -[]{}\"'#&*!|>%@`$()<>=,;\\\t~?.é😀\u2028", max_size=200))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text(tmp_path: Path, name: str, text: str) -> None:
    read(tmp_path, name, b"model " + text.encode())


@pytest.mark.parametrize("name", NAMES)
def test_a_link_that_leads_out_of_the_tree_is_not_followed(tmp_path: Path, name: str) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.write_bytes(head_of(name) + b" 'nord/tern-7b'")
    (inside / name).symlink_to(outside)
    tree = Tree(inside.resolve(), "p", (ProjectFile(name, 30),), (), Unknown("-"), Unknown("-"))
    try:
        found = read_file(tree, tree.files[0], kit(), ProjectFiles(tree, world()))
    except UnreadableFile as error:  # pragma: no cover  # said by the caller in that case
        pytest.fail(str(error))
    assert (found.sightings, found.is_read, len(found.skipped)) == ([], False, 1)


def test_bombs_of_aliases_and_anchors_that_hold_themselves_end(tmp_path: Path) -> None:
    bomb = "a: &a [{model: nord/tern-7b}]\n" + "".join(
        f"{chr(98 + at)}: &{chr(98 + at)} [{', '.join([f'*{chr(97 + at)}'] * 9)}]\n" for at in range(20)
    )
    for name in NAMES:
        for text in (bomb, "a: &a\n  model: nord/tern-7b\n  self: *a\n", "&a [*a, *a, model]"):
            assert len(read(tmp_path, name, text.encode()).sightings) <= 1


AGAIN = {
    "js": (
        "let a = load(), b = a;\n"
        + "".join(f"a = b.c{at}; b = a.d{at};\n" for at in range(15))
        + "a.create({model: 'nord/tern-7b'});\n"
    ),
    "py": (
        "a = load()\nb = a\n"
        + "".join(f"if x{at}:\n    a = b.c{at}; b = a.d{at}\n" for at in range(15))
        + "a.create(model='nord/tern-7b')\n"
    ),
}


@pytest.mark.parametrize("ending", ["js", "ts", "py"])
def test_values_that_are_bound_to_each_other_again_and_again_end(tmp_path: Path, ending: str) -> None:
    text = AGAIN["py" if ending == "py" else "js"]
    assert {each.name for each in read(tmp_path, f"app.{ending}", text.encode()).sightings} == {
        "nord/tern-7b"
    }
