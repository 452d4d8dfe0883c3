"""Pages and model cards."""

from __future__ import annotations

from tests.discovery.config_kit import mentions, names


def test_everything_in_a_page_is_a_mention_at_its_own_line() -> None:
    text = (
        "# Usage\n\nTry `Qwen/Qwen3-0.6B`, see https://huggingface.co/BAAI/bge-m3.\n\n1. pull\n"
        "   ```console\n   $ ollama pull qwen2:7b\n   ```\n\n~~~yaml\nmodel: facebook/opt-125m\n~~~\n"
    )
    assert names(text, "markdown") == []
    assert mentions(text, "markdown") == [
        "hf-model Qwen/Qwen3-0.6B 3",
        "hf-model BAAI/bge-m3 3",
        "ollama qwen2:7b 7",
        "hf-model facebook/opt-125m 11",
    ]


def test_the_base_of_a_model_card_is_what_the_model_is_made_from() -> None:
    text = "---\nlicense: apache-2.0\nbase_model:\n- Qwen/Qwen3-8B\ndatasets:\n- allenai/c4\n---\n# Card\n"
    assert names(text, "markdown", "README.md") == ["hf-model Qwen/Qwen3-8B 4"]
    assert mentions(text, "markdown", "README.md") == ["hf-dataset allenai/c4 6"]


def test_front_matter_of_a_blog_says_nothing() -> None:
    assert names("---\ntitle: x\nmodel: Qwen/Qwen3-8B\n---\n", "markdown") == []


def test_repositories_of_code_and_plain_alternatives_are_no_models() -> None:
    text = "See [mit-han-lab/llm-awq](https://github.com/mit-han-lab/llm-awq), and/or TCP/IP, BAAI/Aquila\n"
    assert mentions(text, "markdown") == []


def test_a_block_of_restructured_text_is_read() -> None:
    text = "Title\n\n.. code-block:: bash\n\n   hf download BAAI/bge-m3\n\nAfter\n"
    assert mentions(text, "markdown", "a.rst") == ["hf-model BAAI/bge-m3 5"]
