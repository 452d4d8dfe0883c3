"""Settings that name models."""

from __future__ import annotations

import pytest

from scanner.records.sighting import Sighting
from scanner.records.unknown import Unknown
from tests.discovery.config_kit import find, mentions, names, unresolved


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("modelURL: facebook/opt-125m\n", ["hf-model facebook/opt-125m 1"]),
        ("base_model: nord/tern-7b+sud/lora-z\n", ["hf-model nord/tern-7b 1", "hf-model sud/lora-z 1"]),
        (
            "models:\n  - model: nord/tern-7b\n  - {id: sud/gull-7b}\n",
            ["hf-model nord/tern-7b 2", "hf-model sud/gull-7b 3"],
        ),
        ("fallback_models: [nord/tern-7b]\n", ["hf-model nord/tern-7b 1"]),
        ("datasets:\n  - path: allenai/c4\n    type: completion\n", ["hf-dataset allenai/c4 2"]),
        ("dataset_mixer:\n  allenai/c4: 0.5\n", ["hf-dataset allenai/c4 2"]),
        ("adapterSource:\n  type: huggingface\n  repository: nord/tern-7b\n", ["hf-model nord/tern-7b 3"]),
        ("storageUri: hf://nord/tern-7b:v2\n", ["hf-model nord/tern-7b 1"]),
        ("files:\n  - uri: huggingface://nord/tern-7b/z.gguf\n", ["hf-model nord/tern-7b 2"]),
        ("uri: https://huggingface.co/nord/tern-7b/resolve/main/z.gguf\n", ["hf-model nord/tern-7b 1"]),
        (
            "model: deepseek-chat\nbase_url: https://api.deepseek.com\n",
            ["api-model deepseek:deepseek-chat 1"],
        ),
        ("llm:\n  model: qwen2\n  api_base: http://localhost:11434/v1\n", ["ollama qwen2 2"]),
        ("ollama:\n  model: llama3\n", ["ollama llama3 2"]),
        ("provider: huggingface\nmodel: nord/tern-7b\n", ["hf-model nord/tern-7b 2"]),
        (
            "model_list:\n  - litellm_params:\n      model: azure/prod-chat\n",
            ["api-model azure-openai:prod-chat 3"],
        ),
        ("litellm_params: {model: groq/llama-x}\n", ["api-model groq:llama-x 1"]),
        ("model: openai/gpt-4o\n", ["api-model openai:gpt-4o 1"]),
        ("model: openai/whisper-large-v3\n", ["hf-model openai/whisper-large-v3 1"]),
        ("models:\n  - id: gpt-4o\n    type: openai\n", ["api-model openai:gpt-4o 2"]),
        ("environment:\n  LLM_CHAT: ai/smollm2:3B-F16\n", ["other ai/smollm2:3B-F16 2"]),
        ("services: {}\nmodels:\n  llm:\n    model: ai/smollm2\n", ["other ai/smollm2 4"]),
        ("nlp:\n  model_name: en_core_web_sm\n", ["spacy en_core_web_sm 2"]),
        ("ms_hub_url: nord/tern-7b\n", ["modelscope nord/tern-7b 1"]),
        ("models:\n  quick:\n    id: gpt-4o\n    providerId: openai\n", ["api-model openai:gpt-4o 3"]),
        ("openai:\n  image:\n    model: dall-x\n", ["api-model openai:dall-x 3"]),
        ("image:\n  repository: nord/tern-7b\n", []),
        ("kind: Model\nspec:\n  params: {name: BAAI/bge-m3}\n", ["hf-model BAAI/bge-m3 3"]),
        ("spec:\n  params: {name: nord/tern-7B-GGUF}\n", ["hf-model nord/tern-7B-GGUF 2"]),
        ("spec:\n  params: {name: nord/operator}\n", []),
        ("spec:\n  image: BAAI/bge-m3\n", []),
        ("params: {name: BAAI/bge-m3}\n", []),
        ("provider: OpenAI\nmodel: gpt-x\n", ["api-model openai:gpt-x 2"]),
        (
            f"models:\n  - name: x\n    version: https://huggingface.co/nord/tern-7b/commit/{'a' * 40}\n",
            ["hf-model nord/tern-7b 3"],
        ),
        (
            "input:\n  urls:\n    - https://huggingface.co/datasets/nord/gull/resolve/main/a.parquet\n",
            ["hf-dataset nord/gull 3"],
        ),
        ("models:\n  - name: nord/tern-7b\n    baseModel: [sud/gull-7b]\n", ["hf-model nord/tern-7b 2"]),
        (
            "model_arn: arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-x\n",
            ["api-model aws-bedrock:amazon.titan-x 1"],
        ),
        (
            "model_arn: arn:aws:bedrock:${region}::foundation-model/amazon.titan-x\n",
            ["api-model aws-bedrock:amazon.titan-x 1"],
        ),
        ("Resource: arn:aws:bedrock:*::foundation-model/amazon.titan-x\n", []),
        ("models:\n  default: [gpt-4o]\n  fetch: true\n", ["api-model openai:gpt-4o 2"]),
        (
            "base_url: https://api.deepseek.com\nmodels:\n  default: [tern-x]\n",
            ["api-model deepseek:tern-x 3"],
        ),
        (
            "hosts:\n  - base_url: https://llm.tern.example/v1\n    llm_model_ids: [nord/tern-7b, gpt-4o]\n",
            ["api-model unknown:nord/tern-7b 3", "api-model unknown:gpt-4o 3"],
        ),
        (
            "base_url: https://llm.tern.example/v1\nhosts:\n"
            "  - base_url: http://tern:80\n    models: [nord/tern]\n",
            ["hf-model nord/tern 4"],
        ),
        ("parameters:\n  chatDeployment: {value: gpt-4o}\n", ["api-model openai:gpt-4o 2"]),
        ("providers:\n  - groq:nord/tern-7b\n", ["api-model groq:nord/tern-7b 2"]),
        ("environment:\n  - EMBEDDING_ENGINE=ollama\n  - OLLAMA_BASE=http://ollama:11434\n", []),
        (
            "litellm_params: {model: openai/nord/tern-7b, api_base: 'http://vllm:8000/v1'}\n",
            ["hf-model nord/tern-7b 1"],
        ),
        (
            "litellm_params: {model: openai/tern-x, api_base: 'https://api.deepseek.com'}\n",
            ["api-model deepseek:tern-x 1"],
        ),
        ("model: arn:aws:bedrock:us-east-1:1:application-inference-profile/abc\n", []),
    ],
)
def test_a_key_and_its_neighbours_say_what_a_value_is(text: str, expected: list[str]) -> None:
    assert names(text, "yaml") == expected


@pytest.mark.parametrize(
    "text",
    [
        "image: vllm/vllm-openai\n",
        "uses: actions/checkout\n# model\n",
        "model: /data/models/x\n",
        "model: ./x.gguf\n",
        "model: llama-cpp/models/x.gguf\n",
        "base_model: model_a\n",
        "model: path/to/base\n",
        "model: your-org/your-model\n",
        "model_type: gpt2\n",
        "hub_model_id: nord/tern-7b\n",
        "served_model_name: nord/tern-7b\n",
        "labels: {model: a-x}\n",
        "model: 3\nmodel_max_length: 512\n",
        "baseModel: Llama-3.1-8B-Instruct\n",
        "model: mistral\n",
        "is_model: nord/tern-7b\n",
        "repository: nord/tern-7b\nmodel: x\n",
        "logo: https://huggingface.co/datasets/nord/tern-7b/resolve/main/logo.png\n",
    ],
)
def test_what_only_looks_like_a_model_is_none(text: str) -> None:
    assert names(text, "yaml") == []


def test_a_page_among_links_is_a_mention() -> None:
    text = (
        "models: x\nurls:\n  - https://huggingface.co/nord/tern-7b\n"
        "description: see https://huggingface.co/sud/gull-7b now\n"
    )
    assert names(text, "yaml") == []
    assert mentions(text, "yaml") == ["hf-model nord/tern-7b 3", "hf-model sud/gull-7b 4"]


def test_revision_and_remote_code_stand_beside_the_name() -> None:
    text = "model: nord/tern-7b\nrevision: abc1234\ntrust_remote_code: true\n"
    seen = next(each for each in find(text, "yaml") if isinstance(each, Sighting))
    assert (seen.revision, seen.remote_code, seen.location.column) == ("abc1234", True, 8)


def test_a_name_from_outside_is_unresolved() -> None:
    text = "model: ${MODEL}\nis_model: ${X}\nbase_model: '{{ .Values.model }}'\n"
    assert unresolved(text, "yaml") == [
        ("${MODEL}", "environment", 1),
        ("{{ .Values.model }}", "template", 3),
    ]


def test_a_revision_speaks_of_the_main_model_only() -> None:
    text = (
        "model_name_or_path: nord/tern-7b\nmodel_revision: abc1234\ndataset_name: allenai/c4\n"
        "tokenizer: sud/gull-7b\n"
    )
    seen = [(each.name, each.revision) for each in find(text, "yaml") if isinstance(each, Sighting)]
    assert seen == [("nord/tern-7b", "abc1234"), ("allenai/c4", "none"), ("sud/gull-7b", "none")]


def test_a_deployment_does_not_say_its_model() -> None:
    text = "AZURE_OPENAI_DEPLOYMENT=prod-chat\n"
    assert names(text, "dotenv") == ["api-model azure-openai:prod-chat 1"]
    assert unresolved(text, "dotenv") == [
        ("prod-chat", "deployment name: the model behind it is not stated", 1)
    ]


def test_a_weak_key_needs_a_name_that_speaks_for_itself() -> None:
    assert names("adapter: sveltejs/adapter-node\n# model\n", "yaml") == []
    assert names("adapter: nord/tern-7b-lora\n", "yaml") == ["hf-model nord/tern-7b-lora 1"]


def test_a_provider_may_stand_before_a_colon() -> None:
    text = "providers:\n  - openai:chat:gpt-4o\n  - ollama:llama3:8b\n  - openai:prompt.txt\nmodel: x\n"
    assert names(text, "yaml") == ["api-model openai:gpt-4o 2", "ollama llama3:8b 3"]


def test_a_router_spells_the_provider_first() -> None:
    text = (
        "model_list:\n  - model_name: gpt-4o\n    litellm_params:\n      model: ollama_chat/llama3.1:8b\n"
        "      api_base: http://ollama:11434\n  - litellm_params: {model: groq/claude-3:0}\n"
    )
    assert names(text, "yaml") == ["ollama llama3.1:8b 4", "api-model groq:claude-3:0 6"]


def test_a_title_beside_a_model_is_no_model() -> None:
    text = "models:\n  - name: gpt-4o\n    provider: ollama\n    model: llama3.1:8b\n"
    assert names(text, "yaml") == ["ollama llama3.1:8b 4"]


def test_address_and_region_stand_beside_a_hosted_model() -> None:
    text = (
        "litellm_params:\n  model: azure/gpt-4o\n  api_base: https://x.openai.azure.com\n"
        "  region_name: eu-central-1\n"
    )
    seen = next(each for each in find(text, "yaml") if isinstance(each, Sighting))
    assert (seen.name, seen.provider) == ("azure-openai:gpt-4o", "azure-openai")
    assert (seen.base_url, seen.region) == ("https://x.openai.azure.com", "eu-central-1")


def test_a_name_on_a_host_from_outside_is_nobodys() -> None:
    text = "model: gpt-4o\nbase_url: ${LLM_URL}\n"
    seen = next(each for each in find(text, "yaml") if isinstance(each, Sighting))
    assert (seen.name, seen.provider) == ("unknown:gpt-4o", Unknown("${LLM_URL} is set at run time"))


def test_an_adapter_by_name_or_path_counts_and_a_folder_of_results_does_not() -> None:
    text = "adapter_name_or_path: lab1/net2\nref_model_adapters: lab1/net3\n"
    assert names(text, "yaml") == ["hf-model lab1/net2 1"]
    assert names("adapter_name_or_path: saves/qwen\n", "yaml") == []


def test_lists_of_arguments_are_read_as_a_command_line() -> None:
    text = (
        'kind: Model\nspec:\n  args: ["--speculative-model=lab1/llama-68m", "--tokenizer", "lab1/net2"]\n'
        'vllmConfig:\n  extraArgs: ["--draft-model", "lab1/net3-1b"]\n'
    )
    assert names(text, "yaml") == [
        "hf-model lab1/llama-68m 3",
        "hf-model lab1/net2 3",
        "hf-model lab1/net3-1b 5",
    ]


def test_the_adapter_axolotl_calls_a_folder_is_a_repository_where_it_looks_so() -> None:
    assert names("base_model: lab1/net2\nlora_model_dir: lab1/tern-lora\n", "yaml") == [
        "hf-model lab1/net2 1",
        "hf-model lab1/tern-lora 2",
    ]
    assert names("lora_model_dir: ./out/lora\n", "yaml") == []


def test_the_format_of_a_deployment_says_that_azure_serves_it() -> None:
    text = 'resource "x" "d" {\n  model {\n    format = "OpenAI"\n    name = "gpt-4o"\n  }\n}\n'
    assert names(text, "hcl") == ["api-model azure-openai:gpt-4o 4"]
    assert names('{"model": {"name": "gpt-4o", "format": "json"}}', "json") == ["api-model openai:gpt-4o 1"]


def test_a_model_name_beside_its_id_is_a_title() -> None:
    assert names('{"model_id": "gpt-4o", "model_name": "GPT-4 omni"}', "json") == [
        "api-model openai:gpt-4o 1"
    ]


def test_a_provider_by_its_id_names_a_model_where_it_has_a_colon() -> None:
    text = (
        "providers:\n  - id: openai:gpt-4o\n  - id: ollama:chat:llama3.1\n  - id: lab1/net2\n  - id: openai\n"
    )
    assert names(text, "yaml") == ["api-model openai:gpt-4o 2", "ollama llama3.1 3"]


def test_adapters_of_a_server_are_named_one_by_one() -> None:
    text = "services:\n  a:\n    environment:\n      - LORA_ADAPTERS=lab1/one,lab1/two\n"
    assert names(text, "yaml") == ["hf-model lab1/one 4", "hf-model lab1/two 4"]


def test_an_address_of_the_inference_service_is_asked_wherever_it_stands() -> None:
    text = "a.model.inference-endpoint-url=https://api-inference.huggingface.co/models/lab1/net2\n"
    assert names(text, "properties") == ["hf-model lab1/net2 1"]


def test_a_name_beside_an_id_is_a_title_unless_it_is_a_repository() -> None:
    text = "models:\n  - id: gpt-4o\n    name: gpt-4o-title\n  - id: 7\n    name: gpt-4o\n"
    assert names(text, "yaml") == ["api-model openai:gpt-4o 2", "api-model openai:gpt-4o 5"]
    assert names("models:\n  - id: main\n    name: lab1/net2\n", "yaml") == ["hf-model lab1/net2 3"]


def test_the_provider_of_a_family_of_variables_decides() -> None:
    text = "LLM_PROVIDER=ollama\nLLM_MODEL=llama3.1\nRERANK_ENGINE=cohere\nRERANK_MODEL=rerank-9\n"
    assert names(text, "dotenv") == ["ollama llama3.1 2", "api-model cohere:rerank-9 4"]
    assert names("LLM_PROVIDER=ollama\nEMBEDDING_MODEL=net-3.1\n", "dotenv") == []


def test_a_section_of_azure_is_azures_whatever_stands_below() -> None:
    text = "spring.ai.azure.openai.chat.options.model=gpt-4o\nspring.ai.openai.chat.options.model=gpt-4o\n"
    assert names(text, "properties") == ["api-model azure-openai:gpt-4o 1", "api-model openai:gpt-4o 2"]


def test_a_permission_for_a_model_is_a_mention_and_an_arn_tells_the_region() -> None:
    assert mentions("Resource: arn:aws:bedrock:*::foundation-model/amazon.titan-x\n", "yaml") == [
        "api-model aws-bedrock:amazon.titan-x 1"
    ]
    (found,) = find("model_arn: arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-x\n", "yaml")
    assert isinstance(found, Sighting)
    assert (found.provider, found.region) == ("aws-bedrock", "eu-west-1")


def test_a_commit_in_an_address_is_the_revision() -> None:
    commit = "b" * 40
    text = f"models:\n  - version: https://huggingface.co/nord/tern-7b/commit/{commit}\n"
    (found,) = find(text, "yaml")
    assert isinstance(found, Sighting)
    assert found.revision == commit


def test_a_plain_variable_is_asked_of_the_only_address_of_an_api() -> None:
    def text(address: str) -> str:
        return f"environment:\n  - OPENAI_API_BASE={address}\n  - MODEL_NAME=gpt-4o\n"

    assert names(text("http://api:8080/v1"), "yaml") == []
    assert names(text("https://api.deepseek.com"), "yaml") == ["api-model deepseek:gpt-4o 3"]
    assert names(text("http://ollama:11434/v1"), "yaml") == ["ollama gpt-4o 3"]


def test_the_first_word_of_all_variables_makes_no_family() -> None:
    def text(count: int) -> str:
        rest = "".join(f"APP_X{at}_PORT={at}\n" for at in range(count))
        return f"APP_ONE_MODEL=nord/tern-7b\nAPP_TWO_MODEL=llama3:8b\n{rest}"

    assert names(text(2), "dotenv") == ["ollama nord/tern-7b 1", "ollama llama3:8b 2"]
    assert names(text(20), "dotenv") == ["hf-model nord/tern-7b 1", "ollama llama3:8b 2"]


def test_a_schema_tells_its_default_and_a_hole_its_variable() -> None:
    schema = "properties:\n  app.modelId:\n    type: string\n    default: nord/tern-7b\n"
    assert names(schema, "yaml") == ["hf-model nord/tern-7b 4"]
    hole = "chatModelName:\n  value: ${AZURE_OPENAI_MODEL=gpt-4o}\n"
    assert names(hole, "yaml") == ["api-model azure-openai:gpt-4o 2"]
    beside = "backend: ollama\nmodel: tern3\ntokenizer:\n  repository: nord/tern-7b\n"
    assert names(beside, "yaml") == ["ollama tern3 2", "hf-model nord/tern-7b 4"]


def test_settings_of_an_extension_are_read_out_of_its_manifest() -> None:
    declared = '{"properties": {"x.modelId": {"type": "string", "default": "nord/tern-7b"}}}'
    text = f'{{"dependencies": {{"model": "sud/gull-7b"}}, "contributes": {{"configuration": {declared}}}}}'
    assert names(text, "json", "package.json") == ["hf-model nord/tern-7b 1"]
    assert names(text.replace("contributes", "other"), "json", "package.json") == []


def test_a_key_that_says_name_or_path_may_hold_either() -> None:
    assert names("model_id_or_path: nord/tern-7b\n", "yaml") == ["hf-model nord/tern-7b 1"]
    assert names("dataset_name_or_paths: [nord/gulls]\n", "yaml") == ["hf-dataset nord/gulls 1"]
    assert names("model_id_or_path: ./tern-7b\n", "yaml") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "apis:\n  x:\n    base-url: https://api.openai.com/v1\n    models:\n      gpt-4o: {max: 9}\n"
            "      fast: {max: 9}\n",
            ["api-model openai:gpt-4o 5"],
        ),
        (
            "deepseek:\n  base_url: https://api.deepseek.com\n"
            "  models:\n    tern-7b-chat: {}\n    my-words: {}\n",
            ["api-model deepseek:tern-7b-chat 4"],
        ),
        (
            "x:\n  base_url: http://localhost:11434\n"
            "  models:\n    'tern:3b': {aliases: [t]}\n    my-own: {}\n",
            ["ollama tern:3b 4"],
        ),
        ("providers:\n  openai:\n    models:\n      gpt-4o: {name: Four O}\n", ["api-model openai:gpt-4o 4"]),
        ("providers:\n  elsewhere:\n    models:\n      gpt-4o: {max: 9}\n", []),
        ("openai:\n  models:\n    gpt-4o: {max: 9}\n", []),
        ("providers:\n  openai:\n    models:\n      gpt-4o: {cost: 9}\n", []),
        (
            "providers:\n  openai:\n    models:\n      gpt-4o: {model: gpt-4-turbo}\n",
            ["api-model openai:gpt-4-turbo 4"],
        ),
        (
            "apis:\n  x:\n    base_url: https://tern.invalid/v1\n    models:\n      nord/tern-7b: {max: 9}\n",
            ["api-model unknown:nord/tern-7b 5"],
        ),
    ],
)
def test_a_table_of_models_in_the_settings_of_a_service_names_them_by_its_keys(
    text: str, expected: list[str]
) -> None:
    assert names(text, "yaml") == expected


def test_a_key_that_is_a_name_has_its_place_in_json_too() -> None:
    text = '{"providers": {"openai": {"models": {\n"gpt-4o": {"max": 9}}}}}'
    (found,) = find(text, "json")
    assert isinstance(found, Sighting)
    assert (found.name, found.location.line, found.location.column) == ("openai:gpt-4o", 2, 2)


def test_the_files_hydra_puts_together_are_no_models() -> None:
    text = (
        "defaults:\n- /model: lm/tern_lm\n- model: lab/tern-7b\n- override /dset: audio/all\n"
        "model: {defaults: {name: lab/kite-7b}}\nllm_model: lab/gull-7b\n"
    )
    assert names(text, "yaml") == ["hf-model lab/gull-7b 6"]


def test_words_for_people_are_no_keys() -> None:
    assert names('{"Together Model": "gpt-4o", "sort_models": "gpt-4o", "model": "gpt-4o-mini"}', "json") == [
        "api-model openai:gpt-4o-mini 1"
    ]


def test_an_address_under_a_key_of_its_own_says_who_serves() -> None:
    text = "llm_model: llama3.2\ncompletion_url: http://localhost:11434/api/chat\nlogo_url: https://x.example/a\n"
    assert names(text, "yaml") == ["ollama llama3.2 1"]
    assert names(text.replace("localhost:11434/api/chat", "x.example/chat"), "yaml") == []


def test_the_name_of_a_part_that_runs_a_model_is_that_of_the_model() -> None:
    text = (
        "embedding:\n  name: BAAI/bge-m3\nreranker: {name: default}\ndataset: {split: {name: BAAI/bge-m3}}\n"
    )
    assert names(text, "yaml") == ["hf-model BAAI/bge-m3 2"]
