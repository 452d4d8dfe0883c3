"""Which names a pickle imports when it is loaded, read without loading it."""

from __future__ import annotations

import pickletools
from typing import Any

from scanner.discovery.far_file import MAX_READ_BYTES, FarFile
from scanner.records.quick import dataclass

MAX_OPCODES = 400_000
"""Instructions of one pickle that are gone through."""
MAX_PICKLES = 16
"""Pickles that stand one behind the other in a file."""
MAX_IMPORTS = 300
"""Different names that are kept."""
MAX_NAME = 200
"""Characters of a name."""
_STRINGS = frozenset(
    {"STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8"}
)
_KEEP = frozenset({"PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"})
_FETCH = frozenset({"GET", "BINGET", "LONG_BINGET"})
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class PickleImports:
    """The imports of a stream of pickles."""

    names: tuple[str, ...]
    """`module.name`, sorted; `?` where a part is put together at run time."""
    note: str
    """Why the list may not be all; empty where every pickle was read to its end."""
    count: int
    """Pickles read to their end."""


def read_imports(content: bytes, *, is_whole: bool) -> PickleImports:
    """List what the pickles at the start of the bytes import.

    Nothing is loaded. Pickles are read one behind the other while the bytes look like one. What cannot
    be read to its end (cut off, raw data of arrays in between, a bound) is said in `note`: a list with a
    note is not complete, and no list is a statement that a file is harmless.
    """
    names: set[str] = set()
    note, at, count = "", 0, 0
    while at < len(content) and count < MAX_PICKLES and (count == 0 or content[at : at + 1] == b"\x80"):
        end, note = _read_one(content[at:], names)
        if end is None:
            if not is_whole and at + 64 < len(content) and not note.startswith("more than"):
                note = "the pickle is longer than what is read of a file, or mixed with other data"
            break
        at += end
        count += 1
    else:
        note = f"more than {MAX_PICKLES} pickles" if count >= MAX_PICKLES else ""
    return PickleImports(tuple(sorted(names)), note, count)


def read_imports_of(file: FarFile) -> PickleImports:
    """List what the pickles of a whole file import, read in pieces and with its large values stepped over."""
    names: set[str] = set()
    note, count = "", 0
    while count < MAX_PICKLES and (count == 0 or file.peek() == b"\x80"):
        end, note = _read_one(file, names)
        if end is None:
            note = f"more than {MAX_READ_BYTES} bytes" if file.is_spent else note
            break
        count += 1
    else:
        note = f"more than {MAX_PICKLES} pickles" if count >= MAX_PICKLES else ""
    return PickleImports(tuple(sorted(names)), note, count)


def _read_one(content: bytes | FarFile, names: set[str]) -> tuple[int | None, str]:
    """Go through one pickle; the offset behind it, or None and the reason it has no end."""
    recent: list[str] = []
    memo: dict[int, str] = {}
    steps = 0
    try:
        opened: Any = content
        for opcode, argument, position in pickletools.genops(opened):
            steps += 1
            if steps > MAX_OPCODES:
                return None, f"more than {MAX_OPCODES} instructions"
            if len(names) > MAX_IMPORTS:
                return None, f"more than {MAX_IMPORTS} imports"
            _follow(opcode.name, argument, recent, memo, names)
            if opcode.name == "STOP" and position is not None:
                return position + 1, ""
    except Exception as error:  # noqa: BLE001  # hostile bytes may raise anything in the disassembler
        return None, f"not a pickle to its end ({type(error).__name__})"
    return None, "not a pickle to its end"


def _follow(name: str, argument: object, recent: list[str], memo: dict[int, str], names: set[str]) -> None:
    """Keep the last texts on the stack, for the instructions that import by them."""
    if name in _STRINGS:
        recent.append(_shown(argument))
    elif name in _KEEP:
        index = len(memo) if name == "MEMOIZE" else argument
        if isinstance(index, int):
            memo[index] = recent[-1] if recent else _UNKNOWN
    elif name in _FETCH:
        recent.append(memo.get(argument, _UNKNOWN) if isinstance(argument, int) else _UNKNOWN)
    elif name in ("GLOBAL", "INST"):
        module, _, attribute = _shown(argument).partition(" ")
        names.add(f"{module}.{attribute}"[:MAX_NAME])
        recent.append(_UNKNOWN)
    elif name == "STACK_GLOBAL":
        module, attribute = ([_UNKNOWN, _UNKNOWN, *recent])[-2:]
        names.add(f"{module}.{attribute}"[:MAX_NAME])
        recent.append(_UNKNOWN)
    elif name == "POP":
        del recent[-1:]
    elif name not in ("PROTO", "FRAME", "MARK"):
        recent.append(_UNKNOWN)
    del recent[:-64]


def _shown(argument: object) -> str:
    text = argument if isinstance(argument, str) else repr(argument)
    return text[: MAX_NAME * 2]
