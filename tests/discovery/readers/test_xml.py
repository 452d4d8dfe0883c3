"""XML files."""

from __future__ import annotations

from tests.discovery.config_kit import entries, mentions


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
