"""What a model card and the Hub's metadata say of license and bases, whatever shape they have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from scanner.errors import PolicyBroken
from scanner.marked_yaml import plain, read_yaml
from scanner.patterns import regex
from scanner.records.encoding import Json
from scanner.records.fact import Confidence
from scanner.records.sighting import Kind
from scanner.resolution.names import dataset_of, repository_of
from scanner.resolution.source import TRAINED_ON, Base, Card

MAX_FRONT_MATTER_BYTES = 65_536
MAX_BASES = 64
"""Bases read of one card; a merge of more is cut, and the closure says so."""
MAX_DATASETS = 16
"""Training datasets followed of one card: every one costs a request, and judges least of all."""
MAX_FIELD_CHARACTERS = 300
RELATIONS = frozenset({"finetune", "quantized", "adapter", "merge", "distillation", "mirror"})

_FRONT_MATTER = regex(r"\A\ufeff?\s*---[ \t]*\r?\n(.*?)(?:\r?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def front_matter(readme: str) -> dict[str, Json]:
    """Read the YAML block at the head of a README.

    An unreadable block, or none, gives an empty mapping: then the card says nothing.
    """
    matched = _FRONT_MATTER.match(readme[:MAX_FRONT_MATTER_BYTES])
    if matched is None:
        return {}
    try:
        read = plain(read_yaml(matched.group(1), "README.md"))
    except PolicyBroken:
        return {}
    return read if isinstance(read, dict) else {}


def texts(value: object) -> tuple[str, ...]:
    """A string or a list of strings, as a tuple; other shapes give what strings they hold."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple):
        return ()
    found = (member.strip() for member in value[:MAX_BASES] if isinstance(member, str))
    return tuple(member[:MAX_FIELD_CHARACTERS] for member in found if member)


def read_card(card: Mapping[str, object], tags: tuple[str, ...]) -> Card:
    """Read the license fields; tags count only where the card itself has none."""
    named = tuple(tag.removeprefix("license:") for tag in tags if tag.startswith("license:"))
    return Card(
        license_ids=texts(card.get("license")),
        license_name=_text(card.get("license_name")),
        license_link=_text(card.get("license_link")),
        tag_ids=named,
    )


def read_bases(
    base_models: object, card: Mapping[str, object], tags: tuple[str, ...], source: str
) -> tuple[Base, ...]:
    """Collect the bases a repository names, each once, in the order they are named.

    The Hub's own answer (`baseModels`) knows today's names and the relation; where it says nothing, the
    card and then the tags do.
    """
    relation = _text(card.get("base_model_relation"))
    found: dict[str, Base] = {}
    readings = (
        _of_answer(base_models, source),
        _of_card(card, tags, relation, source),
        _of_tags(tags, source),
    )
    for reading in readings:
        for base in reading:
            found.setdefault(base.name.lower(), base)
        if found:
            break
    return tuple(found.values())[:MAX_BASES]


def read_datasets(card: Mapping[str, object], tags: tuple[str, ...], source: str) -> tuple[Base, ...]:
    """Collect the datasets a model's card says it was trained on, each once; else its tags."""
    named = texts(card.get("datasets")) or tuple(
        tag.removeprefix("dataset:") for tag in tags if tag.startswith("dataset:")
    )
    return named_datasets(named, source, Confidence.VERIFIED)


def named_datasets(named: tuple[str, ...], source: str, confidence: Confidence) -> tuple[Base, ...]:
    """What a card names as its training data, whether it is a dataset of the Hub or not; each once."""
    found: dict[str, Base] = {}
    for text in named[:MAX_BASES]:
        name = dataset_of(text)
        shown = name or text
        is_beyond = len(found) >= MAX_DATASETS
        base = Base(shown, TRAINED_ON, Kind.HF_DATASET, confidence, source, name is not None, is_beyond)
        found.setdefault(shown.lower(), base)
    return tuple(found.values())


def base_of(text: str, relation: str | None, source: str, confidence: Confidence) -> Base:
    """Make a base of what a card or header names, whether it is a repository or not."""
    name = repository_of(text)
    known = relation if relation in RELATIONS else "unknown"
    shown = name or text.strip()[:MAX_FIELD_CHARACTERS]
    return Base(shown, known, Kind.HF_MODEL, confidence, source, name is not None)


def _of_answer(base_models: object, source: str) -> Iterator[Base]:
    """`{"relation": …, "models": [{"id": …}]}`, a list of names, or a list of mappings with `id`."""
    relation: str | None = None
    if isinstance(base_models, Mapping):
        relation = _text(base_models.get("relation"))
        base_models = base_models.get("models")
    if not isinstance(base_models, list):
        return
    for member in base_models[:MAX_BASES]:
        name = member.get("id") if isinstance(member, Mapping) else member
        if isinstance(name, str) and name.strip():
            yield base_of(name, relation, source, Confidence.VERIFIED)


def _of_card(
    card: Mapping[str, object], tags: tuple[str, ...], relation: str | None, source: str
) -> Iterator[Base]:
    names = texts(card.get("base_model"))
    tagged = {base.name.lower(): base.relation for base in _of_tags(tags, source)}
    for name in names:
        known = relation or tagged.get(name.lower()) or ("merge" if len(names) > 1 else None)
        yield base_of(name, known, source, Confidence.VERIFIED)


def _of_tags(tags: tuple[str, ...], source: str) -> Iterator[Base]:
    """`base_model:RELATION:NAME` before `base_model:NAME`, which says less."""
    pairs = [tag.split(":", 2)[1:] for tag in tags if tag.startswith("base_model:")]
    for pair in sorted(pairs, key=lambda pair: -len(pair)):
        if len(pair) == 2 and pair[0] in RELATIONS:
            yield base_of(pair[1], pair[0], source, Confidence.VERIFIED)
        elif len(pair) == 1:
            yield base_of(pair[0], None, source, Confidence.VERIFIED)


def _text(value: object) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    return value.strip()[:MAX_FIELD_CHARACTERS]
