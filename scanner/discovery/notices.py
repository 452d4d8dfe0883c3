"""NOTICE, LICENSE and third-party files, kept for what the licenses ask to be said."""

from __future__ import annotations

import re

from scanner.discovery.scopes import scope_of
from scanner.patterns import regex
from scanner.records.sighting import Notice, Scope

MAX_NOTICE_CHARACTERS = 400_000
"""Characters of one file that are kept."""

_NAME = regex(
    r"(?:NOTICES?|LICEN[CS]ES?|COPYING|COPYRIGHT|THIRD[-_ ]?PARTY.*|ATTRIBUTIONS?|CREDITS)"
    r"(?:[-_][\w.\-]+?)?(?:\.(?:txt|md|rst|html|adoc))?",
    re.IGNORECASE,
)
_CODE = regex(r"\.(?:py|js|ts|tsx|jsx|go|rs|java|c|cpp|h|json|ya?ml|toml|lock|png|svg|css)$", re.IGNORECASE)


_OF_TEXTS = regex(r"(?:licen[cs]es?|notices?|legal)(?:[-_]?texts?)?", re.IGNORECASE)
"""Folders that hold license texts and notices, at any depth (`LICENSES/` of REUSE)."""
_OF_OTHERS = regex(r"(?:third|3rd)[-_ ]?party(?:[-_]?(?:licen[cs]es|notices))?", re.IGNORECASE)
"""Folders that hold what is of others, texts and works alike."""
_TEXT = regex(r"[^.]*|.*\.(?:txt|text|md|rst|html?|adoc)|.*\.(?![A-Za-z])[^.]*", re.IGNORECASE)
"""Names of texts: with such an ending or with none, as `Apache-2.0` has."""
_PLAIN = regex(r"[^.]*|.*\.te?xt|.*\.(?![A-Za-z])[^.]*", re.IGNORECASE)
_ABOUT = regex(r"(?:readme|changelog|changes|history|contributing|authors|makefile)(?:\..*)?", re.IGNORECASE)
"""Texts of a project about itself."""
_BELOW_OTHERS = 1
"""Folders below one of others in which plain texts are kept; further down are the works themselves."""


def is_notice(path: str) -> bool:
    """Whether a file is one in which a project keeps notices and license texts; those of tests are none."""
    *folders, name = path.split("/")
    if _CODE.search(name) or scope_of(path) is Scope.TEST:
        return False
    return _NAME.fullmatch(name) is not None or _is_among_texts(folders, name)


def _is_among_texts(folders: list[str], name: str) -> bool:
    if name.startswith(".") or _ABOUT.fullmatch(name):
        return False
    if any(_OF_TEXTS.fullmatch(folder) for folder in folders):
        return _TEXT.fullmatch(name) is not None
    of_others = [at for at, folder in enumerate(folders, 1) if _OF_OTHERS.fullmatch(folder)]
    if not of_others:
        return False
    below = len(folders) - of_others[-1]
    return below <= _BELOW_OTHERS and (_PLAIN if below else _TEXT).fullmatch(name) is not None


def read_notice(path: str, text: str) -> Notice:
    """Keep the text of a notice file, at most MAX_NOTICE_CHARACTERS of it."""
    return Notice(path, text[:MAX_NOTICE_CHARACTERS])
