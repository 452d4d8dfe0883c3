"""What has changed since the lockfile was written, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanner.records.asset import Asset, AssetLicense
from scanner.records.fact import Confidence
from scanner.records.lock import Change, Drift, Lock, LockedBlock, lock_key
from scanner.records.quick import dataclass
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.assets import Desk
from scanner.resolution.license_of import TEXT_HASH, confidence_of, license_of
from scanner.resolution.names import show_revision
from scanner.resolution.source import TRAINED_ON, Absent, Question, Repository

LOCKED_KINDS = frozenset(set(Kind) - {Kind.API_MODEL, Kind.LOCAL_WEIGHTS, Kind.OTHER})
"""Kinds a lockfile holds: names that somebody publishes under, and can change."""


@dataclass(frozen=True, slots=True)
class Testimony:
    """What a source other than the lockfile says of one reference."""

    block: LockedBlock
    asset: str
    source: str
    as_of: str | Unknown

    def drift(
        self, change: Change, was: str, now: str, what: str, confidence: Confidence = Confidence.VERIFIED
    ) -> Drift:
        """Make the record of one difference."""
        block = self.block
        return Drift(
            change, block.key, self.asset, was, now, what, block.line, self.source, self.as_of, confidence
        )


def compare(
    lock: Lock, found: Mapping[Question, Asset], desk: Desk, due: frozenset[Question]
) -> tuple[Drift, ...]:
    """Compare every block with what the sources say; offline, with what the catalog says.

    `due` are the questions that a lockfile has to hold.
    """
    drifts: list[Drift] = []
    used: set[str] = set()
    index = lock.index()
    for question, asset in found.items():
        block = index.find(question.kind, question.name, question.revision)
        if block is None:
            if question.kind in LOCKED_KINDS and question in due:
                drifts.append(_unlocked(question, asset))
            continue
        used.add(block.key)
        drifts += _of_block(block, question, asset, desk)
    drifts += [_unused(block) for block in lock.blocks if block.key not in used]
    return tuple(sorted(drifts, key=lambda drift: (drift.key, drift.change.value, drift.what)))


def edits(before: Lock | None, now: Lock) -> tuple[Drift, ...]:
    """What a change wrote into the lockfile: blocks whose words differ from the trusted revision.

    New blocks are no edits; there was nothing to loosen. Lines and digests do not count.
    """
    old = {block.key: block for block in before.blocks} if before else {}
    found = []
    for block in now.blocks:
        was = old.get(block.key)
        if was is None:
            continue
        for name, words in _differences(was, block):
            found.append(
                Drift(
                    Change.LICENSE if name == "license" else Change.CONTRADICTED,
                    block.key,
                    "none",
                    words[0],
                    words[1],
                    f"{name} was {words[0]} and is now written as {words[1]}",
                    block.line,
                    now.path,
                    block.as_of,
                    Confidence.VERIFIED,
                )
            )
    return tuple(found)


def _differences(was: LockedBlock, now: LockedBlock) -> Iterator[tuple[str, tuple[str, str]]]:
    pairs = {
        "license": (_license_words(was.license.expression), _license_words(now.license.expression)),
        "identity": (_words(was.identity), _words(now.identity)),
        "publisher": (_words(was.publisher), _words(now.publisher)),
        "lineage": (_lineage_words(was), _lineage_words(now)),
        "commit": (_words(was.commit), _words(now.commit)),
        "hash of a file": _changed_file(was, now),
    }
    for name, words in pairs.items():
        if words[0] != words[1]:
            yield name, words


def _changed_file(was: LockedBlock, now: LockedBlock) -> tuple[str, str]:
    """The first file whose recorded hash of one commit is another now, or is gone."""
    held = {file.path: file.sha256 for file in now.files or ()}
    for file in was.files or () if was.commit == now.commit else ():
        found = held.get(file.path, "none")
        if found != file.sha256:
            return f"{file.path} {file.sha256[:12]}", f"{file.path} {found[:12]}"
    return "none", "none"


def _of_block(block: LockedBlock, question: Question, asset: Asset, desk: Desk) -> Iterator[Drift]:
    outcome, known = desk.testimony(question)
    if isinstance(outcome, Absent):
        yield _gone(Testimony(block, asset.id, outcome.source, outcome.as_of), outcome)
        return
    if outcome is not None:
        said = Testimony(block, asset.id, outcome.source, outcome.as_of)
        yield from _of_repository(said, outcome, license_of(desk.knowledge, outcome))
    elif known is not None:
        said = Testimony(block, asset.id, known.source, known.as_of)
        yield from _of_catalog(said, known, license_of(desk.knowledge, known))


def _of_repository(said: Testimony, now: Repository, license_: AssetLicense) -> Iterator[Drift]:
    block = said.block
    has_moved = isinstance(block.commit, str) and isinstance(now.commit, str) and block.commit != now.commit
    same_commit = isinstance(block.commit, str) and block.commit == now.commit
    if _differ(block.identity, now.repository_id):
        what = f"{block.name} is another repository now: identity {block.identity} became {now.repository_id}"
        yield said.drift(Change.IDENTITY, str(block.identity), str(now.repository_id), what)
    if block.name.lower() != now.name.lower():
        what = f"renamed from {block.name} to {now.name}"
        yield said.drift(Change.RENAMED, block.name, now.name, what)
    yield from _of_license(said, license_, same_commit=same_commit)
    if has_moved:
        was, is_now = show_revision(str(block.commit)), show_revision(str(now.commit))
        yield said.drift(
            Change.COMMIT, str(block.commit), str(now.commit), f"commit moved from {was} to {is_now}"
        )
    if block.gated is False and now.gated in ("auto", "manual", True):
        what = f"gated since it was locked (access: {now.gated})"
        yield said.drift(Change.GATED, "False", str(now.gated), what)
    yield from _of_bases(said, now)


def _of_license(said: Testimony, license_: AssetLicense, *, same_commit: bool) -> Iterator[Drift]:
    block = said.block
    was, now = _license_words(block.license.expression), _license_words(license_.expression)
    if was != now:
        confidence = confidence_of(license_)
        if same_commit and isinstance(block.license.expression, str):
            what = f"the lockfile says {was}, {said.source} says {now} of the same commit"
            yield said.drift(Change.CONTRADICTED, was, now, what, confidence)
        else:
            yield said.drift(Change.LICENSE, was, now, f"license changed from {was} to {now}", confidence)
    texts = {str(each.location): str(each.value) for each in license_.evidence if each.fact == TEXT_HASH}
    for text in block.license.texts if texts else ():
        if text.path not in texts:
            what = f"the license text {text.path} is no longer there"
            yield said.drift(Change.TEXT, text.sha256, "none", what)
        elif texts[text.path] != text.sha256:
            what = f"the license text {text.path} changed"
            yield said.drift(Change.TEXT, text.sha256, texts[text.path], what)


def _of_bases(said: Testimony, now: Repository) -> Iterator[Drift]:
    lineage = said.block.lineage
    if isinstance(lineage, Unknown):
        return
    was = sorted(each.name for each in lineage if each.of == said.block.name and each.relation != TRAINED_ON)
    bases = sorted(base.name for base in now.bases)
    if bases and [name.lower() for name in was] != [name.lower() for name in bases]:
        before, after = ", ".join(was) or "none", ", ".join(bases)
        yield said.drift(Change.BASE, before, after, f"base changed from {before} to {after}")


def _of_catalog(said: Testimony, known: Repository, license_: AssetLicense) -> Iterator[Drift]:
    """The catalog speaks of a repository, seldom of a commit: unless it does, it only raises a question."""
    block = said.block
    was, now = _license_words(block.license.expression), _license_words(license_.expression)
    if (
        isinstance(block.license.expression, Unknown)
        or isinstance(license_.expression, Unknown)
        or was == now
    ):
        return
    same_commit = known.seen_at is not None and known.seen_at == block.commit
    confidence = confidence_of(license_) if same_commit else Confidence.UNVERIFIED
    of_what = "of the same commit" if same_commit else "of the repository, at no stated commit"
    what = f"the lockfile says {was}, the catalog says {now} {of_what}"
    yield said.drift(Change.CONTRADICTED, was, now, what, confidence)


def _gone(said: Testimony, absent: Absent) -> Drift:
    if absent.availability == "gated":
        return said.drift(Change.GATED, "False", "True", f"gated since it was locked: {absent.reason}")
    return said.drift(Change.GONE, "public", absent.availability, f"gone: {absent.reason}")


def _unlocked(question: Question, asset: Asset) -> Drift:
    key = lock_key(question.kind, question.name, question.revision)
    what = f"{question.name} is not locked yet"
    source, day = "project", Unknown("the project does not say when")
    return Drift(
        Change.UNLOCKED, key, asset.id, "none", question.name, what, 0, source, day, Confidence.VERIFIED
    )


def _unused(block: LockedBlock) -> Drift:
    what = f"{block.reference} is locked, but the project names it no longer"
    day = Unknown("the project does not say when")
    return Drift(
        Change.UNUSED,
        block.key,
        "none",
        block.reference,
        "none",
        what,
        block.line,
        "project",
        day,
        Confidence.VERIFIED,
    )


def _differ(was: str | Unknown, now: str | Unknown) -> bool:
    return isinstance(was, str) and isinstance(now, str) and was != now


def _license_words(expression: str | Unknown) -> str:
    return expression if isinstance(expression, str) else "not known"


def _words(value: str | Unknown) -> str:
    return value if isinstance(value, str) else "not known"


def _lineage_words(block: LockedBlock) -> str:
    if isinstance(block.lineage, Unknown):
        return "not known"
    return ", ".join(f"{each.name} ({_words(each.license_key)})" for each in block.lineage) or "none"
