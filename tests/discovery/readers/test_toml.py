"""TOML files."""

from __future__ import annotations

from tests.discovery.config_kit import entries, names


def test_tables_arrays_and_inline_tables_keep_their_places() -> None:
    text = (
        'title = "x"\n[llm]\nmodel = "Qwen/Qwen3-8B" # why\nfallback_models = [\n'
        "  \"BAAI/bge-m3\",\n  'facebook/opt-125m',\n]\n"
        '[[models]]\nid = "gpt2"\nextra = { tokenizer = "nord/tern-7b", n = 3 }\n[a.b]\n'
        '"c.d".model_id = "google/flan-t5-base"\n'
    )
    assert entries(text, "toml") == [
        ("llm.model", "Qwen/Qwen3-8B", 3, 10),
        ("llm.fallback_models.[0]", "BAAI/bge-m3", 5, 4),
        ("llm.fallback_models.[1]", "facebook/opt-125m", 6, 4),
        ("models.[0].id", "gpt2", 9, 7),
        ("models.[0].extra.tokenizer", "nord/tern-7b", 10, 24),
        ("a.b.c.d.model_id", "google/flan-t5-base", 12, 19),
    ]


def test_a_text_on_several_lines_is_read_in_its_language() -> None:
    text = 'script = """\nollama pull qwen2:7b\n"""\n'
    assert names(text, "toml") == ["ollama qwen2:7b 2"]


def test_a_broken_line_costs_only_itself() -> None:
    assert names('a = = =\n]]]\nmodel = "BAAI/bge-m3"\n', "toml") == ["hf-model BAAI/bge-m3 3"]


def test_packages_are_no_models_but_a_model_among_them_is() -> None:
    wheel = (
        "https://github.com/explosion/spacy-models/releases/download/en_core_web_sm-3.7.1/"
        "en_core_web_sm-3.7.1-py3-none-any.whl"
    )
    text = f'[project]\ndependencies = ["transformers",\n "en-core-web-sm @ {wheel}"]\n'
    assert names(text, "toml", "pyproject.toml") == ["spacy en_core_web_sm 3"]
