"""Whether a Python text makes a recorded call, asked before it is parsed."""

from pathlib import Path

import pytest

from scanner.discovery.made_calls import makes_a_call, packages_of
from scanner.discovery.neighbours import ProjectFiles
from scanner.discovery.speaking_names import names_of
from scanner.project.tree import ProjectFile, Tree
from scanner.records.unknown import Unknown
from tests.discovery.reading import world


def makes(text: str, tmp_path: Path) -> bool:
    tree = Tree(tmp_path, "p", (ProjectFile("own/a.py", 1),), (), Unknown("no git"), Unknown("no git"))
    return makes_a_call(text, names_of(text), ProjectFiles(tree, world()))


@pytest.mark.parametrize(
    "text",
    [
        "from llama_index.llms.openai import OpenAI",
        "from llama_index.llms.openai import (\n    Other,\n    OpenAI as Made,\n)",
        "from llama_index.llms.openai import (\n    Other, OpenAI,\n)",
        "import llama_index.llms.openai as made\nclasses = [made.OpenAI, 1]",
        "import llama_index.llms.openai as made\ndef f(llm: made.OpenAI | None): ...",
        "from llama_index.llms.openai import *\nclass Mine(OpenAI): ...",
        "from llama_index.llms.openai import *\nmake = OpenAI if x else y",
        "from llama_index.llms.openai import *\nmake = OpenAI  # mine",
        "import transformers as t\nmake = getattr(t, 'pipeline')",
        "def from_pretrained(name):\n    return Model.from_pretrained(name)",
        "import torch, json\njson.load(a)\ntorch.load(b)",
        "import torch, json\nload = torch.load\n",
        "import torch, own\nown.load(b)",
        "from trl import SFTTrainer\nSFTTrainer(x)",
        "from huggingface_hub import InferenceClient\nInferenceClient(x)",
    ],
)
def test_a_text_that_may_make_one_does(text: str, tmp_path: Path) -> None:
    assert makes(text, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "import llama_index\n# OpenAI answers",
        "import llama_index\nx = 'OpenAI LLM'",
        'import llama_index\ndef f():\n    """OpenAI models only."""',
        "class Tokenizer:\n    def from_pretrained(self): ...",
        "import torch, json\nx = json.load(file)",
        "import numpy as np\nx = np.load(file)",
        "import openai\nclient = openai.OpenAI()",
        "import trl\nx = trl.__version__",
        "import huggingface_hub\nx = huggingface_hub.HfFolder",
    ],
)
def test_a_text_that_cannot_make_one_does_not(text: str, tmp_path: Path) -> None:
    assert not makes(text, tmp_path)


def test_every_package_a_file_imports_is_seen() -> None:
    text = "import a.b, c as d\nfrom e.f import g\nif x: import h\nimport i, \\\n    j\nfrom .k import l"
    assert packages_of(text) == {"a", "c", "e", "h", "i", "j", "g", "l"}
