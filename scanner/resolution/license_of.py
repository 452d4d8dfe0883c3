"""The license of a repository: each statement read in the order it deserves."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.knowledge import licenses
from scanner.knowledge.licenses import LicenseAnswer
from scanner.knowledge.store import Knowledge
from scanner.records.asset import AssetLicense, Category
from scanner.records.fact import Confidence, Evidence
from scanner.records.quick import dataclass, replace
from scanner.records.unknown import Unknown
from scanner.resolution.files import license_texts
from scanner.resolution.source import Repository

TEXT = "license.text"
"""Fact of the evidence that a license text gave."""
TEXT_HASH = "license.text.sha256"
"""Fact of the evidence that holds the hash of a license text, its path in `location`."""
NOTHING_DECLARED = "the repository declares no license"


@dataclass(frozen=True, slots=True)
class Statement:
    """One place that says something about the license, and what follows from it."""

    fact: str
    words: tuple[str, ...]
    """As written."""
    source: str
    location: str | None
    expression: str | Unknown
    key: str | Unknown
    category: Category | Unknown
    confidence: Confidence
    as_of: str | Unknown

    @property
    def settles(self) -> bool:
        """Whether a license follows from it."""
        return isinstance(self.expression, str)

    @property
    def is_text(self) -> bool:
        """Whether it was read from a license text."""
        return self.fact == TEXT


def license_of(
    knowledge: Knowledge, repository: Repository, further: tuple[Repository, ...] = ()
) -> AssetLicense:
    """Decide the license of a repository, keeping every statement as evidence.

    The order (hub-api notes, from cards as they are): the card's `license` unless that is `other`, its
    `license_name`, the license text, the `license:` tag, the header of a weight file; then what further
    sources say (the catalog's row, the repository whose model this one only packs).
    """
    statements = list(_statements(knowledge, repository))
    # What is settled is not weakened by what somebody else heard of it.
    for other in further if not any(statement.settles for statement in statements) else ():
        statements += _statements(knowledge, other)
    decisive = next((statement for statement in statements if statement.settles), None)
    chosen = decisive or (statements[0] if statements else None)
    missing = Unknown(repository.license_reason)
    return AssetLicense(
        expression=chosen.expression if chosen else missing,
        key=chosen.key if chosen else missing,
        category=chosen.category if chosen else missing,
        declared=_declared(statements),
        detected=tuple(sorted({str(each.key) for each in statements if each.is_text and each.settles})),
        evidence=(*(_evidence(each) for each in statements), *_hashes(repository)),
    )


def needs_text(knowledge: Knowledge, repository: Repository) -> bool:
    """Whether only a license text could say what the license is, and the repository has one to read."""
    if not lacks_text(repository):
        return False
    declared, _ = _declarations(knowledge, repository)
    return declared is None or not declared.settles


def lacks_text(repository: Repository) -> bool:
    """Whether the repository has a license text that was not read yet."""
    if repository.card.texts or not isinstance(repository.files, tuple):
        return False
    return bool(license_texts(file.path for file in repository.files))


def declared_in_short(license_: AssetLicense) -> str | Unknown:
    """What is declared, in one string: `mit`, `other/qwen-research`."""
    return "/".join(license_.declared) if license_.declared else Unknown(NOTHING_DECLARED)


def confidence_of(license_: AssetLicense) -> Confidence:
    """How sure the license is: as sure as the statement it was taken from."""
    for evidence in license_.evidence:
        if evidence.value == license_.key or evidence.value == license_.expression:
            return evidence.confidence
    return Confidence.UNVERIFIED


def _statements(knowledge: Knowledge, repository: Repository) -> Iterator[Statement]:
    if repository.license_expression or repository.license_key:
        yield _stated(knowledge, repository)
        return
    declared, rest = _declarations(knowledge, repository)
    if declared is not None:
        yield declared
    yield from _of_texts(knowledge, repository)
    yield from rest


def _declarations(knowledge: Knowledge, repository: Repository) -> tuple[Statement | None, list[Statement]]:
    """What the card says, and what tags and headers say besides."""
    card = repository.card
    declared = None
    if card.license_ids or card.license_name:
        answer = licenses.of_declaration(
            knowledge, card.license_ids, card.license_name, card.license_link, repository.name
        )
        words = tuple(dict.fromkeys((*card.license_ids, *([card.license_name] if card.license_name else []))))
        declared = _statement(repository, "license.declared", words, "README.md", answer)
    rest = []
    for fact, ids, location in (("license.tag", card.tag_ids, None), ("license.header", card.gguf_ids, None)):
        if ids and ids != card.license_ids:
            answer = licenses.of_declaration(knowledge, ids, None, None, repository.name)
            rest.append(_statement(repository, fact, ids, location, answer))
    return declared, rest


def _of_texts(knowledge: Knowledge, repository: Repository) -> Iterator[Statement]:
    if not repository.card.texts:
        return
    from scanner.knowledge.license_text import identify

    for text in repository.card.texts:
        found = identify(text.text, knowledge)
        copies = [match.key for match in found.matches if match.is_copy and match.key != found.answer]
        if found.answer in ("unknown", "none"):
            near = f"; nearest is {found.matches[0].key}" if found.matches else ""
            what = "none that is known" if found.answer == "unknown" else "no license text"
            unread = Unknown(f"the text in {text.path} is {what}{near}")
            yield _statement(repository, TEXT, (), text.path, LicenseAnswer(unread, unread, unread))
            continue
        for key in (found.answer, *sorted(set(copies))):
            answer = licenses.of_name(knowledge, key, repository.name)
            yield _statement(repository, TEXT, (key,), text.path, answer)


def _stated(knowledge: Knowledge, repository: Repository) -> Statement:
    """A license a source states outright: the lockfile, which remembers what was decided before."""
    name = repository.license_key or repository.license_expression or ""
    answer = licenses.of_name(knowledge, name, repository.name)
    if repository.license_expression:
        answer = replace(answer, expression=repository.license_expression)
    words = repository.card.license_ids
    return _statement(repository, "license.locked", words, None, answer)


def _statement(
    repository: Repository, fact: str, words: tuple[str, ...], location: str | None, answer: LicenseAnswer
) -> Statement:
    return Statement(
        fact,
        words,
        repository.source,
        location,
        answer.expression,
        answer.key,
        answer.category,
        repository.confidence,
        repository.as_of,
    )


def _declared(statements: list[Statement]) -> tuple[str, ...]:
    """The words of the statement nearest the repository that are a declaration."""
    for statement in statements:
        if not statement.is_text and statement.words:
            return statement.words
    return ()


def _hashes(repository: Repository) -> tuple[Evidence, ...]:
    """The hash of each license text that was read: what the lockfile keeps of it."""
    return tuple(
        Evidence(
            TEXT_HASH,
            text.sha256,
            repository.source,
            repository.as_of,
            Confidence.VERIFIED,
            location=text.path,
        )
        for text in repository.card.texts
    )


def _evidence(statement: Statement) -> Evidence:
    value = statement.key if isinstance(statement.key, str) else statement.expression
    quote = ", ".join(statement.words) or None
    return Evidence(
        statement.fact,
        value,
        statement.source,
        statement.as_of,
        statement.confidence,
        quote,
        statement.location,
    )
