"""What a reader and a detector promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from scanner.discovery.source import Source
from scanner.discovery.views import View
from scanner.knowledge.libraries import CallRecord
from scanner.records.quick import dataclass
from scanner.records.sighting import CodeLoad, HubSwitch, Sighting, Unresolved


class Context(Protocol):
    """What a detector may ask about the world and the project; nothing here opens a socket."""

    def is_known_model(self, name: str) -> bool:
        """Whether the catalog holds this model, dataset or legacy name (letter case aside)."""

    def provider_of_host(self, url: str) -> str | None:
        """Id of the hosted service that answers at this address, None where no record says."""

    def provider_of_prefix(self, prefix: str) -> str | None:
        """Id of the hosted service behind a router prefix (`deepseek/`, `bedrock/`)."""

    def provider_spelled(self, word: str) -> str | None:
        """Id of the hosted service that libraries and settings call so (`google_genai`, `Vertex AI`)."""

    def providers_of_model(self, model: str) -> tuple[str, ...]:
        """Ids of the services whose model-name patterns match (`gpt-4o` → `openai`)."""

    def has_own_models(self, provider: str) -> bool:
        """Whether a service's models bear names of its own: it does not serve those of others."""

    def model_paths(self, provider: str) -> tuple[str, ...]:
        """Templates of the paths in which a service's addresses name a model (`*/models/{model}:*`)."""

    def provider_of_client(self, library: str, call: str, model: str = "") -> str | None:
        """Id of the service a library's client speaks to when the project gives no address."""

    def calls_of(self, name: str) -> tuple[CallRecord, ...]:
        """Records of the library calls this dotted name may be, the most specific first."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Bytes of one language or file shape to views."""

    language: str
    """Id; embedded texts name it."""
    endings: tuple[str, ...]
    """File endings with the dot, lower case."""
    names: tuple[str, ...]
    """Whole file names or globs (`Dockerfile*`), case kept."""
    read: Callable[[Source], Iterator[View]]
    reads_headers: bool = False
    """Whether it reads the first bytes of a binary file (then `read` gets latin-1 text of them)."""


@dataclass(frozen=True, slots=True)
class Detector:
    """Views to sightings: one way of naming a model."""

    id: str
    views: tuple[type, ...]
    """The classes of views it wants to see."""
    detect: Callable[[View, Source, Context], Iterator[Sighting | Unresolved | HubSwitch | CodeLoad]]
    blind_spots: tuple[str, ...]
    """What it is known not to see, a sentence each; printed in the documentation."""
    languages: tuple[str, ...] = ()
    """Languages of the texts it looks at; empty for all. It is not loaded for a text of another."""
