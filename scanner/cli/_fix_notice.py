"""The block of texts in a NOTICE: added once, and replaced where one stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.cli._fix_text import Change
from scanner.patterns import regex
from scanner.records.quick import replace
from scanner.records.report import DISCLAIMER

NOTICE = "NOTICE"
_BEGIN, _END = "<!-- lading: models -->", "<!-- lading: end of models -->"
"""What the block in a NOTICE stands between, so that the next run replaces it."""
_WRITTEN = regex(
    r"^Models and datasets used by [^\n]*\n=+\n\n(?P<blocks>.*?)"
    rf"^(?P<end>As of \d{{4}}-\d\d-\d\d\. {re.escape(DISCLAIMER)})",
    re.MULTILINE | re.DOTALL,
)
"""What `-f notice` writes, license texts aside (reporting/formats/notice.py)."""
_BLOCK = regex(r"[^\n]+\n-+\n|None\.$|Hosted services, |Not met yet, ")
_TO_DO = "Not met yet, "


def with_notice(before: str, text: str, rule: str) -> Change | str | None:
    """The NOTICE file with the text in it, in the place of the one of an earlier run or of `-f notice`.

    None where it says so already, whatever its day; the reason where something stands there that was
    lading's and has been written into. Line ends stay as the file has them.
    """
    if "\r\n" in before:
        made = with_notice(before.replace("\r\n", "\n"), text, rule)
        if not isinstance(made, Change):
            return made
        return replace(made, before=before, after=made.after.replace("\n", "\r\n"))
    spans = list(_spans(before))
    if any(not _is_untouched(before[start:end]) for start, end in spans):
        return (
            f"{NOTICE}: {rule}: the text written by -f notice has been changed by hand since; "
            "take it out or mend it by hand"
        )
    if len(spans) == 1 and _says(before[slice(*spans[0])]) == _says(text):
        return None
    block = f"{_BEGIN}\n{text.rstrip()}\n{_END}"
    after = before
    for start, end in sorted(spans, reverse=True):
        if (start, end) == spans[0]:
            after = after[:start] + block + after[end:]
        else:
            after = after[:start] + after[end:].lstrip("\n")
    if not spans:
        gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
        after = f"{before}{gap}{block}\n"
    reason = f"{NOTICE}: {rule}: what licenses ask to be told to those who receive the project"
    return Change(NOTICE, before, after, (reason,))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where blocks of lading stand, the marked one first."""
    start, end = text.find(_BEGIN), text.find(_END)
    marked = (start, end + len(_END)) if 0 <= start < end else (0, 0)
    if marked[1]:
        yield marked
    for found in _WRITTEN.finditer(text):
        if not marked[0] <= found.start() < marked[1]:
            yield found.span()


def _is_untouched(span: str) -> bool:
    """Whether all of it is of the shape lading writes; what stands between marks is lading's whole."""
    if span.startswith(_BEGIN):
        return True
    found = _WRITTEN.match(span)
    return found is not None and all(_BLOCK.match(block) for block in _blocks(found["blocks"]))


def _says(text: str) -> list[str]:
    """The blocks of a text but for its day and what was left to do."""
    found = _WRITTEN.search(text)
    return [block for block in _blocks(found["blocks"]) if not block.startswith(_TO_DO)] if found else [text]


def _blocks(text: str) -> list[str]:
    return [block for block in text.strip().split("\n\n") if block]
