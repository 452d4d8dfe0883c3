"""Which file of the project an import means."""

from collections.abc import Callable
from typing import ClassVar, TypeVar

import pytest

from scanner.discovery.python_imports import find_module, gives

T = TypeVar("T")


class Files:
    """A project that knows its paths only."""

    calls: frozenset[str] = frozenset()
    libraries: frozenset[str] = frozenset()
    call_words: ClassVar[dict[str, frozenset[str]]] = {}
    modules = frozenset({"shop", "settings", "util", "lib"})

    def __init__(self, *paths: str) -> None:
        self.paths = set(paths)

    def has(self, path: str) -> bool:
        return path in self.paths

    def read(self, path: str) -> str | None:
        return None

    def keep(self, key: str, make: Callable[[], T], size: int = 0) -> T:
        return make()


FILES = Files(
    "shop/__init__.py",
    "shop/settings.py",
    "shop/api/views.py",
    "settings.py",
    "src/lib/util.py",
    "src/lib/a.py",
)


@pytest.mark.parametrize(
    ("importer", "dotted", "expected"),
    [
        ("shop/load.py", "shop.settings.MODEL", ("shop/settings.py", "MODEL")),
        ("shop/load.py", ".settings.MODEL", ("shop/settings.py", "MODEL")),
        ("shop/api/views.py", "..settings.MODEL", ("shop/settings.py", "MODEL")),
        ("shop/load.py", "settings.MODEL", ("shop/settings.py", "MODEL")),
        ("app.py", "settings.MODEL", ("settings.py", "MODEL")),
        ("app.py", "shop.NAME", ("shop/__init__.py", "NAME")),
        ("src/lib/a.py", "lib.util.x", ("src/lib/util.py", "x")),
        ("app.py", "lib.util.x", ("src/lib/util.py", "x")),
        ("app.py", "transformers.pipeline", None),
        ("app.py", "..escape.x", None),
    ],
)
def test_an_import_is_looked_up_from_the_file_upwards(
    importer: str, dotted: str, expected: tuple[str, str] | None
) -> None:
    assert find_module(importer, dotted, FILES) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NAME = 'x'", "NAME"),
        ("name: str = 'x'", "name"),
        ("from .a import name", "name"),
        ("from .a import (\n    other,\n    name,\n)", "name"),
        ("import a as name", "name"),
        ("def get_settings(): pass", "get_settings"),
        ("class AppConfig: pass", "AppConfig"),
    ],
)
def test_constants_settings_and_what_is_handed_on_are_worth_reading(text: str, name: str) -> None:
    assert gives(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [("def run(): pass", "run"), ("class Table: pass", "Table"), ("from .a import runs", "run"), ("", "x")],
)
def test_other_functions_and_classes_are_worth_reading_only_for_what_they_say(text: str, name: str) -> None:
    assert not gives(text, name)


def test_the_longest_path_counts_before_the_nearest() -> None:
    files = Files("shop/shop.py", "shop/settings.py", "shop/api/views.py")
    assert find_module("shop/api/views.py", "shop.settings.Config", files) == ("shop/settings.py", "Config")
    assert find_module("shop/api/views.py", "shop.Config", files) == ("shop/shop.py", "Config")
