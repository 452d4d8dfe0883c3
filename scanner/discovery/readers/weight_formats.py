"""Weights of other formats, known by their ending and their first bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from scanner.discovery.openvino import describes_network
from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import View
from scanner.discovery.weight_files import bytes_of, expand, is_ggml_name, make_header, read_pointer, text_of
from scanner.patterns import regex

MAX_CONFIG_BYTES = 500_000
"""Bytes of a configuration inside a weight file that are searched."""
MAX_TAR_MEMBERS = 200
"""Members of a tar that are named."""

_GGML = (b"ggml", b"ggmf", b"ggjt", b"ggla")
_HDF5 = b"\x89HDF\r\n\x1a\n"
_LAMBDA = regex(rb'"class_name"\s*:\s*"Lambda"')
_TARGET = regex(rb"^target:\s*(\S{1,200})", re.MULTILINE)


def read(source: Source) -> Iterator[View]:
    """Say of which format a file of weights is; its tensors are never read.

    Endings that other files use too count only with the right first bytes: an `.h5` without a Keras
    model in it, a text called `.plan`, gives nothing.
    """
    content = bytes_of(source)
    name = source.file.rsplit("/", 1)[-1].lower()
    ending = name[name.rfind(".") :]
    format_name, facts_of = _FORMATS[ending]
    is_named = ending == ".xml" and name.startswith("openvino_")
    pointer = read_pointer(content)
    if pointer is not None:
        if ending not in _OF_OTHERS or is_ggml_name(name) or is_named:
            yield make_header(source, format_name, pointer)
        return
    facts = [] if is_named and b"<net " in content[:4096] else facts_of(content)
    if facts is not None:
        yield make_header(source, format_name, facts)


Facts = list[tuple[str, str]] | None


def _ggml(content: bytes) -> Facts:
    """The format before GGUF, which whisper.cpp still reads: four letters, written backwards."""
    name = content[:4][::-1]
    return [("ggml.magic", name.decode("ascii"))] if name in _GGML else None


def _binary(content: bytes) -> Facts:
    return [] if b"\0" in content[:4096] else None


def _tflite(content: bytes) -> Facts:
    return [] if content[4:8] == b"TFL3" else None


def _keras_h5(content: bytes) -> Facts:
    if not content.startswith(_HDF5):
        return None
    if not any(word in content for word in (b"keras_version", b"model_config", b"layer_names")):
        return None
    return [("runs_code", "Lambda layer")] if _LAMBDA.search(content) else []


def _keras_zip(content: bytes) -> Facts:
    if not content.startswith(b"PK\x03\x04"):
        return None
    at = content.find(b"config.json")
    if at < 30:
        return []
    extra = int.from_bytes(content[at - 2 : at], "little")
    start = at + len(b"config.json") + (extra if extra < 1024 else 0)
    is_packed = content[at - 22 : at - 20] != b"\0\0"
    config = content[start : start + MAX_CONFIG_BYTES]
    config = expand(config, MAX_CONFIG_BYTES) if is_packed else config
    return [("runs_code", "Lambda layer")] if _LAMBDA.search(config) else []


def _nemo(content: bytes) -> Facts:
    if content.startswith(b"\x1f\x8b"):
        content = expand(content, MAX_CONFIG_BYTES)
    if content[257:262] != b"ustar":
        return None
    facts: list[tuple[str, str]] = []
    at = 0
    for _ in range(MAX_TAR_MEMBERS):
        block = content[at : at + 512]
        if len(block) < 512 or not block.strip(b"\0"):
            break
        name = text_of(block[:100].split(b"\0")[0])
        try:
            size = int(block[124:135].split(b"\0")[0].strip() or b"0", 8)
        except ValueError:
            break
        facts.append(("member", name))
        if name.endswith("model_config.yaml") and (
            target := _TARGET.search(content[at + 512 : at + 512 + min(size, MAX_CONFIG_BYTES)])
        ):
            facts.append(("target", text_of(target[1])))
        at += 512 + (size + 511) // 512 * 512
    return facts


def _ncnn(content: bytes) -> Facts:
    return [] if content.startswith(b"7767517") else None


def _openvino(content: bytes) -> Facts:
    return [] if describes_network(text_of(content[:4096])) else None


_FORMATS: dict[str, tuple[str, Callable[[bytes], Facts]]] = {
    ".ggml": ("ggml", _ggml),
    ".bin": ("ggml", _ggml),
    ".xml": ("openvino", _openvino),
    ".h5": ("keras-h5", _keras_h5),
    ".hdf5": ("keras-h5", _keras_h5),
    ".keras": ("keras", _keras_zip),
    ".nemo": ("nemo", _nemo),
    ".tflite": ("tflite", _tflite),
    ".litertlm": ("litertlm", _binary),
    ".rknn": ("rknn", _binary),
    ".mnn": ("mnn", _binary),
    ".param": ("ncnn", _ncnn),
    ".pdmodel": ("paddle", _binary),
    ".pdiparams": ("paddle", _binary),
    ".pdparams": ("paddle", _binary),
    ".engine": ("tensorrt", _binary),
    ".plan": ("tensorrt", _binary),
    ".mlmodel": ("core-ml", _binary),
    ".llamafile": ("llamafile", _binary),
    ".ot": ("torch-ot", _binary),
    ".pb": ("tensorflow", _binary),
    ".msgpack": ("flax", _binary),
}

_OF_OTHERS = (".bin", ".xml")
"""Endings under which mostly other things lie: of what is stored elsewhere, the name has to say more."""

READER = Reader(
    "weight-formats",
    tuple(ending for ending in _FORMATS if ending not in (".pb", ".msgpack")),
    ("saved_model.pb", "flax_model*.msgpack"),
    read,
    reads_headers=True,
)
