"""A license as lading knows it: identity, source of its text, terms."""

from __future__ import annotations

from scanner.records.asset import Category
from scanner.records.choices import Enum
from scanner.records.fact import Confidence
from scanner.records.quick import dataclass
from scanner.records.terms import Terms
from scanner.records.unknown import Unknown


class DocumentKind(Enum):
    """What a record of the licenses is a record of."""

    LICENSE = "license"
    USE_POLICY = "use-policy"
    """A document that binds together with a license (acceptable use, prohibited use)."""
    SERVICE_TERMS = "service-terms"
    """The contract under which a hosted model is used."""
    NO_SINGLE_LICENSE = "no-single-license"
    """A name that says less than one license: a group of texts, or that nothing is said."""


@dataclass(frozen=True, slots=True)
class TextSource:
    """Where the text was read that a record speaks of."""

    sha256: str | Unknown
    """SHA-256 of the file as read."""
    where: str
    """`OWNER/REPOSITORY@COMMIT:PATH`, a package and its version, or an address."""
    as_of: str
    """Day it was read."""
    note: str | None = None
    fingerprint: str | None = None
    """SHA-256 of its words in order, markup and wrapping aside: by it a text of one's own is recognized. The
    fingerprints of the shipped texts, by which changed ones are told too, stand in one file of their own."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another version of the license, or a near relative, and how it differs in words."""

    key: str
    difference: str
    """How that text differs from this one."""
    is_newer: bool = False
    """Whether it is the next version of the same license."""
    is_older: bool = False
    """Whether it is the version of the same license before this one."""
    is_stricter: bool = False
    """Whether it asks more or grants less than this one."""


@dataclass(frozen=True, slots=True)
class Document:
    """Another document the license makes binding."""

    name: str
    key: str | Unknown
    """Key of its own record; Unknown where its text was not read."""
    url: str | Unknown


@dataclass(frozen=True, slots=True)
class LicenseRecord:
    """Everything known about one license."""

    key: str
    kind: DocumentKind
    spdx: str
    """SPDX id, `LicenseRef-scancode-KEY` or `LicenseRef-lading-KEY`; `NOASSERTION` for no single license."""
    title: str
    version: str
    """Version or date in the text; `"none"` where it carries neither."""
    licensor: str
    """Who offers it; `"any"` for texts anyone may use."""
    licensor_country: str | Unknown
    category: Category | Unknown
    line: str
    """The license line: versions of one license share it (`llama`, `gemma`)."""
    text: TextSource | Unknown
    terms: Terms | Unknown
    siblings: tuple[Sibling, ...] = ()
    same_terms_as: tuple[str, ...] = ()
    """Keys whose text differs in name, holder or date only."""
    documents: tuple[Document, ...] = ()
    hub_ids: tuple[str, ...] = ()
    """Values of the card field `license` that mean this record."""
    members: tuple[str, ...] = ()
    """Of a name that is no single license: keys it may mean."""
    reason: str | None = None
    """Of a name that is no single license: why, as a report says it."""
    confidence: Confidence = Confidence.UNVERIFIED
    """How sure identity and category are; each term carries its own."""
    note: str | None = None
