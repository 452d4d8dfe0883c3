"""An asset: what a name turned out to be, and who said so."""

from __future__ import annotations

from scanner.records.choices import Enum
from scanner.records.fact import Confidence, Evidence
from scanner.records.lock import Drift
from scanner.records.quick import dataclass, field
from scanner.records.sighting import Kind, Sighting
from scanner.records.terms import Terms
from scanner.records.unknown import Unknown


class Category(Enum):
    """License categories a policy can name as `category:NAME`."""

    PERMISSIVE = "permissive"
    PERMISSIVE_WITH_CONDITIONS = "permissive-with-conditions"
    COPYLEFT = "copyleft"
    USE_RESTRICTED = "use-restricted"
    COMMERCIAL_LIMITED = "commercial-limited"
    NON_COMMERCIAL = "non-commercial"
    PROPRIETARY_API = "proprietary-api"
    PUBLIC_DOMAIN = "public-domain"


@dataclass(frozen=True, slots=True)
class AssetLicense:
    """The license of an asset: what is declared, what was found in a text, and what follows."""

    expression: str | Unknown
    """SPDX expression; `LicenseRef-scancode-KEY` or `LicenseRef-lading-KEY` outside SPDX."""
    key: str | Unknown
    """Key of the license record; Unknown for expressions of several licenses and unread texts."""
    category: Category | Unknown
    declared: tuple[str, ...]
    """What the card or tag says, as written."""
    detected: tuple[str, ...]
    """Keys found in license texts of the repository."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An entry of a published list that names an entity."""

    list: str
    status: str
    """listed, withdrawn, under litigation, delisted."""
    as_of: str | Unknown
    source: str | Unknown
    matched: str
    """The name on the list that matched."""
    confidence: Confidence
    parent: str | None = None
    """The parent the entry names, where it does not name the party itself."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who stands behind a name: a publisher, a developer, or the entity serving an API."""

    name: str | Unknown
    """Namespace or provider id."""
    entity: str | Unknown
    parent: str | Unknown
    """Parent entity; `"none"` where it is known that there is none."""
    country: str | Unknown
    """ISO 3166-1 alpha-2."""
    parent_country: str | Unknown
    kind: str | Unknown
    """company, university, nonprofit, government, community, individual."""
    role: str | Unknown
    """developer, requantizer, mirror, converter; of a provider first-party, cloud, aggregator."""
    lists: tuple[ListEntry, ...]
    confidence: Confidence = Confidence.UNVERIFIED
    source: str | Unknown = field(default_factory=lambda: Unknown("not recorded"))
    as_of: str | Unknown = field(default_factory=lambda: Unknown("not recorded"))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a hosted API is reached."""

    host: str | Unknown
    region: str | Unknown
    inference_scope: str | Unknown
    """Where inference may take place (`region`, `eu`, `global`)."""


@dataclass(frozen=True, slots=True)
class Ancestor:
    """One repository a model descends from."""

    name: str
    of: str
    """The name it is a base of."""
    kind: Kind
    relation: str
    """finetune, quantized, adapter, merge, distillation, trained-on, or unknown."""
    depth: int
    """1 for a direct base."""
    license_declared: str | Unknown
    license_key: str | Unknown
    publisher: str | Unknown
    country: str | Unknown
    as_of: str | Unknown
    confidence: Confidence
    entity: str | Unknown | None = None
    parent: str | Unknown | None = None
    parent_country: str | Unknown | None = None
    lists: tuple[ListEntry, ...] | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Inherited:
    """Terms that come from an ancestor."""

    from_: str = field(metadata={"json": "from"})
    relation: str
    key: str | Unknown
    terms: Terms | Unknown


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model's repository or folder."""

    path: str
    format: str
    """safetensors, gguf, pickle, onnx, h5, config, license, …, or other."""
    bytes: int | Unknown
    runs_code: bool | Unknown
    """Whether loading this format can run code."""


@dataclass(frozen=True, slots=True)
class Asset:
    """Everything known about one model, dataset or hosted API."""

    id: str
    """`KIND:NAME@COMMIT`, `@*` where no commit is known."""
    name: str
    kind: Kind
    commit: str | Unknown
    repository_id: str | Unknown
    """The Hub's `_id`: the only identity that survives a rename."""
    renamed_from: str
    """The name asked for where the Hub answered under another one; else `"none"`."""
    answered_by: str | Unknown
    """lockfile, local, cache, catalog, hub, ollama, modelscope, knowledge; Unknown where nobody knew."""
    as_of: str | Unknown
    license: AssetLicense
    terms: Terms | Unknown
    inherited: tuple[Inherited, ...]
    publisher: Party | Unknown
    developer: Party | Unknown
    lineage: tuple[Ancestor, ...] | Unknown
    """All ancestors, breadth first; `()` only where the asset is known to be a root."""
    files: tuple[ModelFile, ...] | Unknown
    modality: str | Unknown
    """Pipeline tag (`text-generation`) or modality."""
    library: str | Unknown
    gated: bool | str | Unknown
    """False, `"auto"`, `"manual"`."""
    availability: str | Unknown
    """public, private, missing, missing-or-private, disabled; Unknown where nobody could be asked."""
    serving_entity: Party | None = None
    endpoint: Endpoint | None = None
    trained_on: tuple[Ancestor, ...] | Unknown | None = None
    """Datasets the model's card declares as training data, or that of a model it only repacks; whether there
    are more is never known. Unknown where none is declared; None for what is no model."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A sighting and the asset it turned out to name: one entry of `references[]`."""

    asset: str
    """Id of the asset."""
    sighting: Sighting = field(metadata={"flat": True})


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An asset that had to be asked for and could not be."""

    asset: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What resolution made of the sightings."""

    references: tuple[Reference, ...]
    assets: tuple[Asset, ...]
    unanswered: tuple[Unanswered, ...]
    drifts: tuple[Drift, ...] = ()
    """What differs between the lockfile and what was found; empty without a lockfile."""
