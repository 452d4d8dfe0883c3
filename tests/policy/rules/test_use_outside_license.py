from __future__ import annotations

import pytest

from scanner.records.fact import Confidence
from scanner.records.sighting import Kind
from tests.policy.build import only, said
from tests.policy.licensed import base, licensed, under_use

RULE = "use-outside-license"
HOME = "organization_country: US, territories: [US], commercial: true, distribution: [internal]"


def states(key: str, use: str, **changes: object) -> list[str]:
    """`level term` of each finding on an asset under the license."""
    judgement = under_use(licensed("acme/model", key, **changes), use)
    return sorted(
        f"{each.level.value} {each.evidence[0].fact.removeprefix('terms.')}"
        for each in judgement.findings
        if each.rule == RULE
    )


def test_a_project_that_declares_no_use_is_not_asked() -> None:
    assert states("llama-3.1", "") == []


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("territories: [DE]", ["error territory_excluded"]),
        ("territories: [GB]", ["error territory_excluded"]),
        ("territories: [EU]", ["error territory_excluded"]),
        ("territories: [US, EEA]", ["error territory_excluded"]),
        ("territories: [CH, NO], organization_country: CH", []),
        ("territories: [US], organization_country: DE", ["question territory_excluded"]),
        ("organization_country: US", ["question territory_excluded"]),
    ],
)
def test_a_territory_is_where_the_model_is_used(use: str, expected: list[str]) -> None:
    rest = "commercial: true, fields: [retail], monthly_active_users: 1, trains_on_outputs: false"
    assert states("tencent-hunyuan-a13b", f"{use}, {rest}") == expected


@pytest.mark.parametrize(
    ("modality", "seat", "expected"),
    [
        ("image-text-to-text", "DE", ["error territory_excluded"]),
        ("image-text-to-text", "US", []),
        ("text-generation", "DE", []),
        (None, "DE", ["question territory_excluded"]),
    ],
)
def test_a_domicile_clause_asks_for_the_seat_and_the_modality(
    modality: str | None, seat: str, expected: list[str]
) -> None:
    use = (
        f"organization_country: {seat}, territories: [US, DE], commercial: true, fields: [retail],"
        " monthly_active_users: 1, includes_affiliates: true"
    )
    changes = {"modality": modality} if modality else {}
    assert states("llama-4", use, **changes) == expected


@pytest.mark.parametrize(
    ("key", "figures", "expected"),
    [
        ("llama-2", "monthly_active_users: 700000000, includes_affiliates: true", []),
        ("llama-2", "monthly_active_users: 700000001, includes_affiliates: true", ["error thresholds"]),
        ("llama-2", "monthly_active_users: 5, includes_affiliates: false", ["question thresholds"]),
        ("llama-2", "annual_revenue_usd: 5", ["question thresholds"]),
        ("lfm-open-1.0", "annual_revenue_usd: 10000000", ["question thresholds"]),
        ("lfm-open-1.0", "annual_revenue_usd: 10000001", ["error thresholds"]),
        ("lfm-open-1.0", "monthly_revenue_usd: 10000001", ["error thresholds"]),
        ("kimi-modified-mit", "annual_revenue_usd: 15000000, monthly_active_users: 1", []),
        (
            "kimi-modified-mit",
            "annual_revenue_usd: 180000000, monthly_active_users: 1",
            ["question thresholds"],
        ),
        ("kimi-modified-mit", "monthly_revenue_usd: 25000000, monthly_active_users: 1", []),
        ("bilibili-model-2025", "annual_revenue_usd: 50000000, monthly_active_users: 1", []),
        (
            "bilibili-model-2025",
            "annual_revenue_usd: 120000000, monthly_active_users: 1",
            ["question thresholds"],
        ),
        (
            "bilibili-model-2025",
            "annual_revenue_usd: 300000000, monthly_active_users: 1",
            ["error thresholds"],
        ),
        ("minicpm-model-2024", "devices_shipped: 5001", ["question thresholds"]),
        ("minicpm-model-2024", "devices_shipped: 5001, daily_active_users: 1000000", ["error thresholds"]),
        ("minicpm-model-2024", "devices_shipped: 5001, daily_active_users: 999999", []),
    ],
)
def test_a_threshold_decides_at_its_number(key: str, figures: str, expected: list[str]) -> None:
    use = f"{HOME}, fields: [retail], trains_on_outputs: false, registered_with: [OpenBMB], {figures}"
    assert states(key, use) == expected


def test_a_limit_on_commercial_use_leaves_others_alone() -> None:
    assert states("qwen-2024-09-19", "commercial: false, monthly_active_users: 250000000") == []


@pytest.mark.parametrize(
    ("commercial", "expected"),
    [("true", ["error commercial_use"]), ("false", [])],
)
def test_a_non_commercial_license_asks_whether_the_use_is(commercial: str, expected: list[str]) -> None:
    assert states("cc-by-nc-4.0", f"commercial: {commercial}, finetunes: false") == expected


def test_what_is_not_said_is_a_question_that_names_the_fact() -> None:
    finding = only(under_use(licensed("acme/model", "cc-by-nc-4.0"), "finetunes: false"), RULE)
    assert (finding.level.value, finding.missing) == ("question", "use.commercial")
    assert finding.remedy == "declare use.commercial"


def test_commercial_use_that_needs_a_registration() -> None:
    use = f"{HOME}, fields: [retail], monthly_visits: 5"
    assert states("cogvideox", use) == ["question commercial_use"]
    assert states("cogvideox", f"{use}, registered_with: [Zhipu AI]") == []
    assert states("cogvideox", f"{use}, registered_with: []") == ["error commercial_use"]


def test_a_condition_that_is_no_number_place_or_registration_is_a_question() -> None:
    use = f"{HOME}, monthly_active_users: 1, includes_affiliates: true, fields: [retail]"
    assert states("busl-1.1", use) == ["question commercial_use"]
    (finding,) = under_use(licensed("acme/model", "busl-1.1"), use).findings
    assert "non-production use; production only within the Additional Use Grant" in finding.message


@pytest.mark.parametrize(
    ("key", "field", "expected"),
    [
        ("deepseek-la-1.0", "military", ["error field_bans"]),
        ("deepseek-la-1.0", "government", []),
        ("creativeml-openrail-m", "law-enforcement", ["error field_bans"]),
        ("bigcode-openrail-m", "law-enforcement", ["question field_bans"]),
        ("falcon-2-11b", "military", ["question field_bans"]),
        ("falcon-2-11b", "retail", []),
        ("mit", "military", []),
        ("gemini-api-additional-2025-05-20", "medical", ["question field_bans"]),
    ],
)
def test_a_field_of_use_is_looked_up_in_the_bans(key: str, field: str, expected: list[str]) -> None:
    assert states(key, f"{HOME}, fields: [{field}], trains_on_outputs: false") == expected


@pytest.mark.parametrize(
    ("key", "trains", "expected"),
    [
        ("llama-2", "true", ["error outputs_for_training"]),
        ("llama-2", "false", []),
        ("llama-3.1", "true", []),
        ("openmdw-1.0", "true", []),
        ("flux-1-dev-nc-1.1.1", "true", ["question outputs_for_training"]),
        ("openai-services-2026-01-01", "true", ["question outputs_for_training"]),
        ("xai-enterprise-2026-08-14", "true", ["error outputs_for_training"]),
        ("deepseek-open-platform-2026-04-29", "true", []),
    ],
)
def test_outputs_that_train_other_models(key: str, trains: str, expected: list[str]) -> None:
    use = (
        f"organization_country: US, commercial: false, fields: [retail], monthly_active_users: 1,"
        f" includes_affiliates: true, trains_on_outputs: {trains}"
    )
    assert states(key, use) == expected


def test_of_a_hosted_service_the_use_policy_nobody_read_is_not_asked_for() -> None:
    use = f"{HOME}, fields: [military], trains_on_outputs: true, monthly_active_users: 1"
    key = "openai-services-2026-01-01"
    assert states(key, use) == ["question field_bans", "question outputs_for_training"]
    assert states(key, use, kind=Kind.API_MODEL) == ["question outputs_for_training"]


def test_ways_of_passing_on_that_a_text_forbids() -> None:
    hosted = "commercial: false, distribution: [hosted-service]"
    shipped = "commercial: false, distribution: [redistributed-weights]"
    assert states("stability-nc-research-2023-11-28", hosted) == ["error distribution.hosted_service"]
    assert states("stability-nc-research-2023-11-28", shipped) == []
    assert states("msr-license", shipped) == ["error distribution.redistribution"]
    assert states("cc-by-nc-nd-4.0", f"{shipped}, finetunes: true") == ["error distribution.derivatives"]
    assert states("cc-by-nc-nd-4.0", "commercial: false, distribution: [internal], finetunes: true") == []


def test_terms_of_an_ancestor_bind_where_they_travel() -> None:
    lineage = (base("meta/base", "llama-3.1", "acme/model"),)
    use = f"{HOME}, fields: [military], monthly_active_users: 1, includes_affiliates: true"
    assert states("mit", use, lineage=lineage) == ["error field_bans"]
    finding = only(under_use(licensed("acme/model", "mit", lineage=lineage), use), RULE)
    assert "acme/model (llama-3.1, inherited from meta/base)" in finding.message
    off = under_use(licensed("acme/model", "mit", lineage=lineage), use, f"{RULE}: {{inherited: false}}")
    assert said(off, RULE) == []


def test_terms_of_a_teacher_do_not_bind_unless_the_text_says_so() -> None:
    use = f"{HOME}, fields: [military], monthly_active_users: 1, includes_affiliates: true"
    llama = (base("meta/teacher", "llama-3.1", "acme/model", "distillation"),)
    deepseek = (base("deepseek/teacher", "deepseek-la-1.0", "acme/model", "distillation"),)
    assert states("mit", use, lineage=llama) == []
    assert states("mit", use, lineage=deepseek) == ["error field_bans"]


def test_a_license_nobody_verified_makes_it_a_question() -> None:
    assert states("cc-by-nc-4.0", "commercial: true, finetunes: false", confidence=Confidence.UNVERIFIED) == [
        "question commercial_use"
    ]


@pytest.mark.parametrize(
    ("key", "field", "expected"),
    [
        ("gemma-2025-03-24", "medical", ["question field_bans"]),
        ("gemma-2025-03-24", "surveillance", ["question field_bans"]),
        ("gemma-2025-03-24", "military", []),
        ("llama-3.1", "military", ["error field_bans"]),
        ("llama-3.1", "medical", ["question field_bans"]),
        ("llama-3.1", "retail", []),
    ],
)
def test_a_use_policy_bound_with_the_license_is_judged(key: str, field: str, expected: list[str]) -> None:
    rest = "monthly_active_users: 1, includes_affiliates: true, trains_on_outputs: false"
    assert states(key, f"{HOME}, fields: [{field}], {rest}") == expected


def test_a_ban_of_a_use_policy_is_told_with_the_policy() -> None:
    rest = "monthly_active_users: 1, includes_affiliates: true, trains_on_outputs: false"
    judgement = under_use(licensed("acme/model", "gemma-2025-03-24"), f"{HOME}, fields: [medical], {rest}")
    said_of = [each.message for each in judgement.findings if each.rule == RULE]
    assert len(said_of) == 1
    assert "gemma-pup-2024-02-21" in said_of[0]
    assert "unlicensed practice of a profession" in said_of[0]
