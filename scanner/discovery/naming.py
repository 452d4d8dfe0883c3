"""Reads the text of an argument as the name its call says it is."""

from __future__ import annotations

import re

from scanner.discovery.adopted_names import is_adopted
from scanner.discovery.names import (
    decode,
    is_bare_id,
    is_hub_id,
    is_local_path,
    is_ollama_tag,
    is_placeholder,
    is_weight_file,
    split_revision,
)
from scanner.discovery.plugin import Context
from scanner.discovery.service_names import read_arn
from scanner.discovery.weights import name_weights
from scanner.knowledge.libraries import NamedThing
from scanner.patterns import regex
from scanner.records.quick import dataclass, replace
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown

_PLAIN = regex(r"(?:@cf/)?[A-Za-z0-9][\w.\-:/@+ ]{0,199}")
_CONSTANT = regex(r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+")
_NO_MODEL = regex(r"\d+(?:\.\d+)?|true|false|[a-z]+://.*", re.IGNORECASE)
"""Numbers, words of truth and addresses: what other arguments hold."""
_REGION = regex(r"[a-z]{2}(?:-gov)?-[a-z]+-[0-9]")
_LOCAL_ROUTES = frozenset(
    {"hosted_vllm", "vllm", "huggingface_local", "text-generation-inference", "sglang", "mlx"}
)
_HANDED_ON = frozenset({"litellm", "any-llm"})
"""Routes to another router, which is told the rest (openai-agents 0.24.0, models/multi_provider.py)."""
_HUB_ROUTES = frozenset({"huggingface", "hf", "hf-inference"})
_DATASET_FORMATS = frozenset(
    [
        "arrow",
        "audiofolder",
        "cache",
        "conll",
        "csv",
        "eval",
        "fasta",
        "fastq",
        "genbank",
        "generator",
        "harbor",
        "hdf5",
        "iceberg",
        "imagefolder",
        "json",
        "lance",
        "meshfolder",
        "mmcif",
        "niftifolder",
        "pandas",
        "parquet",
        "pdb",
        "pdffolder",
        "spark",
        "sql",
        "text",
        "tsfile",
        "videofolder",
        "vortex",
        "webdataset",
        "xml",
    ]
)
"""Builders `load_dataset` takes instead of a name. Source: datasets 5.2.0, packaged_modules/__init__.py."""
_FOLDERS = frozenset(
    {"data", "dataset", "datasets", "train", "test", "eval", "output", "outputs", "cache", "tmp"}
)
"""Words of folders; `load_dataset` takes a folder under the same argument."""
_OLLAMA_ROUTES = frozenset({"ollama", "ollama_chat"})


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names."""

    kind: Kind
    name: str
    """Of a hosted API without its provider."""
    revision: str = "none"
    provider: str | Unknown | None = None
    """Of a hosted API, where the text itself says who serves it."""
    region: str | None = None
    is_deployment: bool = False
    route: str | None = None
    """Router prefix that stood before the name."""
    runs_code: bool | None = None
    """Whether the text itself lets the code of the repository run (`trust_remote_code=True`)."""


def read_name(text: str, thing: NamedThing, context: Context) -> Named | None:
    """Read a text as the thing a call takes there; None where it cannot be a name of that kind."""
    text = _of_modelfile(text) if thing.form == "modelfile" else text.strip()
    if not text or len(text) > 300 or "\n" in text:
        return None
    text = dict(thing.aliases).get(text, text)
    match thing.form:
        case "hub" | "repository":
            return _hub(text, thing, context)
        case "dataset":
            return _hub(text, thing, context) or _bare_dataset(text)
        case "scheme":
            if text.startswith(_LOCAL):
                return _hub(text.removeprefix(_LOCAL), thing, context)
            found = decode(text)
            return Named(found.kind, found.name, found.revision) if found else None
        case "bare":
            return Named(Kind(thing.kind), text) if is_bare_id(text) and not is_placeholder(text) else None
        case "tag" | "modelfile":
            return _tag(text)
        case "router":
            return _routed(text, "/", thing, context)
        case "colon":
            return _routed(text, ":", thing, context)
        case "api":
            asked = _api(text)
            return replace(asked, provider=thing.provider) if asked and thing.provider else asked
        case "alias":
            known = text in dict(thing.aliases).values()
            return Named(kind_of(thing, text), text) if known else _hub(text, thing, context)
        case "torch-hub":
            return _torch_hub(text)
        case "address":
            at = name_weights(text)
            return Named(at.kind, at.name, at.revision) if at is not None else None
        case "pair":
            return _pair(text)
        case "settings":
            return _settings(text, thing, context)
        case "page":
            kind, _, name = text.partition("/")
            return _hub(name, thing, context) if kind in _PAGES_OF_MODELS else None
        case "file":
            is_file = _FILE.fullmatch(text) is not None and not is_placeholder(text)
            return Named(Kind(thing.kind), thing.prefix + text) if is_file else None
        case "constant":
            return Named(Kind(thing.kind), thing.prefix + text) if _CONSTANT.fullmatch(text) else None
        case "enum":
            is_name = _PLAIN.fullmatch(text) is not None and not is_local_path(text)
            return Named(Kind(thing.kind), thing.prefix + text) if is_name else None
    return None


_FROM = regex(r"^[ \t]*FROM[ \t]+(\S{1,300})", re.IGNORECASE | re.MULTILINE)


def _of_modelfile(text: str) -> str:
    """What an Ollama Modelfile, given as a text, builds on; empty where that is a file of one's own."""
    found = _FROM.search(text)
    return "" if found is None or is_local_path(found[1]) or is_weight_file(found[1]) else found[1]


def kind_of(thing: NamedThing, name: str) -> Kind:
    """The kind of a name a record holds; no repository of the Hub has a colon (`openai-whisper:tiny`)."""
    kind = Kind(thing.kind)
    return Kind.OTHER if kind is Kind.HF_MODEL and ":" in name else kind


_FILE = regex(r"[A-Za-z0-9][\w.\- ]{0,199}")
"""A file a library downloads by its name alone, without a folder."""
_PAGES_OF_MODELS = frozenset({"models", "huggingface"})
"""What stands before the name of a model where a library tells it from a Space by that."""
_LOCAL = "local:"
"""How LlamaIndex says that an embedder runs here (llama-index-core 0.14.25, embeddings/utils.py)."""


def _hub(text: str, thing: NamedThing, context: Context) -> Named | None:
    kind = Kind(thing.kind)
    if found := decode(text):
        as_kind = kind if kind is Kind.HF_DATASET else found.kind
        return None if is_placeholder(found.name) else Named(as_kind, found.name, found.revision)
    name, revision = split_revision(text)
    if is_local_path(name) or is_weight_file(name) or is_placeholder(name):
        return None
    if is_hub_id(name):
        return Named(kind, name, revision)
    if is_bare_id(name) and "/" not in name:
        if context.is_known_model(f"{thing.owner}/{name}") if thing.owner else False:
            return Named(kind, f"{thing.owner}/{name}", revision)
        if context.is_known_model(name) or kind is Kind.TIMM or is_adopted(name, context):
            return Named(kind, name, revision)
        if thing.owner and _looks_versioned(name):
            return Named(kind, f"{thing.owner}/{name}", revision)
    return None


def _bare_dataset(text: str) -> Named | None:
    """A dataset without owner (`squad`): what the call takes that is neither a format nor a folder."""
    name, revision = split_revision(text)
    return Named(Kind.HF_DATASET, name, revision) if is_bare_dataset(name) else None


def is_bare_dataset(name: str) -> bool:
    """Whether a name without an owner may be a dataset's, where the place says that one stands there."""
    if name in _DATASET_FORMATS or name in _FOLDERS:
        return False
    return is_bare_id(name) and not is_placeholder(name)


def _looks_versioned(name: str) -> bool:
    """Names of released models hold a digit, and a hyphen or underscore (`all-MiniLM-L6-v2`)."""
    return ("-" in name or "_" in name) and any(sign.isdigit() for sign in name)


def _tag(text: str) -> Named | None:
    if found := decode(text):
        return Named(found.kind, found.name, found.revision)
    if is_ollama_tag(text) and not is_placeholder(text):
        return Named(Kind.OLLAMA, text)
    return None


def _api(text: str) -> Named | None:
    name = text.removeprefix("models/")
    if arn := read_arn(name):
        return Named(Kind.API_MODEL, arn[0], region=arn[1])
    if not _PLAIN.fullmatch(name) or _NO_MODEL.fullmatch(name) or _REGION.fullmatch(name):
        return None
    return None if is_placeholder(name) or is_weight_file(name) else Named(Kind.API_MODEL, name)


def _routed(text: str, sign: str, thing: NamedThing, context: Context) -> Named | None:
    """`provider/model` or `provider:model`; without a prefix the model's own name must tell."""
    prefix, separator, rest = text.partition(sign)
    if separator and rest:
        if prefix in _HANDED_ON:
            return _routed(rest, "/", thing, context)
        if prefix in _OLLAMA_ROUTES:
            return _tag(rest)
        if prefix in _LOCAL_ROUTES:
            return Named(Kind.HF_MODEL, rest) if is_hub_id(rest) else None
        if prefix in _HUB_ROUTES and sign == ":":
            return Named(Kind.HF_MODEL, rest) if is_hub_id(rest) else None
        provider = dict(thing.prefixes).get(prefix) or context.provider_of_prefix(f"{prefix}/")
        if provider is not None:
            head, slash, tail = rest.partition("/")
            if slash and _REGION.fullmatch(head):
                return Named(Kind.API_MODEL, tail, "none", provider, head, route=prefix)
            if provider == "huggingface" and is_hub_id(tail):
                # `huggingface/together/owner/name`: the router is told whom to ask.
                rest = tail
            return _with_provider(rest, provider, prefix)
        if sign == ":":
            return None
    if _api(text) is None:
        return None
    owners = context.providers_of_model(text)
    if not owners and not separator:
        return Named(Kind.API_MODEL, text, "none", Unknown("the name does not say who serves it"))
    if len(owners) == 1:
        return _with_provider(text, owners[0])
    reason = (
        f"{prefix!r} is no provider that is known" if separator else "the name does not say who serves it"
    )
    return Named(Kind.API_MODEL, text, "none", Unknown(reason))


def _with_provider(name: str, provider: str, route: str | None = None) -> Named | None:
    if is_placeholder(name):
        return None
    return Named(Kind.API_MODEL, name, "none", provider, None, provider == "azure-openai", route)


def _settings(text: str, thing: NamedThing, context: Context) -> Named | None:
    """One of `pretrained=owner/name,revision=main`, with what the others say of it; or its value alone."""
    if "=" not in text:
        return _hub(text, thing, context)
    said = {key.strip(): value.strip() for key, _, value in (each.partition("=") for each in text.split(","))}
    named = _hub(said.get(thing.prefix, ""), thing, context)
    if named is None:
        return None
    revision = said.get("revision") or named.revision
    runs_code = said["trust_remote_code"].lower() in {"true", "1"} if "trust_remote_code" in said else None
    return replace(named, revision=revision, runs_code=runs_code)


def _pair(text: str) -> Named | None:
    """The repository that an architecture and a tag stand for, or what names itself (`hf-hub:…`)."""
    if " " not in text and is_hub_id(text):
        return Named(Kind.HF_MODEL, text)
    found = decode(text)
    return Named(found.kind, found.name, found.revision) if found else None


def join_pair(name: str, tag: str) -> str:
    """An architecture and a tag as the tables of the records write them."""
    return f"{name.replace('/', '-')} {tag.lower().replace('-', '_')}"


def _torch_hub(text: str) -> Named | None:
    name, _, branch = text.partition(":")
    if not is_hub_id(name) or is_placeholder(name):
        return None
    return Named(Kind.TORCH_HUB, name, branch or "none")
