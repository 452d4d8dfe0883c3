"""What a list of file names says: formats, and which of them can run code when loaded."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scanner.digests import sha256
from scanner.patterns import regex
from scanner.records.asset import ModelFile
from scanner.records.unknown import Unknown
from scanner.resolution.source import LicenseText

MAX_FILES = 5_000
"""Files kept of one repository; what lies beyond is left out of the list, which then says so."""
MAX_PATH_CHARACTERS = 400

_FORMATS: dict[str, tuple[str, bool]] = {
    ".safetensors": ("safetensors", False),
    ".gguf": ("gguf", False),
    ".ggml": ("ggml", False),
    ".onnx": ("onnx", False),
    ".tflite": ("tflite", False),
    ".mlmodel": ("coreml", False),
    ".msgpack": ("flax", False),
    ".ot": ("rust", False),
    ".npz": ("numpy", False),
    ".npy": ("numpy", False),
    ".bin": ("pickle", True),
    ".pt": ("pickle", True),
    ".pth": ("pickle", True),
    ".ckpt": ("pickle", True),
    ".pkl": ("pickle", True),
    ".pickle": ("pickle", True),
    ".joblib": ("pickle", True),
    ".dill": ("pickle", True),
    ".nemo": ("nemo", True),
    ".h5": ("h5", True),
    ".hdf5": ("h5", True),
    ".keras": ("keras", True),
    ".pb": ("tensorflow", True),
    ".py": ("code", True),
    ".parquet": ("parquet", False),
    ".csv": ("csv", False),
    ".jsonl": ("jsonl", False),
    ".arrow": ("arrow", False),
    ".json": ("config", False),
    ".yaml": ("config", False),
    ".yml": ("config", False),
    ".toml": ("config", False),
    ".jinja": ("template", False),
    ".md": ("text", False),
    ".txt": ("text", False),
}
_NAMED = (("ggml-", ".bin", "ggml"), ("openvino_", ".bin", "openvino"), ("openvino_", ".xml", "openvino"))
"""Beginning and end of names that the tools of whisper.cpp and OpenVINO give, and the format they mean."""
_LICENSE = regex(
    r"(?:^|/)(?:licen[sc]e|copying|notice|use_policy|license[-_.][\w.-]+)(?:\.(?:md|txt|rst))?$",
    re.IGNORECASE,
)


def describe(files: Iterable[tuple[str, int | Unknown]]) -> tuple[ModelFile, ...]:
    """Turn (path, size) pairs into records, sorted by path.

    The format follows from the name alone; `runs_code` says whether loading such a file with the
    usual loader of its format can execute code kept in it.
    """
    described: list[ModelFile] = []
    for path, size in files:
        if len(described) >= MAX_FILES:
            break
        if not path or len(path) > MAX_PATH_CHARACTERS:
            continue
        described.append(ModelFile(path, *_format_of(path, size)))
    return tuple(sorted(described, key=lambda file: file.path))


def _format_of(path: str, size: int | Unknown) -> tuple[str, int | Unknown, bool | Unknown]:
    if is_license_text(path):
        return "license", size, False
    name = path.rsplit("/", 1)[-1].lower()
    for start, end, kind in _NAMED:
        if name.startswith(start) and name.endswith(end):
            return kind, size, False
    ending = f".{name.rsplit('.', 1)[1]}" if "." in name.lstrip(".") else ""
    if ending in _FORMATS:
        kind, runs_code = _FORMATS[ending]
        return kind, size, runs_code
    return "other", size, Unknown(f"no record of the format {ending or name!r}")


def is_license_text(path: str) -> bool:
    """Whether a file's name says that it holds license terms."""
    return _LICENSE.search(path) is not None


def read_text(path: str, content: bytes) -> LicenseText:
    """Make a record of the bytes of a license text."""
    return LicenseText(path, sha256(content), content.decode("utf-8", "replace"))


def license_texts(paths: Iterable[str]) -> tuple[str, ...]:
    """The files at the top of a repository that hold its license, the most telling first.

    LICENSE-CODE is passed over where LICENSE-MODEL stands beside it: the first speaks of code.
    """
    at_top = [path for path in paths if "/" not in path and is_license_text(path)]
    found = [path for path in at_top if not path.lower().startswith(("notice", "use_policy"))]
    if any("model" in path.lower() for path in found):
        found = [path for path in found if "code" not in path.lower()]
    return tuple(sorted(found, key=lambda path: ("model" not in path.lower(), len(path), path)))
