from __future__ import annotations

from dataclasses import replace

from scanner.records.asset import Asset
from scanner.records.fact import Confidence, Evidence
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from tests.policy.build import asset, judge, only, said

RULE = "hash-mismatch"
NAME = "models/tiny/model.safetensors"
LOCKED = "a" * 64


def weights(found: str | Unknown | None) -> Asset:
    made = asset(NAME, kind=Kind.LOCAL_WEIGHTS)
    if found is None:
        return made
    facts = (
        Evidence("file.hash", found, f"project:{NAME}", "2026-11-22", Confidence.VERIFIED),
        Evidence(
            "locked.hash", LOCKED, "lockfile:hf-model:acme/tiny", "2026-11-01", Confidence.VERIFIED,
            quote="model.safetensors", location="lading.lock:6",
        ),
    )  # fmt: skip
    return replace(made, license=replace(made.license, evidence=facts))


def test_the_locked_file_and_one_the_lockfile_does_not_know_pass() -> None:
    assert said(judge("{}", weights(LOCKED)), RULE) == []
    assert said(judge("{}", weights(None)), RULE) == []


def test_other_bytes_are_found_with_both_hashes() -> None:
    finding = only(judge("{}", weights("b" * 64)), RULE)
    assert finding.level.value == "warning"
    assert finding.message == (
        f"{NAME} is not model.safetensors of hf-model:acme/tiny: it has bbbbbbbbbbbb, locked is aaaaaaaaaaaa"
    )


def test_another_size_is_said_in_words() -> None:
    finding = only(judge("{}", weights("3 bytes instead of 4")), RULE)
    assert finding.message.endswith(": it has 3 bytes instead of 4, locked is aaaaaaaaaaaa")


def test_a_file_that_was_not_read_is_a_question() -> None:
    unread = weights(Unknown("the file is larger than 5 bytes and was not hashed"))
    finding = only(judge("{}", unread), RULE)
    assert (finding.level.value, finding.missing) == ("question", "file.hash")
    assert said(judge(f"{RULE}: {{unread: off}}", unread), RULE) == []


def test_an_exception_covers_it() -> None:
    held = (
        f"version: 1\nexceptions:\n  - {{rule: {RULE}, reference: {NAME}, owner: o, reason: r, "
        "granted: 2026-10-01, expires: 2027-01-01}\n"
    )
    assert only(judge(held, weights("b" * 64)), RULE).exception is not None


def of_the_hub(found: str | Unknown, held: str | Unknown) -> Asset:
    made = asset(NAME, kind=Kind.LOCAL_WEIGHTS)
    facts = (
        Evidence("file.hash", found, f"project:{NAME}", "2026-11-22", Confidence.VERIFIED),
        Evidence(
            "locked.hash", held, "hub:acme/tiny@0123", "2026-11-22", Confidence.VERIFIED,
            quote="model.safetensors",
        ),
    )  # fmt: skip
    return replace(made, license=replace(made.license, evidence=facts))


def test_what_the_hub_says_is_told_as_the_hubs_word() -> None:
    finding = only(judge("{}", of_the_hub("b" * 40, "a" * 40)), RULE)
    assert finding.message == (
        f"{NAME} is not model.safetensors of acme/tiny@0123: it has bbbbbbbbbbbb, the Hub has aaaaaaaaaaaa"
    )
    assert said(judge("{}", of_the_hub("a" * 40, "a" * 40)), RULE) == []


def test_a_hub_that_did_not_answer_is_a_question() -> None:
    reason = Unknown("the Hub gave no list of its files: gone")
    finding = only(judge("{}", of_the_hub(reason, reason)), RULE)
    assert (finding.level.value, finding.message) == (
        "question",
        f"{NAME} is not known to be model.safetensors of acme/tiny@0123: {reason.reason}",
    )
