"""What the settings beside a name say of it."""

from __future__ import annotations

from scanner.discovery.classify import (
    SHORT_NAMES_OF,
    Surroundings,
    hub_of_provider,
    is_ollama_address,
    looks_like_ollama,
)
from scanner.discovery.config_keys import ENVIRONMENTS, named_keys, snake
from scanner.discovery.names import is_hub_id
from scanner.discovery.plugin import Context
from scanner.discovery.service_names import service_called
from scanner.discovery.switches import is_modelscope_switch
from scanner.discovery.views import Entry, Text
from scanner.discovery.vocabulary import words
from scanner.patterns import regex
from scanner.records.unknown import Unknown

_PROVIDER_KEYS = (
    *("custom_llm_provider", "provider", "provider_id", "model_provider", "llm_provider"),
    *("embedding_provider", "api_type"),
    *("vendor", "backend", "engine", "service", "type", "llm_type", "platform", "client"),
)
"""The surest first."""
_ADDRESS_KEYS = tuple(
    sorted(
        words(
            "api_base api_base_url api_endpoint api_url azure_endpoint base_path base_url endpoint"
            " endpoint_url host inference_server_url ollama_base_url ollama_host openai_api_base"
            " openai_api_base_url openai_base_url server server_url url"
        )
    )
)
_OF_ADDRESS = ("base", "url", "endpoint", "host")
HUB_WORDS = words("ollama modelscope huggingface hf vllm tgi sglang tei fastembed transformers")
_ANSWER_KEYS = words(
    "answer_id question_id answer conversation conversation_id turns response responses output outputs"
    " completion completions score scores judge judgment winner elo rating accuracy results tstamp timestamp"
    " finish_reason usage created generated_text predictions ground_truth rank"
)
_FIRST = words("model model_id model_name model_name_or_path model_path base_model repo_id")
_SECOND = words(
    "tokenizer adapter adapters lora draft peft reward teacher ref judge embedding reranker vae speculative"
    " processor controlnet assistant"
)
_FORMATS_ON_AZURE = frozenset(
    {"openai", "microsoft", "meta", "mistral ai", "cohere", "deepseek", "xai", "black forest labs"}
)
"""What a deployment of Azure says beside the model's name; nobody else writes a `format` there."""
_OF_FAMILY = words("provider engine modelengine backend vendor")
_REGIONS = words("aws_region_name region_name region aws_region vertex_location location aws_default_region")
_REGION = regex(r"[a-z]{2,12}(?:-[a-z]+)*-?[0-9a-z-]{1,20}")
_API_ADDRESSES = words("api_base base_url openai_api_base api_base_url openai_base_url api_url")
TELLING_KEYS = frozenset({*_PROVIDER_KEYS, *_ADDRESS_KEYS, *_REGIONS, *_API_ADDRESSES})
"""Keys whose values decide what a name beside them means."""
MOST_OF_A_FAMILY = 12
"""Variables with the same first word that still speak of one service."""
_PLAIN_WORDS = frozenset({"model", "name", "id", "llm", "default", "chat"})
"""Words of a variable that say of which model, where it is the only one."""
_DEFAULT_OF = regex(r"default of \$(\w{1,80})$")
_COMMON = frozenset({"local", "meta", "model", "google", "wandb"})
"""Names of services that sections of other things bear as well."""
_OF_MODEL = ("_model", "_models")
"""How the names of models end: `big_model` is not `BigModel`, a service."""
_HOST = regex(r"[\w.-]{1,200}:\d")
_COMMIT = regex(r"[0-9a-f]{7,40}|v?\d+(?:\.\d+)*|main|master|refs/[\w/]+|[\w.\-/]{1,64}")
_VARIABLES = frozenset({"env", "shell", "dockerfile", "makefile"})


def surroundings_of(view: Entry, context: Context) -> Surroundings:
    """Read what decides the kind of a name off its neighbours."""
    named = named_keys(view.keys)
    beside = {snake(key): value for key, value in view.siblings if not view.keys or key != view.keys[-1]}
    is_router = "litellm_params" in named or named[-1:] == ("litellm_model",)
    if any(is_modelscope_switch(key, value) for key, value in view.siblings):
        return Surroundings(hub="modelscope")
    if named and (named[-1].startswith("ms_") or "modelscope" in named[-1]):
        return Surroundings(hub="modelscope")
    if "tokenizer" in named[-2:]:
        return Surroundings(hub="hf")  # taken from the Hub, whoever serves the model
    is_variable = view.format in _VARIABLES or any(snake(key) in ENVIRONMENTS for key in view.keys[-3:-1])
    if is_variable:
        around = _of_variable(named[-1] if named else "", beside, context)
        return around if around != Surroundings() else _beside_ollama(view, beside, context)
    if isinstance(view.value, Text) and (variable := _DEFAULT_OF.match(view.value.note or "")):
        told = _of_variable(snake(variable[1]), {}, context)
        if told.hub or told.provider:
            return told
    provider, base_url = _told(beside), _address(beside)
    if not provider and not base_url:
        above = {snake(key): value for key, value in reversed(view.above)}
        base_url = _address(above)
        provider = _told({key: value for key, value in above.items() if key not in {"type", "kind", "mode"}})
    if named[-2:] == ("model", "name") and beside.get("format", "").lower() in _FORMATS_ON_AZURE:
        return Surroundings(provider="azure")
    if is_router and base_url and isinstance(view.value, Text) and view.value.value.startswith("openai/"):
        # The word for the protocol: the address says whose server speaks it.
        return Surroundings(base_url=base_url, is_router=True)
    if hub := hub_of_provider(provider):
        return Surroundings(hub=hub if hub != "hf" or not base_url else "", provider=provider)
    if base_url and not is_router:
        return Surroundings(provider=provider if service_called(provider, context) else "", base_url=base_url)
    if provider and service_called(provider, context):
        return Surroundings(provider=provider, is_router=is_router)
    return _of_path(named, context, is_router)


_OLLAMA = ("ollama_base_url", "ollama_host", "ollama_url", "ollama_api_base", "ollama_endpoint")
_SERVED_BY_OLLAMA = _PLAIN_WORDS | words(
    "embed embedding embeddings text generation main fast smart vision coder"
)


_NO_TAGS = words("tiny base small medium large turbo auto default") | {""}
"""Sizes of other models, and words for none in particular."""


def _beside_ollama(view: Entry, beside: dict[str, str], context: Context) -> Surroundings:
    """A plain name beside the address of Ollama (`OLLAMA_HOST`), where nobody else is known by it."""
    value = view.value.value if isinstance(view.value, Text) else ""
    words_of_name = snake(view.keys[-1]).split("_") if view.keys else ["?"]
    is_plain = (
        value.lower() not in _NO_TAGS
        and not set("/_") & set(value)
        and _SERVED_BY_OLLAMA.issuperset(words_of_name)
    )
    if not is_plain or not any(beside.get(name) for name in _OLLAMA):
        return Surroundings()
    known = (value, f"{SHORT_NAMES_OF}/{value}")
    is_of_others = any(map(context.is_known_model, known)) or bool(context.providers_of_model(value))
    is_of_others = is_of_others or bool(hub_of_provider(value) or service_called(value, context))
    return Surroundings() if is_of_others else Surroundings(hub="ollama")


def _of_path(named: tuple[str, ...], context: Context, is_router: bool) -> Surroundings:
    """A section's own name may say whose settings it holds (`ollama:`, `openai:`)."""
    if any("azure" in key.split("_") for key in named[:-1]):
        return Surroundings(provider="azure", is_router=is_router)
    for key in reversed(named[-4:]):
        whole = () if key.endswith(_OF_MODEL) else (key,)
        parts = key.split("_")
        joined = ("".join(parts),) if len(parts) == 2 and whole else ()  # `OpenRouter`
        for word in (*whole, *joined, *parts):
            if word in HUB_WORDS:
                return Surroundings(hub=hub_of_provider(word))
            if len(word) > 3 and word not in _COMMON and service_called(word, context):
                return Surroundings(provider=word, is_router=is_router)
    return Surroundings(is_router=is_router)


def _of_variable(name: str, beside: dict[str, str], context: Context) -> Surroundings:
    """A variable's own words, then the address that shares its first word."""
    parts = name.split("_")
    for word in parts:
        if word in HUB_WORDS:
            return Surroundings(hub=hub_of_provider(word))
    if "azure" in parts:
        return Surroundings(provider="azure")
    told = _told_of_variable(name, beside)
    if hub := hub_of_provider(told):
        return Surroundings(hub=hub)
    if told and context.provider_of_prefix(told):
        return Surroundings(provider=told)
    own_words = [word for word in parts if word not in _PLAIN_WORDS]
    bases = [value for key, value in beside.items() if key in _API_ADDRESSES and "://" in value]
    if not own_words and len(bases) == 1:
        # `MODEL_NAME` beside the only `OPENAI_API_BASE`.
        return Surroundings(hub="ollama") if is_ollama_address(bases[0]) else Surroundings(base_url=bases[0])
    owner = next((word for word in parts if len(word) > 3 and context.provider_of_prefix(word)), "")
    family = _family(name, beside)
    for key, value in family.items():
        if "://" in value and any(word in key for word in _OF_ADDRESS):
            if is_ollama_address(value):
                return Surroundings(hub="ollama")
            return Surroundings(base_url=value)
    if owner and owner not in {"local", "meta"}:
        return Surroundings(provider=owner)
    if any(looks_like_ollama(value) for value in family.values()):
        return Surroundings(hub="ollama")
    return Surroundings()


def _family(name: str, beside: dict[str, str]) -> dict[str, str]:
    """The variables that share a name's first word; its first two where the first is the whole project's."""
    for size in (1, 2):
        first = name.split("_")[:size]
        alike = (key for key in beside if key.split("_")[:size] == first and key != name)
        family = {key: beside[key] for key in alike}
        if len(family) <= MOST_OF_A_FAMILY:
            break
    return family


def _told_of_variable(name: str, beside: dict[str, str]) -> str:
    """The provider a variable of the same family gives (`LLM_PROVIDER` beside `LLM_MODEL`)."""
    for key, value in beside.items():
        stem, _, last = key.rpartition("_")
        is_family = name.startswith(f"{stem}_") if stem else name in _FIRST
        if last in _OF_FAMILY and is_family and len(value) < 40:
            return value.strip().lower()
    return ""


def _told(beside: dict[str, str]) -> str:
    for key in _PROVIDER_KEYS:
        value = beside.get(key, "")
        if value and len(value) < 40:
            known = hub_of_provider(value)
            if known or key in {
                "provider",
                "provider_id",
                "model_provider",
                "llm_provider",
                "custom_llm_provider",
                "api_type",
            }:
                return value
            if key in {"type", "vendor", "backend", "engine", "service", "embedding_provider", "llm_type"}:
                return value
    return ""


def _address(beside: dict[str, str]) -> str:
    for key in _ADDRESS_KEYS:
        value = beside.get(key, "")
        if value and ("://" in value or _HOST.match(value)):
            return value
    others = {value for key, value in beside.items() if is_api_address(key, value)}
    return others.pop() if len(others) == 1 else ""


def is_api_address(key: str, value: str) -> bool:
    """Whether a key of an address, whatever else it says, holds that of an API."""
    return key.endswith(_OTHER_ADDRESSES) and _OF_API.search(value) is not None


_OTHER_ADDRESSES = ("_url", "_endpoint", "_base")
_OF_API = regex(r"://[^\s?]{1,200}(?::11434|/v\d|/api/|/openai|completions)")
"""An address of a service that is asked, under whatever key: `completion_url: http://localhost:11434/api/chat`."""


_LAST_WORD = regex(r"_(?:id|name|name_or_path|path|repo|url)$")


def revision_beside(view: Entry) -> str | Unknown:
    """The revision a neighbouring key gives, `"none"` where there is none."""
    key = snake(view.keys[-1]) if view.keys else ""
    beside = {snake(name): value for name, value in view.siblings}
    stem = _LAST_WORD.sub("", key)
    general: tuple[str, ...] = (
        "revision", "model_revision", "revision_of_model", "hf_revision", "hf_model_revision",
    )  # fmt: skip
    if "dataset" in "_".join(named_keys(view.keys)):
        general = ("dataset_revision",) if "model_revision" in beside else ("dataset_revision", "revision")
    elif set(key.split("_")) & _SECOND and set(beside) & _FIRST:
        # One `revision` beside two names speaks of the main one.
        general = ()
    part = stem.removesuffix("_model")
    own = (f"{key}_revision", f"{stem}_revision", *((f"{part}_revision",) if part != stem else ()))
    for name in (*own, *general):
        value = beside.get(name, "")
        if value:
            if "$" in value or "{{" in value:
                return Unknown(f"{value}: chosen at run time")
            return value if _COMMIT.fullmatch(value) else "none"
    if general and not any(set(name.split("_")) & _OF_CODE for name in beside):
        commits = (beside.get(name, "") for name in _COMMITS)
        return next(filter(_WHOLE_COMMIT.fullmatch, commits), "none")
    return "none"


_COMMITS = ("model_commit", "hf_commit", "commit_hash", "commit")
_WHOLE_COMMIT = regex(r"[0-9a-f]{40}")
_OF_CODE = words("git github gitlab repository branch source code author message")
"""Words of keys beside which a commit is one of code."""


def region_beside(view: Entry) -> str | None:
    """The region a neighbouring key asks for, None where none does."""
    for name, value in view.siblings:
        if snake(name) in _REGIONS and _REGION.fullmatch(value):
            return value
    return None


def address_beside(view: Entry) -> str | None:
    """The address of an API a neighbouring key gives, None where none does."""
    beside = {snake(key): value for key, value in view.siblings}
    return next((beside[key] for key in _ADDRESS_KEYS if "://" in beside.get(key, "")), None)


def address_from_outside(view: Entry) -> str | None:
    """The expression of an API's address that is decided at run time, None where none stands beside."""
    for name, value in view.siblings:
        if snake(name) in _API_ADDRESSES and "://" not in value and ("${" in value or "{{" in value):
            return value
    return None


def trusts_code(view: Entry) -> bool | None:
    """What a neighbouring `trust_remote_code` says, None where there is none.

    Of a name in a section of its own (`model_loading_config:`) also what stands beside the section.
    """
    is_own_section = any(key in _SECTIONS for key in named_keys(view.keys)[-2:-1])
    for name, value in (*view.siblings, *(view.above if is_own_section else ())):
        if snake(name) in {"trust_remote_code", "hf_trust_remote_code", "trust_remote"}:
            return value.strip().lower() in {"true", "1", "yes", "on"}
    return None


_SECTIONS = words("model model_loading_config model_config model_source")


def is_recorded_answer(view: Entry) -> bool:
    """Whether the entry stands in stored answers or results: data of the past, not a use."""
    beside = {snake(key) for key, value in view.siblings if key != "judge" or not is_hub_id(value)}
    return bool(beside & _ANSWER_KEYS)
