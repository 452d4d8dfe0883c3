"""Finds and reads lading's own modules at once, where Python asks more of each than ours need.

A commit hook imports some 240 of them; to look for each under five endings, and to make the name of its
compiled file twice, took a twentieth of it. What is read is the file Python compiled into `__pycache__` and
would read itself, under the same conditions; whatever is not as usual is left to Python.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER
from types import CodeType

_OURS = f"{__name__.partition('.')[0]}."
_COMPILED = f".{sys.implementation.cache_tag}.pyc"
_HEADER_BYTES = 16
"""Python's number, 0 where time and size of the source count, and these; four bytes each."""
_WORD = 0xFFFFFFFF


class _Loader(SourceFileLoader):
    """Python's own, which need not look for what was found."""

    def __init__(self, name: str, file: str, cached: str, status: os.stat_result) -> None:
        super().__init__(name, file)
        self._cached = cached
        source = (int(status.st_mtime) & _WORD) << 32 | (status.st_size & _WORD) << 64
        self._header = MAGIC_NUMBER + source.to_bytes(_HEADER_BYTES - 4, "little")

    def get_code(self, fullname: str) -> CodeType | None:
        """The code Python compiled from the source as it is now."""
        try:
            with open(self._cached, "rb", 0) as file:
                content = file.read()
            if content.startswith(self._header):
                code: CodeType = marshal.loads(memoryview(content)[_HEADER_BYTES:])  # noqa: S302  # Python's own
                if code.co_filename == self.path:
                    return code
        except (OSError, ValueError, EOFError, TypeError):
            pass
        return super().get_code(fullname)


class OwnModules:
    """Asked by Python before its own finders, which find what is not a file of ours."""

    @staticmethod
    def find_spec(
        name: str, folders: Sequence[str] | None = None, _module: object = None
    ) -> ModuleSpec | None:
        """Where a module of ours stands; None for those of others, and where it is no file of its folder."""
        if not name.startswith(_OURS) or not folders:
            return None
        folder, last = folders[0], name.rpartition(".")[2]
        is_package = False
        try:
            status = os.stat(file := f"{folder}/{last}.py")
        except OSError:
            folder, last, is_package = f"{folder}/{last}", "__init__", True
            try:
                status = os.stat(file := f"{folder}/{last}.py")
            except OSError:
                return None
        cached = f"{folder}/__pycache__/{last}{_COMPILED}"
        found = ModuleSpec(name, _Loader(name, file, cached, status), origin=file, is_package=is_package)
        if is_package:
            found.submodule_search_locations = [folder]
        found.has_location = True
        found.cached = cached
        return found


def find_own_modules_at_once() -> None:
    """Let Python ask here first, from now on."""
    is_usual = not sys.flags.optimize and sys.pycache_prefix is None and os.sep == "/"
    if is_usual and OwnModules not in sys.meta_path:
        sys.meta_path.insert(0, OwnModules)
