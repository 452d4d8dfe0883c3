"""Names of licenses as people write them, to keys of records."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from scanner.knowledge.store import Knowledge
from scanner.patterns import matches_glob, regex
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

MAX_NAME_CHARACTERS = 400
"""Longer "names" are texts or attacks; they are quoted, cut, and not parsed."""
MAX_QUOTED_CHARACTERS = 80

_SUFFIXES = (
    "-license-agreement",
    "-licence-agreement",
    "-community-license",
    "-license",
    "-licence",
    "-agreement",
    "-license-v1",
)
_OPERATORS = regex(r"\b(?:and|or|with)\b|[()+/]", re.IGNORECASE)
MAX_WORDS_OF_AN_ID = 2
"""License-expression reads `GPL 2.0` as an id; none it knows is of more words, and none has a slash."""
_SPDX_WORD = regex(r"[A-Za-z0-9.+-]+")
_SCHEME = regex(r"^https?://(?:www\.)?")
_GAPS = regex(r"[\s_]+")
_FIRST_WORDS = regex(r"^(?:licenseref-)?(?:lading-)?(?:the-)?")
_VERSION_WORD = regex(r"-v(?:ersion-)?(?=\d)")
_BEFORE_VERSION = regex(r"(?<=[a-z])(?=\d+(?:\.\d+)*$)")
_OR_LATER = regex(r"((?:a|l)?gpl|gfdl)-(\d\.\d)-or-later")
_OPERATOR = regex(r"(?i)\b(?:and|or|with)\b|[()]")


@dataclass(frozen=True, slots=True)
class Found:
    """The record a name means."""

    key: str
    spdx: str | None = None
    """The SPDX id as written, where it says more than the record's (`GPL-3.0-or-later`)."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed SPDX expression."""

    text: str
    symbols: tuple[str, ...]
    keys: tuple[str, ...]
    """Keys of the records of those symbols that have one."""
    without_record: tuple[str, ...]
    is_compound: bool
    has_choice: bool
    """Whether it holds an OR."""


def record_for_name(knowledge: Knowledge, name: str, repository: str = "") -> Found | Unknown:
    """Find the record a single name means; loosely, in falling order of exactness.

    Where several records answer to a name, the repository decides (`modified-mit` is one text for Kimi
    K2 and another for MiniMax-M2). Unknown, quoting the name, where none or several remain.
    """
    if not name.strip() or len(name) > MAX_NAME_CHARACTERS:
        return Unknown(f"{quote(name)} is not the name of a license")
    several: tuple[str, ...] = ()
    for spelling in spellings(name):
        keys = knowledge.resolve_alias("licenses", spelling)
        if not keys:
            continue
        fitting = _fitting(knowledge, keys, spelling, repository)
        if len(fitting) == 1:
            return Found(fitting[0], _more_exact(spelling))
        several = several or fitting or keys
    if several:
        return Unknown(f"{quote(name)} names several texts: {', '.join(several)}")
    return Unknown(f"no license is known as {quote(name)}")


@lru_cache(maxsize=1024)
def spellings(name: str) -> tuple[str, ...]:
    """Ways the name may stand in the records, the exact one first."""
    plain = name.strip().casefold()
    tried = [plain]
    address = _SCHEME.sub("", plain).rstrip("/")
    if address != plain:
        return tuple(dict.fromkeys([plain, address]))
    joined = _GAPS.sub("-", plain).strip("-.")
    tried.append(joined)
    tried.append(_FIRST_WORDS.sub("", joined))
    for text in tuple(tried):
        tried += [text.removesuffix(suffix) for suffix in _SUFFIXES if text.endswith(suffix)]
        tried += [f"{text}-license"]
    for text in tuple(tried):
        tried.append(_VERSION_WORD.sub("-", text))
        tried.append(_BEFORE_VERSION.sub("-", text))
    return tuple(dict.fromkeys(text for text in tried if text))


def keys_of_expression(knowledge: Knowledge, text: str) -> Expression | None:
    """Parse an SPDX expression; None where it is none.

    Deprecated spellings (`GPL-3.0+`) are read. Words outside SPDX are refused, so that a sentence never
    passes for an expression.
    """
    if len(text) > MAX_NAME_CHARACTERS or not _SPDX_WORD.search(text) or _is_sentence(text):
        return None
    parsed = _parse(text)
    if parsed is None:
        return None
    symbols = tuple(sorted({str(symbol) for symbol in parsed.symbols}))
    keys, missing = [], []
    for symbol in symbols:
        found = record_for_name(knowledge, symbol.split(" WITH ")[0].removesuffix("+"))
        if isinstance(found, Found):
            keys.append(found.key)
        else:
            missing.append(symbol)
    written = str(parsed)
    return Expression(
        written,
        symbols,
        tuple(keys),
        tuple(missing),
        is_compound=len(symbols) > 1 or " WITH " in written,
        has_choice=" OR " in f" {written} ",
    )


def _is_sentence(text: str) -> bool:
    """Whether a text is no expression at sight: building the list of SPDX ids costs a commit hook much."""
    return "/" in text or (len(text.split()) > MAX_WORDS_OF_AN_ID and not _OPERATOR.search(text))


def _parse(text: str) -> Any:
    """The parsed expression of license-expression, or None."""
    from boolean.boolean import ParseError  # type: ignore[import-untyped]  # ships no types
    from license_expression import ExpressionError  # type: ignore[import-untyped]  # ships no types

    try:
        return _licensing().parse(text, validate=True, strict=True)
    except (ExpressionError, ParseError, AttributeError, TypeError, RecursionError):
        return None


@lru_cache(maxsize=1)
def _licensing() -> Any:
    """The SPDX ids license-expression knows; building them takes tens of milliseconds."""
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()


def quote(name: str) -> str:
    """Quote a name as written, cut to a line."""
    shown = " ".join(name.split())
    if len(shown) > MAX_QUOTED_CHARACTERS:
        shown = shown[:MAX_QUOTED_CHARACTERS] + "…"
    return repr(shown)


def _fitting(knowledge: Knowledge, keys: tuple[str, ...], spelling: str, repository: str) -> tuple[str, ...]:
    """Keys whose alias holds for the repository; one bound to repositories wins over an open one."""
    bound, open_keys = [], []
    for key in keys:
        patterns = _patterns(knowledge.get("licenses", key) or {}, spelling)
        if patterns is None:
            open_keys.append(key)
        elif any(matches_glob(repository.casefold(), pattern.casefold()) for pattern in patterns):
            bound.append(key)
    if bound:
        return tuple(bound)
    if spelling in open_keys:
        return (spelling,)
    return tuple(open_keys)


def _patterns(body: dict[str, Any], spelling: str) -> list[str] | None:
    """Repository patterns of an alias; None where it holds everywhere."""
    for alias in body.get("aliases", ()):
        if isinstance(alias, dict) and str(alias.get("name", "")).casefold() == spelling:
            patterns: list[str] = alias.get("repositories") or []
            return patterns or None
    return None


def _more_exact(spelling: str) -> str | None:
    """`GPL-3.0-or-later` of a spelling that leads to the record of GPL-3.0."""
    match = _OR_LATER.fullmatch(spelling)
    return f"{match[1].upper()}-{match[2]}-or-later" if match else None
