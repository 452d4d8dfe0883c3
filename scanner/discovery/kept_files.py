"""What was made of files of the project, kept for the next file that asks for it.

The files of a folder ask the same few others again and again, and each some of its own between. Were the
one asked longest ago the first to go, those few would be gone when their turn comes; so what is asked for
often stays longer, and what nobody asks for any more goes at last.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 64
"""Things kept."""
MOST_CHARACTERS = 150_000
"""Characters of the files they were made of; a syntax tree takes forty bytes for each."""
_FADING = 10
"""Questions after which having been asked for counts half."""


class KeptFiles:
    """Things by the path of their file, with what says which of them goes when there is no more room."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Any, int]] = {}
        self._asked: dict[str, tuple[int, int]] = {}
        """How often each was asked for, and when last; also of what is gone."""
        self._now = 0

    def keep(self, path: str, make: Callable[[], T], size: int) -> T:
        """What was made of a file, made now where it is not there; `size` counts the file's characters."""
        self._now += 1
        self._asked[path] = (self._asked.get(path, (0, 0))[0] + 1, self._now)
        if path in self._kept:
            kept: T = self._kept[path][0]
            return kept
        made = make()
        self._kept[path] = made, size
        characters = sum(each for _, each in self._kept.values())
        while len(self._kept) > MOST or characters > MOST_CHARACTERS:
            characters -= self._kept.pop(min(self._kept, key=self._worth))[1]
        return made

    def _worth(self, path: str) -> float:
        often, last = self._asked[path]
        return often / (self._now - last + _FADING)
