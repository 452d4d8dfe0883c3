"""What stands around a license text in a file and makes it another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.knowledge.license_fingerprints import Fingerprint, Fingerprints
from scanner.knowledge.license_tokens import read_words
from scanner.patterns import regex

MAX_TITLE_WORDS = 14
MAX_TITLE_LINES = 2
MAX_LINES_ABOVE = 30
MAX_BLOCKS_ABOVE = 3
MAX_LINES_BELOW = 60
MIN_CONDITION_WORDS = 8
MAX_HEADING_WORDS = 8

_RULE = regex(r"^\s*([-=*_#])\1{2,}\s*$")
_TELLING = frozenset(("modified", "amended", "custom", "research", "commercial", "non", "community", "nc"))
_HEADING = regex(
    r"^\s{0,3}#{1,6}\s|^\s*(?:-{3,}|={3,}|\*{3,}|_{3,})\s*$|^\s*</?(?:h[1-6]|hr|body|html|div)\b"
)
_COPYRIGHT_LINE = regex(r"copyright\b.{0,40}\d{4}|©|\(c\)\s", re.IGNORECASE)
_AMENDS = regex(
    r"condition|additional|restriction|clause|amend|exception|addendum|modif|supplement", re.IGNORECASE
)
_CONDITION = regex(
    r"\b(shall|must|may not|not be (?:used|permitted)|"
    r"not (?:designed|licensed|intended)|prohibit\w*|restrict\w*|only be|solely|agree to|"
    r"non-?commercial|commercial(?:ly)? us\w+|conditions?|provided that|additional terms|in addition)\b",
    re.IGNORECASE,
)
_OBJECT = regex(
    r"\b(software|model|weights|materials|work|license|derivatives?|outputs?|licensor|products?)\b",
    re.IGNORECASE,
)
_HARMLESS = regex(
    r"copyright|©|spdx-license-identifier|https?://|^\s*[-*]\s*\[|third.party|see the|available at|"
    r"licensed under|end of terms",
    re.IGNORECASE,
)


def other_title(text: Fingerprint, lines: list[str], start: int, prints: Fingerprints) -> Iterator[str]:
    """The title above names another license or version than the text."""
    for block in _blocks_above(lines, start):
        title = " ".join(line.strip(" #*=->|_") for line in block).strip()
        words = read_words(title).words
        if (
            not words
            or len(block) > MAX_TITLE_LINES
            or len(words) > MAX_TITLE_WORDS
            or title.endswith((".", ";", ","))
        ):
            return
        if words[0] == "spdx" or not {"license", "agreement", "terms"} & set(words):
            continue
        strange = [
            word
            for word in words
            if word not in text.title and (word in prints.names or word in _TELLING or word[0].isdigit())
        ]
        if strange:
            yield f"name: the title says “{' '.join(words)}”"
        return


def added_above(lines: list[str], start: int) -> Iterator[str]:
    """A paragraph above the text, below the last heading, that sets further conditions."""
    for block in _blocks_above(lines, start):
        if _HEADING.match(block[0]):
            return
        if sets_conditions(" ".join(block)):
            yield f"a paragraph is added above: “{_shown(block)}”"
            return


def _blocks_above(lines: list[str], start: int) -> Iterator[list[str]]:
    """Blocks of lines above a line, the nearest first; those of copyright lines are passed over."""
    block: list[str] = []
    given = 0
    for at in range(start - 2, max(-2, start - 2 - MAX_LINES_ABOVE), -1):
        line = lines[at] if at >= 0 else ""
        if _RULE.match(line) and not (at and lines[at - 1].strip()):
            break  # a rule across the page, not the underline of a title
        if line.strip(" \t>#*=-_|"):
            if not _COPYRIGHT_LINE.search(line):
                block.insert(0, line)
            continue
        if block:
            yield block
            given += 1
            if given >= MAX_BLOCKS_ABOVE or _HEADING.match(block[0]):
                return
        block = []
    if block:
        yield block


def added_below(lines: list[str], end: int) -> Iterator[str]:
    """A paragraph below the text, before the next heading, that sets further conditions."""
    paragraph: list[str] = []
    for line in [*lines[end : end + MAX_LINES_BELOW], ""]:
        if _HEADING.match(line):
            paragraph = []
            return
        if line.strip():
            paragraph.append(line)
            continue
        if paragraph and _is_heading(paragraph):
            return
        if paragraph and sets_conditions(" ".join(paragraph)):
            yield f"a paragraph is added below: “{_shown(paragraph)}”"
            return
        paragraph = []


def _is_heading(block: list[str]) -> bool:
    """A short line without a stop begins another document; one that speaks of conditions does not."""
    text = " ".join(block).strip()
    is_short = len(block) == 1 and len(text.split()) <= MAX_HEADING_WORDS and text[-1:] not in ".;:,"
    return is_short and not _AMENDS.search(text)


def sets_conditions(text: str) -> bool:
    """Whether a run of words asks or forbids something about the work or its use."""
    if len(text.split()) < MIN_CONDITION_WORDS or _HARMLESS.search(text):
        return False
    return bool(_CONDITION.search(text) and _OBJECT.search(text))


def _shown(lines: list[str]) -> str:
    words = " ".join(lines).split()
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")
