"""What a report format offers."""

from __future__ import annotations

from collections.abc import Callable

from scanner.records.quick import dataclass
from scanner.records.report import Report


@dataclass(frozen=True, slots=True)
class Canvas:
    """What the text is written on. Only formats for the terminal look at it."""

    width: int = 80
    """Columns."""
    color: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing a report down: a pure function of the report."""

    name: str
    description: str
    """One sentence: what it is and who reads it."""
    suffix: str
    """How a file of this format usually ends (`.sarif`)."""
    render: Callable[[Report, Canvas], str]
