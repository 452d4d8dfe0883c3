"""Files made to break the Python and notebook readers: each is read, or said to be unreadable."""

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.discovery.discover import assemble
from scanner.discovery.file_reading import Kit, read_file
from scanner.discovery.languages import arrange
from scanner.discovery.neighbours import ProjectFiles
from scanner.discovery.readers import notebook, python
from scanner.discovery.source import Source
from scanner.discovery.texts import decode_text
from scanner.errors import UnreadableFile
from scanner.project.tree import ProjectFile, Tree
from scanner.records.sighting import Scope
from scanner.records.unknown import Unknown
from tests.discovery.reading import read_project

GENEROUS_SECONDS = 20
"""Far above what is needed, even on a busy machine; what grows without bound would pass it."""

PROGRAM = """
import os
from transformers import AutoModel, pipeline
from openai import OpenAI
MODELS = {"a": "lab1/net2", **{"b": f"lab1/{os.environ['X']}"}}
class C:
    model: str = "lab1/net3"
    def load(self, name=None, *rest, **more):
        return AutoModel.from_pretrained(name or self.model, **more)
client = OpenAI(base_url=os.getenv("U", "https://api.deepseek.com"))
client.chat.completions.create(model="deepseek-chat")
print([C().load(MODELS.get(k, "lab1/net4")) for k in MODELS if k != "b"])
"""


def read_all(reader: object, text: str, name: str) -> str:
    """`read`, or the reason why not."""
    try:
        for _ in reader.READER.read(Source(name, text, "x", Scope.SHIPPED)):  # type: ignore[attr-defined]
            pass
    except UnreadableFile as error:
        return error.reason
    return "read"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert read_all(python, text, "a.py")
    assert read_all(notebook, text, "a.ipynb")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PROGRAM)), st.integers(0, len(PROGRAM)), st.characters())
def test_a_damaged_program_is_read_or_refused(start: int, end: int, sign: str) -> None:
    assert read_all(python, PROGRAM[:start] + sign + PROGRAM[end:], "a.py")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    with suppress(UnreadableFile):
        assert "\r" not in decode_text(content)


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=8) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["cells", "source", "cell_type", "metadata", "language_info", "name"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_a_notebook_or_refused(value: object) -> None:
    assert read_all(notebook, json.dumps(value), "a.ipynb")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000,
        "x = " + "[" * 5_000 + "]" * 5_000,
        "x = " + "-" * 20_000 + "1",
        "x = " + "+".join(["'lab1/net2'"] * 20_000),
        "f" + "()" * 5_000,
        "x" + ".y" * 20_000,
        "if a:\n" + "".join(" " * depth + "if a:\n" for depth in range(1, 95)) + " " * 95 + "x = 1",
        "# " + "lab1/net2 " * 100_000,
        "x = '" + "a/" * 500_000 + "'",
        "\n" * 200_000,
        "from transformers import AutoModel\n" + "AutoModel.from_pretrained(m)\n" * 3_000,
        "".join(f"a{n} = a{n + 1}\n" for n in range(3_000)) + "model = a0",
        "".join(f"def f{n}(): return f{n + 1}()\n" for n in range(2_000)) + "model = f0()",
        "model = {" + ", ".join(f"'k{n}': 'lab1/net{n}'" for n in range(8_000)) + "}",
        "x = 'a'\n" + "x = f'{x}{x}{x}{x}'\n" * 60,
        "x = ['a', 'b']\n" + "y = [a + b for a in x for b in x]\nx = y\n" * 40,
    ],
    ids=range(16),
)
def test_a_program_made_to_exhaust_ends(tmp_path: Path, text: str) -> None:
    started = time.monotonic()
    found = read_project(tmp_path, {"app.py": text})
    assert time.monotonic() - started < GENEROUS_SECONDS
    assert len(found.skipped) <= 1


def test_files_that_import_a_long_chain_end(tmp_path: Path) -> None:
    files = {f"m{n}.py": f"from m{n + 1} import X\nmodel = X\n" for n in range(60)}
    found = read_project(tmp_path, files)
    assert (found.sightings, found.skipped) == ((), ())


def test_random_bytes_in_every_file_stop_nothing(tmp_path: Path) -> None:
    contents = {
        "a.py": b"\xff\xfe\x00",
        "b.py": b"\x00" * 50,
        "c.ipynb": b"\x80" * 99,
        "d.py": b"x = '\xc3'  # lab1/net2",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    files = tuple(ProjectFile(name, len(content)) for name, content in contents.items())
    tree = Tree(tmp_path.resolve(), "p", files, (), Unknown("no git"), Unknown("no git"))
    kit = Kit(arrange((python.READER, notebook.READER)), {}, context=None)  # type: ignore[arg-type]
    neighbours = ProjectFiles(tree)
    found = assemble([read_file(tree, file, kit, neighbours) for file in files], ())
    assert found.read == 1
    assert {each.file for each in found.skipped} == {"a.py", "b.py", "c.ipynb"}


def test_a_file_that_is_gone_or_leads_outside_is_said(tmp_path: Path) -> None:
    (tmp_path / "out.py").write_text("x = 1")
    root = tmp_path / "in"
    root.mkdir()
    (root / "link.py").symlink_to(tmp_path / "out.py")
    files = (ProjectFile("gone.py", 3), ProjectFile("link.py", 5))
    tree = Tree(root.resolve(), "p", files, (), Unknown("no git"), Unknown("no git"))
    kit = Kit(arrange((python.READER,)), {}, context=None)  # type: ignore[arg-type]
    found = assemble([read_file(tree, file, kit, ProjectFiles(tree)) for file in files], ())
    assert [(each.file, each.reason) for each in found.skipped] == [
        ("gone.py", "not a regular file"),
        ("link.py", "leads outside the project"),
    ]
