"""A setting that sends model downloads to another hub."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.plugin import Context, Detector
from scanner.discovery.source import Source
from scanner.discovery.switches import ADDRESS_SWITCHES, is_address_switch, is_modelscope_switch
from scanner.discovery.views import Command, Entry, Opaque, Text, View
from scanner.records.sighting import HubSwitch, Location, Sighting, Unresolved
from scanner.records.unknown import Unknown

ID = "hub-switch"


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved | HubSwitch]:
    """Find settings such as `HF_ENDPOINT` and `VLLM_USE_MODELSCOPE`."""
    if isinstance(view, Entry) and view.keys:
        yield from _switch(view.keys[-1], view.value, view.value.location)
    elif isinstance(view, Command):
        yield from _options(view)


def _options(view: Command) -> Iterator[HubSwitch]:
    """`docker run -e HF_ENDPOINT=…`, `env HF_ENDPOINT=… cmd`."""
    for word in view.words:
        if isinstance(word, Text) and "=" in word.value[:60]:
            name, _, value = word.value.partition("=")
            name = name.removeprefix("--env=").removeprefix("-e")
            if name.isupper():
                yield from _switch(name, Text(value, word.location), word.location)


def _switch(name: str, value: object, place: Location) -> Iterator[HubSwitch]:
    if isinstance(value, Text):
        if is_address_switch(name, value.value) or is_modelscope_switch(name, value.value):
            yield HubSwitch(name.upper(), value.value, place)
    elif isinstance(value, Opaque) and name.upper() in ADDRESS_SWITCHES:
        yield HubSwitch(name.upper(), Unknown(f"{value.expression}: {value.reason}"), place)


DETECTOR = Detector(
    id=ID,
    views=(Entry, Command),
    detect=detect,
    blind_spots=(
        "Settings outside the project (the machine's own environment, a secret store) are not seen.",
    ),
)
