from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.readers.onnx import READER
from tests.discovery.weights_kit import POINTER, POINTER_FACTS, field, headers


def read(content):
    ((format_name, facts),) = headers(READER, content, "m.onnx")
    assert format_name == "onnx"
    return facts


def test_producer_and_metadata_are_read_around_the_graph():
    content = field(1, 8) + field(2, b"pytorch") + field(7, b"g" * 300) + field(8, b"x")
    content += field(14, field(1, b"source") + field(2, b"o/n"))
    assert read(content) == [("producer_name", "pytorch"), ("metadata.source", "o/n")]


def test_a_graph_longer_than_what_is_read_is_said():
    content = field(2, b"pytorch") + field(7, b"g" * 300)
    assert read(content[:100]) == [
        ("producer_name", "pytorch"),
        ("cut", "the graph is longer than what is read of a file; what follows was not read"),
    ]


def test_what_is_no_message_is_said():
    assert read(b"\xff" * 50) == [("cut", "not a protobuf message")]


def test_a_pointer_of_git_lfs_gives_hash_and_size():
    assert read(POINTER) == POINTER_FACTS


@given(st.binary(max_size=400))
def test_any_bytes_give_one_header(content):
    read(content)
