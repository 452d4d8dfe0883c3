"""What an Ollama Modelfile is made from."""

from __future__ import annotations

from scanner.records.sighting import Sighting
from tests.discovery.config_kit import find, names, unresolved


def test_tags_and_repositories_are_dependencies() -> None:
    assert names("FROM mistral:instruct\n", "modelfile") == ["ollama mistral:instruct 1"]
    assert names("FROM hf.co/nord/tern-7b:Q4_K_M\n", "modelfile") == ["hf-model nord/tern-7b 1"]


def test_a_file_outside_the_project_is_said_to_be() -> None:
    assert names("FROM /content/x.gguf\n", "modelfile") == []
    assert unresolved("FROM /content/x.gguf\n", "modelfile") == [
        ("/content/x.gguf", "a file that is not in the project", 1)
    ]


def test_a_folder_and_a_placeholder_are_nothing() -> None:
    assert names("FROM ./model\nADAPTER <adapter>\n", "modelfile") == []


def test_a_digest_is_the_revision_of_a_tag() -> None:
    digest = "sha256:" + "0" * 64

    def found(text: str, language: str) -> list[tuple[str, object]]:
        return [(each.name, each.revision) for each in find(text, language) if isinstance(each, Sighting)]

    assert found(f"FROM qwen2.5:3b@{digest}\n", "modelfile") == [("qwen2.5:3b", digest)]
    assert found(f"ollama pull llama3.2@{digest}\n", "shell") == [("llama3.2", digest)]
