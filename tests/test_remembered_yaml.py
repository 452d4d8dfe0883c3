"""YAML read before is read the same again, and never from what is not what was written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner import marked_yaml
from scanner.errors import PolicyBroken
from scanner.marked_yaml import Mapping
from scanner.remembered_yaml import FOLDER, MAX_CHARACTERS, MAX_KEPT, read_yaml

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=4)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(VALUES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_read_before_is_the_same_with_every_line_and_column(tmp_path: Path, value: object) -> None:
    import yaml

    text = yaml.safe_dump({"top": value}, allow_unicode=True)
    plain = marked_yaml.read_yaml(text, "a.yaml")
    assert read_yaml(text, "a.yaml", tmp_path) == plain
    assert read_yaml(text, "b.yaml", tmp_path) == plain


def test_the_second_reading_does_not_import_the_library(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from scanner.remembered_yaml import read_yaml\n"
        "node = read_yaml('a: [1, NO]', 'a.yaml', pathlib.Path(sys.argv[1]))\n"
        "print(node.get('a').members[1].value, 'yaml' in sys.modules)\n"
    )
    said = [
        subprocess.run(
            [sys.executable, "-Ic", program, tmp_path], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert said == ["NO True\n", "NO False\n"]


def test_mistakes_are_told_each_time_under_the_name_of_the_file(tmp_path: Path) -> None:
    for file in ("a.yaml", "b.yaml"):
        with pytest.raises(PolicyBroken, match=f"{file}:1:8: the key 'a' stands twice"):
            read_yaml("{a: 1, a: 2}", file, tmp_path)
    assert list(tmp_path.rglob("*.json")) == []


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", "3", '{"entries": 3}', '[[["x"]], 1, 1]', "null"])
def test_a_damaged_memory_is_read_over(tmp_path: Path, content: str) -> None:
    plain = read_yaml("a: [x, {b: 2}]", "a.yaml", tmp_path)
    (kept,) = (tmp_path / FOLDER).glob("*.json")
    kept.write_text(content)
    assert read_yaml("a: [x, {b: 2}]", "a.yaml", tmp_path) == plain


def test_only_so_many_documents_are_kept(tmp_path: Path) -> None:
    for number in range(MAX_KEPT + 3):
        read_yaml(f"a: {number}", "a.yaml", tmp_path)
    assert len(list((tmp_path / FOLDER).iterdir())) == MAX_KEPT


def test_very_long_documents_and_folders_that_cannot_be_used_are_no_matter(tmp_path: Path) -> None:
    long = "a: " + "x" * MAX_CHARACTERS
    assert isinstance(read_yaml(long, "a.yaml", tmp_path), Mapping)
    assert not (tmp_path / FOLDER).exists()
    (tmp_path / "file").touch()
    assert isinstance(read_yaml("a: 1", "a.yaml", tmp_path / "file"), Mapping)
    assert isinstance(read_yaml("a: 1", "a.yaml", None), Mapping)
