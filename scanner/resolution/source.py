"""What a source promises: a question in, what it knows of one repository out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from scanner.records.asset import ModelFile
from scanner.records.choices import Enum
from scanner.records.fact import Confidence, Evidence
from scanner.records.quick import dataclass, field
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.settings import Settings

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge
    from scanner.records.lock import Lock


@dataclass(frozen=True, slots=True)
class Question:
    """One repository to ask about."""

    kind: Kind
    name: str
    revision: str = "none"
    """Commit, tag or branch; `"none"` for whatever the default branch holds."""

    @property
    def is_pinned(self) -> bool:
        """Whether the revision is a whole commit, which cannot move."""
        return is_commit(self.revision)

    @property
    def order(self) -> tuple[str, str, str]:
        """For sorting."""
        return self.kind.value, self.name, self.revision


def is_commit(revision: str) -> bool:
    """Whether this is a full commit: 40 hexadecimal digits."""
    return len(revision) == 40 and set(revision) <= set("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class LicenseText:
    """A license text of a repository."""

    path: str
    sha256: str
    """Over the bytes of the file."""
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """The license fields of a model card, as written."""

    license_ids: tuple[str, ...] = ()
    """`license` of the card; several where it is a list."""
    license_name: str | None = None
    license_link: str | None = None
    tag_ids: tuple[str, ...] = ()
    """`license:` tags; what is left where there is no card."""
    gguf_ids: tuple[str, ...] = ()
    """What the header of a weight file names: GGUF's `general.license`, safetensors' `modelspec.license`."""
    texts: tuple[LicenseText, ...] = ()
    """License texts the source has read."""


TRAINED_ON = "trained-on"
"""Relation of a model to a dataset its card names as training data."""
SILENT_CARD = "the card names no training dataset; that does not say there is none"


@dataclass(frozen=True, slots=True)
class Base:
    """One repository this one says it is made from."""

    name: str
    """A repository name, or what the card says where that is none."""
    relation: str
    """finetune, quantized, adapter, merge, distillation, trained-on, or unknown."""
    kind: Kind = Kind.HF_MODEL
    confidence: Confidence = Confidence.VERIFIED
    source: str = ""
    is_repository: bool = True
    """False for a local path or an address that leads to no repository."""
    is_beyond: bool = False
    """Whether a bound keeps it from being asked about."""

    @property
    def is_asked(self) -> bool:
        """Whether the sources are asked about it."""
        return self.is_repository and not self.is_beyond


@dataclass(frozen=True, slots=True)
class Repository:
    """What one source knows of one repository."""

    kind: Kind
    name: str
    """The name the source answers under."""
    source: str
    """Evidence source: `hub:NAME@COMMIT`, `catalog`, `lockfile`, …"""
    answered_by: str
    as_of: str | Unknown
    confidence: Confidence
    commit: str | Unknown
    repository_id: str | Unknown
    card: Card
    bases: tuple[Base, ...]
    is_root: bool | None = None
    """True or False where it is known whether it was made from nothing else; None where not."""
    base_reason: str = "the card names no base; that does not say there is none"
    """Why the bases are not known, where there are none and it is not known to be a root."""
    files: tuple[ModelFile, ...] | Unknown = field(default_factory=lambda: Unknown("no list of files"))
    modality: str | Unknown = field(default_factory=lambda: Unknown("no pipeline tag"))
    library: str | Unknown = field(default_factory=lambda: Unknown("no library named"))
    gated: bool | str | Unknown = field(default_factory=lambda: Unknown("not stated"))
    availability: str | Unknown = "public"
    license_key: str | None = None
    """Key a source states outright (the lockfile); else the card decides."""
    license_expression: str | None = None
    evidence: tuple[Evidence, ...] = ()
    """Statements worth keeping that are no field here (a rename, a newer version, a limited mirror)."""
    datasets: tuple[Base, ...] = ()
    """Datasets the card says it was trained on; they say nothing of which model it was made from."""
    datasets_reason: str = SILENT_CARD
    """Why the training data is not known, where no dataset is named."""
    license_reason: str = "the repository declares no license"
    """Why there is no license, where nothing states one."""
    publisher: str | None = None
    """Publisher where the name does not say it (an Ollama library model)."""
    is_thin: bool = False
    """Whether a fuller source is to be asked all the same, because no card could be read here."""
    seen_at: str | None = None
    """Commit at which a catalog's facts were seen, where it says."""
    carries: str | None = None
    """Repository whose model this one only packs (an Ollama tag): its license holds where none is said."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A source's answer that there is nothing to read: an answer, not a failure."""

    availability: str
    """missing, private, missing-or-private, gated, disabled, missing-revision."""
    reason: str
    source: str
    answered_by: str
    as_of: str | Unknown


def followed(repository: Repository) -> tuple[Base, ...]:
    """Everything to follow of a repository: bases, then the datasets its card names."""
    return repository.bases + repository.datasets


Outcome = Repository | Absent
"""What a source says when it says something."""


class Reach(Enum):
    """When a source is asked."""

    MEMORY = "memory"
    """The lockfile: offline, before all others; online only where nobody else answers."""
    DISK = "disk"
    """On this machine, always; an answer ends the chain."""
    KNOWN = "known"
    """The catalog: fills gaps; answers alone only where nothing nearer the repository did."""
    NETWORK = "network"
    """Never opened offline."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a source is opened with."""

    knowledge: Knowledge
    settings: Settings
    root: Path
    lock: Lock | None
    headers: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """By the name of a weight file of the project: what its header says."""
    guesses: frozenset[Question] = frozenset()
    """Names nobody is sure are names: told to nobody but the Hub."""


@dataclass(frozen=True, slots=True)
class Place:
    """Who is asked, and how: the same name may mean something else elsewhere."""

    source: str = ""
    endpoint: str = ""
    is_anonymous: bool = True
    """A private repository answers only those who show a token; the token itself is never kept."""


class Asker(Protocol):
    """An opened source."""

    def ask(self, question: Question) -> Outcome | None:
        """Answer the question, None where this source does not know the name.

        Raises:
            SourceUnavailable: it had to be asked and gave no usable answer.
        """

    def with_texts(self, repository: Repository) -> Repository:
        """Read the license texts of a repository it has answered for, where this source can."""

    def close(self) -> None:
        """Let go of files and connections."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source: a file in `sources/` offers it as SOURCE."""

    id: str
    order: int
    reach: Reach
    kinds: frozenset[Kind]
    open: Callable[[Surroundings], Asker | None]
    """None where there is nothing to ask here (no lockfile, no cache folder)."""
    is_last_resort: bool = False
    """Whether it is asked only about names of which the catalog does not know what they carry."""
    place: Callable[[], Place] = Place
    """Where answers come from, for keeping them; only network sources are kept."""
