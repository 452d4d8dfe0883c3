"""Units of systemd."""

from __future__ import annotations

import pytest

from tests.discovery.config_kit import names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ExecStart=/opt/venv/bin/vllm serve nord/tern-7b --port 1\n", ["hf-model nord/tern-7b 2"]),
        ("ExecStart=-/usr/bin/vllm serve \\\n  nord/tern-7b \\\n  --port 1\n", ["hf-model nord/tern-7b 3"]),
        ("ExecStartPre=+ollama pull llama3:8b\nExecStart=x\n", ["ollama llama3:8b 2"]),
        ('Environment="EMBED_MODEL=nord/tern" "A=b c"\n', ["hf-model nord/tern 2"]),
        ("Environment=EMBED_MODEL=nord/tern A=b\n", ["hf-model nord/tern 2"]),
        (
            "ExecStart=vllm serve ${M}\nEnvironment=VLLM_USE_MODELSCOPE=1\nEnvironment=M=nord/tern-7b\n",
            ["modelscope nord/tern-7b 4"],
        ),
        (
            "Environment=OPENAI_BASE_URL=https://api.deepseek.com\nEnvironment=OPENAI_MODEL=nord/tern-7b\n",
            ["api-model deepseek:nord/tern-7b 3"],
        ),
        ("# ExecStart=vllm serve nord/tern-7b\nDescription=vllm serve nord/tern-7b\n", []),
    ],
)
def test_what_a_unit_starts_is_a_command_with_its_variables(text: str, expected: list[str]) -> None:
    assert names("[Service]\n" + text, "ini", "x.service") == expected


def test_only_units_start_something() -> None:
    text = "[Service]\nExecStart=ollama pull llama3:8b\n"
    assert (names(text, "ini", "x.ini"), names(text, "ini", "x.service")) == ([], ["ollama llama3:8b 2"])
