"""Compiled expressions kept in the user's cache folder: a commit hook needs some seventy of them."""

from __future__ import annotations

import sys
from array import array
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from scanner import patterns
from scanner.digests import seal

with patterns.compiled_late():
    # Its expressions are for where its C parts are missing.
    import json

FILE_NAME = "patterns.json"
MAX_KEPT = 600
"""Expressions kept; more than a project's files ever ask for."""
MAX_BYTES = 3_000_000
_NUMBER = "I"
"""The numbers of an expression, unsigned; kept as one text, which is read in no time until it is needed."""


def recall_patterns(cache_folder: Path) -> None:
    """Let expressions that were compiled in an earlier run be made at once.

    What Python makes of an expression is a list of numbers that only the same Python understands: another
    one compiles anew. The file is sealed, and the engine checks the numbers before it uses them: what does
    not fit is compiled from its text.
    """
    with suppress(OSError, ValueError, KeyError, TypeError, LookupError, ImportError, AttributeError):
        file, engine = cache_folder / FILE_NAME, import_module("_sre")
        if file.stat().st_size > MAX_BYTES:
            return
        seal, _, content = file.read_bytes().partition(b"\n")
        written = json.loads(content)
        if seal == _seal(content) and written["python"] == _python(engine):
            for row in written["patterns"]:
                text = row[0].encode("latin-1") if row[1] else row[0]
                patterns.kept[text, row[2]] = partial(_make, engine, text, row)


def keep_patterns(cache_folder: Path) -> None:
    """Keep what had to be compiled in this run, with what was kept before; where that is too much, alone."""
    # Some are compiled before anything can be recalled: those json needs to be imported.
    fresh = dict.fromkeys(each for each in patterns.compiled if each not in patterns.kept)
    if not fresh:
        return
    from scanner.whole_files import keep_file

    # Another Python may have other parts in their place: then nothing is kept.
    with suppress(Exception):
        rows = [_row(text, flags) for text, flags in fresh]
        if len(rows) + len(patterns.kept) <= MAX_KEPT:
            rows += [make.args[2] for make in patterns.kept.values() if isinstance(make, partial)]
        said = {"python": _python(import_module("_sre")), "patterns": rows[:MAX_KEPT]}
        written = json.dumps(said, separators=(",", ":")).encode()
        keep_file(cache_folder / FILE_NAME, _seal(written) + b"\n" + written)


def _seal(content: bytes) -> bytes:
    return seal(content).encode()


def _python(engine: Any) -> str:
    return f"{sys.version} {sys.byteorder} {engine.MAGIC} {engine.CODESIZE} {array(_NUMBER).itemsize}"


def _make(engine: Any, text: str | bytes, row: list[Any]) -> Any:
    """The compiled expression; the engine refuses numbers that are no expression."""
    _, _, _, flags, code, groups, names, by_number = row
    numbers = array(_NUMBER, bytes.fromhex(code)).tolist()
    return engine.compile(text, flags, numbers, groups, names, tuple(by_number))


def _row(text: str | bytes, flags: int) -> list[Any]:
    """What `re.compile` hands to the engine, which does not give it back."""
    compiler: Any = import_module("re._compiler")
    parsed = import_module("re._parser").parse(text, flags)
    code, state = array(_NUMBER, compiler._code(parsed, flags)).tobytes().hex(), parsed.state
    by_number: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        by_number[number] = name
    shown = text.decode("latin-1") if isinstance(text, bytes) else text
    way = [flags, flags | state.flags, code, state.groups - 1, dict(state.groupdict), by_number]
    return [shown, isinstance(text, bytes), *way]
