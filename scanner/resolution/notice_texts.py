"""License texts to pass on, read from a model's own repository at the commit the report names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scanner.errors import SourceUnavailable
from scanner.knowledge.store import Knowledge
from scanner.records.asset import Asset
from scanner.records.unknown import Unknown
from scanner.resolution.names import HUB_FOLDERS
from scanner.resolution.source import Absent, Asker, LicenseText, Question, Repository, Surroundings
from scanner.resolution.sources import hf_cache, hub
from scanner.settings import Settings

MAX_ASKED = 200
"""Repositories read for one notice; beyond, each is told as not read."""
ELSEWHERE = "its text is not in the cache on this machine; lading scan -f notice=FILE fetches it"


@contextmanager
def opened(knowledge: Knowledge, settings: Settings) -> Iterator[TextReader]:
    """Open what may be read: the cache on this machine, and the Hub unless the run is offline."""
    surroundings = Surroundings(knowledge, settings, Path(), None)
    askers = [hf_cache.SOURCE.open(surroundings)]
    if not settings.is_offline:
        askers.append(hub.SOURCE.open(surroundings))
    reader = TextReader(tuple(asker for asker in askers if asker is not None), is_offline=settings.is_offline)
    try:
        yield reader
    finally:
        reader.close()


class TextReader:
    """Sources to read license texts from, the nearest first."""

    def __init__(self, askers: tuple[Asker, ...], *, is_offline: bool) -> None:
        self._askers = askers
        self._is_offline = is_offline
        self._asked = 0

    def texts_of(self, asset: Asset) -> tuple[LicenseText, ...] | Unknown:
        """Read the license texts of the asset's repository at its commit, or say why there are none."""
        if asset.kind not in HUB_FOLDERS:
            return Unknown("only repositories of the Hugging Face Hub are read")
        question = Question(asset.kind, asset.name, str(asset.commit))
        if isinstance(asset.commit, Unknown) or not question.is_pinned:
            return Unknown("its commit is not known; run lading lock")
        if self._asked >= MAX_ASKED:
            return Unknown(f"more than {MAX_ASKED} repositories; the rest was not read")
        self._asked += 1
        reason = ELSEWHERE if self._is_offline else ""
        for asker in self._askers:
            found = _ask(asker, question)
            if isinstance(found, tuple) and found:
                return found
            if isinstance(found, Unknown):
                reason = found.reason
        return Unknown(reason or f"its repository holds no license text at {question.revision[:12]}")

    def close(self) -> None:
        """Let go of connections."""
        for asker in self._askers:
            asker.close()


def _ask(asker: Asker, question: Question) -> tuple[LicenseText, ...] | Unknown | None:
    try:
        found = asker.ask(question)
        if isinstance(found, Absent):
            return Unknown(found.reason)
        if not isinstance(found, Repository) or found.commit != question.revision:
            return None
        return asker.with_texts(found).card.texts
    except SourceUnavailable as error:
        return Unknown(str(error).splitlines()[0])
