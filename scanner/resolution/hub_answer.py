"""The Hub's metadata answer, read without trusting its shape."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.patterns import regex
from scanner.records.asset import ModelFile
from scanner.records.fact import Confidence, Evidence
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.card import base_of, read_bases, read_card, read_datasets
from scanner.resolution.files import describe
from scanner.resolution.names import is_repository_name, repository_of
from scanner.resolution.redirects import CREATED
from scanner.resolution.snapshot import MAX_FILES, Known
from scanner.resolution.source import Base, Question, Repository, is_commit

MAX_TAGS = 2_000
MAX_WORD_CHARACTERS = 200
_HASH = regex(r"[0-9a-f]{40}|[0-9a-f]{64}")


def is_answer(body: object) -> bool:
    """Whether this has the least a repository's answer has: its name."""
    return isinstance(body, dict) and isinstance(body.get("id"), str) and is_repository_name(body["id"])


def is_limited(body: Mapping[str, object]) -> bool:
    """Whether the endpoint leaves out what the Hub itself always says (tags, card)."""
    return "tags" not in body and "cardData" not in body


def read_answer(body: Mapping[str, object], question: Question, as_of: str, endpoint: str) -> Repository:
    """Turn the answer to one question into a repository.

    Every field may be missing or of another type; what cannot be read is Unknown with that reason.
    """
    name = str(body["id"])
    listed, stated = body.get("tags"), body.get("cardData")
    tags = tuple(tag for tag in listed[:MAX_TAGS] if isinstance(tag, str)) if isinstance(listed, list) else ()
    card: dict[str, object] = stated if isinstance(stated, dict) else {}
    commit = _commit(body.get("sha"))
    source = f"hub:{name}@{commit}" if isinstance(commit, str) else f"hub:{name}"
    bases = read_bases(body.get("baseModels"), card, tags, source)
    bases = bases or _of_config(body.get("config"), source)
    stated_newer = card.get("new_version")
    newer = repository_of(stated_newer) if isinstance(stated_newer, str) else None
    notes = _renamed(question, name, body, source, as_of)
    if newer is not None:
        notes += (Evidence("new_version", newer, source, as_of, Confidence.VERIFIED, location="README.md"),)
    if "custom_code" in tags:
        notes += (Evidence("custom_code", True, source, as_of, Confidence.VERIFIED),)
    return Repository(
        kind=question.kind,
        name=name,
        source=source,
        answered_by="hub",
        as_of=as_of,
        confidence=Confidence.VERIFIED,
        commit=commit,
        repository_id=_word(body.get("_id"), f"{endpoint} gives no repository id"),
        card=read_card(card, tags),
        bases=bases,
        datasets=read_datasets(card, tags, source) if question.kind is Kind.HF_MODEL else (),
        base_reason="a dataset names no base"
        if question.kind is Kind.HF_DATASET
        else "the card names no base; that does not say there is none",
        files=_files(body.get("siblings")),
        modality=_word(body.get("pipeline_tag"), "no pipeline tag"),
        library=_word(body.get("library_name"), "no library named"),
        gated=_gated(body.get("gated")),
        availability=_availability(body),
        evidence=notes,
    )


def _of_config(config: object, source: str) -> tuple[Base, ...]:
    """The base an adapter's own configuration names, where the card names none."""
    adapter = config.get("peft") if isinstance(config, dict) else None
    named = adapter.get("base_model_name_or_path") if isinstance(adapter, dict) else None
    if not isinstance(named, str) or not named.strip():
        return ()
    return (base_of(named, "adapter", source, Confidence.VERIFIED),)


def _files(siblings: object) -> tuple[ModelFile, ...] | Unknown:
    if not isinstance(siblings, list):
        return Unknown("the answer lists no files")
    listed = [entry for entry in siblings if isinstance(entry, dict)]
    unsaid = Unknown("the answer names no sizes")
    return describe(
        (entry["rfilename"], _size(entry.get("size"), unsaid))
        for entry in listed
        if isinstance(entry.get("rfilename"), str)
    )


def _size(value: object, unsaid: Unknown) -> int | Unknown:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else unsaid


def _availability(body: Mapping[str, object]) -> str:
    if body.get("disabled") is True:
        return "disabled"
    return "private" if body.get("private") is True else "public"


def _renamed(
    question: Question, name: str, body: Mapping[str, object], source: str, as_of: str
) -> tuple[Evidence, ...]:
    """Say when the repository answers under another name, and since when it exists."""
    if name == question.name:
        return ()
    created = body.get("createdAt")
    since = f", created {created[:10]}" if isinstance(created, str) else ""
    quote = f"asked for {question.name}, answered as {name}{since}"
    told = Evidence("renamed_from", question.name, source, as_of, Confidence.VERIFIED, quote)
    if not since or name.casefold() == question.name.casefold():
        return (told,)
    return told, Evidence(CREATED, str(created)[:10], source, as_of, Confidence.VERIFIED)


def _commit(value: object) -> str | Unknown:
    if isinstance(value, str) and is_commit(value):
        return value
    return Unknown("the answer names no commit")


def _word(value: object, reason: str) -> str | Unknown:
    if isinstance(value, str) and 0 < len(value) <= MAX_WORD_CHARACTERS:
        return value
    return Unknown(reason)


def _gated(value: object) -> bool | str | Unknown:
    if value is False or value in ("auto", "manual"):
        return value
    return Unknown("the answer does not say whether it is gated")


def read_files(body: object, by: str) -> tuple[Known, ...]:
    """The files an answer lists with their hashes (`blobs=true`): weights by their own, others by git's."""
    listed = body.get("siblings") if isinstance(body, dict) else None
    found = []
    for entry in listed[:MAX_FILES] if isinstance(listed, list) else ():
        if not isinstance(entry, dict):
            continue
        large = entry.get("lfs")
        path, size = entry.get("rfilename"), entry.get("size")
        digest = large.get("sha256") if isinstance(large, dict) else entry.get("blobId")
        if isinstance(path, str) and isinstance(digest, str) and _HASH.fullmatch(digest):
            found.append(Known(path, digest, size if isinstance(size, int) else None, by))
    return tuple(found)
