"""What no reader claims, in few words: names where they are few, else counts."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.records.report import Report
from scanner.records.unclaimed import NO_READER
from scanner.reporting.phrases import counted

MAX_NAMES = 3
"""Files of one kind that are named."""
MAX_KINDS = 12
"""Kinds that are named in the one line for files that are no source code."""


def unclaimed_lines(report: Report) -> Iterator[str]:
    """One line for each language without a reader, one for all other kinds, one for the lockfile."""
    coverage = report.coverage
    languages = {gap.language for gap in coverage.languages_without_reader}
    unread = coverage.unread or ()
    named = {each.kind: each.names for each in unread if each.kind in languages}
    for gap in coverage.languages_without_reader:
        names = named.get(gap.language, ())
        few = f" ({', '.join(names)})" if 0 < gap.files <= MAX_NAMES and len(names) == gap.files else ""
        yield f"{counted(gap.files, 'file')} of {gap.language}{few}: lading has no reader for this language"
    others = [each for each in unread if each.kind not in languages and each.reason == NO_READER]
    if others:
        number = counted(sum(each.files for each in others), "file")
        said = [
            ", ".join(each.names) if each.files <= MAX_NAMES else f"{each.files:,} {each.kind}"
            for each in others[:MAX_KINDS]
        ]
        rest = len(others) - MAX_KINDS
        more = f" and {counted(rest, 'more kind')}" if rest > 0 else ""
        yield f"{number} of kinds lading has no reader for: {', '.join(said)}{more}"
    for each in unread:
        if each.kind not in languages and each.reason != NO_READER:
            yield f"{', '.join(each.names[:MAX_NAMES])}: {each.reason}"
