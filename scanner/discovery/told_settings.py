"""What the other settings of a table say of one: which function takes it, how its model is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanner.discovery.config_keys import snake
from scanner.discovery.tree_nodes import Leaf, Table
from scanner.discovery.views import Text
from scanner.discovery.vocabulary import words
from scanner.patterns import regex

_ARGUMENTS = regex(r"(?:(.*)_)?(?:kwargs|args|params|options|overrides)")
_OF_LOADING = words("trust_remote_code revision model_revision")
_GENERAL = words("model engine load loader init pipeline extra hf llm vllm from_pretrained pretrained common")
"""First words of such mappings that belong to the model itself, not to one of its parts."""
_LOADER = regex(r"(?:[\w.]+\.)?from_pretrained")
SIGNS = (
    "from_pretrained",
    "datasets.load_dataset",
    "train_split",
    "valid_split",
    "column_mapping",
    "_core_",
)
"""What stands in settings that name something, though no key of them speaks of models."""
_TRAINING = words("train_split valid_split column_mapping")
_MODEL = "pretrained_model_name_or_path"
_DATASET = "dataset_path"
_NOTHING: Mapping[str, str] = {}


def told_of_loading(table: Table) -> Iterator[tuple[str, str]]:
    """What `model_kwargs: {trust_remote_code: true}` says of the names beside it."""
    for key, node in table.entries:
        if not isinstance(node, Table) or (named := _ARGUMENTS.fullmatch(snake(key.value))) is None:
            continue
        stem = named[1] or ""
        for name, leaf in node.entries:
            told = snake(name.value)
            if told in _OF_LOADING and isinstance(leaf, Leaf):
                is_general = stem in _GENERAL or not stem
                if is_general or told != "trust_remote_code":
                    yield (told if is_general else f"{stem}_{told}", leaf.written())


def meant_keys(table: Table, keys: tuple[str, ...]) -> Mapping[str, str]:
    """The keys of a table that mean another, where what stands beside them says which function takes them.

    Hydra's `_target_`, torchtune's `_component_`, spaCy's `@architectures`, a component of Rasa, the data of
    AutoTrain.
    """
    said = {key.value: node for key, node in table.entries if key.value in _SAYING}
    if not said:
        return _NOTHING
    target = _text(said.get("_target_"))
    if _LOADER.fullmatch(target):
        return {"_args_": _MODEL}
    if target == "datasets.load_dataset":
        return {"path": _DATASET, "_args_": _DATASET}
    if _text(said.get("_component_")).startswith("torchtune.datasets."):
        return {"source": _DATASET}
    if _OF_SPACY.match(_text(said.get("@architectures")) or _text(said.get("@model_loaders"))):
        return {"name": _MODEL}
    if _text(said.get("name")) in {"LanguageModelFeaturizer", "HFTransformersNLP"}:
        return {"model_weights": _MODEL}
    if keys and snake(keys[-1]) == "data" and _TRAINING & said.keys():
        return {"path": _DATASET}
    return _NOTHING


_SAYING = _TRAINING | {"_target_", "_component_", "name", "@architectures", "@model_loaders"}
_OF_SPACY = regex(r"spacy-(?:curated-)?transformers\.(?:TransformerModel|HFTransformerEncoder)\b")


def _text(node: object) -> str:
    return node.value.value if isinstance(node, Leaf) and isinstance(node.value, Text) else ""
