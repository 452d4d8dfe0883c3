"""Files that a shell script writes by lines."""

from __future__ import annotations

import pytest

from tests.discovery.config_kit import names, unresolved


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('echo "LLM_MODEL=nord/tern-7b" >> .env\n', ["hf-model nord/tern-7b 1"]),
        ("echo EMBED_MODEL=nord/tern-7b >> $GITHUB_ENV\n", ["hf-model nord/tern-7b 1"]),
        ('echo "EMBED_MODEL=nord/tern-7b" | tee -a "$GITHUB_ENV"\n', ["hf-model nord/tern-7b 1"]),
        ("echo 'MODEL=nord/tern-7b' | sudo tee -a /srv/app.env\n", ["hf-model nord/tern-7b 1"]),
        ("printf 'FROM llama3:8b\\nPARAMETER top_k 3\\n' > Modelfile\n", ["ollama llama3:8b 1"]),
        ('echo "FROM llama3:8b" > out/Modelfile\n', ["ollama llama3:8b 1"]),
        ('printf "A=1\\nMODEL=nord/tern-7b\\n" > prod.env\n', ["hf-model nord/tern-7b 1"]),
        ("cat > Modelfile <<EOF\nFROM llama3:8b\nEOF\nollama create x\n", ["ollama llama3:8b 2"]),
        ("sudo tee /srv/Modelfile <<EOF\nFROM llama3:8b\nEOF\n", ["ollama llama3:8b 2"]),
        ('echo "LLM_MODEL=nord/tern-7b"\n', []),
        ('echo "MODEL=nord/tern-7b" >> $GITHUB_OUTPUT\n', []),
        ('echo "model: nord/tern-7b" > notes.txt\n', []),
        ('echo "Run: vllm serve nord/tern-7b" >> log.txt\n', []),
    ],
)  # fmt: skip
def test_lines_written_to_a_file_are_read_like_the_file(text: str, expected: list[str]) -> None:
    assert (names(text, "shell"), unresolved(text, "shell")) == (expected, [])


def test_a_line_on_its_own_place_is_found_in_its_column() -> None:
    from scanner.records.sighting import Sighting
    from tests.discovery.config_kit import find

    [found] = [
        each for each in find("echo 'A_MODEL=nord/tern-7b' > .env", "shell") if isinstance(each, Sighting)
    ]
    assert (found.location.line, found.location.column, found.location.end_column) == (1, 15, 27)
