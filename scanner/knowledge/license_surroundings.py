"""What stands around a license text in a file and makes it another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.knowledge.license_conditions import sets_conditions
from scanner.knowledge.license_fingerprints import Fingerprint, Fingerprints
from scanner.knowledge.license_tokens import Words, read_words
from scanner.patterns import regex
from scanner.records.quick import dataclass

MAX_TITLE_WORDS = 14
MAX_TITLE_LINES = 2
MAX_LINES = 80
"""Lines above and below a copy that are looked at."""
MAX_BLOCKS_TO_A_TITLE = 3
MAX_HEADING_WORDS = 8
MAX_LINES_OF_A_POLICY = 400
YEAR_DIGITS = 4
SHARE_OF_COMMENTS = 0.8

COPY = "\0"
"""Stands for a line that a copy has taken."""

_RULE = regex(r"^\s*([-=*_#])(?: ?\1){2,}\s*$")
_TELLING = frozenset(("modified", "amended", "custom", "research", "commercial", "non", "community", "nc"))
_NUMBERED = frozenset(("version", "license", "agreement", "no", "release"))
_HEADING = regex(
    r"^\s{0,3}#{1,6}\s|^\s*</?(?:h[1-6]|hr|body|html|div|footer|header|nav|aside|form)\b", re.IGNORECASE
)
_POLICY = regex(r"\bpolicy\b", re.IGNORECASE)
_COPYRIGHT_LINE = regex(r"copyright\b.{0,40}\d{4}|©|\(c\)\s", re.IGNORECASE)
_AMENDS = regex(
    r"condition|additional|restriction|clause|amend|exception|addendum|modif|supplement|commercial",
    re.IGNORECASE,
)
_COMMENT = regex(r"^\s*(#|//|\*|--|;|%|rem\b|dnl\b)", re.IGNORECASE)
_CODE = regex(
    r"^\s*(?:import\s|from\s+\S+\s+import\b|(?:async\s+)?def\s|class\s|#include\b|package\s|(?:const|let|var)\s|"
    r"public\s|private\s|function\s|[{}]\s*$|\"{3}|'{3}|@\w+)|\*/\s*$"
)
_YAML_FIELD = regex(r"^[A-Za-z_]\w*:(?:\s|$)")


def rest_of(lines: list[str], words: Words, taken: list[bool]) -> list[str]:
    """The lines with COPY where copies have taken them; of a line taken in part, the other words."""
    rest = list(lines)
    by_line: dict[int, list[tuple[str, bool]]] = {}
    for word, line, is_taken in zip(words.words, words.lines, taken, strict=True):
        by_line.setdefault(line, []).append((word, is_taken))
    for line, found in by_line.items():
        if any(is_taken for _, is_taken in found):
            rest[line - 1] = " ".join(word for word, is_taken in found if not is_taken) or COPY
    return rest


def added_around(
    rest: list[str], lines: list[str], start: int, end: int, *, is_policy: bool = False
) -> Iterator[str]:
    """Paragraphs above and below a copy (its lines from 1) that set further conditions."""
    is_part = _part_of_same(lines[start - 1 : end])
    above: list[str] = []
    for at in range(start - 1, max(-1, start - 1 - MAX_LINES), -1):
        line = rest[at]
        if line == COPY and at == start - 1:
            continue
        if line == COPY or (at < start - 1 and not is_part(line)):
            break
        above.insert(0, line)
    found = _first_condition(list(reversed(_sections(above))), is_above=True)
    if found and (is_policy or not _is_below_a_policy(rest[: start - 1])):
        yield f"a paragraph is added above: “{found}”"
    below: list[str] = []
    for at in range(end - 1, min(len(rest), end - 1 + MAX_LINES)):
        line = rest[at]
        if line == COPY and at == end - 1:
            continue
        if line == COPY or (at > end - 1 and not is_part(line)):
            break
        below.append(line)
    found = _first_condition(_sections(below), is_above=False)
    if found:
        yield f"a paragraph is added below: “{found}”"


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
            for before, word in zip(("", *words), words, strict=False)
            if word not in text.title
            and (word in prints.names or word in _TELLING or _is_version(word, before))
        ]
        if strange:
            yield f"name: the title says “{' '.join(words)}”"
        return


def _is_version(word: str, before: str) -> bool:
    """A number with a point, a year, or one after "version"; a model's size is none."""
    return word[0].isdigit() and ("." in word or len(word) == YEAR_DIGITS or before in _NUMBERED)


def _part_of_same(copy: list[str]) -> _Same:
    """Which lines around a copy belong to the same piece of writing."""
    written = [line for line in copy if line.strip()]
    marks = [found[1] for line in written if (found := _COMMENT.match(line))]
    mark = max(set(marks), key=marks.count) if marks else ""
    is_comment = bool(mark) and marks.count(mark) >= SHARE_OF_COMMENTS * len(written)
    is_indented = bool(written) and all(line[:1].isspace() for line in written)
    return _Same(mark if is_comment else "", is_indented)


@dataclass(frozen=True, slots=True)
class _Same:
    mark: str
    is_indented: bool

    def __call__(self, line: str) -> bool:
        if self.mark:
            return line.strip().startswith(self.mark)
        if self.is_indented and _YAML_FIELD.match(line):
            return False
        return not _CODE.search(line)


def _sections(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Headings (`""` where there is none, or a rule) with the paragraphs below each."""
    found: list[tuple[str, list[str]]] = []
    heading, block, blocks = "", list[str](), list[str]()

    def flush() -> None:
        nonlocal block
        if block:
            blocks.append(" ".join(block))
        block = []

    for line in lines:
        is_rule = bool(_RULE.match(line)) and not block
        if is_rule or _HEADING.match(line):
            flush()
            found.append((heading, blocks))
            heading, blocks = ("" if is_rule else line.strip(" #")), list[str]()
        elif line.strip(" \t>#*=-_|/;%"):
            if not (_COPYRIGHT_LINE.search(line) and not block):
                block.append(line.strip(" \t>#*|/"))
        else:
            flush()
    flush()
    return [*found, (heading, blocks)]


def _first_condition(sections: list[tuple[str, list[str]]], *, is_above: bool) -> str:
    """The first words of a paragraph that sets conditions, in the copy's own section or in those next to
    it that say they amend. Below, a plain title begins another document; above, it may be the copy's."""
    for at, (heading, blocks) in enumerate(sections):
        if at and not _AMENDS.search(heading or " ".join(blocks[:1])):
            return ""
        for block in [heading, *blocks] if heading else blocks:
            if sets_conditions(block) and not (_POLICY.search(block) and _is_heading(block)):
                return _shown(block)
            if not is_above and not at and block is not heading and _is_heading(block):
                return ""
    return ""


def _is_below_a_policy(lines: list[str]) -> bool:
    """Whether a use policy, a document of its own, stands above."""
    written = [line.strip(" #*") for line in lines[-MAX_LINES_OF_A_POLICY:] if line.strip(" #*")]
    return any(_POLICY.search(line) and _is_heading(line) for line in written[:-1])


def _blocks_above(lines: list[str], start: int) -> Iterator[list[str]]:
    """Blocks of lines above a line, the nearest first; those of copyright lines are passed over."""
    block: list[str] = []
    given = 0
    for at in range(start - 2, max(-2, start - 2 - MAX_LINES), -1):
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
            if given >= MAX_BLOCKS_TO_A_TITLE or _HEADING.match(block[0]):
                return
        block = []
    if block:
        yield block


def _is_heading(block: str) -> bool:
    """A short line without a stop begins another document; one that speaks of conditions does not."""
    is_short = len(block.split()) <= MAX_HEADING_WORDS and block[-1:] not in ".;:,"
    return is_short and not _AMENDS.search(block)


def _shown(block: str) -> str:
    words = block.split()
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")
