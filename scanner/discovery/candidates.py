"""Texts that could be names, found in a file before anything of it is parsed."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Protocol

from scanner.discovery.adopted_names import is_adopted
from scanner.discovery.classify import SHORT_NAMES_OF, hub_of_provider, looks_like_ollama
from scanner.discovery.gguf_names import repository_of_gguf
from scanner.discovery.names import (
    decode,
    find_hub_links,
    is_bare_id,
    is_hub_id,
    speaks_for_itself,
    split_hub_url,
    split_revision,
    split_variant,
)
from scanner.discovery.owned_names import owned_names
from scanner.discovery.plugin import Context
from scanner.discovery.setting_neighbours import HUB_WORDS
from scanner.discovery.vocabulary import any_of, words
from scanner.patterns import regex

MAX_KEPT = 16_384
"""Texts whose answer is remembered; the same words stand in many files."""
MAX_NAMES = 20_000
"""Slashes of one text that are looked at; with more of them it is parsed anyway."""

_WEIGHTS = regex(
    r"\.(?:safetensors|gguf|ggml|pth?|ckpt|onnx|tflite|rknn|mnn|pd(?:model|params|iparams)|ml(?:model|package)|h5|hdf5"
    r"|keras|msgpack|nemo|llamafile|litertlm|joblib)\b"
)
_SPACY = regex(r"[a-z]{2,3}_(?:core|dep|ent|sent|udv)")
_WHEEL = regex(r"_(?:sm|md|lg|trf)-[0-9]")
_SHORT_SCHEME = regex(r"hf:(?<![a-z0-9_.\-]hf:)")
_SIGNS = (
    ("hf", ("hf://", "hf-hub:", "hf_hub:", "hf_endpoint", "hf_mirror")),
    ("hugging", ("huggingface:",)),
    ("://", ("ollama://", "modelscope://")),
    ("s--", ("models--", "datasets--")),
    ("%2f", ("%2f",)),
    ("/openai/", ("/openai/deployments/",)),
    ("api", ("googleapis.com/", "api.nvidia.com/")),
    ("bedrock-", ("bedrock-runtime",)),
    ("modelscope", ("use_modelscope",)),
    ("hub_endpoint", ("hub_endpoint",)),
    (":bedrock:", (":bedrock:",)),
    ("-mlc", ("f16-mlc", "f32-mlc", "f16_0-mlc", "f32_0-mlc", "f16_1-mlc", "f32_1-mlc")),
)
"""Schemes, addresses and switches of a hub, by what they have in common."""
_HOSTS = words("huggingface.co hf.co/ hf.co: hf-mirror.com modelscope.cn modelscope.ai modelscope.com")
_OPEN_ADDRESS = regex(
    r"""(?:huggingface\.co|hf\.co|hf-mirror\.com|modelscope\.(?:cn|ai|com))/?(?:[a-z]{1,8}/)?["'`$+{]"""
)
"""An address of a hub that goes on in another text."""
_CLASS_OF_REPOSITORY = regex(r"--(?<=\w--)[a-z_]\w*\.[a-z]")
"""The end of `owner/name--module.Class`."""
_MAY_PROVE_ITSELF = regex(r"[:%]|--|co/|cn/|modelscope\.|-MLC", re.IGNORECASE)
"""In every spelling that `decode` reads: a scheme, a folder of a cache, a slash written out, a host."""
_ANY = frozenset({"*", "**"})


class World(Context, Protocol):
    """What the search for candidates asks beside what detectors ask."""

    def patterns_of(self, root: str) -> tuple[tuple[str, ...], ...]:
        """Patterns of the recorded calls under this first name, without it."""

    @property
    def services(self) -> tuple[str, ...]:
        """Names the providers of hosted models go by before a model's name, in lower case."""


class Candidates:
    """What could be a name, asked of the knowledge; answers are remembered."""

    def __init__(self, context: World) -> None:
        self.context = context
        self.could_be_named = lru_cache(maxsize=MAX_KEPT)(self._could_be_named)
        """Whether a text could be taken for a name where its place says so."""
        self.is_spoken = lru_cache(maxsize=MAX_KEPT)(self._is_spoken)
        """Whether an `owner/name` counts wherever it stands: it looks so, or the catalog has it."""

    @cached_property
    def script_packages(self) -> frozenset[str]:
        """Packages of JavaScript whose calls stand in the records."""
        return frozenset(pattern[0] for pattern in self._script_calls if pattern[0] not in {*_ANY, "fetch"})

    @cached_property
    def script_words(self) -> tuple[re.Pattern[str], ...]:
        """Calls of JavaScript that count on whatever object."""
        named = {pattern[1:] for pattern in self._script_calls if pattern[0] in _ANY}
        chains = (r"\s*[?!]?\.\s*".join(map(re.escape, names)) for names in sorted(named))
        return tuple(re.compile(rf"{chain}\s*(?:<[^;(]{{0,200}}>\s*)?(?:\?\.)?\(") for chain in chains)

    @cached_property
    def script_methods(self) -> re.Pattern[str]:
        """Calls, in lower case, of what a recorded package makes."""
        names = {
            each[-1].lower() for each in self._script_calls if _ANY & {*each[:-1]} and each[-1] not in _ANY
        }
        return re.compile(rf"\.(?:{'|'.join(sorted(map(re.escape, names)))})\s*\(")

    @cached_property
    def _script_calls(self) -> tuple[tuple[str, ...], ...]:
        return self.context.patterns_of("javascript")

    @cached_property
    def _services(self) -> tuple[str, ...]:
        return tuple(
            sorted({"://", *HUB_WORDS, *(name for name in self.context.services if len(name) > 3)} - {"meta"})
        )

    def speaks_of_service(self, lowered: str) -> bool:
        """Whether a text in lower case holds the name or address of what could serve a model."""
        return any_of(self._services, lowered)

    def has_spoken(self, text: str) -> bool:
        """Whether an `owner/name` stands in the text that counts wherever it stands."""
        return any(
            count > MAX_NAMES or self.is_spoken(found[0]) for count, found in enumerate(owned_names(text))
        )

    def _is_spoken(self, text: str) -> bool:
        head, is_class, _ = text.partition("--")
        plain = head.rstrip(".")
        if is_class:
            return is_hub_id(plain)  # `owner/name--module.Class` proves itself
        return is_hub_id(plain) and (speaks_for_itself(plain) or self.context.is_known_model(plain))

    def is_proven(self, text: str) -> bool:
        """Whether a text proves itself, says who serves it, or is an `owner/name` of the catalog."""
        text = _unescaped(text)
        if ":" in text:
            return self.could_be_named(text)
        if _MAY_PROVE_ITSELF.search(text) and decode(text) is not None:
            return True
        return "/" in text and is_hub_id(text) and self.context.is_known_model(text)

    def _could_be_named(self, text: str) -> bool:
        text = _unescaped(text)
        if text.startswith(("@cf/", "@hf/", "ai/")) or _SPACY.match(text):
            return True
        if _MAY_PROVE_ITSELF.search(text) and decode(text) is not None:
            return True
        name = split_variant(split_revision(text)[0])[0]
        if is_hub_id(name) or repository_of_gguf(text) or (":" in text and looks_like_ollama(text)):
            return True
        pieces = {text, text.rpartition("/")[2], text.rpartition(":")[2]}
        if any(self.context.providers_of_model(piece) for piece in pieces):
            return True
        for sign in "/:":
            head, found, _ = text.partition(sign)
            if found and (self.context.provider_of_prefix(head) or hub_of_provider(head)):
                return True
        if not is_bare_id(text):
            return False
        whole = f"{SHORT_NAMES_OF}/{text}"
        known = self.context.is_known_model
        return known(text) or is_adopted(text, self.context) or known(whole)


def _unescaped(text: str) -> str:
    return text.replace("\\/", "/").rstrip("\\") if "\\" in text else text


def has_hub_link(text: str, lowered: str) -> bool:
    """Whether a repository's address on a hub stands in a text, or the beginning of one."""
    if not any_of(_HOSTS, lowered):
        return False
    return _OPEN_ADDRESS.search(lowered) is not None or any(
        split_hub_url(address) is not None for _, address in find_hub_links(text)
    )


def has_hub(lowered: str) -> bool:
    """Whether a text in lower case names the host of a hub."""
    return any_of(_HOSTS, lowered)


def proves_itself(lowered: str) -> bool:
    """Whether a text in lower case holds a scheme of a hub, an address of weights, or a switch of a hub."""
    if "--" in lowered and _CLASS_OF_REPOSITORY.search(lowered):
        return True
    # Each sign is looked for only where what it has in common with others stands.
    if any(root in lowered and any_of(signs, lowered) for root, signs in _SIGNS):
        return True
    if "hf:" in lowered and _SHORT_SCHEME.search(lowered):
        return True
    return "://" in lowered and (_WEIGHTS.search(lowered) or _WHEEL.search(lowered)) is not None
