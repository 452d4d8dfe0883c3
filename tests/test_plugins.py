"""A plugin folder with a broken file stops the run."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from scanner.discovery.plugin_list import load_all, load_when_used
from scanner.errors import PluginBroken
from scanner.plugins import code_stamp, list_plugins, load_plugins
from scanner.policy.compose import all_rules
from scanner.policy.rule_list import rules_when_used

LISTS = [
    pytest.param(load_when_used, load_all, "plugins.json", "scanner.discovery.plugin_list", id="readers"),
    pytest.param(rules_when_used, all_rules, "rules.json", "scanner.policy.rule_list", id="rules"),
]
"""How each list of plugins is recalled and loaded, its file, and the module that asks for the stamp."""
When, All = Callable[[Path], object], Callable[[], object]


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


@pytest.mark.parametrize("written", [b"", b"[]", b"{}", b'{"stamp": 3}', b"\xff"])
@pytest.mark.parametrize(("when_used", "load", "name", "module"), LISTS)
def test_a_list_that_cannot_be_read_is_written_anew(
    tmp_path: Path, when_used: When, load: All, name: str, module: str, written: bytes
) -> None:
    when_used(tmp_path)
    good = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(written)
    assert when_used(tmp_path) == load()
    assert (tmp_path / name).read_bytes() == good


@pytest.mark.parametrize(("when_used", "load", "name", "module"), LISTS)
def test_a_list_of_other_files_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when_used: When, load: All, name: str, module: str
) -> None:
    when_used(tmp_path)
    assert when_used(tmp_path) != load()
    monkeypatch.setattr(f"{module}.code_stamp", lambda *_: "other files")
    assert when_used(tmp_path) == load()


@pytest.mark.parametrize(("when_used", "load", "name", "module"), LISTS)
def test_without_a_folder_to_write_to_all_are_loaded(
    tmp_path: Path, when_used: When, load: All, name: str, module: str
) -> None:
    (tmp_path / "file").touch()
    assert when_used(tmp_path / "file") == load()


def test_the_stamp_is_another_when_a_file_of_code_is(folder: ModuleType) -> None:
    add(folder, "a", "THING = 'first'")
    place = folder.__path__[0]
    (Path(place) / "notes.txt").write_text("no code")
    stamps = [code_stamp([place]), code_stamp([place])]
    add(folder, "a", "THING = 'second'")
    stamps.append(code_stamp([place]))
    add(folder, "b", "")
    stamps.append(code_stamp([place]))
    assert stamps[0] == stamps[1]
    assert len(set(stamps)) == 3
    assert "notes" not in stamps[0]
