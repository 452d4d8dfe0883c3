"""Which part of a project a path belongs to: shipped, test, docs, example."""

from __future__ import annotations

import re
from functools import lru_cache

from scanner.patterns import regex
from scanner.records.sighting import Scope

_TEST_FOLDERS = frozenset(
    {"test", "tests", "testing", "spec", "specs", "__tests__", "__mocks__", "__fixtures__", "fixtures"}
    | {"e2e", "unittest", "unittests", "integrationtest", "integrationtests"}
)
_TEST_FOLDER = regex(
    r"test_?(?:data|fixtures?|resources?|assets|files|cases?|suites?|utils|helpers|support)"
    r"|(?:unit|integration|int|functional|acceptance|system|smoke|load|stress|perf|performance|regression|e2e|end_to_end"
    r"|component|contract|api|ui|sanity|backend|frontend|conformance|compatibility|snapshot|golden)_tests?"
)
"""Folders of tests with more than one word, however these are joined."""
_TEST_PROJECT = regex(r".*(?:\.(?:[A-Za-z]*[a-z])?Tests?|[a-z0-9](?:UI)?Tests)")
"""Projects of tests in .NET and Xcode: `Shop.Tests`, `Shop.UnitTests`, `ShopUITests`."""
_TEST_SOURCES = regex(
    r"(?:.*/)?src/(?:it|[a-z][A-Za-z0-9]*Tests?|[a-z][A-Za-z0-9]*Fixtures)"
    r"/(?:java|kotlin|groovy|scala|resources|assets)/.*"
)
"""Sources of tests as Maven and Gradle lay them out: `src/it`, `src/integrationTest`, `src/jvmTest`."""
_TEST_NAME = regex(
    r"test_.*|conftest\.py|tests?\.[a-z]+|.*_tests?\.[a-z0-9]+|.*_spec\.[a-z]+|.*\.(?:test|spec|e2e|cy)\.[a-z]+"
    r"|.*(?<=[a-z])Tests?\.(?:java|kt|cs|swift|scala)"
)
_DOCS_FOLDERS = frozenset({"docs", "doc", "documentation", "website", "changelogs", "adr"})
_DOCS_NAME = regex(
    r".*\.(?:md|mdx|markdown|rst|adoc|asciidoc|qmd|rmd|tex)|(?:readme|changelog|changes|history|contributing|authors)"
    r"(?:\..*)?",
    re.IGNORECASE,
)
_EXAMPLE_FOLDERS = frozenset(
    {"examples", "example", "demo", "demos", "sample", "samples", "tutorial", "tutorials", "cookbook"}
    | {"cookbooks", "playground", "showcase", "quickstart", "quickstarts"}
)


@lru_cache(maxsize=4096)
def scope_of(path: str) -> Scope:
    """Read the scope off a path relative to the root.

    Tests win over documentation, documentation over examples: a test of an example is a test, a page
    about an example is documentation.
    """
    *folders, name = path.split("/")
    around = {folder.lower() for folder in folders}
    if around & _TEST_FOLDERS or _TEST_NAME.fullmatch(name) or any(map(_is_of_tests, folders)):
        return Scope.TEST
    if _TEST_SOURCES.fullmatch(path):
        return Scope.TEST
    if around & _DOCS_FOLDERS or _DOCS_NAME.fullmatch(name):
        return Scope.DOCS
    if around & _EXAMPLE_FOLDERS:
        return Scope.EXAMPLE
    return Scope.SHIPPED


@lru_cache(maxsize=4096)
def _is_of_tests(folder: str) -> bool:
    joined = folder.lower().replace("-", "_")
    return _TEST_FOLDER.fullmatch(joined) is not None or _TEST_PROJECT.fullmatch(folder) is not None


_TRANSLATED = regex(
    r"(?:.*/)?(?:(?:locales?|_locales|i18n|l10n|translations)/.*\.(?:json|ya?ml|po|properties|ftl|ts|js)"
    r"|langs?/(?:.*/)?[a-z]{2}(?:[-_][A-Za-z]{2,4})?\.(?:json|ya?ml|ts|js))"
)


@lru_cache(maxsize=4096)
def is_translation(path: str) -> bool:
    """Whether a file holds the words of a user interface in some language: it uses none of what it names."""
    return _TRANSLATED.fullmatch(path) is not None
