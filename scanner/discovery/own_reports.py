"""Reports lading itself wrote: what they name is already told where the project names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.patterns import regex

if TYPE_CHECKING:
    from scanner.discovery.source import Source

_HEAD_CHARACTERS = 3_000
"""A report says within its first characters who wrote it."""
_OWN = regex(
    r'\A\s*\{\s*"schema"\s*:\s*"lading\.[a-z.-]+/\d+"'
    r'|\A\s*\{[^{]*"bomFormat"\s*:\s*"CycloneDX"[\s\S]*?"tools"\s*:\s*\{\s*"components"\s*:\s*\[\s*\{'
    r'\s*"type"\s*:\s*"application"\s*,\s*"name"\s*:\s*"lading"'
    r'|\A\s*\{[\s\S]*?"createdBy"\s*:\s*\[\s*"https://spdx\.org/spdxdocs/lading-'
    r'|\A\s*\{[^{]*"runs"\s*:\s*\[\s*\{\s*"tool"\s*:\s*\{\s*"driver"\s*:\s*\{\s*"name"\s*:\s*"lading"'
    # Code Quality is a bare list without a place for a name: known by its fields and lading's fingerprints.
    r'|\A\s*\[\s*\{\s*"description"\s*:\s*"(?:[^"\\]|\\.)*+"\s*,\s*"check_name"\s*:\s*"[a-z-]+"\s*,'
    r'\s*"fingerprint"\s*:\s*"[0-9a-f]{16,20}(?:-\d+)?"\s*,\s*"severity"'
    r'|\A<!doctype html>[\s\S]*?<meta name="generator" content="lading">'
    r'|\A<\?xml[^>]*>\s*<testsuites name="lading" '
    r"|\A(?:Policy in force: [^\n]*\n\s*)?<!-- generator: lading -->"
    r"|\APolicy in force: [\s\S]*?\(sha256:[0-9a-f]{12}[,)]"
    r"|\AModels and datasets used by [^\n]*\n={10,}\n\n"
    r"|\Aname,kind,commit,license,license_key,license_category,publisher,"
)


def passes_over(source: Source) -> bool:
    """Whether a file is a report of lading; that it was not read for models is said in the coverage."""
    is_own = source.depth == 0 and _OWN.match(source.text[:_HEAD_CHARACTERS]) is not None
    if is_own:
        source.leave_out("a report of lading: not read for models")
    return is_own
