from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from scanner.records.unknown import Unknown
from scanner.resolution.signatures import (
    CERTIFICATES,
    IDENTITY,
    ISSUER,
    KEY,
    TRUST,
    look_for_signature,
)

KEYLESS = '{"verificationMaterial": {"certificate": {}, "tlogEntries": [{}]}, "dsseEnvelope": {}}'


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (KEY, CERTIFICATES, IDENTITY, ISSUER, TRUST):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


def value(folder: Path) -> str | Unknown | Any:
    return look_for_signature(folder, "model").value


def test_a_folder_without_a_signature_says_so(model: Path) -> None:
    assert value(model) == "none"


def test_a_signature_is_not_taken_for_verified_without_a_key(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (model / "model.sig").write_text("{}")
    found = look_for_signature(model, "model")
    assert found.value == Unknown(f"found and not verified: {KEY} names no public key")
    assert found.location == "model/model.sig"
    monkeypatch.setenv(KEY, str(model / "no-such.pem"))
    assert value(model) == Unknown(f"found and not verified: {KEY} names no file")


def make_key(folder: Path, name: str) -> tuple[Path, Path]:
    """A pair of keys (needs the `openssl` program)."""
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    make = ["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", str(private)]
    subprocess.run(make, check=True, capture_output=True)
    show = ["openssl", "ec", "-in", str(private), "-pubout", "-out", str(public)]
    subprocess.run(show, check=True, capture_output=True)
    return private, public


def values_under(
    monkeypatch: pytest.MonkeyPatch, model: Path, variable: str, right: Path, other: Path
) -> tuple[str, str, str]:
    """What is said of a signature under the right file, under another, and once a byte is changed."""
    said = []
    for file, config in ((right, None), (other, None), (right, "[]")):
        monkeypatch.setenv(variable, str(file))
        if config is not None:
            (model / "config.json").write_text(config)
        said.append(str(value(model)))
    return said[0], said[1], said[2]


def test_the_right_key_passes_and_a_changed_byte_or_another_key_does_not(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing: Any = pytest.importorskip("model_signing.signing", reason="needs the extra `signing`")
    private, public = make_key(tmp_path, "ours")
    _, other = make_key(tmp_path, "other")
    signature = model / "model.sig"
    signing.Config().use_elliptic_key_signer(private_key=private).sign(model, signature)
    with_right, with_other, with_changed_byte = values_under(monkeypatch, model, KEY, public, other)
    assert with_right == "verified"
    assert with_other.startswith("refused: ")
    assert with_changed_byte.startswith("refused: Signature mismatch: [\"Hash mismatch for 'config.json'")


def test_a_model_in_the_layout_of_a_cache_is_followed_to_its_blobs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing: Any = pytest.importorskip("model_signing.signing", reason="needs the extra `signing`")
    hashing: Any = pytest.importorskip("model_signing.hashing")
    private, public = make_key(tmp_path, "ours")
    blobs, snapshot = tmp_path / "models--a--b" / "blobs", tmp_path / "models--a--b" / "snapshots" / "c"
    blobs.mkdir(parents=True)
    snapshot.mkdir(parents=True)
    (blobs / "1").write_bytes(b"weights")
    (snapshot / "model.safetensors").symlink_to(blobs / "1")
    measured = hashing.Config().set_allow_symlinks(True)
    signer = signing.Config().use_elliptic_key_signer(private_key=private).set_hashing_config(measured)
    signer.sign(snapshot, snapshot / "model.sig")
    monkeypatch.setenv(KEY, str(public))
    assert value(snapshot) == "verified"
    (tmp_path / "outside").write_bytes(b"x")
    (snapshot / "other.bin").symlink_to(tmp_path / "outside")
    assert str(value(snapshot)).startswith("refused: ")


def make_certificates(folder: Path) -> tuple[Path, Path, Path]:
    """A root certificate, and one for signing with its key (needs the `openssl` program)."""
    root, root_key = folder / "root.pem", folder / "root.key"
    leaf, leaf_key, request = folder / "leaf.pem", folder / "leaf.key", folder / "leaf.csr"
    extensions = folder / "leaf.ext"
    extensions.write_text("keyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\n")
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    ca = ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"]
    for command in (
        ["req", "-x509", *curve, "-keyout", root_key, "-out", root, "-subj", "/CN=root", "-days", "9", *ca],
        ["req", "-new", *curve, "-keyout", leaf_key, "-out", request, "-subj", "/CN=signer"],
        ["x509", "-req", "-in", request, "-CA", root, "-CAkey", root_key, "-CAcreateserial", "-out", leaf,
         "-days", "9", "-extfile", extensions],
    ):  # fmt: skip
        subprocess.run(["openssl", *map(str, command)], check=True, capture_output=True)
    return root, leaf, leaf_key


def test_a_certificate_passes_under_its_root_and_under_no_other(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing: Any = pytest.importorskip("model_signing.signing", reason="needs the extra `signing`")
    for name in ("ours", "other"):
        (tmp_path / name).mkdir()
    root, leaf, key = make_certificates(tmp_path / "ours")
    other, _, _ = make_certificates(tmp_path / "other")
    signer = signing.Config().use_certificate_signer(
        private_key=key, signing_certificate=leaf, certificate_chain=[root]
    )
    signer.sign(model, model / "model.sig")
    assert value(model) == Unknown(
        f"found and not verified: it comes with a certificate, and {CERTIFICATES} names no roots"
    )
    with_right, with_other, with_changed_byte = values_under(monkeypatch, model, CERTIFICATES, root, other)
    assert with_right == "verified"
    assert with_other.startswith("refused: ")
    assert with_changed_byte.startswith("refused: Signature mismatch: [\"Hash mismatch for 'config.json'")


def test_a_keyless_signature_is_not_taken_for_verified_without_all_that_it_needs(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (model / "model.sig").write_text(KEYLESS)
    monkeypatch.setenv(KEY, str(model / "model.sig"))
    assert value(model) == Unknown(
        f"found and not verified: it is keyless, and {IDENTITY} and {ISSUER} and {TRUST} are not set"
    )
    monkeypatch.setenv(IDENTITY, "a@example.com")
    monkeypatch.setenv(ISSUER, "https://example.com")
    monkeypatch.setenv(TRUST, str(model / "no-such.json"))
    assert value(model) == Unknown(f"found and not verified: {TRUST} names no file")


def test_a_keyless_signature_is_verified_by_the_named_trust_alone_and_opens_no_socket(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifying: Any = pytest.importorskip("model_signing.verifying", reason="needs the extra `signing`")
    trust = tmp_path / "trust.json"
    trust.write_text("{}")
    (model / "model.sig").write_text(KEYLESS)
    for name, said in ((IDENTITY, "a@example.com"), (ISSUER, "https://example.com"), (TRUST, str(trust))):
        monkeypatch.setenv(name, said)

    def no_socket(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.socket.connect", no_socket)
    assert str(value(model)).startswith("refused: ")
    asked: list[dict[str, object]] = []

    def remember(config: object, **given: object) -> object:
        asked.append(given)
        return config

    monkeypatch.setattr(verifying.Config, "use_sigstore_verifier", remember)
    value(model)
    assert asked == [
        {"identity": "a@example.com", "oidc_issuer": "https://example.com", "trust_config": trust}
    ]
