from __future__ import annotations

import pytest

from scanner.records.asset import Asset
from scanner.records.fact import Confidence
from scanner.records.unknown import Unknown
from tests.policy.build import only, said
from tests.policy.licensed import base, judged, licensed
from tests.policy.rules.parties import party

RULE = "license-conflicts-with-base"
ON = "license-conflicts-with-base: {level: error}"


def over(key: str | None, below: str | None, relation: str = "finetune", **changes: object) -> Asset:
    return licensed(
        "acme/model", key, lineage=(base("base/model", below, "acme/model", relation, **changes),)
    )


def levels(asset: Asset) -> list[str]:
    return [level for _, level, _ in said(judged(ON, asset), RULE)]


@pytest.mark.parametrize(
    ("key", "below"),
    [
        ("mit", "apache-2.0"),
        ("cc-by-nc-4.0", "apache-2.0"),
        ("gpl-3.0", "apache-2.0"),
        ("qwen-2024-09-19", "qwen-2024-09-19"),
        ("openmdw-1.0", "cc0-1.0"),
        ("openrail-plusplus-sdxl-2023-07-26", "openrail-plusplus-2022-11-24"),
        (None, "mit"),
        ("agpl-3.0", "gpl-3.0"),
        ("cc-by-sa-4.0", "cc-by-4.0"),
    ],
)
def test_other_terms_over_free_ones_and_the_same_terms_pass(key: str | None, below: str) -> None:
    assert levels(over(key, below)) == []


@pytest.mark.parametrize(
    ("key", "below"),
    [
        ("mit", "llama-3.1"),
        ("cc-by-nc-4.0", "llama-3.1"),
        ("llama-3", "llama-3.1"),
        ("mit", "qwen-2024-09-19"),
        ("mit", "deepseek-la-1.0"),
        ("apache-2.0", "dinov3"),
        ("mit", "cc-by-sa-4.0"),
        ("apache-2.0", "gpl-3.0"),
        ("apache-2.0", "lfm-open-1.0"),
        ("mit", "kimi-modified-mit"),
        ("apache-2.0", "cc-by-nc-4.0"),
        ("cc-by-nc-nd-4.0", "cc-by-nc-nd-4.0"),
    ],
)
def test_a_label_that_drops_what_must_travel_is_an_error(key: str, below: str) -> None:
    assert levels(over(key, below)) == ["error"]


@pytest.mark.parametrize(
    ("key", "below"),
    [
        ("apache-2.0", "nvidia-open-model-2025-04-28"),
        ("nvidia-open-model-2025-04-28", "llama-3.1"),
        ("creativeml-openrail-m", "bigcode-openrail-m"),
        ("openrail-plusplus-2022-11-24", "creativeml-openrail-m"),
        ("gpl-3.0", "cc-by-4.0"),
        (None, "creativeml-openrail-m"),
        ("mit", "mnpl-0.1"),
    ],
)
def test_what_the_texts_leave_open_is_a_question(key: str | None, below: str) -> None:
    assert levels(over(key, below)) == ["question"]


def test_the_finding_names_ancestor_license_and_clause() -> None:
    finding = only(judged(ON, over("mit", "llama-3.1")), RULE)
    assert finding.message == (
        "acme/model is declared mit, but it descends from base/model under llama-3.1 (finetune): the"
        ' agreement itself has to come along (§1.b.i: "provide a copy of this Agreement with any such Llama'
        ' Materials" of llama-3.1)'
    )
    assert [each.fact for each in finding.evidence] == ["lineage", "license.declared", "clause"]


def test_a_link_nobody_verified_makes_it_a_question() -> None:
    assert levels(over("mit", "llama-3.1", confidence=Confidence.UNVERIFIED)) == ["question"]


def test_any_ancestor_counts_and_each_license_once() -> None:
    chain = (
        base("mid/model", "apache-2.0", "acme/model", "quantized"),
        base("tuned/model", "llama-3.1", "mid/model", depth=2),
        base("root/model", "llama-3.1", "tuned/model", depth=3),
    )
    found = only(judged(ON, licensed("acme/model", "apache-2.0", lineage=chain)), RULE)
    assert "descends from tuned/model under llama-3.1" in found.message


def test_a_wrong_label_half_way_neither_cures_nor_infects() -> None:
    chain = (
        base("mid/model", "cc-by-nc-4.0", "acme/model"),
        base("root/model", "llama-3.1", "mid/model", depth=2),
    )
    assert levels(licensed("acme/model", "llama-3.1", lineage=chain)) == []
    assert levels(licensed("acme/model", "mit", lineage=chain)) == ["error", "error"]


@pytest.mark.parametrize(
    ("key", "below", "expected"),
    [
        ("mit", "gemma-2025-03-24", ["error"]),
        ("apache-2.0", "qwen-2024-09-19", []),
        ("apache-2.0", "llama-2", ["error"]),
        ("apache-2.0", "llama-3.1", ["question"]),
        ("apache-2.0", "apache-2.0", []),
        ("apache-2.0", "qwen-research-2024-09-19", ["question"]),
        ("cc-by-nc-4.0", "qwen-research-2024-09-19", []),
    ],
)
def test_a_student_is_judged_by_what_the_text_says_of_outputs(
    key: str, below: str, expected: list[str]
) -> None:
    assert levels(over(key, below, "distillation")) == expected


def test_training_data_is_a_note_the_policy_can_raise_to_a_question() -> None:
    asset = over("apache-2.0", "cc-by-nc-4.0", "trained-on")
    assert levels(asset) == ["note"]
    raised = "license-conflicts-with-base: {level: error, training_data: error}"
    assert said(judged(raised, asset), RULE) == [(RULE, "question", "acme/model")]
    off = "license-conflicts-with-base: {level: error, training_data: off}"
    assert said(judged(off, asset), RULE) == []


def test_a_display_asked_of_every_derivative_is_a_limit_that_has_to_stand_above() -> None:
    (finding,) = judged(ON, over("mit", "minimax-m2.1-modified-mit", "quantized")).findings
    assert (finding.rule, finding.level.value) == (RULE, "error")
    assert "the duty to show “MiniMax M2.1” is dropped (last ¶: " in finding.message
    assert levels(over("minimax-m2.1-modified-mit", "minimax-m2.1-modified-mit")) == []


def test_training_data_counts_where_the_card_names_no_base() -> None:
    data = base("acme/talks", "cc-by-nc-4.0", "acme/model", "trained-on")
    unknown = Unknown("the card names no base; that does not say there is none")
    asset = licensed("acme/model", "apache-2.0", lineage=unknown, trained_on=(data,))
    (finding,) = judged(ON, asset).findings
    assert (finding.rule, finding.level.value) == (RULE, "note")
    assert finding.message.startswith(
        "acme/model is declared apache-2.0, but it was trained on acme/talks under cc-by-nc-4.0 "
    )
    assert levels(licensed("acme/model", "apache-2.0", lineage=unknown, trained_on=unknown)) == []


@pytest.mark.parametrize("below", ["cdla-sharing-1.0", "c-uda-1.0", "odc-by-1.0", "cc-by-4.0"])
def test_data_whose_text_leaves_results_free_or_asks_for_credit_passes(below: str) -> None:
    assert levels(over("apache-2.0", below, "trained-on")) == []


@pytest.mark.parametrize("below", ["cc-by-sa-4.0", "cc-by-nc-sa-4.0", "odbl-1.0"])
def test_data_that_wants_itself_carried_is_noted(below: str) -> None:
    assert levels(over("apache-2.0", below, "trained-on")) == ["note"]


@pytest.mark.parametrize(
    ("entity", "role", "expected"),
    [("Acme", "developer", []), ("Acme", "requantizer", ["error"]), ("Other", "developer", ["error"])],
)
def test_a_licensor_may_put_its_own_model_under_other_terms(
    entity: str, role: str, expected: list[str]
) -> None:
    below = base("acme/base", "llama-3.1", "acme/model", entity="Acme")
    publisher = party(entity, "XX", entity=entity, role=role)
    assert levels(licensed("acme/model", "llama-3.3", lineage=(below,), publisher=publisher)) == expected


def test_the_remedy_says_how_to_keep_to_the_terms_of_the_base() -> None:
    finding = only(judged(ON, over("llama-3", "llama-3.1")), RULE)
    assert finding.remedy == (
        "use a model whose label and base agree, or keep to the terms of the base "
        "(lading license show llama-3.1) and ask for an exception: lading policy exception add acme/model "
        "--rule license-conflicts-with-base "
        '--license llama-3 --owner OWNER --reason "REASON"'
    )
