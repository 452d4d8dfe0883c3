"""Programs for a newer Python than the one at hand."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.python_newer import parse, write_older
from tests.discovery.reading import lines

LOAD = "\nfrom transformers import AutoModel\nAutoModel.from_pretrained('lab1/net2')\n"


@pytest.mark.parametrize(
    "newer",
    [
        'x = f"{names["a"]} and {{no}} {y}"',
        "x = f'{'; '.join(names)}'",
        'x = f"""{"\\n".join(names)}\n{y}"""',
        'x = rf"a{"\\\\"}b"',
        "type Pair = tuple[int, int]",
        "type Pair[T] = tuple[T, T]",
        "def first[T: int](a: T) -> T: ...",
        "class Box[T](Base):\n    def get[U](self): ...",
        "class Box[T]: ...",
    ],
)
def test_a_newer_program_is_read_with_its_places(tmp_path: Path, newer: str) -> None:
    line = newer.count("\n") + 3
    assert lines(tmp_path, newer + LOAD) == [f"hf-model lab1/net2 {line} literal remote-code=False"]


@pytest.mark.parametrize("broken", ["x = (", "x = f'{a b'", "def f[", "type = = 3"])
def test_what_is_no_python_stays_none(broken: str) -> None:
    with pytest.raises(SyntaxError):
        parse(broken)


@given(st.text(alphabet="f\"'{}\\ \nab[]=tye", max_size=60))
def test_whatever_is_written_over_keeps_its_length_and_lines(text: str) -> None:
    older = write_older(text)
    assert [len(line) for line in older.split("\n")] == [len(line) for line in text.split("\n")]


@given(st.text(alphabet="f\"'{}ab[]= \n", max_size=40))
def test_a_program_that_can_be_parsed_is_not_written_over(text: str) -> None:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    assert ast.dump(parse(text)) == ast.dump(tree)
