"""Compares weights that lie in the project with what the Hub says of the repository they are of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scanner.errors import SourceUnavailable
from scanner.patterns import regex
from scanner.project.links import is_within
from scanner.records.asset import Asset, Resolution
from scanner.records.fact import Confidence, Evidence
from scanner.records.lock import Lock
from scanner.records.quick import replace
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.local_hashes import FOUND, LOCKED, hash_found, paths_within
from scanner.resolution.names import is_repository_name
from scanner.resolution.snapshot import Known
from scanner.resolution.source import Absent, Question
from scanner.settings import Settings

MAX_REPOSITORIES = 50
"""Repositories that are asked about in one run; weights of any further one are not compared."""
_CACHED = regex(r"(?:^|/)models--([\w.-]+?)--([\w.-]+)/snapshots/([0-9a-f]{40})/(.+)$")


def with_hub_hashes(resolution: Resolution, root: Path, lock: Lock | None, settings: Settings) -> Resolution:
    """Add to local weights what they are and what the Hub says they have to be.

    A folder is taken for a copy of a repository that is locked, used in the project at a known commit, or
    written out in the layout of a cache. What the lockfile holds hashes of is compared with those alone.
    """
    headers = {each.asset: dict(each.sighting.header or ()) for each in resolution.references}
    targets = {
        asset.id: target
        for asset in resolution.assets
        if asset.kind is Kind.LOCAL_WEIGHTS
        and all(each.fact != LOCKED for each in asset.license.evidence)
        and (target := _target(asset.name, resolution, lock)) is not None
    }
    answers = _ask({question for question, _ in targets.values()}, settings)
    assets = []
    for asset in resolution.assets:
        question, path = targets.get(asset.id, (None, ""))
        stated = headers.get(asset.id, {}).get("sha256")
        said = _compare(asset, root, question, path, answers, stated, settings) if question else ()
        evidence = (*asset.license.evidence, *said)
        assets.append(replace(asset, license=replace(asset.license, evidence=evidence)) if said else asset)
    return replace(resolution, assets=tuple(assets))


def _target(name: str, resolution: Resolution, lock: Lock | None) -> tuple[Question, str] | None:
    """The repository and revision a file may be a copy from, and its path there; the surest wins."""
    if cached := _CACHED.search(name):
        repository = f"{cached[1]}/{cached[2]}"
        return (
            (Question(Kind.HF_MODEL, repository, cached[3]), cached[4])
            if is_repository_name(repository)
            else None
        )
    found = [
        (weight, Question(Kind.HF_MODEL, reference, commit), inner)
        for reference, commit in _known(resolution, lock)
        for inner, weight in paths_within(name, reference, commit)
    ]
    if not found:
        return None
    _, question, path = max(found, key=lambda each: (each[0], each[1].name))
    return question, path


def _known(resolution: Resolution, lock: Lock | None) -> Iterator[tuple[str, str]]:
    """Models of the lockfile, else of the project, and the commit they stand at."""
    locked = set()
    for block in lock.blocks if lock is not None else ():
        if block.kind is Kind.HF_MODEL and isinstance(block.commit, str):
            locked.add(block.reference)
            yield block.reference, block.commit
    for asset in resolution.assets:
        if asset.kind is Kind.HF_MODEL and isinstance(asset.commit, str) and asset.name not in locked:
            yield asset.name, asset.commit


def _ask(questions: set[Question], settings: Settings) -> dict[Question, dict[str, Known] | str]:
    """The files of each revision by path, or why there is no list of them."""
    from scanner.resolution.sources.hub import open_hub

    answers: dict[Question, dict[str, Known] | str] = {}
    if not questions:
        return answers
    hub = open_hub(settings)
    try:
        for question in sorted(questions, key=lambda each: (each.name, each.revision))[:MAX_REPOSITORIES]:
            try:
                said = hub.list_files(question)
            except SourceUnavailable as failure:
                answers[question] = failure.reason
            else:
                if isinstance(said, Absent):
                    answers[question] = said.reason
                else:
                    answers[question] = {each.path: each for each in said}
    finally:
        hub.close()
    return answers


def _compare(
    asset: Asset,
    root: Path,
    question: Question,
    path: str,
    answers: dict[Question, dict[str, Known] | str],
    stated: str | None,
    settings: Settings,
) -> tuple[Evidence, ...]:
    answer = answers.get(question, f"more than {MAX_REPOSITORIES} repositories: not asked")
    as_of, sure = settings.today.isoformat(), Confidence.VERIFIED
    found: str | Unknown
    expected: str | Unknown
    if isinstance(answer, str):
        found = expected = Unknown(f"the Hub gave no list of its files: {answer}")
    elif path in answer:
        found, expected = _hash_of(root, asset.name, answer[path], stated), answer[path].hash
    else:
        return ()
    unsaid = Unknown("read from the project as it is")
    source = f"hub:{question.name}@{question.revision}"
    return (
        Evidence(FOUND, found, f"project:{asset.name}", unsaid, sure),
        Evidence(LOCKED, expected, source, as_of, sure, quote=path),
    )


def _hash_of(root: Path, name: str, known: Known, stated: str | None) -> str | Unknown:
    top = root.resolve()
    try:
        is_inside = is_within(top, top / name)
    except (OSError, ValueError, RuntimeError):
        is_inside = False
    if not is_inside:
        return Unknown("the file leads outside the project")
    return hash_found(top / name, known.hash, known.bytes, stated)
