"""Reads weights that lie in the project, and the folders of models they stand in."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path

from scanner.project.links import is_within
from scanner.records.asset import ModelFile
from scanner.records.fact import Confidence, Evidence
from scanner.records.lock import Lock
from scanner.records.quick import replace
from scanner.records.unknown import Unknown
from scanner.resolution import model_folder
from scanner.resolution.card import read_bases, read_card, read_datasets
from scanner.resolution.files import describe
from scanner.resolution.local_hashes import compare_with_lock
from scanner.resolution.signatures import look_for_signature
from scanner.resolution.source import (
    Base,
    Card,
    Outcome,
    Question,
    Repository,
)
from scanner.resolution.weight_headers import Said, read_said, told_by_headers

DESCRIPTIONS = ("config.json", "adapter_config.json", "mergekit_config.yml", "model_index.json")
"""Files that make a folder a model's: only then do its README and LICENSE speak of the model."""
PARTS = ("model_index.json", "modules.json")
"""Files of a folder whose folders are parts of one model (diffusers, sentence-transformers)."""
MANIFESTS = ("pyproject.toml", "setup.py", "package.json", "Cargo.toml", "go.mod")
"""Files that make the root a program's: its LICENSE is not that of the weights beside it."""

_Header = Mapping[str, tuple[tuple[str, str], ...]]


class LocalAsker:
    """The project's own files."""

    def __init__(self, root: Path, headers: _Header, lock: Lock | None = None) -> None:
        self._root = root.resolve()
        self._headers = headers
        self._lock = lock
        self._signatures: dict[Path, Evidence] = {}
        self._first: dict[Path, str] = {}

    def ask(self, question: Question) -> Outcome | None:
        """Read a weight file's header, and the folder it stands in where that is a model's."""
        path = self._inside(question.name)
        if path is None:
            return None
        # Of two fields of one name the first is ours: the format of the file.
        header = dict(reversed(self._headers.get(question.name, ())))
        folder = self._folder_of(path)
        if any((folder / name).is_file() for name in DESCRIPTIONS):
            return self._with_evidence(self._of_folder(question, folder, header), path, folder, header)
        if path.is_file() or header:
            return self._with_evidence(self._of_file(question, path, header), path, folder, header)
        return None

    def with_texts(self, repository: Repository) -> Repository:
        """Texts were read with the folder."""
        return repository

    def close(self) -> None:
        """Nothing to close."""

    def _with_evidence(
        self, repository: Repository, path: Path, folder: Path, header: dict[str, str]
    ) -> Repository:
        """Add whether the file is what was locked, and whether its folder is signed."""
        if folder not in self._signatures:
            shown = folder.relative_to(self._root).as_posix()
            self._signatures[folder] = look_for_signature(folder, shown)
        compared = compare_with_lock(repository.name, path, header, self._lock) if path.is_file() else ()
        return replace(repository, evidence=(*repository.evidence, self._signatures[folder], *compared))

    def _folder_of(self, path: Path) -> Path:
        """The folder of the model a file belongs to: its own, or that of which its own is a part."""
        folder = path if path.is_dir() else path.parent
        is_part = folder != self._root and any((folder.parent / name).is_file() for name in PARTS)
        return folder.parent if is_part else folder

    def _inside(self, name: str) -> Path | None:
        """The path, where it lies in the project or its cache; nothing outside is ever looked at."""
        try:
            path = self._root / name
            return path if ".." not in path.parts and is_within(self._root, path) and path.exists() else None
        except (OSError, ValueError, RuntimeError):
            return None

    def _of_file(self, question: Question, path: Path, header: dict[str, str]) -> Repository:
        source = f"project:{question.name}"
        said = read_said(header, source)
        try:
            size: int | Unknown = path.stat().st_size
        except OSError as error:
            size = Unknown(error.strerror or "cannot be read")
        files = tuple(told_by_headers(file, header) for file in describe([(path.name, size)]))
        made = _make(question, source, _card({}, said), said.bases, files, header)
        return _with_reason(replace(made, datasets=said.datasets), said)

    def _of_folder(self, question: Question, folder: Path, header: dict[str, str]) -> Repository:
        shown = folder.relative_to(self._root).as_posix()
        source = f"project:{shown}"
        card = model_folder.read_card(folder)
        files = self._told(folder, model_folder.list_files(folder))
        said = read_said(header, source)
        bases = (
            read_bases(None, card, (), source)
            or model_folder.read_bases_of_files(folder, source)
            or said.bases
        )
        stated = _card(card, said)
        is_program = folder == self._root and any((folder / name).is_file() for name in MANIFESTS)
        texts = () if is_program else model_folder.read_license_texts(folder, files)
        filled = Card(
            stated.license_ids, stated.license_name, stated.license_link, (), stated.gguf_ids, texts
        )
        made = _make(question, source, filled, bases, files, header)
        described = self._described(question.name, folder, source)
        datasets = read_datasets(card, (), source) or said.datasets
        return _with_reason(replace(made, datasets=datasets, evidence=described), said)

    def _told(self, folder: Path, files: tuple[ModelFile, ...]) -> tuple[ModelFile, ...]:
        """Files with the formats of their headers; the numbers of an OpenVINO model lie in a `.bin`."""
        shown = folder.relative_to(self._root).as_posix()
        headers = {
            file.path: dict(reversed(self._headers.get(posixpath.normpath(f"{shown}/{file.path}"), ())))
            for file in files
        }
        for path, header in tuple(headers.items()):
            beside = f"{path.removesuffix('.xml')}.bin"
            if header.get("format") == "openvino" and not headers.get(beside, header):
                headers[beside] = {"format": "openvino"}
        return tuple(told_by_headers(file, headers[file.path]) for file in files)

    def _described(self, name: str, folder: Path, source: str) -> tuple[Evidence, ...]:
        """What the configuration says the model is; its own code is told of the first of its files alone."""
        said, as_of = model_folder.read_description(folder), Unknown("read from the project as it is")
        if not self._first:
            names = sorted(self._headers, reverse=True)
            self._first = {self._folder_of(self._root / each): each for each in names}
        first = self._first.get(folder, "")
        return tuple(
            Evidence(fact, value, source, as_of, Confidence.VERIFIED)
            for fact, value in said
            if fact != model_folder.OWN_CODE or name in (first, "")
        )


def _card(card: Mapping[str, object], said: Said) -> Card:
    fields = read_card(card, ())
    return Card(fields.license_ids, fields.license_name, fields.license_link, gguf_ids=said.licenses)


def _with_reason(made: Repository, said: Said) -> Repository:
    return replace(made, base_reason=said.base_reason) if said.base_reason else made


def _make(
    question: Question,
    source: str,
    card: Card,
    bases: tuple[Base, ...],
    files: tuple[ModelFile, ...],
    header: dict[str, str],
) -> Repository:
    ours = Unknown("a file of the project, not a repository")
    return Repository(
        kind=question.kind,
        name=question.name,
        source=source,
        answered_by="local",
        as_of=Unknown("read from the project as it is"),
        confidence=Confidence.VERIFIED,
        commit=ours,
        repository_id=ours,
        card=card,
        bases=bases,
        base_reason="neither the file nor what stands beside it names a base",
        datasets_reason="neither the file nor what stands beside it names training data",
        files=files,
        library=header.get("format") or ours,
        gated=ours,
        availability=ours,
    )
