"""The names in a Python text, and those of them that speak of a model."""

from __future__ import annotations

from functools import lru_cache

from scanner.discovery.code_names import hints_of, is_output
from scanner.discovery.config_keys import KeyRole
from scanner.discovery.vocabulary import words

_NO_NAME = bytes(sign if sign >= 128 or chr(sign).isalnum() or sign == 95 else 32 for sign in range(256))
"""Every byte that is no part of a name becomes a space."""
_ROLES = (KeyRole.MODEL, KeyRole.MODEL_BY_SHAPE, KeyRole.DATASET)
PARTS = words(
    "model llm tokeni checkpoint embed rank encoder vae vocoder unet controlnet lora adapter peft pretrained"
    " processor extractor tower draft judge deployment engine weights generator retriever summarizer"
    " classifier ckpt hf hub huggingface repo base dataset whisper completion chat"
)
"""One of these stands in every name that speaks of a model, in lower case."""


def names_of(text: str) -> set[str]:
    """Every name and number in a text, those in strings and comments too."""
    return set(text.encode("utf-8", "replace").translate(_NO_NAME).decode("utf-8", "replace").split())


def speaking_names(names: set[str]) -> set[str]:
    """Those of the names that speak of a model.

    All are searched at once for what stands in such names; to ask each of them took longer than all else
    that is asked of a file before it is parsed.
    """
    listed = "\n".join(("", *names, ""))
    lowered = listed.lower()
    if len(lowered) != len(listed):
        return set(filter(_speaks, names))  # a letter became two: the places no longer agree
    found = set()
    for part in PARTS:
        at = lowered.find(part)
        while at >= 0:
            end = listed.index("\n", at)
            found.add(listed[listed.rindex("\n", 0, at) + 1 : end])
            at = lowered.find(part, end)
    return set(filter(_speaks, found))


@lru_cache(maxsize=8192)
def _speaks(name: str) -> bool:
    return hints_of(name) in _ROLES and not is_output(name)
