"""Settings that send model downloads to another hub."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.discovery.names import HUB_HOSTS
from scanner.discovery.views import Constant, Opaque, Text
from scanner.patterns import regex

ADDRESS_SWITCHES = frozenset({"HF_ENDPOINT", "HF_HUB_ENDPOINT", "HUGGINGFACE_HUB_ENDPOINT", "HF_MIRROR"})
"""Variables that hold the address of a hub."""
MODELSCOPE_SWITCHES = frozenset(
    {"VLLM_USE_MODELSCOPE", "USE_MODELSCOPE_HUB", "SGLANG_USE_MODELSCOPE", "LMDEPLOY_USE_MODELSCOPE"}
    | {"USE_MODELSCOPE", "SWIFT_USE_MODELSCOPE", "VERL_USE_MODELSCOPE"}
)
"""Variables that choose ModelScope when true."""
ADDRESS_VARIABLE = regex(r"([A-Z][A-Z0-9_]{0,40}?)_(?:API_BASE(?:_URL)?|BASE_URL|API_URL|ENDPOINT|HOST)")
"""Variables in which clients of a service look for its address, and the word for the service."""
CLIENTS = frozenset({"HfApi", "HfFileSystem"})
"""Classes of the Hub's client that are told its address first."""
_TRUE = frozenset({"1", "true", "yes", "on", "y", "t"})


def is_modelscope_switch(name: str, value: str) -> bool:
    """Whether a variable with this value sends downloads to ModelScope."""
    return name.upper() in MODELSCOPE_SWITCHES and value.strip().lower() in _TRUE


def is_address_switch(name: str, value: str) -> bool:
    """Whether a variable with this value sends downloads to an address that is not the Hub's own."""
    return name.upper() in ADDRESS_SWITCHES and is_other_hub(value)


def is_other_hub(value: str) -> bool:
    """Whether an address is there and is not the Hub's own."""
    if not value.strip():
        return False
    host = value.strip().lower().partition("://")[2] or value.strip().lower()
    return host.partition("/")[0].partition(":")[0] not in HUB_HOSTS


def uses_modelscope(environment: Iterable[tuple[str, Text | Opaque | Constant | str]]) -> bool:
    """Whether the variables around a place choose ModelScope."""
    for name, value in environment:
        text = value if isinstance(value, str) else str(getattr(value, "value", ""))
        if is_modelscope_switch(name, text):
            return True
    return False
