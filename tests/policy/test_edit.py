from __future__ import annotations

from datetime import date

import pytest

from scanner.errors import UsageError
from scanner.policy.edit import NewException, add_exception, quoted
from tests.policy.build import load

ENTRY = NewException(
    ("license-not-allowed",), "Qwen/Qwen2.5-3B", "qwen-research", None, "legal@example.com",
    "evaluation: no product", date(2026, 11, 22), date(2027, 3, 31),
)  # fmt: skip
BLOCK = """  - rule: license-not-allowed
    reference: Qwen/Qwen2.5-3B
    license: qwen-research
    owner: "legal@example.com"
    reason: "evaluation: no product"
    granted: 2026-11-22
    expires: 2027-03-31
"""


def test_a_policy_without_exceptions_gets_a_list_at_its_end() -> None:
    assert add_exception("version: 1 # first\n", ENTRY, "p") == f"version: 1 # first\nexceptions:\n{BLOCK}"


def test_a_file_without_a_last_line_end_gets_one() -> None:
    assert add_exception("version: 1", ENTRY, "p") == f"version: 1\nexceptions:\n{BLOCK}"


@pytest.mark.parametrize("empty", ["exceptions: []", "exceptions:", "exceptions: [ ]"])
def test_an_empty_list_is_filled_and_comments_stay(empty: str) -> None:
    text = f"version: 1\n{empty}  # none yet\nrules: {{}}\n"
    assert add_exception(text, ENTRY, "p") == (f"version: 1\nexceptions:  # none yet\n{BLOCK}rules: {{}}\n")


def test_it_goes_above_the_others_with_their_indent() -> None:
    text = "version: 1\nexceptions:\n# why\n- {rule: license-unknown, reference: a/b}\n"
    changed = add_exception(text, ENTRY, "p")
    assert changed.startswith("version: 1\nexceptions:\n# why\n- rule: license-not-allowed\n  reference:")
    assert changed.endswith("expires: 2027-03-31\n- {rule: license-unknown, reference: a/b}\n")


def test_what_is_written_is_right() -> None:
    (entry,) = load(add_exception("version: 1\n", ENTRY, "p")).exceptions
    assert (entry.reference.text, entry.reason) == ("Qwen/Qwen2.5-3B", "evaluation: no product")


def test_a_list_in_one_line_is_left_alone_with_the_lines_to_add() -> None:
    with pytest.raises(UsageError) as raised:
        add_exception("version: 1\nexceptions: [{rule: license-unknown}]\n", ENTRY, "p")
    assert BLOCK in str(raised.value)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("qwen-research", "qwen-research"),
        ("no", '"no"'),
        ("a: b", '"a: b"'),
        ("x #y", '"x #y"'),
        ('say "so"', '"say \\"so\\""'),
        ("2027", '"2027"'),
        ("*", '"*"'),
    ],
)
def test_text_that_could_be_something_else_is_quoted(text: str, written: str) -> None:
    assert quoted(text) == written
