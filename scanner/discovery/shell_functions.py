"""Functions of a shell text: where they stand, and which of them the text itself calls."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from scanner.discovery.shell_lexer import Simple, Word
from scanner.records.quick import dataclass

MAX_WORDS_OF_CALLS = 50_000
"""Words of functions that are read again for their calls."""

KEYWORDS = frozenset(
    {"then", "do", "else", "elif", "if", "while", "until", "!", "{", "}", "time", "function"}
)


@dataclass(frozen=True, slots=True)
class Function:
    """One function that the text calls."""

    first: int
    """Position of the first command of its body."""
    behind: int
    """Position behind the last one."""
    size: int
    """Words of its body."""


def without_keywords(words: list[Word]) -> list[Word]:
    """The words of a command without those that only say when it runs."""
    at = 0
    while at < len(words) and words[at].text in KEYWORDS and not words[at].is_quoted:
        at += 1
    return words[at:]


def find_functions(commands: Sequence[Simple]) -> dict[str, Function]:
    """The functions of a text that it calls with arguments, by name."""
    defined = _defined(commands)
    called: set[str] = set()
    for at, command in enumerate(commands) if defined else ():
        words = without_keywords(command.words)
        name = words[0].text if len(words) > 1 and not command.defines else None
        function = defined.get(name) if name else None
        if name and function and not function.first <= at < function.behind:
            called.add(name)
    return {name: function for name, function in defined.items() if name in called}


def _defined(commands: Sequence[Simple]) -> dict[str, Function]:
    found: dict[str, Function] = {}
    opened: list[tuple[str, int, int]] = []
    depth, named = 0, ("", -2)
    before = (0, *accumulate(len(command.words) for command in commands))
    for at, command in enumerate(commands):
        if name := _name(command):
            named = (name, at)
            if any(word.text == "{" for word in command.words[2:3]):
                opened.append((name, at, depth))
                depth += 1
            continue
        for brace in _braces(command):
            if brace == "{":
                if named[1] == at - 1:
                    opened.append((*named, depth))
                    named = ("", -2)
                depth += 1
                continue
            depth = max(0, depth - 1)
            while opened and depth <= opened[-1][2]:
                name, start, _ = opened.pop()
                if at > start + 1:
                    found[name] = Function(start + 1, at, before[at] - before[start + 1])
    return found


def _name(command: Simple) -> str:
    """The name of the function that begins here, empty where none does."""
    texts = [word.text for word in command.words[:2]]
    if texts[:1] == ["function"] and len(texts) > 1:
        return texts[1] or ""
    return texts[0] or "" if command.defines and len(texts) == 1 else ""


def _braces(command: Simple) -> list[str]:
    braces: list[str] = []
    for word in command.words:
        if word.is_quoted or word.text not in KEYWORDS:
            break
        if word.text in {"{", "}"}:
            braces.append(word.text)
    return braces
