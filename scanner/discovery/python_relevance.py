"""Whether a Python file can name a model at all; asked before it is parsed."""

from __future__ import annotations

import re
from functools import lru_cache

from scanner.discovery.names import is_hub_id
from scanner.patterns import regex

MAX_CANDIDATES = 3_000
"""Names of a file that are looked at before it is parsed anyway."""

_ID = regex(r"[A-Za-z0-9][\w.\-]{1,95}/[A-Za-z0-9][\w.\-]{1,95}")
_QUOTED_ID = regex(r"[\"']([A-Za-z0-9][\w.\-]{1,95}/[A-Za-z0-9][\w.\-]{1,95})[\"']")
_TELLING = regex(
    r"from_pretrained|\.chat\.completions|\.messages\.(?:create|stream)|\.embeddings\.create"
    r"|\.responses\.(?:create|parse)"
    r"|invoke_model|\.converse\(|load_lora_weights|load_dataset|snapshot_download|hf_hub_download|huggingface[._:-]"
    r"|hf\.co|hf://|modelscope|ollama (?:run|pull)|[\"']ollama|:11434|"
    r"vllm (?:serve|chat)|[\"']vllm[\"']|vllm\.entry"
    r"|VLLM_USE|sglang|HF_ENDPOINT|_core_(?:web|news)_|llama-server|hf download|torch\.hub|openai/deployments"
    r"|/resolve/main|lading:"
    r"|(?:import|from) (?:cloud)?(?:pickle|dill|joblib)\b|allow_pickle|safe_mode|unsafe_deserialization"
)
_NAMED_TEXT = regex(  # of a text in lower case
    r"(?:model|llm|embed(?:ding)?s?|deployment|checkpoint|tokenizer|dataset|rerank(?:er)?|engine)s?"
    r"(?:_?(?:id|ids|name|names|path|repo|or_path|url|default|file|hf))*[\"']?\]?\s*"
    r"(?::\s*[\w\[\]|., \"']{1,60})?[=:]\s*(?:[\w.]{1,40}\(\s*)?(?:[\"'][\w\-]+[\"']\s*(?:,|:|\bif\b)\s*)?"
    r"(?:\w{1,20}\s*=\s*)?[\[({fr\s]*[\"'][a-z0-9{][\w.\-/:@{}]{1,100}[\"']"
    r"|[\"'][\w\-]*(?:model|llm|embed|deployment)[\w\-]*[\"']\s*,\s*(?:\w{1,20}\s*=\s*)?[\"'][a-z0-9]"
)
_DEFAULT = regex(r"default\s*=\s*[fF]?[\"']\S")
_MODEL = ("model", "llm", "embed")
_DIGIT = regex(r"[0-9\-]")


@lru_cache(maxsize=8)
def _imports(libraries: frozenset[str]) -> re.Pattern[str]:
    named = "|".join(sorted(re.escape(name) for name in libraries if name.isidentifier()))
    return re.compile(rf"(?:import|from)[ \t]+(?:{named or '$^'})\b")


def is_relevant(text: str, libraries: frozenset[str]) -> bool:
    """Whether a file imports a library of the records, or holds a name, a telling word or a named text."""
    if _imports(libraries).search(text) or _TELLING.search(text):
        return True
    lowered = text.lower()
    if _NAMED_TEXT.search(lowered):
        return True
    if _DEFAULT.search(text) and any(word in lowered for word in _MODEL):
        return True
    for count, found in enumerate(_QUOTED_ID.finditer(text)):
        if count > MAX_CANDIDATES or is_hub_id(found[1]):
            return True
    if "/" not in text:
        return False
    return any(
        _DIGIT.search(found[0].partition("/")[2]) and is_hub_id(found[0].rstrip("."))
        for found in _ID.finditer(text)
    )
