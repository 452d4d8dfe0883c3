"""Whether a Python text makes a recorded call; asked before it is parsed.

A call needs its last name, and the import of its package. Many files that have both still make none: the
name stands in a comment, is defined there, or belongs to another module. So each place of it is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from scanner.discovery.code_loading_calls import OPENERS, WATCHED
from scanner.patterns import regex

_LONGEST_LINE = 400
"""Signs of a line that are looked at in front of a name."""
# Each begins with a plain word, which a search finds several times faster than a choice.
_FROM = regex(r"from[ \t]+(\w+)[\w.]*[ \t\\\n]+import\b")
_IMPORT = regex(r"import[ \t]+((?:[^\n;#\\]|\\\n)+)")
_CALLED = regex(r"\s*\(")
_DEFINED = regex(r"\b(?:def|class)\s+\Z")
_IMPORTED = regex(r"\bimport\b")
_LISTED = regex(r"(?m)\s*(?:,|as\b|$)")
_HANDED_ON = regex(r"(?m)\s*(?:[\])}]|$)")
_OWNER = regex(r"(\w+)\s*\.\s*\Z")
_BEFORE_A_CLASS = regex(
    r"(?:^|[\[({,=:|&>]|\b(?:return|yield|in|is|not|or|and|if|else|as|lambda|raise|await|from))[ \t]*\Z"
    r"|[.@*]\Z"
)
_BEHIND_A_CLASS = regex(r"(?m)[ \t]*(?:[,)\]}.:=|\[;#\\&*]|$|(?:if|else|as|or|and|for|in|is|not)\b)")
"""What stands around the name of a class that is handed on, taken as a base or written as a type."""


class Recorded(Protocol):
    """What is asked about recorded calls and the project."""

    @property
    def modules(self) -> frozenset[str]:
        """First names of what the project's own Python files can import of each other."""

    def calls_with(self, names: set[str], packages: set[str]) -> set[str]:
        """Recorded calls, by their last names, a file can make with these names and imported packages."""


def makes_a_call(text: str, names: set[str], world: Recorded) -> bool:
    """Whether a call may stand in a text that names a model, or opens weights so that their code runs."""
    # Nearly all calls fall out when the packages are only looked for among all names of the file.
    if not world.calls_with(names, names) and _OPENED_WITH.keys().isdisjoint(names):
        return False
    packages = packages_of(text)
    # In order: the expressions asked for are those of every run, and kept for the next.
    calls = sorted(world.calls_with(names, packages))
    return any(_is_used(call, text) for call in calls) or _opens(text, names, packages, world)


def packages_of(text: str) -> set[str]:
    """Packages a file imports, perhaps more."""
    found = set(_FROM.findall(text))
    for listed in _IMPORT.findall(text):
        found.update(part.strip(" \t\\\n").partition(" ")[0].partition(".")[0] for part in listed.split(","))
    return found


def is_inside(text: str, at: int, end: int) -> bool:
    """Whether these letters are part of a longer name."""
    before, behind = text[at - 1 : at], text[end : end + 1]
    return before.isalnum() or before == "_" or behind.isalnum() or behind == "_"


def _is_used(call: str, text: str) -> bool:
    """Whether the name of a call is called, imported or handed on."""
    if "." in call:
        return _dotted(call).search(text) is not None
    return any(True for _ in _uses_of(call, text))


@lru_cache(maxsize=256)
def _dotted(call: str) -> re.Pattern[str]:
    return regex(r"[\s\\]*\.[\s\\]*".join(map(re.escape, call.split("."))) + r"\b")


def _uses_of(name: str, text: str) -> Iterator[str]:
    """What stands on the same line in front of each use of a name."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not is_inside(text, at, end):
            before = text[max(text.rfind("\n", 0, at) + 1, at - _LONGEST_LINE) : at]
            if _is_use(before, text, end, is_class=name[:1].isupper()):
                yield before
        at = text.find(name, end)


def _is_use(before: str, text: str, end: int, *, is_class: bool) -> bool:
    if _CALLED.match(text, end):
        return _DEFINED.search(before) is None
    if _IMPORTED.search(before):
        return True
    if before.isspace() and _LISTED.match(text, end):
        return True  # a line of an import's list
    last = before.rstrip()[-1:]
    if last in ("'", '"') and text[end : end + 1] in ("'", '"'):
        return True
    if last == "." and _HANDED_ON.match(text, end):
        return True
    return is_class and bool(_BEFORE_A_CLASS.search(before)) and bool(_BEHIND_A_CLASS.match(text, end))


_OPENED_WITH = {
    last: {
        (name.partition(".")[0], frozenset([opener.argument] if opener.default is False else []))
        for name, opener in OPENERS.items()
        if name.rpartition(".")[2] == last
    }
    for last in WATCHED
}
"""By the last name of a call that opens weights: its package, and the argument without which no code runs."""


def _opens(text: str, names: set[str], packages: set[str], world: Recorded) -> bool:
    """Whether weights may be opened so that code in them runs: `torch.load`, and no other module's `load`."""
    for last in sorted(_OPENED_WITH.keys() & names):
        openers = {
            package for package, arguments in _OPENED_WITH[last] if package in packages and arguments <= names
        }
        if not openers:
            continue
        others = packages - openers - world.modules
        for before in _uses_of(last, text):
            owner = _OWNER.search(before)
            if owner is None or owner[1] not in others:
                return True
    return False
