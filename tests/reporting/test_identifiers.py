from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.reporting.identifiers import hub_address, purl, report_uuid, stable_uuid
from tests.reporting.sample_report import REPORT

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("kind", "name", "commit", "expected"),
    [
        (Kind.HF_MODEL, "Org/Name-1.5", COMMIT, f"pkg:huggingface/Org/Name-1.5@{COMMIT}"),
        (Kind.HF_MODEL, "gpt2", COMMIT, f"pkg:huggingface/gpt2@{COMMIT}"),
        (Kind.HF_MODEL, "org/name", Unknown("no"), "pkg:huggingface/org/name"),
        (Kind.HF_MODEL, "org/name", "v1.0-Beta", "pkg:huggingface/org/name"),
        (Kind.HF_DATASET, "org/name", COMMIT, None),
        (Kind.API_MODEL, "org:name", COMMIT, None),
        (Kind.HF_MODEL, "org/name/../x", COMMIT, None),
        (Kind.HF_MODEL, "org/na\nme", COMMIT, None),
    ],
)
def test_only_models_on_the_hub_have_a_purl_and_only_commits_are_versions(
    kind: Kind, name: str, commit: str | Unknown, expected: str | None
) -> None:
    assert purl(kind, name, commit) == expected


def test_addresses_on_the_hub() -> None:
    assert hub_address(Kind.HF_MODEL, "org/name") == "https://huggingface.co/org/name"
    assert hub_address(Kind.HF_DATASET, "org/name") == "https://huggingface.co/datasets/org/name"
    assert hub_address(Kind.OLLAMA, "llama3") is None
    assert hub_address(Kind.HF_MODEL, "org/<script>") is None


def test_the_same_text_has_the_same_uuid() -> None:
    assert stable_uuid("a") == stable_uuid("a") != stable_uuid("b")


def test_another_bill_has_another_uuid() -> None:
    assert report_uuid(REPORT) == report_uuid(replace(REPORT))
    later = replace(REPORT, date="2026-11-23")
    fewer = replace(REPORT, references=REPORT.references[1:])
    assert len({report_uuid(each) for each in (REPORT, later, fewer)}) == 3
