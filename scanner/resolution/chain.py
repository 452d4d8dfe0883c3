"""The ordered chain of sources, asked for a whole closure of repositories at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from scanner.errors import SourceUnavailable
from scanner.plugins import load_plugins
from scanner.records.quick import dataclass, replace
from scanner.resolution import sources as folder
from scanner.resolution.cache import AnswerCache
from scanner.resolution.redirects import recall
from scanner.resolution.source import (
    Absent,
    Asker,
    Outcome,
    Place,
    Question,
    Reach,
    Repository,
    Source,
    Surroundings,
)

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

MAX_DEPTH = 12
"""Steps up a lineage that are followed; the deepest on the Hub is 9 (dependencies.md's sample)."""
MAX_REPOSITORIES = 200
"""Repositories asked for on behalf of one model; more is cut, and said."""

Progress = Callable[[int, int], None]
"""Told (answered so far, known to be asked) while the network is asked."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the chain said to one question."""

    outcome: Outcome | None = None
    """Of the nearest source that could read the repository; None where none did."""
    known: Repository | None = None
    """The catalog's row."""
    remembered: Repository | None = None
    """The lockfile's block."""
    failure: str | None = None
    """Why a source that had to be asked gave no usable answer."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Every repository of a run that was asked for, and where the walk was cut."""

    answers: dict[Question, Answered]
    cut: frozenset[Question]
    """First questions whose closure hit a bound."""


class Chain:
    """The opened sources, in order."""

    def __init__(
        self, surroundings: Surroundings, needs_text: Callable[[Question, Repository], bool]
    ) -> None:
        self._settings = surroundings.settings
        self._needs_text = needs_text
        self._cache = AnswerCache(surroundings.settings.cache_folder)
        self._sources = load_sources()
        self._places: dict[str, Place] = {}
        self._surroundings = surroundings
        self._askers: dict[str, Asker | None] = {}

    def close(self) -> None:
        """Close every source and the cache."""
        for asker in self._askers.values():
            if asker is not None:
                asker.close()
        self._cache.close()

    def ask_near(self, question: Question) -> tuple[Answered, Source | None]:
        """Ask everything that needs no network; also say which network source remains to be asked."""
        answered = Answered()
        for source in self._sources:
            if question.kind not in source.kinds or source.reach is Reach.NETWORK:
                continue
            asker = self._asker(source)
            outcome = asker.ask(question) if asker is not None else None
            if outcome is None:
                continue
            if source.reach is Reach.MEMORY and isinstance(outcome, Repository):
                answered = replace(answered, remembered=outcome)
            elif source.reach is Reach.KNOWN and isinstance(outcome, Repository):
                answered = replace(answered, known=outcome)
            elif answered.outcome is None:
                answered = replace(answered, outcome=outcome)
        outcome = answered.outcome
        if outcome is not None and not (isinstance(outcome, Repository) and outcome.is_thin):
            return answered, None
        return self._from_cache(question, answered)

    def ask_far(self, question: Question, near: Answered, source: Source) -> Answered:
        """Ask a network source, and keep its answer."""
        asker = self._asker(source)
        assert asker is not None  # `ask_near` named a source that is open
        outcome = near.outcome
        try:
            answer = asker.ask(question)
            if answer is None:
                return near
            outcome = answer
            if isinstance(outcome, Repository) and self._needs_text(question, outcome):
                outcome = asker.with_texts(outcome)
        except SourceUnavailable as failure:
            # What was read before the failure counts, but is not kept: the next run asks again.
            return replace(near, outcome=outcome, failure=failure.reason)
        earlier = self._cache.read(self._place_of(source), question, any_age=True)
        outcome = recall(question, outcome, earlier)
        # Results of scans change from day to day; runs that do not ask for them shall not hear of them.
        if not self._settings.wants_scans:
            self._cache.write(self._place_of(source), question, outcome)
        return replace(near, outcome=outcome)

    def _asker(self, source: Source) -> Asker | None:
        """A source, opened with the first question it could answer; None where it is not there."""
        if source.id not in self._askers:
            is_silent = source.reach is Reach.NETWORK and self._settings.is_offline
            self._askers[source.id] = None if is_silent else source.open(self._surroundings)
        return self._askers[source.id]

    def _place_of(self, source: Source) -> Place:
        """Where a source asks, found out once: endpoint and token are those of the whole run."""
        if source.id not in self._places:
            self._places[source.id] = source.place()
        return self._places[source.id]

    def _from_cache(self, question: Question, near: Answered) -> tuple[Answered, Source | None]:
        """Look the answers of network sources up; offline their age does not matter."""
        remaining = None
        for source in self._sources:
            if source.reach is not Reach.NETWORK or question.kind not in source.kinds:
                continue
            if source.is_last_resort and near.known is not None and near.known.bases:
                continue
            is_open = self._asker(source) is not None
            if not self._settings.refresh:
                kept = self._cache.read(self._place_of(source), question, any_age=self._settings.is_offline)
                if kept is not None and not (
                    is_open and isinstance(kept, Repository) and self._needs_text(question, kept)
                ):
                    return replace(near, outcome=kept), None
            if is_open and remaining is None:
                remaining = source
        return near, remaining


def load_sources() -> tuple[Source, ...]:
    """All sources, in the order they are asked."""
    return tuple(sorted(load_plugins(folder, "SOURCE", Source), key=lambda source: source.order))


def ask_all(
    chain: Chain,
    first: Iterable[Question],
    next_of: Callable[[Question, Answered], Iterable[Question]],
    jobs: int,
    progress: Progress,
) -> Closure:
    """Ask for the first questions and for everything their answers lead to, each question once.

    The walk is breadth first; an answer's bases are asked as soon as it is there. MAX_DEPTH and
    MAX_REPOSITORIES bound it for each first question.
    """
    walk = _Walk(chain, next_of, progress, max(1, jobs))
    for question in sorted(set(first), key=lambda question: question.order):
        walk.add(question, question, 0)
    try:
        walk.run()
    except BaseException:
        walk.leave(is_orderly=False)
        raise
    walk.leave(is_orderly=True)
    return Closure(walk.answers, frozenset(walk.cut))


class _Walk:
    """One closure under way."""

    def __init__(
        self,
        chain: Chain,
        next_of: Callable[[Question, Answered], Iterable[Question]],
        progress: Progress,
        jobs: int,
    ) -> None:
        self.chain, self.next_of, self.progress, self.jobs = chain, next_of, progress, jobs
        self.pool: ThreadPoolExecutor | None = None
        self.answers: dict[Question, Answered] = {}
        self.cut: set[Question] = set()
        self.waiting: deque[tuple[Question, Question, int]] = deque()
        self.seen: set[Question] = set()
        self.spent: dict[Question, int] = {}
        self.under_way: dict[Future[Answered], tuple[Question, Question, int]] = {}

    def add(self, question: Question, owner: Question, depth: int) -> None:
        if question in self.seen:
            return
        if depth > MAX_DEPTH or self.spent.get(owner, 0) >= MAX_REPOSITORIES:
            self.cut.add(owner)
            return
        self.seen.add(question)
        self.spent[owner] = self.spent.get(owner, 0) + 1
        self.waiting.append((question, owner, depth))

    def run(self) -> None:
        while self.waiting or self.under_way:
            while self.waiting:
                question, owner, depth = self.waiting.popleft()
                answered, source = self.chain.ask_near(question)
                if source is None:
                    self.take(question, owner, depth, answered)
                else:
                    asked = self.workers().submit(self.chain.ask_far, question, answered, source)
                    self.under_way[asked] = (question, owner, depth)
            if self.under_way:
                self.wait()

    def wait(self) -> None:
        """Take what has been answered meanwhile."""
        from concurrent.futures import FIRST_COMPLETED, wait

        done, _ = wait(self.under_way, return_when=FIRST_COMPLETED)
        for asked in done:
            self.take(*self.under_way.pop(asked), asked.result())
        self.progress(len(self.answers), len(self.seen))

    def workers(self) -> ThreadPoolExecutor:
        """The threads, made when the first question has to leave the machine."""
        if self.pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self.pool = ThreadPoolExecutor(max_workers=self.jobs, thread_name_prefix="lading-ask")
        return self.pool

    def leave(self, *, is_orderly: bool) -> None:
        """Let the threads go; after an interruption without waiting for what they are at."""
        if self.pool is not None:
            self.pool.shutdown(wait=is_orderly, cancel_futures=not is_orderly)

    def take(self, question: Question, owner: Question, depth: int, answered: Answered) -> None:
        self.answers[question] = answered
        for following in self.next_of(question, answered):
            self.add(following, owner, depth + 1)


def settle(answered: Answered, *, is_offline: bool) -> Repository | Absent | None:
    """Make one answer of what the sources said.

    1. Offline the lockfile comes first, so that every machine judges what was looked at and locked.
    2. Else what could read the repository itself wins: a folder, a cache, the Hub.
    3. Then the lockfile, which remembers what the Hub said; then the catalog.
    4. The catalog fills what is left open: bases no card names, the task.
    """
    outcome = answered.outcome
    if is_offline and answered.remembered is not None:
        return _filled(answered.remembered, answered.known)
    if isinstance(outcome, Repository):
        return _filled(outcome, answered.known)
    fallback = answered.remembered or answered.known
    if isinstance(outcome, Absent):
        return outcome if fallback is None else _gone(outcome, fallback)
    if fallback is None:
        return None
    return _filled(fallback, answered.known)


def _gone(absent: Absent, known: Repository) -> Repository:
    """What is known of a repository that is no longer there to be read."""
    return replace(known, availability=absent.availability)


def _filled(repository: Repository, known: Repository | None) -> Repository:
    if known is None or known is repository:
        return repository
    changes: dict[str, object] = {}
    if not repository.bases and repository.is_root is None:
        changes |= {"bases": known.bases, "is_root": known.is_root, "carries": known.carries}
    for name in ("modality", "library", "gated", "files"):
        if not isinstance(getattr(known, name), str | bool | tuple):
            continue
        if not isinstance(getattr(repository, name), str | bool | tuple):
            changes[name] = getattr(known, name)
    return replace(repository, **changes) if changes else repository  # type: ignore[arg-type]  # in pairs
