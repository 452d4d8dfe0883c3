"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re
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
            compiled = re.compile(*self._said)
            for method in _METHODS:
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)


_METHODS = (
    *("match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split"),
    *("pattern", "flags", "groups", "groupindex", "scanner"),
)

__all__ = ["regex"]
