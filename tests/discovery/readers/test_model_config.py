import json

import pytest

from scanner.discovery.readers.model_config import READER
from scanner.discovery.source import Source
from scanner.discovery.views import Embedded, Header
from scanner.records.sighting import Scope


def read(text):
    return list(READER.read(Source("m/config.json", text, READER.language, Scope.SHIPPED)))


def test_origin_and_remote_code_stand_at_their_places():
    text = json.dumps(
        {
            "_name_or_path": "o1/n1",
            "model_type": "x",
            "text_config": {"_name_or_path": "o2/n2"},
            "auto_map": {"AutoModel": "o3/n3--modeling.M", "AutoTokenizer": ["o3/n3--t.T", None]},
        },
        indent=1,
    )
    found = [(view.fields[0], view.location.line) for view in read(text) if isinstance(view, Header)]
    assert found == [
        (("_name_or_path", "o1/n1"), 2),
        (("_name_or_path", "o2/n2"), 5),
        (("auto_map", "o3/n3--modeling.M"), 8),
        (("auto_map", "o3/n3--t.T"), 10),
    ]


@pytest.mark.parametrize("text", ["", "[1]", '{"port": 80}', '{"a":' * 50_000])
def test_settings_of_other_tools_are_handed_on(text):
    (view,) = read(text)
    assert isinstance(view, Embedded)
    assert view.source.language == "json"


@pytest.mark.parametrize(
    "name",
    [
        "tokenizer_config.json",
        "preprocessor_config.json",
        "processor_config.json",
        "video_preprocessor_config.json",
    ],
)
def test_of_tokenizers_and_processors_the_classes_alone_count(name):
    text = json.dumps(
        {"name_or_path": "o1/n1", "model": "o2/n2", "auto_map": {"AutoX": ["o3/n3--code.X", None]}}
    )
    assert name in READER.names
    (view,) = READER.read(Source(f"m/{name}", text, READER.language, Scope.SHIPPED))
    assert isinstance(view, Header)
    assert view.fields == (("auto_map", "o3/n3--code.X"),)


def test_a_tokenizers_classes_may_stand_in_a_list():
    text = json.dumps({"tokenizer_class": "X", "auto_map": ["o3/n3--code.X", None]})
    (view,) = READER.read(Source("m/tokenizer_config.json", text, READER.language, Scope.SHIPPED))
    assert isinstance(view, Header)
    assert view.fields == (("auto_map", "o3/n3--code.X"),)
