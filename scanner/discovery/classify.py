"""What a name is a name of: Hub, Ollama, hosted API, or nothing."""

from __future__ import annotations

import re

from scanner.discovery.adopted_names import is_adopted
from scanner.discovery.asked_addresses import asked_model
from scanner.discovery.gguf_names import repository_of_gguf
from scanner.discovery.names import (
    decode,
    is_bare_id,
    is_hub_id,
    is_local_path,
    is_ollama_tag,
    is_placeholder,
    is_quantization,
    is_weight_file,
    split_digest,
    split_revision,
    split_variant,
)
from scanner.discovery.plugin import Context
from scanner.discovery.service_names import read_arn, service_called
from scanner.discovery.vocabulary import words
from scanner.patterns import regex
from scanner.records.quick import dataclass
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands beside a name and decides what it is a name of."""

    hub: str = ""
    """`hf`, `ollama`, `modelscope`, `spacy`, `api` where key or program leave no doubt; else empty."""
    provider: str = ""
    """Provider as the project calls it (`openai`, `azure`, `ollama`), where it does."""
    base_url: str = ""
    """Address of the API, where the project gives one."""
    is_sure: bool = False
    """Whether the place certainly names a model, so that a name without an owner counts when known."""
    is_dataset: bool = False
    is_router: bool = False
    """Whether names are spelled `provider/model` here (LiteLLM)."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a text turned out to name."""

    kind: Kind
    name: str
    revision: str = "none"
    provider: str | Unknown | None = None
    base_url: str | None = None
    region: str | None = None


_HUB_PROVIDERS = {
    **dict.fromkeys(
        words(
            "huggingface hf huggingface_hub transformers sentence-transformers sentence_transformers"
            " sentencetransformers vllm hosted_vllm sglang tgi text-embeddings-inference tei fastembed"
            " llamacpp llama.cpp mlx hf-inference flagembedding infinity"
        ),
        "hf",
    ),
    "ollama": "ollama",
    "ollama_chat": "ollama",
    "modelscope": "modelscope",
}
_ROUTERS = words(
    "azure azure_ai bedrock vertex_ai together_ai fireworks_ai openrouter groq gemini sagemaker anthropic"
    " deepinfra perplexity azure_text bedrock_converse"
)
"""Prefixes under which nobody publishes on the Hub."""
_OPEN_WEIGHTS = regex(r"(?<![a-z0-9])\d+(?:\.\d+)?b(?![a-z])", re.IGNORECASE)
"""A count of parameters in a name: weights anyone may serve, under this name too."""
_OPEN_FAMILIES = regex(r"(?:whisper-(?!1$)|gpt-oss|clip-|shap-e|point-e|consistency-)", re.IGNORECASE)
"""Weights a provider of hosted models publishes on the Hub under the same owner name."""
_OF_FIREWORKS = regex(r"accounts/[a-z0-9\-]{1,60}/(?:models|deployedModels)/[\w.\-]{1,100}")
"""How one service spells its models, and nobody else."""
_NO_NAME = regex(r"^[\w.\-]{1,80}:\d{2,5}/|leaderboard$", re.IGNORECASE)
"""A path on a server with its port, and where results are shown."""
SHORT_NAMES_OF = "sentence-transformers"
"""The owner whose library, and what is built on it, takes names without their owner."""
_OLLAMA_ADDRESS = regex(r":11434(?:/|$)|(?:^|[/.@-])ollama(?=[:./-]|$)(?!\.com)", re.IGNORECASE)
_SCHEME = regex(r"^[a-z]{2,8}://(?:[^/@\s]*@)?", re.IGNORECASE)
_PRIVATE_ADDRESS = regex(
    r"(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\]"
    r"|host\.docker\.internal|[^/:.]+(?=[:/]|$)|[^/]*\.(?:local|internal|svc|cluster\.local)(?=[:/]|$))",
    re.IGNORECASE,
)
_SIZED_TAG = regex(
    r"[a-z0-9][a-z0-9._\-]*:(?:(?:[ev]?\d+(?:\.\d+)?[bm]|\d+x\d+(?:\.\d+)?b|latest|instruct|chat|text|code|mini"
    r"|medium|small|large)(?:[-_][a-z0-9._\-]+)?|[a-z0-9._\-]*-?(?:q[2-8](?:_[a-z0-9_]+)?|fp16|cloud))",
    re.IGNORECASE,
)


def classify(text: str, around: Surroundings, context: Context) -> Named | None:
    """Decide what a text names; None where it names nothing that could be a model or dataset.

    The neighbours decide first (address, provider), then the spelling, and the shape only where the place
    certainly names a model.
    """
    text = text.strip().strip("\"'").rstrip("/") if not text.endswith("//") else text
    if arn := read_arn(text):
        return Named(Kind.API_MODEL, f"aws-bedrock:{arn[0]}", provider="aws-bedrock", region=arn[1])
    if _OF_FIREWORKS.fullmatch(text):
        return _hosted(text, "fireworks", None)
    if len(text) < 2 or len(text) > 300 or len(text.split()) > 1 or is_placeholder(text):
        return None
    if _NO_NAME.search(text) is not None:
        return None
    if around.base_url and "/" not in text and asked_model(around.base_url, context):
        return None  # the address says itself which model it asks; this is a part of it
    if proven := decode(text):
        if is_placeholder(proven.name):
            return None
        if around.hub == "ollama" and proven.kind is Kind.HF_MODEL and not text.startswith("http"):
            return Named(Kind.HF_MODEL, proven.name, proven.revision)
        kind = Kind.HF_DATASET if around.is_dataset and proven.kind is Kind.HF_MODEL else proven.kind
        return Named(kind, proven.name, proven.revision)
    if text.startswith("models/") and _is_of_google(text[7:], around, context):
        text = text[7:]
    if around.hub in {"", "hf"} and not around.is_dataset and (repository := repository_of_gguf(text)):
        return Named(Kind.HF_MODEL, repository)
    if is_local_path(text) or (is_weight_file(text) and around.hub != "ollama"):
        return None
    if text.startswith("ai/") and is_ollama_tag(text):
        # The namespace of Docker's own model runner.
        return Named(Kind.OTHER, text)
    if around.is_dataset:
        return _dataset(text, around, context)
    if text.lower() in _HUB_PROVIDERS:
        return None  # who serves, not what
    if around.hub == "ollama" or _is_ollama(around):
        name, digest = split_digest(text)
        return Named(Kind.OLLAMA, _in_short(name), digest) if is_ollama_tag(_in_short(name)) else None
    if around.hub == "api" or around.base_url or around.provider:
        return _served(text, around, context)
    return _by_shape(text, around, context)


_DEFAULT_REGISTRY = regex(r"(?:https?://)?registry\.ollama\.ai/(?:library/)?")


def _in_short(name: str) -> str:
    """An Ollama name without what it goes without: the default registry, the program's own name."""
    return _DEFAULT_REGISTRY.sub("", name, count=1).removeprefix("ollama/")


def _is_of_google(name: str, around: Surroundings, context: Context) -> bool:
    """Whether what stands behind `models/` is a model of Google's service, which writes them so."""
    services = context.providers_of_model(name)
    return any(one.startswith("google") for one in services) and not hub_of_provider(around.provider)


def hub_of_provider(provider: str) -> str:
    """`hf`, `ollama` or `modelscope` where a provider's name means weights one runs oneself; else empty."""
    return _HUB_PROVIDERS.get(provider.strip().lower().replace(" ", ""), "")


def is_ollama_address(url: str) -> bool:
    """Whether an address is that of an Ollama server."""
    return _OLLAMA_ADDRESS.search(url) is not None


def is_private_address(url: str) -> bool:
    """Whether an address can only be a server of the user's own."""
    return _PRIVATE_ADDRESS.match(_SCHEME.sub("", url, count=1)) is not None


def is_open_weights(text: str) -> bool:
    """Whether a name counts parameters (`mistral-7b`): weights anyone may serve under this name."""
    return _OPEN_WEIGHTS.search(text) is not None


def looks_like_ollama(text: str) -> bool:
    """Whether a text is an Ollama tag by itself (`qwen2.5:7b`, `llama3:latest`)."""
    return (
        len(text) <= 100
        and "/" not in text
        and _SIZED_TAG.fullmatch(text) is not None
        and is_ollama_tag(text)
    )


def _is_ollama(around: Surroundings) -> bool:
    if around.base_url and is_ollama_address(around.base_url):
        return True
    return hub_of_provider(around.provider) == "ollama"


def _dataset(text: str, around: Surroundings, context: Context) -> Named | None:
    name, revision = split_revision(text)
    kind = Kind.MODELSCOPE if around.hub == "modelscope" else Kind.HF_DATASET
    if is_hub_id(name):
        return Named(kind, name, revision)
    if around.is_sure and is_bare_id(name) and context.is_known_model(name):
        return Named(kind, name, revision)
    return None


def _served(text: str, around: Surroundings, context: Context) -> Named | None:
    """A name beside a provider or an address."""
    hub = hub_of_provider(around.provider)
    if around.base_url:
        text = text.removeprefix("openai/") if around.is_router else text
        provider = context.provider_of_host(around.base_url)
        if provider and provider != "local":
            return _hosted(_without_prefix(text, provider, around, context), provider, around.base_url)
        if provider == "local" or is_private_address(around.base_url):
            # The user's own server: what it serves is named by a Hub id, or by an alias nobody can follow.
            return _by_shape(text, Surroundings(hub="hf", is_sure=around.is_sure), context, is_own=True)
        return Named(Kind.API_MODEL, f"unknown:{text}", provider=Unknown("no record says who answers there"),
                     base_url=around.base_url)  # fmt: skip
    if hub:
        return _by_shape(text, Surroundings(hub=hub, is_sure=around.is_sure), context)
    provider = service_called(around.provider, context)
    if provider == "openai" and is_hub_id(text) and not text.lower().startswith("openai/"):
        # The word for the protocol: weights of another owner on whatever server speaks it.
        return _by_shape(text, Surroundings(is_sure=around.is_sure), context)
    if provider and provider != "local":
        if is_bare_id(text.replace(":", "-").replace("/", "-")):
            return _hosted(_without_prefix(text, provider, around, context), provider, None)
        return None
    return _by_shape(text, Surroundings(is_sure=around.is_sure), context)


def _without_prefix(text: str, provider: str, around: Surroundings, context: Context) -> str:
    """A name without the service in front of it, where a router wrote that and not the service itself.

    `openai/gpt-4o` is gpt-4o of OpenAI, `openrouter/owner/name` is owner/name; `groq/compound` and
    `nvidia/nemotron-mini` are how those services call models of their own.
    """
    head, slash, rest = text.partition("/")
    if slash and service_called(head, context) == provider:
        is_routed = around.is_router or "/" in rest or provider in context.providers_of_model(rest)
        return rest if is_routed else text
    is_publisher = head == "models" or (head == "google" and provider == "google-vertex")
    return rest if is_publisher and slash else text


def _hosted(name: str, provider: str, base_url: str | None) -> Named:
    return Named(Kind.API_MODEL, f"{provider}:{name}", provider=provider, base_url=base_url)


def _by_shape(text: str, around: Surroundings, context: Context, *, is_own: bool = False) -> Named | None:
    """A name with nothing beside it that decides."""
    hub = Kind.MODELSCOPE if around.hub == "modelscope" else Kind.HF_MODEL
    if around.hub == "" and (spelled := _with_colon(text, context)):
        return spelled
    name, revision = split_revision(text)
    whole, variant = split_variant(name)
    if variant and is_quantization(variant):
        name = whole
    if is_hub_id(name):
        routed = None if around.hub else _routed(name, context, is_certain=around.is_router)
        return routed or Named(hub, name, revision)
    if around.hub == "" and "/" in name and (routed := _routed(text, context, is_certain=around.is_router)):
        return routed
    if around.hub == "" and looks_like_ollama(text):
        return Named(Kind.OLLAMA, text)
    if "/" in name or not is_bare_id(name.replace(":", "-")):
        return None
    services = context.providers_of_model(name) if around.hub == "" else ()
    if services and (services == ("aws-bedrock",) or not is_open_weights(name)):
        return _hosted(name, services[0], None)
    if around.is_sure and not is_own and context.is_known_model(name):
        return Named(hub, name, revision)
    if around.is_sure and not is_own and hub is Kind.HF_MODEL and is_adopted(name, context):
        return Named(hub, name, revision)
    short = f"{SHORT_NAMES_OF}/{name}"
    if around.is_sure and hub is Kind.HF_MODEL and "-" in name and context.is_known_model(short):
        return Named(hub, short, revision)
    return None


def _with_colon(text: str, context: Context) -> Named | None:
    """`openai:gpt-4o`, `ollama:chat:llama3`: provider first, as test and agent tools spell it."""
    head, colon, rest = text.partition(":")
    if not colon or "/" in head or len(rest) < 2:
        return None
    rest = re.sub(
        r"^(?:chat|messages|completion|embeddings?|responses|text-generation|completions):", "", rest
    )
    hub = _HUB_PROVIDERS.get(head.lower())
    if hub == "ollama":
        return Named(Kind.OLLAMA, rest) if is_ollama_tag(rest) else None
    if hub or head == "local":
        return Named(Kind.HF_MODEL, rest) if is_hub_id(rest) else None
    provider = service_called(head, context)
    if provider is None or provider == "local":
        return None
    fits = provider in context.providers_of_model(rest) or head.lower() in _ROUTERS
    return _hosted(rest, provider, None) if fits else None


def _routed(text: str, context: Context, *, is_certain: bool = False) -> Named | None:
    """A router's spelling, `provider/model`: only where the model's name fits that provider."""
    head, _, rest = text.partition("/")
    hub = _HUB_PROVIDERS.get(head.lower())
    if hub == "ollama":
        return Named(Kind.OLLAMA, rest) if is_ollama_tag(rest) else None
    if hub:
        return Named(Kind.HF_MODEL, rest) if is_hub_id(rest) else None
    provider = context.provider_of_prefix(head)
    if provider is None or provider == "local" or (context.is_known_model(text) and not is_certain):
        return None
    is_certain = is_certain or head.lower() in _ROUTERS
    if not is_certain and (_OPEN_WEIGHTS.search(rest) or _OPEN_FAMILIES.match(rest)):
        return None
    fits = is_certain or provider in context.providers_of_model(rest) or "/" in rest
    return _hosted(rest, provider, None) if fits else None
