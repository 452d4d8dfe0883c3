from __future__ import annotations

from dataclasses import replace

from scanner.discovery.source import Source
from scanner.records.sighting import Scope

SAID = (
    "what leads through more than 3 files was not followed; a model it may name is missing here: "
    "write the name where it is loaded"
)


def test_what_was_not_followed_is_told_once_with_its_first_line() -> None:
    source = Source("a.py", "", "python", Scope.SHIPPED, lines=((7, 0), (9, 0)))
    for line in (1, 2):
        source.leave_unfollowed(3, "files", line)
    assert list(source.left_out) == [f"line 7: {SAID}"]


def test_what_was_not_followed_in_a_file_another_asks_names_that_file() -> None:
    source = Source("a.py", "", "python", Scope.SHIPPED)
    asked = replace(source, file="b.py", is_asked=True)
    asked.leave_unfollowed(3, "files", 2)
    assert list(source.left_out) == [f"in b.py, line 2: {SAID}"]
