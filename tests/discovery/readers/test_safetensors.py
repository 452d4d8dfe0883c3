import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.readers.safetensors import READER
from tests.discovery.weights_kit import POINTER, POINTER_FACTS, headers, safetensors


def read(content):
    ((format_name, facts),) = headers(READER, content, "m.safetensors")
    assert format_name == "safetensors"
    return facts


def test_metadata_is_read_and_tensors_are_not():
    content = safetensors({"__metadata__": {"format": "pt", "base": "o/n"}, "w": {"dtype": "F32"}})
    assert read(content) == [("format", "pt"), ("base", "o/n")]


def test_a_file_without_metadata_has_no_facts():
    assert read(safetensors({"w": {"dtype": "F32"}})) == []


def test_of_a_long_header_the_metadata_in_front_is_read():
    content = safetensors({"__metadata__": {"format": "pt"}, "w": {"dtype": "F32" * 1000}})[:200]
    assert read(content) == [("format", "pt")]


@pytest.mark.parametrize(
    ("content", "facts"),
    [
        (b"", [("broken", "not a safetensors header")]),
        (b"\xff" * 100, [("broken", "not a safetensors header")]),
        (b"\x10\0\0\0\0\0\0\0{not json       ", [("cut", "the header is not JSON")]),
        (safetensors({"__metadata__": [1]}), [("cut", "the metadata is not an object")]),
        (b"\xff\xff\0\0\0\0\0\0{", [("broken", "not a safetensors header")]),
        (
            b"\xff\xff\0\0\0\0\0\0{" + b"[" * 40_000,
            [("cut", "the header is longer than what is read of a file")],
        ),
        (b"\x40\x9c\0\0\0\0\0\0{" + b'"a":[' * 7_999 + b"    ", [("cut", "the header is not JSON")]),
    ],
)
def test_what_is_broken_is_said(content, facts):
    assert read(content) == facts


def test_a_pointer_of_git_lfs_gives_hash_and_size():
    assert read(POINTER) == POINTER_FACTS


@given(st.binary(max_size=300), st.integers(0, 2**64 - 1))
def test_any_bytes_give_one_header(tail, length):
    read(length.to_bytes(8, "little") + tail)
