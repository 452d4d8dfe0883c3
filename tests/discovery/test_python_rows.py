"""Values that stand in one row of a table, or are given by one call, belong together."""

from pathlib import Path

import pytest

from tests.discovery.reading import lines, read_project

OPENAI = "from openai import OpenAI\n"
TABLE = (
    "P = {\n"
    "    'a': {'url': 'https://api.groq.com/openai/v1', 'model': 'net2'},\n"
    "    'b': {'url': 'https://api.deepseek.com', 'model': 'net3'},\n"
    "    'c': {'url': None, 'model': 'gpt-4o'},\n"
    "}\n"
)
ROWS = [
    "api-model groq:net2 3 folded",
    "api-model deepseek:net3 4 folded",
    "api-model openai:gpt-4o 5 folded",
]


@pytest.mark.parametrize(
    "text",
    [
        "def ask(p):\n    s = P[p]\n    c = OpenAI(base_url=s['url'])\n"
        "    c.chat.completions.create(model=s['model'], messages=[])\n",
        "def ask(p):\n    s = P.get(p)\n"
        "    OpenAI(base_url=s['url']).chat.completions.create(model=s['model'], messages=[])\n",
        "for s in P.values():\n"
        "    OpenAI(base_url=s['url']).chat.completions.create(model=s['model'], messages=[])\n",
        "for n, s in P.items():\n"
        "    OpenAI(base_url=s['url']).chat.completions.create(model=s['model'], messages=[])\n",
    ],
)
def test_each_model_of_a_table_has_the_address_beside_it(tmp_path: Path, text: str) -> None:
    assert lines(tmp_path, OPENAI + TABLE + text) == ROWS


def test_each_class_of_a_table_takes_the_name_beside_it(tmp_path: Path) -> None:
    text = (
        "from langchain_openai import ChatOpenAI\nfrom langchain_anthropic import ChatAnthropic\n"
        "T = {'a': (ChatOpenAI, 'net2'), 'b': (ChatAnthropic, 'net3')}\n"
        "def make(p, **more):\n    cls, name = T[p]\n    return cls(model=name)\n"
    )
    assert lines(tmp_path, text) == ["api-model openai:net2 3 folded", "api-model anthropic:net3 3 folded"]


def test_each_call_of_a_function_gives_its_parameters_together(tmp_path: Path) -> None:
    text = (
        "from transformers import AutoModel\n"
        "def load(name, rev='v7'):\n    return AutoModel.from_pretrained(name, revision=rev)\n"
        "load('lab1/net2')\nload('lab1/net3', 'v6')\n"
    )
    assert lines(tmp_path, text) == [
        "hf-model lab1/net2 4 folded @v7 remote-code=False",
        "hf-model lab1/net3 5 folded @v6 remote-code=False",
    ]


def test_the_defaults_of_a_function_count_beside_its_calls(tmp_path: Path) -> None:
    text = (
        "from transformers import AutoModel\n"
        "def load(name='lab1/net1', rev='v1'):\n    return AutoModel.from_pretrained(name, revision=rev)\n"
        "load('lab1/net2', 'v2')\nload('lab1/net3', 'v3')\n"
    )
    assert [line.split()[1:5] for line in lines(tmp_path, text)] == [
        ["lab1/net1", "2", "folded", "@v1"],
        ["lab1/net2", "4", "folded", "@v2"],
        ["lab1/net3", "5", "folded", "@v3"],
    ]


def test_a_table_longer_than_is_told_apart_loses_no_name(tmp_path: Path) -> None:
    rows = "".join(
        f"    'k{n}': {{'url': 'https://api.groq.com/openai/v1', 'model': 'n-{n}'}},\n" for n in range(50)
    )
    text = (
        f"{OPENAI}P = {{\n{rows}}}\n"
        "def ask(p):\n    s = P[p]\n    c = OpenAI(base_url=s['url'])\n"
        "    c.chat.completions.create(model=s['model'], messages=[])\n"
    )
    found = read_project(tmp_path, {"app.py": text})
    assert len(found.sightings) == 50


def test_a_default_that_no_call_of_the_file_takes_is_not_lost(tmp_path: Path) -> None:
    text = (
        "from transformers import AutoModel\n"
        "def load(rev, name='lab1/net1'):\n    return AutoModel.from_pretrained(name, revision=rev)\n"
        "load('v2', 'lab1/net2')\nload('v3', 'lab1/net3')\n"
    )
    assert [line.split()[1:4] for line in lines(tmp_path, text)] == [
        ["lab1/net1", "2", "folded"],
        ["lab1/net2", "4", "folded"],
        ["lab1/net3", "5", "folded"],
    ]


def test_a_table_of_rows_and_plain_names_loses_none(tmp_path: Path) -> None:
    text = (
        "from transformers import AutoModel\n"
        "T = {'a': {'n': 'lab1/net1', 'r': 'v1'}, 'b': {'n': 'lab1/net2', 'r': 'v2'}, 'c': 'lab1/net3'}\n"
        "def load(k):\n    s = T[k]\n"
        "    AutoModel.from_pretrained(s if isinstance(s, str) else s['n'])\n"
    )
    assert sorted(line.split()[1] for line in lines(tmp_path, text)) == [
        "lab1/net1",
        "lab1/net2",
        "lab1/net3",
    ]
