"""What the text of a name can tell: Hub ids, addresses, tags, placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from scanner.discovery.path_words import CALLS_OF_SERVICES, CHECKPOINT, FOLDERS, MIME, PARTS_OF_CODE
from scanner.discovery.vocabulary import words
from scanner.patterns import regex
from scanner.records.quick import dataclass
from scanner.records.sighting import Kind

MAX_NAME = 400
"""Characters above which no text is a name or an address of a model."""


@dataclass(frozen=True, slots=True)
class HubName:
    """A repository on a hub, taken out of an address, a scheme or a plain id."""

    kind: Kind
    """hf-model, hf-dataset, modelscope or ollama."""
    name: str
    revision: str = "none"
    file: str = ""
    """Path of one file in the repository, where the text names one."""
    is_file_address: bool = False
    """Whether it is the address of bytes (`/resolve/`, `/raw/`), not of a page."""


_PART = r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]{0,94}[A-Za-z0-9_])?"
_HUB_ID = regex(rf"({_PART})/({_PART})")
_BARE = regex(_PART)
_FILE_ENDING = regex(
    r"\.(?:py|pyi|pyc|ipynb|js|mjs|cjs|jsx|ts|tsx|vue|svelte|html?|css|scss|json|jsonc|jsonl|ya?ml|toml|ini|cfg"
    r"|conf|env|sh|bash|zsh|ps1|bat|md|mdx|rst|txt|csv|tsv|parquet|arrow|xml|lock|log|sql|db|sqlite"
    r"|go|rs|java|kt|c|cc|h|hpp|cs|rb|php|swift|proto|tf|tpl|tftpl|j2|jinja2?|template|patch|diff"
    r"|png|jpe?g|gif|svg|webp|ico|bmp|mp[34]|wav|flac|ogg|avi|mov|webm|pdf|docx?|xlsx?|pptx?"
    r"|zip|tar|gz|tgz|bz2|xz|7z|whl|deb|rpm|jar|so|dll|dylib|exe|wasm|git|service|sock|key|pem|crt)",
    re.IGNORECASE,
)
_WEIGHT_ENDING = regex(
    r"\.(?:safetensors|gguf|ggml|bin|pt|pth|ckpt|onnx|tflite|rknn|mnn|pdmodel|pdparams|pdiparams|engine|plan"
    r"|mlmodel|mlpackage|h5|hdf5|keras|pb|npz|msgpack|nemo|llamafile|task|litertlm|ot|joblib|pkl|pickle)",
    re.IGNORECASE,
)
_UNITS = words("kb mb gb tb kib mib gib tib ms sec min req rows tokens tok qps rps")
_NUMERIC = regex(r"[vV]?[0-9][0-9.:_\-]*(?:alpha|beta)?[0-9]*|[0-9]+[a-z]?")
_FOLLOWS_VERSION = regex(r"v[0-9]+(?:(?:alpha|beta)[0-9]+)?")

_SIZES = regex(r"(?:\S*-)?[0-9]+(?:\.[0-9]+)?[bm]/[0-9]+(?:\.[0-9]+)?[bm]", re.IGNORECASE)
"""Two sizes of one model in prose: `Qwen3-Embedding-4B/8B`."""

_PLACEHOLDER_WORDS = words(
    "your my our some any a an the this that owner org organization organisation orgname user"
    " username namespace author company team hf huggingface hub foo bar baz qux acme example"
    " sample dummy fake mock test placeholder name id repo repository repos model models modelname"
    " custom own new cool awesome dataset datasets adapter lora base chat embedding finetuned fine"
    " tuned path to xxx xxxx yyy x y z abc value here todo tbd none null default string changeme"
    " replace me with private public account project handle first second other another input deployment"
    " output llm favorite favourite best b c d one two 1 2 3 local disabled invalid nonexistent"
    " enabled off unknown undefined unset current selected"
)
_PLACEHOLDER_STARTS = ("your", "my-", "my_", "my/", "<", "{", "path/to", "path_to", "placeholder", "changeme")
_PLACEHOLDER_TEXT = regex(
    r"[<>{}$%*?|\\\s]|\.\.\.|…|(?:^|[/_\-])(?:your|yourname|yourusername|username|user_?name|orgname|dummy"
    r"|placeholder|changeme|foobar|xxx+|mymodel|fake|mock)(?:$|[/_\-:])|^(?:my|fake|mock|dummy)[_\-]"
    r"|/(?:my|your|some)[_\-]|^does[_\-]?not[_\-](?:matter|exist)$|^not[_\-](?:used|needed)$",
    re.IGNORECASE,
)


def is_hub_id(text: str) -> bool:
    """Whether a text has the shape of `owner/name` and of nothing more ordinary.

    A candidate filter: paths, MIME types, API groups, versions and file names are turned away; what a
    text means is decided by where it stands.
    """
    matched = _HUB_ID.fullmatch(text)
    if matched is None or ".." in text or "--" in text:
        return False
    owner, name = matched.groups()
    lowered = owner.lower()
    if lowered in MIME or lowered in FOLDERS or (len(name) < 2 and len(owner) < 3):
        return False
    if (
        lowered in _UNITS
        or _NUMERIC.fullmatch(owner)
        or (_NUMERIC.fullmatch(name) and not any(c.isalpha() for c in name))
    ):
        return False
    if name.lower() in PARTS_OF_CODE or CHECKPOINT.fullmatch(name):
        return False
    if f"{lowered}/{name.lower()}" in CALLS_OF_SERVICES:
        return False
    if _FOLLOWS_VERSION.fullmatch(name) or ("." in owner and _is_host(lowered)) or _SIZES.fullmatch(text):
        return False
    return not (_ends_with(_FILE_ENDING, name) or _ends_with(_WEIGHT_ENDING, name))


def is_bare_id(text: str) -> bool:
    """Whether a text could be a name without an owner (`gpt2`, `all-MiniLM-L6-v2`)."""
    return (
        _BARE.fullmatch(text) is not None
        and any(c.isalpha() for c in text)
        and ".." not in text
        and not _ends_with(_FILE_ENDING, text)
        and not _ends_with(_WEIGHT_ENDING, text)
    )


_BETWEEN_WORDS = regex(r"[/_\-:.\s]+")


def is_placeholder(text: str) -> bool:
    """Whether a name stands for "put yours here" (`your-org/your-model`, `<model>`, `path/to/base`)."""
    if not text or _PLACEHOLDER_TEXT.search(text) or text.lower().startswith(_PLACEHOLDER_STARTS):
        return True
    words = [word for word in _BETWEEN_WORDS.split(text.lower()) if word]
    return all(word in _PLACEHOLDER_WORDS for word in words) or words == ["n", "a"]


_LIKE_A_MODEL = regex(
    r"(?i)(?<![a-z0-9])\d+(?:\.\d+)?[bm](?![a-z])|-(?:instruct|chat|gguf|awq|gptq|onnx|mlx|it|base|hf|large|small"
    r"|mini|tiny|turbo|embedding|reranker)(?![a-z])|(?:llama|qwen|mistral|mixtral|gemma|phi|bert|whisper|deepseek|gpt"
    r"|falcon|bge|e5|gte|minilm|mpnet|sdxl|flux|vicuna|yi|glm|t5|clip|vit|wav2vec2?)[-_.]?v?\d|-l-?\d{1,2}(?![\da-z])"
)


def speaks_for_itself(text: str) -> bool:
    """Whether a name says of itself that it is a model's: a size, a family, a format (`x/y-7b-GGUF`)."""
    return _LIKE_A_MODEL.search(text.rpartition("/")[2]) is not None


def is_local_path(text: str) -> bool:
    """Whether a text is certainly a place in a file system."""
    if text.startswith(("/", "./", "../", "~", "file:", ".\\", "\\\\")) or text in {".", ".."}:
        return True
    if (text[1:3] in (":\\", ":/") and text[0].isascii() and text[0].isalpha()) or text.endswith(("/", "\\")):
        return True
    return "/" in text and text.split("/", 1)[0].lower() in FOLDERS


def is_weight_file(text: str) -> bool:
    """Whether a text ends like a file of weights."""
    return _ends_with(_WEIGHT_ENDING, text.rstrip("/"))


_TAG = regex(
    r"(?:(?P<host>[a-z0-9.\-]+\.[a-z]{2,}(?::[0-9]+)?)/)?(?:(?P<owner>[A-Za-z0-9_\-]{1,80})/)?"
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._\-]{0,79})(?::(?P<tag>[A-Za-z0-9_][A-Za-z0-9._\-]{0,79}))?"
)


def is_ollama_tag(text: str) -> bool:
    """Whether a text has the grammar of an Ollama name: `[host/][owner/]name[:tag]`."""
    matched = _TAG.fullmatch(text)
    return (
        matched is not None
        and not _NUMERIC.fullmatch(matched["name"])
        and matched["name"].lower() not in {"localhost", "host.docker.internal", "true", "false", "none"}
        and not _ends_with(_FILE_ENDING, matched["name"])
        and not _ends_with(_WEIGHT_ENDING, matched["name"])
    )


_DIGEST = regex(r"(.{1,200})@(sha256[:-][0-9a-f]{64})")


def split_digest(text: str) -> tuple[str, str]:
    """Split `name:tag@sha256:…` as Ollama writes it; `"none"` where no digest stands there."""
    matched = _DIGEST.fullmatch(text)
    return (matched[1], matched[2]) if matched else (text, "none")


HUB_HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co", "www.hf.co"})
"""Hosts that are the Hub itself."""
_HF_HOSTS = HUB_HOSTS | {"hf-mirror.com"}
_INFERENCE_HOSTS = frozenset({"api-inference.huggingface.co", "router.huggingface.co"})
_MODELSCOPE_HOSTS = frozenset(
    {"modelscope.cn", "www.modelscope.cn", "modelscope.ai", "www.modelscope.ai", "modelscope.com"}
)
_NOT_OWNERS = words(
    "api apps autotrain blog brand chat collections course datasets discuss docs enterprise front"
    " hardware huggingchat inference-api inference-endpoints join landing learn login logout"
    " metrics models new new-dataset new-space organizations papers posts pricing privacy search"
    " settings signup spaces support tasks terms-of-service users welcome hub oauth security"
    " storage changelog playground transformers diffusers subscribe"
)
_SCHEMES = ("hf://", "huggingface://", "hf-hub:", "hf_hub:", "hf:", "huggingface:")
_CACHE_FOLDER = regex(
    r"(?a)(?:^|[/\\])(models|datasets)--([\w.-]+?)(?:--([\w.-]+))?(?:[/\\](?:snapshots[/\\]([0-9a-f]{40})\b)?|$)"
)
_SCHEME = regex(r"^(?:git\+)?(?:https?|ssh)://(?:[^/@\s]*@)?|^git@")
_VERBS = frozenset({"resolve", "blob", "raw", "tree", "commit", "edit", "discussions"})


def split_hub_url(url: str) -> HubName | None:
    """Take a hub's repository out of an address (`https://huggingface.co/…`, `hf.co/…`, modelscope.cn).

    None for pages that are no model and no dataset: users, Spaces, documentation, papers.
    """
    if len(url) > MAX_NAME * 2:
        return None
    rest = _SCHEME.sub("", url.strip())
    host, _, path = rest.partition("/")
    if "@" not in url or ":" in host:
        host, path = _without_port(host, path)
    host = host.lower()
    parts = [unquote(part) for part in path.partition("?")[0].partition("#")[0].split("/") if part]
    if host in _HF_HOSTS:
        return _of_hub_path(parts)
    if host in _INFERENCE_HOSTS and "models" in parts:
        return _of_hub_path(parts[parts.index("models") + 1 :][:2])
    if host in _INFERENCE_HOSTS and parts[:1] == ["pipeline"]:
        return _of_hub_path(parts[2:4])
    if host in _MODELSCOPE_HOSTS:
        return _of_modelscope_path(parts)
    return None


def decode(text: str) -> HubName | None:
    """Read any spelling that carries its own proof of being a hub's name.

    `hf://o/n`, `huggingface://o/n/file.gguf`, `hf-hub:o/n`, addresses, `hf.co/o/n:Q4_K_M`,
    `models--o--n`, `o/n--module.Class`, `o%2Fn`, `n-q4f16_1-MLC`. Of `owner/name`, ask `is_hub_id`.
    """
    text = text.strip()
    if not text or len(text) > MAX_NAME or len(text.split(maxsplit=1)) > 1:
        return None
    lowered = text.lower()
    if lowered.startswith(_SCHEMES):
        return _of_scheme(text)
    if lowered.startswith(
        ("http://", "https://", "git@hf.co", "git+http", "hf.co/", "huggingface.co/", "ssh://")
    ):
        return split_hub_url(text)
    if lowered.startswith(("www.modelscope.", "modelscope.cn/")):
        return split_hub_url(text)
    if lowered.startswith("ollama://"):
        tag = text[len("ollama://") :]
        return HubName(Kind.OLLAMA, tag) if is_ollama_tag(tag) else None
    if lowered.startswith("modelscope://"):
        matched = split_variant(text[len("modelscope://") :])
        return HubName(Kind.MODELSCOPE, matched[0]) if is_hub_id(matched[0]) else None
    if matched_folder := _CACHE_FOLDER.search(text):
        kind = Kind.HF_DATASET if matched_folder[1] == "datasets" else Kind.HF_MODEL
        parts = [part for part in matched_folder.groups()[1:3] if part]
        if any("--" in part or part[-1] in "-." for part in parts):
            return None  # a hub has no such names: the folder is of no repository
        return HubName(kind, "/".join(parts), matched_folder[4] or "none")
    if "--" in text and "." in text.partition("--")[2] and is_hub_id(text.partition("--")[0]):
        return HubName(Kind.HF_MODEL, text.partition("--")[0], file=text.partition("--")[2])
    if (compiled := _MLC.fullmatch(text)) is not None:
        return HubName(Kind.HF_MODEL, f"mlc-ai/{compiled[1]}")
    if "%2f" in lowered and is_hub_id(unquote(text)):
        return HubName(Kind.HF_MODEL, unquote(text))
    return None


_MLC = regex(r"([A-Za-z][\w.]*(?:-[\w.]+)*-q\d{1,2}f(?:16|32)(?:_\d)?-MLC)(?:-[0-9]k)?")
"""Weights compiled for a browser, as WebLLM spells them and nobody else."""


def split_revision(text: str) -> tuple[str, str]:
    """Split `owner/name@revision`; `"none"` where no revision stands there."""
    name, _, revision = text.partition("@")
    return (name, revision) if name and revision and "/" in name else (text, "none")


def split_variant(text: str) -> tuple[str, str]:
    """Split `owner/repo:Q4_K_M` (llama.cpp, Ollama, inference router); empty where there is none."""
    name, _, variant = text.partition(":")
    return (name, variant) if "/" in name and "/" not in variant else (text, "")


_LINK_HOSTS = ("huggingface.co/", "hf.co/", "hf-mirror.com/", "modelscope.cn/")


def find_hub_links(text: str) -> tuple[tuple[int, str], ...]:
    """Addresses on the hubs inside running text, with their offsets."""
    if not any(host in text for host in _LINK_HOSTS):
        return ()
    return tuple((found.start(), found.group(0).rstrip(".,;:!?'\"`*)>")) for found in _LINK.finditer(text))


def find_deployments(text: str) -> Iterator[tuple[int, int]]:
    """Where deployments stand in addresses of Azure (`…/openai/deployments/NAME/chat/completions`)."""
    if _DEPLOYMENTS in text:
        yield from (found.span(1) for found in _DEPLOYMENT.finditer(text))


_DEPLOYMENTS = "/openai/deployments/"
_DEPLOYMENT = regex(r"/openai/deployments/([A-Za-z0-9][\w.-]{1,80})(?=[/?\"'`\s]|$)")
_LINK = regex(
    r"(?:https?://(?:www\.)?|(?<![\w./@-]))(?:huggingface\.co|hf\.co|hf-mirror\.com|modelscope\.cn)"
    r"/[A-Za-z0-9_][^\s\"'<>\\(){}\[\]|,`]*",
)


_TASK = regex(r"^[a-z]+(?:-[a-z0-9]+)+:(?=[^/:]+/)")
"""What promptfoo asks of a model: `huggingface:text-generation:owner/name`."""


def _of_scheme(text: str) -> HubName | None:
    rest = text.partition("://")[2] if "://" in text else text.partition(":")[2]
    kind = Kind.HF_MODEL
    rest = _TASK.sub("", rest, count=1)
    parts = unquote(rest).lstrip("/").split("/")
    if parts[0] == "datasets":
        kind, parts = Kind.HF_DATASET, parts[1:]
    elif parts[0] == "models" and len(parts) > 2:
        parts = parts[1:]
    elif parts[0] in {"spaces", "buckets"}:
        return None
    if len(parts) < 2:
        return None
    name, revision = split_revision("/".join(parts[:2]))
    name, variant = split_variant(name)
    if "@" in variant:
        variant, revision = variant.split("@", 1)
    # `hf://owner/name:rev` (KServe) puts a revision where others put a quantization.
    if variant and text.lower().startswith("hf://") and revision == "none" and not is_quantization(variant):
        revision = variant
    return HubName(kind, name, revision, "/".join(parts[2:])) if is_hub_id(name) else None


_QUANTIZATION = regex(
    r"(?:UD-)?(?:I?Q[1-8](?:_[A-Z0-9]+)*|F16|FP16|BF16|F32|FP8|INT[48]|MXFP4(?:_MOE)?|TQ[12]_0|latest)",
    re.IGNORECASE,
)


def is_quantization(text: str) -> bool:
    """Whether a tag names a quantization (`Q4_K_M`, `IQ3_XS`, `bf16`), not a revision."""
    return _QUANTIZATION.fullmatch(text) is not None


def _of_hub_path(parts: list[str]) -> HubName | None:
    kind = Kind.HF_MODEL
    if parts[:1] == ["api"]:
        parts = parts[1:]
        if parts[:1] == ["models"]:
            parts = parts[1:]
        elif parts[:1] != ["datasets"]:
            return None
    if parts[:1] == ["datasets"]:
        kind, parts = Kind.HF_DATASET, parts[1:]
    if not parts or parts[0] in _NOT_OWNERS:
        return None
    # A legacy repository has no owner: only the verb behind it shows that this is no user's page.
    if len(parts) > 1 and parts[1] in _VERBS:
        name, rest = parts[0], parts[1:]
        if not is_bare_id(name):
            return None
    elif len(parts) > 1:
        name, rest = "/".join(parts[:2]).removesuffix(".git"), parts[2:]
        name, rest = split_variant(name)[0], rest
        is_file = rest[:1] == ["resolve"] and len(rest) > 2  # then a repository may end like weights
        if not is_hub_id(split_revision(name)[0].removesuffix(".bin" if is_file else "")):
            return None
    elif kind is Kind.HF_DATASET and is_bare_id(parts[0]):
        name, rest = parts[0], []
    else:
        return None
    name, revision = split_revision(name)
    verb = rest[0] if rest and rest[0] in _VERBS else ""
    if verb in {"resolve", "blob", "raw", "tree", "commit"} and len(rest) > 1:
        revision = rest[1]
    file = "/".join(rest[2:]) if verb else ""
    return HubName(kind, name, revision, file, verb in {"resolve", "raw"})


def _of_modelscope_path(parts: list[str]) -> HubName | None:
    if parts[:2] == ["api", "v1"]:
        parts = parts[2:]
    if len(parts) >= 3 and parts[0] in {"models", "datasets"}:
        parts = parts[1:]
    name = "/".join(parts[:2]).removesuffix(".git")
    if len(parts) < 2 or parts[0] in _NOT_OWNERS or not is_hub_id(name):
        return None
    verb = parts[2] if len(parts) > 3 else ""
    revision = parts[3] if verb in _VERBS else "none"
    return HubName(Kind.MODELSCOPE, name, revision, "/".join(parts[4:]), verb == "resolve")


def _without_port(host: str, path: str) -> tuple[str, str]:
    name, _, port = host.partition(":")
    return (name, path) if port.isdigit() or not port else (name, f"{port}/{path}" if path else port)


def _is_host(owner: str) -> bool:
    return owner.rsplit(".", 1)[1] in {"com", "io", "co", "org", "net", "dev", "ai", "gov", "cn", "sh", "app"}


def _ends_with(pattern: re.Pattern[str], text: str) -> bool:
    dot = text.rfind(".")
    return dot > 0 and pattern.fullmatch(text, dot) is not None
