"""Files with very many keys end, and say what was not looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.discovery.discover import discover
from scanner.knowledge.store import open_knowledge
from scanner.project.tree import ProjectFile, Tree
from scanner.records.unknown import Unknown

COUNT = 200_000
LINES = {
    ".env": ("", "MODEL_{n}=nord/net-{n}", ""),
    "models.yaml": ("", "model_{n}: nord/net-{n}", ""),
    "models.json": ("{", '"model_name": "nord/net-{n}",', '"a": 1}'),
}
REASONS = {
    ".env": ["more than 5000 settings: from line 5002 on they were not read"],
    "models.yaml": ["YAML longer than 4000000 characters, not parsed"],
    "models.json": [
        "JSON longer than 4000000 characters: read for the keys that name models alone",
        "more than 5000 settings: from line 5002 on they were not read",
    ],
}


@pytest.mark.parametrize("name", list(LINES))
def test_what_was_not_looked_at_is_said(tmp_path: Path, name: str) -> None:
    before, line, after = LINES[name]
    text = "\n".join([before, *(line.format(n=n) for n in range(COUNT)), after])
    (tmp_path / name).write_text(text)
    file = ProjectFile(name, len(text))
    tree = Tree(tmp_path.resolve(), "x", (file,), (), Unknown("none"), Unknown("none"))
    found = discover(tree, open_knowledge())
    assert [(each.file, each.reason) for each in found.skipped] == [
        (name, reason) for reason in REASONS[name]
    ]


def test_a_file_read_in_part_is_read_and_one_that_is_no_text_is_not(tmp_path: Path) -> None:
    texts = {"a.ini": b"model=" + b"x" * 5_000, "b.ini": b"model=\0", "c.ini": b"model=nord/net-1\n"}
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text)
    files = tuple(ProjectFile(name, len(text)) for name, text in texts.items())
    found = discover(Tree(tmp_path.resolve(), "x", files, (), Unknown("-"), Unknown("-")), open_knowledge())
    assert (found.read, found.unread, [each.file for each in found.skipped]) == (2, 1, ["a.ini", "b.ini"])
