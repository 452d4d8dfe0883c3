from __future__ import annotations

from dataclasses import replace

from scanner.records.asset import Asset
from scanner.records.fact import Confidence, Evidence
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from tests.policy.build import asset, judge, only, said

RULE = "unsigned-model"


def weights(value: str | Unknown, name: str = "models/a.safetensors", folder: str = "models") -> Asset:
    made = asset(name, kind=Kind.LOCAL_WEIGHTS)
    fact = Evidence("signature", value, f"project:{folder}", Unknown("now"), Confidence.VERIFIED)
    return replace(made, license=replace(made.license, evidence=(fact,)))


def test_a_signature_that_was_verified_and_a_model_of_the_hub_pass() -> None:
    assert said(judge("{}", weights("verified"), asset("acme/model")), RULE) == []


def test_a_missing_signature_is_a_note() -> None:
    finding = only(judge("{}", weights("none")), RULE)
    assert (finding.level.value, finding.message) == (
        "note",
        "models/a.safetensors and what lies beside it carry no signature",
    )


def test_a_folder_is_spoken_of_once() -> None:
    shards = [weights("none", f"models/a-{number}.safetensors") for number in range(3)]
    other = weights("none", "other/a.safetensors", "other")
    assert [name for _, _, name in said(judge("{}", *shards, other), RULE)] == [
        "models/a-0.safetensors",
        "other/a.safetensors",
    ]


def test_a_signature_that_does_not_fit_is_a_warning() -> None:
    finding = only(judge("{}", weights("refused: Hash mismatch for 'config.json'")), RULE)
    assert (finding.level.value, finding.message) == (
        "warning",
        "the signature of models/a.safetensors is refused: Hash mismatch for 'config.json'",
    )
    assert said(judge(f"{RULE}: {{refused: off}}", weights("refused: x")), RULE) == []


def test_a_signature_nobody_verified_is_unknown_and_a_note() -> None:
    unverified = weights(Unknown("found and not verified: LADING_SIGNING_KEY names no public key"))
    assert only(judge("{}", unverified), RULE).level.value == "note"
    assert said(judge(f"{RULE}: {{unverified: off}}", unverified), RULE) == []


def test_an_exception_covers_it() -> None:
    held = (
        f"version: 1\nexceptions:\n  - {{rule: {RULE}, reference: models/a.safetensors, owner: o, reason: r, "
        "granted: 2026-10-01, expires: 2027-01-01}\n"
    )
    assert only(judge(held, weights("none")), RULE).exception is not None
