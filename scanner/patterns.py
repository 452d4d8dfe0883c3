"""Regular expressions that are compiled when they are first used, and once for many runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as regex
else:

    class regex:  # noqa: N801  # stands where `re.compile` would
        """As `re.compile`, but later: compiling at import took a quarter of a commit hook.

        What is asked of it first compiles it; from then on its methods are those of the compiled one. A
        mistake in the text shows only then: a test compiles every pattern of the project.
        """

        def __init__(self, text: str | bytes, flags: int | re.RegexFlag = 0) -> None:
            self._said = text, flags

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            compiled = _compile(*self._said)
            for method in _METHODS:
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)


class presence:  # noqa: N801  # stands where `re.compile` would
    """Whether an expression is found in a whole file: by google-re2 where that is installed.

    RE2 goes through a text once, however many words the expression offers. It is loaded when a megabyte has
    been searched, so that a commit hook does not wait for it. Classes (`\\w`, `\\b`) are those of ASCII, as
    RE2's are; an expression RE2 does not know is asked of `re` alone.
    """

    __slots__ = ("_ask", "_plain", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._plain = regex(text, re.ASCII)
        self._ask: Callable[[str], object] | None = None

    def __call__(self, text: str) -> bool:
        """Whether the expression is found anywhere in a text."""
        if self._ask is None:
            searched[0] += len(text)
            if searched[0] < WORTH_LOADING:
                return self._plain.search(text) is not None
            self._ask = _by_re2(self._text) or self._plain.search
        try:
            return self._ask(text) is not None
        except UnicodeEncodeError:  # half of a surrogate pair, which RE2 takes no texts with
            return self._plain.search(text) is not None


searched = [0]
"""Characters asked for the presence of something so far."""
WORTH_LOADING = 1_000_000
"""Characters after which RE2 is loaded."""


def _by_re2(text: str) -> Callable[[str], object] | None:
    import importlib

    try:
        re2: Any = importlib.import_module("re2")
    except ImportError:
        return None
    options = re2.Options()
    options.log_errors = False
    try:
        found: Callable[[str], object] = re2.compile(text, options).search
    except re2.error:
        return None
    return found


def matches_glob(text: str, glob: str) -> bool:
    """As `fnmatch.fnmatchcase`, which compiles an expression of each glob; most have `*` alone."""
    if "?" in glob or "[" in glob:
        from fnmatch import fnmatchcase

        return fnmatchcase(text, glob)
    first, *between = glob.split("*")
    if not between:
        return text == glob
    last = between.pop()
    if not (text.startswith(first) and text.endswith(last) and len(text) >= len(first) + len(last)):
        return False
    at, end = len(first), len(text) - len(last)
    for part in between:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


# Taken here: within `compiled_late` the library's name stands for the other.
_at_once = re.compile
_METHODS = (
    *("match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split"),
    *("pattern", "flags", "groups", "groupindex", "scanner"),
)
kept: dict[tuple[str | bytes, int], Callable[[], re.Pattern[Any]]] = {}
"""What makes an expression at once, by its text and flags; `kept_patterns.py` fills it."""
compiled: list[tuple[str | bytes, int]] = []
"""Text and flags of those that had to be compiled in this run."""


def _compile(text: str | bytes, flags: int | re.RegexFlag) -> re.Pattern[Any]:
    make = kept.get((text, int(flags)))
    if make is not None:
        with suppress(RuntimeError, TypeError, ValueError, OverflowError):
            return make()
    compiled.append((text, int(flags)))
    return _at_once(text, flags)


@contextmanager
def compiled_late() -> Iterator[None]:
    """Within it, modules that are imported get expressions that are compiled when they are first used.

    For libraries that compile at import what they hardly use: PyYAML takes 8 ms for expressions its C parser
    never asks.
    """
    re.compile = regex
    try:
        yield
    finally:
        re.compile = _at_once


__all__ = ["compiled", "compiled_late", "kept", "matches_glob", "presence", "regex"]
