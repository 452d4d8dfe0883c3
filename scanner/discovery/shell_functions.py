"""Functions of a shell text: where they stand, and which of them the text itself calls."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from scanner.discovery.shell_lexer import KEYWORDS, Simple, Word
from scanner.records.quick import dataclass

MAX_WORDS_OF_CALLS = 50_000
"""Words of functions that are read again for their calls."""
MAX_LOOKED_AT = 200_000
"""Commands of functions that are looked at to tell what they do with their arguments."""


_TAKING_APART = frozenset({"case", "select", "getopts"})
_SOMETIMES = frozenset({"if", "elif", "while", "until", "for", "case"})
_TESTS = frozenset({"[", "[[", "test"})
_COMPARISONS = frozenset({"=", "==", "!=", "=~"})


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
    """The functions of a text that it calls with arguments, by name.

    Left out are those that do one thing or another with their arguments: which, only a shell can say.
    """
    defined = _defined(commands)
    called: dict[str, None] = {}
    for at, command in enumerate(commands) if defined else ():
        words = without_keywords(command.words)
        name = words[0].text if len(words) > 1 and not command.defines else None
        function = defined.get(name) if name else None
        if name and function and not function.first <= at < function.behind:
            called[name] = None
    followed: dict[str, Function] = {}
    left = MAX_LOOKED_AT
    for name in called:
        function = defined[name]
        left -= function.behind - function.first
        if left >= 0 and not _chooses(commands[function.first : function.behind]):
            followed[name] = function
    return followed


def _chooses(body: Sequence[Simple]) -> bool:
    """Whether a body takes its arguments apart (`case`, `shift` in a loop) or compares them."""
    own = set("123456789")
    is_sometimes = False
    for command in body:
        for name, assigned in command.assignments:
            if len(assigned) == 1 and _is_one_of(assigned[0], own):
                own.add(name)
        words = without_keywords(command.words)
        program = words[0].text if words else None
        is_sometimes = is_sometimes or any(word.text in _SOMETIMES for word in command.words[:1])
        if program in _TAKING_APART or (program == "shift" and is_sometimes):
            return True
        is_compared = program in _TESTS and any(word.text in _COMPARISONS for word in words)
        if is_compared and any(_is_one_of(word, own) for word in words):
            return True
    return False


def _is_one_of(word: Word, names: set[str]) -> bool:
    return len(word.pieces) == 1 and word.pieces[0].kind == "variable" and word.pieces[0].value in names


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
