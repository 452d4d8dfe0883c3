"""Sightings in, assets out: what each name turned out to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.knowledge.store import Knowledge
from scanner.records.asset import Asset, Reference, Resolution
from scanner.records.lock import Lock
from scanner.records.quick import replace
from scanner.records.sighting import Certainty, Kind, Role, Sighting
from scanner.resolution.assets import Desk
from scanner.resolution.chain import Answered, Chain, Progress, ask_all, settle
from scanner.resolution.drift import compare
from scanner.resolution.hosted import hosted_asset
from scanner.resolution.license_of import lacks_text, needs_text
from scanner.resolution.same_as import original_of
from scanner.resolution.source import Question, Repository, Surroundings, followed
from scanner.settings import Settings

if TYPE_CHECKING:
    from scanner.resolution.scan_reports import Flag

WantsText = Callable[[Question, Repository], bool]
"""Says whether the license texts of a repository are to be read."""


def be_silent(done: int, total: int) -> None:
    """Take progress and say nothing."""


def resolve(
    sightings: tuple[Sighting, ...],
    knowledge: Knowledge,
    settings: Settings,
    *,
    root: Path,
    lock: Lock | None = None,
    progress: Progress = be_silent,
) -> Resolution:
    """Find out what every sighted name is: license, publisher, lineage, files, and who said so.

    Offline no socket is opened. A source that had to be asked and could not be is listed in
    `unanswered`; what a source says is not there (missing, private, gated) is an answer. With a lockfile,
    what differs from it stands in `drifts`.
    """
    headers = {each.name: each.header for each in sightings if each.header is not None}
    sure = {question_of(each) for each in sightings if each.certainty is not Certainty.GUESSED}
    guesses = frozenset(map(question_of, sightings)) - sure
    surroundings = Surroundings(knowledge, settings, root, lock, headers, guesses)
    resolved = conclude(inquire(sightings, surroundings, progress), sightings, lock)
    if settings.is_offline or not settings.wants_hashes:
        return resolved
    from scanner.resolution.hub_hashes import with_hub_hashes

    return with_hub_hashes(resolved, root, lock, settings)


def read_flags(reports: tuple[Path, ...]) -> tuple[Flag, ...]:
    """Read the reports of scanners of model files; of a run without any, nothing is imported.

    Raises:
        UsageError: a file is no such report.
    """
    if not reports:
        return ()
    from scanner.resolution.scan_reports import read_scan_report

    return tuple(flag for report in reports for flag in read_scan_report(report))


def with_flags(resolved: Resolution, flags: tuple[Flag, ...]) -> Resolution:
    """Add what scanners reported to the assets whose files they speak of."""
    if not flags:
        return resolved
    from scanner.resolution.scan_reports import with_scans

    return with_scans(resolved, flags)


def inquire(
    sightings: tuple[Sighting, ...],
    surroundings: Surroundings,
    progress: Progress = be_silent,
    wants_text: WantsText | None = None,
) -> Desk:
    """Ask all sources about all names at once, each name once, bases included.

    `wants_text` says of which repositories the license texts are read besides those whose card does not
    settle the license.
    """
    knowledge, settings = surroundings.knowledge, surroundings.settings
    questions = {question_of(each) for each in _published(sightings)}
    originals = {each: original_of(each, knowledge) for each in questions}
    first = {original.question if original else each for each, original in originals.items()}

    def is_needed(question: Question, repository: Repository) -> bool:
        if wants_text is not None and question in first and lacks_text(repository):
            return wants_text(question, repository)
        return needs_text(knowledge, repository)

    chain = Chain(surroundings, is_needed)
    try:
        closure = ask_all(
            chain,
            first,
            lambda _, answered: bases_of(answered, is_offline=settings.is_offline),
            settings.jobs,
            progress,
        )
    finally:
        chain.close()
    return Desk(knowledge, closure, is_offline=settings.is_offline)


def conclude(desk: Desk, sightings: tuple[Sighting, ...], lock: Lock | None) -> Resolution:
    """Make assets and references of some of the sightings that were asked about."""
    questions = {one: question_of(one) for one in _published(sightings)}
    found = {question: desk.asset(question) for question in set(questions.values())}
    assets = {one: found[question] for one, question in questions.items()}
    assets |= {one: hosted_asset(one, desk.knowledge) for one in sightings if one.kind is Kind.API_MODEL}
    references = sorted((Reference(assets[one].id, one) for one in sightings), key=_place)
    drifts = compare(lock, found, desk, _due(sightings)) if lock is not None else ()
    return Resolution(tuple(references), _distinct(assets.values()), desk.unanswered(found), drifts)


def _published(sightings: tuple[Sighting, ...]) -> tuple[Sighting, ...]:
    return tuple(one for one in sightings if one.kind is not Kind.API_MODEL)


def _due(sightings: tuple[Sighting, ...]) -> frozenset[Question]:
    """What has to be locked: names the project surely depends on, not what it mentions or may mean."""
    return frozenset(
        question_of(one)
        for one in sightings
        if one.role is Role.DEPENDENCY and one.certainty is not Certainty.GUESSED
    )


def question_of(sighting: Sighting) -> Question:
    """What to ask about a sighting; a revision decided elsewhere is asked about as if none were given."""
    revision = sighting.revision if isinstance(sighting.revision, str) else "none"
    return Question(sighting.kind, sighting.name, revision)


def bases_of(answered: Answered, *, is_offline: bool) -> Iterable[Question]:
    """What to ask next: the bases and training datasets that are repositories."""
    settled = settle(answered, is_offline=is_offline)
    if not isinstance(settled, Repository):
        return ()
    return tuple(Question(base.kind, base.name) for base in followed(settled) if base.is_asked)


def _distinct(assets: Iterable[Asset]) -> tuple[Asset, ...]:
    """One asset per id; the former name is kept where any of its names is one."""
    distinct: dict[str, Asset] = {}
    for asset in sorted(assets, key=lambda asset: (asset.id, asset.renamed_from)):
        before = distinct.setdefault(asset.id, asset)
        if before.renamed_from == "none" and asset.renamed_from != "none":
            distinct[asset.id] = replace(before, renamed_from=asset.renamed_from)
    return tuple(distinct[key] for key in sorted(distinct))


def _place(reference: Reference) -> tuple[str, int, int, int, str, str]:
    place, sighting = reference.sighting.location, reference.sighting
    return place.file, place.line, place.column, place.cell or 0, sighting.name, sighting.detector
