"""Which words of a command line name a model, a dataset, a revision."""

from __future__ import annotations

from functools import lru_cache

from scanner.discovery.code_names import is_output
from scanner.discovery.config_keys import KeyRole, role_of
from scanner.discovery.vocabulary import words
from scanner.records.quick import dataclass

MODEL = "model"
DATASET = "dataset"
REVISION = "revision"
REMOTE_CODE = "remote-code"
ALIAS = "alias"
PAIRS = "pairs"
"""`pretrained=owner/name,revision=…`: a list of settings."""
ADAPTERS = "adapters"
"""`name=owner/repository`, several of them."""
JSON = "json"
"""A JSON object with a `model` in it."""
ADDRESS = "address"
DATASET_SWITCH = "dataset-switch"
"""`--repo-type dataset`: the positional is a dataset."""
HUB_SWITCH = "hub-switch"
"""Takes from the Hub what is else taken from ModelScope."""
BASE_URL = "base-url"
PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Tool:
    """A program, by its first words, and what its other words name."""

    words: tuple[str, ...]
    """Program and subcommands; `*` at the end of the first stands for any ending."""
    library: str
    hub: str = "hf"
    """`hf`, `ollama`, `modelscope`, `spacy`, `other`, `any` (whatever the name looks like)."""
    positional: int = 0
    """How many leading positional words name models; -1: all."""
    flags: tuple[tuple[str, str], ...] = ()
    """Flags beside those every program shares."""
    several: frozenset[str] = frozenset()
    """Flags that are given several values, beside those of every program."""


GENERAL_FLAGS: dict[str, str] = {
    **dict.fromkeys(
        words(
            "model model-id model-path model-name model-name-or-path pretrained-model-name-or-path"
            " pretrained-model base-model base-model-path base-model-name base-model-id hf-path tokenizer"
            " tokenizer-path tokenizer-name tokenizer-name-or-path tokenizer-id draft-model draft-model-id"
            " speculative-model speculative-draft-model-path assistant-model teacher-model"
            " teacher-model-name-or-path ref-model reward-model reward-model-path"
            " reward-model-name-or-path critic-model embedding-model embed-model embeddings-model"
            " embedding-model-name rerank-model reranker-model reranker llm-model llm chat-model"
            " vision-model vision-tower judge-model eval-model text-encoder vae controlnet"
            " controlnet-model-name-or-path unet lora lora-path lora-model adapter adapter-name-or-path"
            " adapter-path peft-model peft-model-id hf-repo hf-repo-draft hf-repo-v hf-model hf-model-id"
            " hf-model-name hf-model-path repo repo-id checkpoint pretrained model-repo model-dir"
            " generator-model policy-model whisper-model asr-model tts-model diarize-model align-model"
            " encoder-model tokenizer-model processor source-model static-models models model-names"
            " fallback-model pretrain reward-pretrain critic-pretrain"
        ),
        MODEL,
    ),
    **dict.fromkeys(
        words(
            "dataset dataset-name dataset-id dataset-path dataset-repo train-dataset eval-dataset"
            " datasets hf-dataset dataset-name-or-path prompt-data"
        ),
        DATASET,
    ),
    **dict.fromkeys(
        words("revision model-revision hf-revision"),
        REVISION,
    ),
    **dict.fromkeys(
        words("trust-remote-code"),
        REMOTE_CODE,
    ),
    **dict.fromkeys(
        words("model-args model-kwargs"),
        PAIRS,
    ),
    **dict.fromkeys(
        words("lora-modules lora-paths"),
        ADAPTERS,
    ),
    **dict.fromkeys(
        words("speculative-config"),
        JSON,
    ),
    **dict.fromkeys(
        words("model-url"),
        ADDRESS,
    ),
    **dict.fromkeys(
        words("base-url api-base openai-api-base endpoint"),
        BASE_URL,
    ),
    **dict.fromkeys(
        words("provider model-provider llm-provider"),
        PROVIDER,
    ),
}
"""Flags that mean the same wherever they stand, dashes for underscores."""


def is_value_of(flag: str) -> bool:
    """Whether a word behind this one is what a flag is given, whatever program it is called like."""
    name = flag[2:].replace("_", "-")
    return flag.startswith("--") and bool(name) and "=" not in name and name not in VALUELESS | _PROGRAMS


_PROGRAMS = words("entrypoint command cmd exec program")
"""Flags that are given a program."""
_PARTS_OF_MODELS = words("lora adapter peft vae unet controlnet")
"""First words of flags for what is loaded beside a model."""


LAUNCHERS = words("accelerate torch deepspeed")
"""Libraries whose programs start a script and hand it flags of its own."""


def plain_flag(written: str) -> str:
    """A flag without its dashes and without the group it stands in (`--data.dataset_name`)."""
    return written.lstrip("-").replace("_", "-").rpartition(".")[2]


@lru_cache(maxsize=4_096)
def meaning_of_words(flag: str) -> str | None:
    """What a flag of a script names by the words that mean it as a key (`lora-weights`, `my-model-id`)."""
    if is_output(flag):
        return None
    role = role_of((flag,))
    if role is KeyRole.DATASET:
        return DATASET
    is_part = role is KeyRole.MODEL_BY_SHAPE and flag.partition("-")[0] in _PARTS_OF_MODELS
    return MODEL if role is KeyRole.MODEL or is_part else None


# What ms-swift 4.6.0 starts (swift/cli/main.py, cli/_megatron/main.py); `swift build` is Swift's compiler.
_OF_SWIFT = sorted(
    [
        ("swift", each)
        for each in words("pt sft infer merge-lora web-ui deploy rollout rlhf sample export eval app")
    ]
    + [("megatron", each) for each in words("pt sft rlhf export")]
    + [("swift.cli.*",)]
)
TOOLS: tuple[Tool, ...] = (
    *(
        Tool(
            each,
            "ms-swift",
            "modelscope",
            flags=(("use-hf", HUB_SWITCH), ("adapters", MODEL), ("val-dataset", DATASET)),
            several=words("dataset val-dataset adapters"),
        )
        for each in _OF_SWIFT
    ),
    Tool(("ollama", "pull"), "ollama", "ollama", 1),
    Tool(("ollama", "run"), "ollama", "ollama", 1),
    Tool(("ollama", "show"), "ollama", "ollama", 1),
    Tool(("ollama", "launch"), "ollama", "ollama", flags=(("model", MODEL),)),
    Tool(("hf", "download"), "huggingface_hub", positional=1, flags=(("repo-type", DATASET_SWITCH),)),
    Tool(
        ("huggingface-cli", "download"),
        "huggingface_hub",
        positional=1,
        flags=(("repo-type", DATASET_SWITCH),),
    ),
    Tool(("hfd",), "hfd", positional=1, flags=(("dataset", DATASET_SWITCH),)),
    Tool(("hfd.sh",), "hfd", positional=1, flags=(("dataset", DATASET_SWITCH),)),
    Tool(("hfdownloader",), "hfdownloader", flags=(("m", MODEL), ("d", DATASET))),
    Tool(("modelscope", "download"), "modelscope", "modelscope", 1),
    Tool(("vllm", "serve"), "vllm", positional=1),
    Tool(("vllm", "bench"), "vllm"),
    Tool(("vllm", "chat"), "vllm"),
    Tool(("vllm", "complete"), "vllm"),
    Tool(("vllm", "run-batch"), "vllm"),
    Tool(("vllm.entrypoints*",), "vllm"),
    Tool(("sglang.*",), "sglang"),
    Tool(("sglang", "serve"), "sglang"),
    Tool(("sglang", "generate"), "sglang"),
    Tool(("text-generation-launcher",), "text-generation-inference"),
    Tool(("text-generation-server", "download-weights"), "text-generation-inference", positional=1),
    Tool(("text-embeddings-router",), "text-embeddings-inference"),
    Tool(("infinity_emb",), "infinity"),
    Tool(("lmdeploy", "serve", "api_server"), "lmdeploy", positional=1),
    Tool(("lmdeploy", "serve", "gradio"), "lmdeploy", positional=1),
    Tool(("lmdeploy", "chat"), "lmdeploy", positional=1),
    Tool(("lmdeploy", "lite", "auto_awq"), "lmdeploy", positional=1),
    Tool(("trtllm-serve",), "tensorrt-llm", positional=1),
    Tool(("trtllm-bench",), "tensorrt-llm"),
    Tool(("trtllm-eval",), "tensorrt-llm"),
    Tool(("transformers", "serve"), "transformers", positional=1),
    Tool(("transformers", "chat"), "transformers", positional=1),
    Tool(("transformers", "run"), "transformers"),
    Tool(("transformers", "download"), "transformers", positional=1),
    Tool(("transformers-cli", "download"), "transformers", positional=1),
    Tool(("transformers-cli", "chat"), "transformers"),
    Tool(("transformers.onnx",), "transformers"),
    Tool(("optimum-cli", "export"), "optimum", flags=(("m", MODEL),)),
    Tool(("optimum-cli", "onnxruntime"), "optimum"),
    Tool(("optimum-cli", "inc"), "optimum"),
    Tool(("ct2-transformers-converter",), "ctranslate2"),
    Tool(("mlx_lm*",), "mlx-lm"),
    Tool(("mlx_vlm*",), "mlx-vlm"),
    Tool(("mlx_whisper",), "mlx-whisper"),
    Tool(("mlx_audio*",), "mlx-audio"),
    Tool(("mlc_llm", "serve"), "mlc-llm", positional=1),
    Tool(("mlc_llm", "chat"), "mlc-llm", positional=1),
    Tool(("mlc_llm", "compile"), "mlc-llm", positional=1),
    Tool(
        ("llama-*",),
        "llama.cpp",
        flags=(
            ("hf", MODEL),
            ("hfr", MODEL),
            ("hfd", MODEL),
            ("hfrd", MODEL),
            ("hfv", MODEL),
            ("hfrv", MODEL),
            ("mu", ADDRESS),
            ("m", "weights"),
            ("md", "weights"),
            ("mmu", ADDRESS),
        ),
    ),
    Tool(("convert_hf_to_gguf.py",), "llama.cpp", positional=1),
    Tool(("lm_eval",), "lm-eval", flags=(("model", ALIAS),)),
    Tool(("lm-eval",), "lm-eval", flags=(("model", ALIAS),)),
    Tool(("lighteval", "accelerate"), "lighteval", flags=(("positional", PAIRS),)),
    Tool(("lighteval", "vllm"), "lighteval", flags=(("positional", PAIRS),)),
    Tool(("lighteval", "endpoint"), "lighteval", flags=(("positional", PAIRS),)),
    Tool(("trl",), "trl"),
    Tool(("llamafactory-cli",), "llamafactory", flags=(("dataset", ALIAS),)),
    Tool(("axolotl",), "axolotl"),
    Tool(("accelerate", "launch"), "accelerate"),
    Tool(("accelerate", "estimate-memory"), "accelerate", positional=1),
    Tool(("torchrun",), "torch"),
    Tool(("deepspeed",), "deepspeed"),
    Tool(("autotrain",), "autotrain", flags=(("data-path", DATASET),)),
    Tool(("tune", "download"), "torchtune", positional=1),
    Tool(("litgpt", "download"), "litgpt", positional=1),
    Tool(("litgpt", "finetune"), "litgpt", positional=1),
    Tool(("litgpt", "serve"), "litgpt", positional=1),
    Tool(("litgpt", "chat"), "litgpt", positional=1),
    Tool(("fastchat.*",), "fschat"),
    Tool(("lms", "get"), "lm-studio", "any", 1),
    Tool(("ramalama", "run"), "ramalama", "any", 1),
    Tool(("ramalama", "pull"), "ramalama", "any", 1),
    Tool(("ramalama", "serve"), "ramalama", "any", 1),
    Tool(("docker", "model", "pull"), "docker-model-runner", "docker", 1),
    Tool(("docker", "model", "run"), "docker-model-runner", "docker", 1),
    Tool(("local-ai", "run"), "localai", "any", 1),
    Tool(("local-ai", "models", "install"), "localai", "any", -1),
    Tool(("az", "cognitiveservices", "account", "deployment", "create"), "azure", "any"),
    Tool(("litellm",), "litellm", "any", flags=(("m", MODEL),)),
    Tool(("aichat",), "aichat", "any", flags=(("m", MODEL),)),
    Tool(("aider",), "aider", "any", flags=(("weak-model", MODEL), ("editor-model", MODEL))),
    Tool(("llm",), "llm", "any", flags=(("m", MODEL),)),
    Tool(("spacy", "download"), "spacy", "spacy", 1),
    Tool(("mergekit-extract-lora",), "mergekit", positional=2),
    Tool(("mergekit-pytorch",), "mergekit"),
    Tool(("genai-perf", "profile"), "genai-perf", flags=(("m", MODEL),)),
    Tool(("bentoml",), "bentoml"),
    Tool(("xinference", "launch"), "xinference", flags=(("model-name", ALIAS),)),
    Tool(("tei",), "text-embeddings-inference"),
    Tool(("python",), "python"),
)

VALUELESS = frozenset(
    words(
        "quiet force q f y yes trust-remote-code enforce-eager enable-prefix-caching"
        " disable-log-requests verbose v dry-run local-dir-use-symlinks resume-download no-progress"
        " keep-alive insecure multimodal listen ui enable-lora enable-auto-tool-choice"
        " enable-chunked-prefill it i t d rm jinja no-mmap mlock"
    )
)
"""Flags that take no value, so that the word behind them is a positional."""

OUTPUT_FLAGS = frozenset(
    words(
        "hub-model-id push-to-hub upload-repo hub-repo-id push-to-hub-model-id save-path output"
        " output-dir local-dir out o target-model-path mlx-path served-model-name cache-dir"
        " hub-dataset-id model-alias alias chat-template static-aliases include exclude"
    )
)
"""Flags whose values are what is made, or names of the user's own."""
