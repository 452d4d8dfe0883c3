"""A fact carries where it came from, of which day, and how sure we are."""

from __future__ import annotations

from scanner.records.choices import Enum
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown


class Confidence(Enum):
    """How sure a fact is; a judgement resting only on `UNVERIFIED` facts is at most a question."""

    VERIFIED = "verified"
    CORROBORATED = "corroborated"
    UNVERIFIED = "unverified"

    @property
    def rank(self) -> int:
        """0 for unverified, 2 for verified; for taking the weakest of several facts."""
        return {"verified": 2, "corroborated": 1, "unverified": 0}[self.value]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact with its source, as an auditor wants to see it."""

    fact: str
    """Dotted name of the fact in the report, e.g. `license.key`, `terms.territory_excluded`."""
    value: str | bool | int | float | tuple[str, ...] | Unknown
    source: str
    """Who said it: `hub:NAME@COMMIT`, `catalog`, `knowledge:licenses/KEY`, `project:FILE`, an address."""
    as_of: str | Unknown
    """Day of the statement, YYYY-MM-DD (or YYYY-MM where no day is known)."""
    confidence: Confidence
    quote: str | None = None
    """The words it rests on, at most a line."""
    location: str | None = None
    """`FILE:LINE` in the project or in the model's repository."""
