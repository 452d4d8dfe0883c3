"""What Python code puts into its environment: addresses of clients, switches of loaders, names of models."""

from pathlib import Path

import pytest

from scanner.discovery.detectors import library_calls, named_values
from tests.discovery.reading import read_project

ADDRESS = "'https://api.groq.com/openai/v1'"
SET = f"os.environ['OPENAI_BASE_URL'] = {ADDRESS}\n"
ASK = "OpenAI().chat.completions.create(model='net-x2')\n"
HEAD = "import os, sys\nfrom os import environ\nfrom openai import AzureOpenAI, OpenAI\n"


def named(folder: Path, text: str, **others: str) -> list[str]:
    files = {"app.py": HEAD + text, **{f"{name}.py": "import os\n" + held for name, held in others.items()}}
    found = read_project(folder, files, library_calls.DETECTOR, named_values.DETECTOR)
    return [f"{each.kind.value} {each.name}" for each in found.sightings]


@pytest.mark.parametrize(
    "text",
    [
        SET,
        SET.replace("os.environ", "environ"),
        SET.replace("BASE_URL", "API_BASE"),
        f"URL = {ADDRESS}\n" + SET.replace(ADDRESS, "URL"),
        f"os.environ.setdefault('OPENAI_BASE_URL', {ADDRESS})\n",
        f"os.environ.update({{'OPENAI_BASE_URL': {ADDRESS}, 'PORT': '1'}})\n",
        f"os.environ.update(OPENAI_BASE_URL={ADDRESS})\n",
        f"os.putenv('OPENAI_BASE_URL', {ADDRESS})\n",
    ],
)
def test_clients_ask_where_the_program_sends_them(tmp_path: Path, text: str) -> None:
    assert named(tmp_path, text + ASK) == ["api-model groq:net-x2"]


@pytest.mark.parametrize("importing", ["import own", "from own import port", "from own import *"])
def test_an_address_put_there_by_an_imported_file_counts(tmp_path: Path, importing: str) -> None:
    assert named(tmp_path, f"{importing}\n{ASK}", own=f"port = 1\n{SET}") == ["api-model groq:net-x2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if sys.argv:\n    " + SET + ASK, "openai:net-x2"),
        ("def go():\n    " + SET + ASK, "openai:net-x2"),
        (SET + SET.replace("groq", "deepseek") + ASK, "openai:net-x2"),
        (SET.replace("OPENAI", "ANTHROPIC") + ASK, "openai:net-x2"),
        (SET + ASK.replace("OpenAI()", "OpenAI(base_url='https://api.deepseek.com')"), "deepseek:net-x2"),
        (SET + "os.environ['OPENAI_API_KEY'] = 'x'\n" + ASK, "groq:net-x2"),
    ],
)
def test_an_address_counts_that_is_there_whatever_happens(tmp_path: Path, text: str, expected: str) -> None:
    assert named(tmp_path, text) == [f"api-model {expected}"]


def test_weights_on_a_server_of_ones_own_are_the_hubs(tmp_path: Path) -> None:
    text = SET.replace(ADDRESS, "'http://localhost:8000/v1'") + ASK.replace("net-x2", "lab1/net2")
    assert named(tmp_path, text) == ["hf-model lab1/net2"]


@pytest.mark.parametrize(
    ("value", "kind"), [("True", "modelscope"), ("1", "modelscope"), ("False", "hf-model"), ("", "hf-model")]
)
def test_a_switch_sends_the_library_it_names_to_the_other_hub(tmp_path: Path, value: str, kind: str) -> None:
    text = (
        "from transformers import AutoModel\nfrom vllm import LLM\n"
        f"os.environ['VLLM_USE_MODELSCOPE'] = {value!r}\n"
        "LLM('lab1/net2')\nAutoModel.from_pretrained('lab1/net3')\n"
    )
    assert named(tmp_path, text) == [f"{kind} lab1/net2", "hf-model lab1/net3"]


def test_a_switch_given_to_another_process_is_not_this_ones(tmp_path: Path) -> None:
    text = "from vllm import LLM\nrun(['x'], env={'VLLM_USE_MODELSCOPE': '1'})\nLLM('lab1/net2')\n"
    assert named(tmp_path, text) == ["hf-model lab1/net2"]


@pytest.mark.parametrize(
    "asked", ["os.environ['NET']", "os.getenv('NET')", "os.environ.get('NET')", "environ['NET']"]
)
def test_a_variable_that_is_set_holds_what_it_was_given(tmp_path: Path, asked: str) -> None:
    text = (
        "from transformers import AutoModel\nos.environ['HOME_OF'] = 'lab9/other9'\n"
        f"os.environ['NET'] = 'lab1/net2'\nAutoModel.from_pretrained({asked})\n"
    )
    assert named(tmp_path, text) == ["hf-model lab1/net2"]


def test_a_variable_that_is_not_set_holds_nothing_of_the_others(tmp_path: Path) -> None:
    head = "from transformers import AutoModel\nos.environ['A'] = 'lab9/a9'\n"
    text = head + "AutoModel.from_pretrained(os.environ['B'])\n"
    assert named(tmp_path, text) == []


@pytest.mark.parametrize("setting", ["os.environ.setdefault({})", "os.putenv({})", "environ.setdefault({})"])
def test_a_variable_named_after_a_model_names_it(tmp_path: Path, setting: str) -> None:
    assert named(tmp_path, setting.format("'MODEL_ID', 'lab1/net2'") + "\n") == ["hf-model lab1/net2"]


def test_the_client_of_another_cloud_asks_that_also_without_an_address(tmp_path: Path) -> None:
    text = "AzureOpenAI().chat.completions.create(model='net-x2')\n"
    assert named(tmp_path, text) == ["api-model azure-openai:net-x2"]
