"""What the keys that lead to a value say it is."""

from __future__ import annotations

from functools import lru_cache

from scanner.discovery.vocabulary import words
from scanner.patterns import regex
from scanner.records.choices import Enum

KEY_ITSELF = "{key}"
"""Last step of a path when the value is the name of a key (`dataset_mixer:` keys are ids)."""


MAX_KEY = 64
"""Characters of a key; a longer one is no word anybody configures with."""


class KeyRole(Enum):
    """What stands at a key."""

    MODEL = "model"
    """Certainly the name of a model."""
    MODEL_BY_SHAPE = "model by shape"
    """A model where the value has the shape of one; paths, classes and titles stand there too."""
    DATASET = "dataset"
    ADDRESS = "address"
    """Where something is downloaded from."""
    OTHER = "other"
    NEVER = "never"
    """Nothing under this key names a model that is used."""


_CAMEL = regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GLUED = regex(r"(?<![a-z])model(?=(?:name|id|path|repo|url)s?(?![a-z]))")
"""Two words of a key written as one: `MODELNAME`, `modelid`."""
_INDEX = regex(r"\[\d+\]")
_SURE = regex(
    r"(?:.*_)?(?:model|models|llm|llms|model_list|chat_models)"
    r"(?:_(?:id|ids|name|names|name_or_path|path|paths|url|urls|uri|repo|repos|repo_id|repository|source|identifier"
    r"|string|slug|tag|arn|ref|reference|to_use|default|fallback|primary|checkpoint|or_path|or_id|or_name|or_repo"
    r"|locator|choices|options|list|supported|available|candidates))*"
)
_BY_SHAPE = regex(
    r"(?:.*_)?(?:tokenizer|tokenizers|checkpoint|embedder|embedding|embeddings|reranker|rerankers|ranker|encoder|vae|vocoder|unet"
    r"|controlnet|lora|loras|adapter|adapters|peft|pretrained|processor|feature_extractor|text_encoder|vision_tower"
    r"|mm_vision_tower|draft|judge|deployment|engine|weights|generator|retriever|summarizer|classifier"
    r"|lora_model_dir|ckpt|hf_repo|hf_hub|hub_id|hub|huggingface|repo_id|hf_id|hf|base)"
    r"(?:_(?:id|name|name_or_path|path|url|uri|repo|repo_id|source|model|weights|kwargs|config|checkpoint|or_path|or_id"
    r"|locator|choices|options|list))*"
)
_PROVIDERS = words("providers provider targets agent agents")
_DATASET = regex(
    r"(?:.*_)?(?:dataset|datasets|dataset_mixer|hf_hub_url|ms_hub_url|train_dataset|eval_dataset|test_datasets)"
    r"(?:_(?:id|ids|name|names|path|paths|repo|repo_id|name_or_path|url|or_path|or_paths|or_id|or_name))*"
)
_ADDRESS = words(
    "uri uris storage_uri download_url download_uri source_uri model_uri model_url weights_url checkpoint_url"
    " artifact_uri download urls_to_download file_url gguf_url hf_url source src url remote location from"
)
_NEVER = regex(
    r"(?:is|has|use|enable|disable|num|max|min|revision_of|freeze|resume|skip|with|n|total|save|unload|preload|metric_for)_.*"
    r"|.*_(?:addr|address|host|port|timeout|count|cache|dir|directory|root|folder|size|temperature|max_tokens|limit|format"
    r"|prefix|suffix|namespace|service|image|key|token|secret|region|api_version|type|enabled|provider|tokens"
    r"|dimension|dimensions|dims|dim|class|backend|device|dtype|weight|ratio|memory|replicas|parallelism|loader|rank)"
    r"|(?:.*_)?(?:om_hub_url|served_model_name|served_model_names|hub_model_id|push_to_hub(?:_.*)?|push_to|output_.*|output|save_.*"
    r"|hub_strategy|model_type|model_types|model_max_length|model_class|model_alias|aliases|model_format"
    r"|display_name|label|labels|annotations|title|logo|logo_url|icon|avatar|thumbnail|image|images"
    r"|uses|api_version|license|license_link|license_name|class_name|architectures?|hub_dataset_id"
    r"|chat_template|model_dir|model_store|model_root|model_folder|model_cache|model_file|model_files|log_.*|wandb_.*"
    r"|(?:.*_)?sort(?:_.*)?|run_name|experiment_name|mime_type|content_type|css|class|classes|extends|plugins"
    r"|dependencies"
    r"|dev_dependencies|peer_dependencies|packages|requires|model_group_alias|model_kwargs|models_path|models_dir"
    r"|model_size|model_version|model_dtype|model_status|model_count|model_card|pipeline_tag|library_name|model_registry"
    r"|model_max_tokens|tokenizer_class|tokenizer_type|tokenizer_mode|model_display_name|model_description"
    r"|model_page|extra_model_paths|trained_model|finetuned_model|merged_model|new_model|target_model|result_model"
    r"|encoding_model|encoding_name|(?:data|device|view|domain|object|business|vehicle|car|phone|printer|camera|hardware"
    r"|cpu|gpu|billing|threat|permission|security|consistency|concurrency|memory|execution|entity|user)_models?"
    r"|apikey|api_key|token|password|secret|repo_url|git_repo|github_repo|github|homepage|website|website_url|badge)"
)
ENVIRONMENTS = words(
    "env environment extra_env env_vars envvars environment_variables variables build_args extra_envs envs"
    " container_env remote_env extra_environment extra_env_vars literals"
)
"""Keys whose members are variables of an environment."""
_BETWEEN_WORDS = regex(r"[\s.\-/]+")
_LISTS = regex(r"(?:.*_)?(?:models|model_list|llms|model_configs?|embedders|rerankers|checkpoints)")
_PART_OF_MODEL = words("name id path repo_id value source repository repo")
_MEMBER = words("id name model model_id model_name value key repo repo_id hf_id path")


@lru_cache(maxsize=16_384)
def snake(key: str) -> str:
    """A key in lower case with underscores, however it is written (`modelURL`, `MODEL-ID`)."""
    if len(key) > MAX_KEY:
        return "_"
    plain = _BETWEEN_WORDS.sub("_", _CAMEL.sub("_", key)).strip("_").lower()
    return _GLUED.sub("model_", plain) if "model" in plain else plain


@lru_cache(maxsize=1_024)
def named_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The path without list positions, each step normalized."""
    return tuple(snake(key) for key in keys if not _is_no_name(key))


def _is_no_name(key: str) -> bool:
    # The first sign is looked at before the expression: this is asked for every scalar.
    return key[:1] in {"[", "{"} and (key == KEY_ITSELF or _INDEX.fullmatch(key) is not None)


def role_of(keys: tuple[str, ...]) -> KeyRole:
    """Say what stands at the end of this path."""
    if not keys:
        return KeyRole.OTHER
    last = keys[-1]
    if " " in last:
        return KeyRole.OTHER  # words for people
    if len(keys) == 3 and keys[0] == "defaults" and _is_no_name(keys[1]):
        return KeyRole.NEVER  # Hydra's list of the files a configuration is put together from
    if not _is_no_name(last):
        # What stands beside each other has the same path above it, which is taken apart once.
        if last[:1] not in "[{" and not (_may_have_a_role(last) or is_member_of_models(keys)):
            return KeyRole.OTHER
        role = _role_of((*named_keys(keys[:-1]), snake(last)), is_key=False, is_listed=False)
        return KeyRole.MODEL_BY_SHAPE if role is KeyRole.OTHER and is_member_of_models(keys) else role
    return _role_of(named_keys(keys), is_key=last == KEY_ITSELF, is_listed=last != KEY_ITSELF)


def is_member_of_models(keys: tuple[str, ...]) -> bool:
    """Whether a value of a mapping of models stands under a word of its own (`models: {fast: …}`)."""
    return len(keys) > 1 and _is_list(keys[-2]) and not _may_have_a_role(keys[-1])


@lru_cache(maxsize=4_096)
def _is_list(key: str) -> bool:
    return _LISTS.fullmatch(snake(key)) is not None


@lru_cache(maxsize=16_384)
def _may_have_a_role(key: str) -> bool:
    """Whether a key by itself could have any role; most keys cannot."""
    last = snake(key)
    patterns = (_NEVER, _DATASET, _SURE, _BY_SHAPE, _LISTS)
    sets = (_MEMBER, _PART_OF_MODEL, _PROVIDERS, _ADDRESS, _BARREN, _FOLDERS_OR_NAMES, _OFFERED)
    return (
        any(last in members for members in sets)
        or any(pattern.fullmatch(last) for pattern in patterns)
        or last in {"dataset", "hf_path", "name_or_path", "pretrained_name_or_path"}
    )


@lru_cache(maxsize=16_384)
def role_of_key(key: str) -> KeyRole:
    """The strongest role any value, list or member under a key could have, whatever stands around it."""
    last = snake(key)
    if _SURE.fullmatch(last) or _LISTS.fullmatch(last) or last.endswith("name_or_path"):
        return KeyRole.MODEL
    if _DATASET.fullmatch(last):
        return KeyRole.DATASET
    is_part = last in _PROVIDERS or last in _PARTS_OF_MODELS or last in _FOLDERS_OR_NAMES
    return KeyRole.MODEL_BY_SHAPE if is_part or _BY_SHAPE.fullmatch(last) else KeyRole.OTHER


@lru_cache(maxsize=16_384)
def _role_of(named: tuple[str, ...], *, is_key: bool, is_listed: bool) -> KeyRole:
    if not named:
        return KeyRole.OTHER
    last = named[-1]
    above = named[-2] if len(named) > 1 else ""
    if last in _FOLDERS_OR_NAMES:
        return KeyRole.MODEL_BY_SHAPE
    barren = [key for key in named[:-1] if key in _BARREN and _NEVER.fullmatch(key)]
    if above in {"image", "images"} and last in {"model", "model_id"}:
        barren.remove(above)  # what makes pictures, not where a container comes from
    if _NEVER.fullmatch(last) or barren:
        return KeyRole.NEVER
    if is_key:
        if _LISTS.fullmatch(last) or last in {"model_prices", "model_aliases"}:
            return KeyRole.MODEL_BY_SHAPE
        return KeyRole.DATASET if _DATASET.fullmatch(last) else KeyRole.OTHER
    if _DATASET.fullmatch(above) and last in {"path", "name", "repo", "id", "dataset", "hf_path"}:
        return KeyRole.DATASET
    if _DATASET.fullmatch(last):
        return KeyRole.DATASET
    if above == "model_list" and last == "model_name":
        # LiteLLM's own name for what `litellm_params` loads.
        return KeyRole.NEVER
    if last in _MEMBER and _LISTS.fullmatch(above):
        return KeyRole.MODEL
    if last in _OFFERED and (_LISTS.fullmatch(above) or (last == "default" and _SURE.fullmatch(above))):
        return KeyRole.MODEL  # `models: {default: […]}`, and a schema's `model: {default: …}`
    if last in _OF_MEMBER and len(named) > 2 and _LISTS.fullmatch(named[-3]):
        return KeyRole.MODEL_BY_SHAPE  # `models: {quick: {id: …}}`
    if last in {"repository", "repo"} and above in _SOURCES:
        return KeyRole.MODEL_BY_SHAPE
    if last == "name" and above in _PARTS_WITH_MODELS:
        return KeyRole.MODEL_BY_SHAPE
    if last == "name" and above in _PARTS_OF_MODELS:
        return KeyRole.MODEL_BY_SHAPE
    if named[-3:] == ("model", "lora", "path") or named[-2:] == ("tokenizer", "source"):
        return KeyRole.MODEL_BY_SHAPE  # of a model of mergekit
    if last in {"name_or_path", "pretrained_name_or_path"}:
        return KeyRole.MODEL
    if last in {"path", "name"} and above not in {"model", "tokenizer", "llm", "embedding_model"}:
        return KeyRole.OTHER
    if _SURE.fullmatch(last):
        return KeyRole.MODEL
    if last in {"name", "id", "path", "repo_id", "value", "source", "repository", "repo"} and _SURE.fullmatch(
        above
    ):
        return KeyRole.MODEL_BY_SHAPE
    if last in {"value", "default_value"} and _BY_SHAPE.fullmatch(above):
        return KeyRole.MODEL_BY_SHAPE  # parameters of a template: `embeddingDeployment: {value: …}`
    if last == "id" and above in {"providers", "targets"}:
        return KeyRole.MODEL_BY_SHAPE
    if last in _PROVIDERS and (is_listed or above in _PROVIDERS):
        return KeyRole.MODEL_BY_SHAPE
    if last in _ADDRESS:
        return KeyRole.ADDRESS
    return KeyRole.MODEL_BY_SHAPE if _BY_SHAPE.fullmatch(last) else KeyRole.OTHER


def is_of_resource(keys: tuple[str, ...], style: str) -> bool:
    """Whether a parameter of a resource of Kubernetes is a name; names of its own parts hold no slash."""
    return style == "yaml" and keys[:1] == ("spec",) and keys[-1] == "name"


def stands_in_models(keys: tuple[str, ...]) -> bool:
    """Whether the way to a value leads through a list of models."""
    return any(_LISTS.fullmatch(key) for key in named_keys(keys[:-1]))


_SOURCES = words("adapter_source model_source source tokenizer")
"""Keys below which a `repository` is one of models, not of images."""
_OFFERED = words("default defaults available allowed supported options enabled pull run")
"""Keys of lists below `models`."""
_FOLDERS_OR_NAMES = words("lora_model_dir peft_model_dir preload_from_hub")
"""Keys that say folder and take a repository as well (axolotl); what a Space loads when it is built."""
_PARTS_WITH_MODELS = words("embedding embeddings embedder reranker rerank chat_model base_model vlm asr")
"""Sections of a configuration whose `name` is that of the model they run."""
_OF_MEMBER = words("id model_id repo repo_id hf_id hf_repo")
_PARTS_OF_MODELS = words(
    "tokenizer encoder text_encoder image_encoder vision_encoder audio_encoder backbone lora adapter peft"
)
"""Sections of a configuration of training whose `name` is a repository."""
_BARREN = words(
    "labels annotations dependencies dev_dependencies peer_dependencies packages aliases scripts"
    " architectures served_model_names image images plugins extends model_group_alias"
)


@lru_cache(maxsize=4_096)
def role_of_variable(name: str) -> KeyRole:
    """Say what a variable of the environment holds, by its name."""
    key = snake(name)
    if key in _VARIABLES_NEVER or _NEVER.fullmatch(key):
        return KeyRole.NEVER
    if _SURE.fullmatch(key) or key in {"llm", "hf_model", "hf_repo", "hf_repo_id", "lora_adapters"}:
        return KeyRole.MODEL
    if _DATASET.fullmatch(key):
        return KeyRole.DATASET
    if _VARIABLE.search(f"_{key}_"):
        return KeyRole.MODEL_BY_SHAPE
    return KeyRole.OTHER


_VARIABLE = regex(
    r"_(?:model|models|llm|embedding|embeddings|embedder|reranker|deployment|tokenizer|checkpoint|repo_id|lora|adapter"
    r"|whisper|pretrained|completion|chat)_"
)
_VARIABLES_NEVER = words("ollama_models hf_home models_dir models_path model_dir llm_provider")
