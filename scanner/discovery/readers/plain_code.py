"""Programming languages without a reader of their own: their string literals and comments."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain

from scanner.discovery.asked_addresses import find_asked
from scanner.discovery.code_names import ENUMERATED, LISTED
from scanner.discovery.enclosing import Brackets
from scanner.discovery.model_constants import constants_of_modules
from scanner.discovery.names import find_deployments, find_hub_links
from scanner.discovery.plugin import Reader
from scanner.discovery.positions import Lines
from scanner.discovery.relevance import may_name_models
from scanner.discovery.source import Source
from scanner.discovery.views import Asked, Assignment, Bundle, Deployment, Link, Prose, Text, Value, View
from scanner.discovery.written_for import (
    GIVEN_WORD,
    LONGEST_GIVEN,
    defaults_of_settings,
    enumerated_models,
    held_by,
    holds_model,
    makes_client,
)
from scanner.patterns import regex
from scanner.records.quick import dataclass

MAX_LITERALS = 20_000
"""String literals of one file."""
LONGEST_WORD = 43
"""Characters of a plain word that could be a name, its quotes with it."""
MAX_LITERAL = 500
"""Characters of a literal that could be a name or an address."""

_SLASHES, _HASHES, _DASHES = ("//", "/*"), ("#",), ("--",)
_QUOTED = {'"': regex(r'"(?:[^"\\\n]|\\.)*"'), "'": regex(r"'(?:[^'\\\n]|\\.)*'")}
_CHARACTER = regex(r"'(?:[^'\\\n]|\\.)'")
_OPENERS = regex(r'"""|r#{0,8}"|@"|["\'`#]|//|/\*|--')


@dataclass(frozen=True, slots=True)
class _Grammar:
    comments: tuple[str, ...]
    quotes: str
    """Quotes of texts besides the double one."""


_C_LIKE = _Grammar(_SLASHES, "")
_SINGLE = _Grammar(_SLASHES, "'")
_HASHED = _Grammar(_HASHES, "'")
_GRAMMARS = {
    ".go": _Grammar(_SLASHES, "`"), ".dart": _SINGLE, ".groovy": _SINGLE,
    ".php": _Grammar((*_SLASHES, *_HASHES), "'"), ".rb": _HASHED, ".ex": _HASHED, ".exs": _HASHED,
    ".r": _HASHED, ".jl": _HASHED, ".pl": _HASHED, ".ps1": _HASHED, ".lua": _Grammar(_DASHES, "'"),
    ".cmake": _Grammar(_HASHES, ""), ".txt": _Grammar(_HASHES, ""),
}  # fmt: skip
_ENDINGS = (
    ".java", ".kt", ".kts", ".scala", ".cs", ".fs", ".vb", ".go", ".rs", ".swift", ".c", ".cc", ".cpp",
    ".cxx", ".h", ".hpp", ".m", ".mm", ".cu", ".dart", ".groovy", ".php", ".rb", ".ex", ".exs", ".r",
    ".jl", ".pl", ".ps1", ".lua", ".zig", ".cmake",
)  # fmt: skip
_NAME = regex(r"""[r@#]*["'`]{1,3}(?=[^"'`]*[/\d.:-])[A-Za-z@][\w.:/@%?=&+-]+["'`]{1,3}#*""")
"""A literal that could be a name or an address: one word with a digit, slash, dot, colon or hyphen."""


def read(source: Source) -> Iterator[View]:
    """Give the string literals that could be names, each under what it is given to, and the comments.

    Nothing is followed through variables: `model = "a/b"` is read under `model`, `load("a/b")` under
    `load`. Concatenated and interpolated texts are read as their pieces.
    """
    text = source.text
    if not may_name_models(text):
        return
    lines = Lines(source)
    grammar = _GRAMMARS.get(source.file[source.file.rfind(".") :].lower(), _C_LIKE)
    entries: list[tuple[Text | None, Value]] = []
    comments: list[tuple[int, int]] = []
    brackets = Brackets(text)
    for start, end, is_comment in _pieces(text, grammar):
        brackets.go_on(start, end)
        if is_comment:
            comments.append((start, end))
            yield Prose(text[start:end], source, *lines.place(start))
        elif end - start <= MAX_LITERAL and (
            _NAME.fullmatch(text, start, end) or _is_given_word(text, start, end)
        ):
            if len(entries) >= MAX_LITERALS:
                source.leave_rest(MAX_LITERALS, "texts that could be names")
                continue
            entries.append(_entry(start, end, text, lines, brackets))
    at = 0
    for start, url in find_hub_links(text):
        while at < len(comments) and comments[at][1] <= start:
            at += 1
        if at >= len(comments) or start < comments[at][0]:
            yield Link(url, lines.locate(start, start + len(url)), "/resolve/" in url)
    yield from (Deployment(lines.literal(*span)) for span in find_deployments(text))
    yield from (Asked(lines.literal(*span)) for span in find_asked(text) if not _is_within(span[0], comments))
    asked = ((f"{each[1]}.", *each.span(2)) for each in enumerated_models(text))
    members = ((f"{path}::", start, end) for path, start, end in constants_of_modules(text))
    defaults = ((f"{key}.model", start, end) for key, start, end in defaults_of_settings(text))
    for holder, start, end in chain(asked, members, defaults):
        if _is_within(start, comments):
            continue
        if len(entries) >= MAX_LITERALS:
            source.leave_rest(MAX_LITERALS, "texts that could be names")
            break
        place = lines.locate(start, end)
        held = holder if holder.endswith(".model") else f"{holder}{ENUMERATED}"
        entries.append((Text(held, place), (Text(text[start:end], place),)))
    if entries:
        yield Assignment("literals", (Bundle(tuple(entries), lines.locate(0, 0)),), lines.locate(0, 0))


def _is_within(place: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a place stands in one of some spans, which are in order."""
    before = bisect_right(spans, (place, sys.maxsize)) - 1
    return before >= 0 and place < spans[before][1]


def _is_given_word(text: str, start: int, end: int) -> bool:
    """Whether a single word is what a setter or variable of a model is given: `.WithModel("llava")`."""
    if end - start > LONGEST_WORD or text[start - 1] not in "( =:" or not text[start + 1].islower():
        return False
    if "odel" not in text[max(0, end - LONGEST_GIVEN) : start]:
        return False
    found = GIVEN_WORD.search(text, max(0, end - LONGEST_GIVEN), end)
    return found is not None and found.end() == end


def _pieces(text: str, grammar: _Grammar) -> Iterator[tuple[int, int, bool]]:
    """Go through literals and comments: start, end, whether it is a comment."""
    missing: set[str] = set()
    at = 0
    while found := _OPENERS.search(text, at):
        opener, start = found[0], found.start()
        at = found.end()
        end = -1
        if opener in ("//", "#", "--"):
            if opener not in grammar.comments:
                continue
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
        elif opener in _QUOTED:
            pattern = _QUOTED[opener] if opener == '"' or opener in grammar.quotes else _CHARACTER
            matched = pattern.match(text, start)
            end = matched.end() if matched else -1
        elif opener == "/*" and opener not in grammar.comments:
            continue
        elif opener != "`" or opener in grammar.quotes:
            # A closing mark that was not found once stands nowhere further on.
            closer = {"/*": "*/", '@"': '"'}.get(opener, opener)
            closer = '"' + closer[1:-1] if opener.startswith("r") else closer
            end = -1 if closer in missing else text.find(closer, at)
            if end < 0:
                missing.add(closer)
            else:
                end += len(closer)
        if end >= 0:
            yield start, end, opener in grammar.comments
            at = end


def _entry(start: int, end: int, text: str, lines: Lines, brackets: Brackets) -> tuple[Text | None, Value]:
    literal = text[start:end]
    content = literal.lstrip("r@#").strip("#")
    for quote in ('"""', '"', "'", "`"):
        if content.startswith(quote):
            content = content[len(quote) : -len(quote)]
            break
    place = lines.locate(start, end)
    held = held_by(text, start)
    if (
        not holds_model(held)
        and not makes_client(held)
        and (brackets.are_of_models(held) or brackets.are_declared(start))
    ):
        held = LISTED
    return Text(held, place), (Text(content, place),)


READER = Reader("code", _ENDINGS, ("CMakeLists.txt",), read)
