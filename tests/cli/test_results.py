from __future__ import annotations

import os
from pathlib import Path

import pytest

from scanner.cli._results import write_whole


def test_an_interruption_leaves_the_old_file_whole_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.html"
    file.write_text("old", encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(file, "new and longer")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    assert file.read_text(encoding="utf-8") == "old"


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("old and longer", encoding="utf-8")
    write_whole(file, "new")
    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [
        ("report.html", "new")
    ]
