import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.readers.gguf import MAX_DATASETS, READER
from tests.discovery.weights_kit import POINTER, POINTER_FACTS, gguf, gguf_text, headers

HEAD = [("gguf.version", "3"), ("gguf.tensors", "0")]


def read(content):
    ((format_name, facts),) = headers(READER, content, "m.gguf")
    assert format_name == "gguf"
    return facts


def texts(*words, order="<"):
    return struct.pack(order + "IQ", 8, len(words)) + b"".join(gguf_text(word, order) for word in words)


def test_scalars_of_the_model_are_read_and_arrays_passed_over():
    pairs = [
        ("general.architecture", 8, gguf_text("llama")),
        ("tokenizer.tokens", 9, texts("a", "b", "c")),
        ("llama.scores", 9, struct.pack("<IQ", 6, 2) + struct.pack("<ff", 1, 2)),
        ("llama.block_count", 4, struct.pack("<I", 32)),
        ("general.base_model.count", 4, struct.pack("<I", 1)),
        ("general.base_model.0.repo_url", 8, gguf_text("https://huggingface.co/o/n")),
        ("general.license", 8, gguf_text("llama3")),
        ("general.is_fine", 7, b"\1"),
    ]
    assert read(gguf(pairs)) == [
        *HEAD,
        ("general.architecture", "llama"),
        ("general.base_model.count", "1"),
        ("general.base_model.0.repo_url", "https://huggingface.co/o/n"),
        ("general.license", "llama3"),
        ("general.is_fine", "true"),
    ]


def test_the_datasets_a_model_was_trained_on_are_kept_and_what_follows_them_is_read():
    pairs = [
        ("general.tags", 9, texts("chat", "small")),
        ("general.datasets", 9, texts("lab1/set2", "https://huggingface.co/datasets/lab1/set3")),
        ("general.dataset.0.repo_url", 8, gguf_text("https://huggingface.co/datasets/lab1/set4")),
        ("general.license", 8, gguf_text("mit")),
    ]
    assert read(gguf(pairs)) == [
        *HEAD,
        ("general.datasets.0", "lab1/set2"),
        ("general.datasets.1", "https://huggingface.co/datasets/lab1/set3"),
        ("general.dataset.0.repo_url", "https://huggingface.co/datasets/lab1/set4"),
        ("general.license", "mit"),
    ]


def test_of_very_many_datasets_the_first_are_kept_and_what_follows_is_read():
    names = [f"lab1/set{at}" for at in range(MAX_DATASETS + 5)]
    facts = read(gguf([("general.datasets", 9, texts(*names)), ("general.license", 8, gguf_text("mit"))]))
    assert facts[2 : 2 + MAX_DATASETS] == [
        (f"general.datasets.{at}", name) for at, name in enumerate(names[:MAX_DATASETS])
    ]
    assert facts[2 + MAX_DATASETS :] == [
        ("cut", f"more than {MAX_DATASETS} datasets"),
        ("general.license", "mit"),
    ]


def test_numbers_in_the_place_of_datasets_are_passed_over():
    pairs = [("general.datasets", 9, struct.pack("<IQ", 6, 2) + struct.pack("<ff", 1, 2))]
    assert read(gguf(pairs)) == HEAD


def test_the_other_byte_order_is_read():
    pairs = [("general.name", 8, gguf_text("x", ">"))]
    assert read(gguf(pairs, order=">")) == [*HEAD, ("general.name", "x")]


SHORT = ("cut", "the key-values are longer than what is read of a file")


@pytest.mark.parametrize(
    ("content", "facts"),
    [
        (b"", [("broken", "does not start like a GGUF file")]),
        (b"GGUF", [SHORT]),
        (gguf([], count=2**63), [*HEAD, SHORT]),
        (gguf([("general.name", 8, struct.pack("<Q", 2**62))]), [*HEAD, SHORT]),
        (gguf([("a", 9, struct.pack("<IQ", 6, 2**62))]), [*HEAD, SHORT]),
        (gguf([("a", 9, struct.pack("<IQ", 9, 1))]),
         [*HEAD, ("cut", "an array of arrays is not read")]),
        (gguf([("a", 99, b"")]), [*HEAD, ("cut", "a value is of the unknown type 99")]),
        (b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 2**40),
         [*HEAD, ("cut", "a key is longer than the format allows")]),
    ],
)  # fmt: skip
def test_what_is_broken_is_said(content, facts):
    assert read(content) == facts


def test_what_came_before_the_cut_is_kept():
    content = gguf([("general.name", 8, gguf_text("x")), ("tokenizer.tokens", 9, texts(*["token"] * 100))])
    assert read(content[:200]) == [*HEAD, ("general.name", "x"), SHORT]


def test_a_pointer_of_git_lfs_gives_hash_and_size():
    assert read(POINTER) == POINTER_FACTS


@given(st.binary(max_size=400))
def test_any_bytes_give_one_header(tail):
    read(b"GGUF\3\0\0\0" + tail)
