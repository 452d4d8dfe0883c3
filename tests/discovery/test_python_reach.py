"""Arguments that reach a library in another file of the project."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.library_calls import DETECTOR
from tests.discovery.reading import read_project, shown


def found_in(root: Path, app: str, **files: str) -> list[str]:
    project = {"app.py": app, **{f"{name}.py": text for name, text in files.items()}}
    found = read_project(root, project, DETECTOR)
    told = [shown(each) for each in (*found.sightings, *found.unresolved)]
    return [line for line in told if " app.py:" in line]


FETCH = (
    "from huggingface_hub import hf_hub_download\n"
    "def fetch(repo, file, kind='model'):\n"
    "    return hf_hub_download(repo_id=repo, filename=file, repo_type=kind)\n"
)


@pytest.mark.parametrize(
    "call",
    [
        "fetch('lab1/net2', 'a.bin')",
        "fetch(file='a.bin', repo='lab1/net2')",
        "fetch(repo='lab1/net2', **options)",
        "fetch('lab1/net2', **{'file': 'a.bin'})",
        "again('lab1/net2')",
    ],
)
def test_an_argument_is_followed_into_the_function_that_loads_it(tmp_path: Path, call: str) -> None:
    again = FETCH + "def again(name):\n    return fetch(name, 'a.bin')\n"
    app = f"from helpers import again, fetch\n{call}\n"
    assert found_in(tmp_path, app, helpers=again) == ["hf-model lab1/net2 app.py:2 folded"]


def test_what_stands_beside_the_argument_is_read_with_it(tmp_path: Path) -> None:
    app = "from helpers import fetch\nfetch('lab1/net2', 'a.bin', kind='dataset')\n"
    assert found_in(tmp_path, app, helpers=FETCH) == ["hf-dataset lab1/net2 app.py:2 folded"]


@pytest.mark.parametrize("call", ["Reader('lab1/net2')", "Reader.load('lab1/net2')"])
def test_a_class_of_the_project_loads_what_it_is_made_with(tmp_path: Path, call: str) -> None:
    reader = (
        "from transformers import AutoModel\n"
        "class Reader:\n"
        "    def __init__(self, name):\n"
        "        self.name = name\n"
        "    def open(self):\n"
        "        return AutoModel.from_pretrained(self.name)\n"
        "    @classmethod\n"
        "    def load(cls, name='lab9/net9'):\n"
        "        return AutoModel.from_pretrained(name)\n"
    )
    app = f"from reader import Reader\n{call}\n"
    assert found_in(tmp_path, app, reader=reader) == ["hf-model lab1/net2 app.py:2 folded remote-code=False"]


def test_a_function_that_loads_nothing_makes_nothing_of_its_argument(tmp_path: Path) -> None:
    helpers = FETCH + "def show(name):\n    print(name)\n"
    assert found_in(tmp_path, "from helpers import show\nshow('lab1/net2')\n", helpers=helpers) == []


def test_functions_that_call_each_other_end(tmp_path: Path) -> None:
    helpers = "import one\ndef f(model_name):\n    one.g(model_name)\n"
    one = (
        "import helpers\nfrom transformers import AutoModel\n"
        "def g(name):\n    helpers.f(name)\n    AutoModel.from_pretrained(name)\n"
    )
    app = "from helpers import f\nf('lab1/net2')\n"
    expected = ["hf-model lab1/net2 app.py:2 folded remote-code=False"]
    assert found_in(tmp_path, app, helpers=helpers, one=one) == expected


TASK = (
    "from datasets import load_dataset\n"
    "class Task:\n"
    "    DATASET_PATH = None\n"
    "    def __init__(self):\n"
    "        self.rows = load_dataset(self.DATASET_PATH)\n"
)


@pytest.mark.parametrize("name", ["squad2", "wikipedia"])
def test_what_a_class_says_of_itself_is_loaded_by_its_base(tmp_path: Path, name: str) -> None:
    base = TASK
    app = f"from base import Task\nclass Own(Task):\n    DATASET_PATH = '{name}'\n"
    assert found_in(tmp_path, app, base=base) == [f"hf-dataset {name} app.py:3 folded remote-code=False"]


def test_what_a_class_says_of_itself_is_loaded_by_the_base_of_its_base(tmp_path: Path) -> None:
    base = f"{TASK}class Choice(Task):\n    pass\n"
    app = "from base import Choice\nclass Own(Choice):\n    DATASET_PATH = 'hellaswag'\n"
    assert found_in(tmp_path, app, base=base) == ["hf-dataset hellaswag app.py:3 folded remote-code=False"]


def test_a_hosted_name_given_by_its_place_alone_is_followed(tmp_path: Path) -> None:
    base = (
        "import openai\ndef complete(messages, model):\n"
        "    return openai.ChatCompletion.create(messages=messages, model=model)\n"
    )
    app = "from base import complete\nmodel = 1\ncomplete([], 'gpt-4')\nx = 'lab1/net2'\n"
    found = [line.split(" app.py")[0] for line in found_in(tmp_path, app, base=base)]
    assert "api-model openai:gpt-4" in found


ASKING = (
    "import openai\n"
    "from base import Kept\n"
    "class Asking(Kept):\n"
    "    def __init__(self, engine, key):\n"
    "        super().__init__(engine=engine, key=key)\n"
    "    def ask(self):\n"
    "        return openai.Completion.create(engine=self.engine)\n"
)


@pytest.mark.parametrize(
    "made",
    [
        "class One(Asking):\n    def __init__(self, key):\n        super().__init__('net-1', key=key)\n",
        "class One(Asking):\n    pass\nOne('net-1', key='')\n",
    ],
)
@pytest.mark.parametrize("steps", [1, 2])
def test_a_base_of_another_file_holds_what_it_is_given(tmp_path: Path, made: str, steps: int) -> None:
    kept = "class Kept:\n    def __init__(self, engine, key):\n        self.engine = engine\n"
    if steps == 2:
        kept = (
            f"{kept.replace('Kept', 'First')}class Kept(First):\n"
            "    def __init__(self, engine, key):\n        super().__init__(engine, key)\n"
        )
    found = [line.split(" app.py")[0] for line in found_in(tmp_path, ASKING + made, base=kept)]
    assert found == ["api-model openai:net-1"]


def test_a_sister_in_the_same_file_gives_its_base_another(tmp_path: Path) -> None:
    base = "class Kept:\n    def __init__(self, model):\n        self.model = model\n"
    app = (
        "from transformers import AutoModel\nfrom base import Kept\n"
        "class One(Kept):\n    def __init__(self):\n        super().__init__('lab1/net1')\n"
        "    def load(self):\n        return AutoModel.from_pretrained(self.model)\n"
        "class Two(Kept):\n    def __init__(self):\n        super().__init__('lab1/net2')\n"
    )
    found = [line.split(" app.py")[0] for line in found_in(tmp_path, app, base=base)]
    assert found == ["hf-model lab1/net1"]


def test_a_class_whose_base_loads_nothing_says_nothing(tmp_path: Path) -> None:
    base = "import datasets\nclass Task:\n    DATASET_PATH = None\n"
    app = "from base import Task\nclass Own(Task):\n    DATASET_PATH = 'wikipedia'\n"
    assert found_in(tmp_path, app, base=base) == []


FACTORY = (
    "from transformers import AutoModel\n"
    "from sentence_transformers import SentenceTransformer\n"
    "def make(kind, name):\n"
    "    if kind == 'plain':\n"
    "        return AutoModel.from_pretrained(name)\n"
    "    match kind.lower():\n"
    "        case 'embedding':\n"
    "            return SentenceTransformer(name)\n"
)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("make('embedding', 'lab1/net2')", ["sentence-transformers"]),
        ("make('Embedding', 'lab1/net2')", ["sentence-transformers"]),
        ("make(name='lab1/net2', kind='plain')", ["transformers"]),
        ("make(name='lab1/net2', kind='other')", []),
    ],
)
def test_only_the_branch_a_call_takes_is_followed(tmp_path: Path, call: str, expected: list[str]) -> None:
    app = f"from factory import make\n{call}\n"
    found = read_project(tmp_path, {"app.py": app, "factory.py": FACTORY}, DETECTOR).sightings
    assert [each.library for each in found if each.location.file == "app.py"] == expected
