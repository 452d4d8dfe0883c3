"""What the text of a name can tell."""

from __future__ import annotations

import pytest

from scanner.discovery.names import (
    HubName,
    decode,
    find_hub_links,
    is_bare_id,
    is_hub_id,
    is_local_path,
    is_ollama_tag,
    is_placeholder,
    is_weight_file,
    split_digest,
    split_hub_url,
    split_revision,
    split_variant,
)
from scanner.records.sighting import Kind

MODEL, DATASET, SCOPE = Kind.HF_MODEL, Kind.HF_DATASET, Kind.MODELSCOPE


@pytest.mark.parametrize(
    "text",
    [
        "BAAI/bge-m3",
        "Qwen/Qwen2.5-72B-Instruct",
        "01-ai/Yi-34B",
        "microsoft/phi-2",
        "mistralai/Mistral-7B-v0.1",
        "facebook/opt-125m",
        "hf-internal-testing/tiny-random-bert",
        "THUDM/chatglm3-6b",
        "distilbert/distilbert-base-uncased",
        "openai/whisper-large-v3",
        "stabilityai/sdxl-turbo",
        "google/gemma-3-1b-it",
        "argmaxinc/whisperkit-coreml",
    ],
)
def test_a_repository_on_the_hub_looks_like_one(text: str) -> None:
    assert is_hub_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "text/plain",
        "application/json",
        "apps/v1",
        "chat/completions",
        "lab/tools",
        "net-tuned/checkpoint-1000",
        "lab/configs",
        "batch/v1beta1",
        "src/main.py",
        "owner/config.yaml",
        "models/llama",
        "/data/model",
        "2024/03",
        "10/8",
        "a/b/c",
        "nvidia.com/gpu",
        "llama.gguf",
        "owner/model.gguf",
        "v1/chat",
        "x..y/z",
        "owner/",
        "gpt2",
        "${VAR}/model",
        "a/1",
        "Chat-4B/8B",
        "GB/184M",
        "MB/96M",
        "chat-0.5b/1.5b",
        "",
        "o" * 200 + "/name",
    ],
)
def test_paths_types_and_versions_are_no_repository(text: str) -> None:
    assert not is_hub_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "your-org/your-model",
        "<model>",
        "org/model-name",
        "hf_user/model",
        "your_hf_username/my-cool-model",
        "test-org/test-model",
        "model_a",
        "path/to/base",
        "${MODEL}",
        "dummy",
        "mymodel",
        "fake-model",
        "username/llama",
        "",
        "owner/repo",
        "...",
        "N/A",
        "disabled",
        "unset",
        "does-not-matter",
        "not_used",
    ],
)
def test_a_text_that_asks_to_be_replaced_is_a_placeholder(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["BAAI/bge-m3", "gpt2", "hf-internal-testing/tiny-random-bert", "llama3:8b", "google/flan-t5-base"],
)
def test_a_real_name_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hf://BAAI/bge-m3", HubName(MODEL, "BAAI/bge-m3")),
        ("hf://Qwen/Qwen3-8B:v1.0", HubName(MODEL, "Qwen/Qwen3-8B", "v1.0")),
        ("hf://Qwen/Qwen3-8B@main", HubName(MODEL, "Qwen/Qwen3-8B", "main")),
        (
            "huggingface://TheBloke/Llama-2-7B-GGUF/llama-2-7b.Q4_0.gguf",
            HubName(MODEL, "TheBloke/Llama-2-7B-GGUF", "none", "llama-2-7b.Q4_0.gguf"),
        ),
        ("hf-hub:timm/vit_base_patch16_clip_224", HubName(MODEL, "timm/vit_base_patch16_clip_224")),
        ("hf.co/bartowski/Qwen2.5-7B-GGUF:Q4_K_M", HubName(MODEL, "bartowski/Qwen2.5-7B-GGUF")),
        ("models--BAAI--bge-m3", HubName(MODEL, "BAAI/bge-m3")),
        ("/home/user/.cache/hub/models--gpt2/blobs", HubName(MODEL, "gpt2")),
        ("models--nord--tern--7b--gguf", None),
        ("models--nord--", None),
        ("datasets--HuggingFaceH4--no_robots", HubName(DATASET, "HuggingFaceH4/no_robots")),
        (
            "deepseek-ai/DeepSeek-V2--modeling_deepseek.DeepseekV2ForCausalLM",
            HubName(MODEL, "deepseek-ai/DeepSeek-V2", "none", "modeling_deepseek.DeepseekV2ForCausalLM"),
        ),
        ("NousResearch%2FNous-Hermes-2", HubName(MODEL, "NousResearch/Nous-Hermes-2")),
        ("modelscope://Qwen/Qwen3-8B", HubName(SCOPE, "Qwen/Qwen3-8B")),
        ("BAAI/bge-m3", None),
        ("hf://datasets/squad/squad_v2", HubName(DATASET, "squad/squad_v2")),
        ("hf://spaces/owner-x/app-y", None),
        ("see https://huggingface.co/BAAI/bge-m3", None),
    ],
)
def test_a_spelling_that_proves_itself_is_decoded(text: str, expected: HubName | None) -> None:
    assert decode(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://huggingface.co/BAAI/bge-m3", HubName(MODEL, "BAAI/bge-m3")),
        (
            "https://huggingface.co/BAAI/bge-m3/resolve/5c38ec7/pytorch_model.bin?download=true",
            HubName(MODEL, "BAAI/bge-m3", "5c38ec7", "pytorch_model.bin", True),
        ),
        (
            "https://huggingface.co/bert-base-uncased/resolve/main/config.json",
            HubName(MODEL, "bert-base-uncased", "main", "config.json", True),
        ),
        (
            "https://huggingface.co/datasets/HuggingFaceH4/no_robots",
            HubName(DATASET, "HuggingFaceH4/no_robots"),
        ),
        ("https://huggingface.co/api/models/BAAI/bge-m3", HubName(MODEL, "BAAI/bge-m3")),
        ("https://user:token@huggingface.co/BAAI/bge-m3.git", HubName(MODEL, "BAAI/bge-m3")),
        ("git@hf.co:BAAI/bge-m3", HubName(MODEL, "BAAI/bge-m3")),
        ("https://api-inference.huggingface.co/models/BAAI/bge-m3", HubName(MODEL, "BAAI/bge-m3")),
        ("https://www.modelscope.cn/models/Qwen/Qwen3-8B", HubName(SCOPE, "Qwen/Qwen3-8B")),
        (
            "https://modelscope.cn/models/Qwen/Qwen3-8B/resolve/master/config.json",
            HubName(SCOPE, "Qwen/Qwen3-8B", "master", "config.json", True),
        ),
        ("https://huggingface.co/docs/transformers", None),
        ("https://huggingface.co/spaces/owner/app", None),
        ("https://huggingface.co/BAAI", None),
        ("https://example.org/BAAI/bge-m3", None),
        ("https://huggingface.co/papers/2402.03216", None),
        ("https://huggingface.co:443/BAAI/bge-m3", HubName(MODEL, "BAAI/bge-m3")),
    ],
)
def test_an_address_on_a_hub_is_split(url: str, expected: HubName | None) -> None:
    assert split_hub_url(url) == expected


def test_links_are_found_in_running_text_without_their_punctuation() -> None:
    text = "See [x](https://huggingface.co/BAAI/bge-m3), or hf.co/gpt/two."
    assert find_hub_links(text) == ((8, "https://huggingface.co/BAAI/bge-m3"), (48, "hf.co/gpt/two"))


def test_revisions_and_variants_are_split_off() -> None:
    assert split_revision("BAAI/bge-m3@v1") == ("BAAI/bge-m3", "v1")
    assert split_revision("BAAI/bge-m3") == ("BAAI/bge-m3", "none")
    assert split_variant("unsloth/Qwen3-GGUF:Q4_K_M") == ("unsloth/Qwen3-GGUF", "Q4_K_M")
    assert split_variant("llama3:8b") == ("llama3:8b", "")


@pytest.mark.parametrize(
    "text", ["llama3", "qwen2.5:7b", "x/z-image-turbo", "hf.co/a-b/c-d:Q4_K_M", "mistral:instruct"]
)
def test_an_ollama_name_has_its_grammar(text: str) -> None:
    assert is_ollama_tag(text)


@pytest.mark.parametrize(
    "text", ["./model.gguf", "/content/x.gguf", "scratch:", "a b", "localhost:11434", "8000"]
)
def test_paths_and_hosts_are_no_ollama_name(text: str) -> None:
    assert not is_ollama_tag(text)


def test_paths_weights_and_bare_names_are_told_apart() -> None:
    assert [is_local_path(text) for text in ("./x", "~/m", "C:\\m", "models/x", "BAAI/bge-m3")] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert [is_weight_file(text) for text in ("a/b.gguf", "model.safetensors", "BAAI/bge-m3")] == [
        True,
        True,
        False,
    ]
    assert [is_bare_id(text) for text in ("gpt2", "all-MiniLM-L6-v2", "3.5", "a b", "x.py")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_digest_is_split_from_an_ollama_name() -> None:
    digest = "sha256:" + "0" * 64
    assert split_digest(f"llama3.2:3b@{digest}") == ("llama3.2:3b", digest)
    assert split_digest("llama3.2:3b") == ("llama3.2:3b", "none")
    assert split_digest("llama3.2@sha256:12") == ("llama3.2@sha256:12", "none")
