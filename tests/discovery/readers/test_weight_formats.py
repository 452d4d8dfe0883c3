import io
import json
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.readers.weight_formats import READER
from tests.discovery.weights_kit import POINTER, POINTER_FACTS, headers

HDF5 = b"\x89HDF\r\n\x1a\n"


def keras(layer, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("metadata.json", "{}")
        archive.writestr("config.json", json.dumps({"config": {"layers": [{"class_name": layer}]}}))
    return out.getvalue()


def nemo(mode):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        text = b"name: x\ntarget: nemo.collections.asr.models.Model\n"
        member = tarfile.TarInfo("model_config.yaml")
        member.size = len(text)
        archive.addfile(member, io.BytesIO(text))
        archive.addfile(tarfile.TarInfo("model_weights.ckpt"))
    return out.getvalue()


NETWORK = b'<?xml version="1.0"?>\n<net name="Model0" version="11">\n\t<layers>\n\t\t<layer id="0"/>'
NEMO = [("member", "model_config.yaml"), ("target", "nemo.collections.asr.models.Model"),
        ("member", "model_weights.ckpt")]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("m.tflite", b"\x1c\0\0\0TFL3\0", [("tflite", [])]),
        ("m.tflite", b"text", []),
        ("ggml-base.en.bin", b"lmgg\0\0", [("ggml", [("ggml.magic", "ggml")])]),
        ("ggml-base.en.bin", b"GGUF\0\0", []),
        ("m.ggml", b"tjgg\0\0", [("ggml", [("ggml.magic", "ggjt")])]),
        ("m.h5", HDF5 + b"..model_config..", [("keras-h5", [])]),
        (
            "m.h5",
            HDF5 + b'model_config {"class_name": "Lambda"}',
            [("keras-h5", [("runs_code", "Lambda layer")])],
        ),
        ("data.h5", HDF5 + b"measurements", []),
        ("m.keras", keras("Dense"), [("keras", [])]),
        ("m.keras", keras("Lambda"), [("keras", [("runs_code", "Lambda layer")])]),
        ("m.keras", keras("Lambda", zipfile.ZIP_STORED), [("keras", [("runs_code", "Lambda layer")])]),
        ("m.nemo", nemo("w"), [("nemo", NEMO)]),
        ("m.nemo", nemo("w:gz"), [("nemo", NEMO)]),
        ("m.rknn", b"RKNN\0\0", [("rknn", [])]),
        ("m.param", b"7767517\n1 1\n", [("ncnn", [])]),
        ("other.param", b"speed=1\n", []),
        ("trip.plan", b"Monday: rest\n", []),
        ("m.plan", b"ftrt\0\0", [("tensorrt", [])]),
        ("m.mlmodel", b"\x08\x01\0", [("core-ml", [])]),
        ("saved_model.pb", b"\x08\0", [("tensorflow", [])]),
        ("openvino_model.xml", b'<?xml version="1.0"?><net name="x">', [("openvino", [])]),
        ("openvino_notes.xml", b"<notes/>", []),
        ("faces-0200.xml", NETWORK, [("openvino", [])]),
        ("faces-0200.xml", b"\xef\xbb\xbf<!-- made by x -->\n" + NETWORK[21:], [("openvino", [])]),
        ("board.xml", b'<net name="GND" class="0"><segment/></net>', []),
        ("netlist.xml", b'<?xml version="1.0"?><nets><net code="1" version="2"><layers/>', []),
        ("whisper-base.bin", b"lmgg\0\0", [("ggml", [("ggml.magic", "ggml")])]),
        ("my-ggml-base.bin", POINTER, [("ggml", POINTER_FACTS)]),
        ("pytorch_model.bin", POINTER, []),
        ("settings.xml", POINTER, []),
        ("openvino_model.xml", POINTER, [("openvino", POINTER_FACTS)]),
        ("m.mnn", POINTER, [("mnn", POINTER_FACTS)]),
    ],
)
def test_formats_are_known_by_ending_and_first_bytes(name, content, found):
    assert headers(READER, content, name) == found


@given(st.binary(max_size=700), st.sampled_from([".h5", ".keras", ".nemo", ".tflite", ".plan"]),
       st.sampled_from([b"", HDF5, b"PK\x03\x04", b"\x1f\x8b"]))  # fmt: skip
def test_any_bytes_end(content, ending, start):
    assert len(headers(READER, start + content, "m" + ending)) <= 1
