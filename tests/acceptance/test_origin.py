"""What organizations check about origin, tried on small projects with the shipped knowledge."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from tests.cli.kit import DAY, Answer, Lading

HUNYUAN = "tencent/Hunyuan-A13B-Instruct"
LLAMA_4 = "meta-llama/Llama-4-Scout-17B-16E-Instruct"
R1776 = "perplexity-ai/r1-1776"


def project(folder: Path, code: str, policy: str) -> Path:
    """A project of one Python file and a policy; a line without spaces is a model that is loaded."""
    folder.mkdir(parents=True, exist_ok=True)
    if "\n" not in code:
        code = f'from transformers import AutoModel\n\nAutoModel.from_pretrained("{code}")\n'
    (folder / "app.py").write_text(code, "utf-8")
    (folder / "lading.yaml").write_text(f"version: 1\n{policy}", "utf-8")
    return folder


def of(answer: Answer, rule: str) -> list[dict[str, object]]:
    return [found for found in answer.report["findings"] if found["rule"] == rule]


def levels(answer: Answer, rule: str) -> list[object]:
    return [found["level"] for found in of(answer, rule)]


def test_1_three_packs_give_three_outcomes_on_one_project(lading: Lading, tmp_path: Path) -> None:
    code = (
        "from openai import OpenAI\nfrom transformers import AutoModel\n\n"
        'AutoModel.from_pretrained("Qwen/Qwen2.5-72B-Instruct")\n'
        'client = OpenAI(base_url="https://api.deepseek.com")\n'
        'client.chat.completions.create(model="deepseek-chat", messages=[])\n'
    )
    root = project(tmp_path / "shop", code, "use: {}\n")
    outcomes = {}
    for pack in ("us-defense-contractor", "data-residency", "permissive-only"):
        answer = lading.scan(root, "--policy", pack)
        outcomes[pack] = sorted(
            (rule, reference) for rule, level, reference in answer.findings() if level == "error"
        )
    assert outcomes == {
        "us-defense-contractor": [
            ("hosted-api-not-allowed", "deepseek:deepseek-chat"),
            ("origin-not-allowed", "Qwen/Qwen2.5-72B-Instruct"),
            ("origin-not-allowed", "deepseek:deepseek-chat"),
        ],
        "data-residency": [("hosted-api-not-allowed", "deepseek:deepseek-chat")],
        "permissive-only": [("license-not-allowed", "Qwen/Qwen2.5-72B-Instruct")],
    }


@pytest.mark.parametrize(("scope", "expected"), [("publisher", []), ("lineage", ["error"])])
def test_2_a_rule_on_publishers_passes_what_a_rule_on_lineage_does_not(
    lading: Lading, tmp_path: Path, scope: str, expected: list[str]
) -> None:
    rule = f"rules: {{origin-not-allowed: {{scope: {scope}, allow_countries: [US], level: error}}}}\n"
    assert levels(lading.scan(project(tmp_path / "p", R1776, rule)), "origin-not-allowed") == expected


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("{organization_country: DE, territories: [DE]}", ["DE"]),
        ("{organization_country: US, territories: [US]}", []),
        ("{organization_country: US, territories: [US, DE]}", ["DE"]),
    ],
)
def test_3_a_license_that_leaves_out_a_territory_names_it(
    lading: Lading, tmp_path: Path, use: str, expected: list[str]
) -> None:
    answer = lading.scan(project(tmp_path / "p", HUNYUAN, f"use: {use}\n"))
    found = [one for one in of(answer, "use-outside-license") if one["level"] == "error"]
    assert [word for one in found for word in re.findall(r"\bDE\b", str(one["message"]))[:1]] == expected


def test_4_the_clause_of_the_use_policy_is_cited_and_not_the_license(lading: Lading, tmp_path: Path) -> None:
    answer = lading.scan(project(tmp_path / "p", LLAMA_4, "use: {organization_country: DE}\n"))
    (found,) = [one for one in of(answer, "use-outside-license") if one["level"] == "error"]
    assert "Acceptable Use Policy" in str(found["message"])
    assert "Acceptable Use Policy" in json.dumps(found["evidence"])


def test_5_old_lists_are_told_even_where_nothing_matches(lading: Lading, tmp_path: Path) -> None:
    root = project(
        tmp_path / "p", "google-bert/bert-base-uncased", "rules: {knowledge-stale: {max_age_days: 90}}\n"
    )
    assert levels(lading.scan(root), "knowledge-stale") == []
    later = lading("scan", root, "--offline", "--date", "2028-01-01", "-f", "json")
    assert levels(later, "knowledge-stale") == ["warning"]


def test_6_a_withdrawn_entry_is_a_note_unless_the_policy_says_otherwise(
    lading: Lading, tmp_path: Path
) -> None:
    rule = 'rules: {entity-on-list: {deny: ["US DoD Section 1260H list"]}}\n'
    answer = lading.scan(project(tmp_path / "p", "Qwen/Qwen3-8B", rule))
    by_status = {
        "withdrawn" if "withdrawn" in str(one["message"]) else "under litigation": one["level"]
        for one in of(answer, "entity-on-list")
    }
    assert by_status == {"withdrawn": "note", "under litigation": "error"}
    named = rule.replace("]}", "], withdrawn: warning}")
    answer = lading.scan(project(tmp_path / "p", "Qwen/Qwen3-8B", named))
    assert sorted(map(str, levels(answer, "entity-on-list"))) == ["error", "warning"]


def test_7_one_provider_behind_one_router_is_reached_in_two_regions(lading: Lading, tmp_path: Path) -> None:
    code = (
        "import litellm\n\n"
        'litellm.embedding(model="dashscope/text-embedding-v3", input=[])\n'
        'litellm.speech(model="dashscope/qwen3-tts-flash", input="", voice="")\n'
    )
    report = lading.scan(project(tmp_path / "p", code, "use: {}\n")).report
    regions = {
        asset["name"]: (asset["endpoint"]["host"], asset["endpoint"]["region"]) for asset in report["assets"]
    }
    assert regions == {
        "alibaba-dashscope:text-embedding-v3": ("dashscope.aliyuncs.com", "CN"),
        "alibaba-dashscope:qwen3-tts-flash": ("dashscope-intl.aliyuncs.com", "SG"),
    }


def test_8_an_unknown_publisher_is_unknown_and_only_a_policy_fails_it(lading: Lading, tmp_path: Path) -> None:
    root = project(tmp_path / "p", "nobody-here/model", "use: {}\n")
    answer = lading.scan(root)
    assert levels(answer, "publisher-unknown") == ["note"]
    assert answer.report["assets"][0]["publisher"] == {"unknown": "no record says who nobody-here is"}
    strict = project(tmp_path / "p", "nobody-here/model", "rules: {publisher-unknown: error}\n")
    assert levels(lading.scan(strict), "publisher-unknown") == ["error"]


JUDGEMENT = re.compile(
    r"\b(ban(s|ned|ning)?|adversar\w+|hostile|unsafe|untrustworth\w+|dangerous|suspicious|enem(y|ies)|evil|"
    r"regime|non-?compliant|compliant|compliance with)\b",
    re.IGNORECASE,
)


FOREIGN = {
    "import_list.py": {"regime"},  # a column of the British list
    "scan_reports.py": {"unsafe", "dangerous"},  # words of other scanners' reports
    "policy-1.json": {"ban", "bans"},  # what license texts do with fields of use
    "license_conditions.py": {"compliance with"},  # a phrase of license headers
    "javascript_names.py": {"banned"},  # a word in the names other people give their lists of models
}
"""Words of other people's files that lading reads, by the file that reads them."""


def test_9_no_text_a_user_sees_judges_a_country_or_calls_anything_compliant() -> None:
    root = Path(__file__).parent.parent.parent
    found = []
    for path in sorted(root.glob("scanner/**/*.py")):
        for line, text in texts(path):
            found += [
                f"{path.name}:{line}: {match.group()}"
                for match in JUDGEMENT.finditer(text)
                if match.group().casefold() not in FOREIGN.get(path.name, ())
            ]
    plain = [*root.glob("policies/*"), *root.glob("scanner/reporting/templates/*"), root / "action.yml"]
    plain.append(root / "docs/schema/policy-1.json")  # what every option of every rule says
    for folder in ("publishers", "providers", "lists", "entities", "regions", "territories"):
        plain += root.glob(f"scanner/knowledge/data/{folder}/*.yaml")
    for path in sorted(plain):
        # The title of a cited page is its own; it stands in the address.
        said = re.sub(r"https?://\S+", "", path.read_text("utf-8"))
        found += [
            f"{path.name}: {match.group()}"
            for match in JUDGEMENT.finditer(said)
            if match.group().casefold() not in FOREIGN.get(path.name, ())
        ]
    assert found == []


def texts(path: Path) -> list[tuple[int, str]]:
    """Text literals of a file that are said to somebody: docstrings, of fields too, are not."""
    tree = ast.parse(path.read_text("utf-8"))
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described
    ]


def test_the_wording_test_would_see_a_judgement(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('"""banned here"""\nmessage = f"{1} is banned"\n', "utf-8")
    seen = [match.group() for _, text in texts(tmp_path / "a.py") for match in JUDGEMENT.finditer(text)]
    assert seen == ["banned"]


def test_10_a_list_finding_tells_list_day_source_and_name_in_every_format(
    lading: Lading, tmp_path: Path
) -> None:
    rule = 'rules: {entity-on-list: {deny: ["US BIS Entity List"]}}\n'
    root = project(tmp_path / "p", "zai-org/GLM-4.5", rule)
    told = [
        "US BIS Entity List",
        "2025-01-16",
        "https://frtracker.app/fr/2025-00704",
        "Beijing Zhipu Huazhang Technology",
    ]
    (found,) = of(lading.scan(root), "entity-on-list")
    assert [word for word in told if word not in str(found["message"])] == []
    evidence = found["evidence"]
    assert isinstance(evidence, list)
    assert (evidence[0]["source"], evidence[0]["as_of"]) == (told[2], told[1])
    for form in ("sarif", "terminal"):
        out = lading("scan", root, "--offline", "--date", DAY, "-f", form).out
        flat = re.sub(r"\s+", "", out)
        assert [word for word in told if re.sub(r"\s+", "", word) not in flat] == [], form


def told_in(lading: Lading, root: Path, rule: str, words: list[str]) -> None:
    """Terminal, JSON and SARIF: the finding of the rule holds every word."""
    (found,) = [one for one in of(lading.scan(root), rule) if one["level"] == "error"]
    assert [word for word in words if word not in json.dumps(found, ensure_ascii=False)] == []
    out = lading("scan", root, "--offline", "--date", DAY, "-f", "sarif").out
    results = [one for one in json.loads(out)["runs"][0]["results"] if one["ruleId"] == rule]
    (result,) = [one for one in results if one["level"] == "error"]
    assert [word for word in words if word not in json.dumps(result, ensure_ascii=False)] == []
    flat = re.sub(r"\s+", "", lading("scan", root, "--offline", "--date", DAY, "-f", "terminal").out)
    assert [word for word in words if re.sub(r"\s+", "", word) not in flat] == []


def test_an_origin_finding_tells_name_country_day_and_source_in_every_format(
    lading: Lading, tmp_path: Path
) -> None:
    rule = "rules: {origin-not-allowed: {scope: lineage, allow_countries: [US], level: error}}\n"
    root = project(tmp_path / "p", R1776, rule)
    told_in(
        lading,
        root,
        "origin-not-allowed",
        [R1776, "Hangzhou DeepSeek Artificial Intelligence Co.", "(CN)", "Epoch AI", "2025-03"],
    )


def test_a_territory_finding_tells_clause_license_day_and_source_in_every_format(
    lading: Lading, tmp_path: Path
) -> None:
    root = project(tmp_path / "p", HUNYUAN, "use: {organization_country: DE, territories: [DE]}\n")
    told_in(
        lading,
        root,
        "use-outside-license",
        [HUNYUAN, "DE", "§1.l", "knowledge:licenses/tencent-hunyuan-a13b", "2025-12-12"],
    )
