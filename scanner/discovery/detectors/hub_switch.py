"""A setting that sends model downloads to another hub."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.plugin import Context, Detector
from scanner.discovery.source import Source
from scanner.discovery.switches import (
    ADDRESS_SWITCHES,
    CLIENTS,
    is_address_switch,
    is_modelscope_switch,
    is_other_hub,
)
from scanner.discovery.views import Assignment, Call, Command, Entry, Opaque, Text, View
from scanner.records.sighting import HubSwitch, Location, Sighting, Unresolved
from scanner.records.unknown import Unknown

ID = "hub-switch"
JAVASCRIPT = frozenset({"javascript", "typescript", "tsx"})


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved | HubSwitch]:
    """Find settings such as `HF_ENDPOINT` and `VLLM_USE_MODELSCOPE`."""
    if isinstance(view, Entry) and view.keys:
        yield from _switch(view.keys[-1], view.value, view.value.location)
    elif isinstance(view, Command):
        yield from _options(view)
    elif isinstance(view, Call) and view.name.startswith("huggingface_hub."):
        yield from _endpoint(view)
    elif isinstance(view, Assignment) and source.language in JAVASCRIPT:
        # `process.env.HF_ENDPOINT = …`, and `env.remoteHost = …` of transformers.js.
        is_host = view.target == "remoteHost" and "transformers" in source.text
        for member in view.value:
            if is_host and isinstance(member, Text) and is_other_hub(member.value):
                yield HubSwitch(view.target, member.value, member.location)
            elif isinstance(member, Text | Opaque):
                yield from _switch(view.target, member, member.location)


def _options(view: Command) -> Iterator[HubSwitch]:
    """`docker run -e HF_ENDPOINT=…`, `env HF_ENDPOINT=… cmd`."""
    for word in view.words:
        if isinstance(word, Text) and "=" in word.value[:60]:
            name, _, value = word.value.partition("=")
            name = name.removeprefix("--env=").removeprefix("-e")
            if name.isupper():
                yield from _switch(name, Text(value, word.location), word.location)


def _endpoint(view: Call) -> Iterator[HubSwitch]:
    """`HfApi(endpoint=…)`, `snapshot_download(…, endpoint=…)`."""
    is_client = view.name.rpartition(".")[2] in CLIENTS
    value = view.argument("endpoint") or (view.positional[0] if is_client and view.positional else ())
    for member in value:
        if isinstance(member, Text) and is_other_hub(member.value):
            yield HubSwitch("endpoint", member.value, member.location)
        elif isinstance(member, Opaque):
            yield HubSwitch("endpoint", Unknown(f"{member.expression}: {member.reason}"), member.location)


def _switch(name: str, value: object, place: Location) -> Iterator[HubSwitch]:
    if isinstance(value, Text):
        if is_address_switch(name, value.value) or is_modelscope_switch(name, value.value):
            yield HubSwitch(name.upper(), value.value, place)
    elif isinstance(value, Opaque) and name.upper() in ADDRESS_SWITCHES:
        yield HubSwitch(name.upper(), Unknown(f"{value.expression}: {value.reason}"), place)


DETECTOR = Detector(
    id=ID,
    views=(Entry, Command, Call, Assignment),
    detect=detect,
    blind_spots=(
        "Settings outside the project (the machine's own environment, a secret store) are not seen.",
    ),
)
