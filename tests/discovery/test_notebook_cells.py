"""Cells of a notebook: their pieces, and the spans of the raw file that hold them."""

import json

import pytest

from scanner.discovery.notebook_cells import WrittenCell, written_cells


def read(text: str) -> list[WrittenCell]:
    return list(written_cells(json.loads(text)["cells"], text))


def test_a_piece_stands_in_the_file_where_its_span_says() -> None:
    text = r'{"cells": [{"cell_type": "code", "source": ["a = \"\ud83d\ude00\"\n", "b"]}, {"source": "c"}]}'
    assert [(cell.number, cell.kind, cell.pieces) for cell in read(text)] == [
        (0, "code", ('a = "\N{GRINNING FACE}"\n', "b")),
        (1, "None", ("c",)),
    ]
    assert [json.loads(text[slice(*span)]) for cell in read(text) for span in cell.spans] == [
        'a = "\N{GRINNING FACE}"\n',
        "b",
        "c",
    ]


def test_what_an_output_calls_its_source_is_not_the_cells() -> None:
    text = '{"cells": [{"outputs": [{"source": ["x"]}], "source": ["y"]}]}'
    (cell,) = read(text)
    assert [text[slice(*span)] for span in cell.spans] == ['"y"']


@pytest.mark.parametrize("cell", ["1", '"source"', "{}", '{"source": null}', '{"source": [1]}'])
def test_a_cell_without_a_source_of_texts_is_passed_over_and_the_next_one_found(cell: str) -> None:
    text = f'{{"cells": [{cell}, {{"source": ["y"]}}]}}'
    (found,) = read(text)
    assert (found.number, found.pieces) == (1, ("y",))
    assert [text[slice(*span)] for span in found.spans] == ['"y"']


def test_a_source_under_an_escaped_key_has_no_spans() -> None:
    (cell,) = read('{"cells": [{"\\u0073ource": ["y"]}]}')
    assert (cell.pieces, cell.spans) == (("y",), ())
