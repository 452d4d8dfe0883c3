from __future__ import annotations

import re

import pytest

from scanner.knowledge.developers import developer_of
from scanner.knowledge.families import developer_of_family
from scanner.knowledge.store import Knowledge
from scanner.records.asset import Party
from scanner.records.unknown import Unknown


@pytest.mark.parametrize(
    ("name", "namespace"),
    [
        ("deepseek-r1", "deepseek-ai"),
        ("DeepSeek-V3-0324", "deepseek-ai"),
        ("deepseek-r1-distill-llama-70b", "deepseek-ai"),
        ("qwen-3-32b", "Qwen"),
        ("qwen2p5-72b-instruct", "Qwen"),
        ("qwen3-235b-a22b:free", "Qwen"),
        ("Meta-Llama-3_1-70B-Instruct", "meta-llama"),
        ("llama-v3p1-405b-instruct", "meta-llama"),
        ("mixtral-8x7b-instruct", "mistralai"),
        ("kimi-k2-0905-preview", "moonshotai"),
    ],
)
def test_a_familys_plain_name_leads_to_its_developer(shipped: Knowledge, name: str, namespace: str) -> None:
    party = developer_of_family(shipped, name)
    assert party is not None
    assert party.name == namespace


@pytest.mark.parametrize(
    "name",
    [
        "llama-3.1-sonar-large-128k-online",
        "llama3-chinese-chat",
        "llama3.1-nemotron-70b",
        "deepseek-llama3.3-70b",
        "my-deepseek-r1",
        "llamaindex",
        "glmnet",
        "phishing-v2",
        "hermes3-8b",
        "",
        "-",
        "72b",
    ],
)
def test_a_word_that_may_be_another_makers_leaves_it_open(shipped: Knowledge, name: str) -> None:
    assert developer_of_family(shipped, name) is None


def test_every_family_begins_names_of_its_publisher_in_the_catalog(shipped: Knowledge) -> None:
    begins: dict[str, set[str]] = {}
    for key in shipped.keys("catalog"):
        owner, slash, name = key.rpartition(":")[2].partition("/")
        words = re.split(r"[-_.]+", name.casefold()) if slash else []
        for length in (1, 2):
            begins.setdefault(owner, set()).add(" ".join(words[:length]).rstrip("0123456789"))
    unseen = {
        (key, family)
        for key, body in shipped.all("publishers")
        for family in body.get("families", ())
        if family not in begins.get(key, ())
    }
    # These stand in no catalog row; the publishers' own services list them.
    assert unseen == {("CohereLabs", "command"), ("google", "gemini"), ("perplexity-ai", "sonar")}


def test_no_two_publishers_claim_one_family(shipped: Knowledge) -> None:
    claimed = [family for _, body in shipped.all("publishers") for family in body.get("families", ())]
    assert len(claimed) == len(set(claimed))


@pytest.mark.parametrize(
    ("provider", "model", "country"),
    [
        ("fireworks", "accounts/fireworks/models/deepseek-r1", "CN"),
        ("databricks", "databricks-claude-opus-4", "US"),
        ("databricks", "databricks-meta-llama-3-3-70b-instruct", "US"),
        ("gradient", "openai-gpt-4o", "US"),
        ("mistral", "zai-glm-5", "CN"),
        ("deepseek", "deepseek-r1", "CN"),
        ("lambda", "deepseek-llama3.3-70b", None),
        ("azure-openai", "prod-deployment", None),
    ],
)
def test_a_service_that_offers_others_models_tells_whose(
    shipped: Knowledge, provider: str, model: str, country: str | None
) -> None:
    party = developer_of(shipped, provider, model)
    if country is None:
        assert isinstance(party, Unknown)
    else:
        assert isinstance(party, Party)
        assert party.country == country
