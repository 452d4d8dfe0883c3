"""Our modules are found where Python finds them, and what is read is what Python would read."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import cache_from_source, module_from_spec
from pathlib import Path
from py_compile import PycInvalidationMode, compile
from types import CodeType

import pytest

import scanner
from scanner.own_modules import OwnModules

LONG_AGO = 1_500_000_000


def spec_of(name: str, folder: Path) -> ModuleSpec:
    found = OwnModules.find_spec(name, [str(folder)])
    assert found is not None
    return found


def code_of(spec: ModuleSpec) -> CodeType:
    assert isinstance(spec.loader, SourceFileLoader)
    code = spec.loader.get_code(spec.name)
    assert code is not None
    return code


def value_of(spec: ModuleSpec) -> object:
    module = module_from_spec(spec)
    assert spec.loader is not None
    spec.loader.exec_module(module)
    return module.VALUE


def told_by(spec: ModuleSpec) -> tuple[object, ...]:
    return (spec.name, spec.origin, spec.cached, spec.submodule_search_locations, spec.has_location)


def write(file: Path, text: str, when: int = LONG_AGO) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    os.utime(file, (when, when))


def test_every_module_stands_where_python_finds_it() -> None:
    names = [each.name for each in pkgutil.walk_packages(scanner.__path__, "scanner.")]
    assert len(names) > 300
    for name in names:
        folder = [str(Path(scanner.__path__[0], *name.split(".")[1:-1]))]
        found, known = OwnModules.find_spec(name, folder), PathFinder.find_spec(name, folder)
        assert found is not None
        assert known is not None
        assert told_by(found) == told_by(known)


@pytest.mark.parametrize(
    "name", ["scanner.absent", "scanner.folder", "other.here", "scannerlike.here", "scanner"]
)
def test_what_is_no_module_of_ours_is_left_to_python(name: str, tmp_path: Path) -> None:
    write(tmp_path / "here.py", "VALUE = 1\n")
    (tmp_path / "folder").mkdir()
    assert OwnModules.find_spec(name, [str(tmp_path)]) is None
    assert OwnModules.find_spec("scanner.here") is None


def test_modules_and_packages_are_loaded(tmp_path: Path) -> None:
    write(tmp_path / "one.py", "VALUE = 1\n")
    write(tmp_path / "two" / "__init__.py", "VALUE = __path__\n")
    assert value_of(spec_of("scanner.one", tmp_path)) == 1
    assert value_of(spec_of("scanner.two", tmp_path)) == [str(tmp_path / "two")]


def test_a_changed_source_counts_at_once(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    for text, when in (
        ("VALUE = 1\n", 0),
        ("VALUE = 22\n", 0),
        ("VALUE = 33\n", 5),
        ("VALUE = 44\n", 1 << 32),
    ):
        write(file, text, LONG_AGO + when)
        assert value_of(spec_of("scanner.one", tmp_path)) == int(text[8:])
        assert value_of(spec_of("scanner.one", tmp_path)) == int(text[8:])


@pytest.mark.parametrize("left", [0, 8, 16, 20, 60])
def test_a_compiled_file_that_was_cut_short_is_what_python_makes_of_it(left: int, tmp_path: Path) -> None:
    write(tmp_path / "one.py", "VALUE = 1\n")
    cached = Path(compile(str(tmp_path / "one.py"), doraise=True) or "")
    cut = cached.read_bytes()[:left]
    made: list[object] = []
    ours, pythons = spec_of("scanner.one", tmp_path).loader, SourceFileLoader("", str(tmp_path / "one.py"))
    for loader in (ours, pythons):
        assert isinstance(loader, SourceFileLoader)
        cached.write_bytes(cut)
        try:
            made.append(loader.get_code(loader.name))
        except (EOFError, ValueError, TypeError) as error:
            made.append(str(error))
    assert made[0] == made[1]


def test_a_compiled_file_that_is_not_there_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    write(tmp_path / "one.py", "VALUE = 1\n")
    spec = spec_of("scanner.one", tmp_path)
    assert value_of(spec) == 1
    assert spec.cached == cache_from_source(str(tmp_path / "one.py"))
    assert Path(spec.cached).is_file()
    assert code_of(spec).co_filename == str(tmp_path / "one.py")


def test_files_compiled_elsewhere_or_by_their_hash_are_pythons_to_judge(tmp_path: Path) -> None:
    write(tmp_path / "one.py", "VALUE = 1\n")
    compile(str(tmp_path / "one.py"), dfile="/elsewhere/one.py", doraise=True)
    assert code_of(spec_of("scanner.one", tmp_path)).co_filename == str(tmp_path / "one.py")
    compile(str(tmp_path / "one.py"), invalidation_mode=PycInvalidationMode.CHECKED_HASH, doraise=True)
    write(tmp_path / "one.py", "VALUE = 2\n")
    assert value_of(spec_of("scanner.one", tmp_path)) == 2


@pytest.mark.parametrize(("option", "is_asked"), [("-I", True), ("-OI", False)])
def test_it_is_asked_where_python_compiles_as_usual(option: str, is_asked: bool) -> None:
    said = (
        "import sys; from scanner.own_modules import OwnModules, find_own_modules_at_once as begin; begin();"
        "begin(); import scanner.scan; print(sys.meta_path.count(OwnModules))"
    )
    done = subprocess.run([sys.executable, option, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout == f"{int(is_asked)}\n"
