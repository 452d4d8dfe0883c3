"""NOTICE, LICENSE and third-party files, kept for what the licenses ask to be said."""

from __future__ import annotations

import re

from scanner.patterns import regex
from scanner.records.sighting import Notice

MAX_NOTICE_CHARACTERS = 400_000
"""Characters of one file that are kept."""

_NAME = regex(
    r"(?:NOTICES?|LICEN[CS]ES?|COPYING|COPYRIGHT|THIRD[-_ ]?PARTY.*|ATTRIBUTIONS?|CREDITS)"
    r"(?:[-_][\w.\-]+?)?(?:\.(?:txt|md|rst|html|adoc))?",
    re.IGNORECASE,
)
_CODE = regex(r"\.(?:py|js|ts|tsx|jsx|go|rs|java|c|cpp|h|json|ya?ml|toml|lock|png|svg|css)$", re.IGNORECASE)


def is_notice(path: str) -> bool:
    """Whether a file is one in which a project keeps notices and license texts."""
    name = path.rsplit("/", 1)[-1]
    return _NAME.fullmatch(name) is not None and not _CODE.search(name)


def read_notice(path: str, text: str) -> Notice:
    """Keep the text of a notice file, at most MAX_NOTICE_CHARACTERS of it."""
    return Notice(path, text[:MAX_NOTICE_CHARACTERS])
