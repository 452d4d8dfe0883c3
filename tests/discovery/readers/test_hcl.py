"""Terraform and its relatives."""

from __future__ import annotations

from tests.discovery.config_kit import entries, names


def test_blocks_lists_and_here_documents_are_read() -> None:
    text = (
        'resource "x" "endpoint" {\n  model_id = "BAAI/bge-m3" # why\n  models = ["gpt2", "a"]\n'
        '  env = {\n    HF_MODEL_ID = "Qwen/Qwen3-8B"\n  }\n  user_data = <<-EOT\n'
        "    #!/bin/sh\n    ollama pull qwen2:7b\n  EOT\n}\n"
    )
    assert names(text, "hcl") == [
        "hf-model BAAI/bge-m3 2",
        "hf-model gpt2 3",
        "hf-model Qwen/Qwen3-8B 5",
        "ollama qwen2:7b 9",
    ]


def test_a_source_of_a_module_and_a_provider_are_no_models() -> None:
    text = (
        "terraform {\n  required_providers {\n    google = {\n"
        '      source = "hashicorp/google"\n    }\n  }\n}\nmodel = var.model\n'
    )
    assert names(text, "hcl") == []
    assert entries(text, "hcl") == []


def test_the_default_of_a_variable_is_what_the_variable_names() -> None:
    text = (
        'variable "model_id" {\n  type = string\n  default = "BAAI/bge-m3"\n}\n'
        'variable "owner" { default = "acme/team" }\nvariable "llm_model" { type = string }\n'
    )
    assert names(text, "hcl") == ["hf-model BAAI/bge-m3 3"]
