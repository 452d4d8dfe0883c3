"""Signatures beside models (OpenSSF model signing): found always, verified with the extra `signing`."""

from __future__ import annotations

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
KEY = "LADING_SIGNING_KEY"
"""Names the public key (PEM) a signature has to fit; from the environment, never from a project's file."""
MAX_REASON = 300


def look_for_signature(folder: Path, shown: str) -> Evidence:
    """Say whether a folder of a model carries a signature, and verify it where a key is named."""
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
    key = os.environ.get(KEY)
    if not key:
        return Unknown(f"found and not verified: {KEY} names no public key")
    if not Path(key).is_file():
        return Unknown(f"found and not verified: {KEY} names no file")
    try:
        hashing: Any = import_module("model_signing.hashing")
        verifying: Any = import_module("model_signing.verifying")
    except ImportError:
        return Unknown("found and not verified: lading[signing] is not installed")
    # As the package's own command does it: the signature is no part of what was signed.
    measured = hashing.Config().set_ignored_paths(paths=[signature], ignore_git_paths=True)
    try:
        verifier = verifying.Config().use_elliptic_key_verifier(public_key=Path(key))
        verifier.set_hashing_config(measured).verify(folder, signature)
    except Exception as error:  # noqa: BLE001  # the package raises what it likes on a signature that does not fit
        words = " ".join(str(error).split())[:MAX_REASON]
        return f"refused: {words or type(error).__name__}"
    return VERIFIED
