"""The Ollama registry: the license layers of tags the catalog does not know."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scanner.errors import UsageError
from scanner.records.sighting import Kind
from scanner.resolution.source import Place, Reach, Source, Surroundings

if TYPE_CHECKING:
    from scanner.resolution.ollama_asker import RegistryAsker

REGISTRY_VARIABLE = "LADING_OLLAMA_REGISTRY"


def registry() -> str:
    """The registry this run asks; never one that a scanned file names."""
    from scanner.resolution.ollama_tag import DEFAULT_HOST

    stated = os.environ.get(REGISTRY_VARIABLE) or f"https://{DEFAULT_HOST}"
    return stated.rstrip("/") if stated.startswith(("https://", "http://")) else f"https://{stated}"


def _open(surroundings: Surroundings) -> RegistryAsker:
    from scanner.resolution.ollama_asker import RegistryAsker

    try:
        is_address = bool(urlsplit(registry()).hostname)
    except ValueError:
        is_address = False
    if not is_address:
        raise UsageError(
            f"{REGISTRY_VARIABLE}={registry()!r} is no address\n  write https://HOST, or unset it"
        )
    return RegistryAsker(registry(), surroundings.settings.today.isoformat(), surroundings.guesses)


SOURCE = Source(
    id="ollama",
    order=70,
    reach=Reach.NETWORK,
    kinds=frozenset({Kind.OLLAMA}),
    open=_open,
    is_last_resort=True,
    place=lambda: Place("ollama", registry()),
)
