"""Dockerfiles."""

from __future__ import annotations

import pytest

from scanner.discovery.gather import gather_sightings
from scanner.records.sighting import Sighting
from tests.discovery.config_kit import commands, find, mentions, names, switches


def test_an_image_is_no_model_and_a_download_is() -> None:
    text = (
        "FROM nvidia/cuda:12.4.0-runtime-ubuntu22.04\nRUN pip install x && \\\n    # why\n"
        "    hf download BAAI/bge-m3\n"
    )
    assert names(text, "dockerfile") == ["hf-model BAAI/bge-m3 4"]


def test_variables_of_both_spellings_are_settings_and_reach_commands() -> None:
    text = (
        "FROM x\nARG NAME=Qwen/Qwen3-8B\nENV EMBEDDING_MODEL BAAI/bge-m3\n"
        "ENV VLLM_USE_MODELSCOPE=1 A=b\nCMD vllm serve $NAME\n"
    )
    assert names(text, "dockerfile") == ["modelscope Qwen/Qwen3-8B 2", "hf-model BAAI/bge-m3 3"]
    assert switches(text, "dockerfile") == [("VLLM_USE_MODELSCOPE", "1", 4)]


def test_entry_point_and_command_are_one_command_line() -> None:
    text = 'FROM x\nENTRYPOINT ["vllm", "serve"]\nCMD ["Qwen/Qwen3-8B", "--port", "1"]\n'
    assert commands(text, "dockerfile") == [["vllm", "serve", "Qwen/Qwen3-8B", "--port", "1"]]
    assert names(text, "dockerfile") == ["hf-model Qwen/Qwen3-8B 3"]


def test_arguments_alone_go_to_the_image() -> None:
    text = 'FROM vllm/vllm-openai:latest\nCMD ["--model", "Qwen/Qwen3-8B"]\n'
    assert names(text, "dockerfile") == ["hf-model Qwen/Qwen3-8B 2"]


def test_here_documents_and_health_checks_are_read() -> None:
    text = (
        "FROM x\nRUN <<EOF\nollama pull qwen2:7b\nEOF\nCOPY <<E /app/settings.yaml\nmodel: BAAI/bge-m3\nE\n"
        "HEALTHCHECK CMD ollama show llama3:8b\n"
    )
    assert names(text, "dockerfile") == [
        "ollama qwen2:7b 3",
        "hf-model BAAI/bge-m3 6",
        "ollama llama3:8b 8",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ENV MODEL_ID=nord/tern-7b\nENV REVISION=v2\nENV TRUST_REMOTE_CODE=true\n",
        "ARG MODEL_REVISION=v2\nARG MODEL_ID=nord/tern-7b TRUST_REMOTE_CODE=1\n",
        "ARG MODEL_ID=nord/tern-7b\nARG R=v2\nRUN x --model $MODEL_ID --revision $R --trust-remote-code\n",
        "ENV MODEL=nord/tern-7b\n"
        'ENTRYPOINT ["sh", "-c", "vllm serve $MODEL --trust-remote-code --revision v2"]\n',
        "ENV MODEL=nord/tern-7b\nCMD vllm serve $MODEL --trust-remote-code --revision=v2\n",
    ],
)
def test_a_revision_set_later_or_given_with_the_variable_pins_its_name(text: str) -> None:
    found = [each for each in find("FROM x\n" + text, "dockerfile") if isinstance(each, Sighting)]
    assert {(each.name, each.revision, each.remote_code) for each in gather_sightings(found, ())} == {
        ("nord/tern-7b", "v2", True)
    }


def test_a_revision_of_another_stage_is_not_joined_to_a_name() -> None:
    text = "FROM x\nENV MODEL_ID=nord/tern-7b\nFROM y\nENV REVISION=v2\n"
    assert [each.revision for each in find(text, "dockerfile") if isinstance(each, Sighting)] == ["none"]


def test_an_added_address_is_fetched() -> None:
    text = "FROM x\nADD https://huggingface.co/BAAI/bge-m3/resolve/main/model.onnx /m/\n"
    assert names(text, "dockerfile") == ["hf-model BAAI/bge-m3 2"]


def test_a_comment_is_a_mention() -> None:
    text = "FROM x\n# RUN ollama pull x; hf download BAAI/bge-m3\n"
    assert names(text, "dockerfile") == []
    assert mentions(text, "dockerfile") == ["hf-model BAAI/bge-m3 2"]
