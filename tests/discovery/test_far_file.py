"""A large file, read in pieces."""

from __future__ import annotations

import datetime
import io
import pickle
import pickletools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery import far_file, pickle_imports
from scanner.discovery.far_file import LARGE_BYTES, FarFile
from scanner.discovery.pickle_imports import read_imports_of


def far(content: bytes) -> FarFile:
    return FarFile(lambda start, count: content[start : start + count], len(content))


@given(
    st.binary(max_size=300),
    st.lists(st.one_of(st.integers(0, 40), st.just("line"), st.just("peek")), max_size=30),
)
def test_small_reads_are_those_of_any_file(content: bytes, steps: list[int | str]) -> None:
    ours, theirs = far(content), io.BytesIO(content)
    for step in steps:
        if step == "line":
            assert ours.readline() == theirs.readline()
        elif step == "peek":
            assert ours.peek() == content[theirs.tell() : theirs.tell() + 1]
        else:
            assert ours.read(int(step)) == theirs.read(int(step))
        assert ours.tell() == theirs.tell()


def test_a_large_value_is_stepped_over_and_counts_as_what_it_is() -> None:
    file = far(b"a" + b"\0" * (LARGE_BYTES + 1) + b"z")
    assert file.read(1) == b"a"
    assert len(file.read(LARGE_BYTES + 1)) == LARGE_BYTES + 1
    assert (file.read(1), file.read(1)) == (b"z", b"")


def test_a_value_longer_than_the_file_is_not_there() -> None:
    file = far(b"\x80\x04B\xff\xff\xff\x7f.")
    with pytest.raises(ValueError, match="expected 2147483647 bytes"):
        list(pickletools.genops(file))


def test_no_more_than_so_much_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(far_file, "MAX_READ_BYTES", 10)
    monkeypatch.setattr(far_file, "PIECE_BYTES", 4)
    file = far(b"0123456789abcdefghij")
    assert b"".join(file.read(1) for _ in range(20)) == b"0123456789ab"
    assert file.is_spent


def test_a_pickle_that_goes_on_behind_it_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(far_file, "MAX_READ_BYTES", 10)
    monkeypatch.setattr(far_file, "PIECE_BYTES", 4)
    monkeypatch.setattr(pickle_imports, "MAX_READ_BYTES", 10)
    found = read_imports_of(far(pickle.dumps([datetime.date(2026, 1, 1)], protocol=2)))
    assert (found.count, found.note) == (0, "more than 10 bytes")
    monkeypatch.undo()
    found = read_imports_of(far(pickle.dumps([datetime.date(2026, 1, 1)], protocol=2) * 2))
    assert (found.count, found.note) == (2, "")
    assert "datetime.date" in found.names
