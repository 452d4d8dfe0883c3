"""Command lines that name models."""

from __future__ import annotations

import pytest

from scanner.records.sighting import Sighting
from scanner.records.unknown import Unknown
from tests.discovery.config_kit import find, names


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("vllm serve Qwen/Qwen3-8B --served-model-name mine", ["hf-model Qwen/Qwen3-8B 1"]),
        ("python -m vllm.entrypoints.openai.api_server --model gpt2", ["hf-model gpt2 1"]),
        ("python3 -m sglang.launch_server --model-path=Qwen/Qwen3-8B", ["hf-model Qwen/Qwen3-8B 1"]),
        ("text-generation-launcher --model-id Qwen/Qwen3-8B", ["hf-model Qwen/Qwen3-8B 1"]),
        ("llama-server -hf unsloth/Qwen3-8B-GGUF:Q4_K_M -c 1", ["hf-model unsloth/Qwen3-8B-GGUF 1"]),
        ("hf download squad --repo-type dataset", ["hf-dataset squad 1"]),
        ("huggingface-cli download BAAI/bge-m3 model.onnx --local-dir x", ["hf-model BAAI/bge-m3 1"]),
        ("ollama run hf.co/bartowski/Qwen2.5-7B-GGUF:Q4_K_M", ["hf-model bartowski/Qwen2.5-7B-GGUF 1"]),
        ("docker exec -it ollama ollama pull llama3", ["ollama llama3 1"]),
        ("modelscope download --model Qwen/Qwen3-8B", ["modelscope Qwen/Qwen3-8B 1"]),
        (
            "lm_eval --model hf --model_args pretrained=Qwen/Qwen3-8B,peft=sud/lora-x",
            ["hf-model Qwen/Qwen3-8B 1", "hf-model sud/lora-x 1"],
        ),
        (
            "vllm serve Qwen/Qwen3-8B --lora-modules sql=sud/sql-lora",
            ["hf-model Qwen/Qwen3-8B 1", "hf-model sud/sql-lora 1"],
        ),
        (
            """vllm serve Qwen/Qwen3-8B --speculative-config '{"model": "sud/draft-x"}'""",
            ["hf-model Qwen/Qwen3-8B 1", "hf-model sud/draft-x 1"],
        ),
        ("docker run --gpus all -p 8000:8000 vllm/vllm-openai:latest --model gpt2", ["hf-model gpt2 1"]),
        ("docker model run ai/smollm2", ["other ai/smollm2 1"]),
        ("python3 t.py --actor.model_name_or_path sud/tern-x", ["hf-model sud/tern-x 1"]),
        ("torchrun t.py --data.prompt_dataset sud/asks", ["hf-dataset sud/asks 1"]),
        ("deepspeed t.py --ckpt.output_dir sud/tern-x --save.dataset_dir sud/asks", []),
        ("accelerate launch t.py --my_model_id sud/tern-x", ["hf-model sud/tern-x 1"]),
        (
            "read -r -d '' told <<E\npkg.cli.train \\\n  --data.dataset sud/asks \\\n  --x 1\nE",
            ["hf-dataset sud/asks 3"],
        ),
        (
            "docker model pull hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF",
            ["hf-model bartowski/Llama-3.2-1B-Instruct-GGUF 1"],
        ),
        ("python -m spacy download en_core_web_sm", ["spacy en_core_web_sm 1"]),
        ("accelerate launch train.py --model_name_or_path nord/tern-7b", ["hf-model nord/tern-7b 1"]),
        (
            "python train.py --model nord/tern-7b --dataset_name allenai/c4",
            ["hf-model nord/tern-7b 1", "hf-dataset allenai/c4 1"],
        ),
        (
            "router --static-models nord/tern-7b,sud/gull-7b",
            ["hf-model nord/tern-7b 1", "hf-model sud/gull-7b 1"],
        ),
        (
            "generate.py --lora_weights 'sud/lora-x' --student-model-id nord/tern-7b --output-model-id a/b",
            ["hf-model sud/lora-x 1", "hf-model nord/tern-7b 1"],
        ),
        ("render.py --texture-weights nord/tern-7b --lora_weights ./lora-x", []),
        ("litellm --model ollama/llama3", ["ollama llama3 1"]),
        ("python t.py --model_name_or_path tern-base-uncased", ["hf-model tern-base-uncased 1"]),
        ("uv run --extra gpu t.py --model_name_or_path gpt2", ["hf-model gpt2 1"]),
        ("python t.py --model_name_or_path ./gpt2 --tokenizer_name my-own", []),
        (
            "python t.py --pretrained_model_name_or_path nord/tern-x --dataset_name tides",
            ["hf-model nord/tern-x 1", "hf-dataset tides 1"],
        ),
        ("python t.py --model_name_or_path nord/tern-x --dataset_name csv", ["hf-model nord/tern-x 1"]),
        ("python bench.py --model nord/tern-x --dataset_name random", ["hf-model nord/tern-x 1"]),
        (
            "python cmp.py --models nord/tern-x sud/gull-x --datasets sud/asks,sud/tells --n 1",
            [
                "hf-model nord/tern-x 1",
                "hf-model sud/gull-x 1",
                "hf-dataset sud/asks 1",
                "hf-dataset sud/tells 1",
            ],
        ),
        ("./render --models nord/tern-x", []),
        (
            "deepspeed --module a.b --pretrain nord/tern-x --reward_pretrain sud/rm --prompt_data sud/asks",
            ["hf-model nord/tern-x 1", "hf-model sud/rm 1", "hf-dataset sud/asks 1"],
        ),
        (
            "swift sft --model nord/tern-x --dataset 'sud/asks#500' hf::sud/tells:en#9 ./own.jsonl --lr 1",
            ["modelscope nord/tern-x 1", "modelscope sud/asks 1", "hf-dataset sud/tells 1"],
        ),
        (
            "swift infer --use_hf true --model nord/tern-x --adapters sud/lora",
            ["hf-model nord/tern-x 1", "hf-model sud/lora 1"],
        ),
        ("USE_HF=1 swift sft --model nord/tern-x", ["hf-model nord/tern-x 1"]),
        ("USE_HF=0 megatron sft --model nord/tern-x", ["modelscope nord/tern-x 1"]),
        ("torchrun --nnodes 2 swift/cli/sft.py --model nord/tern-x", ["modelscope nord/tern-x 1"]),
        ("python -m swift.cli.infer --model nord/tern-x", ["modelscope nord/tern-x 1"]),
        (
            "accelerate launch -m lm_eval --model hf --model_args pretrained=nord/tern-x",
            ["hf-model nord/tern-x 1"],
        ),
        ("accelerate launch t.py --base vllm serve --model nord/tern-x", ["hf-model nord/tern-x 1"]),
        ("swift build --product nord/tern-x", []),
        ("aider --model openai/gpt-4o", ["api-model openai:gpt-4o 1"]),
        ("aichat -m openai:gpt-4o 'Tell me.'", ["api-model openai:gpt-4o 1"]),
        ("python tune.py --model_name_or_path nord/llama-13b --lr 3", ["hf-model nord/llama-13b 1"]),
        ("python tune.py --base-model nord/mlx_lm --x 3", ["hf-model nord/mlx_lm 1"]),
        (
            "python tune.py --model_name_or_path nord/tern-7b --output_dir ./out/llama-2-7b --x 3",
            ["hf-model nord/tern-7b 1"],
        ),
        ("jobs add --exec llama-cli -hf nord/tern", ["hf-model nord/tern 1"]),
        ("time --verbose llama-cli -hf nord/tern", ["hf-model nord/tern 1"]),
        (
            "pip install x; wget https://example.org/w/yolo-x.pt",
            ["url-weights https://example.org/w/yolo-x.pt 1"],
        ),
    ],
)
def test_a_command_names_what_it_loads(command: str, expected: list[str]) -> None:
    assert names(command + "\n", "shell") == expected


@pytest.mark.parametrize(
    "command",
    [
        "docker run -d ollama/ollama",
        "docker pull vllm/vllm-openai",
        "gh pr list --repo openai/whisper",
        "git clone https://github.com/openai/whisper",
        "pip install git+https://github.com/mistralai/mistral-common",
        "hf upload me-x/my-model ./out",
        "ollama create mine -f Modelfile",
        "brew install microsoft/mssql-release/x",
        "python train.py --model ./out/model --output_dir nord/tern-7b --hub_model_id nord/tern-7b",
        "vllm serve /data/models/x --served-model-name Qwen/Qwen3-8B",
        "echo --model Qwen/Qwen3-8B",
        "python train.py --model your-org/your-model",
        "kubectl apply -f a/b --namespace c/d",
        "llama-cli -m model.gguf",
        "curl https://example.org/a/b.json",
    ],
)
def test_a_command_that_loads_nothing_names_nothing(command: str) -> None:
    assert names(command + "\n", "shell") == []


def _first(text: str) -> Sighting:
    return next(each for each in find(text, "shell") if isinstance(each, Sighting))


def test_facts_beside_the_name_are_kept() -> None:
    seen = _first("vllm serve Qwen/Qwen3-8B --revision abc1234 --trust-remote-code\n")
    assert (seen.revision, seen.remote_code, seen.library, seen.call) == (
        "abc1234",
        True,
        "vllm",
        "vllm serve",
    )
    place = seen.location
    assert (place.line, place.column, place.end_line, place.end_column) == (1, 12, 1, 25)


def test_a_flag_with_its_value_is_placed_at_the_value() -> None:
    seen = _first("x --model=Qwen/Qwen3-8B\n")
    assert (seen.location.column, seen.location.end_column) == (11, 24)


def test_a_revision_from_outside_is_unknown() -> None:
    seen = _first("hf download BAAI/bge-m3 --revision $REV\n")
    assert seen.revision == Unknown("$REV: environment")
