"""Calls that open files in a way that can run code."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.discovery.detectors.code_loading import _BY_VERSION, DETECTOR
from scanner.discovery.discover import discover
from scanner.discovery.readers.python import READER
from scanner.discovery.source import Source
from scanner.knowledge.store import open_knowledge
from scanner.project.walk import walk
from scanner.records.sighting import CodeLoad, Scope
from scanner.records.unknown import Unknown
from tests.discovery.config_kit import World

HEAD = (
    "import torch, joblib, pickle, dill, cloudpickle, keras, json\nimport numpy as np\n"
    "import tensorflow as tf\nfrom torch import load as fetch\n"
)


def loads(text: str) -> list[tuple[str, bool | Unknown, int]]:
    """Name, answer and line of every such call of a Python file, its head aside."""
    source = Source("app.py", HEAD + text, "python", Scope.SHIPPED)
    found = (
        each
        for view in READER.read(source)
        if isinstance(view, DETECTOR.views)
        for each in DETECTOR.detect(view, source, World())
    )
    return [(each.call, each.runs, each.location.line - 4) for each in found if isinstance(each, CodeLoad)]


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ('torch.load("a.pt", weights_only=False)', "torch.load"),
        ('fetch("a.pt", weights_only=False)', "torch.load"),
        ('SAFE = False; torch.load("a.pt", weights_only=SAFE)', "torch.load"),
        ('torch.load("a.pt", "cpu", pickle)', "torch.load"),
        ('torch.load("a.pt", pickle_module=dill)', "torch.load"),
        ('joblib.load("a.joblib")', "joblib.load"),
        ('pickle.load(open("a", "rb"))', "pickle.load"),
        ("pickle.loads(b'')", "pickle.loads"),
        ('pickle.Unpickler(open("a", "rb")).load()', "pickle.Unpickler"),
        ("dill.loads(b'')", "dill.loads"),
        ('cloudpickle.load(open("a", "rb"))', "cloudpickle.load"),
        ('np.load("a.npy", allow_pickle=True)', "numpy.load"),
        ('np.load("a.npy", None, True)', "numpy.load"),
        ('keras.models.load_model("a.keras", safe_mode=False)', "keras.models.load_model"),
        ('tf.keras.models.load_model("a.keras", safe_mode=False)', "tensorflow.keras.models.load_model"),
        ("keras.config.enable_unsafe_deserialization()", "keras.config.enable_unsafe_deserialization"),
        ('torch.hub.load("o/r", "m")', "torch.hub.load"),
        ('torch.hub.load_state_dict_from_url("https://e.org/a.pt")', "torch.hub.load_state_dict_from_url"),
    ],
)
def test_a_call_that_runs_code_of_the_file_is_found_at_its_line(call: str, name: str) -> None:
    assert loads(f"\n{call}\n") == [(name, True, 2)]


@pytest.mark.parametrize(
    "call",
    [
        'torch.load("a.pt", weights_only=True)',
        'options = {"weights_only": True}; torch.load("a.pt", **options)',
        'np.load("a.npy")',
        'np.load("a.npy", allow_pickle=False)',
        'keras.models.load_model("a.keras")',
        'torch.hub.load_state_dict_from_url("https://e.org/a.pt", weights_only=True)',
        'json.load(open("a"))',
        '# torch.load("a.pt", weights_only=False)',
        'print("torch.load(path, weights_only=False)")',
        "class torch:\n    pass",
    ],
)
def test_a_call_that_refuses_code_a_comment_and_a_look_alike_are_not(call: str) -> None:
    assert loads(f"{call}\n") == []


@pytest.mark.parametrize(
    ("call", "why"),
    [
        ('torch.load("a.pt")', _BY_VERSION),
        ('torch.load("a.pt", weights_only=None)', _BY_VERSION),
        ('def f(safe):\n    torch.load("a.pt", weights_only=safe)', "weights_only is decided at run time"),
        (
            'def f(**more):\n    torch.load("a.pt", **more)',
            "weights_only may stand among arguments that are not written out",
        ),
    ],
)
def test_what_the_version_or_the_run_decides_is_unknown_with_the_reason(call: str, why: str) -> None:
    assert [runs for _, runs, _ in loads(f"{call}\n")] == [Unknown(why)]


@pytest.mark.parametrize(
    ("file", "text", "is_sound"),
    [
        ("requirements.txt", "torch>=2.6\n", True),
        ("requirements.txt", "torch==2.6.0  # ours\n", True),
        ("requirements.txt", "torch~=2.7\nnumpy\n", True),
        ("requirements.txt", "torch>=2.5\n", False),
        ("requirements.txt", "torch\n", False),
        ("requirements.txt", "torch<=2.9\n", False),
        ("requirements.txt", "torch!=2.6.0\n", False),
        ("requirements.txt", "torch>=2.6; sys_platform == 'linux'\n", False),
        ("requirements.txt", "torchvision>=2.6\n", False),
        ("pyproject.toml", '[project]\ndependencies = ["torch >= 2.6, < 3"]\n', True),
        ("pyproject.toml", '[tool.poetry.dependencies]\ntorch = "^2.6"\n', True),
        ("pyproject.toml", '[project.optional-dependencies]\ngpu = ["torch>=2.6"]\n', False),
        ("pyproject.toml", "[project\n", False),
    ],
)
def test_a_declared_lower_bound_counts_where_it_is_sound(
    tmp_path: Path, file: str, text: str, is_sound: bool
) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "app.py").write_text('import torch\ntorch.load("a.pt")\n')
    (tmp_path / file).write_text(text)
    found = discover(walk(tmp_path), open_knowledge())
    assert [each.runs for each in found.loads] == ([] if is_sound else [Unknown(_BY_VERSION)])


def test_the_nearest_folder_counts_and_the_answer_is_remembered_with_what_it_was_read_with(
    tmp_path: Path,
) -> None:
    tree, kept = tmp_path / "tree", tmp_path / "kept"
    (tree / "old").mkdir(parents=True)
    for folder, bound in ((tree, "2.6"), (tree / "old", "2.1")):
        (folder / "app.py").write_text('import torch\ntorch.load("a.pt")\n')
        (folder / "requirements.txt").write_text(f"torch>={bound}\n")
    knowledge = open_knowledge()
    for _ in range(2):
        found = discover(walk(tree), knowledge, cache_folder=kept)
        assert [(each.location.file, each.scope) for each in found.loads] == [("old/app.py", Scope.SHIPPED)]
    (tree / "requirements.txt").write_text("torch>=2.1\n")
    found = discover(walk(tree), knowledge, cache_folder=kept)
    assert [each.location.file for each in found.loads] == ["app.py", "old/app.py"]
