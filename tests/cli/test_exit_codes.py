"""The exit codes of `lading scan`, the first that applies: 2, 1, 3, 0."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kit import DAY, LOADS_APACHE, LOADS_RESEARCH, STRICT, Answer, Lading, write
from tests.local_hub import LocalHub

NOWHERE = "http://127.0.0.1:9"
UNKNOWN = LOADS_APACHE.replace("Qwen/Qwen3-8B", "ext-test/nobody-knows")


@pytest.fixture(autouse=True)
def no_hub(surroundings: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Hub cannot be reached, unless a test says where it is."""
    monkeypatch.setenv("HF_ENDPOINT", NOWHERE)


@pytest.fixture
def hub(no_hub: None, local_hub: LocalHub) -> LocalHub:
    return local_hub


def scan(lading: Lading, root: Path, *words: str) -> Answer:
    return lading("scan", root, "--date", DAY, "-f", "json", *words)


def test_what_could_not_be_asked_is_three_unless_that_is_only_a_warning(
    lading: Lading, tmp_path: Path
) -> None:
    write(tmp_path, {"shop/app.py": UNKNOWN})
    answer = scan(lading, tmp_path / "shop")
    assert answer.code == 3
    (gap,) = answer.report["coverage"]["unanswered"]
    assert gap["asset"] == "hf-model:ext-test/nobody-knows@*"
    assert scan(lading, tmp_path / "shop", "--on-incomplete", "warn").code == 0


def test_a_finding_goes_before_what_could_not_be_asked(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"shop/app.py": UNKNOWN + LOADS_RESEARCH, "shop/lading.yaml": STRICT})
    assert scan(lading, tmp_path / "shop").code == 1
    assert scan(lading, tmp_path / "shop", "--fail-on", "never").code == 3


def test_a_wrong_policy_goes_before_everything(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"shop/app.py": UNKNOWN + LOADS_RESEARCH, "shop/lading.yaml": STRICT + "rulez: {}\n"})
    assert scan(lading, tmp_path / "shop", "--fail-on", "never", "--on-incomplete", "warn").code == 2


def test_a_policy_in_two_places_is_two(lading: Lading, tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "shop/app.py": LOADS_APACHE,
            "shop/lading.yaml": STRICT,
            "shop/pyproject.toml": "[tool.lading]\nversion = 1\n",
        },
    )
    answer = scan(lading, tmp_path / "shop")
    assert (answer.code, "lading.yaml" in answer.err and "[tool.lading]" in answer.err) == (2, True)


def test_a_repository_that_is_missing_is_an_answer(lading: Lading, tmp_path: Path, hub: LocalHub) -> None:
    write(tmp_path, {"shop/app.py": UNKNOWN})
    answer = scan(lading, tmp_path / "shop")
    assert answer.code == 0
    assert answer.report["coverage"]["unanswered"] == []
    assert ("could-not-resolve", "warning", "ext-test/nobody-knows") in answer.findings()


def test_a_requested_exception_passes_the_hook_and_leaves_the_gate_red(
    lading: Lading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = """exceptions:
  - rule: license-not-allowed
    reference: Qwen/Qwen2.5-3B-Instruct
    license: qwen-research
    owner: legal@example.com
    reason: evaluation
    granted: 2026-11-01
    expires: 2027-01-31
    status: requested
"""
    root = tmp_path / "shop"
    write(root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT + asked})
    monkeypatch.chdir(root)
    assert lading("hook", "app.py", "--date", DAY).code == 0
    answer = scan(lading, root, "--offline")
    (finding,) = answer.report["findings"]
    assert answer.code == 1
    assert finding["remedy"].startswith("an exception is requested from legal@example.com; ")
    assert [(each["status"], each["covers"]) for each in answer.report["exceptions"]] == [("requested", 1)]
