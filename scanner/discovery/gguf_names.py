"""Files of GGUF repositories, as projects name them: `owner/name-GGUF/name.Q4_K_M.gguf`."""

from __future__ import annotations

import re

from scanner.discovery.names import is_hub_id
from scanner.patterns import regex

_GGUF_FILE = regex(r"([^/\s]+/([^/\s]+))/([^/\s]+)\.gguf", re.IGNORECASE)
_FIRST_WORD = regex(r"[a-z]+[0-9]*|[0-9]+[a-z]+")


def repository_of_gguf(text: str) -> str | None:
    """The repository in `owner/name-GGUF/name.Q4_K_M.gguf`, None where it may be folders of one's own.

    Its name says the format, or begins with the same word as that of the file.
    """
    found = _GGUF_FILE.fullmatch(text) if text[-5:].lower() == ".gguf" else None
    if found is None or not is_hub_id(found[1]):
        return None
    repository, file = found[2].lower(), found[3].lower()
    first = _FIRST_WORD.match(repository)
    is_alike = first is not None and len(first[0]) > 2 and file.startswith(first[0])
    return found[1] if is_alike or repository.endswith(("gguf", "ggml")) else None
