"""Names kept in attributes of attributes and under keys: `self.config.model`, `config["model"]`."""

from pathlib import Path

import pytest

from scanner.discovery.detectors import library_calls, named_values
from tests.discovery.reading import lines, read_project

HEAD = "from transformers import AutoModel\n"


@pytest.mark.parametrize(
    "kept",
    [
        "self.config.model = self.config.model or 'lab1/net2'",
        "if not self.config.model:\n            self.config.model = 'lab1/net2'",
        "self.config.model: str = 'lab1/net2'",
        "self.config.inner.deep = 1; self.config.model, x = 'lab1/net2', 1",
    ],
)
def test_what_a_method_keeps_in_an_object_of_its_own_is_followed(tmp_path: Path, kept: str) -> None:
    text = HEAD + (
        "class Wrapper(Base):\n"
        "    def __init__(self, config=None):\n"
        f"        {kept}\n"
        "    def load(self):\n"
        "        return AutoModel.from_pretrained(self.config.model)\n"
    )
    found = read_project(tmp_path, {"app.py": text}, library_calls.DETECTOR)
    assert ([each.name for each in found.sightings], found.unresolved) == (["lab1/net2"], ())


def test_what_is_kept_in_an_object_of_an_object_is_followed(tmp_path: Path) -> None:
    text = HEAD + "cfg.llm.model = 'lab1/net2'\nAutoModel.from_pretrained(cfg.llm.model)\n"
    assert lines(tmp_path, text, library_calls.DETECTOR) == ["hf-model lab1/net2 2 folded remote-code=False"]


def test_what_stands_under_a_key_of_an_object_is_followed(tmp_path: Path) -> None:
    text = HEAD + "cfg['llm'].model = 'lab1/net2'\nAutoModel.from_pretrained(cfg['llm'].model)\n"
    assert lines(tmp_path, text, library_calls.DETECTOR) == ["hf-model lab1/net2 2 folded remote-code=False"]


def test_what_a_method_puts_into_a_dictionary_of_its_own_is_followed(tmp_path: Path) -> None:
    text = HEAD + (
        "class Wrapper:\n"
        "    def __init__(self):\n"
        "        self.names = {}\n"
        "        self.names['small'] = 'lab1/net2'\n"
        "    def load(self):\n"
        "        return AutoModel.from_pretrained(self.names['small'])\n"
    )
    assert lines(tmp_path, text, library_calls.DETECTOR) == ["hf-model lab1/net2 5 folded remote-code=False"]


def test_two_classes_keep_their_own(tmp_path: Path) -> None:
    of_one = (
        "class {0}(Base):\n"
        "    def __init__(self):\n"
        "        self.config.model = 'lab1/{1}'\n"
        "    def load(self):\n"
        "        return AutoModel.from_pretrained(self.config.model, revision={1!r})\n"
    )
    text = HEAD + of_one.format("One", "net1") + of_one.format("Two", "net2")
    found = read_project(tmp_path, {"app.py": text}, library_calls.DETECTOR)
    assert [(each.name, each.revision) for each in found.sightings] == [
        ("lab1/net1", "net1"),
        ("lab1/net2", "net2"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("config['model'] = 'o1-mini'", "openai:o1-mini"),
        (
            "def f(c):\n    c['base_url'] = 'https://api.deepseek.com'\n    c['model'] = 'lab1/net2'",
            "deepseek:lab1/net2",
        ),
        ("class A:\n    def f(self):\n        self.opts['embedding_model'] = 'lab1/net2'", "lab1/net2"),
        ("settings.llm.model_name = 'o1-mini'", "openai:o1-mini"),
        ("profile['llm']['model'] = 'o1-mini'", "openai:o1-mini"),
        ("steps[0]['model'] = 'o1-mini'", "openai:o1-mini"),
        ("profile['llm'].model = 'o1-mini'", "openai:o1-mini"),
    ],
)
def test_a_key_or_field_set_later_counts_by_its_name(tmp_path: Path, text: str, name: str) -> None:
    found = read_project(tmp_path, {"app.py": text}, named_values.DETECTOR)
    assert [each.name for each in found.sightings] == [name]


@pytest.mark.parametrize(
    "text", ["config['title'] = 'o1-mini'", "output['model'] = 'o1-mini'", "config[model] = 'o1-mini'"]
)
def test_other_keys_and_what_is_written_out_name_nothing(tmp_path: Path, text: str) -> None:
    assert read_project(tmp_path, {"app.py": text}, named_values.DETECTOR).sightings == ()


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("Parameter.build_from(name='embedding_model', default='lab1/net2')", ["lab1/net2"]),
        ("ParamSpec('embedding_model', str, default='lab1/net2')", ["lab1/net2"]),
        ("Parameter(name='title', default='lab1/net2')", []),
        ("Parameter(name='embedding_model', value='lab1/net2')", []),
    ],
)
def test_a_setting_described_by_its_name_has_its_default(
    tmp_path: Path, call: str, expected: list[str]
) -> None:
    found = read_project(tmp_path, {"app.py": f"SETTINGS = [{call}]"}, named_values.DETECTOR)
    assert [each.name for each in found.sightings] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f(model_name=get_config('CHAT_MODEL', 'o1-mini')):\n    pass", ["openai:o1-mini"]),
        ("MODEL = settings.get_setting('CHAT_MODEL', 'o1-mini')", ["openai:o1-mini"]),
        ("models_supported = ['o1-mini']", ["openai:o1-mini"]),
        ("MODEL = load_thing('CHAT_MODEL', 'o1-mini')", []),
        ("MODEL = get_config(section, 'o1-mini')", []),
        ("tool_paths = ['lab1/tools', 'lab1/config']", []),
    ],
)
def test_the_fallback_of_a_getter_of_settings_counts(tmp_path: Path, text: str, expected: list[str]) -> None:
    found = read_project(tmp_path, {"app.py": text}, named_values.DETECTOR)
    assert [each.name for each in found.sightings] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("class ChatModels(str, Enum):\n    FAST = 'o1-mini'\n    OWN = 'fast'", ["openai:o1-mini"]),
        ("class EmbeddingModel(enum.StrEnum):\n    FAST = 'lab1/net2'", ["lab1/net2"]),
        ("class Status(Enum):\n    FAST = 'o1-mini'", []),
        ("class ChatModels(Base):\n    FAST = 'o1-mini'", []),
        ("models = dict(small='o1-mini', own='fast')", ["openai:o1-mini"]),
    ],
)
def test_members_of_an_enumeration_of_models_are_names(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    found = read_project(tmp_path, {"app.py": text}, named_values.DETECTOR)
    assert [each.name for each in found.sightings] == expected
