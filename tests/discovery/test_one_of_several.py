"""Several services in one file: each model belongs to the one its class or function speaks to."""

from pathlib import Path

import pytest

from scanner.discovery.detectors import named_values
from scanner.discovery.detectors.library_calls import DETECTOR
from scanner.records.unknown import Unknown
from tests.discovery.reading import read_project

WRAPPERS = """\
from openai import OpenAI
from dashscope import MultiModalConversation

class First:
    def __init__(self, key, model_name="gpt-4o", base_url="https://api.openai.com/v1"):
        self.client = OpenAI(api_key=key, base_url=with_version(base_url))
        self.model_name = model_name

    def ask(self):
        return self.client.chat.completions.create(model=self.model_name)

class Second(First):
    def __init__(self, key, model_name="grok-3", base_url=None):
        super().__init__(key, model_name, base_url or "https://api.x.ai/v1")

class Third(First):
    def __init__(self, key, model_name="qwen-vl-max"):
        super().__init__(key, model_name)

    def chat(self):
        return MultiModalConversation.call(model=self.model_name)
"""


def served(folder: Path, text: str) -> list[tuple[str, object]]:
    found = read_project(folder, {"app.py": text}, DETECTOR)
    return [(each.name, each.provider) for each in found.sightings]


def test_a_class_that_inherits_brings_its_own_address(tmp_path: Path) -> None:
    assert served(tmp_path, WRAPPERS) == [
        ("openai:gpt-4o", "openai"),
        ("xai:grok-3", "xai"),
        ("alibaba-dashscope:qwen-vl-max", "alibaba-dashscope"),
    ]


def test_a_class_asks_for_what_it_hands_up_and_not_for_what_its_sisters_do(tmp_path: Path) -> None:
    text = (
        "from transformers import AutoModel, AutoTokenizer\n"
        "class Base:\n"
        "    def __init__(self, name='lab1/net0'):\n"
        "        self.name = name\n"
        "class One(Base):\n"
        "    def __init__(self):\n"
        "        super().__init__('lab1/net1')\n"
        "    def load(self):\n"
        "        return AutoModel.from_pretrained(self.name)\n"
        "class Two(Base):\n"
        "    def __init__(self):\n"
        "        super().__init__('lab1/net2')\n"
    )
    assert [name for name, _ in served(tmp_path, text)] == ["lab1/net1"]


@pytest.mark.parametrize(
    "made",
    [
        "OpenAI(base_url=httpx.URL('https://api.deepseek.com'))",
        "OpenAI(base_url=with_version('https://api.deepseek.com'))",
        "OpenAI(base_url=with_version(url='https://api.deepseek.com', version='v1'))",
    ],
)
def test_an_address_made_by_a_call_is_the_one_it_is_given(tmp_path: Path, made: str) -> None:
    text = f"import httpx\nfrom openai import OpenAI\nc = {made}\n"
    text += "c.chat.completions.create(model='deepseek-chat')"
    assert served(tmp_path, text) == [("deepseek:deepseek-chat", "deepseek")]


SEVERAL = """\
from openai import OpenAI
ADDRESSES = {"a": "https://api.x.ai/v1", "b": "https://api.deepseek.com"}

def ask(which, model):
    client = OpenAI(base_url=ADDRESSES[which])
    return client.chat.completions.create(model=model)

"""


def test_of_several_addresses_the_one_whose_names_are_alike_is_meant(tmp_path: Path) -> None:
    text = SEVERAL + "ask(name(), 'deepseek-chat')\nask(name(), 'grok-3')\n"
    assert served(tmp_path, text) == [
        ("deepseek:deepseek-chat", "deepseek"),
        ("xai:grok-3", "xai"),
    ]


def test_where_nothing_tells_which_address_is_meant_the_service_is_unknown(tmp_path: Path) -> None:
    text = SEVERAL + "ask(name(), 'gpt-4o')\n"
    assert served(tmp_path, text) == [("unknown:gpt-4o", Unknown("one of several addresses"))]


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ("model='FunAudioLLM/CosyVoice2', base_url='https://api.siliconflow.cn/v1'", "siliconflow:"),
        ("model='FunAudioLLM/CosyVoice2', *, llm_provider='together'", "together:"),
        ("model='FunAudioLLM/CosyVoice2', base_url='http://localhost:8000/v1'", ""),
        ("model='FunAudioLLM/CosyVoice2', kind='together'", ""),
    ],
)
def test_a_parameter_is_served_where_the_defaults_beside_it_say(
    tmp_path: Path, parameters: str, name: str
) -> None:
    text = f"def make(key, {parameters}):\n    return post(key, model)\n"
    found = read_project(tmp_path, {"app.py": text}, named_values.DETECTOR)
    assert [each.name for each in found.sightings] == [f"{name}FunAudioLLM/CosyVoice2"]


def test_an_object_made_in_one_of_two_branches_may_be_either(tmp_path: Path) -> None:
    text = (
        "from openai import OpenAI\n"
        "class Wrapper:\n"
        "    def __init__(self, is_own):\n"
        "        if is_own:\n"
        "            self.client = OpenAI(base_url='https://api.deepseek.com')\n"
        "        else:\n"
        "            self.client = OpenAI()\n"
        "    def ask(self):\n"
        "        return self.client.chat.completions.create(model='gpt-4o')\n"
    )
    assert sorted(name for name, _ in served(tmp_path, text)) == ["deepseek:gpt-4o", "openai:gpt-4o"]


def test_a_client_is_asked_only_for_what_its_own_branch_names(tmp_path: Path) -> None:
    text = (
        "from openai import OpenAI\n"
        "def ask(provider):\n"
        "    if provider == 'xai':\n"
        "        client = OpenAI(base_url='https://api.x.ai/v1')\n"
        "        model = 'grok-3'\n"
        "    elif provider == 'deepseek':\n"
        "        client = OpenAI(base_url='https://api.deepseek.com')\n"
        "        model = 'deepseek-chat'\n"
        "    return client.chat.completions.create(model=model)\n"
    )
    assert [name for name, _ in served(tmp_path, text)] == ["xai:grok-3", "deepseek:deepseek-chat"]


def test_each_client_takes_its_own_of_a_setting_they_share(tmp_path: Path) -> None:
    text = (
        "from langchain_anthropic import ChatAnthropic\n"
        "from langchain_openai import ChatOpenAI\n"
        "def make(supplier, model='gpt-4o'):\n"
        "    if supplier == 'anthropic':\n"
        "        return ChatAnthropic(model=model)\n"
        "    return ChatOpenAI(model=model)\n"
    )
    assert served(tmp_path, text) == [("openai:gpt-4o", "openai")]
    asked = "from langchain_anthropic import ChatAnthropic\nChatAnthropic(model='gpt-4o')\n"
    assert served(tmp_path, asked) == [("anthropic:gpt-4o", "anthropic")]


PROVIDERS = """\
class {0}({1}):
    {2}
    aliases = {{"small": "lab1/net-3.1-8b", "own word": "gpt-4o-mini"}}
"""


@pytest.mark.parametrize(
    ("name", "held", "expected"),
    [
        ("Any", "base_url = 'https://api.groq.com/openai/v1'", ["groq:lab1/net-3.1-8b", "groq:gpt-4o-mini"]),
        ("OneProvider", "key = 1", ["lab1/net-3.1-8b", "openai:gpt-4o-mini"]),
        ("Menu", "key = 1", []),
    ],
)
def test_a_class_that_asks_a_service_calls_its_models_by_words_of_its_own(
    tmp_path: Path, name: str, held: str, expected: list[str]
) -> None:
    found = read_project(tmp_path, {"app.py": PROVIDERS.format(name, "Base", held)}, named_values.DETECTOR)
    assert [each.name for each in found.sightings] == expected


def test_what_a_class_names_is_asked_at_its_own_address(tmp_path: Path) -> None:
    text = "class Settings:\n    base_url = 'https://api.deepseek.com'\n    model = 'lab1/net2'\n"
    found = read_project(tmp_path, {"app.py": text}, named_values.DETECTOR)
    assert [each.name for each in found.sightings] == ["deepseek:lab1/net2"]


def test_a_space_that_is_only_called_is_no_model(tmp_path: Path) -> None:
    text = (
        "from gradio_client import Client\n"
        "HF_SOURCE = 'lab1/net2'\nHF_MODEL = 'lab1/net3'\nClient(HF_SOURCE)\n"
    )
    found = read_project(tmp_path, {"app.py": text}, named_values.DETECTOR)
    assert [each.name for each in found.sightings] == ["lab1/net3"]
