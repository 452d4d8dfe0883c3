"""What the policy commands and `lading explain` write as JSON is as docs/schema says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.kit import DAY, LOADS_RESEARCH, STRICT, Lading, write
from tests.cli.test_show import mistakes

GRANT = """use: {territories: [DE], commercial: true}
exceptions:
  - rule: license-not-allowed
    reference: acme/x
    owner: legal@example.com
    reason: evaluation
    granted: 2026-11-01
    expires: 2027-01-31
"""
CASES = """cases:
  - name: is allowed
    given: {reference: acme/a, license: MIT}
    expect: [license-unknown: question]
"""


@pytest.fixture
def shop(lading: Lading, tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    write(root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT + GRANT, "lading.test.yaml": CASES})
    lading("scan", root, "--offline", "--date", DAY, "-f", f"json={root / 'r.json'}")
    return root


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("policy-show", ("policy", "show", "--root", "SHOP")),
        ("policy-show", ("policy", "show", "license-not-allowed", "--root", "SHOP")),
        ("policy-check", ("policy", "check", "--root", "SHOP")),
        ("policy-test", ("policy", "test", "SHOP/lading.test.yaml")),
        ("rules", ("explain",)),
        ("rule", ("explain", "license-not-allowed")),
        ("explanation", ("explain", "FINDING", "--report", "SHOP/r.json", "--root", "SHOP")),
    ],
)
def test_the_answer_is_as_its_schema_says(
    lading: Lading, shop: Path, name: str, words: tuple[str, ...]
) -> None:
    findings = json.loads((shop / "r.json").read_text())["findings"]
    first = next(each["id"] for each in findings if each["rule"] == "license-not-allowed")
    said = [word.replace("SHOP", str(shop)).replace("FINDING", first) for word in words]
    document = json.loads(lading(*said, "--format", "json").out)
    assert mistakes(f"lading.{name}/1", document) == []
    assert mistakes(f"lading.{name}/1", {**document, "more": 1}) != [], (
        "the schema refuses what it does not know"
    )


def test_a_baseline_is_as_its_schema_says(lading: Lading, shop: Path) -> None:
    assert lading.scan(shop, "--write-baseline", shop / "base.json").code == 0
    document = json.loads((shop / "base.json").read_text())
    assert document["findings"] != []
    assert mistakes("lading.baseline/1", document) == []
