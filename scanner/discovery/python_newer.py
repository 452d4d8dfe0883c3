"""Python that is newer than the one that reads it, written so that it can be parsed.

Since Python 3.12 the braces of an f-string may hold the quotes around it and backslashes, `type X = …` is a
declaration, functions and classes may have type parameters. Where the parser at hand refuses a file, these
are written over with something of the same length: every place stays what it is.

Not read: an expression in the braces of an f-string in single quotes that goes on in the next line.
"""

from __future__ import annotations

import ast

from scanner.patterns import regex

_START = regex(r"(?<![\w\"'])(?:[fF][rR]?|[rR][fF])(\"\"\"|'''|\"|')")
_TYPE = regex(
    r"(?m)^([ \t]*)type(?=[ \t]+[A-Za-z_]\w*[ \t]*(?:\[[^\]\n]*\][ \t]*)?=(?!=))([ \t]+)([A-Za-z_]\w*)"
)
_PARAMETERS = regex(
    r"(?m)^([ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+[A-Za-z_]\w*)(\[[^\]\n]*\])(?=[ \t]*[(:])"
)
_OTHER = {'"': "'", "'": '"'}


def parse(text: str) -> ast.Module:
    """The tree of a program, also of one that is newer.

    Raises:
        SyntaxError: it is no Python 3 (and ValueError, RecursionError, MemoryError as `ast.parse` does).
    """
    try:
        return ast.parse(text)
    except SyntaxError as error:
        older = write_older(text)
        if older == text:
            raise
        try:
            return ast.parse(older)
        except SyntaxError:
            raise error from None


def write_older(text: str) -> str:
    """The same program for an older parser, each thing where it was."""
    text = _TYPE.sub(lambda found: f"{found[1]}{found[3]}{' ' * (4 + len(found[2]))}", text)
    text = _PARAMETERS.sub(lambda found: found[1] + " " * len(found[2]), text)
    pieces: list[str] = []
    at = 0
    while found := _START.search(text, at):
        pieces.append(text[at : found.end()])
        written, at = _f_string(text, found.end(), found[1])
        pieces.append(written)
    return "".join(pieces) + text[at:]


def _f_string(text: str, start: int, quotes: str) -> tuple[str, int]:
    """An f-string from behind its first quotes: what to write for it, and where it ends."""
    written: list[str] = []
    depth, at = 0, start
    while at < len(text):
        sign = text[at]
        if depth == 0 and text.startswith(quotes, at):
            return "".join(written) + quotes, at + len(quotes)
        if sign == "\n" and len(quotes) == 1 and depth == 0:
            break
        if depth == 0 and sign == "\\":
            written.append(text[at : at + 2])
            at += 2
            continue
        if depth == 0 and text[at : at + 2] in ("{{", "}}"):
            written.append(text[at : at + 2])
            at += 2
            continue
        depth += (sign == "{") - (sign == "}" and depth > 0)
        if depth and sign == "\\":
            sign = "_"
        elif depth and sign == quotes[0]:
            sign = _OTHER[sign]
        written.append(sign)
        at += 1
    return text[start:at], at
