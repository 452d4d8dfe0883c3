"""What is asked of a Python file before it is parsed, and of a name before its value is followed."""

import ast
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scanner.discovery import python_arguments, python_bindings, python_reach
from scanner.discovery.neighbours import ProjectFiles
from scanner.discovery.python_relevance import is_relevant
from scanner.discovery.readers import python
from scanner.project.tree import Tree
from scanner.records.unknown import Unknown
from tests.discovery.reading import read_project, world

HERE = Path(__file__).parent


def alone() -> ProjectFiles:
    """The world as a file without neighbours sees it."""
    return ProjectFiles(Tree(HERE, "p", (), (), Unknown("no git"), Unknown("no git")), world())


@pytest.mark.parametrize(
    "text",
    [
        "import transformers\nx = transformers.pipeline()",
        "import os, transformers as t\nt.pipeline()",
        "try: import litellm\nexcept ImportError: pass\nlitellm.completion()",
        "from transformers import pipeline as make\nmake()",
        "from transformers import (\n    pipeline,\n)",
        "    from transformers import pipeline",
        "import torch\ntorch.hub.load(a, b)",
        "import torch\ntorch.load('x')",
        "AutoModel.from_pretrained(x)",
        "client.chat.completions.create(x)",
        "client.chat.completions \\\n    .create(x)",
        "import trl\ntrl.SFTTrainer(model=x)\nmodel = 'o1'",
        "x = 'lab1/net2'",
        "x = f'meta-llama/{size}'",
        "x = 'meta-llama/' + size",
        "model = 'o1'",
        "model = given or 'o1'",
        "model = 'o1' if small else x",
        "model = task.get('model') or 'o1'",
        "model = task.get('model', 'o1')",
        "models = small, 'o1'",
        "if (model := 'o1'): ...",
        "f(model=make(a, 'o1'))",
        "{'model': [a, 'o1']}",
        "p.add_argument('--embedding-model', default='x7')",
        "def f(model_name: str = 'o1'): ...",
        "os.getenv('LLM_MODEL', 'x7')",
        "p.add_argument('--model', type=str, default='x7')",
        "p.add_argument('--model', help='a (b)', default=given or 'x7')",
        "p.add_argument('--model', default=os.getenv('M', 'x7'))",
        "@click.option(\n    '--llm', help='a, b',\n    default='x7',\n)",
        "run(['x', '--model', 'o1'])",
        "os.system('serve --model o1')",
        "{'model': 'o1'}",
        "def f(chosen: str = 'o1'): make(model=chosen)",
        "def list_models():\n    x = 3\n    return ['o1', 'o2']",
        "x = {'Model': Choice(kind=3, values=['o1'])}",
        "x['Model'] = Choice(default='o1')",
        "from other import CHOSEN\nmake(model=CHOSEN)",
        "p.add_argument('--model', default=task.get('model') or 'o1')",
        "{'azure_deployment': 'mine'}",
        "# see lab1/net-2b",
        "make('gpt-4o-mini')",
        "nlp('en_core_web_sm')",
        "get('https://example.com/a/b.onnx')",
        "os.environ['HF_MIRROR'] = x",
        "x = 1  # lading: ignore[a] b",
    ],
)
def test_a_file_that_may_name_a_model_is_parsed(text: str) -> None:
    assert is_relevant(text, alone())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "import os\nx = 1",
        "import transformers\nx = transformers.__version__",
        "import torch\nx = torch.load_something(list(y))",
        "from llama_index.core import Document",
        "import openai\nasync def f(stream=True): return self.stream + 1",
        "path = 'a/b/c.py'",
        "# and/or",
        "class Model(Base):\n    id = Column(Integer)",
        "model = 'your-model'",
        "if model == 'o1': ...",
        "f(model=small, name='o1')",
        "f(model=small)\nsmaller = 'o1'",
        "{'model': small, 'name': 'o1'}",
        "for key in ('model', 'o1'): ...",
        "database: str = Field(default='o1')",
        "engine = create_engine('sqlite')",
        "page_model_rank = 'o1'",
        "knowledge_database = 'o1'",
    ],
)
def test_a_file_that_cannot_is_not(text: str) -> None:
    assert not is_relevant(text, alone())


def one_of(text: str) -> st.SearchStrategy[str]:
    """Any of the pieces of a text."""
    return st.sampled_from([piece.strip() for piece in text.replace("\n", "¦").split("¦") if piece.strip()])


# --- nothing is lost ---

NAMES = one_of(
    """
    model ¦ model_name ¦ MODEL ¦ LLM_MODEL ¦ embedding ¦ tokenizer ¦ judge ¦ engine ¦ deployment ¦ x
    name ¦ url ¦ dataset ¦ repo_id ¦ base_model ¦ output_model ¦ hub_model_id ¦ args ¦ path ¦ src
    """
)
VALUES = one_of(
    """
    "lab1/net2" ¦ "gpt-4o" ¦ "gpt2" ¦ "meta-llama/Llama-3.1-8B" ¦ "llama3:8b" ¦ "ollama/mistral" ¦ None
    "bert-base-uncased" ¦ "BAAI/bge-m3" ¦ "hf://a1/b2" ¦ "en_core_web_sm" ¦ "your-model" ¦ "x" ¦ y ¦ 1
    f"BAAI/{name}" ¦ "BAAI/" + name ¦ name or "gpt-4o" ¦ "gpt-4o" if x else "o1" ¦ ["BAAI/bge-m3", "o1"]
    task.get("model") or "gpt-4o" ¦ os.getenv("MODEL") or "o1" ¦ pick("model", 1) if x else "gpt-4o"
    {"a": "BAAI/bge-m3"} ¦ "https://huggingface.co/gpt2" ¦ os.getenv("MODEL", "gpt-4o") ¦ CONSTANT ¦ Text
    """
)
CALLS = one_of(
    """
    AutoModel.from_pretrained ¦ pipeline ¦ OpenAI ¦ client.chat.completions.create ¦ load
    torch.hub.load ¦ SentenceTransformer ¦ load_dataset ¦ make ¦ self.run ¦ completion ¦ print
    torch.load ¦ ChatOpenAI ¦ ChatModel ¦ load_model ¦ kit.OpenAI
    """
)
IMPORTS = one_of(
    """
    import os ¦ import torch ¦ from transformers import AutoModel, pipeline ¦ from openai import OpenAI
    from transformers import pipeline as make ¦ import litellm, openai ¦ from litellm import completion
    from sentence_transformers import SentenceTransformer ¦ from langchain_openai import ChatOpenAI
    from datasets import load_dataset ¦ from spacy import load ¦ from other import CONSTANT, Text, make
    """
)
STATEMENTS = st.one_of(
    st.builds("{} = {}".format, NAMES, VALUES),
    st.builds("{}: str = {}".format, NAMES, VALUES),
    st.builds("{} = x, {}".format, NAMES, VALUES),
    st.builds("if ({} := {}) == {}: pass".format, NAMES, VALUES, VALUES),
    st.builds("x = {}({})".format, CALLS, VALUES),
    st.builds("{} = {}({}={})".format, NAMES, CALLS, NAMES, VALUES),
    st.builds("{}({}, {}={})".format, CALLS, VALUES, NAMES, VALUES),
    st.builds("{}({}=x, {}={})".format, CALLS, NAMES, NAMES, VALUES),
    st.builds("x = {{'{}': {}, '{}': {}}}".format, NAMES, VALUES, NAMES, VALUES),
    st.builds("def run(self, {}={}):\n    return {}(a={})".format, NAMES, VALUES, CALLS, NAMES),
    st.builds("def run(self, chosen={}):\n    return {}({}=chosen)".format, VALUES, CALLS, NAMES),
    st.builds("def {}(self):\n    y = 1\n    return {}".format, NAMES, VALUES),
    st.builds("x = {{'{}': Choice(kind=1, values={})}}".format, NAMES, VALUES),
    st.builds("self.x['{}'] = Choice(kind=1, value={})".format, NAMES, VALUES),
    st.builds("BASE_URL = 'https://api.groq.com/v1'\n{} = {}".format, NAMES, VALUES),
    st.builds("chosen: str = {}\n{}({}=chosen)".format, VALUES, CALLS, NAMES),
    st.builds("class C:\n    {} = {}\n    {}: str = field(default={})".format, NAMES, VALUES, NAMES, VALUES),
    st.builds("p.add_argument('--{}', help='h', default={})".format, NAMES, VALUES),
    st.builds("run(['tool', '--{}', {}])".format, NAMES, VALUES),
    st.builds("os.system('vllm serve --{} {}')".format, NAMES, NAMES),
    st.builds("cfg['{}'] = {}".format, NAMES, VALUES),
    st.builds("self.{}.{} = {}".format, NAMES, NAMES, VALUES),
    st.builds("# {} {}".format, NAMES, VALUES),
    st.builds("'''see {} {}'''".format, NAMES, VALUES.map(lambda value: value.replace("'", '"'))),
    st.builds("os.environ['{}'] = {}".format, st.sampled_from(["HF_ENDPOINT", "X"]), VALUES),
)


OTHER = """
from transformers import AutoModel
CONSTANT = "BAAI/bge-small-en"
class Text:
    model = "gpt-4o"
def make(name="x", model=None):
    return AutoModel.from_pretrained(model or name)
"""


def said(root: Path, text: str, monkeypatch: pytest.MonkeyPatch, *, filtered: bool) -> object:
    """What the detectors say of a project of two files, with the questions asked beforehand or without."""
    files = {"app.py": text, "other.py": OTHER}
    with monkeypatch.context() as patch:
        if not filtered:
            patch.setattr(python, "is_relevant", lambda *_: True)
            patch.setattr(python_bindings, "_may_tell", lambda *_: True)
            patch.setattr(python_arguments, "_tells", lambda *_: True)
            patch.setattr(python_reach, "_writes_names", lambda *_: True)
        found = read_project(root, files)
    return found.sightings, found.unresolved, found.switches


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example([], ['p.add_argument(\'--model\', default=task.get("model") or "gpt-4o")'])
@given(st.lists(IMPORTS, max_size=3), st.lists(STATEMENTS, min_size=1, max_size=4))
def test_no_sighting_of_a_generated_file_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imports: list[str], statements: list[str]
) -> None:
    text = "\n".join([*imports, *statements])
    assert said(tmp_path, text, monkeypatch, filtered=True) == said(
        tmp_path, text, monkeypatch, filtered=False
    )


def samples() -> Iterator[str]:
    """Every program in the tests of this room: each text in them that is Python of more than a word."""
    for path in sorted(HERE.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "(" in node.value:
                text = textwrap.dedent(node.value)
                try:
                    ast.parse(text)
                except (SyntaxError, ValueError, RecursionError, MemoryError):
                    continue
                yield text


def test_no_sighting_of_a_program_in_these_tests_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = [
        text
        for text in dict.fromkeys(samples())
        if said(tmp_path, text, monkeypatch, filtered=True)
        != said(tmp_path, text, monkeypatch, filtered=False)
    ]
    assert lost == []
