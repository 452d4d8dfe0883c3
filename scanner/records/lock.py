"""The lockfile as data: what each name was when it was looked at, and what has changed since."""

from __future__ import annotations

from scanner.records.choices import Enum
from scanner.records.fact import Confidence
from scanner.records.quick import dataclass
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown


@dataclass(frozen=True, slots=True)
class LockedText:
    """A license text of a repository, by its hash."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LockedLicense:
    """The license as it stood."""

    expression: str | Unknown
    key: str | Unknown
    declared: tuple[str, ...]
    texts: tuple[LockedText, ...] = ()


@dataclass(frozen=True, slots=True)
class LockedFile:
    """One file of the locked commit, by its content."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class LockedAncestor:
    """One step of the lineage as it stood."""

    name: str
    of: str
    kind: Kind
    relation: str
    license_declared: str | Unknown
    license_key: str | Unknown
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class LockedBlock:
    """One reference of the project."""

    kind: Kind
    reference: str
    """The name as the project writes it."""
    revision: str
    """The revision as the project writes it, `"none"` where it names none."""
    name: str
    """The name the repository answered under."""
    commit: str | Unknown
    identity: str | Unknown
    license: LockedLicense
    publisher: str | Unknown
    lineage: tuple[LockedAncestor, ...] | Unknown
    gated: bool | str | Unknown
    modality: str | Unknown
    availability: str | Unknown
    answered_by: str
    as_of: str | Unknown
    confidence: Confidence
    line: int = 0
    """Line of the block in the file, from 1."""
    files: tuple[LockedFile, ...] | None = None
    """What the files of the commit were when `lading fetch --record` checked them; absent: not recorded."""
    trained_on: tuple[LockedAncestor, ...] | None = None
    """Datasets its card names, where the lineage is not known and so does not hold them; absent: none."""

    @property
    def key(self) -> str:
        """The block's key in the file: `KIND:NAME`, with `@REVISION` where the project names one."""
        return lock_key(self.kind, self.reference, self.revision)


class Change(Enum):
    """What differs between the lockfile and what the sources say now."""

    LICENSE = "license"
    TEXT = "text"
    IDENTITY = "identity"
    RENAMED = "renamed"
    GATED = "gated"
    GONE = "gone"
    COMMIT = "commit"
    BASE = "base"
    CONTRADICTED = "contradicted"
    """A source says something else of the very commit that is locked."""
    UNLOCKED = "unlocked"
    """The project names it, the lockfile does not."""
    UNUSED = "unused"
    """The lockfile holds it, the project no longer names it."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference, in words."""

    change: Change
    key: str
    """Key of the block."""
    asset: str
    """Id of the asset it is about, `"none"` where the project names it no longer."""
    was: str
    now: str
    what: str
    """One sentence: `license changed from mit to other`."""
    line: int
    """Line of the block in the lockfile; 0 where there is none."""
    source: str
    """Who says what is the case now."""
    as_of: str | Unknown
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Lock:
    """A lockfile, read."""

    path: str
    """Relative to the root of the project."""
    digest: str
    """`sha256:` and 64 hex digits over its bytes."""
    blocks: tuple[LockedBlock, ...]
    drifts: tuple[Drift, ...] = ()
    """What resolution found to differ; empty until it has compared."""
    edited: tuple[Drift, ...] = ()
    """Blocks that differ from the trusted revision of the lockfile, where one was named."""

    def index(self) -> LockIndex:
        """The blocks, to be looked up many times."""
        by_key = {block.key: block for block in self.blocks}
        by_commit: dict[tuple[Kind, str, str | Unknown], LockedBlock] = {}
        for block in self.blocks:
            for name in (block.reference, block.name):
                by_commit.setdefault((block.kind, name, block.commit), block)
        return LockIndex(by_key, by_commit)


@dataclass(frozen=True, slots=True)
class LockIndex:
    """The blocks of a lockfile by what a project writes."""

    by_key: dict[str, LockedBlock]
    by_commit: dict[tuple[Kind, str, str | Unknown], LockedBlock]

    def find(self, kind: Kind, reference: str, revision: str = "none") -> LockedBlock | None:
        """Look a reference up: as the project writes it, else by the very commit it asks for."""
        found = self.by_key.get(lock_key(kind, reference, revision))
        return found or self.by_commit.get((kind, reference, revision))


def lock_key(kind: Kind, reference: str, revision: str) -> str:
    """The key of a block."""
    return f"{kind.value}:{reference}" + ("" if revision == "none" else f"@{revision}")
