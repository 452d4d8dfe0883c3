"""An allowed model of the same family is named in the remedy."""

from __future__ import annotations

from tests.policy.build import only
from tests.policy.licensed import judged, licensed, under_use

PERMISSIVE = 'license-not-allowed: {allow: ["category:permissive"]}'
QWEN = licensed("Qwen/Qwen2.5-72B-Instruct", "qwen-2024-09-19", modality="text-generation")


def test_the_nearest_size_whose_license_is_allowed_comes_first() -> None:
    finding = only(judged(PERMISSIVE, QWEN), "license-not-allowed")
    assert finding.remedy.startswith("use Qwen/Qwen2.5-32B-Instruct (Apache-2.0), or ")


def test_a_sibling_must_fit_the_declared_use() -> None:
    use = "commercial: true, monthly_active_users: 200000000, fields: [retail], trains_on_outputs: false"
    finding = only(under_use(QWEN, use), "use-outside-license")
    assert finding.remedy.startswith("use Qwen/Qwen2.5-32B-Instruct (Apache-2.0), or ")


def test_where_no_sibling_is_allowed_none_is_named() -> None:
    finding = only(judged("license-not-allowed: {allow: [CC0-1.0]}", QWEN), "license-not-allowed")
    assert finding.remedy.startswith("use another model")


def test_another_task_is_no_sibling() -> None:
    vision = licensed("Qwen/Qwen2.5-72B-Instruct", "qwen-2024-09-19", modality="image-text-to-text")
    finding = only(judged(PERMISSIVE, vision), "license-not-allowed")
    assert finding.remedy.startswith("use another model")
