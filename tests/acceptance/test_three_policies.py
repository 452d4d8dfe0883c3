"""One project, three organizations: what each of them is told about every model the example names."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from tests.cli.kit import Lading

SHOP = Path(__file__).parent.parent.parent / "examples" / "model-shop"

COMPANY = """version: 1
use:
  organization_country: DE
  territories: [DE, FR]
  commercial: true
  distribution: [hosted-service]
  monthly_active_users: 40000
  annual_revenue_usd: 9000000
  includes_affiliates: true
  fields: [retail]
  trains_on_outputs: false
rules:
  license-not-allowed: {deny: ["category:non-commercial"], level: error}
  license-unknown: {level: error}
  hosted-api-not-allowed: {deny_countries: [CN, RU], level: error}
"""
CONTRACTOR = """version: 1
use:
  organization_country: US
  territories: [US]
  commercial: true
  distribution: [internal]
  monthly_active_users: 0
  includes_affiliates: true
  fields: [military]
  trains_on_outputs: false
rules:
  license-unknown: {level: question}
  origin-not-allowed: {scope: lineage, deny_countries: [CN, RU], level: error}
"""
LABORATORY = """version: 1
use:
  organization_country: GB
  territories: [GB]
  commercial: false
  distribution: [internal]
  monthly_active_users: 300
  fields: [research]
  trains_on_outputs: true
rules:
  license-unknown: {level: warning}
"""

BASE = "license-conflicts-with-base"
CODE = "remote-code"
HOST = "hosted-api-not-allowed"
ORIGIN = "origin-not-allowed"
UNKNOWN = "license-unknown"
USE = "use-outside-license"
PASS = "pass"

# Each cell: the rules that stop the reference. The company is in the Union and serves the public; the
# contractor's field is military and it takes nothing developed or served from two countries; the laboratory
# is in the United Kingdom, sells nothing, and trains on outputs.
TABLE: dict[str, tuple[str, str, str]] = {
    # reference: (company, contractor, laboratory)
    "bartowski/Qwen2.5-72B-Instruct-GGUF": (PASS, ORIGIN, PASS),
    "unsloth/DeepSeek-R1-GGUF": (PASS, ORIGIN, PASS),
    "Qwen/Qwen2.5-72B-Instruct": (PASS, ORIGIN, PASS),
    "zai-org/GLM-4.5": (PASS, ORIGIN, PASS),
    "MiniMaxAI/MiniMax-M2": (CODE, f"{ORIGIN} {CODE}", CODE),
    "meta-llama/Llama-3.1-8B-Instruct": (PASS, USE, PASS),
    # Llama 3 lets outputs improve no other model; 3.1 does, under its name.
    "NousResearch/Hermes-3-Llama-3.1-8B": (BASE, f"{BASE} {USE}", f"{BASE} {USE}"),
    "deepseek-ai/DeepSeek-R1-Distill-Llama-8B": (BASE, f"{BASE} {ORIGIN} {USE}", BASE),
    "models/detector.rknn": (UNKNOWN, PASS, PASS),
    "baidu/ERNIE-4.5-21B-A3B-PT": (PASS, ORIGIN, PASS),
    # Three different sentences: the Union, military purposes, the United Kingdom with outputs.
    "tencent/Hunyuan-A13B-Instruct": (USE, f"{ORIGIN} {USE}", USE),
    "aisingapore/Qwen-SEA-LION-v4-32B-IT": (UNKNOWN, ORIGIN, PASS),
    # Multimodal: the use policy leaves out licensees with a seat in the Union, not in the United Kingdom.
    "meta-llama/Llama-4-Scout-17B-16E-Instruct": (USE, USE, PASS),
    "openai:gpt-4o": (PASS, PASS, PASS),
    "deepseek:deepseek-chat": (HOST, ORIGIN, PASS),
    "alibaba-dashscope:qwen-max": (HOST, ORIGIN, PASS),
    "tencent-hunyuan:kimi-k3": (HOST, ORIGIN, PASS),
    # Served from elsewhere, developed by the same company.
    "aws-bedrock:deepseek.r1-v1:0": (PASS, ORIGIN, PASS),
    "gigachat:GigaChat": (HOST, ORIGIN, PASS),
    "Qwen/Qwen3-8B": (PASS, ORIGIN, PASS),
    "nvidia/DeepSeek-R1-FP4": (PASS, ORIGIN, PASS),
    "perplexity-ai/r1-1776": (PASS, ORIGIN, PASS),
    "moonshotai/Kimi-K2-Instruct": (CODE, f"{ORIGIN} {CODE}", CODE),
    "THUDM/glm-4-9b-chat": (UNKNOWN, ORIGIN, PASS),
    "t-tech/T-pro-it-2.0": (PASS, ORIGIN, PASS),
}


@pytest.mark.parametrize(
    ("column", "policy"),
    [(0, COMPANY), (1, CONTRACTOR), (2, LABORATORY)],
    ids=["commercial EU company", "US defense contractor", "university laboratory"],
)
def test_each_organization_is_told_what_its_own_policy_stops(
    lading: Lading, tmp_path: Path, column: int, policy: str
) -> None:
    root = tmp_path / "model-shop"
    shutil.copytree(SHOP, root)
    (root / "lading.yaml").write_text(policy, "utf-8")
    answer = lading.scan(root)
    stopped: dict[str, set[str]] = defaultdict(set)
    for rule, level, reference in answer.findings():
        if level == "error":
            stopped[reference].add(rule)
    named = {reference["name"] for reference in answer.report["references"]}
    assert {name: " ".join(sorted(stopped[name])) or PASS for name in named} == {
        name: cells[column] for name, cells in TABLE.items()
    }
    assert set(stopped) == named
    assert answer.code == 1
