"""What the environment and the command line decide, read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from scanner.errors import UsageError
from scanner.records.quick import dataclass

DEFAULT_JOBS = 32
"""Requests to the Hub under way at once."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One run's choices that come from neither project nor policy."""

    is_offline: bool
    refresh: bool
    jobs: int
    today: date
    cache_folder: Path
    """lading's own cache, in the user's cache folder, never in the project."""
    wants_scans: bool = False
    """Whether the Hub is asked for the results of its own scans too."""
    wants_hashes: bool = False
    """Whether weights of the project are compared with what the Hub says of the repository they are of."""


def read_settings(
    environment: Mapping[str, str] = os.environ,
    *,
    is_offline: bool = False,
    refresh: bool = False,
    jobs: int = DEFAULT_JOBS,
    today: str | None = None,
) -> Settings:
    """Combine options and environment.

    The day is the given one, else `SOURCE_DATE_EPOCH`, else today in UTC. `HF_HUB_OFFLINE` and
    `TRANSFORMERS_OFFLINE` make a run offline as they do for the Hub client.

    Raises:
        UsageError: a date or a number cannot be read.
    """
    offline = is_offline or any(
        environment.get(name, "").strip().lower() in {"1", "on", "yes", "true"}
        for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "LADING_OFFLINE")
    )
    base = environment.get("LADING_CACHE") or os.path.join(
        environment.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "lading"
    )
    return Settings(offline, refresh, jobs, _day(environment, today), Path(base).expanduser())


def _day(environment: Mapping[str, str], today: str | None) -> date:
    try:
        if today is not None:
            return date.fromisoformat(today)
        if epoch := environment.get("SOURCE_DATE_EPOCH"):
            return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"not a day: {today or environment.get('SOURCE_DATE_EPOCH')!r}\n  write YYYY-MM-DD"
        ) from error
    return datetime.now(UTC).date()
