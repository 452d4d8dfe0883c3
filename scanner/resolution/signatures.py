"""Signatures beside models (OpenSSF model signing): found always, verified with the extra `signing`."""

from __future__ import annotations

import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

from scanner.records.fact import Confidence, Evidence
from scanner.records.unknown import Unknown

FACT = "signature"
NONE, VERIFIED = "none", "verified"
"""Values of the fact besides `refused: REASON`; Unknown where a signature was found and not verified."""
ENDINGS = (".sig", ".sigstore", ".sigstore.json")
# What a signature has to fit comes from the environment, never from a project's file.
KEY = "LADING_SIGNING_KEY"
"""The public key (PEM)."""
CERTIFICATES = "LADING_SIGNING_CERTIFICATES"
"""Files of root and intermediate certificates (PEM), parted as in PATH."""
IDENTITY, ISSUER = "LADING_SIGNING_IDENTITY", "LADING_SIGNING_ISSUER"
"""Who has to have signed without a key of their own, and who vouches for them."""
TRUST = "LADING_SIGNING_TRUST"
"""Trust configuration (JSON) for keyless signatures; without it verifying would take the network."""
MAX_REASON = 300
MAX_SIGNATURE_BYTES = 50_000_000
MAX_FILES = 100_000
"""Files of a folder whose links are followed."""


def look_for_signature(folder: Path, shown: str) -> Evidence:
    """Say whether a folder of a model carries a signature, and verify it where a signer is named."""
    found = _find(folder)
    value: str | Unknown = NONE if found is None else _verify(folder, found)
    location = f"{shown}/{found.name}" if found is not None else None
    as_of = Unknown("read from the project as it is")
    return Evidence(FACT, value, f"project:{shown}", as_of, Confidence.VERIFIED, location=location)


def _find(folder: Path) -> Path | None:
    try:
        return min((each for each in folder.iterdir() if each.name.endswith(ENDINGS)), default=None)
    except OSError:
        return None


def _verify(folder: Path, signature: Path) -> str | Unknown:
    method = _method_of(signature)
    missing = _missing(method)
    if missing:
        return Unknown(f"found and not verified: {missing}")
    try:
        hashing: Any = import_module("model_signing.hashing")
        verifying: Any = import_module("model_signing.verifying")
    except ImportError:
        return Unknown("found and not verified: lading[signing] is not installed")
    # As the package's own command does it: the signature is no part of what was signed.
    measured = hashing.Config().set_ignored_paths(paths=[Path(signature.name)], ignore_git_paths=True)
    try:
        measured = measured.set_allow_symlinks(_links_stay_near(folder))
        verifier = _verifier(verifying.Config(), method)
        verifier.set_hashing_config(measured).verify(folder, signature)
    except Exception as error:  # noqa: BLE001  # the package raises what it likes on a signature that does not fit
        words = " ".join(str(error).split())[:MAX_REASON]
        return f"refused: {words or type(error).__name__}"
    return VERIFIED


def _links_stay_near(folder: Path) -> bool:
    """Whether every link leads to a file of the same cache entry, as in the cache of the client."""
    top = folder.resolve().parent.parent
    for count, path in enumerate(folder.rglob("*")):
        if count > MAX_FILES:
            return False
        if path.is_symlink() and not (path.is_file() and path.resolve().is_relative_to(top)):
            return False
    return True


def _method_of(signature: Path) -> str:
    """How a bundle says it was signed: with a log entry keyless, with a chain of certificates, else a key."""
    try:
        with signature.open("rb") as opened:
            material = json.loads(opened.read(MAX_SIGNATURE_BYTES))["verificationMaterial"]
        if material.get("tlogEntries"):
            return "keyless"
        return "certificate" if material.get("x509CertificateChain") else "key"
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "key"


def _missing(method: str) -> str:
    """What the environment does not name and the method needs; `""` where all is there."""
    if method == "keyless":
        unset = [name for name in (IDENTITY, ISSUER, TRUST) if not os.environ.get(name)]
        if unset:
            return f"it is keyless, and {' and '.join(unset)} {'is' if len(unset) == 1 else 'are'} not set"
        return "" if Path(os.environ[TRUST]).is_file() else f"{TRUST} names no file"
    if method == "certificate":
        paths = _certificates()
        if not paths:
            return f"it comes with a certificate, and {CERTIFICATES} names no roots"
        return "" if all(path.is_file() for path in paths) else f"{CERTIFICATES} names no file"
    if not os.environ.get(KEY):
        return f"{KEY} names no public key"
    return "" if Path(os.environ[KEY]).is_file() else f"{KEY} names no file"


def _certificates() -> list[Path]:
    return [Path(each) for each in os.environ.get(CERTIFICATES, "").split(os.pathsep) if each]


def _verifier(config: Any, method: str) -> Any:
    if method == "keyless":
        return config.use_sigstore_verifier(
            identity=os.environ[IDENTITY],
            oidc_issuer=os.environ[ISSUER],
            trust_config=Path(os.environ[TRUST]),
        )
    if method == "certificate":
        return config.use_certificate_verifier(certificate_chain=_certificates())
    return config.use_elliptic_key_verifier(public_key=Path(os.environ[KEY]))
