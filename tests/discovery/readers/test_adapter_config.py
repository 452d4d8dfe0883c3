import json

import pytest

from scanner.discovery.readers.adapter_config import READER
from scanner.discovery.source import Source
from scanner.discovery.views import Embedded, Header
from scanner.records.sighting import Location, Scope


def read(text):
    return list(READER.read(Source("a/adapter_config.json", text, READER.language, Scope.SHIPPED)))


def test_the_base_model_stands_at_its_place():
    text = '{\n  "peft_type": "LORA",\n  "base_model_name_or_path": "o1/n1",\n  "revision": "abc"\n}'
    fields = (("base_model_name_or_path", "o1/n1"), ("revision", "abc"), ("peft_type", "LORA"))
    place = Location("a/adapter_config.json", 3, 31, 3, 36)
    assert read(text) == [Header("adapter-config", fields, place)]


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "{}", json.dumps({"base_model_name_or_path": None}), "[" * 100_000]
)
def test_a_file_without_a_base_is_handed_on(text):
    (view,) = read(text)
    assert isinstance(view, Embedded)
    assert (view.source.language, view.source.text) == ("json", text)
