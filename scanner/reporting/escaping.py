"""Making names and texts of others harmless in each kind of output."""

from __future__ import annotations

import json
import re
from typing import Any

from scanner.patterns import regex

_HIDDEN = regex(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control, direction and invisible characters and lone surrogates: they make a text look like another."""

_MARKUP = regex(r"([\\`*_\[\]~|$])|^([#+\-=>]|\d+[.)])")
"""What is markup anywhere in a line, and what is only at its start."""

_ACTIVE = regex(r"(@|#(?=\d)|GH-(?=\d)|:(?=//)|www(?=\.))")
"""What GitHub turns into a mention, a reference to an issue, or a link."""


def visible(text: str) -> str:
    """Write every character that could steer a terminal or hide in a text as `\\x1b` or `\\u202e`."""
    return _HIDDEN.sub(_as_escape, text)


def without_hidden(text: str) -> str:
    """Leave out every character that could steer a terminal or hide in a text."""
    return _HIDDEN.sub("", text)


def one_line(text: str) -> str:
    """Write a text on one line, made visible, its white space joined."""
    return visible(" ".join(text.split()))


def json_text(value: Any, *, indent: int | None = 2) -> str:
    """Write a JSON document: fields in their order, letters as they are, hidden characters as `\\u202e`."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _HIDDEN.sub(_as_json_escape, text) + "\n"


GENERATOR = "<!-- generator: lading -->"
"""Stands near the top of every Markdown text, unseen on the page: lading does not read its own reports."""


def markdown(text: str) -> str:
    """Write a text of others inside Markdown: it stays text.

    Nothing becomes a link, an image, markup, an HTML tag or comment, and no mention or issue number
    rings: a zero-width space parts them, because GitHub looks for them after escapes are resolved.
    """
    text = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _MARKUP.sub(
        lambda found: "\\" + found.group() if len(found.group()) == 1 else _number(found), text
    )
    return _ACTIVE.sub(r"\1&#8203;", text)


def markdown_code(text: str) -> str:
    """Write a text of others as Markdown code; only its own backticks matter in there."""
    text = one_line(text) or " "
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    # Inside a table a bar ends the cell even in code.
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


def spreadsheet_cell(text: str) -> str:
    """Write a text of others as a cell no spreadsheet takes for a formula.

    Source: OWASP, "CSV Injection": a cell that begins with = + - @, a tab or a line break is prefixed
    with a single quote.
    """
    shown = visible(text)
    return f"'{shown}" if re.match(r"\s*[=+\-@|%\t\r\n＝＋－＠]", text) else shown


def xml(text: str) -> str:
    """Write a text of others inside XML or an XML attribute; characters XML 1.0 forbids are made visible."""
    text = re.sub(r"[\ufffe\uffff]", "\ufffd", visible(text))
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\n", "&#10;")):
        text = text.replace(character, entity)
    return text


def _number(found: re.Match[str]) -> str:
    """Keep `1.` at the start of a line from beginning a list."""
    return f"{found.group()[:-1]}\\{found.group()[-1]}"


def _as_escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _as_json_escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code in (0x0A, 0x09):
        return match.group()
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
