"""XML files."""

from __future__ import annotations

from tests.discovery.config_kit import entries, mentions, names


def test_attributes_and_texts_are_settings_and_comments_are_mentions() -> None:
    text = (
        '<beans>\n  <property name="model" value="BAAI/bge-m3"/>\n'
        "  <model-id>Qwen/Qwen3-8B</model-id>\n  <!-- BAAI/bge-m3 -->\n</beans>\n"
    )
    assert entries(text, "xml") == [
        ("property.model", "BAAI/bge-m3", 2, 33),
        ("model-id", "Qwen/Qwen3-8B", 3, 13),
    ]
    assert mentions(text, "xml") == ["hf-model BAAI/bge-m3 4"]


def test_an_entity_is_never_expanded() -> None:
    text = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<model>&x;</model>\n'
    assert entries(text, "xml") == [("model", "&x;", 2, 8)]


def test_what_a_program_is_told_when_it_is_started_is_read_as_a_command() -> None:
    text = (
        '<Scheme>\n  <Argument argument = "--model nord/tern-7b --prompt &apos;a b&apos;"/>\n'
        '  <option name="PARAMETERS" value="--base_model=nord/gull-7b"/>\n'
        '  <a argument="-o nord/x-7b"/>\n</Scheme>\n'
    )
    assert names(text, "xml", "a.xcscheme") == ["hf-model nord/tern-7b 2", "hf-model nord/gull-7b 3"]


def test_a_network_of_layers_names_none() -> None:
    layer = '<layer id="0" name="embed"><data model="lab1/net2"/></layer>'
    text = f'<?xml version="1.0"?>\n<net name="Model0" version="11">\n<layers>{layer}</layers></net>\n'
    assert names(text, "xml") == []
    assert names(text.replace("<net ", "<nets "), "xml") == ["hf-model lab1/net2 3"]
