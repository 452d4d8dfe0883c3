"""A name that leads to a repository of another name: the same one, another one, or not known."""

from __future__ import annotations

from scanner.knowledge import catalog, publishers
from scanner.knowledge.store import Knowledge
from scanner.records.asset import Party
from scanner.records.fact import Confidence, Evidence
from scanner.records.quick import replace
from scanner.resolution.names import HUB_FOLDERS, namespace_of
from scanner.resolution.source import Outcome, Question, Repository

FACT = "redirect"
"""Fact of the evidence that says what a redirect, or a changed identity, leads to."""
SAME, ANOTHER = "same repository", "another repository"
SAME_PUBLISHER, OPEN = "same publisher", "not known"
CREATED = "created"
"""Fact of the evidence that holds the day the Hub says a renamed repository was created."""


def recall(question: Question, outcome: Outcome, earlier: Outcome | None) -> Outcome:
    """Compare an answer with the one this machine had before.

    The identity survives a rename, not a repository made anew. What was once seen to be another repository
    stays said as long as the answer is kept and renewed.
    """
    if not (isinstance(outcome, Repository) and isinstance(earlier, Repository)):
        return outcome
    was, now = earlier.repository_id, outcome.repository_id
    if not (isinstance(was, str) and isinstance(now, str)):
        return outcome
    if was == now:
        kept = tuple(each for each in earlier.evidence if each.fact == FACT)
        if not kept and _is_renamed(question, outcome):
            kept = (_note(SAME, outcome, f"its identity is the one seen on {earlier.as_of}"),)
        return replace(outcome, evidence=(*outcome.evidence, *kept))
    quote = f"{question.name} answered with identity {was} on {earlier.as_of}, with {now} now"
    return replace(outcome, evidence=(*outcome.evidence, _note(ANOTHER, outcome, quote)))


def redirect_of(
    knowledge: Knowledge, question: Question, repository: Repository, remembered: Repository | None
) -> Evidence | None:
    """Say what is known of a redirect; None where the name leads to the repository it names.

    1. What the lockfile holds of the identity, or this machine saw before.
    2. What the catalog has of the two names.
    3. A repository that is younger than the day something was seen under the old name is another one.
    4. Else whether both names belong to one publisher, which leaves the question open.
    """
    seen = next((each for each in repository.evidence if each.fact == FACT), None)
    if question.kind not in HUB_FOLDERS or (seen is None and not _is_renamed(question, repository)):
        return None
    locked = remembered.repository_id if remembered is not None else None
    if isinstance(locked, str) and isinstance(repository.repository_id, str):
        is_same = locked == repository.repository_id
        return _note(SAME if is_same else ANOTHER, repository, f"the lockfile holds identity {locked}")
    if seen is not None:
        return seen
    return _of_catalog(knowledge, question, repository) or _of_owners(knowledge, question, repository)


def _of_catalog(knowledge: Knowledge, question: Question, repository: Repository) -> Evidence | None:
    row = catalog.look_up(knowledge, question.kind.value, question.name)
    if row is None:
        return None
    if question.name.casefold() in (name.casefold() for name in row.taken_over):
        return _note(ANOTHER, repository, row.note or "so the catalog says", row.confidence, "catalog")
    if row.renamed_from != "none":
        is_one = row.name.casefold() == repository.name.casefold()
        said = f"the catalog has it as a former name of {row.name}"
        return _note(SAME, repository, said, Confidence.CORROBORATED, "catalog") if is_one else None
    created = next((str(each.value) for each in repository.evidence if each.fact == CREATED), None)
    if created is not None and isinstance(row.as_of, str) and row.as_of < created:
        said = f"created {created}, and {question.name} was seen under its own name on {row.as_of}"
        return _note(ANOTHER, repository, said)
    return None


def _of_owners(knowledge: Knowledge, question: Question, repository: Repository) -> Evidence:
    names = [namespace_of(name) for name in (question.name, repository.name)]
    if None in names:
        return _note(OPEN, repository, "a name without an owner does not say whose it was")
    if names[0] == names[1]:
        return _note(SAME_PUBLISHER, repository, f"both names belong to {names[1]}")
    before, after = (publishers.look_up(knowledge, str(name)) for name in names)
    if isinstance(before, Party) and isinstance(after, Party):
        if isinstance(after.entity, str) and before.entity == after.entity:
            return _note(SAME_PUBLISHER, repository, f"both names belong to {after.entity}")
        if before.name == after.name:
            return _note(SAME_PUBLISHER, repository, f"{names[0]} goes by {after.name} now")
    return _note(OPEN, repository, f"{names[0]} and {names[1]} are different owners, as far as is known")


def _is_renamed(question: Question, repository: Repository) -> bool:
    return question.name.casefold() != repository.name.casefold()


def _note(
    value: str,
    repository: Repository,
    quote: str,
    confidence: Confidence = Confidence.VERIFIED,
    source: str | None = None,
) -> Evidence:
    return Evidence(FACT, value, source or repository.source, repository.as_of, confidence, quote)
