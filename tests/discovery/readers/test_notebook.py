"""Notebooks: cells to programs, places in the raw file."""

import json
from pathlib import Path

import pytest

from scanner.discovery.readers.notebook import READER
from scanner.discovery.source import Source
from scanner.discovery.views import Embedded
from scanner.errors import UnreadableFile
from scanner.records.sighting import Scope
from tests.discovery.reading import read_project, shown


def notebook(*cells: tuple[str, str], language: str = "python", indent: int | None = 1) -> str:
    written = [
        {
            "cell_type": kind,
            "metadata": {},
            "outputs": [{"text": ["model = 'lab1/output2'\n"]}],
            "source": text.splitlines(keepends=True),
        }
        for kind, text in cells
    ]
    return json.dumps({"cells": written, "metadata": {"language_info": {"name": language}}}, indent=indent)


def embedded(text: str) -> list[tuple[str, str, int | None]]:
    """(language, text, cell of its first line) of each text handed on."""
    views = READER.read(Source("a.ipynb", text, "notebook", Scope.SHIPPED))
    found = []
    for view in views:
        assert isinstance(view, Embedded)
        found.append((view.source.language, view.source.text, view.source.locate(1, 1, 1, 1).cell))
    return found


def test_code_cells_are_one_program_and_markdown_is_prose() -> None:
    text = notebook(("markdown", "# Title"), ("code", "a = 1\nb = 2"), ("code", "c = a"))
    assert embedded(text) == [("markdown", "# Title", 0), ("python", "a = 1\nb = 2\nc = a", 1)]


def test_a_place_is_that_of_the_raw_file_with_its_cell() -> None:
    text = notebook(("code", "a = 1"), ("code", "b = 2\nc = 3"))
    (view,) = READER.read(Source("a.ipynb", text, "notebook", Scope.SHIPPED))
    assert isinstance(view, Embedded)
    place = view.source.locate(3, 1, 3, 2)
    raw = text.split("\n")[place.line - 1]
    assert (raw[place.column - 1 : place.end_column - 1], place.cell) == ("c", 1)


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_any_layout_of_the_json_is_read(indent: int | None) -> None:
    text = notebook(("code", "a = 1\nb = '\\u00e9\"'"), indent=indent)
    assert embedded(text) == [("python", "a = 1\nb = '\\u00e9\"'", 0)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("!pip install x\na = 1", [("shell", "pip install x", 0), ("python", "pass\na = 1", 0)]),
        ("if a:\n    !ollama pull {m}", [("shell", "ollama pull $__", 0), ("python", "if a:\n    pass", 0)]),
        ("!curl x \\\n  -d y\na = 1", [("shell", "curl x \\\n  -d y", 0), ("python", "pass\n\na = 1", 0)]),
        ("! vllm serve x\na = 1", [("shell", "vllm serve x", 0), ("python", "pass\na = 1", 0)]),
        ("out = !ls x", [("shell", "ls x", 0), ("python", "pass", 0)]),
        ("%env HF_HOME=/x\na = 1", [("shell", "export HF_HOME=/x", 0), ("python", "pass\na = 1", 0)]),
        ("%run train.py --model x/y", [("shell", "run train.py --model x/y", 0), ("python", "pass", 0)]),
        ("%time a = load('x')", [("python", "0;    a = load('x')", 0)]),
        ("%timeit -n1 -r 2 a = load('x')", [("python", "0;               a = load('x')", 0)]),
        ("%lprun -f load load('x')", [("python", "0;             load('x')", 0)]),
        ("load?\na = 1", [("python", "pass\na = 1", 0)]),
        ("a.load??\n?a\na = 1", [("python", "pass\npass\na = 1", 0)]),
        ("if a:\n    a.load?\nb = 1", [("python", "if a:\n    pass\nb = 1", 0)]),
        ("pip install -U x\na = 1", [("shell", "pip install -U x", 0), ("python", "pass\na = 1", 0)]),
        ("cd sub/x\na = 1", [("shell", "cd sub/x", 0), ("python", "pass\na = 1", 0)]),
        ("a = 'is it?'", [("python", "a = 'is it?'", 0)]),
        ("%time\na = 1", [("python", "pass\na = 1", 0)]),
        ("%matplotlib inline\na = 1", [("python", "pass\na = 1", 0)]),
        ("%%bash\nvllm serve x", [("shell", "vllm serve x", 0)]),
        ("%%writefile conf/x.yaml\na: b", [("file:conf/x.yaml", "a: b", 0)]),
        ("%%time\na = 1", [("python", "a = 1", 0)]),
        ("%%html\n<p>", [("html", "<p>", 0)]),
        ("%%sql\nselect 1", []),
        ("a = 7 % 3", [("python", "a = 7 % 3", 0)]),
        ("a = '''\n!no\n'''", [("python", "a = '''\n!no\n'''", 0)]),
    ],
)
def test_magics_are_taken_out_of_their_cell(cell: str, expected: list[tuple[str, str, int | None]]) -> None:
    assert embedded(notebook(("code", cell))) == expected


def test_a_cell_that_is_no_python_does_not_spoil_the_others(tmp_path: Path) -> None:
    text = notebook(("code", "MODEL = 'lab1/net2-large'"), ("code", "MODEL = = 'lab1/other2'"))
    found = read_project(tmp_path, {"a.ipynb": text})
    assert [shown(each) for each in found.sightings] == ["hf-model lab1/net2-large a.ipynb:14 guessed"]
    assert [each.reason for each in found.skipped] == ["cell 1: not Python 3: line 1: invalid syntax"]


def test_outputs_name_nothing(tmp_path: Path) -> None:
    found = read_project(tmp_path, {"a.ipynb": notebook(("code", "x = 1"))})
    assert (found.sightings, found.skipped) == ((), ())


def test_a_notebook_of_another_language_goes_to_its_reader() -> None:
    assert embedded(notebook(("code", "const a = 1"), language="javascript")) == [
        ("javascript", "const a = 1", 0)
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"cells": 3}', '{"worksheets": []}', "[" * 100_000])
def test_what_is_no_notebook_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile, match="notebook"):
        embedded(text)
