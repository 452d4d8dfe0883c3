from __future__ import annotations

import pytest

from scanner.knowledge import providers
from scanner.knowledge.developers import developer_of
from scanner.knowledge.fields import Fields
from scanner.knowledge.hosts import host_matches, read_address
from scanner.knowledge.licenses import look_up
from scanner.knowledge.provider_outline import outline_of
from scanner.knowledge.providers import ClientDefault, HostMatch
from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.records.asset import Party
from scanner.records.fact import Confidence
from scanner.records.license import DocumentKind
from scanner.records.unknown import Unknown
from tests.knowledge.conftest import Build

PORT = """
    display: Port
    entity: Port Authority
    country: NO
    role: first-party
    hosts:
      - {pattern: api.port.no, region: Norway (Oslo), region_country: NO, confidence: verified}
      - {pattern: 'api.{region}.port.no', region: {unknown: the host names it}, confidence: corroborated}
    model_patterns: [tide-*, 'tide-large-*']
    prefixes: [port/]
    client_defaults:
      - {library: portsdk, version: '1.0', calls: [Port], host: api.port.no, region: NO, evidence: z}
      - {library: router, calls: [embedding], prefix: port/, host: api.port.no, region: NO, evidence: x}
      - {library: router, calls: [speech], prefix: port/, host: api.eu.port.no, region: EU, evidence: y}
    confidence: verified
"""


def test_a_host_is_found_with_its_region(build: Build) -> None:
    assert providers.by_host(build(providers__port=PORT), "https://api.port.no/v1") == HostMatch(
        "port", "api.port.no", "api.port.no", "Norway (Oslo)", "NO", Confidence.VERIFIED
    )


def test_a_region_in_the_host_is_read_from_it(build: Build) -> None:
    assert providers.by_host(build(providers__port=PORT), "https://api.eu-north-1.port.no") == HostMatch(
        "port",
        "api.eu-north-1.port.no",
        "api.{region}.port.no",
        "eu-north-1",
        Unknown("not recorded"),
        Confidence.CORROBORATED,
    )


def test_an_unknown_host_is_none_and_a_private_one_is_local_but_unverified(build: Build) -> None:
    knowledge = build(providers__port=PORT)
    assert providers.by_host(knowledge, "https://api.port.no.example.org") is None
    match = providers.by_host(knowledge, "http://vllm:8000/v1")
    assert match is not None
    assert (match.id, match.confidence) == ("local", Confidence.UNVERIFIED)


def test_the_call_decides_where_a_router_goes(build: Build) -> None:
    knowledge = build(providers__port=PORT)
    assert providers.client_default(knowledge, "router", "router.embedding", "port/tide-1") == ClientDefault(
        "port",
        "router",
        Unknown("not recorded"),
        "api.port.no",
        "NO",
        Unknown("not recorded"),
        "x",
        Confidence.UNVERIFIED,
    )
    speech = providers.client_default(knowledge, "router", "router.speech", "port/tide-1")
    assert speech is not None
    assert speech.host == "api.eu.port.no"
    assert providers.client_default(knowledge, "router", "router.embedding", "other/tide-1") is None
    assert providers.client_default(knowledge, "router", "router.rerank", "port/tide-1") is None


def test_a_prefix_that_was_taken_off_is_known_by_its_provider(build: Build) -> None:
    knowledge = build(providers__port=PORT)
    assert providers.client_default(knowledge, "router", "router.speech", "tide-1") is None
    speech = providers.client_default(knowledge, "router", "router.speech", "tide-1", "port")
    assert speech is not None
    assert speech.host == "api.eu.port.no"
    assert providers.client_default(knowledge, "router", "router.speech", "tide-1", "harbor") is None


def test_the_module_a_call_starts_with_is_a_package_too(build: Build) -> None:
    knowledge = build(providers__port=PORT)
    own = providers.client_default(knowledge, "family", "portsdk.Port")
    assert own is not None
    assert (own.provider, own.host) == ("port", "api.port.no")
    assert providers.client_default(knowledge, "family", "portsdk_extra.Port") is None


def test_a_client_of_several_services_goes_nowhere_until_one_is_named(build: Build) -> None:
    harbor = PORT.replace("api.port.no", "api.harbor.no").replace("portsdk", "router")
    knowledge = build(providers__port=PORT.replace("portsdk", "router"), providers__harbor=harbor)
    assert providers.client_default(knowledge, "router", "router.Port") is None
    named = providers.client_default(knowledge, "router", "router.Port", "", "harbor")
    assert named is not None
    assert named.host == "api.harbor.no"


def test_a_prefix_and_a_model_name_lead_to_their_provider(build: Build) -> None:
    knowledge = build(
        providers__port=PORT, providers__harbor=PORT.replace("tide-large-*", "x").replace("port/", "h/")
    )
    port = providers.by_prefix(knowledge, "port/tide-1")
    assert port is not None
    assert port.id == "port"
    assert [found.id for found in providers.by_model(knowledge, "tide-large-2")] == ["port"]
    assert [found.id for found in providers.by_model(knowledge, "tide-2")] == ["harbor", "port"]
    assert providers.by_model(knowledge, "wave-2") == ()
    assert providers.by_prefix(knowledge, "nothing/x") is None


@pytest.mark.parametrize(
    ("provider", "model", "developer"),
    [
        ("aws-bedrock", "deepseek.r1-v1:0", "CN"),
        ("aws-bedrock", "us.deepseek.r1-v1:0", "CN"),
        ("aws-bedrock", "anthropic.claude-3-haiku-20240307-v1:0", "US"),
        ("tencent-hunyuan", "kimi-k3", "CN"),
        ("openrouter", "deepseek/deepseek-r1", "CN"),
        ("together", "mistralai/Mixtral-8x7B-Instruct-v0.1", "FR"),
        ("alibaba-dashscope", "qwen-max", "CN"),
        ("openai", "gpt-4o", "US"),
        ("gigachat", "GigaChat", "RU"),
        ("azure-openai", "our-deployment", None),
    ],
)
def test_who_developed_a_hosted_model_is_another_fact_than_who_serves_it(
    shipped: Knowledge, provider: str, model: str, developer: str | None
) -> None:
    party = developer_of(shipped, provider, model)
    assert (party.country if isinstance(party, Party) else None) == developer


def example_of(pattern: str) -> str:
    """An address that falls under a pattern."""
    example = pattern.replace("{region}", "eu-central-1").replace("{workspace}", "ws")
    return example.replace(":*", ":8000").replace("*", "a1").replace("127.a1.a1.a1", "127.0.0.1")


def test_no_host_falls_under_patterns_of_two_providers(shipped: Knowledge) -> None:
    patterns = [(key, host["pattern"]) for key, body in shipped.all("providers") for host in body["hosts"]]
    shared = {}
    for _, drawn in patterns:
        address = read_address(f"https://{example_of(drawn)}")
        assert address is not None
        fitting = {key for key, pattern in patterns if host_matches(pattern, address)}
        if len(fitting) != 1:
            shared[drawn] = fitting
    assert shared == {}


def test_no_prefix_of_a_router_is_of_two_providers(shipped: Knowledge) -> None:
    claimed: dict[str, set[str]] = {}
    for key, body in shipped.all("providers"):
        for prefix in body.get("prefixes", ()):
            claimed.setdefault(prefix.casefold(), set()).add(key)
    assert {prefix: keys for prefix, keys in claimed.items() if len(keys) > 1} == {}


def test_every_shipped_host_is_found_under_its_own_provider(shipped: Knowledge) -> None:
    wrong = []
    for key, body in shipped.all("providers"):
        for host in body["hosts"]:
            example = example_of(host["pattern"])
            match = providers.by_host(shipped, f"https://{example}")
            expected = Fields(host, key).text("region")
            if match is None or match.id != key:
                wrong.append((example, match))
            elif isinstance(expected, str) and match.region != expected:
                wrong.append((example, match.region))
    assert wrong == []


def test_near_identical_hosts_are_told_apart(shipped: Knowledge) -> None:
    seen = {
        host: match.region
        for host in ("api.minimax.io", "api.minimaxi.com", "api.moonshot.ai", "api.moonshot.cn")
        if (match := providers.by_host(shipped, host))
    }
    assert seen == {
        "api.minimax.io": "international",
        "api.minimaxi.com": "China",
        "api.moonshot.ai": "international",
        "api.moonshot.cn": "China",
    }


@pytest.mark.parametrize(
    ("library", "call", "model", "host"),
    [
        ("openai", "openai.OpenAI", "gpt-4o", "api.openai.com"),
        ("openai", "openai.OpenAI.chat.completions.create", "gpt-4o", "api.openai.com"),
        ("openai", "openai.AzureOpenAI.chat.completions.create", "ours", None),
        ("anthropic", "anthropic.Anthropic.messages.create", "claude-x", "api.anthropic.com"),
        ("anthropic", "anthropic.AnthropicBedrock", "claude-x", None),
        ("litellm", "litellm.completion", "dashscope/qwen-max", "dashscope.aliyuncs.com"),
        ("litellm", "litellm.completion", "gigachat/GigaChat", "gigachat.devices.sberbank.ru"),
        ("gigachat", "gigachat.GigaChat", "GigaChat", "api.giga.chat"),
        ("litellm", "litellm.completion", "unheard-of/model", None),
        ("zhipuai", "zai.ZaiClient.chat.completions.create", "glm-4.6", "api.z.ai"),
        ("zhipuai", "zai.ZhipuAiClient.chat.completions.create", "glm-4.6", "open.bigmodel.cn"),
        ("langchain-gigachat", "langchain_gigachat.GigaChat", "GigaChat", "api.giga.chat"),
        ("langchain", "langchain_groq.ChatGroq", "llama-3.3-70b-versatile", "api.groq.com"),
        ("langchain", "langchain.chat_models.init_chat_model", "ours", None),
        ("langchain", "langchain_aws.ChatBedrock", "amazon.nova-pro-v1:0", None),
        ("langchain-community", "langchain_community.chat_models.ErnieBotChat", "x", "aip.baidubce.com"),
        ("langchain.js", "@langchain/deepseek.ChatDeepSeek", "deepseek-chat", "api.deepseek.com"),
        ("langchain.js", "@langchain/openai.AzureChatOpenAI", "ours", None),
        ("ai-sdk", "@ai-sdk/alibaba.alibaba", "qwen-max", "dashscope-intl.aliyuncs.com"),
        ("ai-sdk", "@ai-sdk/openai-compatible.createOpenAICompatible", "ours", None),
        ("pydantic-ai", "pydantic_ai.Agent", "ours", None),
    ],
)
def test_a_client_goes_where_its_library_says(
    shipped: Knowledge, library: str, call: str, model: str, host: str | None
) -> None:
    default = providers.client_default(shipped, library, call, model)
    assert (default.host if default else None) == host


def test_the_provider_a_router_names_decides_where_it_goes(shipped: Knowledge) -> None:
    call = "langchain.chat_models.init_chat_model"
    seen = {
        provider: default.host
        for provider in ("mistral", "deepseek", "aws-bedrock")
        if (default := providers.client_default(shipped, "langchain", call, "ours", provider))
    }
    assert seen == {"mistral": "api.mistral.ai", "deepseek": "api.deepseek.com"}


def test_every_default_host_belongs_to_its_provider(shipped: Knowledge) -> None:
    wrong = [
        (key, default["host"])
        for key, body in shipped.all("providers")
        for default in body.get("client_defaults", ())
        if isinstance(default["host"], str)
        and getattr(providers.by_host(shipped, default["host"]), "id", None) != key
    ]
    assert wrong == []


CLOUD = """
    display: Cloud
    entity: Cloud Inc.
    country: NO
    role: cloud
    hosts:
      - {pattern: 'run.{region}.cloud.com', region: {unknown: the host names it}, confidence: verified}
      - {pattern: 'run.{region}.cloud.com.cn', region: {unknown: the host names it}, confidence: unverified}
    confidence: verified
"""


def test_a_region_the_project_asks_for_names_the_host(build: Build) -> None:
    knowledge = build(providers__cloud=CLOUD, providers__port=PORT)
    found = {
        region: match and (match.host, match.confidence)
        for region in ("eu-north-1", "cn-north-1")
        for match in [providers.regional_host(knowledge, "cloud", region)]
    }
    assert found == {
        "eu-north-1": ("run.eu-north-1.cloud.com", Confidence.VERIFIED),
        "cn-north-1": ("run.cn-north-1.cloud.com.cn", Confidence.UNVERIFIED),
    }
    assert providers.regional_host(knowledge, "port", "eu") is None
    assert providers.regional_host(knowledge, "nobody", "eu") is None


def test_a_default_knows_as_much_of_the_region_as_its_host_does(shipped: Knowledge) -> None:
    lacking = [
        (key, default["host"])
        for key, body in shipped.all("providers")
        for default in body.get("client_defaults", ())
        if isinstance(default["host"], str) and not isinstance(default.get("region"), str)
        if (match := providers.by_host(shipped, default["host"])) and isinstance(match.region, str)
    ]
    assert lacking == []


def test_the_terms_a_provider_names_are_the_record_of_a_service() -> None:
    knowledge = open_knowledge()
    read = {}
    for key in knowledge.keys("providers"):
        provider = providers.by_id(knowledge, key)
        assert provider is not None
        if isinstance(provider.terms, str):
            record = look_up(knowledge, provider.terms)
            read[key] = record and record.kind
        else:
            assert provider.terms == Unknown("text not read")
    assert len(read) >= 5
    assert set(read.values()) == {DocumentKind.SERVICE_TERMS}


def test_the_outline_in_the_index_is_what_the_records_say() -> None:
    knowledge = open_knowledge()
    assert knowledge.outline("providers") == outline_of(knowledge.all("providers"))
    found = providers.outlines(knowledge)["deepseek"]
    assert found.keys() <= {"prefixes", "model_patterns", "model_paths", "role", "hosts", "client_defaults"}
    assert [host.keys() for host in found["hosts"]] == [{"pattern"}] * len(found["hosts"])
