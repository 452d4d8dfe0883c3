"""Names of companies as they are compared: letter case, signs and legal forms aside."""

from __future__ import annotations

from functools import lru_cache

from scanner.patterns import regex

_FORMS = regex(
    r"\b(?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|plc|gmbh|ag|sa|sas|nv|bv|ab|as|oy|kk|pjsc|jsc|ooo|pao)\b"
)
_SIGNS = regex(r"[^\w]+")


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """Write a name without letter case, signs and legal forms (`Ship Holdings Ltd.` is `ship holdings`)."""
    words = _SIGNS.sub(" ", name.casefold())
    return " ".join(_FORMS.sub(" ", words).split()) or words.strip()
