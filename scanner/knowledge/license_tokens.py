"""License texts as words: markup, wrapping and copyright lines aside."""

from __future__ import annotations

import hashlib
import html
import re
from bisect import bisect_right
from functools import lru_cache

from scanner.patterns import regex
from scanner.records.quick import dataclass

MAX_CHARACTERS = 2_000_000
"""More of a file is not read for licenses."""
MAX_REMEMBERED = 40
"""Characters of a word whose spelling is remembered: longer ones are seldom met again."""

_UNSEEN = regex(r"<(style|script)\b[^<>]{0,300}>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
"""Parts of a web page that are no writing."""
_INLINE = regex(r"</?(?:span|a|b|i|em|strong|font|sup|sub|u|small|code)\b", re.IGNORECASE)
"""Tags that may stand within a word."""
_TAG = regex(
    r"<!--.*?-->|</?(?:p|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|br|hr|table|tr|td|th|tbody|thead|html|head|body"
    r"|title|meta|link|pre|code|center|font|img|sup|sub|u|blockquote|section|article|header|footer|main|nav|small"
    r"|details|summary|dl|dt|dd)\b[^<>]{0,300}>",
    re.DOTALL | re.IGNORECASE,
)
_WORD = regex(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*(?:\d+(?:\.\d+)*)?", re.UNICODE)
_CJK = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MARKER = regex(
    r"^[\s>#*_|\-•·●–]*(?:(?:section|article|§)?\s*\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)][*_]*"
    r"(?:\s|$)|(?!\d+\.0\s)\d{1,2}(?:\.\d{1,2}){1,3}[*_]*\s|§\s?\d{1,2}\s|\(?\d{1,2}\)\s)?",
)
_PAGE = regex(r"^\W*(?:page\s+)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?\W*$", re.IGNORECASE)
_ADDRESS = r"[A-Za-z0-9\-._~:/?#@!$&'*+,;=%]+"
_WRAPPED = rf"(?:(?<=[-/])\n[ \t>#*]*{_ADDRESS})?"
_URL = regex(rf"\bhttps?://{_ADDRESS}{_WRAPPED}", re.IGNORECASE)
_BARE_ADDRESS = regex(
    r"(?<![\w./-])(?:[\w.+-]+@)?(?:[a-z0-9][a-z0-9-]*\.)+(?:com|org|net|ai|io|cn|de|dev|eu|gov|edu|uk|html?)\b"
    rf"(?:/{_ADDRESS}{_WRAPPED})?",
    re.IGNORECASE,
)
"""A web or mail address without `https://`."""
_ESCAPED = regex(r"\\[nrtf]")
"""Ends of lines in a string of JSON or YAML."""
_UNICODE_ESCAPE = regex(r"\\u([0-9a-fA-F]{4})")
_FOOTNOTE = regex(r"(?<=\S)[ \t]?\[\d{1,2}\]")
_HYPHEN = regex(r"(?<=[a-z])[-‐]\n\s*(?=[a-z])")
_ROMAN = frozenset(("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"))
_YEAR = regex(r"(?:19|20)\d\d")
_RESERVED = ("all", "rights", "reserved")
_SPELLED = {
    "licence": "license",
    "licences": "licenses",
    "licenced": "licensed",
    "sublicence": "sublicense",
    "organisation": "organization",
    "authorised": "authorized",
    "authorisation": "authorization",
    "noncommercial": "non-commercial",
    "noncommercially": "non-commercially",
    "behavior": "behaviour",
    "judgement": "judgment",
    "merchantibility": "merchantability",
    "sublicensable": "sub-licensable",
    "sublicenseable": "sub-licensable",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, in order, each with the line it stands on."""

    words: tuple[str, ...]
    lines: tuple[int, ...]
    """Line of each word, from 1."""
    paragraphs: tuple[int, ...]
    """Index of the first word of each paragraph."""

    def line_of(self, at: int) -> int:
        """Line of a word; of the end, that of the last."""
        return self.lines[min(at, len(self.lines) - 1)] if self.lines else 1

    def paragraph_of(self, at: int) -> int:
        """Number of the paragraph a word stands in, from 1."""
        return max(1, bisect_right(self.paragraphs, at))


def read_words(text: str) -> Words:
    """Take a text apart.

    Dropped: tags, Markdown signs, web and mail addresses, signs of footnotes, list and section numbers at
    the start of a line, single letters, page numbers, years after "copyright", and "all rights reserved".
    Letter case, quotation marks and a few spellings are evened out; each CJK character is a word. At most
    MAX_CHARACTERS are read.
    """
    plain = text[:MAX_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if "<" in plain:
        plain = _without_tags(plain)
    if "&" in plain:
        plain = _without_tags(html.unescape(plain))
    if "\\n" in plain and "\\begin{" not in plain:
        plain = _ESCAPED.sub(" ", plain)
    if "\\u" in plain:
        plain = _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)).replace("\n", " "), plain)
    if "http" in plain:
        plain = _URL.sub(lambda match: " " + "\n" * match[0].count("\n"), plain)
    plain = _BARE_ADDRESS.sub(lambda match: " " + "\n" * match[0].count("\n"), plain)
    if "[" in plain:
        plain = _FOOTNOTE.sub(" ", plain)
    words: list[str] = []
    lines: list[int] = []
    paragraphs: list[int] = []
    is_new = True
    for number, line in enumerate(plain.split("\n"), 1):
        if not line.strip(" \t>#*_|-=~/"):
            is_new = True
            continue
        found = _words_of(_bare(line))
        if not found:
            continue
        if is_new:
            paragraphs.append(len(words))
            is_new = False
        for word in found:
            if words and words[-1] == "copyright" and _YEAR.fullmatch(word):
                continue
            if word == "infringement" and words and words[-1] == "non":
                words[-1] = "noninfringement"
                continue
            words.append(word)
            lines.append(number)
            if word == "reserved" and tuple(words[-3:]) == _RESERVED:
                del words[-3:], lines[-3:]
    return Words(tuple(words), tuple(lines), tuple(min(at, len(words)) for at in paragraphs))


def fingerprint(words: Words) -> str:
    """SHA-256 of the words in order."""
    return hashlib.sha256(" ".join(words.words).encode()).hexdigest()


def _without_tags(text: str) -> str:
    seen = _UNSEEN.sub(lambda match: "\n" * match[0].count("\n"), text)
    return _TAG.sub(
        lambda match: ("" if _INLINE.match(match[0]) else " ") + "\n" * match[0].count("\n"), seen
    )


def _bare(line: str) -> str:
    """A line without its list marker, and page number."""
    if _PAGE.match(line):
        return ""
    return _MARKER.sub("", line, count=1)


def _words_of(line: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(line):
        found += _parts_of(word) if len(word) <= MAX_REMEMBERED else _evened_out(word)
    return found


@lru_cache(maxsize=16_384)
def _parts_of(word: str) -> tuple[str, ...]:
    return _evened_out(word)


def _evened_out(word: str) -> tuple[str, ...]:
    """A word in its one spelling: none, one, or the parts of a compound; of CJK each character."""
    if word[0] > "\u2e7f" and _CJK.match(word):
        return tuple(word)
    word = word.lower().replace("’", "'")
    if (len(word) == 1 and not word.isdigit()) or word in _ROMAN:
        return ()  # list signs, wherever wrapping has put them
    return tuple(_SPELLED.get(word, word).split("-"))
