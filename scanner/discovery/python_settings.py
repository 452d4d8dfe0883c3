"""Settings and scripts that Python files write out: texts of several lines between three quotes."""

from __future__ import annotations

import re

from scanner.discovery.embedded_texts import sniff
from scanner.discovery.interest import may_name_models
from scanner.patterns import regex

_READ_AS = frozenset({"yaml", "json", "shell"})
_QUOTES = ('"""', "'''")
_STATEMENTS = ("return", "yield", "else", "or")
_BLANK = frozenset(" \t\r\n\\")
_HANDED_ON = frozenset("=([,{+%")
"""Signs a text stands behind that is no docstring."""
_BRACES = {"{{": "{ ", "}}": " }"}
_HOLE = regex(r"\{\{|\}\}|\{[^{}\n]*\}")


def language_of_text(text: str) -> str | None:
    """Id of the reader for a text of several lines that is settings, or a script; None for prose."""
    if text.count("\n") < 2 or not may_name_models(text):
        return None
    language = sniff(text)
    return language if language in _READ_AS else None


def without_holes(text: str) -> str:
    """A formatted text as wide as it is written, with variables for what is filled in."""
    return _HOLE.sub(_filled, text)


def _filled(hole: re.Match[str]) -> str:
    return _BRACES.get(hole[0]) or "$" + "_" * (len(hole[0]) - 1)


def holds_settings(text: str) -> bool:
    """Whether such a text stands anywhere in a Python file; asked before it is parsed."""
    for quotes in _QUOTES:
        start = text.find(quotes)
        while start >= 0:
            end = text.find(quotes, start + 3)
            if end < 0:
                break
            if _is_value(text, start) and language_of_text(text[start + 3 : end]) is not None:
                return True
            start = text.find(quotes, end + 3)
    return False


def _is_value(text: str, start: int) -> bool:
    """Whether a text that begins here is given to something; a docstring stands alone."""
    while start and text[start - 1].isalpha():
        start -= 1  # letters of the text's own, or a statement's first word
        if text.startswith(_STATEMENTS, start):
            return True
    at = start
    while at and text[at - 1] in _BLANK:
        at -= 1
    sign = text[at - 1 : at]
    if sign == ":":
        return "\n" not in text[at:start]
    return sign in _HANDED_ON or text[max(0, at - 6) : at].endswith(_STATEMENTS)
