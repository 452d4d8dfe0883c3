"""Files no reader claims, gathered by kind."""

from __future__ import annotations

from scanner.patterns import regex
from scanner.records.report import Unread

MAX_NAMED = 1_000
"""Files of one kind that are named; the rest is counted."""
NO_READER = "lading has no reader for files of this kind"
NO_READER_OF_LANGUAGE = "lading has no reader for this language"
THE_LOCKFILE = "the lockfile itself: read for what it holds, not searched for names"
_ENDING = regex(r"\.[A-Za-z0-9_+~-]{1,16}")
OTHER = "no ending"


def gather_unread(unclaimed: tuple[tuple[str, str | None], ...], lock: str) -> tuple[Unread, ...]:
    """Gather (path, programming language or None) by kind: the language, the ending, the lockfile.

    The kind with the most files comes first.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for path, language in unclaimed:
        if path == lock:
            key = (path.rsplit("/", 1)[-1], THE_LOCKFILE)
        elif language is not None:
            key = (language, NO_READER_OF_LANGUAGE)
        else:
            key = (_kind_of(path), NO_READER)
        found.setdefault(key, []).append(path)
    gathered = [
        Unread(kind, reason, len(paths), tuple(sorted(paths)[:MAX_NAMED]))
        for (kind, reason), paths in found.items()
    ]
    return tuple(sorted(gathered, key=lambda each: (-each.files, each.kind, each.reason)))


def _kind_of(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    ending = name[name.rfind(".") :] if "." in name else ""
    return ending.lower() if _ENDING.fullmatch(ending) else OTHER
