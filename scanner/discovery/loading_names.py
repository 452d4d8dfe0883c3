"""Whether the name of a call that no record knows says that the call takes a model."""

from __future__ import annotations

from functools import lru_cache

from scanner.discovery.code_names import is_output
from scanner.discovery.config_keys import snake
from scanner.discovery.vocabulary import words
from scanner.patterns import regex

HYPHENED = r"[a-z][a-z0-9.]*-[\w.\-]{1,80}"
"""How hosted models are called where only the place says so: no plain word, which may mean anything."""
_HYPHENED = regex(HYPHENED)
_THINGS = words(
    "model models llm llms lm encoder embedder embedding embeddings reranker ranker tokenizer transformer"
    " transformers vlm asr tts vectorizer"
)
_SURE_THINGS = words("llm llms tokenizer embedder reranker vlm")
_VERBS = words(
    "load init initialize create build make get setup prepare fetch download pull from use open start"
)
_WEIGHTS = words("pretrained quantized checkpoint weights hub hf huggingface")
_OF_OTHERS = words(
    "response request schema field serializer form view table migration count price cost limit path dir"
    " folder file info name names type list exists version train training fine fit eval database db django"
    " admin user test mock fake"
)
"""Words of calls that are about something else, or about a model without taking it."""


def is_hyphened(text: str) -> bool:
    """Whether a text could be the name of a hosted model that nothing but its place says to be one."""
    return _HYPHENED.fullmatch(text) is not None


@lru_cache(maxsize=8192)
def takes_a_model(callee: str) -> bool:
    """Whether a class or function of this name is given a model first (`CausalLM`, `load_model`)."""
    last = callee.rpartition(".")[2]
    parts = set(snake(last).split("_"))
    if is_output(last) or not parts.isdisjoint(_OF_OTHERS):
        return False
    if last[:1].isupper() and not last.isupper():
        return not parts.isdisjoint(_THINGS)
    return not parts.isdisjoint(_VERBS) and not parts.isdisjoint(_THINGS | _WEIGHTS)


@lru_cache(maxsize=8192)
def takes_only_models(callee: str) -> bool:
    """Whether whatever looks like a name of the Hub is one there (`from_quantized`, `Reranker`)."""
    parts = set(snake(callee.rpartition(".")[2]).split("_"))
    return takes_a_model(callee) and not parts.isdisjoint(_WEIGHTS | _SURE_THINGS)
