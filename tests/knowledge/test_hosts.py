from __future__ import annotations

import pytest

from scanner.knowledge.hosts import Address, host_matches, read_address

CLOUDFLARE = "api.cloudflare.com/client/v4/accounts/*/ai"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://API.DeepSeek.com./v1", Address("api.deepseek.com", "", "/v1", False)),
        ("api.x.ai", Address("api.x.ai", "", "", False)),
        ("http://user:key@example.org:8080/a", Address("example.org", "8080", "/a", False)),
        ("https://api.openai.com@example.org/", Address("example.org", "", "/", False)),
        ("http://[::1]:11434", Address("[::1]", "11434", "", True)),
        ("http://vllm:8000/v1", Address("vllm", "8000", "/v1", True)),
        ("http://10.0.0.7/v1", Address("10.0.0.7", "", "/v1", True)),
        ("http://llm.team.svc.cluster.local", Address("llm.team.svc.cluster.local", "", "", True)),
    ],
)
def test_an_address_is_read_as_a_client_would(url: str, address: Address) -> None:
    assert read_address(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "https://{host}/v1",
        "https://a b.com",
        "https://api.x.ai\\@evil.org",
        "http://a..b",
        "x" * 3000,
    ],
)
def test_what_is_no_plain_host_is_none(url: str) -> None:
    assert read_address(url) is None


@pytest.mark.parametrize(
    ("pattern", "url", "fits"),
    [
        ("api.openai.com", "https://api.openai.com/v1", True),
        ("api.openai.com", "https://api.openai.com:443/v1", True),
        ("api.openai.com", "https://api.openai.com.example.org/v1", False),
        ("api.openai.com", "https://xapi.openai.com/v1", False),
        ("api.openai.com", "https://apiXopenai.com/v1", False),
        ("*.openai.azure.com", "https://a.openai.azure.com", True),
        ("*.openai.azure.com", "https://a.b.openai.azure.com", True),
        ("*.openai.azure.com", "https://openai.azure.com", False),
        ("bedrock-runtime.{region}.amazonaws.com", "https://bedrock-runtime.eu-west-1.amazonaws.com", True),
        ("bedrock-runtime.{region}.amazonaws.com", "https://bedrock-runtime.a.b.amazonaws.com", False),
        ("{region}-aiplatform.googleapis.com", "https://europe-west1-aiplatform.googleapis.com", True),
        ("localhost:*", "http://localhost:11434", True),
        ("localhost:*", "http://localhost", True),
        ("localhost:11434", "http://localhost:8000", False),
        (
            CLOUDFLARE,
            "https://api.cloudflare.com/client/v4/accounts/7/ai/run",
            True,
        ),
        (
            CLOUDFLARE,
            "https://api.cloudflare.com/client/v4/accounts/7/air",
            False,
        ),
    ],
)
def test_hosts_match_label_by_label(pattern: str, url: str, fits: bool) -> None:
    address = read_address(url)
    assert address is not None
    assert host_matches(pattern, address) is fits
