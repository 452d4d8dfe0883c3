"""Base models and remote code named in the files that describe a model."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.names import decode, is_hub_id, is_local_path, is_placeholder
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.source import Source
from scanner.discovery.views import Header, View
from scanner.records.sighting import Certainty, Kind, Role, Sighting

ID = "model-descriptions"


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting]:
    """Read what an adapter was trained on, what a configuration came from, whose code it runs.

    The base of an adapter is loaded with it, and so is the repository of `auto_map`: dependencies.
    `_name_or_path` only says where a folder came from: a mention.
    """
    if not isinstance(view, Header):
        return
    said = dict(view.fields)
    if view.format == "adapter-config":
        yield from _name(said.get("base_model_name_or_path", ""), view, source, context, Role.DEPENDENCY,
                         revision=said.get("revision") or "none", key="base_model_name_or_path")  # fmt: skip
    elif view.format == "model-config":
        name, text = said.get("_name_or_path"), said.get("auto_map", "")
        if name:
            yield from _name(name, view, source, context, Role.MENTION, key="_name_or_path")
        elif "--" in text:
            repository = text.partition("--")[0]
            if is_hub_id(repository):
                yield _sighting(
                    repository, "none", view, source, Role.DEPENDENCY, "auto_map", remote_code=True
                )


def _name(
    text: str,
    view: Header,
    source: Source,
    context: Context,
    role: Role,
    *,
    key: str,
    revision: str = "none",
) -> Iterator[Sighting]:
    found = decode(text)
    if found is not None and not is_placeholder(found.name):
        yield _sighting(found.name, found.revision, view, source, role, key)
    elif found is not None or is_local_path(text) or is_placeholder(text):
        return
    elif is_hub_id(text) or context.is_known_model(text):
        yield _sighting(text, revision, view, source, role, key)


def _sighting(
    name: str,
    revision: str,
    view: Header,
    source: Source,
    role: Role,
    key: str,
    *,
    remote_code: bool | None = None,
) -> Sighting:
    return Sighting(
        Kind.HF_MODEL,
        name,
        revision,
        role,
        source.scope,
        Certainty.LITERAL,
        ID,
        view.location,
        remote_code=remote_code,
        library="peft" if view.format == "adapter-config" else "transformers",
        call=key,
        header=view.fields,
    )


DETECTOR = Detector(
    ID,
    (Header,),
    detect,
    (
        "A base model given as a local path leads to its repository only within the Hub's cache.",
        "Classes of auto_map without a repository run code of the folder itself and name no other model.",
    ),
)
