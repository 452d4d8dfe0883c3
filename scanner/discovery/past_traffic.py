"""Recorded requests and their answers, and what tests of templates set: data that nobody runs."""

from __future__ import annotations

from scanner.discovery.config_keys import snake
from scanner.discovery.tree_nodes import Listing, Node, Table
from scanner.discovery.vocabulary import words
from scanner.records.quick import dataclass

_REQUESTS = words("request when http_request")
_ANSWERS = words("response then http_response")
_WHERE = words("method uri url path url_path url_pattern url_path_pattern")
_HOW_IT_WENT = words("status status_code code")
_HEADERS = words("header headers")
_WHAT_CAME = words("body body_file_name json_body base64_body content") | _HEADERS
_RECORDED_BODY = words("string base64_string encoding")
MOST_TESTS = 20
"""Tests of one file that are looked at."""


@dataclass(frozen=True, slots=True)
class Past:
    """Keys of a table under which something of the past stands."""

    answers: frozenset[str] = frozenset()
    requests: frozenset[str] = frozenset()


_NOTHING = Past()


def past_in(table: Table) -> Past:
    """What of a table is recorded traffic, as VCR, HAR files, WireMock, httpmock and nock keep it.

    A test that makes its request itself says what it expects of the answer, not what came of it: neither
    is of the past then.
    """
    named = [(snake(key.value), key.value, node) for key, node in table.entries]
    if not any(name in _ANSWERS for name, _, _ in named):
        return _NOTHING
    own = {name for name, _, _ in named}
    if own & _WHERE and own & _HOW_IT_WENT:
        answers = frozenset(key for name, key, _ in named if name in _ANSWERS)
        return Past(answers, frozenset(key for name, key, _ in named if name == "body"))
    asked = frozenset(key for name, key, node in named if name in _REQUESTS and _keys(node) & _WHERE)
    answers = frozenset(
        key for name, key, node in named if name in _ANSWERS and _has_come(node, is_asked=bool(asked))
    )
    return Past(answers, asked) if answers else _NOTHING


def tests_templates(root: Node) -> bool:
    """Whether a document holds tests of a Helm chart: values set for templates, and what is to come out."""
    tests = root.get("tests") if isinstance(root, Table) else None
    if not isinstance(tests, Listing):
        return False
    return any(
        isinstance(test, Table) and isinstance(test.get("asserts"), Listing)
        for test in tests.members[:MOST_TESTS]
    )


def _has_come(node: Node, *, is_asked: bool) -> bool:
    """Whether a table holds an answer: status and content; beside a request, headers or a body as VCR's."""
    keys = _keys(node)
    if keys & _HOW_IT_WENT and keys & _WHAT_CAME:
        return True
    body = node.get("body") if isinstance(node, Table) and is_asked else None
    return is_asked and bool(keys & _HEADERS or (body is not None and _keys(body) & _RECORDED_BODY))


def _keys(node: Node) -> frozenset[str]:
    return frozenset(snake(key.value) for key, _ in node.entries) if isinstance(node, Table) else frozenset()
