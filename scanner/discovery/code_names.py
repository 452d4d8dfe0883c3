"""What the name of a variable, argument or class in code says of its value."""

from __future__ import annotations

from functools import lru_cache

from scanner.discovery.config_keys import KeyRole, role_of, role_of_variable, snake
from scanner.discovery.plugin import Context
from scanner.discovery.vocabulary import words
from scanner.patterns import regex

ENUMERATED = "{enumerated}"
"""Ends the name of what is given a member of an enumeration instead of a text."""
LISTED = "{listed}"
"""What a member of something that holds models is given to."""
_OUTPUT = regex(
    r"(?:^|_)(?:push|pushed|upload|uploaded|publish|published|save|saved|output|out|dest|destination|target|export"
    r"|exported|create_repo|delete_repo|hub_model|new|merged|finetuned|fine_tuned|result|family|families|prefix"
    r"|prefixes|suffix|suffixes|marker|markers|keyword|keywords|pattern|patterns|excluded|blocked)(?:_|$)"
)
_SPACY = regex(r"[a-z]{2,3}_(?:core|dep|ent|sent)_[a-z]+_(?:sm|md|lg|trf)")
_CAMEL = regex(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


@lru_cache(maxsize=8192)
def hints_of(target: str) -> KeyRole:
    """What a variable, attribute, parameter or keyword of this name holds."""
    name = target.rsplit(".", 1)[-1]
    role = role_of((name,))
    return role_of_variable(name) if role is KeyRole.OTHER and name.isupper() else role


@lru_cache(maxsize=8192)
def is_output(name: str) -> bool:
    """Whether a name is that of something the project makes, not of something it uses."""
    return _OUTPUT.search(snake(name)) is not None


def is_spacy(text: str) -> bool:
    """Whether a text is the name of a spaCy pipeline: `en_core_web_sm` is nothing else."""
    return _SPACY.fullmatch(text) is not None


_TOLD_OF_MODEL = regex(
    r"_(?:info|spec|specs|config|card|entry|definition|description|settings|details|metadata|record|args|ref)$"
)
_DESCRIBED = words("embedder embedding reranker tokenizer checkpoint lora controlnet vae")


@lru_cache(maxsize=8192)
def describes_model(callee: str) -> bool:
    """Whether a class of this name is a project's own description of a model (`Model`, `EmbedderSpec`)."""
    last = callee.rsplit(".", 1)[-1]
    if not last[:1].isupper() or last.isupper():
        return False
    key = _TOLD_OF_MODEL.sub("", snake(last))
    return hints_of(key) is KeyRole.MODEL or key.rpartition("_")[2] in _DESCRIBED


_PLACE_OF_MODEL = regex(r"_?(?:name_or_path|path|id|name|repo|repository|source|url)$")


def own_revision(keyword: str) -> str:
    """The keyword that says which revision is meant by this one alone (`onnx_path`: `onnx_revision`)."""
    stem = _PLACE_OF_MODEL.sub("", snake(keyword))
    return f"{stem}_revision" if stem else "revision"


def is_called_after(constant: str, model: str) -> bool:
    """Whether a constant bears a word of the name it holds (`GPT4` of `gpt-4-1106-preview`)."""
    if "-" not in model or not any(sign.isdigit() for sign in model):
        return False
    held = "".join(filter(str.isalnum, model.lower()))
    return any(len(word) > 2 and word in held for word in snake(constant).split("_"))


_ASKS_ABOUT = regex(
    r"tiktoken|(?:count|num|number_of)_?tokens|tokens?_count|encoding_for|tokens_from"
    r"|(?:estimate|calculate|calc|compute|completion|get)_(?:\w+_)?(?:cost|price)s?$"
)


@lru_cache(maxsize=8192)
def asks_about(callee: str) -> bool:
    """Whether a function asks how long or how dear a text is for a model, and not the model itself."""
    return _ASKS_ABOUT.search(snake(callee.rpartition(".")[2])) is not None


def service_words(text: str, context: Context) -> str:
    """A provider whose name stands among the words of a class or module (`LCCohereChat` → `cohere`)."""
    parts = [word.lower() for word in _CAMEL.findall(text)][:60]
    for size in (3, 2, 1):
        for at in range(len(parts) - size + 1):
            joined = "".join(parts[at : at + size])
            if len(joined) > 3 and joined not in _COMMON and context.provider_of_prefix(joined):
                return joined
    return ""


_COMMON = frozenset(
    {"meta", "local", "model", "models", "chat", "text", "base", "router", "custom", "predict", "wandb"}
)
"""Names of services that classes and functions bear for other reasons (`start_wandb_run` writes a log)."""
