"""`lading: ignore[rule-id] reason` beside a line, in any comment syntax."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.patterns import regex
from scanner.records.sighting import IgnoreComment

MAX_REASON = 500
"""Characters of a reason that are kept."""

_IGNORE = regex(
    r"(?P<before>[^\n]*?)(?P<sign>\#|//|/\*+|<!--|--|;|%|\{\#|\(\*|\bREM\b)[ \t]*"
    r"lading:[ \t]*ignore\[(?P<rules>[^\]\n]*)\](?P<reason>[^\n]*)"
)
_CLOSERS = regex(r"\s*(?:\*+/|-->|#\}|\*\)|\\n\"?,?|\",?)\s*$")


def find_ignores(file: str, text: str) -> Iterator[IgnoreComment]:
    """Find the ignore comments of a raw file.

    A comment speaks of its own line; where it stands alone, of the next one. In a notebook it is found
    in the raw JSON line of the cell.
    """
    if "lading:" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if "lading:" not in line or not (found := _IGNORE.match(line)):
            continue
        rules = tuple(rule.strip() for rule in found["rules"].split(",") if rule.strip())
        reason = found["reason"]
        while (shorter := _CLOSERS.sub("", reason)) != reason:
            reason = shorter
        is_alone = not found["before"].strip().strip('"')
        yield IgnoreComment(
            file, number + is_alone, rules, reason.strip().lstrip(":-–— ").strip()[:MAX_REASON]
        )
