"""Settings of frameworks and charts, and what stands beside a name."""

from __future__ import annotations

import pytest

from scanner.records.sighting import Sighting
from tests.discovery.config_kit import find, mentions, names, unresolved

CARD = "---\npreload_from_hub:\n  - lab1/net2 config.json,net.safetensors\n---\n"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("services: {a: {environment: {A_MODELNAME: lab1/net2}}}\n", "yaml", ["hf-model lab1/net2 1"]),
        ("MODELNAME=lab1/net2\n", "dotenv", ["hf-model lab1/net2 1"]),
        (
            "ollama:\n  models:\n    pull: [net:8b, tern]\n    run: [gull:2b]\n",
            "yaml",
            ["ollama net:8b 3", "ollama tern 3", "ollama gull:2b 4"],
        ),
        (
            "OLLAMA_HOST=http://ollama:11434\nLLM_MODEL=tern3.1\nEMBED_MODEL=gull-embed\n",
            "dotenv",
            ["ollama tern3.1 2", "ollama gull-embed 3"],
        ),
        ("encoder:\n  name_or_path: lab1/net2\n", "yaml", ["hf-model lab1/net2 2"]),
        ("tokenizer: {name: lab1/net2}\n", "yaml", ["hf-model lab1/net2 1"]),
        (
            "backbone: {name: google-bert/tern-base-uncased}\n",
            "yaml",
            ["hf-model google-bert/tern-base-uncased 1"],
        ),
        (
            "_target_: transformers.AutoModel.from_pretrained\n_args_: [lab1/net2]\n",
            "yaml",
            ["hf-model lab1/net2 2"],
        ),
        ("data: {_target_: datasets.load_dataset, path: lab1/set3}\n", "yaml", ["hf-dataset lab1/set3 1"]),
        (
            "dataset:\n  _component_: torchtune.datasets.chat_dataset\n  source: lab1/set3\n",
            "yaml",
            ["hf-dataset lab1/set3 3"],
        ),
        ("task: llm-sft\ndata: {path: lab1/set3, train_split: train}\n", "yaml", ["hf-dataset lab1/set3 2"]),
        (
            "models:\n  - model: {model: {path: lab1/net2}, lora: {path: lab1/lora3}}\n"
            "tokenizer: {source: lab1/net4}\n",
            "yaml",
            ["hf-model lab1/net2 2", "hf-model lab1/lora3 2", "hf-model lab1/net4 3"],
        ),
        (
            "pipeline:\n- {name: LanguageModelFeaturizer, model_name: bert, model_weights: lab1/net2}\n",
            "yaml",
            ["hf-model lab1/net2 2"],
        ),
        (
            '[components.a.model]\n@architectures = "spacy-transformers.TransformerModel.v3"\n'
            'name = "lab1/net2"\n',
            "ini",
            ["hf-model lab1/net2 3"],
        ),
        ('[paths]\nvectors = "en_core_web_lg"\n', "ini", ["spacy en_core_web_lg 2"]),
        (
            "providers:\n  - huggingface:text-generation:lab1/net2\n"
            "test: {options: {provider: 'openai:gpt-4o'}}\n",
            "yaml",
            ["hf-model lab1/net2 2", "api-model openai:gpt-4o 3"],
        ),
        (CARD, "markdown", ["hf-model lab1/net2 3"]),
        (
            "models:\n  fast: gpt-4o-mini\n  big: lab1/net-7b\n  chat: {repo: lab1/net3}\n",
            "yaml",
            ["api-model openai:gpt-4o-mini 2", "hf-model lab1/net-7b 3", "hf-model lab1/net3 4"],
        ),
        ("model: {name: gpt2-tern}\nreranker: sentence-tern-base\n", "yaml", []),
    ],
)
def test_what_frameworks_and_charts_call_a_model_is_one(
    text: str, language: str, expected: list[str]
) -> None:
    assert names(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("encoding_model: cl100k_base\nprovider: openai\n", "yaml"),
        ("data_model: shop/order\ndevice_model: nord/tern-15\n", "yaml"),
        ("features: {provider: openai, llm: true}\n", "yaml"),
        ("environment: {OPENAI_MODEL: '${env:OPENAI_MODEL}'}\n", "yaml"),
        ("models: {title: shop/order, user: app/user}\n", "yaml"),
        ("provider: nord/tern\n", "yaml"),
        ("dataset: {source: lab1/set3}\n", "yaml"),
        ("lora: {path: own/style}\n", "yaml"),
        ("OLLAMA_HOST=http://ollama:11434\nMODEL=large\n", "dotenv"),
        ("data: {path: lab1/set3}\n", "yaml"),
        ("OLLAMA_HOST=http://ollama:11434\nWHISPER_MODEL=base\nRERANKER_MODEL=tern\n", "dotenv"),
        ("OLLAMA_HOST=\nLLM_MODEL=tern3.1\n", "dotenv"),
        ("OLLAMA_HOST=http://ollama:11434\nEMBEDDING_MODEL=sentence_tern\nLLM_MODEL=openai\n", "dotenv"),
    ],
)
def test_what_only_looks_like_the_name_of_a_model_is_none(text: str, language: str) -> None:
    assert names(text, language) == []
    assert unresolved(text, language) == []


def test_a_name_that_others_know_is_not_asked_of_ollama() -> None:
    text = "OLLAMA_HOST=http://ollama:11434\nLLM_MODEL=gpt-4o\nEMBEDDING_MODEL=all-tern-l6\n"
    assert names(text, "dotenv") == [
        "api-model openai:gpt-4o 2",
        "hf-model sentence-transformers/all-tern-l6 3",
    ]


def test_the_name_something_is_served_under_is_none_of_a_model() -> None:
    stack = "models:\n- {model_id: lab1/net2, provider_id: ollama, provider_model_id: 'net2:3b'}\n"
    assert names(stack, "yaml") == ["ollama net2:3b 2"]
    served = "spec:\n  model:\n    uri: hf://lab1/net2\n    name: lab1/served\n"
    assert names(served, "yaml") == ["hf-model lab1/net2 3"]


def test_addresses_to_look_at_are_mentions() -> None:
    text = '[project.urls]\nModel = "https://huggingface.co/lab1/net2"\n'
    assert (names(text, "toml"), mentions(text, "toml")) == ([], ["hf-model lab1/net2 2"])


def _told(text: str, language: str) -> list[tuple[str, object, object]]:
    found = [each for each in find(text, language) if isinstance(each, Sighting)]
    return [(each.name, each.revision, each.remote_code) for each in found]


@pytest.mark.parametrize(
    ("text", "revision", "remote_code"),
    [
        ("model_name: lab1/net2\nmodel_kwargs: {trust_remote_code: true, revision: r1}\n", "r1", True),
        ("model_name: lab1/net2\nload_args: {trust_remote_code: 1}\n", "none", True),
        ("model_name: lab1/net2\ndataset_kwargs: {trust_remote_code: true, revision: r1}\n", "none", None),
        (
            "model_loading_config: {model_source: lab1/net2}\nengine_kwargs: {trust_remote_code: true}\n",
            "none",
            True,
        ),
        ("embedding_model: lab1/net2\nembedding_revision: r1\nreranker_revision: r2\n", "r1", None),
        (f"model: lab1/net2\ncommit: {COMMIT}\n", COMMIT, None),
        (f"model: lab1/net2\ncommit: {COMMIT}\ngit_branch: main\n", "none", None),
        ("model: lab1/net2\ncommit: abc1234\n", "none", None),
        ("model: lab1/net2\nrevision: 12\n", "12", None),
    ],
)
def test_how_a_model_is_loaded_is_told_beside_its_name(
    text: str, revision: str, remote_code: bool | None
) -> None:
    assert _told(text, "yaml") == [("lab1/net2", revision, remote_code)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('args:\n  - --model={{ default "lab1/net2" .x }}\n', ["hf-model lab1/net2 2"]),
        (
            '{{- if .x }}\nmodel: "{{ .Values.x | default "lab1/net2" }}"\n{{- end }}\n',
            ["hf-model lab1/net2 2"],
        ),
        ('{{- if .x }}\nmodel: {{ coalesce .Values.x "lab1/net2" }}\n', ["hf-model lab1/net2 2"]),
        (
            '{{- if .x }}\ncommand: ["sh", "-c", "vllm serve {{ .v | default "lab1/net2" }} --x"]\n',
            ["hf-model lab1/net2 2"],
        ),
        ("model: '${env:A_MODEL, \"gpt-4o\"}'\n", ["api-model openai:gpt-4o 1"]),
        ("model: ${oc.env:A_MODEL,lab1/net2}\n", ["hf-model lab1/net2 1"]),
    ],
)
def test_a_default_counts_wherever_a_template_writes_it(text: str, expected: list[str]) -> None:
    assert names(text, "yaml") == expected
