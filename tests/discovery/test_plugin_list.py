"""The list of readers and detectors says what their files say, and a broken file is never passed over."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.discovery.file_reading import load_kit, read_file
from scanner.discovery.neighbours import ProjectFiles
from scanner.discovery.plugin import Detector, Reader
from scanner.discovery.plugin_list import FILE_NAME, load_all, load_when_used
from scanner.errors import PluginBroken
from scanner.project.tree import ProjectFile, Tree

LATE = """
import sys
from pathlib import Path
from scanner.discovery.plugin_list import load_when_used
load_when_used(Path(sys.argv[1]))
rooms = ("scanner.discovery.readers.", "scanner.discovery.detectors.")
print(*sorted(name for name in sys.modules if name.startswith(rooms)))
"""


def said_by(reader: Reader) -> tuple[object, ...]:
    return reader.language, reader.endings, reader.names, reader.reads_headers


def told_by(detector: Detector) -> tuple[object, ...]:
    return detector.id, detector.views, detector.blind_spots, detector.languages


def test_the_list_says_what_the_files_say(tmp_path: Path) -> None:
    readers, detectors = load_all()
    assert load_when_used(tmp_path) == (readers, detectors)
    listed = load_when_used(tmp_path)
    assert [said_by(each) for each in listed[0]] == [said_by(each) for each in readers]
    assert [told_by(each) for each in listed[1]] == [told_by(each) for each in detectors]
    assert all(late.read is not now.read for late, now in zip(listed[0], readers, strict=True))


def test_nothing_is_imported_before_it_is_used(tmp_path: Path) -> None:
    load_when_used(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", LATE, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_a_file_that_breaks_later_stops_the_run(tmp_path: Path) -> None:
    load_when_used(tmp_path)
    written = json.loads((tmp_path / FILE_NAME).read_text())
    written["plugins"]["readers"]["gone"] = ["gone", [".gone"], [], False]
    (tmp_path / FILE_NAME).write_text(json.dumps(written))
    (tmp_path / "a.gone").write_text("x")
    file = ProjectFile("a.gone", 1)
    tree = Tree(tmp_path, "project", (file,), (), "0" * 40, False)
    kit = load_kit(None, tmp_path)  # type: ignore[arg-type]  # nobody asks it
    with pytest.raises(PluginBroken, match=r"readers\.gone cannot be used"):
        read_file(tree, file, kit, ProjectFiles(tree))
