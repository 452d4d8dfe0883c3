"""A plugin folder with a broken file stops the run."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from scanner.errors import PluginBroken
from scanner.plugins import list_plugins, load_plugins


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    (tmp_path / "shelf_of_the_test").mkdir()
    (tmp_path / "shelf_of_the_test" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module("shelf_of_the_test")
    for name in [name for name in sys.modules if name.startswith("shelf_of_the_test")]:
        del sys.modules[name]


def add(folder: ModuleType, name: str, text: str) -> None:
    (Path(folder.__path__[0]) / f"{name}.py").write_text(text)


def test_the_folder_is_the_list_in_the_order_of_names(folder: ModuleType) -> None:
    add(folder, "b", "THING = 'second'")
    add(folder, "a", "THING = 'first'")
    assert load_plugins(folder, "THING", str) == ("first", "second")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import nobody_has_this", "ModuleNotFoundError"),
        ("THING = ", "SyntaxError"),
        ("OTHER = 1", "AttributeError"),
        ("raise SystemError('no')", "SystemError"),
        ("THING = 3", "THING is a int, not a str"),
    ],
)
def test_a_file_that_does_not_load_stops_the_run(folder: ModuleType, text: str, message: str) -> None:
    add(folder, "broken", text)
    with pytest.raises(PluginBroken, match=message):
        load_plugins(folder, "THING", str)


def test_every_file_of_the_folder_is_listed_and_nothing_else(folder: ModuleType) -> None:
    add(folder, "one", "THING = 1")
    add(folder, "two", "THING = 2")
    place = Path(folder.__path__[0])
    (place / "__pycache__").mkdir(exist_ok=True)
    (place / "notes.txt").touch()
    (place / ".hidden").touch()
    assert list_plugins(folder) == ("one", "two")
