"""The catalog: what was seen of single models, datasets and tags."""

from __future__ import annotations

import re

from scanner.knowledge.fields import Fields
from scanner.knowledge.store import Knowledge
from scanner.patterns import regex
from scanner.records.fact import Confidence
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

KIND = "catalog"
_WRITTEN = {"hf-dataset": "dataset:", "ollama": "ollama:", "modelscope": "modelscope:"}
"""How a key begins that is not a model of the Hub, as `lading show` writes it."""
_PACKED = regex(
    r"([^:]+:\d+(?:\.\d+)?[bm])(?:-(?:instruct|chat|it))?(?:-(?:q\d\w*|i?q\d\w*|fp16|bf16|f16|fp8))?",
    re.IGNORECASE,
)
"""A tag of a size and, behind it, only how the model is packed."""


@dataclass(frozen=True, slots=True)
class CatalogRow:
    """What is known of one repository or tag without asking anybody."""

    name: str
    """Under its present name, in its own letter case."""
    kind: str
    """hf-model, hf-dataset or ollama."""
    renamed_from: str
    """The name asked for, where the row goes by another one now; else `"none"`."""
    license_ids: tuple[str, ...] | Unknown
    """The card's `license`, as written; `()` where the card states none."""
    license_name: str | Unknown | None
    """The card's `license_name`; None where the row names none."""
    license_link: str | Unknown | None
    bases: tuple[str, ...] | Unknown
    """Names it was made from; `()` where none is declared, which alone does not make it a root."""
    relation: str | Unknown
    """finetune, quantized, adapter, merge."""
    root: str
    """yes: no model of another developer stands behind it; no; unknown."""
    stands_for: str | None
    """Of an Ollama tag: the repository on the Hub whose model it carries."""
    pipeline_tag: str | Unknown
    library: str | Unknown
    gated: bool | str | Unknown
    revision: str | Unknown
    """A commit at which these facts were seen."""
    new_version: str | None
    source: str | Unknown
    confidence: Confidence
    """Of the license."""
    base_confidence: Confidence
    """Of bases and root."""
    as_of: str | Unknown
    note: str | None
    datasets: tuple[str, ...] | Unknown = Unknown("not recorded")
    """Training datasets its card names; `()` where the card was read and names none."""
    taken_over: tuple[str, ...] = ()
    """Former names that belonged to another repository: they lead here, but this is not what they named."""


def look_up(knowledge: Knowledge, kind: str, name: str) -> CatalogRow | None:
    """Find the row of a name, letter case aside, also under a name it had before.

    `kind` is hf-model, hf-dataset, ollama or modelscope. An Ollama name without a tag means `:latest`; a
    tag that adds only a way of packing to a size (`7b-instruct-q4_K_M`) carries the model of that size.
    """
    asked = _ollama_name(name) if kind == "ollama" else name
    key = _key_of(knowledge, kind, asked) or _of_todays_owner(knowledge, kind, asked)
    if key is None and kind == "ollama" and (packed := _PACKED.fullmatch(asked)):
        key = _key_of(knowledge, kind, packed.group(1))
    body = knowledge.get(KIND, key) if key else None
    if key is None or body is None:
        return None
    # A tag is shown as it was asked for: several tags may carry one model.
    shown = asked.casefold() if kind == "ollama" else key.removeprefix(_WRITTEN.get(kind, ""))
    return _row(Fields(body, knowledge.source_of(KIND, key)), kind, shown, name)


def _ollama_name(name: str) -> str:
    bare = name.removeprefix("library/")
    return bare if ":" in bare.rsplit("/", 1)[-1] else f"{bare}:latest"


def _key_of(knowledge: Knowledge, kind: str, asked: str) -> str | None:
    written = _WRITTEN.get(kind, "")
    keys = knowledge.resolve_alias(KIND, f"{written}{asked}")
    of_kind = [key for key in keys if written or not key.startswith(tuple(_WRITTEN.values()))]
    exact = [key for key in of_kind if key.casefold() == f"{written}{asked}".casefold()]
    found = exact or of_kind
    return found[0] if len(found) == 1 else None


def _of_todays_owner(knowledge: Knowledge, kind: str, asked: str) -> str | None:
    """Where an owner goes by another name now, the Hub leads each of its repositories there."""
    owner, slash, rest = asked.partition("/")
    record = knowledge.get("publishers", owner) if slash and kind in ("hf-model", "hf-dataset") else None
    renamed = record.get("renamed_to") if record else None
    return _key_of(knowledge, kind, f"{renamed}/{rest}") if isinstance(renamed, str) else None


def _row(fields: Fields, kind: str, shown: str, asked: str) -> CatalogRow:
    gated = fields.value("gated")
    return CatalogRow(
        name=shown,
        kind=kind,
        renamed_from="none" if kind == "ollama" or asked.casefold() == shown.casefold() else asked,
        license_ids=_texts(fields, "license"),
        license_name=_optional(fields, "license_name"),
        license_link=_optional(fields, "license_link"),
        bases=_texts(fields, "bases"),
        relation=fields.text("relation"),
        root=_root(fields),
        stands_for=_known(fields, "stands_for"),
        pipeline_tag=fields.text("pipeline_tag"),
        library=fields.text("library"),
        gated=gated if isinstance(gated, (bool, str)) else Unknown("the row does not say"),
        revision=fields.text("revision"),
        new_version=_known(fields, "new_version"),
        source=fields.text("source"),
        confidence=fields.confidence(),
        base_confidence=fields.confidence("base_confidence"),
        as_of=fields.text("as_of"),
        note=_known(fields, "note"),
        datasets=_texts(fields, "datasets"),
        taken_over=fields.texts("taken_over"),
    )


def _texts(fields: Fields, name: str) -> tuple[str, ...] | Unknown:
    if fields.is_unknown(name):
        reason = fields.text(name)
        return reason if isinstance(reason, Unknown) else Unknown("not recorded")
    return fields.texts(name)


def _optional(fields: Fields, name: str) -> str | Unknown | None:
    return None if fields.value(name) is None else fields.text(name)


def _known(fields: Fields, name: str) -> str | None:
    value = fields.text(name)
    return value if isinstance(value, str) else None


def _root(fields: Fields) -> str:
    value = fields.value("root")
    if value not in (None, "yes", "no", "unknown"):
        raise fields.broken("root", "yes, no or unknown")
    return value if isinstance(value, str) else "unknown"
