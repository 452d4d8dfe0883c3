"""Ollama Modelfiles."""

from __future__ import annotations

from tests.discovery.config_kit import entries


def test_only_instructions_outside_templates_count() -> None:
    text = (
        'FROM mistral:instruct\nADAPTER "./lora.gguf"\nTEMPLATE """\nFROM other:7b\n"""\nPARAMETER stop x\n'
    )
    assert entries(text, "modelfile") == [
        ("FROM", "mistral:instruct", 1, 6),
        ("ADAPTER", "./lora.gguf", 2, 10),
    ]
