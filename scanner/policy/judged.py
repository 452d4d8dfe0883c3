"""One term of a license, judged against the declared use."""

from __future__ import annotations

from scanner.records.choices import Enum
from scanner.records.fact import Confidence
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown


class State(Enum):
    """How a term stands to the declared use."""

    VIOLATED = "violated"
    QUESTION = "question"
    """A fact, or the text's meaning, is missing."""
    MET = "met"
    NOT_APPLICABLE = "not-applicable"
    """The text has no such term, or its condition is not fulfilled."""
    OWED = "owed"
    """Allowed, and a duty follows."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one term comes to."""

    term: str
    """Field name of the term: `thresholds`, `distribution.hosted_service`."""
    state: State
    why: str
    """Half a sentence: what the text says and what the project declares."""
    clause: str | Unknown = "none"
    confidence: Confidence = Confidence.VERIFIED
    missing: str | None = None
    """The fact that would settle a question, as a policy would name it."""
    detail: str = ""
    """Tells two judgements on one term apart (metric, field)."""
