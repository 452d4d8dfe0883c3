"""Files of weights in the tree, with what their headers say."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.plugin import Context, Detector
from scanner.discovery.source import Source
from scanner.discovery.views import Header, View
from scanner.records.sighting import Certainty, Kind, Role, Sighting

ID = "local-weights"
FORMATS = frozenset(
    {
        "safetensors",
        "gguf",
        "ggml",
        "onnx",
        "pickle",
        "keras-h5",
        "keras",
        "nemo",
        "tflite",
        "litertlm",
        "rknn",
        "mnn",
    }
    | {"ncnn", "paddle", "tensorrt", "core-ml", "llamafile", "torch-ot", "tensorflow", "flax", "openvino"}
)
"""Formats of headers that speak of weights; others describe a model without holding it."""

_NO_WEIGHTS = ("gguf.tensors", "0")
"""Of a file that holds a vocabulary alone."""


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting]:
    """Report a file of weights under its path; the first fact of `header` is its format."""
    if isinstance(view, Header) and view.format in FORMATS and _NO_WEIGHTS not in view.fields:
        yield Sighting(
            Kind.LOCAL_WEIGHTS,
            source.file,
            "none",
            Role.DEPENDENCY,
            source.scope,
            Certainty.LITERAL,
            ID,
            view.location,
            header=(("format", view.format), *view.fields),
        )


DETECTOR = Detector(
    ID,
    (Header,),
    detect,
    (
        "Only the first bytes of a file are read: facts that stand behind its tensors are not seen.",
        "Weights inside archives (zip, tar) other than those of a known format are not looked for.",
        "Files under an ending that is not of weights are not recognized by their content; arrays of numpy "
        "(.npy, .npz), which may hold pickled objects, are not looked into.",
    ),
)
